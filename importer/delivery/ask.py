"""One call that a person's command needs answered, under the throttle: no row is sent by it."""

from collections.abc import Callable
from functools import partial

from importer.delivery import replies
from importer.delivery.connection import TRIES, WAIT_S, Connection, take_slot
from importer.delivery.leadsquared import Call, Request, failure_of
from importer.delivery.replies import TRANSIENT_WORDS, Reply
from importer.errors import ApiError, ResumableError
from importer.journal.rows import Rows

Begin = Callable[[Request], Callable[[Call], None]]
Carry = Callable[[Request, int], Call]  # the slot: 0 where nothing is paced


def ask(
    connection: Connection,
    request: Request,
    sleep: Callable[[float], None],
    begin: Begin = lambda _: lambda _: None,
    carry: Carry | None = None,
) -> Reply:
    """The reply; throttled calls go again, and failures a few times.

    begin: told of each call before it leaves; what it gives is told how the call ended. carry:
    makes the call, where other work goes on meanwhile. sleep may raise. Raises ApiError: every
    such call is refused. ResumableError: no answer came.
    """
    host, failures = connection.api.host, 0
    carry = carry or partial(_carried, connection)
    while True:
        slot = take_slot(connection.throttle, sleep)
        end = begin(request)
        call = carry(request, slot)
        end(call)
        reply = call.reply
        if reply is not None and _yields(connection, call, reply):
            continue
        if reply is not None:
            connection.throttle.succeeded()
            if stop := replies.stopped(reply, host):
                raise ApiError(stop.what, fix=f"{stop.fix}; then run the same command again")
            if not _is_transient(reply):
                return reply
        failures += 1
        if failures == TRIES:
            why = call.message or (f"HTTP {reply.status}" if reply else "no reply")
            raise ResumableError(
                f"{host} does not answer {request.name}: {why}",
                fix="run the same command again later; nothing was changed",
            )
        sleep(WAIT_S * failures)


def kept_at(rows: Rows, number: int, now: Callable[[], int], ahead_ms: int = 0) -> Begin:
    """Keep each call in the journal, at that row; number 0 for calls that are for no one row."""

    def begin(request: Request) -> Callable[[Call], None]:
        with rows.journal.transaction():
            attempt = rows.start_attempt(number, request.name, now(), ahead_ms)
        return partial(_end, rows, number, attempt)

    return begin


def _end(rows: Rows, number: int, attempt: int, call: Call) -> None:
    http = call.reply.status if call.reply else None
    with rows.journal.transaction():
        rows.end_attempt(number, attempt, http, failure_of(call), call.latency_ms)


def _carried(connection: Connection, request: Request, slot: int) -> Call:
    return connection.api.call(request, partial(connection.throttle.sent, slot) if slot else None)


def _yields(connection: Connection, call: Call, reply: Reply) -> bool:
    """Make room where the call was throttled; whether it was. Raises ResumableError."""
    throttled = replies.throttled(reply)
    if throttled is None:
        return False
    throttle = connection.throttle
    throttle.throttled(call.sent_at or 0.0, throttled.limit, throttled.retry_after_s)
    throttle.check_spent()
    return True


def _is_transient(reply: Reply) -> bool:
    """A 5xx with an MX exception is a refusal for good, unless it speaks of a lost connection."""
    kind = reply.exception[0]
    if kind.startswith("MX"):
        return bool(TRANSIENT_WORDS.search(f"{kind} {reply.words}"))
    return reply.status >= 500
