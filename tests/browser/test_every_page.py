"""What every page of the product keeps to, whoever looks at it, and whatever stands in a list.

A page is loaded once a view, and the tests here look at it in the order in which they stand: those
come first that must find it as it was loaded.
"""

from pathlib import Path

import pytest

from tests.browser.axe import barriers
from tests.browser.complaints import complaints
from tests.browser.devtools import Browser, Page
from tests.browser.hostile import AWAY
from tests.browser.looks import MISSED, OPEN_ALL, PALE, stops, wanted_stops
from tests.browser.pages import LIGHT_VIEWS, PAGES, VIEWS, Described, View
from tests.browser.pictures import HIGHEST, look_at

every_view = pytest.mark.parametrize("view", VIEWS, ids=str, scope="session")
every_light_view = pytest.mark.parametrize("view", LIGHT_VIEWS, ids=str, scope="session")
every_page = pytest.mark.parametrize("described", PAGES, ids=str, scope="session")

FEWEST_COLOURS = 50  # a text alone has more, as its edges are smoothed
WIDTHS = (320, 390, 768, 1280)
# All that a cell could have brought in; our own pages have none of these.
BROUGHT_IN = (
    "img, iframe, a[href^='javascript:'], base, object, embed, [style]:not({styled}),"
    " meta[http-equiv=refresh]"
)
HANDLERS = (
    "[...document.querySelectorAll('*')].filter("
    "each => each.getAttributeNames().some(name => name.startsWith('on'))).length"
)
ONCE = "['h1', 'main', 'head > title'].map(each => document.querySelectorAll(each).length)"


def assert_nothing_came_in(shown: Page, described: Described) -> None:
    asked = [each["request"]["url"] for each in shown.events("Network.requestWillBeSent")]
    assert asked
    assert [each for each in asked if each.startswith(AWAY)] == []
    assert shown.value("window.ran") is None
    brought_in = BROUGHT_IN.format(styled=described.styled)
    assert shown.value(f'document.querySelectorAll("{brought_in}").length') == 0
    assert shown.value(HANDLERS) == 0
    assert shown.value(ONCE) == [1, 1, 1]


@every_view
def test_the_browser_has_nothing_to_complain_of(shown: Page) -> None:
    assert complaints(shown) == []


@every_view
def test_every_text_can_be_read(shown: Page) -> None:
    pale = shown.value(PALE)
    assert pale["found"] == []
    assert pale["texts"] > 20


@every_view
def test_axe_finds_nothing_that_keeps_people_out(shown: Page, axe: str) -> None:
    assert barriers(axe, shown) == []


@every_view
def test_it_is_pictured(shown: Page, view: View, browser: Browser, pictures: Path) -> None:
    picture = shown.screenshot()
    (pictures / f"{view}.png").write_bytes(picture)
    look = look_at(picture, browser)
    assert look.width == view.width
    assert view.height <= look.height <= HIGHEST
    assert look.colours > FEWEST_COLOURS
    assert look.ground > 200 if view.scheme == "light" else look.ground < 60


@every_light_view
def test_tab_stops_at_all_that_can_be_used_in_order_and_is_seen_there(shown: Page) -> None:
    shown.call("Page.bringToFront")
    wanted = wanted_stops(shown)
    found = stops(shown, len(wanted))
    assert [each["number"] for each in found] == [*range(len(wanted))], wanted
    assert [wanted[each["number"]] for each in found if not each["ringed"]] == []
    assert [wanted[each["number"]] for each in found if not each["inView"]] == []


@every_light_view
def test_nothing_of_a_cell_runs_or_becomes_an_element(shown: Page, view: View) -> None:
    """All of it was laid open, and had the focus."""
    assert_nothing_came_in(shown, view.described)


@every_light_view
def test_no_page_scrolls_sideways(shown: Page, view: View) -> None:
    """As it was loaded, and as its window or phone is turned or made another size."""
    for width in (view.width, *WIDTHS):
        shown.resize(width, view.height)
        assert shown.value("document.documentElement.scrollWidth") == width


# What needs a page of its own


@every_page
def test_without_scripts_nothing_of_a_cell_becomes_an_element(
    browser: Browser, described: Described, address: Path | str
) -> None:
    with browser.page(address, scripts=False) as shown:
        shown.value(OPEN_ALL)
        assert_nothing_came_in(shown, described)


@every_page
def test_the_policy_of_the_page_stops_what_an_escape_missed(
    browser: Browser, described: Described, address: Path | str
) -> None:
    with browser.page(address) as shown:
        shown.value(MISSED)
        told = complaints(shown)
        assert shown.value("window.ran") is None
        assert shown.value("getComputedStyle(document.body).display") != "none"
        refused = [each for each in told if "ContentSecurityPolicyIssue" in each]
        for directive in ("script-src", "style-src", "img-src"):
            assert [each for each in refused if directive in each], (described.name, directive)
