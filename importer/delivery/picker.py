"""Which row goes next. Rows that need no call are settled on the way; nothing is claimed here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from importer.delivery.duplicates import Duplicates
from importer.delivery.twins import Twins, WaitFor
from importer.journal.rows import JournalRow, Rows
from importer.journal.staging import outcome_of
from importer.model import Lead, Outcome, Problem, RowStatus

NO_CALL_ROWS = 500  # rows that need no call, settled in one commit


@dataclass(frozen=True, slots=True)
class Later:
    """Look at the row again from due_at (ms) on: another import has the same row under way."""

    due_at: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a journal's row becomes its lead.

    build: the lead, or the problems, of a row by the mapping that it was made with. unique: the
    unique fields, in the order of the journal's keys. columns: every field that is sent. column: a
    field to the file's column that feeds it, or to itself. skips_duplicates: the mapping's
    `on_duplicate: skip`: rows whose lead is there already end `skipped`, not `duplicate`. note:
    told the row and lead of each claim, in its transaction. known: what a row of another job that
    asked for the same lead means for the row of that number; None where it can be sent.
    """

    build: Callable[[JournalRow], Lead | tuple[Problem, ...]]
    unique: tuple[str, ...]
    columns: Iterable[str]
    column: Callable[[str], str]
    note: Callable[[int, Lead], None]
    known: Callable[[int, Lead], Outcome | Later | None]
    skips_duplicates: bool = False

    @property
    def duplicates(self) -> Duplicates:
        return Duplicates(self.skips_duplicates)

    def lead(self, row: JournalRow) -> Lead:
        """The lead of a row that was found fit to send."""
        lead = self.build(row)
        assert isinstance(lead, Lead), f"row {row.number} has no lead"
        return lead


class Picker:
    """limit: how many rows may be claimed; None for all. now: UTC ms.

    claimed: with a limit, the rows that were. is_cut_short: after `pick` gave nothing, whether
    that is only because many rows needed no call, and it is to be asked again.
    """

    def __init__(
        self, rows: Rows, recipe: Recipe, limit: int | None, now: Callable[[], int]
    ) -> None:
        self._rows = rows
        self._recipe = recipe
        self._limit = limit
        self._now = now
        self._twins = Twins(rows, recipe.lead, recipe.unique, recipe.column, recipe.duplicates)
        self._cursor = 0
        self.claimed: set[int] = set()
        self.is_cut_short = False

    def pick(self) -> tuple[JournalRow, Lead] | None:
        """The next row that needs a call, inside a transaction."""
        self.is_cut_short = False
        for _ in range(NO_CALL_ROWS):
            row = self._next_pending()
            if row is None:
                return None
            lead = self._recipe.build(row)
            if not isinstance(lead, Lead):
                self._settle(row, outcome_of(lead))
                continue
            verdict = self._twins.verdict(row, lead) or self._recipe.known(row.number, lead)
            if verdict is None:
                return row, lead
            if isinstance(verdict, WaitFor):
                self._rows.hold(row.number, verdict.number)
            elif isinstance(verdict, Later):
                self._rows.rest(row.number, verdict.due_at)
            else:
                self._settle(row, verdict)
        self.is_cut_short = True
        return None

    def note_claim(self, number: int, lead: Lead) -> None:
        self._recipe.note(number, lead)
        if self._limit is not None:
            self.claimed.add(number)

    def has_more(self) -> bool:
        """Whether a row can be sent now or later without a person."""
        if self._is_limit_reached():
            return next(self._claimed_and_back(due=None), None) is not None
        return (
            self._rows.next_due_at(RowStatus.PENDING) is not None
            or self._rows.next_fresh(self._cursor) is not None
        )

    def _claimed_and_back(self, *, due: int | None) -> Iterator[JournalRow]:
        """Rows that count for the limit already, and are to be sent again."""
        for number in sorted(self.claimed):
            row = self._rows.row(number)
            if row is None or row.status is not RowStatus.PENDING or row.due_at is None:
                continue
            if due is None or row.due_at <= due:
                yield row

    def _next_pending(self) -> JournalRow | None:
        if self._is_limit_reached():
            return next(self._claimed_and_back(due=self._now()), None)
        back = self._rows.next_back(self._now())
        if back is not None:
            return back
        fresh = self._rows.next_fresh(self._cursor)
        if fresh is not None:
            # A row that comes back has a time, and is found by it: the cursor only moves on.
            self._cursor = fresh.number - 1
        return fresh

    def _is_limit_reached(self) -> bool:
        return self._limit is not None and len(self.claimed) >= self._limit

    def _settle(self, row: JournalRow, outcome: Outcome) -> None:
        now = self._now()
        self._rows.finish(row.number, outcome, now, old=RowStatus.PENDING, counted=False)
