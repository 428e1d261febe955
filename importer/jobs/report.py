"""`report`: what came of a job, as a page; and of all runs of the journal. Nothing is changed."""

from collections.abc import Mapping
from pathlib import Path

from importer.errors import BusyError
from importer.jobs.again import whole_job
from importer.jobs.deliver import out_folder
from importer.jobs.enlist import unlisted_of
from importer.jobs.session import Session, now_ms
from importer.jobs.verify import ledger_of
from importer.journal.audit import Audit
from importer.journal.job import Job
from importer.journal.lock import held
from importer.journal.runs import Runs
from importer.journal.trouble import told
from importer.results import rejects
from importer.results.files import check_writable
from importer.results.page_file import HISTORY, check_page, write_page
from importer.results.report.gather import Known, gather
from importer.results.report.history import history_html, history_of
from importer.results.report.write import KIND, write_report
from importer.shown import WrittenHistory
from importer.steps import Step, next_steps, steps_after

NAME = "importer-history.html"


def report_of(session: Session, reference: str | None) -> None:
    """Write the job's report; session.files has it. A run may be at work on it meanwhile.

    Raises JournalError: not all of its rows are stored. SettingsError: it can't be written.
    """
    job = whole_job(session, reference)
    write_job_report(session, job, out_folder(session), looks=True)


def write_job_report(session: Session, job: Job, folder: Path, *, looks: bool = False) -> None:
    """looks: find out whether another process has the job. Raises SettingsError."""
    journal = session.journal
    is_at_work = looks and _is_at_work(session, job)
    with told(journal.path), journal.snapshot():
        job = journal.job(job.number)
        known = Known(
            made_at=now_ms() // 1000,
            ledger=ledger_of(session, job),
            steps=_steps(session, job, is_at_work=is_at_work),
            folder=_here(),
            is_at_work=is_at_work,
        )
        report = gather(journal, job, known)
    session.files[KIND] = write_report(journal, job, folder, report)


def _steps(session: Session, job: Job, *, is_at_work: bool) -> list[Step]:
    journal = session.journal
    if is_at_work:
        return steps_after(job.number, session.named, session.options.out)
    files, unlisted = _files(session, job), unlisted_of(journal, job)
    return list(next_steps(journal.summary(job), files, session.named, unlisted=unlisted))


def report_all(session: Session) -> None:
    """Write the history of all runs into --out, or the working folder; session.shown names it.

    Raises SettingsError: it can't be written, or another file has its name.
    """
    journal = session.journal
    if session.options.out is not None:
        check_writable(session.options.out)
    path = check_page((session.options.out or Path.cwd()) / NAME, HISTORY)
    at_work = {job.number for job in journal.jobs() if _is_at_work(session, job)}
    with told(journal.path), journal.snapshot():
        history = history_of(journal, at_work, now_ms() // 1000)
    html = history_html(history)
    session.shown = WrittenHistory(str(write_page(path, html, HISTORY)), history.all_lines)


def _is_at_work(session: Session, job: Job) -> bool:
    """Whether a process has the job; looked for only where its last run has no end, since nobody
    else can have the job meanwhile."""
    runs = Runs(session.journal).of_job(job)
    if not runs or runs[-1].ended_at is not None:
        return False
    try:
        with held(session.journal.path, f"job-{job.key}"):
            return False
    except BusyError:
        return True


def _files(session: Session, job: Job) -> Mapping[str, Path]:
    """Those that were just written; else the reject file that was written last, if it is there."""
    if rejects.KIND in session.files:
        return session.files
    written = (Path(each.path) for each in Audit(session.journal, job).outputs(rejects.KIND))
    there = next((path for path in written if path.is_file()), None)
    return {} if there is None else {rejects.KIND: there}


def _here() -> str:
    try:
        return str(Path.cwd())
    except OSError:  # it was removed
        return ""
