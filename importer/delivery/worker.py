"""Sends a job's pending rows, one lead a call, and records what became of each.

The order never changes: a free sender, the throttle's slot, the claim on disk, the call. So no
more rows are in `sending` than calls are in flight, and a kill leaves no more than these to settle.
One thread runs this, and owns the journal; events that come together share a commit.
"""

import math
import queue
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from importer.delivery import replies
from importer.delivery.leadsquared import Call, Request, create_request, verdict_on_create
from importer.delivery.reconcile import Reconciler
from importer.delivery.recorder import Recorder
from importer.delivery.replies import Verdict
from importer.delivery.retry import Breaker, Terms
from importer.delivery.senders import (
    MOST_SENDERS,
    Clock,
    Crashed,
    Event,
    Left,
    Returned,
    Senders,
    Wire,
    Woken,
)
from importer.delivery.throttle import Throttle
from importer.delivery.twins import Twins, WaitFor
from importer.errors import ApiError, ResumableError
from importer.journal.rows import JournalRow, Rows
from importer.journal.staging import describe
from importer.model import Lead, Outcome, Problem, Progress, RowStatus

GRACE_S = 5.0  # for the replies under way when a person stops the run
# Without a limit more calls in flight soon cost more than they hide: a local API is served fastest
# by 6 (1,250 rows/s; by 3 or 10: 1,050), one at 50 ms by all 16.
UNPACED_PER_S, UNPACED_LEAST = 300, 4
PACED_LEAST = 2
NO_CALL_ROWS = 500  # rows that need no call, settled in one commit
LATENCY_WEIGHT = 0.1  # of the newest call in the moving average
PROGRESS_S = 0.1


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a journal's row becomes its lead.

    build: the lead, or the problems, of a row by the mapping that it was made with. unique: the
    unique fields, in the order of the journal's keys. columns: every field that is sent. column: a
    field to the file's column that feeds it, or to itself.
    """

    build: Callable[[JournalRow], Lead | tuple[Problem, ...]]
    unique: tuple[str, ...]
    columns: Iterable[str]
    column: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Flight:
    """One call under way; row number 0 is a look-up."""

    number: int
    attempt: int
    probe: bool


@dataclass(slots=True)
class Tally:
    started: float = 0.0
    calls: int = 0
    claimed: set[int] = field(default_factory=set)  # kept where rows are limited


class Worker:
    """`run` ends when nothing is left to do, or raises: ApiError (a person must mend something),
    ResumableError (the API is down, the day's quota is spent). `stop` may be called from a signal
    handler or another thread; then `run` returns after the replies under way.

    user_id and ahead_ms come from the run's first call.
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
        ahead_ms: int = 0,
        clock: Clock | None = None,
        chance: Callable[[], float] = random.random,
        progress: Callable[[Progress], None] = lambda _: None,
    ) -> None:
        self._rows = rows
        self._wire = wire
        self._throttle = throttle
        self._recipe = recipe
        self._terms = terms
        self._clock = clock or Clock()
        self._chance = chance
        self._progress = progress
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._senders = Senders(wire, self._events)
        self._breaker = Breaker()
        self._twins = Twins(rows, self._lead, recipe.unique, recipe.column)
        now = self._clock.wall_ms
        self._recorder = Recorder(rows, now=now, chance=chance, column=recipe.column)
        self._reconciler = Reconciler(
            rows, self._lead, terms, columns=recipe.columns, now=now, chance=chance
        )
        self._reconciler.user_id = user_id
        self._reconciler.ahead_ms = ahead_ms
        self._flights: dict[int, Flight] = {}
        self._is_looking = False
        self._tally = Tally()
        self._cursor = 0
        self._latency_s = 0.0
        self._stop_asked = False
        self._failure: ApiError | ResumableError | None = None
        self._lacks_slot = False
        self._is_cut_short = False
        self._shown_at = -math.inf

    def stop(self) -> None:
        self._stop_asked = True
        self._events.put(Woken())

    @property
    def claimed(self) -> frozenset[int]:
        """With a limit: the rows that were sent."""
        return frozenset(self._tally.claimed)

    def run(self) -> None:
        self._tally.started = self._clock.monotonic()
        self._take_over()
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

    def _take_over(self) -> None:
        """What a run that was killed left behind: held rows, and calls with an unknown end."""
        now = self._clock.wall_ms()
        with self._rows.journal.transaction():
            self._rows.release_all(now)
            for row in self._rows.cut_off():
                started, server_started = self._rows.last_attempt(row.number)
                self._rows.unsettle(
                    row.number,
                    now,
                    since_at=server_started,
                    ended_at=min(started + round(self._terms.timeout_s * 1000), now),
                    evidence="lost",
                    due_at=now,
                    counted=True,
                    code="killed",
                    reason="the run was stopped while this call was under way",
                )

    def _turn(self, returned: list[Returned]) -> None:
        """Record what came back and claim what can go now, in one commit; then let it go."""
        sends: list[tuple[int, Request, int]] = []
        with self._rows.journal.transaction():
            for each in returned:
                self._record(each)
            self._lacks_slot = self._is_cut_short = False
            free = 0 if self._is_stopping() else self._most_in_flight() - len(self._flights)
            while len(sends) < free and (send := self._next_send()):
                sends.append(send)
        busy = len(self._flights) - len(sends)
        for token, request, slot in sends:
            self._senders.send(token, request, slot, busy)
            busy += 1
        self._show()

    def _is_stopping(self) -> bool:
        if self._failure is None and self._breaker.gives_up(self._clock.monotonic()):
            self._failure = ResumableError(
                f"{self._wire.host} has not answered for two minutes",
                fix="run the same command again when it is back; it carries on",
            )
        return self._stop_asked or self._failure is not None

    def _is_over(self) -> bool:
        return self._is_stopping() or not (self._flights or self._is_cut_short or self._has_more())

    def _has_more(self) -> bool:
        """Whether anything can be done now or later without a person."""
        return (
            self._rows.next_due_at(RowStatus.SENDING) is not None
            or self._rows.next_due_at(RowStatus.PENDING) is not None
            or (not self._is_limit_reached() and self._rows.next_fresh(self._cursor) is not None)
        )

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
        row, lead = found
        attempt = self._rows.claim(row.number, self._clock.wall_ms(), self._reconciler.ahead_ms)
        self._reconciler.forget(row.number)
        if self._terms.limit is not None:
            self._tally.claimed.add(row.number)
        return self._fly(row.number, attempt), create_request(lead), slot

    def _send_look(self) -> tuple[int, Request, int] | None:
        slot = self._take_slot()
        if slot is None:
            return None
        request = self._reconciler.request
        assert request is not None, "a look is due"
        attempt = self._rows.start_attempt(
            0, request.name, self._clock.wall_ms(), self._reconciler.ahead_ms
        )
        self._is_looking = True
        return self._fly(0, attempt), request, slot

    def _take_slot(self) -> int | None:
        slot = self._throttle.take()
        self._lacks_slot = slot is None
        return slot

    def _fly(self, number: int, attempt: int) -> int:
        self._tally.calls += 1
        self._flights[self._tally.calls] = Flight(number, attempt, self._breaker.is_open)
        return self._tally.calls

    def _next_row(self) -> tuple[JournalRow, Lead] | None:
        """The next row that needs a call; those before it that need none are settled."""
        if not self._breaker.lets(len(self._flights), self._clock.monotonic()):
            return None
        for _ in range(NO_CALL_ROWS):
            row = self._next_pending()
            if row is None:
                return None
            lead = self._recipe.build(row)
            if not isinstance(lead, Lead):
                code, columns, reason = describe(lead)
                self._settle_unsent(row, Outcome(RowStatus.INVALID, code, reason, columns))
                continue
            verdict = self._twins.verdict(row, lead)
            if verdict is None:
                return row, lead
            if isinstance(verdict, WaitFor):
                self._rows.hold(row.number, verdict.number)
            else:
                self._settle_unsent(row, verdict)
        self._is_cut_short = True
        return None

    def _next_pending(self) -> JournalRow | None:
        back = self._rows.next_back(self._clock.wall_ms())
        if back is not None or self._is_limit_reached():
            return back
        fresh = self._rows.next_fresh(self._cursor)
        if fresh is not None:
            # A row that comes back has a time, and is found by it: the cursor only moves on.
            self._cursor = fresh.number - 1
        return fresh

    def _is_limit_reached(self) -> bool:
        return self._terms.limit is not None and len(self._tally.claimed) >= self._terms.limit

    def _settle_unsent(self, row: JournalRow, outcome: Outcome) -> None:
        self._rows.finish(
            row.number, outcome, self._clock.wall_ms(), old=RowStatus.PENDING, counted=False
        )

    def _lead(self, row: JournalRow) -> Lead:
        """The lead of a row that was found fit to send."""
        lead = self._recipe.build(row)
        assert isinstance(lead, Lead), f"row {row.number} has no lead"
        return lead

    # Waiting, and what comes back

    def _wait_s(self) -> float | None:
        """Until the next moment at which something can be done without an event."""
        if self._is_cut_short:
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
        """All events that are there, after waiting for the first."""
        returned: list[Returned] = []
        event = self._clock.get(self._events, timeout_s, busy=bool(self._flights))
        while event is not None:
            match event:
                case Left(slot, moment):
                    self._throttle.sent(slot, moment)
                case Crashed(error):
                    raise error
                case Returned():
                    returned.append(event)
                case Woken():
                    pass
            event = self._clock.get(self._events, 0, busy=False)
        return returned

    def _record(self, returned: Returned) -> None:
        flight, call = self._flights.pop(returned.token), returned.call
        if call.ahead_ms is not None:
            self._reconciler.ahead_ms = call.ahead_ms
        latency_s = call.latency_ms / 1000
        self._latency_s += LATENCY_WEIGHT * (latency_s - self._latency_s)
        http = call.reply.status if call.reply else None
        self._rows.end_attempt(flight.number, flight.attempt, http, call.error, call.latency_ms)
        if flight.number == 0:
            self._is_looking = False
            self._record_look(call)
            return
        verdict = verdict_on_create(call, self._wire.host)
        self._note(verdict, call)
        self._recorder.record(flight.number, verdict, counted=not flight.probe)

    def _record_look(self, call: Call) -> None:
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
                self._breaker.failed(self._clock.monotonic(), self._chance(), asked)
            case _:
                self._breaker.succeeded()
        if isinstance(verdict, replies.Stopped) and self._failure is None:
            self._failure = ApiError(verdict.what, fix=f"{verdict.fix}; then run it again")
        if call.reply is not None:
            self._throttle.succeeded()

    def _yield_to(self, throttled: replies.Throttled, call: Call) -> None:
        self._throttle.throttled(call.sent_at or 0.0, throttled.limit, throttled.retry_after_s)
        if self._throttle.is_spent() and self._failure is None:
            self._failure = ResumableError(
                "the account has refused every call for a minute as too many:"
                " its calls for today are used up, or others use them",
                fix="run the same command again later, tomorrow at the latest; it carries on",
            )

    # What is shown

    def _show(self, *, force: bool = False) -> None:
        now = self._clock.monotonic()
        if not force and now - self._shown_at < PROGRESS_S:
            return
        self._shown_at = now
        elapsed, rate = now - self._tally.started, self._throttle.rate
        share = self._tally.calls / (elapsed * rate.per_second) if rate and elapsed > 1 else None
        self._progress(
            Progress(self._rows.counts(), self._tally.calls, elapsed, share, self._remark(now))
        )

    def _remark(self, now: float) -> str | None:
        """Why nothing seems to happen."""
        if self._breaker.is_open:
            return f"no answer; next try in {self._breaker.wait_s(now):.0f} s"
        due = self._rows.next_due_at(RowStatus.SENDING)
        if not self._flights and due is not None:
            wait_s = max(0, due - self._clock.wall_ms()) / 1000
            return f"finding out what became of calls without a reply, {wait_s:.0f} s more"
        return None
