"""What the network does to calls: the server is gone, connections are cut, names or TLS fail.

Between the importer and its sandbox stands a forwarder, which loses no lead as a dead server would.
"""

import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from tests.acceptance.world import pause
from tests.torture.forwarder import Forwarder, forwarding
from tests.torture.rigged import preloaded
from tests.torture.scene import Arena, Scene
from tests.torture.scenes_process import BUSY, DOOR, PACE, QUICK_SETTLE, expect_pace

CERTIFICATE = Path(__file__).parents[1] / "acceptance" / "self_signed.pem"
PORTAL = b"HTTP/1.1 200 OK\r\nContent-Length: 28\r\n\r\n<html>Please log in</html>\r\n"
GARBAGE = b"\x15\x03\x01 220 mail.example.com ESMTP\r\n"
UNREACHED = 75
HANDSHAKE_S = 0.3
MISSED_S = 1.6  # a row that could not leave tries again after 1 to 1.25 s


@contextmanager
def network(arena: Arena, tls: ssl.SSLContext | None = None) -> Iterator[Forwarder]:
    """Have the importer's calls go by a forwarder; those that it cuts off are counted."""
    direct = arena.environment["LSQ_HOST"]
    with forwarding(urlsplit(direct).port or 0, tls) as forwarder:
        scheme = "https" if tls else "http"
        arena.environment["LSQ_HOST"] = f"{scheme}://127.0.0.1:{forwarder.port}"
        yield forwarder
        arena.cut_off += forwarder.cut_off
    arena.environment["LSQ_HOST"] = direct


def through(
    fault: Callable[[Arena, Forwarder], None], times: int = 1, within_s: float = 15.0
) -> Callable[[Arena], None]:
    """One run, with the fault in the middle of it; the run itself goes on to the end."""

    def play(arena: Arena) -> None:
        with network(arena) as forwarder:
            process = arena.begin()
            for turn in range(times):
                if arena.has_come_to((turn + 1) * arena.count // (times + 2), process):
                    fault(arena, forwarder)
                    arena.tried += process.poll() is None
                    expect_next_call(arena, process, within_s)
            arena.expect_end(process)
        arena.finish()

    return play


def expect_next_call(arena: Arena, process: "subprocess.Popen[str]", within_s: float) -> None:
    """All is well again: the run that waits sees it soon. Not where it has no more to send."""
    before, over = arena.create_calls(), time.monotonic()
    while process.poll() is None and arena.create_calls() == before < arena.count:
        if time.monotonic() - over > within_s:
            arena.expect(False, f"no call for {within_s:.0f} s after all was well again")
            return
        pause(0.05)


def gone(_: Arena, forwarder: Forwarder, seconds: float) -> None:
    """Connections are reset, and new ones refused."""
    forwarder.close()
    pause(seconds)
    forwarder.open()


def reset(_: Arena, forwarder: Forwarder) -> None:
    forwarder.cut()


def held_back(_: Arena, forwarder: Forwarder) -> None:
    """Longer than the timeout: calls arrive when their client has given them up."""
    forwarder.hold()
    pause(2.5)
    forwarder.release()


def answered(_: Arena, forwarder: Forwarder, answer: bytes) -> None:
    """Something else stands at the address for a while."""
    forwarder.answer(answer)
    pause(1.0)
    forwarder.forward()


def gone_at_the_start(arena: Arena) -> None:
    """A killed run is started again, and cannot even ask whose keys it has."""
    with network(arena) as forwarder:
        arena.kill(arena.count // 2)
        forwarder.close()
        process = arena.begin()
        pause(4.5)
        arena.tried += process.poll() is None
        forwarder.open()
        arena.expect_end(process)
    arena.finish()


# Names and TLS


def expect_refusal(arena: Arena, why: str) -> None:
    """A first run says why, stores nothing, and sends nothing."""
    done = arena.expect_end(arena.begin("--json"), [UNREACHED])
    arena.expect(why in done.err, f"it does not say why: {done.err}")
    arena.expect(done.json["job"] is None, "rows were stored for an unknown account")
    arena.expect(not arena.create_calls(), "a lead was sent")


def names_fail(arena: Arena) -> None:
    """From the start, and in mid-run with all connections lost."""
    with preloaded(arena) as preload, network(arena) as forwarder:
        arena.environment["LSQ_HOST"] = f"http://localhost:{forwarder.port}"
        preload.break_dns()
        expect_refusal(arena, "name is not known")
        preload.mend_dns()
        process = arena.begin()
        if arena.has_come_to(arena.count // 2, process):
            preload.break_dns("EAI_NONAME")
            forwarder.cut()
            pause(MISSED_S)
            arena.tried += process.poll() is None
            preload.mend_dns()
        arena.expect_end(process)
    arena.finish()


def cold_connections(arena: Arena) -> None:
    """The handshake of each new connection takes its time: the first calls leave late, and not
    those that follow on the same connections."""
    arena.environment["SSL_CERT_FILE"] = str(CERTIFICATE)
    with network(arena, trusted()) as inner, forwarding(inner.port) as outer:
        outer.first_s = HANDSHAKE_S
        arena.environment["LSQ_HOST"] = f"https://127.0.0.1:{outer.port}"
        arena.finish(*PACE)
        arena.tried = outer.accepted
    expect_pace(arena)


def trusted() -> ssl.SSLContext:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE)
    return tls


def tls_fails(arena: Arena) -> None:
    """A certificate that nobody trusts; then, trusted, TLS that is none for a while."""
    with network(arena, trusted()) as forwarder:
        expect_refusal(arena, "certificate is not trusted")
        arena.environment["SSL_CERT_FILE"] = str(CERTIFICATE)
        process = arena.begin()
        if arena.has_come_to(arena.count // 2, process):
            without_tls(forwarder)
            arena.tried += process.poll() is None
        arena.expect_end(process)
    del arena.environment["SSL_CERT_FILE"]
    arena.finish()


def without_tls(forwarder: Forwarder) -> None:
    tls = forwarder.tls
    forwarder.close()
    forwarder.tls = None
    forwarder.answer(GARBAGE)
    forwarder.open()
    pause(MISSED_S)
    forwarder.close()
    forwarder.tls = tls
    forwarder.forward()
    forwarder.open()


def _network(fault: str, play: Callable[[Arena], None]) -> Scene:
    return Scene(fault, play, BUSY, variables=QUICK_SETTLE)


SCENES = (
    _network("server gone for 2 s", through(partial(gone, seconds=2.0))),
    Scene("server gone for 25 s", through(partial(gone, seconds=25.0), within_s=45.0), BUSY,
          is_long=True, variables=QUICK_SETTLE),
    _network("server gone when a run starts", gone_at_the_start),
    _network("all connections reset, five times", through(reset, 5)),
    Scene("bytes held back longer than the timeout", through(held_back), BUSY,
          variables={"IMPORTER_TIMEOUT_S": "1"}),
    _network("a login page instead of the API", through(partial(answered, answer=PORTAL))),
    _network("another server at the address", through(partial(answered, answer=GARBAGE))),
    Scene("names cannot be resolved", names_fail, BUSY, variables=QUICK_SETTLE,
          needs_compiler=True),
    _network("TLS fails", tls_fails),
    Scene("each connection takes 0.3 s to come about", cold_connections, DOOR, rows=60,
          is_alone=True),
)  # fmt: skip
