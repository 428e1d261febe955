"""The cells that a job's rows have in its file, read from the blocks that they are kept in."""

from collections import OrderedDict

from importer.journal import statements as sql
from importer.journal.blocks import unpack_cells, unpack_kinds
from importer.journal.job import Job
from importer.journal.journal import Journal

KEPT_BLOCKS = 8  # unpacked blocks in memory: what is in flight lies in two or three


class Cells:
    def __init__(self, journal: Journal, job: Job) -> None:
        self._journal = journal
        self._low = job.number << 32
        self._blocks: OrderedDict[int, tuple[list[list[str]], list[str]]] = OrderedDict()

    def of(self, row_id: int) -> tuple[tuple[str, ...], str]:
        """A row's cells, and their kinds as in `Row`."""
        held = (id_ for id_, (rows, _) in self._blocks.items() if id_ <= row_id < id_ + len(rows))
        first = next(held, None)
        if first is None:
            first = self._unpack(row_id)
        rows, kinds = self._blocks[first]
        return tuple(rows[row_id - first]), kinds[row_id - first] if kinds else ""

    def _unpack(self, row_id: int) -> int:
        """Keep the block that has the row; gives the id of its first row."""
        first: int
        values = (self._low, row_id)
        first, cells, kinds = self._journal.execute(sql.SELECT_BLOCK, values).fetchone()
        self._blocks[first] = unpack_cells(cells), unpack_kinds(kinds)
        if len(self._blocks) > KEPT_BLOCKS:
            self._blocks.popitem(last=False)
        return first
