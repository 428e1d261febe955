"""A journal with a row of every state, and what is told of each of its rows."""

from pathlib import Path
from uuid import UUID

from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.journal.salvage import SavedRow, salvage
from importer.model import Outcome, RowStatus
from tests.journal.damage import Files, read_files, write_files
from tests.journal.stored import NOW, make_job, people

LEADS = [UUID(int=(0xABCD << 64) + number) for number in range(100)]
FOREIGN = UUID(int=0xDCBA << 64)
LOW = 1 << 32
# Rows 2 to 21 in blocks of five; row 14 is blank, row 10 was mended.
CELLS = [*people(12), (), *people(20)[12:]]
TOLD = {
    2: RowStatus.CREATED, 3: RowStatus.CREATED, 4: RowStatus.DUPLICATE, 5: RowStatus.DUPLICATE,
    6: RowStatus.REJECTED, 7: RowStatus.FAILED, 8: RowStatus.IN_DOUBT, 9: RowStatus.SENDING,
    10: RowStatus.CREATED,
}  # fmt: skip
PENDING = [number for number in range(11, 23) if number != 14]


def finish(rows: Rows, number: int, outcome: Outcome, now: int) -> None:
    attempt = rows.claim(number, now, 0)
    rows.end_attempt(number, attempt, 200, None, 10)
    rows.finish(number, outcome, now + 10)


def move_all(journal: Journal, rows: Rows) -> None:
    outcomes = {
        2: Outcome(RowStatus.CREATED, lead_id=LEADS[2]),
        3: Outcome(RowStatus.CREATED, lead_id=LEADS[3]),
        4: Outcome(RowStatus.DUPLICATE, "duplicate_in_file", "As row 2.", existing_id=LEADS[2]),
        5: Outcome(RowStatus.DUPLICATE, "MXDup", "It is there.", existing_id=FOREIGN),
        6: Outcome(RowStatus.REJECTED, "MXBad", "No such city."),
        7: Outcome(RowStatus.FAILED, "HTTP 503", "Busy."),
        8: Outcome(RowStatus.IN_DOUBT, "ReadError", "Nobody knows."),
        10: Outcome(RowStatus.CREATED, lead_id=LEADS[10]),
    }
    with journal.transaction():
        rows.set_cells(10, ["Mended", "mended@example.com", ""])
        for number, outcome in outcomes.items():
            finish(rows, number, outcome, NOW + number)
        rows.claim(9, NOW + 9, 0)


def make_sound(path: Path) -> Files:
    """Its files, closed."""
    with Journal(path, create=True) as journal:
        move_all(journal, Rows(journal, make_job(journal, CELLS, size=5)))
    return read_files(path)


def make_unfolded(path: Path) -> Files:
    """Its files where all changes stand in the log, as after a kill."""
    with Journal(path, create=True) as journal:
        move_all(journal, Rows(journal, make_job(journal, CELLS, size=5)))
        return read_files(path)


def rows_of(path: Path, files: Files | None = None) -> dict[int, SavedRow]:
    """Of the only job."""
    if files is not None:
        write_files(path, files)
    with salvage(path) as found:
        (job,) = found.jobs
        return {row.number: row for row in found.rows(job)}


def statuses(rows: dict[int, SavedRow]) -> dict[int, RowStatus | None]:
    return {number: row.status for number, row in rows.items()}


def expected(*unknown: int) -> dict[int, RowStatus | None]:
    found: dict[int, RowStatus | None] = {**TOLD, **dict.fromkeys(PENDING, RowStatus.PENDING)}
    return {number: None if number in unknown else found[number] for number in sorted(found)}
