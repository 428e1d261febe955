"""How often something was met in a column, and where."""

from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_EXAMPLES = 3


@dataclass(slots=True)
class Seen:
    """rows: how many. examples: the first of them, each with the cell's text."""

    rows: int = 0
    examples: list[tuple[int, str]] = field(default_factory=list)

    def add(self, found: Sequence[tuple[int, str]], rows: int | None = None) -> None:
        self.rows += len(found) if rows is None else rows
        self.examples += found[: MOST_EXAMPLES - len(self.examples)]
