"""The static lists that a job's leads are added to, and the rows whose lead is on one.

A row is noted once the account has taken its lead, never before: a kill between the two lets the
lead be added again, which changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import ROW_BITS
from importer.model import ACCEPTED

NOTE_LIST = "INSERT INTO static_list (job, name) VALUES (?, ?)"
SET_ASKED = """
UPDATE static_list SET asked = (SELECT max(asked) + 1 FROM static_list WHERE job = :job)
WHERE number = :number
"""
SET_LIST_ID = "UPDATE static_list SET list_id = :list_id WHERE number = :number"
LIST_COLUMNS = "number, name, list_id"
LAST_ASKED = f"""
SELECT {LIST_COLUMNS} FROM static_list WHERE job = ? AND asked > 0 ORDER BY asked DESC LIMIT 1
"""
LAST_NOTED = f"""
SELECT {LIST_COLUMNS} FROM static_list WHERE job = ? ORDER BY number DESC LIMIT 1
"""
LISTS = f"SELECT {LIST_COLUMNS} FROM static_list WHERE job = ? ORDER BY number"
NOTE_LISTED = "INSERT OR IGNORE INTO listed (list, row) VALUES (?, ?)"
# By the job's lists: the table is in the order of these.
FORGET = """
DELETE FROM listed
WHERE list IN (SELECT number FROM static_list WHERE job = :job AND number = coalesce(:list, number))
  AND row BETWEEN :low AND :high
"""
# A skipped row has the Id of a lead where that was there already: of the same row in an earlier
# job, or of somebody else whom the mapping lets be.
NOT_LISTED = f"""
FROM row
WHERE id > :after AND id <= :high
  AND (status IN ({", ".join(f"'{status}'" for status in sorted(ACCEPTED))})
       OR (status = 'skipped' AND existing_id IS NOT NULL
           AND (:others OR code = 'accepted_before')))
  AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.list = :list AND listed.row = row.id)
"""
COUNT_NOT_LISTED = f"SELECT count(*) {NOT_LISTED}"
PAGE_NOT_LISTED = f"SELECT id, coalesce(lead_id, existing_id) {NOT_LISTED} ORDER BY id LIMIT :most"

# Skipped as the account has a lead with a value of theirs, which its refusal does not name.
NAMELESS = """
FROM row
WHERE id > ? AND id <= ? AND status = 'skipped' AND existing_id IS NULL
  AND code = 'MXDuplicateEntryException'
"""
COUNT_NAMELESS = f"SELECT count(*) {NAMELESS}"
PAGE_NAMELESS = f"SELECT id {NAMELESS} ORDER BY id LIMIT ?"
SET_EXISTING = """
UPDATE row SET existing_id = ?, changed_at = ?
WHERE id = ? AND status = 'skipped' AND existing_id IS NULL
"""


@dataclass(frozen=True, slots=True)
class StaticList:
    """number: in the journal, 0 where it is not noted yet. name: as it was given first. list_id:
    the account's, None where it is not known."""

    number: int
    name: str
    list_id: UUID | None = None


class StaticLists:
    """Of one job. Row numbers are the file's."""

    def __init__(self, journal: Journal, job: Job) -> None:
        self._journal = journal
        self._job = job.number
        self._low = job.number << 32
        self._high = self._low | ROW_BITS

    def last_asked(self) -> StaticList | None:
        """The one that a person named last with --list."""
        return self._last(LAST_ASKED)

    def last_noted(self) -> StaticList | None:
        """The newest of those that were ever used."""
        return self._last(LAST_NOTED)

    def named(self, name: str) -> StaticList:
        """Whatever its capitals: to the account they make no other list."""
        lists = map(_list, self._journal.execute(LISTS, (self._job,)).fetchall())
        same = (each for each in lists if each.name.casefold() == name.casefold())
        return next(same, StaticList(0, name))

    def note(self, name: str, *, asked: bool) -> StaticList:
        """Inside a transaction. asked: by a person, with --list."""
        if not self.named(name).number:
            self._journal.execute(NOTE_LIST, (self._job, name))
        found = self.named(name)
        if asked:
            self._journal.execute(SET_ASKED, {"job": self._job, "number": found.number})
        return found

    def set_id(self, number: int, list_id: UUID | None) -> None:
        """Inside a transaction. What was added to a list of another Id is not on this one. list_id:
        None where the account has no such list any more."""
        values = {"job": self._job, "list": number, "low": self._low, "high": self._high}
        self._journal.execute(FORGET, values)
        packed = None if list_id is None else list_id.bytes
        self._journal.execute(SET_LIST_ID, {"list_id": packed, "number": number})

    def count_left(self, number: int, *, others: bool) -> int:
        """Rows whose lead is to be added to that list. others: see `left`."""
        values = {**self._span(number, others), "after": self._low}
        left: int
        (left,) = self._journal.execute(COUNT_NOT_LISTED, values).fetchone()
        if others:
            (nameless,) = self._journal.execute(COUNT_NAMELESS, (self._low, self._high)).fetchone()
            left += nameless
        return left

    def nameless(self, after: int, most: int) -> list[int]:
        """The next rows after that one whose lead is there, and not known by its Id."""
        values = (self._low + after, self._high, most)
        found = self._journal.execute(PAGE_NAMELESS, values)
        return [row_id - self._low for (row_id,) in found]

    def set_existing(self, row: int, lead_id: UUID, now: int) -> None:
        """Inside a transaction: the lead that is there. now: UTC ms."""
        self._journal.execute(SET_EXISTING, (lead_id.bytes, now, self._low + row))

    def left(self, number: int, after: int, most: int, *, others: bool) -> list[tuple[int, UUID]]:
        """The next rows whose lead is to be added to that list, after that row, and the lead's Id.

        others: also leads that were there before, which no row of ours has made.
        """
        values = {**self._span(number, others), "after": self._low + after, "most": most}
        found = self._journal.execute(PAGE_NOT_LISTED, values)
        return [(row_id - self._low, UUID(bytes=lead_id)) for row_id, lead_id in found]

    def note_listed(self, number: int, rows: Iterable[int]) -> None:
        """Inside a transaction: the account has taken the leads of these rows."""
        self._journal.execute_many(NOTE_LISTED, [(number, self._low + row) for row in rows])

    def _span(self, number: int, others: bool) -> dict[str, object]:
        return {"list": number, "others": int(others), "high": self._high}

    def _last(self, sql: str) -> StaticList | None:
        found = self._journal.execute(sql, (self._job,)).fetchone()
        return None if found is None else _list(found)


def _list(found: tuple[int, str, bytes | None]) -> StaticList:
    number, name, list_id = found
    return StaticList(number, name, None if list_id is None else UUID(bytes=list_id))


def forget_listed(journal: Journal, row_id: int) -> None:
    """Inside a transaction: the row's lead was deleted, and is on no list any more."""
    values = {"job": row_id >> 32, "list": None, "low": row_id, "high": row_id}
    journal.execute(FORGET, values)
