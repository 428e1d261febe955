"""What is wrong with a mapping for one account: each would refuse every row, or lose its values.

Each flaw has its line in the mapping, and how to mend it.
"""

from collections.abc import Iterator, Sequence

from importer.fields import AccountFields, Field, FieldType, Person
from importer.intake.account.checks import IN_THE_MAPPING, check_of
from importer.intake.document import Document, Flaw, read_document
from importer.intake.mapping import Mapping, Rule
from importer.intake.mapping_file import fed_fields
from importer.intake.nearest import nearest_of
from importer.intake.transforms.owner import OWNER_FIELD, make_owner
from importer.model import Problem

AGAIN = "(importer fields shows those of the account, and asks it anew)"


def account_flaws(mapping: Mapping, known: AccountFields) -> list[Flaw]:
    document = read_document(mapping.text)
    places = {name: document.line(place) for place, name in fed_fields(document.value)}
    stamped = {mapping.stamp: document.line(("stamp",))} if mapping.stamp else {}
    found = [*_unknown(known, {**places, **stamped}), *_read_only(known, places)]
    found += _unfed(mapping, known, document)
    found += _unfit_constants(mapping, known, places)
    for rule in mapping.rules:
        if rule.field in known.by_name:
            found += _unfit_of_rule(rule, known, document)
    if stamp := known.by_name.get(mapping.stamp):
        found += _unfit_stamp(stamp, document)
    return found


def _unknown(known: AccountFields, places: dict[str, int]) -> Iterator[Flaw]:
    """Fields that the account does not have; a set's children only where it tells them."""
    for name, line in places.items():
        parent, _, child = name.partition(".")
        if name in known.by_name or (
            child and parent in known.by_name and parent not in known.tells_children
        ):
            continue
        what = f'the account has no field "{name}"'
        near = _near(name, known)
        yield Flaw(line, what, f"{near}use a schema name of the account {AGAIN}")


def _near(name: str, known: AccountFields) -> str:
    """A schema name that is like it, or whose display name is."""
    meant = nearest_of(
        name.removeprefix("mx_"), [each.name.removeprefix("mx_") for each in known.fields]
    )
    by_short = {each.name.removeprefix("mx_"): each for each in reversed(known.fields)}
    if meant is None:
        by_short = {each.display: each for each in reversed(known.fields)}
        meant = nearest_of(name, list(by_short))
    if meant is None:
        return ""
    field = by_short[meant]
    shown = "" if field.display == field.name else f' ("{field.display}")'
    return f'did you mean "{field.name}"{shown}? '


def _read_only(known: AccountFields, places: dict[str, int]) -> Iterator[Flaw]:
    for name, line in places.items():
        field = known.by_name.get(name)
        if field is not None and field.is_read_only:
            what = f'"{name}" is set by LeadSquared itself, and what is sent for it is lost'
            yield Flaw(line, what, "remove the line, or feed another field")
        elif field is not None and field.type is FieldType.SET:
            what = f'"{name}" is a custom field set, which takes no value of its own'
            yield Flaw(line, what, f"name one of its fields, such as {name}.Status")


def _unfed(mapping: Mapping, known: AccountFields, document: Document) -> Iterator[Flaw]:
    """Mandatory fields that no row would have."""
    line = document.line(("columns",))
    for field in known.fields:
        if field.is_mandatory and field.name not in mapping.order and "." not in field.name:
            if field.is_read_only or field.name == mapping.stamp or _sets_itself(field):
                continue
            what = f'the account refuses a lead without "{field.name}" ({field.display})'
            fix = f"add a column for it, or {field.name}: … under constants:"
            if field.options:
                fix += f", with one of: {', '.join(field.options[:8])}"
            yield Flaw(line, what, fix)


def _sets_itself(field: Field) -> bool:
    """LeadType is told to be mandatory, and has a value where none is sent (create-a-lead)."""
    return field.name == "LeadType"


def _unfit_constants(
    mapping: Mapping, known: AccountFields, places: dict[str, int]
) -> Iterator[Flaw]:
    for name, value in mapping.constants.items():
        field = known.by_name.get(name)
        if field is not None and (why := _why(field, value, known)):
            yield Flaw(places.get(name, 1), f'the constant "{name}" is "{value}": {why[0]}', why[1])


def _unfit_of_rule(rule: Rule, known: AccountFields, document: Document) -> Iterator[Flaw]:
    """Values that the mapping itself would send: those of its choices, and its default."""
    field = known.by_name[rule.field]
    section, name = ("fields", rule.field)
    if document.line(("fields", rule.field)) == document.line(("fields",)):
        section, name = "columns", rule.columns[0]
    if rule.on_unknown != "keep":
        for text, value in rule.choices:
            if value and (why := _why(field, value, known)):
                place = document.line((section, name, "choices", text))
                yield Flaw(place, f'choices sends "{value}" for "{text}": {why[0]}', why[1])
    if rule.default and (why := _why(field, rule.default, known)):
        place = document.line((section, name, "default"))
        yield Flaw(place, f'the default is "{rule.default}": {why[0]}', why[1])


def _why(field: Field, value: str, known: AccountFields) -> tuple[str, str] | None:
    """Why the field does not take the value, and what to do. None: it takes it."""
    if field.name == OWNER_FIELD and known.users is not None:
        return _why_no_owner(value, known.users)
    check = check_of(field)
    made = check(value) if check else value
    if not isinstance(made, Problem):
        return None
    why, _, fix = made.why.replace(IN_THE_MAPPING, "").partition("; ")
    return why, fix.partition("; or add transform")[0]


def _why_no_owner(value: str, people: Sequence[Person]) -> tuple[str, str] | None:
    made = make_owner(people)(value)
    if isinstance(made, Problem):
        return "no user who can own leads", "write the Id of one, as importer fields lists them"
    if made.casefold() == value.strip().casefold():
        return None
    return "no Id of a user", f"write the Id: {made}"


def _unfit_stamp(field: Field, document: Document) -> Iterator[Flaw]:
    if field.type is not FieldType.TEXT:
        what = f'"{field.name}" takes no text ({field.type}), so that it can\'t take the stamp'
        yield Flaw(document.line(("stamp",)), what, "name a custom field of text")
