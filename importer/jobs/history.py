"""`status --row`: all that the journal knows of one row; and the same of rows in doubt."""

from collections.abc import Sequence

from importer.delivery.leadsquared import create_request
from importer.errors import JournalError
from importer.intake.headers import column_names
from importer.intake.letters import column_letter
from importer.jobs.again import stored_job
from importer.jobs.commands import command
from importer.jobs.recipes import Builders
from importer.jobs.session import Session
from importer.journal.history import History
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import JournalRow, Rows
from importer.model import Lead, RowHistory


def show_row(session: Session, reference: str | None, number: int) -> None:
    """Raises JournalError: the job has no such row."""
    job = stored_job(session, reference)
    row = Rows(session.journal, job).row(number)
    if row is None:
        raise no_such_row(session, job, number)
    session.shown = Histories(session.journal, job).of(row)


def no_such_row(session: Session, job: Job, number: int) -> JournalError:
    """A number beyond the job's rows, or that of a blank row."""
    first, last = History(session.journal, job).ends()
    have = f"its rows are {first:,} to {last:,}, as Excel numbers them" if last else "it has none"
    return JournalError(
        f"job {job.number} has no row {number:,}: {have}",
        where=job.file,
        fix=f"{command(session, 'results', job.number)} lists them all, each with its number",
    )


class Histories:
    """Of a job's rows."""

    def __init__(self, journal: Journal, job: Job) -> None:
        self._job = job
        self._history = History(journal, job)
        self._build = Builders(journal, job).build
        self._names = column_names(job.layout.header)

    def of(self, row: JournalRow) -> RowHistory:
        lead, changed_at = self._build(row), self._history.changed_at(row.number)
        return RowHistory(
            job=self._job.number,
            number=row.number,
            status=row.status,
            cells=self._named(row.cells),
            lead=_body(lead) if isinstance(lead, Lead) else None,
            lead_id=row.lead_id,
            existing_id=row.existing_id,
            code=row.code,
            column=row.field,
            reason=row.reason,
            changed_at=None if changed_at is None else changed_at / 1000,
            calls=self._history.calls(row.number),
            decisions=self._history.decisions(row.number),
        )

    def _named(self, cells: Sequence[str]) -> list[tuple[str, str]]:
        """A cell beyond the header is known by its column's letter."""
        names = self._names
        return [
            (names[index] if index < len(names) else column_letter(index), cell)
            for index, cell in enumerate(cells)
        ]


def _body(lead: Lead) -> str:
    body = create_request(lead).body
    assert body is not None, "a lead is posted"
    return body.decode()
