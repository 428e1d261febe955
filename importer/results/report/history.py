"""All runs of a journal as one page: a run a line, and the leads that were created over time."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from importer.journal.calls import Calls
from importer.journal.journal import Journal
from importer.journal.runs import Runs
from importer.model import ACCEPTED, REFUSED, JobSummary, RowStatus
from importer.results.page_file import HISTORY
from importer.results.report.charts import bars
from importer.results.report.gather import SECOND_MS, RunLine, run_lines, undone_of
from importer.results.report.pace import stretches_of
from importer.results.report.page import rendered, utc
from importer.runs import Run, Work

IMPORT, UNDO = "import", "undo"
MOST_LINES = 1_000
MOST_BARS = 62  # days; longer times are told by weeks, or by months


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A run; or a job of which the journal kept none. Times in UTC seconds since 1970. took_s: None
    where it has no end. calls: that create leads, or delete them. created, refused, deleted: by how
    many rows these became more."""

    at: float
    job: int
    file: str
    what: str
    calls: int | None
    created: int
    refused: int
    deleted: int
    took_s: float | None
    share: float | None
    end: str


@dataclass(frozen=True, slots=True)
class History:
    """lines: the newest first; all_lines: how many there are, and imports and undos of these.
    created: leads by the first day of each unit, in order and without gaps; unit: day, week or
    month. deleted: of all lines."""

    journal: str
    made_at: float
    lines: Sequence[HistoryLine]
    imports: int
    undos: int
    created: Sequence[tuple[date, int]]
    unit: str
    deleted: int

    @property
    def all_lines(self) -> int:
        return self.imports + self.undos


def history_of(journal: Journal, at_work: Set[int], made_at: float) -> History:
    """at_work: numbers of jobs. All as it stands at one moment: inside `Journal.snapshot`."""
    by_job: dict[int, list[Run]] = {}
    for run in Runs(journal).all():
        by_job.setdefault(run.job, []).append(run)
    jobs = {job.number: journal.summary(job) for job in journal.jobs()}
    lines = [
        line
        for number, summary in jobs.items()
        for line in _lines(by_job.get(number, []), summary, number in at_work)
    ]
    lines.sort(key=lambda line: (-line.at, -line.job))
    unit, created = over_time([(line.at, max(0, line.created)) for line in lines])
    deleted = sum(max(0, line.deleted) for line in lines)
    told = _paced(journal, lines[:MOST_LINES], by_job)
    undos = sum(line.what == UNDO for line in lines)
    imports = len(lines) - undos
    return History(str(journal.path), made_at, told, imports, undos, created, unit, deleted)


def _lines(runs: Sequence[Run], summary: JobSummary, is_at_work: bool) -> Iterator[HistoryLine]:
    found = run_lines(runs, summary, (), is_at_work=is_at_work)
    for line in found:
        yield _line(line, summary)
    if not found:
        counts = summary.counts
        yield HistoryLine(
            at=summary.started_at,
            job=summary.number,
            file=Path(summary.file).name,
            what=IMPORT,
            calls=None,
            created=sum(counts[status] for status in ACCEPTED),
            refused=sum(counts[status] for status in REFUSED),
            deleted=counts[RowStatus.DELETED],
            took_s=None if summary.ended_at is None else summary.ended_at - summary.started_at,
            share=None,
            end=summary.state,
        )


def _line(line: RunLine, summary: JobSummary) -> HistoryLine:
    run = line.run
    return HistoryLine(
        at=run.started_at,
        job=run.job,
        file=Path(summary.file).name,
        what=UNDO if run.work is Work.UNDO else IMPORT,
        calls=0,
        created=line.more(*ACCEPTED),
        refused=line.more(*REFUSED),
        deleted=line.more(RowStatus.DELETED),
        took_s=None if run.ended_at is None else run.ended_at - run.started_at,
        share=None,
        end=line.end,
    )


def _paced(
    journal: Journal, lines: Sequence[HistoryLine], by_job: dict[int, list[Run]]
) -> list[HistoryLine]:
    """With the calls of those that are shown, and their share of the quota."""
    told: dict[tuple[int, float], tuple[int, float | None]] = {}
    for number in {line.job for line in lines}:
        calls = Calls(journal, journal.job(number))
        runs = by_job.get(number, [])
        for each in stretches_of(calls.creates(0, SECOND_MS), runs):
            if each.run is not None:
                told[number, each.run.started_at] = each.calls, each.share
        for each in undone_of(calls, runs):
            if each.run is not None:  # its look-ups, which are not counted, took most of the quota
                told[number, each.run.started_at] = each.calls, None
    return [_with_calls(line, told.get((line.job, line.at))) for line in lines]


def _with_calls(line: HistoryLine, told: tuple[int, float | None] | None) -> HistoryLine:
    return line if told is None else replace(line, calls=told[0], share=told[1])


def over_time(created: Sequence[tuple[float, int]]) -> tuple[str, list[tuple[date, int]]]:
    """The unit, and how many in each from the first to the last one."""
    days = [(datetime.fromtimestamp(at, UTC).date(), rows) for at, rows in created if rows]
    if not days:
        return "day", []
    for unit, start in (("day", _day), ("week", _week), ("month", _month)):
        found: dict[date, int] = {}
        first, last = start(min(days)[0]), start(max(days)[0])
        while first <= last:
            found[first] = 0
            first = start(first + timedelta(days={"day": 1, "week": 7, "month": 31}[unit]))
        for day, rows in days:
            found[start(day)] += rows
        if len(found) <= MOST_BARS or unit == "month":
            return unit, list(found.items())[-MOST_BARS:]
    raise AssertionError("months are taken as they come")


def _day(day: date) -> date:
    return day


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)


def history_html(history: History) -> str:
    """Its marker has NO_HASH; `write_page` puts the hash."""
    return rendered(
        "history.html.jinja",
        HISTORY.generator,
        history=history,
        made=utc(history.made_at),
        created=sum(rows for _, rows in history.created),
        chart=_chart(history) if history.created else "",
    )


def _chart(history: History) -> object:
    labels = [f"{day.day} {day.strftime('%b')}" for day, _ in history.created]
    if history.unit == "month":
        labels = [day.strftime("%b %Y") for day, _ in history.created]
    numbers = [rows for _, rows in history.created]
    most, day = max(zip(numbers, labels, strict=True), key=lambda each: each[0])
    described = f"{sum(numbers):,} leads; the most, {most:,}, on {day}"
    title = f"Leads created, by {history.unit}"
    return bars(labels, [("created", "created", numbers)], "created-chart", title, described)
