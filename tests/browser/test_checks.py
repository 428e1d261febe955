"""What every page is looked at with finds what it is for, in pages that are made to have it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.browser.axe import barriers
from tests.browser.complaints import complaints
from tests.browser.devtools import Browser
from tests.browser.looks import MISSED, PALE, stops, wanted_stops
from tests.browser.pictures import emptied, look_at

WELL = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A page that is well</title>
<!--head-->
</head>
<body style="background: #fff; color: #000">
<main><h1>A page that is well</h1><p>It has a text.</p><!--more--></main>
</body>
</html>
"""
POLICY = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"
# One blue dot.
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAA/wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="
Write = Callable[..., Path]


def html(more: str, head: str = "") -> str:
    return WELL.replace("<!--more-->", more).replace("<!--head-->", head)


@pytest.fixture
def page_with(tmp_path: Path) -> Write:
    """A file that is well but for what it has more."""

    def write(more: str, head: str = "") -> Path:
        file = tmp_path / "page.html"
        file.write_text(html(more, head), encoding="utf-8")
        return file

    return write


def test_a_page_that_is_well_has_nothing_found(
    browser: Browser, page_with: Write, axe: str
) -> None:
    with browser.page(page_with("")) as shown:
        assert complaints(shown) == []
        assert barriers(axe, shown) == []
        assert shown.value(PALE) == {"texts": 2, "found": []}
        assert shown.value("document.documentElement.scrollWidth") == 1000


# What keeps people out


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        (f"<img src='{DOT}'>", "image-alt"),
        ("<p style='color: #aaa'>Pale</p>", "color-contrast"),
        ("<input>", "label"),
        ("<button></button>", "button-name"),
        ("<table><tr><th></th></tr><tr><td>1</td></tr></table>", "empty-table-header"),
        ("<h4>Too deep</h4>", "heading-order"),
        ("<p style='overflow-x: scroll; width: 9rem; white-space: pre'>"
         "Words that need to be scrolled to</p>", "scrollable-region-focusable"),
    ],
)  # fmt: skip
def test_axe_finds(browser: Browser, page_with: Write, axe: str, more: str, rule: str) -> None:
    with browser.page(page_with(more)) as shown:
        (found,) = barriers(axe, shown)
    assert found.startswith(f"{rule} (")
    assert " at ['" in found
    assert "Fix " in found


def test_what_axe_cannot_tell_is_found_too(browser: Browser, page_with: Write, axe: str) -> None:
    more = f"<p style='background: url({DOT})'>On a picture</p>"
    with browser.page(page_with(more)) as shown:
        (found,) = barriers(axe, shown)
    assert found.startswith("cannot tell: color-contrast (serious) at ['p:nth-child(3)']")


def test_a_pale_text_is_found(browser: Browser, page_with: Write) -> None:
    with browser.page(page_with("<p style='color: #aaa'>Pale</p>")) as shown:
        assert shown.value(PALE) == {"texts": 3, "found": ["2.32 Pale"]}


def test_a_pale_letter_of_a_picture_is_found(browser: Browser, page_with: Write) -> None:
    more = "<svg><text y='20' fill='#aaa'>Pale</text><text y='40'>Dark</text></svg>"
    with browser.page(page_with(more)) as shown:
        assert shown.value(PALE) == {"texts": 4, "found": ["2.32 Pale"]}


def test_a_wide_page_is_found(browser: Browser, page_with: Write) -> None:
    more = "<p style='width: 60rem'>Wide</p>"
    with browser.page(page_with(more), width=390) as shown:
        assert shown.value("document.documentElement.scrollWidth") > 390


# The keyboard


def test_what_tab_misses_or_shows_badly_is_found(browser: Browser, page_with: Write) -> None:
    more = (
        "<a href='#'>Seen</a> <a href='#' style='outline: none'>Without a ring</a>"
        "<a href='#' style='position: fixed; left: -99rem'>Out of view</a>"
        "<button tabindex='3'>Out of turn</button>"
    )
    with browser.page(page_with(more)) as shown:
        wanted = wanted_stops(shown)
        found = stops(shown, len(wanted))
    assert [each["number"] for each in found] == [3, 0, 1, 2]
    assert [each["number"] for each in found if not each["ringed"]] == [1]
    assert [each["number"] for each in found if not each["inView"]] == [2]


# What a browser complains of


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("<script>console.error('planted', 7)</script>",
         "Runtime.consoleAPICalled: error ['planted', 7]"),
        ("<script>console.warn('planted')</script>",
         "Runtime.consoleAPICalled: warning ['planted']"),
        ("<script>throw new Error('planted')</script>",
         "Runtime.exceptionThrown: Error: planted"),
        ("<script>setTimeout(() => Promise.reject(new Error('planted')), 9)</script>",
         "Runtime.exceptionThrown: Error: planted"),
        ("<img src='no-such.png' alt=''>",
         "Network.loadingFailed: Image net::ERR_FILE_NOT_FOUND"),
        (f"<iframe src='{DOT}' title='A frame'></iframe>", "Page.frameAttached: "),
    ],
)  # fmt: skip
def test_a_complaint_is_kept(browser: Browser, page_with: Write, more: str, found: str) -> None:
    with browser.page(page_with(more)) as shown:
        told = complaints(shown)
    assert [each for each in told if each.startswith(found)], told


def test_a_reply_that_is_an_error_is_kept(browser: Browser) -> None:
    with served(html("<script>fetch('/missing')</script>")) as url, browser.page(url) as shown:
        told = complaints(shown)
    assert f"Network.responseReceived: 404 {url}missing" in told


def test_a_page_that_is_not_there_is_no_page(browser: Browser, tmp_path: Path) -> None:
    missing = tmp_path / "missing.html"
    told = pytest.raises(AssertionError, match=r"missing\.html: net::ERR_FILE_NOT_FOUND")
    with told, browser.page(missing):
        pass


@pytest.mark.parametrize(("policy", "ran"), [("", True), (POLICY, None)])
def test_without_a_policy_what_an_escape_missed_would_run(
    browser: Browser, page_with: Write, policy: str, ran: bool | None
) -> None:
    with browser.page(page_with("", policy)) as shown:
        shown.value(MISSED)
        told = complaints(shown)
        assert shown.value("window.ran") is ran
    assert any("ContentSecurityPolicyIssue" in each for each in told) is bool(policy)


@contextmanager
def served(text: str) -> Iterator[str]:
    """At /; all else is not found."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode() if self.path == "/" else b"")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


# Pictures


def test_a_picture_is_seen_to_be_blank_light_or_dark(browser: Browser, page_with: Write) -> None:
    hidden = "<style>body { display: none }</style>"
    with browser.page(page_with("", hidden), width=390) as shown:
        look = look_at(shown.screenshot(), browser)
    assert (look.width, look.height, look.colours, look.ground) == (390, 844, 1, 255)
    night = "<style>body { background: #000 !important; color: #fff !important }</style>"
    with browser.page(page_with("<p>Word</p>" * 99, night), width=390) as shown:
        look = look_at(shown.screenshot(), browser)
    assert look.height > 844
    assert (look.colours > 50, look.ground) == (True, 0)


def test_only_earlier_pictures_are_removed(tmp_path: Path) -> None:
    for name in ("report-390-dark.png", "live-1280-light.png", "mine.png", "390-dark.txt"):
        (tmp_path / name).touch()
    emptied(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["390-dark.txt", "mine.png"]
