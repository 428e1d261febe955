"""One pass over a file's bytes: their hash, and whether they are text in UTF-8.

What is no such text is an error that says what it is instead.
"""

import codecs
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from importer.errors import SourceError

CHUNK = 1024 * 1024  # bytes

SAVE_AS = "save it in Excel as 'CSV UTF-8 (Comma delimited)', and import that file"
UTF16 = "the file is written in UTF-16 ('Unicode Text'), not in UTF-8"

# First bytes of what is often taken for a CSV: ECMA-376 part 2 (zip), MS-CFB 2.2, Unicode 23.8.
SIGNATURES = (
    (b"PK\x03\x04", "this is an Excel workbook (or another zip file), not a CSV"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an old Excel workbook (.xls), not a CSV"),
    (codecs.BOM_UTF16_LE, UTF16),
    (codecs.BOM_UTF16_BE, UTF16),
)


@dataclass(frozen=True, slots=True)
class Scanned:
    """size: in bytes. changed_ns: when the file was last changed, before it was read."""

    sha256: str
    encoding: str
    size: int
    changed_ns: int


def scan(path: Path) -> Scanned:
    """Read the file's bytes once.

    Raises SourceError: it is empty, or not text in UTF-8. OSError passes.
    """
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        start = file.read(len(codecs.BOM_UTF16_LE) + 6)
        _refuse_signature(start, path)
        file.seek(0)
        sha256 = _digest(file, path)
    return Scanned(
        sha256=sha256,
        encoding="utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8",
        size=before.st_size,
        changed_ns=before.st_mtime_ns,
    )


def _refuse_signature(start: bytes, path: Path) -> None:
    if not start:
        raise SourceError(
            "the file is empty", where=str(path), fix="its first row has to name the columns"
        )
    for signature, what in SIGNATURES:
        if start.startswith(signature):
            raise SourceError(what, where=str(path), fix=SAVE_AS)


def _digest(file: BinaryIO, path: Path) -> str:
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    while True:
        chunk = file.read(CHUNK)
        digest.update(chunk)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            line += _breaks(error.object[: error.start])
            raise _undecodable(path, line, error) from error
        if b"\0" in chunk:
            line += _breaks(chunk[: chunk.index(b"\0")])
            raise SourceError(
                "the file holds a NUL byte: it is damaged, or no text in UTF-8",
                where=f"{path}, line {line}",
                fix=SAVE_AS,
            )
        if not chunk:
            return digest.hexdigest()
        line += _breaks(chunk)


def _breaks(data: bytes) -> int:
    return data.count(b"\n") or data.count(b"\r")


def _undecodable(path: Path, line: int, error: UnicodeDecodeError) -> SourceError:
    byte = error.object[error.start : error.start + 1]
    return SourceError(
        f"the file is not written in UTF-8: byte 0x{byte.hex().upper()}"
        f' ("{byte.decode("cp1252", "replace")}" in Windows-1252)',
        where=f"{path}, line {line}",
        fix=SAVE_AS,
    )
