"""Threads that send one request each at a time, and the queue by which all events come back.

The worker's thread owns the journal and the throttle; a sender knows the wire alone.
"""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from importer.crashpoints import reached
from importer.delivery.leadsquared import Call, Request

MOST_SENDERS = 16


class Wire(Protocol):
    """What a sender needs of LeadSquared."""

    host: str

    def call(self, request: Request, on_left: Callable[[float], None] | None = None) -> Call: ...


@dataclass(frozen=True, slots=True)
class Left:
    """The bytes of the call that took this slot left at that moment."""

    slot: int
    moment: float


@dataclass(frozen=True, slots=True)
class Returned:
    token: int
    call: Call


@dataclass(frozen=True, slots=True)
class Crashed:
    """A bug in a sender; the worker raises it."""

    error: BaseException


@dataclass(frozen=True, slots=True)
class Woken:
    """Somebody asked the worker to stop."""


Event = Left | Returned | Crashed | Woken


class Clock:
    """Time as one run sees it; tests pass one of their own.

    The time of day is read once, and goes on from there with a clock that nobody sets: rows wait
    until a moment, and must not wait an hour more, or less, because the computer's clock was set.
    """

    def __init__(self) -> None:
        self._since_1970_ns = time.time_ns() - _steady_ns()

    def monotonic(self) -> float:
        return time.monotonic()

    def wall_ms(self) -> int:
        return (self._since_1970_ns + _steady_ns()) // 1_000_000

    def wall(self) -> float:
        """Seconds since 1970."""
        return self.wall_ms() / 1000

    def get(
        self, events: "queue.SimpleQueue[Event]", timeout_s: float | None, busy: bool
    ) -> Event | None:
        """The next event, or None after timeout_s (None: no limit). busy: calls are in flight."""
        del busy  # a clock that is not real needs to know whether an event will come
        try:
            return events.get(timeout=timeout_s)
        except queue.Empty:
            return None


def gathered(
    clock: Clock,
    events: "queue.SimpleQueue[Event]",
    timeout_s: float | None,
    *,
    busy: bool,
    on_left: Callable[[int, float], None],
) -> list[Returned]:
    """The calls that came back, of all events that are there after waiting for the first.

    timeout_s, busy: as of `Clock.get`. on_left: told of each call that left, its slot and moment.
    Raises what went wrong in a sender.
    """
    returned: list[Returned] = []
    event = clock.get(events, timeout_s, busy=busy)
    while event is not None:
        match event:
            case Left(slot, moment):
                on_left(slot, moment)
            case Crashed(error):
                raise error
            case Returned():
                returned.append(event)
            case Woken():
                pass
        event = clock.get(events, 0, busy=False)
    return returned


def _steady_ns() -> int:
    """Nanoseconds that nobody sets; where the system tells, those that it slept too."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    return time.monotonic_ns()


class Senders:
    def __init__(self, wire: Wire, events: "queue.SimpleQueue[Event]") -> None:
        self._wire = wire
        self._events = events
        self._tasks: queue.SimpleQueue[tuple[int, Request, int] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def send(self, token: int, request: Request, slot: int, busy: int) -> None:
        """Send it on a free thread; busy is how many have a call already. slot 0: unpaced."""
        if busy >= len(self._threads):
            # Daemons: a reply that never comes must not keep a stopped process alive.
            thread = threading.Thread(target=self._run, name="sender", daemon=True)
            self._threads.append(thread)
            thread.start()
        self._tasks.put((token, request, slot))

    def close(self) -> None:
        for _ in self._threads:
            self._tasks.put(None)

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            token, request, slot = task
            try:
                call = self._wire.call(request, self._left(slot))
                self._events.put(Returned(token, call))
                reached("reply handed back by a sender")
            except BaseException as error:
                self._events.put(Crashed(error))

    def _left(self, slot: int) -> Callable[[float], None] | None:
        return (lambda moment: self._events.put(Left(slot, moment))) if slot else None
