"""The results file: every row once, with what became of it and its lead's Id."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.model import RESULTS_COLUMNS
from importer.results.files import write_csv
from importer.results.rejects import original
from importer.spreadsheet import marked

KIND = "results"


def write_results(journal: Journal, job: Job, folder: Path) -> Path:
    return write_csv(journal, job, KIND, folder, _table(Rows(journal, job), job))


def _table(rows: Rows, job: Job) -> Iterator[Sequence[str]]:
    width = len(job.layout.header)
    yield [*map(marked, job.layout.header), *RESULTS_COLUMNS]
    for row in rows.all():
        lead_id = row.lead_id or row.existing_id
        yield [
            *original(row, width),
            row.status,
            str(lead_id) if lead_id else "",
            str(row.number),
            marked(row.reason or ""),
        ]
