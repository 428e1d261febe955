"""Replies that are made to do harm, or are broken: from a real socket, byte by byte.

What a reply cannot prove is looked up, so each of these ends a call as a lost reply, within the
call's time and a small memory. No reply makes a lead `created` without its Id.
"""

import gzip
import json
import resource
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.delivery.leadsquared import (
    MOST_BYTES,
    MOST_BYTES_OF_LEADS,
    Call,
    LeadSquared,
    create_request,
    verdict_on_create,
)
from importer.delivery.lookups import (
    WHO_AM_I,
    read_flat,
    read_page,
    read_user,
    recently_modified,
)
from importer.delivery.replies import (
    GUID,
    MOST_KEPT,
    Created,
    Duplicate,
    Rejected,
    Reply,
    Stopped,
    Throttled,
    Unsettled,
    memory_of,
    read_created,
    stopped,
    throttled,
)
from importer.delivery.throttle import MOST_PAUSE_S, Rate
from importer.model import Lead
from tests.acceptance.world import Done
from tests.hostile.limits import limited
from tests.hostile.server import Script, Server, refused, reply, serving

ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
CREATED = {"Status": "Success", "Message": {"Id": ID}}
BODY = json.dumps(CREATED).encode()
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
CREATE = create_request(Lead({"LastName": "A"}, {}))
PAGE = recently_modified(0, 1, [], 1)
TIMEOUT_S = 0.3
PATIENCE_S = 5.0  # the machine may be busy
CERTIFICATE = Path(__file__).parents[1] / "acceptance" / "self_signed.pem"
Play = Callable[[Server], bytes | Script]


def wire(host: str, timeout_s: float = PATIENCE_S) -> "closing[LeadSquared]":
    return closing(LeadSquared(host, "access", "secret", timeout_s=timeout_s))


def called(server: Server, timeout_s: float = PATIENCE_S) -> Call:
    with wire(server.host, timeout_s) as api:
        return api.call(CREATE)


def raw(data: bytes) -> Script:
    """These bytes, and then the connection ends."""

    def play(client: socket.socket) -> None:
        client.sendall(data)
        client.shutdown(socket.SHUT_RDWR)

    return play


def flood(head: bytes, piece: bytes) -> Script:
    """The head, and then that piece as fast as it is taken."""

    def play(client: socket.socket) -> None:
        client.sendall(head)
        while True:
            client.sendall(piece)

    return play


# Slow

DRIPS: dict[str, Play] = {
    "status line": lambda server: server.drip(b"1", b"HTTP/1."),
    "nothing but silence": lambda server: server.drip(b""),
    "headers": lambda server: server.drip(b"x", OK + b"X: "),
    "interim replies": lambda server: server.drip(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "body": lambda server: server.drip(b" ", OK + b"Content-Length: 9999\r\n\r\n"),
    "chunks": lambda server: server.drip(b"1\r\n \r\n", CHUNKED),
    "chunk extensions": lambda server: server.drip(b"x", CHUNKED + b"1;"),
    "trailers": lambda server: server.drip(b"x", CHUNKED + b"0\r\nX: "),
}


@pytest.mark.parametrize("play", DRIPS.values(), ids=DRIPS)
@pytest.mark.parametrize("is_tls", [False, True], ids=["plain", "tls"])
def test_a_reply_that_drips_is_lost_when_the_calls_time_is_over(
    play: Play, is_tls: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    context = None
    if is_tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
    with serving(tls=context) as server:
        server.answers["Lead.Create"] = play(server)
        with wire(f"{'https' if is_tls else 'http'}://{server.host}", TIMEOUT_S) as api:
            call = api.call(CREATE)
    assert (call.error, call.reply) == ("ReadTimeout", None)
    assert TIMEOUT_S * 1000 <= call.latency_ms < PATIENCE_S * 1000
    assert verdict_on_create(call, "h") == Unsettled("ReadTimeout", call.message, ended=False)


def test_leads_may_come_slowly_for_longer_than_a_calls_time() -> None:
    """Here for one and a half times as long, of the four that they may take."""
    pieces = [b'{"RecordCount"', *[b" "] * 5, b": 0}"]

    def play(client: socket.socket) -> None:
        client.sendall(CHUNKED)
        for piece in pieces:
            server.over.wait(0.25)
            client.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
        client.sendall(b"0\r\n\r\n")

    with serving({"Leads.RecentlyModified": play}) as server, wire(server.host, 1.0) as api:
        call = api.call(PAGE)
    assert call.reply is not None
    assert call.reply.json == {"RecordCount": 0}
    assert call.latency_ms > 1500


def test_leads_that_do_not_come_are_not_waited_for_longer_than_any_reply() -> None:
    with serving() as server:
        server.answers["Leads.RecentlyModified"] = server.drip(
            b"", OK + b"Content-Length: 9\r\n\r\n"
        )
        with wire(server.host, TIMEOUT_S) as api:
            call = api.call(PAGE)
    assert call.error == "ReadTimeout"
    assert call.latency_ms < 4 * TIMEOUT_S * 1000


def test_leads_that_drip_are_lost_after_four_times_the_calls_time() -> None:
    with serving() as server:
        server.answers["Leads.RecentlyModified"] = server.drip(b" ", CHUNKED + b"fff\r\n")
        with wire(server.host, TIMEOUT_S) as api:
            call = api.call(PAGE)
    assert call.error == "ReadTimeout"
    assert 4 * TIMEOUT_S * 1000 <= call.latency_ms < PATIENCE_S * 1000


def test_a_server_that_takes_no_request_holds_no_call() -> None:
    """The request is larger than what the system's buffers take by themselves."""
    large = create_request(Lead({"LastName": "A" * (32 << 20)}, {}))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        with wire(host, TIMEOUT_S) as api:
            call = api.call(large)
    assert call.error == "WriteTimeout"
    assert call.latency_ms < PATIENCE_S * 1000
    assert isinstance(verdict_on_create(call, "h"), Unsettled), "a part of it has left"


def test_a_server_that_shakes_no_hand_holds_no_call() -> None:
    """It takes the connection, and says nothing of TLS: the call never left."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        host = f"https://127.0.0.1:{listening.getsockname()[1]}"
        with wire(host, TIMEOUT_S) as api:
            call = api.call(CREATE)
    assert (call.error, call.sent_at) == ("ConnectTimeout", None)
    assert call.latency_ms < PATIENCE_S * 1000


# Large

FLOODS: dict[str, tuple[Script, str]] = {
    "1 GB": (flood(OK + b"Content-Length: 1073741824\r\n\r\n", b"x" * 65536), "over 1,048,576"),
    "1 GB in chunks": (flood(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"), "over 1,048,576"),
    "headers": (flood(OK, b"a: b\r\n" * 1000), "too long"),
    "one header": (flood(OK + b"a: ", b"b" * 65536), "too long"),
    "status line": (flood(b"HTTP/1.1 200 ", b"x" * 65536), "too long"),
    "chunk extension": (flood(CHUNKED + b"1;", b"x" * 65536), "too long"),
    "trailers": (flood(CHUNKED + b"0\r\n", b"a: b\r\n" * 1000), "too long"),
    "chunks of one byte": (flood(CHUNKED, b"1\r\nx\r\n" * 9000), "did not end in time"),
    "interim replies": (flood(b"", b"HTTP/1.1 100 Go\r\n\r\n" * 900), "did not end in time"),
}


@pytest.mark.parametrize(("script", "words"), FLOODS.values(), ids=FLOODS)
def test_a_reply_without_end_is_lost(script: Script, words: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with serving({"Lead.Create": script}) as server:
        call = called(server, timeout_s=1.0)
    assert call.reply is None
    assert words in call.message
    assert isinstance(verdict_on_create(call, "h"), Unsettled)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 << 10, "KB"


def test_thousands_of_headers_are_no_trouble() -> None:
    headers = b"".join(b"a%d: b\r\n" % number for number in range(8000))
    length = b"Content-Length: %d\r\n\r\n" % len(BODY)
    with serving({"Lead.Create": OK + headers + length + BODY}) as server:
        call = called(server)
    assert isinstance(verdict_on_create(call, "h"), Created)


def test_a_compressed_reply_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(100 << 20))
    with serving({"Lead.Create": reply(bomb, "200 OK", "Content-Encoding: gzip")}) as server:
        call = called(server)
    assert call.reply is not None
    assert call.reply.body == bomb
    assert isinstance(verdict_on_create(call, "h"), Unsettled)


def test_many_leads_may_be_larger_than_one() -> None:
    page = reply({"RecordCount": 0, "Padding": "x" * (2 * MOST_BYTES)})
    user = reply({"OrgId": "1", "Padding": "x" * (2 * MOST_BYTES)})
    answers: dict[str, bytes | Script] = {
        "Leads.RecentlyModified": page,
        "UserByAccessKey.Get": user,
    }
    with serving(answers) as server, wire(server.host) as api:
        leads, who = api.call(PAGE), api.call(WHO_AM_I)
    assert leads.reply is not None
    assert read_page(leads.reply) is not None
    assert who.error == "RemoteProtocolError"


JSON_BOMBS = {
    "lists": b"[" + b"[]," * ((MOST_BYTES_OF_LEADS - 8) // 3) + b"0]",
    "objects": b"[" + b"{}," * ((MOST_BYTES_OF_LEADS - 8) // 3) + b"0]",
    "objects of one": b"[" + b'{"":0},' * ((MOST_BYTES_OF_LEADS - 8) // 7) + b"0]",
    "keys": b"{" + b",".join(b'"%x":0' % n for n in range(2_500_000)) + b"}",
    "texts": b"[" + b'"ab",' * ((MOST_BYTES_OF_LEADS - 8) // 5) + b"0]",
    "numbers": b"[" + b"9999," * ((MOST_BYTES_OF_LEADS - 8) // 5) + b"0]",
    "depth": b"[" * (MOST_BYTES_OF_LEADS // 2),
}


@pytest.mark.parametrize("body", JSON_BOMBS.values(), ids=JSON_BOMBS)
def test_json_that_would_fill_the_memory_is_not_read(body: bytes) -> None:
    assert len(body) <= MOST_BYTES_OF_LEADS
    assert Reply(200, {}, body).json is None


def test_5000_leads_with_100_fields_are_no_bomb() -> None:
    lead = {"LeadPropertyList": [{"Attribute": f"mx_{n}", "Value": str(n)} for n in range(100)]}
    body = json.dumps({"RecordCount": 5000, "Leads": [lead] * 5000}).encode()
    page = read_page(Reply(200, {}, body))
    assert page is not None
    assert len(page.records) == 5000


def test_json_in_a_small_reply_is_small() -> None:
    """So it is read without being measured."""
    worst = (b"[],", b"[0],", b"{},", b'{"":0},', b'"ab",')
    assert max(memory_of(piece * (MOST_BYTES // len(piece))) for piece in worst) < 100 << 20


# Broken

BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "blank lines": b"\r\n\r\n",
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "status of 4 digits": b"HTTP/1.1 9999 No\r\n\r\n",
    "status 0": b"HTTP/1.1 000 No\r\n\r\n",
    "status of no digits": b"HTTP/1.1 two No\r\n\r\n",
    "length below 0": OK + b"Content-Length: -5\r\n\r\n" + BODY,
    "length of no number": OK + b"Content-Length: many\r\n\r\n" + BODY,
    "length of 5000 digits": OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n" + BODY,
    "length too long": OK + b"Content-Length: 500\r\n\r\n" + BODY,
    "two lengths": OK + b"Content-Length: 76\r\nContent-Length: 77\r\n\r\n" + BODY,
    "chunk of no number": CHUNKED + b"zz\r\n" + BODY,
    "chunk below 0": CHUNKED + b"-1\r\n" + BODY,
    "chunk too long": CHUNKED + b"fffffffffff\r\n" + BODY,
    "chunks without end": CHUNKED + b"%x\r\n%s\r\n" % (len(BODY), BODY),
    "encoding of unknown kind": OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + BODY,
    "another protocol": b"HTTP/1.1 101 Go\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n" + BODY,
    "NUL in a header": OK + b"X: a\x00b\r\n\r\n" + BODY,
    "name of a header with high bytes": OK + b"X-\xff: a\r\n\r\n" + BODY,
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_reply_that_is_no_http_is_lost(data: bytes) -> None:
    with serving({"Lead.Create": raw(data)}) as server:
        call = called(server)
    assert (call.reply, call.error) == (None, "RemoteProtocolError")
    assert len(call.message) <= MOST_KEPT
    lost = Unsettled("RemoteProtocolError", call.message, ended=False)
    assert verdict_on_create(call, "h") == lost


UNPROVEN: dict[str, bytes] = {
    "length too short": OK + b"Content-Length: 9\r\n\r\n" + BODY,
    "status 999": b"HTTP/1.1 999 No\r\nContent-Length: 76\r\n\r\n" + BODY,
    "status 500": b"HTTP/1.1 500 No\r\nContent-Length: 76\r\n\r\n" + BODY,
    "no content": b"HTTP/1.1 204 No\r\n\r\n" + BODY,
    "HTML": reply(b"<html>maintenance</html>"),
    "not UTF-8": reply(b'{"Status": "Success", "Message": {"Id": "\xff"}}'),
    "UTF-16": reply(BODY.decode().encode("utf-16")),
    "deep": reply(b"[" * 100_000 + b"]" * 100_000),
    "huge number": reply(b'{"Status": "Success", "Message": {"Id": %s}}' % (b"9" * 10_000)),
    "not a number": reply(b'{"Status": "Success", "Message": {"Id": NaN}}'),
    "high bytes in headers": OK + b"Date: \xff\r\nRetry-After: \xb2\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.parametrize("data", UNPROVEN.values(), ids=UNPROVEN)
def test_a_reply_that_proves_nothing_is_to_be_looked_up(data: bytes) -> None:
    with serving({"Lead.Create": raw(data)}) as server:
        call = called(server)
    assert call.reply is not None
    assert isinstance(verdict_on_create(call, "h"), Unsettled)


def test_a_second_reply_to_one_call_is_not_taken_for_the_reply_to_the_next() -> None:
    stray = json.dumps({"Status": "Success", "Message": {"Id": ID.replace("0", "1")}}).encode()
    with serving({"Lead.Create": reply(BODY) + reply(stray)}) as server, wire(server.host) as api:
        first, second, third = (api.call(CREATE) for _ in range(3))
    assert isinstance(verdict_on_create(first, "h"), Created)
    assert (second.reply, second.message) == (None, "a reply was there before the call")
    assert isinstance(verdict_on_create(second, "h"), Unsettled), "it left: it may be there"
    assert isinstance(verdict_on_create(third, "h"), Created), "by a connection of its own"
    assert server.accepted == 2


def test_the_rest_of_a_reply_is_not_taken_for_the_beginning_of_the_next() -> None:
    """The first has a second one's status line behind it, and the next call gets its rest."""
    parts = [reply(BODY) + OK, b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY)]

    def play(client: socket.socket) -> None:
        client.sendall(parts.pop(0))

    with serving({"Lead.Create": play}) as server, wire(server.host) as api:
        first, second = (api.call(CREATE) for _ in range(2))
    assert isinstance(verdict_on_create(first, "h"), Created)
    assert (second.reply, second.message) == (None, "what came is no HTTP reply")


@pytest.mark.parametrize(
    ("date", "is_believed"),
    [
        ("Fri, 31 Dec 9999 23:59:59 GMT", False),
        ("Mon, 01 Jan 99999 00:00:00 GMT", False),
        ("Mon, 01 Jan 1970 00:00:00 GMT", False),
        (f"Mon, 01 Jan {'9' * 5000} 00:00:00 GMT", False),
        ("Mon, 01 Jan 2024 00:00:00 +99999999999999999999", False),
        ("Mon, 99 Foo 2024 99:99:99 GMT", False),
        ("Mon, 01 Jan 2024 00:00:00 -0000", True),
    ],
)
def test_a_date_that_no_clock_shows_is_not_the_servers(date: str, is_believed: bool) -> None:
    with serving({"Lead.Create": reply(BODY, "200 OK", f"Date: {date}")}) as server:
        call = called(server)
    assert (call.ahead_ms is not None) is is_believed
    assert isinstance(verdict_on_create(call, "h"), Created)


# What stands in them

NO_IDS = [
    None, True, 17, 1e308, [], [ID], {"Id": ID}, "", " ", ID[:-1], f"{ID}0", f" {ID}", f"{ID}\n",
    f"{ID}\0", f"{{{ID}", f"{ID}}}", f"urn:uuid:{ID}", f"0x{ID.replace('-', '')[2:]}",
    f"{ID.replace('-', '')[:-2]}_1", ID.replace("0", "０"), ID.replace("0", "\ud800"), "x" * 36,
    ID * 20_000, "00000000-0000-0000-0000-000000000000", "0" * 32,
    "{00000000-0000-0000-0000-000000000000}",
]  # fmt: skip


@pytest.mark.parametrize("lead_id", NO_IDS, ids=lambda each: ascii(each)[:40])
def test_an_id_that_is_no_guid_makes_no_lead(lead_id: object) -> None:
    body = json.dumps({"Status": "Success", "Message": {"Id": lead_id}}).encode()
    assert isinstance(read_created(Reply(200, {}, body), "h"), Unsettled)


@pytest.mark.parametrize(
    ("words", "rate"),
    [
        ("72 in 5 second(s)", Rate(72, 5.0)),
        ("10000 in 86400 seconds", Rate(10_000, 86_400.0)),
        ("999999999999999999999999 in 5 seconds", None),
        (f"{'9' * 10_000} in 5 seconds", None),
        (f"25 in {'9' * 400} seconds", None),
        ("25 in 1e308 seconds", None),
        ("25 in 0.000000 second", None),
        ("0 in 5 seconds", None),
        ("-1 in 5 seconds", None),
        ("1 in 999999 seconds", None),
    ],
)
def test_a_limit_that_no_account_has_is_not_learned(words: str, rate: Rate | None) -> None:
    message = f"API calls exceeded the limit of {words}"
    body = {"ExceptionType": "MXAPIRateLimitExceededException", "ExceptionMessage": message}
    assert read_created(Reply(429, {}, json.dumps(body).encode()), "h") == Throttled(rate, None)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("315360000", MOST_PAUSE_S),
        ("9" * 5000, MOST_PAUSE_S),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MOST_PAUSE_S),
        ("1e999", None),
        ("inf", None),
        ("-5", None),
        ("²", None),
        ("Mon, 01 Jan 2024 00:00:00 +99999999999999999999", None),
    ],
)
def test_a_pause_without_end_is_an_hour_at_most(value: str, seconds: float | None) -> None:
    headers = {"retry-after": value, "date": "Tue, 01 Sep 2026 10:00:00 GMT"}
    assert read_created(Reply(429, headers, b""), "h") == Throttled(None, seconds)


def test_a_message_without_end_is_cut_and_one_that_utf_8_cannot_carry_is_mended() -> None:
    body = json.dumps({
        "ExceptionType": "MX\ud800" + "x" * 5000,
        "ExceptionMessage": "\udc00 with same " * 50_000,
    }).encode()  # fmt: skip
    verdict = read_created(Reply(500, {}, body), "h")
    assert verdict == Rejected("MX�" + "x" * 197, ("� with same " * 50_000)[:MOST_KEPT])


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"ExceptionType": "MXBad", "ExceptionMessage": "a\0b"}).encode(),
        b"a\0b",
        b'"a\\u0000b"',
    ],
)
def test_no_message_has_what_no_reject_file_can_hold(body: bytes) -> None:
    """A NUL in a CSV of ours would have it refused as damaged."""
    reply = Reply(400, {}, body)
    assert isinstance(verdict := read_created(reply, "h"), Rejected)
    assert (verdict.message.count("\0"), reply.words.count("\0")) == (0, 0)


def test_words_that_are_slow_to_search_are_searched_fast() -> None:
    body = {
        "ExceptionType": "MXDuplicateEntryException",
        "ExceptionMessage": "with same " * 100_000,
    }
    started = time.process_time()
    verdict = read_created(Reply(500, {}, json.dumps(body).encode()), "h")
    assert isinstance(verdict, Duplicate)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("name", ["ExceptionType", "ExceptionMessage", "OrgId", "Value"])
@pytest.mark.parametrize("depth", [*range(900, 1000, 7), 20_000])
def test_depth_where_a_text_should_be_overflows_nothing(name: str, depth: int) -> None:
    """Some depths can be read, and are too deep to be written as a text."""
    deep = f"{'[' * depth}{']' * depth}"
    reply_ = Reply(200, {}, f'{{"{name}": {deep}}}'.encode())
    flat = Reply(200, {}, f'[{{"{name}": {deep}}}]'.encode())
    assert isinstance(read_created(reply_, "h"), Unsettled)
    assert read_user(reply_) is None
    assert read_flat(flat) in (None, [{name: "a list"}])


TEXTS = st.text() | st.sampled_from(
    ["Success", "Error", ID, "MXDuplicateEntryException", "MX", "rate limit", "\ud800", "\0",
     "exceeded the limit of 5 in 1 second", "with same Email already exists", *map(str, NO_IDS)]
)  # fmt: skip
KEYS = st.sampled_from(
    ["Status", "Message", "Id", "ExceptionType", "ExceptionMessage", "OrgId", "RecordCount",
     "Leads", "LeadPropertyList", "Attribute", "Value", "Fields", "LSQCommonServiceURLs", "api"]
) | st.text()  # fmt: skip
VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)
SUCCESS = st.fixed_dictionaries(
    {"Status": st.just("Success") | TEXTS, "Message": st.fixed_dictionaries({"Id": TEXTS}) | VALUES}
)
BODIES = st.binary() | (VALUES | SUCCESS).map(json.dumps).map(str.encode)
HEADERS = st.dictionaries(
    st.sampled_from(["date", "retry-after"]),
    st.text() | st.integers().map(str) | st.datetimes().map("{:%a, %d %b %Y %H:%M:%S GMT}".format),
)
REPLIES = st.builds(Reply, st.integers(100, 999), HEADERS, BODIES)


@settings(max_examples=400, deadline=None)
@given(REPLIES)
def test_no_reply_raises_and_only_success_with_an_id_is_created(any_reply: Reply) -> None:
    verdict = read_created(any_reply, "api.example.com")
    throttled(any_reply)
    stopped(any_reply, "api.example.com")
    for read in (read_user, read_page, read_flat):
        read(any_reply)
    body = any_reply.json
    is_whole = (
        isinstance(body, dict)
        and body.get("Status") == "Success"
        and isinstance(body.get("Message"), dict)
        and isinstance(text := body["Message"].get("Id"), str)
        and bool(GUID.fullmatch(text) and text.strip("{}-0"))
        and 200 <= any_reply.status < 300
    )
    assert isinstance(verdict, Created) is is_whole
    if isinstance(verdict, Duplicate | Rejected | Unsettled):
        f"{verdict.code}{verdict.message}".encode()
    if isinstance(verdict, Stopped):
        verdict.what.encode()
    if isinstance(verdict, Throttled | Unsettled):
        assert 0 <= (verdict.retry_after_s or 0) <= MOST_PAUSE_S


# Whole runs

LIST = "First Name,Email\n"
MAPPING = "version: 1\ncolumns: {First Name: FirstName, Email: EmailAddress}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With a mapping, and an environment in which nothing is waited for."""
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    for name, value in {"SETTLE_S": "0", "TRIES": "1", "TIMEOUT_S": "1"}.items():
        monkeypatch.setenv(f"IMPORTER_{name}", value)
    monkeypatch.setenv("LSQ_ACCESS_KEY", "access")
    monkeypatch.setenv("LSQ_SECRET_KEY", "secret")
    return tmp_path


def run(folder: Path, server: Server, rows: int = 3, *options: str, file: str = "list.csv") -> Done:
    people = "".join(f"P{number},p{number}@x.in\n" for number in range(rows))
    (folder / "list.csv").write_text(LIST + people)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LSQ_HOST", server.host)
        return limited(
            folder, "run", file, "-m", "mapping.yaml", "--json", "--rate", "none", *options
        )


@pytest.mark.parametrize(
    "answer",
    [
        reply(b"<html>maintenance</html>"),
        reply({"Status": "Success", "Message": {"Id": "created"}}),
        reply({"Status": "Success", "Message": {"Id": "0" * 32}}),
        reply(BODY[:-9], "200 OK", "Date: Fri, 31 Dec 9999 23:59:59 GMT"),
    ],
    ids=["HTML", "no GUID", "the nil GUID", "cut, from the year 9999"],
)
def test_rows_whose_replies_prove_nothing_are_looked_up_and_sent_once(
    folder: Path, answer: bytes
) -> None:
    with serving({"Lead.Create": answer}) as server:
        done = run(folder, server)
    assert (done.code, done.json["failed"], done.json["created"]) == (1, 3, 0)
    assert server.asked.count("Lead.Create") == 3
    assert "Leads.RecentlyModified" in server.asked


@pytest.mark.parametrize("call", ["UserByAccessKey.Get", "Lead.Create"])
@pytest.mark.parametrize("status", ["301 Moved", "307 Temporary", "308 Permanent"])
def test_a_redirect_to_another_host_is_refused_and_that_host_never_called(
    folder: Path, call: str, status: str
) -> None:
    with serving() as other:
        moved = reply(b"", status, f"Location: http://{other.host}/v2/")
        with serving({call: moved}) as server:
            done = run(folder, server)
        assert other.accepted == 0
    assert done.code == 2
    assert "does not offer the LeadSquared API: HTTP 30" in done.json["error"]["what"]
    assert server.asked.count(call) <= 3


def test_replies_of_1_gb_to_several_calls_at_once_fill_no_memory(folder: Path) -> None:
    """Each has nearly all that it may before the first goes on."""
    together = threading.Barrier(4)

    def play(client: socket.socket) -> None:
        client.sendall(OK + b"Content-Length: 1073741824\r\n\r\n" + b"x" * (MOST_BYTES - 9))
        together.wait(timeout=20)
        while True:
            client.sendall(b"x" * 65536)

    with serving({"Lead.Create": play}) as server:
        done = run(folder, server, 4)
    assert (done.code, done.json["failed"]) == (1, 4)


@pytest.mark.parametrize("name", ["lists", "texts"])
def test_leads_that_would_fill_the_memory_are_no_answer(folder: Path, name: str) -> None:
    answers: dict[str, bytes | Script] = {
        "Lead.Create": reply(b"", "500 Error"),
        "Leads.RecentlyModified": reply(JSON_BOMBS[name]),
    }
    with serving(answers) as server:
        done = run(folder, server, 1)
    assert (done.code, done.json["failed"]) == (1, 1), "looked up by its e-mail"
    assert server.asked.count("Lead.Create") == 1


def test_a_count_of_pages_that_no_account_has_is_no_answer(folder: Path) -> None:
    answers: dict[str, bytes | Script] = {
        "Lead.Create": reply(b"", "500 Error"),
        "Leads.RecentlyModified": reply({"RecordCount": 10**4000, "Leads": [{}]}),
    }
    with serving(answers) as server:
        done = run(folder, server, 1)
    assert (done.code, done.json["failed"]) == (1, 1)


@pytest.mark.parametrize("status", ["429 Slow", "503 Slow"])
def test_a_pause_of_ten_years_ends_the_run_and_says_when_to_go_on(
    folder: Path, status: str
) -> None:
    answer = reply(b"", status, "Retry-After: 315360000")
    with serving({"Lead.Create": answer}) as server:
        done, again = run(folder, server, 1), run(folder, server, 1)
    for each in (done, again):
        assert each.code == 75
        error = each.json["error"]
        assert error["what"] == "the server has asked for a pause, and takes no call until then"
        assert error["fix"].startswith("run the same command again; it carries on, from 20")
    assert server.asked == ["UserByAccessKey.Get", "LeadsMetaData.Get", "Lead.Create"]


NASTY = "\x1b[2J\x1b[31mowned\x1b[0m \u202eright to left\u202c \x07\x9b1m nul \x00 half \ud800 end"
KEPT = NASTY.replace("\ud800", "�").replace("\0", "�")


def test_signs_that_command_terminals_are_kept_as_data(folder: Path) -> None:
    answer = refused("MXInvalidInputException", NASTY)
    with serving({"Lead.Create": answer}) as server:
        run(folder, server, 2)
    rejects = (folder / "list.rejects.csv").read_text("utf-8-sig")
    assert rejects.count(KEPT) == 2


def test_signs_that_no_workbook_can_hold_stand_there_as_others(folder: Path) -> None:
    book = openpyxl.Workbook()
    for cells in (["First Name", "Email"], ["P", "p@x.in"]):
        book.worksheets[0].append(cells)
    book.save(folder / "list.xlsx")
    with serving({"Lead.Create": refused("MXInvalidInputException", NASTY)}) as server:
        done = run(folder, server, 0, file="list.xlsx")
    assert (done.code, done.json["rejected"]) == (1, 1)
    _, row = openpyxl.load_workbook(folder / "list.rejects.xlsx").worksheets[0].values
    reason = next(str(cell) for cell in row if "owned" in str(cell))
    assert "right to left" in reason
    assert "end. Correct the row" in reason


def test_signs_that_command_terminals_reach_none(folder: Path) -> None:
    answer = refused("MXInvalidInputException", NASTY)
    with serving({"Lead.Create": answer}) as server:
        refused_, told = run(folder, server, 2, "-vv"), limited(folder, "status", "1", "--row", "2")
    with serving({"Lead.Create": reply(NASTY.encode(errors="replace"), "401 No")}) as server:
        (folder / "importer.db").unlink()
        stopped_ = run(folder, server, 2)
    for each in (refused_, told, stopped_):
        shown = each.out + each.err
        assert "owned" in shown or each is refused_
        assert not set(shown) & set("\x1b\x07\x9b\x00\u202e\u202c")
