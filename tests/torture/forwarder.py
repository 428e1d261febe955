"""A port of this machine behind which a server stands, and what a network can do between the two.

In: the server's port. Out: a port of our own, and means to close it, to cut its connections, to
hold all bytes back, and to answer with something else. Bytes pass unread. Never ends the server.
"""

import asyncio
import socket
import ssl
import struct
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

PATIENCE_S = 20.0
CHUNK = 1 << 16
LINGER_NONE = struct.pack("ii", 1, 0)

T = TypeVar("T")


@dataclass(slots=True)
class _Link:
    """A client's connection, and ours to the server; None while there is none."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter | None = None


@dataclass(slots=True)
class Forwarder:
    """cut_off: connections that a fault has met; each may have had one call under way.

    accepted: connections so far. Methods return when the thing is done; for one thread.
    """

    to: int
    tls: ssl.SSLContext | None = None
    port: int = 0
    cut_off: int = 0
    accepted: int = 0
    _links: list[_Link] = field(default_factory=list)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _listening: asyncio.Server | None = None
    _may_pass: asyncio.Event = field(default_factory=asyncio.Event)
    _answer: bytes | None = None

    def cut(self) -> None:
        """Reset all connections; new ones are served."""
        self._do(self._cut())

    def close(self) -> None:
        """Reset all connections, and refuse new ones until `open`."""
        self._do(self._close())

    def open(self) -> None:
        """Serve the same port again."""
        self._do(self._open())

    def hold(self) -> None:
        """Let no byte through, either way, until `release`; then all that were held go on."""
        self._do(self._hold())

    def release(self) -> None:
        self._do(self._release())

    def answer(self, answer: bytes) -> None:
        """Reset all connections, and answer whatever comes on new ones with these bytes."""
        self._do(self._set_answer(answer))

    def forward(self) -> None:
        """No more answers of our own."""
        self._do(self._set_answer(None))

    def _do(self, work: Coroutine[None, None, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    async def _open(self) -> None:
        self._may_pass.set()
        self._listening = await asyncio.start_server(
            self._serve, "127.0.0.1", self.port, ssl=self.tls, reuse_address=True
        )
        self.port = self._listening.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        await self._cut()

    async def _cut(self) -> None:
        self.cut_off += len(self._links)
        for link in self._links:
            _reset(link.client)
            if link.server is not None:
                _reset(link.server)

    async def _hold(self) -> None:
        self.cut_off += len(self._links)
        self._may_pass.clear()

    async def _release(self) -> None:
        self._may_pass.set()

    async def _set_answer(self, answer: bytes | None) -> None:
        self._answer = answer
        if answer is not None:
            await self._cut()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        link = _Link(writer)
        self.accepted += 1
        self.cut_off += self._answer is not None or not self._may_pass.is_set()
        self._links.append(link)
        try:
            with suppress(OSError):
                await self._join(reader, link)
        finally:
            self._links.remove(link)
            for each in filter(None, (link.client, link.server)):
                each.close()

    async def _join(self, reader: asyncio.StreamReader, link: _Link) -> None:
        if self._answer is not None:
            await reader.read(CHUNK)
            link.client.write(self._answer)
            await link.client.drain()
            return
        back, link.server = await asyncio.open_connection("127.0.0.1", self.to)
        await asyncio.gather(self._pump(reader, link.server), self._pump(back, link.client))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Until either end is gone; then the other is told, when all is passed on."""
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                await self._may_pass.wait()
                writer.write(data)
                await writer.drain()
        await self._may_pass.wait()
        writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    plain = writer.get_extra_info("socket")
    with suppress(OSError):  # it is closed already
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NONE)
    writer.transport.abort()


@contextmanager
def forwarding(to: int, tls: ssl.SSLContext | None = None) -> Iterator[Forwarder]:
    """tls: speak it to clients; the server is spoken to without."""
    forwarder = Forwarder(to, tls)
    thread = threading.Thread(target=forwarder._loop.run_forever, name="forwarder", daemon=True)
    thread.start()
    try:
        forwarder.open()
        yield forwarder
    finally:
        forwarder._do(_end(forwarder))
        forwarder._loop.call_soon_threadsafe(forwarder._loop.stop)
        thread.join(PATIENCE_S)
        forwarder._loop.close()


async def _end(forwarder: Forwarder) -> None:
    """Nothing is cut: a client that is still there sees its connection end."""
    forwarder._may_pass.set()
    if forwarder._listening is not None:
        forwarder._listening.close()
    for link in forwarder._links:
        link.client.close()
    here = asyncio.current_task()
    others = [task for task in asyncio.all_tasks() if task is not here]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
