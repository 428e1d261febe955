"""Reads that lag behind writes, and a server whose clock is off."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

LEADS = "/v2/LeadManagement.svc/"
HOUR_S = 3600
EVER = {"FromDate": "2000-01-01 00:00:00", "ToDate": "2100-01-01 00:00:00"}
Start = Callable[..., httpx.Client]


def create(client: httpx.Client, **values: str) -> str:
    lead = [{"Attribute": name, "Value": value} for name, value in values.items()]
    reply = client.post(LEADS + "Lead.Create", json=lead)
    assert reply.status_code == 200, reply.text
    return str(reply.json()["Message"]["Id"])


def modified(client: httpx.Client, **parameter: str) -> Any:
    reply = client.post(LEADS + "Leads.RecentlyModified", json={"Parameter": EVER | parameter})
    assert reply.status_code == 200, reply.text
    return reply.json()["RecordCount"]


def found(client: httpx.Client, lead_id: str) -> list[int]:
    """How many leads each of the reads shows, RecentlyModified last."""
    condition = {"LookupName": "EmailAddress", "SqlOperator": "="}
    by_email = {"Parameter": {**condition, "LookupValue": "a@example.com"}}
    by_name = {"Parameter": {**condition, "LookupName": "FirstName", "LookupValue": "Asha"}}
    by_ids = {"SearchParameters": {"LeadIds": [lead_id]}}
    replies = [
        client.get(LEADS + "Leads.GetByEmailaddress?emailaddress=a@example.com"),
        client.get(LEADS + "RetrieveLeadByPhoneNumber?phone=9811112222"),
        client.get(LEADS + "Leads.GetByQuickSearch?key=asha"),
        client.get(LEADS + f"Leads.GetById?id={lead_id}"),
        *(client.post(LEADS + "Leads.Get", json=body) for body in (by_email, by_name, {})),
    ]
    counted = client.post(LEADS + "Leads/Retrieve/ByIds", json=by_ids).json()["RecordCount"]
    return [*(len(reply.json()) for reply in replies), counted, modified(client)]


def test_no_read_shows_a_new_lead_before_the_lag_has_passed(start: Start) -> None:
    client = start("--limit", "none", "--lag", "3600")
    asha = {"FirstName": "Asha", "EmailAddress": "a@example.com", "Phone": "+91-9811112222"}
    lead_id = create(client, **asha)
    assert found(client, lead_id) == [0] * 9
    assert [lead["ProspectID"] for lead in client.get("/_sandbox/leads").json()] == [lead_id]
    again = [{"Attribute": "EmailAddress", "Value": "a@example.com"}]
    assert client.post(LEADS + "Lead.Create", json=again).json()["ExceptionMessage"] == (
        "A Lead with same Email already exists."
    )
    client.post("/_sandbox/lag", content="0")
    assert found(client, lead_id) == [1] * 9


def test_a_lead_is_shown_once_the_lag_has_passed(start: Start) -> None:
    client = start("--limit", "none", "--lag", "0.3")
    create(client, FirstName="Asha")
    counts = [modified(client)]
    while counts[-1] == 0:
        counts.append(modified(client))
    # The answer of before the lag had passed was not kept, though nothing was written since.
    assert (counts[0], counts[-1], modified(client)) == (0, 1, 1)


@pytest.mark.parametrize("ahead_s", [2 * HOUR_S, -2 * HOUR_S])
def test_all_times_are_those_of_a_clock_that_is_off(start: Start, ahead_s: int) -> None:
    client = start("--limit", "none", "--ahead", str(ahead_s))
    lead_id = create(client, FirstName="Asha")
    reply = client.get(LEADS + f"Leads.GetById?id={lead_id}")
    (lead,) = reply.json()
    server = datetime.now(UTC) + timedelta(seconds=ahead_s)
    told = [parsedate_to_datetime(reply.headers["date"])]
    names = ("CreatedOn", "ModifiedOn", "LeadLastModifiedOn")
    told += [datetime.fromisoformat(f"{lead[name]}+00:00") for name in names]
    assert all(abs(server - moment) < timedelta(minutes=5) for moment in told)
    near = {
        "FromDate": f"{server - timedelta(hours=1):%Y-%m-%d %H:%M:%S}",
        "ToDate": f"{server + timedelta(hours=1):%Y-%m-%d %H:%M:%S}",
    }
    ours = {
        "FromDate": f"{datetime.now(UTC) - timedelta(hours=1):%Y-%m-%d %H:%M:%S}",
        "ToDate": f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%d %H:%M:%S}",
    }
    assert (modified(client, **near), modified(client, **ours)) == (1, 0)
