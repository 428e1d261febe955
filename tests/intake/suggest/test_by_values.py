"""Columns whose names say nothing, or something that their values are not."""

import pytest

from importer.intake.suggest.draft import columns_with_checks
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


@pytest.mark.parametrize(
    ("name", "texts", "field"),
    [
        ("Segurado", ["Ana Lima", "Rui Costa", "Eva Reis"], "split_name"),
        ("Zap", ["41 99794-0265", "41 99341-3164", "41 99305-6413"], "Phone"),
        ("SMS", ["33683220023", "33753537045", "33716443173"], "Mobile"),
        ("Submission IP", ["198.51.100.6", "198.51.100.1", "203.0.113.108"], "SourceIPAddress"),
        ("Coach", ["Ana Lima", "Rui Costa", "Eva Reis"], ""),
    ],
)
def test_unmistakable_values_tell_and_are_never_sure(
    name: str, texts: list[str], field: str
) -> None:
    draft = drafted({"Email": ["a@b.com", "c@d.com", "e@f.com"], name: texts})
    assert draft.decisions[1].field == field
    assert bool(columns_with_checks(draft)[1]) == bool(field)
