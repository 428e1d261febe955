"""At the account's door, as the server counts: never over the limit. How much of it is used is
measured by `python -m benchmarks.quota`."""

from benchmarks.quota import one_run, restarts


def test_a_run_is_never_throttled() -> None:
    used, throttled = one_run(60)
    assert throttled == 0
    assert used <= 1


def test_a_run_that_is_killed_and_restarted_at_once_is_never_throttled() -> None:
    assert restarts(5) == 0
