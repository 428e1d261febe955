import codecs
import gzip
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from importer.errors import SourceError
from importer.intake.source.kind import (
    EXPORT,
    MAPPING,
    SAVE_AS_WORKBOOK,
    UNPACK,
    Kind,
    find_kind,
)

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504
LOCKED = OLE + b"\xfe\xff" * 70_000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 96
WORD = OLE + "WordDocument".encode("utf-16-le") + b"\0" * 104
XML = '<?xml version="1.0"?>\r\n'
XML_2003 = (
    f'{XML}<?mso-application progid="Excel.Sheet"?>\r\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
)

PICTURE = "this is a picture"
HTML = "this is a web page (HTML), whatever its name says"
SPREADSHEET_2003 = "this is an XML spreadsheet (Excel 2003), whatever its name says"
JSON = "this is JSON, and not a table"
JSON_FIX = f"{EXPORT}; or, if it is the mapping, {MAPPING}"


def saved(folder: Path, content: bytes | str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path) -> tuple[str, str | None]:
    with pytest.raises(SourceError) as caught:
        find_kind(path)
    assert caught.value.where == str(path)
    return caught.value.what, caught.value.fix


@pytest.mark.parametrize(
    ("content", "what", "fix"),
    [
        (b"%PDF-1.7\n", "this is a PDF", EXPORT),
        (b"\x89PNG\r\n\x1a\n", PICTURE, EXPORT),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", PICTURE, EXPORT),
        (b"GIF89a\x01\0", PICTURE, EXPORT),
        (b"RIFF\x24\n\0\0WEBPVP8 ", PICTURE, EXPORT),
        (b"MM\0*\0\0\0\x08", PICTURE, EXPORT),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", PICTURE, EXPORT),
        (b"\0\0\0\x18ftypheic", PICTURE, EXPORT),
        (b"BZh91AY&SY", "this is a compressed file", UNPACK),
        (b"7z\xbc\xaf\x27\x1c", "this is a packed archive", UNPACK),
        (b"leads.csv".ljust(257, b"\0") + b"ustar\0", "this is a packed archive", UNPACK),
        (b"PK\x05\x06" + b"\0" * 18, "this is an empty zip file", EXPORT),
        (rb"{\rtf1\ansi", "this is a text document (RTF)", EXPORT),
        (OLE, "this is another program's file, and no Excel workbook", EXPORT),
        (b"\x09\x08\x06\0\0\x05", "this is a very old workbook", SAVE_AS_WORKBOOK),
        (WORD, "this is an old Word document (.doc)", EXPORT),
        ("<html><table>", HTML, SAVE_AS_WORKBOOK),
        ("\ufeff \r\n\t<!DOCTYPE HTML PUBLIC", HTML, SAVE_AS_WORKBOOK),
        ("<!-- made by a program -->\n<Table border=1>", HTML, SAVE_AS_WORKBOOK),
        ("<HTML><BODY>".encode("utf-16"), HTML, SAVE_AS_WORKBOOK),
        (f"{XML}<html xmlns='http://www.w3.org/1999/xhtml'>", HTML, SAVE_AS_WORKBOOK),
        (XML_2003, SPREADSHEET_2003, SAVE_AS_WORKBOOK),
        (f"{XML}<leads><lead/></leads>", "this is an XML file", EXPORT),
        (json.dumps({"leads": []}), JSON, JSON_FIX),
        (json.dumps([{"Name": "Asha"}], indent=2), JSON, JSON_FIX),
        ("\ufeff{}", JSON, JSON_FIX),
    ],
)
def test_what_is_no_table_is_named(
    tmp_path: Path, content: bytes | str, what: str, fix: str
) -> None:
    assert refusal(saved(tmp_path, content)) == (what, fix)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, b"")) == (
        "the file is empty",
        "its first row has to name the columns",
    )


@pytest.mark.parametrize("name", ["Workbook", "Book"])
def test_an_old_workbook_is_told_by_what_is_in_it(tmp_path: Path, name: str) -> None:
    assert find_kind(saved(tmp_path, OLE + name.encode("utf-16-le"))) is Kind.XLS


def test_a_password_is_told_from_an_old_workbook(tmp_path: Path) -> None:
    what, fix = refusal(saved(tmp_path, LOCKED, "list.xlsx"))

    assert what == "the workbook is locked with a password"
    assert fix is not None
    assert fix.startswith("open it in Excel, take the password off")


def test_a_journal_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "importer.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE job (number INTEGER)")
    db.close()

    assert refusal(path) == (
        "this is a journal or another SQLite database, and not a list",
        "name the list; a journal is named with --journal",
    )


@pytest.mark.parametrize("name", ["mapping.yaml", "MAPPING.YML"])
def test_a_mapping_is_no_list(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, "version: 1\n", name)

    assert refusal(path) == ("this is a mapping, and not a list", MAPPING)


@pytest.mark.parametrize(
    "content",
    [
        "A,B\n1,2\n",
        "\n\nA,B\n",
        "BMI,PKW,Rar!\n",
        "ID;Phone\n",
        "II*,MM\n",
        "{name},[city]\n",
        "<name>,<city>\n",
        "[1],x\n",
        "%PDF,x\n",
        codecs.BOM_UTF8 + b"A,B\n",
        "A,B\n".encode("utf-16"),
        "A,B\n".encode("utf-16-be"),
        "Ä,ß\n".encode("cp1252"),
        b"\0\0\0\0",
    ],
)
def test_everything_else_is_taken_for_text(tmp_path: Path, content: bytes | str) -> None:
    assert find_kind(saved(tmp_path, content)) is Kind.TEXT


def test_a_zip_file_goes_to_the_reader_of_workbooks(tmp_path: Path) -> None:
    assert find_kind(saved(tmp_path, b"PK\x03\x04\x14\0", "list.csv")) is Kind.WORKBOOK


def test_an_archive_goes_to_the_reader_of_archives(tmp_path: Path) -> None:
    assert find_kind(saved(tmp_path, gzip.compress(b"A,B\n", mtime=0))) is Kind.GZIP
    with zipfile.ZipFile(tmp_path / "leads.csv", "w") as archive:
        archive.writestr("leads.csv", "A,B\n")
    assert find_kind(tmp_path / "leads.csv") is Kind.ZIP
