"""From the verdict on a call to where its row goes; inside the worker's transaction."""

from collections.abc import Callable

from importer.delivery import replies
from importer.delivery.replies import Verdict
from importer.delivery.retry import backoff_s
from importer.journal.rows import HeldLeadError, Rows
from importer.model import Outcome, RowStatus

EARLY_LOOK_MS = 1_000  # a lost reply whose lead is there already need not wait out the rest


class Recorder:
    """now: UTC ms; chance: random in [0, 1); column: a field to the file's column that feeds it."""

    def __init__(
        self,
        rows: Rows,
        *,
        now: Callable[[], int],
        chance: Callable[[], float],
        column: Callable[[str], str],
    ) -> None:
        self._rows = rows
        self._now = now
        self._chance = chance
        self._column = column

    def record(self, number: int, verdict: Verdict, *, counted: bool) -> None:
        """counted: whether a transient failure counts as one of the row's tries."""
        match verdict:
            case replies.Created():
                self._created(number, verdict)
            case replies.Duplicate():
                self._duplicate(number, verdict)
            case replies.Rejected(code, message):
                reason = f"{message}: correct the row and run this file again"
                self._rows.finish(number, Outcome(RowStatus.REJECTED, code, reason), self._now())
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
            reason = "the API answered with a lead that another row had made: see that lead"
            outcome = Outcome(RowStatus.DUPLICATE, "same_lead", reason, existing_id=verdict.lead_id)
            self._rows.finish(number, outcome, self._now())

    def _duplicate(self, number: int, verdict: replies.Duplicate) -> None:
        """After a call whose reply was lost, the refusal may be the receipt for our own lead."""
        row = self._rows.row(number)
        assert row is not None, "it was sent"
        column = self._column(verdict.field) if verdict.field else None
        taken = f"change {column or 'it'} here, or edit that lead and delete this row"
        reason = f"{verdict.message} In the account or among its merged leads: {taken}"
        if row.since_at is None:
            outcome = Outcome(RowStatus.DUPLICATE, verdict.code, reason, column)
            self._rows.finish(number, outcome, self._now())
            return
        now = self._now()
        self._rows.unsettle(
            number,
            now,
            since_at=row.since_at,
            ended_at=now,
            evidence="refusal",
            due_at=now,
            counted=False,
            code=verdict.code,
            field=column,
            reason=reason,
        )

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
