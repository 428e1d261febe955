"""The first call of every run: are the keys right, whose are they, what time is it there.

It also finds the account's quota file. A pair of keys that was never used here has a file of its
own until the reply names the account; that file then remembers it.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from importer.crashpoints import reached
from importer.delivery import replies
from importer.delivery.day import Left, left
from importer.delivery.leadsquared import Call, LeadSquared
from importer.delivery.lookups import WHO_AM_I, User, read_user, web_address
from importer.delivery.senders import Clock
from importer.delivery.throttle import Rate, Throttle
from importer.errors import ApiError, ResumableError

TRIES = 3
WAIT_S = 1.0  # before the second try; the third waits twice as long


@dataclass(slots=True)
class Connection:
    """user.account: the OrgId, or the host and a hash of the keys where the API does not tell it.

    user_id: "" where the API could not be asked; then the name is what it was the last time, and
    `trouble` says why. told_ahead_ms: the server's clock less ours, None where no reply told it.
    clock: of the whole run.
    """

    api: LeadSquared
    throttle: Throttle
    user: User
    told_ahead_ms: int | None = None
    trouble: ApiError | ResumableError | None = None
    clock: Clock = field(default_factory=Clock)

    @property
    def ahead_ms(self) -> int:
        return self.told_ahead_ms or 0

    @property
    def account(self) -> str:
        return self.user.account

    @property
    def user_id(self) -> str:
        return self.user.user_id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def web(self) -> str:
        """The address of the account's web application; "" where it is not known."""
        return web_address(self.user, self.api.base_url)


@contextmanager
def connect(
    api: LeadSquared,
    keys: str,
    state: Path,
    rate: Rate | None,
    *,
    daily: int | None = None,
    reserve: int = 0,
    clock: Clock,
    sleep: Callable[[float], None],
) -> Iterator[Connection]:
    """keys: what tells this pair of keys from another; only its hash is kept. daily, reserve: as of
    `Throttle`. sleep may raise.

    Raises ApiError: keys or host refused. ResumableError: no answer, and the account is unknown;
    or the day's calls are used up.
    """
    mark = _mark(api.host, keys)
    with ExitStack() as opened:

        def open_quota(name: str) -> Throttle:
            throttle = Throttle(
                state / f"{name}.db", rate, daily=daily, reserve=reserve,
                clock=clock.monotonic, wall=clock.wall,
            )  # fmt: skip
            return opened.enter_context(closing(throttle))

        own = open_quota(f"keys-{mark}")
        known = own.account()
        throttle = open_quota(file_name(known[0])) if known else own
        call = _ask(api, throttle, sleep)
        user, trouble = _read(call, api.host), None
        if user is None:
            trouble = _trouble(call, api.host)
            if not known and not _is_absent(call):
                raise trouble
            user = User("", *(known or (f"{api.host}#{mark}", "")))
        if known is None or user.account != known[0]:
            before, throttle = throttle, open_quota(file_name(user.account))
            throttle.carry_over(before)
        if (user.account, user.name) != known:
            own.set_account(user.account, user.name)
        reached("account known")
        yield Connection(api, throttle, user, call.ahead_ms, trouble, clock)


@contextmanager
def connect_beside(
    other: Connection,
    api: LeadSquared,
    state: Path,
    rate: Rate | None,
    *,
    daily: int | None,
    reserve: int,
) -> Iterator[Connection]:
    """Another connection of the same account, for a thread of its own. No call is made."""
    throttle = Throttle(
        state / f"{file_name(other.account)}.db", rate, daily=daily, reserve=reserve,
        clock=other.clock.monotonic, wall=other.clock.wall,
    )  # fmt: skip
    with closing(throttle):
        yield replace(other, api=api, throttle=throttle)


def remembered(host: str, keys: str, state: Path) -> str | None:
    """The account that these keys belonged to last, without a call. host: as `api.host`."""
    path = state / f"keys-{_mark(host, keys)}.db"
    if not os.path.exists(path):
        return None
    with closing(Throttle(path, None)) as own:
        known = own.account()
    return known[0] if known else None


def left_today(account: str | None, state: Path, daily: int, reserve: int = 0) -> Left:
    """As the quota file has it, without a call. account: None where no run has learned it."""
    _, hours = remembered_quota(account, state, None)
    return left(daily, hours, Clock().wall(), reserve)


def remembered_quota(
    account: str | None, state: Path, rate: Rate | None
) -> tuple[Rate | None, list[tuple[int, int]]]:
    """What is kept to of this rate, and the calls of each of the last hours, as the quota file has
    it, without a call. account: as of `left_today`."""
    path = state / f"{file_name(account)}.db" if account else None
    if path is None or not os.path.exists(path):
        return rate, []
    with closing(Throttle(path, rate)) as throttle:
        return throttle.rate, throttle.day.hours()


def _mark(host: str, keys: str) -> str:
    return hashlib.sha256(f"{host}\0{keys}".encode()).hexdigest()[:16]


def file_name(account: str) -> str:
    readable = re.sub(r"[^0-9A-Za-z-]", "", account)[:40]
    return f"account-{readable}-{hashlib.sha256(account.encode()).hexdigest()[:8]}"


def _ask(api: LeadSquared, throttle: Throttle, sleep: Callable[[float], None]) -> Call:
    """Send the call under the throttle, a few times where no answer comes."""
    failures = 0
    while True:
        slot = take_slot(throttle, sleep)
        call = api.call(WHO_AM_I, partial(throttle.sent, slot))
        throttled = replies.throttled(call.reply) if call.reply else None
        if throttled is not None:
            throttle.throttled(call.sent_at or 0.0, throttled.limit, throttled.retry_after_s)
            throttle.check_spent()
            continue
        if call.reply is not None:
            throttle.succeeded()
            if call.reply.status < 500 or replies.stopped(call.reply, api.host):
                return call
        failures += 1
        if failures == TRIES:
            return call
        sleep(WAIT_S * failures)


def take_slot(throttle: Throttle, sleep: Callable[[float], None]) -> int:
    """The slot for a call, when there is one. sleep may raise. Raises ResumableError: the calls of
    the day are used up."""
    while True:
        throttle.check_day()
        slot = throttle.take()
        if slot is not None:
            reached("slot taken outside of a run")
            return slot
        sleep(throttle.wait_s())


def _read(call: Call, host: str) -> User | None:
    """Whose keys they are; None where no answer tells it, which ends no run of a known account.

    Raises ApiError: an answer that every call would get.
    """
    if call.reply is None or _is_absent(call):
        return None
    user = read_user(call.reply)
    if user is None and (call.reply.status < 300 or replies.stopped(call.reply, host)):
        raise _trouble(call, host)
    return user


def _is_absent(call: Call) -> bool:
    """404: this host does not offer the call, and perhaps all others."""
    return call.reply is not None and call.reply.status == 404


def _trouble(call: Call, host: str) -> ApiError | ResumableError:
    """Why the account is not known."""
    stop = replies.stopped(call.reply, host) if call.reply else None
    if stop is not None:
        return ApiError(stop.what, fix=stop.fix)
    if call.reply is not None and call.reply.status < 300:
        return ApiError(f"{host} does not answer as LeadSquared does", fix=replies.CORRECT_HOST)
    why = call.message or (f"HTTP {call.reply.status}" if call.reply else "no reply")
    return ResumableError(
        f"{host} cannot be reached: {why}",
        fix=f"{call.mend}, then run the same command again; nothing was sent",
    )
