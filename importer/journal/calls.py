"""Figures about the calls that left for a job, counted by SQL: the report's.

Reads only. A million calls come as some thousand lines, or one after another, and are never kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import ROW_BITS
from importer.model import RowStatus

REPLIES = """
SELECT coalesce(call, 'Lead.Create'), http, error, count(*) FROM attempt
WHERE row BETWEEN :low AND :high GROUP BY 1, 2, 3 ORDER BY call IS NOT NULL, 4 DESC, 1, 2, 3
"""
# Of the replies to Lead.Create; one a millisecond of latency at most.
LATENCIES = """
SELECT latency_ms, count(*) FROM attempt
WHERE row BETWEEN :low AND :high AND call IS NULL AND http IS NOT NULL AND latency_ms IS NOT NULL
GROUP BY 1 ORDER BY 1
"""
TRIES = """
SELECT tries, count(*) FROM (
    SELECT count(*) AS tries FROM attempt
    WHERE row BETWEEN :low AND :high AND call IS NULL GROUP BY row)
GROUP BY 1 ORDER BY 1
"""
THROTTLED = "Throttled"  # the error of a call that was throttled, whatever its status
# In spans of so many ms, counted from a moment.
SPANS = f"""
SELECT (started_at - :since) / :span_ms, count(*), sum(coalesce(error = '{THROTTLED}', 0)),
       min(started_at), max(started_at)
FROM attempt WHERE row BETWEEN :low AND :high AND call IS :call GROUP BY 1 ORDER BY 1
"""
DELETE = "Lead/Delete/ById"
FIRST_CREATE = (
    "SELECT min(started_at) FROM attempt WHERE row BETWEEN :low AND :high AND call IS NULL"
)
# What proves that nothing left: NEVER_LEFT of delivery/leadsquared.py.
NEVER_LEFT = (
    "'ConnectError', 'ConnectTimeout', 'PoolTimeout', 'ProxyError', 'UnsupportedProtocol',"
    " 'LocalProtocolError'"
)
# Calls after which nobody knew whether the lead was there, each row's last one, and what came of
# the row: status, the rows' last call, the last decision about it.
LOST = f"""
WITH lost AS (
    SELECT row, max(number) AS number FROM attempt
    WHERE row BETWEEN :low AND :high AND call IS NULL
      AND (http IS NULL AND coalesce(error, '') NOT IN ({NEVER_LEFT})
           OR http >= 500 AND error IS NULL)
    GROUP BY row
)
SELECT lost.row, row.status, sent.http, sent.error,
       coalesce((SELECT iif(error IS NULL OR error = '{THROTTLED}', 'again', 'refused')
                 FROM attempt
                 WHERE row = lost.row AND number > lost.number AND call IS NULL
                 ORDER BY number DESC LIMIT 1), '') AS after,
       coalesce((SELECT what FROM decision
                 WHERE row = lost.row AND what IN ('resend', 'mark_created', 'give_up')
                 ORDER BY number DESC LIMIT 1), '') AS decided
FROM lost
JOIN row ON row.id = lost.row
JOIN attempt AS sent ON sent.row = lost.row AND sent.number = lost.number
"""
LOST_COUNTED = f"SELECT status, after, decided, count(*) FROM ({LOST}) GROUP BY 1, 2, 3"
LOST_ROWS = f"{LOST} ORDER BY 1 LIMIT :most"


@dataclass(frozen=True, slots=True)
class Replied:
    """Calls that were answered alike. http: None where no reply came; error: the exception's type,
    the vendor's or ours, or THROTTLED."""

    call: str
    http: int | None
    error: str | None
    calls: int

    @property
    def is_throttled(self) -> bool:
        return self.error == THROTTLED


@dataclass(frozen=True, slots=True)
class Span:
    """Calls of one kind that left in one span of time. Moments in ms, by our clock."""

    number: int
    calls: int
    throttled: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of rows after a call without a reply that proves something. after: `again` where
    a later call of the row was no refusal, `refused` where it was one, "" without one; decided: by
    a person, "" where nobody has."""

    status: RowStatus
    after: str
    decided: str


@dataclass(frozen=True, slots=True)
class LostRow:
    """http, error: of its last call of that kind."""

    number: int
    http: int | None
    error: str | None
    fate: Fate


class Calls:
    """Those that left for one job."""

    def __init__(self, journal: Journal, job: Job) -> None:
        self._journal = journal
        self._low = job.number << 32
        self._values: dict[str, object] = {"low": self._low, "high": self._low | ROW_BITS}

    def replies(self) -> list[Replied]:
        """Lead.Create first, then the look-ups; the most frequent first."""
        return [Replied(*found) for found in self._journal.execute(REPLIES, self._values)]

    def latencies(self) -> list[tuple[int, int]]:
        """Milliseconds until the reply to a Lead.Create, and how many took so long; in order."""
        return self._journal.execute(LATENCIES, self._values).fetchall()

    def tries(self) -> list[tuple[int, int]]:
        """How many calls a row took, and how many rows took so many; in order."""
        return self._journal.execute(TRIES, self._values).fetchall()

    def first_create(self) -> int | None:
        """When the first Lead.Create left, ms."""
        first: int | None
        (first,) = self._journal.execute(FIRST_CREATE, self._values).fetchone()
        return first

    def creates(self, since: int, span_ms: int) -> Iterator[Span]:
        """In the order of time. since: ms, of the first call or earlier."""
        return self._spans(None, since, span_ms)

    def deletions(self, span_ms: int) -> Iterator[Span]:
        """Calls that delete a lead, in the order of time."""
        return self._spans(DELETE, 0, span_ms)

    def _spans(self, call: str | None, since: int, span_ms: int) -> Iterator[Span]:
        """call: None for Lead.Create, as in the journal."""
        values = {**self._values, "call": call, "since": since, "span_ms": span_ms}
        for found in self._journal.execute(SPANS, values):
            yield Span(*found)

    def lost(self) -> dict[Fate, int]:
        """Rows with a call after which nobody knew whether the lead was there, by what became of
        them; none of a purged job."""
        return {
            Fate(RowStatus(status), after, decided): rows
            for status, after, decided, rows in self._journal.execute(LOST_COUNTED, self._values)
        }

    def lost_rows(self, most: int) -> list[LostRow]:
        """The first of them."""
        found = self._journal.execute(LOST_ROWS, {**self._values, "most": most})
        return [
            LostRow(row_id - self._low, http, error, Fate(RowStatus(status), after, decided))
            for row_id, status, http, error, after, decided in found
        ]
