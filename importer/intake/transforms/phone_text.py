"""Whether a text is one phone number and nothing else: its plus sign and digits, or why not.

Knows no countries and no lengths. What stands beside a number is never left out without a word;
only what says that it is one is: `tel:` of a link, and `p:`, which Meta puts before each.
"""

import re
import unicodedata

from importer.intake.transforms.cell import CellError

EXAMPLE = "+91 98450 98450"
SIMPLE = re.compile(r"\+?[0-9][0-9 -]*")  # the form of nearly all
LONGEST = 100  # characters: of a number in the widest spacing, and as many again
FEWEST = 6  # digits in each half of a text with two numbers
FLOAT = re.compile(r"(\+?[0-9]+)\.0+")  # what a number that passed through a float looks like
LABEL = re.compile(r"\A\s*(?:p|tel|phone|mobile)\s*:\s*(?=[+＋(]?\d)", re.IGNORECASE)
SEPARATORS = re.compile(r"[,;|&/／\\\n\r]|\s(?:or|and)\s", re.IGNORECASE)
# An area code before a slash, the number behind it: 030/1234567, but not 98450 98450/51.
AREA = re.compile(r"(?:[^\d/／]*\d){2,6}[^\d/／]*[/／](?:[^\d/／]*\d){4,}[^\d/／]*")
PUNCTUATION = r"\s\xad\u200b\u2060\-‐-―−－.．()（）\[\]［］/／"  # the library's, without x, ~ and *
ONE_NUMBER = re.compile(rf"[(（\[［]?\s*[+＋]?[\d{PUNCTUATION}]*")
PLUS = "+＋"
REASONS = (
    (
        re.compile(r"\A[+-]?[0-9]+(?:[.,][0-9]+)?E[+-]?[0-9]+\Z", re.IGNORECASE),
        "digits of it are lost, as a spreadsheet shortened it; in Excel, format the column as "
        "text and type the number again",
    ),
    (re.compile(r"\A['’`]"), "there is an apostrophe before it; remove it"),
    (re.compile(r"\A\D*\Z"), "there is no digit in it; write a number, or leave the cell blank"),
    (
        re.compile(r"\d\W*(?:ext?n?|extension|x|#|int|доб)[.:=\s#]*\d+\W*\Z", re.IGNORECASE),
        "it has an extension, for which the field has no place; keep the number alone",
    ),
)
SEVERAL = "there is more than one number in it; keep one alone"
LETTERS = f"there are letters in it; write the number alone, such as {EXAMPLE}"
SLASH = "it may be two numbers; keep one, and write it without /"
OTHER_SIGNS = f"there are signs in it that no phone number has; write it as {EXAMPLE}"


def plain(text: str) -> str:
    """The text's plus sign, if it has one, and its digits in ASCII.

    Raises CellError: it is not one number, or there is more in it.
    """
    simple = simply(text)
    if simple:
        return simple
    if len(text) > LONGEST:
        raise CellError(SEVERAL)
    text = LABEL.sub("", text)
    floated = FLOAT.fullmatch(text)
    text = floated[1] if floated else text
    why = _why_not(text)
    if why:
        raise CellError(why)
    plus = "+" if any(char in PLUS for char in text) else ""
    return plus + "".join(str(unicodedata.digit(char)) for char in text if char.isdecimal())


def simply(text: str) -> str:
    """The plus sign and digits where there are but blanks and hyphens besides; else ""."""
    return text.replace(" ", "").replace("-", "") if SIMPLE.fullmatch(text) else ""


def _why_not(text: str) -> str | None:
    for form, why in REASONS:
        if form.search(text):
            return why
    parts = SEPARATORS.split(text)
    if sum(sum(map(str.isdecimal, part)) >= FEWEST for part in parts) > 1:
        return SEVERAL
    if any(map(str.isalpha, text)):
        return LETTERS
    if not ONE_NUMBER.fullmatch(text):
        return OTHER_SIGNS
    return SLASH if re.search("[/／]", text) and not AREA.fullmatch(text) else None
