"""The faults, as a client meets them."""

import socket
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from importer.sandbox.faults import Faults, delays, throttle_statuses

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


def test_a_client_that_leaves_half_way_does_no_harm(start: Start) -> None:
    client = start("--latency", "300")
    with socket.create_connection((client.base_url.host, client.base_url.port or 0)) as half:
        half.sendall(f"POST {CREATE} HTTP/1.1\r\nContent-Length: 100\r\n\r\n[".encode())
    with pytest.raises(httpx.ReadTimeout):
        create(client, timeout=0.05)
    assert create(client, "b@example.com").status_code == 200
    assert totals(client)["creates"] == 2
