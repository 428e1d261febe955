"""Tables side by side on a sheet: groups of columns with a blank column between them. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importer.model import Block

NARROWEST = 2  # columns of a table
LEAST = 0.1  # of the rows, by which one of two tables is shorter


@dataclass(slots=True)
class Group:
    """Columns that stand together, the end behind the last. last: the last row in which one has a
    value; 0 without any. rows: how many have one; of_all: of the rows up to that last one, those
    that have a value anywhere."""

    start: int
    end: int
    last: int = 0
    rows: int = 0
    of_all: int = 0


class GroupTally:
    def __init__(self, header: Sequence[str]) -> None:
        self._names = [name.strip().casefold() for name in header]
        self._groups = list(_groups(self._names))
        self._spacers = [i for i, name in enumerate(self._names) if not name]
        self._is_parted = len(self._groups) > 1
        self._rows = 0

    def add(self, block: Block) -> None:
        if not self._is_parted:
            return
        for number, row in enumerate(block.rows, block.first):
            if any(row[i].strip() for i in self._spacers if i < len(row)):
                self._is_parted = False
                return
            self._rows += bool(row)
            for group in self._groups:
                if "".join(row[group.start : group.end]).strip():
                    group.last, group.of_all = number, self._rows
                    group.rows += 1

    def tables(self) -> list[Group]:
        """Several, or none: where one ends well before another, or a name is in two of them."""
        if not self._is_parted:
            return []
        names = [name for group in self._groups for name in {*self._names[group.start : group.end]}]
        is_repeated = len(set(names)) < len(names)
        return self._groups if is_repeated or any(map(self._ends_before, self._groups)) else []

    def _ends_before(self, group: Group) -> bool:
        """Whether it has all rows to its end, and then none: in a list with a column for space
        between, the cells behind it are blank here and there, or in the last row."""
        missing = self._rows - group.of_all
        return 0 < group.rows == group.of_all and missing > max(1, LEAST * self._rows)


def _groups(names: Sequence[str]) -> Iterator[Group]:
    start = 0
    for index, name in enumerate([*names, ""]):
        if not name:
            if index - start >= NARROWEST:
                yield Group(start, index)
            start = index + 1
