"""The rows of one job: where each stands, and the only ways by which one moves.

A move is one UPDATE with the old status in its WHERE; if it does not change exactly one row, the
journal and the worker disagree, and the run ends rather than guess.
"""

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from importer.journal import statements as sql
from importer.journal.cells import Cells
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.order import in_order
from importer.journal.trouble import damaged
from importer.model import Outcome, RowStatus

FRESH = 32  # pending rows read ahead: a statement a row is 5% of a run without a limit
PAGE = 1_000  # rows read at a time where they may be moved meanwhile
ROW_BITS = 0xFFFF_FFFF


class LostMoveError(AssertionError):
    """A guarded UPDATE did not change exactly one row: a bug, or a second worker."""


class HeldLeadError(Exception):
    """Another row of the journal has created that lead."""


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One row as the journal has it. Times in ms; since_at is by the server's clock; kinds as in
    `Row`."""

    number: int
    status: RowStatus
    tries: int
    version: int
    lead_id: UUID | None
    existing_id: UUID | None
    code: str | None
    field: str | None
    reason: str | None
    cells: tuple[str, ...]
    since_at: int | None
    ended_at: int | None
    evidence: str | None
    due_at: int | None
    kinds: str = ""


class Rows:
    def __init__(self, journal: Journal, job: Job) -> None:
        self.journal = journal
        self.job = job
        self._low = job.number << 32
        self._high = self._low | ROW_BITS
        self._cells = Cells(journal, job)
        # Known to be so until a move of ours changes it; spares a query a call.
        self._none_due: set[RowStatus] = set()
        self._none_waits = False
        self._fresh: deque[JournalRow] = deque()

    def counts(self) -> dict[RowStatus, int]:
        return self.journal.counts(self.job.number)

    # Reading

    def row(self, number: int) -> JournalRow | None:
        if not 0 < number <= ROW_BITS:
            return None
        found = self.journal.execute(sql.SELECT_ROW, (self._low + number,)).fetchone()
        return self._row(found) if found else None

    def all(self) -> Iterator[JournalRow]:
        """Every row, in the file's order. Raises JournalError: there are not those that count."""
        before, read = sum(self.counts().values()), 0
        select = self.journal.execute(sql.SELECT_ROWS, (self._low, self._high))
        for found in in_order(select, self._low, self.journal.path):
            read += 1
            yield self._row(found)
        if not before <= read <= sum(self.counts().values()):
            raise damaged(f"job {self.job.number} counts other rows than it has", self.journal.path)

    def of_status(self, statuses: Iterable[RowStatus]) -> Iterator[JournalRow]:
        """Rows of these statuses, in the file's order; they may be moved meanwhile."""
        marks = ", ".join(f"'{status}'" for status in sorted(statuses))
        select = (
            f"SELECT {sql.ROW_COLUMNS} FROM row"
            f" WHERE id > ? AND id <= ? AND status IN ({marks}) ORDER BY id LIMIT {PAGE}"
        )
        last = self._low
        while page := self.journal.execute(select, (last, self._high)).fetchall():
            for found in in_order(page, last, self.journal.path):
                yield self._row(found)
            last = page[-1][0]

    def numbers_of(self, status: RowStatus) -> list[int]:
        found = self.journal.execute(sql.IDS_OF_STATUS, (self._low, self._high, status))
        return [row_id - self._low for (row_id,) in found]

    def created_since(self, moment_ms: int) -> list[int]:
        """The numbers of the rows that ended as created then or later."""
        found = self.journal.execute(sql.CREATED_SINCE, (self._low, self._high, moment_ms))
        return [row_id - self._low for (row_id,) in found]

    def last_number(self) -> int:
        (row_id,) = self.journal.execute(sql.LAST_ROW, (self._low, self._high)).fetchone()
        return (row_id or self._low) - self._low

    def _row(self, found: Sequence[object]) -> JournalRow:
        (row_id, status, tries, version, lead_id, existing_id, code, field, reason, own, own_kinds,
         since_at, ended_at, evidence, due_at) = found  # fmt: skip
        assert isinstance(row_id, int)
        if own is None:
            cells, kinds = self._cells.of(row_id)
        else:
            cells, kinds = tuple(json.loads(str(own))), str(own_kinds or "")
        return JournalRow(
            number=row_id - self._low,
            status=RowStatus(str(status)),
            tries=tries,  # type: ignore[arg-type]  # sqlite3 rows have no types: STRICT has them
            version=version,  # type: ignore[arg-type]
            lead_id=None if lead_id is None else UUID(bytes=lead_id),  # type: ignore[arg-type]
            existing_id=None if existing_id is None else UUID(bytes=existing_id),  # type: ignore[arg-type]
            code=code,  # type: ignore[arg-type]
            field=field,  # type: ignore[arg-type]
            reason=reason,  # type: ignore[arg-type]
            cells=cells,
            since_at=since_at,  # type: ignore[arg-type]
            ended_at=ended_at,  # type: ignore[arg-type]
            evidence=evidence,  # type: ignore[arg-type]
            due_at=due_at,  # type: ignore[arg-type]
            kinds=kinds,
        )

    # What can be sent

    def next_fresh(self, after: int) -> JournalRow | None:
        """The next row after that number that was never tried in this run.

        Read some at a time; whatever moves one of them takes it out (`_move`), and none comes back
        among them.
        """
        while self._fresh and self._fresh[0].number <= after:
            self._fresh.popleft()
        if not self._fresh:
            values = (self._low + after + 1, self._high, FRESH)
            self._fresh.extend(map(self._row, self.journal.execute(sql.NEXT_FRESH, values)))
        return self._fresh[0] if self._fresh else None

    def next_back(self, now: int) -> JournalRow | None:
        """A row that is back in pending and whose wait is over."""
        if self.next_due_at(RowStatus.PENDING) is None:
            return None
        found = self.journal.execute(sql.NEXT_BACK, (self.job.number, now)).fetchone()
        return self._row(found) if found else None

    def next_due_at(self, status: RowStatus) -> int | None:
        """When the first waiting row (pending), or unsettled one (sending), is due."""
        if status in self._none_due:
            return None
        due: int | None
        (due,) = self.journal.execute(sql.NEXT_DUE_AT, (self.job.number, status)).fetchone()
        if due is None:
            self._none_due.add(status)
        return due

    # Moves; each inside Journal.transaction()

    def claim(self, number: int, now: int, ahead_ms: int) -> int:
        """pending → sending, with the call's start; gives the attempt's number."""
        self._move(sql.CLAIM, number, now=now)
        self.journal.shift(self.job.number, RowStatus.PENDING, RowStatus.SENDING)
        return self.start_attempt(number, None, now, ahead_ms)

    def start_attempt(self, number: int, call: str | None, now: int, ahead_ms: int) -> int:
        """Note a call that is about to leave; number 0 for look-ups that are for no one row."""
        values: dict[str, object] = {
            "row": self._low + number,
            "call": call,
            "now": now,
            "ahead_ms": ahead_ms,
        }
        attempt: int = self.journal.execute(sql.INSERT_ATTEMPT, values).fetchone()[0]
        return attempt

    def end_attempt(
        self, number: int, attempt: int, http: int | None, error: str | None, latency_ms: int
    ) -> None:
        values = (http, error, latency_ms, self._low + number, attempt)
        self.journal.execute(sql.END_ATTEMPT, values)

    def last_attempt(self, number: int) -> tuple[int, int]:
        """The start of the last call that sent the row: by our clock, and by the server's."""
        found = self.journal.execute(sql.LAST_ATTEMPT, (self._low + number,)).fetchone()
        return found[0], found[0] + found[1]

    def finish(
        self,
        number: int,
        outcome: Outcome,
        now: int,
        *,
        old: RowStatus = RowStatus.SENDING,
        counted: bool = True,
    ) -> None:
        """Give the row its final status, and free the rows that waited for it.

        Raises HeldLeadError: it would be created with a lead that another row has.
        """
        self._move(
            sql.FINISH,
            number,
            status=outcome.status,
            old=old,
            counted=int(counted),
            lead_id=None if outcome.lead_id is None else outcome.lead_id.bytes,
            existing_id=None if outcome.existing_id is None else outcome.existing_id.bytes,
            code=outcome.code,
            field=outcome.field,
            reason=outcome.reason,
            now=now,
        )
        self.journal.shift(self.job.number, old, outcome.status)
        self._release(number, now)

    def back(
        self,
        number: int,
        now: int,
        *,
        due_at: int,
        counted: bool,
        code: str | None = None,
        reason: str | None = None,
    ) -> None:
        """sending → pending, to be claimed again from due_at on."""
        self._move(
            sql.BACK, number, now=now, due_at=due_at, counted=int(counted), code=code, reason=reason
        )
        self.journal.shift(self.job.number, RowStatus.SENDING, RowStatus.PENDING)
        self._none_due.discard(RowStatus.PENDING)
        self._release(number, now)

    def unsettle(
        self,
        number: int,
        now: int,
        *,
        since_at: int | None,
        ended_at: int,
        evidence: str,
        due_at: int,
        counted: bool,
        code: str | None = None,
        field: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Keep the row in sending, as one whose fate is to be looked for from due_at on."""
        self._none_due.discard(RowStatus.SENDING)
        self._move(
            sql.UNSETTLE,
            number,
            now=now,
            since_at=since_at,
            ended_at=ended_at,
            evidence=evidence,
            due_at=due_at,
            counted=int(counted),
            code=code,
            field=field,
            reason=reason,
        )

    def set_end(self, number: int, ended_at: int, *, due_at: int) -> None:
        """Of an unsettled row's call, which a clock that was set since had told otherwise."""
        self._move(sql.SET_END, number, ended_at=ended_at, due_at=due_at)

    def bring_forward(self, now: int, *, latest: int) -> None:
        """Pending rows that no wait of ours can hold back so long are due now."""
        values: dict[str, object] = {"now": now, "latest": latest, "job": self.job.number}
        self.journal.execute(sql.BRING_FORWARD, values)

    def look_again(self, number: int, due_at: int) -> None:
        self._move(sql.LOOK_AGAIN, number, due_at=due_at)

    def requeue(self, number: int, old: RowStatus, now: int) -> None:
        """A final row → pending, with its tries forgotten: a person asked for it."""
        self._move(sql.REQUEUE, number, old=old, now=now)
        self.journal.shift(self.job.number, old, RowStatus.PENDING)

    def _move(self, statement: str, number: int, **values: object) -> None:
        try:
            changed = self.journal.execute(statement, {"id": self._low + number, **values}).rowcount
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorname == "SQLITE_CONSTRAINT_UNIQUE":
                raise HeldLeadError from error
            raise
        if changed != 1:
            raise LostMoveError(f"job {self.job.number}, row {number}: {changed} rows moved, not 1")
        if self._fresh and self._fresh[0].number == number:
            self._fresh.popleft()

    # Rows that share a unique value

    def hold(self, number: int, other: int) -> None:
        """Let a pending row wait until the other leaves sending."""
        self._none_waits = False
        self._move(sql.HOLD, number, other=self._low + other)

    def rest(self, number: int, due_at: int) -> None:
        """Let a pending row be looked at again from due_at on."""
        self._none_due.discard(RowStatus.PENDING)
        self._move(sql.REST, number, due_at=due_at)

    def _release(self, number: int, now: int) -> None:
        if self._none_waits:
            return
        self._none_due.discard(RowStatus.PENDING)
        self.journal.execute(sql.RELEASE, {"id": self._low + number, "now": now})
        waiting = self.journal.execute(sql.ANY_WAITS, (self._low, self._high)).fetchone()
        self._none_waits = waiting is None

    def release_all(self, now: int) -> None:
        """Free what a run that was killed had held back."""
        values: dict[str, object] = {"now": now, "low": self._low, "high": self._high}
        self.journal.execute(sql.RELEASE_ALL, values)
        self._none_due.discard(RowStatus.PENDING)
        self._none_waits = True

    def has_twins(self) -> bool:
        return self.journal.execute(sql.ANY_TWIN, (self._low, self._high)).fetchone() is not None

    def numbers_with_twins(self) -> list[int]:
        """The rows that may share a unique value, or all of their values, with another."""
        found = self.journal.execute(sql.TWINS, (self._low, self._high))
        return [row_id - self._low for (row_id,) in found]

    def rivals(self, key: int, number: int) -> Iterator[int]:
        """Rows with this hash that the row must wait for, or that took its place."""
        return self._twins(sql.RIVALS, key, number)

    def repeats(self, key: int, number: int) -> Iterator[int]:
        """Rows with this hash that were, or will be, sent before the row."""
        return self._twins(sql.REPEATS, key, number)

    def _twins(self, statement: str, key: int, number: int) -> Iterator[int]:
        values: dict[str, object] = {
            "key": key,
            "low": self._low,
            "high": self._high,
            "id": self._low + number,
        }
        for (row_id,) in self.journal.execute(statement, values):
            yield row_id - self._low

    # Evidence

    def unsettled(self, now: int) -> list[JournalRow]:
        """Rows whose fate is to be looked for now."""
        if self.next_due_at(RowStatus.SENDING) is None:
            return []
        found = self.journal.execute(sql.SELECT_UNSETTLED, (self.job.number, now)).fetchall()
        return [self._row(each) for each in found]

    def in_sending(self) -> list[JournalRow]:
        """At the start of a run: rows whose call was in flight when the last one died, and, with a
        time for the next look, those that were unsettled then."""
        found = self.journal.execute(sql.SELECT_IN_SENDING, (self._low, self._high)).fetchall()
        return [self._row(each) for each in found]

    def is_held(self, lead_id: UUID) -> bool:
        """Whether any row of the journal already has that lead."""
        return self.journal.execute(sql.HOLDER, (lead_id.bytes,)).fetchone() is not None

    # Mended and added rows

    def set_cells(self, number: int, cells: Sequence[str], kinds: str = "") -> None:
        text = json.dumps(list(cells))
        self.journal.execute(sql.SET_CELLS, (text, kinds or None, self._low + number))

    def set_version(self, number: int, version: int) -> None:
        self.journal.execute(sql.SET_VERSION, (version, self._low + number))

    def own_cells(self) -> Iterator[JournalRow]:
        """Rows whose cells are not those of the file: mended ones, and ones that were added."""
        for found in self.journal.execute(sql.SELECT_OWN, (self._low, self._high)).fetchall():
            yield self._row(found)

    def add(self, number: int, cells: Sequence[str], kinds: str = "") -> None:
        """A row that was not in the file; it starts as invalid, and is checked next."""
        values = (self._low + number, self.job.version, json.dumps(list(cells)), kinds or None)
        self.journal.execute(sql.ADD_ROW, values)
        self.journal.shift(self.job.number, None, RowStatus.INVALID)
