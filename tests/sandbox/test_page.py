"""What the sandbox shows a person: its live page as it is served, and a page of each lead."""

import time
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import httpx
import pytest

from importer.sandbox.account import Account, User
from importer.sandbox.lists import Lists
from importer.sandbox.page import Pages
from importer.sandbox.records import Record
from importer.sandbox.totals import Totals
from importer.sandbox.window import Window

LEADS = "/v2/LeadManagement.svc/"
DETAILS = "/LeadManagement/LeadDetails"
NASTY = "</td><script>window.ran = 1</script><img src=x onerror=run()>&\"'"
Start = Callable[..., httpx.Client]


class Elements(HTMLParser):
    """The names of the elements, in order, and all texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def create(client: httpx.Client, **values: str) -> str:
    lead = [{"Attribute": name, "Value": value} for name, value in values.items()]
    reply = client.post(LEADS + "Lead.Create", json=lead)
    assert reply.status_code == 200, reply.text
    return str(reply.json()["Message"]["Id"])


def bare(client: httpx.Client, path: str, **query: str) -> httpx.Response:
    """As a browser asks: without keys."""
    with httpx.Client(base_url=client.base_url, trust_env=False) as browser:
        return browser.get(path, params=query)


def state(client: httpx.Client) -> Any:
    reply = bare(client, "/_sandbox/page")
    assert (reply.status_code, reply.headers["content-type"]) == (
        200,
        "application/json; charset=utf-8",
    )
    return reply.json()


@pytest.mark.parametrize(
    ("path", "media", "start"),
    [
        ("/", "text/html; charset=utf-8", "<!doctype html>"),
        ("/page.css", "text/css; charset=utf-8", ":root {"),
        ("/page.js", "text/javascript; charset=utf-8", '"use strict";'),
    ],
)
def test_the_page_needs_no_keys_and_runs_nothing_but_its_own(
    api: httpx.Client, path: str, media: str, start: str
) -> None:
    reply = bare(api, path)
    assert (reply.status_code, reply.text[: len(start)]) == (200, start)
    headers = ("content-type", "x-content-type-options", "referrer-policy", "cache-control")
    assert [reply.headers[name] for name in headers] == [
        media,
        "nosniff",
        "no-referrer",
        "no-store",
    ]
    assert reply.headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
        " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def test_the_page_asks_no_other_place_for_anything(api: httpx.Client) -> None:
    page, style, script = (bare(api, path).text for path in ("/", "/page.css", "/page.js"))
    assert "http" not in page + style + script
    assert "//" not in page + style
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval", "document.write"):
        assert way not in script
    found = Elements(page)
    assert not [name for name in found.attributes if name == "style" or name.startswith("on")]
    assert found.names.count("script") == 1
    assert "style" not in found.names


def test_the_page_tells_a_newcomer_what_to_run(api: httpx.Client) -> None:
    words = " ".join("".join(Elements(bare(api, "/").text).texts).split())
    assert "put export before each of the three lines that importer sandbox printed" in words
    assert "importer run sample_data/trade_show.csv -m mappings/marketing_list.yaml" in words


def test_the_page_has_its_landmarks_and_one_live_region(api: httpx.Client) -> None:
    page = bare(api, "/").text
    names = Elements(page).names
    assert [names.count(each) for each in ("header", "main", "h1")] == [1, 1, 1]
    assert page.count('role="status"') == 1
    assert "aria-live" not in page
    assert names.count("table") == names.count("thead") == 5
    assert page.count("<th ") == page.count('scope="col"')


def test_the_state_of_a_new_sandbox_is_empty(start: Start) -> None:
    assert state(start()) == {
        "leads": 0,
        "last": [],
        "calls": {},
        "refused": {},
        "throttled": 0,
        "faults": {},
        "window": {"now": 0, "most": 0, "limit": 25, "seconds": 5.0},
        "lists": [
            {"name": "Engaged Leads", "type": "dynamic", "members": 0},
            {"name": "Starred Leads", "type": "static", "members": 0},
        ],
        "more_lists": 0,
    }


def test_the_state_tells_what_came_in(start: Start) -> None:
    client = start("--limit", "4/60s", "--throttle-as", "429", "--fault", "commit500=0%")
    asha = create(
        client,
        FirstName="Asha",
        LastName="Rao",
        EmailAddress="a@example.com",
        Phone="+91-9811112222",
        Source="Trade Show",
    )
    ravi = create(client, LastName="Kumar", Mobile="+91-9811113333")
    again = [{"Attribute": "EmailAddress", "Value": "a@example.com"}]
    assert client.post(LEADS + "Lead.Create", json=again).status_code == 500
    client.post("/_sandbox/faults", content="bare500=100%")
    statuses = [client.post(LEADS + "Lead.Create", json=again).status_code for _ in range(2)]
    assert statuses == [500, 429]
    seen = state(client)
    made = [lead["CreatedOn"] for lead in client.get("/_sandbox/leads").json()]
    assert seen["last"] == [
        {
            "id": ravi,
            "name": "Kumar",
            "email": "",
            "phone": "+91-9811113333",
            "source": "",
            "at": f"{made[1].replace(' ', 'T')}Z",
        },
        {
            "id": asha,
            "name": "Asha Rao",
            "email": "a@example.com",
            "phone": "+91-9811112222",
            "source": "Trade Show",
            "at": f"{made[0].replace(' ', 'T')}Z",
        },
    ]
    assert {name: seen[name] for name in ("leads", "calls", "refused", "throttled", "faults")} == {
        "leads": 2,
        "calls": {"Lead.Create": 5},
        "refused": {"MXDuplicateEntryException": 1},
        "throttled": 1,
        "faults": {"bare500": 1},
    }
    assert seen["window"] == {"now": 4, "most": 4, "limit": 4, "seconds": 60.0}


def test_without_a_limit_the_state_names_none(start: Start) -> None:
    assert state(start("--limit", "none"))["window"] == {
        "now": 0,
        "most": 0,
        "limit": None,
        "seconds": 5.0,
    }


def pages() -> Pages:
    account = Account(User.of_seed(0, "org"))
    return Pages(account, Lists(account), Totals(), Window((25, 5.0)))


def test_the_state_has_the_last_25_leads_and_50_lists_newest_first() -> None:
    shown = pages()
    for number in range(60):
        shown.account.create(Record({"FirstName": f"Asha {number}"}, {}))
        shown.lists.create(f"List {number}", "")
    seen = shown.state()
    assert [each["name"] for each in seen["last"]] == [f"Asha {n}" for n in range(59, 34, -1)]
    assert [each["name"] for each in seen["lists"]] == [f"List {n}" for n in range(59, 9, -1)]
    assert (seen["leads"], seen["more_lists"]) == (60, 12)


def test_the_state_costs_no_more_where_there_are_many_leads() -> None:
    few, many = pages(), pages()
    for number in range(25):
        few.account.create(Record({"FirstName": f"Asha {number}"}, {}))
    for number in range(20_000):
        many.account.create(Record({"FirstName": f"Asha {number}"}, {}))

    def took(shown: Pages) -> float:
        began = time.perf_counter()
        shown.state()
        return time.perf_counter() - began

    assert min(took(many) for _ in range(20)) < 10 * min(took(few) for _ in range(20))


def test_a_call_that_has_left_the_window_is_no_longer_in_the_state() -> None:
    shown = pages()
    now = time.monotonic()
    for ago_s in (6, 5.1, 1):
        shown.window.count(now - ago_s)
    window = shown.state()["window"]
    assert (window["now"], window["most"]) == (1, 3)


# A lead's own page


def test_a_leads_page_shows_its_fields_and_lists(api: httpx.Client) -> None:
    kyc = {"Attribute": "mx_KYC", "Value": "", "Fields": [{"Attribute": "Status", "Value": "OK"}]}
    name = {"Attribute": "FirstName", "Value": "Asha"}
    reply = api.post(LEADS + "Lead.Create", json=[name, kyc])
    lead_id = reply.json()["Message"]["Id"]
    made = api.post("/v2/LeadSegmentation.svc/CreateEmptyList", json={"Name": "Fair <b>"}).json()
    body = {"listId": made["Message"]["Id"], "leadIds": [lead_id]}
    api.post("/v2/LeadSegmentation.svc/AddLeadsToStaticList", json=body)
    page = bare(api, DETAILS, LeadID=lead_id.upper())
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    texts = [text for text in Elements(page.text).texts if text.strip()]
    assert texts[0] == "Asha – the sandbox"
    assert texts[texts.index("On the lists: ") + 1] == "Fair <b>"
    fields = dict(pairwise(texts))
    assert (fields["ProspectID"], fields["FirstName"]) == (lead_id, "Asha")
    assert (fields["mx_KYC: Status"], "LastName" in fields) == ("OK", False)


def test_no_value_of_a_lead_becomes_an_element(api: httpx.Client) -> None:
    plain = bare(api, DETAILS, LeadID=create(api, FirstName="Asha", LastName="Rao", Notes="a"))
    values = {"FirstName": NASTY, "LastName": "$title $content", "Notes": NASTY}
    nasty = bare(api, DETAILS, LeadID=create(api, **values))
    assert Elements(nasty.text).names == Elements(plain.text).names
    assert Elements(nasty.text).texts.count(NASTY) == 2
    assert f"{NASTY} $title $content" in Elements(nasty.text).texts


def test_a_sign_that_turns_or_hides_others_stands_as_its_escape(api: httpx.Client) -> None:
    turned = {"LastName": "\u202egnp.exe", "Notes": "one\ntwo\x1b[31m \u00a0\U000e0001"}
    page = bare(api, DETAILS, LeadID=create(api, FirstName="क्\u200dष 王\u3000五", **turned)).text
    texts = Elements(page).texts
    assert texts.count("\\u202egnp.exe") == 1
    assert texts.count("क्\u200dष 王\u3000五 \\u202egnp.exe") == 1, "the heading"
    assert texts.count("one\ntwo\\x1b[31m \\xa0\\U000e0001") == 1
    assert not {*"\u202e\x1b\u00a0\U000e0001"} & {*page}


def test_both_pages_say_what_their_times_are(api: httpx.Client) -> None:
    assert "times are this computer’s, those of a lead’s own page UTC" in bare(api, "/page.js").text
    assert "all times are UTC" in bare(api, DETAILS, LeadID=create(api, FirstName="Asha")).text


def test_half_of_a_character_breaks_no_page(api: httpx.Client) -> None:
    body = b'[{"Attribute":"FirstName","Value":"Asha \\ud83d"}]'
    reply = api.post(
        LEADS + "Lead.Create", content=body, headers={"Content-Type": "application/json"}
    )
    lead_id = reply.json()["Message"]["Id"]
    assert state(api)["last"][0]["name"] == "Asha \ud83d"
    assert bare(api, DETAILS, LeadID=lead_id).status_code == 200


@pytest.mark.parametrize("query", [{}, {"LeadID": "<b>no"}, {"LeadID": ""}])
def test_a_lead_that_is_not_there_is_said_in_words(
    api: httpx.Client, query: dict[str, str]
) -> None:
    page = bare(api, DETAILS, **query)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    found = Elements(page.text)
    words = " ".join("".join(found.texts).split())
    assert "There is no such lead" in words
    assert f"No lead here has the Id that the address names: {query.get('LeadID') or '(none)'}" in (
        words
    )
    assert "b" not in found.names


def test_pages_are_only_looked_at(api: httpx.Client) -> None:
    paths = ("/", "/page.css", "/page.js", DETAILS, "/_sandbox/page")
    assert [api.post(path).status_code for path in paths] == [405] * 5
    assert bare(api, "/page.html").status_code == 404


def test_pages_take_no_place_in_the_limit_and_are_not_counted(start: Start) -> None:
    client = start("--limit", "1/60s")
    for path in ("/", DETAILS, "/_sandbox/page"):
        bare(client, path)
    seen = client.get("/_sandbox/totals").json()
    assert (seen["calls"], seen["max_in_window"]) == ({}, 0)
    assert client.get("/v2/Authentication.svc/UserByAccessKey.Get").status_code == 200


def test_a_lead_is_where_the_profile_says_that_the_web_application_is(api: httpx.Client) -> None:
    profile = api.get("/v2/Authentication.svc/UserByAccessKey.Get").json()
    urls = profile["LSQCommonServiceURLs"]
    assert urls["app"] == urls["web"] == api.base_url.netloc.decode()
    page = bare(api, DETAILS, LeadID=create(api, FirstName="Asha"))
    assert page.status_code == 200
