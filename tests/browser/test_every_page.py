"""What every page of the product keeps to, whoever looks at it, and whatever stands in a list."""

from pathlib import Path

import pytest

from tests.browser.axe import barriers
from tests.browser.complaints import complaints
from tests.browser.devtools import Browser
from tests.browser.hostile import AWAY
from tests.browser.looks import MISSED, PALE, stops, wanted_stops
from tests.browser.pages import PAGES, Described
from tests.browser.pictures import HIGHEST, SCHEMES, SIZES, look_at

every_page = pytest.mark.parametrize(
    "described", PAGES, ids=lambda each: each.name, scope="session"
)
both_schemes = pytest.mark.parametrize("scheme", SCHEMES)
both_sizes = pytest.mark.parametrize(("width", "height"), SIZES)

FEWEST_COLOURS = 50  # a text alone has more, as its edges are smoothed
# All that a cell could have brought in; our own pages have none of these.
BROUGHT_IN = (
    "img, iframe, a[href^='javascript:'], base, object, embed, [style], meta[http-equiv=refresh]"
)
HANDLERS = (
    "[...document.querySelectorAll('*')].filter("
    "each => each.getAttributeNames().some(name => name.startsWith('on'))).length"
)
ONCE = "['h1', 'main', 'title'].map(each => document.querySelectorAll(each).length)"


@every_page
@both_schemes
def test_the_browser_has_nothing_to_complain_of(
    browser: Browser, described: Described, address: Path | str, scheme: str
) -> None:
    with browser.page(address, scheme=scheme) as shown:
        shown.value(described.opens)
        assert complaints(shown) == []


@every_page
@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_of_a_cell_runs_or_becomes_an_element(
    browser: Browser, described: Described, address: Path | str, scripts: bool
) -> None:
    with browser.page(address, scripts=scripts) as shown:
        shown.value(described.opens)
        asked = [each["request"]["url"] for each in shown.events("Network.requestWillBeSent")]
        assert [each for each in asked if each.startswith(AWAY)] == []
        assert shown.value("window.ran") is None
        assert shown.value(f'document.querySelectorAll("{BROUGHT_IN}").length') == 0
        assert shown.value(HANDLERS) == 0
        assert shown.value(ONCE) == [1, 1, 1]


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


@every_page
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_scrolls_sideways(
    browser: Browser, described: Described, address: Path | str, width: int
) -> None:
    with browser.page(address, width=width) as shown:
        shown.value(described.opens)
        assert shown.value("document.documentElement.scrollWidth") == width


@every_page
@both_schemes
def test_every_text_can_be_read(
    browser: Browser, described: Described, address: Path | str, scheme: str
) -> None:
    with browser.page(address, scheme=scheme) as shown:
        shown.value(described.opens)
        pale = shown.value(PALE)
        assert pale["found"] == []
        assert pale["texts"] > 20


@every_page
@both_schemes
@both_sizes
def test_axe_finds_nothing_that_keeps_people_out(
    browser: Browser,
    described: Described,
    address: Path | str,
    axe: str,
    scheme: str,
    width: int,
    height: int,
) -> None:
    with browser.page(address, width=width, height=height, scheme=scheme) as shown:
        shown.value(described.opens)
        assert barriers(axe, shown) == []


@every_page
@both_sizes
def test_tab_stops_at_all_that_can_be_used_in_order_and_is_seen_there(
    browser: Browser, described: Described, address: Path | str, width: int, height: int
) -> None:
    with browser.page(address, width=width, height=height) as shown:
        shown.value(described.opens)
        wanted = wanted_stops(shown)
        found = stops(shown, len(wanted))
    assert [each["number"] for each in found] == [*range(len(wanted))], wanted
    assert [wanted[each["number"]] for each in found if not each["ringed"]] == []
    assert [wanted[each["number"]] for each in found if not each["inView"]] == []


@every_page
@both_sizes
def test_it_is_pictured_light_and_dark(
    browser: Browser,
    described: Described,
    address: Path | str,
    pictures: Path,
    width: int,
    height: int,
) -> None:
    looks = {}
    for scheme in SCHEMES:
        with browser.page(address, width=width, height=height, scheme=scheme) as shown:
            shown.value(described.opens)
            picture = shown.screenshot()
        (pictures / f"{described.name}-{width}-{scheme}.png").write_bytes(picture)
        looks[scheme] = look_at(picture, browser)
        assert looks[scheme].width == width
        assert height <= looks[scheme].height <= HIGHEST
        assert looks[scheme].colours > FEWEST_COLOURS
    assert looks["light"].ground > 200
    assert looks["dark"].ground < 60
