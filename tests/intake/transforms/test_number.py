from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.transforms.number import (
    GROUPINGS,
    Around,
    check_decimal,
    check_grouping,
    check_signs,
    make_number,
    make_undecided,
)
from importer.intake.transforms.options import OptionError
from importer.model import Problem

PLAIN = make_number(".", "")
EXPONENT = (
    "it is written with an exponent, which can hide digits; write all of them "
    "(in Excel, format the column as a number)"
)
NO_DIGIT = "there is no digit in it; write a number, or leave the cell blank"
PERCENT = (
    "there is a percent sign in it; write the number alone, or set percent: keep (12) or "
    "percent: share (0.12) for the column in the mapping"
)
BELOW_ZERO = "a number below zero is written with - before it; write it so"
UNIT = "there is a currency, a unit or another text in it; write the number alone"
NOT_PLAIN = "it is no plain number; write it as 1234.50"


def signs(lines: str) -> str:
    return (
        "its signs are not those that the mapping names; write it as 1234.50, "
        f"or set {lines} for the column in the mapping"
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0", "0"),
        ("5", "5"),
        ("1234", "1234"),
        ("1234.5", "1234.5"),
        ("1234.50", "1234.50"),
        ("007.50", "7.50"),
        ("0.10", "0.10"),
        ("00", "0"),
        (".5", "0.5"),
        ("-5", "-5"),
        ("+5", "5"),
        ("−5.25", "-5.25"),
        ("-0", "0"),
        ("-0.00", "0.00"),
        ("-.5", "-0.5"),
        ("  12 ", "12"),
        ("\u00a012\u202f", "12"),
        ("\u200e12\u200e", "12"),
        ("9" * 40 + ".1", "9" * 40 + ".1"),
        ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
        ("12345678901234567890", "12345678901234567890"),
        ("", ""),
        (" ", " "),
        ("\u200b", ""),
    ],
)
def test_plain_numbers_keep_their_digits(cell: str, value: str) -> None:
    assert PLAIN(cell) == value


@pytest.mark.parametrize(
    ("decimal", "grouping", "cell", "value"),
    [
        (".", ",", "1,234.50", "1234.50"),
        (".", ",", "1,234,567", "1234567"),
        (".", ",", "12,34,567.8", "1234567.8"),
        (".", ",", "1,00,000", "100000"),
        (".", ",", "1234567", "1234567"),
        (".", ",", "-1,234", "-1234"),
        (".", ",", "0,123", "123"),
        (",", ".", "1.234,50", "1234.50"),
        (",", "", "12,5", "12.5"),
        (",", "", ",5", "0.5"),
        (",", "space", "1 234 567,5", "1234567.5"),
        (",", " ", "1\u202f234,5", "1234.5"),
        (",", "nbsp", "1 234\u00a0567", "1234567"),
        (",", "\u202f", "1\u2009234", "1234"),
        (".", "'", "1'234.50", "1234.50"),
        (".", "'", "1’234’567", "1234567"),
    ],
)
def test_the_mapping_names_the_signs(decimal: str, grouping: str, cell: str, value: str) -> None:
    assert make_number(decimal, grouping)(cell) == value


@pytest.mark.parametrize(
    ("around", "cell", "value"),
    [
        (Around(percent="keep"), "12%", "12"),
        (Around(percent="keep"), "-7.50 %", "-7.50"),
        (Around(percent="keep"), "12", "12"),
        (Around(percent="share"), "12%", "0.12"),
        (Around(percent="share"), "7%", "0.07"),
        (Around(percent="share"), "-0.5 %", "-0.005"),
        (Around(percent="share"), "1234.5%", "12.345"),
        (Around(percent="share"), "100%", "1"),
        (Around(percent="share"), "0%", "0"),
        (Around(percent="share"), "12345678901234567890%", "123456789012345678.9"),
        (Around(percent="share"), "0.3", "0.3"),
        (Around("€"), "€ 5.50", "5.50"),
        (Around("€"), "-5 EUR", "-5"),
        (Around("€"), "5", "5"),
        (Around("Rs."), "₹ 5", "5"),
        (Around("€", "share"), "€ 5%", "0.05"),
    ],
)
def test_what_may_stand_around_a_number_is_taken_off(around: Around, cell: str, value: str) -> None:
    assert make_number(".", "", around)(cell) == value


@pytest.mark.parametrize(
    ("around", "cell", "why"),
    [
        (Around("€"), "$5", UNIT),
        (Around("$"), "5 USD", UNIT),
        (Around("€"), "5 kg", UNIT),
        (Around("€"), "5%", PERCENT),
        (Around("€"), "€5" + "0" * 200, UNIT),
        (Around(percent="keep"), "€5", UNIT),
        (Around(percent="keep"), "5%%", PERCENT),
        (Around(percent="keep"), "%", NO_DIGIT),
    ],
)
def test_what_else_stands_there_is_refused(around: Around, cell: str, why: str) -> None:
    assert make_number(".", "", around)(cell) == Problem("bad_number", why, value=cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1,234,567", "1234567"),
        ("7", "7"),
    ],
)
def test_without_proof_a_number_is_read_that_one_sign_alone_explains(cell: str, value: str) -> None:
    assert make_undecided(Around())(cell) == value


@pytest.mark.parametrize(
    ("cell", "found", "sign"), [("1.234", "1234 or 1.234", "."), ("-1,234", "-1.234 or -1234", ",")]
)
def test_without_proof_a_number_that_both_explain_is_refused(
    cell: str, found: str, sign: str
) -> None:
    why = (
        f"it is {found}, and the column's other values do not prove which; ask the sender for "
        f'numbers such as 1234.50, or set decimal: "{sign}" or grouping: "{sign}" for the column '
        "in the mapping"
    )
    assert make_undecided(Around())(cell) == Problem("bad_number", why, value=cell)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("1,234.50", signs('grouping: ","')),
        ("1,234", signs('grouping: ","')),
        ("1,00,000", signs('grouping: ","')),
        ("12,5", signs('decimal: ","')),
        ("1.234,50", signs('decimal: "," and grouping: "."')),
        ("1 234", signs('grouping: "space"')),
        ("1 234,5", signs('decimal: "," and grouping: "space"')),
        ("1'234", signs('grouping: "\'"')),
        ("1e5", EXPONENT),
        ("1.5E+12", EXPONENT),
        ("5%", PERCENT),
        ("(500)", BELOW_ZERO),
        ("500-", BELOW_ZERO),
        ("₹ 500", UNIT),
        ("$5", UNIT),
        ("Rs. 500", UNIT),
        ("5 kg", UNIT),
        ("1/2", NOT_PLAIN),
        ("1-2", NOT_PLAIN),
        ("5.", NOT_PLAIN),
        ("1.2.3", NOT_PLAIN),
        ("1,2,3", NOT_PLAIN),
        ("--5", NOT_PLAIN),
        ("0x10", UNIT),
        ("१२", NO_DIGIT),
        ("-", NO_DIGIT),
        ("N/A", NO_DIGIT),
        ("nan", NO_DIGIT),
        ("#", NO_DIGIT),
        ("5\x00", NOT_PLAIN),
    ],
)
def test_what_is_no_plain_number_is_refused(cell: str, why: str) -> None:
    assert PLAIN(cell) == Problem("bad_number", why, value=cell)


@pytest.mark.parametrize(
    ("decimal", "grouping", "cell", "why"),
    [
        (".", ",", "12,34", "its digits are not in groups of three; write it as 1234.50"),
        (".", ",", "1,2345", "its digits are not in groups of three; write it as 1234.50"),
        (".", ",", "1.234,50", signs('decimal: "," and grouping: "."')),
        (",", "", "1.234", "its signs are not those that the mapping names; write it as 1234,50, "
         'or set decimal: "." and grouping: "," for the column in the mapping'),
    ],
)  # fmt: skip
def test_wrong_groups_are_refused(decimal: str, grouping: str, cell: str, why: str) -> None:
    assert make_number(decimal, grouping)(cell) == Problem("bad_number", why, value=cell)


@given(st.decimals(allow_nan=False, allow_infinity=False), st.sampled_from(("", ",", "space", "'")))
def test_a_number_keeps_its_value(number: Decimal, grouping: str) -> None:
    cell = f"{number:,f}".replace(",", GROUPINGS[grouping][:1])
    value = make_number(".", grouping)(cell)

    assert isinstance(value, str)
    assert Decimal(value) == number
    assert PLAIN(value) == value


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=9))
def test_groups_as_in_lakhs_are_read(number: int, first: int) -> None:
    digits = f"{first}{number}"
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)]
    cell = ",".join([*reversed(pairs), tail])

    assert make_number(".", ",")(cell) == digits


@pytest.mark.parametrize("sign", ["", ";", " ", "..", "٫"])
def test_other_decimal_signs_are_refused(sign: str) -> None:
    with pytest.raises(OptionError) as caught:
        check_decimal(sign)

    expected = (f'"{sign}" is no decimal sign', 'use one of: ".", ","')
    assert (caught.value.what, caught.value.fix) == expected


@pytest.mark.parametrize("sign", ["_", ";", "  ", "comma", "0"])
def test_other_grouping_signs_are_refused(sign: str) -> None:
    with pytest.raises(OptionError) as caught:
        check_grouping(sign)

    assert caught.value.what == f'"{sign}" groups no digits'


@pytest.mark.parametrize("sign", [".", ","])
def test_one_sign_can_not_be_both(sign: str) -> None:
    with pytest.raises(OptionError) as caught:
        check_signs(sign, sign)

    assert caught.value.what == f'"{sign}" is both the decimal sign and the grouping sign'
