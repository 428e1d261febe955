"""Sends a job's pending rows, one lead a call, and records what became of each.

The order never changes: a free sender, the throttle's slot, the claim on disk, the call. So no
more rows are in `sending` than calls are in flight, and a kill leaves no more than these to settle.
One thread runs this, and owns the journal; events that come together share a commit.
"""

import logging
import math
import queue
import random
from collections.abc import Callable
from dataclasses import dataclass

from importer.crashpoints import reached
from importer.delivery import replies
from importer.delivery.leadsquared import (
    Call,
    Request,
    create_request,
    failure_of,
    verdict_on_create,
)
from importer.delivery.picker import Picker, Recipe
from importer.delivery.reconcile import Reconciler
from importer.delivery.recorder import Recorder
from importer.delivery.refusals import FirstRefusals, refused_alike
from importer.delivery.replies import Verdict
from importer.delivery.retry import Breaker, Terms
from importer.delivery.senders import (
    MOST_SENDERS,
    Clock,
    Event,
    Returned,
    Senders,
    Wire,
    Woken,
    gathered,
)
from importer.delivery.takeover import take_over
from importer.delivery.throttle import Throttle
from importer.errors import ApiError, ResumableError
from importer.journal.rows import JournalRow, Rows
from importer.model import ACCEPTED, Lead, Progress, RowStatus

GRACE_S = 5.0  # for the replies under way when a person stops the run
# Without a limit more calls in flight soon cost more than they hide: a local API is served fastest
# by 6 (1,250 rows/s; by 3 or 10: 1,050), one at 50 ms by all 16.
UNPACED_PER_S, UNPACED_LEAST = 300, 4
PACED_LEAST = 2
LATENCY_WEIGHT = 0.1  # of the newest call in the moving average
PROGRESS_S = 0.1


LOG = logging.getLogger("importer")  # no row's values, no key, no reply's words go here


@dataclass(frozen=True, slots=True)
class Flight:
    """One call under way. number: of its row; 0 for a look-up that is for several."""

    number: int
    attempt: int
    probe: bool
    is_look: bool = False


@dataclass(slots=True)
class Tally:
    started: float = 0.0
    calls: int = 0


class Worker:
    """`run` ends when nothing is left to do, or raises: ApiError (a person must mend something),
    ResumableError (the API is down, the day's quota is spent). `stop` may be called from a signal
    handler or another thread; then `run` returns after the replies under way.

    user_id and ahead_ms come from the run's first call; None: no reply told the server's clock.
    emptied: called once when every row is claimed; one that a reply puts back is sent all the same.
    """

    def __init__(
        self,
        rows: Rows,
        wire: Wire,
        throttle: Throttle,
        recipe: Recipe,
        terms: Terms,
        *,
        user_id: str = "",
        ahead_ms: int | None = None,
        clock: Clock | None = None,
        chance: Callable[[], float] = random.random,
        progress: Callable[[Progress], None] = lambda _: None,
        emptied: Callable[[], None] | None = None,
    ) -> None:
        self._rows = rows
        self._emptied = emptied
        self._wire = wire
        self._throttle = throttle
        self._terms = terms
        self._clock = clock or Clock()
        self._chance = chance
        self._progress = progress
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._senders = Senders(wire, self._events)
        self._breaker = Breaker()
        now = self._clock.wall_ms
        self._picker = Picker(rows, recipe, terms.limit, now)
        self._recorder = Recorder(rows, now=now, chance=chance, recipe=recipe)
        self._reconciler = Reconciler(rows, recipe, terms, now=now, chance=chance)
        self._reconciler.user_id = user_id
        self._told_ahead_ms = ahead_ms
        self._reconciler.ahead_ms = ahead_ms or 0
        self._refusals = FirstRefusals(
            is_on=not terms.keep_going and not any(rows.counts()[s] for s in ACCEPTED)
        )
        self._flights: dict[int, Flight] = {}
        self._is_looking = False
        self._tally = Tally()
        self._latency_s = 0.0
        self._stop_asked = False
        self._failure: ApiError | ResumableError | None = None
        self._lacks_slot = False
        self._last_trouble = ""
        self._shown_at = -math.inf

    def stop(self) -> None:
        self._stop_asked = True
        self._events.put(Woken())

    @property
    def claimed(self) -> frozenset[int]:
        """With a limit: the rows that were sent."""
        return frozenset(self._picker.claimed)

    def run(self) -> None:
        self._tally.started = self._clock.monotonic()
        take_over(self._rows, self._clock.wall_ms(), self._terms.timeout_s, self._told_ahead_ms)
        returned: list[Returned] = []
        try:
            while True:
                self._turn(returned)
                if self._is_over():
                    break
                returned = self._collect(self._wait_s())
            self._drain()
        finally:
            self._senders.close()
            self._show(force=True)
        if self._failure is not None:
            raise self._failure

    def _turn(self, returned: list[Returned]) -> None:
        """Record what came back and claim what can go now, in one commit; then let it go."""
        sends: list[tuple[int, Request, int]] = []
        with self._rows.journal.transaction():
            for each in returned:
                self._record(each)
            self._lacks_slot = self._picker.is_cut_short = False
            free = 0 if self._is_stopping() else self._most_in_flight() - len(self._flights)
            while len(sends) < free and (send := self._next_send()):
                sends.append(send)
        busy = len(self._flights) - len(sends)
        for token, request, slot in sends:
            self._senders.send(token, request, slot, busy)
            reached("call handed to a sender")
            busy += 1
        if self._emptied is not None and self._is_emptied():
            self._emptied()
            self._emptied = None
        self._show()

    def _is_stopping(self) -> bool:
        if self._failure is None and self._breaker.gives_up(self._clock.monotonic()):
            what = f"{self._wire.host} has not answered for two minutes"
            self._failure = ResumableError(
                f"{what}: {self._last_trouble}",
                fix="run the same command again when it is back; it carries on",
                plain=what,
            )
        return self._stop_asked or self._failure is not None

    def _is_over(self) -> bool:
        return self._is_stopping() or not (self._flights or self._has_more())

    def _has_more(self) -> bool:
        unsettled = self._rows.next_due_at(RowStatus.SENDING)
        return unsettled is not None or self._picker.is_cut_short or self._picker.has_more()

    def _is_emptied(self) -> bool:
        return not (self._picker.is_cut_short or self._picker.has_more())

    def _drain(self) -> None:
        """Wait for the replies under way; the next run settles what does not come in time."""
        patience = GRACE_S if self._stop_asked else self._terms.timeout_s
        end = self._clock.monotonic() + patience
        while self._flights and (left := end - self._clock.monotonic()) > 0:
            self._turn(self._collect(left))
            if self._stop_asked:
                end = min(end, self._clock.monotonic() + GRACE_S)

    # What can go

    def _most_in_flight(self) -> int:
        """As many as the quota and the latency need, and a few to start with."""
        rate = self._throttle.rate
        if rate is None:
            return min(MOST_SENDERS, UNPACED_LEAST + math.ceil(UNPACED_PER_S * self._latency_s))
        return min(MOST_SENDERS, PACED_LEAST + math.ceil(rate.per_second * self._latency_s))

    def _next_send(self) -> tuple[int, Request, int] | None:
        """The next call, with its slot taken and its row claimed; look-ups go first."""
        if not self._is_looking and self._reconciler.begin():
            return self._send_look()
        found = self._next_row()
        slot = self._take_slot() if found else None
        if found is None or slot is None:
            return None
        reached("slot taken for a row")
        row, lead = found
        attempt = self._rows.claim(row.number, self._clock.wall_ms(), self._reconciler.ahead_ms)
        self._reconciler.forget(row.number)
        self._picker.note_claim(row.number, lead)
        return self._fly(row.number, attempt), create_request(lead), slot

    def _send_look(self) -> tuple[int, Request, int] | None:
        slot = self._take_slot()
        if slot is None:
            return None
        reached("slot taken for a look-up")
        request = self._reconciler.request
        assert request is not None, "a look is due"
        number = self._reconciler.asked_for
        attempt = self._rows.start_attempt(
            number, request.name, self._clock.wall_ms(), self._reconciler.ahead_ms
        )
        self._is_looking = True
        return self._fly(number, attempt, is_look=True), request, slot

    def _take_slot(self) -> int | None:
        slot = self._throttle.take()
        self._lacks_slot = slot is None
        if slot is None and self._failure is None:
            try:
                self._throttle.check_day()
            except ResumableError as spent:
                self._failure = spent
        return slot

    def _fly(self, number: int, attempt: int, *, is_look: bool = False) -> int:
        self._tally.calls += 1
        self._flights[self._tally.calls] = Flight(number, attempt, self._breaker.is_open, is_look)
        return self._tally.calls

    def _next_row(self) -> tuple[JournalRow, Lead] | None:
        if not self._breaker.lets(len(self._flights), self._clock.monotonic()):
            return None
        return self._picker.pick()

    # Waiting, and what comes back

    def _wait_s(self) -> float | None:
        """Until the next moment at which something can be done without an event."""
        if self._picker.is_cut_short:
            return 0.0
        waits = [PROGRESS_S * 10]
        now_ms, now = self._clock.wall_ms(), self._clock.monotonic()
        for status in (RowStatus.SENDING, RowStatus.PENDING):
            due = self._rows.next_due_at(status)
            if due is not None and due > now_ms:
                waits.append((due - now_ms) / 1000)
        if len(self._flights) < self._most_in_flight():
            if self._lacks_slot:
                waits.append(self._throttle.wait_s())
            if (pause := self._breaker.wait_s(now)) > 0:
                waits.append(pause)
        return min(waits)

    def _collect(self, timeout_s: float | None) -> list[Returned]:
        return gathered(
            self._clock,
            self._events,
            timeout_s,
            busy=bool(self._flights),
            on_left=self._throttle.sent,
        )

    def _record(self, returned: Returned) -> None:
        flight, call = self._flights.pop(returned.token), returned.call
        reached("look-up's reply taken" if flight.is_look else "row's reply taken")
        if call.ahead_ms is not None:
            self._reconciler.ahead_ms = call.ahead_ms
        latency_s = call.latency_ms / 1000
        self._latency_s += LATENCY_WEIGHT * (latency_s - self._latency_s)
        verdict = None if flight.is_look else verdict_on_create(call, self._wire.host)
        self._rows.end_attempt(
            flight.number,
            flight.attempt,
            http_status(call),
            failure_of(call) if verdict is None else kept_error(call, verdict),
            call.latency_ms,
        )
        if verdict is None:
            self._is_looking = False
            self._record_look(call)
            return
        LOG.debug("row %d: %s, %d ms", flight.number, type(verdict).__name__, call.latency_ms)
        self._note(verdict, call)
        self._recorder.record(flight.number, verdict, counted=not flight.probe)

    def _record_look(self, call: Call) -> None:
        LOG.debug("%s: HTTP %s, %d ms", call.request.name, http_status(call), call.latency_ms)
        throttled = replies.throttled(call.reply) if call.reply else None
        if throttled is not None:
            self._yield_to(throttled, call)  # and the same look-up goes again
            return
        if call.reply is not None:
            self._throttle.succeeded()
        self._reconciler.take(call)

    def _note(self, verdict: Verdict, call: Call) -> None:
        """What a reply means for the run as a whole."""
        match verdict:
            case replies.Throttled():
                self._yield_to(verdict, call)
                return
            case replies.Unsettled() | replies.NeverLeft():
                asked = verdict.retry_after_s if isinstance(verdict, replies.Unsettled) else None
                if asked:
                    self._throttle.pause(asked)
                self._last_trouble = verdict.message or verdict.code
                self._breaker.failed(self._clock.monotonic(), self._chance(), asked)
            case _:
                self._breaker.succeeded()
        self._refusals.note(verdict)
        if self._failure is None:
            self._failure = self._ended_by(verdict)
        if call.reply is not None:
            self._throttle.succeeded()

    def _ended_by(self, verdict: Verdict) -> ApiError | None:
        """Why no further row can be accepted, or is likely to be."""
        if isinstance(verdict, replies.Stopped):
            failure = ApiError(verdict.what, fix=f"{verdict.fix}; then run it again")
            failure.names_field = verdict.names_field
            return failure
        alike = self._refusals.alike
        return None if alike is None else refused_alike(alike)

    def _yield_to(self, throttled: replies.Throttled, call: Call) -> None:
        LOG.info("throttled; the limit by the reply: %s", throttled.limit or "not told")
        self._throttle.throttled(call.sent_at or 0.0, throttled.limit, throttled.retry_after_s)
        try:
            self._throttle.check_spent()
        except ResumableError as spent:
            self._failure = self._failure or spent

    # What is shown

    def _show(self, *, force: bool = False) -> None:
        now = self._clock.monotonic()
        if not force and now - self._shown_at < PROGRESS_S:
            return
        self._shown_at = now
        elapsed, rate = now - self._tally.started, self._throttle.rate
        share = None
        if rate and elapsed > 1:
            share = (self._tally.calls - 1) / (elapsed * rate.per_second)
        self._progress(
            Progress(self._rows.counts(), self._tally.calls, elapsed, share, self._remark(now))
        )

    def _remark(self, now: float) -> str | None:
        """Why nothing seems to happen."""
        if self._breaker.is_open:
            return f"no answer; next try in {self._breaker.wait_s(now):.0f} s"
        pause_s = self._throttle.pause_s
        if not self._flights and pause_s >= 1:
            return f"the server has asked for a pause, {pause_s:.0f} s more"
        due = self._rows.next_due_at(RowStatus.SENDING)
        if not self._flights and due is not None:
            wait_s = max(0, due - self._clock.wall_ms()) / 1000
            return f"finding out what became of calls without a reply, {wait_s:.0f} s more"
        return None


def kept_error(call: Call, verdict: Verdict) -> str | None:
    """As `failure_of`; None for a reply from which nobody knows whether the lead is there."""
    if isinstance(verdict, replies.Duplicate | replies.Rejected):
        return verdict.code
    is_known = call.reply is None or isinstance(verdict, replies.Throttled)
    return failure_of(call) if is_known else None


def http_status(call: Call) -> int | None:
    return call.reply.status if call.reply else None
