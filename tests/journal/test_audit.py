"""Each test damages a journal by SQL, and the audit must say where."""

from uuid import UUID

import pytest

from importer.journal.audit import MOST_NAMED, Audit, Numbers, shared_leads
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.outputs import put_output
from importer.journal.rows import Rows
from importer.model import Outcome, RowStatus
from tests.journal.stored import NOW, make_job, people

LEAD = UUID("12345678-9abc-def0-1234-56789abcdef0")


def created(journal: Journal, count: int = 5, *, sha256: str = "ab" * 32, leads: int = 0) -> Job:
    """A job of that many rows in blocks of two, all of them created; leads: Ids count from it."""
    job = make_job(journal, people(count), sha256=sha256)
    rows = Rows(journal, job)
    with journal.transaction():
        for number in range(2, count + 2):
            rows.claim(number, NOW, 0)
            outcome = Outcome(RowStatus.CREATED, lead_id=UUID(int=leads + number))
            rows.finish(number, outcome, NOW)
    return job


def row_id(job: Job, number: int) -> int:
    return (job.number << 32) + number


def numbers(found: Numbers) -> tuple[int, list[int]]:
    return found.total, found.first


NONE: tuple[int, list[int]] = (0, [])


def test_a_whole_ledger_has_nothing_to_say(journal: Journal) -> None:
    job = created(journal)
    audit = Audit(journal, job)
    assert audit.rows_by_status() == audit.counted() == {"created": 5}
    stored = audit.stored()
    assert (stored.lines, stored.added, stored.holds) == (5, 0, True)
    for found in (audit.lacks_lead(), audit.has_lead(), audit.without_call()):
        assert numbers(found) == NONE
    assert shared_leads(journal) == []
    assert audit.left() == 8, "5 rows and 3 blocks"


def test_blank_lines_are_no_rows_and_added_ones_are(journal: Journal) -> None:
    job = make_job(journal, [("Ada", "", "1"), (), ("Bob", "", "2"), (), (), ("Eve", "", "3")])
    with journal.transaction():
        Rows(journal, job).add(12, ["New", "", "9"])
    stored = Audit(journal, job).stored()
    assert (stored.lines, stored.added, stored.holds) == (3, 1, True)


@pytest.mark.parametrize("number", [2, 4, 6])
def test_a_row_that_is_gone_is_found(journal: Journal, number: int) -> None:
    job = created(journal)
    journal.execute("DELETE FROM row WHERE id = ?", (row_id(job, number),))
    audit = Audit(journal, job)
    assert audit.rows_by_status() == {"created": 4}
    stored = audit.stored()
    assert (numbers(stored.missing), numbers(stored.surplus)) == ((1, [number]), NONE)
    assert not stored.holds


@pytest.mark.parametrize("number", [1, 3, 9])
def test_a_row_that_stands_in_no_file_is_found(journal: Journal, number: int) -> None:
    job = make_job(journal, [("Ada", "", "1"), (), ("Bob", "", "2")], size=3)
    journal.execute("INSERT INTO row (id, status) VALUES (?, 'pending')", (row_id(job, number),))
    stored = Audit(journal, job).stored()
    assert (numbers(stored.missing), numbers(stored.surplus)) == (NONE, (1, [number]))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE block SET cells = substr(cells, 1, 9) WHERE id = ?",
        "UPDATE block SET length = 1 WHERE id = ?",
        "UPDATE block SET length = 3 WHERE id = ?",
    ],
)
def test_a_block_that_cannot_be_read_is_found(journal: Journal, damage: str) -> None:
    job = created(journal)
    journal.execute(damage, (row_id(job, 4),))
    assert 4 in Audit(journal, job).stored().unreadable.first


def test_a_block_that_is_gone_leaves_rows_without_a_line(journal: Journal) -> None:
    job = created(journal)
    journal.execute("DELETE FROM block WHERE id = ?", (row_id(job, 4),))
    stored = Audit(journal, job).stored()
    assert (stored.lines, numbers(stored.surplus)) == (3, (2, [4, 5]))


def test_ids_where_none_may_be_and_none_where_one_must_be_are_found(journal: Journal) -> None:
    job = created(journal)
    journal.execute("PRAGMA ignore_check_constraints = ON")
    journal.execute("UPDATE row SET lead_id = NULL WHERE id = ?", (row_id(job, 3),))
    journal.execute("UPDATE row SET status = 'rejected' WHERE id = ?", (row_id(job, 5),))
    audit = Audit(journal, job)
    assert numbers(audit.lacks_lead()) == (1, [3])
    assert numbers(audit.has_lead()) == (1, [5])


@pytest.mark.parametrize("status", ["created", "updated"])
def test_an_id_at_two_rows_of_the_journal_is_found_across_jobs(
    journal: Journal, status: str
) -> None:
    created(journal, 2)
    created(journal, 2, sha256="cd" * 32, leads=10)
    journal.execute("DROP INDEX row_lead")
    journal.execute(
        "UPDATE row SET lead_id = ?, status = ? WHERE id = ?",
        (UUID(int=3).bytes, status, (2 << 32) + 2),
    )
    assert shared_leads(journal) == [[(1, 3), (2, 2)]]


def test_rows_without_a_call_are_found_unless_a_person_marked_them(journal: Journal) -> None:
    job = created(journal)
    for number in (2, 3, 4):
        journal.execute("DELETE FROM attempt WHERE row = ?", (row_id(job, number),))
    with journal.transaction():
        Rows(journal, job).start_attempt(2, "Leads.Get", NOW, 0)
    sql = "INSERT INTO decision (row, number, at, what) VALUES (?, 1, 1, ?)"
    journal.execute(sql, (row_id(job, 3), "mark_created"))
    journal.execute(sql, (row_id(job, 4), "resend"))
    assert numbers(Audit(journal, job).without_call()) == (2, [2, 4])


def test_a_row_in_sending_needs_a_call_whatever_a_person_decided(journal: Journal) -> None:
    job = make_job(journal, people(2))
    with journal.transaction():
        Rows(journal, job).claim(2, NOW, 0)
    assert numbers(Audit(journal, job).without_call()) == NONE
    journal.execute("DELETE FROM attempt")
    sql = "INSERT INTO decision (row, number, at, what) VALUES (?, 1, 1, 'mark_created')"
    journal.execute(sql, (row_id(job, 2),))
    assert numbers(Audit(journal, job).without_call()) == (1, [2])


def test_another_jobs_damage_is_not_this_jobs(journal: Journal) -> None:
    job = created(journal, 2)
    other = created(journal, 2, sha256="cd" * 32, leads=10)
    journal.execute("DELETE FROM attempt WHERE row >> 32 = 2")
    journal.execute("DELETE FROM row WHERE id = ?", (row_id(other, 2),))
    audit = Audit(journal, job)
    assert (audit.stored().holds, numbers(audit.without_call())) == (True, NONE)


def test_the_newest_output_comes_first(journal: Journal) -> None:
    job = make_job(journal, people(1))
    with journal.transaction():
        for path in ("/b.csv", "/a.csv", "/c.csv"):
            put_output(journal, job, "results", path, "1")
    for path, at in (("/b.csv", 30), ("/a.csv", 10), ("/c.csv", None)):
        journal.execute("UPDATE output SET written_at = ? WHERE path = ?", (at, path))
    found = [(each.path, each.written_at) for each in Audit(journal, job).outputs("results")]
    assert found == [("/b.csv", 30), ("/a.csv", 10), ("/c.csv", 0)]


def test_an_output_is_stored_with_the_time_of_its_writing(journal: Journal) -> None:
    job = make_job(journal, people(1))
    with journal.transaction():
        put_output(journal, job, "results", "/a.csv", "1")
    ((at, now),) = journal.execute(
        "SELECT written_at, CAST(strftime('%s', 'now') AS INTEGER) * 1000 FROM output"
    ).fetchall()
    assert now - 60_000 < at < now + 60_000


def test_of_many_numbers_the_first_are_named() -> None:
    found = Numbers()
    for number in range(2, 2 + MOST_NAMED + 3):
        found.add(number)
    assert str(found) == "row 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more"
