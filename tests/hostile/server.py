"""A server that answers as it likes: raw bytes on a real socket, for LeadSquared's calls."""

import json
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

Script = Callable[[socket.socket], None]

USER = {"Id": "11111111-1111-1111-1111-111111111111", "OrgId": "22222222", "OrgDisplayName": "Acme"}
NO_LEADS = {"RecordCount": 0, "Leads": []}
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
PATIENCE_S = 30.0
UNKNOWN = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def reply(body: bytes | object, status: str = "200 OK", *headers: str) -> bytes:
    """A whole reply, with its true length; what is not bytes goes as JSON."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(data)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def refused(kind: str, message: str, status: str = "500 Error") -> bytes:
    body = {"Status": "Error", "ExceptionType": kind, "ExceptionMessage": message}
    return reply(body, status)


@dataclass(slots=True)
class Server:
    """answers: a call's name, as it ends its path, to what it gets, once a request: whole bytes, or
    what to do with the socket. asked: the names, in order. over: set when the test has ended.
    """

    answers: dict[str, bytes | Script]
    tls: ssl.SSLContext | None = None
    asked: list[str] = field(default_factory=list)
    accepted: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    _listening: socket.socket = field(
        default_factory=lambda: socket.create_server(("127.0.0.1", 0))
    )

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._listening.getsockname()[1]}"

    def drip(self, piece: bytes, head: bytes = b"", gap_s: float = 0.02) -> Script:
        """The head at once, and then that piece again and again, until the client hangs up."""

        def play(client: socket.socket) -> None:
            client.sendall(head)
            while not self.over.wait(gap_s):
                client.sendall(piece)

        return play

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            self.accepted += 1
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), closing(client):  # the client may hang up whenever it likes
            if self.tls is not None:
                client = self.tls.wrap_socket(client, server_side=True)
            with closing(client):
                while (name := _request(client)) is not None:
                    self.asked.append(name)
                    answer = self.answers.get(name, UNKNOWN)
                    if isinstance(answer, bytes):
                        client.sendall(answer)
                    else:
                        answer(client)


def _request(client: socket.socket) -> str | None:
    """The name of the call, once all of it is there; None where the client has hung up."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := client.recv(1 << 16)):
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    while length and len(body) < int(length[1]):
        body += client.recv(1 << 16)
    path = head.split()[1].decode()
    return path.partition("?")[0].rpartition("/")[2]


@contextmanager
def serving(
    answers: dict[str, bytes | Script] | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Server]:
    """What is not in answers is answered as a sound account without leads does."""
    sound: dict[str, bytes | Script] = {
        "UserByAccessKey.Get": reply(USER),
        "Leads.RecentlyModified": reply(NO_LEADS),
        "Leads.GetByEmailaddress": reply([]),
    }
    server = Server({**sound, **(answers or {})}, tls)
    thread = threading.Thread(target=server._accept, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        with suppress(OSError):
            server._listening.shutdown(socket.SHUT_RDWR)
        server._listening.close()
        thread.join(PATIENCE_S)
