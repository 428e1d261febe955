"""What a job's rows have come to, in words, and what a person does next about them.

In: a job's summary and the files that were written. Out: words and commands; nothing is done here.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Step:
    """words: what the command does; or, where it comes `first`, what is to be done before it."""

    command: str
    words: str
    first: bool = False

    def __str__(self) -> str:
        if self.first:
            return f"{self.words}, then: {self.command}"
        return f"{self.command}  ({self.words})"


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Rows whose lead is still to be added to the static list of that name."""

    list_name: str
    rows: int


def next_steps(
    summary: JobSummary,
    files: Mapping[str, Path],
    named: Named = NOTHING_NAMED,
    *,
    mapping: str | None = None,
    lists_doubts: bool = False,
    unlisted: Unlisted | None = None,
) -> Iterator[Step]:
    """What the person does now. mapping: the path of the job's. lists_doubts: the in_doubt rows
    were just shown, with what to do. unlisted: of a finished job."""
    counts, calls = summary.counts, f"{summary.number}{named.for_calls}"
    if summary.state is JobState.PURGED:
        return
    if summary.state is JobState.STAGING:
        by = quoted_path(mapping or "MAPPING")
        again = f"importer run {_quoted_path(Path(summary.file))} -m {by}"
        sheet = f" --sheet {quoted(summary.sheet)}" if summary.sheet else ""
        options = f"{sheet}{named.reading}{named.for_calls}"
        yield Step(f"{again}{options}", "not all of its rows are stored; nothing was sent")
        return
    if any(counts[status] for status in OPEN):
        if counts[RowStatus.DELETED]:
            job = f"{summary.number}{named.for_all}"
            yield Step(f"importer cancel {job}", "gives up the rows that are still to be sent")
        failed = ", and sends the failed ones again" if counts[RowStatus.FAILED] else ""
        yield Step(f"importer retry {calls}", f"goes on with the rows that are open{failed}")
    if any(counts[status] for status in REFUSED):
        path = files.get("rejects")
        if path is None:
            job = f"{summary.number}{named.for_all}"
            yield Step(f"importer rejects {job}", "writes the refused rows with their reasons")
        else:
            command = f"importer run {_quoted_path(path)}{named.for_calls}"
            yield Step(command, f"mend the rows in {path.name}", first=True)
    if counts[RowStatus.FAILED] and not any(counts[status] for status in OPEN):
        yield Step(f"importer retry {calls}", "sends the failed rows again")
    elif unlisted is not None and unlisted.rows:
        rows = f"{unlisted.rows:,} row{'' if unlisted.rows == 1 else 's'}"
        words = f'adds the leads of {rows}, which are not on the list "{unlisted.list_name}" yet'
        yield Step(f"importer retry {calls}", words)
    if counts[RowStatus.IN_DOUBT] and not lists_doubts:
        yield Step(f"importer resolve {calls}", "lists the in_doubt rows, for you to decide on")


def steps_after(number: int, named: Named = NOTHING_NAMED, out: Path | None = None) -> list[Step]:
    """What the person does once the run has ended that has the job now: until then, commands that
    change it end at once. out: the folder of the job's report, where it was named."""
    to = "" if out is None else f" --out {_quoted_path(out)}"
    command = f"importer report {number}{to}{named.for_all}"
    return [Step(command, "writes this page anew, with what is left to do")]


def _quoted_path(path: Path) -> str:
    with contextlib.suppress(ValueError, OSError):  # OSError: the working folder was removed
        path = path.relative_to(Path.cwd())
    return quoted_path(str(path))
