"""Runs, as the journal keeps them: the report's history."""

from collections.abc import Iterator
from contextlib import contextmanager

from importer.delivery.connection import Connection
from importer.jobs.session import Session, now_ms
from importer.journal.job import Job
from importer.journal.runs import Limit, Runs
from importer.runs import Work


@contextmanager
def recorded(session: Session, job: Job, connection: Connection, work: Work) -> Iterator[None]:
    """Keep when the work began and ended, and what the job's rows were; a kill leaves no end."""
    runs = Runs(session.journal)
    with session.journal.transaction():
        number = runs.begin(job, work, _limit(connection), connection.web, now_ms())
    try:
        yield
    finally:
        with session.journal.transaction():
            runs.end(number, job, _limit(connection), now_ms())


def _limit(connection: Connection) -> Limit:
    rate = connection.throttle.rate
    return (rate.calls, rate.window_s) if rate else None
