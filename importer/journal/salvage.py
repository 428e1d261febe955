"""What of a damaged journal's rows is to be believed.

In: what was read of it. Out: each row with its state, its cells, or both. SQLite keeps no checksum
of a page, so a state is told only where the rest of the journal agrees with it; else the row is
unknown, and its reason says why.

- A record names its row. That is believed where it stands in order with those around it, nothing
  else says to be the same row, and a line of the file may be its.
- `created` and its Id are believed where the index of Ids, on pages of its own, names the same row.
  Another lead's Id stands nowhere else: unless a row here made that lead, the reason tells it.
- Any other state is believed where no change that was committed is missing from the log, and no
  call for the row is younger. `pending` says that the row can be sent: its calls must be readable
  then, and the job must not count fewer such rows.
- Cells are believed by their checksum, and a block of them by its lines, of which each has a row.

What nobody can notice: other words in a reason, or in a cell that was mended; and a journal that
is an older one as a whole.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from importer.journal import wal
from importer.journal.damaged import BROKEN
from importer.journal.records import SavedJob, State, texts_of
from importer.journal.rows import ROW_BITS
from importer.journal.saved import Saved, saved
from importer.model import RowStatus

MAY_BE_SENT = "it may have been sent"
NO_STATE = f"its state cannot be read: {MAY_BE_SENT}"
MISPLACED = f"its state stands where it cannot be: {MAY_BE_SENT}"
NO_LINE = "the file has no such row"
NO_CELLS = "its cells cannot be read"
NO_REASON = "why cannot be read"
NOT_INDEXED = "the index of Ids does not say so"
OLDER = "a call was made for it since"
NO_CALLS = "whether a call was made since cannot be read"
LOST_CHANGES = "the journal's last changes are lost"
FEWER = "the job counts fewer such rows"


@dataclass(frozen=True, slots=True)
class SavedRow:
    """status: None where it is unknown. cells: None where they can't be read."""

    number: int
    status: RowStatus | None
    lead_id: UUID | None
    reason: str
    cells: Sequence[str] | None


@contextmanager
def salvage(journal: Path) -> Iterator["Salvage"]:
    """Raises JournalError: see `saved`."""
    with saved(journal) as found:
        yield Salvage(found, is_whole=wal.is_whole(journal))


class Salvage:
    """is_whole: whether no change that was committed is missing from the log. flaws: what SQLite
    finds wrong, some of it."""

    def __init__(self, found: Saved, *, is_whole: bool) -> None:
        self._saved = found
        self.is_whole = is_whole
        self.jobs: Sequence[SavedJob] = found.jobs
        self.flaws: Sequence[str] = found.flaws

    def rows(self, job: SavedJob) -> Iterator[SavedRow]:
        """In the file's order."""
        may_have_line, counts_fewer = self._saved.may_have_line(job), self._counts_fewer(job)
        for row_id, state, line in _merged(self._saved.states(job), self._saved.lines(job)):
            if state is None:
                if line:
                    yield SavedRow(row_id & ROW_BITS, None, None, NO_STATE, line)
                continue
            has_line = bool(line) or state.cells is not None
            if not has_line and (line is not None or not may_have_line(row_id)):
                yield SavedRow(row_id & ROW_BITS, None, None, NO_LINE, None)
                continue
            cells = line if state.cells is None else texts_of(state.cells)
            yield self._told(state, cells, counts_fewer=counts_fewer)

    def _told(self, state: State, cells: Sequence[str] | None, *, counts_fewer: bool) -> SavedRow:
        number, no_cells = state.id & ROW_BITS, "" if cells else NO_CELLS
        if not state.is_placed:
            return SavedRow(number, None, None, _joined(MISPLACED, no_cells), cells)
        holder = self._holder(state)
        doubt = self._doubt(state, holder)
        if not doubt and counts_fewer and state.status is RowStatus.PENDING:
            doubt = FEWER
        lead_id, told = _lead(state, holder)
        if doubt:
            was = f'the journal says "{state.status}", and {doubt}: {MAY_BE_SENT}'
            return SavedRow(number, None, None, _joined(was, told, no_cells), cells)
        reason = NO_REASON if state.reason is None else state.reason
        return SavedRow(number, state.status, lead_id, _joined(reason, told, no_cells), cells)

    def _holder(self, state: State) -> int | None:
        """The row that made the lead that this one names."""
        lead_id = state.lead_id or state.existing_id
        return None if lead_id is None else self._saved.holder(lead_id)

    def _doubt(self, state: State, holder: int | None) -> str:
        """Why the record's status can't be relied on; "" where it can."""
        if state.status is RowStatus.CREATED:
            return "" if state.lead_id and holder == state.id else NOT_INDEXED
        if not self.is_whole:
            return LOST_CHANGES
        try:
            return OLDER if self._saved.last_call(state.id) > state.changed_at else ""
        except BROKEN:
            return NO_CALLS if state.status is RowStatus.PENDING else ""

    def _counts_fewer(self, job: SavedJob) -> bool:
        """Whether fewer rows are pending than there seem to be: then some of them are older."""
        if job.counts is None:
            return False
        most = job.counts[RowStatus.PENDING]
        if self._saved.pending(job) <= most:
            return False
        found = (state for state in self._saved.states(job) if state.status is RowStatus.PENDING)
        return sum(state.is_placed and not self._doubt(state, None) for state in found) > most


def _lead(state: State, holder: int | None) -> tuple[UUID | None, str]:
    """The Id where it is certain; else in words."""
    if state.lead_id is not None and holder == state.id:
        return state.lead_id, ""
    if state.lead_id is None and holder is not None:
        return state.existing_id, ""
    lead_id = state.lead_id or state.existing_id
    return None, f"it names the lead {lead_id}, which nothing confirms" if lead_id else ""


def _merged(
    states: Iterator[State], lines: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, State | None, list[str] | None]]:
    """What there is of each row. A blank line is an empty one."""
    state, line = next(states, None), next(lines, None)
    while state is not None or line is not None:
        row_id = min(each for each in (state and state.id, line and line[0]) if each)
        its_state = state if state is not None and state.id == row_id else None
        its_line = line[1] if line is not None and line[0] == row_id else None
        yield row_id, its_state, its_line
        state = next(states, None) if its_state is not None else state
        line = next(lines, None) if its_line is not None else line


def _joined(*parts: str) -> str:
    return "; ".join(part.rstrip(" .") if part != parts[-1] else part for part in parts if part)
