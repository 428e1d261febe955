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
FIRST_OF = "SELECT id, code, field, existing_id {rows} ORDER BY id LIMIT :most"
NUMBER_OF = "SELECT count(*) {rows}"
DECISIONS = """
SELECT what, count(*), min(at), max(at) FROM decision
WHERE row BETWEEN :low AND :high GROUP BY 1 ORDER BY 3, 1
"""
LISTS = """
SELECT name, count(listed.row) FROM static_list LEFT JOIN listed ON listed.list = number
WHERE job = :job GROUP BY number ORDER BY number
"""
VERSIONS = "SELECT version, name FROM mapping WHERE job = :job ORDER BY version"

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
    """existing_id: of the lead that stands in the way, where it is known."""

    number: int
    code: str | None
    column: str | None
    existing_id: UUID | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided, of one kind. Times in ms."""

    what: str
    times: int
    first_at: int
    last_at: int


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
            DuplicateRow(row_id - self._low, code, column, UUID(bytes=lead) if lead else None)
            for row_id, code, column, lead in self._journal.execute(sql, values)
        ]
        (total,) = self._journal.execute(NUMBER_OF.format(rows=rows), self._values).fetchone()
        return found, total

    def decisions(self) -> list[Decided]:
        return [Decided(*found) for found in self._journal.execute(DECISIONS, self._values)]

    def lists(self) -> list[tuple[str, int]]:
        """Static lists of the account, each with how many rows' leads were added to it."""
        return self._journal.execute(LISTS, {"job": self._job.number}).fetchall()

    def mappings(self) -> list[tuple[int, str]]:
        """Every version's number and path."""
        found = self._journal.execute(VERSIONS, {"job": self._job.number})
        return [(version, path_of(name)) for version, name in found]
