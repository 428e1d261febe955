"""What passes know of earlier ones."""

from uuid import UUID

import pytest

from importer.journal.drops import DropRecords, LastFile, refusals
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.model import ACCEPTED, JobState, RowStatus
from importer.passes import Refusals, RefusedRow
from tests.delivery.harness import make_job, people

LATER = 2_000
SHA = "ab" * 32


@pytest.fixture
def records(journal: Journal) -> DropRecords:
    return DropRecords(journal)


def finish(journal: Journal, job: Job, status: RowStatus = RowStatus.CREATED) -> Job:
    """All of its rows have that status."""
    rows = Rows(journal, job)
    with journal.transaction():
        for number in rows.numbers_of(RowStatus.PENDING):
            row_id = job.number << 32 | number
            lead_id = UUID(int=row_id).bytes if status in ACCEPTED else None
            journal.execute(
                "UPDATE row SET status = ?, code = 'no', field = 'Email', reason = ?, lead_id = ?"
                " WHERE id = ?",
                (status, f"row {number}", lead_id, row_id),
            )
            journal.shift(job.number, RowStatus.PENDING, status)
        return journal.set_state(job, JobState.FINISHED, LATER)


def test_a_job_with_rows_to_send_is_unfinished_for_its_drop_alone(
    journal: Journal, records: DropRecords
) -> None:
    job, other = (make_job(journal, people(2)) for _ in range(2))
    records.note_job(job, "events")
    assert records.unfinished("events") == [job.number]
    assert records.unfinished("more") == []
    records.note_job(other, "more")
    records.note_job(job, "more")
    assert records.unfinished("more") == [job.number, other.number]
    assert records.unfinished("events") == []


def test_a_finished_job_is_unfinished_until_its_files_are_written(
    journal: Journal, records: DropRecords
) -> None:
    job = make_job(journal, people(1))
    assert records.owes(job) is False
    records.note_job(job, "events")
    finish(journal, job)
    assert (records.unfinished("events"), records.owes(job)) == ([job.number], True)
    records.note_written(job, LATER)
    assert (records.unfinished("events"), records.owes(job)) == ([], False)
    records.note_retry(job)
    assert (records.unfinished("events"), records.owes(job)) == ([job.number], True)
    records.note_written(job, LATER)
    assert (records.unfinished("events"), records.owes(job)) == ([], False)


def test_a_purged_job_owes_nothing_that_could_be_done(
    journal: Journal, records: DropRecords
) -> None:
    job = make_job(journal, people(1))
    records.note_job(job, "events")
    finish(journal, job)
    with journal.transaction():
        journal.set_state(job, JobState.PURGED, LATER)
    assert records.unfinished("events") == []


def test_failed_rows_are_told_of_so_many_times_and_once_they_have_rested(
    journal: Journal, records: DropRecords
) -> None:
    job, sound = (make_job(journal, people(1)) for _ in range(2))
    for each, status in ((job, RowStatus.FAILED), (sound, RowStatus.CREATED)):
        records.note_job(each, "events")
        finish(journal, each, status)
    assert records.failed("events", 1, LATER) == [job.number]
    assert records.failed("events", 1, LATER - 1) == []
    assert records.failed("more", 1, LATER) == []
    assert records.failed("events", 0, LATER) == []
    records.note_retry(job)
    assert records.failed("events", 1, LATER) == []
    assert records.failed("events", 2, LATER) == [job.number]


def test_a_job_that_goes_on_has_no_failed_rows_to_send_again_yet(
    journal: Journal, records: DropRecords
) -> None:
    job = make_job(journal, people(1))
    records.note_job(job, "events")
    job = finish(journal, job, RowStatus.FAILED)
    with journal.transaction():
        journal.set_state(job, JobState.OPEN, LATER)
    assert records.failed("events", 1, LATER) == []


def test_the_last_file_of_each_drop_is_kept_once_its_files_are_written(
    journal: Journal, records: DropRecords
) -> None:
    one, two, three, other = (make_job(journal, people(1)) for _ in range(4))
    records.note_job(one, "events", LastFile("a.csv", "{}"))
    assert records.last_file("events") is None
    for job, name, last in (
        (one, "events", None),  # what was noted first stays with the job
        (other, "more", LastFile("m.csv", "{}")),
        (two, "events", LastFile("b.csv", "[]")),
        (three, "events", None),
    ):
        records.note_job(job, name, last)
        records.note_written(job, LATER)
    assert records.last_file("events") == LastFile("b.csv", "[]")
    assert records.last_file("more") == LastFile("m.csv", "{}")
    records.note_written(one, LATER)  # its file is not the last one any more
    assert records.last_file("events") == LastFile("b.csv", "[]")


def test_what_was_let_through_is_used_up_by_its_file_alone(
    journal: Journal, records: DropRecords
) -> None:
    job, other = (make_job(journal, people(1)) for _ in range(2))
    sha256 = job.identity.sha256
    assert other.identity.sha256 != sha256
    assert records.is_let_through("events", sha256) is None
    records.let_through("events", sha256, always=False)
    assert records.is_let_through("events", sha256) is False
    assert records.is_let_through("more", sha256) is None
    records.let_through("events", sha256, always=True)
    assert records.is_let_through("events", sha256) is True
    records.let_through("more", sha256, always=True)
    for each in (other, job):
        assert records.is_let_through("events", sha256) is True
        records.note_job(each, "events")
        records.note_written(each, LATER)
    assert records.is_let_through("events", sha256) is None
    assert records.is_let_through("more", sha256) is True


def test_a_pass_is_told_from_the_one_before(records: DropRecords) -> None:
    told = [records.end_pass(1, 0, text, {}) for text in ("", "", "a", "a", "b", "a")]
    assert told == [True, False, True, False, True, True]


def test_why_accounts_could_not_go_on_is_known_to_the_next_pass(records: DropRecords) -> None:
    assert records.last_stops() == {}
    records.end_pass(1, 75, "", {"acme": "no answer"})
    assert records.last_stops() == {"acme": "no answer"}
    records.end_pass(2, 0, "", {})
    assert records.last_stops() == {}


def test_the_reasons_are_counted_and_the_first_rows_told(journal: Journal) -> None:
    other, job = (make_job(journal, people(13)) for _ in range(2))
    for each in (other, job):
        finish(journal, each, RowStatus.REJECTED)
    with journal.transaction():
        low = job.number << 32
        journal.execute("UPDATE row SET status = 'skipped' WHERE id = ?", (low | 2,))
        journal.execute(
            "UPDATE row SET code = NULL, field = NULL, reason = NULL, status = 'failed'"
            " WHERE id = ?",
            (low | 3,),
        )
    counted, first = refusals(journal, job)
    assert counted == [Refusals("no", "Email", 11), Refusals("failed", None, 1)]
    assert first == [
        RefusedRow(3, "failed", None, ""),
        *(RefusedRow(number, "no", "Email", f"row {number}") for number in range(4, 13)),
    ]


def test_what_is_known_of_a_dropped_job_goes_with_it(
    journal: Journal, records: DropRecords
) -> None:
    job = make_job(journal, people(1))
    records.note_job(job, "events")
    assert journal.drop_unsent(job)
    assert journal.execute("SELECT count(*) FROM drop_job").fetchone() == (0,)
