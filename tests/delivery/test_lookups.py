import json
from typing import Any

import pytest

from importer.delivery.leadsquared import Request
from importer.delivery.lookups import (
    Page,
    User,
    by_value,
    read_flat,
    read_page,
    read_user,
    recently_modified,
)
from importer.delivery.replies import Reply

SERVICE = "/v2/LeadManagement.svc"
SINCE = 1_767_261_600_900  # 2026-01-01 10:00:00.900
Replied = Any  # JSON


def reply(body: Replied, status: int = 200) -> Reply:
    return Reply(status, {}, json.dumps(body).encode())


def body_of(request: Request) -> Any:
    assert request.body is not None
    return json.loads(request.body)


def test_recent_leads_are_asked_for_by_the_servers_clock_up_to_a_day_ahead() -> None:
    columns = ["LastName", "CreatedOn", "mx_KYC.Status", "mx_KYC.mx_CustomObject_1"]
    request = recently_modified(SINCE, SINCE + 60_000, columns, 3)
    assert (request.name, request.path) == (
        "Leads.RecentlyModified", f"{SERVICE}/Leads.RecentlyModified",
    )  # fmt: skip
    assert body_of(request) == {
        "Parameter": {"FromDate": "2026-01-01 10:00:00", "ToDate": "2026-01-02 10:01:00"},
        "Columns": {"Include_CSV": "ProspectID,CreatedOn,CreatedBy,LastName,mx_KYC"},
        "Sorting": {"ColumnName": "ProspectID", "Direction": "0"},
        "Paging": {"PageIndex": 3, "PageSize": 5000},
    }


def test_an_email_is_looked_up_by_the_string_that_was_sent() -> None:
    assert by_value("EmailAddress", "A+b@x.in", ["LastName"]) == [
        Request(
            "Leads.GetByEmailaddress",
            f"{SERVICE}/Leads.GetByEmailaddress",
            params={"emailaddress": "A+b@x.in"},
            asks_leads=True,
        )
    ]


@pytest.mark.parametrize("field", ["Phone", "Mobile"])
def test_a_phone_is_looked_up_exactly_and_then_by_its_digits(field: str) -> None:
    exact, loose = by_value(field, "+91-98765 43210", ["LastName", "EmailAddress"])
    assert (exact.name, exact.path) == ("Leads.Get", f"{SERVICE}/Leads.Get")
    assert body_of(exact) == {
        "Parameter": {"LookupName": field, "LookupValue": "+91-98765 43210", "SqlOperator": "="},
        "Columns": {"Include_CSV": f"ProspectID,CreatedOn,CreatedBy,{field},LastName,EmailAddress"},
        "Sorting": {"ColumnName": "CreatedOn", "Direction": "1"},
        "Paging": {"PageIndex": 1, "PageSize": 100},
    }
    assert loose == Request(
        "RetrieveLeadByPhoneNumber",
        f"{SERVICE}/RetrieveLeadByPhoneNumber",
        params={"phone": "919876543210"},
        asks_leads=True,
    )


@pytest.mark.parametrize(("field", "value"), [("mx_Key", "17"), ("Phone", "none")])
def test_other_values_are_looked_up_exactly_alone(field: str, value: str) -> None:
    [request] = by_value(field, value, [])
    assert body_of(request)["Parameter"] == {
        "LookupName": field, "LookupValue": value, "SqlOperator": "=",
    }  # fmt: skip


def test_a_page_holds_its_leads_with_the_children_of_custom_field_sets() -> None:
    properties = [
        {"Attribute": "LastName", "Value": "Rao"},
        {"Attribute": "Phone", "Value": None},
        {"Attribute": "Score", "Value": 5},
        {
            "Attribute": "mx_KYC",
            "Value": "",
            "Fields": [{"Attribute": "Status", "Value": "Done"}, {"Attribute": "x", "Value": None}],
        },
    ]
    found = read_page(reply({"RecordCount": 7, "Leads": [{"LeadPropertyList": properties}]}))
    assert found == Page(
        7,
        [
            {
                "LastName": "Rao",
                "Phone": None,
                "Score": "5",
                "mx_KYC": "",
                "mx_KYC.Status": "Done",
                "mx_KYC.x": None,
            }
        ],
    )


@pytest.mark.parametrize("body", [{"RecordCount": 0}, {"RecordCount": 0, "Leads": None}])
def test_an_empty_page_leaves_its_list_out(body: Replied) -> None:
    assert read_page(reply(body)) == Page(0, [])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"RecordCount": 0}, 404),
        ({"RecordCount": 0}, 500),
        ({"Status": "Error", "ExceptionType": "MX", "ExceptionMessage": "no"}, 200),
        ({"RecordCount": "0"}, 200),
        ({"RecordCount": 1, "Leads": "x"}, 200),
        ([], 200),
        (None, 200),
    ],
)
def test_another_reply_is_no_page(body: Replied, status: int) -> None:
    assert read_page(reply(body, status)) is None


def test_odd_leads_on_a_page_show_nothing() -> None:
    leads = [17, {}, {"LeadPropertyList": "x"}, {"LeadPropertyList": [{"Value": "1"}, 5]}]
    assert read_page(reply({"RecordCount": 4, "Leads": leads})) == Page(4, [{}, {}, {}])


@pytest.mark.parametrize(
    ("total", "shown", "pages"),
    [(0, 0, 0), (3, 3, 1), (5000, 5000, 1), (5001, 5000, 2), (10, 4, 3), (10, 0, 1), (12, 4, 3)],
)
def test_pages_are_as_long_as_the_server_makes_them(total: int, shown: int, pages: int) -> None:
    assert Page(total, [{}] * shown).pages == pages


def test_flat_leads_are_read_with_the_children_of_custom_field_sets() -> None:
    leads = [{"LastName": "Rao", "mx_KYC~Status": "Done", "Score": 5, "Fax": None}, 17]
    assert read_flat(reply(leads)) == [
        {"LastName": "Rao", "mx_KYC.Status": "Done", "Score": "5", "Fax": None}
    ]
    assert read_flat(reply([])) == []


@pytest.mark.parametrize(
    ("body", "status"), [([], 404), ([], 500), ({}, 200), ({"Status": "Error"}, 200), (None, 200)]
)
def test_another_reply_is_no_list_of_leads(body: Replied, status: int) -> None:
    assert read_flat(reply(body, status)) is None


def test_the_user_and_the_account_are_read() -> None:
    told = {"Id": "u1", "OrgId": 4711, "OrgShortCode": "AC", "OrgDisplayName": "Acme Ltd"}
    assert read_user(reply(told)) == User("u1", "4711", "Acme Ltd")
    del told["OrgDisplayName"], told["Id"]
    assert read_user(reply(told)) == User("", "4711", "AC")
    del told["OrgShortCode"]
    assert read_user(reply(told)) == User("", "4711", "4711")


def test_what_else_is_told_of_the_user_is_read() -> None:
    told = {
        "OrgId": "4711",
        "Name": "Asha Rao",
        "Role": "Administrator",
        "TimeZone": "Asia/Kolkata",
        "DefaultCountryCode": 91,
        "LSQCommonServiceURLs": {"api": "api-in21.leadsquared.com"},
    }
    assert read_user(reply(told)) == User(
        "", "4711", "4711", "Asha Rao", "Administrator", "Asia/Kolkata", "91",
        "api-in21.leadsquared.com",
    )  # fmt: skip
    without: list[object] = [None, [], {"api": None}, {}]
    for urls in without:
        found = read_user(reply({"OrgId": "4711", "LSQCommonServiceURLs": urls}))
        assert found == User("", "4711", "4711")


@pytest.mark.parametrize(
    ("body", "status"), [({"OrgId": "1"}, 401), ({"Id": "u"}, 200), ({"OrgId": ""}, 200), ([], 200)]
)
def test_a_reply_without_an_account_is_no_user(body: Replied, status: int) -> None:
    assert read_user(reply(body, status)) is None
