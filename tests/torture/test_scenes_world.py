"""The faults of clocks, of others and of files are made, and seen by the importer."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.torture.preload import NO_COMPILER, compiler
from tests.torture.scene import Scene
from tests.torture.scenes_process import BUSY, DOOR, PACE, QUICK_SETTLE
from tests.torture.scenes_world import (
    HOUR_S,
    clock_between,
    list_changed,
    other_traffic,
    two_journals,
)

SPAN = "SELECT min(started_at), max(started_at) FROM attempt WHERE call IS NULL"
STATUSES = "SELECT id >> 32, status FROM row GROUP BY 1, 2"


@pytest.mark.skipif(compiler() is None, reason=NO_COMPILER)
@pytest.mark.parametrize("offset_s", [HOUR_S, -HOUR_S])
def test_the_next_run_sees_a_clock_that_was_set(offset_s: float) -> None:
    play = partial(clock_between, offset_s=offset_s)
    with Scene("clock", play, BUSY, rows=60, variables=QUICK_SETTLE).arena(seed=1) as arena:
        play(arena)
        ((first, last),) = arena.journal(SPAN)
    assert HOUR_S * 1000 - 60_000 < last - first < HOUR_S * 1000 + 60_000


def span(journal: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(journal)) as db:
        first, last = db.execute(SPAN).fetchone()
    return first, last


def test_two_jobs_share_the_account_at_the_same_time() -> None:
    play = partial(two_journals, pace=PACE)
    with Scene("two", play, DOOR, rows=20).arena(seed=1) as arena:
        play(arena)
        (first, end), (other, other_end) = map(span, arena.journals)
    assert arena.broken == []
    assert max(first, other) < min(end, other_end)


def test_others_take_calls_of_the_quota() -> None:
    with Scene("others", other_traffic, DOOR, rows=50).arena(seed=1) as arena:
        other_traffic(arena)
        totals = arena.totals()
    assert totals["calls"]["UserByAccessKey.Get"] >= arena.tried > 0


def test_a_changed_list_is_another_job_that_knows_the_rows_of_the_first() -> None:
    with Scene("changed", list_changed, BUSY, rows=40, variables=QUICK_SETTLE).arena(1) as arena:
        list_changed(arena)
        found = set(arena.journal(STATUSES))
        tally = arena.tally("changed")
    assert tally.flaws == []
    assert {(1, "created"), (2, "created"), (2, "skipped"), (2, "duplicate")} <= found
