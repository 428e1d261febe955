"""What tests ask of a sandbox, and what they set while it runs."""

import hashlib
from collections.abc import Callable
from typing import Any

import httpx
import pytest

LEADS = "/v2/LeadManagement.svc/"
CREATE = LEADS + "Lead.Create"
PROFILE = "/v2/Authentication.svc/UserByAccessKey.Get"
Start = Callable[..., httpx.Client]


def create(client: httpx.Client, **values: str) -> httpx.Response:
    return client.post(CREATE, json=[{"Attribute": n, "Value": v} for n, v in values.items()])


def tell(client: httpx.Client, name: str, text: str) -> Any:
    """Set it without keys, as a test does that has none."""
    bare = {"x-LSQ-AccessKey": "", "x-LSQ-SecretKey": ""}
    reply = client.post(f"/_sandbox/{name}", content=text, headers=bare)
    assert reply.status_code == 200, reply.text
    return reply.json()


def totals(client: httpx.Client) -> Any:
    return client.get("/_sandbox/totals").json()


def test_faults_are_replaced_while_it_runs(start: Start) -> None:
    client = start("--fault", "bare500=100%", "--limit", "none")
    statuses = [create(client, FirstName="Asha").status_code]
    assert tell(client, "faults", "commit500=100%, lookup404=1") == {
        "commit500": 1.0,
        "lookup404": 1.0,
    }
    statuses.append(create(client, FirstName="Asha").status_code)
    statuses.append(client.get(LEADS + "Leads.GetById?id=a").status_code)
    assert tell(client, "faults", "") == {}
    statuses.append(create(client, FirstName="Asha").status_code)
    statuses.append(client.get(LEADS + "Leads.GetById?id=a").status_code)
    assert statuses == [500, 500, 404, 200, 200]
    seen = totals(client)
    assert (seen["creates"], seen["faults"]) == (2, {"bare500": 1, "commit500": 1, "lookup404": 1})


def test_the_limit_is_replaced_while_it_runs(start: Start) -> None:
    client = start("--limit", "2/60s", "--throttle-as", "429")
    statuses = [client.get(PROFILE).status_code for _ in range(3)]
    assert tell(client, "limit", "none") is None
    statuses += [client.get(PROFILE).status_code for _ in range(3)]
    assert tell(client, "limit", "6/60s") == [6, 60.0]
    statuses += [client.get(PROFILE).status_code for _ in range(2)]
    assert statuses == [200, 200, 429, 200, 200, 200, 200, 429]
    assert totals(client)["max_in_window"] == 6


def test_the_lag_is_replaced_while_it_runs(start: Start) -> None:
    client = start("--limit", "none")
    assert create(client, EmailAddress="a@example.com").status_code == 200
    sought = LEADS + "Leads.GetByEmailaddress?emailaddress=a@example.com"
    found = [len(client.get(sought).json())]
    for text in ("3600", "0"):
        assert tell(client, "lag", text) == float(text)
        found.append(len(client.get(sought).json()))
    assert found == [1, 0, 1]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("faults", b"dorp=3%", '"dorp" is no fault; use one of: reset, bare500'),
        ("faults", b"drop=60%,late=60%", "the faults of Lead.Create add up to 120%"),
        ("limit", b"fast", '"fast" is no limit; use calls/seconds such as 25/5s, or none'),
        ("limit", b"", '"" is no limit; use calls/seconds such as 25/5s, or none'),
        ("lag", b"soon", '"soon" is no lag; use seconds such as 2.5, or 0'),
        ("lag", b"\xff", "'utf-8' codec can't decode byte"),
    ],
)
def test_a_bad_text_is_400_with_the_reason(
    api: httpx.Client, name: str, text: bytes, reason: str
) -> None:
    reply = api.post(f"/_sandbox/{name}", content=text)
    assert (reply.status_code, reply.text[: len(reason)]) == (400, reason)


def test_a_bad_text_changes_nothing(start: Start) -> None:
    client = start("--fault", "bare500=100%", "--limit", "1/60s")
    for name, text in (("faults", "drop=2"), ("limit", "0/5s"), ("lag", "-1")):
        assert client.post(f"/_sandbox/{name}", content=text).status_code == 400
    replies = [create(client, FirstName="Asha") for _ in range(2)]
    assert replies[0].text == "Unable to Connect to DB"
    assert replies[1].json()["ExceptionType"] == "MXAPIRateLimitExceededException"


def test_a_hook_has_its_verb(api: httpx.Client) -> None:
    wrong = [api.post(f"/_sandbox/{name}").status_code for name in ("totals", "leads", "ledger")]
    wrong += [api.get(f"/_sandbox/{name}").status_code for name in ("faults", "limit", "lag")]
    assert wrong == [405] * 6


def test_the_ledger_tells_which_body_made_which_lead(start: Start) -> None:
    client = start("--limit", "none", "--fault", "commit500=50%", "--seed", "1")
    bodies = [
        f'[{{"Attribute":"EmailAddress", "Value": "a{number}@example.com"}}]'.encode()
        for number in range(6)
    ]
    for body in (*bodies, bodies[0]):
        client.post(CREATE, content=body, headers={"Content-Type": "application/json"})
    other = [{"Attribute": "EmailAddress", "Value": "other@example.com"}]
    assert client.post(LEADS + "Lead.CreateOrUpdate", json=other).status_code == 200
    ids = [lead["ProspectID"] for lead in client.get("/_sandbox/leads").json()]
    assert client.get(LEADS + "Lead/Delete/ById", params={"leadId": ids[2]}).status_code == 200
    kept = [number for number in range(6) if number != 2]
    assert client.get("/_sandbox/ledger").json() == [
        {"id": ids[number], "body": hashlib.sha256(bodies[number]).hexdigest()} for number in kept
    ]
    assert 0 < totals(client)["faults"]["commit500"] < 7


def test_a_new_sandbox_has_an_empty_ledger(start: Start) -> None:
    assert start().get("/_sandbox/ledger").json() == []
