"""Is this lead the one that this row made? Pure.

Where the row is stamped and the reply shows that field, the stamp alone tells. Else a lead is ours
when it was created since the row's first unsettled call began, by our user where the reply tells,
shows the row's unique fields and names, and shows no sent field with another value. It must not
belong to another row of the journal: that is the caller's to see to.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from importer.delivery.lookups import PHONES, Record
from importer.delivery.replies import as_guid
from importer.model import Lead

TOLERANCE_S = 2  # CreatedOn and Date have whole seconds each
NAMES = ("FirstName", "LastName", "EmailAddress", "Phone")  # a lead needs one of them
LOCAL_DIGITS = 7  # fewer are no whole subscriber number
SPACES = re.compile(r"\s+")
MIDNIGHT = re.compile(r"^(\d{4}-\d\d-\d\d)[ T]00:00:00$")
FRACTION = re.compile(r"^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)\.\d+$")


def lead_id_of(record: Record) -> UUID | None:
    return as_guid(record.get("ProspectID"))


def is_ours(record: Record, lead: Lead, *, since_ms: int | None, user_id: str) -> bool:
    """since_ms: when the first unsettled call began, by the server's clock; None where none has:
    then the stamp alone can tell."""
    stamped = has_stamp(record, lead)
    if stamped is not None:
        return stamped
    if since_ms is None:
        return False
    creator = record.get("CreatedBy")
    if user_id and creator and creator.casefold() != user_id.casefold():
        return False
    created = seconds(record.get("CreatedOn"))
    if created is None or created < since_ms // 1000 - TOLERANCE_S:
        return False
    return shows(record, lead)


def has_stamp(record: Record, lead: Lead) -> bool | None:
    """Whether the record has the lead's stamp; None where it does not show the field at all."""
    if lead.stamp is None or lead.stamp.field not in record:
        return None
    return same(lead.stamp.field, lead.stamp.value, record[lead.stamp.field] or "")


def shows(record: Record, lead: Lead) -> bool:
    """Whether the record carries the lead's values, as far as it shows them."""
    needed = {*lead.keys, *NAMES} & lead.values.keys()
    if any(record.get(name) in (None, "") for name in needed):
        return False
    return all(
        same(name, value, shown)
        for name, value in lead.values.items()
        if (shown := record.get(name)) is not None
    )


def misfit(record: Record, lead: Lead, columns: Iterable[str]) -> int:
    """How far the record of a lead that may be ours is from what was sent: fields that it does not
    show, and those of the columns that it shows and that were not sent. 0: all is as sent."""
    if has_stamp(record, lead):
        return 0
    return sum(bool(record.get(name)) != (name in lead.values) for name in columns)


def same(name: str, sent: str, shown: str) -> bool:
    """Equal after normalising; a phone also with a country code that the server put before it."""
    one, other = normal(name, sent), normal(name, shown)
    if name in PHONES and min(len(one), len(other)) >= LOCAL_DIGITS:
        return one.endswith(other) or other.endswith(one)
    return one == other


def normal(name: str, value: str) -> str:
    """The value, less the ways in which a server may write it otherwise."""
    text = SPACES.sub(" ", value).strip().casefold()
    if name in PHONES:
        return "".join(filter(str.isdigit, text)) or text
    if text in ("true", "false"):
        return "1" if text == "true" else "0"
    text = FRACTION.sub(r"\1", text)
    text = MIDNIGHT.sub(r"\1", text)
    return _number(text)


def _number(text: str) -> str:
    """`5.00` and `5` are one number, but `005` is no number that a server would shorten."""
    if not re.fullmatch(r"-?(0|[1-9]\d*)\.\d+", text):
        return text
    try:
        return format(Decimal(text).normalize(), "f")
    except InvalidOperation:
        return text


def seconds(text: str | None) -> float | None:
    """`2022-05-12 10:10:41.000`, UTC, as whole seconds since 1970."""
    try:
        return datetime.fromisoformat(text or "").replace(tzinfo=UTC, microsecond=0).timestamp()
    except ValueError:
        return None
