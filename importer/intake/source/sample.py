"""What is not ASCII in a file, cell by cell, from all over it.

In: an open file. Out: some hundreds of different cells, as bytes. A long file is not read as a
whole for them: some windows of it are, spread over those parts that are not ASCII.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

CHUNK = 1024 * 1024  # bytes
WINDOW = 64 * 1024  # bytes: of a long file's part, from its first that is not ASCII
WINDOWS = 64  # at most, 4 MB
CELLS = 300  # about; those of 20 names decide nearly always
LOOK_AT = 4  # times as many cells as are taken
BEFORE, AFTER = 40, 200  # bytes of a cell, around its first that is not ASCII

HIGH = re.compile(rb"[\x80-\xff]")
END_OF_CELL = re.compile(rb"[\t\n\r,;]")  # none is a part of a character in any encoding guessed at


@dataclass(frozen=True, slots=True)
class Sample:
    """old_mac: the lines end in carriage returns alone, as in Excel's "CSV (Macintosh)"."""

    cells: tuple[bytes, ...]
    old_mac: bool


def sample(
    file: BinaryIO, of_interest: int | None = None, parts: Sequence[int] | None = None
) -> Sample:
    """of_interest: a place in the file whose cell is to be among them.

    parts: where those chunks of the file begin that are not ASCII, for who knows them already.
    """
    parts = _parts(file) if parts is None else parts
    windows = dict.fromkeys(_window(file, start) for start in _spread(parts))
    windows.pop(b"", None)
    cells: dict[bytes, None] = {}
    if of_interest is not None:
        cells[cell_at(file, of_interest)] = None
    share = CELLS // max(1, len(windows))
    for window in windows:
        found = list(dict.fromkeys(islice(_cells(window), LOOK_AT * share)))
        cells.update(dict.fromkeys(found[:: max(1, len(found) // share)]))
    return Sample(tuple(cells), _is_old_mac(file))


def places_in(data: bytes) -> Iterator[tuple[int, bytes]]:
    """What is not ASCII with its surroundings and the end of its cell, and where that begins."""
    at = 0
    while high := HIGH.search(data, at):
        first = high.start()
        start = max(at, first - BEFORE)
        for end in END_OF_CELL.finditer(data, start, first):
            start = end.end()
        ended = END_OF_CELL.search(data, first, first + AFTER)
        yield start, data[start : ended.end() if ended else first + AFTER]
        ended = ended or END_OF_CELL.search(data, first + AFTER)
        if not ended:
            return
        at = ended.end()


def cell_at(file: BinaryIO, place: int) -> bytes:
    """The cell around that byte, with what ends it."""
    file.seek(max(0, place - BEFORE))
    before = END_OF_CELL.split(file.read(place - file.tell()))[-1]
    after = file.read(AFTER)
    if len(after) < AFTER:
        after += b"\n"
    ended = END_OF_CELL.search(after)
    return before + (after[: ended.end()] if ended else after)


def _cells(data: bytes) -> Iterator[bytes]:
    return (cell for _, cell in places_in(data))


def _parts(file: BinaryIO) -> list[int]:
    parts = []
    file.seek(0)
    while chunk := file.read(CHUNK):
        if not chunk.isascii():
            parts.append(file.tell() - len(chunk))
    return parts


def _is_old_mac(file: BinaryIO) -> bool:
    file.seek(0)
    chunk = file.read(CHUNK)
    return b"\r" in chunk and b"\n" not in chunk


def _spread(parts: Sequence[int]) -> list[int]:
    """Places to look from, in order: several a chunk where the chunks are few."""
    if len(parts) >= WINDOWS:
        return [parts[len(parts) * number // WINDOWS] for number in range(WINDOWS)]
    step = max(WINDOW, CHUNK * len(parts) // WINDOWS)
    return [start + inside for start in parts for inside in range(0, CHUNK, step)]


def _window(file: BinaryIO, start: int) -> bytes:
    """Whole lines from the first that is not ASCII, at or behind the place."""
    file.seek(start)
    chunk = file.read(WINDOW)
    while chunk.isascii():
        if not chunk or file.tell() - start >= CHUNK:
            return b""
        chunk = chunk[-BEFORE:] + file.read(WINDOW)
        if len(chunk) <= BEFORE:
            return b""
    first = _first_high(chunk)
    line = max(chunk.rfind(b"\n", 0, first), chunk.rfind(b"\r", 0, first)) + 1
    window = chunk[line:]
    if start and not line:  # it may begin within a character
        window = window[_end(END_OF_CELL.search(window)) :]
    if len(chunk) < WINDOW:
        window += b"\n"  # as if the last line were ended
    return window[: max(window.rfind(b"\n"), window.rfind(b"\r")) + 1] or window


def _end(match: re.Match[bytes] | None) -> int:
    return match.end() if match else 0


def _first_high(chunk: bytes) -> int:
    """Near the chunk's first byte that is not ASCII, and not behind it."""
    first, end = 0, len(chunk)
    while end - first > AFTER:
        middle = (first + end) // 2
        first, end = (middle, end) if chunk[first:middle].isascii() else (first, middle)
    return first
