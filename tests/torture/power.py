"""What a disk holds of a journal when the power is cut.

In: the log of writes and syncs that preload.c made of a live process. Out: the journal's files as
the disk would have them, and what of them was lost. Never touches the process or the log.

What is modelled. A write lies in the page cache until an fsync or fdatasync of its file, by any
process, returns; what was written before that holds. Of a file's later writes a random number is
on the disk, in their order, and the last of these is torn: cut at a byte or at a 512-byte sector,
with what stood there before behind the cut. Each file's number is its own: the WAL may have kept
all, and the database nothing, or the reverse. Opening (making), truncating, renaming and unlinking
count as done in their order, as on a file system that journals its metadata: no sync is waited
for, and a truncation holds also where an earlier write is lost. Zeros stand where a write is lost
and a later truncation made the file longer.

What is not: unsynced writes of one file that reach the disk out of order, or in part before
others; a disk that loses what it said was synced, or spoils bytes that were not being written;
files that appear or vanish without their folder's sync; writes through a memory map. The -shm
file is such a map: it is never restored, as SQLite makes it anew.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import takewhile
from pathlib import Path
from random import Random

HEAD = struct.Struct("=4sIQQQ")
"""As preload.c's struct record: magic, op, length of the name, offset, length of the data."""

MAGIC = b"PLOG"
SECTOR = 512


class Op(IntEnum):
    IMAGE = 1  # the whole file, as it stood when a process opened its first
    OPEN = 2  # and made, where it was not there
    WRITE = 3
    TRUNCATE = 4  # to offset
    SYNC = 5
    UNLINK = 6
    RENAME = 7  # to path, of what data names


@dataclass(frozen=True, slots=True)
class Event:
    op: Op
    path: Path
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Loss:
    """What a cut took.

    events: those of the log that had come to pass. unsynced: writes that no sync covered, in all
    files. lost: those of them that are gone or torn. files: what stands there now.
    """

    events: int
    unsynced: int
    lost: int
    files: tuple[Path, ...]


@dataclass(slots=True)
class _File:
    """A file's bytes on the disk, and what was done since its last sync, in order."""

    disk: bytearray = field(default_factory=bytearray)
    since: list[Event] = field(default_factory=list)

    @property
    def unsynced(self) -> int:
        return sum(event.op is Op.WRITE for event in self.since)

    def after(self, writes: int, torn: int = 0) -> bytes:
        """With so many of the unsynced writes, and so many bytes of the next."""
        now = self.disk[:]
        for event in self.since:
            if event.op is Op.TRUNCATE:
                _do(event, now)
                continue
            if writes >= 0:
                _do(event, now, None if writes else torn)
            writes -= 1
        return bytes(now)

    def whole(self) -> bytes:
        return self.after(self.unsynced)

    def sync(self) -> None:
        for event in self.since:
            _do(event, self.disk)
        self.since = []

    def cut(self, random: Random) -> tuple[bytes, int]:
        """What the disk has of it, and how many writes are lost or torn."""
        writes = [event.data for event in self.since if event.op is Op.WRITE]
        kept = random.randint(0, len(writes))
        torn = _tear(writes[kept], random) if kept < len(writes) else 0
        return self.after(kept, torn), len(writes) - kept


def _do(event: Event, now: bytearray, most: int | None = None) -> None:
    """Write or truncate; of a write, the first `most` bytes."""
    data = event.data[:most]
    if event.op is Op.TRUNCATE:
        del now[event.offset :]
    if data or event.op is Op.TRUNCATE:
        now.extend(bytes(max(0, event.offset - len(now))))
        now[event.offset : event.offset + len(data)] = data


def _tear(data: bytes, random: Random) -> int:
    """How many of its bytes are there; not all."""
    sectors = range(0, len(data), SECTOR)
    return random.choice(sectors) if random.random() < 0.5 else random.randrange(len(data))


def read_events(log: Path) -> list[Event]:
    """The log's events, in order; a record that a kill cut short at its end is left out."""
    return list(_events(log.read_bytes()))


def _events(log: bytes) -> Iterator[Event]:
    at = 0
    while at + HEAD.size <= len(log):
        magic, op, name_length, offset, length = HEAD.unpack_from(log, at)
        if magic != MAGIC:
            raise ValueError(f"the log has no record at byte {at}")
        name, end = at + HEAD.size, at + HEAD.size + name_length + length
        if end > len(log):
            return
        path = Path(log[name : name + name_length].decode())
        yield Event(Op(op), path, offset, log[name + name_length : end])
        at = end


def after_power_loss(log: Path, into: Path, random: Random, *, events: int | None = None) -> Loss:
    """Put the journal's files into a folder as they are after a power cut at the log's end.

    log: of Preload.log; the process is dead, or stands still.
    into: may be the journal's own folder: its files are replaced, those that the disk would not
    have are removed, and the -shm is removed always.
    random: gives the same files for the same seed and log.
    events: cut after so many of read_events(log) instead. The account at the other end can't be
    set back with it: with a run's account, cut at the log's end alone.

    The log goes on to tell of what was lost: give the next run one of its own.
    Raises ValueError: the log is none.
    """
    logged = read_events(log)
    done = logged[:events]
    files, losses = _replayed(done), []
    for path in {event.path for event in logged}:
        (into / path.name).unlink(missing_ok=True)
        (into / f"{path.name}-shm").unlink(missing_ok=True)
    for path, file in sorted(files.items()):
        data, lost = file.cut(random)
        (into / path.name).write_bytes(data)
        losses.append(lost)
    unsynced = sum(file.unsynced for file in files.values())
    stands = tuple(into / path.name for path in sorted(files))
    return Loss(len(done), unsynced, sum(losses), stands)


def without_power_loss(log: Path, *, events: int | None = None) -> dict[Path, bytes]:
    """Each file as any program had it at that moment: the disk and the page cache together."""
    done = read_events(log)[:events]
    return {path: file.whole() for path, file in _replayed(done).items()}


def _replayed(events: Sequence[Event]) -> dict[Path, _File]:
    files: dict[Path, _File] = {}
    for event in events:
        if event.op is Op.UNLINK:
            files.pop(event.path, None)
            continue
        if event.op is Op.RENAME:
            files[event.path] = files.pop(Path(event.data.decode()))
            continue
        if event.op is Op.IMAGE and event.path not in files:
            files[event.path] = _File(bytearray(event.data))
            continue
        file = files.setdefault(event.path, _File())
        if event.op is Op.SYNC:
            file.sync()
        elif event.op is Op.IMAGE:
            file.since += _difference(file.whole(), event)
        elif event.op is not Op.OPEN:
            file.since.append(event)
    return files


def _difference(known: bytes, image: Event) -> Iterator[Event]:
    """A kill between a write and its record: a later process sees what the log does not tell."""
    if image.data != known:
        pairs = zip(known, image.data, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        yield Event(Op.TRUNCATE, image.path, len(image.data), b"")
        yield Event(Op.WRITE, image.path, same, image.data[same:])
