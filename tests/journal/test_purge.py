import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from importer.errors import ResumableError
from importer.journal import purge
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.patience import QUIET_MS
from importer.journal.purge import Kept, has_free_pages, pack, remove_rows
from importer.journal.rows import Rows
from importer.model import JobState, Outcome, RowStatus
from tests.journal.stored import NOW, content, create_job, make_job, people

WORDS = "The phone 9800000001 is taken by Person 1"
PUT_DECISION = "INSERT INTO decision (row, number, at, what, detail) VALUES (?, 1, 1, ?, ?)"
PUT_FINGERPRINT = "INSERT INTO fingerprint (value, row) VALUES (?, ?)"
EXISTING = UUID("0e0e0e0e-1111-2222-3333-0e0e0e0e0e0e")


def a_job(journal: Journal, *, sha256: str = "ab" * 32, leads: int = 100) -> Job:
    """Rows 2, 3 created; 4 a duplicate that quotes; 5 added by a repair and rejected; 6 skipped."""
    job = make_job(journal, [*people(3), people(1)[0]], sha256=sha256)
    rows = Rows(journal, job)
    with journal.transaction():
        rows.add(6, ["Added One", "added@example.com", "97"])
        rows.requeue(6, RowStatus.INVALID, NOW)
        for number, outcome in {
            2: Outcome(RowStatus.CREATED, lead_id=UUID(int=leads + 2)),
            3: Outcome(RowStatus.CREATED, lead_id=UUID(int=leads + 3)),
            4: Outcome(RowStatus.DUPLICATE, "MXDup", WORDS, "Phone", existing_id=EXISTING),
            5: Outcome(RowStatus.SKIPPED, "same_row", "row 2 is the same"),
            6: Outcome(RowStatus.REJECTED, "HTTP 400", "added@example.com is no address"),
        }.items():
            attempt = rows.claim(number, NOW, 0)
            rows.end_attempt(number, attempt, 200, None, 5)
            rows.finish(number, outcome, NOW)
            journal.execute(PUT_FINGERPRINT, (number, (job.number << 32) + number))
        decided = ((job.number << 32) + 3, "mark_created", str(UUID(int=leads + 3)))
        journal.execute(PUT_DECISION, decided)
        journal.set_state(job, JobState.FINISHED, NOW)
    return journal.job(job.number)


def accepted() -> Iterator[Kept]:
    """As the rows are now: row 2 was mended since, and what row 3 sent can't be made again."""
    yield 2, 222
    yield 3, None


def traces(path: Path, *texts: bytes) -> list[bytes]:
    """Those of the texts that stand in any of the journal's files."""
    files = [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))]
    data = b"".join(file.read_bytes() for file in files if file.exists())
    return [text for text in texts if text in data]


def test_what_was_stored_of_the_rows_goes_and_the_record_stays(
    journal: Journal, path: Path
) -> None:
    job = a_job(journal)
    before = content(path)
    done = remove_rows(journal, job, accepted(), iter(()), NOW + 9)
    pack(journal)
    after = content(path, [*before, "fingerprint", "decision"])
    assert (done.state, done.ended_at) == (JobState.PURGED, job.ended_at)
    assert {name: after[name] for name in ("row", "block", "twin")} == {
        "row": [], "block": [], "twin": []
    }  # fmt: skip
    for name in ("count", "attempt", "mapping", "output"):
        assert after[name] == before[name]
    assert before["attempt"] != []
    low = job.number << 32
    assert after["fingerprint"] == [(3, low + 3), (222, low + 2)]
    assert after["decision"] == [(low + 3, 1, 1, "mark_created", None)]
    assert journal.execute("SELECT state, purged_at FROM job").fetchall() == [("purged", NOW + 9)]
    assert sum(journal.counts(1).values()) == 5


def test_no_byte_of_the_rows_is_left_in_the_file_and_its_wal(journal: Journal, path: Path) -> None:
    job = a_job(journal)
    texts = (
        b"person.1@example.com", b"9800000001", b"Person 1", b"added@example.com", b"Added One",
        WORDS.encode(), b"row 2 is the same", EXISTING.bytes, UUID(int=102).bytes,
        str(UUID(int=103)).encode(),
        bytes(journal.execute("SELECT cells FROM block").fetchone()[0]),
    )  # fmt: skip
    assert set(traces(path, *texts)) == {*texts} - {b"person.1@example.com"}, "it is packed"
    remove_rows(journal, job, accepted(), iter(()), NOW)
    pack(journal)
    assert traces(path, *texts) == []
    assert path.with_name(path.name + "-wal").stat().st_size == 0


def test_bytes_are_overwritten_where_a_kill_came_before_the_packing(path: Path) -> None:
    with Journal(path, create=True) as journal:
        journal.execute("PRAGMA secure_delete = OFF")  # some systems have it on
        job = a_job(journal)
        remove_rows(journal, job, accepted(), iter(()), NOW)
    assert traces(path, b"9800000001", b"Added One", WORDS.encode(), EXISTING.bytes) == []


def test_other_jobs_stay_as_they_are(journal: Journal) -> None:
    job = a_job(journal)
    other = a_job(journal, sha256="cd" * 32, leads=200)
    tables = ("row", "block", "twin", "attempt", "fingerprint", "decision")

    def of_other() -> dict[str, list[tuple[object, ...]]]:
        column = {"row": "id", "block": "id"}
        return {
            table: journal.execute(
                f"SELECT * FROM {table} WHERE {column.get(table, 'row')} >> 32 = ?",
                (other.number,),
            ).fetchall()
            for table in tables
        }

    before = of_other()
    remove_rows(journal, job, accepted(), iter(()), NOW)
    pack(journal)
    assert of_other() == before
    assert [len(before[table]) for table in tables] == [5, 2, 4, 5, 5, 1]
    assert journal.job(other.number).state is JobState.FINISHED


def test_a_job_that_was_not_stored_whole_gives_up_what_waited(journal: Journal) -> None:
    job = make_job(journal, people(3))
    with journal.transaction():
        journal.set_state(job, JobState.STAGING, NOW)
    remove_rows(journal, journal.job(1), iter(()), iter(()), NOW)
    counts = {status: rows for status, rows in journal.counts(1).items() if rows}
    assert counts == {RowStatus.SKIPPED: 3}


def test_a_purge_that_breaks_off_leaves_the_job_whole(journal: Journal, path: Path) -> None:
    job = a_job(journal)
    tables = ("job", "row", "block", "twin", "count", "fingerprint", "decision")
    before = content(path, tables)

    def broken() -> Iterator[Kept]:
        yield 2, 222
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        remove_rows(journal, job, broken(), iter(()), NOW)
    assert content(path, tables) == before
    assert remove_rows(journal, job, accepted(), iter(()), NOW).state is JobState.PURGED


def test_free_pages_tell_that_a_purge_was_not_packed(journal: Journal, path: Path) -> None:
    job = make_job(journal, people(2_000), size=500)
    assert not has_free_pages(journal)
    remove_rows(journal, job, iter(()), iter(()), NOW)
    assert has_free_pages(journal)
    before = path.stat().st_size + path.with_name(path.name + "-wal").stat().st_size
    pack(journal)
    assert not has_free_pages(journal)
    assert path.stat().st_size < before
    assert journal.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert journal.execute("PRAGMA application_id").fetchone() == (0x4C535149,)


def remove_and_pack(journal: Journal, job: Job) -> None:
    remove_rows(journal, job, accepted(), iter(()), NOW)
    pack(journal)


@pytest.mark.parametrize("begin", ["BEGIN IMMEDIATE", "BEGIN"])
def test_a_program_that_holds_the_journal_stops_the_purge(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch, begin: str
) -> None:
    """A writer stands in the way of the deleting, a reader in that of the folding in."""
    monkeypatch.setattr(purge, "PATIENCE_MS", 1)
    job = a_job(journal)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(begin)
        other.execute("SELECT count(*) FROM row").fetchone()
        with pytest.raises(ResumableError) as refused:
            remove_and_pack(journal, job)
    assert (refused.value.exit_code, refused.value.what, refused.value.where) == (
        75,
        "another program holds the journal",
        str(path),
    )
    job = journal.job(job.number)
    assert job.state is (JobState.PURGED if begin == "BEGIN" else JobState.FINISHED)
    if job.state is not JobState.PURGED:
        remove_rows(journal, job, accepted(), iter(()), NOW)
    pack(journal)
    assert traces(path, b"9800000001", WORDS.encode()) == []


def test_the_patience_with_others_is_as_before_after_a_purge(journal: Journal) -> None:
    job = create_job(journal)
    remove_rows(journal, job, iter(()), iter(()), NOW)
    pack(journal)
    assert journal.execute("PRAGMA busy_timeout").fetchone() == (QUIET_MS,)
