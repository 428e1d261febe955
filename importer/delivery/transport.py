"""Connections to the API, and the moment by which a call is over, whatever the server does.

httpcore has a time limit for each read and each write alone: a server that sends a byte now and
then holds a call for ever. Here a request's time limit is that of the whole call, from the first
byte of the connection to the last of the reply. What httpcore is given as its timeouts is the
moment when the call ends; the streams below make of it what is left. No reply to another call, or
to none, is taken for the reply to a call.
"""

import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

# A pooled connection that the server closes just as we send looks like a lost reply; so idle ones
# are given up long before servers do (uvicorn 5 s, IIS 120 s).
KEEPALIVE_S = 2.0
SLICE = 1 << 16  # bytes that are written at once: a limit holds for each
LEAST_S = 0.001  # 0 would be no time limit, or no waiting, to a socket
BEGINS = b"HTTP/"


class _Stream(httpcore.NetworkStream):
    """Its timeouts are moments of time.monotonic. quiet_s: the longest wait for a single byte."""

    def __init__(self, stream: httpcore.NetworkStream, quiet_s: float) -> None:
        self._stream = stream
        self._quiet_s = quiet_s
        self.is_answering = True  # since what was written last
        self._head = b""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = _left(timeout)
        if left <= 0:
            raise httpcore.ReadTimeout("the reply did not end in time")
        data = self._stream.read(max_bytes, min(left, self._quiet_s))
        if not self.is_answering:
            self.is_answering = True
            if data[:5] != BEGINS[: len(data)]:
                raise httpcore.RemoteProtocolError("what came is no HTTP reply")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """A request's head waits for the body, which follows even where it is empty: one packet
        costs less than two."""
        if self.is_answering:
            self.is_answering = False
            self._head = buffer
            return
        data, self._head = self._head + buffer, b""
        for start in range(0, len(data), SLICE):
            left = _left(timeout)
            if left <= 0:
                raise httpcore.WriteTimeout("the server did not take the request in time")
            self._stream.write(data[start : start + SLICE], min(left, self._quiet_s))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = max(LEAST_S, min(_left(timeout), self._quiet_s))
        stream = self._stream.start_tls(ssl_context, server_hostname, left)
        return _Stream(stream, self._quiet_s)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Network(httpcore.SyncBackend):
    def __init__(self, quiet_s: float) -> None:
        self._quiet_s = quiet_s

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        left = max(LEAST_S, min(_left(timeout), self._quiet_s))
        stream = super().connect_tcp(host, port, left, local_address, socket_options)
        return _Stream(stream, self._quiet_s)


class Transport(httpx.BaseTransport):
    """A request's `read` timeout is the limit of the whole call, in seconds.

    proxy: its URL, with user and password. quiet_s: how long the network may be silent, in a call
    that takes longer. Raises OSError, ValueError: certificates that can't be read, no such proxy.
    """

    def __init__(self, quiet_s: float, proxy: str | None = None) -> None:
        terms: dict[str, Any] = {
            "ssl_context": httpx.create_ssl_context(),
            "max_connections": None,
            "keepalive_expiry": KEEPALIVE_S,
            "network_backend": _Network(quiet_s),
        }
        self._pool = _through(proxy, terms) if proxy else httpcore.ConnectionPool(**terms)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream), "its body is bytes"
        url = request.url
        ends_at = time.monotonic() + request.extensions["timeout"]["read"]
        moments = {"connect": ends_at, "read": ends_at, "write": ends_at}
        outgoing = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions={**request.extensions, "timeout": moments},
        )
        try:
            reply = self._pool.handle_request(outgoing)
        except CORE_ERRORS as error:
            raise _as_httpx(error) from error
        body = _Body(reply)
        if not getattr(reply.extensions["network_stream"], "is_answering", True):
            body.close()
            raise httpx.RemoteProtocolError("a reply was there before the call")
        return httpx.Response(reply.status, headers=reply.headers, stream=body)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, reply: httpcore.Response) -> None:
        self._reply = reply
        assert isinstance(reply.stream, Iterable), "the pool is synchronous"
        self._stream = reply.stream

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._stream
        except CORE_ERRORS as error:
            raise _as_httpx(error) from error

    def close(self) -> None:
        self._reply.close()


CORE_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


def _as_httpx(error: Exception) -> httpx.TransportError:
    """Its namesake."""
    found: type[httpx.TransportError] = getattr(httpx, type(error).__name__)
    return found(str(error))


def _through(proxy: str, terms: dict[str, Any]) -> httpcore.ConnectionPool:
    parts = httpx.Proxy(proxy)
    if parts.url.scheme not in ("http", "https"):
        raise ValueError(f"a proxy by {parts.url.scheme} is not supported")
    return httpcore.HTTPProxy(
        proxy_url=httpcore.URL(
            scheme=parts.url.raw_scheme,
            host=parts.url.raw_host,
            port=parts.url.port,
            target=parts.url.raw_path,
        ),
        proxy_auth=parts.raw_auth,
        proxy_headers=parts.headers.raw,
        **terms,
    )


def _left(ends_at: float | None) -> float:
    assert ends_at is not None, "every call has its limit"
    return ends_at - time.monotonic()
