"""What kind of file it is, by its first bytes; what is no table is an error that names it."""

import codecs
import mmap
import re
import struct
import zipfile
from enum import Enum, auto
from pathlib import Path

from importer.errors import SourceError
from importer.intake.source.file import no_header

SAVE_AS = "save it in Excel as 'CSV UTF-8 (Comma delimited)', and import that file"
SAVE_AS_WORKBOOK = "open it in Excel, save it as 'Excel Workbook (.xlsx)', and import that file"
EXPORT = "export the list itself, as CSV or as an Excel workbook (.xlsx)"
UNPACK = "unpack it, and import the file that is in it"
TAKE_OFF = (
    "open it in Excel, take the password off (File, Info, Protect Workbook, Encrypt "
    "with Password: empty the box), save it, and import it again"
)
MAPPING = "name the list first and its mapping after -m: importer run list.csv -m mapping.yaml"

HEAD = 4096  # bytes: an HTML file from Excel has its <table> later, but not its <html>


class Kind(Enum):
    TEXT = auto()
    WORKBOOK = auto()  # .xlsx, .xlsm, and what else is a zip file: its reader says what it is
    XLS = auto()
    XLSB = auto()
    ODS = auto()
    ZIP = auto()  # an archive of other files
    GZIP = auto()


ZIP = b"PK\x03\x04"  # ECMA-376, part 2
GZIP = b"\x1f\x8b"  # RFC 1952
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # MS-CFB 2.2
# Streams of an OLE file, as they are named in its directory: MS-OFFCRYPTO 2.3.4, MS-DOC 2.1.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORD = "WordDocument".encode("utf-16-le")
BOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))  # MS-XLS 2.1.2

# First bytes, each as its format's specification has them, and as `file` knows them.
SIGNATURES = (
    (rb"%PDF-", "this is a PDF", EXPORT),
    (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP", "this is a picture", EXPORT),
    (rb"II\*\0|MM\0\*|BM.{4}\0{4}|....ftyp(heic|mif1|avif)", "this is a picture", EXPORT),
    (rb"BZh[1-9]1AY|\xfd7zXZ\0|\x28\xb5\x2f\xfd", "this is a compressed file", UNPACK),
    (rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|.{257}ustar", "this is a packed archive", UNPACK),
    (rb"PK\x05\x06", "this is an empty zip file", EXPORT),
    (rb"\{\\rtf", "this is a text document (RTF)", EXPORT),
    (
        rb"SQLite format 3\0",
        "this is a journal or another SQLite database, and not a list",
        "name the list; a journal is named with --journal",
    ),
    (rb"\x09[\x00\x02\x04\x08][\x04\x06\x08]\0", "this is a very old workbook", SAVE_AS_WORKBOOK),
)
# How text begins that is no table; white space and comments before it are passed over.
OPENINGS = (
    (
        r"(<\?xml.*)?<(\w+:)?Workbook\b[^>]*office:spreadsheet",
        "this is an XML spreadsheet (Excel 2003), whatever its name says",
        SAVE_AS_WORKBOOK,
    ),
    (
        r"(<\?xml.*)?<(!doctype\s+html|html|head|meta|body|table)\b",
        "this is a web page (HTML), whatever its name says",
        SAVE_AS_WORKBOOK,
    ),
    (r"<\?xml", "this is an XML file", EXPORT),
    (
        r'(\[\s*)?\{\s*["}]',
        "this is JSON, and not a table",
        f"{EXPORT}; or, if it is the mapping, {MAPPING}",
    ),
)
PASSED_OVER = re.compile(r"(\s|<!--.*?-->)*", re.DOTALL)


def find_kind(path: Path) -> Kind:
    """Raises SourceError: the file is empty, or nothing that has a table. OSError passes."""
    if path.suffix.lower() in (".yaml", ".yml"):
        raise SourceError("this is a mapping, and not a list", where=str(path), fix=MAPPING)
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise no_header(path)
    if head.startswith(ZIP):
        return _zip(path)
    if head.startswith(GZIP):
        return Kind.GZIP
    if head.startswith(OLE):
        return _ole(path)
    for signature, what, fix in SIGNATURES:
        if re.match(signature, head, re.DOTALL):
            raise SourceError(what, where=str(path), fix=fix)
    text = PASSED_OVER.sub("", _text(head), count=1)
    for opening, what, fix in OPENINGS:
        if re.match(opening, text, re.DOTALL | re.IGNORECASE):
            raise SourceError(what, where=str(path), fix=fix)
    return Kind.TEXT


def _text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _zip(path: Path) -> Kind:
    """By what is in it; of one that is damaged the reader of workbooks says how."""
    from importer.intake.source.package import (
        BINARY,
        CONTENT,
        ENCRYPTED_PACKAGE,
        OTHERS,
        WORKBOOK,
        part_name,
    )

    try:
        with zipfile.ZipFile(path) as archive:
            names = set(map(part_name, archive.namelist()))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError):
        return Kind.WORKBOOK
    if WORKBOOK in names:
        return Kind.WORKBOOK
    if BINARY in names:
        return Kind.XLSB
    if names & {CONTENT, ENCRYPTED_PACKAGE}:
        return Kind.ODS
    return Kind.WORKBOOK if names & dict(OTHERS).keys() else Kind.ZIP


def locked(path: Path, fix: str = TAKE_OFF) -> SourceError:
    return SourceError("the workbook is locked with a password", where=str(path), fix=fix)


def _ole(path: Path) -> Kind:
    """What is in the container; the directory may stand anywhere in it. Raises SourceError."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(ENCRYPTED) >= 0:
            raise locked(path)
        if any(content.find(name) >= 0 for name in BOOKS):
            return Kind.XLS
        if content.find(WORD) >= 0:
            what = "this is an old Word document (.doc)"
        else:
            what = "this is another program's file, and no Excel workbook"
    raise SourceError(what, where=str(path), fix=EXPORT)
