import random

from importer.delivery.retry import Breaker, backoff_s


def test_waits_double_from_one_second_to_thirty() -> None:
    waits = [backoff_s(failures, 0.0) for failures in (1, 2, 3, 4, 5, 6, 7, 1000)]
    assert waits == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]


def test_jitter_adds_a_quarter_at_most_and_never_shortens() -> None:
    chance = random.Random(4)
    for failures in range(1, 10):
        least = backoff_s(failures, 0.0)
        assert backoff_s(failures, 0.999999) < 1.25 * least
        assert all(backoff_s(failures, chance.random()) >= least for _ in range(50))


def test_a_retry_after_is_kept_to_and_shortens_nothing() -> None:
    assert [backoff_s(1, 0.0, 45.0), backoff_s(1, 0.5, 0.2), backoff_s(6, 0.0, 5.0)] == [
        45.0, 1.125, 30.0,
    ]  # fmt: skip


def fail(breaker: Breaker, times: int, now: float = 0.0) -> None:
    for _ in range(times):
        breaker.failed(now, 0.0, None)


def test_the_breaker_opens_at_the_tenth_failure_in_a_row() -> None:
    breaker = Breaker()
    fail(breaker, 9)
    assert (breaker.is_open, breaker.lets(5, 0.0), breaker.wait_s(0.0)) == (False, True, 0.0)
    fail(breaker, 1)
    assert (breaker.is_open, breaker.lets(0, 0.0), breaker.wait_s(0.0)) == (True, False, 1.0)


def test_a_success_closes_the_breaker_and_forgets_what_was() -> None:
    breaker = Breaker()
    fail(breaker, 9)
    breaker.succeeded()
    fail(breaker, 9)
    assert not breaker.is_open
    fail(breaker, 3)
    breaker.succeeded()
    assert not breaker.is_open
    fail(breaker, 10, now=50.0)
    assert breaker.wait_s(50.0) == 1.0


def test_one_row_tries_alone_at_growing_waits() -> None:
    breaker, now, waits = Breaker(), 0.0, []
    fail(breaker, 10)
    for _ in range(7):
        waits.append(breaker.wait_s(now))
        assert not breaker.lets(0, now + waits[-1] - 0.001)
        now += waits[-1]
        assert breaker.lets(0, now)
        assert not breaker.lets(1, now)
        breaker.failed(now, 0.0, None)
    assert waits == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


def test_the_breaker_waits_as_long_as_the_server_asks() -> None:
    breaker = Breaker()
    fail(breaker, 9)
    breaker.failed(100.0, 0.0, 70.0)
    assert breaker.wait_s(110.0) == 60.0


def test_the_breaker_gives_up_120_s_after_the_first_failure() -> None:
    breaker = Breaker()
    breaker.failed(1000.0, 0.0, None)
    fail(breaker, 9, now=1010.0)
    assert [breaker.gives_up(now) for now in (1119.9, 1120.0)] == [False, True]
    breaker.succeeded()
    assert not breaker.gives_up(5000.0)


def test_a_few_failures_never_give_up_however_long_ago() -> None:
    breaker = Breaker()
    fail(breaker, 9)
    assert not breaker.gives_up(10_000.0)


def test_calls_that_were_under_way_when_the_breaker_opened_make_no_wait_longer() -> None:
    breaker = Breaker()
    fail(breaker, 16)
    assert breaker.wait_s(0.0) == 1.0
    assert breaker.lets(0, 1.0)
    breaker.failed(1.0, 0.0, None)
    assert breaker.wait_s(1.0) == 2.0
