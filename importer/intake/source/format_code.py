"""Excel's number format code, taken apart: `#,##0.00_);[Red](#,##0.00)`.

The rules: ECMA-376 part 1, 18.8.31, and support.microsoft.com, "Number format codes". A section
that is not understood in full is no number's and no date's.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

from importer.intake.source.serial import Shape

MOST_PERCENTS = 2  # each is a factor of 100; more of them nobody means
MOST_KEPT = 4096  # codes; Excel gives a workbook some 250 of its own

TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | [_*](?P<padding>.) | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/[^\x00-\x7f]+) | (?P<half>AM/PM|A/P) | (?P<exponent>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|e+|g+|b+|a{3,})
    | (?P<digit>[0\#?]) | (?P<point>\.) | (?P<comma>,) | (?P<slash>/) | (?P<section>;)
    | (?P<cell>@) | (?P<letter>[A-Z]) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL | re.ASCII,
)
COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d+", re.IGNORECASE)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=) *(-?\d+(?:\.\d+)?)")
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<=": le,
    ">=": ge,
    "<>": ne,
    "<": lt,
    ">": gt,
    "=": eq,
}
ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
MINUTES = re.compile(r"(?<=h)m|m(?=s)")  # an m is a month but for these
ISO_LETTERS = frozenset("TZ")  # some programs write `yyyy-mm-ddThh:mm:ssZ` without quotes
# A number's placeholders, without all else. A comma at their end would divide by 1,000.
PLACEHOLDERS = re.compile(r"([0#?](?:[0#?,]*[0#?])?)?(?:(\.)([0#?]*))?")

Token = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NumberSection:
    """How a number is shown.

    parts, in order: ("digit", its placeholder), ("point", "."), ("general", "") for the whole
    number, or ("text", itself). places, decimals: the placeholders before and behind the point.
    percents: the percent signs. grouped: with a comma every three digits.
    """

    parts: Sequence[Token]
    places: int
    decimals: int
    percents: int
    grouped: bool

    @property
    def is_general(self) -> bool:
        return ("general", "") in self.parts

    @property
    def shows_zero(self) -> bool:
        return self.is_general or ("digit", "0") in self.parts

    @property
    def shows_minus(self) -> bool:
        """Accountants write (5) for -5."""
        return any(kind == "text" and set(text) & set("-−(") for kind, text in self.parts)


Shows = NumberSection | Shape | None  # None: neither a number nor a date


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between two semicolons."""

    shows: Shows
    condition: Callable[[float], bool] | None = None


@dataclass(frozen=True, slots=True)
class FormatCode:
    """sections: those for numbers, one at the least, three at the most."""

    sections: Sequence[Section]
    has_conditions: bool

    def choose(self, value: float) -> tuple[Shows, bool]:
        """What the value is shown by, and whether that is for negative numbers alone."""
        if self.has_conditions:
            return self._by_condition(value), False
        if value < 0 and len(self.sections) > 1:
            return self.sections[1].shows, True
        if value == 0 and len(self.sections) > 2:
            return self.sections[2].shows, False
        return self.sections[0].shows, False

    def _by_condition(self, value: float) -> Shows:
        """Of a negative number none: where Excel puts its sign depends on all the conditions."""
        for section in self.sections if value >= 0 else ():
            if section.condition is None or section.condition(value):
                return section.shows
        return None


@lru_cache(MOST_KEPT)
def read_code(code: str) -> FormatCode:
    """Any text is a code; what is not understood shows nothing."""
    tokens: list[list[Token]] = [[]]
    for match in TOKEN.finditer(code or "General"):
        kind = match.lastgroup or "quoted"
        if kind == "section":
            tokens.append([])
        else:
            tokens[-1].append((kind, match[kind] or ""))
    if len(tokens) > 1 and ("cell", "@") in tokens[-1]:
        tokens.pop()
    sections = [_section(each) for each in tokens[:3]]
    return FormatCode(sections, any(each.condition for each in sections))


def _section(tokens: Sequence[Token]) -> Section:
    brackets = [text for kind, text in tokens if kind == "bracket"]
    conditions = list(filter(None, map(CONDITION.fullmatch, brackets)))
    return Section(
        shows=_date(tokens) or _number(tokens),
        condition=_condition(conditions[0]) if conditions else None,
    )


def _condition(match: re.Match[str]) -> Callable[[float], bool]:
    compare, limit = COMPARISONS[match[1]], float(match[2])
    return lambda value: compare(value, limit)


def _date(tokens: Sequence[Token]) -> Shape | None:
    clock, elapsed, points = "", False, 0
    for kind, text in tokens:
        points += kind == "point"
        if kind == "bracket" and ELAPSED.fullmatch(text):
            clock, elapsed = clock + "h", True
        elif kind in ("date", "half"):
            clock += "p" if kind == "half" else text[0].lower()
        elif kind in ("letter", "digit") and not _is_in_dates(text, points):
            return None
    if not clock:
        return None
    if set(MINUTES.sub("", clock)) <= set("hsp"):
        return Shape.ELAPSED if elapsed else Shape.TIME
    return Shape.DATE_TIME if set(clock) & set("hsp") else Shape.DATE


def _is_in_dates(text: str, points: int) -> bool:
    """Placeholders only as in `ss.000`."""
    return text in ISO_LETTERS or (text == "0" and points > 0)


def _number(tokens: Sequence[Token]) -> NumberSection | None:
    parts = [_part(kind, text) for kind, text in tokens if kind not in ("padding", "comma")]
    shape = PLACEHOLDERS.fullmatch(
        "".join(text for kind, text in tokens if kind in ("digit", "point", "comma"))
    )
    known = [part for part in parts if part]
    percents = tokens.count(("other", "%"))
    if (
        len(known) < len(parts)
        or percents > MOST_PERCENTS
        or not shape
        or not {"digit", "general"} & {k for k, _ in known}
    ):
        return None
    whole, point, fraction = (group or "" for group in shape.groups())
    if point and not whole:  # `.00` shows what is before the point too
        known.insert(known.index(("point", ".")), ("digit", "#"))
    return NumberSection(
        parts=known,
        places=len(whole.replace(",", "")) or bool(point),
        decimals=len(fraction),
        percents=percents,
        grouped="," in whole,
    )


def _part(kind: str, text: str) -> Token | None:
    """What is shown for one token of a number's section; None where that is not known."""
    if kind in ("digit", "point"):
        return kind, text
    if kind == "general":
        return kind, ""
    if kind in ("quoted", "escaped", "other"):
        return "text", text
    if kind == "bracket" and text.startswith("$"):
        return "text", text[1:].partition("-")[0]
    if kind == "bracket" and (COLOUR.fullmatch(text) or CONDITION.fullmatch(text)):
        return "text", ""
    return None
