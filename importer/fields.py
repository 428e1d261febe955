"""An account's fields and users, as values. Nothing here does anything but look up by name.

Source: LeadsMetaData.Get and Users.Get (apidocs meta-data, get-users).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


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
    by_name: Mapping[str, Field] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {each.name: each for each in self.fields})

    @cached_property
    def tells_children(self) -> frozenset[str]:
        return frozenset(parent for parent, dot, _ in self._parts() if dot)

    def _parts(self) -> Iterator[tuple[str, str, str]]:
        return (each.name.partition(".") for each in self.fields)
