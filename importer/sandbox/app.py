"""One call from arrival to reply: keys, limit, faults, work, delays. An ASGI application.

It has no framework's router before it: a dict from path to operation costs less, and a
benchmark of the importer should not wait for its stand-in.
"""

import asyncio
import functools
import socket
import struct
import time
from collections.abc import Callable, Mapping
from email.utils import formatdate
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from importer.sandbox.account import Account, User, unique_fields
from importer.sandbox.calls import CREATE, Call, Calls, Route
from importer.sandbox.faults import SLOW_S, Fault, Faults, delays, throttle_statuses
from importer.sandbox.hooks import PREFIX, Hooks
from importer.sandbox.lists import Lists
from importer.sandbox.options import SandboxOptions
from importer.sandbox.page import Pages
from importer.sandbox.replies import (
    BAD_KEYS,
    BLANKS,
    NOT_FOUND,
    NOT_JSON,
    TEXT,
    WRONG_VERB,
    MissingError,
    RefusedError,
    Reply,
    UnreadableError,
    dump,
    envelope,
)
from importer.sandbox.spoil import instead, spoilt
from importer.sandbox.totals import Totals
from importer.sandbox.window import Window

TRANSPORT = "leadsquared.transport"
"""The scope's extension under which the server leaves the connection's transport."""

CUT = {"drop": False, "reset_after": True, "listdrop": False, "deletedrop": False}
"""Faults that close the connection once the work is done → whether by a reset."""

ACCESS_KEY, SECRET_KEY = b"x-lsq-accesskey", b"x-lsq-secretkey"


class Sandbox:
    """All state of one start. `host` is the address without scheme."""

    def __init__(self, options: SandboxOptions, user: User, host: str) -> None:
        self._user = user
        self._keys = (user.access_key.encode(), user.secret_key.encode())
        self._clock = _clock(options.ahead_s)
        unique = unique_fields(options.unique)
        account = Account(user, clock=self._clock, unique=unique, lag_s=options.lag_s)
        lists = Lists(account)
        self._routes = Calls(account, lists, host, options.deletion).routes()
        self._window = Window(options.limit)
        self._faults = Faults(options.faults, options.seed)
        self._throttle_statuses = throttle_statuses(options.throttle_as, options.seed)
        self._uplink = delays(options.uplink_ms, options.seed, "uplink")
        self._latency = delays(options.latency_ms, options.seed, "latency")
        self._totals = Totals()
        self._pages = Pages(account, lists, self._totals, self._window)
        self._hooks = Hooks(self._pages, self._faults)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            reply = await self._answer(scope, receive)
        except (ClientDisconnect, asyncio.CancelledError):
            # The client is gone, or the server ends: nobody waits for a reply.
            await _close(scope, receive, reset=False)
            return
        if reply is not None:
            headers = {"content-type": reply.media, "date": _date(int(self._clock()))}
            headers |= reply.more or {}
            response = Response(reply.body, reply.status, headers=headers)
            await response(scope, receive, _padded(send, reply.padding) if reply.padding else send)

    async def _answer(self, scope: Scope, receive: Receive) -> Reply | None:
        path: str = scope["path"].lower()
        route = self._routes.get(path)
        if route is None:
            return await self._aside(path, scope, receive)
        if scope["method"] != route.verb:
            return WRONG_VERB
        body = await Request(scope, receive).body()
        query = _query(scope["query_string"])
        self._totals.calls[route.name] += 1
        if not self._knows(scope["headers"], query):
            return self._count_refusal(BAD_KEYS, "MXInvalidAccessDetailsException")
        await _sleep(next(self._uplink))
        call = Call(query, body, _is_json(scope["headers"]))
        return await self._counted(route, call, scope, receive)

    async def _aside(self, path: str, scope: Scope, receive: Receive) -> Reply:
        """What is no call of the API: a hook for tests, a page for people, or nothing."""
        if path.startswith(PREFIX):
            return self._hooks.answer(scope["method"], path, await Request(scope, receive).body())
        page = self._pages.answer(scope["method"], path, _query(scope["query_string"]))
        return page or NOT_FOUND

    async def _counted(
        self, route: Route, call: Call, scope: Scope, receive: Receive
    ) -> Reply | None:
        """Take the call's place in the window, then do what it asks or what a fault makes."""
        now = time.monotonic()
        half_s = next(self._latency) / 2
        if not self._window.has_room(now):
            self._totals.throttled += 1
            return await self._throttled(2 * half_s, self._window.message())
        fault = None
        if route.name == CREATE:
            fault = self._faults.for_create()
            if fault is not None and fault.name == "throttled":
                self._totals.faults[fault.name] += 1
                message = self._window.message(names_limit=fault.names_limit)
                return await self._throttled(2 * half_s, message)
            self._totals.create_counted(now)
        elif route.kind:
            fault = self._faults.for_kind(route.kind)
        self._window.count(now)
        if fault is None:
            await _sleep(half_s)
            reply = self._work(route, call)
            await _sleep(half_s)
            return reply
        return await self._go_wrong(fault, half_s, (route, call), scope, receive)

    async def _throttled(self, delay_s: float, message: str) -> Reply:
        """Refuse a call that takes no place in the window."""
        await _sleep(delay_s)
        status = next(self._throttle_statuses)
        return envelope(status, "MXAPIRateLimitExceededException", message)

    async def _go_wrong(
        self, fault: Fault, half_s: float, job: tuple[Route, Call], scope: Scope, receive: Receive
    ) -> Reply | None:
        """Make the fault. None where the connection was closed instead of a reply."""
        self._totals.faults[fault.name] += 1
        if fault.name == "reset":
            await _close(scope, receive, reset=True)
            return None
        await _sleep(half_s)
        if fault.name == "late":
            asyncio.get_running_loop().call_later(fault.delay_s, self._work, *job)
            await _close(scope, receive, reset=False)
            return None
        reply = instead(fault) or spoilt(fault, self._work(*job))
        await _sleep(half_s + (SLOW_S if fault.name == "slow" else 0))
        if fault.name in CUT:
            await _close(scope, receive, reset=CUT[fault.name])
            return None
        return reply

    def _work(self, route: Route, call: Call) -> Reply:
        try:
            if route.verb == "POST" and not call.is_json:
                raise UnreadableError(NOT_JSON)
            reply = Reply(200, dump(route.handle(call)))
        except RefusedError as error:
            reply = envelope(error.status, error.exception_type, error.message)
            return self._count_refusal(reply, error.exception_type)
        except UnreadableError as error:
            return self._count_refusal(Reply(400, str(error).encode(), TEXT), "HTTP 400")
        except MissingError:
            return self._count_refusal(NOT_FOUND, "HTTP 404")
        if route.name == CREATE:
            self._totals.creates += 1
        return reply

    def _count_refusal(self, reply: Reply, exception_type: str) -> Reply:
        self._totals.refused[exception_type] += 1
        return reply

    def _knows(self, headers: list[tuple[bytes, bytes]], query: Mapping[str, str]) -> bool:
        """Check the keys: both in headers, or both in the query."""
        sent = {name: value for name, value in headers if name in (ACCESS_KEY, SECRET_KEY)}
        if sent:
            return (sent.get(ACCESS_KEY), sent.get(SECRET_KEY)) == self._keys
        keys = query.get("accesskey", ""), query.get("secretkey", "")
        return (keys[0].encode(), keys[1].encode()) == self._keys


def _query(raw: bytes) -> Mapping[str, str]:
    if not raw:
        return {}
    pairs = parse_qsl(raw.decode("ascii", "replace"), keep_blank_values=True)
    return {name.lower(): value for name, value in pairs}


def _is_json(headers: list[tuple[bytes, bytes]]) -> bool:
    types = (value for name, value in headers if name == b"content-type")
    return next(types, b"").lower().startswith(b"application/json")


@functools.lru_cache(maxsize=1)
def _date(second: int) -> str:
    """Give the Date header. uvicorn's own lags by up to 1.1 s; clients read the clock off it."""
    return formatdate(second, usegmt=True)


def _clock(ahead_s: float) -> Callable[[], float]:
    """Give the server's time of day; the computer's own, at no cost, where nothing is ahead."""
    return (lambda: time.time() + ahead_s) if ahead_s else time.time


def _padded(send: Send, padding: int) -> Send:
    """Send blanks behind a body, one piece at a time as the client takes them."""

    async def padded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [pair for pair in message["headers"] if pair[0] != b"content-length"]
            await send({**message, "headers": headers})
            return
        await send({**message, "more_body": True})
        for _ in range(padding):
            await send({"type": "http.response.body", "body": BLANKS, "more_body": True})
            await asyncio.sleep(0)  # the server learns only then that the client is gone
        await send({"type": "http.response.body", "body": b""})

    return padded


async def _sleep(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)


async def _close(scope: Scope, receive: Receive, *, reset: bool) -> None:
    """End the connection without a reply: by FIN, or by RST where `reset`."""
    transport: asyncio.Transport = scope["extensions"][TRANSPORT]
    if reset:
        linger_none = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, linger_none
        )
        transport.abort()
    else:
        transport.close()
    # uvicorn would answer 500 for an application that returns before it sees the end.
    while (await receive())["type"] != "http.disconnect":
        pass
