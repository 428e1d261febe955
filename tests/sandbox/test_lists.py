"""Static lists, as a client meets them, and what may go wrong with the calls that write them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import running

LEADS = "/v2/LeadManagement.svc/"
LISTS = "/v2/LeadSegmentation.svc/"
NO_LEAD = "Records not associated with List where Entity Type didn't match"
Start = Callable[..., httpx.Client]


@pytest.fixture
def own() -> Iterator[httpx.Client]:
    with running("--limit", "none") as client:
        yield client


def lead(client: httpx.Client, name: str = "Asha") -> str:
    reply = client.post(LEADS + "Lead.Create", json=[{"Attribute": "FirstName", "Value": name}])
    return str(reply.json()["Message"]["Id"])


def create(client: httpx.Client, name: Any, **more: str) -> httpx.Response:
    return client.post(LISTS + "CreateEmptyList", json={"Name": name, **more})


def new_list(client: httpx.Client, name: str) -> str:
    reply = create(client, name, Description="")
    body = reply.json()
    assert (reply.status_code, body) == (
        200,
        {"Status": "Success", "Message": {"Id": body["Message"]["Id"]}},
    )
    return str(body["Message"]["Id"])


def add(client: httpx.Client, list_id: Any, lead_ids: Any) -> httpx.Response:
    body = {"listId": list_id, "leadIds": lead_ids}
    return client.post(LISTS + "AddLeadsToStaticList", json=body)


def added(client: httpx.Client, list_id: str, *lead_ids: str) -> Any:
    reply = add(client, list_id, lead_ids)
    assert reply.status_code == 200, reply.text
    return reply.json()["Message"]["Message"]


def refusal(reply: httpx.Response) -> tuple[int, str, str]:
    body = reply.json()
    assert list(body) == ["Status", "ExceptionType", "ExceptionMessage"]
    return reply.status_code, body["ExceptionType"], body["ExceptionMessage"]


def lists(client: httpx.Client, **query: Any) -> Any:
    reply = client.get(LEADS + "Lists.Get", params=query)
    assert reply.status_code == 200, reply.text
    return reply.json()


def members(client: httpx.Client, list_id: Any, **more: Any) -> httpx.Response:
    sought = {"ListId": list_id, "RetrieveBehaviour": "0"}
    columns = {"Include_CSV": "FirstName"}
    body = {"SearchParameters": sought, "Columns": columns, **more}
    return client.post(LEADS + "Leads/Retrieve/BySearchParameter", json=body)


def shown(client: httpx.Client) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = client.get("/_sandbox/lists").json()
    return found


def test_a_new_account_has_the_systems_list_and_a_dynamic_one(own: httpx.Client) -> None:
    found = lists(own)
    starred, engaged = (each.pop("ListId") for each in found)
    assert starred != engaged
    assert found == [
        {
            "ListName": "Starred Leads",
            "ListDescription": "Leads that you have starred",
            "ListType": "static",
            "MemberCount": 0,
        },
        {
            "ListName": "Engaged Leads",
            "ListDescription": "Leads with an activity of late",
            "ListType": "dynamic",
            "MemberCount": 0,
        },
    ]


def test_a_list_is_made_filled_and_read(own: httpx.Client) -> None:
    asha, ravi, meera = (lead(own, name) for name in ("Asha", "Ravi", "Meera"))
    fair = new_list(own, "Fair 2026")
    assert added(own, fair, asha, ravi.upper()) == "Successfully added 2 lead(s) to list"
    assert added(own, fair, ravi, meera, meera) == "Successfully added 1 lead(s) to list"
    assert shown(own) == {
        "Starred Leads": [],
        "Engaged Leads": [],
        "Fair 2026": [asha, ravi, meera],
    }
    (found,) = lists(own, SearchText="fair")
    assert (found["ListId"], found["MemberCount"]) == (fair, 3)
    page = members(own, fair, Paging={"PageIndex": 2, "PageSize": 2}).json()
    assert page == {
        "RecordCount": 3,
        "Leads": [
            {
                "LeadPropertyList": [
                    {"Attribute": "ProspectID", "Value": meera},
                    {"Attribute": "FirstName", "Value": "Meera"},
                ]
            }
        ],
    }
    down = members(own, fair, Sorting={"ColumnName": "FirstName", "Direction": "1"}).json()
    names = [each["LeadPropertyList"][1]["Value"] for each in down["Leads"]]
    assert names == ["Ravi", "Meera", "Asha"]


def test_lists_are_asked_for_by_type_and_come_in_pages(own: httpx.Client) -> None:
    for number in range(101):
        new_list(own, f"List {number}")
    assert [each["ListName"] for each in lists(own, ListType="1")] == ["Engaged Leads"]
    assert lists(own, ListType="2") == []
    pages = [lists(own, PageIndex=page, ListType="0") for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [100, 2, 0]
    assert [each["ListName"] for each in pages[1]] == ["List 99", "List 100"]
    for query in ({"ListType": "7"}, {"PageIndex": "0"}, {"PageIndex": "x"}):
        reply = own.get(LEADS + "Lists.Get", params=query)
        assert refusal(reply)[:2] == (500, "MXInvalidInputException")


@pytest.mark.parametrize("name", ["Fair 2026", " fair 2026 ", "STARRED LEADS", "Engaged Leads"])
def test_a_name_is_given_once_whatever_its_capitals(own: httpx.Client, name: str) -> None:
    new_list(own, "Fair 2026")
    assert refusal(create(own, name)) == (
        500,
        "MXDuplicateEntryException",
        f"A List with same name already exists - {name}",
    )


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({}, 500, "'Name' is mandatory for creating list"),
        ({"Name": " "}, 500, "'Name' is mandatory for creating list"),
        ({"Name": 7}, 500, "Invalid Input! Parameter Name: Name"),
        ([], 400, "Cannot deserialize the current JSON into type 'List'."),
    ],
)
def test_a_list_needs_a_name(own: httpx.Client, body: Any, status: int, words: str) -> None:
    reply = own.post(LISTS + "CreateEmptyList", json=body)
    assert reply.status_code == status
    assert words in reply.text
    assert len(lists(own)) == 2


def test_one_id_that_is_no_leads_refuses_the_whole_call(own: httpx.Client) -> None:
    asha, gone = lead(own), lead(own, "Ravi")
    fair = new_list(own, "Fair")
    assert own.get(LEADS + "Lead/Delete/ById", params={"leadId": gone}).status_code == 200
    refused = (500, "MXInvalidInputException", NO_LEAD)
    assert refusal(add(own, fair, [asha, gone])) == refused
    assert refusal(add(own, fair, ["no"])) == refused
    assert shown(own)["Fair"] == []


def test_leads_are_added_to_static_lists_alone_and_a_thousand_at_most(own: httpx.Client) -> None:
    asha = lead(own)
    (engaged,) = (each["ListId"] for each in lists(own, ListType="1"))
    fair = new_list(own, "Fair")
    refused = [
        refusal(add(own, *each))
        for each in (
            ("no", [asha]),
            (engaged, [asha]),
            (fair, [asha] * 1001),
            (fair, []),
            (fair, asha),
            (None, [asha]),
        )
    ]
    invalid = "MXInvalidInputException"
    assert refused == [
        (500, "MXInvalidEntityReferenceException", "List not found"),
        (500, invalid, f"List is not a static list - {engaged}"),
        (500, invalid, "Lead Ids can not be more than 1000"),
        (500, invalid, "Invalid Input! Parameter Name: leadIds"),
        (500, invalid, "Invalid Input! Parameter Name: leadIds"),
        (500, invalid, "Invalid Input! Parameter Name: listId"),
    ]
    assert added(own, fair, *[asha] * 1000) == "Successfully added 1 lead(s) to list"


def test_members_of_a_list_that_is_not_there_are_refused(own: httpx.Client) -> None:
    assert refusal(members(own, "no"))[1:] == (
        "MXInvalidEntityReferenceException",
        "List not found",
    )
    assert refusal(members(own, None))[2] == "Invalid Input! Parameter Name: ListId"
    assert members(own, new_list(own, "Fair")).json() == {"RecordCount": 0}


def test_a_lead_that_is_deleted_or_removed_leaves_its_lists(own: httpx.Client) -> None:
    asha, ravi = lead(own), lead(own, "Ravi")
    fair, other = new_list(own, "Fair"), new_list(own, "Other")
    for each in (fair, other):
        added(own, each, asha, ravi)
    query = {"ListId": fair, "LeadID": asha}
    removed = [own.get(LISTS + "RemoveLeadFromStaticList", params=query) for _ in range(2)]
    assert [reply.json()["Message"] for reply in removed] == [
        {"AffectedRows": 1},
        {"AffectedRows": 0},
    ]
    assert (shown(own)["Fair"], shown(own)["Other"]) == ([ravi], [asha, ravi])
    own.get(LEADS + "Lead/Delete/ById", params={"leadId": ravi})
    assert (shown(own)["Fair"], shown(own)["Other"]) == ([], [asha])


def test_a_list_does_not_change_its_leads(own: httpx.Client) -> None:
    asha = lead(own)
    before = own.get("/_sandbox/leads").json()
    added(own, new_list(own, "Fair"), asha)
    assert own.get("/_sandbox/leads").json() == before


def test_members_are_read_when_the_lag_has_passed(start: Start) -> None:
    client = start("--lag", "3600", "--limit", "none")
    fair = new_list(client, "Fair")
    asha = lead(client)
    assert added(client, fair, asha) == "Successfully added 1 lead(s) to list"
    assert members(client, fair).json() == {"RecordCount": 0}
    client.post("/_sandbox/lag", content="0")
    assert members(client, fair).json()["RecordCount"] == 1


def test_calls_of_lists_and_deletions_count_against_the_limit(start: Start) -> None:
    client = start("--limit", "7/60s", "--throttle-as", "429")
    asha = lead(client)
    fair = new_list(client, "Fair")
    lists(client)
    added(client, fair, asha)
    members(client, fair)
    client.get(LISTS + "RemoveLeadFromStaticList", params={"ListId": fair, "LeadID": asha})
    deletion = client.get(LEADS + "Lead/Delete/ById", params={"leadId": asha})
    assert (deletion.status_code, create(client, "More").status_code) == (200, 429)
    assert client.get("/_sandbox/totals").json()["calls"] == {
        "Lead.Create": 1,
        "CreateEmptyList": 2,
        "Lists.Get": 1,
        "AddLeadsToStaticList": 1,
        "Leads/Retrieve/BySearchParameter": 1,
        "RemoveLeadFromStaticList": 1,
        "Lead/Delete/ById": 1,
    }


# What goes wrong


def test_list500_does_nothing_on_the_calls_that_write_lists_alone(own: httpx.Client) -> None:
    asha, fair = lead(own), new_list(own, "Fair")
    own.post("/_sandbox/faults", content="list500=100%")
    query = {"ListId": fair, "LeadID": asha}
    replies = [
        create(own, "Other"),
        add(own, fair, [asha]),
        own.get(LISTS + "RemoveLeadFromStaticList", params=query),
    ]
    assert {(each.status_code, each.text) for each in replies} == {(500, "Unable to Connect to DB")}
    assert shown(own) == {"Starred Leads": [], "Engaged Leads": [], "Fair": []}
    assert (len(lists(own)), members(own, fair).status_code) == (3, 200)
    assert own.get(LEADS + "Lead/Delete/ById", params={"leadId": asha}).status_code == 200


def test_listdrop_does_it_and_gives_no_reply(own: httpx.Client) -> None:
    asha, fair = lead(own), new_list(own, "Fair")
    own.post("/_sandbox/faults", content="listdrop=100%")
    with pytest.raises(httpx.RemoteProtocolError):
        create(own, "Other")
    with pytest.raises(httpx.RemoteProtocolError):
        add(own, fair, [asha])
    assert shown(own) == {"Starred Leads": [], "Engaged Leads": [], "Fair": [asha], "Other": []}
    assert own.get("/_sandbox/totals").json()["faults"] == {"listdrop": 2}


def test_delete500_deletes_nothing_and_deletedrop_tells_nothing(own: httpx.Client) -> None:
    asha, fair = lead(own), new_list(own, "Fair")
    query = {"leadId": asha}
    own.post("/_sandbox/faults", content="delete500=100%")
    reply = own.get(LEADS + "Lead/Delete/ById", params=query)
    assert (reply.status_code, reply.text) == (500, "Unable to Connect to DB")
    assert added(own, fair, asha) == "Successfully added 1 lead(s) to list"
    own.post("/_sandbox/faults", content="deletedrop=100%")
    with pytest.raises(httpx.RemoteProtocolError):
        own.get(LEADS + "Lead/Delete/ById", params=query)
    assert (own.get("/_sandbox/leads").json(), shown(own)["Fair"]) == ([], [])
    assert own.get("/_sandbox/totals").json()["faults"] == {"delete500": 1, "deletedrop": 1}


@pytest.mark.parametrize(("deletion", "status"), [("off", 500), ("403", 403)])
def test_deletion_that_is_not_enabled_is_refused(start: Start, deletion: str, status: int) -> None:
    client = start("--deletion", deletion)
    reply = client.get(LEADS + "Lead/Delete/ById", params={"leadId": lead(client)})
    assert refusal(reply) == (
        status,
        "MXNotAllowedException",
        "Lead delete API is not enabled for your account",
    )
    assert len(client.get("/_sandbox/leads").json()) == 1


def test_deletion_may_be_a_path_that_is_not_there(start: Start) -> None:
    client = start("--deletion", "404")
    query = {"leadId": lead(client)}
    gone = client.get(LEADS + "Lead/Delete/ById", params=query)
    unknown = client.get(LEADS + "Lead/Delete/ByNumber", params=query)
    assert (gone.status_code, gone.text) == (unknown.status_code, unknown.text)
    totals = client.get("/_sandbox/totals").json()
    assert (totals["leads"], totals["refused"], totals["max_in_window"]) == (1, {"HTTP 404": 1}, 2)
