"""What a job has to know of the account, as a text: it is kept with the mapping, so that a row that
is sent later is checked as the others were."""

from dataclasses import replace

from importer.fields import AccountFields, dump_fields, load_fields
from importer.intake.mapping import Mapping
from importer.intake.transforms.owner import OWNER, OWNER_FIELD


def part_of(known: AccountFields | None, mapping: Mapping) -> AccountFields | None:
    """The fields that the mapping feeds; the people, where it looks one up. None: nothing is known.

    Without the moment at which the account was asked: the part is equal where what it says is.
    """
    if known is None:
        return None
    fed = {*mapping.order, *(name.partition(".")[0] for name in mapping.order)}
    fields = tuple(field for field in known.fields if field.name in fed)
    users = known.users if uses_people(mapping) else None
    return replace(known, at_ms=0, fields=fields, users=users)


def uses_people(mapping: Mapping) -> bool:
    """Whether it names owners: by what they are called, or by their Ids."""
    return OWNER_FIELD in mapping.order or any(OWNER in rule.transforms for rule in mapping.rules)


def dump_part(known: AccountFields | None) -> str:
    """ "" where nothing is known."""
    return "" if known is None else dump_fields(known)


def load_part(text: str) -> AccountFields | None:
    """Raises ValueError: it was not written by `dump_part`."""
    return load_fields(text) if text else None
