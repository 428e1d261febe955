"""The report of a real run against an account with faults: what it says is what the journal has."""

import re
from collections import Counter
from pathlib import Path

from tests.acceptance.world import World, people, sandbox
from tests.results.report.reading import Parsed

ROWS = 80
FAULTS = ("--fault", "reset=5%,reset_after=5%,throttled=3%", "--throttle-as", "200")
EVIL = "\"><img src=x onerror=alert(1)>'{{ 7*7 }}</style>"
LINES = "SELECT {what} FROM attempt WHERE call IS NULL"


def make_rows() -> list[list[str]]:
    """`rows[i]` is row i + 2: 7 is refused by the account, 9 has what 8 has."""
    rows = [list(row) for row in people(ROWS)]
    for row in rows:
        row[4] = EVIL
    rows[5][2] = f"nobody {EVIL}"
    rows[7][2] = rows[6][2]
    return rows


def numbers(world: World, what: str) -> list[tuple[object, ...]]:
    return world.journal(LINES.format(what=what))


def test_the_page_has_the_numbers_that_the_journal_has(tmp_path: Path) -> None:
    with sandbox("--limit", "40/1s", *FAULTS, "--seed", "11") as keys:
        world = World(tmp_path, keys, IMPORTER_SETTLE_S="0")
        file = world.write_csv("list.csv", make_rows())
        first = world.run(file, "--rate", "none", "--limit", "45")
        done = world.run(file, "--rate", "40/1s", "--report")
        assert (first.code, done.code) == (1, 1)
        html = Path(done.json["report"]).read_text(encoding="utf-8")
        leads = len(world.leads())
        injected = world.totals()["faults"]["throttled"]
    page = Parsed(html)
    told = page.sections

    counts = world.statuses()
    created = counts["created"]
    assert created == leads
    refused = ROWS - created
    assert told["What became of the list"].startswith(
        f"{created} of {ROWS} rows are leads in LeadSquared by this list; {refused} rows need you."
    )
    for status, rows in counts.items():
        assert f" {status} {rows} " in told["What became of the list"]

    [(calls,)] = numbers(world, "count(*)")
    assert f"calls of Lead.Create {calls} " in told["How fast it went"]
    bars = re.search(
        r"Calls of Lead.Create in each [\w ]+? of work From Calls Throttled (.*?) How long",
        told["How fast it went"],
    )
    assert bars
    figures = re.findall(r"\d:\d\d:\d\d (\d+) (\d+)", bars[1])
    throttled = numbers(world, "count(*) FILTER (WHERE http = 200 AND error = 'Throttled')")
    assert sum(int(number) for number, _ in figures) == calls
    assert [(sum(int(number) for _, number in figures),)] == throttled
    assert throttled[0][0] >= injected > 0, "each came as HTTP 200"
    [(slowest,)] = numbers(world, "max(latency_ms) FILTER (WHERE http IS NOT NULL)")
    assert f"the slowest took {slowest:,} ms" in told["How fast it went"]
    replies = Counter(numbers(world, "http, error"))
    for (http, error), number in replies.items():
        answer = f"HTTP {http}" if http else "no reply"
        if error:
            answer += " (throttled)" if error == "Throttled" else f", {error}"
        assert f"Lead.Create {answer} {number} " in told["How fast it went"]

    lost = world.journal(
        "SELECT count(DISTINCT row) FROM attempt WHERE call IS NULL"
        " AND (http IS NULL OR http >= 500 AND error IS NULL)"
    )[0][0]
    assert f"Of {lost} rows a call was left" in told["Calls without an answer, and how it came out"]
    for run, after in zip(("run 1", "run 2"), world.journal("SELECT after FROM run"), strict=True):
        assert run in told["Runs, and what people decided"], after
    assert "killed" not in told["Runs, and what people decided"]
    assert "NO" not in told["The ledger"].split()

    assert "img" not in page.tags()
    assert EVIL in told["Rows that were not taken, and why"], "a cell is shown as it is"
    assert {name for _, each in page.elements for name in each if name.startswith("on")} == set()
