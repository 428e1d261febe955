"""The forwarder: what a client and its server see of each fault."""

import http.server
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.acceptance.world import pause
from tests.torture.forwarder import Forwarder, forwarding

CERTIFICATE = Path(__file__).parents[1] / "acceptance" / "self_signed.pem"
PATIENCE_S = 20.0
SHORT_S = 0.3


class Server(http.server.ThreadingHTTPServer):
    """Answers each path with itself, and remembers it."""

    daemon_threads = True
    asked: list[str]

    def handle_error(self, *_: object) -> None:
        """A connection that was cut is no error here."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server: "Server"

        def do_GET(self) -> None:
            self.server.asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", str(len(self.path)))
            self.end_headers()
            self.wfile.write(self.path.encode())

        def log_message(self, *_: object) -> None:
            """Nothing to stderr."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Server.Handler) as serving:
        serving.asked = []
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


@pytest.fixture
def forwarder(server: Server) -> Iterator[Forwarder]:
    with forwarding(server.server_port) as found:
        yield found


def client(forwarder: Forwarder, timeout_s: float = PATIENCE_S) -> "closing[httpx.Client]":
    url = f"http://127.0.0.1:{forwarder.port}"
    return closing(httpx.Client(base_url=url, timeout=timeout_s, trust_env=False))


def test_bytes_pass_unread_and_nothing_is_cut_off(forwarder: Forwarder, server: Server) -> None:
    with client(forwarder) as one, client(forwarder) as other:
        assert [one.get("/a").text, other.get("/b").text, one.get("/c").text] == ["/a", "/b", "/c"]
    assert (server.asked, forwarder.accepted, forwarder.cut_off) == (["/a", "/b", "/c"], 2, 0)


def test_a_closed_port_refuses_and_the_same_one_serves_again(
    forwarder: Forwarder, server: Server
) -> None:
    port = forwarder.port
    with client(forwarder) as one:
        one.get("/before")
        forwarder.close()
        with pytest.raises(httpx.ConnectError, match="refused"):
            one.get("/lost")
        forwarder.open()
        assert one.get("/after").text == "/after"
    assert (forwarder.port, forwarder.cut_off) == (port, 1)
    assert server.asked == ["/before", "/after"]


def test_a_cut_resets_a_call_that_is_under_way(forwarder: Forwarder) -> None:
    seen: list[Exception] = []

    def ask() -> None:
        with client(forwarder) as one:
            try:
                one.get("/held")
            except httpx.TransportError as error:
                seen.append(error)

    forwarder.hold()
    thread = threading.Thread(target=ask)
    thread.start()
    while not forwarder.accepted:
        pause(0.005)
    forwarder.cut()
    thread.join(PATIENCE_S)
    (error,) = seen  # the reset may come before the client has seen its own connection
    assert isinstance(error, httpx.ReadError | httpx.ConnectError)
    assert "reset" in str(seen[0])


def test_held_bytes_arrive_when_their_client_is_gone(forwarder: Forwarder, server: Server) -> None:
    forwarder.hold()
    with client(forwarder, SHORT_S) as one, pytest.raises(httpx.ReadTimeout):
        one.get("/late")
    assert server.asked == []
    forwarder.release()
    while not server.asked:
        pause(0.005)
    assert (server.asked, forwarder.cut_off) == (["/late"], 1)


def test_another_answer_comes_instead_and_the_server_is_not_asked(
    forwarder: Forwarder, server: Server
) -> None:
    with client(forwarder) as one:
        one.get("/before")
        forwarder.answer(b"220 mail.example.com ESMTP\r\n")
        for path in ("/on the same connection", "/on a new one"):
            with pytest.raises(httpx.RemoteProtocolError):
                one.get(path)
    forwarder.answer(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
    with client(forwarder) as one:
        assert one.get("/portal").text == "hi"
    assert (server.asked, forwarder.cut_off) == (["/before"], 3)
    forwarder.forward()
    with client(forwarder) as one:
        assert one.get("/back").text == "/back"


def test_tls_is_spoken_to_clients_that_trust_it(server: Server) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE)
    with forwarding(server.server_port, tls) as forwarder:
        url = f"https://127.0.0.1:{forwarder.port}"
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            httpx.get(url, trust_env=False)
        trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
        with closing(httpx.Client(base_url=url, verify=trusting, trust_env=False)) as one:
            assert one.get("/safe").text == "/safe"
            forwarder.close()
        forwarder.tls = None
        forwarder.open()
        with pytest.raises(httpx.ConnectError, match="SSL"):
            httpx.get(url, verify=trusting, trust_env=False)
    assert server.asked == ["/safe"]
