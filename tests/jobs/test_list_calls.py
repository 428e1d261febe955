"""What is asked of an account about its lists, and what it comes to where it refuses."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import httpx
import pytest

from importer.errors import ApiError, ImporterError, ResumableError
from importer.jobs.list_calls import ListCalls
from tests.jobs.list_account import STALE, ListAccount, connection_to, ids, refusal

Found = TypeVar("Found")
LEADS = ids(range(25))
REFUSED = ("MXInvalidInputException", STALE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def asked(account: ListAccount, folder: Path, ask: Callable[[ListCalls], Found]) -> Found:
    with connection_to(account, folder) as connection:
        return ask(ListCalls(connection, lambda _: None, lambda _: lambda _: None))


def found(account: ListAccount, folder: Path, name: str, *, in_all: bool = False) -> str | None:
    shown = asked(account, folder, lambda calls: calls.find(name, in_all=in_all))
    return f"{shown.name}: {shown.kind}" if shown else None


# Finding


def test_a_static_list_is_found_by_one_call(folder: Path) -> None:
    account = ListAccount({"Trade Show": "static"})
    assert found(account, folder, "Trade Show") == "Trade Show: static"
    assert account.calls == {"Lists.Get": 1}


def test_a_name_is_compared_as_the_account_would(folder: Path) -> None:
    lists = {"Trade Show 2026": "static", "trade show": "static", " Trade Show": "static"}
    assert found(ListAccount(lists), folder, "TRADE SHOW") == "trade show: static"
    assert found(ListAccount(lists), folder, "Trade") is None


def test_of_two_the_one_that_is_written_alike_is_meant(folder: Path) -> None:
    lists = {"trade show": "static", "Trade Show": "static"}
    assert found(ListAccount(lists), folder, "Trade Show") == "Trade Show: static"


def test_a_list_on_a_later_page_is_found(folder: Path) -> None:
    lists = dict.fromkeys(("Show 1", "Show 2", "Show 3", "Show 4", "Show"), "static")
    account = ListAccount(lists)
    assert found(account, folder, "Show") == "Show: static"
    assert account.calls == {"Lists.Get": 3}


def test_an_account_that_shows_the_same_page_again_is_asked_no_more(folder: Path) -> None:
    account = ListAccount()
    page = [{"ListId": account.id_of("Show 1"), "ListName": "Show 1", "ListType": "static"}]
    account.answers["Lists.Get"] = lambda _: httpx.Response(200, json=page)
    assert found(account, folder, "Show") is None
    assert account.calls == {"Lists.Get": 6}, "twice for each kind"


def test_a_dynamic_list_is_found_where_no_static_one_has_the_name(folder: Path) -> None:
    assert found(ListAccount({"Hot": "dynamic"}), folder, "hot") == "Hot: dynamic"
    both = ListAccount({"Hot": "dynamic", "hot": "static"})
    assert found(both, folder, "Hot") == "hot: static"


def test_an_account_without_the_other_kinds_has_no_such_list(folder: Path) -> None:
    account = ListAccount()
    account.answers["Lists.Get"] = lambda request: (
        None if request.url.params["ListType"] == "0" else httpx.Response(404)
    )
    assert found(account, folder, "Hot") is None


def test_lists_are_looked_through_where_the_search_does_not_find(folder: Path) -> None:
    account = ListAccount({"Other": "static", "Show": "static"})
    account.is_searchable = False
    assert found(account, folder, "Show") is None
    assert found(account, folder, "Show", in_all=True) == "Show: static"


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (
            refusal("MXInvalidInputException", "No access."),
            "api.x.com does not show its lists: MXInvalidInputException, No access",
        ),
        (httpx.Response(403, text="no"), "api.x.com forbids this call: no"),
        (
            httpx.Response(404),
            "api.x.com does not offer the LeadSquared API: HTTP 404",
        ),
    ],
)
def test_an_account_that_does_not_show_its_lists_is_an_error(
    folder: Path, answer: httpx.Response, what: str
) -> None:
    account = ListAccount()
    account.answers["Lists.Get"] = lambda _: answer
    with pytest.raises(ApiError) as caught:
        found(account, folder, "Show")
    assert caught.value.what == what


# Making


def made(account: ListAccount, folder: Path, name: str) -> UUID | None:
    return asked(account, folder, lambda calls: calls.make(name))


def test_a_new_list_has_its_id_and_one_that_is_there_none(folder: Path) -> None:
    account = ListAccount()
    assert str(made(account, folder, "Show")) == account.id_of("Show")
    assert made(account, folder, "show") is None


@pytest.mark.parametrize(
    ("answer", "error", "what"),
    [
        (
            refusal("MXXSSException", "Potentially dangerous."),
            ApiError,
            'api.x.com does not make the list "<b>": MXXSSException, Potentially dangerous',
        ),
        (
            httpx.Response(200, text="<html>"),
            ResumableError,
            "api.x.com answers about a list as LeadSquared does not: HTTP 200, <html>",
        ),
    ],
)
def test_a_list_that_is_not_made_is_an_error(
    folder: Path, answer: httpx.Response, error: type[ImporterError], what: str
) -> None:
    account = ListAccount()
    account.answers["CreateEmptyList"] = lambda _: answer
    with pytest.raises(error) as caught:
        made(account, folder, "<b>")
    assert caught.value.what == what


# Adding


def added(
    account: ListAccount, folder: Path, leads: list[UUID] = LEADS
) -> dict[UUID, tuple[str, str]]:
    list_id = UUID(account.id_of("Show"))
    return asked(account, folder, lambda calls: calls.add(list_id, leads))


@pytest.fixture
def account() -> ListAccount:
    return ListAccount({"Show": "static"})


def test_leads_are_added_by_one_call(account: ListAccount, folder: Path) -> None:
    assert added(account, folder) == {}
    assert (account.members["Show"], account.calls) == ({*LEADS}, {"AddLeadsToStaticList": 1})


def test_leads_that_are_gone_are_told_and_the_rest_is_added(
    account: ListAccount, folder: Path
) -> None:
    account.deleted = {LEADS[3], LEADS[20]}
    assert added(account, folder) == dict.fromkeys([LEADS[3], LEADS[20]], REFUSED)
    assert account.members["Show"] == {*LEADS} - account.deleted
    assert account.sizes == [25, 23]


def test_where_all_are_gone_nothing_is_tried_again(account: ListAccount, folder: Path) -> None:
    account.deleted = {*LEADS}
    assert added(account, folder) == dict.fromkeys(LEADS, REFUSED)
    assert account.sizes == [25]


def test_a_lead_that_is_there_and_refused_is_found_by_halves(
    account: ListAccount, folder: Path
) -> None:
    account.unfit, account.deleted = {LEADS[7], LEADS[24]}, {LEADS[0]}
    wrong = [LEADS[0], LEADS[7], LEADS[24]]
    assert added(account, folder) == dict.fromkeys(wrong, REFUSED)
    assert account.members["Show"] == {*LEADS} - {*wrong}
    assert len(account.sizes) <= 18


def test_an_account_whose_leads_cannot_be_read_is_taken_apart_too(
    account: ListAccount, folder: Path
) -> None:
    account.deleted = {LEADS[7]}
    for name in ("Leads/Retrieve/ByIds", "Leads.GetById"):
        account.answers[name] = lambda _: httpx.Response(403, text="no")
    assert added(account, folder) == {LEADS[7]: REFUSED}
    assert account.members["Show"] == {*LEADS} - {LEADS[7]}


def test_an_account_that_refuses_every_lead_is_an_error_soon(
    account: ListAccount, folder: Path
) -> None:
    account.unfit = {*LEADS}
    with pytest.raises(ApiError) as caught:
        added(account, folder)
    assert caught.value.what == (
        f"api.x.com adds no lead to the list: MXInvalidInputException, {STALE}"
    )
    assert len(account.sizes) <= 25


def test_a_few_leads_that_are_all_refused_are_no_fault_of_the_account(
    account: ListAccount, folder: Path
) -> None:
    account.unfit = {*LEADS}
    assert added(account, folder, LEADS[:4]) == dict.fromkeys(LEADS[:4], REFUSED)


def test_the_bad_leads_of_a_call_do_not_stand_for_the_account(
    account: ListAccount, folder: Path
) -> None:
    account.unfit = {*LEADS[:8]}
    assert added(account, folder) == dict.fromkeys(LEADS[:8], REFUSED)
    assert account.members["Show"] == {*LEADS[8:]}


@pytest.mark.parametrize(
    "answer", [httpx.Response(200, text="<html>"), httpx.Response(502, text="<html>")]
)
def test_a_reply_that_proves_nothing_adds_nothing_and_refuses_nothing(
    account: ListAccount, folder: Path, answer: httpx.Response
) -> None:
    account.answers["AddLeadsToStaticList"] = lambda _: answer
    with pytest.raises(ResumableError):
        added(account, folder)


def test_a_lost_reply_is_followed_by_the_same_call(account: ListAccount, folder: Path) -> None:
    lost = [httpx.ReadError("reset"), httpx.ReadError("reset")]

    def lose(_: httpx.Request) -> None:
        if lost:
            raise lost.pop()

    account.answers["AddLeadsToStaticList"] = lose
    assert added(account, folder) == {}
    assert account.calls == {"AddLeadsToStaticList": 3}
