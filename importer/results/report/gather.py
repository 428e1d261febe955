"""What the report of a job says: its figures, brought together from the journal.

In: the journal, the job, and what only others know. Out: a `Report`. Lists are capped here, and say
how much more there is: a million rows make no longer a page than some thousand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from importer.journal.calls import DELETE, Calls, Fate, LostRow, Replied
from importer.journal.figures import Decided, DuplicateRow, Figures, Reason
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import JournalRow, Rows
from importer.journal.runs import Runs
from importer.model import REFUSED, JobSummary, RowStatus, Verification
from importer.results.html import short
from importer.results.report.pace import Pace, Stretch, bars_of, span_of, stretches_of
from importer.results.report.versions import Mappings, mappings_of
from importer.runs import Run, Work
from importer.steps import Step

MOST_REASONS = 60
MOST_EXAMPLES = 5  # rows of a reason
MOST_DUPLICATES = 200
MOST_LOST = 50
MOST_REPLIES = 40
MOST_LISTS = 50
MOST_RUNS = 100  # the last of them
LONGEST_CELL = 120  # characters
SECOND_MS = 1000
SKIPPED = (RowStatus.SKIPPED,)


@dataclass(frozen=True, slots=True)
class Known:
    """What the journal does not tell. made_at: UTC seconds since 1970. steps: what a person does
    next, typed in that folder; where a process has the job now, which is_at_work says, once that
    has ended."""

    made_at: float
    ledger: Verification
    steps: Sequence[Step] = ()
    folder: str = ""
    is_at_work: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """cell: of the columns that the reason names. why: "" where it is that of the whole group."""

    number: int
    cell: str
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """why: of all examples, "" where they differ. names_cells: the reason names columns of the
    list."""

    reason: Reason
    why: str
    names_cells: bool
    examples: Sequence[Example]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """why: as in the reject file, and for a row that was skipped."""

    row: DuplicateRow
    cell: str
    why: str


@dataclass(frozen=True, slots=True)
class RunLine:
    """after: the job's counts at its end, or what is known of them. end: `ended`, `killed` or
    `under way`. calls: that create leads, or delete them. share: of the quota."""

    run: Run
    after: dict[RowStatus, int]
    end: str
    calls: int
    share: float | None

    def more(self, *statuses: RowStatus) -> int:
        """By how many rows these became more."""
        return sum(self.after[status] - self.run.before[status] for status in statuses)


@dataclass(frozen=True, slots=True)
class Report:
    """left_…: how many are not shown. throttled: calls that were answered so, look-ups too. web:
    see `Run`.
    refused_before: rows that were refused when the list was checked, before the first run."""

    job: Job
    summary: JobSummary
    known: Known
    web: str
    groups: Sequence[Group]
    left_reasons: int
    skipped: Sequence[Group]
    duplicates: Sequence[Duplicate]
    all_duplicates: int
    repeats: Sequence[Duplicate]
    all_repeats: int
    pace: Pace
    latencies: Sequence[tuple[int, int]]
    replies: Sequence[Replied]
    left_replies: int
    throttled: int
    lookups: Sequence[tuple[str, int]]
    tries: Sequence[tuple[int, int]]
    lost: dict[Fate, int]
    lost_rows: Sequence[LostRow]
    decisions: Sequence[Decided]
    lists: Sequence[tuple[str, int]]
    left_lists: int
    runs: Sequence[RunLine]
    left_runs: int
    refused_before: int
    mappings: Mappings


def gather(journal: Journal, job: Job, known: Known) -> Report:
    """As the job stands at one moment: inside `Journal.snapshot`."""
    figures, calls, cells = Figures(journal, job), Calls(journal, job), _Cells(journal, job)
    runs = Runs(journal).of_job(job)
    pace = pace_of(calls, runs)
    summary = journal.summary(job)
    worked = [*pace.stretches, *undone_of(calls, runs)]
    lines = run_lines(runs, summary, worked, is_at_work=known.is_at_work)
    groups, skipped = _groups(figures, cells), _groups(figures, cells, SKIPPED)
    duplicates, all_duplicates = figures.duplicates(MOST_DUPLICATES)
    repeats, all_repeats = figures.repeats(MOST_DUPLICATES)
    replies, lists = calls.replies(), figures.lists()
    return Report(
        job=job,
        summary=summary,
        known=known,
        web=next((run.web for run in reversed(runs) if run.web), ""),
        groups=groups[:MOST_REASONS],
        left_reasons=max(0, len(groups) - MOST_REASONS),
        skipped=skipped[:MOST_REASONS],
        duplicates=[cells.duplicate(each) for each in duplicates],
        all_duplicates=all_duplicates,
        repeats=[cells.duplicate(each) for each in repeats],
        all_repeats=all_repeats,
        pace=pace,
        latencies=calls.latencies(),
        replies=replies[:MOST_REPLIES],
        left_replies=sum(each.calls for each in replies[MOST_REPLIES:]),
        throttled=sum(each.calls for each in replies if each.is_throttled),
        lookups=_lookups(replies),
        tries=calls.tries(),
        lost=calls.lost(),
        lost_rows=calls.lost_rows(MOST_LOST),
        decisions=figures.decisions(),
        lists=lists[:MOST_LISTS],
        left_lists=max(0, len(lists) - MOST_LISTS),
        runs=lines[-MOST_RUNS:],
        left_runs=max(0, len(lines) - MOST_RUNS),
        refused_before=sum(runs[0].before[status] for status in REFUSED) if runs else 0,
        mappings=mappings_of(journal, job),
    )


def _lookups(replies: Sequence[Replied]) -> list[tuple[str, int]]:
    """Calls that change nothing, by their names; the most frequent first."""
    found: dict[str, int] = {}
    for each in replies:
        if each.call not in ("Lead.Create", DELETE):
            found[each.call] = found.get(each.call, 0) + each.calls
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))


def pace_of(calls: Calls, runs: Sequence[Run]) -> Pace:
    since = calls.first_create()
    if since is None:
        return Pace()
    stretches = stretches_of(calls.creates(since, SECOND_MS), runs)
    span_s, window_s, limit = span_of(stretches)
    bars = bars_of(calls.creates(since, round(span_s * 1000)), stretches, span_s, window_s)
    return Pace(stretches, bars, span_s, window_s, limit)


def undone_of(calls: Calls, runs: Sequence[Run]) -> list[Stretch]:
    """Calls that delete leads, by their runs."""
    return stretches_of(calls.deletions(SECOND_MS), runs, Work.UNDO)


def run_lines(
    runs: Sequence[Run], summary: JobSummary, worked: Sequence[Stretch], *, is_at_work: bool
) -> list[RunLine]:
    """One a run of the job, in their order. worked: their calls."""
    by_run = {each.run.number: each for each in worked if each.run}
    found = []
    for index, run in enumerate(runs):
        is_last = index + 1 == len(runs)
        after = run.after or (summary.counts if is_last else runs[index + 1].before)
        end = "ended" if run.ended_at else "under way" if is_last and is_at_work else "killed"
        stretch = by_run.get(run.number)
        calls, share = (stretch.calls, stretch.share) if stretch else (0, None)
        found.append(RunLine(run, dict(after), end, calls, share))
    return found


# Reasons, with some of their rows


def _groups(
    figures: Figures, cells: "_Cells", statuses: Sequence[RowStatus] | None = None
) -> list[Group]:
    given = () if statuses is None else (statuses,)
    reasons, first = figures.reasons(*given), figures.first_of_each(MOST_EXAMPLES, *given)
    return [
        _group(each, cells, first.get(each.place, [])) if index < MOST_REASONS else _bare(each)
        for index, each in enumerate(reasons)
    ]


def _bare(reason: Reason) -> Group:
    return Group(reason, "", False, ())


def _group(reason: Reason, cells: "_Cells", numbers: Sequence[int]) -> Group:
    whys = [cells.why(number) for number in numbers]
    common = whys[0] if whys and len({*whys}) == 1 else ""
    examples = [
        Example(number, cells.of(number, reason.column), "" if common else why)
        for number, why in zip(numbers, whys, strict=True)
    ]
    return Group(reason, common, cells.has(reason.column), examples)


class _Cells:
    """What stands in single rows of the job."""

    def __init__(self, journal: Journal, job: Job) -> None:
        self._rows = Rows(journal, job)
        self._names = [name.strip() for name in job.layout.header]

    def of(self, number: int, column: str | None) -> str:
        """The cells of the columns that are named, cut."""
        row = self._row(number)
        found = [row.cells[index] for index in self._columns(column) if index < len(row.cells)]
        return short(" | ".join(found), LONGEST_CELL)

    def why(self, number: int) -> str:
        return self._row(number).reason or ""

    def duplicate(self, row: DuplicateRow) -> Duplicate:
        return Duplicate(row, self.of(row.number, row.column), self.why(row.number))

    def has(self, column: str | None) -> bool:
        return bool(self._columns(column))

    def _columns(self, column: str | None) -> list[int]:
        """A name may itself hold the sign between two."""
        if column is None:
            return []
        named = {column, *column.split("; ")}
        return [index for index, name in enumerate(self._names) if name in named]

    def _row(self, number: int) -> JournalRow:
        row = self._rows.row(number)
        assert row is not None, "the journal has just named it"
        return row
