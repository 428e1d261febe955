from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from importer.journal import cells as cells_module
from importer.journal import rows as rows_module
from importer.journal.blocks import WHOLE_SLOT, hash_key
from importer.journal.journal import Journal
from importer.journal.rows import JournalRow, LostMoveError, Rows
from importer.journal.staging import stage
from importer.model import ACCEPTED, Block, Outcome, RowStatus
from tests.journal.stored import NOW, content, create_job, lead_of, make_job, people, screen

LEAD, OTHER = UUID(int=1), UUID(int=2)
SAME = ("Same", "same@example.com", "")
ADA = ("Ada", "", "")
FINAL = [status for status in RowStatus if status not in ("pending", "sending")]


@pytest.fixture
def rows(journal: Journal) -> Rows:
    """Rows 2 to 6, all pending; each change of a test is committed by itself."""
    return Rows(journal, make_job(journal, people(5)))


def get(rows: Rows, number: int) -> JournalRow:
    found = rows.row(number)
    assert found is not None
    return found


def put(rows: Rows, number: int, status: RowStatus, lead_id: UUID | None = None) -> None:
    """Bring a pending row to the status, by the moves that a run makes."""
    if status is RowStatus.PENDING:
        return
    with rows.journal.transaction():
        rows.claim(number, NOW, 0)
        if status is not RowStatus.SENDING:
            lead_id = lead_id or (UUID(int=number) if status in ACCEPTED else None)
            rows.finish(number, Outcome(status, lead_id=lead_id), NOW)


def moved_once(rows: Rows, action: Callable[[], object]) -> None:
    with rows.journal.transaction():
        action()


def test_a_claim_is_on_disk_with_the_start_of_its_call(rows: Rows, path: Path) -> None:
    with rows.journal.transaction():
        assert rows.claim(3, NOW, ahead_ms=-40) == 1
    assert get(rows, 3).status is RowStatus.SENDING
    assert content(path, ["attempt"])["attempt"] == [
        ((1 << 32) + 3, 1, None, NOW, -40, None, None, None)
    ]
    assert rows.last_attempt(3) == (NOW, NOW - 40)
    with rows.journal.transaction():
        rows.end_attempt(3, 1, 500, "Bare", 77)
        rows.back(3, NOW, due_at=NOW, counted=True)
        assert rows.claim(3, NOW + 5, ahead_ms=2) == 2
    assert rows.last_attempt(3) == (NOW + 5, NOW + 7)
    assert content(path, ["attempt"])["attempt"][0][5:] == (500, "Bare", 77)


MOVES: dict[str, tuple[Callable[[Rows], object], set[RowStatus]]] = {
    "claim": (lambda rows: rows.claim(3, NOW, 0), {RowStatus.PENDING}),
    "finish": (
        lambda rows: rows.finish(3, Outcome(RowStatus.REJECTED), NOW),
        {RowStatus.SENDING},
    ),
    "finish without a call": (
        lambda rows: rows.finish(3, Outcome(RowStatus.SKIPPED), NOW, old=RowStatus.PENDING),
        {RowStatus.PENDING},
    ),
    "back": (lambda rows: rows.back(3, NOW, due_at=NOW, counted=False), {RowStatus.SENDING}),
    "unsettle": (
        lambda rows: rows.unsettle(
            3, NOW, since_at=NOW, ended_at=NOW, evidence="lost", due_at=NOW, counted=True
        ),
        {RowStatus.SENDING},
    ),
    "look_again": (lambda rows: rows.look_again(3, NOW), {RowStatus.SENDING}),
    "hold": (lambda rows: rows.hold(3, 2), {RowStatus.PENDING}),
    "requeue": (lambda rows: rows.requeue(3, RowStatus.FAILED, NOW), {RowStatus.FAILED}),
}


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("status", RowStatus)
def test_a_row_moves_from_the_right_status_only_and_otherwise_nothing_changes(
    rows: Rows, path: Path, name: str, status: RowStatus
) -> None:
    move, right = MOVES[name]
    put(rows, 3, status)
    before = content(path)
    if status in right:
        moved_once(rows, lambda: move(rows))
        assert content(path) != before
        return
    with pytest.raises(LostMoveError):
        moved_once(rows, lambda: move(rows))
    assert content(path) == before


def test_a_row_that_another_worker_claimed_is_not_claimed_again(rows: Rows, path: Path) -> None:
    with Journal(path) as journal:
        other = Rows(journal, rows.job)
        assert other.next_fresh(0) == rows.next_fresh(0)
        moved_once(other, lambda: other.claim(2, NOW, 0))
    with pytest.raises(LostMoveError, match="job 1, row 2: 0 rows moved, not 1"):
        moved_once(rows, lambda: rows.claim(2, NOW, 0))
    assert rows.counts()[RowStatus.SENDING] == 1


def test_a_row_that_is_not_there_does_not_move(rows: Rows) -> None:
    with pytest.raises(LostMoveError):
        moved_once(rows, lambda: rows.claim(7, NOW, 0))


def test_finishing_keeps_the_outcome_and_ends_what_was_unsettled(rows: Rows) -> None:
    with rows.journal.transaction():
        rows.claim(3, NOW, 0)
        rows.unsettle(3, NOW, since_at=NOW - 9, ended_at=NOW, evidence="reply", due_at=NOW + 1,
                      counted=True)  # fmt: skip
        outcome = Outcome(RowStatus.DUPLICATE, "MX", "It is taken.", "Email", None, OTHER)
        rows.finish(3, outcome, NOW)
    assert get(rows, 3) == JournalRow(
        3, RowStatus.DUPLICATE, 2, 1, None, OTHER, "MX", "Email", "It is taken.", people(2)[1],
        since_at=None, ended_at=None, evidence=None, due_at=None,
    )  # fmt: skip
    moved_once(rows, lambda: rows.requeue(3, RowStatus.DUPLICATE, NOW))
    assert get(rows, 3) == get(rows, 2).__class__(
        3, RowStatus.PENDING, 0, 1, None, None, None, None, None, people(2)[1], None, None, None,
        None,
    )  # fmt: skip


@pytest.mark.parametrize("status", FINAL)
def test_only_a_row_that_may_be_there_keeps_when_its_first_lost_call_began(
    rows: Rows, status: RowStatus
) -> None:
    """It may be sent again, and then meet the lead that the lost call had made after all."""
    lead_id = LEAD if status in ACCEPTED else None
    with rows.journal.transaction():
        rows.claim(3, NOW, 0)
        rows.unsettle(3, NOW, since_at=NOW - 9, ended_at=NOW, evidence="lost", due_at=NOW,
                      counted=True)  # fmt: skip
        rows.finish(3, Outcome(status, lead_id=lead_id), NOW)
        rows.requeue(3, status, NOW)
    keeps = status in (RowStatus.FAILED, RowStatus.IN_DOUBT)
    assert get(rows, 3).since_at == (NOW - 9 if keeps else None)


def test_the_first_lost_call_is_the_one_that_counts(rows: Rows) -> None:
    for at in (NOW, NOW + 50):
        with rows.journal.transaction():
            rows.claim(3, at, 0)
            rows.unsettle(3, at, since_at=at, ended_at=at + 1, evidence="lost", due_at=at + 2,
                          counted=True, code="HTTP 502", field="Email", reason="why")  # fmt: skip
        row = get(rows, 3)
        assert (row.since_at, row.ended_at, row.due_at) == (NOW, at + 1, at + 2)
        assert (row.evidence, row.code, row.field, row.reason) == (
            "lost", "HTTP 502", "Email", "why",
        )  # fmt: skip
        moved_once(rows, lambda: rows.back(3, NOW, due_at=NOW, counted=False))
    row = get(rows, 3)
    assert (row.status, row.tries, row.since_at) == (RowStatus.PENDING, 2, NOW)
    assert (row.ended_at, row.evidence) == (None, None)


def test_fresh_rows_come_in_the_order_of_the_file(rows: Rows) -> None:
    def next_fresh(after: int) -> int | None:
        found = rows.next_fresh(after)
        return found.number if found else None

    assert [next_fresh(after) for after in (0, 2, 5, 6)] == [2, 3, 6, None]
    put(rows, 2, RowStatus.CREATED)
    moved_once(rows, lambda: rows.hold(3, 6))
    with rows.journal.transaction():
        rows.claim(4, NOW, 0)
        rows.back(4, NOW, due_at=NOW, counted=False)
    assert [next_fresh(after) for after in (0, 5)] == [5, 6]


def test_rows_that_are_back_come_when_they_are_due_the_longest_waiting_first(rows: Rows) -> None:
    for number, due_at in ((4, NOW + 20), (2, NOW + 30), (5, NOW + 20)):
        with rows.journal.transaction():
            assert rows.next_back(NOW) is None
            rows.claim(number, NOW, 0)
            rows.back(number, NOW, due_at=due_at, counted=True, code="HTTP 503", reason="busy")
    assert rows.next_due_at(RowStatus.PENDING) == NOW + 20
    assert rows.next_back(NOW + 19) is None
    found = []
    while row := rows.next_back(NOW + 30):
        found.append(row.number)
        assert (row.tries, row.code, row.reason) == (1, "HTTP 503", "busy")
        put(rows, row.number, RowStatus.CREATED)
    assert found == [4, 5, 2]
    assert rows.next_due_at(RowStatus.PENDING) is None


def test_a_row_that_comes_back_again_is_found_again(rows: Rows) -> None:
    for at in (NOW, NOW + 10):
        with rows.journal.transaction():
            rows.claim(3, at, 0)
            assert rows.next_due_at(RowStatus.PENDING) is None
            rows.back(3, at, due_at=at + 1, counted=True)
        assert rows.next_due_at(RowStatus.PENDING) == at + 1
        assert rows.next_back(at + 1) == get(rows, 3)


def test_rows_to_look_for_are_found_when_they_are_due(rows: Rows) -> None:
    def numbers(now: int) -> list[int]:
        return [row.number for row in rows.unsettled(now)]

    assert numbers(NOW) == []
    for number, due_at in ((4, NOW + 5), (3, NOW + 9)):
        with rows.journal.transaction():
            rows.claim(number, NOW, 0)
            rows.unsettle(number, NOW, since_at=NOW, ended_at=NOW, evidence="lost",
                          due_at=due_at, counted=False)  # fmt: skip
    assert rows.next_due_at(RowStatus.SENDING) == NOW + 5
    assert [numbers(NOW + at) for at in (4, 5, 9)] == [[], [4], [3, 4]]
    moved_once(rows, lambda: rows.look_again(4, NOW + 70))
    assert [numbers(NOW + at) for at in (9, 70)] == [[3], [3, 4]]
    assert rows.next_due_at(RowStatus.PENDING) is None


def test_rows_that_were_in_flight_when_a_run_died_are_told_from_those_known_unsettled(
    rows: Rows, journal: Journal
) -> None:
    other = Rows(journal, make_job(journal, people(2), sha256="cd" * 32))
    put(other, 2, RowStatus.SENDING)
    for number in (5, 3, 4):
        put(rows, number, RowStatus.SENDING)
    with rows.journal.transaction():
        rows.unsettle(4, NOW, since_at=NOW, ended_at=NOW, evidence="lost", due_at=NOW,
                      counted=False)  # fmt: skip
    found = [(row.number, row.due_at) for row in rows.in_sending()]
    assert found == [(3, None), (4, NOW), (5, None)]
    assert [row.number for row in rows.unsettled(NOW)] == [4]


@pytest.mark.parametrize("ending", [*FINAL, RowStatus.PENDING])
def test_a_row_that_waits_is_free_when_the_other_leaves_sending(
    rows: Rows, ending: RowStatus
) -> None:
    with rows.journal.transaction():
        rows.claim(2, NOW, 0)
        rows.hold(4, 2)
        rows.hold(5, 3)
    assert rows.next_back(NOW + 99) is None
    with rows.journal.transaction():
        if ending is RowStatus.PENDING:
            rows.back(2, NOW + 7, due_at=NOW + 999, counted=False)
        else:
            lead_id = LEAD if ending in ACCEPTED else None
            rows.finish(2, Outcome(ending, lead_id=lead_id), NOW + 7)
    freed = rows.next_back(NOW + 7)
    assert freed is not None
    assert freed.number == 4
    moved_once(rows, lambda: rows.claim(4, NOW + 8, 0))
    assert rows.next_back(NOW + 99) is None, "row 5 still waits for row 3"


def test_what_a_killed_run_held_back_is_freed_in_this_job_alone(
    rows: Rows, journal: Journal
) -> None:
    other = Rows(journal, make_job(journal, people(3), sha256="cd" * 32))
    with journal.transaction():
        rows.hold(4, 2)
        rows.hold(5, 3)
        other.hold(3, 2)
    again = Rows(journal, rows.job)
    moved_once(again, lambda: again.release_all(NOW + 1))
    assert again.next_due_at(RowStatus.PENDING) == NOW + 1
    for number in (4, 5):
        row = again.next_back(NOW + 1)
        assert row is not None
        assert row.number == number
        put(again, number, RowStatus.CREATED)
    assert again.next_back(NOW + 1) is None
    assert Rows(journal, other.job).next_back(NOW + 1) is None
    moved_once(again, lambda: again.hold(6, 2))
    put(again, 2, RowStatus.REJECTED)
    back = again.next_back(NOW + 1)
    assert back is not None
    assert back.number == 6


def twins_of(rows: Rows, number: int, *, whole: bool = False) -> list[int]:
    text, slot = (lead_of(ADA).text, WHOLE_SLOT) if whole else (SAME[1], 0)
    key = hash_key(text, slot, rows.job.key_seed)
    return list((rows.repeats if whole else rows.rivals)(key, number))


# What a row of the status means for the rows of its value that stand before and after it.
FOR_BOTH = {RowStatus.SENDING, RowStatus.CREATED, RowStatus.UPDATED}


@pytest.mark.parametrize("status", RowStatus)
def test_a_row_waits_for_an_earlier_one_that_is_unsent_and_any_that_is_sent_or_accepted(
    journal: Journal, status: RowStatus
) -> None:
    rows = Rows(journal, make_job(journal, [SAME, *people(1), SAME, SAME]))
    put(rows, 4, status)
    later = [4] if status in {*FOR_BOTH, RowStatus.PENDING} else []
    assert twins_of(rows, 5) == [2, *later]
    assert twins_of(rows, 2) == ([4] if status in FOR_BOTH else [])
    assert twins_of(rows, 4) == [2]


@pytest.mark.parametrize("status", RowStatus)
def test_of_equal_rows_the_first_that_was_or_will_be_sent_counts(
    journal: Journal, status: RowStatus
) -> None:
    rows = Rows(journal, make_job(journal, [ADA, *people(1), ADA, ADA]))
    put(rows, 4, status)
    nothing_sent = status in {RowStatus.INVALID, RowStatus.SKIPPED, RowStatus.DELETED}
    assert twins_of(rows, 5, whole=True) == ([2] if nothing_sent else [2, 4])
    for_both = {*FOR_BOTH, RowStatus.IN_DOUBT}
    assert twins_of(rows, 2, whole=True) == ([4] if status in for_both else [])


def test_twins_are_of_one_job(journal: Journal) -> None:
    rows = Rows(journal, make_job(journal, [SAME, SAME]))
    make_job(journal, [SAME, SAME], sha256="cd" * 32)
    journal.execute("UPDATE job SET key_seed = ?", (rows.job.key_seed,))
    journal.execute(
        "INSERT OR IGNORE INTO twin SELECT key, (2 << 32) + 2 FROM twin WHERE row >> 32 = 1"
    )
    assert twins_of(rows, 3) == [2]


def test_rows_of_a_status_are_given_in_order_also_while_they_move(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_module, "PAGE", 3)
    rows = Rows(journal, make_job(journal, [*people(8), ("Bad", "", ""), ("Bad", "", "")]))
    make_job(journal, people(2), sha256="cd" * 32)
    found = []
    for row in rows.of_status({RowStatus.PENDING, RowStatus.INVALID}):
        found.append(row.number)
        if row.status is RowStatus.PENDING:
            put(rows, row.number, RowStatus.REJECTED)
    assert found == list(range(2, 12))
    assert rows.numbers_of(RowStatus.REJECTED) == list(range(2, 10))
    assert rows.numbers_of(RowStatus.INVALID) == [10, 11]


def test_the_cells_of_any_row_are_found_however_many_blocks_there_are(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells_module, "KEPT_BLOCKS", 2)
    file = people(15)
    rows = Rows(journal, make_job(journal, file))
    order = [2, 16, 9, 3, 8, 15, 2, 10]
    assert [get(rows, number).cells for number in order] == [file[n - 2] for n in order]
    assert [row.cells for row in rows.all()] == file


def test_mended_cells_stand_for_the_originals_and_forget_the_lost_call(
    rows: Rows, path: Path
) -> None:
    with rows.journal.transaction():
        rows.claim(3, NOW, 0)
        rows.unsettle(3, NOW, since_at=NOW, ended_at=NOW, evidence="lost", due_at=NOW,
                      counted=True)  # fmt: skip
        rows.finish(3, Outcome(RowStatus.FAILED), NOW)
    before = content(path, ["block"])
    with rows.journal.transaction():
        rows.set_cells(3, ("A\ud800\x1f", "b", ""))
        rows.set_version(3, 2)
    mended = get(rows, 3)
    assert (mended.cells, mended.since_at, mended.version) == (("A\ud800\x1f", "b", ""), None, 2)
    assert list(rows.own_cells()) == [mended]
    assert content(path, ["block"]) == before, "the original cells stay"


def test_what_the_cells_of_a_workbook_are_is_kept_with_them(journal: Journal) -> None:
    job = create_job(journal)
    blocks = [
        Block(2, [["Ada", "1", "2026-01-31"], [], ["Bob", "", ""]], ["tnd", "", ""]),
        Block(5, [["Cyd", "", ""]]),
    ]
    rows = Rows(journal, stage(journal, job, blocks, screen, lambda: NOW))
    assert {row.number: row.kinds for row in rows.all()} == {2: "tnd", 4: "", 5: ""}
    with journal.transaction():
        rows.set_cells(2, ("Ada", "TRUE", ""), "tbt")
        rows.add(6, ("Dee", "#N/A", ""), "tet")
    assert [(row.number, row.kinds) for row in rows.own_cells()] == [(2, "tbt"), (6, "tet")]


def test_an_added_row_is_invalid_until_it_is_checked_and_is_counted(rows: Rows) -> None:
    with rows.journal.transaction():
        number = rows.last_number() + 1
        rows.add(number, ("Ada", "", "1"))
    assert number == 7
    assert rows.last_number() == 7
    assert get(rows, 7) == JournalRow(
        7, RowStatus.INVALID, 0, 1, None, None, None, None, None, ("Ada", "", "1"), None, None,
        None, None,
    )  # fmt: skip
    assert list(rows.own_cells()) == [get(rows, 7)]
    assert rows.counts()[RowStatus.INVALID] == 1
    assert sum(rows.counts().values()) == 6


def test_a_number_beyond_32_bits_is_no_row_of_another_job(rows: Rows, journal: Journal) -> None:
    make_job(journal, people(2), sha256="cd" * 32)
    assert rows.row((1 << 32) + 2) is None


def test_rows_of_one_job_are_not_those_of_another(rows: Rows, journal: Journal) -> None:
    other = Rows(journal, make_job(journal, people(2), sha256="cd" * 32))
    with journal.transaction():
        other.claim(3, NOW, 0)
        other.back(3, NOW, due_at=NOW, counted=False)
        other.add(4, ("Ada", "", ""))
    assert rows.next_back(NOW) is None
    assert list(rows.own_cells()) == []
    assert [row.number for row in rows.all()] == [2, 3, 4, 5, 6]
    assert rows.last_number() == 6
    assert other.last_number() == 4
    assert rows.next_fresh(6) is None
