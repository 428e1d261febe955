"""Dates and times as spreadsheet programs take them for such, and show them. Pure.

A text may be read in several ways: 1/2/2026 is a day of January or of February, Jan-26 a day or
a month. A program reads and shows day and month in the same order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

NAMES = (  # of the months, as Excel has them in English, German, French, Spanish, Italian, Dutch
    "jan january januar jän jänner janv janvier ene enero gen gennaio januari",
    "feb february februar févr février febrero febbraio februari",
    "mar march mär mrz märz mars marzo mrt maart",
    "apr april avr avril abr abril aprile",
    "may mai mayo mag maggio mei",
    "jun june juni juin junio giu giugno",
    "jul july juli juil juillet julio lug luglio",
    "aug august août ago agosto augustus",
    "sep sept september septembre septiembre set settembre",
    "oct october okt oktober octobre octubre ott ottobre",
    "nov november novembre noviembre",
    "dec december dez dezember déc décembre dic diciembre dicembre",
)
MONTHS = {word: number for number, words in enumerate(NAMES, 1) for word in words.split()}
TIME = (
    r"(?P<hour>[0-9]{1,4}):(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9])(?P<rest>[.,][0-9]+)?)?"
)
HALF = r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"
WHOLE = re.compile(rf"(?:(?P<date>.*?[^\s,:]),?(?:\s+|(?<=[0-9])T))?{TIME}{HALF}")
# What Excel shows of a moment that has a fraction of a second: 30:00.0.
MINUTES = re.compile(r"(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9])[.,](?P<tenth>[0-9])")
SIGN = r"(?:[-/]|\.\s?)"
YEAR = "(?P<year>[0-9]{4}|[0-9]{2})"
WORD, GAP = r"(?P<word>[^\W\d_]{3,})\.?", "[-/ ,]*"
FORMS = tuple(
    (order, re.compile(pattern))
    for order, pattern in (
        ("", rf"(?P<year>[0-9]{{4}}){SIGN}(?P<month>[0-9]{{1,2}}){SIGN}(?P<day>[0-9]{{1,2}})\.?"),
        ("day", rf"(?P<day>[0-9]{{1,2}}){SIGN}(?P<month>[0-9]{{1,2}})(?:{SIGN}{YEAR}|\.?)"),
        ("month", rf"(?P<month>[0-9]{{1,2}}){SIGN}(?P<day>[0-9]{{1,2}})(?:{SIGN}{YEAR}|\.?)"),
        ("year", r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})"),
        ("year", rf"(?P<month>[0-9]{{1,2}}){SIGN}(?P<year>[0-9]{{4}}|[3-9][0-9])"),
        ("", rf"(?P<day>[0-9]{{1,2}})\.?{GAP}{WORD}(?:{GAP}{YEAR})?"),
        ("", rf"{WORD}{GAP}(?P<day>[0-9]{{1,2}})(?:{GAP}(?P<year>[0-9]{{4}}))?"),
        ("", rf"{WORD}{GAP}{YEAR}"),
    )
)
LONGEST = 40  # characters of a date and a time
TURN = 30  # Excel's: 29 is 2029, 30 is 1930 (support.microsoft.com, "two-digit years")


@dataclass(frozen=True, slots=True)
class Moment:
    """One way to read a text; None: the text does not show it.

    order: which of day and month stands first where both are digits; "year" for a month and a
    year in digits. second: with its fraction.
    """

    order: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    is_short: bool = False  # the year has two digits
    hour: int | None = None
    minute: int | None = None
    second: float | None = None


def shows_moment(original: str, found: str) -> bool:
    """Whether a program that takes the original for a date or a time may show it so."""
    readings = moments(original)
    minutes = MINUTES.fullmatch(found.strip())
    if minutes and any(_shows_minutes(moment, minutes) for moment in readings):
        return True
    shown = moments(found)
    return any(_shows(moment, other) for moment in readings for other in shown)


def moments(text: str) -> list[Moment]:
    """All ways to read it; none where it is neither date nor time."""
    text = text.strip()
    if len(text) > LONGEST or not any(map(str.isdigit, text)):
        return []
    if (whole := WHOLE.fullmatch(text)) is None:
        return list(_days(text))
    hour = int(whole["hour"])
    if whole["half"]:
        if not 1 <= hour <= 12:
            return []
        hour = hour % 12 + 12 * (whole["half"] in "Pp")
    rest = (whole["rest"] or "").replace(",", ".")
    second = float(whole["second"] + rest) if whole["second"] else None
    days = [Moment()] if whole["date"] is None else _days(whole["date"])
    return [replace(day, hour=hour, minute=int(whole["minute"]), second=second) for day in days]


def day_of(text: str) -> date | None:
    """The day that the text is of, where it names one and there is no doubt."""
    found = {_date(moment) for moment in moments(text)}
    return found.pop() if len(found) == 1 else None


def may_be_of(text: str, day: date) -> bool:
    """Whether the text names no other day; one beside it is the same one in UTC."""
    days = [found for moment in moments(text) if (found := _date(moment, day.year))]
    return not days or any(abs(found - day) <= timedelta(days=1) for found in days)


def is_minutes(text: str) -> bool:
    return MINUTES.fullmatch(text) is not None


def _days(text: str) -> Iterator[Moment]:
    for order, form in FORMS:
        if (match := form.fullmatch(text)) is None:
            continue
        parts = match.groupdict()
        month = MONTHS.get(parts["word"].lower()) if "word" in parts else int(parts["month"])
        year, day = parts.get("year"), parts.get("day")
        moment = Moment(
            order,
            None if year is None else int(year),
            month,
            None if day is None else int(day),
            year is not None and len(year) == 2,
        )
        if month and _date(moment, 2024) is not None:
            yield moment


def _date(moment: Moment, year: int | None = None) -> date | None:
    """year: of a text that names none, so that it is known whether there is such a day."""
    if moment.year is not None:
        year = _full_year(moment)
    try:
        return date(year or 0, moment.month or 0, moment.day or (1 if year else 0))
    except ValueError:
        return None


def _full_year(moment: Moment) -> int:
    year = moment.year or 0
    if moment.is_short:
        return year + (2000 if year < TURN else 1900)
    return year


def _shows(moment: Moment, other: Moment) -> bool:
    if {moment.order, other.order} == {"day", "month"}:
        return False
    if other.order == "year" and moment.order != "year":  # no program shows a day so
        return False
    return _shows_day(moment, other) and _shows_time(moment, other)


def _shows_day(moment: Moment, other: Moment) -> bool:
    """A date without a year is one of the year in which the file was opened. A program that reads
    a short year knows its century, and one that shows it may leave the century out."""
    if moment.month != other.month:
        return False
    if other.day is not None and other.day != (moment.day or 1):
        return False
    if moment.year is None or other.year is None:
        return True
    if other.is_short:
        return moment.year % 100 == other.year
    return _full_year(moment) == other.year


def _shows_time(moment: Moment, other: Moment) -> bool:
    if (moment.hour, moment.minute) != (other.hour, other.minute):
        return False
    return other.second is None or abs(other.second - (moment.second or 0)) < 1


def _shows_minutes(moment: Moment, minutes: re.Match[str]) -> bool:
    shown = int(minutes["second"]) + int(minutes["tenth"]) / 10
    return (
        moment.minute == int(minutes["minute"])
        and moment.second is not None
        and abs(shown - moment.second) < 0.1
    )
