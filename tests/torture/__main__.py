"""Every fault that can be made, made for real, and a table of what came of it.

`python -m tests.torture [--seed N] [--short] [--only WORDS] [--write] [--file F --mapping M]`: each
scene has a sandbox and a journal of its own, runs the real command, makes its fault, and lets the
job come to its end; then journal and account are compared, row by row. The table goes to stdout,
and with --write into docs/reliability.md too. With --file and --mapping the scenes that fit any
list are played with that one, always against the bundled sandbox. Exit code 1 where a promise was
broken; what was broken stands below the table. Where it is stopped (Ctrl-C, SIGTERM), none of its
processes and folders is left.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import this_machine
from benchmarks.page import said, write
from importer.errors import ImporterError
from tests.torture.cast import Played, chosen, play, play_crash_points
from tests.torture.points import all_points
from tests.torture.progress import Progress
from tests.torture.scene import Material, Scene
from tests.torture.supervised import supervised
from tests.torture.table import rendered

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN = "<!-- measured: make torture WRITE=1 -->"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of all moments and faults")
    parser.add_argument("--short", action="store_true", help="what `make test` plays")
    parser.add_argument("--only", default="", metavar="WORDS", help="scenes with these in the name")
    parser.add_argument("--write", action="store_true", help="into docs/reliability.md too")
    parser.add_argument("--file", type=Path, help="a list of yours, instead of made ones")
    parser.add_argument("--mapping", type=Path, help="its mapping")
    given = parser.parse_args(arguments)
    if (given.file is None) != (given.mapping is None):
        parser.error("--file and --mapping go together")
    if given.write and (given.file or given.only or given.short):
        parser.error("the page has the whole table: write it without other options")
    material = Material(given.file, given.mapping)
    try:
        material.options  # noqa: B018 - it is asked for its errors
    except (ImporterError, ValueError) as error:
        parser.error(str(error))
    scenes = chosen(short=given.short, words=given.only, material=material)
    if not scenes:
        parser.error(f'no scene has "{given.only}" in its name')
    has_all = not (given.short or given.only or material.is_own)
    return supervised(lambda: _played(given, scenes, material, has_all=has_all))


def _played(
    given: argparse.Namespace, scenes: Sequence[Scene], material: Material, *, has_all: bool
) -> int:
    with Progress(len(scenes), len(all_points()) if has_all else 0) as progress:
        found = list(play(scenes, given.seed, material, progress.scene_ended))
        if has_all:
            found.append(play_crash_points(given.seed, progress.point_ended))
    text = f"{rendered(found)}\n\nSeed {given.seed}. {said(this_machine())}"
    print(text)
    missed = sum(each.tally is not None and not each.tally.tried for each in found)
    if material.is_own and missed:
        print(f"\n{missed} faults did not befall so short a list: another --seed may bring them.")
    if given.write:
        write(PAGE, text, BEGIN)
    return _judged(found)


def _judged(found: Sequence[Played]) -> int:
    for each in found:
        for flaw in each.flaws:
            print(f"broken: {each.fault}: {flaw}", file=sys.stderr)
    return int(any(each.flaws for each in found))


if __name__ == "__main__":
    sys.exit(main())
