"""What any page is asked, as JavaScript that the tools run in it; and what its keys reach."""

from typing import Any

from tests.browser.devtools import Page
from tests.browser.hostile import AWAY, RAN

OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true })"
# The sandbox's page has asked for its state, and shows leads.
LEADS_SHOWN = """
new Promise((done) => {
  const look = () => document.querySelector("#rows tr") ? done() : setTimeout(look, 20);
  look();
})
"""
# Of every text that is seen: its contrast with what is behind it (WCAG 2.2, 1.4.3), if too low.
PALE = """
(() => {
  const light = (channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = parts(getComputedStyle(each).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  let texts = 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !element.checkVisibility()) continue;
    texts += 1;
    const {color, fill} = getComputedStyle(element);
    const own = element instanceof SVGElement ? fill : color;
    const both = [parts(own), ground(element)].map(luminance);
    const ratio = (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${walk.currentNode.data.slice(0, 40)}`);
  }
  return {texts, found: found.slice(0, 5)};
})()
"""
FOCUSED = """
(() => {
  const each = document.activeElement;
  const style = getComputedStyle(each);
  return {
    tag: each.tagName,
    of: each.parentElement.id,
    id: each.id,
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
  };
})()
"""
WIDER = "document.documentElement.scrollWidth - window.innerWidth"
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
    ringed: style.outlineStyle === "auto"
      || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inView: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
})()
"""


def wanted_stops(page: Page) -> list[str]:
    """The elements that Tab should stop at, as far as they tell them apart."""
    found: list[str] = page.value(MARK)
    return found


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
