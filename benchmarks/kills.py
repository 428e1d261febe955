"""Rows lost, and leads made twice, by an import that is killed (kill -9) again and again.

`python -m benchmarks.kills [--kills N] [--rows N]`: rounds of tests.acceptance.test_kills, each
with a sandbox, a journal and a seed of its own, until N kills have hit a live run. Each kill is at
a random moment of an import of as many rows, half of them without a unique field, and is followed
by the same command. Then the account is asked: each row is there once, or is in doubt and left to
a person; and the journal says the same. Goals: 0 lost, 0 twice, no round that does not add up.
"""

import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figure import Figure, none_of, sizes, tell
from tests.acceptance.test_kills import check_ledger, run_with_kills
from tests.acceptance.world import IN_DOUBT, World, people, sandbox

FIRST_ROW = 2  # its number; the header's is 1


def main() -> int:
    return tell(figures(**sizes(figures, __doc__)))


def figures(kills: int = 200, rows: int = 2000) -> list[Figure]:
    return judged(list(rounds(kills, rows)))


@dataclass(frozen=True, slots=True)
class Round:
    """cut_off: calls that were under way at the kills. adds_up: the journal tells what is there."""

    rows: int
    kills: int
    cut_off: int
    lost: int
    twice: int
    in_doubt: int
    adds_up: bool


def judged(found: Sequence[Round]) -> list[Figure]:
    kills, rows = sum(each.kills for each in found), sum(each.rows for each in found)
    cut_off, in_doubt = sum(each.cut_off for each in found), sum(each.in_doubt for each in found)
    wrong = sum(not each.adds_up for each in found)
    note = f"{in_doubt} in doubt, for a person to decide, of {cut_off} calls cut off"
    what = f"{kills} times kill -9 at random moments, {rows:,} rows, half without a unique field"
    return [
        none_of(f"{what}: rows lost", sum(each.lost for each in found), note),
        none_of("the same: leads made twice", sum(each.twice for each in found)),
        none_of(f"the same: jobs, of {len(found)}, whose journal and account differ", wrong),
    ]


def rounds(kills: int, rows: int) -> Iterator[Round]:
    """As many as it takes: a kill that came too late does not count."""
    hits = seed = 0
    while hits < kills:
        seed += 1
        found = one_round(seed, people(rows, keyless_every=2))
        hits += found.kills
        yield found


def one_round(seed: int, rows: list[tuple[str, ...]]) -> Round:
    with sandbox("--limit", "none") as keys, tempfile.TemporaryDirectory() as name:
        world = CountingWorld(Path(name), keys, IMPORTER_SETTLE_S="1")
        cut_off = run_with_kills(world, rows, seed)
        held = Counter(lead["FirstName"] for lead in world.leads())
        doubtful = {number for (number,) in world.journal(IN_DOUBT)}
        return Round(
            rows=len(rows),
            kills=world.kills,
            cut_off=cut_off,
            lost=lost(rows, held, doubtful),
            twice=sum(held.values()) - len(held),
            in_doubt=len(doubtful),
            adds_up=adds_up(world, rows, cut_off),
        )


class CountingWorld(World):
    """It counts the kills that hit a live run."""

    kills = 0

    def kill_when(self, process: "subprocess.Popen[str]", calls: int) -> bool:
        has_hit = super().kill_when(process, calls)
        self.kills += has_hit
        return has_hit


def lost(rows: Sequence[Sequence[str]], held: Counter[str], doubtful: set[int]) -> int:
    """Rows that are neither in the account nor shown to a person. First names all differ."""
    numbered = enumerate(rows, start=FIRST_ROW)
    return sum(row[0] not in held and number not in doubtful for number, row in numbered)


def adds_up(world: World, rows: list[tuple[str, ...]], cut_off: int) -> bool:
    try:
        check_ledger(world, rows)
        assert len(world.keyless_in_doubt(rows)) <= cut_off, "more in doubt than were cut off"
    except AssertionError:
        traceback.print_exc()
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
