"""Numbers: a cell becomes plain decimal text, such as -1234.50. Its digits are kept, all of them.

Nothing is rounded, and nothing passes through a float. Zeros before the number are left out.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from importer.intake.transforms.cell import CellError, on_cells
from importer.intake.transforms.currencies import same_currency, without_currency
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
PERCENTS = ("keep", "share")
UNDECIDED = ((",", "."), (".", ","))
LONGEST = 100  # characters of a text with a currency
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
        "there is a percent sign in it; write the number alone, or set percent: keep (12) or "
        "percent: share (0.12) for the column in the mapping",
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


@dataclass(frozen=True, slots=True)
class Around:
    """What may stand beside a number. currency: a sign or code, which is taken off; "" for none.
    percent: keep or share, as a mapping has it; "" where the sign is refused."""

    currency: str = ""
    percent: str = ""


NOTHING = Around()


def make_number(decimal: str, grouping: str, around: Around = NOTHING) -> Transform:
    """Raises OptionError: as `check_signs`."""
    check_signs(decimal, grouping)
    return on_cells("bad_number", _reader(decimal, grouping, around))


def make_undecided(around: Around) -> Transform:
    """Of a column whose values do not prove the decimal sign: those are read that only one sign
    explains."""
    readers = [_reader(*signs, around) for signs in UNDECIDED]

    def number(text: str) -> str:
        found: list[str] = []
        for read in readers:
            try:
                found.append(read(text))
            except CellError as error:
                refused = error
        if not found:
            raise refused
        if len(set(found)) > 1:
            raise CellError(_of_several(found, "," if "," in text else "."))
        return found[0]

    return on_cells("bad_number", number)


def _of_several(found: Sequence[str], sign: str) -> str:
    return (
        f"it is {' or '.join(found)}, and the column's other values do not prove which; ask the "
        f'sender for numbers such as 1234.50, or set decimal: "{sign}" or grouping: "{sign}" for '
        "the column in the mapping"
    )


def _reader(decimal: str, grouping: str, around: Around) -> Callable[[str], str]:
    """It raises CellError."""
    fullmatch = _pattern(decimal, grouping).fullmatch
    signs = str.maketrans("", "", GROUPINGS[grouping])

    def number(text: str) -> str:
        match, is_percent = fullmatch(text), False
        if match is None and around != NOTHING:
            plain, is_percent = _alone(text, around)
            match = fullmatch(plain)
        if match is None:
            raise CellError(_why(text, decimal, grouping))
        sign, whole, decimals = match.groups("")
        whole = whole.translate(signs).lstrip("0") or "0"
        if is_percent and around.percent == "share":
            whole, decimals = _hundredth(whole, decimals)
        value = f"{whole}.{decimals}" if decimals else whole
        return f"-{value}" if sign and sign in MINUS and value.strip("0.") else value

    return number


def _alone(text: str, around: Around) -> tuple[str, bool]:
    """The number without what may stand around it, and whether that was a percent sign."""
    plain, currency = without_currency(text) if len(text) <= LONGEST else (text, "")
    if currency and (
        not around.currency or same_currency(currency) != same_currency(around.currency)
    ):
        plain = text
    if around.percent and plain.endswith("%"):
        return plain[:-1].rstrip(), True
    return plain, False


def _hundredth(whole: str, decimals: str) -> tuple[str, str]:
    """Of the number, all of its digits; of a whole one no zeros at the end: 100% is 1."""
    digits = whole.zfill(3)
    moved = digits[-2:] + decimals if decimals else digits[-2:].rstrip("0")
    return digits[:-2].lstrip("0") or "0", moved


def check_signs(decimal: str, grouping: str) -> None:
    """Raises OptionError: a sign that can't be, or one sign for both."""
    check_decimal(decimal)
    check_grouping(grouping)
    if decimal == grouping:
        raise OptionError(
            f'"{decimal}" is both the decimal sign and the grouping sign',
            f'change one of them: decimal: "{_other(decimal)}" or grouping: "{_other(decimal)}"',
        )


def check_percent(word: str) -> None:
    """Raises OptionError."""
    if word not in PERCENTS:
        what = f'"{word}" is no way to send a percentage'
        raise OptionError(what, "use one of: keep (12% is sent as 12), share (as 0.12)")


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
