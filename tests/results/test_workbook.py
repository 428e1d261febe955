from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.repair import read_repair
from importer.intake.source.number_format import render
from importer.intake.source.open import open_source
from importer.journal.job import Identity, Job, Layout
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.journal.staging import stage
from importer.model import Block, ColumnStyle, Outcome, RowStatus, Screened
from importer.results.rejects import write_rejects
from importer.results.workbook import RejectRow, RejectWorkbook, number_of, serial_of, title_of
from tests.journal.stored import FIXED, MAPPING, NOW

HEADER = ("Name", "Phone", "Zip", "Met", "Share", "Member", "Note")
STYLES = (
    ColumnStyle("General", 22.0),
    ColumnStyle("0", 16.5),
    ColumnStyle("00000"),
    ColumnStyle("dd/mm/yyyy hh:mm"),
    ColumnStyle("0%"),
    ColumnStyle(),
    ColumnStyle("@", 40.0),
)
ROW = ["Ada", "9198765432100", "00501", "2026-01-31 09:30:00", "12%", "TRUE", "=1+1"]
KINDS = "tnndnbt"


def screen(block: Block) -> Screened:
    return Screened({}, [], [f"row {block.first + i}" for i, _ in enumerate(block.rows)])


def refused(journal: Journal, folder: Path, rows: list[list[str]], kinds: list[str]) -> Job:
    """A workbook's job, all of whose rows were rejected for their phone."""
    job = journal.create_job(
        Identity("ab" * 32, "org-1", "Scans"),
        Layout("xlsx", ",", HEADER, STYLES),
        file=str(folder / "scans.xlsx"),
        mapping=MAPPING,
        now=NOW,
    )
    job = stage(journal, job, [Block(2, rows, kinds)], screen, lambda: NOW)
    with journal.transaction():
        for index, _ in enumerate(rows):
            outcome = Outcome(RowStatus.REJECTED, "MXInvalidInput", "no such phone", "Phone")
            Rows(journal, job).finish(index + 2, outcome, NOW, old=RowStatus.PENDING)
    return job


@pytest.fixture
def journal(tmp_path: Path) -> Any:
    with Journal(tmp_path / "importer.db", create=True) as journal:
        yield journal


def test_the_reject_file_of_a_workbook_is_one_and_reads_back_as_the_same_rows(
    journal: Journal, tmp_path: Path
) -> None:
    other = ["'quoted", "", "", "09:30:00", "12.5%", "#N/A", "+91 98450"]
    job = refused(journal, tmp_path, [ROW, other], [KINDS, "tttdnet"])
    path = write_rejects(journal, job, tmp_path, render)
    assert path == tmp_path / "scans.rejects.xlsx"
    assert path.stat().st_mode & 0o777 == 0o600
    repair = read_repair(open_source(path))
    assert (repair.job_key, repair.header) == (job.key, HEADER)
    assert [(row.import_row, row.cells, row.kinds) for row in repair.rows] == [
        (2, ROW, KINDS),
        (3, other, "tttdnet"),
    ]


def test_cells_keep_their_type_their_format_and_their_width(
    journal: Journal, tmp_path: Path
) -> None:
    path = write_rejects(journal, refused(journal, tmp_path, [ROW], [KINDS]), tmp_path, render)
    assert path is not None
    sheet = openpyxl.load_workbook(path)["Scans"]
    cells = [sheet.cell(2, column) for column in range(1, 8)]
    assert [(cell.data_type, cell.number_format) for cell in cells] == [
        ("s", "General"), ("n", "0"), ("n", "00000"), ("d", "dd/mm/yyyy hh:mm"), ("n", "0%"),
        ("b", "General"), ("s", "@"),
    ]  # fmt: skip
    assert [cells[1].value, cells[2].value, cells[4].value] == [9198765432100, 501, 0.12]
    assert [bool(cell.quotePrefix) for cell in cells] == [False] * 6 + [True]
    assert [sheet.column_dimensions[letter].width for letter in "ABG"] == [22.0, 16.5, 40.0]
    assert [sheet.cell(1, column).value for column in (8, 13)] == ["Reject Code", "Import Job"]


def test_cells_that_differ_from_their_column_keep_their_type_and_show_all(
    journal: Journal, tmp_path: Path
) -> None:
    """Each under a column of another format, as in a list that was put together of several."""
    row = ["00501", "1,234.50", "12.5%", "09:30:00", "501", "2026-01-31", "2026-01-31 09:30:00"]
    path = write_rejects(journal, refused(journal, tmp_path, [row], ["nnndndd"]), tmp_path, render)
    assert path is not None
    sheet = openpyxl.load_workbook(path)["Scans"]
    cells = [sheet.cell(2, column) for column in range(1, 8)]
    assert [cell.number_format for cell in cells] == [
        "00000", "#,##0.00", "0.0%", "hh:mm:ss", "General", r"yyyy\-mm\-dd",
        r"yyyy\-mm\-dd hh:mm:ss",
    ]  # fmt: skip
    assert [cell.data_type for cell in cells] == ["n", "n", "n", "d", "n", "d", "d"]
    assert [repair.cells for repair in read_repair(open_source(path)).rows] == [row]


def test_what_a_person_adds_below_gets_the_column_s_format(
    journal: Journal, tmp_path: Path
) -> None:
    path = write_rejects(journal, refused(journal, tmp_path, [ROW], [KINDS]), tmp_path, render)
    assert path is not None
    columns = openpyxl.load_workbook(path)["Scans"].column_dimensions
    assert [columns[letter].number_format for letter in "CDG"] == [
        "00000", "dd/mm/yyyy hh:mm", "@",
    ]  # fmt: skip


def test_the_cell_that_was_refused_is_marked_and_says_why(journal: Journal, tmp_path: Path) -> None:
    path = write_rejects(journal, refused(journal, tmp_path, [ROW], [KINDS]), tmp_path, render)
    assert path is not None
    row: Any = openpyxl.load_workbook(path)["Scans"][2]
    assert [cell.column_letter for cell in row if cell.comment] == ["B"]
    assert [cell.column_letter for cell in row if cell.fill.fill_type] == ["B"]
    assert row[1].comment.text == "no such phone"


@FIXED.__class__(FIXED, max_examples=60)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=7, max_size=7))
def test_any_text_reads_back_as_it_was(tmp_path_factory: Any, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("text") / "out.xlsx"
    book = RejectWorkbook("Sheet", HEADER, STYLES, render)
    book.add(RejectRow(texts, "", ("code", "Name", "why", "", "2", "0123456789ab"), [0]))
    book.save(path)
    (row,) = read_repair(open_source(path)).rows
    assert [text for text in row.cells if text.strip()] == [text for text in texts if text.strip()]


@FIXED
@given(st.integers(-(10**15), 10**15), st.integers(0, 6), st.sampled_from(["0", "0%", "#,##0.00"]))
def test_a_number_that_excel_shows_is_read_from_its_text(
    digits: int, places: int, number_format: str
) -> None:
    value = float(f"{digits}e-{places}")
    text, _ = render(number_format, value)
    found = number_of(text)
    assert found is not None
    assert render(number_format, found)[0] == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12%", 0.12),
        ("(1,234.50)", -1234.5),
        ("-7", -7.0),
        ("₹ 5", 5.0),
        ("(987) 654-3210", None),
        ("", None),
        ("1.2.3", None),
    ],
)
def test_what_is_not_surely_a_number_is_none(text: str, number: float | None) -> None:
    if number is None and text.startswith("("):
        assert render("(###) ###-####", number_of(text) or 0.0)[0] != text or number_of(text)
    else:
        assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("2026-01-31", 46053.0),
        ("2026-01-31 12:00:00", 46053.5),
        ("06:00:00", 0.25),
        ("26:30:00", 26.5 / 24),
        ("31/01/2026", None),
    ],
)
def test_dates_are_days_since_the_first_of_excel(text: str, serial: float | None) -> None:
    assert serial_of(text) == serial


@pytest.mark.parametrize(
    ("sheet", "title"),
    [
        ("Leads", "Leads"),
        ("a:b/c?d*e[f]g\\h", "a b c d e f g h"),
        ("'quoted'", "quoted"),
        ("x" * 40, "x" * 31),
        ("::", "Sheet1"),
        ("a\x1bb\u202ec", "abc"),
        ("लीड", "लीड"),
    ],
)
def test_a_sheet_has_a_name_that_excel_allows(tmp_path: Path, sheet: str, title: str) -> None:
    assert title_of(sheet) == title
    book = RejectWorkbook(sheet, HEADER, STYLES, lambda code, value: render(code, value))
    book.save(tmp_path / "rejects.xlsx")
    assert openpyxl.load_workbook(tmp_path / "rejects.xlsx").sheetnames == [title]
