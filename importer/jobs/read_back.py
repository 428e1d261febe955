"""After a run, a sample of its new leads is read by Id and held against what was sent.

LeadSquared takes some values without a word and stores others, or none: a sample shows which field
is concerned. What differs is said by field and row; values are not, as messages are kept in logs.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from importer.delivery.ask import kept_at
from importer.delivery.connection import Connection
from importer.delivery.evidence import same
from importer.delivery.lookups import Record
from importer.errors import ApiError, InterruptedRunError, ResumableError
from importer.jobs.account_leads import PAGE, AccountLeads, is_shown
from importer.jobs.commands import command
from importer.jobs.recipes import Builders
from importer.jobs.session import Session, counted, now_ms
from importer.journal.audit import Numbers
from importer.journal.rows import JournalRow, Rows
from importer.model import Lead

SHARE, LEAST = 0.01, 5  # of the new leads; and so many at least


@dataclass(slots=True)
class Differences:
    """By field, the rows whose lead has another value than was sent, or none; absent: rows whose
    lead is not shown, as reads may lag behind writes."""

    read: int = 0
    altered: dict[str, Numbers] = field(default_factory=lambda: defaultdict(Numbers))
    dropped: dict[str, Numbers] = field(default_factory=lambda: defaultdict(Numbers))
    absent: Numbers = field(default_factory=Numbers)

    def compare(self, number: int, lead: Lead, record: Record | None) -> None:
        if record is None:
            self.absent.add(number)
            return
        self.read += 1
        for name, sent in lead.sent.items():
            shown = record.get(name) or ""
            if not shown.strip():
                self.dropped[name].add(number)
            elif not same(name, sent, shown):
                self.altered[name].add(number)

    def object(self, created: int) -> dict[str, object]:
        """For scripts: by field how many rows, and the first of them."""
        return {
            "read": self.read,
            "of": created,
            "not_shown": self.absent.total,
            "altered": {name: _told(rows) for name, rows in sorted(self.altered.items())},
            "dropped": {name: _told(rows) for name, rows in sorted(self.dropped.items())},
        }

    def hide(self, unshown: set[str]) -> None:
        """Leave out the fields that no record shows: of them nothing can be said."""
        for name in unshown & self.dropped.keys():
            del self.dropped[name]


def _told(numbers: Numbers) -> dict[str, object]:
    return {"rows": numbers.total, "first": list(numbers.first)}


def sample_size(created: int, wanted: int | None) -> int:
    """Of so many new leads. wanted: by a person; None for the usual share."""
    usual = max(LEAST, -(-created * SHARE // 1)) if wanted is None else wanted
    return min(created, int(usual))


def read_back(session: Session, connection: Connection, since_ms: int) -> None:
    """Say how a sample of the leads made since then differs from what was sent; a call that fails
    is said too. The exit code stays."""
    assert session.job is not None, "there is a job"
    rows = Rows(session.journal, session.job)
    created = rows.created_since(since_ms)
    size = sample_size(len(created), session.options.read_back)
    if not size:
        return
    chosen = sorted(random.Random(session.job.key).sample(created, size))
    try:
        found = _compared(session, connection, rows, chosen)
    except InterruptedRunError:
        session.voice.say("stopped: the new leads were not read back")
    except (ApiError, ResumableError) as error:
        session.voice.say(f"warning: the new leads could not be read back: {error.what}")
    else:
        session.read_back = found.object(len(created))
        for line in _lines(session, found, size, len(created)):
            session.voice.say(line)


def _compared(
    session: Session, connection: Connection, rows: Rows, numbers: Sequence[int]
) -> Differences:
    begin = kept_at(rows, 0, now_ms, connection.ahead_ms)
    reader = AccountLeads(connection, session.stop.sleep, begin)
    builders, found = Builders(session.journal, rows.job), Differences()
    shown: set[str] = set()
    sent: set[str] = set()
    if len(numbers) > PAGE:
        session.voice.say(f"reading back {counted(len(numbers), 'new lead')}; Ctrl-C ends it")
    for start in range(0, len(numbers), PAGE):
        session.stop.check("importer verify --remote reads all of them")
        leads = list(_leads(rows, builders, numbers[start : start + PAGE]))
        columns = sorted({name for _, lead in leads for name in lead.sent})
        records = reader.read([row.lead_id for row, _ in leads if row.lead_id], columns)
        for row, lead in leads:
            record = records.get(row.lead_id or UUID(int=0))
            found.compare(row.number, lead, record)
            sent.update(lead.sent)
            shown.update(name for name in lead.sent if record and is_shown(name, record))
    found.hide(sent - shown)
    return found


def _leads(
    rows: Rows, builders: Builders, numbers: Sequence[int]
) -> Iterator[tuple[JournalRow, Lead]]:
    for number in numbers:
        row = rows.row(number)
        assert row is not None, "the job has the row"
        if isinstance(lead := builders.build(row), Lead):
            yield row, lead


def _lines(session: Session, found: Differences, size: int, created: int) -> Iterator[str]:
    job = session.job
    assert job is not None, "there is a job"
    read = f"read back {counted(found.read, 'lead')} of {created:,} new"
    differing = {**found.altered, **found.dropped}
    if found.read and not differing:
        yield f"{read}: all as sent"
    for name, numbers in sorted(found.altered.items()):
        yield f"warning: {read}: the account has another value in {name} than was sent: {numbers}"
    for name, numbers in sorted(found.dropped.items()):
        yield f"warning: {read}: the account has nothing in {name}, and a value was sent: {numbers}"
    if differing:
        first = next(iter(differing.values())).first[0]
        shown = command(session, "status", job.number, "--row", first)
        yield f"what was sent shows: {shown}; the field's settings: importer fields"
    if found.absent.total:
        again = command(session, "verify", job.number, "--remote")
        yield (
            f"{counted(found.absent.total, 'new lead')} of {size} not shown by the account yet;"
            f" to look again: {again}"
        )
