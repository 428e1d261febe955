"""Jobs with rows in doubt, in real journals; and a command's session without a terminal."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from importer.jobs.session import Options, Session, now_ms
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.model import JobSummary, Outcome, Progress, RowStatus
from tests.acceptance.world import World
from tests.delivery.account import START_MS
from tests.delivery.harness import MAPPING, make_job

REASON = "nothing tells whether it arrived"


class Heard:
    """A voice whose words are kept."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    def stored(self, rows: int) -> None:
        raise AssertionError(f"nothing is stored here: {rows}")

    def progress(self, progress: Progress, summary: JobSummary) -> None:
        raise AssertionError(f"nothing is sent here: {progress}, {summary}")


@contextmanager
def session_on(path: Path) -> Iterator[tuple[Session, Heard]]:
    """Files go to the journal's folder."""
    voice = Heard()
    with Session(voice, str(path), Options(out=path.parent)) as session:
        session.begin({"IMPORTER_STATE": str(path.parent / "state")})
        yield session, voice


def lose(rows: Rows, number: int, now: int = START_MS, *, latency_ms: int = 40) -> None:
    """Send the pending row, and never hear of it again. now: UTC ms."""
    attempt = rows.claim(number, now, 300)
    ended = now + latency_ms
    rows.end_attempt(number, attempt, None, "ReadError", latency_ms)
    rows.unsettle(number, ended, since_at=now + 300, ended_at=ended, evidence="lost",
                  due_at=ended + 1000, counted=True, code="ReadError", reason="reset")  # fmt: skip


def doubt(rows: Rows, numbers: Iterable[int], now: int = START_MS) -> None:
    """Lose these pending rows, look for them once, and find nothing."""
    with rows.journal.transaction():
        for number in numbers:
            lose(rows, number, now)
        look = rows.start_attempt(0, "Leads.RecentlyModified", now + 1040, 300)
        rows.end_attempt(0, look, 200, None, 25)
        for number in numbers:
            outcome = Outcome(RowStatus.IN_DOUBT, "ReadError", REASON)
            rows.finish(number, outcome, now + 1065, counted=False)


def doubtful_job(
    path: Path, cells: list[list[str]], numbers: Iterable[int], mapping: str = MAPPING
) -> Job:
    """A job whose rows count from 2; those of these numbers are in doubt, the rest pending."""
    with Journal(path, create=True) as journal:
        job = make_job(journal, cells, mapping)
        doubt(Rows(journal, job), list(numbers))
        return job


def doubt_sent(world: World, *numbers: int) -> None:
    """Let pending rows of a world's job be in doubt, as if their calls had just been lost."""
    with Journal(world.folder / "importer.db") as journal:
        doubt(Rows(journal, journal.find_job(None)), numbers, now_ms() - 2000)
