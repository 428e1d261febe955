"""From a job with rows to send to its end: send, write the files, count."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from importer.delivery.connection import Connection
from importer.delivery.retry import Terms
from importer.delivery.senders import Clock
from importer.delivery.worker import Worker
from importer.errors import (
    ApiError,
    ImporterError,
    InterruptedRunError,
    JournalError,
    SettingsError,
)
from importer.jobs.commands import command
from importer.jobs.enlist import Enlistment, add_rest, enlistment
from importer.jobs.explained import explained
from importer.jobs.known import KnownRows, look_again
from importer.jobs.read_back import read_back
from importer.jobs.recipes import Builders
from importer.jobs.recorded import recorded
from importer.jobs.session import Options, Session, counted, now_ms
from importer.journal.job import Job
from importer.journal.lock import held
from importer.journal.rows import Rows
from importer.journal.trouble import damaged
from importer.model import OPEN, TO_LOOK_AT, CellKind, JobState, Progress, RowStatus
from importer.results.created import write_results
from importer.results.files import check_writable
from importer.results.rejects import write_rejects
from importer.runs import Work
from importer.settings import Account

WORTH_SAYING = 1_000  # calls: a tenth of the smallest day's quota (rate-limits: 10,000)


@contextmanager
def working_on(session: Session, key: str) -> Iterator[None]:
    """Hold the job's lock, and write the reject file however the work ends.

    Raises ResumableError: another process works on the job. JournalError: it was purged meanwhile.
    """
    with held(session.journal.path, f"job-{key}"):
        if session.job is not None:
            session.job = session.journal.job(session.job.number)
            refuse_purged(session, session.job)
        try:
            yield
        except ImporterError:
            with suppress(SettingsError):  # what ended the work is what a person must know
                write_out(session)
            raise
        write_out(session)


def refuse_purged(session: Session, job: Job) -> None:
    """Raises JournalError."""
    if job.state is JobState.PURGED:
        raise JournalError(
            f"job {job.number} was purged on {day_of(job.purged_at or 0)}",
            where=job.file,
            fix=f"its rows are gone for good; its counts: {command(session, 'status', job.number)}",
        )


def day_of(ms: int) -> date:
    """The day of that moment, UTC ms, where this machine is."""
    return datetime.fromtimestamp(ms / 1000).astimezone().date()


def deliver(session: Session, connection: Connection) -> None:
    """Send what the job has to send, add its leads to its list, and set the session's exit code.

    Raises ApiError, ResumableError, InterruptedRunError.
    """
    job = session.job
    assert job is not None, "there is a job to deliver"
    rows, known = Rows(session.journal, job), _known_rows(session, job, connection.clock)
    before = rows.counts()
    if not any(before[status] for status in OPEN):
        settle_state(session, rows)
        session.exit_code = 1 if add_rest(session, connection) else exit_code_of(before)
        return
    enlisting = _prepare(session, connection, before)
    job = session.job = _opened(session, job)
    worker = _worker(session, connection, rows, known)
    with recorded(session, job, connection, Work.SEND):
        _send(session, job, worker)
        _refuse_rest(session, rows)
        refused = enlisting.add() if enlisting is not None else 0
    if session.sent_since is not None and not session.options.unattended:
        read_back(session, connection, session.sent_since)
    session.exit_code = 1 if refused else _exit_code(session, rows, worker)


def _prepare(
    session: Session, connection: Connection, counts: dict[RowStatus, int]
) -> Enlistment | None:
    """All that can end it before the first row is sent, and what is said then; the list that leads
    are added to."""
    if not session.options.unattended:
        check_writable(out_folder(session))
    enlisting = enlistment(session, connection)
    if enlisting is not None:
        enlisting.find()
    _announce(session, connection, counts, enlisting)
    return enlisting


def _opened(session: Session, job: Job) -> Job:
    with session.journal.transaction():
        return session.journal.set_state(job, JobState.OPEN, now_ms())


def _worker(session: Session, connection: Connection, rows: Rows, known: KnownRows) -> Worker:
    account = session.account
    assert account is not None, "the command has an account"
    worker = Worker(
        rows,
        connection.api,
        connection.throttle,
        Builders(session.journal, rows.job).recipe(known.note, known.outcome),
        _terms(account, session.options),
        user_id=connection.user_id,
        ahead_ms=connection.told_ahead_ms,
        clock=connection.clock,
        progress=_teller(session),
        emptied=session.turn.pass_on,
    )
    session.stop.tell(worker.stop)
    return worker


def _send(session: Session, job: Job, worker: Worker) -> None:
    """When it is this session's turn. Raises ApiError, ResumableError."""
    try:
        session.turn.take()
        session.sent_since = now_ms()
        if session.stop.signal is None:
            worker.run()
    except ApiError as error:
        raise explained(session, error, job) from error
    finally:
        session.turn.pass_on()
        settle_state(session, Rows(session.journal, job))


def _refuse_rest(session: Session, rows: Rows) -> None:
    """Raises InterruptedRunError: a person stopped it, with rows left. JournalError: so it ended
    with none that it could find."""
    counts = rows.counts()
    if not any(counts[status] for status in OPEN):
        return
    if session.stop.signal is not None:
        retry = command(session, "retry", rows.job.number)
        fix = f"run the same command again, or: {retry}; it carries on"
        raise InterruptedRunError(session.stop.signal, "stopped", fix=fix)
    if session.options.limit is None:
        raise damaged("it counts rows to be sent, and has none", session.journal.path)


def _exit_code(session: Session, rows: Rows, worker: Worker) -> int:
    """With a limit that of the rows that were sent."""
    if session.options.limit is None:
        return exit_code_of(rows.counts())
    session.voice.say(f"stopped after {counted(len(worker.claimed), 'row')}, as --limit asks")
    sent = [row for number in worker.claimed if (row := rows.row(number))]
    return int(any(row.status in TO_LOOK_AT for row in sent))


def _terms(account: Account, options: Options) -> Terms:
    return Terms(
        account.timeout_s, account.settle_s, account.tries, options.limit, options.keep_going
    )


def _known_rows(session: Session, job: Job, clock: Clock) -> KnownRows:
    """What was sent by other jobs; rows that were in doubt for such a row's sake are open again."""
    known = KnownRows(session.journal, job.identity.account, job.number, clock.wall_ms)
    known.fill_in()
    again = look_again(session.journal, job)
    if again:
        session.voice.say(f"looked at again, as other jobs sent the same: {counted(again, 'row')}")
    return known


def _announce(
    session: Session,
    connection: Connection,
    counts: dict[RowStatus, int],
    enlisting: Enlistment | None,
) -> None:
    """Before the first call: how many rows, calls, and how long at the quota."""
    waiting, unsettled = counts[RowStatus.PENDING], counts[RowStatus.SENDING]
    calls = waiting if session.options.limit is None else min(waiting, session.options.limit)
    rate = connection.throttle.rate
    pace, left = "without a limit", connection.throttle.left_today()
    if left is not None and left.calls < calls:
        pace = str(left)
    elif rate is not None:
        pace = f"about {timedelta(seconds=round(calls / rate.per_second))} at {rate}"
    whose = connection.name or connection.account
    used = connection.throttle.calls_in_a_day()
    if used >= WORTH_SAYING:
        session.voice.say(f"sent to {whose} from here in the last 24 hours: {used:,} calls")
    session.voice.say(
        f"to send to {whose}: {counted(calls, 'row')}, at most {counted(calls, 'call')}, {pace}"
    )
    if enlisting is not None:
        session.voice.say(enlisting.announcement(calls))
    if unsettled:
        lost = counted(unsettled, "call")
        session.voice.say(f"to find out first: what became of {lost} without a reply")


def _teller(session: Session) -> Callable[[Progress], None]:
    def tell(progress: Progress) -> None:
        summary = session.summary()
        assert summary is not None, "there is a job"
        session.voice.progress(progress, summary)

    return tell


def settle_state(session: Session, rows: Rows) -> None:
    counts = rows.counts()
    state = JobState.OPEN if any(counts[status] for status in OPEN) else JobState.FINISHED
    if state is not session.journal.job(rows.job.number).state:
        with session.journal.transaction():
            session.job = session.journal.set_state(rows.job, state, now_ms())


def exit_code_of(counts: dict[RowStatus, int]) -> int:
    return 1 if any(counts[status] for status in TO_LOOK_AT) else 0


def write_out(session: Session) -> None:
    """The reject file, the results once the job is finished, and the report where it was asked for
    and nobody waits for the end."""
    if session.options.unattended or session.summary() is None or session.job is None:
        return
    if session.job.state not in (JobState.STAGING, JobState.PURGED):
        report = session.options.report and session.stop.signal is None
        write_files(session, session.job, out_folder(session), report=report)


def write_files(session: Session, job: Job, folder: Path, *, report: bool) -> None:
    """As `write_out`, into that folder. Raises SettingsError: it can't be written."""
    rejects = write_rejects(session.journal, job, folder, show_number)
    if rejects is not None:
        session.files["rejects"] = rejects
    if job.state is JobState.FINISHED:
        session.files["results"] = write_results(session.journal, job, folder)
    if report:
        from importer.jobs.report import write_job_report  # which checks the ledger as verify does

        write_job_report(session, job, folder)


def show_number(number_format: str, value: float) -> tuple[str, CellKind]:
    """How a workbook shows a number, as it is read."""
    from importer.intake.source.number_format import render  # where there is a workbook

    return render(number_format, value)


def out_folder(session: Session) -> Path:
    """--out, else where the file stands; the working folder where that folder is gone."""
    assert session.job is not None, "files are of a job"
    beside = Path(session.job.file).parent
    return session.options.out or (beside if os.path.isdir(beside) else Path.cwd())
