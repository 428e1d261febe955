"""The zip archive that a workbook is: its parts, and the tags of the small ones.

In: a file. Out: bytes of its parts. Nothing is unpacked to disk, and no name leads out
of the archive. What is no archive, or the archive of something else, is an error that names it.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from errno import EINVAL
from functools import lru_cache
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple
from xml.parsers import expat

from python_calamine import CalamineError

from importer.errors import SourceError
from importer.intake.source.unpacking import BombError, head, refuse_bomb

SAVE_AGAIN = "open it in Excel, let Excel repair it if it offers to, and save it as .xlsx"
SAVE_AS = "save it as an Excel workbook (.xlsx), or as 'CSV UTF-8 (Comma delimited)'"
WORKBOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"
STRINGS = "xl/sharedStrings.xml"
BINARY = "xl/workbook.bin"
CONTENT, ENCRYPTED_PACKAGE = (
    "content.xml",
    "encrypted-package",
)  # of OpenDocument; the second since 1.4
# What else is a zip archive: a part that only it has, and what it is.
OTHERS = (
    ("word/document.xml", "this is a Word document"),
    ("ppt/presentation.xml", "this is a PowerPoint presentation"),
    ("index/document.iwa", "this is a Numbers document of a Mac"),
    ("index.zip", "this is a Numbers document of a Mac"),
)
# What calamine reads, but for styles and the sheet itself.
NEEDED = (
    "[Content_Types].xml",
    "_rels/.rels",
    WORKBOOK,
    "xl/_rels/workbook.xml.rels",
    STRINGS,
)
# Those that say how the workbook is made, and no more of it if its list is long.
SMALL = frozenset({*map(str.lower, NEEDED), STYLES}) - {STRINGS.lower()}
ERROR = re.compile(rb"""(<(?:[\w.-]+:)?c\s(?:[^>]*?\s)?t=["'])e(?=["'])""")
MOST_TAGS = 200_000  # Excel takes 65,490 cell formats: support.microsoft.com, "specifications"
SHOWN = 3  # names of an archive's files


class Tag(NamedTuple):
    """A start tag; its name and attributes are without the prefix of a namespace."""

    name: str
    attributes: dict[str, str]


class Package:
    """Part names are compared without regard to case (ECMA-376 part 2, 6.2.2.3)."""

    def __init__(self, path: Path, file: BinaryIO, *mains: str) -> None:
        """mains: parts of which it must have one. Raises SourceError: it is no such workbook."""
        self.path = path
        self._file = file
        with damage_named(path):
            self._archive = zipfile.ZipFile(file)
        infos = self._archive.infolist()
        self._parts = {part_name(info.filename): info for info in infos}
        if len(self._parts) < len(infos):  # readers would differ on which is meant
            raise damaged(path, None, "its archive can't be unpacked", "two parts have one name")
        self._checked: set[str] = set()
        if not self._parts.keys() & (mains or {WORKBOOK}):
            raise _no_workbook(path, sorted(self._parts))

    def has(self, name: str) -> bool:
        return part_name(name) in self._parts

    def open(self, name: str) -> IO[bytes]:
        """Raises SourceError: the part is a bomb."""
        self.check(name)
        return self._archive.open(self._parts[part_name(name)])

    def packed_size(self, name: str) -> int:
        """0 where there is no such part."""
        return self._parts[part_name(name)].compress_size if self.has(name) else 0

    def head(self, name: str, size: int) -> bytes:
        """The part's first bytes; no more of it is unpacked."""
        return head(self._file, self._parts[part_name(name)])[:size]

    def check(self, name: str, look: Callable[[bytes], None] | None = None) -> None:
        """Before another reader takes the part too, if there is one. look: is told of all bytes.
        Raises SourceError."""
        plain = part_name(name)
        if plain in self._parts and (look or plain not in self._checked):
            is_large = plain not in SMALL
            try:
                refuse_bomb(self._file, self._parts[plain], look, may_be_large=is_large)
            except BombError as error:
                raise bomb_named(f"{self.path}, {name}", error) from error
            self._checked.add(plain)

    def tags(self, name: str, wanted: Set[str]) -> list[Tag]:
        """The part's start tags of these names, in order; none where there is no such part."""
        if not self.has(name):
            return []
        with damage_named(self.path, name), self.open(name) as part:
            return start_tags(part.read(), wanted)

    def without_styles(self) -> io.BytesIO:
        """The archive, with its styles under a name that nobody looks for.

        Only the name in the directory at its end is another: nothing is packed anew. No part may
        be read at the same time.
        """
        self._file.seek(0)
        archive = io.BytesIO(self._file.read())
        if self.has(STYLES):
            name = self._parts[STYLES].orig_filename.encode()
            archive.seek(archive.getvalue().index(name, self._archive.start_dir))
            archive.write(b"-" * len(name))
            archive.seek(0)
        return archive

    def with_errors_as_text(self, sheet: str) -> io.BytesIO:
        """An archive of this sheet alone, in which what was an error is a text."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name in (*NEEDED, sheet):
                if self.has(name):
                    with self.open(name) as part:
                        content = part.read()
                    if name == sheet:
                        content = ERROR.sub(rb"\1str", content)
                    archive.writestr(self._parts[part_name(name)].filename, content)
        packed.seek(0)
        return packed


def start_tags(xml: bytes, wanted: Set[str], *, is_whole: bool = True) -> list[Tag]:
    """Those of these names. Raises ExpatError: the XML is broken. ValueError: it has a document
    type, which no workbook has, or more such tags than any."""
    tags: list[Tag] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) not in wanted:
            return
        if len(tags) == MOST_TAGS:
            raise ValueError(f"it has more than {MOST_TAGS:,} of <{name}>")
        plain = {local_name(key): value for key, value in attributes.items()}
        tags.append(Tag(local_name(name), plain))

    parser = safe_parser()
    parser.StartElementHandler = start
    parser.Parse(xml, is_whole)
    return tags


def safe_parser(separator: str | None = None) -> expat.XMLParserType:
    """A parser that takes no entities of the document's own: a few lines of them fill a memory.

    separator: between a name and its namespace, where that is wanted.
    """
    parser = expat.ParserCreate(namespace_separator=separator)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


@lru_cache(maxsize=1024)  # of all names that a document makes up, no more are kept
def local_name(name: str) -> str:
    return name.rpartition(":")[2]


@contextmanager
def damage_named(path: Path, part: str | None = None, writer: str = "Excel") -> Iterator[None]:
    """Raises SourceError for whatever the libraries raise when bytes are not as they should be.

    writer: the program that would have written them so.

    calamine's panics are a BaseException, whose class can't be imported.
    """
    not_so = f"its content is not as {writer} writes it"
    try:
        yield
    except SourceError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise damaged(path, part, "its archive can't be unpacked", error) from error
    except (expat.ExpatError, CalamineError, ValueError, LookupError, struct.error) as error:
        # LookupError: an unknown encoding
        raise damaged(path, part, not_so, error) from error
    except BaseException as error:
        # An archive may name a place before the file's begin, which no file has.
        is_misplaced = isinstance(error, OSError) and error.errno == EINVAL
        if not is_misplaced and type(error).__name__ != "PanicException":
            raise
        raise damaged(path, part, not_so, error) from error


def damaged(path: Path, part: str | None, why: str, error: object) -> SourceError:
    return SourceError(
        f"the workbook is damaged: {why} ({error})",
        where=f"{path}, {part}" if part else str(path),
        fix=SAVE_AGAIN,
    )


def bomb_named(where: str, why: object) -> SourceError:
    return SourceError(
        f"the workbook is a bomb: {why}",
        where=where,
        fix="do not open it; ask the sender for the list as CSV",
    )


def _refuse_document_type(*_: object) -> None:
    raise ValueError("a document type is declared")


def part_name(name: str) -> str:
    """As names of parts are compared."""
    return name.replace("\\", "/").lstrip("/").lower()


def _no_workbook(path: Path, names: Sequence[str]) -> SourceError:
    for part, what in OTHERS:
        if part in names:
            return SourceError(what, where=str(path), fix=SAVE_AS)
    files = [name for name in names if not name.endswith("/")]
    more = ", …" if len(files) > SHOWN else ""
    return SourceError(
        f"this is a zip archive, and no workbook; in it: {', '.join(files[:SHOWN])}{more}",
        where=str(path),
        fix="unpack it, and import the list that is in it",
    )
