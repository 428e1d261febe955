"""All scenes, and how they are played: some at once, as most of their time is waiting."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from tests.torture import (
    scenes_journal,
    scenes_match,
    scenes_network,
    scenes_power,
    scenes_process,
    scenes_replies,
    scenes_world,
)
from tests.torture.crashes import crash_points
from tests.torture.judge import Verdict
from tests.torture.scene import OURS, Material, Scene, Tally

SCENES: tuple[Scene, ...] = (
    *scenes_replies.SCENES,
    *scenes_network.SCENES,
    *scenes_process.SCENES,
    *scenes_power.SCENES,
    *scenes_world.SCENES,
    *scenes_match.SCENES,
    *scenes_journal.SCENES,
)
Told = Callable[[Scene, float], None]
AT_ONCE = 8  # of a scene that takes 5 s, most is waiting for the rest


@dataclass(frozen=True, slots=True)
class Played:
    """A scene that came to its end, or broke with these words."""

    fault: str
    tally: Tally | None
    error: str = ""

    @property
    def flaws(self) -> list[str]:
        return [self.error] if self.tally is None else self.tally.flaws


def chosen(*, short: bool, words: str = "", material: Material = OURS) -> list[Scene]:
    """words: in the fault's name. A person's own list is not for every scene."""
    return [
        scene
        for scene in SCENES
        if words.casefold() in scene.fault.casefold()
        and not (short and scene.is_long)
        and (scene.takes_any or not material.is_own)
        and scene.can_be_played
    ]


def play(
    scenes: Sequence[Scene],
    seed: int,
    material: Material = OURS,
    told: Told = lambda _scene, _seconds: None,
) -> Iterator[Played]:
    """In their order. Those that measure a pace are played by themselves, after the others. told:
    of each scene that has ended, and how long it took."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        shared = {
            scene.fault: pool.submit(_played, scene, seed, material, told)
            for scene in scenes
            if not scene.is_alone
        }
    for scene in scenes:
        future = shared.get(scene.fault)
        yield future.result() if future else _played(scene, seed, material, told)


def _played(scene: Scene, seed: int, material: Material, told: Told) -> Played:
    begun = time.monotonic()
    try:
        return Played(scene.fault, scene.act(seed, material))
    except Exception as error:  # the minutes that the other scenes took are not lost
        return Played(scene.fault, None, f"the scene broke: {error!r}")
    finally:
        told(scene, time.monotonic() - begun)


def play_crash_points(seed: int, told: Callable[[], None]) -> Played:
    """A kill at each of them, as one line."""
    found = list(crash_points(seed, told))
    flaws = tuple(f"{each.fault}: {flaw}" for each in found for flaw in each.flaws)
    fault = f"SIGKILL at each of {len(found)} crash points"
    return Played(fault, replace(summed(found), fault=fault, broken=flaws))


def summed(tallies: Iterable[Tally]) -> Tally:
    """All of them as one line."""
    found = list(tallies)
    verdicts = [each.verdict for each in found]
    names = ("rows", "lost", "twice", "told_wrongly", "in_doubt", "needless", "protected")
    sums = {name: sum(getattr(each, name) for each in verdicts) for name in names}
    total = Tally("all", sum(each.tried for each in found), Verdict(**sums))
    return replace(total, allowed=sum(each.allowed for each in found))
