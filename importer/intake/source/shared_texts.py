"""How much text the cells of a sheet take together, before any of it is read.

A workbook keeps a text once, however many cells have it; each cell gets a copy when the sheet is
read. So a megabyte that a thousand cells share takes a gigabyte, of an archive of 8 kB.
"""

import re
from array import array

from importer.intake.source.unpacking import BombError

# Texts of any part, and for each of its packed bytes: "a", "b", … take two and more.
FEW, A_BYTE = 100_000, 0.5
# Bytes of text of any sheet, and for each of its packed bytes.
MOST_TEXT, MOST_A_BYTE = 64 << 20, 12
LONGEST = 1 << 20  # bytes in which the end of a tag is looked for
LOOKED_AT_CLOSELY = 16 << 20  # bytes of a sheet, of which any number of a text is looked at
CELL = b' t="s"'
# A value in several pieces, of which calamine takes one; no program writes such.
WITH_MARKUP = re.compile(rb"<(?:[\w.-]+:)?v\b[^>]*>[^<]*<!")
NUMBER_WITH_ENTITY = re.compile(
    rb"<(?:[\w.-]+:)?c\b(?![^>]*\st\s*=)[^>]*>\s*<(?:[\w.-]+:)?v>[^<]*&"
)
SST = re.compile(rb"<((?:[\w.-]+:)?)sst\b")
# A cell's number of its text; as programs write it, and in any other form.
INDEX = re.compile(rb' t="s"[^>]*><v>([^<]*)<')
ANY_INDEX = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:[\w.-]+:)?v\b[^>]*>([^<]*)<""")


class SharedTexts:
    """Told of all bytes of the texts' part; `lengths` is whole after `end`."""

    def __init__(self, packed: int) -> None:
        self.lengths = array("Q")  # in bytes, tags and all
        self._most = max(FEW, int(packed * A_BYTE))
        self._start = b""
        self._tail = b""
        self._since: int | None = None  # the last text's begin; None before the first

    def look(self, piece: bytes) -> None:
        """Raises BombError: there are more texts than such a part can hold."""
        data = self._tail + piece
        if not self._start:
            if not (found := SST.search(data)):
                self._tail = data[-LONGEST:]
                return
            self._start = b"<%ssi" % found[1]
            data = data[found.end() :]
        first, *more = data.split(self._start)
        if more:
            if self._since is not None:
                self.lengths.append(self._since + len(first))
            self.lengths.extend(map(len, more[:-1]))
            self._since = 0
        last = more[-1] if more else first
        self._tail = last[-len(self._start) + 1 :]
        if self._since is not None:
            self._since += len(last) - len(self._tail)
        if len(self.lengths) > self._most:
            raise BombError(f"it has more than {self._most:,} texts")

    def end(self) -> None:
        if self._since is not None:
            self.lengths.append(self._since + len(self._tail))


def _refuse_split_values(data: bytes) -> None:
    if (b"<!" in data and WITH_MARKUP.search(data)) or (
        b"&#" in data and NUMBER_WITH_ENTITY.search(data)
    ):
        raise ValueError("a value is written in pieces")


class TextsOfCells:
    """Told of all bytes of a sheet. packed: of the sheet and of the texts, in bytes."""

    def __init__(self, lengths: "array[int]", packed: int) -> None:
        self._lengths = lengths
        self._left = self._most = max(MOST_TEXT, MOST_A_BYTE * packed)
        self._longest = max(lengths, default=0)
        self._surely = self._most  # what is left if each cell had the longest
        self._seen = 0
        self._rest = b""

    def look(self, piece: bytes) -> None:
        """Raises ValueError: a text is nowhere. BombError: all take more than any list's."""
        data = self._rest + piece
        end = data.rfind(b"</")
        self._rest = data[end:] if 0 <= len(data) - end <= LONGEST else b""
        _refuse_split_values(data)
        self._seen += len(piece)
        if self._seen > LOOKED_AT_CLOSELY:  # it takes a tenth of the time that reading takes
            self._surely -= self._longest * data.count(CELL, 0, max(end, 0) + 1)
            if self._surely >= 0:
                return
        found = INDEX.findall(data, 0, max(end, 0) + 1) or ANY_INDEX.findall(data, 0, end + 1)
        numbers = list(filter(None, map(bytes.strip, found)))
        if not numbers:
            return
        if not all(map(bytes.isdigit, numbers)):
            raise ValueError("the number of a shared text is none")
        places = list(map(int, numbers))
        if max(places) >= len(self._lengths):
            raise ValueError("a shared text is nowhere")
        self._left -= sum(map(self._lengths.__getitem__, places))
        if self._left < 0:
            raise BombError(f"its cells share texts that take more than {self._most:,} bytes")
