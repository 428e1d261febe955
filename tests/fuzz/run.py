"""Cases, each tried in a process of its own, two at a time, and what they came to."""

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.cases import ENVIRONMENT, Case, Kind
from tests.fuzz.counts import count_rows
from tests.fuzz.trial import BROKEN, MOST_BYTES, MOST_S, Ended, ended, start, wait
from tests.fuzz.verdict import judge
from tests.torture.crashing import run as run_importer
from tests.torture.zygote import import_all

AT_ONCE = os.cpu_count() or 1
COUNTED_IN = "counted"


@dataclass(slots=True)
class Total:
    """tried: by kind. read: those whose rows were counted, and not refused. agreed: those that
    another reader counted too; it gave the same number, or there is a flaw."""

    tried: Counter[Kind] = field(default_factory=Counter)
    read: Counter[Kind] = field(default_factory=Counter)
    agreed: Counter[Kind] = field(default_factory=Counter)
    flaws: list[str] = field(default_factory=list)
    cpu_s: float = 0.0
    peak: int = 0

    def __str__(self) -> str:
        lines = [
            f"{kind}: {tried:,} tried, {tried - self.read[kind]:,} refused with the reason,"
            f" {self.read[kind]:,} read, {self.agreed[kind]:,} of them counted by another reader"
            for kind, tried in self.tried.items()
        ]
        worst = f"{self.cpu_s:.1f} of {MOST_S} s, {self.peak >> 20} of {MOST_BYTES >> 20} MB"
        return "\n".join([*lines, f"at most: {worst}", f"broken: {len(self.flaws)}"])


def run(
    cases: Iterable[Case],
    *,
    keep: Path | None = None,
    is_shown: bool = False,
    count: Callable[[Path], int] = count_rows,
) -> Total:
    """keep: a folder for the files of broken cases. is_shown: their output goes to stderr. count:
    the other reader."""
    import_all()
    total = Total()
    with _environment():
        _Trials(total, keep, count, is_shown=is_shown).play(cases)
    return total


class _Trials:
    def __init__(
        self, total: Total, keep: Path | None, count: Callable[[Path], int], *, is_shown: bool
    ) -> None:
        self._total, self._keep, self._count, self._is_shown = total, keep, count, is_shown
        self._running: dict[int, tuple[Case, Path, int | None]] = {}

    def play(self, cases: Iterable[Case]) -> None:
        for case in cases:
            folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
            case.lay_out(folder)
            self._begin(case, folder, None)
            while len(self._running) >= AT_ONCE:
                self._wait()
        while self._running:
            self._wait()

    def _begin(self, case: Case, folder: Path, rows: int | None) -> None:
        """The importer; or another reader, where the importer found so many rows."""
        if rows is None:
            pid = start(lambda: run_importer(case.arguments), folder)
        else:
            pid = start(lambda: _counted(self._count, Path(case.list_name)), folder)
        self._running[pid] = (case, folder, rows)

    def _wait(self) -> None:
        pid, status, took = wait()
        case, folder, rows = self._running.pop(pid)
        done = ended(folder, status, took)
        if rows is None:
            self._imported(case, folder, done)
        else:
            self._counted(case, folder, rows, done)

    def _imported(self, case: Case, folder: Path, done: Ended) -> None:
        verdict = judge(case, done)
        total = self._total
        total.tried[case.kind] += 1
        total.cpu_s, total.peak = max(total.cpu_s, done.cpu_s), max(total.peak, done.peak)
        if self._is_shown:
            sys.stderr.buffer.write(done.err + done.out)
        if verdict.rows is not None:
            total.read[case.kind] += 1
        if verdict.flaws or verdict.rows is None:
            self._end(case, folder, verdict.flaws)
        else:
            self._begin(case, folder, verdict.rows)

    def _counted(self, case: Case, folder: Path, rows: int, done: Ended) -> None:
        flaws = []
        if done.code == 0:
            others = json.loads((folder / COUNTED_IN).read_text())
            self._total.agreed[case.kind] += 1
            if others != rows:
                flaws = [f"{case.name}: {rows} rows, and another reader finds {others}"]
        self._end(case, folder, flaws)

    def _end(self, case: Case, folder: Path, flaws: Iterable[str]) -> None:
        found = list(flaws)
        self._total.flaws += found
        if found and self._keep is not None:
            shutil.copytree(folder, self._keep / case.name.replace(" ", "-"), dirs_exist_ok=True)
        shutil.rmtree(folder)


def _counted(count: Callable[[Path], int], path: Path) -> int:
    """The exit code of that process."""
    try:
        rows = count(path)
    except Exception:  # it can't read the file at all: then it counts nothing
        return BROKEN
    Path(COUNTED_IN).write_text(json.dumps(rows))
    return 0


@contextmanager
def _environment() -> Iterator[None]:
    """Keys, and no settings but those of a case."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="fuzz-home-") as home:
        os.environ.update(ENVIRONMENT, HOME=home, IMPORTER_STATE=f"{home}/state")
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
