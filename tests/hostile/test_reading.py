"""Any table that was written is read back as it was, or refused with its place; and any bytes."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it has no types
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.escape import unescape

from importer.errors import SourceError
from importer.intake.source.file import Reading
from importer.intake.source.open import open_source
from importer.model import REJECT_COLUMNS
from tests.hostile.texts import HOSTILE, any_text
from tests.intake.source.test_text import rows, saved
from tests.intake.source.workbooks import saved as saved_parts
from tests.intake.source.workbooks import sheet_xml, workbook_parts
from tests.journal.stored import FIXED

Table = list[list[str]]

# How a file may be written, and how a person may say it is.
CODECS = {
    "utf-8": (None, "utf-8"),
    "utf-8-sig": (None, "UTF-8", "utf-8-sig"),
    "utf-16": (None, "unicode"),
    "utf-16-be": ("utf-16", "utf-16-be"),
    "utf-32": (None, "utf-32"),
    "cp1252": ("ansi", "windows-1252"),
    "cp932": ("shift-jis",),
    "gb18030": ("gbk",),
}
NO_TWO_WAYS = "¢£¬‖−〜"  # Windows reads the bytes that cp932 has for them as other signs
ENDINGS = ("\n", "\r\n", "\r")
QUOTING = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)


def tables(cells: st.SearchStrategy[str], widths: tuple[int, int]) -> st.SearchStrategy[Table]:
    full = st.lists(cells, min_size=2, max_size=2)
    other = st.lists(cells, min_size=widths[0], max_size=widths[1])
    return st.lists(full | other, max_size=8)


def as_csv(table: Sequence[Sequence[str]], delimiter: str, ending: str, quoting: Any) -> str:
    """By the csv module, which puts breaks of any kind in quotation marks where it is to end its
    lines with both signs."""
    lines = []
    for row in table:
        line = io.StringIO(newline="")
        csv.writer(line, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerow(row)
        lines.append(line.getvalue().removesuffix("\r\n"))
    return ending.join([*lines, ""])


def numbered(table: Table) -> dict[int, list[str]]:
    """What is to be read of a table below its header."""
    return {number: row for number, row in enumerate(table, 2) if "".join(row).strip()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lists")


# CSV


@settings(FIXED, max_examples=300)
@given(
    data=st.data(),
    codec=st.sampled_from(list(CODECS)),
    delimiter=st.sampled_from(",;\t|^"),
    ending=st.sampled_from(ENDINGS),
    quoting=st.sampled_from(QUOTING),
    size=st.sampled_from([1, 3, 500]),
)
def test_a_table_in_any_form_is_read_back_as_it_was(
    folder: Path,
    data: st.DataObject,
    codec: str,
    delimiter: str,
    ending: str,
    quoting: int,
    size: int,
) -> None:
    """Where the names in its first row hold no delimiters, they may be found out."""
    name = data.draw(st.sampled_from(CODECS[codec]), "encoding")
    told = data.draw(st.sampled_from([delimiter, None] if delimiter != "^" else ["^"]), "told")
    alphabet = st.characters(codec=codec, exclude_characters="\0\ufeff" + NO_TWO_WAYS)
    hostile = [text for text in HOSTILE if not set("\0\ufeff" + NO_TWO_WAYS) & set(text)]
    cells = any_text(alphabet, [text for text in hostile if is_in(text, codec)])
    table = data.draw(tables(cells, (2, 2) if told is None else (0, 4)), "table")
    text = as_csv([["Name", "Import Job"], *table], delimiter, ending, quoting)
    if data.draw(st.booleans(), "open end") and table and table[-1:] != [[]]:
        text = text.removesuffix(ending)
    path = saved(folder, text.encode(codec))
    source = open_source(path, Reading(encoding=name, delimiter=told))
    assert (source.header, source.delimiter) == (("Name", "Import Job"), delimiter)
    assert rows(source, size) == numbered(table)


def is_in(text: str, codec: str) -> bool:
    try:
        return text.encode(codec).decode(codec) == text
    except UnicodeError:
        return False


FIRST = any_text(st.characters(codec="utf-8"), [*HOSTILE, *REJECT_COLUMNS])


@settings(FIXED, max_examples=200)
@given(
    whole=st.lists(st.lists(FIRST, max_size=5), min_size=1, max_size=6),
    quoting=st.sampled_from(QUOTING),
)
@example(whole=[["", " "], ["Name", "Email"], ["a", "b"]], quoting=csv.QUOTE_MINIMAL)
@example(whole=[["%PDF-1.7"]], quoting=csv.QUOTE_MINIMAL)
def test_whatever_stands_first_is_the_header_or_above_it_or_refused(
    folder: Path, whole: Table, quoting: int
) -> None:
    text = as_csv(whole, ",", "\r\n", quoting)
    assume(not text.startswith("\ufeff"))
    assume(not text.lower().startswith(("sep=", '"sep=')))
    path = saved(folder, text)
    filled = {number: row for number, row in enumerate(whole, 1) if "".join(row).strip()}
    try:
        source = open_source(path, Reading(delimiter=","))
        found = {source.header_row: [*source.header], **rows(source)}
    except SourceError as error:
        assert_told(error, path)
        assert_has_reason(error, is_table="\0" not in text and bool(filled))
    else:
        below = {n: row for n, row in filled.items() if n >= source.header_row}
        assert found == below or "\0" in text, "with NULs it may look like UTF-16"


def assert_told(error: SourceError, path: Path) -> None:
    assert error.what
    assert error.where
    assert error.where.startswith(str(path))
    assert error.fix


def assert_has_reason(error: SourceError, *, is_table: bool) -> None:
    """A table is refused only where it begins as another kind of file does."""
    assert not is_table or error.what.startswith("this is ")


# Workbooks


def by_openpyxl(path: Path, table: Table) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for number, row in enumerate(table, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column, text)
            cell.data_type = "s"  # "=1+1" is a text here
    book.save(path)


def by_xlsxwriter(path: Path, table: Table) -> None:
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(table):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)


LONGEST = 32_767  # characters of a workbook's cell
NO_CHARACTERS = re.compile("[\ufffe\uffff]")  # XML has none, and calamine leaves their escapes


@settings(FIXED, max_examples=100)
@given(
    table=tables(any_text(st.characters(codec="utf-8")), (0, 4)),
    write=st.sampled_from([by_openpyxl, by_xlsxwriter]),
    size=st.sampled_from([1, 500]),
)
def test_a_workbook_of_any_texts_is_read_back_as_it_was(
    folder: Path, table: Table, write: Callable[[Path, Table], None], size: int
) -> None:
    table = [[NO_CHARACTERS.sub("", text[:LONGEST]) for text in row] for row in table]
    if write is by_openpyxl:
        assume(not any(is_lost_by_openpyxl(text) for row in table for text in row))
    path = folder / "list.xlsx"
    write(path, [["Name", "Import Job"], *table])
    source = open_source(path)
    assert source.header == ("Name", "Import Job")
    widest = max(map(len, table), default=0)
    found = rows(source, size)
    assert {number: cut(row, 2) for number, row in found.items()} == {
        number: cut([*row, "", ""], 2) for number, row in numbered(table).items()
    }
    assert all(2 <= len(row) <= max(widest, 2) for row in found.values())


def is_lost_by_openpyxl(text: str) -> bool:
    """It escapes nothing, and does not say of blanks alone that they are to be kept."""
    return is_changed_by_openpyxl(text) or bool(text and not text.strip())


def is_changed_by_openpyxl(text: str) -> bool:
    """What it reads otherwise than it was written, or can't write."""
    return bool(ILLEGAL_CHARACTERS_RE.search(text)) or "\r" in text or unescape(text) != text


def cut(row: Sequence[str], width: int) -> list[str]:
    """Without what is blank behind the header's last cell."""
    cells = list(row)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return cells


# Anything at all

SHEET_NAMES = st.sampled_from(
    ["row", "c", "v", "f", "is", "t", "r", "sheetData", "x:c", "mergeCell"]
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["r", "t", "s", "spans", "si", "ref", "xml:space", "min", "max", "width"]),
    st.sampled_from(
        ["A1", "B2", "A0", "ZZZ1", "XFD1048576", "A99999999999", "1", "-1", "0", "99999999999", "",
         "s", "n", "b", "e", "d", "str", "inlineStr", "shared", "é", "1.5", "A1:B2"]
    ),
    max_size=3,
)  # fmt: skip
LEAVES = st.sampled_from(
    ["", "1", "-1", "99", "1e400", "NaN", "x", "2026-01-31", "TRUE", "#N/A", "é"]
)


def tag(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def made(name: str, attributes: dict[str, str], content: list[str]) -> str:
        told = "".join(f' {key}="{value}"' for key, value in attributes.items())
        return f"<{name}{told}>{''.join(content)}</{name}>"

    return st.builds(made, SHEET_NAMES, ATTRIBUTES, st.lists(inside, max_size=3))


SHEETS = st.lists(st.recursive(LEAVES, tag, max_leaves=8), max_size=3).map("".join)
PLAIN = ["Name", ",", ";", "\n", "\r", '"', "=1", "é", "\0", "sep=;"]
BYTES = st.one_of(
    st.binary(max_size=60),
    st.lists(st.sampled_from([*map(str.encode, PLAIN), b"\xff\xfe", b"\xef\xbb\xbf", b"\xe9",
                              b"PK\x03\x04", b"\x00\x00", b"\x81", b"\x1a", b"\xd8\x00"])).map(
        b"".join
    ),
)  # fmt: skip
READINGS = st.builds(
    Reading,
    encoding=st.none() | st.sampled_from([*CODECS, "utf-7", "hz", "rot13", "", "\0", "é"]),
    delimiter=st.none() | st.sampled_from([",", ";", "tab", "", "\n", '"', "é", "\0", "::"]),
    sheet=st.none() | st.none() | st.sampled_from(["1", "0", "Leads", "²", ""]),
    header_row=st.none() | st.integers(-1, 5) | st.just(1 << 70),
    pads=st.booleans(),
)


@settings(FIXED, max_examples=400)
@given(content=BYTES, reading=READINGS)
@example(content=b"a,b\n1,2", reading=Reading(header_row=1 << 70))
def test_any_bytes_are_rows_or_refused(folder: Path, content: bytes, reading: Reading) -> None:
    assert_rows_or_refused(saved(folder, content), reading)


@settings(FIXED, max_examples=200)
@given(sheet=SHEETS, reading=READINGS)
@example(sheet="", reading=Reading(header_row=1 << 70))
def test_any_sheet_is_rows_or_refused(folder: Path, sheet: str, reading: Reading) -> None:
    path = saved_parts(folder / "sheet.xlsx", workbook_parts(sheet_xml(sheet)))
    assert_rows_or_refused(path, Reading(sheet=reading.sheet, header_row=reading.header_row))


def assert_rows_or_refused(path: Path, reading: Reading) -> None:
    try:
        source = open_source(path, reading)
        found = [*source.read(reading)]
    except SourceError as error:
        assert_told(error, path)
    else:
        numbers = [block.first + i for block in found for i, _ in enumerate(block.rows)]
        assert numbers == sorted(set(numbers))
        assert all(number > source.header_row for number in numbers)
