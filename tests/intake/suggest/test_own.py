"""Columns of an account's own fields, in other words or by their options."""

from collections.abc import Sequence

import pytest

from importer.fields import AccountFields, Field, FieldType
from importer.intake.suggest.draft import columns_with_checks
from tests.intake.suggest.lists import account, drafted

CHOICE = FieldType.CHOICE
OWN = account(
    Field("mx_Sport", "Favourite Sport", CHOICE, ("Cricket", "Hockey", "Football", "Tennis")),
    Field("mx_Course", "Course of Interest", CHOICE, ("MBA", "BBA", "PGDM", "MCA")),
    Field("mx_Tongue", "Preferred Language", CHOICE, ("English", "Hindi", "German", "French")),
    Field("mx_Size", "Company Size", CHOICE, ("1-50", "51-250", "250+")),
    Field("mx_Father", "Father's Name"),
    Field("mx_Age", "Age", FieldType.NUMBER),
    Field("mx_Shirt", "Shirt", CHOICE, ("S", "M", "L")),
)


def found(name: str, texts: Sequence[str], known: AccountFields | None = OWN) -> tuple[str, bool]:
    """The field of a column beside an e-mail, and whether it is to be checked."""
    emails = [f"p{number}@example.com" for number in range(len(texts))]
    draft = drafted({"Email": emails, name: texts}, known)
    checks = columns_with_checks(draft)[1]
    return draft.decisions[1].field, bool(checks) or not draft.decisions[1].is_sure


@pytest.mark.parametrize(
    ("name", "texts", "field"),
    [
        ("Kaunsa course chahiye", ["MBA", "BBA", "MBA"], "mx_Course"),
        ("In welcher Sprache?", ["Deutsch", "Englisch", "Deutsch"], "mx_Tongue"),
        ("किस भाषा में बात करें?", ["हिंदी", "अंग्रेजी", "हिंदी"], "mx_Tongue"),
        ("Cuántos empleados tiene", ["1-20", "60 a 200", "más de 300"], "mx_Size"),
        ("Nome do pai", ["João Silva", "Rui Lima", "Ivo Reis"], "mx_Father"),
        ("Umar", ["23", "34", "45"], "mx_Age"),
    ],
)
def test_a_column_goes_to_the_field_that_is_about_the_same(
    name: str, texts: list[str], field: str
) -> None:
    assert found(name, texts)[0] == field


def test_values_that_the_field_can_not_take_keep_the_column_out() -> None:
    assert found("Umar", ["young", "old", "old"])[0] == ""
    assert found("Kaunsa course chahiye", ["Yoga", "Painting", "Pottery"])[0] == ""


def test_options_tell_whatever_the_column_is_called() -> None:
    texts = ["cricket", "HOCKEY", "Tennis", "Cricket"]
    assert found("पसंद", texts) == ("mx_Sport", True)
    assert found("Which sport do you like?", texts) == ("mx_Sport", False)
    assert found("Last sport", texts) == ("mx_Sport", True)
    assert found("Zeile 7", ["Cricket", "Hockey", "Tennis"]) == ("mx_Sport", True)


def test_options_that_many_things_are_tell_nothing() -> None:
    assert found("Talla", ["S", "M", "L"])[0] == ""
    assert found("Zeile 7", ["Cricket", "Cricket", "Cricket"])[0] == ""
    assert found("Zeile 7", ["Cricket", "Chess", "Go"])[0] == ""


def test_without_an_account_no_own_field_is_named() -> None:
    assert found("Zeile 7", ["Cricket", "Hockey", "Tennis"], None)[0] == ""


def test_how_somebody_heard_of_us_goes_into_the_accounts_field_for_it() -> None:
    known = account(
        Field("mx_Heard", "Heard From", FieldType.CHOICE, ("Google", "Friend", "Flyer"))
    )
    people = ["a@b.com", "c@d.com"]
    draft = drafted({"Email": people, "How did you hear about us?": ["Google", "Friend"]}, known)
    assert draft.decisions[1].field == "mx_Heard"
