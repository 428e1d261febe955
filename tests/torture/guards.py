"""What each guard prevents: it is taken out of a copy of the importer, and the same fault made.

`python -m tests.torture.guards [--seed N] [--only WORDS] [--write]`: each scene is played twice,
with the importer as it is and with the copy; the table tells what was broken in each. With --write
it goes into docs/reliability.md too. Exit code 1 where the importer as it is breaks a promise, or
where the copy breaks none: then the guard, or its scene, is good for nothing.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tqdm import tqdm

import importer
from benchmarks.page import write
from docs_build.tables import table
from tests.torture.cast import Played, play
from tests.torture.removed import GUARDS, Guard
from tests.torture.scene import Scene

PACKAGE = Path(importer.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN = "<!-- measured: make guards WRITE=1 -->"
HEAD = ("guard", "fault", "with it", "without it")
KEPT = "nothing is broken"


@dataclass(frozen=True, slots=True)
class Shown:
    guard: Guard
    sound: Played
    without: Played

    @property
    def is_shown(self) -> bool:
        return not self.sound.flaws and bool(self.without.flaws)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.guards", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of all moments and faults")
    parser.add_argument("--only", default="", metavar="WORDS", help="guards with these in the name")
    parser.add_argument("--write", action="store_true", help="into docs/reliability.md too")
    given = parser.parse_args(arguments)
    if given.write and given.only:
        parser.error("the page has the whole table: write it without --only")
    guards = [each for each in GUARDS if given.only.casefold() in each.name.casefold()]
    found = [shown(each, given.seed) for each in tqdm(guards, unit="guard", disable=None)]
    text = table(HEAD, map(_row, found))
    print(text)
    if given.write:
        write(PAGE, f"{text}\n\nSeed {given.seed}.", BEGIN)
    return int(not all(each.is_shown for each in found))


def shown(guard: Guard, seed: int) -> Shown:
    with without(guard) as folder:
        variables = {**guard.scene.variables, "PYTHONPATH": str(folder)}
        sound = _alone(guard.scene, seed)
        return Shown(guard, sound, _alone(replace(guard.scene, variables=variables), seed))


@contextmanager
def without(guard: Guard) -> Iterator[Path]:
    """A folder with a copy of the package, in which the guard is taken out.

    Raises ValueError: the code has changed, and an edit fits no longer.
    """
    with tempfile.TemporaryDirectory(prefix="guards-") as name:
        folder = Path(name)
        copy = shutil.copytree(PACKAGE, folder / PACKAGE.name)
        for edit in guard.edits:
            path = Path(copy) / edit.file
            text = path.read_text(encoding="utf-8")
            if text.count(edit.old) != 1:
                raise ValueError(
                    f"{guard.name}: {edit.file} has {text.count(edit.old)} × {edit.old!r}"
                )
            path.write_text(text.replace(edit.old, edit.new), encoding="utf-8")
        yield folder


def _alone(scene: Scene, seed: int) -> Played:
    (played,) = play([scene], seed)
    return played


def _row(each: Shown) -> Sequence[str]:
    return (each.guard.name, each.guard.scene.fault, _said(each.sound), _said(each.without))


def _said(played: Played) -> str:
    return "; ".join(played.flaws) or KEPT


if __name__ == "__main__":
    sys.exit(main())
