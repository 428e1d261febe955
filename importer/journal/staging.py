"""Storing a file's rows before anything is sent, and finding those that share a unique value.

Rows are stored in transactions of GROUP blocks; a staging that is killed resumes behind the last
one. Memory is flat: the values are kept as hashes on disk, and repeats are looked for a part of
the hash space at a time. A repeat of a hash only names candidates: the claim compares the values.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from importer.errors import SourceError
from importer.journal.blocks import (
    hashes_of,
    pack_cells,
    pack_keys,
    pack_kinds,
    unpack_cells,
    unpack_keys,
    unpack_kinds,
)
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.model import (
    SKIP_IF,
    Block,
    JobState,
    Lead,
    Outcome,
    Problem,
    RowStatus,
    Screened,
)

GROUP = 20  # blocks of 500 rows a commit: 10,000 rows, some 30 ms
PART = 500_000  # hashes looked at in one pass: about 40 MB
MOST_ROWS = 1 << 32  # a row number has 32 bits

INSERT_BLOCK = "INSERT INTO block (id, length, cells, keys, kinds) VALUES (?, ?, ?, ?, ?)"
# A run of rows by one statement: a statement a row takes three times as long.
INSERT_PENDING = """
WITH RECURSIVE run (id) AS (VALUES (:first) UNION ALL SELECT id + 1 FROM run WHERE id < :last)
INSERT INTO row (id, status) SELECT id, 'pending' FROM run
"""
INSERT_UNSENT = """
INSERT INTO row (id, status, code, field, reason, changed_at) VALUES (?, ?, ?, ?, ?, ?)
"""
LAST_BLOCK = "SELECT id, length FROM block WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1"
SELECT_KEYS = "SELECT id, length, keys FROM block WHERE id BETWEEN ? AND ?"
BLOCK_IDS = "SELECT id FROM block WHERE id BETWEEN ? AND ?"
BLOCK_CELLS = "SELECT cells, kinds FROM block WHERE id = ?"
SET_KEYS = "UPDATE block SET keys = ? WHERE id = ?"
DROP_TWINS = "DELETE FROM twin WHERE row BETWEEN ? AND ?"
INSERT_TWIN = "INSERT OR IGNORE INTO twin (key, row) VALUES (?, ?)"


def stage(
    journal: Journal,
    job: Job,
    blocks: Iterable[Block],
    screen: Callable[[Block], Screened],
    now: Callable[[], int],
    progress: Callable[[int], None] = lambda _: None,
) -> Job:
    """Store all rows of the blocks that are not yet there, and open the job.

    progress is told the number of the last row that was stored.
    """
    stored = stored_up_to(journal, job)
    rest = (block for block in blocks if block.first > stored)
    for first in rest:
        with journal.transaction():
            for block in chain([first], islice(rest, GROUP - 1)):  # one is held at a time
                _store(journal, job, block, screen(block), now())
        progress(block.first + len(block.rows) - 1)
    with journal.transaction():
        mark_twins(journal, job, repeated(journal, job))
        return journal.set_state(job, JobState.OPEN, now())


def stored_up_to(journal: Journal, job: Job) -> int:
    """The last row number that is stored; 0 where none is."""
    low = job.number << 32
    found = journal.execute(LAST_BLOCK, (low, low | 0xFFFF_FFFF)).fetchone()
    return found[0] - low + found[1] - 1 if found else 0


def _store(journal: Journal, job: Job, block: Block, screened: Screened, now: int) -> None:
    if block.first + len(block.rows) > MOST_ROWS:
        what = f"the file has more than {MOST_ROWS:,} rows"
        raise SourceError(what, where=job.file, fix="split it")
    first = (job.number << 32) + block.first
    keys = pack_keys(screened.keys, screened.whole, job.key_seed)
    cells, kinds = pack_cells(block.rows), pack_kinds(block.kinds)
    journal.execute(INSERT_BLOCK, (first, len(block.rows), cells, keys, kinds))
    problems, valid = screened.problems, 0
    for start, end in _runs(block, problems):
        journal.execute(INSERT_PENDING, {"first": first + start, "last": first + end - 1})
        valid += end - start
    unsent: Counter[RowStatus] = Counter()
    for index, found in problems.items():
        made = outcome_of(found)
        values = (first + index, made.status, made.code, made.field, made.reason, now)
        journal.execute(INSERT_UNSENT, values)
        unsent[made.status] += 1
    journal.shift(job.number, None, RowStatus.PENDING, valid)
    for status, count in unsent.items():
        journal.shift(job.number, None, status, count)


def _runs(block: Block, problems: Mapping[int, object]) -> Iterator[tuple[int, int]]:
    """The block's valid rows as ranges of their indexes, each end behind its last."""
    start = 0
    for gap in sorted({*problems, *(i for i, row in enumerate(block.rows) if not row)}):
        if start < gap:
            yield start, gap
        start = gap + 1
    if start < len(block.rows):
        yield start, len(block.rows)


def outcome_of(problems: Iterable[Problem]) -> Outcome:
    """Where a row with these problems ends: their columns and reasons, and the first one's code."""
    found = list(problems)
    columns = list(dict.fromkeys(problem.column for problem in found if problem.column))
    return Outcome(
        RowStatus.SKIPPED if found[0].code == SKIP_IF else RowStatus.INVALID,
        found[0].code,
        " ".join(dict.fromkeys(problem.why for problem in found)),
        "; ".join(columns) or None,
    )


def key_blobs(journal: Journal, job: Job) -> Iterator[tuple[int, int, "array[int]"]]:
    """Each block's first row id, length, and hashes."""
    low = job.number << 32
    for first, length, blob in journal.execute(SELECT_KEYS, (low, low | 0xFFFF_FFFF)):
        yield first, length, unpack_keys(blob)


def repeated(journal: Journal, job: Job) -> set[int]:
    """The hashes that stand more than once in the job."""
    total = sum(len(hashes) for _, _, hashes in key_blobs(journal, job))
    parts = -(-total // PART)
    found: set[int] = set()
    for part in range(parts):
        seen: set[int] = set()
        for _, _, hashes in key_blobs(journal, job):
            mine = hashes if parts == 1 else [key for key in hashes if key % parts == part]
            fresh = set(mine)
            found |= seen & fresh
            if len(fresh) < len(mine):
                found |= _repeats(mine)
            seen |= fresh
    found.discard(0)
    return found


def _repeats(hashes: Iterable[int]) -> set[int]:
    seen: set[int] = set()
    return {key for key in hashes if key in seen or seen.add(key)}  # type: ignore[func-returns-value]


def mark_twins(journal: Journal, job: Job, keys: set[int]) -> None:
    """Name every row of the job that has one of these hashes."""
    if not keys:
        return
    for first, length, hashes in key_blobs(journal, job):
        if keys.isdisjoint(hashes):
            continue
        for index, key in enumerate(hashes):
            if key in keys:
                journal.execute(INSERT_TWIN, (key, first + index % length))


def mark_leads(journal: Journal, job: Job, leads: dict[int, Lead], unique: Sequence[str]) -> None:
    """Rows of these numbers now make these leads: name them, and those that share a value."""
    keys: set[int] = set()
    for number, lead in leads.items():
        for key in hashes_of(lead, unique, job.key_seed):
            journal.execute(INSERT_TWIN, (key, (job.number << 32) + number))
            keys.add(key)
    mark_twins(journal, job, keys)


def stored_blocks(journal: Journal, job: Job) -> Iterator[Block]:
    """The file's rows, as they were."""
    low = job.number << 32
    for (first,) in journal.execute(BLOCK_IDS, (low, low | 0xFFFF_FFFF)).fetchall():
        cells, kinds = journal.execute(BLOCK_CELLS, (first,)).fetchone()
        yield Block(first - low, unpack_cells(cells), unpack_kinds(kinds))


def rekey(journal: Journal, job: Job, screen: Callable[[Block], Screened]) -> None:
    """Make all hashes anew, for a mapping that changed. Rows with cells of their own come after,
    by `mark_leads`."""
    low = job.number << 32
    for block in stored_blocks(journal, job):
        screened = screen(block)
        keys = pack_keys(screened.keys, screened.whole, job.key_seed)
        journal.execute(SET_KEYS, (keys, low + block.first))
    journal.execute(DROP_TWINS, (low, low | 0xFFFF_FFFF))
    mark_twins(journal, job, repeated(journal, job))
