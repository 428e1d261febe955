"""What was done about the rows of a job: the calls that left, and what people decided.

Nothing is moved here, but for the one move that is for all pending rows at once.
"""

import json
from collections.abc import Iterable
from functools import cached_property
from operator import itemgetter
from uuid import UUID

from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import ROW_BITS
from importer.model import CallRecord, DecisionRecord, RowStatus

CALL_COLUMNS = "call, number, started_at, ahead_ms, http, error, latency_ms"
CALLS = f"SELECT {CALL_COLUMNS} FROM attempt WHERE row = ? ORDER BY number"
LOOK = "Leads.RecentlyModified"  # other calls for many rows tell nothing of an open fate
LOOKS_FOR_ALL = f"""
SELECT {CALL_COLUMNS} FROM attempt WHERE row = ? AND call = ? ORDER BY number
"""
# A look-up for all unsettled rows counts for a row from the end of its first call on.
FIRST_END = """
SELECT min(started_at + coalesce(latency_ms, 0)) FROM attempt WHERE row = ? AND call IS NULL
"""
FIRST_SENT_AT = "SELECT min(started_at + ahead_ms) FROM attempt WHERE row = ? AND call IS NULL"
# Such calls since the row was sent last: NULL without one, 1 where a reply was lost.
REPLY_LOST = """
SELECT max(http IS NULL OR http >= 500 AND error IS NULL) FROM attempt
WHERE row = :row AND call = :call AND number > coalesce(
    (SELECT max(number) FROM attempt WHERE row = :row AND call IS NULL), 0)
"""
# Rows of other jobs that were not sent, as leads of this one were there.
RESTING = """
SELECT other.id >> 32, count(*) FROM row AS other
JOIN row AS ours ON ours.lead_id = other.existing_id
WHERE ours.id BETWEEN :low AND :high AND ours.status IN (SELECT value FROM json_each(:statuses))
  AND ours.id NOT IN (SELECT value FROM json_each(:but))
  AND other.existing_id IS NOT NULL AND other.id NOT BETWEEN :low AND :high
GROUP BY 1 ORDER BY 1
"""
CHANGED_AT = "SELECT changed_at FROM row WHERE id = ?"
DECISIONS = "SELECT at, what, detail FROM decision WHERE row = ? ORDER BY number"
DECISIONS_FOR_ALL = """
SELECT at, what, detail FROM decision WHERE row = ? AND at = ? ORDER BY number
"""
ENDS = "SELECT min(id), max(id) FROM row WHERE id BETWEEN ? AND ?"
OF_OTHER_STATUS = """
SELECT id, status FROM row WHERE id BETWEEN ? AND ? AND status <> ? ORDER BY id LIMIT ?
"""
ANY_ROW = "SELECT 1 FROM row WHERE id BETWEEN ? AND ? LIMIT 1"
HOLDER = "SELECT id FROM row WHERE lead_id = ? AND status = 'created'"
GIVE_UP_PENDING = """
UPDATE row
SET status = 'skipped', code = :code, reason = :reason, field = NULL, changed_at = :now,
    due_at = NULL, waits_for = NULL, ended_at = NULL, evidence = NULL, since_at = NULL
WHERE id BETWEEN :low AND :high AND status = 'pending'
"""


class History:
    """Of one job's rows. Times in ms."""

    def __init__(self, journal: Journal, job: Job) -> None:
        self._journal = journal
        self._low = job.number << 32
        self._high = self._low | ROW_BITS

    def changed_at(self, number: int) -> int | None:
        changed: int | None
        (changed,) = self._journal.execute(CHANGED_AT, (self._low + number,)).fetchone()
        return changed

    def first_sent_at(self, number: int) -> int | None:
        """When the first call that sent the row began, by the server's clock; None without one."""
        found: int | None
        (found,) = self._journal.execute(FIRST_SENT_AT, (self._low + number,)).fetchone()
        return found

    def has_lost_reply(self, number: int, name: str) -> bool | None:
        """Of such calls for the row since it was sent last; None where none has left."""
        values = {"row": self._low + number, "call": name}
        (found,) = self._journal.execute(REPLY_LOST, values).fetchone()
        return None if found is None else bool(found)

    def resting(
        self, statuses: Iterable[RowStatus], but: Iterable[int] = ()
    ) -> list[tuple[int, int]]:
        """Other jobs, and how many of their rows were not sent as the leads were there of this
        job's rows of these statuses. but: numbers of rows whose leads do not count."""
        values = {
            "low": self._low,
            "high": self._low | ROW_BITS,
            "statuses": json.dumps([*statuses]),
            "but": json.dumps([self._low + number for number in but]),
        }
        return self._journal.execute(RESTING, values).fetchall()

    def calls(self, number: int) -> list[CallRecord]:
        """The row's own, and the look-ups for all rows that were made while its fate was open."""
        own = [_call(*found) for found in self._journal.execute(CALLS, (self._low + number,))]
        (ended,) = self._journal.execute(FIRST_END, (self._low + number,)).fetchone()
        if ended is None:
            return own
        since, until = ended / 1000, (self.changed_at(number) or 0) / 1000
        looks = [look for look in self._looks_for_all if since <= look.at < until]
        return sorted([*own, *looks], key=lambda call: call.at)

    @cached_property
    def _looks_for_all(self) -> list[CallRecord]:
        found = self._journal.execute(LOOKS_FOR_ALL, (self._low, LOOK))
        return [_call(*each, for_all=True) for each in found]

    def decisions(self, number: int) -> list[DecisionRecord]:
        """The row's own, and that which was for many rows and moved this one last."""
        journal, own = self._journal, (self._low + number,)
        found = [
            *journal.execute(DECISIONS, own).fetchall(),
            *journal.execute(DECISIONS_FOR_ALL, (self._low, self.changed_at(number))).fetchall(),
        ]
        found.sort(key=itemgetter(0))
        return [DecisionRecord(at / 1000, what, detail) for at, what, detail in found]

    # Which rows there are

    def ends(self) -> tuple[int, int]:
        """The first and the last row number; 0 where the job has no rows."""
        first, last = self._journal.execute(ENDS, (self._low, self._high)).fetchone()
        return (0, 0) if first is None else (first - self._low, last - self._low)

    def has_rows(self, first: int, last: int) -> bool:
        """Whether any of these numbers is a row: blank rows take numbers, and are none."""
        found = self._journal.execute(ANY_ROW, (self._low + first, self._low + last))
        return found.fetchone() is not None

    def others(
        self, first: int, last: int, status: RowStatus, most: int
    ) -> list[tuple[int, RowStatus]]:
        """So many rows at most, of these numbers, that have another status."""
        values = (self._low + first, self._low + last, status, most)
        found = self._journal.execute(OF_OTHER_STATUS, values)
        return [(row_id - self._low, RowStatus(other)) for row_id, other in found]


def give_up_pending(journal: Journal, job: Job, code: str, reason: str, now: int) -> int:
    """All pending rows → skipped, in one move; how many. Inside a transaction."""
    low = job.number << 32
    values: dict[str, object] = {"low": low, "high": low | ROW_BITS, "now": now}
    changed = journal.execute(GIVE_UP_PENDING, {"code": code, "reason": reason, **values}).rowcount
    journal.shift(job.number, RowStatus.PENDING, RowStatus.SKIPPED, changed)
    return changed


def holder_of(journal: Journal, lead_id: UUID) -> tuple[int, int] | None:
    """Job and number of the row that has created the lead."""
    found = journal.execute(HOLDER, (lead_id.bytes,)).fetchone()
    return (found[0] >> 32, found[0] & ROW_BITS) if found else None


def _call(
    name: str | None,
    number: int,
    started_at: int,
    ahead_ms: int,
    http: int | None,
    error: str | None,
    latency_ms: int | None,
    *,
    for_all: bool = False,
) -> CallRecord:
    return CallRecord(
        name=name or "Lead.Create",
        number=number,
        at=started_at / 1000,
        server_at=(started_at + ahead_ms) / 1000,
        http=http,
        error=error,
        latency_ms=latency_ms,
        for_all=for_all,
    )
