import json
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from uuid import UUID

import httpx
import pytest

from importer.delivery.leadsquared import (
    MOST_BYTES,
    Call,
    LeadSquared,
    Request,
    create_request,
    failure_of,
    normal_host,
    to_json,
    verdict_on_create,
)
from importer.delivery.lookups import by_value
from importer.delivery.replies import Created, NeverLeft, Reply, Stopped, Unsettled
from importer.errors import SettingsError
from importer.model import Lead

ACCESS, SECRET = "u$r0123456789", "s3cr$t"
ASK = Request("Ask", "/v2/Ask")
Handler = Callable[[httpx.Request], httpx.Response]


class Ticks:
    """Each reading is an eighth of a second later."""

    now = 100.0

    def __call__(self) -> float:
        self.now += 0.125
        return self.now


def api(handler: Handler, **more: Any) -> LeadSquared:
    return LeadSquared(
        "api.example.com",
        ACCESS,
        SECRET,
        transport=httpx.MockTransport(handler),
        clock=Ticks(),
        wall=lambda: 1_788_256_800.0,  # Tue, 01 Sep 2026 10:00:00 GMT
        **more,
    )


def answer(handler: Handler, request: Request = ASK, **more: Any) -> Call:
    with closing(api(handler, **more)) as wire:
        return wire.call(request)


def seen(request: Request) -> httpx.Request:
    """The request as the server gets it."""
    found: list[httpx.Request] = []

    def handler(outgoing: httpx.Request) -> httpx.Response:
        found.append(outgoing)
        return httpx.Response(200)

    answer(handler, request)
    return found[0]


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("api-in21.leadsquared.com", "https://api-in21.leadsquared.com"),
        (" API-in21.leadsquared.com/v2/ ", "https://api-in21.leadsquared.com"),
        ("https://api.leadsquared.com/v2/LeadManagement.svc?x=1", "https://api.leadsquared.com"),
        ("api.leadsquared.com:8443", "https://api.leadsquared.com:8443"),
        ("127.0.0.1:8800", "http://127.0.0.1:8800"),
        ("localhost", "http://localhost"),
        ("[::1]:8800", "http://[::1]:8800"),
        ("http://127.0.0.1:8800", "http://127.0.0.1:8800"),
        ("https://localhost", "https://localhost"),
    ],
)
def test_a_host_is_taken_bare_with_a_path_or_as_a_url(given: str, url: str) -> None:
    assert normal_host(given) == url


@pytest.mark.parametrize(
    "given",
    ["", "  ", "https://", "ftp://api.x.com", "u:p@api.x.com", "api.x.com:eighty", "http://["],
)
def test_what_can_be_no_host_is_refused(given: str) -> None:
    with pytest.raises(SettingsError, match="this is no host"):
        normal_host(given)


def test_keys_never_travel_unencrypted_to_another_machine() -> None:
    with pytest.raises(SettingsError) as caught:
        normal_host("http://api.x.com:80/v2")
    error = caught.value
    assert (error.what, error.fix) == (
        'keys would travel unencrypted to "api.x.com"',
        "write https://api.x.com, or leave the scheme out",
    )


def test_a_create_goes_out_as_documented() -> None:
    request = seen(create_request(Lead({"LastName": "Müller", "mx_City": "पुणे"}, {})))
    assert (request.method, str(request.url)) == (
        "POST",
        "https://api.example.com/v2/LeadManagement.svc/Lead.Create",
    )
    assert json.loads(request.content.decode("utf-8")) == [
        {"Attribute": "LastName", "Value": "Müller"},
        {"Attribute": "mx_City", "Value": "पुणे"},
    ]
    assert request.headers["content-type"] == "application/json; charset=utf-8"


def test_a_custom_field_sets_children_are_its_fields_where_the_first_one_stands() -> None:
    lead = Lead(
        {
            "FirstName": "A",
            "mx_KYC.Status": "Pending",
            "mx_KYC.mx_CustomObject_1": 'a "b" \\ c',
            "mx_B.x": "1",
            "Source": "Show",
            "mx_B.y": "2",
        },
        {},
    )
    request = create_request(lead)
    assert (request.name, request.params) == ("Lead.Create", {})
    assert request.body == (
        b'[{"Attribute":"FirstName","Value":"A"},'
        b'{"Attribute":"mx_KYC","Value":"","Fields":['
        b'{"Attribute":"Status","Value":"Pending"},'
        b'{"Attribute":"mx_CustomObject_1","Value":"a \\"b\\" \\\\ c"}]},'
        b'{"Attribute":"mx_B","Value":"","Fields":['
        b'{"Attribute":"x","Value":"1"},{"Attribute":"y","Value":"2"}]},'
        b'{"Attribute":"Source","Value":"Show"}]'
    )


def test_what_utf_8_cannot_carry_goes_as_an_escape() -> None:
    assert to_json(["\ud800", "é"]) == b'["\\ud800", "\\u00e9"]'


@pytest.mark.parametrize(
    "request_",
    [
        ASK,
        create_request(Lead({"LastName": "A"}, {})),
        *by_value("EmailAddress", "a+b@x.in", []),
        *by_value("Phone", "+91-98", []),
    ],
    ids=lambda each: each.name,
)
def test_keys_go_in_headers_and_in_no_url(request_: Request) -> None:
    request = seen(request_)
    assert request.headers["x-lsq-accesskey"] == ACCESS
    assert request.headers["x-lsq-secretkey"] == SECRET
    rest = f"{request.url}{request.content.decode()}"
    assert not any(word in rest.lower() for word in (ACCESS, SECRET, "key"))


def test_parameters_are_escaped() -> None:
    [request] = by_value("EmailAddress", "a+b&c@x.in", [])
    url = seen(request).url
    assert dict(url.params) == {"emailaddress": "a+b&c@x.in"}
    assert url.path == "/v2/LeadManagement.svc/Leads.GetByEmailaddress"


def test_no_redirect_is_followed_and_it_stops_the_run() -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(307, headers={"Location": "https://evil.example.com/"})

    call = answer(handler, create_request(Lead({"LastName": "A"}, {})))
    assert asked == ["api.example.com"]
    assert isinstance(verdict_on_create(call, "api.example.com"), Stopped)


def test_no_cookie_is_kept() -> None:
    found: list[str | None] = []

    def handler(request: httpx.Request) -> httpx.Response:
        found.append(request.headers.get("cookie"))
        return httpx.Response(200, headers={"Set-Cookie": "a=b"})

    with closing(api(handler)) as wire:
        wire.call(ASK)
        wire.call(ASK)
    assert found == [None, None]


def test_a_reply_comes_with_its_time_and_the_servers_clock() -> None:
    date = {"Date": "Tue, 01 Sep 2026 10:00:07 GMT"}
    call = answer(lambda _: httpx.Response(503, headers=date, content=b"busy"))
    assert call == Call(ASK, 100.125, 125, call.reply, ahead_ms=7_000)
    assert call.reply is not None
    assert (call.reply.status, call.reply.headers["DATE"], call.reply.body) == (
        503, date["Date"], b"busy",
    )  # fmt: skip


@pytest.mark.parametrize("headers", [{}, {"Date": "yesterday"}, {"Date": ""}])
def test_without_a_readable_date_the_servers_clock_is_unknown(headers: dict[str, str]) -> None:
    assert answer(lambda _: httpx.Response(200, headers=headers)).ahead_ms is None


def test_the_moment_when_the_bytes_left_is_told() -> None:
    told: list[float] = []

    def handler(request: httpx.Request) -> httpx.Response:
        for event in ("connection.connect_tcp.complete", "http11.send_request_body.complete"):
            request.extensions["trace"](event, {})
        return httpx.Response(200)

    with closing(api(handler)) as wire:
        call = wire.call(ASK, told.append)
    assert told == [call.sent_at] == [100.25]


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.PoolTimeout("full"),
        httpx.ProxyError("407"),
        httpx.UnsupportedProtocol("ftp"),
        httpx.LocalProtocolError("bad header"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_an_error_before_the_first_byte_proves_that_nothing_left(error: Exception) -> None:
    call = answer(raising(error))
    kind = type(error).__name__
    assert call == Call(ASK, None, 125, error=kind, message=str(error))
    assert verdict_on_create(call, "h") == NeverLeft(kind, str(error))


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadError("reset"),
        httpx.ReadTimeout("30 s"),
        httpx.WriteError("broken pipe"),
        httpx.WriteTimeout("slow"),
        httpx.CloseError("close"),
        httpx.RemoteProtocolError("Server disconnected without sending a response."),
    ],
    ids=lambda each: type(each).__name__,
)
def test_an_error_after_it_proves_nothing(error: Exception) -> None:
    call = answer(raising(error))
    kind = type(error).__name__
    assert call == Call(ASK, 100.125, 125, error=kind, message=str(error))
    assert verdict_on_create(call, "h") == Unsettled(kind, str(error), ended=False)


def test_an_error_without_words_is_told_by_its_name() -> None:
    assert answer(raising(httpx.ReadTimeout(""))).message == "ReadTimeout"


@pytest.mark.parametrize(
    ("status", "kind", "error"),
    [
        (200, "MXAPIRateLimitExceededException", "Throttled"),
        (429, "", "Throttled"),
        (500, "MXDuplicateEntryException", "MXDuplicateEntryException"),
        (502, "", None),
    ],
)
def test_the_journal_keeps_what_a_reply_was(status: int, kind: str, error: str | None) -> None:
    body = {"Status": "Error", "ExceptionType": kind} if kind else {}
    assert failure_of(answer(lambda _: httpx.Response(status, json=body))) == error


def raising(error: Exception) -> Handler:
    def handler(_: httpx.Request) -> httpx.Response:
        raise error

    return handler


def test_a_reply_that_breaks_off_is_lost() -> None:
    class Broken(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b'{"Status":'
            raise httpx.ReadError("reset")

    call = answer(lambda _: httpx.Response(200, stream=Broken()))
    assert verdict_on_create(call, "h") == Unsettled("ReadError", "reset", ended=False)


def test_a_reply_without_end_is_cut_off_and_closed() -> None:
    closed: list[bool] = []

    class Endless(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            while True:
                yield b"x" * (1 << 24)

        def close(self) -> None:
            closed.append(True)

    call = answer(lambda _: httpx.Response(200, stream=Endless()))
    assert (call.reply, call.error) == (None, "RemoteProtocolError")
    assert call.message == f"the reply is over {MOST_BYTES:,} bytes"
    assert closed == [True]


def test_every_call_has_the_time_limit_that_was_set() -> None:
    found: list[Any] = []

    def handler(request: httpx.Request) -> httpx.Response:
        found.append(request.extensions["timeout"])
        return httpx.Response(200)

    answer(handler, timeout_s=7.0)
    assert found == [{"connect": 7.0, "read": 7.0, "write": 7.0, "pool": 7.0}]


def test_a_reply_decides_before_the_network_does() -> None:
    guid = "0f8fad5b-d9cb-469f-a165-70867728950e"
    body = json.dumps({"Status": "Success", "Message": {"Id": guid}}).encode()
    call = Call(ASK, 1.0, 5, Reply(200, {}, body))
    assert verdict_on_create(call, "h") == Created(UUID(guid))
