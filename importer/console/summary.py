"""What a job has come to: its words, its JSON object, and what the person does next."""

import contextlib
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path

from importer.errors import ImporterError
from importer.model import OPEN, REFUSED, JobState, JobSummary, RowStatus

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
    RowStatus.SKIPPED: "nothing to do: the same row stands earlier, or its lead is there",
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
    summary: JobSummary, files: Mapping[str, Path], journal: str | None = None
) -> Iterable[str]:
    """What the person does now, a command a line. journal: as named by the option."""
    option = f" --journal {shlex.quote(journal)}" if journal else ""
    counts, job = summary.counts, f"{summary.number}{option}"
    if summary.state is JobState.STAGING:
        yield "run the file again: not all of its rows are stored"
        return
    if any(counts[status] for status in OPEN):
        yield f"importer retry {job}  (goes on with the rows that are open)"
    if any(counts[status] for status in REFUSED):
        path = files.get("rejects")
        if path is None:
            yield f"importer rejects {job}  (writes the refused rows with their reasons)"
        else:
            yield f"mend the rows in {path.name}, then: importer run {_quoted(path)}{option}"
    if counts[RowStatus.FAILED]:
        yield f"importer retry {job}  (sends the failed rows again)"
    if counts[RowStatus.IN_DOUBT]:
        yield (
            f"look for the {counts[RowStatus.IN_DOUBT]:,} in_doubt rows in the account:"
            f" importer results {job} lists them"
        )


def _quoted(path: Path) -> str:
    with contextlib.suppress(ValueError):
        path = path.relative_to(Path.cwd())
    return shlex.quote(str(path))


def line_of(summary: JobSummary) -> tuple[str, ...]:
    counts = summary.counts
    refused = sum(counts[status] for status in REFUSED)
    open_rows = sum(counts[status] for status in OPEN)
    created = counts[RowStatus.CREATED]
    other = summary.rows - refused - open_rows - created
    numbers = (summary.rows, created, refused, open_rows, other)
    name = Path(summary.file).name
    return (str(summary.number), summary.key, name, summary.state, *(f"{n:,}" for n in numbers))
