"""From the verdict on a call to where its row goes; inside the worker's transaction."""

import logging
import re
from collections.abc import Callable

from importer.delivery import replies
from importer.delivery.picker import Recipe
from importer.delivery.replies import Verdict
from importer.delivery.retry import backoff_s
from importer.delivery.stamps import OWN_STAMP, is_own
from importer.journal.rows import HeldLeadError, JournalRow, Rows
from importer.model import Outcome, RowStatus

LOG = logging.getLogger("importer")  # no row's values, no key, no reply's words go here
WORD = re.compile(r"\w+")
EARLY_LOOK_MS = 1_000  # a lost reply whose lead is there already need not wait out the rest


class Recorder:
    """now: UTC ms; chance: random in [0, 1); recipe: which column feeds a field."""

    def __init__(
        self,
        rows: Rows,
        *,
        now: Callable[[], int],
        chance: Callable[[], float],
        recipe: Recipe,
    ) -> None:
        self._rows = rows
        self._now = now
        self._chance = chance
        self._lead = recipe.lead
        self._duplicates = recipe.duplicates
        self._column = recipe.column
        self._fields = frozenset(recipe.columns)

    def record(self, number: int, verdict: Verdict, *, counted: bool) -> None:
        """counted: whether a transient failure counts as one of the row's tries."""
        match verdict:
            case replies.Created():
                self._created(number, verdict)
            case replies.Duplicate():
                self._duplicate(number, verdict)
            case replies.Rejected(code, message):
                self._rejected(number, code, message)
            case replies.Unsettled():
                self._unsettled(number, verdict, counted=counted)
            case replies.NeverLeft(code, message):
                self._back(number, wait_s=backoff_s(1, self._chance()), code=code, reason=message)
            case replies.Throttled():
                self._back(number)
            case replies.Stopped(what):
                self._back(number, reason=what)

    def _created(self, number: int, verdict: replies.Created) -> None:
        outcome = Outcome(RowStatus.CREATED, lead_id=verdict.lead_id)
        try:
            self._rows.finish(number, outcome, self._now())
        except HeldLeadError:
            outcome = self._duplicates.same_lead(verdict.lead_id)
            self._rows.finish(number, outcome, self._now())

    def _rejected(self, number: int, code: str, message: str) -> None:
        """After a call whose reply was lost, its lead may be there all the same."""
        LOG.info("row %d: rejected, %s", number, code)
        column = next(filter(None, map(self._column_of, WORD.findall(message))), None)
        reason = f"{message.rstrip(' .')}. Correct {column or 'the row'} and run this file again"
        row = self._row(number)
        if row.since_at is None:
            outcome = Outcome(RowStatus.REJECTED, code, reason, column)
            self._rows.finish(number, outcome, self._now())
        else:
            self._look_after_refusal(row, code, column, reason)

    def _column_of(self, word: str) -> str | None:
        """The file's column that feeds the field of that name."""
        column = self._column(word)
        return column if column != word or word in self._fields else None

    def _duplicate(self, number: int, verdict: replies.Duplicate) -> None:
        """After a call whose reply was lost, or of a row with a stamp, the refusal may be the
        receipt for our own lead; where it is for the stamp itself, it always is."""
        row = self._row(number)
        lead = self._lead(row)
        own = is_own(verdict.field, lead)
        column = self._column(verdict.field) if verdict.field else None
        if own and lead.stamp is not None:
            column = lead.stamp.field
        words = verdict.message.rstrip(" .")
        if row.since_at is None and lead.stamp is None:
            outcome = self._duplicates.in_account(verdict.code, words, column, None)
            LOG.info("row %d: %s", number, outcome.status)
            self._rows.finish(number, outcome, self._now())
            return
        LOG.info("row %d: duplicate, and to be looked for", number)
        self._look_after_refusal(row, OWN_STAMP if own else verdict.code, column, words)

    def _look_after_refusal(
        self, row: JournalRow, code: str, column: str | None, reason: str
    ) -> None:
        now = self._now()
        self._rows.unsettle(
            row.number,
            now,
            since_at=row.since_at,
            ended_at=now,
            evidence="refusal",
            due_at=now,
            counted=False,
            code=code,
            field=column,
            reason=reason,
        )

    def _row(self, number: int) -> JournalRow:
        row = self._rows.row(number)
        assert row is not None, "it was sent"
        return row

    def _unsettled(self, number: int, verdict: replies.Unsettled, *, counted: bool) -> None:
        now = self._now()
        _, server_started = self._rows.last_attempt(number)
        self._rows.unsettle(
            number,
            now,
            since_at=server_started,
            ended_at=now,
            evidence="reply" if verdict.ended else "lost",
            due_at=now if verdict.ended else now + EARLY_LOOK_MS,
            counted=counted,
            code=verdict.code,
            reason=verdict.message,
        )

    def _back(
        self,
        number: int,
        *,
        wait_s: float = 0.0,
        code: str | None = None,
        reason: str | None = None,
    ) -> None:
        now = self._now()
        due_at = now + round(wait_s * 1000)
        self._rows.back(number, now, due_at=due_at, counted=False, code=code, reason=reason)
