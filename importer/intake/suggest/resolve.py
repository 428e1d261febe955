"""What a column means where its name alone leaves it open: by its values and its neighbours. Pure.

`Name` is a person's or a company's, `Title` a job or a form of address, `State` a place or a
status.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from importer.intake.suggest.column import Column
from importer.intake.suggest.fits import PROVED, fit_of
from importer.intake.suggest.lexicon import Tag
from importer.intake.suggest.names import How
from importer.intake.suggest.values import Values

HOST = re.compile(r"^(?:https?://)?(?:www\.)?")
EVENT_LINK = re.compile(
    r"zoom\.us|webinar|webex|teams\.(?:microsoft|live)|meet\.google|calendly|unsubscrib|/join|join\."
    r"|eventbrite|livestorm|hubspot|typeform|forms\.|lead|/ticket|desinscri|abmeld|cancel"
)
OF_OTHERS = frozenset({Tag.FOREIGN, Tag.THING})
MOSTLY = 0.6
SOME = 0.3
FULLER = 0.8  # of a column's cells: another one has about as many
# Words of a second line of an address, in any language; other parts of one are less sure.
LINES = frozenset(
    {
        "address",
        "adresse",
        "addr",
        "add",
        "adress",
        "street",
        "strasse",
        "adresszeile",
        "adresszusatz",
        "anschriftenzusatz",
        "anschrift",
        "direccion",
        "linea",
        "endereco",
        "morada",
        "linha",
        "complement",
        "complemento",
        "ligne",
        "पता",
        "pata",
    }
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """meaning: "" where no field takes it; why: then. trust: 0 to 1."""

    meaning: str
    trust: float = 1.0
    why: str = ""


@dataclass(frozen=True)
class Neighbours:
    """All columns of a list."""

    columns: Sequence[Column]

    def other(self, column: Column, *meanings: str) -> Column | None:
        """Another column that is surely of one of these meanings."""
        for each in self.columns:
            is_own = not (each.meaning.tags & OF_OTHERS) and each.values.filled
            if each is not column and each.meaning.meaning in meanings and is_own:
                return each
        return None

    @cached_property
    def meanings(self) -> frozenset[str]:
        return frozenset(each.meaning.meaning for each in self.columns)


def resolve(column: Column, around: Neighbours) -> Resolved:
    if column.meaning.how is How.SHORT:
        return _short(column, around)
    resolver = RESOLVERS.get(column.meaning.meaning)
    return resolver(column, around) if resolver else Resolved(column.meaning.meaning)


def _short(column: Column, around: Neighbours) -> Resolved:
    """What an abbreviation is short for: by its values, else the first of its meanings."""
    proved = [each for each in column.meaning.may_be if _is_proved(each, column.values)]
    if proved:
        is_only = len(column.meaning.may_be) == 1
        return Resolved(proved[0], 0.87 if is_only else 0.77)
    if column.meaning.words == "sms" and column.values.share("phone") > MOSTLY:
        return Resolved("mobile", 0.75)  # as newsletter tools call it
    first = column.meaning.may_be[0]
    if resolver := RESOLVERS.get(first):
        found = resolver(column, around)
        return Resolved(found.meaning, min(found.trust, 0.7), found.why)
    return Resolved(first, 0.7)


def _is_proved(meaning: str, values: Values) -> bool:
    if meaning == "state":
        return values.share("state") > MOSTLY
    return fit_of(meaning, values) == PROVED


def _name(column: Column, around: Neighbours) -> Resolved:
    values = column.values
    if values.share("email") > MOSTLY:
        return Resolved("email", 0.8)
    if values.share("digits") > MOSTLY or (values.share("small") > 0.8 and values.words < 1.2):
        return Resolved("", why="these are no names")
    first, last = around.other(column, "first_name"), around.other(column, "last_name")
    company = around.other(column, "company")
    if values.share("company") >= SOME and not _is_of(values.texts, first):
        is_called = company is not None and company.values.share("company") < 0.2
        if is_called and values.share("company") > 0.5:  # it has the names in full
            return Resolved("company")
        if company and company.values.filled > FULLER * values.filled:
            return Resolved("", why=f'names of companies, as in "{company.name}"')
        return Resolved("company", 0.95 if values.share("company") > 0.5 or first or last else 0.75)
    if first and last:
        if not company and not _repeats(column, first) and values.words > 1.2:
            return Resolved("company", 0.75)
        return Resolved("", why="first and last name have columns of their own")
    is_whole = values.share("words") > 0.5
    if first:
        return Resolved("last_name") if not _repeats(column, first) else Resolved("full_name", 0.9)
    if last:
        return Resolved("first_name") if not _repeats(column, last) else Resolved("full_name", 0.75)
    person = around.other(column, "full_name")
    if person:
        return (
            Resolved("company", 0.6) if not company else Resolved("", why=f'as in "{person.name}"')
        )
    if values.share("name") < MOSTLY:
        return (
            Resolved("company", 0.6)
            if not company
            else Resolved("", why="these are no names of people")
        )
    if is_whole:
        is_clear = values.share("company") < 0.1 and not _has_name_beside(column, around)
        return Resolved("full_name", 1.0 if is_clear else 0.75)
    has_person = around.meanings & {"email", "phone", "mobile", "job_title"}
    return Resolved("full_name", 0.7 if has_person else 0.6)


def _has_name_beside(column: Column, around: Neighbours) -> bool:
    """Whether a column of no known meaning has words like names, which these values have not."""
    return any(
        each.meaning.how in (How.UNKNOWN, How.UNNAMED, How.SHORT)
        and each.values.share("name") > 0.95
        and each.values.words < 1.3
        and len({*each.values.texts}) > 0.7 * len(each.values.texts) > 2
        for each in around.columns
        if each is not column
    )


def _repeats(column: Column, part: Column) -> bool:
    """Whether the part's names stand in this column's values."""
    names = {text.casefold() for text in part.values.texts}
    words = [{*text.casefold().replace(",", " ").split()} for text in column.values.texts]
    both = sum(len(each) > 1 and bool(each & names) for each in words)
    return both > len(words) / 2


def _is_of(texts: Iterable[str], first: Column | None) -> bool:
    names = {text.casefold() for text in first.values.texts} if first else set()
    return any(text.casefold().split()[0] in names for text in texts if text.split())


def _first_name(column: Column, around: Neighbours) -> Resolved:
    """None of its own where a full name stands beside it, and no last name."""
    whole = next((c for c in around.columns if c.meaning.meaning in ("full_name", "name")), None)
    if whole and not around.other(column, "last_name") and _repeats(whole, column):
        return Resolved("", why=f'"{whole.name}" has the first name and the last')
    return Resolved("first_name")


def _full_name(column: Column, around: Neighbours) -> Resolved:
    values = column.values
    if values.share("email") > MOSTLY:
        return Resolved("email", 0.75)
    if values.share("phone") > MOSTLY:
        return Resolved("phone", 0.75)
    if values.share("digits") > MOSTLY:
        return Resolved("", why="these are no names")
    first, last = around.other(column, "first_name"), around.other(column, "last_name")
    if first and last and 4 * first.values.filled > values.filled:
        return Resolved("", why="first and last name have columns of their own")
    if values.share("company") > MOSTLY and not around.other(column, "company"):
        return Resolved("company", 0.7)
    other_name = next(
        (c for c in around.columns if c is not column and c.meaning.meaning == "name"), None
    )
    if first and not last and not other_name:
        return Resolved("full_name", 0.9 if _repeats(column, first) else 0.75)
    if first and other_name:
        return Resolved("", why="first and last name have columns of their own")
    return Resolved("full_name")


def _contact(column: Column, around: Neighbours) -> Resolved:
    values = column.values
    for kind, meaning in (("email", "email"), ("phone", "phone")):
        if values.share(kind) > MOSTLY:
            return Resolved(meaning, 0.9)
    if values.share("name") > MOSTLY and values.share("company") < SOME:
        return _full_name(column, around)
    return Resolved("", why="its values are neither names, phones nor e-mails")


def _title(column: Column, around: Neighbours) -> Resolved:
    values = column.values
    if column.meaning.tags & OF_OTHERS:
        return Resolved("", why="the title of something else")
    if values.share("salutation") > 0.5:
        return Resolved("salutation")
    if around.other(column, "job_title"):
        return Resolved("", why="the job title has a column of its own")
    if values.share("title") >= SOME:
        return Resolved("job_title")
    if values.share("digits") > SOME or values.words > 6:
        return Resolved("", why="no titles of people")
    return Resolved("job_title", 0.7)


def _position(column: Column, around: Neighbours) -> Resolved:
    values = column.values
    if values.share("number") > SOME or values.share("digits") > MOSTLY:
        return Resolved("", why="numbers, and no positions of people")
    if other := around.other(column, "job_title"):
        return Resolved("", why=f'the job title stands in "{other.name}"')
    return Resolved("job_title", 1.0 if values.share("title") >= 0.2 else 0.75)


def _state(column: Column, around: Neighbours) -> Resolved:
    values = column.values
    if values.share("state") >= SOME and values.share("status") < SOME:
        return Resolved("state")
    if values.share("status") >= 0.2 or values.share("yes_no") > 0.5:
        return Resolved("status")
    if values.share("integer") > MOSTLY:
        return Resolved("", why="numbers, and no names of regions")
    if values.share("country") > MOSTLY and not around.other(column, "country"):
        return Resolved("country", 0.7)
    is_sure = column.meaning.meaning == "state" and column.meaning.words not in ("state", "etat")
    has_place = around.meanings & {"city", "country", "zip", "street1"}
    if is_sure or (has_place and values.share("name") > MOSTLY):
        return Resolved("state", 0.95 if is_sure else 0.9)
    return (
        Resolved("state", 0.65)
        if values.share("name") > MOSTLY
        else Resolved("", why="no names of regions")
    )


def _state_or_country(column: Column, around: Neighbours) -> Resolved:
    if column.values.share("country") > 0.5 and not around.other(column, "country"):
        return Resolved("country", 0.9)
    return _state(column, around)


def _region(column: Column, around: Neighbours) -> Resolved:
    values = column.values
    if values.share("country") > MOSTLY and not around.other(column, "country"):
        return Resolved("country", 0.7)
    if values.share("state") >= SOME and not around.other(column, "state"):
        return Resolved("state", 0.8 if values.share("state") > MOSTLY else 0.7)
    return Resolved("region")


def _location(column: Column, around: Neighbours) -> Resolved:
    values = column.values
    if around.other(column, "city", "street1", "zip_city"):
        return Resolved("", why="the address has columns of its own")
    if values.share("country") > MOSTLY:
        if around.other(column, "country"):
            return Resolved("", why="the country has a column of its own")
        return Resolved("country", 0.7)
    if any("," in text for text in values.texts[:50]) or values.share("name") < MOSTLY:
        return Resolved("", why="places of several parts, or of no kind that a field is for")
    if values.share("state") > MOSTLY and not around.other(column, "state"):
        return Resolved("state", 0.65)
    return Resolved("city", 0.7)


def _id(column: Column, around: Neighbours) -> Resolved:
    if column.values.share("email") > 0.9 and not around.other(column, "email"):
        return Resolved("email", 0.7)
    has_phones = column.values.share("phone") > 0.8 and not column.values.is_counted
    is_number = column.meaning.words in ("number", "no", "nr", "numero", "nummer", "n", "sankhya")
    if is_number and has_phones and not around.other(column, "phone", "mobile"):
        return Resolved("phone", 0.65)
    return Resolved("id")


def _country_code(column: Column, around: Neighbours) -> Resolved:
    values = column.values
    known = values.share("country") + values.share("car_code")
    if known > 0.8 and not around.other(column, "country"):
        return Resolved("country", 0.7)
    why = (
        "codes of phone numbers"
        if values.share("digits") > 0.5
        else "codes, and no names of countries"
    )
    return Resolved("", why=why)


def _street(column: Column, _: Neighbours) -> Resolved:
    if column.values.share("email") > MOSTLY:
        return Resolved("email", 0.85)
    if column.values.share("ip") > MOSTLY:
        return Resolved("ip")
    if Tag.OTHER in column.meaning.tags and column.meaning.words.endswith((" 2", " 3", " 4")):
        return Resolved("street2" if column.meaning.words.endswith("2") else "street3")
    return Resolved("street1")


def _website(column: Column, _: Neighbours) -> Resolved:
    if _is_of_event(column):
        return Resolved("", why="links of an event or a tool, and no websites of companies")
    for kind in ("linkedin", "facebook", "twitter"):
        if column.values.share(kind) > MOSTLY:
            return Resolved(kind, 0.9)
    return Resolved("website")


def _is_of_event(column: Column) -> bool:
    """Links to join, cancel or unsubscribe; or all of one site, where the name is not plain."""
    texts = [text.casefold() for text in column.values.texts[:100]]
    hosts = {HOST.sub("", text).partition("/")[0] for text in texts}
    if sum(bool(EVENT_LINK.search(text)) for text in texts) > len(texts) / 2:
        return True
    has_paths = sum("/" in HOST.sub("", text).rstrip("/") for text in texts) > len(texts) / 2
    return len(texts) > 3 and len(hosts) == 1 and has_paths and len({*texts}) > 1


def _area(column: Column, around: Neighbours) -> Resolved:
    """`Area`, `Locality`: a part of an address only where there is one."""
    if not {*column.meaning.words.split()} & LINES:
        if not around.other(column, "street1"):
            return Resolved("", why="a part of an address that the list does not have")
        return Resolved("street2", 0.75)
    return Resolved("street2")


RESOLVERS: Mapping[str, Callable[[Column, Neighbours], Resolved]] = {
    "first_name": _first_name,
    "name": _name,
    "full_name": _full_name,
    "contact": _contact,
    "title": _title,
    "position": _position,
    "state": _state,
    "state_or_status": _state,
    "state_or_country": _state_or_country,
    "region": _region,
    "location": _location,
    "id": _id,
    "country_code": _country_code,
    "street1": _street,
    "street2": _area,
    "website": _website,
}
