"""Which list a job uses, and which of its leads are not on it yet."""

from uuid import UUID

import pytest

from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.lists import StaticList, StaticLists, forget_listed
from importer.journal.rows import Rows
from importer.model import Outcome, RowStatus
from tests.journal.stored import NOW, make_job, people

ONE, OTHER = UUID(int=101), UUID(int=102)
THERE = UUID(int=77)


@pytest.fixture
def job(journal: Journal) -> Job:
    return make_job(journal, people(6))


@pytest.fixture
def lists(journal: Journal, job: Job) -> StaticLists:
    return StaticLists(journal, job)


def lead(number: int) -> UUID:
    return UUID(int=number)


def end(journal: Journal, job: Job, number: int, outcome: Outcome) -> None:
    rows = Rows(journal, job)
    with journal.transaction():
        rows.finish(number, outcome, NOW, old=RowStatus.PENDING, counted=False)


def create(journal: Journal, job: Job, *numbers: int) -> None:
    for number in numbers:
        end(journal, job, number, Outcome(RowStatus.CREATED, lead_id=lead(number)))


def skipped(code: str | None, existing_id: UUID | None = THERE) -> Outcome:
    return Outcome(RowStatus.SKIPPED, code, "why", existing_id=existing_id)


def noted(journal: Journal, lists: StaticLists, name: str, *, asked: bool = False) -> StaticList:
    with journal.transaction():
        return lists.note(name, asked=asked)


def left(lists: StaticLists, number: int, *, others: bool = False) -> list[tuple[int, UUID]]:
    found = lists.left(number, 0, 100, others=others)
    assert lists.count_left(number, others=others) == len(found)
    return found


# Which list


def test_the_list_that_a_person_named_last_is_in_use(journal: Journal, lists: StaticLists) -> None:
    assert lists.last_asked() is None
    noted(journal, lists, "of the mapping")
    assert lists.last_asked() is None
    for name in ("A", "B", "A"):
        noted(journal, lists, name, asked=True)
    noted(journal, lists, "B")
    assert lists.last_asked() == lists.named("A") == StaticList(2, "A")


def test_a_list_is_found_whatever_its_capitals_and_keeps_its_first_name(
    journal: Journal, job: Job, lists: StaticLists
) -> None:
    create(journal, job, 2)
    first = noted(journal, lists, "Süd & Öst", asked=True)
    noted(journal, lists, "Other", asked=True)
    with journal.transaction():
        lists.note_listed(first.number, [2])
    assert noted(journal, lists, "SÜD & ÖST", asked=True) == first
    assert lists.last_asked() == lists.named("süd & öst") == first
    assert left(lists, lists.named("SÜD & öst").number) == []


def test_each_job_has_lists_of_its_own(journal: Journal, lists: StaticLists) -> None:
    noted(journal, lists, "A", asked=True)
    other = StaticLists(journal, make_job(journal, people(2), sha256="cd" * 32))
    assert (other.last_asked(), other.named("A")) == (None, StaticList(0, "A"))
    assert noted(journal, other, "A").number != lists.named("A").number


def test_a_list_of_another_id_has_none_of_the_leads(
    journal: Journal, job: Job, lists: StaticLists
) -> None:
    create(journal, job, 2, 3)
    one, other = noted(journal, lists, "A"), noted(journal, lists, "B")
    with journal.transaction():
        for each in (one, other):
            lists.set_id(each.number, ONE)
            lists.note_listed(each.number, [2, 3])
        lists.set_id(one.number, OTHER)
    assert lists.named("A") == StaticList(one.number, "A", OTHER)
    assert [row for row, _ in left(lists, one.number)] == [2, 3]
    assert left(lists, other.number) == []


# Which leads


def test_created_rows_are_left_until_they_are_noted(
    journal: Journal, job: Job, lists: StaticLists
) -> None:
    create(journal, job, 2, 4, 5)
    assert left(lists, 0) == [(2, lead(2)), (4, lead(4)), (5, lead(5))]
    number = noted(journal, lists, "A").number
    with journal.transaction():
        lists.note_listed(number, [2, 5])
        lists.note_listed(number, [2])
    assert left(lists, number) == [(4, lead(4))]
    assert [row for row, _ in left(lists, noted(journal, lists, "B").number)] == [2, 4, 5]


def test_rows_come_in_pages(journal: Journal, job: Job, lists: StaticLists) -> None:
    create(journal, job, 2, 3, 5)
    assert lists.left(0, 0, 2, others=False) == [(2, lead(2)), (3, lead(3))]
    assert lists.left(0, 3, 2, others=False) == [(5, lead(5))]
    assert lists.left(0, 5, 2, others=False) == []


@pytest.mark.parametrize(
    ("outcome", "always", "with_others"),
    [
        (skipped("accepted_before"), True, True),
        (skipped("MXDuplicateEntryException"), False, True),
        (skipped("same_lead"), False, True),
        (skipped("duplicate_in_file"), False, True),
        (skipped("skip_if", None), False, False),
        (skipped("given_up", None), False, False),
        (Outcome(RowStatus.DUPLICATE, "x", "why", existing_id=THERE), False, False),
        (Outcome(RowStatus.IN_DOUBT, "x", "why", existing_id=THERE), False, False),
        (Outcome(RowStatus.REJECTED, "x", "why"), False, False),
        (Outcome(RowStatus.FAILED, "x", "why"), False, False),
    ],
)
def test_who_was_there_before_is_added_where_it_is_the_same_row_or_the_mapping_skips(
    journal: Journal,
    job: Job,
    lists: StaticLists,
    outcome: Outcome,
    always: bool,
    with_others: bool,
) -> None:
    end(journal, job, 3, outcome)
    there = [(3, THERE)]
    assert left(lists, 0) == (there if always else [])
    assert left(lists, 0, others=True) == (there if with_others else [])


def test_who_is_there_by_an_unknown_id_is_left_until_it_is_known(
    journal: Journal, job: Job, lists: StaticLists
) -> None:
    create(journal, job, 2)
    end(journal, job, 3, skipped("MXDuplicateEntryException", None))
    end(journal, job, 4, skipped("MXDuplicateEntryException"))
    end(journal, job, 5, skipped("skip_if", None))
    assert (lists.nameless(0, 10), lists.nameless(3, 10)) == ([3], [])
    assert [lists.count_left(0, others=others) for others in (False, True)] == [1, 3]
    with journal.transaction():
        lists.set_existing(3, ONE, NOW)
        lists.set_existing(4, ONE, NOW)
    assert lists.nameless(0, 10) == []
    assert left(lists, 0, others=True) == [(2, lead(2)), (3, ONE), (4, THERE)]


def test_rows_of_other_jobs_are_not_of_this_one(
    journal: Journal, job: Job, lists: StaticLists
) -> None:
    other = make_job(journal, people(2), sha256="cd" * 32)
    end(journal, other, 2, Outcome(RowStatus.CREATED, lead_id=UUID(int=1002)))
    create(journal, job, 2)
    assert left(lists, 0) == [(2, lead(2))]


def test_a_deleted_row_is_on_no_list(journal: Journal, job: Job, lists: StaticLists) -> None:
    create(journal, job, 2, 3)
    numbers = [noted(journal, lists, name).number for name in ("A", "B")]
    with journal.transaction():
        for number in numbers:
            lists.note_listed(number, [2, 3])
        forget_listed(journal, (job.number << 32) + 2)
    assert [left(lists, number) for number in numbers] == [[(2, lead(2))]] * 2


def test_a_look_for_lists_is_no_trace_of_a_job(journal: Journal, job: Job) -> None:
    rows = Rows(journal, job)
    with journal.transaction():
        rows.start_attempt(0, "Lists.Get", NOW, 0)
    assert journal.drop_unsent(job)
    assert journal.jobs() == []


def test_leads_that_were_added_are_a_trace_of_a_job(journal: Journal, job: Job) -> None:
    rows = Rows(journal, job)
    with journal.transaction():
        rows.start_attempt(0, "AddLeadsToStaticList", NOW, 0)
    assert not journal.drop_unsent(job)
