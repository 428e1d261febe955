"""What a spreadsheet program does to cells, as far as both writing and reading them back know it.

Formulas: a cell of a CSV that a program would run as one is marked, so that it shows it. A program
begins a cell behind a semicolon, a comma, a tab or a bar where its user's country does, whatever
the file's own delimiter is, and then takes a line break for a row's end; so what stands behind such
a sign is marked too. Source: OWASP, "CSV Injection".
"""

import re

# support.microsoft.com, "Excel specifications and limits"
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
MOST_IN_A_CELL = 32_767  # UTF-16 units
MARK = "'"
STARTS = r"=+\-@＝＋－＠"  # Excel takes the wide forms of Chinese and Japanese too
# What a program may pass over, or not show; without tabs and line breaks, so that no text is slow.
BLANK = " \x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
BEHIND = rf'[;,|\t\r\n][{BLANK}"]*'  # a quotation mark may be lost at that place
# The mark itself is marked as well, so that it can be taken off again; and what would hide.
AT_ONCE = re.compile(rf"[{MARK}\t\r\n]|[{BLANK}]*[{STARTS}]")
INSIDE = re.compile(rf"({BEHIND})(?=[{MARK}{STARTS}])")
MARKED_INSIDE = re.compile(rf"({BEHIND}){MARK}(?=[{MARK}{STARTS}])")


def marked(cell: str) -> str:
    """The cell, so that a spreadsheet program shows it as a text."""
    inside = INSIDE.sub(rf"\1{MARK}", cell)
    return f"{MARK}{inside}" if AT_ONCE.match(cell) else inside


def unmarked(cell: str) -> str:
    """The cell before it was marked."""
    return MARKED_INSIDE.sub(r"\1", cell.removeprefix(MARK))


def as_cut(text: str) -> str:
    """As much of it as a cell takes."""
    if len(text) <= MOST_IN_A_CELL // 2:
        return text
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * MOST_IN_A_CELL]
    return units.decode("utf-16-le", "surrogatepass")
