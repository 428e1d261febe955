"""What of a damaged journal's rows is to be believed.

In: what was read of it. Out: each row with its state, its cells, or both. SQLite keeps no checksum
of a page, so a state is told only where the rest of the journal agrees with it; else the row is
unknown, and its reason says why.

- A record names its row. That is believed where it stands in order with those around it, nothing
  else says to be the same row, and a line of the file may be its.
- `created` is final: it is believed unless the index of Ids, on pages of its own, names another
  row. Its Id is believed where that index names the same row. Another lead's Id stands nowhere
  else, unless a row here made that lead. An Id that nothing confirms is told in the reason.
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

from importer.journal.damaged import BROKEN
from importer.journal.records import Line, SavedJob, State, texts_of
from importer.journal.rows import ROW_BITS
from importer.journal.saved import Saved, saved
from importer.model import RowStatus

MAY_BE_SENT = "it may have been sent"
NO_STATE = f"its state cannot be read: {MAY_BE_SENT}"
MISPLACED = f"its state stands where it cannot be: {MAY_BE_SENT}"
NO_LINE = "the file has no such row"
NO_CELLS = "its cells cannot be read"
NO_REASON = "why cannot be read"
OTHERS = "another row is known to have made that lead"
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
        yield Salvage(found)


class Salvage:
    """is_whole: whether no change that was committed is missing from the log. flaws: what is wrong
    with the copy that was read, some of it; other commands may find more."""

    def __init__(self, found: Saved) -> None:
        self._saved = found
        self.is_whole = found.is_whole
        self.jobs: Sequence[SavedJob] = found.jobs
        self.flaws: Sequence[str] = found.flaws

    def rows(self, job: SavedJob) -> Iterator[SavedRow]:
        """In the file's order."""
        counts_fewer = self._counts_fewer(job)
        for state, line in _merged(self._saved.states(job), self._saved.lines(job)):
            if state is not None:
                yield self._told(state, line, counts_fewer=counts_fewer)
            elif line is not None and line.cells:
                yield SavedRow(line.id & ROW_BITS, None, None, NO_STATE, line.cells)

    def _told(self, state: State, line: Line | None, *, counts_fewer: bool) -> SavedRow:
        number = state.id & ROW_BITS
        if not self._is_row(state, line):
            return SavedRow(number, None, None, NO_LINE, None)
        cells = texts_of(state.cells) if state.cells is not None else line.cells if line else None
        no_cells = "" if cells else NO_CELLS
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

    def _is_row(self, state: State, line: Line | None) -> bool:
        """Whether the file has such a row, or a repair has added it."""
        if state.cells is not None:
            return True
        return self._saved.may_have_line(state.id) if line is None else line.cells != []

    def _holder(self, state: State) -> int | None:
        """The row that made the lead that this one names."""
        lead_id = state.lead_id or state.existing_id
        return None if lead_id is None else self._saved.holder(lead_id)

    def _doubt(self, state: State, holder: int | None) -> str:
        """Why the record's status can't be relied on; "" where it can."""
        if state.status is RowStatus.CREATED:
            return OTHERS if holder not in (None, state.id) else ""
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
    states: Iterator[State], lines: Iterator[Line]
) -> Iterator[tuple[State | None, Line | None]]:
    """What there is of each row, by their ids."""
    state, line = next(states, None), next(lines, None)
    while state is not None or line is not None:
        if line is None or (state is not None and state.id < line.id):
            yield state, None
            state = next(states, None)
        elif state is None or line.id < state.id:
            yield None, line
            line = next(lines, None)
        else:
            yield state, line
            state, line = next(states, None), next(lines, None)


def _joined(*parts: str) -> str:
    *first, last = [part for part in parts if part] or [""]
    return "; ".join([*(part.rstrip(" .") for part in first), last])
