"""What a pass over the drops has done: a line a file, what to do, and keys of the JSON object."""

from collections.abc import Iterator, Sequence

from importer.console.summary import counts_object, utc
from importer.model import REFUSED, JobSummary, RowStatus
from importer.passes import AccountReport, Fate, FileReport, PassReport

WORDS = {
    Fate.DONE: "done",
    Fate.REFUSED: "refused",
    Fate.HELD: "held back",
    Fate.BLOCKED: "stays",
    Fate.OPEN: "not finished",
    Fate.WAITING: "waits",
    Fate.LEFT_ALONE: "left alone",
}
TO_DO = (Fate.HELD, Fate.REFUSED, Fate.BLOCKED, Fate.OPEN, Fate.WAITING)
AT_FAULT = (Fate.REFUSED, Fate.BLOCKED)  # a place is told: a row, or a line of the mapping
MOST_ALONE = 10


def pass_lines(report: PassReport) -> Iterator[str]:
    alone = [each for each in report.files if each.fate is Fate.LEFT_ALONE]
    waiting = [each for each in report.files if each.fate is Fate.WAITING and each.file]
    for each in report.files:
        if each not in waiting and each not in alone:
            yield from _file_lines(each)
    for what in dict.fromkeys((each.what, each.fix) for each in waiting):
        yield from _waiting_lines([each for each in waiting if (each.what, each.fix) == what])
    for each in alone[:MOST_ALONE]:
        yield from _file_lines(each)
    if len(alone) > MOST_ALONE:
        yield f"{len(alone) - MOST_ALONE:,} more files were left alone"
    for account in report.accounts:
        yield from _account_lines(account)
    if not report.files:
        yield "nothing to do: the folders are empty"


def _waiting_lines(reports: Sequence[FileReport]) -> Iterator[str]:
    """Of files that wait for the same."""
    names = [f"{each.drop}/{each.file}" for each in reports[:MOST_ALONE]]
    more = len(reports) - len(names)
    yield f"{', '.join(names)}{f' and {more:,} more' if more else ''}: {WORDS[Fate.WAITING]}"
    yield f"  {reports[0].what}"
    if reports[0].fix:
        yield f"  fix: {reports[0].fix}"


def _file_lines(report: FileReport) -> Iterator[str]:
    name = f"{report.drop}/{report.file}" if report.file else report.drop
    job = f", job {report.job.number}" if report.job else ""
    yield f"{name}{job}: {WORDS[report.fate]}{_counts(report)}"
    if report.what:
        yield f"  {report.what}"
    if report.altered:
        fields = ", ".join(report.altered)
        yield f"  the account has other values than were sent in: {fields}"
    for kind, path in (("moved to", report.moved_to), ("rejects", report.rejects)):
        if path:
            yield f"  {kind}: {path}"
    if report.where and report.fate in AT_FAULT:
        yield f"  at:  {report.where}"
    if report.fix and report.fate in TO_DO:
        yield f"  fix: {report.fix}"
    if report.fate is Fate.DONE and report.rejects:
        yield "  next: mend the rows in that reject file, and put it into the drop's folder"
    elif report.fate is Fate.DONE and report.job and _refused(report.job):
        yield f"  next: importer rejects {report.job.number}  (writes the refused rows once more)"


def _counts(report: FileReport) -> str:
    job = report.job
    if job is None:
        return ""
    made = job.counts[RowStatus.CREATED]
    now = f" ({report.created:,} now)" if report.created != made else ""
    parts = [f"{made:,} created{now}"]
    skipped, failed = job.counts[RowStatus.SKIPPED], job.counts[RowStatus.FAILED]
    doubts = job.counts[RowStatus.IN_DOUBT]
    parts += [f"{skipped:,} skipped"] if skipped else []
    parts += [f"{_refused(job):,} refused"] if _refused(job) else []
    parts += [f"{failed:,} failed"] if failed else []
    parts += [f"{doubts:,} in doubt"] if doubts else []
    return f"; of {job.rows:,} rows {', '.join(parts)}"


def _refused(job: JobSummary) -> int:
    return sum(job.counts[status] for status in REFUSED)


def _account_lines(report: AccountReport) -> Iterator[str]:
    if report.stopped:
        yield f"account {report.name or 'of the environment'}: {report.stopped}"
        if report.fix:
            yield f"  fix: {report.fix}"


def pass_object(report: PassReport) -> dict[str, object]:
    return {
        "started_at": utc(report.started_at),
        "ended_at": utc(report.ended_at),
        "files": [_file_object(each) for each in report.files],
        "accounts": [_account_object(each) for each in report.accounts],
    }


def _file_object(report: FileReport) -> dict[str, object]:
    job = report.job
    return {
        "drop": report.drop,
        "account": report.account or None,
        "file": report.file or None,
        "fate": report.fate,
        "exit": report.exit_code,
        "what": report.what or None,
        "where": report.where or None,
        "fix": report.fix or None,
        "job": job.number if job else None,
        "key": job.key if job else None,
        "state": job.state if job else None,
        "rows": job.rows if job else None,
        **counts_object(job.counts if job else {}),
        "created_now": report.created,
        "known": report.is_known,
        "moved_to": report.moved_to,
        "rejects": report.rejects,
        "results": report.results,
        "report": report.report,
        "altered": list(report.altered),
    }


def _account_object(report: AccountReport) -> dict[str, object]:
    return {
        "name": report.name or None,
        "day_calls": report.day_calls,
        "daily_calls": report.daily_calls,
        "reserve_calls": report.reserve_calls,
        "exit": report.exit_code,
        "stopped": report.stopped or None,
        "fix": report.fix or None,
    }
