"""The organisation: its one user, its leads, and which values are taken. Kept in memory only.

Comes in: checked records. Goes out: leads, or the vendor's refusals. Never knows of HTTP.
"""

import functools
import hashlib
import re
import time
import uuid
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from importer.sandbox.fields import display_name
from importer.sandbox.records import Record, require_fields
from importer.sandbox.replies import RefusedError

COUNTRY_CODE = "91"
UNIQUE = {"EmailAddress": "Email", "Phone": "Phone Number", "Mobile": "Mobile Number"}
"""Unique field → the vendor's words for it. Those for Mobile are assumed."""

PHONES = ("Phone", "Mobile")


def unique_fields(more: Iterable[str]) -> Mapping[str, str]:
    """Add an account's own unique fields; that refusals have their display names is assumed.

    They are checked last, as the indexes of custom fields are the younger ones.
    """
    return {**UNIQUE, **{name: display_name(name) for name in more if name not in UNIQUE}}


@dataclass(frozen=True, slots=True)
class User:
    """Who the keys belong to. The keys follow from the seed alone."""

    access_key: str
    secret_key: str
    id: str
    org_id: str
    email: str = "sandbox.user@example.com"
    name: str = "Sandbox User"

    @classmethod
    def of_seed(cls, seed: int, org_id: str | None) -> "User":
        digest = hashlib.sha256(f"leadsquared sandbox {seed}".encode()).hexdigest()
        return cls(
            access_key=f"u$r{digest[:32]}",
            secret_key=hashlib.sha1(digest.encode(), usedforsecurity=False).hexdigest(),
            id=str(uuid.UUID(digest[32:])),
            org_id=org_id or str(uuid.uuid4()),
        )

    def profile(self, host: str) -> dict[str, Any]:
        """Return the body of UserByAccessKey.Get; PassPhrase is the user's e-mail there."""
        return {
            "Id": self.id,
            "Name": self.name,
            "PassPhrase": self.email,
            "Role": "Administrator",
            "TimeZone": "Asia/Kolkata",
            "OrgDisplayName": "Sandbox Organisation",
            "OrgId": self.org_id,
            "OrgShortCode": "SANDBOX",
            "DefaultCountryCode": COUNTRY_CODE,
            "LSQCommonServiceURLs": {"api": host, "app": host, "web": host},
            "MobileServiceURLs": {"api": host},
            "Plan": "Super",
            "UserType": "0",
        }


def users(user: User) -> list[dict[str, Any]]:
    """The reply of Users.Get (apidocs get-users): the keys' own user, two colleagues, and one who
    has left; StatusCode 1 is inactive."""
    first, _, last = user.name.partition(" ")
    people = [(user.id, first, last, user.email, 0)]
    for name, status in (("Anna Schmidt", 0), ("Ravi Kumar", 0), ("Maria Left", 1)):
        first, _, last = name.partition(" ")
        email = f"{first}.{last}@example.com".lower()
        people.append((str(uuid.uuid5(uuid.NAMESPACE_OID, email)), first, last, email, status))
    return [
        {
            "ID": user_id,
            "FirstName": first,
            "LastName": last,
            "EmailAddress": email,
            "Role": "Administrator" if user_id == user.id else "Sales_User",
            "StatusCode": status,
            "MemberOfGroups": [],
            "Tag": None,
            "IsPhoneCallAgent": False,
        }
        for user_id, first, last, email, status in people
    ]


@dataclass(slots=True, eq=False)
class Lead:
    """`stamp` is the lead's place in the order of modification; -1 once it is deleted.

    made_at: when it was created, by the account's `steady`.
    digest: sha256 of the body of the Lead.Create that made it; None where another call did.
    """

    id: str
    values: dict[str, str]
    sets: dict[str, dict[str, str]]
    made_at: float
    stamp: int = -1
    digest: bytes | None = None


@dataclass(slots=True)
class Account:
    """`clock` gives the time of day, in seconds since 1970; leads carry whole seconds.

    unique: unique field → the words for it.
    lag_s: how long reads do not show a new lead; seconds of `steady`, which is never set back.
    """

    user: User
    clock: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    unique: Mapping[str, str] = field(default_factory=lambda: UNIQUE)
    lag_s: float = 0.0
    leads: dict[str, Lead] = field(default_factory=dict)
    version: int = 0
    _made: int = 0
    _taken: dict[str, dict[str, Lead]] = field(init=False)
    _by_digits: dict[str, dict[str, Lead]] = field(default_factory=dict)
    # Two lists, place by place: the second of a modification, and its lead. A lead that was
    # modified again has a later place, and its earlier ones are passed over.
    _seconds: list[int] = field(default_factory=list)
    _modified: list[Lead] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._taken = {name: {} for name in self.unique}

    def create(self, record: Record) -> Lead:
        """Add a lead; raise RefusedError where a unique value is taken."""
        require_fields(record)
        given = {name: text for name, text in record.values.items() if text}
        self._refuse_taken(given, None)
        self._made += 1
        user = self.user
        lead = Lead(str(uuid.uuid4()), {}, _without_blanks(record.sets), self.steady())
        lead.values = {
            "ProspectID": lead.id,
            "ProspectAutoId": str(self._made),
            "OwnerId": user.id,
            "ProspectStage": "Prospect",
            **given,
            "CreatedBy": user.id,
        }
        self.leads[lead.id] = lead
        self._index(lead)
        lead.values["CreatedOn"] = self._touch(lead)
        return lead

    def update(self, lead: Lead, record: Record) -> None:
        """Change the fields that were sent; a blank clears one (assumed)."""
        changed = {**lead.values, **record.values}
        given = {name: text for name, text in changed.items() if text}
        self._refuse_taken({name: given[name] for name in self.unique if name in given}, lead)
        self._unindex(lead)
        lead.values = given
        for name, children in record.sets.items():
            lead.sets[name] = {**lead.sets.get(name, {}), **children}
        lead.sets = _without_blanks(lead.sets)
        self._index(lead)
        self._touch(lead)

    def delete(self, lead: Lead) -> None:
        self._unindex(lead)
        del self.leads[lead.id]
        lead.stamp = -1
        self.version += 1

    def shown(self, leads: Iterable[Lead]) -> list[Lead]:
        """Keep the leads that a read shows: all but those made within the lag."""
        if not self.lag_s:
            return list(leads)
        last = self.steady() - self.lag_s
        return [lead for lead in leads if lead.made_at <= last]

    def holder(self, name: str, value: str) -> Lead | None:
        """Return the lead that has this value in a unique field."""
        return self._taken[name].get(unique_key(name, value))

    def by_phone(self, phone: str) -> Lead | None:
        """Find, among the leads that reads show, by the digits of Phone or Mobile, with or
        without country code.

        Of several leads only the one with the latest activity is shown, as the vendor does.
        """
        digits = _digits(phone)
        found = [*self._by_digits.get(digits, {}).values()]
        national = national_digits(phone)
        if national != digits:
            # Asked with a country code, a lead that was stored without one fits too.
            without = self._by_digits.get(national, {}).values()
            found += [lead for lead in without if national in map(_digits, _phones(lead))]
        return max(self.shown(found), key=lambda lead: lead.stamp, default=None)

    def modified_between(self, first: int, last: int) -> list[Lead]:
        """Leads last modified in these seconds, both included, in order of modification."""
        start, end = bisect_left(self._seconds, first), bisect_right(self._seconds, last)
        places = enumerate(self._modified[start:end], start)
        return [lead for place, lead in places if lead.stamp == place]

    def _refuse_taken(self, given: dict[str, str], owner: Lead | None) -> None:
        for name, words in self.unique.items():
            value = given.get(name)
            if value is None:
                continue
            holder = self.holder(name, value)
            if holder is not None and holder is not owner:
                raise RefusedError(
                    "MXDuplicateEntryException", f"A Lead with same {words} already exists."
                )

    def _touch(self, lead: Lead) -> str:
        second = int(self.clock())
        if self._seconds:
            # Should the computer's clock be set back, the order still holds.
            second = max(second, self._seconds[-1])
        text = moment_text(second)
        lead.values["ModifiedBy"] = self.user.id
        lead.values["ModifiedOn"] = lead.values["LeadLastModifiedOn"] = text
        lead.stamp = len(self._seconds)
        self._seconds.append(second)
        self._modified.append(lead)
        self.version += 1
        return text

    def _index(self, lead: Lead) -> None:
        for name, taken in self._taken.items():
            value = lead.values.get(name)
            if value:
                taken[unique_key(name, value)] = lead
        for key in _phone_keys(lead):
            self._by_digits.setdefault(key, {})[lead.id] = lead

    def _unindex(self, lead: Lead) -> None:
        for name, taken in self._taken.items():
            taken.pop(unique_key(name, lead.values.get(name, "")), None)
        for key in _phone_keys(lead):
            self._by_digits[key].pop(lead.id, None)


@functools.lru_cache(maxsize=4)
def moment_text(second: int) -> str:
    """Give the API's form of a moment: UTC, `.000`."""
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%d %H:%M:%S.000")


def unique_key(name: str, value: str) -> str:
    """Compare e-mails without regard to case; phones as stored, to the letter, but trimmed.

    That SearchBy=Phone compares the stored string was seen (contract, section 2.1); that
    uniqueness does so too is assumed, and that other fields are compared as e-mails are.
    """
    text = value.strip()
    return text if name in PHONES else text.casefold()


def national_digits(phone: str) -> str:
    """Drop a country code: one before a hyphen, or the account's own before ten digits."""
    head, hyphen, rest = phone.strip().partition("-")
    if head.startswith("+") and hyphen:
        return _digits(rest)
    digits = _digits(phone)
    if digits.startswith(COUNTRY_CODE) and len(digits) == len(COUNTRY_CODE) + 10:
        return digits[len(COUNTRY_CODE) :]
    return digits


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _phones(lead: Lead) -> Iterator[str]:
    for name in PHONES:
        if name in lead.values:
            yield lead.values[name]


def _phone_keys(lead: Lead) -> Iterable[str]:
    keys = set()
    for phone in _phones(lead):
        keys |= {_digits(phone), national_digits(phone)}
    return keys - {""}


def _without_blanks(sets: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    kept = {
        name: {child: text for child, text in children.items() if text}
        for name, children in sets.items()
    }
    return {name: children for name, children in kept.items() if children}
