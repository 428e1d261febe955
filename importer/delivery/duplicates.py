"""A row whose lead is there already: a refusal to be mended, or, if the mapping says so, nothing
to do. Pure."""

from dataclasses import dataclass
from uuid import UUID

from importer.model import Outcome, RowStatus


@dataclass(frozen=True, slots=True)
class Duplicates:
    """skips: the mapping's `on_duplicate: skip`. Code, field and the other lead's Id are told
    either way; how to mend the row only where it is refused."""

    skips: bool

    def in_account(
        self, code: str | None, words: str | None, column: str | None, existing_id: UUID | None
    ) -> Outcome:
        """The API refused the row; words: its own, without the full stop."""
        said = words or code
        what = f"this {column}" if column else f"a unique value of this row ({said})"
        return self._outcome(
            code,
            column,
            existing_id,
            fact=f"the account already has a lead with {what}; it was left unchanged",
            refusal=f"{said}. Correct {column or 'the value'} and run this file again;"
            " or edit that lead, and delete this row here",
        )

    def in_file(self, number: int, column: str, existing_id: UUID | None) -> Outcome:
        """The row of that number has the same value, and was accepted."""
        fact = f"row {number} of this file has the same {column} and was created"
        return self._outcome(
            "duplicate_in_file",
            column,
            existing_id,
            fact=fact,
            refusal=f"{fact}: give this row another {column}, or delete it here and edit that lead",
        )

    def same_lead(self, existing_id: UUID) -> Outcome:
        """The API took the row, and named a lead that another row has."""
        fact = "the API answered with a lead that another row had made"
        return self._outcome(
            "same_lead", None, existing_id, fact=fact, refusal=f"{fact}: see that lead"
        )

    def _outcome(
        self,
        code: str | None,
        column: str | None,
        existing_id: UUID | None,
        *,
        fact: str,
        refusal: str,
    ) -> Outcome:
        if self.skips:
            return Outcome(RowStatus.SKIPPED, code, fact, column, existing_id=existing_id)
        return Outcome(RowStatus.DUPLICATE, code, refusal, column, existing_id=existing_id)
