"""What a scene is: one kind of fault, made for real, and what came of it.

A scene gets an `Arena`: a folder, a sandbox of its own, a list and a mapping. It makes its fault
while real commands run, sees to it that the job comes to its end, and gives a `Tally`.
"""

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from importer.intake.mapping import read_mapping
from importer.sandbox.fields import FIELDS
from tests.acceptance.world import MAPPING, PATIENCE_S, Done, World, pause, people, sandbox
from tests.torture.judge import Verdict, judge
from tests.torture.preload import compiler

LONG_S = 300.0  # for the longest run of a scene
SETTLE_S = 4  # the sandbox commits a late lead 3 s after the drop at the latest
FINISHED = (0, 1)
CUT_OFF = "SELECT count(*) FROM row WHERE status = 'sending' AND due_at IS NULL"
# Faults whose reply, where there is one, proves nothing; a bare 500 has ended its call.
REPLY_LOST = (
    "reset", "reset_after", "drop", "late", "slow", "garbled", "notjson", "huge", "html502",
    "error200",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Material:
    """A person's own list and mapping; None: made ones."""

    file: Path | None = None
    mapping: Path | None = None

    @property
    def is_own(self) -> bool:
        return self.file is not None

    @property
    def options(self) -> list[str]:
        """What the sandbox has to know for it: the custom fields, and which of them are unique.

        Raises MappingError. ValueError: a standard field that no account has.
        """
        if self.mapping is None:
            return []
        mapping = read_mapping(self.mapping)
        fields = [*mapping.order, *filter(None, [mapping.stamp])]
        unknown = {name for name in fields if not name.startswith("mx_")} - FIELDS.keys()
        if unknown:
            raise ValueError(f"LeadSquared has no standard field {', '.join(sorted(unknown))}")
        custom = [name for name in fields if name.startswith("mx_")]
        unique = [name for name in mapping.unique if name in custom]
        return [
            *(part for name in custom for part in ("--field", name)),
            *(part for name in unique for part in ("--unique", name)),
        ]


OURS = Material()


def mixed(count: int) -> list[tuple[str, ...]]:
    """People of whom every other one has neither e-mail nor phone."""
    return people(count, keyless_every=2)


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of one scene.

    tried: how often its fault was made. allowed: rows that may be in doubt: those whose reply was
    lost, and calls in flight at kills. broken: other promises that were not kept, in words.
    has_evidence: whether look-ups would have shown each lead in time. is_own: of a person's own
    list, which may be too short for a fault to befall it.
    """

    fault: str
    tried: int
    verdict: Verdict
    allowed: int = 0
    broken: tuple[str, ...] = ()
    has_evidence: bool = True
    is_own: bool = False

    @property
    def flaws(self) -> list[str]:
        """What is wrong; none where all promises were kept."""
        found = [*self.broken]
        sure = ("protected",) if self.has_evidence else ()
        for name in ("lost", "twice", "told_wrongly", *sure):
            if count := getattr(self.verdict, name):
                found.append(f"{name.replace('_', ' ')}: {count}")
        if self.verdict.in_doubt > self.allowed:
            found.append(f"in doubt: {self.verdict.in_doubt}, with {self.allowed} that may be")
        if self.has_evidence and self.verdict.needless:
            found.append(f"in doubt though there: {self.verdict.needless}")
        if not self.tried and not self.is_own and not found:
            found.append("the fault was never made")
        return found


class Arena(World):
    """A world with a list to import, and a memory of what was done to it."""

    def __init__(
        self,
        folder: Path,
        keys: dict[str, str],
        material: Material,
        random: Random,
        *,
        rows: Sequence[tuple[str, ...]],
        **variables: str,
    ) -> None:
        if not keys["LSQ_HOST"].startswith("http://127.0.0.1:"):
            raise ValueError("a scene is played against a sandbox, and never against an account")
        super().__init__(folder, keys, **variables)
        self.random = random
        self._is_own = material.is_own
        self.processes: list[subprocess.Popen[str]] = []
        self.tried = self.cut_off = 0
        self.broken: list[str] = []
        self.journals = [folder / "importer.db"]
        if material.file is None or material.mapping is None:
            self.list = self.write_csv("list.csv", rows)
            self.count = len(rows)
            return
        self.list = Path(shutil.copy(material.file, folder))
        self.mapping = Path(shutil.copy(material.mapping, folder))
        self.count = int(
            self.importer("preview", self.list, "-m", self.mapping, "--json").json["rows"]
        )

    def start(self, *arguments: object) -> "subprocess.Popen[str]":
        self.processes.append(super().start(*arguments))
        return self.processes[-1]

    def importer(self, *arguments: object) -> Done:
        return self.end(self.start(*arguments))

    def begin(self, *arguments: object) -> "subprocess.Popen[str]":
        """Start a run of the list; without a pace, where none is given."""
        return self.start("run", self.list, "-m", self.mapping, "--rate", "none", *arguments)

    def has_come_to(self, calls: int, process: "subprocess.Popen[str]") -> bool:
        """Wait until there were so many create calls; False if the process ended before."""
        while process.poll() is None:
            if self.create_calls() >= calls:
                return True
            pause(0.005)
        return False

    def end(self, process: "subprocess.Popen[str]", within_s: float = LONG_S) -> Done:
        """Wait for its end. Raises subprocess.TimeoutExpired."""
        out, err = process.communicate(timeout=within_s)
        self.expect("Traceback" not in err, err)
        return Done(process.returncode, out, err)

    def expect_end(
        self,
        process: "subprocess.Popen[str]",
        codes: Sequence[int] = FINISHED,
        within_s: float = PATIENCE_S,
    ) -> Done:
        """Wait for its end, and note one that is none of these."""
        done = self.end(process, within_s)
        self.expect(done.code in codes, f"it ended with {done.code}: {done.err[-300:]}")
        return done

    def end_all(self) -> None:
        """No process of a scene that broke outlives it."""
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.communicate(timeout=PATIENCE_S)

    @property
    def journal_path(self) -> Path:
        return self.journals[0]

    def in_flight(self) -> int:
        """In a copy: what a kill has left half-written, the next run alone is to mend."""
        with tempfile.TemporaryDirectory() as folder:
            for path in self.journal_path.parent.glob(f"{self.journal_path.name}*"):
                if path.is_file() and not path.name.endswith("-shm"):
                    shutil.copy(path, folder)
            with (
                closing(sqlite3.connect(Path(folder) / self.journal_path.name)) as db,
                suppress(sqlite3.OperationalError),  # the table was not made yet
            ):
                return int(db.execute(CUT_OFF).fetchone()[0])
        return 0

    def expect(self, holds: bool, promise: str) -> None:
        """Note a promise that is not kept, in words; the scene goes on."""
        if not holds:
            self.broken.append(promise)

    def finish(self, *arguments: object) -> Done:
        """Run the list to its end, without a fault."""
        done = self.run(self.list, "--rate", "none", *arguments)
        if done.code not in FINISHED:
            what = done.json["error"]["what"]
            self.broken.append(f"the last run ended with {done.code}: {what}")
        return done

    def kill(self, calls: int, *arguments: object) -> bool:
        """Start a run, and SIGKILL it at so many create calls; whether it hit a live one."""
        hit = self.kill_when(self.begin(*arguments), calls)
        self.cut_off += self.in_flight()
        self.tried += hit
        return hit

    def set_faults(self, text: str) -> None:
        self.post("/_sandbox/faults", text)

    def lost_replies(self) -> int:
        faults = self.totals()["faults"]
        return sum(faults.get(name, 0) for name in REPLY_LOST)

    def tally(self, fault: str, *, has_evidence: bool = True) -> Tally:
        verdict = judge(self.journals, self.get("/_sandbox/ledger"), self.count)
        allowed = self.lost_replies() + self.cut_off
        return Tally(
            fault, self.tried, verdict, allowed, tuple(self.broken), has_evidence, self._is_own
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """play: makes the fault and brings the job to its end. sandbox: options of it. rows: of the
    made list; make: those of so many. is_long: for `make torture` alone. takes_any: also with a
    person's own list. variables: of the importer's environment. has_evidence: see `Tally`.
    is_alone: it measures a pace, so no other is played meanwhile. needs_compiler: for preload.c."""

    fault: str
    play: Callable[[Arena], None]
    sandbox: Sequence[object] = ("--limit", "none")
    rows: int = 150
    is_long: bool = False
    takes_any: bool = True
    variables: Mapping[str, str] = field(default_factory=dict)
    mapping: str = MAPPING
    has_evidence: bool = True
    is_alone: bool = False
    needs_compiler: bool = False
    make: Callable[[int], Sequence[tuple[str, ...]]] = mixed

    @property
    def can_be_played(self) -> bool:
        return not self.needs_compiler or compiler() is not None

    def act(self, seed: int, material: Material = OURS) -> Tally:
        with self.arena(seed, material) as arena:
            self.play(arena)
            return arena.tally(self.fault, has_evidence=self.has_evidence)

    @contextmanager
    def arena(self, seed: int, material: Material = OURS) -> Iterator[Arena]:
        variables = {"IMPORTER_SETTLE_S": str(SETTLE_S), **self.variables}
        with ExitStack() as opened:
            options = ("--seed", seed, *self.sandbox, *material.options)
            keys = opened.enter_context(sandbox(*options))
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="torture-")))
            arena = Arena(
                folder,
                keys,
                material,
                Random(f"{seed}:{self.fault}"),
                rows=self.make(self.rows),
                **variables,
            )
            opened.callback(arena.end_all)
            if not material.is_own:
                arena.mapping.write_text(self.mapping)
            yield arena
