"""The wire: LeadSquared's REST API v2, one call at a time. With `transport` the door to httpx.

Keys go out as headers and in no URL, and no redirect is followed: keys reach no other host. Where
a server repeats them, they are taken out before anybody reads the reply.
A call never raises for what the server or the network does: it gives a `Call`, with a `Reply` or
with the kind of failure, and whether the request had left.
"""

import json
import re
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from importer.crashpoints import reached
from importer.delivery.hidden import Hidden
from importer.delivery.replies import (
    CORRECT_HOST,
    MOST_KEPT,
    NeverLeft,
    Reply,
    Unsettled,
    Verdict,
    moment,
    read_created,
    throttled,
)
from importer.delivery.transport import Transport
from importer.delivery.unreachable import CHECK_NETWORK, explain, without_password
from importer.errors import SettingsError
from importer.journal.calls import THROTTLED
from importer.model import Lead

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# Of one reply. That to a create is some 100 bytes, and an error page some KB; 16 may come at once.
# 5,000 leads are some 20 MB, and one look-up at most is under way.
MOST_BYTES, MOST_BYTES_OF_LEADS = 1 << 20, 32 << 20
LEADS_TAKE = 4  # times timeout_s, at most: 20 MB in 2 minutes are 1.4 Mbit/s
FIRST_YEAR, LAST_YEAR = 2000, 2100  # that a server's clock is believed to show
NAMED_USER = re.compile(r"^(\s*(?:[\w+.-]*:)?//)?.*@", re.DOTALL)
QUERY = re.compile(r"([?#]).*", re.DOTALL)
HOST_IS_SET = "LSQ_HOST in the environment, or host in importer.toml"
CREATE = "/v2/LeadManagement.svc/Lead.Create"
USER = "/v2/Authentication.svc/UserByAccessKey.Get"
COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
LEFT = frozenset({"http11.send_request_body.complete", "http2.send_request_body.complete"})
BYTES_LEFT, REPLY_READ = "bytes left", "reply read"
# These are raised before the first byte of a request leaves; all others may come after it.
NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)


@dataclass(frozen=True, slots=True)
class Request:
    """path with its query, and the JSON body of a POST. `name` is the call's, for the journal.

    asks_leads: its reply may hold many, and so be large and take longer.
    """

    name: str
    path: str
    body: bytes | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    asks_leads: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """What became of one request.

    sent_at: monotonic s at which its bytes left, None if they did not; reply: None where none
    came, and then `error` is the exception's type, `message` its words, and `mend` what to look at.
    ahead_ms: the server's clock less ours, by the reply's Date header, which has whole seconds.
    """

    request: Request
    sent_at: float | None
    latency_ms: int
    reply: Reply | None = None
    error: str | None = None
    message: str = ""
    mend: str = CHECK_NETWORK
    ahead_ms: int | None = None


class LeadSquared:
    """One account's API. Safe to call from several threads.

    timeout_s: for a call as a whole, until the last byte of its reply; where leads are asked for
    LEADS_TAKE times as long, with no pause longer than timeout_s. transport: a test's. Raises
    SettingsError: the host is no host, or plain http to another machine.
    """

    def __init__(
        self,
        host: str,
        access_key: str,
        secret_key: str,
        *,
        timeout_s: float = 30.0,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._clock, self._wall = clock, wall
        self.base_url = normal_host(host)
        self.host = urlsplit(self.base_url).netloc
        self._headers = httpx.Headers(
            {
                "Host": self.host,
                "x-LSQ-AccessKey": access_key,
                "x-LSQ-SecretKey": secret_key,
                "Accept": "application/json",
                "Accept-Encoding": "identity",
                "User-Agent": "leadsquared-importer",
            }
        )
        self._hidden = Hidden((access_key, secret_key))
        self._post_headers = httpx.Headers(self._headers)
        self._post_headers["Content-Type"] = "application/json; charset=utf-8"
        self._limits = httpx.Timeout(timeout_s).as_dict()
        self._limits_of_leads = httpx.Timeout(LEADS_TAKE * timeout_s).as_dict()
        proxy = _proxy(self.base_url)
        self._proxy = proxy and without_password(proxy)
        self._transport = transport or _transport(timeout_s, proxy)
        self._url = cache(lambda path: httpx.URL(self.base_url + path))

    @property
    def place(self) -> str:
        """Where calls go, for a message."""
        return f"{self.base_url}, by the proxy {self._proxy}" if self._proxy else self.base_url

    def close(self) -> None:
        self._transport.close()

    def call(self, request: Request, on_left: Callable[[float], None] | None = None) -> Call:
        """Send one request and wait for its reply. on_left is told the moment its bytes left."""
        started = self._clock()
        left: list[float] = []

        def trace(event: str, _: Mapping[str, Any]) -> None:
            if event in LEFT:
                reached(BYTES_LEFT)
                left.append(self._clock())
                assert on_left is not None, "only then it is traced"
                on_left(left[-1])

        try:
            reached(request.name)
            reply = self._exchange(request, trace if on_left else None)
            reached(REPLY_READ)
        except httpx.TransportError as error:
            message, mend = explain(error, self._proxy)
            return Call(
                request,
                None if isinstance(error, NEVER_LEFT) else left[-1] if left else started,
                self._since(started),
                error=type(error).__name__,
                message=self._hidden.in_text(message)[:MOST_KEPT],
                mend=mend,
            )
        sent_at = left[-1] if left else started
        return Call(request, sent_at, self._since(started), reply, ahead_ms=self._ahead_ms(reply))

    def _exchange(self, request: Request, trace: Callable[..., None] | None) -> Reply:
        """By the transport itself: a client's cookies, redirects and hooks are not wanted here,
        and take a third of a call's time."""
        limits = self._limits_of_leads if request.asks_leads else self._limits
        extensions: dict[str, Any] = {"timeout": limits}
        if trace is not None:
            extensions["trace"] = trace
        is_get = request.body is None
        outgoing = httpx.Request(
            "GET" if is_get else "POST",
            httpx.URL(self._url(request.path), params=request.params)
            if request.params
            else self._url(request.path),
            headers=self._headers if is_get else self._post_headers,
            content=request.body,
            extensions=extensions,
        )
        response = self._transport.handle_request(outgoing)
        try:
            most = MOST_BYTES_OF_LEADS if request.asks_leads else MOST_BYTES
            body = self._hidden.in_body(_body(response, most))
            return Reply(response.status_code, response.headers, body)
        finally:
            response.close()

    def _since(self, started: float) -> int:
        return round((self._clock() - started) * 1000)

    def _ahead_ms(self, reply: Reply) -> int | None:
        date = reply.headers.get("date")
        server = moment(date) if date else None
        if server is None or not FIRST_YEAR <= server.year < LAST_YEAR:
            return None
        return round((server.timestamp() - self._wall()) * 1000)


def _transport(timeout_s: float, proxy: str | None) -> Transport:
    """Verified TLS, idle connections given up early, and the environment's proxy."""
    try:
        return Transport(timeout_s, proxy)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"no secure connection can be set up: {error}",
            where="SSL_CERT_FILE, SSL_CERT_DIR or HTTPS_PROXY in the environment",
            fix="correct or unset these variables",
        ) from error


def _proxy(base_url: str) -> str | None:
    """What HTTPS_PROXY and NO_PROXY say of this host; none for this machine."""
    host = urlsplit(base_url).hostname or ""
    if host in LOOPBACK or urllib.request.proxy_bypass(host):
        return None
    return urllib.request.getproxies().get(urlsplit(base_url).scheme)


def _body(response: httpx.Response, most: int) -> bytes:
    assert isinstance(response.stream, httpx.SyncByteStream), "the transport is synchronous"
    body = bytearray()
    for chunk in response.stream:
        body += chunk
        if len(body) > most:
            raise httpx.RemoteProtocolError(f"the reply is over {most:,} bytes")
    return bytes(body)


def normal_host(host: str) -> str:
    """`api.example.com`, `api.example.com/v2/` or a URL → `https://api.example.com`.

    Without a scheme it is https, but http for this machine. Raises SettingsError.
    """
    text = host.strip()
    bare = text if "//" in text else f"//{text}"
    try:
        parts = urlsplit(bare)
        name, port = parts.hostname, parts.port
    except ValueError:
        name, port, parts = None, None, urlsplit("")
    if not name or "@" in text or parts.scheme not in ("", "http", "https"):
        raise SettingsError(
            f'this is no host: "{_without_keys(host)}"',
            where=HOST_IS_SET,
            fix=CORRECT_HOST,
        )
    scheme = parts.scheme or ("http" if name in LOOPBACK else "https")
    if scheme == "http" and name not in LOOPBACK:
        raise SettingsError(
            f'keys would travel unencrypted to "{name}"',
            where=HOST_IS_SET,
            fix=f"write https://{name}, or leave the scheme out",
        )
    shown = f"[{name}]" if ":" in name else name
    return f"{scheme}://{shown}{f':{port}' if port else ''}"


def _without_keys(host: str) -> str:
    """`https://user:KEY@host/?accessKey=KEY` → `https://…@host/?…`"""
    return QUERY.sub(r"\1…", NAMED_USER.sub(r"\1…@", host))


def create_request(lead: Lead) -> Request:
    """Lead.Create's body: [{Attribute, Value}…]; a custom field set's children are its Fields."""
    attributes: list[dict[str, Any]] = []
    sets: dict[str, list[dict[str, str]]] = {}
    for name, value in lead.sent.items():
        parent, _, child = name.partition(".")
        if not child:
            attributes.append({"Attribute": name, "Value": value})
            continue
        if parent not in sets:
            sets[parent] = []
            attributes.append({"Attribute": parent, "Value": "", "Fields": sets[parent]})
        sets[parent].append({"Attribute": child, "Value": value})
    return Request("Lead.Create", CREATE, to_json(attributes))


def to_json(value: object) -> bytes:
    """UTF-8, and escapes for what UTF-8 can't carry (a lone surrogate)."""
    try:
        return COMPACT.encode(value).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()


def failure_of(call: Call) -> str | None:
    """The exception's type, ours or the vendor's, or THROTTLED; as the journal keeps it."""
    if call.reply is None:
        return call.error
    return THROTTLED if throttled(call.reply) else call.reply.exception[0] or None


def verdict_on_create(call: Call, host: str) -> Verdict:
    if call.reply is not None:
        return read_created(call.reply, host)
    if call.sent_at is None:
        return NeverLeft(call.error or "", call.message)
    return Unsettled(call.error or "", call.message, ended=False)
