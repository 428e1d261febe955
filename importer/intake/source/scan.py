"""One pass over a text file's bytes: their hash, and in which encoding they are text.

A file that no one has named the encoding of, and that is not in UTF-8, takes two passes more.
"""

import codecs
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from importer.errors import SourceError
from importer.intake.source.encoding import Encoding, Origin, expected_encoding
from importer.intake.source.guess import guess
from importer.intake.source.kind import SAVE_AS
from importer.intake.source.records import RECORD_LIMIT, too_long

CHUNK = 1024 * 1024  # bytes
HEAD = 64 * 1024  # bytes: to tell UTF-16 by
LINE_BREAK = re.compile(r"\r\n|\r|\n")

FIXES = {
    Origin.DECLARED: "leave --encoding out to have it found out, or name another",
    Origin.MARKED: f"mend that place, or export the file again; or {SAVE_AS}",
    Origin.FOUND: "mend that place, or export the file again; or name the encoding of all of it "
    "with --encoding, such as windows-1252",
}


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
        digest = hashlib.sha256()
        broken = _first_broken(file, encoding.codec, path, digest)
        if broken is not None and encoding == Encoding("utf-8", Origin.FOUND):
            encoding = _guessed(file, path)
            broken = _first_broken(file, encoding.codec, path)
        if broken is not None:
            raise _undecodable(file, encoding, broken, path)
    return Scanned(digest.hexdigest(), encoding, before.st_size, before.st_mtime_ns)


def _first_broken(
    file: BinaryIO, codec: str, path: Path, digest: "hashlib._Hash | None" = None
) -> int | None:
    """The place of the first byte that the codec can't decode; the digest takes all bytes."""
    decoder = codecs.getincrementaldecoder(codec)()
    broken: int | None = None
    length = 0
    file.seek(0)
    while True:
        chunk = file.read(CHUNK)
        if digest:
            digest.update(chunk)
        if broken is None:
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:  # its object begins with bytes that were kept
                kept = len(error.object) - len(chunk)
                broken = file.tell() - len(chunk) - kept + error.start
            else:
                if "\0" in text:
                    raise _nul(file, codec, path)
                length = _line_length(length, text)
                if length > RECORD_LIMIT:
                    line = _place(file, codec, file.tell()).partition(",")[0]
                    raise too_long(f"{path}, {line}")
        if not chunk or (broken is not None and not digest):
            return broken


def _line_length(before: int, text: str) -> int:
    """Of the text's last line, as far as it goes; `before`: what came before of its first line.

    What is a little too long and ends within the text is left to the reading.
    """
    end = max(text.rfind("\n"), text.rfind("\r"))
    return before + len(text) if end < 0 else len(text) - end - 1


def _guessed(file: BinaryIO, path: Path) -> Encoding:
    codec = guess(file)
    if codec is None:
        raise SourceError(
            "the file's encoding can't be found out, or it is no text",
            where=str(path),
            fix=f"name it with --encoding, such as windows-1252; or {SAVE_AS}",
        )
    return Encoding(codec, Origin.FOUND, certain=codec == "utf-8")


def _nul(file: BinaryIO, codec: str, path: Path) -> SourceError:
    place = _place(file, codec, file.tell(), until="\0")
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
