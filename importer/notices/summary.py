"""A pass, or a stop, as a notice for a person at 8 a.m. Pure: values in, texts out.

The first line says whether all is well. No value of a row is told, unless rows may be.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from importer.model import OPEN, REFUSED, JobSummary, RowStatus
from importer.notices.steps import step_lines
from importer.notices.words import account_words, amount, counted, listed, plain, sentence
from importer.passes import WORST_FIRST, AccountReport, Fate, FileReport, PassReport

MOST_FILES = 12
MOST_REASONS = 3  # of a file
MOST_ROWS = 3  # of a file's refused ones, where values may be told
FEW = 3  # files that are left alone, or wait, are named
MOST_BODY = 12_000  # characters; chats take 2,000 to 40,000 in a message
WELL, RESUMABLE = 0, 75

# Exit code: the title, and how the first line begins. importer/errors.py tells what each means.
VERDICTS = {
    0: ("all is well", "All is well"),
    1: ("please look", "A person should look"),
    2: ("something is to be mended", "Something is to be mended before all goes on"),
    3: ("a bug", "A bug in the importer stood in the way"),
    75: ("not finished yet", "Not all is done yet, and the next pass goes on"),
}
STOPPED = ("stopped", "The pass was stopped, and the next one goes on")
FATES = {
    Fate.DONE: "imported",
    Fate.REFUSED: "refused, as a whole",
    Fate.HELD: "held, until a person accepts it",
    Fate.BLOCKED: "not begun: something is to be mended first",
    Fate.OPEN: "not finished",
    Fate.WAITING: "not begun",
    Fate.LEFT_ALONE: "left alone",
}
COLLAPSED = frozenset({Fate.WAITING, Fate.LEFT_ALONE})


@dataclass(frozen=True, slots=True)
class Notice:
    """exit_code: of what is told."""

    title: str
    body: str
    exit_code: int


def pass_notice(report: PassReport, *, rows: bool) -> Notice:
    """rows: values of refused rows may be told."""
    files = sorted((f for f in report.files if f.fate not in COLLAPSED), key=_rank)
    shown = files[:MOST_FILES]
    happened = [line for file in shown for line in _file_lines(file, rows)]
    if len(files) > MOST_FILES:
        rest = sum(file.created for file in files[MOST_FILES:])
        created = f", with {amount(rest, 'lead')} created" if rest else ""
        happened.append(f"- and {len(files) - MOST_FILES:,} more{created}")
    happened += _collapsed_lines(report.files)
    happened += [_stop_line(each) for each in report.accounts if each.stopped]
    waiting = [file for file in report.files if file.fate is Fate.WAITING]
    steps = list(step_lines([*files, *waiting], report))
    parts = [
        [headline(report)],
        happened,
        ["What to do:", *steps] if steps else [],
        [*_call_lines(report.accounts), _end_line(report)],
    ]
    title, _ = VERDICTS.get(report.exit_code, STOPPED)
    body = "\n\n".join("\n".join(part) for part in parts if part)
    return Notice(f"importer: {title}", _cut(body), report.exit_code)


def stop_notice(account: AccountReport) -> Notice:
    """That nothing more is sent to an account, at once."""
    who = account_words(account.name)
    lines = [f"Nothing more is sent to {who}: {sentence(account.stopped).rstrip('.')}."]
    if account.where:
        lines.append(f"At: {sentence(account.where)}")
    if account.fix:
        lines.append(f"What to do: {sentence(account.fix)}")
    lines += _call_lines([account])
    goes_on = account.exit_code == RESUMABLE
    lines.append(
        "The next pass goes on where it was." if goes_on else "Its files wait until that is mended."
    )
    return Notice(f"importer: {who} can't go on", _cut("\n".join(lines)), account.exit_code)


def headline(report: PassReport) -> str:
    """Whether all is well, and the numbers, in one line."""
    _, verdict = VERDICTS.get(report.exit_code, STOPPED)
    stops = [f"{account_words(each.name)} can't go on" for each in report.accounts if each.stopped]
    return f"{verdict}: {', '.join([*_totals(report.files), *stops]) or 'no file came in'}."


def _totals(files: Sequence[FileReport]) -> Iterator[str]:
    fates = Counter(file.fate for file in files)
    created, jobs = sum(file.created for file in files), jobs_of(files)
    if fates[Fate.DONE]:
        yield f"{amount(fates[Fate.DONE], 'file')} imported"
    if fates[Fate.DONE] or created:
        yield f"{amount(created, 'lead')} created"
    for words, statuses in (
        ("refused", REFUSED),
        ("failed", {RowStatus.FAILED}),
        ("in doubt", {RowStatus.IN_DOUBT}),
        ("not sent yet", OPEN),
    ):
        rows = sum(job.counts.get(status, 0) for job in jobs for status in statuses)
        if rows:
            yield f"{amount(rows, 'row')} {words}"
    for fate, words in (
        (Fate.REFUSED, "refused"),
        (Fate.HELD, "held"),
        (Fate.BLOCKED, "blocked"),
        (Fate.OPEN, "not finished"),
        (Fate.WAITING, "waiting"),
    ):
        if fates[fate]:
            yield f"{amount(fates[fate], 'file')} {words}"


def jobs_of(files: Sequence[FileReport]) -> list[JobSummary]:
    """Each once, though a file may have come twice."""
    return list({file.job.number: file.job for file in files if file.job}.values())


def _rank(file: FileReport) -> int:
    """The worst first."""
    known = file.exit_code in WORST_FIRST
    return WORST_FIRST.index(file.exit_code) if known else WORST_FIRST.index(RESUMABLE)


def _file_lines(file: FileReport, rows: bool) -> Iterator[str]:
    words = "imported before" if file.is_known and not file.created else FATES[file.fate]
    line = f"- {plain(file.file)} ({plain(file.drop)}): {words}"
    if file.job is not None:
        line += f"; job {file.job.number}, {_job_words(file.job, file.created)}"
    yield line
    if file.what:
        where = f" ({sentence(file.where)})" if file.where else ""
        yield f"  {sentence(file.what)}{where}"
    for refusals in file.refusals[:MOST_REASONS]:
        column = f" in {plain(refusals.column)}" if refusals.column else ""
        yield f"  {amount(refusals.rows, 'row')}: {plain(refusals.code)}{column}"
    more = sum(refusals.rows for refusals in file.refusals[MOST_REASONS:])
    if more:
        yield f"  and {amount(more, 'row')} for other reasons"
    if file.altered:
        yield f"  the account has other values than were sent in: {listed(file.altered, FEW)}"
    for row in file.examples[:MOST_ROWS] if rows else ():
        column = f", {plain(row.column)}" if row.column else ""
        yield f"  row {row.number:,}{column}: {sentence(row.why)}"


def _job_words(job: JobSummary, created: int) -> str:
    found = []
    for words, number in counted(job.counts):
        is_part = words == "created" and created != number
        now = f" ({created:,} in this pass)" if is_part else ""
        found.append(f"{number:,} {words}{now}")
    return ": ".join([amount(job.rows, "row"), *([", ".join(found)] if found else [])])


def _collapsed_lines(files: Sequence[FileReport]) -> Iterator[str]:
    """Files with which nothing was done: those that wait by why, the others by their number."""
    waiting = sorted((f for f in files if f.fate is Fate.WAITING), key=lambda f: f.what)
    for what, group in itertools.groupby(waiting, key=lambda file: file.what):
        names = [f"{plain(file.file)} ({plain(file.drop)})" for file in group]
        why = f": {sentence(what)}" if what else ""
        yield f"- {amount(len(names), 'file')} not begun, {listed(names, FEW)}{why}"
    alone = [plain(file.file) for file in files if file.fate is Fate.LEFT_ALONE]
    if alone:
        named = f": {', '.join(alone)}" if len(alone) <= FEW else ""
        yield f"- {amount(len(alone), 'file')} left alone{named}"


def _stop_line(account: AccountReport) -> str:
    where = f" ({sentence(account.where)})" if account.where else ""
    return f"- {account_words(account.name)} can't go on: {sentence(account.stopped)}{where}"


def _call_lines(accounts: Sequence[AccountReport]) -> Iterator[str]:
    for account in accounts:
        if account.day_calls is None:
            continue
        limit = f" of {account.daily_calls:,}" if account.daily_calls is not None else ""
        kept = f", {account.reserve_calls:,} kept for people" if account.reserve_calls else ""
        who = account_words(account.name)
        yield f"Calls of {who} in 24 hours: {account.day_calls:,}{limit}{kept}"


def _end_line(report: PassReport) -> str:
    """In this machine's time."""
    ended = datetime.fromtimestamp(report.ended_at).astimezone().isoformat(" ", "seconds")
    took = timedelta(seconds=max(0, round(report.ended_at - report.started_at)))
    return f"Ended {ended}, after {took}. Journal: {plain(report.journal)}"


def _cut(body: str) -> str:
    if len(body) <= MOST_BODY:
        return body
    return body[:MOST_BODY].rpartition("\n")[0] + "\n… cut here: importer status tells the rest"
