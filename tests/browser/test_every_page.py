"""What every page of the product keeps to, whoever looks at it, and whatever stands in a list."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.axe import barriers
from tests.browser.complaints import complaints
from tests.browser.devtools import Browser, Page
from tests.browser.hostile import AWAY, RAN
from tests.browser.looks import PALE, WIDER
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
# An escape that was missed would have brought these.
MISSED = f"""
(() => {{
  const script = document.createElement("script");
  script.textContent = {RAN!r};
  const style = document.createElement("style");
  style.textContent = "body {{ display: none }}";
  const image = document.createElement("img");
  image.setAttribute("onerror", {RAN!r});
  image.src = "{AWAY}";
  document.body.append(script, style, image);
  const link = document.createElement("a");
  link.href = "javascript:{RAN}";
  document.body.append(link);
  link.click();
}})()
"""
# What Tab should stop at, in its order: kept in the page, as an element has no other name.
MARK = """
(() => {
  const all = "a[href], button, input, select, textarea, summary, [tabindex]";
  window.wanted = [...document.querySelectorAll(all)].filter(
    (each) => each.tabIndex >= 0 && !each.disabled && each.checkVisibility());
  return window.wanted.map((each) => each.outerHTML.slice(0, 120));
})()
"""
STOP = """
(() => {
  const each = document.activeElement;
  if (!document.hasFocus() || each === document.body) return null;
  const style = getComputedStyle(each);
  const box = each.getBoundingClientRect();
  return {
    number: window.wanted.indexOf(each),
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inView: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
})()
"""


def stops(page: Page, most: int) -> list[dict[str, Any]]:
    """What Tab reaches, in order, until it leaves the page."""
    found: list[dict[str, Any]] = []
    while len(found) <= most:
        page.press("Tab")
        stop = page.value(STOP)
        if stop is None:
            break
        found.append(stop)
    return found


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
        assert shown.value("window.innerWidth") == width
        assert shown.value(WIDER) <= 0


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
        wanted = shown.value(MARK)
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
