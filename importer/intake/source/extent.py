"""Whether all cells of a sheet stand where the sheet says that its cells are.

calamine makes room for the rectangle around all cells, however many are blank: one of them far away
takes more memory than there is, and the process with it. So it may read a sheet only when it is
known how far the cells reach: by what is said at the sheet's head, if each tag of a row and of a
cell agrees, in the form in which programs write them; else by reading the sheet ourselves first.
"""

import re
from dataclasses import dataclass

from importer.intake.letters import column_index, column_letter

HEAD = 4096  # bytes: the dimension is among the first things that are said of a sheet
DIMENSION = re.compile(rb'dimension ref="([A-Z]{1,3})\d{1,7}:([A-Z]{1,3})(\d{1,7})"')
LONGEST_TAG = 1 << 20  # bytes
# In a text too, which then costs time and no more.
PREFIXED = re.compile(rb":(?:c|row)[\s/>]")


@dataclass(frozen=True, slots=True)
class Declared:
    """columns: so many, from A. digits: that a row's number has at most."""

    columns: int
    digits: int

    @property
    def most_cells(self) -> int:
        most_rows: int = 10**self.digits
        return self.columns * most_rows


def declared(head: bytes) -> Declared | None:
    """By the sheet's first bytes; None where it does not say."""
    match = DIMENSION.search(head)
    if not match:
        return None
    left, right = (column_index(letters.decode()) for letters in match.groups()[:2])
    return Declared(max(left, right) + 1, len(match[3].lstrip(b"0")) or 1)


class Extent:
    """Told of all bytes of the sheet, piece by piece; `is_kept` is known at the end."""

    def __init__(self, declared: Declared) -> None:
        row = rb"\d{1,%d}" % declared.digits
        cell = rb"(?:%s)%s" % (_columns(declared.columns), row)
        # One expression for each, so that each begins with letters that are found fast.
        self._strays = (
            re.compile(rb'<c(?! r="%s"[\s/>])[\s/>]' % cell),
            re.compile(rb'<row(?! r="%s"[\s/>])[\s/>]' % row),
            PREFIXED,
        )
        self._rest = b""
        self.is_kept = True

    def look(self, piece: bytes) -> None:
        if not self.is_kept:
            return
        data = self._rest + piece
        end = data.rfind(b">") + 1
        self._rest = data[end:]
        self.is_kept = len(self._rest) <= LONGEST_TAG and not any(
            stray.search(data, 0, end) for stray in self._strays
        )


def _columns(count: int) -> bytes:
    """An expression for the letters of the first so many columns."""
    last = column_letter(count - 1)
    found = []
    for length in range(1, len(last)):
        found.append("[A-Z]" * length)
    for place, letter in enumerate(last):  # AB: a first letter before A, or A and one up to B
        rest = "[A-Z]" * (len(last) - place - 1)
        if letter > "A" or place == len(last) - 1:
            upto = letter if place == len(last) - 1 else chr(ord(letter) - 1)
            found.append(f"{last[:place]}[A-{upto}]{rest}")
    return "|".join(found).encode()
