"""The runs of each job: when, under which limit, and what the job's rows were before and after."""

import json
from collections.abc import Mapping

from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.model import RowStatus
from importer.runs import Run, Work

INSERT_RUN = """
INSERT INTO run (job, work, started_at, calls, window_ms, web, before)
VALUES (:job, :work, :now, :calls, :window_ms, :web, :before)
"""
END_RUN = """
UPDATE run SET ended_at = :now, calls = :calls, window_ms = :window_ms, after = :after
WHERE number = :number
"""
RUN_COLUMNS = "number, job, work, started_at, ended_at, calls, window_ms, web, before, after"
RUNS_OF_JOB = f"SELECT {RUN_COLUMNS} FROM run WHERE job = ? ORDER BY number"
ALL_RUNS = f"SELECT {RUN_COLUMNS} FROM run ORDER BY number"

Limit = tuple[int, float] | None


class Runs:
    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def begin(self, job: Job, work: Work, limit: Limit, web: str, now: int) -> int:
        """Its number. Inside a transaction. limit: calls and seconds; now: UTC ms."""
        values: dict[str, object] = {
            **_limit(limit),
            "job": job.number,
            "work": work,
            "now": now,
            "web": web,
            "before": _packed(self._journal.counts(job.number)),
        }
        number = self._journal.execute(INSERT_RUN, values).lastrowid
        assert number is not None, "it was inserted"
        return number

    def end(self, number: int, job: Job, limit: Limit, now: int) -> None:
        """Inside a transaction, in which no row was moved."""
        after = _packed(self._journal.counts(job.number))
        values = {**_limit(limit), "number": number, "now": now, "after": after}
        self._journal.execute(END_RUN, values)

    def of_job(self, job: Job) -> list[Run]:
        """In their order."""
        return [_run(*found) for found in self._journal.execute(RUNS_OF_JOB, (job.number,))]

    def all(self) -> list[Run]:
        return [_run(*found) for found in self._journal.execute(ALL_RUNS)]


def _limit(limit: Limit) -> dict[str, object]:
    calls, window_s = limit or (None, None)
    return {"calls": calls, "window_ms": None if window_s is None else round(window_s * 1000)}


def _packed(counts: Mapping[RowStatus, int]) -> str:
    return json.dumps({status: rows for status, rows in counts.items() if rows})


def _counts(text: str) -> dict[RowStatus, int]:
    found = json.loads(text)
    return {status: int(found.get(status, 0)) for status in RowStatus}


def _run(
    number: int,
    job: int,
    work: str,
    started_at: int,
    ended_at: int | None,
    calls: int | None,
    window_ms: int | None,
    web: str,
    before: str,
    after: str | None,
) -> Run:
    limit = None if calls is None or window_ms is None else (calls, window_ms / 1000)
    return Run(
        number=number,
        job=job,
        work=Work(work),
        started_at=started_at / 1000,
        ended_at=None if ended_at is None else ended_at / 1000,
        limit=limit,
        web=web,
        before=_counts(before),
        after=None if after is None else _counts(after),
    )
