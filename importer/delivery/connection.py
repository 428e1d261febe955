"""The first call of every run: are the keys right, whose are they, what time is it there.

It also finds the account's quota file. A pair of keys that was never used here has a file of its
own until the reply names the account; that file then remembers it.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from importer.delivery import replies
from importer.delivery.leadsquared import Call, LeadSquared
from importer.delivery.lookups import WHO_AM_I, User, read_user
from importer.delivery.senders import Clock
from importer.delivery.throttle import Rate, Throttle
from importer.errors import ApiError, ResumableError

TRIES = 3
WAIT_S = 1.0  # before the second try; the third waits twice as long


@dataclass(slots=True)
class Connection:
    """account: the OrgId, or the host and a hash of the keys where the API does not tell it.

    user_id: "" where the API could not be asked. ahead_ms: the server's clock less ours.
    """

    api: LeadSquared
    throttle: Throttle
    account: str
    user_id: str = ""
    name: str = ""
    ahead_ms: int = 0


@contextmanager
def connect(
    api: LeadSquared,
    keys: str,
    state: Path,
    rate: Rate | None,
    *,
    clock: Clock,
    sleep: Callable[[float], None],
) -> Iterator[Connection]:
    """keys: what tells this pair of keys from another; only its hash is kept. sleep may raise.

    Raises ApiError: keys or host refused. ResumableError: no answer, and the account is unknown.
    """
    mark = hashlib.sha256(f"{api.host}\0{keys}".encode()).hexdigest()[:16]
    with ExitStack() as opened:

        def open_quota(name: str) -> Throttle:
            throttle = Throttle(state / f"{name}.db", rate, clock=clock.monotonic)
            return opened.enter_context(closing(throttle))

        own = open_quota(f"keys-{mark}")
        known = own.account()
        throttle = open_quota(_file_name(known)) if known else own
        call = _ask(api, throttle, sleep)
        user = _read(call, api.host, fallback=known or f"{api.host}#{mark}", is_known=bool(known))
        if user.account != known:
            before, throttle = throttle, open_quota(_file_name(user.account))
            throttle.carry_over(before)
            own.set_account(user.account)
        yield Connection(
            api, throttle, user.account, user.user_id, user.name, ahead_ms=call.ahead_ms or 0
        )


def _file_name(account: str) -> str:
    readable = re.sub(r"[^0-9A-Za-z-]", "", account)[:40]
    return f"account-{readable}-{hashlib.sha256(account.encode()).hexdigest()[:8]}"


def _ask(api: LeadSquared, throttle: Throttle, sleep: Callable[[float], None]) -> Call:
    """Send the call under the throttle, a few times where no answer comes."""
    failures = 0
    while True:
        while (slot := throttle.take()) is None:
            sleep(throttle.wait_s())
        call = api.call(WHO_AM_I, partial(throttle.sent, slot))
        throttled = replies.throttled(call.reply) if call.reply else None
        if throttled is not None:
            throttle.throttled(call.sent_at or 0.0, throttled.limit, throttled.retry_after_s)
            if throttle.is_spent():
                raise ResumableError(
                    f"{api.host} has refused every call for a minute as too many",
                    fix="run the same command again later, tomorrow at the latest",
                )
            continue
        if call.reply is not None:
            throttle.succeeded()
            if call.reply.status < 500 or replies.stopped(call.reply, api.host):
                return call
        failures += 1
        if failures == TRIES:
            return call
        sleep(WAIT_S * failures)


def _read(call: Call, host: str, *, fallback: str, is_known: bool) -> User:
    user = read_user(call.reply) if call.reply else None
    if user is not None:
        return user
    if call.reply is not None and call.reply.status == 404:
        return User("", fallback, "")
    stop = replies.stopped(call.reply, host) if call.reply else None
    if stop is not None:
        raise ApiError(stop.what, fix=stop.fix)
    if call.reply is not None and call.reply.status < 300:
        raise ApiError(
            f"{host} does not answer as LeadSquared does",
            fix="set LSQ_HOST to the API host of the account, such as api-in21.leadsquared.com",
        )
    if is_known:
        return User("", fallback, "")
    why = call.message or (f"HTTP {call.reply.status}" if call.reply else "no reply")
    raise ResumableError(
        f"{host} cannot be reached: {why}",
        fix="check LSQ_HOST and the network, then run the same command again; nothing was sent",
    )
