"""Date formats: `DD/MM/YYYY HH:mm` becomes a reader of such texts.

YYYY is a year, YY its last two digits (69 to 99 are of the 1900s, as in POSIX strptime). MMM is a
month's name, or the short one, in six languages: see `months`. MM DD HH mm ss have two digits,
M D H hh one or two. hh counts to 12, and goes with A for AM or PM. A blank stands for any white
space; other signs, and the letter T, for themselves.

Beside MMM a day may be an ordinal (1st, 1er, 3.), and where such a format has a blank or a comma,
a text may have either, and a word such as `de`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from importer.intake.transforms.cell import CellError
from importer.intake.transforms.months import MONTH, MONTH_NUMBERS, unaccented
from importer.intake.transforms.options import OptionError

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
FIRST_YEAR = 1753  # the least of SQL Server's datetime, which the CRM's replies are written like
TURN = 69  # strptime: %y
LONGEST = 32  # characters of a format: a problem names up to three


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a format. unit: what it tells; two parts of one format never tell the same."""

    unit: str
    pattern: str
    example: str


PARTS: Mapping[str, _Part] = {
    "YYYY": _Part("year", "[0-9]{4}", "2026"),
    "YY": _Part("year", "[0-9]{2}", "26"),
    "MMM": _Part("month", MONTH, "Dec"),
    "MM": _Part("month", "[0-9]{2}", "12"),
    "M": _Part("month", "[0-9]{1,2}", "12"),
    "DD": _Part("day", "[0-9]{2}", "31"),
    "D": _Part("day", "[0-9]{1,2}", "31"),
    "HH": _Part("hour", "[0-9]{2}", "15"),
    "H": _Part("hour", "[0-9]{1,2}", "15"),
    "hh": _Part("hour", "[0-9]{1,2}", "03"),
    "mm": _Part("minute", "[0-9]{2}", "45"),
    "ss": _Part("second", "[0-9]{2}", "00"),
    "A": _Part("half of the day", r"(?i:[ap]\.?m\.?)", "PM"),
}
ONE_OR_TWO = {"M", "D", "H", "hh"}
ALL_PARTS = "the parts are " + " ".join(PARTS)
MEANT = {
    **dict.fromkeys(("MMMM", "mmm", "mmmm"), "MMM"),
    **dict.fromkeys(("AM", "PM", "a", "p"), "A for AM and PM"),
    "y": "YYYY",
    "m": "MM for months, mm for minutes",
    "d": "DD",
    "h": "HH",
    "s": "ss",
}
SPACED = r"(?:\s*,\s*|\s+)(?:(?i:del?|of)\s+)?"
ORDINAL = "(?i:st|nd|rd|th|er|[.ºª°])?"
RUN = re.compile(r"[AP]M|([A-Za-z])\1*|\s+|.", re.DOTALL)  # a letter as often as it is repeated


@dataclass(frozen=True, slots=True)
class DateFormat:
    """text: as typed. example: a moment so written. parts: in their order."""

    text: str
    example: str
    has_time: bool
    parts: tuple[str, ...]
    pattern: re.Pattern[str]

    def read(self, text: str) -> datetime | None:
        """The moment; None where the text is not of this format.

        Raises CellError: it is, but there is no such day or time.
        """
        match = self.pattern.fullmatch(unaccented(text) if "MMM" in self.parts else text)
        if match is None:
            return None
        found = dict(zip(self.parts, match.groups(), strict=True))
        return make_moment(
            _year(found),
            _month(found),
            int(found.get("DD") or found["D"]),
            _hour(found),
            int(found.get("mm", 0)),
            int(found.get("ss", 0)),
        )


def make_moment(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0
) -> datetime:
    """Raises CellError: there is no such moment."""
    if year < FIRST_YEAR:
        raise CellError(f"its year is before {FIRST_YEAR}; write the year in full")
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # zone unknown here
    except ValueError as error:
        why = _impossible(year, month, day, (hour, minute, second))
        raise CellError(f"{why}; correct it") from error


def read_format(text: str) -> DateFormat:
    """Raises OptionError: an unknown part, or parts that make no date."""
    runs = [match[0] for match in RUN.finditer(text.strip())]
    parts = tuple(run for run in runs if run in PARTS)
    _check_signs(text, runs)
    _check_parts(text, parts)
    for part, following in pairwise(runs):
        if part in ONE_OR_TWO and following in PARTS and following not in ("MMM", "A"):
            what = f'in the format "{text}", {part} can\'t be told from {following}'
            raise OptionError(what, f"put a sign between them, or use {part[0] * 2}")
    return DateFormat(
        text.strip(),
        "".join(PARTS[run].example if run in PARTS else run for run in runs),
        any(PARTS[part].unit == "hour" for part in parts),
        parts,
        re.compile("".join(_with_name(runs) if "MMM" in parts else map(_pattern, runs))),
    )


def _pattern(run: str) -> str:
    if run in PARTS:
        return f"({PARTS[run].pattern})"
    return r"\s+" if run.isspace() else re.escape(run)


def _with_name(runs: Sequence[str]) -> Iterator[str]:
    """The patterns of a format with a month's name."""
    near = {
        run
        for pair in pairwise(run for run in runs if run in PARTS)
        if "MMM" in pair
        for run in pair
    }
    for is_part, group in groupby(runs, lambda run: run in PARTS):
        between = list(group)
        if not is_part and not "".join(between).strip(" ,"):
            yield SPACED
            continue
        for run in between:
            yield _pattern(unaccented(run))
            if run == "MMM":
                yield r"\.?"
            elif run in near and run in ("D", "DD"):
                yield ORDINAL


def _check_signs(text: str, runs: Sequence[str]) -> None:
    if len(text) > LONGEST or not text.isprintable():
        what = f"a date format is no plain text of up to {LONGEST} characters"
        raise OptionError(what, "write one such as DD/MM/YYYY")
    for run in runs:
        if run not in PARTS and run[0].isascii() and run[0].isalpha() and run != "T":
            meant = MEANT.get(run) or MEANT.get(run[0].lower())
            advice = f"use {meant}; {ALL_PARTS}" if meant else ALL_PARTS
            raise OptionError(f'the format "{text}" has an unknown part, {run}', advice)


def _check_parts(text: str, parts: Sequence[str]) -> None:
    """That they name a day, and if a time, then a whole one, and nothing twice."""
    units = [PARTS[part].unit for part in parts]
    said = f'the format "{text}"'
    for unit in units:
        if units.count(unit) > 1:
            raise OptionError(f"{said} has the {unit} twice", "keep one of them")
    if "month" not in units and "mm" in parts:
        raise OptionError(f"{said} has no month: mm are minutes", "write MM for the month")
    for unit in ("year", "month", "day"):
        if unit not in units:
            raise OptionError(f"{said} has no {unit}", f"add it; {ALL_PARTS}")
    for unit, larger in (("minute", "hour"), ("second", "minute")):
        if unit in units and larger not in units:
            raise OptionError(f"{said} has a {unit} without the {larger}", f"add it; {ALL_PARTS}")
    if ("hh" in parts) != ("A" in parts):
        raise OptionError(
            f"{said} has {'hh without A' if 'hh' in parts else 'A without hh'}",
            "write hh and A for hours up to 12, or HH alone for hours up to 23",
        )


def _year(found: Mapping[str, str]) -> int:
    if "YYYY" in found:
        return int(found["YYYY"])
    short = int(found["YY"])
    return short + (1900 if short >= TURN else 2000)


def _month(found: Mapping[str, str]) -> int:
    if "MMM" in found:
        return MONTH_NUMBERS[found["MMM"].lower()]
    return int(found.get("MM") or found["M"])


def _hour(found: Mapping[str, str]) -> int:
    if "hh" not in found:
        return int(found.get("HH") or found.get("H") or 0)
    hour = int(found["hh"])
    if not 1 <= hour <= 12:
        raise CellError(f"there is no hour {hour} with AM or PM; write an hour from 1 to 12")
    return hour % 12 + (12 if found["A"][0] in "Pp" else 0)


def _impossible(year: int, month: int, day: int, time: Sequence[int]) -> str:
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    for unit, value, most in zip(("hour", "minute", "second"), time, (23, 59, 59), strict=True):
        if value > most:
            return f"there is no {unit} {value}"
    return f"{MONTHS[month - 1]} {year} has no day {day}"
