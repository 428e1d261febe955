"""A folder with importer.toml, a sandbox behind it, and passes over its drops in this process."""

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from importer.crashpoints import listen
from importer.drops.passes import Pass, chosen
from importer.errors import ImporterError
from importer.jobs.session import Session
from importer.passes import AccountReport, Fate, FileReport, PassReport
from tests.acceptance.world import HEADER, World

ACCOUNT = """\
[accounts.{name}]
host = "{host}"
access_key = {{ env = "LSQ_ACCESS_KEY" }}
secret_key = {{ env = "LSQ_SECRET_KEY" }}
calls = 500
window_s = 1
settle_s = 0
"""
DROP = """\
[[drops]]
name = "{name}"
folder = "inbox/{name}"
pattern = "{pattern}"
mapping = "mapping.yaml"
account = "acme"
quiet_s = 0
"""
# Of tests.acceptance.world.HEADER, with a check that rows can fail.
STRICT = """\
version: 1
columns:
  First Name: FirstName
  Last Name: LastName
  Email: {field: EmailAddress, transform: email}
  Phone: Phone
  City: mx_City
"""


class Voice:
    """Keeps what is said. hears: is told each line as it is said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.hears: Callable[[str], None] = lambda _: None

    def say(self, text: str) -> None:
        self.said.append(text)
        self.hears(text)

    def stored(self, row: int) -> None:
        pass

    def progress(self, *_: object) -> None:
        pass


@dataclass
class Told:
    """Who is told of a pass, and keeps it."""

    noted_files: list[FileReport] = field(default_factory=list)
    stops: list[AccountReport] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    reports: list[PassReport] = field(default_factory=list)

    def began(self, at: float, drops: Sequence[str]) -> None:
        pass

    def noted(self, report: FileReport) -> None:
        self.noted_files.append(report)
        self.order.append(f"noted {report.file}")

    def stopped(self, report: AccountReport, *, is_new: bool = True) -> None:
        if is_new:
            self.stops.append(report)
        self.order.append(f"stopped {report.name}")

    def ended(self, report: PassReport) -> None:
        self.reports.append(report)
        self.order.append("ended")


class Shop:
    """One drop, "events", unless more are written."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.folder = world.folder
        self.inbox = world.folder / "inbox" / "events"
        self.inbox.mkdir(parents=True)
        self.voice, self.told = Voice(), Told()
        self.settings()

    def settings(self, *drops: str, account: str = "", more: str = "") -> None:
        """drops: tables; account, more: lines of the account's, and of the (last) drop's."""
        accounts = ACCOUNT.format(name="acme", host=self.world.host) + account
        tables = "".join(drops) or DROP.format(name="events", pattern="*.csv")
        text = f'journal = "importer.db"\n{accounts}{tables}{more}'
        (self.folder / "importer.toml").write_text(text, encoding="utf-8")

    def put(self, name: str, rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
        path = self.inbox / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return path

    def run(self, *names: str) -> PassReport:
        """A pass. A bug fails the test."""
        with self.session() as session:
            return self.one(session).run(chosen(session.settings, names))

    def session(self) -> Session:
        session = Session(self.voice, None)
        session.begin(self.environment, str(self.folder / "importer.toml"))
        return session

    def one(
        self, session: Session, on_bug: Callable[[Exception], ImporterError] | None = None
    ) -> Pass:
        return Pass(session, self.environment, self.told, on_bug or _raise)

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, **self.world.environment}

    def fates(self, report: PassReport) -> dict[str, tuple[Fate, int]]:
        return {each.file: (each.fate, each.exit_code) for each in report.files}

    def calls_during(self, *names: str) -> tuple[PassReport, int]:
        """A pass, and how many leads it asked for."""
        before = self.world.create_calls()
        report = self.run(*names)
        return report, self.world.create_calls() - before

    def tree(self) -> set[str]:
        """The files of the inbox, with {day} for the day."""
        found = (each for each in self.inbox.rglob("*") if not each.is_dir())
        names = {each.relative_to(self.inbox).as_posix() for each in found}
        return {_dayless(name) for name in names if not name.endswith(".lock")}


@contextmanager
def at_point(point: str, work: Callable[[], None], *, nth: int = 1) -> Iterator[None]:
    """Do it once, when a crash point is reached for the nth time."""
    left = [nth]

    def reached(told: str) -> None:
        if told == point:
            left[0] -= 1
            if left[0] == 0:
                work()

    listen(reached)
    try:
        yield
    finally:
        listen(None)


def _dayless(name: str) -> str:
    parts = name.split("/")
    return "/".join([parts[0], "{day}", *parts[2:]]) if len(parts) > 2 else name


def _raise(bug: Exception) -> ImporterError:
    raise bug
