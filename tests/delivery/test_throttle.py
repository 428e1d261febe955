import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import pairwise
from pathlib import Path
from time import tzset
from typing import Any

import pytest

from importer.delivery.day import Left
from importer.delivery.throttle import (
    CREATE,
    MARGIN_S,
    READ_AFTER_S,
    SLACK_S,
    TABLE,
    Rate,
    Throttle,
    boot_id,
)
from importer.errors import ResumableError, SettingsError

GAP = (5 + MARGIN_S) / 25  # of 25 calls in 5 s
RATE, RATE_10 = Rate(25, 5), Rate(10, 5)
near: Any = pytest.approx


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


Open = Callable[..., Throttle]


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def open_throttle(tmp_path: Path, time: Time) -> Iterator[Open]:
    """Another Throttle on the same file is another process."""
    with ExitStack() as opened:

        def open_one(
            rate: Rate | None = RATE, *, boot: str = "a", name: str = "q", daily: int | None = None
        ) -> Throttle:
            throttle = Throttle(
                tmp_path / f"{name}.db", rate, daily=daily, clock=time,
                wall=lambda: 3600 * 1000.0 + time.now, boot=boot,
            )  # fmt: skip
            return opened.enter_context(closing(throttle))

        yield open_one


def take(throttle: Throttle, time: Time, *, late_s: float = 0.0) -> float:
    """Take the next slot, at once or when it says that one is there; the moment."""
    for _ in range(3):
        slot = throttle.take()
        if slot is not None:
            throttle.sent(slot, time.now + late_s)
            return time.now
        time.now += throttle.wait_s() + 1e-9  # the sum of two floats may fall short
    raise AssertionError("no slot when it was due")


def test_calls_are_evenly_spaced_from_the_first(open_throttle: Open, time: Time) -> None:
    throttle = open_throttle()
    moments = [take(throttle, time) for _ in range(100)]
    gaps = [b - a for a, b in pairwise(moments)]
    assert moments[0] == 1000.0
    assert gaps == pytest.approx([GAP] * 99, abs=1e-6)


def test_a_call_before_its_moment_has_no_slot(open_throttle: Open, time: Time) -> None:
    throttle = open_throttle()
    assert throttle.take() == 1
    assert throttle.wait_s() == pytest.approx(GAP)
    time.now += GAP - 0.001
    assert (throttle.take(), throttle.wait_s()) == (None, near(0.001))


def arrivals(throttle: Throttle, time: Time, seconds: float, seed: int) -> list[float]:
    """When the server counts each call: up to 40 ms after it left, which is up to 8 ms late."""
    chance, found, end = random.Random(seed), list[float](), time.now + seconds
    while time.now < end:
        found.append(take(throttle, time) + chance.uniform(0.0, 0.040))
        time.now += chance.choice((0.0, 0.0, 0.001, 0.004))  # the thread is busy for a moment
    return sorted(found)


@pytest.mark.parametrize(
    ("rate", "seed"), [(Rate(25, 5), 1), (Rate(10, 5), 2), (Rate(72, 5), 3)], ids=str
)
def test_no_window_ever_has_more_calls_and_the_quota_is_used(
    open_throttle: Open, time: Time, rate: Rate, seed: int
) -> None:
    found = arrivals(open_throttle(rate), time, 600, seed)
    narrowest = min(b - a for a, b in zip(found, found[rate.calls :], strict=False))
    assert narrowest >= rate.window_s
    used = (len(found) - 1) / rate.per_second / (found[-1] - found[0])
    assert 0.985 <= used <= 1.0


def test_two_processes_share_one_quota(open_throttle: Open, time: Time) -> None:
    chance, pair, found = random.Random(5), (open_throttle(), open_throttle()), list[float]()
    while time.now < 1300:
        found.append(take(chance.choice(pair), time) + chance.uniform(0.0, 0.040))
    found.sort()
    assert min(b - a for a, b in zip(found, found[25:], strict=False)) >= 5
    assert 0.985 <= (len(found) - 1) / 5 / (found[-1] - found[0]) <= 1.0


def test_two_processes_never_get_the_same_slot(open_throttle: Open) -> None:
    one, two = open_throttle(), open_throttle()
    assert [one.take(), two.take(), one.take()] == [1, None, None]


@pytest.mark.parametrize(
    ("late_s", "caught_up_s"), [(0.001, 0.001), (0.005, 0.005), (0.006, 0.005), (1.0, 0.005)]
)
def test_a_call_up_to_5_ms_late_is_caught_up_and_a_later_one_is_not(
    open_throttle: Open, time: Time, late_s: float, caught_up_s: float
) -> None:
    throttle = open_throttle()
    take(throttle, time)
    time.now += GAP + late_s
    assert throttle.take() == 2
    assert throttle.wait_s() == pytest.approx(GAP - caught_up_s)


def test_catching_up_is_a_tenth_of_a_short_gap_at_most(open_throttle: Open, time: Time) -> None:
    throttle = open_throttle(Rate(1000, 1))
    gap = (1 + MARGIN_S) / 1000
    take(throttle, time)
    time.now += 3 * gap
    assert throttle.take() == 2
    assert throttle.wait_s() == pytest.approx(0.9 * gap)


def test_bytes_that_leave_late_move_the_next_call(open_throttle: Open, time: Time) -> None:
    throttle = open_throttle()
    slot = throttle.take()
    assert slot is not None
    throttle.sent(slot, time.now + 0.4)
    assert throttle.wait_s() == pytest.approx(0.4 + GAP - SLACK_S)


def test_and_each_slot_that_was_taken_since(open_throttle: Open, time: Time) -> None:
    throttle = open_throttle()
    first = throttle.take()
    assert first is not None
    time.now += GAP
    assert throttle.take() == 2
    throttle.sent(first, 1000.0 + GAP + 0.3)
    assert throttle.wait_s() == pytest.approx(0.3 + 2 * GAP - SLACK_S)


def test_bytes_that_leave_in_time_move_nothing(open_throttle: Open, time: Time) -> None:
    throttle = open_throttle()
    slot = throttle.take()
    assert slot is not None
    throttle.sent(slot, time.now + 0.004)
    assert throttle.wait_s() == pytest.approx(GAP)


def test_a_killed_runs_last_calls_still_count(open_throttle: Open, time: Time) -> None:
    open_throttle().take()
    again = open_throttle()
    assert (again.take(), again.wait_s()) == (None, near(GAP))
    time.now += GAP
    assert again.take() == 2


def test_after_a_boot_the_moments_of_the_old_clock_count_no_longer(
    open_throttle: Open, time: Time
) -> None:
    open_throttle().pause(500)
    again = open_throttle(boot="b")
    assert (again.wait_s(), again.take()) == (0.0, 2 - 1)
    assert open_throttle(boot="b").wait_s() == pytest.approx(GAP)
    time.now = 2.0  # a new clock starts at 0
    assert open_throttle(boot="c").wait_s() == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("set_", "learned", "kept"),
    [
        (Rate(25, 5), Rate(10, 5), Rate(10, 5)),
        (Rate(5, 5), Rate(10, 5), Rate(5, 5)),
        (Rate(25, 5), Rate(100, 60), Rate(100, 60)),
        (None, Rate(10, 5), Rate(10, 5)),
    ],
)
def test_the_lower_of_learned_and_set_is_kept_to_in_every_process(
    open_throttle: Open, time: Time, set_: Rate | None, learned: Rate, kept: Rate
) -> None:
    one, running = open_throttle(set_), open_throttle(set_)
    one.throttled(time.now, learned, None)
    time.now += READ_AFTER_S
    running.take()
    later = open_throttle(set_)
    assert [one.rate, running.rate, later.rate] == [kept] * 3


def test_a_limit_that_one_process_learns_holds_in_the_other_that_runs(
    open_throttle: Open, time: Time
) -> None:
    one, two = open_throttle(), open_throttle()
    one.throttled(time.now, Rate(10, 5), None)
    two.wait_s()
    assert two.rate == Rate(10, 5)


def gap_of(throttle: Throttle, time: Time) -> float:
    """Between two calls that are in time."""
    take(throttle, time)
    return take(throttle, time) - take(throttle, time)


def test_the_margin_doubles_once_for_calls_in_flight_together(
    open_throttle: Open, time: Time
) -> None:
    throttle = open_throttle()
    for sent_at in (999.7, 999.9, 999.8):
        throttle.throttled(sent_at, None, None)
    assert throttle.wait_s() == pytest.approx(5 + 2 * MARGIN_S)
    time.now += throttle.wait_s()
    left_at = take(throttle, time)
    time.now += 0.2
    throttle.throttled(left_at, None, None)
    expected = 2 * (MARGIN_S + MARGIN_S * 0.5 ** ((time.now - 1000) / 60))
    assert throttle.wait_s() == pytest.approx(5 + expected)


def test_the_margins_surplus_halves_each_minute_and_the_rest_stays(
    open_throttle: Open, time: Time
) -> None:
    throttle = open_throttle()
    throttle.throttled(time.now, None, None)
    for after, margin in [(60, 0.075), (120, 0.0625), (6000, 0.050)]:
        time.now = 1000.0 + after
        assert throttle.take() is not None
        assert throttle.wait_s() == pytest.approx((5 + margin) / 25 - SLACK_S)


def test_the_margin_leaves_a_fifth_of_the_quota(open_throttle: Open, time: Time) -> None:
    throttle = open_throttle()
    for _ in range(20):
        throttle.throttled(time.now, None, None)
        time.now += 0.001
    time.now -= 0.001
    assert throttle.wait_s() == pytest.approx(5 + 4 * 5)


def is_spent(throttle: Throttle) -> bool:
    try:
        throttle.check_spent()
    except ResumableError:
        return True
    return False


def test_the_days_quota_is_spent_after_60_s_of_throttled_tries(
    open_throttle: Open, time: Time
) -> None:
    throttle, spent = open_throttle(), list[bool]()
    for after in (0.0, 30.0, 59.9, 60.0):
        time.now = 1000.0 + after
        throttle.throttled(time.now, None, None)
        spent.append(is_spent(throttle))
    throttle.succeeded()
    assert [*spent, is_spent(throttle)] == [False, False, False, True, False]


def test_a_reply_that_is_not_throttled_starts_the_minute_anew(
    open_throttle: Open, time: Time
) -> None:
    throttle = open_throttle()
    throttle.throttled(time.now, None, None)
    time.now += 50
    throttle.succeeded()
    throttle.throttled(time.now, None, None)
    time.now += 59
    assert not is_spent(throttle)


def test_without_a_rate_calls_are_unpaced_until_one_is_throttled(
    open_throttle: Open, time: Time
) -> None:
    throttle = open_throttle(None)
    assert [throttle.take() for _ in range(300)] == [0] * 300
    assert (throttle.rate, throttle.wait_s()) == (None, 0.0)
    throttle.throttled(time.now, Rate(10, 5), None)
    time.now += throttle.wait_s()
    assert throttle.take() == 1
    assert throttle.wait_s() == pytest.approx((5 + 2 * MARGIN_S) / 10, abs=0.001)


def test_without_a_limit_the_pause_is_300_ms_doubling_to_5_s_until_a_reply_succeeds(
    open_throttle: Open, time: Time
) -> None:
    throttle, pauses = open_throttle(None), list[float]()
    for _ in range(7):
        throttle.throttled(time.now, None, None)
        pauses.append(throttle.wait_s())
        assert throttle.take() is None
        time.now += pauses[-1] + 1e-9
        assert throttle.take() is not None
    assert pauses == pytest.approx([0.3, 0.6, 1.2, 2.4, 4.8, 5.0, 5.0])
    throttle.succeeded()
    assert [throttle.take() for _ in range(5)] == [0] * 5
    throttle.throttled(time.now, None, None)
    assert throttle.wait_s() == pytest.approx(0.3)


@pytest.mark.parametrize("rate", [RATE, None], ids=["paced", "none"])
def test_a_retry_after_is_kept_to(open_throttle: Open, time: Time, rate: Rate | None) -> None:
    throttle = open_throttle(rate)
    throttle.throttled(time.now, None, 30.0)
    throttle.succeeded()
    time.now += 29.9
    assert (throttle.take(), throttle.wait_s()) == (None, near(0.1))
    time.now += 0.11
    assert throttle.take() is not None


@pytest.mark.parametrize("rate", [RATE, None], ids=["paced", "none"])
def test_a_shorter_pause_does_not_cut_a_longer_one_short(
    open_throttle: Open, time: Time, rate: Rate | None
) -> None:
    throttle = open_throttle(rate)
    throttle.pause(60)
    throttle.pause(5)
    time.now += 6
    assert (throttle.take(), throttle.wait_s()) == (None, near(54))


def test_a_pause_of_years_is_one_of_an_hour(open_throttle: Open) -> None:
    throttle = open_throttle(RATE)
    throttle.pause(10 * 365 * 86_400)
    assert (throttle.wait_s(), throttle.pause_s) == (near(3600), near(3600))


def test_a_pause_of_minutes_ends_a_run_of_any_process(open_throttle: Open, time: Time) -> None:
    open_throttle(None).pause(121)
    with pytest.raises(ResumableError) as caught:
        open_throttle(None).check_day()
    told = "the server has asked for a pause, and takes no call until then"
    assert caught.value.what == told
    time.now += 1.5
    open_throttle(None).check_day()


@pytest.mark.parametrize(
    ("rate", "limit", "retry_after_s", "pause_s"),
    [
        (RATE, None, 30.0, 30.0),
        (None, None, 30.0, 30.0),
        (RATE, None, None, 5.1),
        (None, None, None, 0.3),
        (None, RATE, None, 5.1),
    ],
)
def test_without_a_rate_a_pause_of_another_process_is_kept_to(
    open_throttle: Open,
    time: Time,
    rate: Rate | None,
    limit: Rate | None,
    retry_after_s: float | None,
    pause_s: float,
) -> None:
    other, running = open_throttle(rate), open_throttle(None)
    other.throttled(time.now, limit, retry_after_s)
    assert running.take() == 0
    time.now += READ_AFTER_S
    assert running.take() is None
    assert running.wait_s() == near(pause_s - READ_AFTER_S)
    time.now = 1000.0 + pause_s + 1e-9
    assert running.take() is not None


def test_without_a_rate_its_own_pause_holds_at_once(open_throttle: Open) -> None:
    throttle = open_throttle(None)
    throttle.pause(30)
    assert (throttle.take(), throttle.wait_s()) == (None, 30.0)


def test_without_a_rate_the_pace_of_another_process_holds_no_call(
    open_throttle: Open, time: Time
) -> None:
    paced, unpaced = open_throttle(Rate(1, 60)), open_throttle(None)
    paced.take()
    time.now += 1
    assert [unpaced.take() for _ in range(3)] == [0] * 3
    assert (unpaced.wait_s(), paced.wait_s()) == (0.0, near(59.05))


def test_a_pause_ends_with_the_boot(open_throttle: Open) -> None:
    open_throttle(None).pause(500)
    assert open_throttle(None, boot="b").take() == 0


def test_a_pause_is_carried_over(open_throttle: Open, time: Time) -> None:
    keys, account = open_throttle(None, name="keys"), open_throttle(None, name="account")
    keys.pause(30)
    account.carry_over(keys)
    time.now += READ_AFTER_S
    assert account.take() is None
    time.now = 1030.0
    assert account.take() == 0


def test_a_file_of_an_earlier_version_keeps_what_it_knows(
    tmp_path: Path, open_throttle: Open
) -> None:
    with closing(sqlite3.connect(tmp_path / "q.db", isolation_level=None)) as db:
        db.execute(TABLE)
        db.execute(CREATE, ("a", 1002.0, MARGIN_S))
        db.execute("UPDATE quota SET calls = 10, window = 5, account = '4711'")
    for throttle in (open_throttle(), open_throttle()):
        known = (throttle.account(), throttle.rate, throttle.wait_s())
        assert known == (("4711", ""), Rate(10, 5), 2.0)
    open_throttle().pause(7)
    assert open_throttle(None).wait_s() == 7.0


def test_the_first_calls_moment_and_what_it_learned_are_carried_over(
    open_throttle: Open, time: Time
) -> None:
    keys, account = open_throttle(name="keys"), open_throttle(name="account")
    keys.throttled(time.now - 1, Rate(10, 5), None)
    waits = keys.wait_s()
    account.carry_over(keys)
    assert (account.wait_s(), account.rate) == (waits, Rate(10, 5))
    assert open_throttle(name="account").rate == Rate(10, 5)


def test_what_is_carried_over_brings_no_call_forward(open_throttle: Open) -> None:
    keys, account = open_throttle(name="keys"), open_throttle(name="account")
    account.pause(7)
    account.carry_over(keys)
    assert (account.wait_s(), account.rate) == (7.0, RATE)


def test_the_calls_of_a_day_are_counted_across_processes(open_throttle: Open, time: Time) -> None:
    paced, unpaced = open_throttle(), open_throttle(None, name="q")
    for _ in range(3):
        take(paced, time)
    for _ in range(150):
        assert unpaced.take() == 0
    assert [unpaced.calls_in_a_day(), paced.calls_in_a_day()] == [153, 153]
    time.now += 23 * 3600
    assert paced.calls_in_a_day() == 153
    take(paced, time)
    time.now += 2 * 3600
    assert paced.calls_in_a_day() == 1


def test_unpaced_calls_are_counted_when_the_run_ends(open_throttle: Open) -> None:
    throttle = open_throttle(None)
    assert throttle.take() == 0
    throttle._count_calls()
    assert open_throttle().calls_in_a_day() == 1


def test_an_account_is_remembered(open_throttle: Open) -> None:
    one = open_throttle()
    assert one.account() is None
    one.set_account("4711", "Acme")
    assert open_throttle(boot="b").account() == ("4711", "Acme")


# The day's limit


def test_without_a_limit_of_the_day_no_call_waits_for_it(open_throttle: Open) -> None:
    throttle = open_throttle(None)
    assert [throttle.take() for _ in range(300)] == [0] * 300
    assert throttle.day_wait_s() is None
    throttle.check_day()


@pytest.mark.parametrize("rate", [RATE, None], ids=["paced", "none"])
def test_a_days_calls_are_never_exceeded(
    open_throttle: Open, time: Time, rate: Rate | None
) -> None:
    one, two = open_throttle(rate, daily=5), open_throttle(rate, daily=5)
    for throttle in (one, two, one, two):
        take(throttle, time)
        assert throttle.day_wait_s() is None
    take(one, time)
    time.now += 1
    assert [one.take(), two.take()] == [None, None]
    assert one.calls_in_a_day() == 5


def test_the_day_has_a_call_left_when_the_oldest_hour_is_a_day_behind(
    open_throttle: Open, time: Time
) -> None:
    throttle = open_throttle(daily=3)
    time.now = 3000.0  # 50 minutes into hour 0
    take(throttle, time)
    time.now = 2 * 3600.0
    for _ in range(2):
        take(throttle, time)
    time.now = 3 * 3600.0
    assert (throttle.day_wait_s(), throttle.wait_s()) == (22 * 3600, 22 * 3600)
    time.now = 25 * 3600.0 - 1
    assert (throttle.take(), throttle.day_wait_s()) == (None, 1.0)
    time.now += 1
    assert throttle.day_wait_s() is None
    take(throttle, time)
    assert throttle.day_wait_s() == 2 * 3600, "of the three that are left two are of one hour"


def test_a_limit_that_was_lowered_waits_until_enough_calls_are_a_day_old(
    open_throttle: Open, time: Time
) -> None:
    throttle = open_throttle()
    for hour in range(4):
        time.now = hour * 3600.0 + 60
        take(throttle, time)
    assert open_throttle(daily=5).day_wait_s() is None
    assert open_throttle(daily=4).day_wait_s() == 22 * 3600 - 60
    assert open_throttle(daily=2).day_wait_s() == 24 * 3600 - 60


def test_a_used_up_day_is_said_with_when_it_goes_on(
    open_throttle: Open, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    throttle = open_throttle(daily=1000)
    throttle._uncounted = 999
    throttle.check_day()
    take(throttle, time)
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Kolkata")
        tzset()
        with pytest.raises(ResumableError) as caught:
            throttle.check_day()
    tzset()
    assert (caught.value.what, caught.value.where, caught.value.fix) == (
        "the day's 1,000 calls are used up, by those of the last 24 hours from here",
        "daily_calls of the account in importer.toml",
        # hour 1000 of 1970 is 1970-02-11 16:00 UTC
        "run the same command again from 1970-02-12 22:30+05:30 on, or set daily_calls higher if"
        " the account has more",
    )


def test_what_the_day_has_left_is_told_with_when_more_can_go(
    open_throttle: Open, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert open_throttle().left_today() is None
    throttle = open_throttle(daily=3)
    assert throttle.left_today() == Left(3, 3, 1025 * 3600)
    take(throttle, time)
    time.now += 3600
    assert throttle.left_today() == Left(2, 3, 1025 * 3600), "the first call is a day old first"
    for _ in range(2):
        take(throttle, time)
    assert throttle.left_today() == Left(0, 3, 1025 * 3600)
    assert open_throttle(daily=1).left_today() == Left(0, 1, 1026 * 3600)
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Kolkata")
        tzset()
        said = str(Left(1_234, 45_000, 1025 * 3600))
    tzset()
    assert said == ("with 1,234 left of today's 45,000: more can go from 1970-02-12 22:30+05:30 on")


def test_the_calls_of_a_key_whose_account_was_unknown_are_carried_over(
    open_throttle: Open, time: Time
) -> None:
    before = open_throttle(name="keys")
    take(before, time)
    keys, account = open_throttle(name="keys"), open_throttle(name="account", daily=3)
    take(account, time)
    take(keys, time)
    account.carry_over(keys)
    assert (account.calls_in_a_day(), account.day_wait_s()) == (2, None)


# What was learned


def test_a_learned_limit_is_told_and_can_be_dropped(open_throttle: Open, time: Time) -> None:
    one, two = open_throttle(), open_throttle()
    assert told(one) == (None, RATE)
    one.throttled(time.now, Rate(10, 5), None)
    assert told(one) == told(open_throttle()) == (RATE_10, RATE_10)
    one.forget_limit()
    two.wait_s()  # another process that is running reads it at its next call
    assert [told(each) for each in (one, two, open_throttle())] == [(None, RATE)] * 3


def told(throttle: Throttle) -> tuple[Rate | None, Rate | None]:
    return throttle.learned, throttle.rate


def test_a_state_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError) as caught:
        Throttle(tmp_path / "file" / "q.db", RATE)
    error = caught.value
    assert error.what.startswith("the account's quota file cannot be used: ")
    assert error.where == str(tmp_path / "file" / "q.db")
    assert error.fix == (
        "make its folder writable, or name another folder in IMPORTER_STATE, then run the same"
        " command again; it carries on"
    )


def test_a_boot_has_one_id() -> None:
    assert boot_id() == boot_id() != ""


@pytest.mark.parametrize("damage", ["a page", "no row", "no database", "its schema"])
def test_a_file_that_a_power_cut_has_torn_is_made_anew_and_a_window_passes_first(
    open_throttle: Open, tmp_path: Path, time: Time, damage: str
) -> None:
    open_throttle().close()
    path = tmp_path / "q.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if damage == "no row":
            db.execute("DELETE FROM quota")
        if damage == "its schema":
            db.execute("PRAGMA writable_schema = ON")
            db.execute("UPDATE sqlite_schema SET sql = 'CREATE TABLE quota (one' WHERE 1")
    data = path.read_bytes()
    if damage == "a page":
        path.write_bytes(data[:4096] + bytes(range(256)) * 16 + data[8192:])
    if damage == "no database":
        path.write_bytes(b"x" * len(data))
    throttle = open_throttle()
    assert (throttle.take(), throttle.wait_s()) == (None, 5.0)
    time.now += 5.0
    assert throttle.take() == 1


def test_a_sound_file_is_left_as_it_is(open_throttle: Open) -> None:
    first = open_throttle()
    assert first.take() == 1
    first.close()
    assert open_throttle().wait_s() == near(GAP)
