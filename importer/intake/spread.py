"""Some rows from all over a list whose length is not known before its end. Memory is flat."""

from collections.abc import Sequence


class Spread:
    """Every n-th row, n doubling as the list turns out to be long.

    most: rows that are kept; then every second of them is let go, and of those to come. longest:
    characters of a cell that are kept, None for all. count: of all rows.
    """

    def __init__(self, most: int, longest: int | None = None) -> None:
        self.rows: list[Sequence[str]] = []
        self.count = 0
        self._most = most
        self._longest = longest
        self._step = 1
        self._next = 0

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """The next rows of the list."""
        for place in range(self._next - self.count, len(rows), self._step):
            self.rows.append([cell[: self._longest] for cell in rows[place]])
            self._next += self._step
        self.count += len(rows)
        if len(self.rows) > self._most:
            self.rows = self.rows[::2]
            self._step *= 2
            self._next = -(-self.count // self._step) * self._step
