"""`verify --remote`: are the leads that a job created in the account, and as they were sent.

Leads are read by Id, a page a call, under the throttle. Messages name fields and rows, no values.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from importer.delivery.ask import kept_at
from importer.delivery.connection import Connection
from importer.delivery.evidence import same
from importer.delivery.lookups import Record
from importer.jobs.account_leads import PAGE, AccountLeads, is_shown
from importer.jobs.recipes import Builders, Built
from importer.jobs.resolve import MARKED
from importer.jobs.session import Session, counted, now_ms
from importer.journal.audit import Numbers
from importer.journal.job import Job
from importer.journal.rows import JournalRow, Rows
from importer.model import Check, Lead, RowStatus

Command = Callable[..., str]  # a command of ours on this job: its name, and options behind it

TOLD_EVERY = 5_000  # leads
AGAIN = "run the same command again; nothing was changed"


def check_account_leads(
    session: Session, job: Job, connection: Connection, command: Command
) -> tuple[list[Check], list[str]]:
    """Compare every created row with its lead; gives the checks, and notes.

    Raises ApiError, ResumableError, InterruptedRunError.
    """
    rows, builders = Rows(session.journal, job), Builders(session.journal, job)
    begin = kept_at(rows, 0, now_ms, connection.ahead_ms)
    reader = AccountLeads(connection, session.stop.sleep, begin)
    total, found = rows.counts()[RowStatus.CREATED], Compared()
    whose = connection.name or connection.account
    session.voice.say(f"reading {counted(total, 'lead')} of {whose}")
    for page in _pages(rows.of_status([RowStatus.CREATED])):
        session.stop.check(AGAIN)
        leads = [(row, builders.build(row)) for row in page]
        columns = {name for _, lead in leads if isinstance(lead, Lead) for name in lead.sent}
        records = reader.read([row.lead_id for row in page if row.lead_id], sorted(columns))
        for row, lead in leads:
            found.compare(row, lead, records)
        if found.read % TOLD_EVERY == 0:
            session.voice.say(f"read {found.read:,} of {total:,} leads")
    return found.checks(command), found.notes()


def _pages(rows: Iterator[JournalRow]) -> Iterator[list[JournalRow]]:
    return iter(lambda: list(islice(rows, PAGE)), [])


@dataclass(slots=True)
class Compared:
    """missing: rows whose lead the account does not have; altered: field to the rows whose value
    it shows otherwise; unshown: fields that it does not show."""

    read: int = 0
    missing: Numbers = field(default_factory=Numbers)
    altered: dict[str, Numbers] = field(default_factory=lambda: defaultdict(Numbers))
    unshown: set[str] = field(default_factory=set)
    unmade: Numbers = field(default_factory=Numbers)

    def compare(self, row: JournalRow, built: Built, records: dict[UUID, Record]) -> None:
        self.read += 1
        record = records.get(row.lead_id) if row.lead_id else None
        if record is None:
            self.missing.add(row.number)
        elif isinstance(built, Lead):
            # What a person marks may have been sent by a row of another job, with its own stamp.
            sent = built.values if row.reason == MARKED else built.sent
            self._fields(row.number, sent, record)
        else:
            self.unmade.add(row.number)

    def _fields(self, number: int, values: Mapping[str, str], record: Record) -> None:
        for name, sent in values.items():
            if not is_shown(name, record):
                self.unshown.add(name)
            elif not same(name, sent, record.get(name) or ""):
                self.altered[name].add(number)

    def checks(self, command: Command) -> list[Check]:
        here = f"{counted(self.read - self.missing.total, 'lead')} of {self.read:,}"
        gone = f"{counted(self.missing.total, 'lead')} of {self.read:,} not there: {self.missing}"
        altered = [f"{name}: {numbers}" for name, numbers in sorted(self.altered.items())]
        return [
            Check(
                "leads in the account",
                not self.missing.total,
                gone if self.missing.total else here,
                "they were deleted or merged there since; "
                + _shows(command, self.missing, "the Id that it had"),
            ),
            Check(
                "values in the account",
                not altered,
                f"otherwise than sent: {'; '.join(altered)}" if altered else f"{here} as sent",
                "they were changed there since, or are stored otherwise; "
                + _shows(command, next(iter(self.altered.values()), None), "what was sent"),
            ),
        ]

    def notes(self) -> list[str]:
        found = []
        if self.unshown:
            names = ", ".join(sorted(self.unshown))
            found.append(f"not compared, as the account does not show them: {names}")
        if self.unmade.total:
            found.append(f"not compared, as they make no lead any more: {self.unmade}")
        return found


def _shows(command: Command, rows: Numbers | None, what: str) -> str:
    if rows is None or not rows.first:
        return ""
    return f"{what} shows: {command('status', '--row', rows.first[0])}"
