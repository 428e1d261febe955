from uuid import UUID

import pytest

from importer.journal.decisions import note_decision
from importer.journal.history import History, give_up_pending, holder_of
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.model import CallRecord, DecisionRecord, Outcome, RowStatus
from tests.journal.stored import NOW, make_job, people

LEAD = UUID(int=7)
AT = NOW / 1000
LOOK = "Leads.RecentlyModified"


@pytest.fixture
def rows(journal: Journal) -> Rows:
    """Rows 2, 3, 5 and 6; 4 is blank."""
    return Rows(journal, make_job(journal, [*people(2), (), *people(2)]))


def call(rows: Rows, number: int, name: str | None, at: int, http: int | None = 200) -> None:
    with rows.journal.transaction():
        attempt = rows.start_attempt(number, name, at, 500)
        rows.end_attempt(number, attempt, http, None if http else "ReadError", 30)


def record(name: str, number: int, ms: int, http: int | None, *, for_all: bool) -> CallRecord:
    at = (NOW + ms) / 1000
    error = None if http else "ReadError"
    return CallRecord(name, number, at, (NOW + ms + 500) / 1000, http, error, 30, for_all)


def end(rows: Rows, number: int, at: int) -> None:
    with rows.journal.transaction():
        rows.finish(number, Outcome(RowStatus.FAILED), at, old=RowStatus.PENDING)


def test_a_row_has_its_calls_and_the_look_ups_for_all_made_while_its_fate_was_open(
    rows: Rows,
) -> None:
    for name, at in ((LOOK, 29), (LOOK, 31), (LOOK, 99), (LOOK, 100)):
        call(rows, 0, name, NOW + at)
    call(rows, 3, None, NOW, None)
    call(rows, 3, "Leads.Get", NOW + 40)
    call(rows, 3, None, NOW + 60)
    end(rows, 3, NOW + 100)
    history = History(rows.journal, rows.job)
    assert history.calls(3) == [
        record("Lead.Create", 1, 0, None, for_all=False),
        record(LOOK, 2, 31, 200, for_all=True),
        record("Leads.Get", 2, 40, 200, for_all=False),
        record("Lead.Create", 3, 60, 200, for_all=False),
        record(LOOK, 3, 99, 200, for_all=True),
    ]
    assert (history.changed_at(3), history.changed_at(2)) == (NOW + 100, None)


def test_a_call_that_a_kill_cut_off_has_no_end(rows: Rows) -> None:
    with rows.journal.transaction():
        rows.start_attempt(2, None, NOW, 0)
    end(rows, 2, NOW + 9)
    call(rows, 0, LOOK, NOW + 5)
    assert [(each.name, each.http, each.latency_ms) for each in
            History(rows.journal, rows.job).calls(2)] == [
        ("Lead.Create", None, None), (LOOK, 200, 30),
    ]  # fmt: skip


def test_a_row_that_was_never_sent_has_no_calls(rows: Rows) -> None:
    call(rows, 0, LOOK, NOW)
    end(rows, 2, NOW + 50)
    assert History(rows.journal, rows.job).calls(2) == []


def test_decisions_are_the_rows_own_and_the_one_for_all_that_moved_it(
    rows: Rows, journal: Journal
) -> None:
    low = rows.job.number << 32
    end(rows, 3, NOW)
    with journal.transaction():
        note_decision(journal, low + 3, "resend", None, NOW + 5)
        note_decision(journal, low + 3, "give_up", "why", NOW + 9)
        give_up_pending(journal, rows.job, "given_up", "by a person", NOW + 7)
        note_decision(journal, low, "cancel", "3 rows", NOW + 7)
    history = History(journal, rows.job)
    assert history.decisions(3) == [
        DecisionRecord((NOW + 5) / 1000, "resend"),
        DecisionRecord((NOW + 9) / 1000, "give_up", "why"),
    ]
    assert history.decisions(2) == [DecisionRecord((NOW + 7) / 1000, "cancel", "3 rows")]


def test_which_rows_there_are(rows: Rows, journal: Journal) -> None:
    make_job(journal, people(9), sha256="cd" * 32)
    history = History(journal, rows.job)
    assert history.ends() == (2, 6)
    assert [history.has_rows(*each) for each in ((4, 4), (3, 4), (7, 99), (2, 6))] == [
        False, True, False, True,
    ]  # fmt: skip
    end(rows, 3, NOW)
    assert history.others(2, 99, RowStatus.PENDING, 5) == [(3, RowStatus.FAILED)]
    assert history.others(2, 6, RowStatus.FAILED, 2) == [
        (2, RowStatus.PENDING), (5, RowStatus.PENDING),
    ]  # fmt: skip
    empty = make_job(journal, [], sha256="ef" * 32)
    assert History(journal, empty).ends() == (0, 0)


def test_only_pending_rows_of_the_job_are_given_up_and_they_are_counted(
    rows: Rows, journal: Journal
) -> None:
    other = Rows(journal, make_job(journal, people(2), sha256="cd" * 32))
    end(rows, 3, NOW)
    with journal.transaction():
        rows.claim(5, NOW, 0)
        assert give_up_pending(journal, rows.job, "given_up", "by a person", NOW + 1) == 2
    assert [(row.number, row.status, row.code, row.reason) for row in rows.all()] == [
        (2, "skipped", "given_up", "by a person"), (3, "failed", None, None),
        (5, "sending", None, None), (6, "skipped", "given_up", "by a person"),
    ]  # fmt: skip
    assert {s: n for s, n in rows.counts().items() if n} == {
        RowStatus.SKIPPED: 2, RowStatus.FAILED: 1, RowStatus.SENDING: 1,
    }  # fmt: skip
    assert other.counts()[RowStatus.PENDING] == 2


def test_who_holds_a_lead_is_told(rows: Rows, journal: Journal) -> None:
    assert holder_of(journal, LEAD) is None
    with journal.transaction():
        rows.claim(5, NOW, 0)
        rows.finish(5, Outcome(RowStatus.CREATED, lead_id=LEAD), NOW)
    assert holder_of(journal, LEAD) == (1, 5)
