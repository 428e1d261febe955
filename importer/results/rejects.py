"""The reject file: what was refused, with the reason, to be mended and run again."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from importer.journal.journal import Job, Journal
from importer.journal.rows import JournalRow, Rows
from importer.model import REFUSED, REJECT_COLUMNS, RowStatus
from importer.results.files import guarded, remove_untouched, write_csv

KIND = "rejects"


def write_rejects(journal: Journal, job: Job, folder: Path, *, failed: bool = False) -> Path | None:
    """Write the refused rows of the job; without any, remove the file that was there.

    failed: those as well whose transient errors outlasted the retries.
    """
    statuses = REFUSED | {RowStatus.FAILED} if failed else REFUSED
    if not any(journal.counts(job.number)[status] for status in statuses):
        remove_untouched(journal, job, KIND)
        return None
    return write_csv(journal, job, KIND, folder, _table(Rows(journal, job), job, statuses))


def _table(rows: Rows, job: Job, statuses: frozenset[RowStatus]) -> Iterator[Sequence[str]]:
    yield [*map(guarded, job.layout.header), *REJECT_COLUMNS]
    for row in rows.of_status(statuses):
        yield [*original(row, len(job.layout.header)), *_reason(row, job)]


def original(row: JournalRow, width: int) -> list[str]:
    """The row's cells under the file's header; what stands beyond it is quoted in the reason."""
    cells = [guarded(cell) for cell in row.cells[:width]]
    return cells + [""] * (width - len(cells))


def _reason(row: JournalRow, job: Job) -> list[str]:
    """In the order of REJECT_COLUMNS."""
    existing = str(row.existing_id) if row.existing_id else ""
    texts = (row.code or "", row.field or "", row.reason or "")
    return [*map(guarded, texts), existing, str(row.number), job.key]
