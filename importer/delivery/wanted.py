"""A row whose fate is looked for: what it sent, and by which values it can be asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from importer.delivery.replies import DUPLICATE
from importer.delivery.stamps import OWN_STAMP
from importer.journal.rows import JournalRow
from importer.model import Lead


@dataclass(frozen=True, slots=True)
class Wanted:
    row: JournalRow
    lead: Lead

    @property
    def since_ms(self) -> int | None:
        """When the first of its calls began whose reply was lost; None where none was."""
        return self.row.since_at

    @property
    def ended_ms(self) -> int:
        return self.row.ended_at or 0

    @property
    def is_refused(self) -> bool:
        """Whether its last call was refused, after one whose lead may be there."""
        return self.row.evidence == "refusal"

    @property
    def is_called_duplicate(self) -> bool:
        """Whether the account says that a unique value of it is taken."""
        return self.is_refused and self.row.code in (DUPLICATE, OWN_STAMP)

    @property
    def is_own_stamp(self) -> bool:
        return self.is_refused and self.row.code == OWN_STAMP

    @property
    def can_be_asked_for(self) -> bool:
        """Whether a value tells it from all others, so that it can be looked up by itself."""
        return bool(self.lead.keys) or self.lead.stamp is not None

    @property
    def has_unique_stamp(self) -> bool:
        """Whether the account tells by its refusal, however often the row is sent."""
        return self.lead.stamp is not None and self.lead.stamp.is_unique

    @property
    def was_lost(self) -> bool:
        """Whether a call of this journal may have made its lead. What one that is gone has made,
        only the stamp tells."""
        return self.since_ms is not None

    @property
    def is_asked_for_alone(self) -> bool:
        """Whether its lead, where there is one, may be older than any call of this journal."""
        return self.is_own_stamp or not self.was_lost

    @property
    def values(self) -> Iterator[tuple[str, str]]:
        """Fields and values to ask for it by, the surest first."""
        if self.lead.stamp is not None:
            yield self.lead.stamp.field, self.lead.stamp.value
        if self.is_own_stamp or self.was_lost:
            for name in self.lead.keys:
                yield name, self.lead.values[name]

    def is_answered_without(self, silent: set[str]) -> bool:
        """Whether the other fields have told enough. silent: those that no answer came for."""
        if self.lead.stamp is not None and self.lead.keys and self.was_lost:
            silent = silent - {self.lead.stamp.field}
        return not silent
