"""A web server of this machine, which remembers what it is sent; and a time zone."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


class Server:
    """status: of its next answers. got: method, path and body of what came."""

    def __init__(self) -> None:
        self.status = 200
        self.got: list[tuple[str, str, str]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
                server.got.append((self.command, self.path, body))
                self.send_response(server.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.web.server_port}"

    def notices(self) -> list[dict[str, Any]]:
        """What apprise's json:// sent."""
        return [json.loads(body) for _, _, body in self.got]


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    thread = threading.Thread(target=found.web.serve_forever, args=(0.005,))
    thread.start()
    yield found
    found.web.shutdown()
    thread.join()
    found.web.server_close()


@pytest.fixture
def silent_host() -> Iterator[str]:
    """It takes connections, and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        yield f"127.0.0.1:{found.getsockname()[1]}"


@pytest.fixture
def dead_host() -> str:
    """Nobody listens there."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return f"127.0.0.1:{found.getsockname()[1]}"


@pytest.fixture
def kolkata() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Kolkata")
        time.tzset()
        yield
    time.tzset()
