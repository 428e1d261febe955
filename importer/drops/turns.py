"""Files of one account go one after another, while the next is read and the last is put away."""

import threading
from collections.abc import Callable

from importer.errors import InterruptedRunError
from importer.jobs.session import Stop

LOOK_S = 0.1  # a wait is looked up from, for a request to stop
STOPPED = "run the pass again; nothing of this file was sent now"


class Turns:
    """Tickets are drawn in order, from 0 on."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._passed: set[int] = set()
        self._ended: set[int] = set()
        self._first = 0
        self._is_begun = False
        self._keys: dict[str, int] = {}
        self._settled: set[int] = set()
        self._to_claim = 0

    def wait_for(self, ticket: int, stop: Stop) -> None:
        """Until all earlier ones have passed their turn on. Raises InterruptedRunError."""
        self._wait(lambda: self._first >= ticket, stop)
        self._begin()

    def _begin(self) -> None:
        with self._changed:
            self._is_begun = True
            self._changed.notify_all()

    def wait_for_first(self, stop: Stop) -> bool:
        """Until the first one begins to send, or has nothing to; False where the pass is to end."""
        return self._waited(lambda: self._is_begun or self._first > 0, stop)

    def wait_for_all(self, drawn: int, stop: Stop) -> bool:
        """Until all of so many have passed their turn on; False where the pass is to end."""
        return self._waited(lambda: self._first >= drawn, stop)

    def pass_on(self, ticket: int) -> None:
        with self._changed:
            self._passed.add(ticket)
            while self._first in self._passed:
                self._first += 1
            self._changed.notify_all()

    def end(self, ticket: int) -> None:
        """Its file is put away."""
        self.pass_on(ticket)
        with self._changed:
            self._ended.add(ticket)
        self._settle(ticket)

    def _settle(self, ticket: int) -> None:
        """It has claimed its job, or has ended without one."""
        with self._changed:
            self._settled.add(ticket)
            while self._to_claim in self._settled:
                self._to_claim += 1
            self._changed.notify_all()

    def claim(self, key: str, ticket: int, stop: Stop) -> bool:
        """Wait until no earlier ticket is at work on the same job; whether one was, so that what is
        known of the job is old. They claim in their order: else a later one could have the job, and
        wait for its turn.

        Raises InterruptedRunError.
        """
        self._wait(lambda: self._to_claim >= ticket, stop)
        with self._changed:
            earlier = self._keys.get(key)
            self._keys[key] = ticket
        self._settle(ticket)
        if earlier is None:
            return False
        self._wait(lambda: earlier in self._ended, stop)
        return True

    def _waited(self, is_over: Callable[[], bool], stop: Stop) -> bool:
        try:
            self._wait(is_over, stop)
        except InterruptedRunError:
            return False
        return True

    def _wait(self, is_over: Callable[[], bool], stop: Stop) -> None:
        with self._changed:
            while not is_over():
                stop.check(STOPPED)
                self._changed.wait(LOOK_S)
