"""The reject file: what was refused, with the reason, to be mended and run again."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import JournalRow, Rows
from importer.model import REFUSED, REJECT_COLUMNS, RowStatus
from importer.results.files import remove_untouched, write_csv, write_file
from importer.spreadsheet import marked

if TYPE_CHECKING:
    from importer.results.workbook import Show  # openpyxl is imported where a workbook is written

KIND = "rejects"


def write_rejects(
    journal: Journal, job: Job, folder: Path, show: "Show", *, failed: bool = False
) -> Path | None:
    """Write the refused rows of the job; without any, remove the file that was there.

    show: how a workbook shows a number. failed: those as well whose transient errors outlasted
    the retries.
    """
    statuses = REFUSED | {RowStatus.FAILED} if failed else REFUSED
    if not any(journal.counts(job.number)[status] for status in statuses):
        remove_untouched(journal, job, KIND)
        return None
    refused = Rows(journal, job).of_status(statuses)
    if not job.layout.columns:
        return write_csv(journal, job, KIND, folder, _table(refused, job))
    return write_file(
        journal, job, KIND, folder, ".xlsx", lambda path: _write_workbook(refused, job, path, show)
    )


def _table(refused: Iterable[JournalRow], job: Job) -> Iterator[Sequence[str]]:
    yield [*map(marked, job.layout.header), *REJECT_COLUMNS]
    for row in refused:
        texts = _reject_texts(row, job)
        yield [*original(row, len(job.layout.header)), *map(marked, texts[:3]), *texts[3:]]


def _write_workbook(refused: Iterable[JournalRow], job: Job, path: Path, show: "Show") -> None:
    from importer.results.workbook import RejectRow, RejectWorkbook

    header = job.layout.header
    book = RejectWorkbook(job.identity.sheet or "Sheet1", header, job.layout.columns, show)
    for row in refused:
        cells = [*row.cells[: len(header)], *[""] * (len(header) - len(row.cells))]
        kinds = row.kinds[: len(header)]
        book.add(RejectRow(cells, kinds, _reject_texts(row, job), _marked(row, header)))
    book.save(path)


def _marked(row: JournalRow, header: Sequence[str]) -> list[int]:
    """The columns that the refusal names; a name may itself hold the sign between two."""
    if not row.field:
        return []
    names = {row.field, *row.field.split("; ")}
    return [index for index, name in enumerate(header) if name.strip() in names]


def original(row: JournalRow, width: int) -> list[str]:
    """The row's cells under the file's header; what stands beyond it is quoted in the reason."""
    cells = [marked(cell) for cell in row.cells[:width]]
    return cells + [""] * (width - len(cells))


def _reject_texts(row: JournalRow, job: Job) -> list[str]:
    """In the order of REJECT_COLUMNS."""
    existing = str(row.existing_id) if row.existing_id else ""
    texts = (row.code or "", row.field or "", row.reason or "")
    return [*texts, existing, str(row.number), job.key]
