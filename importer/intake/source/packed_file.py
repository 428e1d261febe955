"""The one table that a zip archive or a gzip file has inside, and its bytes, piece by piece.

Of a bomb no more is unpacked than a list could be. No name of an archive is taken for a path.
"""

import gzip
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import IO, cast

from importer.errors import SourceError
from importer.intake.source.kind import EXPORT, UNPACK, Kind, find_kind
from importer.intake.source.unpacking import METHODS

# CSV is packed to a tenth, and to a fiftieth where most cells are blank or equal.
MOST_RATIO, HARMLESS, MOST = 100, 64 << 20, 8 << 30  # of bytes
PIECE = 1 << 20
SHOWN = 5  # names of an archive's files
SEND_AGAIN = "ask the sender for the list once more, or unpack it with another program"
# What programs add to an archive for themselves, and what is certainly no table.
CLUTTER = re.compile(
    r"(.*/)?(__macosx/.*|\.ds_store|\._[^/]*|thumbs\.db|desktop\.ini)|.*/", re.IGNORECASE
)
NO_TABLE = re.compile(
    r".*\.(pdf|png|jpe?g|gif|bmp|tiff?|webp|docx?|odt|rtf|pptx?|md|html?|eml|msg|sha256|md5|sig|asc)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Packed:
    """name: without the folders that it is in. size: of what it is packed to."""

    name: str
    content: IO[bytes]
    size: int
    path: Path

    def pieces(self) -> Iterator[bytes]:
        """Raises SourceError: it is damaged, or a bomb."""
        most = min(MOST, max(HARMLESS, MOST_RATIO * self.size))
        total = 0
        with self.content:
            while piece := self._next():
                total += len(piece)
                if total > most:
                    raise SourceError(
                        f"the archive is a bomb: {self.size:,} bytes unpack to more than {most:,}",
                        where=f"{self.path}, {self.name}",
                        fix="do not unpack it; ask the sender for the list as CSV",
                    )
                yield piece

    def _next(self) -> bytes:
        try:
            return self.content.read(PIECE)
        except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise _damaged(self.path, error) from error


def find_table(path: Path, file: BufferedReader) -> Packed:
    """Raises SourceError: there is none, or several, or it can't be unpacked."""
    if find_kind(path) is Kind.GZIP:
        name = re.sub(r"\.gz$", "", path.name, flags=re.IGNORECASE)
        content = cast(IO[bytes], gzip.GzipFile(fileobj=file))
        return Packed(name, content, path.stat().st_size, path)
    try:
        archive = zipfile.ZipFile(file)
        info = _only_table(path, archive.infolist())
        return Packed(_last(info.filename), archive.open(info), info.compress_size, path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise _damaged(path, error) from error


def _only_table(path: Path, infos: Sequence[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    inside = [info for info in infos if not CLUTTER.fullmatch(info.filename)]
    tables = [info for info in inside if not NO_TABLE.fullmatch(info.filename)]
    if not tables:
        more = f"; in it: {_listed(inside)}" if inside else ""
        what = f"there is no table in the zip archive{more}"
        raise SourceError(what, where=str(path), fix=EXPORT)
    if len(tables) > 1:
        raise SourceError(
            f"there are {len(tables):,} tables in the zip archive: {_listed(tables)}",
            where=str(path),
            fix="unpack it, and import each of them by itself",
        )
    _refuse_locked(path, tables[0])
    return tables[0]


def _refuse_locked(path: Path, info: zipfile.ZipInfo) -> None:
    where = f"{path}, {_last(info.filename)}"
    if info.flag_bits & 1:  # APPNOTE.TXT 4.4.4
        raise SourceError(
            "the zip archive is locked with a password",
            where=where,
            fix="unpack it with the password, and import the file that is in it",
        )
    if info.compress_type not in METHODS:
        what = f"it is packed by a method that few programs know ({info.compress_type})"
        raise SourceError(what, where=where, fix=UNPACK)


def _listed(infos: Sequence[zipfile.ZipInfo]) -> str:
    names = ", ".join(f'"{info.filename}"' for info in infos[:SHOWN])
    return f"{names}, …" if len(infos) > SHOWN else names


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _damaged(path: Path, error: object) -> SourceError:
    what = f"the archive is damaged: it can't be unpacked ({error})"
    return SourceError(what, where=str(path), fix=SEND_AGAIN)
