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


@dataclass(slots=True, eq=False)
class _Link:
    """A client's connection, and ours to the server, once there is one."""

    ends: list[asyncio.StreamWriter] = field(default_factory=list)
    sockets: list[socket.socket] = field(default_factory=list)

    def join(self, writer: asyncio.StreamWriter) -> asyncio.StreamWriter:
        self.ends.append(writer)
        self.sockets.append(writer.get_extra_info("socket"))
        return writer

    def reset(self) -> None:
        for plain, writer in zip(self.sockets, self.ends, strict=True):
            with suppress(OSError):  # it is closed already
                plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NONE)
            writer.transport.abort()


@dataclass(slots=True)
class Forwarder:
    """cut_off: connections that a fault has met; each may have had one call under way.

    accepted: connections so far. first_s: how long the first byte of a connection takes. Methods
    return when the thing is done; for one thread.
    """

    to: int
    tls: ssl.SSLContext | None = None
    port: int = 0
    cut_off: int = 0
    accepted: int = 0
    first_s: float = 0.0
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
        """Answer whatever clients send from now on with these bytes, and hang up."""
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
        met, self._links = self._links, []
        self.cut_off += len(met)
        for link in met:
            link.reset()

    async def _hold(self) -> None:
        self.cut_off += len(self._links)
        self._may_pass.clear()

    async def _release(self) -> None:
        self._may_pass.set()

    async def _set_answer(self, answer: bytes | None) -> None:
        self._answer = answer

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        link = _Link()
        link.join(writer)
        self.accepted += 1
        self.cut_off += not self._may_pass.is_set()
        self._links.append(link)
        try:
            with suppress(OSError):
                await self._join(reader, writer, link)
        finally:
            if link in self._links:
                self._links.remove(link)
            for each in link.ends:
                each.close()

    async def _join(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, link: _Link
    ) -> None:
        if self._answer is not None:
            await reader.read(CHUNK)
            await self._hang_up(writer)
            return
        await asyncio.sleep(self.first_s)
        back, server = await asyncio.open_connection("127.0.0.1", self.to)
        link.join(server)
        await asyncio.gather(self._pump(reader, server, writer), self._pump(back, writer))

    async def _pump(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        client: asyncio.StreamWriter | None = None,
    ) -> None:
        """Until either end is gone; then the other is told, when all is passed on. client: who is
        answered by us, once there is an answer."""
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                await self._may_pass.wait()
                if client is not None and self._answer is not None:
                    await self._hang_up(client)
                    break
                writer.write(data)
                await writer.drain()
        await self._may_pass.wait()
        writer.close()

    async def _hang_up(self, client: asyncio.StreamWriter) -> None:
        self.cut_off += 1
        client.write(self._answer or b"")
        await client.drain()
        client.close()


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
    here = asyncio.current_task()
    others = [task for task in asyncio.all_tasks() if task is not here]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
