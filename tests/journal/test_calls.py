"""What is counted of calls: each test makes them by the moves of a run."""

from uuid import UUID

import pytest

from importer.journal.calls import DELETE, THROTTLED, Calls, Fate, LostRow, Replied, Span
from importer.journal.decisions import note_decision
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.model import Outcome, RowStatus
from tests.journal.stored import NOW, make_job, people


@pytest.fixture
def job(journal: Journal) -> Job:
    return make_job(journal, people(9))


def call(
    journal: Journal,
    job: Job,
    number: int,
    http: int | None,
    error: str | None = None,
    *,
    at: int = 0,
    latency_ms: int = 100,
) -> None:
    """A Lead.Create of that row that left so many ms after NOW, and came back."""
    with journal.transaction():
        rows = Rows(journal, job)
        attempt = rows.start_attempt(number, None, NOW + at, 0)
        rows.end_attempt(number, attempt, http, error, latency_ms)


def look(journal: Journal, job: Job, name: str) -> None:
    with journal.transaction():
        rows = Rows(journal, job)
        rows.end_attempt(0, rows.start_attempt(0, name, NOW, 0), 200, None, 50)


def end(journal: Journal, job: Job, number: int, status: RowStatus) -> None:
    lead = UUID(int=number) if status is RowStatus.CREATED else None
    with journal.transaction():
        outcome = Outcome(status, lead_id=lead)
        Rows(journal, job).finish(number, outcome, NOW, old=RowStatus.PENDING)


def test_replies_are_counted_by_call_status_and_error(journal: Journal, job: Job) -> None:
    for number in (2, 3, 4):
        call(journal, job, number, 200)
    call(journal, job, 5, 500, "MXDuplicateEntryException")
    call(journal, job, 6, None, "ReadTimeout")
    look(journal, job, "Leads.RecentlyModified")
    assert Calls(journal, job).replies() == [
        Replied("Lead.Create", 200, None, 3),
        Replied("Lead.Create", None, "ReadTimeout", 1),
        Replied("Lead.Create", 500, "MXDuplicateEntryException", 1),
        Replied("Leads.RecentlyModified", 200, None, 1),
    ]


def test_other_jobs_have_calls_of_their_own(journal: Journal, job: Job) -> None:
    other = make_job(journal, people(2), sha256="cd" * 32)
    call(journal, other, 2, 200)
    calls = Calls(journal, job)
    assert (calls.replies(), calls.latencies(), calls.tries()) == ([], [], [])
    assert (calls.first_create(), [*calls.creates(0, 1000)]) == (None, [])
    assert (calls.lost(), calls.lost_rows(9)) == ({}, [])


def test_latencies_are_of_replies_to_creates_alone(journal: Journal, job: Job) -> None:
    call(journal, job, 2, 200, latency_ms=120)
    call(journal, job, 3, 200, latency_ms=80)
    call(journal, job, 4, 500, "MXBad", latency_ms=120)
    call(journal, job, 5, None, "ReadTimeout", latency_ms=30_000)
    look(journal, job, "Leads.Get")
    assert Calls(journal, job).latencies() == [(80, 1), (120, 2)]


def test_rows_are_counted_by_the_calls_that_they_took(journal: Journal, job: Job) -> None:
    for number in (2, 3, 3, 4, 4, 4):
        call(journal, job, number, 200)
    assert Calls(journal, job).tries() == [(1, 1), (2, 1), (3, 1)]


def test_creates_are_counted_by_spans_from_a_moment(journal: Journal, job: Job) -> None:
    for number, at, error in ((2, 100, None), (3, 900, THROTTLED), (4, 1_100, None)):
        call(journal, job, number, 200, error, at=at)
    call(journal, job, 5, None, at=7_100)
    calls = Calls(journal, job)
    assert calls.first_create() == NOW + 100
    assert [*calls.creates(NOW + 100, 1_000)] == [
        Span(0, 2, 1, NOW + 100, NOW + 900),
        Span(1, 1, 0, NOW + 1_100, NOW + 1_100),
        Span(7, 1, 0, NOW + 7_100, NOW + 7_100),
    ]


def test_deletions_are_counted_apart_from_creates(journal: Journal, job: Job) -> None:
    call(journal, job, 2, 200)
    rows = Rows(journal, job)
    with journal.transaction():
        for number, at, error in ((2, 5_100, None), (2, 5_900, None), (3, 7_000, THROTTLED)):
            attempt = rows.start_attempt(number, DELETE, NOW + at, 0)
            rows.end_attempt(number, attempt, 200, error, 50)
    first, second = [*Calls(journal, job).deletions(1_000)]
    assert (first.calls, first.throttled) == (2, 0)
    assert (first.first, first.last) == (NOW + 5_100, NOW + 5_900)
    assert (second.calls, second.throttled) == (1, 1)
    assert (second.first, second.last) == (NOW + 7_000, NOW + 7_000)
    assert [each.calls for each in Calls(journal, job).creates(NOW, 1_000)] == [1]


def test_a_lost_call_is_told_with_how_it_came_out(journal: Journal, job: Job) -> None:
    """One a row: adopted, sent again, refused and adopted, marked by a person, in doubt; a refusal,
    a call that never left and a throttled one are no lost ones."""
    call(journal, job, 2, None, "ReadTimeout")
    call(journal, job, 3, 500)
    call(journal, job, 3, 200)
    call(journal, job, 4, 502)
    call(journal, job, 4, 500, "MXDuplicateEntryException")
    call(journal, job, 5, None, "ReadError")
    call(journal, job, 3, 200, THROTTLED)
    call(journal, job, 6, None, "ReadTimeout")
    call(journal, job, 7, 500, "MXBad")
    call(journal, job, 8, None, "ConnectError")
    call(journal, job, 9, 503, THROTTLED)
    for number in (2, 3, 4, 5):
        end(journal, job, number, RowStatus.CREATED)
    end(journal, job, 6, RowStatus.IN_DOUBT)
    end(journal, job, 7, RowStatus.REJECTED)
    with journal.transaction():
        note_decision(journal, (job.number << 32) + 5, "mark_created", None, NOW)
    calls = Calls(journal, job)
    assert calls.lost() == {
        Fate(RowStatus.CREATED, "", ""): 1,
        Fate(RowStatus.CREATED, "again", ""): 1,
        Fate(RowStatus.CREATED, "refused", ""): 1,
        Fate(RowStatus.CREATED, "", "mark_created"): 1,
        Fate(RowStatus.IN_DOUBT, "", ""): 1,
    }
    assert calls.lost_rows(2) == [
        LostRow(2, None, "ReadTimeout", Fate(RowStatus.CREATED, "", "")),
        LostRow(3, 500, None, Fate(RowStatus.CREATED, "again", "")),
    ]


def test_a_call_without_an_end_is_a_lost_one(journal: Journal, job: Job) -> None:
    with journal.transaction():
        Rows(journal, job).claim(2, NOW, 0)
    assert Calls(journal, job).lost() == {Fate(RowStatus.SENDING, "", ""): 1}
