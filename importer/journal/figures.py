"""Figures about what became of a job's rows, counted by SQL: the report's.

Reads only. Nothing grows with the job: rows are grouped, and single ones are the first of many.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.paths import path_of
from importer.journal.rows import ROW_BITS
from importer.model import TO_LOOK_AT, RowStatus


def _named(statuses: Iterable[RowStatus]) -> str:
    return ", ".join(f"'{status}'" for status in sorted(statuses))


REASONS = """
SELECT status, code, field, count(*) FROM row
WHERE id BETWEEN :low AND :high AND status IN ({statuses})
GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3
"""
# The first rows of each reason, in one pass, whatever order they come in.
FIRST_OF_EACH = """
SELECT status, code, field, id FROM (
    SELECT status, code, field, id,
           row_number() OVER (PARTITION BY status, code, field ORDER BY id) AS place
    FROM row WHERE id BETWEEN :low AND :high AND status IN ({statuses}))
WHERE place <= :most ORDER BY id
"""
# Codes of rows that another row of the file stands for: delivery/duplicates.py and twins.py.
IN_FILE = ("duplicate_in_file", "same_lead", "same_row")
THERE_BEFORE = f"""
FROM row
WHERE id BETWEEN :low AND :high AND coalesce(code, '') NOT IN {IN_FILE}
  AND (status = '{RowStatus.DUPLICATE}'
       OR status = '{RowStatus.SKIPPED}' AND existing_id IS NOT NULL)
"""
REPEATS = f"""
FROM row
WHERE id BETWEEN :low AND :high AND code IN {IN_FILE}
  AND status IN ('{RowStatus.DUPLICATE}', '{RowStatus.SKIPPED}')
"""
# Of these leads, those that were undone, of every job that has any: a list may repeat another's
# row. The + keeps SQLite from making an index for it, which takes ten times as long.
GONE = f"""
SELECT gone.lead_id FROM count
CROSS JOIN row AS gone ON gone.id BETWEEN count.job << 32 AND count.job << 32 | {ROW_BITS}
WHERE count.status = '{RowStatus.DELETED}' AND count.rows > 0
  AND +gone.status = '{RowStatus.DELETED}' AND gone.lead_id IN ({{leads}})
"""
# The lead of a row of this list that was sent again after its undo is nobody's any more.
FIRST_OF = f"""
WITH first AS MATERIALIZED (
    SELECT id, code, field, existing_id {{rows}} ORDER BY id LIMIT :most)
SELECT id, code, field, existing_id,
       existing_id IS NOT NULL AND (
           existing_id IN ({GONE.format(leads="SELECT existing_id FROM first")})
           OR code IN ('duplicate_in_file', 'same_row') AND NOT EXISTS (
               SELECT 1 FROM row
               WHERE lead_id = first.existing_id AND status = '{RowStatus.CREATED}'))
FROM first ORDER BY id
"""
NUMBER_OF = "SELECT count(*) {rows}"
DECISIONS = """
SELECT what, count(*), min(at), max(at) FROM decision
WHERE row BETWEEN :low AND :high GROUP BY 1 ORDER BY 3, 1
"""
LISTS = "SELECT number, name FROM static_list WHERE job = :job ORDER BY number"
# Rows that repeat one another have one lead: its own row's, or one that was there before.
ON_LIST = f"""
WITH other AS MATERIALIZED (
    SELECT existing_id AS lead, min(code IN {IN_FILE}) AS is_repeat
    FROM listed JOIN row ON row.id = listed.row
    WHERE list = :list AND lead_id IS NULL AND existing_id IS NOT NULL GROUP BY 1
)
SELECT
    (SELECT count(lead_id) FROM listed JOIN row ON row.id = listed.row WHERE list = :list)
    + (SELECT count(*) FROM other
       WHERE lead NOT IN ({GONE.format(leads="SELECT lead FROM other")})
         AND (NOT is_repeat OR EXISTS (
             SELECT 1 FROM row WHERE lead_id = other.lead AND status = '{RowStatus.CREATED}'))
         AND NOT EXISTS (
             SELECT 1 FROM row JOIN listed ON list = :list AND listed.row = row.id
             WHERE lead_id = other.lead AND status = '{RowStatus.CREATED}'))
"""
VERSIONS = "SELECT version, name, sha256 FROM mapping WHERE job = :job ORDER BY version"
MADE_BY = """
SELECT mapping, count(*) FROM row
WHERE id BETWEEN :low AND :high AND lead_id IS NOT NULL GROUP BY 1
"""

Place = tuple[str, str | None, str | None]  # status, code, column


@dataclass(frozen=True, slots=True)
class Reason:
    """Rows that ended alike. code, column: as in the reject file."""

    status: RowStatus
    code: str | None
    column: str | None
    rows: int

    @property
    def place(self) -> Place:
        return self.status, self.code, self.column


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """existing_id: of the lead that stands in the way, where it is known. is_undone: a row of this
    journal had made it, and it was deleted since."""

    number: int
    code: str | None
    column: str | None
    existing_id: UUID | None
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided, of one kind. Times in ms."""

    what: str
    times: int
    first_at: int
    last_at: int


@dataclass(frozen=True, slots=True)
class Version:
    """Of a job's mapping. sha256: of its text, which two may share where only the account changed.
    leads: that were made by it, those that were deleted since too; none of a purged job."""

    number: int
    name: str
    sha256: str
    leads: int


class Figures:
    """Of one job's rows."""

    def __init__(self, journal: Journal, job: Job) -> None:
        self._journal = journal
        self._low = job.number << 32
        self._values: dict[str, object] = {"low": self._low, "high": self._low | ROW_BITS}
        self._job = job

    def reasons(self, statuses: Iterable[RowStatus] = TO_LOOK_AT) -> list[Reason]:
        """The most frequent first."""
        sql = REASONS.format(statuses=_named(statuses))
        found = self._journal.execute(sql, self._values)
        return [Reason(RowStatus(status), *rest) for status, *rest in found]

    def first_of_each(
        self, most: int, statuses: Iterable[RowStatus] = TO_LOOK_AT
    ) -> dict[Place, list[int]]:
        """So many row numbers of each reason at most."""
        sql = FIRST_OF_EACH.format(statuses=_named(statuses))
        found: dict[Place, list[int]] = {}
        for *place, row_id in self._journal.execute(sql, {**self._values, "most": most}):
            status, code, column = place
            found.setdefault((status, code, column), []).append(row_id - self._low)
        return found

    def duplicates(self, most: int) -> tuple[list[DuplicateRow], int]:
        """The first rows for which a lead was there before this list, and how many there are."""
        return self._first_of(THERE_BEFORE, most)

    def repeats(self, most: int) -> tuple[list[DuplicateRow], int]:
        """The first rows that repeat another of the file, and how many there are."""
        return self._first_of(REPEATS, most)

    def _first_of(self, rows: str, most: int) -> tuple[list[DuplicateRow], int]:
        sql, values = FIRST_OF.format(rows=rows), {**self._values, "most": most}
        found = [
            DuplicateRow(
                row_id - self._low, code, column, UUID(bytes=lead) if lead else None, bool(undone)
            )
            for row_id, code, column, lead, undone in self._journal.execute(sql, values)
        ]
        (total,) = self._journal.execute(NUMBER_OF.format(rows=rows), self._values).fetchone()
        return found, total

    def decisions(self) -> list[Decided]:
        return [Decided(*found) for found in self._journal.execute(DECISIONS, self._values)]

    def lists(self) -> list[tuple[str, int]]:
        """Static lists of the account, each with how many leads were added to it; those that were
        undone since are on none."""
        found = self._journal.execute(LISTS, {"job": self._job.number}).fetchall()
        return [(name, self._on_list(number)) for number, name in found]

    def _on_list(self, number: int) -> int:
        leads: int
        (leads,) = self._journal.execute(ON_LIST, {"list": number}).fetchone()
        return leads

    def mappings(self) -> list[Version]:
        """Every version, in order."""
        made = dict(self._journal.execute(MADE_BY, self._values).fetchall())
        found = self._journal.execute(VERSIONS, {"job": self._job.number})
        return [
            Version(number, path_of(name), sha256, made.get(number, 0))
            for number, name, sha256 in found
        ]
