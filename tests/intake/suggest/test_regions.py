"""The country of numbers without a +: sure where the list itself tells it, and never by the account
alone."""

import pytest

from importer.intake.suggest.draft import columns_with_checks
from tests.intake.suggest.lists import account, drafted

INDIA = account()
EMAILS = ["a@one.com", "b@two.com", "c@three.com"]
INDIAN = ["98450 12345", "98450 12346", "98450 12347"]


def region_of(phones: list[str], **others: list[str]) -> tuple[object, list[str]]:
    draft = drafted({"Email": EMAILS, "Phone": phones, **others}, INDIA)
    return draft.treatments[1].entry.get("region"), columns_with_checks(draft)[1]


@pytest.mark.parametrize(
    ("phones", "region"),
    [
        (["(415) 555-0199", "+1 415 555 0132", "+1 415 555 0133"], "US"),
        (["347 7654321", "+39 347 1234567", "+39 347 1234568"], "IT"),
        (["98450 12345", "+91 98450 12346", "+91 98450 12347"], "IN"),
    ],
)
def test_the_columns_numbers_with_a_plus_outvote_the_account(
    phones: list[str], region: str
) -> None:
    assert region_of(phones) == (region, [])


def test_so_does_the_country_column_and_so_do_other_phones() -> None:
    british = ["020 7946 0958", "020 7946 0959"]
    assert region_of(british, Country=["UK", "UK", "UK"]) == ("GB", [])
    assert region_of(british, Mobile=["+44 7400 123456", "+44 7400 123457"]) == ("GB", [])


def test_the_account_alone_is_to_be_checked() -> None:
    assert region_of(INDIAN) == (
        "IN",
        ["are numbers without a + from IN? Only the account's country says so"],
    )
    pins = ["560001", "560002", "560003"]
    assert region_of(INDIAN, **{"PIN code": pins}) == ("IN", [])


def test_what_disagrees_is_to_be_checked() -> None:
    assert region_of(["0171 1234567", "+49 171 7654321", "+91 98450 12345"]) == (
        "DE",
        [
            "are numbers without a + from DE? those with a + are, but for IN speaks: those with a"
            " + are"
        ],
    )


def test_numbers_that_are_not_valid_in_a_country_are_not_surely_of_it() -> None:
    """The account's, and they are no numbers of it; of the list's, they are."""
    assert region_of(["0171 1234567", "0171 7654321", "0171 7654322"])[1] == [
        "are numbers without a + from IN? 33% of them are no valid numbers of it"
    ]
    some = ["98450 12345", "12345 98", "+91 98450 12347"]
    assert region_of(some)[1] == [
        "of which country are the numbers without a +? Write region: with its two letters"
    ]
