"""What the report of a large job costs, against one bare pass over the journal's rows.

`python -m benchmarks.report [--rows N]`: a job whose rows and calls are inserted by SQL: a tenth of
them refused for many reasons, some calls lost and looked up, over three runs. The report is
gathered, its ledger checked and its page written; the bare pass reads every row and does nothing.
Goals: 12 x, and a page of under 2 MB.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figure import Figure, at_most, below, sizes, tell
from importer.jobs.report import report_of
from importer.jobs.session import Options, Session
from importer.journal.blocks import pack_cells
from importer.journal.job import Identity, Job, Layout, MappingText
from importer.journal.journal import Journal
from importer.model import RowStatus

GOAL, GOAL_MB = 12.0, 2.0
BEGAN = 1_790_000_000_000  # 21 September 2026
BLOCK = 500
LIMIT, WINDOW_MS = 25, 5_000
HEADER = ("Name", "Email", "Phone")
# Every tenth row is refused: of a thousand columns' faults, or for another's lead.
ROWS = """
WITH RECURSIVE number (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n <= :rows)
INSERT INTO row (id, status, tries, lead_id, changed_at, existing_id, code, field, reason)
SELECT :low + n,
       CASE WHEN n % 10 THEN 'created' WHEN n % 20 THEN 'duplicate' ELSE 'rejected' END, 1,
       CASE WHEN n % 10 THEN CAST(printf('%016d', n) AS BLOB) END, :began + n * 200,
       CASE WHEN n % 10 = 0 AND n % 20 THEN CAST(printf('%016d', n) AS BLOB) END,
       CASE WHEN n % 10 = 0 THEN iif(n % 20, 'MXDuplicateEntryException', 'MX' || n % 997) END,
       CASE WHEN n % 10 = 0 THEN iif(n % 40, 'Email', 'Phone') END,
       CASE WHEN n % 10 = 0 THEN 'It is refused, as row ' || n || ' shows. Mend it' END
FROM number
"""
CALLS = """
INSERT INTO attempt (row, number, started_at, ahead_ms, http, error, latency_ms)
SELECT id, 1, changed_at, 0, iif(status = 'created', iif(id % 100, 200, NULL), 500),
       iif(status = 'created', iif(id % 100, NULL, 'ReadTimeout'), code), 80 + id % 331
FROM row WHERE id BETWEEN :low AND :low + (1 << 32) - 1
"""
MORE_CALLS = """
INSERT INTO attempt (row, number, started_at, ahead_ms, http, latency_ms)
SELECT row, 2, started_at + 90000, 0, 200, 120 FROM attempt WHERE error = 'ReadTimeout'
"""
RUN = """
INSERT INTO run (job, work, started_at, ended_at, calls, window_ms, web, before, after)
VALUES (:job, 'send', :start, :end, :calls, :window_ms, 'https://in21.example.com', '{}', '{}')
"""


def main() -> int:
    return tell(figures(**sizes(figures, __doc__)))


def figures(rows: int = 1_000_000) -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "importer.db"
        make_journal(path, rows)
        bare = bare_pass(path)
        started = time.perf_counter()
        page = report(path, Path(name))
        took, size = time.perf_counter() - started, page.stat().st_size
    what = f"the report of a job of {rows:,} rows"
    return [
        at_most(f"{what}, against a bare pass over them", took / bare, GOAL, "{:.1f} ×",
                f"{took:.1f} s and {bare:.2f} s"),
        below(f"{what}: its page", size / 1e6, GOAL_MB, "{:.2f} MB"),
    ]  # fmt: skip


def report(path: Path, out: Path) -> Path:
    with Session(Silent(), str(path), Options(out=out)) as session:
        session.begin({**os.environ, "IMPORTER_STATE": str(out / "state")})
        report_of(session, None)
        return session.files["report"]


class Silent:
    def say(self, text: str) -> None: ...
    def stored(self, row: int) -> None: ...
    def progress(self, *_: object) -> None: ...


def bare_pass(path: Path) -> float:
    with Journal(path) as journal:
        started = time.perf_counter()
        for _ in journal.execute("SELECT id, status, lead_id, code, field, reason FROM row"):
            pass
        return time.perf_counter() - started


def make_journal(path: Path, rows: int) -> Job:
    with Journal(path, create=True) as journal:
        job = journal.create_job(
            Identity("ab" * 32, "org-1"),
            Layout("utf-8", ",", HEADER),
            file="/lists/list.csv",
            mapping=MappingText(1, "mapping.yaml", "version: 1\n", "aa" * 32),
            now=BEGAN,
        )
        low = job.number << 32
        values: dict[str, object] = {"low": low, "rows": rows, "began": BEGAN}
        with journal.transaction():
            for statement, given in ((ROWS, values), (CALLS, {"low": low}), (MORE_CALLS, {})):
                journal.execute(statement, given)
            _put_blocks(journal, low, rows)
            _put_runs(journal, job.number, rows)
            _count(journal, job.number)
            journal.execute("UPDATE job SET state = 'finished', ended_at = started_at")
        return journal.job(job.number)


def _put_blocks(journal: Journal, low: int, rows: int) -> None:
    """All alike; the last one as long as is left."""
    full = pack_cells([["Asha Rao", "asha@example.com", "98450"]] * BLOCK)
    whole, rest = divmod(rows, BLOCK)
    blocks = [(low + 2 + index * BLOCK, BLOCK, full, b"") for index in range(whole)]
    if rest:
        last = pack_cells([["Asha Rao", "asha@example.com", "98450"]] * rest)
        blocks.append((low + 2 + whole * BLOCK, rest, last, b""))
    journal.execute_many("INSERT INTO block (id, length, cells, keys) VALUES (?, ?, ?, ?)", blocks)


def _put_runs(journal: Journal, job: int, rows: int) -> None:
    """Three, one behind the other."""
    third = rows * 200 // 3
    for index in range(3):
        start = BEGAN + index * third
        given = {"job": job, "calls": LIMIT, "window_ms": WINDOW_MS}
        journal.execute(RUN, {**given, "start": start, "end": start + third})


def _count(journal: Journal, job: int) -> None:
    found = journal.execute("SELECT status, count(*) FROM row GROUP BY 1").fetchall()
    for status, rows in found:
        journal.shift(job, None, RowStatus(status), rows)


if __name__ == "__main__":
    sys.exit(main())
