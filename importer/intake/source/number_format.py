"""A number and its format become the text that Excel shows, or the number where that loses digits.

Pure. What is not understood is never guessed at: the text is then the number as it is stored.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from math import isfinite
from operator import ne

from importer.intake.source.format_code import MOST_KEPT, NumberSection, read_code
from importer.intake.source.serial import Shape, iso_text
from importer.model import CellKind

DIGITS = 15  # all that Excel has (support.microsoft.com, "Excel specifications and limits")
EXACT = 2.0**53  # whole numbers below it are stored exactly
UNFILLED = {"0": "0", "?": " ", "#": ""}  # what a placeholder shows without a digit
PLAIN = re.compile(r"#*(0+)(?:\.(0+))?")


def render(number_format: str, value: float, *, is_1904: bool = False) -> tuple[str, CellKind]:
    """The text of a cell that holds the number, and its kind.

    No digit is lost: what its format would round, hide or show with an exponent is shown as under
    General, and a percentage keeps all its decimals. Dates are ISO. Padding is left out.
    """
    return renderer(number_format, is_1904)(value)


@lru_cache(MOST_KEPT)
def renderer(number_format: str, is_1904: bool) -> Callable[[float], tuple[str, CellKind]]:
    """`render` for many numbers of one format."""
    code = read_code(number_format)
    is_general = code == read_code("General")

    def rendered(value: float) -> tuple[str, CellKind]:
        if not isfinite(value):
            return str(value), CellKind.ERROR
        if is_general:
            return general(value), CellKind.NUMBER
        shows, is_negative = code.choose(value)
        if isinstance(shows, Shape):
            if text := iso_text(value, shows, is_1904=is_1904):
                return text, CellKind.DATE
        elif shows and (text := _shown(shows, value, is_negative)):
            return text, CellKind.NUMBER
        return general(value), CellKind.NUMBER

    return rendered


@dataclass(frozen=True, slots=True)
class Plain:
    """A format that `str.format` knows too, for numbers that it shows in full."""

    template: str
    decimals: int

    def texts(self, values: Sequence[float]) -> Iterator[str] | None:
        """What `render` gives of the numbers, but much quicker; None: it has to be asked."""
        if not (min(values) > 0 and max(values) < 10.0 ** (DIGITS - self.decimals)):
            return None
        if any(map(ne, map(round, values, repeat(self.decimals)), values)):
            return None
        return map(self.template.format, values)


def plain_format(number_format: str) -> Plain | None:
    """Of General, `0`, `00000`, `0.00`, `#,##0.00` and the like, which most columns have."""
    code = read_code(number_format)
    shows = code.sections[0].shows
    if not isinstance(shows, NumberSection) or code.has_conditions:
        return None
    parts = [part for part in shows.parts if part != ("text", "")]
    if parts == [("general", "")]:
        return Plain("{:.0f}", 0)
    match = PLAIN.fullmatch("".join(text for _, text in parts))
    if not match or {kind for kind, _ in parts} - {"digit", "point"}:
        return None
    zeros, decimals = (len(group or "") for group in match.groups())
    if shows.grouped:
        return Plain(f"{{:,.{decimals}f}}", decimals) if zeros == 1 else None
    return Plain(f"{{:0{zeros + decimals + bool(decimals)}.{decimals}f}}", decimals)


def general(value: float) -> str:
    """All digits of the number, 15 at most unless it is whole; never an exponent."""
    if value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    text = f"{value:.{DIGITS}g}"
    return f"{Decimal(text):f}" if "e" in text else text


def _shown(section: NumberSection, value: float, is_negative: bool) -> str | None:
    """The value by the section; None where what is shown is another number."""
    number = general(abs(value) * 100**section.percents)
    whole, _, fraction = number.partition(".")
    minus = "-" if value < 0 else ""
    if section.is_general:
        text = "".join(number if kind == "general" else text for kind, text in section.parts)
    elif len(fraction) > section.decimals:
        return f"{minus}{number}%" if section.percents == 1 else None
    else:
        text = "".join(_filled(section, whole.lstrip("0"), fraction))
    if (is_negative and not section.shows_minus) or (value == 0 and not section.shows_zero):
        return None
    return (text if is_negative else minus + text).strip()


def _filled(section: NumberSection, whole: str, fraction: str) -> list[str]:
    """The section's parts, its placeholders filled: those of the whole number from the right.

    Digits that are more than the placeholders stand at the first one.
    """
    shown = []
    left, position = section.places, max(section.places, len(whole))
    decimals = iter(fraction.ljust(section.decimals))
    for kind, text in section.parts:
        if kind != "digit":
            shown.append(text)
        elif not left:
            shown.append(next(decimals).strip() or UNFILLED[text])
        else:
            left -= 1
            while position > left:
                position -= 1
                digit = whole[-1 - position] if position < len(whole) else UNFILLED[text]
                shown.append(digit)
                if section.grouped and digit.strip() and position and position % 3 == 0:
                    shown.append(",")
    return shown
