"""The page of a preview as people meet it: with a keyboard, on a phone, in the dark, on paper; and
of a list that is made to do harm."""

import socket
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.browser.devtools import Browser, Page
from tests.browser.hostile import RAN
from tests.browser.looks import FOCUSED, OPEN_ALL, PALE, WIDER

COMPLAINTS = (
    "Page.javascriptDialogOpening",
    "Runtime.exceptionThrown",
    "Runtime.consoleAPICalled",
    "Log.entryAdded",
    "Audits.issueAdded",
    "Page.frameAttached",
    "Page.downloadWillBegin",
)
TABS = 80  # more than the page has stops


def stops(page: Page) -> list[dict[str, Any]]:
    """What Tab reaches, in order, until it leaves the page."""
    found: list[dict[str, Any]] = []
    for _ in range(TABS):
        page.press("Tab")
        focused = page.value(FOCUSED) if page.value("document.hasFocus()") else {"tag": "BODY"}
        if focused["tag"] == "BODY":
            break
        found.append(focused)
    return found


def requests(listener: socket.socket) -> list[bytes]:
    """What has come in. Chromium connects before it knows that it may not ask: that is none."""
    found = []
    with listener, suppress(BlockingIOError):
        while True:
            connection, _ = listener.accept()
            with connection, suppress(BlockingIOError):
                connection.setblocking(False)
                found.append(connection.recv(1_000))
    return [each for each in found if each]


# A list that is made to do harm


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_of_a_list_runs_reaches_out_or_becomes_an_element(
    browser: Browser, page: Path, scripts: bool
) -> None:
    with browser.page(page, scripts=scripts) as shown:
        shown.value(OPEN_ALL)
        sent = [each["request"]["url"] for each in shown.events("Network.requestWillBeSent")]
        assert sent == [page.as_uri()]
        assert shown.events(*COMPLAINTS) == []
        assert shown.value("window.ran") is None
        strange = "img, iframe, a[href^=javascript], base, link, form, object, embed, [style]"
        assert shown.value(f"document.querySelectorAll('{strange}').length") == 0
        assert shown.value("['script', 'style', 'h1', 'main', 'title'].map(each => "
                           "document.querySelectorAll(each).length)") == [1] * 5  # fmt: skip
        handlers = "[...document.querySelectorAll('*')].filter(each => each.getAttributeNames()"
        assert shown.value(f"{handlers}.some(name => name.startsWith('on'))).length") == 0


def test_what_hides_or_turns_text_is_seen_and_a_long_cell_is_cut(
    browser: Browser, page: Path
) -> None:
    with browser.page(page) as shown:
        text = shown.value("document.body.textContent")
    for seen in ("a \\u202egpj.exe", "\\u2066ltr", "bell \\x07 esc \\x1b[31m red", "two\\nlines"):
        assert seen in text
    for whole in ("שלום עולם", "नमस्ते", "👩‍🚀", "{{ 7 * 7 }}{% for x in y %}", "&lt;b&gt;"):
        assert whole in text
    assert "x" * 200 + "… and 99,800 more characters" in text
    assert "x" * 201 not in text
    assert not {sign for sign in text if sign in "\x07\x1b‮⁦"}


def test_what_an_escape_would_miss_is_stopped_by_the_policy(
    browser: Browser, page: Path, tmp_path: Path
) -> None:
    """An inline script, a handler, a style, and an image, each as if a cell had brought it."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    away = f"http://127.0.0.1:{listener.getsockname()[1]}/leak"
    evil = (
        f"<script>{RAN}</script><img src=x onerror='{RAN}'><a href=\"javascript:{RAN}\" id=evil>"
        "<p style='position: fixed'><style>body { display: none }</style>"
        f"<img src='{away}'><iframe src='{away}'></iframe>"
    )
    spoilt = tmp_path / "spoilt.html"
    text = page.read_text(encoding="utf-8")
    spoilt.write_text(text.replace("</main>", f"{evil}</main>"), encoding="utf-8")
    with browser.page(spoilt) as shown:
        shown.value("document.getElementById('evil').click()")
        assert shown.value("window.ran") is None
        assert shown.value("getComputedStyle(document.body).display") == "block"
        issues = [each["issue"]["code"] for each in shown.events("Audits.issueAdded")]
        assert "ContentSecurityPolicyIssue" in issues
    assert requests(listener) == []


# A phone, the dark, paper


@pytest.mark.parametrize("width", [320, 390, 768])
def test_the_page_itself_never_scrolls_sideways(browser: Browser, page: Path, width: int) -> None:
    with browser.page(page, width=width) as shown:
        shown.value(OPEN_ALL)
        assert shown.value("window.innerWidth") == width
        assert shown.value(WIDER) <= 0
        wide = (
            "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth)"
        )
        assert shown.value(f"{wide}.length") > 0
        assert shown.value(f"{wide}.every(e => e.tabIndex === 0)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(browser: Browser, page: Path, scheme: str) -> None:
    with browser.page(page, scheme=scheme) as shown:
        shown.value(OPEN_ALL)
        pale = shown.value(PALE)
        assert pale["found"] == []
        assert pale["texts"] > 1_000
        ground = shown.value("getComputedStyle(document.body).backgroundColor")
        assert ground == {"light": "rgb(251, 251, 250)", "dark": "rgb(21, 23, 26)"}[scheme]


def test_on_paper_it_is_dark_on_white_without_what_only_a_screen_needs(
    browser: Browser, page: Path
) -> None:
    with browser.page(page, scheme="dark") as shown:
        shown.call("Emulation.setEmulatedMedia", media="print")
        assert shown.value("getComputedStyle(document.body).backgroundColor") == (
            "rgb(255, 255, 255)"
        )
        assert shown.value("getComputedStyle(document.getElementById('filter')).display") == "none"
        assert shown.value(PALE)["found"] == []


# A keyboard alone


def test_tab_reaches_every_disclosure_and_each_stop_is_seen(browser: Browser, page: Path) -> None:
    with browser.page(page) as shown:
        found = stops(shown)
        wanted = shown.value("[...document.querySelectorAll('details')].map(each => each.id)")
    assert [each["of"] for each in found if each["tag"] == "SUMMARY"] == wanted
    assert len([each for each in wanted if each.startswith("problem-")]) == 4
    assert [each for each in found if each["outline"] < 2] == []


@pytest.mark.parametrize("key", ["Enter", " "])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_problem_leads_to_its_rows_by_key(
    browser: Browser, page: Path, key: str, scripts: bool
) -> None:
    with browser.page(page, scripts=scripts) as shown:
        problems = shown.value("document.querySelectorAll('[id^=problem-][id$=-rows]').length")
        for number in range(1, problems + 1):
            rows = f"document.getElementById('problem-{number}-rows')"
            seen = f"[...{rows}.querySelectorAll('tbody tr')].filter(e => e.checkVisibility())"
            while shown.value(FOCUSED)["of"] != f"problem-{number}-rows":
                shown.press("Tab")
                assert shown.value("document.activeElement !== document.body"), number
            assert shown.value(f"{seen}.length") == 0
            shown.press(key)
            assert shown.value(f"{rows}.open")
            all_rows = shown.value(f"{rows}.querySelectorAll('tbody tr').length")
            assert shown.value(f"{seen}.length") == all_rows > 0


def test_the_first_stop_skips_to_the_result(browser: Browser, page: Path) -> None:
    with browser.page(page) as shown:
        shown.press("Tab")
        box = "document.activeElement.getBoundingClientRect()"
        assert shown.value("document.activeElement.className") == "skip"
        assert shown.value(f"{box}.left >= 0 && {box}.top >= 0")
        shown.press("Enter")
        assert shown.value("document.activeElement.id") == "main"


def test_words_that_are_typed_leave_the_rows_that_have_them(browser: Browser, page: Path) -> None:
    with browser.page(page) as shown:
        shown.value("document.getElementById('words').focus()")
        shown.type("RAVI@")
        seen = "[...document.querySelectorAll('article tbody tr')].filter(e => e.checkVisibility())"
        assert shown.value(f"{seen}.map(e => e.cells[0].textContent)") == ["3"]
        said = shown.value("document.getElementById('hits').textContent")
        assert said.startswith("1 of ")
        shown.value("document.getElementById('words').select()")
        shown.call("Input.dispatchKeyEvent", type="keyDown", key="Delete", windowsVirtualKeyCode=46)
        assert shown.value("document.querySelectorAll('tr[hidden]').length") == 0


# For a reader that hears it


def test_it_is_built_so_that_it_can_be_heard(browser: Browser, page: Path) -> None:
    with browser.page(page) as shown:
        levels = shown.value(
            "[...document.querySelectorAll('h1, h2, h3, h4')].map(e => Number(e.tagName[1]))"
        )
        ids = shown.value("[...document.querySelectorAll('[id]')].map(e => e.id)")
        without = shown.value(
            "[...document.querySelectorAll('table')].filter(e => !e.caption || !e.tHead).length"
        )
        scopeless = shown.value("document.querySelectorAll('th:not([scope])').length")
        named = "aria-labelledby"
        lost = shown.value(
            f"[...document.querySelectorAll('[{named}]')].filter("
            f"e => !document.getElementById(e.getAttribute('{named}'))).length"
        )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [b - a for a, b in pairwise(levels) if b - a > 1] == []
    assert len(ids) == len({*ids})
    assert (without, scopeless, lost) == (0, 0, 0)
