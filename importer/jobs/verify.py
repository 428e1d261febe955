"""`verify`: is the job's ledger whole, and do its files say what it says. Nothing is changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import UUID

from importer.jobs.commands import command
from importer.jobs.connected import check_account, connected, refuse_other_account
from importer.jobs.deliver import day_of
from importer.jobs.session import Session, counted
from importer.jobs.verify_remote import check_account_leads
from importer.journal.audit import Audit, Fate, Numbers, Output, Stored, shared_leads
from importer.journal.job import Job
from importer.journal.lock import held
from importer.journal.trouble import told
from importer.model import OPEN, REFUSED, Check, JobState, RowStatus, Verification
from importer.results import created, rejects
from importer.results.reread import Entry, FileState, read_rejects, read_results, state_of

ALTERED = (
    "something else than the importer has changed the journal, or its disk has: put back a copy"
    " from before, or send these lines to the importer's makers"
)
MOST_SHARED = 5  # leads that several rows have, in a message

Expected = Callable[[Fate], tuple[str, ...] | None]


def verify_job(session: Session, reference: str | None, *, remote: bool) -> None:
    """Check the job; session.shown says what holds, and the exit code is 1 where something does
    not. remote: read its leads in the account too.

    Raises JournalError: it can't be read. ResumableError: a run is at work on the job. With remote
    every ApiError.
    """
    if remote:
        check_account(session)
    job = session.job = session.journal.find_job(reference)
    with ExitStack() as entered:
        entered.enter_context(held(session.journal.path, f"job-{job.key}"))
        entered.enter_context(told(session.journal.path))
        job = session.job = session.journal.job(job.number)
        found = Findings(session, job)
        if job.state is JobState.PURGED:
            _check_purged(found)
        elif remote:
            connection = entered.enter_context(connected(session))
            refuse_other_account(job, connection)
            _check_all(found)
            checks, notes = check_account_leads(session, job, connection, found.command)
            found.checks += checks
            found.notes += notes
        else:
            _check_all(found)
    session.shown = Verification(tuple(found.checks), tuple(found.notes))
    session.exit_code = 0 if session.shown.holds else 1


def ledger_of(session: Session, job: Job) -> Verification:
    """The job's ledger as it stands now, without its files, and without holding the job: inside
    `Journal.snapshot` it is that of one moment, also while a run is at work."""
    found = Findings(session, job)
    if job.state is JobState.PURGED:
        _check_purged(found)
    else:
        _check_ledger(found)
        _check_leads(found)
    return Verification(tuple(found.checks), tuple(found.notes))


@dataclass(slots=True)
class Findings:
    session: Session
    job: Job
    checks: list[Check] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def audit(self) -> Audit:
        return Audit(self.session.journal, self.job)

    def add(self, name: str, wrong: str, right: str, fix: str = ALTERED) -> None:
        """wrong: what does not hold, "" where it does."""
        self.checks.append(Check(name, not wrong, wrong or right, fix if wrong else None))

    def command(self, name: str, *options: object) -> str:
        """A command of ours on this job."""
        return command(self.session, name, self.job.number, *options)


def _check_purged(found: Findings) -> None:
    counts, left = found.audit.counted(), found.audit.left()
    found.add("counts", "", _said(counts))
    wrong = f"{left:,} parts of its rows are still there" if left else ""
    found.add("rows", wrong, "none is left in the journal", found.command("purge"))
    day = day_of(found.job.purged_at or 0)
    found.notes.append(f"purged on {day}: only the counts can be checked")


def _check_all(found: Findings) -> None:
    _check_ledger(found)
    _check_leads(found)
    if found.job.state is JobState.STAGING:
        found.notes.append("not all rows of the file are stored: run it again to store the rest")
        return
    results = _File(created.KIND, "results", read_results, [_results_entry])
    refused = _File(
        rejects.KIND,
        "rejects",
        read_rejects,
        [
            partial(_reject_entry, found.job.key, REFUSED),
            partial(_reject_entry, found.job.key, REFUSED | {RowStatus.FAILED}),
        ],
    )
    _check_file(found, "results file", results)
    _check_file(found, "reject file", refused)


# The journal


def _check_ledger(found: Findings) -> None:
    counts, rows = found.audit.counted(), found.audit.rows_by_status()
    differing = sorted({*counts.items()} ^ {*rows.items()})
    names = list(dict.fromkeys(status for status, _ in differing))
    wrong = ", ".join(
        f"{name}: {counts.get(name, 0):,} counted, {rows.get(name, 0):,} rows" for name in names
    )
    found.add("counts", wrong, _said(counts))
    stored = found.audit.stored()
    right = f"{counted(stored.lines, 'row')} of the file"
    if stored.added:
        right += f" and {stored.added:,} added by a repair"
    found.add("rows", "" if stored.holds else _wrong_rows(stored), right)
    unknown = sorted(rows.keys() - {str(status) for status in RowStatus})
    wrong = "; ".join(f'{counted(rows[name], "row")} "{name}"' for name in unknown)
    open_rows = sum(rows.get(status, 0) for status in OPEN)
    right = f"{counted(sum(rows.values()) - open_rows, 'row')} ended, {open_rows:,} open"
    found.add("states", wrong, right)


def _wrong_rows(stored: Stored) -> str:
    parts = (
        ("lines of the file without a row", stored.missing),
        ("rows that are in no file", stored.surplus),
        ("lines that can't be read from", stored.unreadable),
    )
    return "; ".join(f"{what}: {numbers}" for what, numbers in parts if numbers.total)


def _check_leads(found: Findings) -> None:
    audit, rows = found.audit, found.audit.rows_by_status()
    lacking, having, uncalled = audit.lacks_lead(), audit.has_lead(), audit.without_call()
    accepted = rows.get(RowStatus.CREATED, 0) + rows.get(RowStatus.UPDATED, 0)
    parts = (("accepted without an Id", lacking), ("not accepted, with an Id", having))
    wrong = "; ".join(f"{what}: {numbers}" for what, numbers in parts if numbers.total)
    found.add("lead Ids", wrong, f"{counted(accepted, 'accepted row')}, each with one")
    found.add("one row a lead", _shared(found), "no Id stands at two rows of the journal")
    wrong = f"sending or accepted without a call: {uncalled}" if uncalled.total else ""
    sent = accepted + rows.get(RowStatus.SENDING, 0)
    found.add("calls", wrong, f"{counted(sent, 'row')} accepted or sending, each by a call")


def _shared(found: Findings) -> str:
    shared = shared_leads(found.session.journal)
    named = [
        " and ".join(f"row {number} of job {job}" for job, number in rows)
        for rows in shared[:MOST_SHARED]
    ]
    more = len(shared) - len(named)
    return "; ".join(named) + (f"; and {counted(more, 'lead')} more" if more > 0 else "")


def _said(counts: Mapping[str, int]) -> str:
    each = ", ".join(f"{status} {rows:,}" for status, rows in sorted(counts.items()))
    total = counted(sum(counts.values()), "row")
    return f"{total}: {each}" if each else total


# The files


@dataclass(frozen=True, slots=True)
class _File:
    """command: what writes it. expected: what it says of a row, None where it has no line of it;
    one of these ways."""

    kind: str
    command: str
    read: Callable[[Path, Job], Iterator[Entry]]
    expected: list[Expected]


@dataclass(frozen=True, slots=True)
class _Difference:
    """changed_at: of the row, ms; None where the journal has no such row, or it never moved."""

    number: int
    changed_at: int | None


def _check_file(found: Findings, name: str, file: _File) -> None:
    """The newest file of its kind must say what the journal says; others are named."""
    outputs = found.audit.outputs(file.kind)
    for index, output in enumerate(outputs):
        state = state_of(Path(output.path), output.sha256)
        if state is FileState.GONE:
            found.notes.append(f"{name}: moved or removed since it was written: {output.path}")
        elif state is FileState.CHANGED:
            found.notes.append(f"{name}: changed since it was written: {output.path}")
        elif index:
            found.notes.append(f"{name}: not the newest, and not compared: {output.path}")
        else:
            _compare_file(found, name, file, output)
    if not outputs and _is_due(found, file):
        found.notes.append(f"{name}: none was written yet: {found.command(file.command)}")


def _is_due(found: Findings, file: _File) -> bool:
    """Whether the job should have such a file by now."""
    counts = found.session.journal.counts(found.job.number)
    if file.kind == created.KIND:
        return not any(counts[status] for status in OPEN)
    return any(counts[status] for status in REFUSED)


def _compare_file(found: Findings, name: str, file: _File, output: Output) -> None:
    stale, wrong = _compared(found, file, output)
    open_rows = found.session.journal.counts(found.job.number)
    if stale.total and any(open_rows[status] for status in OPEN):
        found.notes.append(
            f"{name}: {counted(stale.total, 'row')} went on after it was written: {output.path}"
        )
        stale = Numbers()
    parts = (("does not say what the journal says", wrong), ("older than its rows", stale))
    said = "; ".join(f"{what}: {numbers}" for what, numbers in parts if numbers.total)
    if said:
        said += f" ({output.path})"
    found.add(name, said, f"says the same of every row: {output.path}", found.command(file.command))


def _compared(found: Findings, file: _File, output: Output) -> tuple[Numbers, Numbers]:
    """The rows that changed after the file was written, and those of which it is wrong."""
    best: tuple[Numbers, Numbers] | None = None
    for expected in file.expected:
        stale, wrong = Numbers(), Numbers()
        said = file.read(Path(output.path), found.job)
        for each in _differences(said, found.audit.fates(), expected):
            later = each.changed_at is not None and each.changed_at >= output.written_at
            (stale if later else wrong).add(each.number)
        if best is None or not (stale.total or wrong.total):
            best = stale, wrong
    assert best is not None, "there is a way to expect it"
    return best


def _differences(
    said: Iterable[Entry], fates: Iterable[Fate], expected: Expected
) -> Iterator[_Difference]:
    """Where a file and the journal differ, both in the order of the rows' numbers."""
    lines = iter(said)
    line = next(lines, None)
    for fate in fates:
        while line is not None and line[0] < fate.number:  # unknown, or there twice
            yield _Difference(line[0], None)
            line = next(lines, None)
        text = None
        if line is not None and line[0] == fate.number:
            text, line = line[1], next(lines, None)
        if text != expected(fate):
            yield _Difference(fate.number, fate.changed_at)
    while line is not None:
        yield _Difference(line[0], None)
        line = next(lines, None)


def _results_entry(fate: Fate) -> tuple[str, ...]:
    return fate.status, str(UUID(bytes=fate.lead)) if fate.lead else ""


def _reject_entry(key: str, statuses: frozenset[RowStatus], fate: Fate) -> tuple[str, ...] | None:
    return (key,) if fate.status in statuses else None
