"""The account's fields and users: a table for a person, and the key `fields` of the JSON object."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from importer.console.line import one_line
from importer.fields import Field, FieldType, Person
from importer.shown import ShownFields

MOST_OPTIONS = 6  # in the table, where it has more than FEW fields; --json has all
FEW = 3
HEAD = ("schema name", "display name", "type", "takes")


def fields_lines(shown: ShownFields) -> Iterator[str]:
    known = shown.known
    whose = known.organisation or known.account
    count = f"{len(known.fields):,} of {shown.total:,}" if shown.search else f"{shown.total:,}"
    like = f' that have "{shown.search}" in them' if shown.search else ""
    yield f"{whose}: {count} fields{like}"
    if known.fields:
        most = MOST_OPTIONS if len(known.fields) > FEW else None
        yield from _table(HEAD, [_line(field, most) for field in known.fields])
    if known.users is None:
        yield "users: not told to these keys, so that owners can't be looked up"
    elif known.users:
        yield ""
        yield from _table(("user", "e-mail", "Id"), [_user_line(each) for each in known.users])
    yield f"kept for a day, for run and preview: {shown.file}"


def fields_object(shown: ShownFields) -> dict[str, object]:
    known = shown.known
    users = None if known.users is None else [asdict(each) for each in known.users]
    return {
        "organisation": known.organisation or None,
        "org_id": known.account,
        "fields": [_object(field) for field in known.fields],
        "users": users,
    }


def _object(field: Field) -> dict[str, object]:
    return {
        "name": field.name,
        "display": field.display,
        "type": field.type,
        "options": list(field.options),
        "takes_others": field.is_open,
        "max_length": field.max_length,
        "least": field.least or None,
        "most": field.most or None,
        "mandatory": field.is_mandatory,
        "locked": field.is_locked,
        "read_only": field.is_read_only,
        "in_vendor_import": field.is_offered,
        "unique": field.is_unique or None,
    }


def _line(field: Field, most: int | None) -> tuple[str, ...]:
    return field.name, field.display, field.type, "; ".join(_takes(field, most))


def _takes(field: Field, most: int | None) -> Iterator[str]:
    """most: options to name; None for all."""
    if field.is_mandatory:
        yield "mandatory"
    if field.is_read_only:
        yield "set by LeadSquared, can't be sent"
    elif not field.is_offered:
        yield "not in LeadSquared's own import"
    if field.is_locked:
        yield "locked once the lead is there"
    if field.options:
        more = len(field.options) - (most or len(field.options))
        shown = " | ".join(field.options[:most])
        yield f"{shown}{f' and {more} more' if more > 0 else ''}"
    if field.is_open:
        yield "other values too"
    yield from _limits(field)


def _limits(field: Field) -> Iterator[str]:
    if field.type is FieldType.PHONE:
        if field.least:
            yield f"{field.least} digits or more"
        return
    if field.max_length and not field.options:
        yield f"up to {field.max_length} characters"
    if field.least or field.most:
        yield f"{field.least or '…'} to {field.most or '…'}"


def _user_line(person: Person) -> tuple[str, ...]:
    name = person.name if person.is_active else f"{person.name} (not active)"
    return name, person.email, person.id


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    lines = [[one_line(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield "  " + "  ".join(cells).rstrip()
