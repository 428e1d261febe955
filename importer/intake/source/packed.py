"""A list in a zip archive or a gzip file becomes a `Source`: that of the one table inside.

In: a path. Out: a `Source` whose path, size and SHA-256 are the outer file's. What is inside is
unpacked to a folder that only its owner can read, and that is removed when the source is let go of.
"""

import hashlib
import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path

from importer.errors import SourceError
from importer.intake.source.file import Reading, Source, changed, unreadable
from importer.intake.source.kind import UNPACK, Kind, find_kind
from importer.intake.source.open import open_kind
from importer.intake.source.packed_file import Packed, find_table
from importer.model import Block

SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")
SPACE = (
    "make room on the disk that has the temporary files (TMPDIR names another), or unpack it"
    " yourself, and import the file that is in it"
)


class Unpacked:
    """The table that was inside, until it is not wanted any more. folder: removed then."""

    def __init__(self, folder: Path, packed: Packed) -> None:
        suffix = Path(packed.name).suffix.lower()
        self.path = folder / f"list{suffix if SUFFIX.fullmatch(suffix) else ''}"
        self.name = packed.name
        self.remove = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)

    @contextmanager
    def named(self, outer: Path) -> Iterator[None]:
        """Errors tell where the table is for a person, and not where it is now."""
        try:
            yield
        except SourceError as error:
            where = (error.where or "").replace(str(self.path), f"{outer}, {self.name}")
            first, *details = error.lines
            raise SourceError(
                first,
                details=[detail.strip() for detail in details],
                where=where,
                fix=error.fix,
            ) from error


@dataclass(frozen=True, slots=True)
class PackedSource(Source):
    """inside: the table unpacked and opened, until it is let go of; then none."""

    reading: Reading = field(default=Reading(), repr=False, compare=False)
    inside: list[tuple[Unpacked, Source]] = field(default_factory=list, repr=False, compare=False)

    def blocks(self, size: int = 500) -> Iterator[Block]:
        self._refuse_if_changed()
        if not self.inside:
            sha256, _, unpacked, source = _opened(self.path, self.reading)
            if sha256 != self.sha256:
                raise changed(self.path)
            self.inside.append((unpacked, source))
        unpacked, source = self.inside[0]
        with unpacked.named(self.path):
            yield from source.blocks(size)
        self._refuse_if_changed()

    def release(self) -> None:
        for unpacked, _ in self.inside:
            unpacked.remove()
        self.inside.clear()

    def _refuse_if_changed(self) -> None:
        try:
            now = self.path.stat()
        except OSError as error:
            raise unreadable(self.path, error) from error
        if (now.st_size, now.st_mtime_ns) != (self.size, self.changed_ns):
            raise changed(self.path)


def open_packed(path: Path, reading: Reading) -> PackedSource:
    """Raises SourceError: no table inside or several, a damaged archive, or as the table's reader
    does. OSError passes."""
    sha256, status, unpacked, source = _opened(path, reading)
    known = {each.name: getattr(source, each.name) for each in fields(Source)}
    known |= {
        "path": path,
        "sha256": sha256,
        "size": status.st_size,
        "changed_ns": status.st_mtime_ns,
        "found": (unpacked_from(path, unpacked.name), *source.found),
    }
    return PackedSource(**known, reading=reading, inside=[(unpacked, source)])


def unpacked_from(path: Path, name: str) -> str:
    """`"leads.csv" in a zip archive`."""
    kind = "gzip file" if find_kind(path) is Kind.GZIP else "zip archive"
    return f'"{name}" in a {kind}'


def _opened(path: Path, reading: Reading) -> tuple[str, os.stat_result, Unpacked, Source]:
    with path.open("rb") as file, ExitStack() as failed:
        before = os.fstat(file.fileno())
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        packed = find_table(path, file)
        unpacked = Unpacked(Path(tempfile.mkdtemp(prefix="importer-")), packed)
        failed.callback(unpacked.remove)
        _copy(packed, unpacked.path)
        now = os.fstat(file.fileno())
        if (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
            raise changed(path)
        with unpacked.named(path):
            source = _opened_inside(unpacked.path, reading)
        failed.pop_all()
    return sha256, before, unpacked, source


def _copy(packed: Packed, to: Path) -> None:
    try:
        with to.open("xb") as copy:
            for piece in packed.pieces():
                copy.write(piece)
    except OSError as error:
        what = f"the archive can't be unpacked: {error.strerror or error}"
        raise SourceError(what, where=str(packed.path), fix=SPACE) from error


def _opened_inside(path: Path, reading: Reading) -> Source:
    kind = find_kind(path)
    if kind in (Kind.ZIP, Kind.GZIP):
        what = "there is another archive in the archive"
        raise SourceError(what, where=str(path), fix=UNPACK)
    return open_kind(path, kind, reading)
