"""Leads.Get and Leads.RecentlyModified."""

from typing import Any

import httpx
import pytest

SEARCH = "/v2/LeadManagement.svc/Leads.Get"
MODIFIED = "/v2/LeadManagement.svc/Leads.RecentlyModified"
COUNT = 12
EVER = {"FromDate": "2000-01-01 00:00:00", "ToDate": "2100-01-01 00:00:00"}


@pytest.fixture(scope="module", autouse=True)
def leads(api: httpx.Client) -> None:
    """Make Lead_00 to Lead_11, with scores 0, 10, … 110."""
    for number in range(COUNT):
        values = {"FirstName": f"Lead_{number:02}", "Score": str(number * 10), "mx_City": "Pune"}
        lead = [{"Attribute": name, "Value": value} for name, value in values.items()]
        assert api.post("/v2/LeadManagement.svc/Lead.Create", json=lead).status_code == 200


def search(api: httpx.Client, name: str, operator: str, value: str, **more: Any) -> list[str]:
    condition = {"LookupName": name, "LookupValue": value, "SqlOperator": operator}
    body = {"Parameter": condition, "Columns": {"Include_CSV": "FirstName,Nope"}, **more}
    reply = api.post(SEARCH, json=body)
    assert reply.status_code == 200, reply.text
    return [lead["FirstName"].removeprefix("Lead_") for lead in reply.json()]


@pytest.mark.parametrize(
    ("name", "operator", "value", "found"),
    [
        ("FirstName", "=", "lead_03", ["03"]),
        ("FirstName", "LIKE", "%_11", ["11"]),
        ("FirstName", "LIKE", "lead", []),
        ("Score", ">", "95", ["10", "11"]),
        ("Score", ">=", "100", ["10", "11"]),
        ("Score", "<", "20", ["00", "01"]),
        ("Score", "<=", "20", ["00", "01", "02"]),
        ("mx_City", "<>", "Pune", []),
        ("CreatedOn", "<", "2001-01-01", []),
    ],
)
def test_one_condition_is_applied(
    api: httpx.Client, name: str, operator: str, value: str, found: list[str]
) -> None:
    assert search(api, name, operator, value) == found


def test_a_search_is_sorted_and_paged_as_asked(api: httpx.Client) -> None:
    sorting = {"ColumnName": "FirstName", "Direction": "1"}
    paging = {"PageIndex": 2, "PageSize": 5}
    pages = search(api, "mx_City", "=", "Pune", Sorting=sorting, Paging=paging)
    assert pages == ["06", "05", "04", "03", "02"]


def test_a_wrong_wrapper_is_no_condition(api: httpx.Client) -> None:
    query = {"Query": {"LookupName": "FirstName", "LookupValue": "x", "SqlOperator": "="}}
    assert len(api.post(SEARCH, json=query).json()) == COUNT
    assert len(api.post(SEARCH, json={"Paging": {"PageSize": 99_999}}).json()) == COUNT


@pytest.mark.parametrize(
    ("name", "operator", "value", "exception"),
    [
        ("Nope", "=", "1", "MXUnknownAttributeException"),
        ("FirstName", "~", "1", "MXInvalidInputException"),
        ("DoNotEmail", "=", "true", "MXInvalidInputException"),
        ("CreatedOn", ">", "yesterday", "MXInvalidInputException"),
        ("Score", ">", "many", "MXInvalidInputException"),
    ],
)
def test_a_condition_that_cannot_be_is_refused(
    api: httpx.Client, name: str, operator: str, value: str, exception: str
) -> None:
    condition = {"LookupName": name, "LookupValue": value, "SqlOperator": operator}
    reply = api.post(SEARCH, json={"Parameter": condition})
    assert (reply.status_code, reply.json()["ExceptionType"]) == (500, exception)


def modified(api: httpx.Client, page: int, size: int, **parameter: str) -> Any:
    body = {
        "Parameter": {**EVER, **parameter},
        "Columns": {"Include_CSV": "FirstName"},
        "Paging": {"PageIndex": page, "PageSize": size},
        "Sorting": {"ColumnName": "ProspectID", "Direction": "0"},
    }
    reply = api.post(MODIFIED, json=body)
    assert reply.status_code == 200, reply.text
    return reply.json()


def test_the_pages_of_what_was_modified_hold_each_lead_once(api: httpx.Client) -> None:
    pages = [modified(api, page, 5) for page in (1, 2, 3, 4)]
    assert [page["RecordCount"] for page in pages] == [COUNT] * 4
    assert [len(page.get("Leads", [])) for page in pages] == [5, 5, 2, 0]
    assert "Leads" not in pages[3]
    properties = [lead["LeadPropertyList"] for page in pages[:3] for lead in page["Leads"]]
    assert [[each["Attribute"] for each in lead] for lead in properties] == [
        ["ProspectID", "FirstName"]
    ] * COUNT
    ids = [lead[0]["Value"] for lead in properties]
    assert ids == sorted(set(ids))


def test_both_ends_of_the_span_are_included(api: httpx.Client) -> None:
    shown = api.get("/_sandbox/leads").json()
    second = shown[0]["LeadLastModifiedOn"]
    same = sum(lead["LeadLastModifiedOn"] == second for lead in shown)
    plain = second.removesuffix(".000")
    assert modified(api, 1, 50, FromDate=plain, ToDate=plain)["RecordCount"] == same


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Paging": {"PageIndex": 1, "PageSize": 5001}}, "can not be larger than 5000."),
        ({"Paging": {"PageIndex": 0}}, "Invalid Input! Parameter Name: Paging"),
        ({"Parameter": {}}, "Invalid Input! Parameter Name: FromDate"),
        ({"Parameter": {**EVER, "ToDate": "now"}}, "Invalid Input! Parameter Name: ToDate"),
        ({"Sorting": {"ColumnName": "Nope"}}, "Invalid Input! Parameter Name: Sorting"),
    ],
)
def test_a_span_that_cannot_be_is_refused(
    api: httpx.Client, change: dict[str, Any], message: str
) -> None:
    reply = api.post(MODIFIED, json={"Parameter": EVER, **change})
    assert reply.status_code == 500
    assert reply.json()["ExceptionMessage"].endswith(message)
