"""What a spreadsheet program makes of a cell when it opens a CSV and saves it. Pure.

In: a cell as we wrote it, and as it came back. Out: whether the program alone explains the
difference. In doubt it does: a person is told which cells were kept, and nothing is sent that
nobody typed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from importer.intake.excel_dates import day_of, is_minutes, may_be_of, moments, shows_moment
from importer.spreadsheet import as_cut

WORDS = (  # for true and false, in the languages of excel_dates.py
    {"true", "wahr", "vrai", "verdadero", "vero", "waar"},
    {"false", "falsch", "faux", "falso", "onwaar"},
)
TOO_NARROW = re.compile("#{2,}")  # what a column shows that is too narrow for a number or a date
LOST = re.compile(r"(?:[^\x00-\x7f]|\?)+")  # what an encoding may lack, or lacked
LONGEST = 64  # characters of a number
MOST_DIGITS = 15  # of a number in Excel ("Excel specifications and limits")
MOST_SHOWN = 10  # digits of a number in the format General, beside its point
FEW_SHOWN = 7  # in a column of the width that columns have at first, 8.43 characters
CURRENCY = "[$€£¥₹]"
NUMBER = re.compile(
    rf"(?P<open>\(?)(?P<sign>[+-]?)(?P<before>{CURRENCY}?)\s*(?P<minus>-?)(?P<digits>[0-9.,].*?)"
    rf"\s*(?P<after>%|{CURRENCY}?)(?P<trailing>-?)(?P<close>\)?)"
)
EXPONENT = r"(?:[Ee](?P<exponent>[+-]?[0-9]{1,3}))?"
POINT, COMMA = r"(?:\.(?P<rest>[0-9]*))?", r"(?:,(?P<rest>[0-9]*))?"
FORMS = tuple(  # the sign between the whole and the rest, and whether the digits are in groups
    (sign, groups, re.compile(pattern))
    for sign, groups, pattern in (
        (".", False, rf"(?P<whole>[0-9]+){POINT}{EXPONENT}"),
        (".", False, rf"(?P<whole>)\.(?P<rest>[0-9]+){EXPONENT}"),
        (",", False, rf"(?P<whole>[0-9]+){COMMA}{EXPONENT}"),
        (",", False, rf"(?P<whole>),(?P<rest>[0-9]+){EXPONENT}"),
        (".", True, rf"(?P<whole>[0-9]{{1,3}}(?:,[0-9]{{2,3}})*,[0-9]{{3}}){POINT}"),
        (",", True, rf"(?P<whole>[0-9]{{1,3}}(?:\.[0-9]{{3}})+){COMMA}"),
        (".", True, rf"(?P<whole>[0-9]{{1,3}}(?:[ \u00a0\u202f'’][0-9]{{3}})+){POINT}"),
        (",", True, rf"(?P<whole>[0-9]{{1,3}}(?:[ \u00a0\u202f'’][0-9]{{3}})+){COMMA}"),
    )
)
EXACT = Context(prec=2_000)  # more than the digits of any number with such an exponent


@dataclass(frozen=True, slots=True)
class Number:
    """One way to read a number. unit: a percent or currency sign. point: the sign before its
    decimals, "" without any. rest: the decimals as written."""

    value: Decimal
    unit: str
    point: str
    is_grouped: bool
    is_signed: bool  # with a plus
    whole: str
    rest: str
    has_exponent: bool


def is_as_shown(original: str, found: str) -> bool:
    """Whether `found` is the original as a spreadsheet program shows it.

    A program drops all leading zeros or none: 0501 is no dress of 00501. It reads and shows day
    and month in the same order, and decimals by the same sign, but for a workbook's own numbers,
    which have a point: so 2/1/2026 is no dress of 1/2/2026, and 1.5 none of 1,5.
    """
    if original == found:
        return True
    if not original or not found:
        return False
    return (
        _is_same_text(original, found)
        or _is_same_word(original, found)
        or _shows_number(original, found)
        or shows_moment(original, found)
        or _is_hidden(original, found)
        or _is_cut(original, found)
    )


def may_mean(original: str, value: str) -> bool:
    """Whether a value that the API takes is no other day or number than the original may be."""
    found = {number.value for number in numbers(value) if number.point != ","}
    if not found and (day := day_of(value)):
        return may_be_of(original, day)
    meant = {number.value for number in numbers(original)}
    return not (meant and found) or not meant.isdisjoint(found)


def shown_key(text: str) -> str | None:
    """Equal for two cells of which one may be the other as it is shown; None for all numbers,
    dates and the like."""
    bare = text.lstrip("'").strip()
    if any(map(str.isdigit, bare)) and ("?" in bare or not bare.isascii()):
        return None  # a sign may be a lost one: of a currency, a month, a group of digits
    if any(bare.lower() in words for words in WORDS) or TOO_NARROW.fullmatch(bare):
        return None
    if is_minutes(bare) or any(numbers(bare)) or moments(bare):
        return None
    return LOST.sub("?", _one_line_end(text)).lstrip("'")


def _is_hidden(original: str, found: str) -> bool:
    return bool(TOO_NARROW.fullmatch(found) and (any(numbers(original)) or moments(original)))


# Texts


def _is_cut(original: str, found: str) -> bool:
    return len(original) > len(found) and _one_line_end(found) == _one_line_end(as_cut(original))


def _is_same_text(original: str, found: str) -> bool:
    """But for line ends, our mark before a formula, and signs that the saved file can't hold."""
    shown = _one_line_end(found)
    cell = _one_line_end(original)
    return any(
        text == shown or _has_lost(text, shown)
        for text in (cell, f"'{cell}", cell.removeprefix("'"))
    )


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _has_lost(text: str, shown: str) -> bool:
    """Whether the signs that differ are such as an encoding may lack, each shown as `?`; one
    beyond the first plane of Unicode is two in Excel, and one in other programs."""
    return any(_is_lost(text, shown, mark) for mark in ("?", "??"))


def _is_lost(text: str, shown: str, beyond: str) -> bool:
    at = 0
    for sign in text:
        mark = beyond if ord(sign) > 0xFFFF else "?"
        if shown.startswith(sign, at):
            at += 1
        elif sign.isascii() or not shown.startswith(mark, at):
            return False
        else:
            at += len(mark)
    return at == len(shown)


def _is_same_word(original: str, found: str) -> bool:
    """true, as TRUE or WAHR."""
    return found.isupper() and any(
        original.strip().lower() in words and found.lower() in words for words in WORDS
    )


# Numbers


def numbers(text: str) -> Iterator[Number]:
    """All ways to read it; none where it is no number."""
    match = NUMBER.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if match is None or bool(match["open"]) != bool(match["close"]):
        return
    minuses = [match["sign"], match["minus"], match["trailing"]].count("-") + bool(match["open"])
    if match["trailing"] and (minuses > 1 or match["sign"]):
        return
    for point, is_grouped, form in FORMS:
        if found := form.fullmatch(match["digits"]):
            parts = found.groupdict("")
            whole, rest = re.sub("[^0-9]", "", parts["whole"]), parts["rest"]
            if point == "," and not rest and not is_grouped:
                continue  # it is read with a point already
            exponent = parts.get("exponent", "")
            value = Decimal(f"{'-' if minuses else ''}{whole or 0}.{rest or 0}e{exponent or 0}")
            yield Number(
                value,
                match["before"] or match["after"],
                point if rest else "",
                is_grouped,
                match["sign"] == "+",
                whole,
                rest,
                bool(exponent),
            )


def _shows_number(original: str, found: str) -> bool:
    shown = [number for number in numbers(found) if not number.is_signed]
    return bool(shown) and any(
        _shows(number, other) for number in numbers(original) for other in shown
    )


def _shows(number: Number, other: Number) -> bool:
    if number.unit != other.unit or (number.point == "," and other.point == "."):
        return False
    return _is_usual(number, other) and other.value in _values(number, other)


def _is_usual(number: Number, other: Number) -> bool:
    """Whether a program writes zeros so: none that say nothing, unless a format asks for them."""
    if other.has_exponent or other.rest == number.rest:
        return other.whole == number.whole or not _is_padded(other.whole)
    if _is_padded(other.whole):
        return False
    has_format = number.unit or number.is_grouped
    return not other.rest.endswith("0") or bool(has_format and len(other.rest) == 2)


def _is_padded(whole: str) -> bool:
    return whole == "" or (whole.startswith("0") and whole != "0")


def _values(number: Number, other: Number) -> Iterable[Decimal]:
    """What a program may show of the number, rounded as the other one is."""
    value = number.value
    yield value
    yield Context(prec=MOST_DIGITS, rounding=ROUND_DOWN).plus(value)
    yield Context(prec=MOST_DIGITS, rounding=ROUND_HALF_UP).plus(value)
    yield Decimal(float(value))
    if other.has_exponent:
        digits = len(other.whole + other.rest)
        yield Context(prec=digits, rounding=ROUND_HALF_UP).plus(value)
    elif number.unit or number.is_grouped:
        yield _rounded(value, 2)
    elif number.rest:
        for digits in range(FEW_SHOWN, MOST_SHOWN + 1):
            yield _rounded(value, max(0, digits - len(other.whole)))


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT)
