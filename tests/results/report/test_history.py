"""All runs of a journal on one page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from importer.journal.journal import Journal
from importer.results.page_file import HISTORY, is_ours, write_page
from importer.results.report import history as module
from importer.results.report.history import (
    MOST_BARS,
    History,
    HistoryLine,
    history_html,
    history_of,
    over_time,
)
from tests.journal.stored import NOW, make_job, people
from tests.results.report.everything import MADE_AT, everything
from tests.results.report.reading import Parsed


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "importer.db", create=True) as opened:
        yield opened


def test_every_run_is_a_line_the_newest_first(journal: Journal) -> None:
    everything(journal)
    found = history_of(journal, {1}, MADE_AT)
    assert [
        (line.what, line.calls, line.created, line.refused, line.deleted, line.took_s, line.end)
        for line in found.lines
    ] == [
        ("undo", 1, 0, 0, 0, 1.0, "ended"),
        ("import", 21, 5, 4, 1, 5.0, "ended"),
        ("import", 8, 8, 0, 0, None, "killed"),
    ]
    assert [line.share for line in found.lines] == [None, 1.0, 1.0]
    assert found.created == [(date(2023, 11, 14), 13)]
    assert (found.unit, found.deleted) == ("day", 1)
    assert (found.imports, found.undos, found.all_lines) == (2, 1, 3)


def test_a_run_without_an_end_is_under_way_where_a_process_has_its_job(journal: Journal) -> None:
    everything(journal)
    with journal.transaction():
        journal.execute("UPDATE run SET ended_at = NULL, after = NULL")
    ends = [line.end for line in history_of(journal, {1}, MADE_AT).lines]
    assert ends == ["under way", "killed", "killed"]
    assert [line.end for line in history_of(journal, set(), MADE_AT).lines] == ["killed"] * 3


def test_a_job_of_which_no_run_was_kept_has_a_line_too(journal: Journal) -> None:
    make_job(journal, people(3))
    (line,) = history_of(journal, set(), MADE_AT).lines
    assert line == HistoryLine(
        NOW / 1000, 1, "list.csv", "import", None, 0, 0, 0, None, None, "open"
    )  # fmt: skip


def test_the_page_has_the_lines_and_the_leads_over_time(journal: Journal) -> None:
    everything(journal)
    page = Parsed(history_html(history_of(journal, set(), MADE_AT)))
    assert page.sections["Leads over time"] == (
        "13 leads created in 2 import runs, and 1 deleted in 1 undo run. Leads created, by day"
        " 13 leads; the most, 13, on 14 Nov 0 5 10 15 14 Nov Leads created, by day."
        " The figures of this picture Leads created, by day Day Leads 14 Nov 2023 13"
    )
    assert page.sections["Runs"].startswith(
        "Runs, the newest first When File Job What Calls Created Refused Deleted Took Quota End"
        " 14 Nov 2023, 22:20 list.csv 1 undo 1 0 0 0 1 second – ended"
        " 14 Nov 2023, 22:16 list.csv 1 import 21 +5 +4 +1 5 seconds 100.0% ended"
        " 14 Nov 2023, 22:13 list.csv 1 import 8 +8 0 0 – 100.0% killed"
    )
    assert "script" not in page.tags()


def test_leads_that_were_deleted_and_created_before_are_both_told(journal: Journal) -> None:
    """As an undo counts them: what was created becomes fewer, and the days keep what they had."""
    everything(journal)
    with journal.transaction():
        journal.execute(
            """UPDATE run SET after = json_set(after, '$.created', 6, '$.deleted', 8)
            WHERE number = 3"""
        )
    found = history_of(journal, set(), MADE_AT)
    assert [(line.created, line.deleted) for line in found.lines] == [(-7, 7), (5, 1), (8, 0)]
    page = Parsed(history_html(found))
    assert page.sections["Leads over time"].startswith(
        "13 leads created in 2 import runs, and 8 deleted in 1 undo run. "
    )
    assert "import 8 +8 0 0" in page.sections["Runs"]
    assert "undo 1 −7 0 +7" in page.sections["Runs"]


def test_an_empty_journal_has_a_page_too(journal: Journal) -> None:
    page = Parsed(history_html(history_of(journal, set(), MADE_AT)))
    assert page.sections["Runs"].startswith("No job has been started with this journal.")


def test_of_many_runs_the_newest_are_shown() -> None:
    line = HistoryLine(NOW / 1000, 1, "l.csv", "import", 1, 1, 0, 0, 1.0, None, "ended")
    history = History("/importer.db", MADE_AT, [line] * 3, 1_000, 3, [], "day", 0)
    assert "1,000 runs before are not shown here: importer status lists every job" in Parsed(
        history_html(history)
    ).sections["Runs"].replace(" :", ":")
    assert module.MOST_LINES == 1_000


def test_the_page_is_known_again_and_no_preview(tmp_path: Path, journal: Journal) -> None:
    html = history_html(history_of(journal, set(), MADE_AT))
    path = write_page(tmp_path / "importer-history.html", html, HISTORY)
    assert is_ours(path, HISTORY)
    assert not is_ours(path)


def at(day: date) -> float:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()


def test_leads_are_told_by_days_by_weeks_or_by_months() -> None:
    first = at(date(2026, 1, 30))
    assert over_time([(first + 2 * 86_400, 3), (first, 2), (first + 99, 1), (first, 0)]) == (
        "day",
        [(date(2026, 1, 30), 3), (date(2026, 1, 31), 0), (date(2026, 2, 1), 3)],
    )
    unit, weeks = over_time([(first, 2), (at(date(2026, 6, 1)), 5)])
    assert (unit, weeks[0], weeks[-1]) == ("week", (date(2026, 1, 26), 2), (date(2026, 6, 1), 5))
    unit, months = over_time([(first, 2), (at(date(2028, 3, 31)), 5)])
    assert (unit, months[0], months[-1]) == ("month", (date(2026, 1, 1), 2), (date(2028, 3, 1), 5))
    assert [month for month, _ in months[:3]] == [
        date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1),
    ]  # fmt: skip
    assert len(over_time([(at(date(2000, 1, 1)), 2), (first, 2)])[1]) == MOST_BARS
    assert over_time([]) == ("day", [])
