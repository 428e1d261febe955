"""`undo`: the leads that a job created leave the account again, as far as its API allows.

A lead is read just before it is deleted: one that was changed since, or that the job did not
create, stays. A row moves in the transaction that notes the reply; a kill between the two leaves a
row whose lead is gone, which the next undo sees.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from importer.delivery.connection import Connection
from importer.delivery.deleter import Deleter, DeletionOffError
from importer.errors import (
    ApiError,
    InterruptedRunError,
    JournalError,
    ResumableError,
    SettingsError,
)
from importer.jobs.again import stored_job
from importer.jobs.commands import command
from importer.jobs.connected import check_account, connected, refuse_other_account
from importer.jobs.deliver import day_of, out_folder, working_on
from importer.jobs.recorded import recorded
from importer.jobs.session import Session, counted, now_ms
from importer.jobs.undo_look import Fate, Look, Looked
from importer.journal.decisions import note_decision
from importer.journal.fingerprints import Fingerprints
from importer.journal.history import History
from importer.journal.job import Job
from importer.journal.lists import forget_listed
from importer.journal.lock import held
from importer.journal.rows import JournalRow, Rows
from importer.model import OPEN, Outcome, RowStatus
from importer.results.files import check_writable
from importer.results.undone import KIND, write_undone
from importer.runs import Work, lead_link
from importer.shown import UndoneRow, UndoReport

SHOWN = 10  # leads of a plan, and of those that are left alone, on the terminal
TOLD_EVERY = 250  # leads
AGAIN = "run the same command again; it carries on"
GONE = frozenset({Fate.GONE, Fate.DELETED})  # no call is made for these

Confirm = Callable[[Sequence[str]], bool]


def undo_job(
    session: Session,
    reference: str | None,
    *,
    plan: bool,
    confirm: Confirm,
    can_ask: Callable[[], None] = lambda: None,
) -> None:
    """Delete the leads that the job created; with `plan` only say which. session.shown says what
    became of them, and session.files where the list of them is. can_ask: raises where nobody could
    answer, before a call is made.

    Raises every ImporterError; JournalError: the job has calls whose fate is not known yet.
    """
    check_account(session)
    job = stored_job(session, reference)
    if not plan:
        can_ask()
    with connected(session) as connection:
        refuse_other_account(job, connection)
        if plan:
            with held(session.journal.path, f"job-{job.key}"):
                _plan(session, connection)
        else:
            with working_on(session, job.key):
                _undo(session, connection, confirm)


@dataclass(slots=True)
class Leads:
    """What is known of the job's leads. fates: of all created rows; left: row number to why it is
    left alone; first: of those that go."""

    fates: Counter[Fate] = field(default_factory=Counter)
    left: dict[int, str] = field(default_factory=dict)
    first: list[UndoneRow] = field(default_factory=list)

    def take(self, looked: Looked, web: str) -> None:
        self.fates[looked.fate] += 1
        if looked.fate not in {Fate.GOES, *GONE}:
            self.left[looked.row.number] = looked.fate
        elif looked.fate is Fate.GOES and len(self.first) < SHOWN:
            self.first.append(_shown(looked, web))


def _shown(looked: Looked, web: str) -> UndoneRow:
    lead_id = looked.lead_id
    return UndoneRow(looked.row.number, str(lead_id), lead_link(web, lead_id))


def _surveyed(session: Session, job: Job, connection: Connection) -> Leads:
    """Raises JournalError: some leads can't be known yet."""
    counts = session.journal.counts(job.number)
    if unsettled := counts[RowStatus.SENDING]:
        give_up, settle = (command(session, name, job.number) for name in ("cancel", "retry"))
        raise JournalError(
            f"what became of {counted(unsettled, 'call')} of job {job.number} is not known yet",
            where=job.file,
            fix=f"give up what is still to be sent: {give_up}; let these calls be looked for:"
            f" {settle}; then undo it",
        )
    whose, created = connection.name or connection.account, counts[RowStatus.CREATED]
    if created:
        session.voice.say(f"reading {counted(created, 'lead')} of {whose}")
    found = Leads()
    for page in Look(session, job, connection).pages():
        session.stop.check(f"{AGAIN}; nothing was deleted now")
        for looked in page:
            found.take(looked, connection.web)
    return found


def _plan(session: Session, connection: Connection) -> None:
    check_writable(out_folder(session))
    job = session.job = session.journal.job(_job(session).number)
    found = _surveyed(session, job, connection)
    _show(session, connection, found)


def _undo(session: Session, connection: Connection, confirm: Confirm) -> None:
    job = _job(session)
    check_writable(out_folder(session))
    found = _surveyed(session, job, connection)
    total = sum(found.fates[fate] for fate in (Fate.GOES, *GONE))
    if total and not confirm(list(_question(session, connection, found))):
        session.voice.say("nothing was deleted")
        return
    work = Undoing(session, job, connection, found)
    try:
        if total:
            with recorded(session, job, connection, Work.UNDO):
                work.do()
    except DeletionOffError as off:
        raise _is_off(session, connection, str(off)) from off
    finally:
        _show(session, connection, found, work)
    if total and work.rest:
        if session.stop.signal is not None:
            raise InterruptedRunError(session.stop.signal, "stopped", fix=AGAIN)
        raise ResumableError(f"{counted(work.rest, 'lead')} still to be deleted", fix=AGAIN)


def _job(session: Session) -> Job:
    assert session.job is not None, "the job is known"
    return session.job


def _question(session: Session, connection: Connection, found: Leads) -> Iterator[str]:
    job, goes = _job(session), found.fates[Fate.GOES]
    whose = connection.name or connection.account
    yield f"undo job {job.number} ({Path(job.file).name}):"
    yield (
        f"  {counted(goes, 'lead')} of {whose} would be deleted for good, with all their"
        f" activities and tasks{_pace(connection, goes)}"
    )
    for line in _others(found):
        yield f"  {line}"
    yield "Delete them?" if goes else "Mark their rows as deleted?"


def _pace(connection: Connection, leads: int) -> str:
    rate = connection.throttle.rate
    if rate is None or not leads:
        return ""
    return f"; about {timedelta(seconds=round(leads / rate.per_second))} at {rate}"


def _others(found: Leads) -> Iterator[str]:
    for fate in Fate:
        if fate is not Fate.GOES and (number := found.fates[fate]):
            yield f"{counted(number, 'lead')} {fate}"


def _is_off(session: Session, connection: Connection, words: str) -> ApiError:
    """The list has the leads already."""
    again = command(session, "undo", _job(session).number)
    return ApiError(
        f"the account lets no lead be deleted by its API: {words}",
        where=connection.name or connection.account,
        fix="ask LeadSquared's support to enable the lead delete API; or delete the leads of the"
        f" list by hand, in the account. Then run: {again}; it sees which are gone",
        plain="the account lets no lead be deleted by its API",
    )


@dataclass(slots=True)
class Undoing:
    """The work itself. gone: leads that others deleted; deleted: by us, and of those `lost`: whose
    reply was lost. rest: that are still to be deleted. _leads: those
    that are asked for, by row number; _again: rows whose lead was read too long ago."""

    session: Session
    job: Job
    connection: Connection
    found: Leads
    gone: int = 0
    lost: int = 0
    _deleter: Deleter | None = None
    _leads: dict[int, Looked] = field(default_factory=dict)
    _again: list[JournalRow] = field(default_factory=list)
    _told: int = 0

    @property
    def deleted(self) -> int:
        return self.lost + (self._deleter.deleted if self._deleter else 0)

    @property
    def rest(self) -> int:
        counts = self.session.journal.counts(self.job.number)
        return counts[RowStatus.CREATED] - len(self.found.left)

    def do(self) -> None:
        """Raises ApiError, ResumableError, DeletionOffError."""
        session, account = self.session, self.session.account
        assert account is not None, "the command has an account"
        with session.journal.transaction():
            what = f"{counted(self.found.fates[Fate.GOES], 'lead')} to be deleted"
            note_decision(session.journal, self.job.number << 32, "undo", what, now_ms())
        rows = Rows(session.journal, self.job)
        self._deleter = deleter = Deleter(
            rows,
            self.connection,
            gone=self._note_deleted,
            tries=account.tries,
            timeout_s=account.timeout_s,
            is_stopped=lambda: session.stop.signal is not None,
        )
        session.stop.tell(deleter.wake)
        look = Look(session, self.job, self.connection, deleter.carry)
        pages = look.pages(deleter.page_size)
        with closing(deleter):
            deleter.run(lambda old: self._more(look, pages, old))
            self._look_at_refused(look)

    def _more(
        self, look: Look, pages: Iterator[list[Looked]], old: Sequence[int]
    ) -> tuple[list[tuple[int, UUID]], int] | None:
        """The leads that go, of those rows or else of the next page. Raises as `AccountLeads`."""
        self._look_at_refused(look)
        self._tell()
        read_at = self.connection.clock.wall_ms()
        self._again += (self._leads.pop(number).row for number in old)
        page = self._read_again(look) if self._again else next(pages, None)
        if page is None:
            return None
        self._note_gone(page)
        for looked in page:
            if looked.fate is Fate.GOES:
                self._leads[looked.row.number] = looked
            elif looked.fate not in GONE:
                self.found.left[looked.row.number] = looked.fate
        goes = [looked for looked in page if looked.fate is Fate.GOES]
        return [(looked.row.number, looked.lead_id) for looked in goes], read_at

    def _read_again(self, look: Look) -> list[Looked]:
        assert self._deleter is not None, "it is at work"
        most = look.most(self._deleter.page_size)
        rows, self._again = self._again[:most], self._again[most:]
        return look.at(rows)

    def _tell(self) -> None:
        if self.deleted - self._told >= TOLD_EVERY:
            self._told = self.deleted
            total = self.found.fates[Fate.GOES] + self.found.fates[Fate.DELETED]
            self.session.voice.say(f"deleted {self._told:,} of {total:,}")

    def _look_at_refused(self, look: Look) -> None:
        """One that is gone was deleted by a call whose reply was lost, or by somebody else."""
        assert self._deleter is not None, "it is at work"
        refused, self._deleter.refused = self._deleter.refused, {}
        again = look.at([self._leads.pop(number).row for number in refused])
        self._note_gone(again)
        for looked in again:
            if looked.fate not in GONE:
                words = refused[looked.row.number]
                self.found.left[looked.row.number] = f"left alone: refused by the account: {words}"

    def _note_deleted(self, number: int) -> None:
        self._move(self._leads.pop(number), f"undone on {day_of(now_ms())}")

    def _note_gone(self, looked: Iterable[Looked]) -> None:
        for each in looked:
            if each.fate in GONE:
                with self.session.journal.transaction():
                    self._move(each, f"undone on {day_of(now_ms())}; it was {each.fate}")
                self.gone += each.fate is Fate.GONE
                self.lost += each.fate is Fate.DELETED

    def _move(self, looked: Looked, reason: str) -> None:
        """created → deleted, and the row may be sent again. Inside a transaction."""
        journal, number = self.session.journal, looked.row.number
        outcome = Outcome(RowStatus.DELETED, None, reason, lead_id=looked.row.lead_id)
        rows = Rows(journal, self.job)
        rows.finish(number, outcome, now_ms(), old=RowStatus.CREATED, counted=False)
        self.found.left.pop(number, None)
        forget_listed(journal, (self.job.number << 32) + number)
        if looked.lead is not None:
            fingerprints = Fingerprints(journal, self.job.identity.account)
            fingerprints.forget(self.job.number, number, looked.lead)


# What is said of it


def _show(
    session: Session, connection: Connection, found: Leads, work: Undoing | None = None
) -> None:
    """Say it, and write the list. Of an undo that failed, what is wrong with the list is not said:
    what ended it is what a person must know."""
    job, total, left = _job(session), found.fates.total(), len(found.left)
    counts = session.journal.counts(job.number)
    statuses = [RowStatus.DELETED] if work else [RowStatus.DELETED, RowStatus.CREATED]
    rows = [
        UndoneRow(number, str(row.lead_id), lead_link(connection.web, row.lead_id), why)
        for number, why in list(found.left.items())[:SHOWN]
        if (row := Rows(session.journal, job).row(number))
    ]
    session.shown = UndoReport(
        is_plan=work is None,
        leads=total,
        to_delete=found.fates[Fate.GOES],
        gone=work.gone if work else found.fates[Fate.GONE],
        deleted=work.deleted if work else 0,
        left=left,
        first=() if work else tuple(found.first),
        left_alone=tuple(rows),
        again=command(session, "retry", job.number, "--status", "deleted"),
        undo=command(session, "undo", job.number),
        lost=work.lost if work else found.fates[Fate.DELETED],
        open_rows=sum(counts[status] for status in OPEN),
        cancel=command(session, "cancel", job.number),
        resting=History(session.journal, job).resting(statuses, found.left),
    )
    session.exit_code = 1 if work and left else 0
    if counts[RowStatus.CREATED] or counts[RowStatus.DELETED]:
        with suppress(SettingsError):
            session.files[KIND] = write_undone(
                session.journal, job, out_folder(session), connection.web,
                lambda number: found.left.get(number, Fate.GOES),
            )  # fmt: skip
