"""`retry`, `rejects`, `results`: from the journal alone, also when the file is gone."""

from collections.abc import Iterable

from importer.errors import JournalError, SettingsError
from importer.jobs.commands import command, run_again
from importer.jobs.connected import check_account, connected, refuse_other_account
from importer.jobs.deliver import deliver, out_folder, refuse_purged, show_number, working_on
from importer.jobs.enlist import check_list_name
from importer.jobs.remap import take_account
from importer.jobs.session import Session, counted, now_ms
from importer.journal.job import Job
from importer.journal.rows import Rows
from importer.model import OPEN, JobState, JobSummary, RowStatus
from importer.results.created import write_results
from importer.results.rejects import write_rejects

ON_REQUEST = (RowStatus.DUPLICATE, RowStatus.REJECTED, RowStatus.DELETED)
WHY_NOT = {
    RowStatus.INVALID: "mend those rows in the reject file, and run it",
    RowStatus.IN_DOUBT: "decide on them first",
    RowStatus.CREATED: "they are in the account",
    RowStatus.UPDATED: "they are in the account",
    RowStatus.SKIPPED: "the same row, or its lead, is there already, or they are left out",
}


def retry_job(session: Session, reference: str | None, statuses: Iterable[str] = ()) -> None:
    """Go on with a job: pending and unsettled rows, failed ones, and those of these statuses.

    Raises every ImporterError; SettingsError for a status that is not sent again.
    """
    check_account(session)
    check_list_name(session)
    wanted = _read_statuses(session, reference, statuses)
    go_on(session, stored_job(session, reference), [RowStatus.FAILED, *wanted])


def go_on(session: Session, job: Job, again: Iterable[RowStatus]) -> None:
    """Send what the job has open, and the rows of these statuses. Raises every ImporterError."""
    with connected(session) as connection:
        refuse_other_account(job, connection)
        with working_on(session, job.key):
            session.job = session.journal.job(job.number)
            take_account(session, session.job, None, connection)
            _requeue(session, session.job, again)
            deliver(session, connection)


def rejects_of(session: Session, reference: str | None, *, failed: bool = False) -> None:
    """Write the reject file; session.files has it where there are refused rows."""
    job = stored_job(session, reference)
    path = write_rejects(session.journal, job, out_folder(session), show_number, failed=failed)
    if path is not None:
        session.files["rejects"] = path


def results_of(session: Session, reference: str | None) -> None:
    job = stored_job(session, reference)
    session.files["results"] = write_results(session.journal, job, out_folder(session))


def list_jobs(session: Session) -> list[JobSummary]:
    return [session.journal.summary(job) for job in session.journal.jobs()]


def show_job(session: Session, reference: str | None) -> None:
    session.job = session.journal.find_job(reference)


def stored_job(session: Session, reference: str | None) -> Job:
    """The job, with all of its rows in the journal. Raises JournalError."""
    job = whole_job(session, reference)
    refuse_purged(session, job)
    return job


def whole_job(session: Session, reference: str | None) -> Job:
    """The job, purged or with all of its rows in the journal. Raises JournalError."""
    session.job = job = session.journal.find_job(reference)
    if job.state is JobState.STAGING:
        raise JournalError(
            f"job {job.number} was stopped before all its rows were stored; nothing was sent",
            where=job.file,
            fix=f"run its file again: {run_again(session, job)};"
            f" or drop it: {command(session, 'purge', job.number)}",
        )
    return job


def _read_statuses(
    session: Session, reference: str | None, statuses: Iterable[str]
) -> list[RowStatus]:
    names = [name.strip() for text in statuses for name in text.split(",") if name.strip()]
    choices = ", ".join([*ON_REQUEST, RowStatus.FAILED])
    found = []
    for name in names:
        if name not in list(RowStatus):
            raise SettingsError(f'there is no status "{name}"', fix=f"use one of: {choices}")
        status = RowStatus(name)
        if status in WHY_NOT:
            why = WHY_NOT[status]
            if status is RowStatus.IN_DOUBT:
                why += f": {command(session, 'resolve', reference)}"
            raise SettingsError(
                f"rows that are {status} are not sent again: {why}",
                fix=f"use one of: {choices}",
            )
        if status in OPEN:
            raise SettingsError(
                f"rows that are {status} are sent in any case", fix=f"use one of: {choices}"
            )
        found.append(status)
    return found


def _requeue(session: Session, job: Job, wanted: Iterable[RowStatus]) -> None:
    rows, again = Rows(session.journal, job), 0
    with session.journal.transaction():
        for status in {*wanted} & {RowStatus.FAILED, *ON_REQUEST}:
            for number in rows.numbers_of(status):
                rows.requeue(number, status, now_ms())
                again += 1
    if again:
        session.voice.say(f"sent again: {counted(again, 'row')} of job {job.number}")
