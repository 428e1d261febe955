"""A SIGKILL at every crash point, in scenes that reach it; and what came of each.

First each scene is played without a kill: it tells which points each of its commands reaches, and
how often, and what becomes of each row. Then it is played again with one command killed at one
point, and that command given again: but for the calls that the kill cut off, all must end alike.
"""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random

from importer.model import JobState, RowStatus
from tests.acceptance.world import sandbox
from tests.torture.crash_scenes import SCENES, CrashScene
from tests.torture.crash_stage import VARIABLES, Ends, Kill, Stage
from tests.torture.judge import Verdict
from tests.torture.points import all_points
from tests.torture.scene import Tally
from tests.torture.zygote import Zygote, zygote

AT_ONCE = 6  # most of a scene is waiting
TRIES = 3  # a moment may come one time less than in the scene's first play
NOT_FOUND_OUT = "none was written yet"


@dataclass(frozen=True, slots=True)
class Reference:
    """A scene that nothing disturbed. reached: how often each command comes to a point."""

    scene: CrashScene
    reached: dict[int, Counter[str]]
    ends: Ends
    flaws: Sequence[str] = ()


class Theatre:
    """What all stages share: the zygote, and an account for each kind of sandbox."""

    def __init__(self, forks: Zygote, accounts: dict[tuple[str, ...], dict[str, str]]) -> None:
        self._zygote, self._accounts = forks, accounts
        self._numbers = count(1)

    @contextmanager
    def stage(self, scene: CrashScene, kill: Kill | None = None) -> Iterator[Stage]:
        with tempfile.TemporaryDirectory(prefix="crash-") as folder:
            keys, number = self._accounts[scene.sandbox], next(self._numbers)
            stage = Stage(Path(folder), keys, self._zygote, number, kill)
            try:
                yield stage
            finally:
                stage.end_all()


@contextmanager
def theatre(scenes: Iterable[CrashScene] = SCENES) -> Iterator[Theatre]:
    with ExitStack() as opened:
        kinds = sorted({scene.sandbox for scene in scenes})
        accounts = {options: opened.enter_context(sandbox(*options)) for options in kinds}
        forks = opened.enter_context(zygote(VARIABLES))
        yield Theatre(forks, accounts)


def crash_points(
    seed: int,
    told: Callable[[], None] = lambda: None,
    only: Callable[[str], bool] = lambda _: True,
) -> Iterator[Tally]:
    """A kill at each of these points, in a scene and at a time that the seed chooses."""
    with theatre() as opened:
        yield from kills(opened, references(opened), seed, told, only)


def references(opened: Theatre, scenes: Sequence[CrashScene] = SCENES) -> list[Reference]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda scene: _reference(opened, scene), scenes))


def _reference(opened: Theatre, scene: CrashScene) -> Reference:
    with opened.stage(scene) as stage:
        scene.play(stage)
        reached = {
            turn: Counter(point for moment in moments for point in moment)
            for turn, moments in stage.moments.items()
        }
        found = Reference(scene, reached, stage.ends())
        return replace(found, flaws=_tally(stage, found, 1, "no kill").flaws)


def unreached(found: Iterable[Reference]) -> list[str]:
    """The points that no scene comes to."""
    reached = {point for each in found for counts in each.reached.values() for point in counts}
    return [point for point in all_points() if point not in reached]


def kills(
    opened: Theatre,
    found: Sequence[Reference],
    seed: int,
    told: Callable[[], None] = lambda: None,
    only: Callable[[str], bool] = lambda _: True,
) -> Iterator[Tally]:
    """In the order of the points; those that no scene reaches are left out."""

    def tally(chosen: tuple[Reference, Kill]) -> Tally:
        try:
            return killed(opened, *chosen)
        except Exception as error:  # the others are played all the same
            return Tally(_named(*chosen), 1, Verdict(0), broken=(f"the scene broke: {error!r}",))
        finally:
            told()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(tally, _chosen(found, seed, only))


def _chosen(
    found: Sequence[Reference], seed: int, only: Callable[[str], bool]
) -> Iterator[tuple[Reference, Kill]]:
    places: dict[str, list[tuple[Reference, int]]] = defaultdict(list)
    for each in sorted(found, key=lambda each: each.scene.name):
        for turn, counts in each.reached.items():
            for point in counts:
                places[point].append((each, turn))
    for point in filter(only, all_points()):
        random = Random(f"{seed}:{point}")
        if point in places:
            # What is the same each time can be judged more closely.
            steady = [place for place in places[point] if place[0].scene.is_steady]
            each, turn = random.choice(steady or places[point])
            yield each, Kill(turn, point, random.randint(1, each.reached[turn][point]))


def killed(opened: Theatre, reference: Reference, kill: Kill) -> Tally:
    for turn in range(TRIES):
        nth = 1 if turn else kill.nth
        with opened.stage(reference.scene, Kill(kill.turn, kill.point, nth)) as stage:
            reference.scene.play(stage)
            if stage.hit or turn == TRIES - 1:
                return _tally(stage, reference, int(stage.hit), _named(reference, kill))
    raise AssertionError("the last try gives a tally")


def _named(reference: Reference, kill: Kill) -> str:
    return f"SIGKILL at {kill.point}, {kill.nth}: {reference.scene.name}"


def _tally(stage: Stage, reference: Reference, tried: int, fault: str) -> Tally:
    _expect_true_files(stage)
    allowed = stage.cut_off
    if reference.scene.is_steady:
        _expect_same(stage, reference.ends)
    else:
        allowed += stage.lost_replies()
    return Tally(fault, tried, stage.verdict(), allowed, tuple(stage.broken))


def _expect_true_files(stage: Stage) -> None:
    """`verify` finds nothing amiss in the ledger, and the files of finished jobs are there."""
    for number, state in stage.journal("SELECT number, state FROM job"):
        done = stage.give("verify", number)
        stage.expect(done.code == 0, f"verify: {done.code}, {done.out} {done.err}")
        if state == JobState.FINISHED:
            stage.expect(NOT_FOUND_OUT not in done.out, f"verify: {done.out}")


def _expect_same(stage: Stage, wanted: Ends) -> None:
    """All ended as without the kill; but a row whose call was cut off may be in doubt."""
    found = stage.ends()
    for row in sorted(wanted.fates.keys() | found.fates.keys()):
        fate, other = found.fates.get(row), wanted.fates.get(row)
        is_doubt = fate is not None and fate[0] == RowStatus.IN_DOUBT
        stage.expect(fate == other or is_doubt, f"row {row}: {fate}, not {other}")
    missing = wanted.decisions - found.decisions
    stage.expect(not missing, f"decisions that are not kept: {missing}")
    names = sorted(found.files ^ wanted.files)
    stage.expect(not names, f"files too many, or missing: {names}")
