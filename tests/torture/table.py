"""What was played, as a Markdown table."""

from collections.abc import Iterable, Sequence

from docs_build.tables import table
from tests.torture.cast import Played, summed
from tests.torture.scene import Tally

HEAD = (
    "fault", "times made", "rows", "lost", "sent twice", "told wrongly", "in doubt", "may be",
)  # fmt: skip


def rendered(found: Sequence[Played]) -> str:
    tallies = [each.tally for each in found if each.tally is not None]
    return table(HEAD, [*(_row(each) for each in found), _cells("**all**", summed(tallies))])


def _row(played: Played) -> Sequence[str]:
    if played.tally is None:
        return (played.fault, "**not played**", *["–"] * (len(HEAD) - 2))
    return _cells(played.fault, played.tally)


def _cells(name: str, tally: Tally) -> Sequence[str]:
    found = tally.verdict
    wrong = (found.lost, found.twice, found.told_wrongly)
    numbers = (found.in_doubt, tally.allowed)
    return (
        name,
        f"{tally.tried:,}",
        f"{found.rows:,}",
        *_bold(wrong),
        *(f"{n:,}" for n in numbers),
    )


def _bold(numbers: Iterable[int]) -> Iterable[str]:
    """All but 0 is to be seen."""
    return (f"**{number:,}**" if number else "0" for number in numbers)
