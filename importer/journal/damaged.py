"""A damaged journal's copy that SQLite can open, and its tables, read around what can't be read.

In: a journal, and a folder for the copy. Out: records as they stand, texts as bytes; some come
twice, and in no certain order. The journal and the log beside it are only read, byte by byte:
SQLite, which would fold the log in and remove it, opens copies alone.
"""

import shutil
import sqlite3
import struct
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from importer.journal import schema, wal

HEADER = 100  # sqlite.org/fileformat2.html#the_database_header
MAGIC = b"SQLite format 3\0"
# The same in every journal: no bytes of a page reserved; its fractions; the schema's format; no
# auto-vacuum; UTF-8; whose it is.
FIXED = {
    20: b"\0\x40\x20\x20", 44: b"\0\0\0\4", 52: bytes(4), 56: b"\0\0\0\1", 64: bytes(4),
    68: schema.APPLICATION_ID.to_bytes(4, "big"),
}  # fmt: skip
WITH_LOG, WITHOUT_LOG = b"\2\2", b"\1\1"  # at byte 18: how it is read and written
BRANCH = struct.Struct(">BHHHBI")  # the head of a page that leads to others; the last of these
BRANCH_KIND = 5
LEAST, MOST = -(1 << 63), (1 << 63) - 1
BROKEN = (sqlite3.Error, UnicodeDecodeError)  # SQLite's own words may quote damaged bytes
MOST_PROBES = 400_000  # 20 µs each: a table of a million rows whose root is gone takes 250,000
MOST_PAGES = 1 << 22  # of a journal that was cut, 16 GB: a number beyond is taken for damage
BAD_HEAD = "the head of its first page is damaged"
CUT = "it is cut short: {} of its {} pages are gone"

Record = tuple[object, ...]
Range = tuple[int, int]  # its ends are in it
IsSound = Callable[[Record], bool]


@dataclass(frozen=True, slots=True)
class Copy:
    """is_whole: whether no change that was committed is missing from the log. flaws: what was
    mended."""

    path: Path
    is_whole: bool
    flaws: Sequence[str]


def copied(journal: Path, folder: Path) -> Path:
    """The journal with what belongs to it, as they lie there.

    The file comes last: it has what was folded in meanwhile, from a log that is gone then.
    """
    copy = folder / "journal.db"
    for ending in ("-shm", "-wal"):
        with suppress(FileNotFoundError):
            shutil.copyfile(wal.beside(journal, ending), wal.beside(copy, ending))
    shutil.copyfile(journal, copy)
    return copy


def copy_of(journal: Path, folder: Path) -> Copy:
    """With the log's sound pages in it, all pages that the journal had (those that were cut off are
    blank), and a header that can be read."""
    found = copied(journal, folder)
    is_whole, log = wal.is_whole(found), wal.read_log(found)
    page_size = log.page_size if log else wal.page_size_of(found)
    there = found.stat().st_size // page_size
    with found.open("r+b") as file:
        for page, data in wal.sound_pages(found, log) if log else ():
            file.seek((page - 1) * page_size)
            file.write(data)
    there += sum(page > there for page in (log.pages() if log else ()))
    flaws, told = _mend_header(found, page_size)
    if there < told:
        flaws.append(CUT.format(told - there, told))
    return Copy(found.replace(folder / "copy.db"), is_whole, flaws)  # away from its log


def _mend_header(copy: Path, page_size: int) -> tuple[list[str], int]:
    """What was wrong with it, and how many pages it tells of. SQLite reads nothing where a table
    begins behind the file's end: so the copy gets all of these."""
    size = copy.stat().st_size
    with copy.open("r+b") as file:
        head = file.read(HEADER).ljust(HEADER, b"\0")
        mended = _mended(head, page_size)
        is_sound = head in (mended, mended[:18] + WITH_LOG + mended[20:])
        told = _pages_of(head) if is_sound else 0
        pages = max(1, -(-size // page_size), told)
        file.seek(0)
        file.write(mended[:28] + pages.to_bytes(4, "big") + mended[32:92] + mended[24:28])
        file.truncate(pages * page_size)
    return [] if is_sound else [BAD_HEAD], told


def _mended(head: bytes, page_size: int) -> bytes:
    mended = bytearray(head)
    mended[:20] = MAGIC + struct.pack(">H", page_size & 0xFFFF or 1) + WITHOUT_LOG
    for at, text in FIXED.items():
        mended[at : at + len(text)] = text
    return bytes(mended)


def _pages_of(head: bytes) -> int:
    """As the header tells; 0 where that is older than the rest of it, or can't be."""
    pages = int.from_bytes(head[28:32], "big")
    return pages if head[24:28] == head[92:96] and pages <= MOST_PAGES else 0


def lay_schema(copy: Path) -> None:
    """Put a new journal's table of contents in place of one that can't be read.

    Until it is packed by a purge, a journal has its tables where a new one has them.
    """
    with tempfile.TemporaryDirectory(dir=copy.parent) as folder:
        new = Path(folder) / "new.db"
        with closing(schema.connect(new, create=True)) as db:
            (size,) = db.execute("PRAGMA page_size").fetchone()
        data = new.read_bytes()
    with copy.open("r+b") as file:
        for page in chain((1,), _below(data[:size])):
            file.seek((page - 1) * size)
            file.write(data[(page - 1) * size : page * size])
    _mend_header(copy, size)


def _below(page: bytes) -> Iterator[int]:
    """The pages that the first one leads to."""
    kind, _, cells, _, _, last = BRANCH.unpack_from(page, HEADER)
    if kind == BRANCH_KIND:
        start = HEADER + BRANCH.size
        for (at,) in struct.iter_unpack(">H", page[start : start + 2 * cells]):
            yield int.from_bytes(page[at : at + 4], "big")
        yield last


def open_copy(copy: Path) -> sqlite3.Connection:
    """Raises one of BROKEN: its table of contents can't be read."""
    db = sqlite3.connect(copy, isolation_level=None)  # one to read only checks less
    try:
        db.text_factory = bytes
        db.execute("PRAGMA query_only = ON")
        db.execute("PRAGMA cell_size_check = ON")
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BROKEN:
        db.close()
        raise
    return db


class Pieces:
    """A table with an integer key, read wherever it can be.

    columns: the key first. step: of keys, between two looks into what can't be read. is_sound:
    whether a record can be one of this table.
    gaps: ranges of keys whose records can't be read, are none, or stand in disorder. misplaced:
    keys that stand where they can't: they may be another record's.
    """

    def __init__(
        self, db: sqlite3.Connection, table: str, columns: str, step: int, is_sound: IsSound
    ) -> None:
        key = columns.partition(",")[0]
        self._select = (
            f"SELECT {columns} FROM {table} NOT INDEXED WHERE {key} BETWEEN ? AND ? ORDER BY {key}"
        )
        self._db = db
        self._step = step
        self._is_sound = is_sound
        self._probes = 0
        self._open: list[Range] = []
        self.gaps: list[Range] = []
        self.misplaced: set[int] = set()

    def ends(self) -> Iterator[Record]:
        """From the first record on, and from the last one back, as far as that goes."""
        return self._inward(LEAST, MOST)

    def rest(self, within: Iterable[Range]) -> Iterator[Record]:
        """What stands between, in these ranges."""
        bounds, found = list(within), self._open
        clipped = [(max(a, c), min(b, d)) for a, b in found for c, d in bounds]
        self._open = sorted([each for each in clipped if each[0] <= each[1]], reverse=True)
        while self._open:
            low, high = self._open.pop()
            if self._probes > MOST_PROBES or high - low < self._step:
                self._note_gap(low, high)
                continue
            middle = (low + high) // 2
            yield from self._inward(middle + 1, high)
            yield from self._inward(low, middle)

    def has_gap(self, low: int, high: int) -> bool:
        starts, ends = self._merged_gaps
        return bool(starts) and ends[bisect_right(starts, high) - 1] >= low and starts[0] <= high

    @cached_property
    def _merged_gaps(self) -> tuple[list[int], list[int]]:
        """Starts and ends, in order, for when all is read; none overlaps another."""
        starts: list[int] = []
        ends: list[int] = []
        for first, last in sorted(self.gaps):
            if ends and first <= ends[-1]:
                ends[-1] = max(ends[-1], last)
            else:
                starts.append(first)
                ends.append(last)
        return starts, ends

    def _note_gap(self, low: int, high: int) -> None:
        if self.gaps and self.gaps[-1][1] == low - 1:
            low = self.gaps.pop()[0]
        self.gaps.append((low, high))

    def _inward(self, low: int, high: int) -> Iterator[Record]:
        """From both ends; what is not reached stays open."""
        first = yield from self._run(low, high, 1)
        if first is None:
            return
        last = yield from self._run(first, high, -1)
        if last is not None and first <= last:
            self._open.append((first, last))

    def _run(self, low: int, high: int, way: int) -> Generator[Record, None, int | None]:
        """way: 1 is up, -1 down. Gives the key at which it stopped; None where it came through."""
        run = _Run(low, high, way)
        select = f"{self._select} {'ASC' if way > 0 else 'DESC'}"
        try:
            yield from self._read(select, run)
        except BROKEN:
            pass
        else:
            if run.has_skipped:
                self._note_gap(*run.around(high if way > 0 else low))
            return None
        if run.last is not None:  # the module drops the record before an error
            with suppress(*BROKEN):
                yield from self._read(f"{select} LIMIT 1", run)
        return run.next

    def _read(self, select: str, run: "_Run") -> Iterator[Record]:
        self._probes += 1
        for record in self._db.execute(select, run.rest):
            key = record[0]
            if not isinstance(key, int) or not self._is_sound(record):
                run.has_skipped = True
                continue
            if run.is_disorder(key):
                self.misplaced |= {key, run.last or key}
            if run.has_skipped or run.is_disorder(key):
                self._note_gap(*run.around(key))
            run.take(key)
            yield record


@dataclass(slots=True)
class _Run:
    """Of one way through keys. before: that before the last one. has_skipped: a record since the
    last one was none."""

    low: int
    high: int
    way: int
    last: int | None = None
    before: int | None = None
    has_skipped: bool = False

    @property
    def next(self) -> int:
        """The key behind the last one."""
        if self.last is not None:
            return self.last + self.way
        return self.low if self.way > 0 else self.high

    @property
    def rest(self) -> Range:
        return (self.next, self.high) if self.way > 0 else (self.low, self.next)

    def is_disorder(self, key: int) -> bool:
        return self.last is not None and (key - self.last) * self.way <= 0

    def around(self, key: int) -> Range:
        """Where records may stand that come between the last one in order and this one."""
        last = self.before if self.is_disorder(key) else self.last
        keys = (key, key if self.last is None else self.last, key if last is None else last)
        return min(keys), max(keys)

    def take(self, key: int) -> None:
        self.before, self.last, self.has_skipped = self.last, key, False
