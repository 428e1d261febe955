"""Journals that were cut short, and what other commands find wrong with one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from importer.errors import JournalError
from importer.journal import schema
from importer.journal.journal import Journal
from importer.journal.salvage import NO_CALLS, NO_CELLS, SavedRow, salvage
from importer.journal.saved import NO_TABLES, flaw_to_others
from tests.journal.damage import PAGE, Files, read_files, root_of, write_files, zeroed
from tests.journal.every_state import (
    CELLS,
    LEADS,
    LOW,
    PENDING,
    expected,
    make_sound,
    make_unfolded,
    rows_of,
    statuses,
)
from tests.journal.stored import make_job, people

PAGES = 32  # of the sound journal
JOBS_END = 4 * PAGE  # of the page with the only job
LENGTHS = [*range(0, PAGES * PAGE, PAGE), *range(700, PAGES * PAGE, 3_001)]
LED = {2: LEADS[2], 3: LEADS[3], 4: LEADS[2], 10: LEADS[10]}
MENDED = ("Mended", "mended@example.com", "")


@pytest.fixture
def sound(path: Path) -> Files:
    return make_sound(path)


def cut_behind(files: Files, table: str) -> Files:
    """The page on which that table or index begins is the last."""
    return {**files, "": files[""][: root_of(files, table) * PAGE]}


def led(rows: dict[int, SavedRow]) -> dict[int, object]:
    return {number: row.lead_id for number, row in rows.items() if row.lead_id}


# What was cut short


def test_a_journal_without_its_last_tables_has_all_its_rows(path: Path, sound: Files) -> None:
    rows = rows_of(path, cut_behind(sound, "row_lead"))
    assert (statuses(rows), led(rows)) == (expected(), LED)
    assert [row.number for row in rows.values() if not row.cells] == []
    with salvage(path) as found:
        assert found.flaws[0] == "it is cut short: 14 of its 32 pages are gone"


def test_where_the_index_of_ids_is_cut_off_none_is_certain(path: Path, sound: Files) -> None:
    rows = rows_of(path, cut_behind(sound, "twin"))
    assert (statuses(rows), led(rows)) == (expected(), {})
    assert rows[3].reason == f"it names the lead {LEADS[3]}, which nothing confirms"


def test_where_calls_are_cut_off_no_row_is_pending(path: Path, sound: Files) -> None:
    rows = rows_of(path, cut_behind(sound, "row"))
    assert statuses(rows) == expected(*PENDING)
    assert NO_CALLS in rows[12].reason
    with salvage(path) as found:
        assert NO_TABLES in found.flaws


def test_where_cells_are_cut_off_nothing_is_left_but_jobs(path: Path, sound: Files) -> None:
    assert rows_of(path, cut_behind(sound, "count")) == {}


@pytest.mark.parametrize("length", [each for each in LENGTHS if each >= JOBS_END])
def test_wherever_a_journal_is_cut_no_row_is_told_as_what_it_is_not(
    path: Path, sound: Files, length: int
) -> None:
    assert len(sound[""]) == PAGES * PAGE
    for number, row in rows_of(path, {"": sound[""][:length]}).items():
        assert row.status in (None, expected()[number])
        assert row.lead_id in (None, LED.get(number))
        own = [MENDED] if number == 10 and row.status else [CELLS[number - 2], MENDED]
        assert row.cells is None or tuple(row.cells) in own
        assert row.cells is not None or NO_CELLS in row.reason


@pytest.mark.parametrize("length", [each for each in LENGTHS if each < JOBS_END])
def test_where_jobs_are_cut_off_nothing_is_told(path: Path, sound: Files, length: int) -> None:
    with pytest.raises(JournalError, match="nothing of a journal can be read there"):
        rows_of(path, {"": sound[""][:length]})


def test_what_stands_in_the_log_makes_up_for_what_was_cut(path: Path) -> None:
    files = make_unfolded(path)
    for length in LENGTHS:
        rows = rows_of(path, {**files, "": files[""][:length]})
        assert (statuses(rows), led(rows)) == (expected(), LED)


def test_a_reason_that_is_cut_off_is_no_reason(path: Path, sound: Files) -> None:
    at = sound[""].index(b"No such city.")
    row = rows_of(path, {"": sound[""][: at + 5] + bytes(8) + sound[""][at + 13 :]})[6]
    assert row.reason == "why cannot be read"


# What other commands find


def test_a_sound_journal_has_no_flaw_and_is_left_as_it_is(path: Path, sound: Files) -> None:
    assert flaw_to_others(path) is None
    assert read_files(path) == sound
    unfolded = make_unfolded(path.with_name("other.db"))
    write_files(path, unfolded)
    assert flaw_to_others(path) is None
    assert read_files(path) == unfolded


def test_a_journal_that_another_program_holds_has_no_flaw(path: Path, sound: Files) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert flaw_to_others(path) is None
    assert read_files(path)[""] == sound[""]


def test_a_table_that_salvage_has_no_use_for_is_missed_by_others(path: Path, sound: Files) -> None:
    write_files(path, sound)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM secret")
        db.commit()
    with salvage(path) as found:
        assert found.flaws == []
    assert flaw_to_others(path) == "it has no secret of its own"


def make_first_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        schema.connect(path, create=True).close()
    return read_files(path)


def test_a_journal_of_an_earlier_version_is_looked_at_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = make_first_version(path, monkeypatch)
    assert flaw_to_others(path) is None
    assert read_files(path) == files
    write_files(path, zeroed(files, root_of(files, "twin")))
    assert flaw_to_others(path) is not None


@pytest.mark.usefixtures("sound")
def test_a_row_that_was_accepted_without_a_call_is_a_flaw(path: Path) -> None:
    with Journal(path) as journal:
        make_job(journal, people(3), sha256="cd" * 32)
        journal.execute("DELETE FROM attempt WHERE row = ?", (LOW + 3,))
    assert flaw_to_others(path) == "rows of job 1 are sending or accepted without a call"
