"""Columns whose names say nothing, or something that their values are not."""

import pytest

from tests.intake.suggest.lists import answer_of, drafted


def found(name: str, *texts: str) -> str:
    emails = [f"p{number}@example.com" for number in range(len(texts))]
    return answer_of(drafted({"Email": emails, name: texts}).decisions[1])


@pytest.mark.parametrize(
    ("name", "texts", "field"),
    [
        ("XY", ("Sales Manager", "Owner", "Chief Engineer"), "JobTitle"),
        ("Yxq", ("wants a call on monday", "no money before spring", "has a question"), "Notes"),
        ("Wege", ("Messe", "Empfehlung", "Messe", "Webseite"), "Source"),
        ("Facebook", ("Facebook", "Facebook", "Facebook"), "-"),
        ("Job / Studies", ("Job", "Studies", "Job"), "-"),
        ("Preferred channel", ("Web", "Phone", "Web"), "-"),
        ("Join link", ("https://zoom.us/j/1", "https://zoom.us/j/2", "https://zoom.us/j/3"), "-"),
        ("Website", ("https://acme.com/de", "https://beta.org/x", "gamma.net"), "Website"),
    ],
)
def test_values_tell_what_a_column_is(name: str, texts: tuple[str, ...], field: str) -> None:
    assert found(name, *texts) == field


def test_nothing_by_its_values_alone_is_sure() -> None:
    draft = drafted({"Email": ["a@x.com", "b@x.com"], "XY": ["Sales Manager", "Owner"]})
    assert not draft.decisions[1].is_sure


def test_the_name_of_a_business_beside_a_person_is_the_company() -> None:
    draft = drafted(
        {
            "Name": ["Backhaus Huber", "Salon Sofia", "Hof Anger"],
            "Vorn.": ["Alois", "Sofia", "Hans"],
            "Nachn.": ["Huber", "Roth", "Lang"],
        }
    )
    assert [answer_of(each) for each in draft.decisions] == ["Company", "FirstName", "LastName"]
    assert not draft.decisions[0].is_sure
