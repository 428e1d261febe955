from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from importer.intake.excel import is_as_shown, may_mean, shown_key
from importer.intake.excel_dates import day_of, moments
from tests.journal.stored import FIXED

SHOWN = {
    "numbers lose what says nothing": {
        "00501": ["501"],
        "000": ["0"],
        "+5": ["5"],
        " 501 ": ["501"],
        "1.50": ["1.5", "1,5", "1,50"],
        "1,50": ["1,5"],
        "2.0": ["2"],
        ".5": ["0.5", "0,5"],
        "-.50": ["-0.5"],
        "(5)": ["-5"],
        "5-": ["-5"],
        "1,234.50-": ["-1234.5", "-1,234.50"],
        "1,234": ["1234", "1.234"],
        "1,23,456.50": ["123456.5", "123,456.50"],
        "1 234,50": ["1234,5", "1 234,50"],
        "1'234": ["1234"],
        "0.1234567890123": ["0.123456789", "0.12345679", "0,123456789"],
        "12345678.901234": ["12345678.9", "12345679"],
    },
    "long numbers in the format General": {
        "9198765432100": ["9.19877E+12", "9.1988E+12", "9E+12", "9.2E+12", "9,19877E+12",
                          "9.1987654321E+12", "9.19876543210E+12", "9.19877e+12"],
        "+919845098450": ["919845098450", "9.1985E+11", "9.19845E+11"],
        "1234567890123456789": ["1.23457E+18", "1234567890123450000", "1234567890123460000",
                                "1234567890123456768"],
        "0.000012345": ["1.2345E-05", "1.23E-05"],
        "1e5": ["1.00E+05", "100000", "1E+05"],
        "12E3": ["1.20E+04", "12000"],
        "12345e2": ["1.23E+06"],
    },
    "percents and currencies": {
        "12%": ["12%", "12.00%"],
        "12.5%": ["12.50%", "12,50%"],
        "12.345 %": ["12.35%"],
        "$1234.5": ["$1,234.50", "$1234.50"],
        "€ 5": ["€5.00"],
        "5 €": ["5,00 €"],
        "$-5": ["-$5.00", "($5.00)"],
    },
    "words for true and false": {
        "true": ["TRUE", "WAHR", "VRAI", "VERDADERO"],
        "False": ["FALSE", "FALSCH", "FAUX"],
        "vrai": ["VRAI"],
    },
    "days": {
        "2026-01-31": ["31/01/2026", "1/31/2026", "31.01.2026", "31.1.2026", "31-01-2026",
                       "31-Jan-26", "31-Jan-2026", "2026/1/31", "2026/01/31", "31/1/26",
                       "31. 1. 2026", "2026.01.31.", "31-janv-26", "31. Jan 26", "Jan 31, 2026",
                       "31 January 2026", "Jan-26", "31-Jan"],
        "2026/1/31": ["2026-01-31"],
        "31/01/2026": ["31-01-2026", "31/1/2026", "2026-01-31", "31-Jan-26"],
        "1/2/2026": ["01/02/2026", "1-2-26", "2026-02-01", "2026-01-02", "1-Feb-26", "2-Jan-26"],
        "1-2-26": ["01/02/2026"],
        "13/06/30": ["13/06/1930"],
        "13/06/1926": ["13/06/26"],
        "31.1.2026": ["31.01.2026"],
        "5 Mar 2026": ["5-Mar-26", "05/03/2026", "3/5/2026", "05.03.2026", "5. Mrz 26"],
        "March 5, 2026": ["5-Mar-26"],
        "1-2": ["1-Feb", "01-Feb", "2-Jan", "02-Jan", "01. Feb", "01/02/2026"],
        "1/2": ["2-Jan", "01/02/2031"],
        "1.5": ["01. Mai", "1-May"],
        "3/2026": ["Mar-26", "01/03/2026"],
        "2026-05": ["May-26", "01/05/2026", "05/2026", "Mai 26"],
        "2026/05": ["May-26", "1-May-26"],
        "Jan-26": ["26-Jan", "Jan-26", "01/01/2026", "26/01/2024"],
        "MARCH1": ["1-Mar", "01-Mar"],
        "SEPT2": ["2-Sep"],
    },
    "times": {
        "09:30:00": ["9:30:00", "9:30", "09:30", "9:30 AM", "9:30:00 AM"],
        "9:30": ["09:30", "09:30:00", "9:30:00 AM"],
        "9:30 pm": ["9:30 PM", "21:30", "21:30:00"],
        "26:30:00": ["26:30:00", "26:30"],
        "2026-01-31 09:30:00": ["31/01/2026 9:30", "1/31/2026 9:30", "31.01.2026 09:30",
                                "1/31/26 9:30 AM", "2026-01-31 09:30", "31/01/2026, 09:30:00"],
        "2026-01-31 09:30": ["31/01/2026 09:30:00"],
        "2026-01-31T09:30:00": ["2026-01-31 09:30:00"],
        "2026-01-31 00:00:00": ["1/31/2026 0:00", "1/31/2026 12:00 AM"],
        "2026-01-31 04:05:06.700": ["05:06.7", "2026-01-31 04:05:06", "2026-01-31 04:05:07"],
        "31.01.2026 9:30": ["31.01.2026 09:30"],
    },
    "a column that is too narrow": {
        "2026-01-31": ["########", "##"],
        "9198765432100": ["###"],
        "09:30:00": ["####"],
    },
    "texts": {
        "Zoë 東京": ["Zoë ??", "Zo? ??"],
        "Ada 🚀?": ["Ada ???", "Ada 🚀?"],
        "two\r\nlines": ["two\nlines", "two\rlines"],
        "+91-9845098450": ["'+91-9845098450"],
        "'quoted": ["quoted", "''quoted"],
        "'東京": ["??"],
    },
}  # fmt: skip
EDITS = {
    "numbers": {
        "501": ["502", "501.0", "+501", "0501", "501%", "5 01"],
        "00501": ["0501", "000501", "502", "5.01E+03"],
        "9198765432100": ["9198765432101", "9.19876E+12", "919876543210", "9.19877E+11"],
        "1234567890123456789": ["1234567890123456000", "1234567890123440000"],
        "1.5": ["1.6", "15", "1.50", ".5"],
        "12,5": ["12.5", "125"],
        "12.345": ["12.35", "12.3", "12"],
        "12%": ["0.12", "12", "13%"],
        "$5": ["€5.00", "5"],
        "5": ["-5", "(5)", "5-"],
        "5-": ["5", "-6"],
        "-5-": ["-5", "5"],
        "(5-)": ["-5", "5"],
        "1e5": ["10000", "1.1E+05"],
        "1e999": ["1", "1E+998"],
        "+91-9845098450": ["+91-9845098451", "9845098450"],
        "98450 98450": ["9845098450"],
    },
    "days and times": {
        "2026-01-31": ["2026-02-01", "2027-01-31", "31/01/2027", "1/30/2026", "30-Jan-26",
                       "2026-01-31 09:30", "Feb-26", "2026-01-32", "31/13/2026"],
        "1/2/2026": ["2/1/2026", "02/01/2026", "1/2/2027", "1-Mar-26"],
        "01/31/2026": ["31/01/2026"],
        "13/06/26": ["13/06/1926", "1926-06-13"],
        "13/06/30": ["13/06/2030"],
        "13-Jun-26": ["13/06/1926"],
        "2026-05": ["2026-06", "Jun-26", "May-27", "17/05/2026"],
        "2026-05-17": ["2026-05"],
        "1-2": ["2-1", "1-Mar", "3"],
        "2026-01-31 09:30:00": ["2026-01-31", "31/01/2026 9:31", "31/01/2026 21:30", "9:30"],
        "09:30:00": ["9:30:01", "9:30 PM", "09:31"],
        "9:30 pm": ["9:30", "13:30 PM"],
        "2026-01-31T09:30:00Z": ["2026-01-31 09:30:00"],
        "5 Foo 2026": ["5-Mar-26"],
        "32/01/2026": ["2026-02-01"],
    },
    "texts": {
        "Pune": ["pune", "PUNE", "Pune ", "Goa", "?une", "####"],
        "true": ["FALSE", "Yes", "True", "1"],
        "TRUE": ["true"],
        "Zoë": ["Zoé", "Zoe", "Zo", "Zo??", "Zoë?"],
        "anna@example.com": ["anna.b@example.com"],
        "": ["x", " ", "0", "?", "#####", "FALSE"],
        " ": ["", "0"],
        "x": ["", " "],
        "0": ["", " "],
        "東京": ["", "?", "???"],
    },
}  # fmt: skip


def cases(table: dict[str, dict[str, list[str]]]) -> list[tuple[str, str]]:
    return [
        (original, found)
        for originals in table.values()
        for original, all_found in originals.items()
        for found in all_found
    ]


@pytest.mark.parametrize(("original", "found"), cases(SHOWN))
def test_what_a_spreadsheet_program_shows_is_no_edit(original: str, found: str) -> None:
    assert is_as_shown(original, found)


@pytest.mark.parametrize(("original", "found"), cases(EDITS))
def test_what_only_a_person_types_is_an_edit(original: str, found: str) -> None:
    assert not is_as_shown(original, found)


@FIXED
@given(st.text(max_size=20))
def test_a_cell_is_shown_as_itself(text: str) -> None:
    assert is_as_shown(text, text)


@FIXED
@given(
    st.text("0123456789.,-+:/ eE%$#?'TRUEtrue東😀", max_size=16),
    st.text("0123456789.,-+:/ eE%$#?'TRUEtrue東😀", max_size=16),
)
def test_any_two_texts_are_compared_without_an_error(original: str, found: str) -> None:
    assert is_as_shown(original, found) in (True, False)


@FIXED
@given(st.integers(0, 10**18), st.integers(0, 6), st.integers(1, 15))
def test_a_whole_number_is_known_by_its_digits_and_its_exponent(
    number: int, zeros: int, digits: int
) -> None:
    original = f"{'0' * zeros}{number}"
    exponent = f"{Decimal(number):.{digits - 1}E}"
    if number < 10**15:
        assert is_as_shown(original, str(number))
        assert not is_as_shown(original, str(number + 1))
    assert is_as_shown(original, exponent)
    assert is_as_shown(original, exponent.replace(".", ","))


@FIXED
@given(st.integers(10**11, 10**15 - 1), st.integers(2, 6))
def test_a_number_that_is_rounded_otherwise_is_an_edit(number: int, digits: int) -> None:
    other = number + 10 ** (len(str(number)) - digits)
    assert not is_as_shown(str(number), f"{Decimal(other):.{digits - 1}E}")


DAYS = st.dates(date(1930, 1, 1), date(2029, 12, 31))
FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%b-%y", "%d-%m-%Y", "%Y/%m/%d")


@FIXED
@given(DAYS, st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_a_day_is_known_in_every_form_and_another_day_in_none(
    day: date, form: str, other_form: str
) -> None:
    """But where day and month have changed places."""
    numbers = {form, other_form} & {"%m/%d/%Y"} and {form, other_form} - {
        "%m/%d/%Y", "%Y-%m-%d", "%Y/%m/%d", "%d-%b-%y",
    }  # fmt: skip
    original = day.strftime(form)
    if not numbers:
        assert is_as_shown(original, day.strftime(other_form))
    following = day + timedelta(days=3 if day.day < 10 else -3)
    assume(following.day > 12 or following.month == day.month)
    swapped = {(following.month, following.day), (following.day, following.month)}
    if (day.month, day.day) not in swapped:
        assert not is_as_shown(original, following.strftime(other_form))


@FIXED
@given(st.datetimes(datetime(1930, 1, 1), datetime(2029, 12, 31)))  # noqa: DTZ001  # of no zone
def test_a_moment_is_known_with_its_seconds_and_without(moment: datetime) -> None:
    original = moment.strftime("%Y-%m-%d %H:%M:%S")
    for form in ("%d/%m/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M"):
        assert is_as_shown(original, moment.strftime(form))
        assert not is_as_shown(original, (moment + timedelta(minutes=1)).strftime(form))


def test_very_long_texts_are_neither_numbers_nor_dates() -> None:
    assert not is_as_shown("1" * 100_000, "1")
    assert not is_as_shown("2026-01-31." + "0" * 100_000, "31/01/2026")
    assert is_as_shown("東" * 100_000, "?" * 100_000)


@pytest.mark.parametrize(
    ("original", "value", "may_be_meant"),
    [
        ("2026-02-01", "2026-02-01", True),
        ("2026-02-01", "2026-01-02", False),
        ("2026-02-01 00:30:00", "2026-01-31 19:00:00", True),
        ("31/01/26", "2026-01-31", True),
        ("31/01/26", "1926-01-31", False),
        ("1/2/2026", "2026-02-01", True),
        ("1/2/2026", "2026-01-02", True),
        ("1/2/2026", "2026-02-02 23:00:00", True),
        ("1/2/2026", "2026-03-01", False),
        ("17 May", "2026-05-17", True),
        ("17 May", "2026-05-19", False),
        ("29 Feb", "2026-02-28", True),
        ("31/12/9999", "9999-12-31", True),
        ("1,234.50", "1234.5", True),
        ("1234,5", "1234.5", True),
        ("1,234", "1234", True),
        ("1,234", "1.234", True),
        ("1234", "1235", False),
        ("1234567890123456789", "1234567890123450000", False),
        ("00501", "501", True),
        ("Pune", "Goa", True),
        ("2026-02-01", "Goa", True),
        ("9:30", "2026-02-01 09:30:00", True),
    ],
)
def test_a_value_that_is_another_day_or_number_is_not_the_original_s(
    original: str, value: str, may_be_meant: bool
) -> None:
    assert may_mean(original, value) is may_be_meant


@pytest.mark.parametrize(("original", "found"), cases(SHOWN))
def test_a_cell_is_found_by_its_key_however_it_is_shown(original: str, found: str) -> None:
    assert shown_key(original) == shown_key(found)
    assert shown_key(original) == shown_key(f"'{original}")


@FIXED
@given(
    st.text("01.-:/ %€?#'é東😀Mayetru\r\n", max_size=8),
    st.text("01.-:/ %€?#'é東😀Mayetru\r\n", max_size=8),
    st.sampled_from(["", "cp1252", "ascii"]),
)
def test_two_cells_with_different_keys_are_never_one(
    original: str, other: str, encoding: str
) -> None:
    found = original.encode(encoding, "replace").decode(encoding) if encoding else other
    assume(is_as_shown(original, found))
    assert shown_key(original) == shown_key(found)


def test_texts_that_no_program_changes_have_keys_of_their_own() -> None:
    texts = ["p1@example.com", "p2@example.com", "First17", "a?", "Pune", "pune", "5 Foo 2026"]
    assert [shown_key(text) for text in texts] == texts


def test_a_text_may_be_read_in_several_ways() -> None:
    assert [(each.order, each.year, each.month, each.day) for each in moments("1/2/2026")] == [
        ("day", 2026, 2, 1),
        ("month", 2026, 1, 2),
    ]
    assert moments("30/30/2026") == []
    assert day_of("1/2/2026") is None
    assert day_of("31 Jan 2026") == date(2026, 1, 31)
    assert day_of("9:30") is None


def test_what_is_longer_than_a_cell_comes_back_cut_and_is_no_edit() -> None:
    original = "x" * 40_000
    assert is_as_shown(original, "x" * 32_767)
    assert not is_as_shown(original, "x" * 32_766)
    assert not is_as_shown(original, "x" * 32_766 + "y")
    assert not is_as_shown("x" * 32_767, "x" * 32_766)
