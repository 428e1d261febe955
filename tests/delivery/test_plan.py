"""When calls will have gone."""

from collections import Counter
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.delivery.day import DAY_HOURS
from importer.delivery.plan import plan
from importer.delivery.throttle import Rate
from importer.plan import Plan

HOUR_S, DAY_S = 3600.0, 86_400.0
RATE = Rate(25, 5)  # 18,000 an hour
TODAY = 1000  # the hour
NOW = TODAY * HOUR_S


def test_without_a_limit_of_the_day_the_pace_tells() -> None:
    assert plan(25_000, RATE, None, [(TODAY, 9_999)], NOW) == Plan(25_000, 5_000, 1, NOW + 5_000)
    assert plan(1_000_000, RATE, None, [], NOW) == Plan(1_000_000, 200_000, 3, NOW + 200_000)


def test_calls_that_the_day_has_left_go_without_a_wait() -> None:
    assert plan(8_000, RATE, 10_000, [(TODAY - 3, 2_000)], NOW) == Plan(
        8_000, 1_600, 1, NOW + 1_600
    )


def test_calls_that_it_has_not_go_when_as_many_are_a_day_old() -> None:
    assert plan(8_001, RATE, 10_000, [(TODAY - 3, 2_000)], NOW) == Plan(
        8_001, 1_600.2, 1, NOW + 22 * HOUR_S + 0.2, waits=True
    )


def test_a_day_that_is_used_up_is_waited_for() -> None:
    assert plan(1, RATE, 10_000, [(TODAY, 10_000)], NOW) == Plan(
        1, 0.2, 2, NOW + 25 * HOUR_S + 0.2, waits=True
    )


def test_many_calls_take_days() -> None:
    """10,000 each 25 hours: whole hours are counted, and the first is not known to be over."""
    assert plan(25_000, RATE, 10_000, [], NOW) == Plan(
        25_000, 5_000, 3, NOW + 50 * HOUR_S + 1_000, waits=True
    )


def test_old_calls_make_room_while_others_go() -> None:
    hours = [(TODAY - 24, 5_000)]
    found = plan(30_000, RATE, 20_000, hours, NOW + HOUR_S / 2)
    assert found.waits is True
    assert plan(22_000, RATE, 22_000, hours, NOW + HOUR_S / 2).waits is False


def test_without_a_pace_calls_go_as_soon_as_the_day_lets_them() -> None:
    assert plan(25_000, None, None, [], NOW) == Plan(25_000, None, 1, None)
    assert plan(10_000, None, 10_000, [], NOW) == Plan(10_000, None, 1, None)
    assert plan(25_000, None, 10_000, [], NOW + 60) == Plan(
        25_000, None, 3, NOW + 50 * HOUR_S, waits=True
    )


@pytest.mark.parametrize("limit", [None, 10])
def test_no_calls_take_no_time(limit: int | None) -> None:
    assert plan(0, RATE, limit, [(TODAY, 10)], NOW) == Plan(0, 0.0, 0, None)


@pytest.mark.parametrize(
    ("calls", "limit", "bursts"), [(1_000_000, 10_000, 100), (1_000_000, 1, 1_000_000)]
)
def test_a_million_calls_are_planned_at_once(calls: int, limit: int, bursts: int) -> None:
    began = perf_counter()
    found = plan(calls, RATE, limit, [], NOW)
    assert perf_counter() - began < 1
    assert found.ends_at == pytest.approx(NOW + (bursts - 1) * 25 * HOUR_S, abs=HOUR_S)
    assert found.days == int((bursts - 1) * 25 / 24) + 1


PAST = st.lists(
    st.tuples(st.integers(TODAY - DAY_HOURS + 1, TODAY), st.integers(0, 60)),
    unique_by=lambda each: each[0],
).map(sorted)
PACES = st.sampled_from([None, Rate(1, 600), Rate(1, 900), Rate(1, 1800), Rate(1, 7200)])


def one_by_one(
    calls: int, rate: Rate | None, limit: int, hours: list[tuple[int, int]], now: float
) -> float:
    """When the last of them has gone: each goes when the pace and the day let it."""
    sent, at, gap_s = Counter(dict(hours)), now, rate.window_s / rate.calls if rate else 0.0
    for _ in range(calls):
        while sum(sent[int(at // HOUR_S) - back] for back in range(DAY_HOURS)) >= limit:
            at = (at // HOUR_S + 1) * HOUR_S
        sent[int(at // HOUR_S)] += 1
        at += gap_s
    return at


@given(st.integers(1, 400), PACES, st.integers(1, 60), PAST, st.integers(0, 3599))
def test_a_plan_is_what_calls_that_go_one_by_one_come_to(
    calls: int, rate: Rate | None, limit: int, hours: list[tuple[int, int]], late_s: int
) -> None:
    now = NOW + late_s
    found = plan(calls, rate, limit, hours, now)
    ends_at = one_by_one(calls, rate, limit, hours, now)
    assert found.ends_at in (ends_at, None if ends_at == now else ends_at)
    assert found.days == int((ends_at - now) // DAY_S) + 1
    paced = now + calls * (rate.window_s / rate.calls if rate else 0.0)
    assert found.waits >= (ends_at > paced)


@given(st.integers(1, 1_000), PACES, st.integers(1, 500), PAST)
def test_more_calls_or_fewer_a_day_end_no_sooner(
    calls: int, rate: Rate | None, limit: int, hours: list[tuple[int, int]]
) -> None:
    found = plan(calls, rate, limit, hours, NOW).ends_at or NOW
    assert (plan(calls + 1, rate, limit, hours, NOW).ends_at or NOW) >= found
    assert (plan(calls, rate, limit + 1, hours, NOW).ends_at or NOW) <= found + HOUR_S
