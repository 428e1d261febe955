"""The journal's write-ahead log as it lies on the disk: what is sound in it, and whether changes
that were committed are missing.

SQLite takes a log up to the first frame that its checksum refuses, and says nothing of what stands
behind it: rows would be as they were before, and be sent a second time. In: the journal's path; the
-shm beside it tells how much was committed when its process was killed. Reads only. A log without
its -shm that was cut where a commit ends can't be told from a whole one.

The formats: sqlite.org/fileformat2.html#the_write_ahead_log, sqlite.org/walformat.html.
"""

import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

HEAD = struct.Struct(">8I")  # magic, format, page size, sequence, two salts, checksum
FRAME = struct.Struct(">6I")  # page, pages of the file after a commit (else 0), salts, checksum
MAGIC = 0x377F0682  # its last bit is set where checksums are big-endian
INDEX = struct.Struct("=3I2BH4I8s2I")  # the header of the -shm; it stands there twice
IN_FILE = struct.Struct("=I")  # behind both
PAGE_SIZES = frozenset(1 << bits for bits in range(9, 17))
USUAL_PAGE = 4096
LOOKS = 3  # at a log that another process begins anew meanwhile
MOST_BEGUN = 1 << 20  # times that one file is begun anew
WORD = 0xFFFF_FFFF
TORN = "changes that were committed are missing from the log beside it"

Sum = tuple[int, int]
NO_SUM: Sum = (-1, -1)


@dataclass(frozen=True, slots=True)
class Frame:
    """A page as it was written. page: 0 where the frame's header is damaged. size: the file's
    pages, where a commit ends with it; else 0. at: of the page's bytes. is_sound: its checksum
    follows from that of the frame before."""

    page: int
    size: int
    at: int
    is_sound: bool


@dataclass(frozen=True, slots=True)
class Log:
    """frames: since it was begun last; those behind a damaged one too. read: so many SQLite takes.
    is_cut: what stands behind them is neither a frame of before nor the end."""

    page_size: int
    salts: bytes
    frames: Sequence[Frame]
    read: int
    has_sound_head: bool
    is_cut: bool

    @property
    def committed(self) -> int:
        """Frames up to the last sound one that ends a commit."""
        ends = [index for index, each in enumerate(self.frames, 1) if each.is_sound and each.size]
        return ends[-1] if ends else 0

    def pages(self) -> dict[int, int]:
        """Each page that was committed, and where the last sound bytes of it stand."""
        done = self.frames[: self.committed]
        return {each.page: each.at for each in done if each.is_sound}


@dataclass(frozen=True, slots=True)
class Promise:
    """By the -shm: frames that are committed, and how many of these the journal's file has."""

    salts: bytes
    frames: int
    in_file: int

    def is_broken(self, salts: bytes, frames: int) -> bool:
        return self.salts == salts and self.frames > max(frames, self.in_file)


def is_torn(journal: Path) -> bool:
    """Whether changes that were committed are missing, so that SQLite would read older ones.

    A power cut may tear the last transaction, of which nobody was told yet: that is no loss.
    """
    promise, log = read_promise(journal), read_log(journal)
    if log is None:
        return promise is not None and promise.frames > promise.in_file
    ends = [each for each in log.frames[log.read :] if each.size]
    if not log.has_sound_head:
        return any(each.is_sound for each in ends) and not _is_in_file(journal, log)
    if promise is not None and promise.is_broken(log.salts, log.read):
        return True
    return any(each.is_sound for each in ends[1:])


def is_whole(journal: Path) -> bool:
    """Whether `sound_pages` has all that was committed."""
    promise, log = read_promise(journal), read_log(journal)
    if log is None or not log.has_sound_head:
        return not is_torn(journal)
    done, rest = log.frames[: log.committed], log.frames[log.committed :]
    if promise is not None and promise.salts == log.salts:
        is_all = not promise.is_broken(log.salts, log.committed)
    else:
        is_all = not log.is_cut and all(each.is_sound for each in rest)
    return is_all and all(each.is_sound for each in done)


def beside(journal: Path, ending: str) -> Path:
    return journal.with_name(f"{journal.name}{ending}")


def read_promise(journal: Path) -> Promise | None:
    """None where there is no -shm, or one that is being written."""
    try:
        with beside(journal, "-shm").open("rb") as file:
            one, other = file.read(INDEX.size), file.read(INDEX.size)
            more = file.read(IN_FILE.size)
    except OSError:
        return None
    if len(more) < IN_FILE.size or one != other:
        return None
    _, _, _, is_ready, _, _, frames, _, _, _, salts, *given = INDEX.unpack(one)
    if not is_ready or _sum(one[:-8], sys.byteorder, (0, 0)) != tuple(given):
        return None
    return Promise(salts, frames, *IN_FILE.unpack(more))


def read_log(journal: Path) -> Log | None:
    """None where there is none, or nothing in it."""
    try:
        with beside(journal, "-wal").open("rb") as file:
            for _ in range(LOOKS):
                head = file.read(HEAD.size)
                if len(head) < HEAD.size:
                    return None
                log = _read(file, head, journal)
                file.seek(0)
                if file.read(HEAD.size) == head:
                    return log
                file.seek(0)
    except OSError:
        pass
    return None


def _read(file: BinaryIO, head: bytes, journal: Path) -> Log:
    magic, _, page_size, *_, low, high = HEAD.unpack(head)
    order, salts = "big" if magic & 1 else "little", head[16:24]
    total = _sum(head[:24], order, (0, 0))
    has_head = magic & ~1 == MAGIC and page_size in PAGE_SIZES and total == (low, high)
    if not has_head:
        order, page_size, total = sys.byteorder, page_size_of(journal), NO_SUM
        salts = _likely_salts(file, page_size)
    found = list(_frames(file, page_size, order, salts, total))
    last = max((index for index, each in enumerate(found, 1) if each.page), default=0)
    sound = next((index for index, each in enumerate(found) if not each.is_sound), len(found))
    ends = [index for index, each in enumerate(found[:sound], 1) if each.size]
    read = ends[-1] if ends and has_head else 0
    is_cut = _is_cut(file, HEAD.size + last * (FRAME.size + page_size), salts)
    return Log(page_size, salts, found[:last], read, has_head, is_cut)


def _is_cut(file: BinaryIO, end: int, salts: bytes) -> bool:
    """Whether something else than frames of before stands there: the first salt counts how often
    the log was begun anew."""
    file.seek(end)
    rest = file.read(FRAME.size)
    before = int.from_bytes(salts[:4], "big") - int.from_bytes(rest[8:12], "big")
    return bool(rest) and not 0 < before & WORD < MOST_BEGUN


def _likely_salts(file: BinaryIO, page_size: int) -> bytes:
    """Those of the first two frames in a row that agree."""
    salts = [head[8:16] for head, _ in _raw_frames(file, page_size)]
    return next((one for one, other in pairwise(salts) if one == other), salts[0] if salts else b"")


def _raw_frames(file: BinaryIO, page_size: int) -> Iterator[tuple[bytes, bytes]]:
    """Each frame's header and page, to the file's end."""
    file.seek(HEAD.size)
    length = FRAME.size + page_size
    while len(data := file.read(length)) == length:
        yield data[: FRAME.size], data[FRAME.size :]


def _frames(
    file: BinaryIO, page_size: int, order: str, salts: bytes, total: Sum
) -> Iterator[Frame]:
    """total: the checksum before the first. A frame of before, or with a damaged header, has page
    0; the one behind it can't be checked."""
    at = HEAD.size + FRAME.size
    for head, data in _raw_frames(file, page_size):
        page, size, _, _, low, high = FRAME.unpack(head)
        if head[8:16] != salts or not page:
            yield Frame(0, 0, at, False)
            total = NO_SUM
        else:
            own = NO_SUM if total == NO_SUM else _sum(data, order, _sum(head[:8], order, total))
            yield Frame(page, size, at, own == (low, high))
            total = (low, high)
        at += FRAME.size + page_size


def _sum(data: bytes, order: str, before: Sum) -> Sum:
    words = array("I", data)
    if order != sys.byteorder:
        words.byteswap()
    low, high = before
    pairs = iter(words)
    for one, other in zip(pairs, pairs, strict=True):
        low = (low + one + high) & WORD
        high = (high + other + low) & WORD
    return low, high


def page_size_of(journal: Path) -> int:
    """As the file says; the usual one where its header is damaged."""
    with journal.open("rb") as file:
        told = int.from_bytes(file.read(18)[16:], "big")
    size = 1 << 16 if told == 1 else told
    return size if size in PAGE_SIZES else USUAL_PAGE


def sound_pages(journal: Path, log: Log) -> Iterator[tuple[int, bytes]]:
    """Each page that was committed and can be read, as it was last."""
    with beside(journal, "-wal").open("rb") as file:
        for page, at in log.pages().items():
            file.seek(at)
            yield page, file.read(log.page_size)


def _is_in_file(journal: Path, log: Log) -> bool:
    with suppress(OSError), journal.open("rb") as file:
        return all(_page(file, page, log) == data for page, data in sound_pages(journal, log))
    return True


def _page(file: BinaryIO, page: int, log: Log) -> bytes:
    file.seek((page - 1) * log.page_size)
    return file.read(log.page_size)
