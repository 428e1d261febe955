"""Tables side by side on a sheet: groups of columns with a blank column between them. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importer.model import Block

NARROWEST = 2  # columns of a table


@dataclass(slots=True)
class Group:
    """Columns that stand together, the end behind the last. last: the last row in which one has a
    value; 0 without any."""

    start: int
    end: int
    last: int = 0


class GroupTally:
    def __init__(self, header: Sequence[str]) -> None:
        self._names = [name.strip().casefold() for name in header]
        self._groups = list(_groups(self._names))
        self._spacers = [i for i, name in enumerate(self._names) if not name]
        self._is_parted = len(self._groups) > 1

    def add(self, block: Block) -> None:
        if not self._is_parted:
            return
        for number, row in enumerate(block.rows, block.first):
            if any(row[i].strip() for i in self._spacers if i < len(row)):
                self._is_parted = False
                return
            for group in self._groups:
                if "".join(row[group.start : group.end]).strip():
                    group.last = number

    def tables(self) -> list[Group]:
        """Several, or none: where one ends in another row, or a name is in two of them."""
        if not self._is_parted:
            return []
        names = [name for group in self._groups for name in {*self._names[group.start : group.end]}]
        is_repeated = len(set(names)) < len(names)
        is_uneven = len({group.last for group in self._groups}) > 1
        return self._groups if is_repeated or is_uneven else []


def _groups(names: Sequence[str]) -> Iterator[Group]:
    start = 0
    for index, name in enumerate([*names, ""]):
        if not name:
            if index - start >= NARROWEST:
                yield Group(start, index)
            start = index + 1
