"""One text becomes what it says of how its column writes dates. Pure; knows no other text."""

import re
from calendar import monthrange
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from importer.intake.transforms.date import ISO
from importer.intake.transforms.formats import FIRST_YEAR, TURN
from importer.intake.transforms.months import MONTH, MONTH_NUMBERS, unaccented
from importer.intake.transforms.text import EDGES

LONGEST = 48  # characters: "30 de septiembre de 2026, 10:15:00 a.m." and some blanks
SERIALS = (20_000, 80_000)  # days of Excel's: 1954-10-03 to 2119-01-11
COMPACT_YEARS = (1900, 2100)  # of eight digits; others are rather the number of something


class Kind(IntEnum):
    OTHER = 0
    ISO = 1
    FORM = 2  # of one format, whatever the order of day and month
    ORDERED = 3  # by numbers, the year last, in four digits
    SHORT = 4  # by numbers, the year in two digits
    SERIAL = 5
    SECONDS = 6
    MILLISECONDS = 7


class Fit(IntEnum):
    """In which order the first two numbers make a day."""

    NEITHER = 0
    BOTH = 1  # and it is another day by the other
    DAY = 2
    MONTH = 3
    SAME = 4


class Seen(NamedTuple):
    """form: a format; of ORDERED and SHORT with `{0}` and `{1}` for day and month. year_form: the
    format of a SHORT one that can begin with its year. ends: its first and its last number."""

    kind: Kind
    form: str = ""
    fit: Fit = Fit.NEITHER
    year_form: str = ""
    ends: tuple[int, int] = (0, 0)


OTHER, IS_ISO = Seen(Kind.OTHER), Seen(Kind.ISO)
DIGIT = re.compile("[0-9]")
TIME = (
    r"(?:(?P<gap>,?\s+|T)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?P<seconds>:[0-9]{2})?"
    r"(?:(?P<blank>\s*)(?P<half>[AaPp]\.?[Mm]\.?))?)?"
)
NUMERIC = re.compile(
    r"(?P<first>[0-9]{1,4})(?P<sep>[/.-] ?| )(?P<second>[0-9]{1,2})(?P=sep)(?P<third>[0-9]{1,4})"
    + TIME
)
BARE = re.compile(r"(?P<whole>[0-9]{5,13})(?P<fraction>[.,][0-9]+)?")
DAY = r"(?P<day>[0-9]{1,2})(?P<ordinal>st|nd|rd|th|er|[.ºª°])?"
WORD = r"(?:(?:de|del|of)\s+)?"
SPACED = rf"(?:\s*,\s*|\s+){WORD}"
GAP = rf"(?:[/-]|{SPACED}|)"
YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
NAME = rf"(?P<month>{MONTH})(?P<point>\.?)"
NAMED = (
    re.compile(rf"{DAY}(?P<one>{GAP}){NAME}(?P<two>{GAP}){YEAR}{TIME}", re.IGNORECASE),
    re.compile(rf"{NAME}(?P<one>{GAP}){DAY}(?P<two>[/-]|{SPACED}){YEAR}{TIME}", re.IGNORECASE),
    re.compile(
        rf"(?P<year>[0-9]{{4}})(?P<one>{GAP}){NAME}(?P<two>{GAP}){DAY}{TIME}", re.IGNORECASE
    ),
)
WORDS = re.compile(r"[^\W\d_]{3,}")
NAMED_PARTS = (("D", "MMM"), ("MMM", "D"), ("YYYY", "MMM"))


def classify(text: str) -> Seen:
    """What the text alone tells."""
    text = text.strip(EDGES)
    if len(text) > LONGEST or not DIGIT.search(text):
        return OTHER
    if match := NUMERIC.fullmatch(text):
        if match[2] == "-" and ISO.fullmatch(text):
            return IS_ISO if _is_day(*map(int, match.group(1, 3, 4))) else OTHER
        return _numeric(match)
    if match := ISO.fullmatch(text):
        return IS_ISO if _is_day(*map(int, match.group(1, 2, 3))) else OTHER
    if match := BARE.fullmatch(text):
        return _bare(match["whole"], match["fraction"])
    return _named(unaccented(text))


def _bare(whole: str, fraction: str | None) -> Seen:
    """A number: of days, seconds or milliseconds, or the digits of a date."""
    match len(whole):
        case 5 if SERIALS[0] <= int(whole) <= SERIALS[1]:
            return Seen(Kind.SERIAL)
        case 8 if not fraction:
            year, month, day = int(whole[:4]), int(whole[4:6]), int(whole[6:])
            if COMPACT_YEARS[0] <= year <= COMPACT_YEARS[1] and _is_day(year, month, day):
                return Seen(Kind.FORM, "YYYYMMDD")
        case 9 | 10:
            return Seen(Kind.SECONDS)
        case 12 | 13 if not fraction:
            return Seen(Kind.MILLISECONDS)
    return OTHER


def _numeric(match: re.Match[str]) -> Seen:
    first, sep, second, third, *clock = match.groups()
    time = "" if clock[1] is None else _time(match)
    if time is None:
        return OTHER
    widths = len(first), len(third)
    if widths[1] == 4 and widths[0] <= 2:
        fit = _fit(int(first), int(second), int(third))
        return _ordered(sep, time, fit) if fit is not Fit.NEITHER else OTHER
    if widths[0] == 4 and widths[1] <= 2:
        form = f"YYYY{sep}M{sep}D{time}"
        return Seen(Kind.FORM, form) if _is_day(int(first), int(second), int(third)) else OTHER
    return _short(first, sep, second, third, time) if max(widths) <= 2 else OTHER


@cache
def _ordered(sep: str, time: str, fit: Fit) -> Seen:
    return Seen(Kind.ORDERED, f"{{0}}{sep}{{1}}{sep}YYYY{time}", fit)


def _short(first: str, sep: str, second: str, third: str, time: str) -> Seen:
    a, b, c = int(first), int(second), int(third)
    fit = _fit(a, b, full_year(c)) if len(third) == 2 else Fit.NEITHER
    year_form = ""
    if len(first) == 2 and _is_day(full_year(a), b, c):
        year_form = f"YY{sep}M{sep}D{time}"
    if fit is Fit.NEITHER and not year_form:
        return OTHER
    return Seen(Kind.SHORT, f"{{0}}{sep}{{1}}{sep}YY{time}", fit, year_form, (a, c))


def _named(text: str) -> Seen:
    if not any(word.lower() in MONTH_NUMBERS for word in WORDS.findall(text)):
        return OTHER
    for pattern, (first, second) in zip(NAMED, NAMED_PARTS, strict=True):
        if match := pattern.fullmatch(text):
            form = _named_form(match, first, second)
            return Seen(Kind.FORM, form) if form else OTHER
    return OTHER


def _named_form(match: re.Match[str], first: str, second: str) -> str | None:
    """None where there is no such day or time."""
    year, is_short = int(match["year"]), len(match["year"]) == 2
    month, time = MONTH_NUMBERS[match["month"].lower()], _time(match)
    year = full_year(year) if is_short else year
    if time is None or not _is_day(year, month, int(match["day"])):
        return None
    one, two = _gap(match["one"]), _gap(match["two"])
    if first == "D" and match["ordinal"] == "." and not one:
        one = "."
    if first == "MMM" and two == " ":
        two = ", "  # as most write it; such a format takes texts without the comma too
    last = "D" if first == "YYYY" else "YY" if is_short else "YYYY"
    return f"{first}{one}{second}{two}{last}{time}"


def _gap(text: str) -> str:
    return text if text in ("", "/", "-") else " "


def _time(match: re.Match[str]) -> str | None:
    """The end of the format, "" without a time; None where the clock has no such time."""
    if match["hour"] is None:
        return ""
    hour, minute = int(match["hour"]), int(match["minute"])
    seconds = match["seconds"] or ""
    if minute > 59 or int(seconds[1:] or 0) > 59:
        return None
    gap = "T" if match["gap"] == "T" else ", " if "," in match["gap"] else " "
    more = ":ss" if seconds else ""
    if not match["half"]:
        return f"{gap}H:mm{more}" if hour <= 23 else None
    blank = " " if match["blank"] else ""
    return f"{gap}hh:mm{more}{blank}A" if 1 <= hour <= 12 else None


def _fit(first: int, second: int, year: int) -> Fit:
    if 1 <= first <= 12 and 1 <= second <= 12 and year >= FIRST_YEAR:
        return Fit.SAME if first == second else Fit.BOTH
    if _is_day(year, second, first):
        return Fit.DAY
    return Fit.MONTH if _is_day(year, first, second) else Fit.NEITHER


def full_year(short: int) -> int:
    """Of two digits."""
    return short + (1900 if short >= TURN else 2000)


def _is_day(year: int, month: int, day: int) -> bool:
    if year < FIRST_YEAR or not 1 <= month <= 12:
        return False
    return 1 <= day <= 28 or 1 <= day <= monthrange(year, month)[1]
