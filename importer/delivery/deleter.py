"""Deletes leads of the account one by one, with as many calls in flight as the quota needs.

A lead that was read too long ago is not deleted before it is read again: somebody may have changed
it. Each call is on disk before it leaves. One whose reply is lost is made again: a lead that is
gone is refused, and the account shows then that it is gone.
"""

import math
import queue
import random
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from importer.crashpoints import reached
from importer.delivery.connection import Connection
from importer.delivery.deletion import (
    Deleted,
    Refused,
    Unknown,
    delete_request,
    verdict_on_delete,
)
from importer.delivery.leadsquared import Call, Request, failure_of
from importer.delivery.replies import Throttled
from importer.delivery.retry import backoff_s
from importer.delivery.senders import (
    MOST_SENDERS,
    Event,
    Returned,
    Senders,
    Woken,
    gathered,
)
from importer.errors import ApiError, ImporterError, ResumableError
from importer.journal.calls import DELETE
from importer.journal.rows import Rows

READ_FOR_S = 3.0  # so many leads are read at a time as can be deleted meanwhile
OLD_MS = 5_000  # between reading a lead and deleting it, at most
OLD_SLOTS = 3  # or, where calls are slower: the read waits for one, and the deletion for the next
READ_IN_VAIN = 10  # times in a row leads were too old, and none was sent: it would never end
GRACE_S = 5.0  # for the replies under way when a person stops it
LEAST_IN_FLIGHT, LATENCY_WEIGHT = 2, 0.1
UNPACED_IN_FLIGHT = 6
MOST_READ = 50  # leads at a time, where nothing limits the calls
REFUSED_ALIKE = 5  # in a row, and none was deleted: the account lets no lead be deleted
HOW_TO_GO_ON = "run the same command again when it is back; it carries on"
OR_OFF = (
    f"{HOW_TO_GO_ON}. Where it always answers so, the lead delete API may be off for the account:"
    " ask LeadSquared's support, or delete the leads of the list by hand"
)


@dataclass(slots=True)
class Target:
    """read_at: when its reading began, UTC ms of a clock that nobody sets. due: monotonic s before
    which it is not asked for again; attempt: of the row's calls."""

    number: int
    lead_id: UUID
    read_at: int
    due: float = 0.0
    attempt: int = 0


class DeletionOffError(Exception):
    """The account lets no lead be deleted: its words."""


# Given more rows that are to be read again, the leads that were read and when that began; None
# where none is left, of those rows neither.
More = Callable[[Sequence[int]], tuple[Sequence[tuple[int, UUID]], int] | None]


class Deleter:
    """rows: of the job. gone: called inside the transaction that notes the reply, with the row's
    number. tries: calls for one lead whose reply tells nothing. wake() may be called from a signal
    handler or another thread: `is_stopped` is then asked."""

    def __init__(
        self,
        rows: Rows,
        connection: Connection,
        *,
        gone: Callable[[int], None],
        tries: int,
        timeout_s: float,
        is_stopped: Callable[[], bool],
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._rows = rows
        self._connection = connection
        self._throttle = connection.throttle
        self._clock = connection.clock
        self._gone = gone
        self._tries = tries
        self._timeout_s = timeout_s
        self._is_stopped = is_stopped
        self._chance = chance
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._senders = Senders(connection.api, self._events)
        self._waiting: deque[Target] = deque()
        self._old: list[int] = []
        self._flights: dict[int, Target] = {}
        self._calls = 0
        self._carried: int | None = None
        self._answer: Call | None = None
        self._is_last = False
        self._in_vain = 0
        self._failed: Counter[int] = Counter()  # by row: a lead may be read again meanwhile
        self._latency_s = 0.0
        self.refused: dict[int, Refused] = {}
        self._codes: deque[str] = deque(maxlen=REFUSED_ALIKE)
        self._failure: Exception | None = None
        self.deleted = 0

    def wake(self) -> None:
        self._events.put(Woken())

    def close(self) -> None:
        self._senders.close()

    def run(self, more: More) -> None:
        """more: asked for when few are left to be sent, which go on while it uses `carry`;
        `refused` has the rows whose lead was refused so far.

        It returns early where it is stopped. Raises ApiError, ResumableError, DeletionOffError:
        no further lead can be deleted; and what asking for more raises. All of it after the
        replies under way.
        """
        try:
            while not self._is_over() and (self._has_waiting(more) or self._flights):
                self._go_on()
        except ImporterError as error:
            self._failure = self._failure or error
        self._drain()
        if self._failure is not None:
            raise self._failure

    def carry(self, request: Request, slot: int) -> Call:
        """Make another call, under that slot, while leads go on being deleted."""
        self._calls += 1
        self._carried = self._calls
        self._senders.send(self._calls, request, slot, len(self._flights))
        while self._carried is not None:
            if self._is_over():
                self._collect(None)
            else:
                self._go_on()
        assert self._answer is not None, "it came back"
        return self._answer

    @property
    def page_size(self) -> int:
        """Leads that are read at a time."""
        rate = self._throttle.rate
        return MOST_READ if rate is None else max(1, math.floor(rate.per_second * READ_FOR_S))

    def _is_over(self) -> bool:
        return self._failure is not None or self._is_stopped()

    def _has_waiting(self, more: More) -> bool:
        """Whether any lead is to be deleted; more are read before the last ones are sent."""
        while not self._is_over() and len(self._waiting) < self._read_below():
            found = more(self._taken_old())
            if found is not None:
                leads, read_at = found
                self._waiting.extend(Target(number, lead_id, read_at) for number, lead_id in leads)
            elif self._is_last and not self._old:
                break
            else:
                self._is_last = True
        return bool(self._waiting)

    def _taken_old(self) -> list[int]:
        """Raises ResumableError: no lead can be deleted in time."""
        old, self._old = self._old, []
        self._in_vain += bool(old)
        if self._in_vain > READ_IN_VAIN:
            raise ResumableError(
                f"{self._connection.api.host} answers too slowly: before a lead can be deleted,"
                f" what was read of it is {self._oldest_ms / 1000:g} s old, and may have changed",
                fix=HOW_TO_GO_ON,
            )
        return old

    @property
    def _oldest_ms(self) -> int:
        rate = self._throttle.rate
        return OLD_MS if rate is None else max(OLD_MS, round(OLD_SLOTS * 1000 / rate.per_second))

    def _read_below(self) -> int:
        """More are read where fewer are left. None of them may be too old when its turn comes:
        where calls are slow, these come first."""
        rate = self._throttle.rate
        if self._is_last:
            return 1
        if rate is None:
            return self._most_in_flight()
        spare = math.floor(rate.per_second * (OLD_MS / 1000 - READ_FOR_S)) - 1
        return max(1, min(self._most_in_flight(), spare))

    def _go_on(self) -> None:
        self._send_what_may_go()
        self._collect(self._wait_s())

    def _drain(self) -> None:
        patience_s = GRACE_S if self._is_stopped() else self._timeout_s
        end = self._clock.monotonic() + patience_s
        while self._flights and (left := end - self._clock.monotonic()) > 0:
            self._collect(left)

    # What can go

    def _send_what_may_go(self) -> None:
        while len(self._flights) < self._most_in_flight() and (target := self._next()):
            slot = self._throttle.take()
            if slot is None:
                self._check_day()
                return
            self._waiting.remove(target)
            self._send(target, slot)

    def _send(self, target: Target, slot: int) -> None:
        now, ahead_ms = self._clock.wall_ms(), self._connection.ahead_ms
        with self._rows.journal.transaction():
            target.attempt = self._rows.start_attempt(target.number, DELETE, now, ahead_ms)
        reached("deletion on disk")
        self._in_vain = 0
        self._calls += 1
        self._flights[self._calls] = target
        request = delete_request(target.lead_id)
        self._senders.send(self._calls, request, slot, len(self._flights) - (self._carried is None))

    def _check_day(self) -> None:
        try:
            self._throttle.check_day()
        except ResumableError as spent:
            self._failure = spent

    def _next(self) -> Target | None:
        """One whose time has come; those that were read too long ago are put aside."""
        now, oldest = self._clock.monotonic(), self._clock.wall_ms() - self._oldest_ms
        for target in [each for each in self._waiting if each.due <= now]:
            if target.read_at > oldest:
                return target
            self._waiting.remove(target)
            self._old.append(target.number)
        return None

    def _most_in_flight(self) -> int:
        rate = self._throttle.rate
        if rate is None:
            return UNPACED_IN_FLIGHT
        needed = math.ceil(rate.per_second * self._latency_s)
        return min(MOST_SENDERS, LEAST_IN_FLIGHT + needed)

    def _wait_s(self) -> float | None:
        """Until something can be done without an event; None where only one helps."""
        is_under_way = bool(self._flights) or self._carried is not None
        if self._old and not self._waiting and self._carried is None:
            return 0.0
        if not self._waiting or len(self._flights) >= self._most_in_flight():
            return None if is_under_way else 0.0
        due = min(each.due for each in self._waiting) - self._clock.monotonic()
        return max(due, self._throttle.wait_s(), 0.0)

    # What comes back

    def _collect(self, timeout_s: float | None) -> None:
        for returned in gathered(
            self._clock,
            self._events,
            timeout_s,
            busy=bool(self._flights) or self._carried is not None,
            on_left=self._throttle.sent,
        ):
            self._record(returned)

    def _record(self, returned: Returned) -> None:
        if returned.token == self._carried:
            self._carried, self._answer = None, returned.call
            return
        target, call = self._flights.pop(returned.token), returned.call
        self._latency_s += LATENCY_WEIGHT * (call.latency_ms / 1000 - self._latency_s)
        verdict = verdict_on_delete(call, self._connection.api.host)
        http = call.reply.status if call.reply else None
        with self._rows.journal.transaction():
            self._rows.end_attempt(
                target.number, target.attempt, http, failure_of(call), call.latency_ms
            )
            if isinstance(verdict, Deleted):
                self._gone(target.number)
        if call.reply is not None and not isinstance(verdict, Throttled):
            self._throttle.succeeded()
        match verdict:
            case Deleted():
                self.deleted += 1
            case Throttled():
                self._yield_to(verdict, call.sent_at or 0.0)
                self._waiting.appendleft(target)
            case Refused():
                self._note_refusal(target, verdict)
            case Unknown():
                self._note_failure(target, verdict)

    def _yield_to(self, throttled: Throttled, sent_at: float) -> None:
        self._throttle.throttled(sent_at, throttled.limit, throttled.retry_after_s)
        try:
            self._throttle.check_spent()
        except ResumableError as spent:
            self._failure = self._failure or spent

    def _note_refusal(self, target: Target, refused: Refused) -> None:
        self.refused[target.number] = refused
        # After a lost reply it may be the receipt of the deletion.
        if not self._failed[target.number]:
            self._codes.append(refused.code)
        are_alike = len(self._codes) >= REFUSED_ALIKE and len({*self._codes}) == 1
        if self.deleted == 0 and (refused.for_all or are_alike):
            self._failure = self._failure or DeletionOffError(str(refused))
        elif refused.for_all:
            self._failure = self._failure or ApiError(
                f"{self._connection.api.host} does not let leads be deleted any more: {refused}",
                fix="mend what the message says, then run the same command again; it carries on",
            )

    def _note_failure(self, target: Target, unknown: Unknown) -> None:
        self._failed[target.number] += 1
        failures = self._failed[target.number]
        if failures < self._tries:
            wait_s = backoff_s(failures, self._chance(), unknown.retry_after_s)
            target.due = self._clock.monotonic() + wait_s
            self._waiting.append(target)
        else:
            self._failure = self._failure or ResumableError(
                f"{self._connection.api.host} does not answer {DELETE}: {unknown.words}",
                fix=HOW_TO_GO_ON if self.deleted or not unknown.is_reply else OR_OFF,
            )
