"""What must hold between the rows of a journal and the leads of an account, whatever befell them.

In: the rows as the journal tells them, and a `Model`, which knows the rows' cells, the leads that
were ever made, and what went wrong with calls. Out: a sentence for each promise that is broken.
Simple on purpose: nothing here is taken from the importer but the names of statuses.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

from importer.journal.rows import JournalRow
from importer.model import ACCEPTED, RowStatus
from tests.delivery.account import US, FakeWire, LeadRecord

Place = tuple[int, int]  # job and row number
Values = dict[str, str]

FIELDS = ("LastName", "EmailAddress", "Phone", "mx_City")
REFUSALS = frozenset({"refused", "400"})
FALSE_DUPLICATE = "called a duplicate"
SETTLED = (RowStatus.CREATED, RowStatus.DUPLICATE, RowStatus.SKIPPED, RowStatus.IN_DOUBT)


@dataclass(slots=True)
class Model:
    """cells: of each row, as they are now; former: as they were, of rows that were mended.
    theirs: leads that we did not make. gone: leads that somebody deleted. befell: a LastName to
    the fates of its calls. was_cut: a run was killed or stopped, which any call under way may have
    paid for. look_ups_failed: so often, or so long, that evidence may have been out of reach."""

    cells: dict[Place, list[str]] = field(default_factory=dict)
    former: list[tuple[Place, list[str]]] = field(default_factory=list)
    theirs: set[UUID] = field(default_factory=set)
    gone: list[LeadRecord] = field(default_factory=list)
    befell: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    was_cut: bool = False
    look_ups_failed: bool = False

    def values(self, place: Place) -> Values:
        return values_of(self.cells[place])

    def fates(self, place: Place) -> set[str]:
        return self.befell[self.cells[place][0]]


def values_of(cells: list[str]) -> Values:
    return {name: cell for name, cell in zip(FIELDS, cells, strict=True) if cell}


def keys_of(values: Mapping[str, str]) -> set[str]:
    """What tells a person from all others: the e-mail in small letters, the phone's digits."""
    digits = "".join(filter(str.isdigit, values.get("Phone", "")))
    return {values.get("EmailAddress", "").casefold(), digits} - {""}


@dataclass(frozen=True, slots=True)
class Checked:
    """The account and the journal at one moment."""

    model: Model
    told: Mapping[Place, JournalRow]
    wire: FakeWire

    def ours(self) -> list[LeadRecord]:
        """The leads that we made, and that are there."""
        theirs = self.model.theirs
        return [e for e in self.wire.leads if e.user == US and e.lead_id not in theirs]

    def ever(self) -> list[LeadRecord]:
        return [*self.wire.leads, *self.model.gone]

    def held(self) -> list[UUID | None]:
        return [row.lead_id for row in self.told.values() if row.status in ACCEPTED]

    def flaws(self) -> Iterator[str]:
        yield from self._leads()
        for place, row in self.told.items():
            for flaw in self._row(place, row):
                yield f"row {place}, {row.status}: {flaw}; {row}"

    def _leads(self) -> Iterator[str]:
        """Nothing is there twice, and nothing that no row tells of."""
        held = self.held()
        if len(held) != len(set(held)):
            yield f"rows share a lead: {held}"
        for one, other in combinations(self.ours(), 2):
            if one.values == other.values:
                yield f"there twice: {one.values}"
            elif keys_of(one.values) & keys_of(other.values) and not self.model.look_ups_failed:
                yield f"one key, two leads: {one.values}, {other.values}"
        for lead in self.ours():
            if lead.lead_id not in held and not self._may_be_there(lead):
                yield f"there, and told otherwise: {lead.values}"

    def _may_be_there(self, lead: LeadRecord) -> bool:
        """Whether the journal says of a row that nobody can tell whether it made this lead."""
        return self._is_open(lead) or any(
            row.status is RowStatus.IN_DOUBT and row.code != "sent_before"
            for row in self._rows_of(lead)
        )

    def _is_open(self, lead: LeadRecord) -> bool:
        """Whether it is still to be found out which row made this lead."""
        return any(
            row.status is RowStatus.SENDING
            or (row.status is RowStatus.PENDING and row.since_at is not None)
            for row in self._rows_of(lead)
        )

    def _rows_of(self, lead: LeadRecord) -> list[JournalRow]:
        """Those that ask, now, for such a lead."""
        return [e for place, e in self.told.items() if self.model.values(place) == lead.values]

    def _row(self, place: Place, row: JournalRow) -> Iterator[str]:
        match row.status:
            case RowStatus.CREATED:
                yield from self._created(place, row)
            case RowStatus.DUPLICATE:
                yield from self._duplicate(place, row)
            case RowStatus.SKIPPED:
                yield from self._skipped(place, row)
            case RowStatus.IN_DOUBT:
                yield from self._in_doubt(place, row)
            case RowStatus.REJECTED if not self.model.fates(place) & REFUSALS:
                yield "the API has refused no such row"
            case RowStatus.FAILED if not (self.model.fates(place) or self.model.was_cut):
                yield "nothing went wrong with it"
            case RowStatus.INVALID | RowStatus.UPDATED | RowStatus.DELETED:
                yield "there is no such row here"

    def _created(self, place: Place, row: JournalRow) -> Iterator[str]:
        made = [each for each in self.ever() if each.lead_id == row.lead_id]
        if not made or made[0].lead_id in self.model.theirs or made[0].user != US:
            yield "its lead is none that we made"
        elif made[0].values != self.model.values(place):
            yield f"its lead has other values: {made[0].values}"

    def _duplicate(self, place: Place, row: JournalRow) -> Iterator[str]:
        """Another lead with one of its unique values is, or was, there."""
        keys = keys_of(self.model.values(place))
        others = [each for each in self.ever() if keys & keys_of(each.values)]
        if not others and FALSE_DUPLICATE not in self.model.fates(place):
            yield "nobody else has its unique values"
        if row.existing_id and row.existing_id not in [each.lead_id for each in others]:
            yield "the other lead has none of its unique values"

    def _skipped(self, place: Place, row: JournalRow) -> Iterator[str]:
        if row.code not in ("same_row", "accepted_before"):
            yield from self._duplicate(place, row)
            return
        cells, is_before = self.model.cells[place], row.code == "accepted_before"
        others = [
            self.told[other]
            for other, its_cells in [*self.model.cells.items(), *self.model.former]
            if other != place and (other[0] != place[0]) == is_before and its_cells == cells
        ]
        if not others:
            yield "no other row is the same"
        if row.existing_id and row.existing_id not in [each.lead_id for each in others]:
            yield "its lead is of no row that is the same"

    def _in_doubt(self, place: Place, row: JournalRow) -> Iterator[str]:
        """Only a row that nothing can tell of, where a call went astray."""
        values, fates = self.model.values(place), self.model.fates(place)
        if not (fates or self.model.was_cut):
            yield "no call of it went wrong"
        if self.model.look_ups_failed or row.code == "sent_before":
            return
        if keys_of(values) and FALSE_DUPLICATE not in fates and not self.model.gone:
            yield "it could be asked for"
        held = self.held()
        for lead in self.ours():
            if lead.values == values and lead.lead_id not in held and not self._is_open(lead):
                yield "its lead is there to be seen"

    def flaws_at_the_end(self) -> Iterator[str]:
        """After a time in which all was well, and in which a person had all refused rows sent
        again: each has its end, and who has a unique value is there."""
        yield from self.flaws()
        ever = self.ever()
        for place, row in self.told.items():
            values = self.model.values(place)
            keys = keys_of(values)
            was_called = FALSE_DUPLICATE in self.model.fates(place)
            if row.status not in SETTLED:
                yield f"row {place} has no end: {row}"
            elif row.status is RowStatus.IN_DOUBT or (
                row.status is RowStatus.SKIPPED and was_called
            ):
                continue
            elif keys and not any(keys & keys_of(each.values) for each in ever):
                yield f"row {place} is lost: {row}"
            elif row.status is RowStatus.DUPLICATE and self._is_accepted_elsewhere(place, values):
                yield f"row {place} is no duplicate, but the same row: {row}"

    def _is_accepted_elsewhere(self, place: Place, values: Values) -> bool:
        return not self.model.gone and any(
            row.status in ACCEPTED and other != place and self.model.values(other) == values
            for other, row in self.told.items()
        )
