"""The fields that a draft may name: the account's, or the vendor's standard ones where it is not
known. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from importer.fields import AccountFields, Field, FieldType, Person
from importer.intake.suggest.names import Meaning, read_name
from importer.intake.suggest.plain import plain
from importer.intake.suggest.topics import topics_of_name

# get-a-lead-by-email-id and create-a-lead: standard names; the mx_ ones every account begins with.
STANDARD = (
    *(Field(name, name) for name in ("FirstName", "LastName", "Company", "JobTitle", "Notes")),
    Field("EmailAddress", "Email", FieldType.EMAIL),
    *(Field(name, name, FieldType.PHONE) for name in ("Phone", "Mobile", "Fax")),
    Field("Website", "Website", FieldType.URL),
    *(Field(name, name) for name in ("TimeZone", "Region", "Origin", "Grade")),
    Field("Source", "Lead Source", FieldType.CHOICE),
    Field("ProspectStage", "Lead Stage", FieldType.CHOICE),
    *(
        Field(f"Source{name}", f"Source {name}")
        for name in ("Medium", "Campaign", "Content", "Referrer", "IPAddress")
    ),
    *(
        Field(f"DoNot{name}", f"Do Not {name}", FieldType.BOOLEAN)
        for name in ("Email", "Call", "SMS", "Track")
    ),
    *(
        Field(name, name, FieldType.NUMBER)
        for name in ("Score", "Revenue", "EngagementScore", "Latitude", "Longitude")
    ),
    Field("OwnerId", "Owner"),
    Field("LeadType", "Lead Type", FieldType.CHOICE),
    *(
        Field(f"mx_{name}", name)
        for name in ("Street1", "Street2", "City", "State", "Country", "Zip")
    ),
    *(Field(f"mx_{name}", name, FieldType.DATE) for name in ("DOB", "Anniversary")),
    *(Field(f"mx_{name}URL", name, FieldType.URL) for name in ("FaceBook", "Twitter")),
)  # fmt: skip
STANDARD_NAMES = frozenset(field.name for field in STANDARD)
KEPT_BY_THE_CRM = frozenset(
    [
        "Score",
        "EngagementScore",
        "Grade",
        "LeadType",
        "ProspectStage",
        "Origin",
        "TimeZone",
        "Latitude",
        "Longitude",
        "Region",
        "SourceIPAddress",
        "OwnerId",
    ]
)
SAME_MEANING = frozenset(
    [
        "salutation",
        "department",
        "industry",
        "employees",
        "linkedin",
        "instagram",
        "skype",
        "whatsapp",
        "middle_name",
        "seniority",
        "function",
        "linkedin",
        "domain",
    ]
)
NEAR_FIELD = 86  # of 100: a display name in other words


@dataclass(frozen=True)
class Target:
    """account: None where it is not known."""

    account: AccountFields | None = None

    @cached_property
    def fields(self) -> dict[str, Field]:
        found = STANDARD if self.account is None else self.account.fields
        return {
            each.name: each
            for each in found
            if not each.is_read_only and each.type is not FieldType.SET
        }

    @property
    def users(self) -> Sequence[Person]:
        return (self.account.users or ()) if self.account else ()

    def has(self, name: str) -> bool:
        return name in self.fields

    def options(self, name: str) -> Sequence[str]:
        field = self.fields.get(name)
        return field.options if field else ()

    def named(self, column: str) -> str:
        """The field whose schema name it is; "" for none."""
        wanted = column.strip().casefold()
        return next((name for name in self.fields if name.casefold() == wanted), "")

    def of_own(self, column: str, meaning: Meaning) -> Iterator[tuple[str, float, str]]:
        """The account's own fields that a column may be: name, confidence, and why."""
        if self.account is None:
            return
        words = plain(column).replace(" ", "")
        for name, field in self.fields.items():
            if name in KEPT_BY_THE_CRM:
                continue
            spellings = self._spellings[name]
            if words in spellings:
                yield name, 0.98, f'the account calls it "{field.display}"'
            elif name in STANDARD_NAMES:
                continue
            elif meaning.meaning in SAME_MEANING and self._meanings[name] == meaning.meaning:
                yield name, 0.9, f'the same as "{field.display}" of the account'
            elif (near := _likeness(words, spellings)) >= NEAR_FIELD:
                yield name, 0.6 + (near - NEAR_FIELD) / 100, f'much like "{field.display}"'

    @cached_property
    def _spellings(self) -> dict[str, frozenset[str]]:
        return {
            name: frozenset(
                text
                for each in (field.display, _own_name(name))
                if (text := plain(each).replace(" ", ""))
            )
            for name, field in self.fields.items()
        }

    @cached_property
    def _meanings(self) -> dict[str, str]:
        return {name: read_name(field.display).meaning for name, field in self.fields.items()}

    @cached_property
    def topics(self) -> dict[str, frozenset[str]]:
        """What the account's own fields are about, by their display names."""
        return {
            name: found
            for name, field in self.fields.items()
            if name not in STANDARD_NAMES and (found := topics_of_name(field.display))
        }


def _own_name(name: str) -> str:
    """Of a field set's child no single word: the Status of a set is not any status."""
    of_set, _, own = name.rpartition(".")
    own = own.removeprefix("mx_")
    return "" if of_set and len(plain(own).split()) < 2 else own


def _likeness(words: str, spellings: frozenset[str]) -> float:
    from rapidfuzz import fuzz

    if len(words) < 5:
        return 0.0
    return max((fuzz.ratio(words, each) for each in spellings if len(each) > 4), default=0.0)
