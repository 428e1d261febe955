"""What is counted of a job's rows."""

from collections.abc import Iterable
from uuid import UUID

import pytest

from importer.delivery.duplicates import Duplicates
from importer.delivery.leadsquared import NEVER_LEFT
from importer.journal import calls
from importer.journal.decisions import note_decision
from importer.journal.figures import IN_FILE, Decided, DuplicateRow, Figures, Reason, Version
from importer.journal.job import Job, MappingText
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.model import Outcome, RowStatus
from tests.journal.stored import NOW, make_job, people

LEAD = UUID("12345678-9abc-def0-1234-56789abcdef0")


@pytest.fixture
def job(journal: Journal) -> Job:
    made = make_job(journal, people(9))
    outcomes = {
        2: Outcome(RowStatus.CREATED, lead_id=UUID(int=2)),
        3: Outcome(RowStatus.REJECTED, "MXBad", "No such city.", "City"),
        4: Outcome(RowStatus.REJECTED, "MXBad", "No such town.", "City"),
        5: Outcome(RowStatus.REJECTED, "MXBad", "No."),
        6: Outcome(RowStatus.DUPLICATE, "MXDup", "It is there.", "Email", existing_id=LEAD),
        7: Outcome(RowStatus.DUPLICATE, "MXDup", "It is there.", "Email"),
        8: Outcome(RowStatus.SKIPPED, "MXDup", "It is there.", existing_id=LEAD),
        9: Outcome(RowStatus.SKIPPED, "same_row", "As row 2."),
    }
    with journal.transaction():
        for number, outcome in outcomes.items():
            Rows(journal, made).finish(number, outcome, NOW, old=RowStatus.PENDING)
    make_job(journal, people(3), sha256="cd" * 32)
    return made


def test_rows_are_counted_by_what_was_wrong(journal: Journal, job: Job) -> None:
    figures = Figures(journal, job)
    assert figures.reasons() == [
        Reason(RowStatus.DUPLICATE, "MXDup", "Email", 2),
        Reason(RowStatus.REJECTED, "MXBad", "City", 2),
        Reason(RowStatus.REJECTED, "MXBad", None, 1),
    ]
    assert figures.reasons([RowStatus.SKIPPED]) == [
        Reason(RowStatus.SKIPPED, "MXDup", None, 1),
        Reason(RowStatus.SKIPPED, "same_row", None, 1),
    ]


def test_of_each_reason_the_first_rows_are_named(journal: Journal, job: Job) -> None:
    assert Figures(journal, job).first_of_each(1) == {
        (RowStatus.DUPLICATE, "MXDup", "Email"): [6],
        (RowStatus.REJECTED, "MXBad", "City"): [3],
        (RowStatus.REJECTED, "MXBad", None): [5],
    }


def test_duplicates_have_the_lead_that_is_there(journal: Journal, job: Job) -> None:
    figures = Figures(journal, job)
    told = [
        DuplicateRow(6, "MXDup", "Email", LEAD),
        DuplicateRow(7, "MXDup", "Email", None),
        DuplicateRow(8, "MXDup", None, LEAD),
    ]
    assert figures.duplicates(9) == (told, 3)
    assert figures.duplicates(1) == (told[:1], 3)


def test_rows_that_repeat_another_of_the_file_are_no_people_who_were_there(
    journal: Journal, job: Job
) -> None:
    outcomes = {
        2: Outcome(RowStatus.DUPLICATE, "duplicate_in_file", "As 3.", "Email", existing_id=LEAD),
        3: Outcome(RowStatus.SKIPPED, "same_lead", "As 2.", existing_id=LEAD),
        4: Outcome(RowStatus.SKIPPED, "accepted_before", "Job 1.", existing_id=LEAD),
        5: Outcome(RowStatus.CREATED, lead_id=LEAD),
    }
    other = make_job(journal, people(4), sha256="ef" * 32)
    with journal.transaction():
        for number, outcome in outcomes.items():
            Rows(journal, other).finish(number, outcome, NOW, old=RowStatus.PENDING)
    assert Figures(journal, job).repeats(9) == ([DuplicateRow(9, "same_row", None, None)], 1)
    figures = Figures(journal, other)
    assert figures.repeats(1) == ([DuplicateRow(2, "duplicate_in_file", "Email", LEAD)], 2)
    assert figures.duplicates(9) == ([DuplicateRow(4, "accepted_before", None, LEAD)], 1)


def test_what_repeats_in_a_file_is_what_the_sender_says_it_is() -> None:
    duplicates = Duplicates(skips=False)
    found = [duplicates.in_file(2, "Email", LEAD), duplicates.same_lead(LEAD)]
    assert (*(each.code for each in found), "same_row") == IN_FILE


def test_decisions_are_counted_with_their_times(journal: Journal, job: Job) -> None:
    low = job.number << 32
    with journal.transaction():
        note_decision(journal, low + 3, "retry", None, NOW + 5)
        note_decision(journal, low + 4, "retry", None, NOW + 9)
        note_decision(journal, low, "cancel", None, NOW)
        note_decision(journal, (2 << 32) + 2, "resend", None, NOW)
    assert Figures(journal, job).decisions() == [
        Decided("cancel", 1, NOW, NOW),
        Decided("retry", 2, NOW + 5, NOW + 9),
    ]


def put_on_lists(journal: Journal, job: Job, rows: Iterable[int]) -> None:
    """These rows' leads on the first of two lists."""
    with journal.transaction():
        for number, name in ((1, "Fair"), (2, "Newsletter")):
            values = (number, job.number, name)
            journal.execute("INSERT INTO static_list (number, job, name) VALUES (?, ?, ?)", values)
        for row in rows:
            sql = "INSERT INTO listed (list, row) VALUES (1, ?)"
            journal.execute(sql, ((job.number << 32) + row,))


def finish(journal: Journal, job: Job, outcomes: dict[int, Outcome]) -> None:
    with journal.transaction():
        for number, outcome in outcomes.items():
            Rows(journal, job).finish(number, outcome, NOW, old=RowStatus.PENDING)


def test_static_lists_have_the_leads_that_were_added(journal: Journal) -> None:
    """Row 3 repeats row 2, and rows 5 and 6 have a lead that was there before this list."""
    job = make_job(journal, people(5))
    finish(journal, job, {
        2: Outcome(RowStatus.CREATED, lead_id=UUID(int=2)),
        3: Outcome(RowStatus.SKIPPED, "same_row", "As row 2.", existing_id=UUID(int=2)),
        4: Outcome(RowStatus.CREATED, lead_id=UUID(int=4)),
        5: Outcome(RowStatus.SKIPPED, "accepted_before", "Job 1.", existing_id=LEAD),
        6: Outcome(RowStatus.SKIPPED, "MXDup", "It is there.", existing_id=LEAD),
    })  # fmt: skip
    put_on_lists(journal, job, range(2, 7))
    assert Figures(journal, job).lists() == [("Fair", 3), ("Newsletter", 0)]


def test_a_lead_that_was_undone_is_on_no_list(journal: Journal) -> None:
    job = make_job(journal, people(2))
    finish(journal, job, {
        2: Outcome(RowStatus.DELETED, lead_id=UUID(int=2)),
        3: Outcome(RowStatus.SKIPPED, "same_row", "As row 2.", existing_id=UUID(int=2)),
    })  # fmt: skip
    put_on_lists(journal, job, [3])
    assert Figures(journal, job).lists() == [("Fair", 0), ("Newsletter", 0)]


def test_a_row_that_is_sent_again_after_its_undo_is_on_the_list_once(journal: Journal) -> None:
    """Row 3 repeated row 2 while that had another lead."""
    job = make_job(journal, people(2))
    finish(journal, job, {
        2: Outcome(RowStatus.CREATED, lead_id=UUID(int=9)),
        3: Outcome(RowStatus.SKIPPED, "same_row", "As row 2.", existing_id=UUID(int=2)),
    })  # fmt: skip
    put_on_lists(journal, job, [2, 3])
    assert Figures(journal, job).lists() == [("Fair", 1), ("Newsletter", 0)]


def test_a_lead_that_a_row_of_the_journal_had_made_is_told_as_undone(journal: Journal) -> None:
    """In whatever job; and of a row that was sent again since, by its list alone."""
    other, job = make_job(journal, people(1), sha256="cd" * 32), make_job(journal, people(5))
    gone, again = UUID(int=7), UUID(int=8)
    finish(journal, other, {2: Outcome(RowStatus.DELETED, lead_id=gone)})
    finish(journal, job, {
        2: Outcome(RowStatus.CREATED, lead_id=UUID(int=9)),
        3: Outcome(RowStatus.SKIPPED, "accepted_before", "Job 1.", existing_id=gone),
        4: Outcome(RowStatus.DUPLICATE, "MXDup", "It is there.", "Email", existing_id=LEAD),
        5: Outcome(RowStatus.SKIPPED, "same_row", "As row 2.", existing_id=UUID(int=9)),
        6: Outcome(RowStatus.DUPLICATE, "duplicate_in_file", "As row 2.", existing_id=again),
    })  # fmt: skip
    figures = Figures(journal, job)
    assert [(each.number, each.is_undone) for each in figures.duplicates(9)[0]] == [
        (3, True), (4, False),
    ]  # fmt: skip
    assert [(each.number, each.is_undone) for each in figures.repeats(9)[0]] == [
        (5, False), (6, True),
    ]  # fmt: skip


def test_every_version_of_the_mapping_has_the_leads_that_it_made(
    journal: Journal, job: Job
) -> None:
    with journal.transaction():
        journal.add_mapping(job, MappingText(1, "other.yaml", "version: 1\n", "bb" * 32))
    assert Figures(journal, job).mappings() == [
        Version(1, "mapping.yaml", "aa" * 32, 1),
        Version(2, "other.yaml", "bb" * 32, 0),
    ]
    with journal.transaction():
        rows = Rows(journal, journal.job(job.number))
        rows.set_version(10, 2)
        lead_id = UUID(int=10)
        rows.finish(10, Outcome(RowStatus.DELETED, lead_id=lead_id), NOW, old=RowStatus.PENDING)
    assert [each.leads for each in Figures(journal, job).mappings()] == [1, 1]


def test_what_never_left_is_what_the_sender_says_it_is() -> None:
    assert ", ".join(f"'{each.__name__}'" for each in NEVER_LEFT) == calls.NEVER_LEFT


def test_a_snapshot_sees_nothing_of_what_another_writes(journal: Journal, job: Job) -> None:
    figures = Figures(journal, job)
    with journal.snapshot(), Journal(journal.path) as other:
        before = figures.reasons()
        with other.transaction():
            outcome = Outcome(RowStatus.FAILED, "HTTP 503", "Busy.")
            Rows(other, job).finish(10, outcome, NOW, old=RowStatus.PENDING)
        assert figures.reasons() == before
    assert len(figures.reasons()) == len(before) + 1
