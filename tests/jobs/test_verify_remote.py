"""How leads are read by Id from an account that does not answer as it should."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from importer.delivery.connection import Connection
from importer.delivery.leadsquared import LeadSquared
from importer.delivery.lookups import User
from importer.delivery.throttle import Throttle
from importer.errors import ApiError
from importer.jobs.account_leads import AccountLeads
from importer.jobs.resolve import MARKED
from importer.jobs.verify_remote import Compared
from importer.journal.audit import MOST_NAMED
from importer.journal.rows import JournalRow
from importer.model import Lead, RowStatus, Stamp

IDS = [UUID(int=number) for number in range(1, 31)]
Answer = Callable[[dict[str, Any]], httpx.Response]


class Account:
    """Leads by Id; ids_answer: what ByIds says instead of what there is."""

    def __init__(self, there: list[UUID], ids_answer: Answer | None = None) -> None:
        self.there = {str(lead_id) for lead_id in there}
        self.ids_answer = ids_answer
        self.pages: list[int] = []
        self.alone = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("Leads.GetById"):
            self.alone += 1
            lead_id = request.url.params["id"]
            found = [{"ProspectID": lead_id}] if lead_id in self.there else []
            return httpx.Response(200, json=found)
        body = json.loads(request.content)
        self.pages.append(body["Paging"]["PageIndex"])
        return (self.ids_answer or self.page)(body)

    def page(self, body: dict[str, Any], most: int = 1000) -> httpx.Response:
        asked = [each for each in body["SearchParameters"]["LeadIds"] if each in self.there]
        first = (body["Paging"]["PageIndex"] - 1) * most
        return httpx.Response(200, json=shown(len(asked), asked[first : first + most]))


def shown(total: int, lead_ids: list[str]) -> dict[str, Any]:
    leads = [
        {"LeadPropertyList": [{"Attribute": "ProspectID", "Value": each}]} for each in lead_ids
    ]
    return {"RecordCount": total, "Leads": leads} if leads else {"RecordCount": total}


@pytest.fixture
def throttle(tmp_path: Path) -> Iterator[Throttle]:
    with closing(Throttle(tmp_path / "quota.db", None)) as opened:
        yield opened


def reader(account: Account, throttle: Throttle) -> AccountLeads:
    api = LeadSquared("api.x.com", "access", "secret", transport=httpx.MockTransport(account))
    connection = Connection(api, throttle, User("", "acme", ""))
    return AccountLeads(connection, lambda _: None, lambda _: lambda _: None)


def read(account: Account, throttle: Throttle) -> set[UUID]:
    return set(reader(account, throttle).read(IDS, ["FirstName"]))


def test_a_page_of_ids_is_one_call(throttle: Throttle) -> None:
    account = Account(IDS)
    assert read(account, throttle) == set(IDS)
    assert (account.pages, account.alone) == ([1], 0)


def test_a_server_that_gives_fewer_leads_than_were_asked_is_asked_for_the_next(
    throttle: Throttle,
) -> None:
    account = Account(IDS)
    account.ids_answer = lambda body: account.page(body, 12)
    assert read(account, throttle) == set(IDS)
    assert (account.pages, account.alone) == ([1, 2, 3], 0)


def test_leads_that_a_page_does_not_show_are_asked_for_alone_the_first_few_times(
    throttle: Throttle,
) -> None:
    account = Account(IDS[:3])
    assert read(account, throttle) == set(IDS[:3])
    assert (account.pages, account.alone) == ([1], MOST_NAMED)


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: httpx.Response(200, json=shown(0, [])),
        lambda _: httpx.Response(200, json=shown(2, [str(UUID(int=98)), str(UUID(int=99))])),
        lambda _: httpx.Response(200, json={"RecordCount": 30, "Leads": [{}] * 30}),
        lambda _: httpx.Response(200, json=[]),
        lambda _: httpx.Response(400, text="no such body"),
        lambda _: httpx.Response(404, text="no such call"),
        lambda _: httpx.Response(403, text="not you"),
        lambda _: httpx.Response(
            500, json={"ExceptionType": "MXInvalidInputException", "ExceptionMessage": "Too many"}
        ),
    ],
)
def test_where_pages_are_refused_or_hide_leads_they_are_read_one_by_one(
    throttle: Throttle, answer: Answer
) -> None:
    account = Account(IDS[:20], answer)
    leads = reader(account, throttle)
    assert set(leads.read(IDS, ["FirstName"])) == set(IDS[:20])
    assert set(leads.read(IDS[:2], ["FirstName"])) == set(IDS[:2])
    assert (account.pages, account.alone) == ([1], 32), "pages are not tried again"


def test_an_account_that_shows_no_lead_by_its_id_is_an_error(throttle: Throttle) -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        message = {"ExceptionType": "MXInvalidInputException", "ExceptionMessage": "Not allowed"}
        return httpx.Response(500, json=message)

    api = LeadSquared("api.x.com", "access", "secret", transport=httpx.MockTransport(refuse))
    leads = AccountLeads(
        Connection(api, throttle, User("", "acme", "")), lambda _: None, lambda _: lambda _: None
    )
    with pytest.raises(ApiError) as refused:
        leads.read(IDS, [])
    assert refused.value.what == "api.x.com does not let a lead be read by its Id: Not allowed"
    assert refused.value.fix == (
        "use the keys of a user who may see these leads, such as an administrator"
    )


# What is compared


def row(number: int) -> JournalRow:
    return JournalRow(
        number, RowStatus.CREATED, 1, 1, UUID(int=number), None, None, None, None, (),
        None, None, None, None,
    )  # fmt: skip


def compared(sent: dict[str, str], record: dict[str, str | None]) -> Compared:
    found = Compared()
    found.compare(row(2), Lead(sent, {}), {UUID(int=2): record})
    return found


@pytest.mark.parametrize(
    ("sent", "record"),
    [
        ({"Phone": "+91-9800000001"}, {"Phone": "9800000001"}),
        ({"mx_Met_On": "2026-01-02 10:00:00"}, {"mx_Met_On": "2026-01-02 10:00:00.000"}),
        ({"mx_DOB": "2026-01-02"}, {"mx_DOB": "2026-01-02 00:00:00.000"}),
        ({"EmailAddress": "A@X.in"}, {"EmailAddress": "a@x.in"}),
        ({"DoNotCall": "1"}, {"DoNotCall": "true"}),
        ({"Revenue": "5"}, {"Revenue": "5.00"}),
        ({"mx_KYC.Status": "Done"}, {"mx_KYC": None, "mx_KYC.Status": "Done"}),
    ],
)
def test_the_ways_in_which_a_server_writes_a_value_otherwise_are_no_change(
    sent: dict[str, str], record: dict[str, str | None]
) -> None:
    found = compared(sent, record)
    assert (dict(found.altered), found.unshown) == ({}, set())


@pytest.mark.parametrize(
    ("sent", "record", "altered", "unshown"),
    [
        ({"mx_City": "Pune"}, {"mx_City": "Goa"}, ["mx_City"], set()),
        ({"mx_City": "Pune"}, {"mx_City": None}, ["mx_City"], set()),
        ({"mx_City": "Pune"}, {}, [], {"mx_City"}),
        ({"mx_KYC.Status": "Done"}, {"mx_KYC": None, "mx_KYC.No": "1"}, ["mx_KYC.Status"], set()),
        ({"mx_KYC.Status": "Done"}, {"mx_KYC": None}, [], {"mx_KYC.Status"}),
        ({"Phone": "+91-9800000001"}, {"Phone": "9800000002"}, ["Phone"], set()),
    ],
)
def test_a_value_that_differs_is_altered_and_one_that_is_not_shown_is_said(
    sent: dict[str, str], record: dict[str, str | None], altered: list[str], unshown: set[str]
) -> None:
    found = compared(sent, record)
    assert (list(found.altered), found.unshown) == (altered, unshown)


STAMPED = Lead({"mx_City": "Pune"}, {}, Stamp("mx_Key", "2e337ef8afc8-2"))


@pytest.mark.parametrize(
    ("reason", "altered"),
    [("found by its stamp", ["mx_Key"]), (MARKED, [])],
    ids=["sent", "marked"],
)
def test_a_stamp_is_compared_unless_another_job_may_have_sent_the_lead(
    reason: str, altered: list[str]
) -> None:
    found = Compared()
    record: dict[str, str | None] = {"mx_City": "Pune", "mx_Key": "another-7"}
    found.compare(replace(row(2), reason=reason), STAMPED, {UUID(int=2): record})
    assert list(found.altered) == altered


def test_what_could_not_be_compared_is_a_note() -> None:
    found = Compared()
    found.compare(row(2), Lead({"mx_City": "Pune"}, {}), {UUID(int=2): {}})
    found.compare(row(3), (), {UUID(int=3): {}})
    assert found.notes() == [
        "not compared, as the account does not show them: mx_City",
        "not compared, as they make no lead any more: row 3",
    ]
