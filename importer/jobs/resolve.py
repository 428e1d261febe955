"""`resolve`: what only a person can tell about rows in doubt, and what follows from it.

A row moves, and the decision is kept, in one transaction; nothing moves unless every row that was
named is in doubt.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from importer.delivery.connection import Connection
from importer.delivery.replies import as_guid
from importer.errors import SettingsError
from importer.jobs.adoption import COPY_ID, check_lead, refuse_held
from importer.jobs.again import stored_job
from importer.jobs.cancel import GIVEN_UP, given_up
from importer.jobs.commands import command
from importer.jobs.connected import check_account, connected, refuse_other_account
from importer.jobs.deliver import deliver, exit_code_of, out_folder, settle_state, working_on
from importer.jobs.enlist import add_rest
from importer.jobs.history import Histories, no_such_row
from importer.jobs.session import Session, counted, now_ms
from importer.journal.decisions import note_decision
from importer.journal.history import History
from importer.journal.job import Job
from importer.journal.rows import Rows
from importer.model import OPEN, Doubts, Outcome, RowStatus
from importer.results.files import check_writable

ALL = "all"
MARKED = "marked by a person"
SPAN = re.compile(r"([0-9]{1,10})(?:\s*-\s*([0-9]{1,10}))?", re.ASCII)
MOST_NAMED = 10  # rows in one message
WAYS = "--resend, --mark-created ID or --give-up"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person knows: it is not there, it is there as this lead, or it does not matter."""

    resend: bool = False
    mark_created: str | None = None
    give_up: bool = False

    @property
    def ways(self) -> int:
        return self.resend + (self.mark_created is not None) + self.give_up

    @property
    def is_made(self) -> bool:
        return self.ways > 0


def list_doubts(session: Session, reference: str | None, rows: str | None = None) -> None:
    """Show the job's in_doubt rows, or these of them, each with what was sent and looked for.

    Raises SettingsError, JournalError: as resolve_rows.
    """
    spans = None if rows is None else _read_spans(rows)
    job = stored_job(session, reference)
    histories, wanted = Histories(session.journal, job), set(_doubtful(session, job, spans))
    doubtful = Rows(session.journal, job).of_status([RowStatus.IN_DOUBT])
    found = [histories.of(row) for row in doubtful if row.number in wanted]
    session.shown = Doubts(job.number, found, session.named)


def resolve_rows(
    session: Session, reference: str | None, rows: str | None, decision: Decision
) -> None:
    """Do what was decided about these rows: `3,7-12`, or `all` that are in doubt.

    Raises every ImporterError; SettingsError, and nothing changed, where it can't be done for all
    of them.
    """
    spans, lead_id = _read_rows(rows, decision), _read_id(decision)
    job = stored_job(session, reference)
    numbers = _doubtful(session, job, spans)
    if lead_id is not None and len(numbers) > 1:
        raise SettingsError(
            f"one lead can't be {counted(len(numbers), 'row')}",
            where="--mark-created",
            fix="name one row with --row",
        )
    if not numbers:
        _say_none(session, job)
    elif decision.give_up:
        with working_on(session, job.key):
            _give_up(session, job, _doubtful(session, job, spans))
    else:
        check_account(session)
        with connected(session) as connection:
            refuse_other_account(job, connection)
            with working_on(session, job.key):
                numbers = _doubtful(session, job, spans)  # a run may have ended meanwhile
                if not numbers:
                    _say_none(session, job)
                elif lead_id is not None:
                    _mark_created(session, connection, numbers[0], lead_id)
                else:
                    _resend(session, job, numbers)
                    deliver(session, connection)


def _say_none(session: Session, job: Job) -> None:
    session.voice.say(f"job {job.number} has no in_doubt rows")
    session.exit_code = exit_code_of(session.journal.counts(job.number))


# What was asked for


def _read_rows(text: str | None, decision: Decision) -> list[Span] | None:
    """The numbers from and to, None for all. Raises SettingsError."""
    if decision.ways != 1:
        said = "nothing" if not decision.ways else "more than one thing"
        raise SettingsError(f"{said} is decided about the rows", fix=f"give one of {WAYS}")
    if text is None:
        raise SettingsError(
            "the rows to decide on are not named",
            fix="name them with --row: a number, such as 3,7-12, or all",
        )
    return _read_spans(text)


def _read_spans(text: str) -> list[Span] | None:
    if text.strip().lower() == ALL:
        return None
    return [_read_span(part.strip()) for part in text.split(",")]


def _read_span(text: str) -> Span:
    found = SPAN.fullmatch(text)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 0 < first <= last:
        raise SettingsError(
            f'these are no row numbers: "{text}"', where="--row", fix="such as 3,7-12; or all"
        )
    return first, last


def _read_id(decision: Decision) -> UUID | None:
    if decision.mark_created is None:
        return None
    lead_id = as_guid(decision.mark_created.strip())
    if lead_id is None:
        raise SettingsError(
            f'this is no Id of a lead: "{decision.mark_created}"',
            where="--mark-created",
            fix=COPY_ID,
        )
    return lead_id


def _doubtful(session: Session, job: Job, spans: list[Span] | None) -> list[int]:
    """The numbers of the rows that are meant, in order.

    Raises SettingsError: one is not in doubt. JournalError: there is none of that number.
    """
    numbers = Rows(session.journal, job).numbers_of(RowStatus.IN_DOUBT)
    if spans is None:
        return numbers
    history = History(session.journal, job)
    first, last = history.ends()
    for low, high in spans:
        if low < first or high > last:
            raise no_such_row(session, job, low if low < first else high)
        if not history.has_rows(low, high):
            raise no_such_row(session, job, low)
    _refuse_others(session, job, spans)
    return [number for number in numbers if any(low <= number <= high for low, high in spans)]


def _refuse_others(session: Session, job: Job, spans: list[Span]) -> None:
    history, others = History(session.journal, job), dict[int, RowStatus]()
    for low, high in spans:
        others |= history.others(low, high, RowStatus.IN_DOUBT, MOST_NAMED + 1)
    if not others:
        return
    named = [f"row {number} is {status}" for number, status in sorted(others.items())]
    listed, goes_on = (command(session, name, job.number) for name in ("resolve", "retry"))
    fix = f"name others, or all; {listed} lists them; nothing was changed"
    if OPEN & {*others.values()}:  # a command that was killed after it had moved them
        fix = f"to send what is pending or sending: {goes_on}; {fix}"
    more = ", …" if len(named) > MOST_NAMED else ""
    raise SettingsError(
        f"only in_doubt rows are decided on: {', '.join(named[:MOST_NAMED])}{more}",
        where=f"job {job.number}",
        fix=fix,
    )


# What follows


def _give_up(session: Session, job: Job, numbers: list[int]) -> None:
    check_writable(out_folder(session))
    rows, now = Rows(session.journal, job), now_ms()
    reason = f"{given_up(now)}; whether it arrived is not known"
    outcome = Outcome(RowStatus.SKIPPED, GIVEN_UP, reason)
    with session.journal.transaction():
        for number in numbers:
            _note(rows, number, "give_up", _reason(rows, number), now)
            rows.finish(number, outcome, now, old=RowStatus.IN_DOUBT, counted=False)
    session.voice.say(f"given up: {counted(len(numbers), 'row')} of job {job.number}")
    _end(session, rows)


def _resend(session: Session, job: Job, numbers: list[int]) -> None:
    """They keep when their first lost call began: a refusal as duplicate may be its receipt."""
    rows, now = Rows(session.journal, job), now_ms()
    with session.journal.transaction():
        for number in numbers:
            _note(rows, number, "resend", _reason(rows, number), now)
            rows.requeue(number, RowStatus.IN_DOUBT, now)
    session.voice.say(f"sent again: {counted(len(numbers), 'row')} of job {job.number}")


def _mark_created(session: Session, connection: Connection, number: int, lead_id: UUID) -> None:
    job = session.job
    assert job is not None, "the job is known"
    check_writable(out_folder(session))
    rows = Rows(session.journal, job)
    row = rows.row(number)
    assert row is not None, "it is in doubt"
    check_lead(session, connection, row, lead_id)
    now, outcome = now_ms(), Outcome(RowStatus.CREATED, None, MARKED, None, lead_id)
    with session.journal.transaction():
        refuse_held(session.journal, lead_id)
        _note(rows, number, "mark_created", str(lead_id), now)
        rows.finish(number, outcome, now, old=RowStatus.IN_DOUBT, counted=False)
    session.voice.say(f"row {number} of job {job.number} is created, as lead {lead_id}")
    _end(session, rows)
    if add_rest(session, connection):
        session.exit_code = 1


def _note(rows: Rows, number: int, what: str, detail: str | None, now: int) -> None:
    note_decision(rows.journal, (rows.job.number << 32) + number, what, detail, now)


def _reason(rows: Rows, number: int) -> str | None:
    row = rows.row(number)
    return row.reason if row else None


def _end(session: Session, rows: Rows) -> None:
    settle_state(session, rows)
    session.exit_code = exit_code_of(rows.counts())
