"""`cancel`: what a job has still to send is given up, all of it at once."""

from importer.jobs.again import stored_job
from importer.jobs.commands import command
from importer.jobs.deliver import day_of, exit_code_of, out_folder, settle_state, working_on
from importer.jobs.session import Session, counted, now_ms
from importer.journal.decisions import note_decision
from importer.journal.history import give_up_pending
from importer.journal.rows import Rows
from importer.model import RowStatus
from importer.results.files import check_writable

GIVEN_UP = "given_up"


def given_up(now: int) -> str:
    """The reason of a row that a person let be. now: UTC ms."""
    return f"given up by a person on {day_of(now)}"


def cancel_job(session: Session, reference: str | None) -> None:
    """Give up all pending rows; rows whose reply is not known stay, to be settled.

    Raises JournalError: no such job, or one whose rows are not there. ResumableError: a run is at
    work on it.
    """
    job = stored_job(session, reference)
    with working_on(session, job.key):
        check_writable(out_folder(session))
        rows, now = Rows(session.journal, job), now_ms()
        with session.journal.transaction():
            pending = give_up_pending(session.journal, job, GIVEN_UP, given_up(now), now)
            if pending:
                note = counted(pending, "row")
                note_decision(session.journal, job.number << 32, "cancel", note, now)
        settle_state(session, rows)
        counts = rows.counts()
        _say(session, pending, counts[RowStatus.SENDING])
        session.exit_code = 1 if counts[RowStatus.SENDING] else exit_code_of(counts)


def _say(session: Session, pending: int, unsettled: int) -> None:
    assert session.job is not None, "the job is known"
    number = session.job.number
    if pending:
        session.voice.say(f"given up: {counted(pending, 'row')} of job {number}")
    else:
        session.voice.say(f"job {number} has no pending rows: there was nothing to give up")
    if unsettled:
        still = "is" if unsettled == 1 else "are"
        session.voice.say(
            f"{counted(unsettled, 'call')} without a reply {still} still to be settled:"
            f" {command(session, 'retry', number)}"
        )
