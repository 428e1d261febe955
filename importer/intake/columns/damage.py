"""What spreadsheet programs and wrong encodings do to a cell's text, and how it shows. Pure.

For each kind a quick look at all texts of a block tells whether it is worth while to look at them
one by one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from importer.model import CellKind, Problem

KEPT_DIGITS = 15  # support.microsoft.com, "Excel specifications and limits": number precision
# Excel, LibreOffice and Google Sheets write two digits and a capital; Python's csv writes the rest.
SCIENTIFIC = re.compile(r"\s*[-+]?[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{2,3}\s*")
LONG_NUMBER = re.compile(r"\s*[-+]?([0-9]{16,})\s*")
# UTF-8's bytes as Windows-1252 or Latin-1 show them: one that begins a character, and the next.
MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039"
    "\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)
# The same of Mac Roman: `M√ºnchen`, `it‚Äôs`.
MAC = re.compile("√[\u00a0-\u00ff\u2000-\u22ff]|‚Ä[\u00a0-\u02ff\u2000-\u22ff]")
# English and German; a text file has them where a workbook was saved as one.
ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|NV|WERT!|BEZUG!|ZAHL!)"
)
QUOTED = re.compile(r'="[^"]*"|\t.*|\'[-+=@0-9].*', re.DOTALL)  # against Excel's changes
FLOAT = re.compile(r"[0-9]{4,}\.0")  # a whole number as Python's libraries write it
ENTITY = re.compile(r"&(?:#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
# Not the joiners U+200C and U+200D, which Indian scripts and emoji are written with.
INVISIBLE = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f\xa0\xad\u2007\u200b\u200e\u200f\u202a-\u202f\u2060\u2066-\u2069\ufeff]"
)
MONTHS = (
    "jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sept?|oct|okt|nov|dec|dez"
    "|janv|févr|mars|avr|juin|juil|août|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out"
)
BECAME_DATE = re.compile(
    rf"[0-9]{{1,2}}(?:-|\. ?)(?:{MONTHS})\.?|(?:{MONTHS})\.?-[0-9]{{2}}",
    re.IGNORECASE,
)
# In a shape, what such a text has, and what 11-50 has. A line break first is what is quick.
WORD = rb"[Aa\x80-\xff]{3,6}"
MAYBE_DATE = re.compile(rb"\n(?:00?(?:-|\. ?)%s\.?|%s\.?-00)(?=\n)" % (WORD, WORD))
RANGES = re.compile(rb"\n0{1,6} ?- ?0{1,6}(?=\n)")
DATE_LINE = re.compile(rb"\n0{1,4}([-/.])00?\1(?:0000|00)(?=[\n ])")
SERIAL_LINE = re.compile(rb"\n00000(?=\n)")
SERIAL = re.compile(r"\s*[2-7][0-9]{4}\s*")  # 1954 to 2119
IN_DOUBT = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")  # a number cell that may have been 1.234
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-([0-9]{2})")

Shape = bytes
"""The texts of a block in UTF-8: each digit is 0, small ASCII letters are a, capitals A, control
characters \\x01; a line each, with a line break before the first and behind the last."""
DIGITS, CAPITAL, CONTROL = b"0", b"A", b"\x01"
SHAPES = bytes(
    0x01
    if (byte < 0x20 and byte not in b"\t\n\r\x01") or byte == 0x7F
    else ord("0")
    if chr(byte).isdigit() and byte < 0x80
    else ord("a")
    if ord("a") <= byte <= ord("z")
    else ord("A")
    if ord("A") <= byte <= ord("Z")
    else byte
    for byte in range(256)
)


def shape_of(joined: str) -> Shape:
    return f"\n{joined}\n".encode("utf-8", "surrogatepass").translate(SHAPES)


@dataclass(frozen=True, slots=True)
class Damage:
    """maybe: whether a block, its texts joined and their shape, can have it; of many blocks the
    answer is no. has: whether a text does."""

    maybe: Callable[[str, Shape], bool]
    has: Callable[[str], object]


def is_rounded(text: str) -> bool:
    """A number of more digits than Excel keeps, and nothing but zeros behind those."""
    found = LONG_NUMBER.fullmatch(text)
    return found is not None and not found[1][KEPT_DIGITS:].strip("0")


def is_long(text: str) -> bool:
    return LONG_NUMBER.fullmatch(text) is not None


def repaired(text: str) -> str:
    """What `transform: fix_text` makes of it."""
    from importer.intake.transforms.fix_text import fix_text  # its library: 70 ms

    return fix_text(text)


def is_mojibake(text: str) -> bool:
    return bool(MOJIBAKE.search(text) or MAC.search(text)) and _fixed_encoding(text) != text


def is_clean(text: str) -> bool:
    """Whether nothing of it looks like another encoding, or is lost."""
    return not (MOJIBAKE.search(text) or MAC.search(text) or "\ufffd" in text)


def _fixed_encoding(text: str) -> str:
    from ftfy import fix_encoding

    return str(fix_encoding(text))


DAMAGES: Mapping[str, Damage] = {
    "scientific_notation": Damage(
        lambda joined, _: "+" in joined and ("E+" in joined or "e+" in joined),
        SCIENTIFIC.fullmatch,
    ),
    "lost_character": Damage(lambda joined, _: "\ufffd" in joined, lambda text: "\ufffd" in text),
    "mojibake": Damage(
        lambda joined, _: not joined.isascii() and not is_clean(joined), is_mojibake
    ),
    "error_text": Damage(lambda joined, _: "#" in joined, ERROR.fullmatch),
    "quoted_text": Damage(
        lambda joined, _: "=" in joined or "\t" in joined or "'" in joined, QUOTED.fullmatch
    ),
    "entities": Damage(
        lambda joined, _: "&" in joined and bool(ENTITY.search(joined)),
        lambda text: ENTITY.search(text) and repaired(text) != text,
    ),
    "invisible": Damage(
        lambda joined, shape: (
            CONTROL in shape or (not joined.isascii() and bool(INVISIBLE.search(joined)))
        ),
        INVISIBLE.search,
    ),
}

# A number cell shows by itself that Excel has rounded it; a text only where all long ones look so.
CALLED = {"rounded_number": "rounded_digits"}

# What makes a row refused, and what to do about it. The first half goes behind the cell's text.
REASONS: Mapping[str, str] = {
    "scientific_notation": (
        "a spreadsheet program has shortened the number, and its digits are lost: ask the sender"
        " for the list as it was exported, not saved by Excel, or with the column formatted as"
        " text; or type the number"
    ),
    "rounded_digits": (
        f"Excel keeps {KEPT_DIGITS} digits of a number and has put zeros in place of the others:"
        " ask the sender for the list with this column formatted as text; or type the number"
    ),
    "lost_character": (
        "it holds \N{REPLACEMENT CHARACTER}, the sign for a character that was lost: ask the"
        " sender for the list in UTF-8; or type the word"
    ),
    "ambiguous_date": (
        "the column's texts are dates that Excel could not read, and its real dates all have a day"
        " up to 12: day and month of these may have been exchanged. Ask the sender for the list as"
        " it was exported; or type the date"
    ),
    "ambiguous_number": (
        "the column's texts have a decimal comma, which Excel could not read, and this number may"
        " be thousands with a point between: ask the sender for the list as it was exported; or"
        " type the number"
    ),
}
# Those that matter where the column goes through one of these transforms.
ONLY_FOR: Mapping[str, Sequence[str]] = {
    "ambiguous_date": ("date", "datetime"),
    "ambiguous_number": ("number",),
}
KEEP = "; where it is meant so, write as_is: yes for the column in the mapping"


def is_damaged(codes: tuple[str, ...], cell: str, kind: str) -> bool:
    return any(CELL_CHECKS[code](cell, kind) for code in codes)


def refusal(codes: tuple[str, ...], column: str, cell: str, kind: str) -> Problem | None:
    """What is wrong with a cell of a column that has these kinds of damage."""
    for code in codes:
        if CELL_CHECKS[code](cell, kind):
            code = CALLED.get(code, code)
            why = f'"{column}" is "{cell.strip()[:60]}": {REASONS[code]}{KEEP}'
            return Problem(code, why, column, cell)
    return None


CELL_CHECKS: Mapping[str, Callable[[str, str], object]] = {
    "scientific_notation": lambda cell, _: SCIENTIFIC.fullmatch(cell),
    "rounded_digits": lambda cell, _: is_rounded(cell),
    "rounded_number": lambda cell, kind: kind == CellKind.NUMBER and is_rounded(cell),
    "lost_character": lambda cell, _: "\ufffd" in cell,
    "ambiguous_date": lambda _, kind: kind == CellKind.DATE,
    "ambiguous_number": lambda cell, kind: kind == CellKind.NUMBER and IN_DOUBT.fullmatch(cell),
}
