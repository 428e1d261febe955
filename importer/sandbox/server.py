"""The process: a port of its own, the three lines that a person copies, and an orderly end."""

import logging
import shlex
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from importer.sandbox.account import User
from importer.sandbox.app import TRANSPORT, Sandbox
from importer.sandbox.fields import add_fields, drop_silently, make_mandatory
from importer.sandbox.options import SandboxOptions

ADDRESS = "127.0.0.1"
BACKLOG = 2048
KEEP_ALIVE_S = 75
GRACE_S = 1
"""How long the replies under way may take once a signal came."""

HINT = (
    'The sandbox runs: put "export" before each of these three lines, and the importer talks '
    "to it. Ctrl-C ends it; it forgets everything.\n"
)
WATCH = "See in a browser what comes in: http://{host}/\n"


class PortError(OSError):
    """The port cannot be listened on; the text says why, and what to do."""


class Protocol(HttpToolsProtocol):
    """Leaves the transport in the scope, so that a fault can cut the connection."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {TRANSPORT: self.transport}  # type: ignore[dict-item]


class Server(uvicorn.Server):
    """Says `ready` once, when connections are accepted; around it, on stderr, what to do."""

    def __init__(self, config: uvicorn.Config, ready: str, host: str) -> None:
        super().__init__(config)
        self._ready = ready
        self._watch = WATCH.format(host=host)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stderr.write(HINT)
        sys.stderr.flush()
        sys.stdout.write(self._ready)
        sys.stdout.flush()
        sys.stderr.write(self._watch)
        sys.stderr.flush()


def serve(options: SandboxOptions) -> None:
    """See importer.sandbox.serve."""
    add_fields(options.fields)
    make_mandatory(options.mandatory)
    drop_silently(options.dropped)
    listener = listen(options.port)
    host = f"{ADDRESS}:{listener.getsockname()[1]}"
    user = User.of_seed(options.seed, options.org_id)
    config = uvicorn.Config(
        Sandbox(options, user, host),
        http=Protocol,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=GRACE_S,
        backlog=BACKLOG,
    )
    # Replies that the end cuts short are no error of the sandbox.
    for name in ("uvicorn", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    server = Server(config, lines(host, user), host)
    with ended_by_signals(server):
        server.run(sockets=[listener])


def listen(port: int) -> socket.socket:
    """Bind the port; uvicorn itself would leave the process where that fails."""
    # asyncio sends without delay only where the protocol is named; without it each reply,
    # which uvicorn writes in two pieces, takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((ADDRESS, port))
        listener.listen(BACKLOG)
        return listener
    except OSError as error:
        listener.close()
        raise PortError(
            f"cannot listen on port {port} ({error.strerror}); "
            "choose another with --port, or --port 0 for a free one"
        ) from error


def lines(host: str, user: User) -> str:
    """Return the three lines, quoted for a shell where they need it: keys contain a $."""
    values = {
        "LSQ_HOST": f"http://{host}",
        "LSQ_ACCESS_KEY": user.access_key,
        "LSQ_SECRET_KEY": user.secret_key,
    }
    return "".join(f"{name}={shlex.quote(value)}\n" for name, value in values.items())


@contextmanager
def ended_by_signals(server: uvicorn.Server) -> Iterator[None]:
    """Let SIGINT and SIGTERM end the server and no more.

    uvicorn raises each signal anew when it has ended, for the handlers that stood before:
    these, which then have nothing left to do.
    """

    def end(_number: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
