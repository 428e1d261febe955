"""A refusal that speaks of a row's own stamp: nobody else writes it, so the row's lead is there,
sent from this journal or from one that was lost. Pure."""

import re

from importer.model import Lead, Outcome, RowStatus, Stamp

OWN_STAMP = "own_stamp"
NO_NAME = re.compile(r"[\W_]")


def is_own(told: str | None, lead: Lead) -> bool:
    """told: the field that the refusal names; None where it names none."""
    return told is not None and lead.stamp is not None and _plain(told) == _plain(lead.stamp.field)


def without_id(stamp: Stamp) -> Outcome:
    """The look-ups did not show the lead."""
    return Outcome(
        RowStatus.SKIPPED,
        OWN_STAMP,
        f"the account has this row's lead: it refused {stamp.field} a second time; its Id could"
        f" not be read, so search {stamp.field} for {stamp.value} there to find it",
        stamp.field,
    )


def _plain(name: str) -> str:
    """Alike for the schema name, and for the display name that it was made of."""
    return NO_NAME.sub("", name.strip().casefold().removeprefix("mx_"))
