"""The report of a job as people meet it: its pictures, the figures that they are of, and its way
into the account."""

import re
from pathlib import Path
from typing import Any

from tests.browser.account import Imported
from tests.browser.devtools import Browser, Page
from tests.browser.looks import OPEN_ALL

# Of every picture: its role, its name and description, and the cells of the table that is next.
PICTURES = """
[...document.querySelectorAll("figure")].map((figure) => {
  const picture = figure.querySelector("svg");
  const [name, told] = picture.getAttribute("aria-labelledby").split(" ").map(
    (id) => picture.querySelector("#" + id).textContent);
  const tables = [...figure.nextElementSibling.querySelectorAll("table")];
  const cells = [...tables.at(-1).tBodies[0].rows].map(
    (row) => [...row.cells].map((cell) => cell.textContent.trim()));
  return {role: picture.getAttribute("role"), name, told, cells};
})
"""
UNNAMED = (
    "[...document.querySelectorAll('svg')].filter(each => "
    "each.getAttribute('role') !== 'img' && each.getAttribute('aria-hidden') !== 'true').length"
)


def pictures_of(shown: Page) -> dict[str, Any]:
    shown.value(OPEN_ALL)
    found = shown.value(PICTURES)
    assert {each["role"] for each in found} == {"img"}
    assert shown.value(UNNAMED) == 0
    assert shown.value("document.querySelectorAll('img, canvas, object').length") == 0
    return {each["name"]: each for each in found}


def numbers(text: str) -> list[int]:
    return [int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", text)]


def test_pictures_of_a_report_have_a_name_and_their_figures_in_a_table(
    browser: Browser, report: Path
) -> None:
    with browser.page(report) as shown:
        found = pictures_of(shown)
        calls = int(shown.value("document.querySelector('#speed ~ dl dd').textContent"))
    assert [*found] == ["What became of the rows", "Calls over time", "Time until the reply"]
    became, over_time, until = found.values()
    rows = sum(int(cells[1]) for cells in became["cells"][:-1])
    assert became["cells"][-1][:2] == ["all", str(rows)]
    assert sum(numbers(became["told"])) == rows
    assert numbers(over_time["told"])[0] == calls
    assert sum(int(cells[1]) for cells in over_time["cells"]) == calls
    most = max(int(cells[1]) for cells in until["cells"])
    assert numbers(until["told"])[0] == most


def test_the_picture_of_all_runs_has_a_name_and_its_figures_in_a_table(
    browser: Browser, history: Path
) -> None:
    with browser.page(history) as shown:
        (picture,) = pictures_of(shown).values()
        said = shown.value("document.querySelector('.headline').textContent")
    assert picture["name"] == "Leads created, by day"
    created = sum(int(cells[1]) for cells in picture["cells"])
    assert numbers(picture["told"])[0] == numbers(said)[0] == created


def test_a_lead_that_is_named_is_one_click_away(
    browser: Browser, account: Imported, report: Path
) -> None:
    with browser.page(report) as shown:
        shown.value(OPEN_ALL)
        links = "document.querySelectorAll('td a[href*=LeadID]')"
        lead_id = shown.value(f"{links}[0].textContent")
        shown.leave(f"{links}[0].click()")
        assert shown.value("location.href") == (
            f"{account.url}LeadManagement/LeadDetails?LeadID={lead_id}"
        )
        fields = dict(
            shown.value(
                "[...document.querySelectorAll('.fields tbody tr')].map("
                "row => [...row.cells].map(cell => cell.textContent))"
            )
        )
    (lead,) = [each for each in account.world.leads() if each["ProspectID"] == lead_id]
    assert fields == {name: text for name, text in lead.items() if text}


def test_what_a_reader_hears_of_a_command_says_that_it_is_one(
    browser: Browser, report: Path
) -> None:
    with browser.page(report) as shown:
        found = shown.value(
            "[...document.querySelectorAll('.command')].map("
            "each => [each.getAttribute('role'), each.getAttribute('aria-label')])"
        )
    assert found == [["group", f"Command {number}"] for number in range(1, len(found) + 1)]
    assert found


def test_the_table_of_all_runs_fits_a_small_window(browser: Browser, history: Path) -> None:
    with browser.page(history, width=1000) as shown:
        shown.value(OPEN_ALL)
        table = "document.querySelector('[aria-labelledby=runs-caption]')"
        names = f"{table}.querySelectorAll('td[dir]')"
        shown.value(f"{names}.forEach(each => {{ each.textContent = 'fair_november_'.repeat(7) }})")
        wider = shown.value(f"{table}.scrollWidth - {table}.clientWidth")
    assert wider == 0


def test_on_a_phone_a_reason_is_seen_whole(browser: Browser, report: Path) -> None:
    with browser.page(report, width=390) as shown:
        shown.value(OPEN_ALL)
        cut = shown.value(
            "[...document.querySelectorAll('td.why')].filter(each => {"
            "const box = each.getBoundingClientRect();"
            "return box.right > window.innerWidth || each.scrollWidth > each.clientWidth;})"
            ".map(each => each.textContent)"
        )
        seen = shown.value("document.querySelectorAll('td.why').length")
    assert (cut, seen > 0) == ([], True)
