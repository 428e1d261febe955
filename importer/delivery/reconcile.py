"""What became of the rows whose call left and whose reply proves nothing.

In: rows in `sending` that are due for a look. Out: look-up requests, one at a time, and moves of
those rows in the journal. A row is never sent from here, and never called absent before the
server can no longer commit it.

A look first turns the pages of what was changed in the account since the oldest of these rows'
calls; where that would cost more calls than asking for each row by its stamp and its unique
fields, it asks. A row with a stamp that was refused is asked for: its lead may be an older one.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from importer.delivery.evidence import has_stamp, is_ours, lead_id_of, misfit
from importer.delivery.leadsquared import Call, Request
from importer.delivery.lookups import Record, by_value, read_flat, read_page, recently_modified
from importer.delivery.picker import Recipe
from importer.delivery.retry import Terms, backoff_s
from importer.delivery.stamps import without_id
from importer.delivery.wanted import Wanted
from importer.journal.rows import JournalRow, Rows
from importer.model import Outcome, RowStatus

LOOKS_AFTER_REPLY = 2  # a status 500 ended the attempt; reads may lag writes by a moment
SECOND_LOOK_MS = 2_000
REFUSAL_LOOK_MS = 5_000
PATIENCE_MS = 60_000  # for look-ups that fail, after the rest; and for a receipt that nothing shows
SINCE_MARGIN_MS = 3_000  # whole seconds on both sides
MOST_PAGES = 2_000  # 10 million leads, changed since: no account's count

Look = Generator[Request, Call, None]


class Reconciler:
    """For the worker's thread. `request` is the look-up to send next, None where none is due;
    `asked_for` the row that it is for, 0 where it is for several.

    now: UTC ms; chance: random in [0, 1).
    """

    def __init__(
        self,
        rows: Rows,
        recipe: Recipe,
        terms: Terms,
        *,
        now: Callable[[], int],
        chance: Callable[[], float],
    ) -> None:
        self._rows = rows
        self._build = recipe.lead
        self._duplicates = recipe.duplicates
        self._settle_ms = round(terms.settle_s * 1000)
        self._tries = terms.tries
        self._columns = tuple(recipe.columns)
        self._column = recipe.column
        self._now = now
        self._chance = chance
        self._looked: Counter[int] = Counter()  # conclusive looks since the row's last call
        self._failed: Counter[int] = Counter()
        self._failing_since: dict[int, int] = {}  # looks without an answer, by our clock
        self._look: Look | None = None
        self.user_id = ""
        self.ahead_ms = 0
        self.request: Request | None = None
        self.asked_for = 0

    def begin(self) -> bool:
        """Start a look if one is due and none is under way; whether there is a call to send."""
        if self._look is None:
            due = self._rows.unsettled(self._now())
            if due:
                self._look = self._look_for([Wanted(row, self._build(row)) for row in due])
                self.request = next(self._look)
        return self.request is not None

    def take(self, call: Call) -> None:
        """The look-up's reply; inside a transaction. A throttled one is not brought here."""
        assert self._look is not None
        try:
            self.request = self._look.send(call)
        except StopIteration:
            self._look = self.request = None

    def due_at(self) -> int | None:
        return self._rows.next_due_at(RowStatus.SENDING)

    def forget(self, number: int) -> None:
        """The row is sent once more: what was looked for before counts no longer."""
        del self._looked[number], self._failed[number]
        self._failing_since.pop(number, None)

    # One look

    def _look_for(self, wanted: list[Wanted]) -> Look:
        started = self._now()
        alone = [each for each in wanted if each.is_asked_for_alone]
        open_rows = {each.row.number: each for each in wanted if not each.is_asked_for_alone}
        swept = bool(open_rows) and (yield from self._sweep(open_rows))
        for each in [*alone, *open_rows.values()]:
            is_sure = swept and not each.is_refused and not self._may_be_older(each)
            if each.can_be_asked_for and not is_sure:
                yield from self._ask(each, started)
            elif swept:
                self._absent(each, started)
            else:
                self._unanswered(each, started)

    def _may_be_older(self, each: Wanted) -> bool:
        """Whether it is about to end as failed or in doubt, though a journal that is gone may have
        made its lead: only the stamp tells."""
        is_at_its_end = each.row.tries >= self._tries or not each.lead.is_protected
        return each.lead.stamp is not None and is_at_its_end

    def _sweep(self, open_rows: dict[int, Wanted]) -> Generator[Request, Call, bool]:
        """Turn the pages, and settle what they show; whether all were seen."""
        since = min(each.since_ms or 0 for each in open_rows.values()) - SINCE_MARGIN_MS
        until = self._now() + self.ahead_ms
        stamps = {each.lead.stamp.field for each in open_rows.values() if each.lead.stamp}
        columns = [*self._columns, *sorted(stamps)]
        number, seen, total = 1, 0, 0
        while True:
            self.asked_for = 0
            call = yield recently_modified(since, until, columns, number)
            page = read_page(call.reply) if call.reply else None
            if page is None or page.total < total:  # leads were deleted, and pages moved
                return False
            if number > MOST_PAGES or page.pages > MOST_PAGES:
                return False
            seen, total = seen + len(page.records), page.total
            if number == 1 and self._costs_more(page.pages, open_rows.values()):
                return False
            self._settle(open_rows, page.records)
            if seen >= total or not page.records:
                return seen >= total
            number += 1

    def _costs_more(self, pages: int, wanted: Iterable[Wanted]) -> bool:
        """Pages show rows without a unique field and a stamp too, which nothing else does."""
        rows = list(wanted)
        return pages > len(rows) and all(each.can_be_asked_for for each in rows)

    def _settle(self, open_rows: dict[int, Wanted], records: list[Record]) -> None:
        """Give each lead to the row that it fits best: what a row has sent can be shown by the
        lead of another, which sent more, or whose call is still under way."""
        free = {
            lead_id: record
            for record in records
            if (lead_id := lead_id_of(record)) and not self._rows.is_held(lead_id)
        }
        for lead_id, each in self._pairs(free, self._sent(open_rows)):
            if each.row.number in open_rows:
                self._found(each, lead_id, free[lead_id])
                del open_rows[each.row.number]

    def _pairs(
        self, free: dict[UUID, Record], wanted: list[Wanted]
    ) -> Iterator[tuple[UUID, Wanted]]:
        """Leads and the rows that they may be of, each once; the best fit first."""
        columns = self._columns
        fits = sorted(
            (misfit(record, each.lead, columns), record.get("CreatedOn") or "", place, lead_id)
            for lead_id, record in free.items()
            for place, each in enumerate(wanted)
            if self._is_ours(record, each)
        )
        places, leads = set[int](), set[UUID]()
        for _, _, place, lead_id in fits:
            if place not in places and lead_id not in leads:
                places.add(place)
                leads.add(lead_id)
                yield lead_id, wanted[place]

    def _sent(self, open_rows: dict[int, Wanted]) -> list[Wanted]:
        """These rows, and all others that may have made a lead which no row holds yet."""
        others = (row for row in self._rows.in_sending() if row.number not in open_rows)
        return [*open_rows.values(), *map(self._under_way, others)]

    def _under_way(self, row: JournalRow) -> Wanted:
        _, server_started = self._rows.last_attempt(row.number)
        return Wanted(replace(row, since_at=row.since_at or server_started), self._build(row))

    def _is_ours(self, record: Record, each: Wanted) -> bool:
        return is_ours(record, each.lead, since_ms=each.since_ms, user_id=self.user_id)

    def _ask(self, each: Wanted, started: int) -> Look:
        """Ask for one row by its stamp, and by each of its unique fields."""
        refused, others, silent = each.row.field, list[UUID](), set[str]()
        for name, value in each.values:
            for request in by_value(name, value, each.lead.sent):
                self.asked_for = each.row.number
                call = yield request
                records = read_flat(call.reply) if call.reply else None
                if records is None:
                    silent.add(name)
                    continue
                self._settle({each.row.number: each}, records)
                if self._is_settled(each):
                    return
                if refused is None or self._column(name) == refused:
                    others += filter(None, map(lead_id_of, records))
        answered = each.is_answered_without(silent)
        # Who holds the very value that was refused is told by one answer.
        is_told = answered or refused is not None
        if others and is_told and each.is_called_duplicate and not each.is_own_stamp:
            row = each.row
            self._finish(
                each, self._duplicates.in_account(row.code, row.reason, row.field, others[0])
            )
        elif answered:
            self._absent(each, started)
        else:
            self._unanswered(each, started)

    def _is_settled(self, each: Wanted) -> bool:
        row = self._rows.row(each.row.number)
        return row is None or row.status is not RowStatus.SENDING

    # What a look comes to

    def _found(self, each: Wanted, lead_id: UUID, record: Record) -> None:
        how = "its stamp" if has_stamp(record, each.lead) else "look-up"
        self._finish(each, Outcome(RowStatus.CREATED, lead_id=lead_id, reason=f"found by {how}"))

    def _absent(self, each: Wanted, started: int) -> None:
        """The account does not show the row's lead, in a look that began at `started`."""
        number, evidence = each.row.number, each.row.evidence
        self._looked[number] += 1
        self._failed[number] = 0
        self._failing_since.pop(number, None)
        if each.is_called_duplicate:
            self._missed_receipt(each, started)
        elif each.is_refused:
            row = each.row
            self._finish(each, Outcome(RowStatus.REJECTED, row.code, row.reason, row.field))
        elif evidence == "reply":
            if self._looked[number] < LOOKS_AFTER_REPLY:
                self._rows.look_again(number, self._now() + SECOND_LOOK_MS)
            else:
                self._again(each, wait_s=backoff_s(max(each.row.tries, 1), self._chance()))
        elif started < each.ended_ms + self._settle_ms:
            self._rows.look_again(number, each.ended_ms + self._settle_ms)
        elif each.lead.is_protected:
            self._again(each, wait_s=0.0)
        else:
            self._doubt(each, "the account shows no such lead, but it may still have been accepted")

    def _unanswered(self, each: Wanted, started: int) -> None:
        """No look-up answered: try again for a while, then do as after the rest."""
        number = each.row.number
        self._failed[number] += 1
        failing_since = self._failing_since.setdefault(number, started)
        rest = 0 if each.is_refused else self._settle_ms
        if started < max(each.ended_ms + rest, failing_since) + PATIENCE_MS:
            wait_s = backoff_s(self._failed[number], self._chance())
            self._rows.look_again(number, self._now() + round(wait_s * 1000))
        elif each.is_called_duplicate:
            self._missed_receipt(each, started)
        elif self._may_go_again(each):
            self._back(each, wait_s=0.0)
        else:
            self._doubt(each, "the account could not be asked whether it has this lead")

    def _may_go_again(self, each: Wanted) -> bool:
        """Whether the account may be asked by sending it once more: it refuses a second lead."""
        if each.is_refused or not each.lead.is_protected:
            return False
        return each.row.tries < self._tries or each.has_unique_stamp

    def _missed_receipt(self, each: Wanted, started: int) -> None:
        """The API says that the row's unique value is taken, and shows no lead that has it."""
        row = each.row
        if not each.was_lost and not each.is_own_stamp:
            refused = self._duplicates.in_account(row.code, row.reason, row.field, None)
            self._finish(each, refused)
        elif started < each.ended_ms + PATIENCE_MS:
            self._rows.look_again(row.number, self._now() + REFUSAL_LOOK_MS)
        elif each.is_own_stamp and each.lead.stamp is not None:
            self._finish(each, without_id(each.lead.stamp))
        else:
            self._doubt(each, "the API calls it a duplicate, after a call whose reply was lost")

    def _again(self, each: Wanted, *, wait_s: float) -> None:
        """Known not to be there, or safe by its unique field: sent again, unless tried enough."""
        row = each.row
        if row.tries < self._tries:
            self._back(each, wait_s=wait_s)
            return
        reason = f"{row.reason or 'no reply'} ({row.tries} tries). Send it again: importer retry"
        self._finish(each, Outcome(RowStatus.FAILED, row.code, reason))

    def _back(self, each: Wanted, *, wait_s: float) -> None:
        row, now = each.row, self._now()
        self._rows.back(
            row.number,
            now,
            due_at=now + round(wait_s * 1000),
            counted=False,
            code=row.code,
            reason=row.reason,
        )
        self.forget(row.number)

    def _doubt(self, each: Wanted, why: str) -> None:
        row = each.row
        last = row.reason or row.code or "the reply was lost"
        reason = (
            f"{why} (last: {last}). Look for it in the account, then decide:"
            f" importer resolve {self._rows.job.number} --row {row.number}"
        )
        self._finish(each, Outcome(RowStatus.IN_DOUBT, row.code, reason, row.field))

    def _finish(self, each: Wanted, outcome: Outcome) -> None:
        self._rows.finish(each.row.number, outcome, self._now(), counted=False)
        self.forget(each.row.number)
