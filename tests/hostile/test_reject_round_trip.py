"""Refused rows come back as they were from the file that a spreadsheet program has saved."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it has no types
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from importer.delivery.connection import Connection
from importer.delivery.leadsquared import LeadSquared
from importer.delivery.lookups import User
from importer.delivery.throttle import Throttle
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import load_mapping
from importer.intake.source.file import Reading
from importer.intake.source.number_format import render
from importer.intake.source.open import open_source
from importer.jobs.mend import mend
from importer.jobs.session import Session
from importer.journal.job import Identity, Job, Layout, MappingText
from importer.journal.rows import JournalRow, Rows
from importer.journal.staging import stage
from importer.model import REJECT_COLUMNS, Block, ColumnStyle
from importer.results.rejects import write_rejects
from tests.hostile.test_reading import is_changed_by_openpyxl
from tests.hostile.texts import HOSTILE, any_text
from tests.journal.stored import FIXED, NOW

Table = list[list[str]]
FIRST = "Badge"  # the column that the mapping asks for, and whose cells are all refused
MAPPING = (
    f"version: 1\ncolumns: {{{FIRST}: {{field: LastName, choices: {{never: x}}, required: yes}}}}\n"
)
SHAS = count(1)
LIVE = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


class Heard:
    """A voice that keeps what was said."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, text: str) -> None:
        self.lines.append(text)

    def stored(self, rows: int) -> None: ...
    def progress(self, *_: object) -> None: ...


def refuse_call(request: httpx.Request) -> httpx.Response:
    if not request.url.path.endswith("Lead.Create"):
        return httpx.Response(404)
    raise AssertionError(f"a refused row was sent: {request.url}")


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """An account that must not be asked for anything."""
    state = tmp_path_factory.mktemp("state") / "quota.db"
    with (
        closing(
            LeadSquared("api.example.com", "a", "s", transport=httpx.MockTransport(refuse_call))
        ) as api,
        closing(Throttle(state, None)) as throttle,
    ):
        yield Connection(api, throttle, User("u", "org-1", "Acme"))


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journal") / "importer.db"


def refused(
    session: Session, rows: Sequence[list[str]], layout: Layout, kinds: Sequence[str]
) -> Job:
    """A job, all of whose rows the mapping refuses."""
    journal = session.open_journal(create=True)
    mapping = load_mapping(MAPPING, name="mapping.yaml")
    job = journal.create_job(
        Identity(f"{next(SHAS):064x}", "org-1", "Scans" if layout.columns else None),
        layout,
        file=str(journal.path.parent / "list.csv"),
        mapping=MappingText(1, mapping.name, mapping.text, mapping.sha256),
        now=NOW,
    )
    builder = LeadBuilder(mapping, layout.header, file="list.csv")
    return stage(journal, job, [Block(2, [*rows], kinds)], builder.screen, lambda: NOW)


def assert_comes_back(
    session: Session, job: Job, connection: Connection, path: Path, reading: Reading
) -> None:
    """The saved file is run, and every row is what it was, and none is new or was changed."""
    before = [as_kept(row) for row in Rows(session.journal, job).all()]
    voice = session.voice
    assert isinstance(voice, Heard)
    voice.lines.clear()
    mend(session, open_source(path, reading), None, connection)
    (said,) = (line for line in voice.lines if line.startswith("rows of the reject file"))
    assert said == f"rows of the reject file: 0 mended, {len(before)} as they were"
    assert [as_kept(row) for row in Rows(session.journal, job).all()] == before
    assert [*Rows(session.journal, job).own_cells()] == []
    assert session.exit_code == 1


def as_kept(row: JournalRow) -> tuple[object, ...]:
    return (row.number, row.cells, row.kinds, row.status, row.code, row.field, row.reason)


@pytest.fixture(scope="module")
def begun(journal: Path) -> Callable[[], Session]:
    def begin() -> Session:
        session = Session(Heard(), str(journal))
        session.begin({})
        return session

    return begin


# CSV

Saved = tuple[Path, Reading]
DIGITS = re.compile("[0-9]{1,17}")


def as_text(
    lines: Table, delimiter: str, ending: str = "\r\n", quoting: Any = csv.QUOTE_MINIMAL
) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=quoting).writerows(lines)
    return text.getvalue()


def shown(cell: str) -> str:
    """As Excel shows it: a number in the format General, and one sign at the end of a line."""
    if DIGITS.fullmatch(cell):
        return str(int(cell)) if int(cell) < 10**11 else f"{int(cell):.5E}"
    return re.sub("\r\n|\r", "\n", cell)


def as_it_is(lines: Table, path: Path, delimiter: str) -> Saved:
    path.write_bytes(as_text(lines, delimiter).encode("utf-8-sig"))
    return path, told(delimiter)


def by_excel(lines: Table, path: Path, delimiter: str) -> Saved:
    """CSV UTF-8."""
    return as_it_is([[*map(shown, line)] for line in lines], path, delimiter)


def by_german_excel(lines: Table, path: Path, _: str) -> Saved:
    return by_excel(lines, path, ";")


def by_old_excel(lines: Table, path: Path, _: str) -> Saved:
    """CSV (Comma delimited), which loses what its encoding has not."""
    text = as_text([[*map(shown, line)] for line in lines], ",")
    path.write_bytes(text.encode("cp1252", "replace"))
    return path, Reading(encoding="windows-1252")


def by_excel_as_unicode(lines: Table, path: Path, _: str) -> Saved:
    path.write_bytes(as_text([[*map(shown, line)] for line in lines], "\t").encode("utf-16"))
    return path, Reading()


def by_libreoffice(lines: Table, path: Path, delimiter: str) -> Saved:
    """Every text in quotation marks, without a byte order mark."""
    path.write_bytes(as_text(lines, delimiter, "\n", csv.QUOTE_ALL).encode())
    return path, told(delimiter)


def as_workbook(lines: Table, path: Path, _: str) -> Saved:
    """Saved as .xlsx, with our marks in it."""
    path = path.with_suffix(".xlsx")
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            for column, cell in enumerate(line):
                sheet.write_string(number, column, cell)
    return path, Reading()


def told(delimiter: str) -> Reading:
    return Reading(delimiter=delimiter if delimiter == "^" else None)


SAVES = [
    as_it_is, by_excel, by_german_excel, by_old_excel, by_excel_as_unicode, by_libreoffice,
    as_workbook,
]  # fmt: skip
TEXTS = any_text(
    st.characters(codec="utf-8", exclude_characters="\0\ufffe\uffff"),
    [text for text in HOSTILE if "\0" not in text and "\ufffe" not in text and len(text) < 1000],
)
NAMES = st.sampled_from(REJECT_COLUMNS) | TEXTS.filter(lambda text: text == text.strip())


@settings(FIXED, max_examples=120)
@given(
    header=st.lists(NAMES, min_size=1, max_size=3),
    rows=st.lists(st.lists(TEXTS, max_size=5), max_size=5),
    delimiter=st.sampled_from(",;\t|^"),
    save=st.sampled_from(SAVES),
)
@example(header=["=1"], rows=[["", "😀😀\x81"], ["x", "\u3000"]], delimiter=";", save=by_old_excel)
@example(header=["A"], rows=[["x", "\r\n"]], delimiter=",", save=by_excel)
def test_a_csv_comes_back_as_it_was(
    begun: Callable[[], Session],
    connection: Connection,
    tmp_path_factory: pytest.TempPathFactory,
    header: list[str],
    rows: Table,
    delimiter: str,
    save: Callable[[Table, Path, str], Saved],
) -> None:
    folder = tmp_path_factory.mktemp("csv")
    layout = Layout("utf-8", delimiter, (FIRST, *header))
    filled = [row if "".join(row).strip() else [] for row in rows]
    with begun() as session:
        job = refused(session, [["a"], *filled, ["z"]], layout, ())
        path = write_rejects(session.journal, job, folder, render)
        assert path is not None
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [*csv.reader(file, delimiter=delimiter)]
        assert not [cell for line in lines for cell in line if cell.startswith(LIVE)]
        saved, reading = save(lines, folder / "saved.csv", delimiter)
        assert_comes_back(session, job, connection, saved, reading)


# Workbooks

NUMBERS = ("General", "0", "00000", "0.00", "0%", "#,##0.00", "@")
DATES = ("yyyy-mm-dd", "dd/mm/yyyy hh:mm", "h:mm", "[h]:mm:ss")
VALUES = st.one_of(
    st.integers(-(10**15), 10**15).map(float),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 6)),
    st.integers(0, 99_999).map(lambda cents: cents / 100),
)
SECONDS = st.integers(0, 60_000 * 86_400).map(lambda seconds: seconds / 86_400)
DAYS = st.integers(0, 60_000).map(float)
TYPED = st.one_of(
    st.builds(render, st.sampled_from(NUMBERS), VALUES),
    st.builds(render, st.sampled_from(DATES), SECONDS | DAYS),
    st.sampled_from(
        [("TRUE", "b"), ("FALSE", "b"), ("#N/A", "e"), ("#SPILL!", "e"), ("=A1+1", "f")]
    ),
    TEXTS.filter(lambda text: not is_changed_by_openpyxl(text)).map(lambda text: (text, "t")),
)


def by_openpyxl(path: Path) -> Path:
    """Opened and saved."""
    book = openpyxl.load_workbook(path)
    saved = path.with_name("saved.xlsx")
    book.save(saved)
    return saved


@settings(FIXED, max_examples=60)
@given(
    rows=st.lists(st.lists(TYPED, min_size=3, max_size=3), min_size=1, max_size=5),
    formats=st.lists(st.sampled_from([*NUMBERS, *DATES]), min_size=3, max_size=3),
    save=st.sampled_from([by_openpyxl, lambda path: path]),
)
@example(rows=[[(" ", "t"), ("\t\n", "t"), ("x ", "t")]], formats=["@"] * 3, save=by_openpyxl)
def test_a_workbook_comes_back_as_it_was(
    begun: Callable[[], Session],
    connection: Connection,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[tuple[str, str]]],
    formats: list[str],
    save: Callable[[Path], Path],
) -> None:
    are_dates = [form in DATES for form in formats]  # openpyxl gives up a number that is no date
    assume(not any(are_dates[i] and row[i][1] == "n" for row in rows for i in range(3)))
    folder = tmp_path_factory.mktemp("xlsx")
    texts = [[text for text, _ in [("a", "t"), *row]] for row in rows]
    kinds = ["".join(kind for _, kind in [("a", "t"), *row]) for row in rows]
    layout = Layout(
        "xlsx", ",", (FIRST, "Met", "=1+1", ""), tuple(map(ColumnStyle, ["@", *formats]))
    )
    with begun() as session:
        job = refused(session, texts, layout, kinds)
        path = write_rejects(session.journal, job, folder, render)
        assert path is not None
        saved = save(path)
        for each in (path, saved):
            sheet = zipfile.ZipFile(each).read("xl/worksheets/sheet1.xml")
            assert not re.search(rb"<(\w+:)?f[ />]", sheet)
        assert_comes_back(session, job, connection, saved, Reading())
