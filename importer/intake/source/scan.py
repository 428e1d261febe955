"""One pass over a text file's bytes: their hash, and in which encoding they are text.

A file that no one has named the encoding of, and that is not in UTF-8, takes some quick ones more.
"""

import codecs
import hashlib
import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import BinaryIO

from importer.errors import SourceError
from importer.intake.source.encoding import (
    Confidence,
    Encoding,
    Origin,
    expected_encoding,
    label,
)
from importer.intake.source.guess import guess
from importer.intake.source.kind import SAVE_AS
from importer.intake.source.mixed import Mixture, mixture, plain_bytes_in
from importer.intake.source.records import RECORD_LIMIT, too_long
from importer.intake.source.sample import Sample, sample

CHUNK = 1024 * 1024  # bytes
PIECE = 64 * 1024  # bytes decoded at once: half the time of 1 MB, as all stays in the cache
HEAD = 64 * 1024  # bytes: to tell UTF-16 by
PROOF = 20  # characters; one of them is valid by chance in one of ten places, if that
FEW_GAPS = 8  # bytes that mean nothing in an encoding: so many are looked for one by one
LINE_BREAK = re.compile(r"\r\n|\r|\n")

FIXES = {
    Origin.DECLARED: "leave --encoding out to have it found out, or name another",
    Origin.MARKED: f"mend that place, or export the file again; or {SAVE_AS}",
    Origin.FOUND: "mend that place, or export the file again; or name the encoding of all of it "
    "with --encoding, such as windows-1252",
}
EXPORT = (
    "export the list again as one, or save both parts as 'CSV UTF-8' and put them together then"
)
NAME_ONE = "; or name one of the two with --encoding, and look at the rows in the other"


@dataclass(frozen=True, slots=True)
class Scanned:
    """size: in bytes. changed_ns: when the file was last changed, before it was read."""

    sha256: str
    encoding: Encoding
    size: int
    changed_ns: int


def scan(path: Path, declared: str | None = None) -> Scanned:
    """Read the file's bytes, and decode every one of them.

    declared: what a person calls the encoding. Raises SourceError: no such encoding, or it is not
    the file's; a byte that can't be decoded; a NUL; a line that is too long for any reader to hold.
    OSError passes.
    """
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        encoding = expected_encoding(file.read(HEAD), declared, path)
        seen = _Seen()
        broken = _first_broken(file, encoding, path, seen)
        if broken is not None and encoding.origin is not Origin.DECLARED:
            encoding = _other(file, encoding, broken, path, seen.parts)
            broken = _first_broken(file, encoding, path)
        if broken is not None:
            raise _undecodable(file, encoding, broken, path)
    return Scanned(seen.digest.hexdigest(), encoding, before.st_size, before.st_mtime_ns)


@dataclass(slots=True)
class _Seen:
    """Of all bytes. parts: where those chunks begin that are not ASCII."""

    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    parts: list[int] = field(default_factory=list)

    def take(self, chunk: bytes, start: int) -> None:
        self.digest.update(chunk)
        if not chunk.isascii():
            self.parts.append(start)


def _first_broken(
    file: BinaryIO, encoding: Encoding, path: Path, seen: _Seen | None = None
) -> int | None:
    """The place of the first byte that the codec can't decode; `seen` takes all bytes."""
    decoder = _Decoder(file, encoding, path)
    gaps = _gaps(encoding.codec)
    broken: int | None = None
    file.seek(0)
    while True:
        chunk = file.read(CHUNK)
        if seen:
            seen.take(chunk, file.tell() - len(chunk))
        if broken is None:
            broken = decoder.take(chunk) if gaps is None else decoder.look(chunk, gaps)
        if not chunk or (broken is not None and not seen):
            return broken


@dataclass(slots=True)
class _Decoder:
    """The file's chunks, one after the other. Raises SourceError: a NUL, or a line too long."""

    file: BinaryIO
    encoding: Encoding
    path: Path
    length: int = 0  # of the line that has not ended yet
    end: int = 0  # of what was decoded
    _decoder: codecs.IncrementalDecoder = field(init=False)

    @property
    def is_utf_8(self) -> bool:
        return self.encoding.codec == "utf-8"

    def __post_init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder(self.encoding.codec)()

    def take(self, chunk: bytes) -> int | None:
        """The place of a byte that can't be decoded."""
        if self.is_utf_8 and chunk.isascii() and not self._decoder.getstate()[0]:
            return self.look(chunk, ())
        start = self.file.tell() - len(chunk)
        for at in range(0, len(chunk) or 1, PIECE):
            piece = chunk[at : at + PIECE]
            try:
                text = self._decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:  # its object begins with bytes that were kept
                kept = len(error.object) - len(piece)
                return start + at - kept + error.start
            self.end = start + at + len(piece)
            self._check(text, "\0" in text, max(text.rfind("\n"), text.rfind("\r")))
        return None

    def look(self, chunk: bytes, gaps: tuple[bytes, ...]) -> int | None:
        """The same where a byte is a character, ten times as fast: no gap is in the chunk."""
        broken = min((at for gap in gaps if (at := chunk.find(gap)) >= 0), default=None)
        if broken is not None:
            return self.file.tell() - len(chunk) + broken
        self.end = self.file.tell()
        self._check(chunk, b"\0" in chunk, max(chunk.rfind(b"\n"), chunk.rfind(b"\r")))
        return None

    def _check(self, text: str | bytes, has_nul: bool, last_break: int) -> None:
        """What is a little too long and ends within the text is left to the reading."""
        codec = self.encoding.codec
        if has_nul:
            raise _nul(self.file, codec, self.end, self.path)
        ended = last_break >= 0
        self.length = len(text) - last_break - 1 if ended else self.length + len(text)
        if self.length > RECORD_LIMIT:
            line = _line(self.file, codec, self.end)
            raise too_long(f"{self.path}, {line}")
        if isinstance(text, str) and codec.startswith("utf-16"):
            self._refuse_plain_bytes(text)

    def _refuse_plain_bytes(self, text: str) -> None:
        if self.encoding.origin is Origin.DECLARED:
            return
        if found := plain_bytes_in(text, self.encoding.codec):
            place = _place(self.file, self.encoding.codec, self.end, until=found)
            line = place.partition(",")[0]
            said = f"line 1 is {self.encoding.label}, {line} UTF-8"
            raise _two_encodings(said, f"{self.path}, {line}", EXPORT)


@cache
def _gaps(codec: str) -> tuple[bytes, ...] | None:
    """The bytes that are no text in an encoding of one byte a character. None: it is no such."""
    ascii_bytes = bytes(range(128))
    if ascii_bytes.decode(codec, "replace") != ascii_bytes.decode("ascii"):
        return None
    texts = [(byte, byte.decode(codec, "ignore")) for byte in map(bytes, zip(range(128, 256)))]
    gaps = tuple(byte for byte, text in texts if not text)
    return gaps if len(gaps) <= FEW_GAPS else None


def _other(
    file: BinaryIO, encoding: Encoding, broken: int, path: Path, parts: list[int]
) -> Encoding:
    """What the file is written in, that is not UTF-8 as was thought. Raises SourceError: in two."""
    if encoding.codec not in ("utf-8", "utf-8-sig"):
        return encoding
    cells = sample(file, broken, parts)
    if found := mixture(file, cells, broken):
        raise _mixed(file, found, encoding.origin, path)
    if encoding.origin is Origin.MARKED or _is_proven(file, broken):
        return encoding
    return _guessed(cells, path)


def _is_proven(file: BinaryIO, broken: int) -> bool:
    """So much before the first byte that is no UTF-8 is UTF-8, as no other text would be."""
    file.seek(max(0, broken - CHUNK))
    text = file.read(min(CHUNK, broken)).decode("utf-8", "ignore")
    return len(text) - len(text.encode("ascii", "ignore")) >= PROOF


def _mixed(file: BinaryIO, found: Mixture, origin: Origin, path: Path) -> SourceError:
    """In all encodings that are guessed at, the bytes of a line break are those of ASCII."""
    utf_8, other = (_line(file, "latin-1", place) for place in (found.utf_8, found.other))
    name = label(found.codec)
    said = f"{utf_8} is UTF-8, {other} {name}" if utf_8 != other else f"{utf_8} is UTF-8 and {name}"
    fix = EXPORT + (NAME_ONE if origin is Origin.FOUND else "")
    return _two_encodings(said, f"{path}, {other}", fix)


def _two_encodings(said: str, where: str, fix: str) -> SourceError:
    return SourceError(f"the file is written in two encodings: {said}", where=where, fix=fix)


def _guessed(cells: Sample, path: Path) -> Encoding:
    found = guess(cells)
    if found is None:
        raise SourceError(
            "the file's encoding can't be found out, or it is no text",
            where=str(path),
            fix=f"name it with --encoding, such as windows-1252; or {SAVE_AS}",
        )
    certain = found.codec == "utf-8"  # and what is no text in it is told
    return Encoding(found.codec, Origin.FOUND, Confidence.CERTAIN if certain else found.confidence)


def _nul(file: BinaryIO, codec: str, end: int, path: Path) -> SourceError:
    place = _place(file, codec, end, until="\0")
    return SourceError(
        "the file holds a NUL character: it is damaged, or no text",
        where=f"{path}, {place}",
        fix=SAVE_AS,
    )


def _undecodable(file: BinaryIO, encoding: Encoding, at: int, path: Path) -> SourceError:
    file.seek(at)
    byte = file.read(1)
    return SourceError(
        f'byte 0x{byte.hex().upper()} ("{byte.decode("cp1252", "replace")}" in Windows-1252) is no '
        f"text in {encoding.label}, {encoding.origin}",
        where=f"{path}, {_place(file, encoding.codec, at)}",
        fix=FIXES[encoding.origin],
    )


def _line(file: BinaryIO, codec: str, end: int) -> str:
    return _place(file, codec, end).partition(",")[0]


def _place(file: BinaryIO, codec: str, end: int, until: str | None = None) -> str:
    """What stands `end` bytes into the file, or the first `until` if that comes before."""
    decoder = codecs.getincrementaldecoder(codec)()
    line, character, held, found = 1, 1, "", False
    file.seek(0)
    while not found and (chunk := file.read(min(CHUNK, end - file.tell()))):
        text = held + decoder.decode(chunk)
        if until and (found := until in text):
            text = text[: text.index(until)]
        held = "\r" if text.endswith("\r") else ""  # may be the first half of a line break
        *lines, rest = LINE_BREAK.split(text.removesuffix(held))
        line += len(lines)
        character = len(rest) + (1 if lines else character)
    return f"line {line + 1}, character 1" if held else f"line {line}, character {character}"
