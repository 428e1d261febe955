"""Numbers: a cell becomes plain decimal text, such as -1234.50. Its digits are kept, all of them.

Nothing is rounded, and nothing passes through a float. Zeros before the number are left out.
"""

import re

from importer.intake.transforms.cell import CellError, on_cells
from importer.intake.transforms.options import OptionError, Transform

SPACES = " \xa0\u2009\u202f"  # any of these keeps thousands apart; on the screen they look alike
SPACE_NAMES = ("space", "nbsp", "thin space", "narrow nbsp")
GROUPINGS = {
    "": "",
    ",": ",",
    ".": ".",
    "'": "'’",
    **dict.fromkeys((*SPACES, *SPACE_NAMES), SPACES),
}
DECIMALS = (".", ",")
MINUS = "-\u2212"  # "-" first: so it can begin a class of characters
# The signs of other lists, to tell which line the mapping lacks.
ELSEWHERE = ((".", ","), (",", ""), (",", "."), (".", "space"), (",", "space"), (".", "'"))
REASONS = (
    (
        re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+"),
        "it is written with an exponent, which can hide digits; write all of them "
        "(in Excel, format the column as a number)",
    ),
    (re.compile(r"[^0-9]*"), "there is no digit in it; write a number, or leave the cell blank"),
    (
        re.compile(r".*[%‰].*", re.DOTALL),
        "there is a percent sign in it; write the number alone, in the unit of the field",
    ),
    (
        re.compile(rf"\(.*\)|.*[0-9]\s*[{MINUS}]", re.DOTALL),
        "a number below zero is written with - before it; write it so",
    ),
    (
        re.compile(r".*[^\W\d_].*|.*[$€£¥₹₨₩₽₺₫₦₱฿].*", re.DOTALL),
        "there is a currency, a unit or another text in it; write the number alone",
    ),
)


def make_number(decimal: str, grouping: str) -> Transform:
    """Raises OptionError: as `check_signs`."""
    check_signs(decimal, grouping)
    fullmatch = _pattern(decimal, grouping).fullmatch
    signs = str.maketrans("", "", GROUPINGS[grouping])

    def number(text: str) -> str:
        match = fullmatch(text)
        if match is None:
            raise CellError(_why(text, decimal, grouping))
        sign, whole, decimals = match.groups("")
        whole = whole.translate(signs).lstrip("0") or "0"
        value = f"{whole}.{decimals}" if decimals else whole
        return f"-{value}" if sign and sign in MINUS and value.strip("0.") else value

    return on_cells("bad_number", number)


def check_signs(decimal: str, grouping: str) -> None:
    """Raises OptionError: a sign that can't be, or one sign for both."""
    check_decimal(decimal)
    check_grouping(grouping)
    if decimal == grouping:
        raise OptionError(
            f'"{decimal}" is both the decimal sign and the grouping sign',
            f'change one of them: decimal: "{_other(decimal)}" or grouping: "{_other(decimal)}"',
        )


def check_decimal(sign: str) -> None:
    """Raises OptionError."""
    if sign not in DECIMALS:
        raise OptionError(f'"{sign}" is no decimal sign', 'use one of: ".", ","')


def check_grouping(sign: str) -> None:
    """Raises OptionError."""
    if sign not in GROUPINGS:
        raise OptionError(f'"{sign}" groups no digits', 'use one of: ",", ".", "\'", space')


def _other(sign: str) -> str:
    return "." if sign == "," else ","


def _pattern(decimal: str, grouping: str) -> re.Pattern[str]:
    """Sign, whole part, decimals. Groups are of three digits, or as in 12,34,567."""
    whole = "[0-9]+"
    if grouping:
        sign = f"[{re.escape(GROUPINGS[grouping])}]"
        thousands = f"[0-9]{{1,3}}(?:{sign}[0-9]{{3}})+"
        lakhs = f"[0-9]{{1,2}}(?:{sign}[0-9]{{2}})*{sign}[0-9]{{3}}"
        whole = f"{whole}|{thousands}|{lakhs}"
    mark = re.escape(decimal)
    return re.compile(rf"([{MINUS}+])?(?=[0-9{mark}])({whole}|)(?:{mark}([0-9]+))?")


def _why(text: str, decimal: str, grouping: str) -> str:
    for form, reason in REASONS:
        if form.fullmatch(text):
            return reason
    example = f"1234{decimal}50"
    for there in ELSEWHERE:
        if _pattern(*there).fullmatch(text) and (there[0] != grouping or _has(text, there[1])):
            lines = _lines(there, (decimal, grouping))
            return (
                f"its signs are not those that the mapping names; write it as {example}, "
                f"or set {lines} for the column in the mapping"
            )
    if _has(text, grouping):
        return f"its digits are not in groups of three; write it as {example}"
    return f"it is no plain number; write it as {example}"


def _has(text: str, grouping: str) -> bool:
    return any(sign in text for sign in GROUPINGS[grouping])


def _lines(there: tuple[str, str], here: tuple[str, str]) -> str:
    """What the mapping would have to say for the signs `there`."""
    keys = zip(("decimal", "grouping"), there, here, strict=True)
    return " and ".join(f'{key}: "{sign}"' for key, sign, now in keys if sign not in ("", now))
