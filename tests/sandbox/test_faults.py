"""The faults, as a client meets them."""

import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from importer.sandbox.faults import Faults, delays, throttle_statuses
from importer.sandbox.options import FAULT_GROUPS
from tests.sandbox.conftest import running, serving

CREATE = "/v2/LeadManagement.svc/Lead.Create"
Start = Callable[..., httpx.Client]


def create(client: httpx.Client, email: str = "a@example.com", **options: Any) -> httpx.Response:
    lead = [{"Attribute": "EmailAddress", "Value": email}]
    return client.post(CREATE, json=lead, **options)


def totals(client: httpx.Client) -> Any:
    return client.get("/_sandbox/totals").json()


def test_the_same_seed_draws_the_same_faults() -> None:
    shares = {"drop": 0.2, "late": 0.3, "lookup500": 0.5}

    def draws(seed: int) -> list[Any]:
        faults = Faults(shares, seed)
        return [(faults.for_create(), faults.for_lookup()) for _ in range(200)]

    assert draws(1) == draws(1)
    assert draws(1) != draws(2)


def test_faults_come_in_their_shares() -> None:
    faults = Faults({"drop": 0.2, "late": 0.3}, seed=7)
    drawn = Counter(fault.name if fault else "" for fault in map(_drawn(faults), range(10_000)))
    assert {name: round(count / 10_000, 1) for name, count in drawn.items()} == {
        "drop": 0.2,
        "late": 0.3,
        "": 0.5,
    }


def _drawn(faults: Faults) -> Callable[[int], Any]:
    return lambda _: faults.for_create()


def test_lookups_have_faults_of_their_own() -> None:
    def lookups(**more: float) -> list[str]:
        faults = Faults({"lookup500": 0.3, "lookup404": 0.3, **more}, seed=7)
        drawn = [(faults.for_create(), faults.for_lookup()) for _ in range(1000)]
        assert not any(create and create.name.startswith("lookup") for create, _ in drawn)
        return [fault.name if fault else "" for _, fault in drawn]

    shares = {name: round(count / 1000, 1) for name, count in Counter(lookups()).items()}
    assert shares == {"lookup500": 0.3, "lookup404": 0.3, "": 0.4}
    assert lookups() == lookups(drop=0.9)


@pytest.mark.parametrize("kind", ["fields", "list", "delete"])
def test_each_kind_of_call_is_drawn_apart(kind: str) -> None:
    _, names = FAULT_GROUPS[kind]

    def drawn(**more: float) -> list[str]:
        faults = Faults({names[0]: 0.5, **more}, seed=7)
        found = []
        for _ in range(200):
            if more:
                faults.for_create(), faults.for_lookup()
            fault = faults.for_kind(kind)
            found.append(fault.name if fault else "")
        return found

    assert set(drawn()) == {names[0], ""}
    assert drawn() == drawn(drop=0.5, lookup500=0.5)


def test_faults_that_are_replaced_leave_the_draws_where_they_are() -> None:
    whole, changed = Faults({"drop": 0.5}, seed=7), Faults({}, seed=7)
    before = [whole.for_create() for _ in range(50)], [changed.for_create() for _ in range(50)]
    assert before[0] != before[1] == [None] * 50
    changed.replace({"drop": 0.5})
    assert [whole.for_create() for _ in range(50)] == [changed.for_create() for _ in range(50)]
    changed.replace({"lookup404": 1})
    assert changed.for_create() is None
    assert changed.for_lookup() is not None


def test_delays_and_shapes_of_throttling_are_seeded() -> None:
    def first(seed: int) -> list[Any]:
        waits, statuses = delays((100, 300), seed, "latency"), throttle_statuses("mixed", seed)
        return [(next(waits), next(statuses)) for _ in range(50)]

    assert first(3) == first(3)
    assert all(0.1 <= wait <= 0.3 for wait, _ in first(3))
    assert {status for _, status in first(3)} == {429, 403, 200}


@pytest.mark.parametrize(
    ("fault", "status", "body", "committed"),
    [
        ("bare500", 500, "Unable to Connect to DB", 0),
        ("commit500", 500, "Unable to Connect to DB", 1),
        ("garbled", 200, '{"Status":"Success","Message":{"Id":"', 1),
        ("notjson", 200, "<!DOCTYPE html><html><head><title>Sign in</title>", 1),
    ],
)
def test_a_fault_with_a_reply(
    start: Start, fault: str, status: int, body: str, committed: int
) -> None:
    client = start("--fault", f"{fault}=100%")
    reply = create(client)
    assert (reply.status_code, reply.text[: len(body)]) == (status, body)
    assert "ExceptionType" not in reply.text
    seen = totals(client)
    assert (seen["creates"], seen["leads"], seen["faults"]) == (committed, committed, {fault: 1})


def test_html502_is_committed_or_not_by_a_coin(start: Start) -> None:
    client = start("--fault", "html502=1", "--limit", "none")
    replies = [create(client, f"a{number}@example.com") for number in range(20)]
    assert {(reply.status_code, reply.headers["content-type"]) for reply in replies} == {
        (502, "text/html; charset=utf-8")
    }
    assert 0 < totals(client)["leads"] < 20


def test_a_dropped_reply_is_of_a_lead_that_is_there(start: Start) -> None:
    client = start("--fault", "drop=100%")
    with pytest.raises(httpx.RemoteProtocolError):
        create(client)
    seen = totals(client)
    assert (seen["creates"], seen["faults"]) == (1, {"drop": 1})


def test_a_reset_leaves_nothing(start: Start) -> None:
    client = start("--fault", "reset=100%")
    with pytest.raises(httpx.ReadError):
        create(client)
    seen = totals(client)
    assert (seen["creates"], seen["leads"], seen["faults"]) == (0, 0, {"reset": 1})


def test_a_reset_after_the_work_is_of_a_lead_that_is_there(start: Start) -> None:
    client = start("--fault", "reset_after=100%")
    with pytest.raises(httpx.ReadError, match="reset by peer"):
        create(client)
    seen = totals(client)
    assert (seen["creates"], seen["leads"], seen["faults"]) == (1, 1, {"reset_after": 1})


def test_an_error_of_no_known_kind_leaves_nothing(start: Start) -> None:
    client = start("--fault", "error200=100%")
    reply = create(client)
    assert (reply.status_code, reply.json()) == (
        200,
        {"Status": "Error", "ExceptionType": "", "ExceptionMessage": "Something went wrong"},
    )
    seen = totals(client)
    assert (seen["creates"], seen["leads"], seen["faults"]) == (0, 0, {"error200": 1})


def test_a_huge_reply_is_a_good_one_with_blanks_behind_it(start: Start) -> None:
    client = start("--fault", "huge=100%")
    lead = [{"Attribute": "EmailAddress", "Value": "a@example.com"}]
    with client.stream("POST", CREATE, json=lead) as reply:
        assert (reply.status_code, "content-length" in reply.headers) == (200, False)
        parts = reply.iter_bytes()
        first = next(parts)
        size, blanks = len(first), True
        for part in parts:
            size += len(part)
            blanks = blanks and not part.strip()
    assert first.startswith(b'{"Status":"Success","Message":{"Id":"')
    assert blanks
    assert 64 * 1024**2 < size < 72_000_000
    seen = totals(client)
    assert (seen["creates"], seen["faults"]) == (1, {"huge": 1})


def test_a_client_that_gives_up_on_a_huge_reply_does_no_harm(start: Start) -> None:
    client = start("--fault", "huge=100%", "--limit", "none")
    for number in range(3):
        lead = [{"Attribute": "EmailAddress", "Value": f"a{number}@example.com"}]
        with client.stream("POST", CREATE, json=lead) as reply:
            assert len(next(reply.iter_bytes())) < 64 * 1024**2
    assert totals(client)["leads"] == 3


@pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")
def test_huge_replies_take_little_memory_of_the_sandbox() -> None:
    with serving("--fault", "huge=100%", "--limit", "none") as (client, process):
        create(client, "first@example.com")
        before = _peak_kb(process)
        lead = [{"Attribute": "FirstName", "Value": "Asha"}]
        with ExitStack() as stack:
            for _ in range(4):
                # On its way, to a client that takes no more than the head of it.
                reply = stack.enter_context(client.stream("POST", CREATE, json=lead))
                assert reply.status_code == 200
            assert totals(client)["faults"] == {"huge": 5}
            assert _peak_kb(process) - before < 20_000


def _peak_kb(process: int) -> int:
    """The most memory that the process ever held."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


@pytest.mark.parametrize("shape", ["429", "403", "200"])
def test_a_call_may_be_throttled_though_it_is_none_too_many(start: Start, shape: str) -> None:
    client = start("--fault", "throttled=100%", "--limit", "9/60s", "--throttle-as", shape)
    replies = [create(client, f"a{number}@example.com") for number in range(30)]
    bodies = [reply.json() for reply in replies]
    assert {reply.status_code for reply in replies} == {int(shape)}
    assert {body["ExceptionType"] for body in bodies} == {"MXAPIRateLimitExceededException"}
    words = Counter(body["ExceptionMessage"] for body in bodies)
    assert set(words) == {
        "API calls exceeded the limit",
        "API calls exceeded the limit of 9 in 60 second(s)",
    }
    assert min(words.values()) > 5
    seen = totals(client)
    names = ("creates", "leads", "throttled", "max_in_window", "first_create_at", "faults")
    assert [seen[name] for name in names] == [0, 0, 0, 0, None, {"throttled": 30}]


def test_a_late_lead_appears_after_the_connection_was_closed(start: Start) -> None:
    client = start("--fault", "late=100%")
    with pytest.raises(httpx.RemoteProtocolError):
        create(client)
    assert totals(client)["leads"] == 0
    end = time.monotonic() + 6
    while totals(client)["leads"] == 0 and time.monotonic() < end:
        pass
    assert totals(client)["creates"] == 1


def test_a_slow_reply_is_of_a_lead_that_is_there(start: Start) -> None:
    client = start("--fault", "slow=100%")
    with pytest.raises(httpx.ReadTimeout):
        create(client, timeout=0.3)
    assert totals(client)["creates"] == 1


def test_a_refusal_may_come_with_status_200(start: Start) -> None:
    client = start("--fault", "refuse200=100%")
    replies = [create(client), create(client)]
    assert [reply.status_code for reply in replies] == [200, 200]
    assert [reply.json()["Status"] for reply in replies] == ["Success", "Error"]
    assert replies[1].json()["ExceptionType"] == "MXDuplicateEntryException"


def test_lookup500_leaves_creates_alone(start: Start) -> None:
    client = start("--fault", "lookup500=100%")
    assert create(client).status_code == 200
    found = client.get("/v2/LeadManagement.svc/Leads.GetByEmailaddress?emailaddress=a@example.com")
    assert (found.status_code, found.text) == (500, "Unable to Connect to DB")


@pytest.mark.parametrize(
    ("verb", "operation", "body"),
    [
        ("GET", "Leads.GetByEmailaddress?emailaddress=a@example.com", None),
        ("GET", "RetrieveLeadByPhoneNumber?phone=1", None),
        ("GET", "Leads.GetByQuickSearch?key=a", None),
        ("GET", "Leads.GetById?id=a", None),
        ("POST", "Leads/Retrieve/ByIds", {}),
        ("POST", "Leads.Get", {}),
        ("POST", "Leads.RecentlyModified", {}),
    ],
)
def test_lookup404_befalls_each_call_that_reads_leads(
    without_lookups: httpx.Client, verb: str, operation: str, body: Any
) -> None:
    found = without_lookups.request(verb, f"/v2/LeadManagement.svc/{operation}", json=body)
    assert (found.status_code, found.text[:12]) == (404, "The resource")


def test_lookup404_leaves_the_other_calls_alone(without_lookups: httpx.Client) -> None:
    assert create(without_lookups).status_code == 200
    fields = without_lookups.get("/v2/LeadManagement.svc/LeadsMetaData.Get?schemaName=Phone")
    assert (fields.status_code, fields.json()[0]["SchemaName"]) == (200, "Phone")


@pytest.fixture(scope="module")
def without_lookups() -> Iterator[httpx.Client]:
    with running("--fault", "lookup404=100%", "--limit", "none") as client:
        yield client


def test_a_client_that_leaves_half_way_does_no_harm(start: Start) -> None:
    client = start("--latency", "300")
    with socket.create_connection((client.base_url.host, client.base_url.port or 0)) as half:
        half.sendall(f"POST {CREATE} HTTP/1.1\r\nContent-Length: 100\r\n\r\n[".encode())
    with pytest.raises(httpx.ReadTimeout):
        create(client, timeout=0.05)
    assert create(client, "b@example.com").status_code == 200
    assert totals(client)["creates"] == 2
