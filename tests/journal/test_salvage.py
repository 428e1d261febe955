"""Damaged journals, whose every row is told with its state, without it, or not at all: and never
with another one."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from importer.errors import JournalError
from importer.journal.journal import Journal
from importer.journal.records import SavedJob
from importer.journal.rows import Rows
from importer.journal.salvage import (
    FEWER,
    LOST_CHANGES,
    MISPLACED,
    NO_CALLS,
    NO_CELLS,
    NO_LINE,
    NO_REASON,
    NO_STATE,
    OLDER,
    OTHERS,
    salvage,
)
from importer.model import JobState, Outcome, RowStatus
from tests.journal.damage import (
    PAGE,
    Files,
    leaves_of,
    read_files,
    root_of,
    with_page,
    write_files,
    zeroed,
)
from tests.journal.every_state import (
    CELLS,
    FOREIGN,
    LEADS,
    LOW,
    PENDING,
    expected,
    finish,
    make_sound,
    make_unfolded,
    rows_of,
    statuses,
)
from tests.journal.stored import HEADER, NOW, make_job, people


@pytest.fixture
def sound(path: Path) -> Files:
    """The files of a closed journal, with a row of every state."""
    return make_sound(path)


def change(path: Path, sql: str, *values: object) -> None:
    """As something else than the importer would, past the table's checks."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        assert db.execute(sql, values).rowcount > 0
        db.commit()


def replaced(files: Files, page: int, old: bytes, new: bytes) -> Files:
    """Other bytes on that page, where these stand once."""
    data = files[""][(page - 1) * PAGE : page * PAGE]
    assert data.count(old) == 1
    return with_page(files, page, data.replace(old, new))


def row_page(files: Files) -> int:
    (page,) = leaves_of(files, "row")
    return page


def key(number: int) -> bytes:
    """A row's id as a record begins with it."""
    return bytes([0x90, 0x80, 0x80, 0x80, number])


def test_a_sound_journal_is_told_as_it_is(path: Path, sound: Files) -> None:
    rows = rows_of(path)
    assert statuses(rows) == expected()
    cells = {number: tuple(row.cells or ()) for number, row in rows.items()}
    assert cells == {
        number: ("Mended", "mended@example.com", "") if number == 10 else CELLS[number - 2]
        for number in expected()
    }
    assert {number: row.lead_id for number, row in rows.items() if row.lead_id} == {
        2: LEADS[2], 3: LEADS[3], 4: LEADS[2], 10: LEADS[10],
    }  # fmt: skip
    assert {number: row.reason for number, row in rows.items() if row.reason} == {
        4: "As row 2.",
        5: f"It is there; it names the lead {FOREIGN}, which nothing confirms",
        6: "No such city.",
        7: "Busy.",
        8: "Nobody knows.",
    }
    with salvage(path) as found:
        assert (found.is_whole, found.flaws) == (True, [])
        assert found.jobs == [
            SavedJob(1, found.jobs[0].key, "/lists/list.csv", None, ",", HEADER, JobState.OPEN,
                     found.jobs[0].counts)
        ]  # fmt: skip
    assert read_files(path) == sound


# What a record says


def test_a_status_that_is_none_is_unknown(path: Path, sound: Files) -> None:
    rows = rows_of(path, replaced(sound, row_page(sound), b"rejected", b"rejectfd"))
    assert statuses(rows) == expected(6)
    assert (rows[6].reason, rows[6].cells) == (NO_STATE, list(CELLS[4]))
    with salvage(path) as found:
        assert found.flaws == ["CHECK constraint failed in row"]


def test_a_row_that_stands_in_another_s_place_makes_both_unknown(path: Path, sound: Files) -> None:
    rows = rows_of(path, replaced(sound, row_page(sound), key(6), key(8)))
    assert statuses(rows) == expected(6, 7, 8)
    assert [rows[number].reason for number in (6, 7, 8)] == [NO_STATE, MISPLACED, MISPLACED]


def test_a_row_in_the_place_of_a_blank_line_is_none(path: Path, sound: Files) -> None:
    rows = rows_of(path, replaced(sound, row_page(sound), key(13), key(14)))
    others = expected()
    del others[13]  # which of the two is wrong is not known
    assert statuses(rows) == {**others, 14: None}
    assert rows[14].reason == NO_LINE
    assert {number for number, row in rows.items() if not row.cells} == {12, 14, 15, 16}


@pytest.mark.usefixtures("sound")
def test_a_row_behind_the_file_s_last_line_is_none(path: Path) -> None:
    change(path, "INSERT INTO row (id, status) VALUES (?, 'invalid')", LOW + 40)
    rows = rows_of(path)
    assert statuses(rows) == {**expected(), 40: None}
    assert rows[40].reason == NO_LINE


@pytest.mark.usefixtures("sound")
def test_a_created_row_without_an_id_is_unknown(path: Path) -> None:
    change(path, "UPDATE row SET lead_id = NULL WHERE id = ?", LOW + 3)
    assert statuses(rows_of(path)) == expected(3)


def test_an_id_that_its_index_does_not_name_is_told_in_words_only(path: Path, sound: Files) -> None:
    other = UUID(int=LEADS[3].int + 1)
    rows = rows_of(path, replaced(sound, row_page(sound), LEADS[3].bytes, other.bytes))
    assert statuses(rows) == expected()
    assert (rows[3].lead_id, rows[3].reason) == (
        None, f"it names the lead {other}, which nothing confirms",
    )  # fmt: skip


def test_an_id_that_another_row_has_made_is_not_this_one_s(path: Path, sound: Files) -> None:
    rows = rows_of(path, replaced(sound, row_page(sound), LEADS[3].bytes, LEADS[10].bytes))
    assert statuses(rows) == expected(3)
    assert OTHERS in rows[3].reason


def test_ids_are_told_in_words_without_their_index(path: Path, sound: Files) -> None:
    rows = rows_of(path, zeroed(sound, root_of(sound, "row_lead")))
    assert statuses(rows) == expected()
    assert not any(row.lead_id for row in rows.values())


def test_ids_are_checked_without_the_table_s_pages(path: Path, sound: Files) -> None:
    """The index is asked alone."""
    write_files(path, zeroed(sound, row_page(sound)))
    with salvage(path) as found:
        assert found._saved.holder(LEADS[3]) == LOW + 3
        assert found._saved.holder(FOREIGN) is None


def test_a_reason_that_is_no_text_is_said(path: Path, sound: Files) -> None:
    rows = rows_of(path, replaced(sound, row_page(sound), b"No such city", b"No su\xff\xfe city"))
    assert statuses(rows) == expected()
    assert rows[6].reason == NO_REASON


# States that may be old


def older(path: Path, do: Callable[[Journal, Rows], None], *tables: str) -> Files:
    """Pages of these tables as they were before something was done, where the disk has lost what
    was written then."""
    before = read_files(path)
    with Journal(path) as journal:
        do(journal, Rows(journal, journal.job(1)))
    after: Files = read_files(path)
    for table in tables:
        for page in leaves_of(before, table):
            after = with_page(after, page, before[""][(page - 1) * PAGE : page * PAGE])
    return after


def send(*numbers: int) -> Callable[[Journal, Rows], None]:
    def do(journal: Journal, rows: Rows) -> None:
        with journal.transaction():
            for number in numbers:
                outcome = Outcome(RowStatus.CREATED, lead_id=LEADS[number])
                finish(rows, number, outcome, NOW + 1_000 + number)

    return do


@pytest.mark.usefixtures("sound")
def test_a_row_that_a_call_was_made_for_since_is_unknown(path: Path) -> None:
    rows = rows_of(path, older(path, send(12, 16), "row"))
    assert statuses(rows) == expected(12, 16)
    assert rows[12].reason == (f'the journal says "pending", and {OLDER}: it may have been sent')


@pytest.mark.usefixtures("sound")
def test_a_row_that_came_back_after_its_call_is_pending(path: Path) -> None:
    with Journal(path) as journal, journal.transaction():
        rows = Rows(journal, journal.job(1))
        attempt = rows.claim(12, NOW + 500, 0)
        rows.end_attempt(12, attempt, 429, None, 10)
        rows.back(12, NOW + 510, due_at=NOW + 900, counted=False)
    assert statuses(rows_of(path)) == expected()


def test_where_calls_cannot_be_read_no_row_is_pending(path: Path, sound: Files) -> None:
    rows = rows_of(path, zeroed(sound, root_of(sound, "attempt")))
    assert statuses(rows) == expected(*PENDING)
    assert NO_CALLS in rows[12].reason


@pytest.mark.usefixtures("sound")
def test_where_fewer_rows_are_counted_none_is_pending(path: Path) -> None:
    rows = rows_of(path, older(path, send(12), "row", "attempt", "row_lead"))
    assert statuses(rows) == expected(*PENDING)
    assert FEWER in rows[20].reason


@pytest.mark.usefixtures("sound")
def test_rows_that_are_known_to_be_old_explain_a_lower_count(path: Path) -> None:
    assert statuses(rows_of(path, older(path, send(12), "row"))) == expected(12)


def test_with_a_torn_log_only_created_rows_are_certain(path: Path) -> None:
    files = make_unfolded(path)
    write_files(path, {**files, "-wal": files["-wal"][:-2000]})
    rows = rows_of(path)
    assert {row.status for row in rows.values()} <= {None, RowStatus.CREATED}
    assert LOST_CHANGES in rows[20].reason
    with salvage(path) as found:
        assert not found.is_whole


def test_what_stands_behind_a_tear_in_the_log_is_read_too(path: Path) -> None:
    with Journal(path, create=True) as journal:
        rows = Rows(journal, make_job(journal, CELLS, size=5))
        start = len(read_files(path)["-wal"])
        for number in (2, 3):
            send(number)(journal, rows)
        files = read_files(path)
    log = files["-wal"]
    write_files(path, {**files, "-wal": log[: start + 300] + b"\xa5" * 9 + log[start + 309 :]})
    assert rows_of(path)[3].lead_id == LEADS[3]


# Cells


def test_without_their_block_rows_have_a_state_and_no_cells(path: Path, sound: Files) -> None:
    rows = rows_of(path, zeroed(sound, root_of(sound, "block")))
    assert statuses(rows) == expected()
    assert {number for number, row in rows.items() if row.cells} == {10}
    assert (rows[6].reason, rows[2].reason) == (f"No such city; {NO_CELLS}", NO_CELLS)


def test_without_states_rows_have_cells(path: Path, sound: Files) -> None:
    rows = rows_of(path, zeroed(sound, row_page(sound)))
    assert statuses(rows) == dict.fromkeys(expected())
    assert {row.reason for row in rows.values()} == {NO_STATE}
    assert [tuple(row.cells or ()) for row in rows.values()] == [cells for cells in CELLS if cells]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE block SET cells = x'00' WHERE id = ?",
        "UPDATE block SET cells = CAST(substr(cells, 1, 30) || x'5a' || substr(cells, 32) AS BLOB)"
        " WHERE id = ?",
        "UPDATE block SET length = 4 WHERE id = ?",
        "DELETE FROM block WHERE id = ?",
    ],
)
@pytest.mark.usefixtures("sound")
def test_a_block_that_is_damaged_gives_no_cells(path: Path, sql: str) -> None:
    change(path, sql, LOW + 2)
    rows = rows_of(path)
    without = {number for number, row in rows.items() if not row.cells}
    assert without == {2, 3, 4, 5, 6}
    if "DELETE" not in sql:
        return
    assert {row.reason for row in rows.values() if not row.cells} == {NO_LINE}


@pytest.mark.parametrize("shift", [-1, 1, 3])
@pytest.mark.usefixtures("sound")
def test_a_block_at_the_wrong_place_gives_no_cells(path: Path, shift: int) -> None:
    change(path, "UPDATE block SET id = id + ? WHERE id = ?", shift, LOW + 7)
    for row in rows_of(path).values():
        own = ("Mended", "mended@example.com", "")
        assert tuple(row.cells or ()) in ((), CELLS[row.number - 2], own)


@pytest.mark.usefixtures("sound")
def test_the_last_block_at_the_wrong_place_gives_no_cells(path: Path) -> None:
    (last,) = (CELLS[index] for index in [-1])
    change(path, "UPDATE block SET id = id + 4 WHERE id = (SELECT max(id) FROM block)")
    rows = rows_of(path)
    assert last not in [tuple(row.cells or ()) for row in rows.values()]
    assert max(rows) == max(PENDING)


@pytest.mark.usefixtures("sound")
def test_mended_cells_that_cannot_be_read_are_not_those_of_the_file(path: Path) -> None:
    change(path, "UPDATE row SET cells = '[\"Mended' WHERE id = ?", LOW + 10)
    row = rows_of(path)[10]
    assert (row.status, row.cells, row.reason) == (RowStatus.CREATED, None, NO_CELLS)


# Jobs


def test_a_job_whose_record_is_gone_has_rows_and_no_name(path: Path, sound: Files) -> None:
    write_files(path, zeroed(sound, root_of(sound, "job")))
    with salvage(path) as found:
        (job,) = found.jobs
        assert (job.number, job.key, job.file, job.header) == (1, None, "", ())
        assert job.counts is not None
        assert statuses({row.number: row for row in found.rows(job)}) == expected()


def test_counts_that_cannot_be_are_none(path: Path, sound: Files) -> None:
    change(path, "UPDATE count SET rows = -1 WHERE status = 'created'")
    with salvage(path) as found:
        assert found.jobs[0].counts is None
    write_files(path, zeroed(sound, root_of(sound, "count")))
    with salvage(path) as found:
        assert found.jobs[0].counts is None


def test_each_job_has_its_own_rows(path: Path) -> None:
    with Journal(path, create=True) as journal:
        for name in ("a", "b"):
            make_job(journal, people(3), sha256=name * 64)
    with salvage(path) as found:
        assert [(job.number, [row.number for row in found.rows(job)]) for job in found.jobs] == [
            (1, [2, 3, 4]), (2, [2, 3, 4]),
        ]  # fmt: skip


# Nothing


@pytest.mark.parametrize(
    "content", [b"", b"First Name,Email\n" * 900, b"\xa5" * 3 * PAGE, b"SQLite format 3\0"]
)
def test_where_nothing_of_a_journal_is_it_is_said(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(JournalError) as caught, salvage(path):
        pass
    assert caught.value.what == "nothing of a journal can be read there"
    assert ".recover" in str(caught.value.fix)
    assert path.read_bytes() == content


def test_another_database_is_no_journal(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE photos (name TEXT)")
    with pytest.raises(JournalError, match="but no journal of the importer"), salvage(path):
        pass


def test_a_journal_without_jobs_has_nothing(path: Path) -> None:
    Journal(path, create=True).close()
    with pytest.raises(JournalError, match="nothing of a journal"), salvage(path):
        pass


def test_a_file_that_is_not_there_is_an_error(path: Path) -> None:
    with pytest.raises(JournalError) as caught, salvage(path):
        pass
    assert (caught.value.what, caught.value.fix) == (
        "the journal cannot be copied: No such file or directory",
        "name a journal that you can read with --journal",
    )
