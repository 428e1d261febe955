"""A hostile list that was imported into a sandbox which still runs: for the pages that tell of it.

Its rows come to every end that a row can have in one run, and its faults leave calls that were
tried again, and rows in doubt. A second, small list was imported and undone.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from csv import writer
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.world import World, sandbox
from tests.browser.hostile import CELLS, MAPPING, NAME

HEADER = ("First Name", "Email", "Phone", CELLS[0])
LONGEST = 150  # characters, so that most rows fit their fields
STATIC_LIST = CELLS[1]
OPTIONS = ("--limit", "none", "--field", "mx_Notes", "--fault", "reset=20%,drop=5%,bare500=5%")
SMALL = [(CELLS[0], "a@example.org", "", ""), ("Nila", "b@example.org", "", "")]
TAKEN = "taken@example.com"
STATUSES = {"created", "duplicate", "rejected", "invalid", "in_doubt", "skipped"}


@dataclass(frozen=True)
class Imported:
    """job: its number. undone: the other job's. world: the folder, journal and environment in which
    commands are run."""

    world: World
    job: int
    undone: int

    @property
    def url(self) -> str:
        return f"{self.world.host}/"

    def reported(self, what: object) -> Path:
        """The page that `importer report` writes of a job, or of `--all`."""
        return Path(self.world.importer("report", what, "--json").json["report"])


@contextmanager
def imported(folder: Path) -> Iterator[Imported]:
    with sandbox(*OPTIONS) as found:
        world = World(folder, found, IMPORTER_SETTLE_S="0")
        world.mapping.write_text(mapping(), encoding="utf-8")
        world.create(FirstName="Taken", EmailAddress=TAKEN)
        job = _run(world, NAME, rows(), "--list", STATIC_LIST)
        assert {*world.statuses()} >= STATUSES, "some ends have no row"
        world.post("/_sandbox/faults", "")
        undone = _run(world, "small.csv", SMALL)
        assert world.importer("undo", undone, "--yes", "--rate", "none").code == 0
        yield Imported(world, job, undone)


def _run(world: World, name: str, of: Iterable[Sequence[str]], *options: str) -> int:
    """The number of its job."""
    with (world.folder / name).open("w", encoding="utf-8", newline="") as file:
        writer(file).writerows([HEADER, *of])
    done = world.run(world.folder / name, "--rate", "none", *options)
    assert done.json["state"] == "finished", done.err
    number: int = done.json["job"]
    return number


def mapping() -> str:
    """That of the hostile list. Addresses go out unchecked, so that the account refuses some; the
    constant goes where any text may."""
    return MAPPING.replace("[trim, email]", "trim").replace("Source:", "mx_City:")


def rows() -> Iterator[tuple[str, str, str, str]]:
    short = [each[:LONGEST] for each in CELLS]
    for number, evil in enumerate(short):
        yield evil, f"person{number}@example.com", "", evil
        yield evil, "", f"+9198450111{number:02}", evil
        # Without a key: in doubt where the connection breaks, as under some of so many it does.
        yield f"{number} {evil}", "", "", evil
    yield "Asha", TAKEN, "", ""
    yield "Asha", "person0@example.com", "", ""
    yield f"0 {CELLS[0]}", "", "", CELLS[0]
    for evil in short[:5]:
        yield evil, f"a b{evil}", "", evil
        yield evil, "", "12", evil
    yield CELLS[-1], "", "", ""
