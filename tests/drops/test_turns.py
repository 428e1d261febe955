"""Who waits for whom. No test sleeps: a thread that has to wait is seen by what it says."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from queue import SimpleQueue

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.drops import turns as module
from importer.drops.turns import Turns
from importer.errors import InterruptedRunError
from importer.jobs.session import Stop

PATIENCE_S = 20.0


class Looks(Stop):
    """A stop that says when somebody waits: a wait looks at it first."""

    def __init__(self) -> None:
        super().__init__()
        self.waits = threading.Event()

    def check(self, fix: str) -> None:
        self.waits.set()
        super().check(fix)


class Thread:
    """What is done in another thread, and what came of it."""

    def __init__(self, work: Callable[[Looks], object]) -> None:
        self.stop = Looks()
        self._ends: SimpleQueue[object] = SimpleQueue()
        self._work = work
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._ends.put(self._work(self.stop))
        except InterruptedRunError as error:
            self._ends.put(error)

    def is_waiting(self) -> bool:
        """Once it has begun to wait."""
        assert self.stop.waits.wait(PATIENCE_S)
        return self._ends.empty()

    def end(self) -> object:
        self._thread.join(PATIENCE_S)
        return self._ends.get(timeout=PATIENCE_S)


@contextmanager
def stopped_at_the_end(*threads: Thread) -> Iterator[None]:
    try:
        yield
    finally:
        for thread in threads:
            thread.stop.request(15)


@pytest.fixture
def turns() -> Turns:
    return Turns()


def test_the_first_one_does_not_wait(turns: Turns) -> None:
    turns.wait_for(0, Stop())


def test_a_turn_comes_when_all_earlier_ones_have_passed_theirs_on(turns: Turns) -> None:
    third = Thread(lambda stop: turns.wait_for(2, stop))
    with stopped_at_the_end(third):
        assert third.is_waiting()
        turns.pass_on(1)
        assert third.is_waiting()
        turns.pass_on(0)
        assert third.end() is None


def test_a_turn_may_be_passed_on_early_and_more_than_once(turns: Turns) -> None:
    turns.pass_on(0)
    turns.pass_on(0)
    turns.wait_for(1, Stop())
    second = Thread(lambda stop: turns.wait_for(2, stop))
    with stopped_at_the_end(second):
        assert second.is_waiting()


def test_who_has_ended_has_passed_its_turn_on(turns: Turns) -> None:
    turns.end(0)
    turns.wait_for(1, Stop())


def test_the_second_hand_waits_for_the_first_to_begin(turns: Turns) -> None:
    second = Thread(turns.wait_for_first)
    with stopped_at_the_end(second):
        assert second.is_waiting()
        turns.wait_for(0, Stop())
        assert second.end() is True


def test_the_second_hand_goes_on_where_the_first_has_nothing_to_send(turns: Turns) -> None:
    turns.end(0)
    assert turns.wait_for_first(Stop())


def test_the_second_hand_goes_on_after_a_later_one_only_if_it_was_the_first(turns: Turns) -> None:
    second = Thread(turns.wait_for_first)
    with stopped_at_the_end(second):
        turns.pass_on(1)
        assert second.is_waiting()


def test_reading_back_waits_for_all(turns: Turns) -> None:
    last = Thread(lambda stop: turns.wait_for_all(2, stop))
    with stopped_at_the_end(last):
        turns.pass_on(0)
        assert last.is_waiting()
        turns.pass_on(1)
        assert last.end() is True


# One job, several files


def test_who_claims_a_job_that_nobody_has_goes_on(turns: Turns) -> None:
    assert turns.claim("a", 0, Stop()) is False
    assert turns.claim("b", 1, Stop()) is False


def test_who_claims_a_job_that_an_earlier_one_has_waits_until_its_file_is_put_away(
    turns: Turns,
) -> None:
    turns.claim("a", 0, Stop())
    second = Thread(lambda stop: turns.claim("a", 1, stop))
    with stopped_at_the_end(second):
        assert second.is_waiting()
        turns.pass_on(0)
        assert second.is_waiting()
        turns.end(0)
        assert second.end() is True


def test_a_third_one_waits_for_the_second(turns: Turns) -> None:
    turns.claim("a", 0, Stop())
    turns.end(0)
    assert turns.claim("a", 1, Stop()) is True  # whoever looked before may have seen an old state
    third = Thread(lambda stop: turns.claim("a", 2, stop))
    with stopped_at_the_end(third):
        assert third.is_waiting()
        turns.end(1)
        assert third.end() is True


def test_jobs_are_claimed_in_order(turns: Turns) -> None:
    """A later one that had the first one's job would wait for its turn; and that one, for it."""
    second = Thread(lambda stop: turns.claim("a", 1, stop))
    with stopped_at_the_end(second):
        assert second.is_waiting()
        assert turns.claim("a", 0, Stop()) is False
        assert second.is_waiting()
        turns.end(0)
        assert second.end() is True


def test_who_ends_without_a_claim_is_not_waited_for(turns: Turns) -> None:
    third = Thread(lambda stop: turns.claim("a", 2, stop))
    with stopped_at_the_end(third):
        turns.end(1)
        assert third.is_waiting()
        turns.end(0)
        assert third.end() is False


# Stops


@pytest.mark.parametrize(
    "wait",
    [
        lambda turns, stop: turns.wait_for(1, stop),
        lambda turns, stop: turns.claim("a", 1, stop),
        lambda turns, stop: turns.wait_for_first(stop),
        lambda turns, stop: turns.wait_for_all(1, stop),
    ],
)
def test_a_stop_ends_each_wait(turns: Turns, wait: Callable[[Turns, Stop], object]) -> None:
    turns.claim("a", 0, Stop())
    thread = Thread(lambda stop: wait(turns, stop))
    assert thread.is_waiting()
    thread.stop.request(15)
    ended = thread.end()
    assert ended is False or (
        isinstance(ended, InterruptedRunError) and ended.fix == module.STOPPED
    )


# Whatever the order


class Lane:
    """Two hands draw tickets in order, and do what a pass does with each, one step at a time as the
    test says."""

    def __init__(self, keys: Sequence[str], steps: Iterator[int]) -> None:
        self.turns = Turns()
        self._keys, self._steps = keys, steps
        self._drawn = 0
        self._lock = threading.Lock()
        self.sent: list[int] = []
        self.under_way: list[str] = []
        self.flaws: list[str] = []
        self.threads = [Thread(self._first), Thread(self._second)]

    def _first(self, stop: Looks) -> None:
        self._work(stop)

    def _second(self, stop: Looks) -> None:
        if self.turns.wait_for_first(stop):
            self._work(stop)

    def _work(self, stop: Looks) -> None:
        while (ticket := self._draw()) is not None:
            key = self._keys[ticket]
            with self._lock:
                is_busy, has_rows, is_early = (next(self._steps) for _ in range(3))
            try:
                self.turns.claim(key, ticket, stop)
                with self._lock:
                    if key in self.under_way:
                        self.flaws.append(f"{ticket}: two at once on {key}")
                    self.under_way.append(key)
                if has_rows:
                    self.turns.wait_for(ticket, stop)
                    self.sent.append(ticket)
                    if is_early:
                        self.turns.pass_on(ticket)
                if is_busy:
                    threading.Event().wait(0)
            finally:
                with self._lock:
                    self.under_way.remove(key)
                self.turns.end(ticket)

    def _draw(self) -> int | None:
        with self._lock:
            if self._drawn == len(self._keys):
                return None
            self._drawn += 1
            return self._drawn - 1


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from("abc"), max_size=8),
    st.lists(st.integers(0, 1), min_size=24, max_size=24),
)
def test_two_hands_never_wait_for_each_other_and_send_in_order(
    keys: list[str], steps: list[int]
) -> None:
    lane = Lane(keys, iter(steps))
    with stopped_at_the_end(*lane.threads):
        assert [thread.end() for thread in lane.threads if keys] == [None, None][: 2 * bool(keys)]
    assert lane.flaws == []
    assert lane.sent == sorted(lane.sent)
