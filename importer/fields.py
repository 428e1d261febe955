"""An account's fields and users, as values, and as a text that is kept.

Source: LeadsMetaData.Get and Users.Get (apidocs meta-data, get-users).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from dataclasses import fields as dataclass_fields
from enum import StrEnum
from functools import cached_property
from typing import Any


class FieldType(StrEnum):
    """What a field holds, as far as it is told; the vendor's DataType and render together."""

    TEXT = "text"
    NUMBER = "number"
    EMAIL = "e-mail"
    PHONE = "phone"
    URL = "URL"
    DATE = "date"
    DATETIME = "date and time"
    BOOLEAN = "yes or no"
    CHOICE = "drop-down"
    CHOICES = "several choices"
    SET = "custom field set"
    OTHER = "other"  # a type that is not known here: its values are not checked


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the account.

    name: its schema name; `Parent.Child` for a custom field set's child. display: as people see it.
    options: of a drop-down, exactly; none where the account does not tell them. is_open: a
    drop-down that takes other values too. max_length: characters; of a phone, digits. least, most:
    of a number or date; of a phone, least is the fewest digits. is_locked: can't be changed once
    the lead is there. is_read_only: the server sets it. is_offered: the vendor's own import has it.
    """

    name: str
    display: str
    type: FieldType = FieldType.TEXT
    options: tuple[str, ...] = ()
    is_open: bool = False
    max_length: int | None = None
    least: str = ""
    most: str = ""
    is_mandatory: bool = False
    is_locked: bool = False
    is_read_only: bool = False
    is_offered: bool = True
    is_unique: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A user of the account, who can own leads."""

    id: str
    name: str
    email: str
    is_active: bool = True


@dataclass(frozen=True)
class AccountFields:
    """What is known of an account. at_ms: when it was asked, UTC ms since 1970.

    country_code: of its phones, such as 91, and time_zone; "" where they are not told. users: None
    where they were not told. The children of a custom field set are among the fields where the
    account tells them; `tells_children` names the sets of which it does.
    """

    account: str
    at_ms: int
    fields: Sequence[Field]
    users: Sequence[Person] | None = None
    organisation: str = ""
    country_code: str = ""
    time_zone: str = ""

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return {each.name: each for each in self.fields}

    @cached_property
    def tells_children(self) -> frozenset[str]:
        return frozenset(parent for parent, dot, _ in self._parts() if dot)

    def _parts(self) -> Iterator[tuple[str, str, str]]:
        return (each.name.partition(".") for each in self.fields)


FLAGS = ("is_open", "is_mandatory", "is_locked", "is_read_only", "is_offered", "is_unique")
KINDS: Mapping[str, Any] = {  # of attributes; the others are texts
    **dict.fromkeys((*FLAGS, "is_active"), bool),
    "at_ms": int,
    "max_length": int | None,
    "options": tuple,
    "fields": tuple,
    "users": tuple | None,
}


def dump_fields(known: AccountFields) -> str:
    return json.dumps(
        {
            "account": known.account,
            "at_ms": known.at_ms,
            "organisation": known.organisation,
            "country_code": known.country_code,
            "time_zone": known.time_zone,
            "fields": [_without_defaults(each) for each in known.fields],
            "users": None if known.users is None else [asdict(each) for each in known.users],
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def load_fields(text: str) -> AccountFields:
    """Raises ValueError: it was not written by `dump_fields`."""
    try:
        found = json.loads(text)
        fields = tuple(_field(each) for each in found.pop("fields"))
        users = found.pop("users")
        people = None if users is None else tuple(Person(**each) for each in users)
        known = AccountFields(fields=fields, users=people, **found)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("no account's fields") from error
    for value in (known, *known.fields, *(known.users or ())):
        _check_types(value)
    return known


def _check_types(value: object) -> None:
    """Raises ValueError: an attribute is of another kind than `KINDS` says."""
    for each in dataclass_fields(value):  # type: ignore[arg-type]  # each is one
        found = getattr(value, each.name)
        if not isinstance(found, KINDS.get(each.name, str)) or (
            each.name == "options" and not all(isinstance(option, str) for option in found)
        ):
            raise ValueError(f"{each.name} is {found!r}")


def _without_defaults(each: Field) -> dict[str, object]:
    usual = asdict(Field("", ""))
    return {key: value for key, value in asdict(each).items() if value != usual[key]}


def _field(found: dict[str, object]) -> Field:
    kind, options = found.pop("type", FieldType.TEXT), found.pop("options", ())
    return Field(type=FieldType(str(kind)), options=tuple(options), **found)  # type: ignore[arg-type]
