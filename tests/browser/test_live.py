"""The sandbox's page as people meet it: it is open, and leads arrive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from importer.results.html import shown as escaped
from tests.acceptance.world import World, people, sandbox
from tests.browser.account import Imported
from tests.browser.complaints import complaints
from tests.browser.devtools import Browser, Page
from tests.browser.hostile import CELLS

# Of signs that are not seen, and of some that are parts of words.
HIDDEN = [
    *("a \u202egnp.exe", "\u2066ltr", "bell \x07 esc \x1b[31m red", "two\nlines\u2028three"),
    *("no\u00a0break \U000e0001 \ufeff", "क्\u200dष 王\u3000五"),
]
NAMES = "[...document.querySelectorAll('#rows th')].map(each => each.textContent)"
# The page is asked at each of its own changes.
BECOMES = """
new Promise((done) => {{
  const seen = () => {{
    const found = document.getElementById("leads").textContent === "{count}";
    if (found) done(document.querySelectorAll("#rows tr").length);
    return found;
  }};
  if (!seen()) new MutationObserver((_, watch) => seen() && watch.disconnect()).observe(
    document.body, {{childList: true, characterData: true, subtree: true}});
}})
"""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with sandbox("--limit", "none", "--latency", "0-1") as found:
        yield World(tmp_path, found)


def rows_when(shown: Page, count: int) -> int:
    """How many leads are shown, as soon as there are so many."""
    found: int = shown.value(BECOMES.format(count=count))
    return found


def test_leads_arrive_on_the_open_page_and_a_hostile_name_is_only_text(
    browser: Browser, world: World
) -> None:
    with browser.page(f"{world.host}/") as shown:
        assert rows_when(shown, 0) == 0
        assert shown.value("document.getElementById('empty').checkVisibility()")
        world.create(FirstName="Asha", LastName="Rao")
        assert rows_when(shown, 1) == 1
        assert shown.value(NAMES) == ["Asha Rao"]
        assert not shown.value("document.getElementById('empty').checkVisibility()")
        evil = [*CELLS[:9], *HIDDEN]
        for each in evil:
            world.create(FirstName=each)
        assert rows_when(shown, 16) == 16
        assert shown.value(NAMES) == [*map(escaped, evil[::-1]), "Asha Rao"]
        importing = world.start(
            "run", world.write_csv("list.csv", people(30)), "-m", world.mapping, "--rate", "none"
        )
        assert rows_when(shown, 46) == 25
        assert {each[:5] for each in shown.value(NAMES)} == {"First"}
        assert shown.value("document.title") == "46 leads – the sandbox"
        importing.communicate()
        assert importing.returncode == 0
        assert shown.value("window.ran") is None
        assert shown.value("document.querySelectorAll('img, iframe, form, svg').length") == 0
        assert complaints(shown) == []


def test_without_scripts_the_page_tells_where_its_numbers_are(
    browser: Browser, account: Imported
) -> None:
    with browser.page(account.url, scripts=False) as shown:
        links = "[...document.querySelectorAll('header noscript a')]"
        assert shown.value(f"{links}.every(each => each.checkVisibility())")
        for path in shown.value(f"{links}.map(each => each.getAttribute('href'))"):
            assert account.world.get(path)
