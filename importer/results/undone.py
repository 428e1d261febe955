"""The list of an undo: each row that made a lead, what became of it, and where to look at it.

It has the columns of a results file, and so can't be run as a list by mistake.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.model import RESULTS_COLUMNS, RowStatus
from importer.results.files import write_csv
from importer.results.rejects import original
from importer.runs import lead_link
from importer.spreadsheet import marked

KIND = "undo"
COLUMNS = (*RESULTS_COLUMNS, "Lead Link")


def write_undone(
    journal: Journal, job: Job, folder: Path, web: str, told: Callable[[int], str]
) -> Path:
    """told: of a row that is still created, what becomes of it. web: as of `lead_link`.

    Raises SettingsError: the folder can't be written.
    """
    return write_csv(journal, job, KIND, folder, _table(Rows(journal, job), job, web, told))


def _table(rows: Rows, job: Job, web: str, told: Callable[[int], str]) -> Iterator[Sequence[str]]:
    width = len(job.layout.header)
    yield [*map(marked, job.layout.header), *COLUMNS]
    for row in rows.of_status([RowStatus.CREATED, RowStatus.DELETED]):
        reason = row.reason or "" if row.status is RowStatus.DELETED else told(row.number)
        link = lead_link(web, row.lead_id) if row.status is RowStatus.CREATED else ""
        texts = (row.status, str(row.lead_id or ""), str(row.number), marked(reason), link)
        yield [*original(row, width), *texts]
