"""A cell of an OpenDocument sheet becomes the text that the same cell of an Excel workbook has.

In: what the cell says of its value, and the text that is shown. Out: text, kind and Excel's number
format. The digits are those of the value; how they are shown is in the language of whoever saved
the file, so it only tells of leading zeros, of decimals, and of the currency's sign.

The names: OpenDocument 1.3, part 3, 19.385 (office:value-type) and what stands there with it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from importer.intake.source.number_format import renderer
from importer.intake.source.styles import GENERAL
from importer.model import CellKind

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
SORT, ALSO = f"{OFFICE} value-type", f"{CALC} value-type"
VALUE, STRING = f"{OFFICE} value", f"{OFFICE} string-value"
DAY, TIME, TRUTH = f"{OFFICE} date-value", f"{OFFICE} time-value", f"{OFFICE} boolean-value"
FORMULA = f"{TABLE} formula"

DATE_CODE, MOMENT_CODE, TIME_CODE = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "[hh]:mm:ss"
MOMENT = re.compile(r"(\d{4,5}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:[.,](\d+))?)?Z?")
CLOCK = re.compile(
    r"(-?)P(?:(\d{1,6})D)?T(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,7})(?:[.,](\d+))?S)?"
)
NUMBER = re.compile(r"(?P<before>\D*?)(?P<number>\d(?:[\d.,'’\s]*\d)?)(?P<after>\D*)")
DECIMALS = re.compile(r"[.,](\d+)$")
LEADING_ZERO, DIGIT = re.compile(r"0[0-9]+"), re.compile(r"\d")
GROUP = 3  # digits
LONGEST = 60  # characters of a number that is shown; Excel shows 30 decimals at most
MOST_KEPT = 4096  # formats
ERROR = re.compile(r"#[A-Z][\w/]*[!?]?|#N/A|Err:\d{3}")
SIGNS = re.compile(r'[-−()"\\]')
NUMBERS = ("float", "percentage", "currency")

Shown = tuple[str, CellKind, str]


def shown_cell(attributes: Mapping[str, str], text: str) -> Shown | None:
    """None where the cell is blank. text: its paragraphs, one a line."""
    sort = attributes.get(SORT, "")
    if attributes.get(ALSO) == "error" or (FORMULA in attributes and ERROR.fullmatch(text)):
        return text or "#N/A", CellKind.ERROR, GENERAL
    if sort in NUMBERS and (value := _number(attributes.get(VALUE))) is not None:
        code = _zeros(text) if sort == "float" else _code(sort, DIGIT.sub("0", text[:LONGEST]))
        return *renderer(code, False)(value), code
    if sort == "date" and (moment := _moment(attributes.get(DAY, ""), text)):
        return moment
    if sort == "time" and (time := _time(attributes.get(TIME, ""))):
        return time, CellKind.DATE, TIME_CODE
    if sort == "boolean" and TRUTH in attributes:
        return attributes[TRUTH].upper(), CellKind.BOOLEAN, GENERAL
    text = text or attributes.get(STRING, "")
    if text:
        return text, CellKind.TEXT, GENERAL
    if FORMULA in attributes and not sort:
        formula = "=" + attributes[FORMULA].partition("=")[2]
        return formula, CellKind.UNCALCULATED, GENERAL
    return None


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _zeros(text: str) -> str:
    """As many as there are digits, where the first of them is a zero that counts for nothing."""
    digits = text[: LONGEST + 1].strip().lstrip("-−")
    is_filled = len(digits) <= LONGEST and LEADING_ZERO.fullmatch(digits)
    return "0" * len(digits) if is_filled else GENERAL


@lru_cache(MOST_KEPT)
def _code(sort: str, text: str) -> str:
    """Excel's number format for what is shown, its digits all zeros."""
    found = NUMBER.fullmatch(text.strip())
    if not found:
        return "0%" if sort == "percentage" else GENERAL
    match = DECIMALS.search(found["number"])
    count = len(match[1]) if match else 0
    decimals = "." + "0" * count if count and count != GROUP else ""
    if sort == "percentage":
        return f"0{decimals}%"
    before, after = (SIGNS.sub("", found[name]) for name in ("before", "after"))
    return "".join(
        [f'"{before}"' if before else "", f"#,##0{decimals}", f'"{after}"' if after else ""]
    )


def _moment(value: str, text: str) -> Shown | None:
    found = MOMENT.fullmatch(value)
    if not found:
        return None
    day, clock, fraction = found.groups()
    rest = (fraction or "")[:GROUP].rstrip("0")
    if not clock or (clock == "00:00:00" and not rest and ":" not in text):
        return day, CellKind.DATE, DATE_CODE
    more = f".{rest.ljust(GROUP, '0')}" if rest else ""
    return f"{day} {clock}{more}", CellKind.DATE, MOMENT_CODE


def _time(value: str) -> str | None:
    """`PT26H30M00S` as `26:30:00`."""
    found = CLOCK.fullmatch(value)
    if not found:
        return None
    minus, days, *clock, fraction = found.groups()
    hours, minutes, seconds = (int(part or 0) for part in clock)
    total = ((int(days or 0) * 24 + hours) * 60 + minutes) * 60 + seconds
    text = f"{minus}{total // 3600:02}:{total // 60 % 60:02}:{total % 60:02}"
    rest = (fraction or "")[:GROUP].rstrip("0")
    return f"{text}.{rest.ljust(GROUP, '0')}" if rest else text
