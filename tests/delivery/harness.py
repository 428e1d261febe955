"""A staged job in a real journal, and what one process after another does with it."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from importer.delivery.retry import Terms
from importer.delivery.throttle import Rate, Throttle
from importer.delivery.worker import Worker
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import load_mapping
from importer.jobs.known import KnownRows
from importer.jobs.recipes import Builders
from importer.journal.job import Identity, Job, Layout, MappingText
from importer.journal.journal import Journal
from importer.journal.rows import JournalRow, Rows
from importer.journal.staging import stage
from importer.model import Block, Progress, RowStatus
from tests.delivery.account import START_MS, US, FakeClock, FakeWire

HEADER = ("Name", "Email", "Phone", "City")
MAPPING = """\
version: 1
columns:
  Name: LastName
  Email: {field: EmailAddress, transform: trim}
  Phone: Phone
  City: mx_City
"""


def person(name: str, email: str | None = None, phone: str = "", city: str = "") -> list[str]:
    """A row's cells; the e-mail is made of the name unless it is given."""
    return [name, f"{name.lower()}@x.in" if email is None else email, phone, city]


def keyless(name: str, city: str = "") -> list[str]:
    return person(name, "", "", city)


def people(number: int) -> list[list[str]]:
    return [person(f"P{index:03}") for index in range(number)]


def make_job(journal: Journal, cells: list[list[str]], mapping: str = MAPPING) -> Job:
    """A job whose rows count from 2, staged as `importer run` does it."""
    sha256 = f"{len(journal.jobs()):064x}"
    job = journal.create_job(
        Identity(sha256, "acme"),
        Layout("utf-8", ",", HEADER),
        file="/lists/list.csv",
        mapping=MappingText(1, "m.yaml", mapping, load_mapping(mapping, name="m.yaml").sha256),
        now=START_MS,
    )
    builder = LeadBuilder(load_mapping(mapping, name="m.yaml"), HEADER, file="list.csv")
    blocks = [Block(2, cells)] if cells else []
    return stage(journal, job, blocks, builder.screen, lambda: START_MS)


@dataclass(slots=True)
class World:
    """One job, its journal file and the account; `run` is what one process does."""

    path: Path
    clock: FakeClock
    wire: FakeWire
    journal: Journal
    rows: Rows
    shown: list[Progress] = field(default_factory=list)
    worker: Worker | None = None
    emptied: Callable[[], None] | None = None

    def run(
        self,
        *,
        rate: Rate | None = None,
        daily: int | None = None,
        chance: float = 0.0,
        skips: bool = False,
        **terms: Any,
    ) -> None:
        """Raises what the worker raises, and Killed. skips: the mapping's on_duplicate: skip."""
        clock = self.clock
        job = self.rows.job
        known = KnownRows(self.journal, job.identity.account, job.number, clock.wall_ms)
        recipe = Builders(self.journal, job).recipe(known.note, known.outcome)
        state = self.path.with_name("quota.db")
        pace = Throttle(
            state, rate, daily=daily, clock=clock.monotonic, wall=lambda: clock.wall_ms() / 1000,
            boot="b",
        )  # fmt: skip
        with closing(pace) as throttle:
            self.worker = Worker(
                self.rows,
                self.wire,
                throttle,
                replace(recipe, skips_duplicates=skips or recipe.skips_duplicates),
                Terms(**terms),
                user_id=US,
                ahead_ms=self.wire.ahead_ms,
                clock=clock,
                chance=lambda: chance,
                progress=self.shown.append,
                emptied=self.emptied,
            )
            self.worker.run()

    def row(self, number: int) -> JournalRow:
        found = self.rows.row(number)
        assert found is not None
        return found

    def statuses(self) -> dict[int, str]:
        return {row.number: str(row.status) for row in self.rows.all()}

    def counts(self) -> dict[str, int]:
        return {str(s): n for s, n in self.rows.counts().items() if n}

    def attempts(self, number: int) -> list[tuple[Any, ...]]:
        """(seconds since the start, call, HTTP status, error); 0: of the look-ups."""
        found = self.journal.execute(
            "SELECT started_at, call, http, error FROM attempt WHERE row = ? ORDER BY number",
            ((self.rows.job.number << 32) + number,),
        )
        return [((at - START_MS) / 1000, *rest) for at, *rest in found]

    def reopen(self) -> None:
        """As another process finds it."""
        self.journal.close()
        self.journal = Journal(self.path)
        self.rows = Rows(self.journal, self.journal.find_job(None))


@contextmanager
def make_world(folder: Path, cells: list[list[str]], mapping: str = MAPPING) -> Iterator[World]:
    path, clock = folder / "importer.db", FakeClock()
    journal = Journal(path, create=True)
    wire = FakeWire(clock)
    world = World(path, clock, wire, journal, Rows(journal, make_job(journal, cells, mapping)))
    try:
        yield world
        check_ledger(world)
    finally:
        wire.close()
        world.journal.close()


def check_ledger(world: World) -> None:
    """Whatever happened: the kept counts are those of the rows, and no lead has two rows."""
    found = list(world.rows.all())
    counts = dict.fromkeys(RowStatus, 0)
    for row in found:
        counts[row.status] += 1
    assert world.rows.counts() == counts
    created = [row.lead_id for row in found if row.status is RowStatus.CREATED]
    assert len(created) == len(set(created))
