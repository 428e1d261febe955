"""A YAML text becomes a checked `Mapping`: which column feeds which field, and how.

Everything that is wrong with it is said at once, each with its line. Whether a file has the
columns is not known here: see `leads`.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from importer.errors import MappingError
from importer.intake.document import Document, Flaw, Value, read_document
from importer.intake.mapping_file import MappingFile, fed_fields, read_file

MAX_BYTES = 256 * 1024  # a mapping of 1,000 columns has about 30 kB: more is another kind of file
NAME_OR_CONTACT = ("FirstName", "LastName", "EmailAddress", "Phone")  # create-a-lead: one of them


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """What becomes of a column; `field` is "" where it is left out on purpose."""

    column: str
    field: str
    required: bool
    transforms: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping that is sound in itself.

    text: the whole file; sha256: of that text in UTF-8. order: the fields that it feeds, in
    payload order; the children of a custom field set stand together, where the first one is.
    """

    name: str
    text: str = field(repr=False)
    sha256: str
    columns: tuple[ColumnRule, ...]
    constants: dict[str, str]
    unique: tuple[str, ...]
    order: tuple[str, ...]


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file.

    Raises MappingError: as `load_mapping`, and where the file can't be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise MappingError(
            "there is no such mapping", where=str(path), fix="check the name and the folder"
        ) from error
    except OSError as error:
        raise MappingError(
            f"the mapping can't be read: {error.strerror or error}",
            where=str(path),
            fix="name a YAML file that you may open",
        ) from error
    try:
        return load_mapping(data.decode("utf-8-sig"), name=str(path))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise MappingError(
            f"the mapping is not written in UTF-8: byte 0x{data[error.start]:02X}",
            where=f"{path}, line {line}",
            fix="save it as UTF-8 in your editor",
        ) from error


def load_mapping(text: str, *, name: str) -> Mapping:
    """The mapping that the text is; `name` is said in errors, and is its path as a rule.

    Raises MappingError: with every flaw that was found, and the line of each.
    """
    if len(text) > MAX_BYTES:
        raise MappingError(
            f"the mapping has more than {MAX_BYTES:,} characters",
            where=name,
            fix="name the YAML file, not the data",
        )
    document = read_document(text)
    file = None
    if isinstance(document.value, dict):
        file = read_file(document)
        document.flaws.extend(_contradictions(document, document.value))
    elif not document.flaws:
        document.flaws.append(_no_mapping(document))
    if document.flaws or file is None:
        raise _error(document.flaws, name)
    return _mapping(file, document, text, name)


def _mapping(file: MappingFile, document: Document, text: str, name: str) -> Mapping:
    columns = tuple(
        ColumnRule(column, entry.field, entry.required, entry.transform, line)
        for column, entry in file.columns.items()
        for line in [document.line(("columns", column))]
    )
    fed = [field for _, field in fed_fields(document.value)]
    return Mapping(
        name=name,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        columns=columns,
        constants=dict(file.constants),
        unique=file.unique,
        order=tuple(_with_sets_together(fed)),
    )


def _with_sets_together(fields: Sequence[str]) -> list[str]:
    """The fields with each custom field set's children where the first of them stands."""
    sets: dict[str, list[str]] = {}
    for name in fields:
        sets.setdefault(name.partition(".")[0], []).append(name)
    return [name for children in sets.values() for name in children]


def _no_mapping(document: Document) -> Flaw:
    what = "the mapping is empty"
    if document.value:
        what = "this is no mapping: it has no sections"
    return Flaw(1, what, 'begin it with "version: 1" and "columns:", as the ready mappings do')


def _contradictions(document: Document, value: dict[str, Value]) -> Iterator[Flaw]:
    """What is wrong between entries that may each be right."""
    fed: dict[str, int] = {}
    for place, name in fed_fields(value):
        line = document.line(place)
        if name in fed:
            what = f'the field "{name}" is fed twice, in lines {fed[name]} and {line}'
            yield Flaw(line, what, "keep one of the two")
        fed.setdefault(name, line)
    for name, line in fed.items():
        if (parent := name.partition(".")[0]) != name and parent in fed:
            what = f'"{name}" is a part of "{parent}", which line {fed[parent]} feeds as a whole'
            yield Flaw(line, what, f"remove one, or name the child in line {fed[parent]} too")
    if fed and not fed.keys() & set(NAME_OR_CONTACT):
        what = "the mapping feeds no name and no contact, so that no row could be sent"
        yield Flaw(document.line(("columns",)), what, "feed one of: " + ", ".join(NAME_OR_CONTACT))
    yield from _repeated_unique(document, value.get("unique"))


def _repeated_unique(document: Document, unique: Value | None) -> Iterator[Flaw]:
    names = unique if isinstance(unique, list) else []
    for index, name in enumerate(names):
        if name in names[:index]:
            what = f'"{name}" stands twice under unique'
            yield Flaw(document.line(("unique", index)), what, "keep one of the two")


def _error(flaws: Sequence[Flaw], name: str) -> MappingError:
    flaws = sorted(dict.fromkeys(flaws), key=lambda flaw: flaw.line)
    if len(flaws) == 1:
        return MappingError(flaws[0].what, where=f"{name}, line {flaws[0].line}", fix=flaws[0].fix)
    each = [f"line {flaw.line}: {flaw.what}; {flaw.fix}" for flaw in flaws]
    return MappingError(
        f"the mapping has {len(flaws)} errors:\n  " + "\n  ".join(each),
        where=name,
        fix="mend these lines",
    )
