"""What a day's limit lets go where some of it is left for people."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import tzset

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.delivery.connection import file_name, left_today
from importer.delivery.day import HOURS, Day, Left, left
from importer.delivery.throttle import Rate, Throttle
from importer.errors import ResumableError

NOW = 1000 * 3600.0 + 60  # hour 1000 of 1970 is 1970-02-11 16:00 UTC


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as found:
        found.execute(HOURS)
        yield found


@contextmanager
def in_kolkata(patch: pytest.MonkeyPatch) -> Iterator[None]:
    with patch.context() as within:
        within.setenv("TZ", "Asia/Kolkata")
        tzset()
        yield
    tzset()


def people(db: sqlite3.Connection) -> Day:
    return Day(db, 10_000, lambda: NOW)


def nightly(db: sqlite3.Connection, reserve: int = 1_000) -> Day:
    return Day(db, 10_000, lambda: NOW, reserve)


def refused(day: Day, patch: pytest.MonkeyPatch) -> tuple[str, str | None, str | None]:
    with pytest.raises(ResumableError) as caught, in_kolkata(patch):
        day.check()
    assert caught.value.exit_code == 75
    return caught.value.what, caught.value.where, caught.value.fix


def test_what_is_left_for_people_is_theirs_alone(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(db).count(8_999)
    nightly(db).check()
    people(db).count(1)
    people(db).check()
    assert refused(nightly(db), monkeypatch) == (
        "9,000 of the day's 10,000 calls are used up, and 1,000 are left for people"
        " (reserve_calls)",
        "daily_calls and reserve_calls of the account in importer.toml",
        "run the same command again from 1970-02-12 22:30+05:30 on, or set reserve_calls lower if"
        " people need fewer",
    )


def test_what_people_have_used_of_theirs_is_not_said_to_be_left(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(db).count(9_999)
    what, _, _ = refused(nightly(db), monkeypatch)
    assert what == (
        "9,999 of the day's 10,000 calls are used up, and 1 is left for people (reserve_calls)"
    )
    people(db).count(1)
    assert refused(nightly(db), monkeypatch) == refused(people(db), monkeypatch)


def test_what_is_left_is_told_less_what_is_kept(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(db).count(500)
    assert people(db).left() == Left(9_500, 10_000, 1025 * 3600)
    found = nightly(db).left()
    assert found == Left(8_500, 10_000, 1025 * 3600, 1_000)
    with in_kolkata(monkeypatch):
        assert str(found) == (
            "with 8,500 left of today's 10,000 and 1,000 kept for people (reserve_calls): more can"
            " go from 1970-02-12 22:30+05:30 on"
        )
    people(db).count(9_000)
    assert nightly(db).left() == Left(0, 10_000, 1025 * 3600, 1_000)


HOURS_OF_CALLS = st.lists(
    st.tuples(st.integers(976, 1000), st.integers(0, 50)), unique_by=lambda each: each[0]
).map(sorted)


@given(HOURS_OF_CALLS, st.integers(1, 60), st.integers(0, 60))
def test_a_reserve_is_a_lower_limit(
    hours: list[tuple[int, int]], allowed: int, reserve: int
) -> None:
    plain = left(allowed, hours, NOW)
    kept = left(allowed + reserve, hours, NOW, reserve)
    assert (kept.calls, kept.more_at) == (plain.calls, plain.more_at)


def test_a_throttle_takes_no_slot_of_what_is_kept(tmp_path: Path) -> None:
    path, rate = tmp_path / "q.db", Rate(1_000_000, 0.1)
    with (
        closing(Throttle(path, rate, daily=3, reserve=1)) as job,
        closing(Throttle(path, rate, daily=3)) as person,
    ):
        taken = [_taken(job), _taken(job), _taken(job), _taken(person), _taken(person)]
    assert taken == [True, True, False, True, False]


def _taken(throttle: Throttle) -> bool:
    """Whether the day lets a call go; the pace does, at most a moment later."""
    while throttle.day_wait_s() is None:
        if throttle.take() is not None:
            return True
    return False


def test_what_is_remembered_of_a_day_is_told_less_what_is_kept(tmp_path: Path) -> None:
    assert left_today(None, tmp_path, 10, 4).calls == 6
    with closing(Throttle(tmp_path / f"{file_name('4711')}.db", None)) as throttle:
        throttle.take()
    assert left_today("4711", tmp_path, 10, 4).calls == 5
    assert left_today("4711", tmp_path, 10).calls == 9
