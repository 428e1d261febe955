"""A finished job with a list, in a real journal, and an account in memory that has lists."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from importer.jobs.enlist import Enlistment, add_rest, enlistment
from importer.jobs.session import Session
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.model import Outcome, RowStatus
from tests.delivery.account import START_MS
from tests.delivery.harness import MAPPING, make_job, people
from tests.jobs.doubts import Heard, session_on
from tests.jobs.list_account import ListAccount, connection_to, ids

LISTED = f"{MAPPING}list: Show\n"


@dataclass
class Scene:
    """A finished job whose rows from 2 on were created, and the account."""

    session: Session
    voice: Heard
    job: Job
    account: ListAccount
    folder: Path

    @contextmanager
    def enlisting(self, list_name: str | None = None) -> Iterator[Enlistment]:
        self.session.options = replace(self.session.options, list_name=list_name)
        with connection_to(self.account, self.folder) as connection:
            wanted = enlistment(self.session, connection)
            assert wanted is not None, "a list is asked for"
            yield wanted

    def add(self, list_name: str | None = None) -> int:
        """As a run without a row to send does it."""
        self.session.options = replace(self.session.options, list_name=list_name)
        with connection_to(self.account, self.folder) as connection:
            return add_rest(self.session, connection)

    def noted(self) -> int:
        """Rows that the journal has as added."""
        ((count,),) = self.session.journal.execute("SELECT count(*) FROM listed").fetchall()
        return int(count)

    def retry(self) -> str:
        return f"importer retry {self.job.number} --journal {self.session.journal.path}"


def lead_ids(count: int) -> list[object]:
    return [*ids(range(2, 2 + count))]


@contextmanager
def scene_of(folder: Path, count: int, mapping: str) -> Iterator[Scene]:
    path = folder / "importer.db"
    with Journal(path, create=True) as journal:
        job = make_job(journal, people(count), mapping)
        create(journal, job, range(2, 2 + count))
    with session_on(path) as (session, voice):
        session.job = session.journal.job(job.number)
        yield Scene(session, voice, job, ListAccount(), folder)


def create(journal: Journal, job: Job, numbers: range) -> None:
    rows = Rows(journal, job)
    with journal.transaction():
        for number, lead_id in zip(numbers, ids(numbers), strict=True):
            created = Outcome(RowStatus.CREATED, lead_id=lead_id)
            rows.finish(number, created, START_MS, old=RowStatus.PENDING, counted=False)
