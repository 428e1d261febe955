"""Where a scene of crash points is played: a folder, a list, and commands of which one is killed.

In: the zygote, an account that many stages share at once, and which command is killed where. Out:
what journal and account tell in the end. Each stage has people of its own, known by its number.
"""

import csv
import json
import shutil
import signal
import sqlite3
import tempfile
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.world import PATIENCE_S, Done, World, pause
from tests.torture.judge import Verdict, judge
from tests.torture.scene import FINISHED
from tests.torture.zygote import Running, Task, Zygote

MAPPING = """\
version: 1
columns:
  First Name: FirstName
  Last Name: LastName
  Email: {field: EmailAddress, transform: [trim, lower, email]}
  Phone: Phone
  City: mx_City
constants:
  Source: Trade Show
"""
CHANGED_MAPPING = MAPPING.replace("Trade Show", "Web")
SETTINGS = """\
journal = "importer.db"
[[drops]]
name = "events"
folder = "inbox"
pattern = "*.csv"
mapping = "mapping.yaml"
quiet_s = 0
"""
PACE = ("--rate", "400/1s")  # the slots of the quota are taken, and take no time
VARIABLES = {
    "IMPORTER_SETTLE_S": "0.8",  # the account commits at once
    "PYTHONWARNINGS": "error",
}
KILLED = -signal.SIGKILL
CUT_OFF = "SELECT count(*) FROM row WHERE status = 'sending' AND due_at IS NULL"
FATES = "SELECT id, status, code FROM row"
DECISIONS = "SELECT row, what FROM decision"
# By the journal, as the account is shared: no reply, or one that may be to a call that was done.
LOST = "SELECT count(*) FROM attempt WHERE call IS NULL AND (http IS NULL OR http >= 500)"

Person = Sequence[str]


@dataclass(frozen=True, slots=True)
class Ends:
    """What a scene comes to. fates: each row's status and code, by its id. decisions: what people
    decided, by the row's id. files: the names of those that lie there for a person."""

    fates: Mapping[int, tuple[str, str | None]]
    decisions: frozenset[tuple[int, str]]
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kill:
    """The command that is the turn-th of those that may be killed, at that point."""

    turn: int
    point: str
    nth: int = 1


class Stage(World):
    """kill: None for a reference, which records the points that each command reaches."""

    def __init__(
        self, folder: Path, sandbox: dict[str, str], zygote: Zygote, number: int, kill: Kill | None
    ) -> None:
        super().__init__(folder, sandbox, **VARIABLES)
        self.mapping.write_text(MAPPING)
        self._zygote, self.number, self._kill = zygote, number, kill
        self._turn = self._people = 0
        self._started: list[Running] = []
        self.moments: dict[int, list[tuple[str, ...]]] = {}
        self.hit = False
        self.cut_off = self.rows = 0
        self.broken: list[str] = []
        self.journals = [folder / "importer.db"]
        self._set_aside: frozenset[str] = frozenset()

    # Commands

    def give(self, *arguments: object) -> Done:
        """A command that is part of the scene, and is never killed."""
        return self._start(arguments).wait()

    def is_killed(self, point: str, *arguments: object, nth: int = 1) -> None:
        """A command of the scene that is killed in any case, and has settled nothing before."""
        settling = {"IMPORTER_SETTLE_S": "2"}
        done = self._start(arguments, point=point, nth=nth, variables=settling).wait()
        self.expect(done.code == KILLED, f"{point}: {done.code}, {done.err[-300:]}")
        self.cut_off += self.in_flight()

    def stops(self, point: str, *arguments: object) -> Running:
        """A command that stands still at a point, until it gets a SIGCONT."""
        running = self._start(arguments, point=point, number=signal.SIGSTOP)
        self.until(lambda: state_of(running.pid) == "T")
        return running

    def do(self, *arguments: object, codes: Sequence[int] = FINISHED) -> Done:
        """A command that may be killed, and is then given again. codes: those it may end with."""
        return self.end(self.attempt(*arguments), *arguments, codes=codes)

    def attempt(self, *arguments: object) -> Running:
        self._turn += 1
        kill = self._kill
        if kill is None:
            return self._start(arguments, is_recorded=True)
        if kill.turn != self._turn:
            return self._start(arguments)
        return self._start(arguments, point=kill.point, nth=kill.nth)

    def end(self, first: Running, *arguments: object, codes: Sequence[int] = FINISHED) -> Done:
        turn, done = self._turn, first.wait()
        if self._kill is None:
            self.moments[turn] = first.moments()
        if done.code == KILLED:
            self.hit = True
            self.cut_off += self.in_flight()
            done = self.give(*arguments)
        named = f"importer {' '.join(map(str, arguments))}"
        self.expect(done.code in codes, f"{named}: {done.code}, {done.err[-300:]}")
        return done

    def _start(
        self,
        arguments: Iterable[object],
        *,
        point: str = "",
        nth: int = 1,
        number: int = signal.SIGKILL,
        is_recorded: bool = False,
        variables: Mapping[str, str] = {},
    ) -> Running:
        task = Task(
            arguments=list(map(str, arguments)),
            folder=str(self.folder),
            environment={**self.environment, **variables},
            output=str(self.folder / f"command-{len(self._started)}"),
            point=point,
            nth=nth,
            signal=number,
            is_recorded=is_recorded,
        )
        self._started.append(self._zygote.start(task))
        return self._started[-1]

    def end_all(self) -> None:
        """No process of a scene that broke outlives it."""
        for running in self._started:
            running.kill()

    def sending(self, file: Path, *options: object) -> tuple[object, ...]:
        """The command that imports the list."""
        return ("run", file, "-m", self.mapping, *PACE, *options)

    def inbox(self, more: str = "") -> Path:
        """The folder of a drop, and its settings; more: lines of these."""
        (self.folder / "importer.toml").write_text(SETTINGS + more)
        inbox = self.folder / "inbox"
        inbox.mkdir()
        return inbox

    # What the scene sees to

    def expect(self, holds: bool, promise: str) -> None:
        if not holds:
            self.broken.append(promise)

    def until(self, holds: Callable[[], bool]) -> None:
        for _ in range(round(PATIENCE_S / 0.01)):
            if holds():
                return
            pause(0.01)
        raise TimeoutError("what the scene waits for does not come")

    def keyed(self, *, city: str = "Pune") -> Person:
        """A person whom nobody else is, with an e-mail and a phone."""
        name, last, _, _, _ = self.keyless()
        place = f"{self.number:04d}{self._people:04d}"
        return (name, last, f"p{place}@example.com", f"+91-98{place}", city)

    def keyless(self) -> Person:
        self._people += 1
        return (f"First{self._people}", f"Last{self.number}", "", "", "Pune")

    def list_of(self, name: str, people: Iterable[Person], *, counted: bool = True) -> Path:
        """Its rows are expected in the journal in the end."""
        rows = list(people)
        self.rows += len(rows) if counted else 0
        return self.write_csv(name, rows)

    def somebody(self, person: Person) -> str:
        """Somebody else makes a lead with that person's e-mail and phone; its Id."""
        values = {"EmailAddress": person[2], "Phone": person[3], "FirstName": "Somebody"}
        return self._lead("Lead.CreateOrUpdate", values)  # faults are of Lead.Create alone

    def as_the_row(self, person: Person) -> str:
        """Somebody makes the very lead that the person's row asks for; its Id."""
        names = ("FirstName", "LastName", "EmailAddress", "Phone", "mx_City")
        values = dict(zip(names, person, strict=True)) | {"Source": "Trade Show"}
        return self._lead("Lead.Create", values)

    def _lead(self, call: str, values: Mapping[str, str]) -> str:
        body = [{"Attribute": name, "Value": value} for name, value in values.items() if value]
        made = self._call(call, json.dumps(body, separators=(",", ":")).encode())
        return str(made["Message"]["Id"])

    def delete(self, lead_id: str) -> None:
        self._call(f"Lead/Delete/ById?leadId={lead_id}")

    def _call(self, call: str, body: bytes | None = None) -> dict[str, dict[str, str]]:
        keys = {
            "x-LSQ-AccessKey": self.environment["LSQ_ACCESS_KEY"],
            "x-LSQ-SecretKey": self.environment["LSQ_SECRET_KEY"],
            "Content-Type": "application/json",
        }
        request = urllib.request.Request(
            f"{self.host}/v2/LeadManagement.svc/{call}", body, keys, method="POST" if body else None
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as reply:
            found: dict[str, dict[str, str]] = json.load(reply)
        return found

    def change(self, *statements: str) -> None:
        """Set the journal to what an older importer, or another clock, would have left."""
        with closing(sqlite3.connect(self.folder / "importer.db")) as db, db:
            for statement in statements:
                db.execute(statement)

    def edit(self, path: Path, edit: Callable[[list[dict[str, str]]], None]) -> None:
        """As a person does in a spreadsheet."""
        rows = self.read_csv(path)
        names = list(rows[0])
        edit(rows)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, names, lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(rows)

    # What came of it

    def verdict(self) -> Verdict:
        ledger = self.get("/_sandbox/ledger")
        others = [lead for lead in ledger if lead["id"] not in self._set_aside]
        bodies = {lead["body"] for lead in ledger if lead["id"] in self._set_aside}
        again = sum(lead["body"] in bodies for lead in others)
        self.expect(again == 0, f"{again} rows that were purged were sent again")
        return judge(self.journals, others, self.rows)

    def in_flight(self) -> int:
        """Told by a copy: what the kill has left is for the next command alone to find."""
        with tempfile.TemporaryDirectory() as folder:
            for path in self.folder.glob(f"{self.journals[0].name}*"):
                if path.is_file() and not path.name.endswith("-shm"):
                    shutil.copy(path, folder)
            with (
                closing(sqlite3.connect(Path(folder) / self.journals[0].name)) as db,
                suppress(sqlite3.OperationalError),  # the journal is half made
            ):
                return int(db.execute(CUT_OFF).fetchone()[0])
        return 0

    def lost_replies(self) -> int:
        return int(self.journal(LOST)[0][0])

    def ends(self) -> Ends:
        files = (path.relative_to(self.folder) for path in self.folder.rglob("*.csv"))
        return Ends(
            {row: (status, code) for row, status, code in self.journal(FATES)},
            frozenset(self.journal(DECISIONS)),
            frozenset(map(str, files)),
        )

    def set_aside(self) -> None:
        """The leads that are there now are of rows that the journal will not have any more."""
        mine = f"Last{self.number}"
        self._set_aside = frozenset(
            lead["ProspectID"] for lead in self.leads() if lead.get("LastName") == mine
        )
        self.rows = 0


def state_of(pid: int) -> str:
    """`T` where it is stopped (proc(5)); "" where it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return ""
