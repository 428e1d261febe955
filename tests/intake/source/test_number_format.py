from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.source.number_format import general, plain_format, render
from importer.model import CellKind

NUMBER, DATE, ERROR = CellKind.NUMBER, CellKind.DATE, CellKind.ERROR

PHONE = "[<=9999999]###-####;(###) ###-####"
ACCOUNT = '_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-'
RUPEES = "[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;##,##0"

NUMBERS = [
    # General: all digits, and no exponent
    ("General", 0, "0"),
    ("General", -0.0, "0"),
    ("General", 9198765432100, "9198765432100"),
    ("General", 9007199254740991, "9007199254740991"),
    ("General", 1.5, "1.5"),
    ("General", -1234.5, "-1234.5"),
    ("General", 0.1 + 0.2, "0.3"),
    ("General", 1 / 3, "0.333333333333333"),
    ("General", 1e-10, "0.0000000001"),
    ("General", 1e22, "10000000000000000000000"),
    ("", 5, "5"),
    ("@", 501, "501"),
    ("GENERAL", 5, "5"),
    ("G/通用格式", 5, "5"),
    ('"Rs "General', 5.5, "Rs 5.5"),
    # placeholders
    ("0", 9198765432100, "9198765432100"),
    ("00000", 501, "00501"),
    ("00000", 123456, "123456"),
    ("0.00", 1.5, "1.50"),
    ("0.00", 1234, "1234.00"),
    ("0.0#", 1.25, "1.25"),
    ("#.##", 5, "5."),
    (".00", 12.5, "12.50"),
    (".00", 0.5, ".50"),
    ("?0.0?", 5, "5.0"),
    ("#,##0", 1234567, "1,234,567"),
    ("#,##0.00", 1234567.5, "1,234,567.50"),
    ("0,000", 5, "0,005"),
    ("#,##0", 999, "999"),
    ("0%", 0.12, "12%"),
    ("0%", 0.07, "7%"),
    ("0.00%", 0.12, "12.00%"),
    # text, padding, fill, colours, currencies
    ('0" kg"', 5, "5 kg"),
    ("0\\x", 5, "5x"),
    ("$#,##0.00", 5, "$5.00"),
    ("[$₹-4009]\\ #,##0.00", 1234.5, "₹ 1,234.50"),
    ("#,##0.00 [$EUR]", 5, "5.00 EUR"),
    ("[Blue]0.0", 5, "5.0"),
    ("[Color 10]0", 5, "5"),
    ("* 0_)", 5, "5"),
    # phones, and the like
    ("000-00-0000", 12345678, "012-34-5678"),
    ("(###) ###-####", 5551234567, "(555) 123-4567"),
    ("+00 00000 00000", 919845098450, "+91 98450 98450"),
    (PHONE, 5551234, "555-1234"),
    (PHONE, 2125551234, "(212) 555-1234"),
    (RUPEES, 1234567, "12,34,567"),
    (RUPEES, 12345678, "1,23,45,678"),
    (RUPEES, 5000, "5,000"),
    # sections and signs
    ("0.00", -5, "-5.00"),
    ("$0.00", -5, "-$5.00"),
    ("0.00;[Red]-0.00", -5, "-5.00"),
    ("0.00_);(0.00)", -5, "(5.00)"),
    ("0;-0;0", 0, "0"),
    ("0.0;@", 5, "5.0"),
    ("0.0;@", -5, "-5.0"),
    (ACCOUNT, 1234.5, "1,234.50"),
    (ACCOUNT, -1234.5, "-1,234.50"),
]
# What is shown is not the number: it is as stored.
LOST = [
    ("0", 1.5, "1.5"),
    ("0.00", 1 / 3, "0.333333333333333"),
    ("#,##0", 1234.5, "1234.5"),
    ("0,", 12000, "12000"),
    ("0.0,,", 12000000, "12000000"),
    ("0%", 0.125, "12.5%"),
    ("0%", -0.125, "-12.5%"),
    ("0.00E+00", 9198765432100, "9198765432100"),
    ("##0.0E+0", 1234.5, "1234.5"),
    ("# ?/?", 0.5, "0.5"),
    (";;;", 5, "5"),
    ("0;;", -5, "-5"),
    ('"Yes";"No";"-"', 1, "1"),
    (ACCOUNT, 0, "0"),
    ("#", 0, "0"),
    ("0.00;[Red]0.00", -5, "-5"),
    (PHONE, -5551234, "-5551234"),
    ("Standard", 5, "5"),
    ("0 kg", 5, "5"),
    ("0.0.0", 5, "5"),
    ("[DBNum1]0", 5, "5"),
]
DATES = [
    ("dd/mm/yyyy", 46053, "2026-01-31"),
    ("mm-dd-yy", 46053, "2026-01-31"),
    ("mmm-yy", 46053, "2026-01-31"),
    ("d-mmm", 46053, "2026-01-31"),
    ("dd/mm/yyyy;@", 46053, "2026-01-31"),
    ("[$-409]d\\-mmm\\-yyyy;@", 46053, "2026-01-31"),
    ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", 46053, "2026-01-31"),
    ('yyyy"年"m"月"d"日"', 46053, "2026-01-31"),
    ("[$-411]ge.m.d", 46053, "2026-01-31"),
    ("dd/mm/yyyy", 1, "1900-01-01"),
    ("dd/mm/yyyy", 59, "1900-02-28"),
    ("dd/mm/yyyy", 61, "1900-03-01"),
    ("dd/mm/yyyy", 2958465, "9999-12-31"),
    # no digit is lost
    ("dd/mm/yyyy", 46053.5, "2026-01-31 12:00:00"),
    ("dd/mm/yyyy", 0.5, "12:00:00"),
    ("h:mm", 46053.5, "2026-01-31 12:00:00"),
    ("m/d/yy h:mm", 46053, "2026-01-31 00:00:00"),
    ("m/d/yy h:mm", 46053.3958333333, "2026-01-31 09:30:00"),
    ("dd/mm/yyyy hh:mm AM/PM", 46053.75, "2026-01-31 18:00:00"),
    ("yyyy-mm-ddThh:mm:ssZ", 46053.25, "2026-01-31 06:00:00"),
    ("h:mm", 0, "00:00:00"),
    ("h:mm", 0.395833333333333, "09:30:00"),
    ("h:mm:ss AM/PM", 0.75, "18:00:00"),
    ("mm:ss.0", 0.39583622685, "09:30:00.250"),
    ("mmss.000", 0.395833333333333, "09:30:00"),
    ("[h]:mm", 1.10416666666667, "26:30:00"),
    ("[mm]:ss", 0.5, "12:00:00"),
    ("[ss]", 46053, "1105272:00:00"),
]
NO_DATES = [
    ("dd/mm/yyyy", 0, "0"),
    ("dd/mm/yyyy", 60, "60"),
    ("dd/mm/yyyy", -3, "-3"),
    ("dd/mm/yyyy", 2958466, "2958466"),
    ("dd/mm/yyyy hh:mm", 60.5, "60.5"),
    ("[h]:mm", -0.5, "-0.5"),
    ('0" days"', 5, "5 days"),
    ("0 d", 5, "5"),
]
DATES_1904 = [
    ("dd/mm/yyyy", 0, "1904-01-01"),
    ("dd/mm/yyyy", 44591, "2026-01-31"),
    ("dd/mm/yyyy", 60, "1904-03-01"),
    ("dd/mm/yyyy hh:mm", 0.5, "1904-01-01 12:00:00"),
    ("h:mm", 0.5, "12:00:00"),
    ("dd/mm/yyyy", 2957003, "9999-12-31"),
]


@pytest.mark.parametrize(("code", "value", "text"), NUMBERS)
def test_a_number_is_as_excel_shows_it(code: str, value: float, text: str) -> None:
    assert render(code, float(value)) == (text, NUMBER)


@pytest.mark.parametrize(("code", "value", "text"), LOST)
def test_a_number_of_which_a_digit_would_be_lost_keeps_it(
    code: str, value: float, text: str
) -> None:
    assert render(code, float(value)) == (text, NUMBER)


@pytest.mark.parametrize(("code", "value", "text"), DATES)
def test_a_date_is_iso_whatever_it_looks_like(code: str, value: float, text: str) -> None:
    assert render(code, float(value)) == (text, DATE)


@pytest.mark.parametrize(("code", "value", "text"), NO_DATES)
def test_what_is_no_day_of_the_calendar_stays_a_number(code: str, value: float, text: str) -> None:
    assert render(code, float(value)) == (text, NUMBER)


@pytest.mark.parametrize(("code", "value", "text"), DATES_1904)
def test_days_can_count_from_1904(code: str, value: float, text: str) -> None:
    assert render(code, float(value), is_1904=True) == (text, DATE)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_an_error(value: float) -> None:
    assert render("0.00", value) == (str(value), ERROR)


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_whole_number_comes_back(number: int) -> None:
    assert render("General", float(number)) == (str(number), NUMBER)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 20))
def test_a_decimal_of_15_digits_comes_back(digits: int, places: int) -> None:
    decimal = Decimal(digits).scaleb(-places)
    text = general(float(decimal))
    assert Decimal(text) == decimal
    assert "e" not in text.lower()


@given(st.dates(date(1904, 1, 1)), st.integers(0, 86_399))
def test_a_moment_comes_back_to_the_second(day: date, second: int) -> None:
    share = second / 86_400
    text = f"{day} {timedelta(seconds=second)!s:0>8}"
    for first, is_1904 in ((date(1899, 12, 30), False), (date(1904, 1, 1), True)):
        serial = (day - first).days + share
        assert render("dd/mm/yyyy hh:mm", serial, is_1904=is_1904) == (text, DATE)
        if not second:
            assert render("dd/mm/yyyy", serial, is_1904=is_1904) == (str(day), DATE)


CODES = st.sampled_from(
    # but for those of phones, in which a - is no minus
    [code for code, _, _ in NUMBERS + LOST if "##-" not in code and "00-" not in code]
) | st.from_regex(r"[#]{0,3}0{1,5}(\.0{0,3}#{0,3})?%?", fullmatch=True)


@given(CODES, st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_no_format_loses_a_digit(code: str, digits: int, places: int) -> None:
    value = float(Decimal(digits).scaleb(-places))
    text, _ = render(code, value)
    if text == general(value):
        return
    shown = "".join(each for each in text if each.isdigit() or each == ".").rstrip(".")
    scale = 100 if "%" in text else 1
    assert Decimal(shown) / scale == abs(Decimal(general(value)))
    assert (value < 0) == bool({"-", "("} & set(text))


@given(
    st.sampled_from(["General", "0", "00000", "0.00", "#,##0.00", "#,##0", "0.000;-0.000"]),
    st.lists(st.floats(0, 1e17) | st.integers(0, 10**16).map(lambda i: i / 100), min_size=1),
)
def test_the_quick_way_to_render_gives_what_the_other_gives(code: str, values: list[float]) -> None:
    plain = plain_format(code)
    assert plain
    for value in values:
        texts = plain.texts([value])
        assert texts is None or [*texts] == [render(code, value)[0]]


@pytest.mark.parametrize("code", ["0%", "000-00", "(0)", "[<5]0;0.0", "dd/mm/yyyy", '"0"0', "#"])
def test_other_formats_have_no_quick_way(code: str) -> None:
    assert plain_format(code) is None
