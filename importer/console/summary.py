"""What a job has come to: its JSON object, and its line in a table."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from importer.errors import ImporterError
from importer.model import OPEN, REFUSED, JobSummary, RowStatus


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


def moment(at: float) -> str:
    """Seconds since 1970 as this machine's time, with its offset from UTC."""
    return datetime.fromtimestamp(at).astimezone().isoformat(" ", "seconds")


def utc(at: float) -> str:
    """The same for a program: in UTC, to the millisecond."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def line_of(summary: JobSummary) -> tuple[str, ...]:
    counts = summary.counts
    refused = sum(counts[status] for status in REFUSED)
    open_rows = sum(counts[status] for status in OPEN)
    created = counts[RowStatus.CREATED]
    other = summary.rows - refused - open_rows - created
    numbers = (summary.rows, created, refused, open_rows, other)
    name = Path(summary.file).name + (f" [{summary.sheet}]" if summary.sheet else "")
    return (str(summary.number), summary.key, name, summary.state, *(f"{n:,}" for n in numbers))
