from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from importer.errors import SourceError
from importer.journal import staging
from importer.journal.blocks import WHOLE_SLOT, hash_key
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.outputs import put_output
from importer.journal.rows import Rows
from importer.journal.staging import mark_leads, rekey, stage, stored_up_to
from importer.model import SKIP_IF, Block, JobState, Problem, RowStatus, Screened
from tests.journal.stored import (
    NOW,
    UNIQUE,
    blocks_of,
    content,
    create_job,
    lead_of,
    make_job,
    people,
    screen,
)

A, B, C = people(3)
BAD, BLANK = ("Bad", "bad@example.com", ""), ()


def twins(journal: Journal, job: Job) -> dict[tuple[int, str], list[int]]:
    """Rows by the slot and value that they share."""
    names = {
        hash_key(text, slot, job.key_seed): (slot, text)
        for slot, text in [
            *((0, f"person.{i}@example.com") for i in range(60)),
            *((1, f"98{i:08d}") for i in range(60)),
            (0, "bad@example.com"),
            (WHOLE_SLOT, lead_of(("Ada", "", "")).text),
        ]
    }
    found: dict[tuple[int, str], list[int]] = {}
    for key, row in journal.execute("SELECT key, row FROM twin ORDER BY row"):
        assert row >> 32 == job.number
        found.setdefault(names[key], []).append(row & 0xFFFF_FFFF)
    return found


def test_rows_are_stored_as_they_stand_and_blank_ones_only_take_a_number(
    journal: Journal, path: Path
) -> None:
    told: list[int] = []
    job = create_job(journal)
    rows = [A, BLANK, BAD, B, BLANK, BLANK, BLANK, C]
    job = stage(journal, job, blocks_of(rows, 4), screen, count(NOW).__next__, told.append)
    assert job.state is JobState.OPEN
    assert told == [9]
    found = Rows(journal, job)
    assert [(row.number, row.status, row.cells) for row in found.all()] == [
        (2, "pending", A),
        (4, "invalid", BAD),
        (5, "pending", B),
        (9, "pending", C),
    ]
    assert content(path, ["row"])["row"][1][:2] == ((1 << 32) + 4, "invalid")
    bad = found.row(4)
    assert bad is not None
    assert (bad.code, bad.field, bad.reason) == (
        "bad_name",
        "Name; Phone",
        "The name is bad. So is the phone.",
    )
    assert {status: rows for status, rows in found.counts().items() if rows} == {
        "pending": 3,
        "invalid": 1,
    }
    assert found.row(3) is None
    assert found.last_number() == 9


def test_a_block_of_invalid_rows_and_a_job_without_rows_are_stored(journal: Journal) -> None:
    job = make_job(journal, [BAD, BAD])
    assert Rows(journal, job).counts()[RowStatus.INVALID] == 2
    empty = make_job(journal, [], sha256="cd" * 32)
    assert empty.state is JobState.OPEN
    assert not any(journal.counts(empty.number).values())
    assert Rows(journal, empty).last_number() == 0


class CutError(Exception):
    pass


def cut(blocks: list[Block], at: int) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        if number == at:
            raise CutError
        yield block


ROWS = [A, BAD, BLANK, B, A, ("Ada", "", ""), ("Ada", "", ""), C, BAD, B, BLANK, BLANK, *people(9)]


@pytest.mark.parametrize("at", range(10))
def test_a_staging_that_is_cut_off_is_carried_on_to_the_same_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr(staging, "GROUP", 2)
    monkeypatch.setattr("importer.journal.journal.secrets.randbits", lambda _: 42)
    blocks = blocks_of(ROWS)
    with Journal(tmp_path / "whole.db", create=True) as journal:
        stage(journal, create_job(journal), blocks, screen, lambda: NOW)
    with Journal(tmp_path / "cut.db", create=True) as journal:
        job = create_job(journal)
        with pytest.raises(CutError):
            stage(journal, job, cut(blocks, at), screen, lambda: NOW)
        assert journal.job(1).state is JobState.STAGING
        whole_groups = at // 2 * 2
        last = blocks[whole_groups - 1] if whole_groups else None
        stored = last.first + len(last.rows) - 1 if last else 0
        assert stored_up_to(journal, job) == stored
    with Journal(tmp_path / "cut.db") as journal:
        screened: list[int] = []

        def counting(block: Block) -> Screened:
            screened.append(block.first)
            return screen(block)

        stage(journal, journal.job(1), blocks, counting, lambda: NOW)
        assert screened == [block.first for block in blocks if block.first > stored]
    assert content(tmp_path / "cut.db") == content(tmp_path / "whole.db")


def test_a_staging_that_was_cut_off_before_its_end_is_carried_on_to_the_same_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the last row, before the job is open: the repeats are looked for again."""
    monkeypatch.setattr("importer.journal.journal.secrets.randbits", lambda _: 42)
    with Journal(tmp_path / "whole.db", create=True) as journal:
        make_job(journal, ROWS)
    with Journal(tmp_path / "cut.db", create=True) as journal:
        with monkeypatch.context() as patch:
            patch.setattr(staging, "repeated", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                make_job(journal, ROWS)
        stage(journal, journal.job(1), blocks_of(ROWS), screen, lambda: NOW)
    assert content(tmp_path / "cut.db") == content(tmp_path / "whole.db")


def test_the_progress_is_told_after_each_group(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "GROUP", 2)
    told: list[int] = []
    stage(journal, create_job(journal), blocks_of(people(9)), screen, lambda: NOW, told.append)
    assert told == [5, 9, 10]


def test_a_block_is_stored_before_the_next_is_read(journal: Journal) -> None:
    held: list[Block] = []
    most = 0

    def read() -> Iterator[Block]:
        nonlocal most
        for block in blocks_of(people(9)):
            held.append(block)
            most = max(most, len(held))
            yield block

    def screened(block: Block) -> Screened:
        held.remove(block)
        return screen(block)

    stage(journal, create_job(journal), read(), screened, lambda: NOW)
    assert most == 1


@pytest.mark.parametrize("part", [1, 3, 7, 1_000_000])
@pytest.mark.parametrize("size", [1, 2, 5, 40])
def test_rows_that_share_a_value_are_found_within_a_block_and_across(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, size: int, part: int
) -> None:
    monkeypatch.setattr(staging, "PART", part)
    rows = [
        *people(20),  # 2 to 21
        ("Same e-mail", "person.3@example.com", ""),
        ("Same phone", "", "9800000004"),
        BLANK,
        ("Ada", "", ""),
        ("Ada", "", ""),
        ("Eve", "", ""),
        BAD,
        BAD,
        ("Both", "person.3@example.com", "9800000019"),
    ]
    job = make_job(journal, rows, size=size)
    assert twins(journal, job) == {
        (0, "person.3@example.com"): [5, 22, 30],
        (1, "9800000004"): [6, 23],
        (1, "9800000019"): [21, 30],
        (WHOLE_SLOT, lead_of(("Ada", "", "")).text): [25, 26],
    }
    assert Rows(journal, job).has_twins()


def test_a_value_is_shared_only_in_one_field_and_one_job(journal: Journal) -> None:
    first = make_job(journal, [("Ada", "x", ""), ("Eve", "", "x"), A])
    second = make_job(journal, [A], sha256="cd" * 32)
    assert twins(journal, first) == {}
    assert not Rows(journal, first).has_twins()
    assert not Rows(journal, second).has_twins()


def test_a_file_with_more_rows_than_numbers_is_refused(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "MOST_ROWS", 4)
    make_job(journal, people(2))
    with pytest.raises(SourceError, match="more than 4 rows"):
        make_job(journal, people(3), sha256="cd" * 32)


def test_a_job_that_was_half_stored_is_forgotten_and_no_other(journal: Journal, path: Path) -> None:
    make_job(journal, people(3))
    before = content(path)
    half = create_job(journal, sha256="cd" * 32)
    with pytest.raises(CutError):
        stage(journal, half, cut(blocks_of(people(90)), 41), screen, lambda: NOW)
    with journal.transaction():
        put_output(journal, half, "rejects", "/a.csv", "1")
    journal.drop_staged(half)
    assert content(path) == before
    assert create_job(journal, sha256="cd" * 32).number == 2


def test_mended_rows_are_found_by_the_values_that_they_have_now(journal: Journal) -> None:
    job = make_job(journal, [A, B, C, BAD])
    leads = {5: lead_of(("Ada", "person.1@example.com", "")), 9: lead_of(("Ada", "", ""))}
    with journal.transaction():
        mark_leads(journal, job, leads, UNIQUE)
    assert twins(journal, job) == {
        (0, "person.1@example.com"): [3, 5],
        (WHOLE_SLOT, lead_of(("Ada", "", "")).text): [9],
    }


def test_a_changed_mapping_changes_by_what_rows_are_found(journal: Journal) -> None:
    other = make_job(journal, [A, A], sha256="cd" * 32)
    before = twins(journal, other)
    job = make_job(journal, [A, ("Ada", "person.0@example.com", ""), ("Bad", "", "98"), BLANK,
                             ("Eve", "", "9800000000")], size=3)  # fmt: skip
    kept = journal.execute("SELECT id, length, cells FROM block ORDER BY id").fetchall()

    def phone_only(block: Block) -> Screened:
        phones = [cells[2] if cells else "" for cells in block.rows]
        return Screened({}, [[""] * len(phones), phones], [""] * len(phones))

    assert [rows for slot, rows in twins_of(journal, job)] == [[2, 3], [2, 6]]
    with journal.transaction():
        rekey(journal, job, phone_only)
    assert [rows for slot, rows in twins_of(journal, job)] == [[2, 6]]
    assert journal.execute("SELECT id, length, cells FROM block ORDER BY id").fetchall() == kept
    assert before == {(0, "person.0@example.com"): [2, 3], (1, "9800000000"): [2, 3]}
    assert len(twins_of(journal, other)) == 2


def twins_of(journal: Journal, job: Job) -> list[tuple[int, list[int]]]:
    """The job's groups of rows that share a hash, in order of their rows."""
    found: dict[int, list[int]] = {}
    for key, row in journal.execute("SELECT key, row FROM twin ORDER BY row"):
        if row >> 32 == job.number:
            found.setdefault(key, []).append(row & 0xFFFF_FFFF)
    return sorted(found.items(), key=lambda item: item[1])


def test_a_row_that_the_mapping_leaves_out_is_stored_as_skipped(journal: Journal) -> None:
    def leaving_out(block: Block) -> Screened:
        screened = screen(block)
        left_out = Problem(SKIP_IF, "it is left out", "Status", "x")
        return replace(screened, problems={**screened.problems, 0: (left_out,)})

    job = create_job(journal)
    job = stage(journal, job, blocks_of([A, BAD, B], 4), leaving_out, count(NOW).__next__)
    rows = Rows(journal, job)

    assert [(row.status, row.code, row.field, row.reason) for row in rows.all()] == [
        (RowStatus.SKIPPED, "skip_if", "Status", "it is left out"),
        (RowStatus.INVALID, "bad_name", "Name; Phone", "The name is bad. So is the phone."),
        (RowStatus.PENDING, None, None, None),
    ]
    assert {status: rows for status, rows in rows.counts().items() if rows} == {
        RowStatus.PENDING: 1,
        RowStatus.INVALID: 1,
        RowStatus.SKIPPED: 1,
    }
