import json
from typing import Any
from uuid import UUID

import pytest

from importer.delivery.leadsquared import Request
from importer.delivery.lists import (
    ShownList,
    add_leads,
    is_done,
    is_refused,
    is_same_name,
    is_taken,
    make_list,
    read_lists,
    read_made,
    refusal_of,
    search_lists,
)
from importer.delivery.replies import Reply
from tests.delivery.account import error_reply

LIST = UUID("11111111-2222-3333-4444-555555555555")
LEADS = [UUID(int=1), UUID(int=2)]
MANAGEMENT, SEGMENTS = "/v2/LeadManagement.svc", "/v2/LeadSegmentation.svc"
ADDED = {"Status": "Success", "Message": {"Message": "Successfully added 2 lead(s) to list"}}
STALE = error_reply(
    "MXInvalidInputException", "Records not associated with List where Entity Type didn't match."
)


def reply(body: Any, status: int = 200) -> Reply:
    return Reply(status, {}, json.dumps(body).encode())


# What is asked


def test_lists_are_searched_for_by_name_and_kind() -> None:
    params = {"PageIndex": "2", "ListType": "1", "SearchText": "A & B"}
    wanted = Request("Lists.Get", f"{MANAGEMENT}/Lists.Get", params=params)
    assert search_lists("A & B", "dynamic", 2) == wanted


def test_all_lists_are_asked_for_without_a_text() -> None:
    assert search_lists("", "static", 1).params == {"PageIndex": "1", "ListType": "0"}


def test_a_list_is_made_with_a_word_about_its_maker() -> None:
    body = '{"Name":"Messe München","Description":"Made by leadsquared-importer"}'
    path = f"{SEGMENTS}/CreateEmptyList"
    assert make_list("Messe München") == Request("CreateEmptyList", path, body.encode())


def test_leads_are_added_by_keys_in_lower_case() -> None:
    request = add_leads(LIST, LEADS)
    assert (request.name, request.path) == (
        "AddLeadsToStaticList", f"{SEGMENTS}/AddLeadsToStaticList",
    )  # fmt: skip
    assert json.loads(request.body or b"") == {
        "listId": str(LIST),
        "leadIds": ["00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"],
    }


# What the replies hold


def test_a_page_of_lists_is_read() -> None:
    found = read_lists(
        reply(
            [
                {"ListId": str(LIST), "ListName": " A ", "ListType": "Static", "MemberCount": 3},
                {"ListId": "none", "ListName": "B", "ListType": "static"},
                {"ListId": str(LEADS[0]), "ListName": None},
                "C",
            ]
        ),
        "dynamic",
    )
    assert found == [ShownList(LIST, " A ", "static"), ShownList(LEADS[0], "", "dynamic")]
    assert [each.is_static for each in found] == [True, False]


@pytest.mark.parametrize("told", [reply({}), reply(None), reply([], 500), STALE])
def test_what_is_no_page_of_lists_is_none(told: Reply) -> None:
    assert read_lists(told, "static") is None


def test_no_list_is_a_page_too() -> None:
    assert read_lists(reply([]), "static") == []


@pytest.mark.parametrize(
    ("told", "made"),
    [
        (reply({"Status": "Success", "Message": {"Id": str(LIST)}}), LIST),
        (reply({"Status": "Success", "Message": {"Id": str(UUID(int=0))}}), None),
        (reply({"Status": "Success", "Message": "made"}), None),
        (reply({"Status": "Error", "Message": {"Id": str(LIST)}}), None),
        (reply({"Status": "Success", "Message": {"Id": str(LIST)}}, 500), None),
    ],
)
def test_the_id_of_a_list_that_was_made_is_read(told: Reply, made: UUID | None) -> None:
    assert read_made(told) == made


@pytest.mark.parametrize(
    ("told", "done", "refused"),
    [
        (reply(ADDED), True, False),
        (reply(ADDED, 500), False, False),
        (STALE, False, True),
        (error_reply("MXInvalidInputException", "no", 200), False, True),
        (reply("no", 400), False, True),
        (Reply(200, {}, b"<html>maintenance</html>"), False, False),
        (reply({"Status": "Queued"}), False, False),
    ],
)
def test_a_call_was_done_or_refused_or_nothing_is_known(
    told: Reply, done: bool, refused: bool
) -> None:
    assert (is_done(told), is_refused(told)) == (done, refused)


@pytest.mark.parametrize(
    ("kind", "taken"),
    [
        ("MXDuplicateEntryException", True),
        ("MXDuplicateEntityNameException", True),
        ("MXXSSException", False),
    ],
)
def test_a_name_that_is_taken_is_known_by_the_type(kind: str, taken: bool) -> None:
    assert is_taken(error_reply(kind, "A List with same name already exists")) is taken


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (
            STALE,
            (
                "MXInvalidInputException",
                "Records not associated with List where Entity Type didn't match",
            ),
        ),
        (Reply(400, {}, b" Unexpected character. "), ("HTTP 400", "Unexpected character")),
    ],
)
def test_a_refusal_has_its_type_and_the_vendors_words(
    told: Reply, refusal: tuple[str, str]
) -> None:
    assert refusal_of(told) == refusal


@pytest.mark.parametrize("other", ["Trade Show", "trade show", " TRADE SHOW "])
def test_capitals_and_blanks_around_make_no_other_name(other: str) -> None:
    assert is_same_name("Trade Show", other)
    assert not is_same_name("Trade Show 2026", other)
