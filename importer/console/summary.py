"""What a job has come to: its words, its JSON object, and what the person does next."""

import contextlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from importer.errors import ImporterError
from importer.model import OPEN, REFUSED, JobState, JobSummary, RowStatus
from importer.quoting import NOTHING_NAMED, Named, quoted, quoted_path

WORDS = {
    RowStatus.PENDING: "to be sent",
    RowStatus.SENDING: "sent, the reply not known yet",
    RowStatus.CREATED: "leads in the account, by this file",
    RowStatus.UPDATED: "leads changed",
    RowStatus.DUPLICATE: "refused: another lead has that e-mail or phone",
    RowStatus.REJECTED: "refused by LeadSquared",
    RowStatus.INVALID: "not sent: something is wrong with the row",
    RowStatus.FAILED: "not there: errors outlasted the tries",
    RowStatus.IN_DOUBT: "sent, and nothing tells whether they arrived",
    RowStatus.SKIPPED: "nothing to do: sent before, there already, left out, or given up",
    RowStatus.DELETED: "undone",
}


def job_object(
    summary: JobSummary | None, code: int, journal: Path | None, error: ImporterError | None
) -> dict[str, object]:
    """The one object that --json prints; what is not known is null."""
    found: dict[str, object] = {
        "job": summary.number if summary else None,
        "key": summary.key if summary else None,
        "file": summary.file if summary else None,
        "state": summary.state if summary else None,
        "rows": summary.rows if summary else None,
    }
    found |= counts_object(summary.counts if summary else {})
    found |= {"exit": code, "journal": str(journal) if journal else None}
    if error is not None:
        found["error"] = {"what": error.what, "where": error.where, "fix": error.fix}
    return found


def counts_object(counts: Mapping[RowStatus, int]) -> dict[str, object]:
    """Every status under its own name; null where nothing is known."""
    return {status: counts.get(status, 0) if counts else None for status in RowStatus}


def next_steps(
    summary: JobSummary,
    files: Mapping[str, Path],
    named: Named = NOTHING_NAMED,
    *,
    mapping: str | None = None,
    lists_doubts: bool = False,
) -> Iterable[str]:
    """What the person does now, a command a line. mapping: the path of the job's. lists_doubts:
    the in_doubt rows were just shown, with what to do."""
    counts, calls = summary.counts, f"{summary.number}{named.for_calls}"
    if summary.state is JobState.PURGED:
        return
    if summary.state is JobState.STAGING:
        by = quoted_path(mapping or "MAPPING")
        again = f"importer run {_quoted_path(Path(summary.file))} -m {by}"
        sheet = f" --sheet {quoted(summary.sheet)}" if summary.sheet else ""
        options = f"{sheet}{named.reading}{named.for_calls}"
        yield f"{again}{options}  (not all of its rows are stored; nothing was sent)"
        return
    if any(counts[status] for status in OPEN):
        failed = ", and sends the failed ones again" if counts[RowStatus.FAILED] else ""
        yield f"importer retry {calls}  (goes on with the rows that are open{failed})"
    if any(counts[status] for status in REFUSED):
        path = files.get("rejects")
        if path is None:
            job = f"{summary.number}{named.for_all}"
            yield f"importer rejects {job}  (writes the refused rows with their reasons)"
        else:
            command = f"importer run {_quoted_path(path)}{named.for_calls}"
            yield f"mend the rows in {path.name}, then: {command}"
    if counts[RowStatus.FAILED] and not any(counts[status] for status in OPEN):
        yield f"importer retry {calls}  (sends the failed rows again)"
    if counts[RowStatus.IN_DOUBT] and not lists_doubts:
        yield f"importer resolve {calls}  (lists the in_doubt rows, for you to decide on)"


def moment(at: float) -> str:
    """Seconds since 1970 as this machine's time, with its offset from UTC."""
    return datetime.fromtimestamp(at).astimezone().isoformat(" ", "seconds")


def utc(at: float) -> str:
    """The same for a program: in UTC, to the millisecond."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def _quoted_path(path: Path) -> str:
    with contextlib.suppress(ValueError, OSError):  # OSError: the working folder was removed
        path = path.relative_to(Path.cwd())
    return quoted_path(str(path))


def line_of(summary: JobSummary) -> tuple[str, ...]:
    counts = summary.counts
    refused = sum(counts[status] for status in REFUSED)
    open_rows = sum(counts[status] for status in OPEN)
    created = counts[RowStatus.CREATED]
    other = summary.rows - refused - open_rows - created
    numbers = (summary.rows, created, refused, open_rows, other)
    name = Path(summary.file).name + (f" [{summary.sheet}]" if summary.sheet else "")
    return (str(summary.number), summary.key, name, summary.state, *(f"{n:,}" for n in numbers))
