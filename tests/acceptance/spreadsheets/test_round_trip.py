"""A table that is written in any format and dialect is read back as it was, cell by cell."""

import csv
import gzip
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.intake.columns.survey import survey
from importer.intake.source.file import Reading
from importer.intake.source.open import open_source
from tests.acceptance.spreadsheets.writers import ods, xls, zip_file
from tests.hostile.texts import any_text
from tests.journal.stored import FIXED

Rows = list[list[str]]

HEADER = ["Name", "Email", "Remarks"]
DELIMITERS = (",", ";", "\t", "|")
ENDINGS = ("\r\n", "\n", "\r")
QUOTING = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
# An encoding, and how it is told where its bytes alone may be those of another one.
ENCODINGS = {
    "utf-8": None,
    "utf-8-sig": None,
    "utf-16": None,
    "utf-16-be": "utf-16-be",
    "cp1252": "windows-1252",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "mac_roman": "mac-roman",
    "gb18030": "gb18030",
}
PACKING = ("", "zip", "gz")
# XML has none of these, and a cell of Excel's no more than so many characters.
NO_CELL = re.compile("[\x00-\x08\x0b-\x1f\ufeff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
LONGEST = 32_767
USUAL = ["Asha Rao", "00501", "1E5", "9198765432100123456", "14/03/2026", "=1+1", "TRUE", "NA",
         'Lotus "Prime"', "a,b;c|d\te", "first\nsecond", " two ", "", "Total", "sep=;"]  # fmt: skip


def rows_of(cells: st.SearchStrategy[str]) -> st.SearchStrategy[Rows]:
    """Each with an e-mail of its own: so none is a note, a total, or blank."""
    pairs = st.lists(st.tuples(cells, cells), min_size=1, max_size=12)
    return pairs.map(
        lambda found: [
            [first, f"person{number}@example.com", last]
            for number, (first, last) in enumerate(found)
        ]
    )


def texts(codec: str) -> st.SearchStrategy[str]:
    alphabet = st.characters(codec=codec, exclude_characters="\0\x1a\ufeff")
    return any_text(alphabet, [text for text in USUAL if text.isascii()])


def as_csv(rows: Sequence[Sequence[str]], delimiter: str, ending: str, quoting: Any) -> str:
    written = []
    for row in rows:
        line = io.StringIO(newline="")
        csv.writer(line, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerow(row)
        written.append(line.getvalue().removesuffix("\r\n"))
    return ending.join([*written, ""])


def by_xlsxwriter(rows: Rows) -> bytes:
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet("Leads")
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    return content.getvalue()


def by_xlwt(rows: Rows) -> bytes:
    return xls(rows)()


def by_odfpy(rows: Rows) -> bytes:
    return ods(rows)()


def packed(data: bytes, how: str) -> bytes:
    if how == "zip":
        return zip_file({"list.csv": data})()
    return gzip.compress(data, mtime=0) if how == "gz" else data


def read_back(path: Path, reading: Reading) -> tuple[list[str], Rows]:
    source = open_source(path, reading)
    facts = survey(source, reading)
    found = [row for block in source.read(reading, facts.left_out) for row in block.rows]
    return list(source.header), found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("written")


@settings(FIXED, max_examples=80)
@given(
    data=st.data(),
    encoding=st.sampled_from(list(ENCODINGS)),
    delimiter=st.sampled_from(DELIMITERS),
    ending=st.sampled_from(ENDINGS),
    quoting=st.sampled_from(QUOTING),
    packing=st.sampled_from(PACKING),
)
def test_a_text_file_is_read_back_as_it_was_written(
    folder: Path,
    data: st.DataObject,
    encoding: str,
    delimiter: str,
    ending: str,
    quoting: int,
    packing: str,
) -> None:
    rows = data.draw(rows_of(texts(encoding)), "rows")
    text = as_csv([HEADER, *rows], delimiter, ending, quoting)
    path = folder / "list.csv"
    path.write_bytes(packed(text.encode(encoding), packing))
    assert read_back(path, Reading(encoding=ENCODINGS[encoding])) == (HEADER, rows)


# A cell of xlwt's is UTF-16 and odfpy writes runs of blanks as one: what they write is checked
# with texts that survive them.
PLAIN = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Co", "Cn"])
WORDS = st.lists(st.text(PLAIN, min_size=1, max_size=8), max_size=4).map(" ".join)


@settings(FIXED, max_examples=60)
@given(
    rows=rows_of(WORDS | st.sampled_from([text for text in USUAL if text == text.strip()])),
    write=st.sampled_from([by_xlsxwriter, by_xlwt, by_odfpy]),
)
def test_a_workbook_is_read_back_as_it_was_written(
    folder: Path, rows: Rows, write: Callable[[Rows], bytes]
) -> None:
    rows = [[NO_CELL.sub("", text[:LONGEST]) for text in row] for row in rows]
    if write is by_odfpy:
        rows = [[text.replace("\t", " ") for text in row] for row in rows]
    path = folder / f"list_{write.__name__}"
    path.write_bytes(write([HEADER, *rows]))
    assert read_back(path, Reading()) == (HEADER, rows)


@settings(FIXED, max_examples=60)
@given(rows=rows_of(texts("utf-8")))
def test_any_text_in_a_workbook_is_read_back_as_it_was_written(folder: Path, rows: Rows) -> None:
    rows = [[NO_CELL.sub("", text[:LONGEST]) for text in row] for row in rows]
    path = folder / "list.xlsx"
    path.write_bytes(by_xlsxwriter([HEADER, *rows]))
    assert read_back(path, Reading()) == (HEADER, rows)
