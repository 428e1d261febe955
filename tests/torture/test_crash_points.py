"""A SIGKILL at crash points: every point is reached by a scene, and no kill breaks a promise.

The short form of what `make torture` does: at each move of delivery, and at a part of the others.
"""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from tests.acceptance.world import Done, World, people, sandbox
from tests.torture.crash_scenes import SCENES
from tests.torture.crashes import Reference, Theatre, kills, references, theatre, unreached
from tests.torture.points import all_points
from tests.torture.scene import Tally
from tests.torture.zygote import Task, Zygote, zygote

SEED = 1
MOVES = re.compile(r"statements\.\w+ committed|Lead\.Create .*")
OTHERS = 12


def short() -> list[str]:
    moves = [point for point in all_points() if MOVES.fullmatch(point)]
    others = [point for point in all_points() if point not in moves]
    return [*moves, *Random(SEED).sample(others, OTHERS)]


@pytest.fixture(scope="module")
def opened() -> Iterator[Theatre]:
    with theatre() as found:
        yield found


@pytest.fixture(scope="module")
def played(opened: Theatre) -> list[Reference]:
    """Each scene without a kill."""
    return references(opened)


@pytest.fixture(scope="module")
def killed(opened: Theatre, played: list[Reference]) -> dict[str, Tally]:
    points = short()
    found = kills(opened, played, SEED, only=lambda point: point in points)
    return dict(zip((point for point in all_points() if point in points), found, strict=True))


def test_each_scene_keeps_the_promises_without_a_kill(played: list[Reference]) -> None:
    assert {each.scene.name: each.flaws for each in played if each.flaws} == {}


def test_every_point_is_reached_by_a_scene(played: list[Reference]) -> None:
    assert unreached(played) == []


def test_a_point_that_no_scene_reaches_is_named(played: list[Reference]) -> None:
    without = [each for each in played if each.scene.name != "a mended reject file"]
    assert {"statements.ADD_ROW", "statements.ADD_ROW committed"} <= {*unreached(without)}


@pytest.mark.parametrize("point", short())
def test_a_kill_loses_nothing_and_doubles_nothing(killed: dict[str, Tally], point: str) -> None:
    tally = killed[point]
    assert tally.flaws == [], tally.fault


def test_each_scene_has_a_name_of_its_own() -> None:
    assert len({scene.name for scene in SCENES}) == len(SCENES)


# The zygote's processes are as any other


@pytest.fixture(scope="module")
def forks() -> Iterator[Zygote]:
    with zygote({}) as found:
        yield found


def in_both(folder: Path, forks: Zygote, *commands: Sequence[object]) -> list[tuple[Done, Done]]:
    """What each command says of a fork and of `python -m importer`; each has its own account."""
    with sandbox("--limit", "none") as one, sandbox("--limit", "none") as other:
        worlds = []
        for name, keys in (("one", one), ("two", other)):
            (folder / name).mkdir()
            worlds.append(World(folder / name, keys))
            worlds[-1].write_csv("list.csv", [*people(5), ("", "", "no address", "", "")])
        return [
            (_forked(forks, worlds[0], command), _started(worlds[1], command))
            for command in commands
        ]


def _forked(forks: Zygote, world: World, command: Sequence[object]) -> Done:
    output = str(world.folder / "output")
    task = Task(list(map(str, command)), str(world.folder), world.environment, output)
    return _alike(world, forks.start(task).wait())


def _started(world: World, command: Sequence[object]) -> Done:
    done = subprocess.run(
        [sys.executable, "-m", "importer", *map(str, command)],
        cwd=world.folder,
        env=world.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return _alike(world, Done(done.returncode, done.stdout, done.stderr))


def _alike(world: World, done: Done) -> Done:
    """Without what must differ: the folder, and the account's address."""
    texts = (text.replace(str(world.folder), "FOLDER") for text in (done.out, done.err))
    return Done(done.code, *(text.replace(world.host, "HOST") for text in texts))


def test_a_fork_says_and_does_what_a_process_of_its_own_does(tmp_path: Path, forks: Zygote) -> None:
    sending = ("run", "list.csv", "-m", "mapping.yaml", "--rate", "none")
    pairs = in_both(
        tmp_path, forks, ("--help",), ("--wrong",), ("status",), ("run", "no.csv"),
        (*sending, "--json"), sending, ("status", "1", "--row", "2"), ("verify", "1"),
        ("results", "--out", "there"), ("purge", "1"),
    )  # fmt: skip
    assert [_timeless(fork) for fork, _ in pairs] == [_timeless(other) for _, other in pairs]
    assert [fork.code for fork, _ in pairs] == [0, 2, 2, 2, 1, 1, 0, 0, 0, 2]


def _timeless(done: Done) -> Done:
    """Ids, keys and moments are chance's, or the account's."""
    forms = r"([0-9a-f]{8}(-[0-9a-f]{4}){3}-)?[0-9a-f]{12}|\d+:\d\d(:\d\d)?(\.\d+)?|\d+ ms"
    return Done(done.code, *(re.sub(forms, "…", text) for text in (done.out, done.err)))
