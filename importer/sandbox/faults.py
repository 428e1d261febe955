"""Which calls go wrong, and how. Pure: seeded draws, one for each counted call."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from importer.sandbox.options import FAULT_GROUPS, FAULTS, LOOKUP, THROTTLE_SHAPES

SLOW_S = 8.0
LATE_S = (0.5, 3.0)
"""How long after the connection was closed a `late` call is committed."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`chance` is a second draw, 0 to 1, for faults that come in several kinds."""

    name: str
    chance: float

    @property
    def committed(self) -> bool:
        """The coin of `html502`."""
        return self.chance < 0.5

    @property
    def names_limit(self) -> bool:
        """The coin of `throttled`."""
        return self.chance < 0.5

    @property
    def delay_s(self) -> float:
        """The wait of `late`."""
        least, most = LATE_S
        return least + (most - least) * self.chance


class Faults:
    """The n-th draw of one kind is the same at every start with the same seed."""

    def __init__(self, shares: Mapping[str, float], seed: int) -> None:
        self._of_create = Random(f"{seed}:create")
        self._of_kinds = {kind: Random(f"{seed}:{kind}") for kind in FAULT_GROUPS}
        self.replace(shares)

    def replace(self, shares: Mapping[str, float]) -> None:
        """Have other faults from now on; the draws go on where they are."""
        given = {name: shares[name] for name in FAULTS if name in shares}
        self._kinds = {
            kind: {name: given.pop(name) for name in names if name in given}
            for kind, (_, names) in FAULT_GROUPS.items()
        }
        self._create = given

    def for_create(self) -> Fault | None:
        return _draw(self._create, self._of_create)

    def for_kind(self, kind: str) -> Fault | None:
        """kind: a key of FAULT_GROUPS."""
        return _draw(self._kinds[kind], self._of_kinds[kind])

    def for_lookup(self) -> Fault | None:
        return self.for_kind(LOOKUP)


def _draw(shares: Mapping[str, float], random: Random) -> Fault | None:
    roll, chance = random.random(), random.random()
    for name, share in shares.items():
        if roll < share:
            return Fault(name, chance)
        roll -= share
    return None


def throttle_statuses(throttle_as: str, seed: int) -> Iterator[int]:
    """Yield the status of each throttled reply, without end."""
    random = Random(f"{seed}:throttle")
    while True:
        shape = random.choice(THROTTLE_SHAPES) if throttle_as == "mixed" else throttle_as
        yield int(shape)


def delays(range_ms: tuple[float, float], seed: int, name: str) -> Iterator[float]:
    """Yield seconds, drawn evenly from the range, without end."""
    random = Random(f"{seed}:{name}")
    while True:
        yield random.uniform(*range_ms) / 1000
