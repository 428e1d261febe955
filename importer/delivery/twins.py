"""The same lead twice in a file: which row goes, which waits, which needs no call.

The journal names rows that share a hash; here their values are compared. Normalised as in
`Lead.keys`: trimmed and case-folded, phones by their digits.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from importer.delivery.duplicates import Duplicates
from importer.journal.blocks import WHOLE_SLOT, hash_key
from importer.journal.rows import JournalRow, Rows
from importer.model import ACCEPTED, Lead, Outcome, RowStatus

Find = Callable[[int, int], Iterator[int]]


@dataclass(frozen=True, slots=True)
class WaitFor:
    number: int


class Twins:
    """build: a journal row to its lead. unique: the mapping's unique fields, in order; column:
    a field to the file's column that feeds it; duplicates: what a row with a taken value is."""

    def __init__(
        self,
        rows: Rows,
        build: Callable[[JournalRow], Lead],
        unique: Sequence[str],
        column: Callable[[str], str],
        duplicates: Duplicates,
    ) -> None:
        self._rows = rows
        self._build = build
        self._column = column
        self._duplicates = duplicates
        self._slots = {name: slot for slot, name in enumerate(unique)}
        self._any = rows.has_twins()

    def verdict(self, row: JournalRow, lead: Lead) -> WaitFor | Outcome | None:
        """What another row of the file means for this one; None: it can be sent."""
        if not self._any:
            return None
        if not lead.keys:
            return self._repeat(row, lead)
        for name, value in lead.keys.items():
            for other in self._others(self._rows.rivals, value, self._slots[name], row):
                its_lead = self._build(other)
                if its_lead.keys.get(name) != value:
                    continue
                if other.status not in ACCEPTED:
                    return WaitFor(other.number)
                if its_lead.values == lead.values:
                    return _same_row(other, ", and was created")
                column = self._column(name)
                return self._duplicates.in_file(other.number, column, other.lead_id)
        return None

    def _repeat(self, row: JournalRow, lead: Lead) -> Outcome | None:
        """A row without a unique value: of equal ones the first is sent, and no other."""
        for other in self._others(self._rows.repeats, lead.text, WHOLE_SLOT, row):
            if self._build(other).values == lead.values:
                return _same_row(other)
        return None

    def _others(self, find: Find, text: str, slot: int, row: JournalRow) -> Iterator[JournalRow]:
        key = hash_key(text, slot, self._rows.job.key_seed)
        for number in find(key, row.number):
            other = self._rows.row(number)
            assert other is not None, "a twin is a row"
            yield other


def _same_row(other: JournalRow, fate: str = "") -> Outcome:
    reason = f"the same row stands in row {other.number} of this file{fate}"
    return Outcome(RowStatus.SKIPPED, "same_row", reason, existing_id=other.lead_id)
