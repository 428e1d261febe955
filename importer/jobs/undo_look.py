"""Which leads of a job an undo deletes, and which it leaves alone, as the account shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from uuid import UUID

from importer.delivery.ask import Carry, kept_at
from importer.delivery.connection import Connection
from importer.delivery.evidence import TOLERANCE_S, same, seconds
from importer.delivery.lookups import Record
from importer.jobs.account_leads import PAGE, AccountLeads, is_shown
from importer.jobs.recipes import Builders
from importer.jobs.resolve import MARKED
from importer.jobs.session import Session, now_ms
from importer.journal.calls import DELETE
from importer.journal.history import History
from importer.journal.job import Job
from importer.journal.rows import JournalRow, Rows
from importer.model import Lead, RowStatus

LAG_MS = 60_000  # so long a new lead may not be shown yet
SAME_S = 1  # between two moments of one creation, which have whole seconds
MADE, CHANGED = "CreatedOn", ("ModifiedOn", "LeadLastModifiedOn")


class Fate(StrEnum):
    """What an undo does with a row's lead; the words stand behind it in the list."""

    GOES = "to be deleted"
    GONE = "not in the account any more"
    DELETED = "deleted by a call whose reply was lost"
    CHANGED = "left alone: it was changed since it was created"
    MARKED = "left alone: a person has said that it is the row's"
    NOT_OURS = "left alone: it is older than this import, which did not create it"
    NOT_SHOWN = "left alone: the account does not show it yet; it is less than a minute old"


@dataclass(frozen=True, slots=True)
class Looked:
    """One row with its lead's fate. lead: as it was sent; None where the row makes none now."""

    row: JournalRow
    lead: Lead | None
    fate: Fate

    @property
    def lead_id(self) -> UUID:
        assert self.row.lead_id is not None, "a created row has one"
        return self.row.lead_id


class Look:
    """Reads the leads of a job's created rows, a page at a time, under the throttle."""

    def __init__(
        self, session: Session, job: Job, connection: Connection, carry: Carry | None = None
    ) -> None:
        self._rows = Rows(session.journal, job)
        self._history = History(session.journal, job)
        self._builders = Builders(session.journal, job)
        begin = kept_at(self._rows, 0, now_ms, connection.ahead_ms)
        self._reader = AccountLeads(connection, session.stop.sleep, begin, carry)

    def pages(self, size: int = PAGE) -> Iterator[list[Looked]]:
        """Each as it is now; rows may be moved between two of them. Raises as `AccountLeads`."""
        created = self._rows.of_status([RowStatus.CREATED])
        while page := list(islice(created, self.most(size))):
            yield self.at(page)

    def most(self, size: int) -> int:
        """Of so many leads, those that are read at a time."""
        return min(size, self._reader.most)

    def at(self, page: Sequence[JournalRow]) -> list[Looked]:
        if not page:
            return []
        built = [self._builders.build(row) for row in page]
        leads = [lead if isinstance(lead, Lead) else None for lead in built]
        names = {name for lead in leads if lead for name in lead.sent}
        ids = [row.lead_id for row in page if row.lead_id]
        records = self._reader.read(ids, [*CHANGED, *sorted(names)])
        return [
            Looked(row, lead, self._fate(row, lead, records.get(row.lead_id or UUID(int=0))))
            for row, lead in zip(page, leads, strict=True)
        ]

    def _fate(self, row: JournalRow, lead: Lead | None, record: Record | None) -> Fate:
        if row.reason == MARKED:
            return Fate.MARKED
        if record is None:
            return self._of_none(row)
        made, sent_at = seconds(record.get(MADE)), self._history.first_sent_at(row.number)
        if sent_at is None or made is None or made < sent_at // 1000 - TOLERANCE_S:
            return Fate.NOT_OURS
        return Fate.CHANGED if _is_changed(record, made, lead) else Fate.GOES

    def _of_none(self, row: JournalRow) -> Fate:
        """Of a lead that the account does not show."""
        is_lost = self._history.has_lost_reply(row.number, DELETE)
        if is_lost is not None:
            return Fate.DELETED if is_lost else Fate.GONE
        age_ms = now_ms() - (self._history.changed_at(row.number) or 0)
        return Fate.NOT_SHOWN if 0 <= age_ms < LAG_MS else Fate.GONE


def _is_changed(record: Record, made: float, lead: Lead | None) -> bool:
    """By the account's times; where it shows none, by the values that were sent."""
    times = [at for name in CHANGED if (at := seconds(record.get(name))) is not None]
    if times:
        return max(times) > made + SAME_S
    return lead is None or any(
        is_shown(name, record) and not same(name, sent, record.get(name) or "")
        for name, sent in lead.sent.items()
    )
