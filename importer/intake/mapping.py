"""A YAML text becomes a checked `Mapping`: which column feeds which field, and how.

Everything that is wrong with it is said at once, each with its line. Whether a file has the
columns is not known here: see `leads`.
"""

import hashlib
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from importer.errors import MappingError
from importer.intake.document import Document, read_document
from importer.intake.headers import column_flaws, column_names, repeated_names
from importer.intake.mapping_file import (
    MappingFile,
    SplitName,
    Treatment,
    fed_fields,
    named_columns,
)
from importer.intake.mapping_flaws import flaws_error, read_file
from importer.intake.transforms.options import Options
from importer.intake.transforms.registry import NAME_PARTS
from importer.regular import NO_FILE, NoFileError, open_regular

MAX_BYTES = 256 * 1024  # a mapping of 1,000 columns has about 30 kB: more is another kind of file
LISTS = (".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".zip", ".gz")
USUAL = Options()


@dataclass(frozen=True, slots=True)
class Rule:
    """How the value of one field is made. `field` is "" where it is only checked, not sent.

    columns: the file's, whose texts are joined. default: where there is no value. lines: of the
    columns' names in the mapping. as_is: the cells are not checked for damage. on_unknown: refuse,
    blank or keep.
    """

    field: str
    columns: tuple[str, ...]
    lines: tuple[int, ...]
    join: str = " "
    default: str = ""
    required: bool = False
    optional: bool = False
    transforms: tuple[str, ...] = ()
    options: Options = USUAL
    choices: tuple[tuple[str, str], ...] = ()
    on_unknown: str = "refuse"
    as_is: bool = False


@dataclass(frozen=True, slots=True)
class Skip:
    """A column, and the texts in it that leave a row out. line: of the column in the mapping."""

    column: str
    values: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping that is sound in itself.

    text: the whole file; sha256: of that text in UTF-8. left_out: the columns that are named and
    feed nothing, on purpose. order: the fields that it feeds, in payload order; the children of a
    custom field set stand together, where the first one is. stamp: the field that takes each row's
    key, "" without one; it is none of the order's, and may be one of unique. skips: any of them
    leaves a row out. list_name: of the static list that the leads are added to, "" without one.
    """

    name: str
    text: str = field(repr=False)
    sha256: str
    rules: tuple[Rule, ...]
    left_out: tuple[str, ...]
    constants: dict[str, str]
    unique: tuple[str, ...]
    skips_duplicates: bool
    order: tuple[str, ...]
    stamp: str = ""
    skips: tuple[Skip, ...] = ()
    list_name: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The file that the mapping is for: its name, and the cells that name its columns."""

    file: str
    cells: Sequence[str]


def read_mapping(path: Path, header: Header | None = None) -> Mapping:
    """The mapping in a file. header: as in `load_mapping`.

    Raises MappingError: as `load_mapping`, and where the file can't be read.
    """
    if path.suffix.lower() in LISTS:
        raise MappingError(
            "this is a list, and not a mapping",
            where=str(path),
            fix="name the list first, and the YAML file after -m",
        )
    try:
        with open_regular(path) as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise MappingError(
            "there is no such mapping", where=str(path), fix="check the name and the folder"
        ) from error
    except NoFileError as error:
        raise MappingError(NO_FILE, where=str(path), fix="name a YAML file with -m") from error
    except OSError as error:
        raise MappingError(
            f"the mapping can't be read: {error.strerror or error}",
            where=str(path),
            fix="name a YAML file that you may open",
        ) from error
    if len(data) > MAX_BYTES:
        raise MappingError(
            f"the mapping has more than {MAX_BYTES:,} bytes",
            where=str(path),
            fix="name the YAML file, not the data",
        )
    try:
        return load_mapping(data.decode("utf-8-sig"), name=str(path), header=header)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise MappingError(
            f"the mapping is not written in UTF-8: byte 0x{data[error.start]:02X}",
            where=f"{path}, line {line}",
            fix="save it as UTF-8 in your editor",
        ) from error


def names_in(path: Path | None) -> frozenset[str]:
    """The columns that a mapping names, sound or not; none where it can't be read."""
    try:
        with open_regular(path or Path()) as file:
            document = read_document(file.read(MAX_BYTES).decode("utf-8-sig"))
    except (OSError, NoFileError, UnicodeDecodeError):
        return frozenset()
    return frozenset(name.strip() for _, name, _ in named_columns(document.value))


def load_mapping(text: str, *, name: str, header: Header | None = None) -> Mapping:
    """The mapping that the text is; `name` is said in errors, and is its path as a rule.

    header: of a mapping with errors, the columns that this file lacks are said too, so that all
    can be mended at once; of a sound one they are not looked for here.
    Raises MappingError: with every flaw that was found, and the line of each.
    """
    document = read_document(text)
    file = read_file(document)
    if document.flaws or file is None:
        if header is not None:
            known = {*column_names(header.cells), *repeated_names(header.cells)}
            named = [
                (column, document.line(place))
                for place, column, optional in named_columns(document.value)
                if not optional or column in known
            ]
            document.flaws.extend(column_flaws(named, header.cells, header.file))
        raise flaws_error(document.flaws, name)
    return _mapping(file, document, text, name)


def lines_that_name(text: str, fields: Set[str]) -> list[int]:
    """Lines of a sound mapping's text in which one of these fields is fed, or stamped."""
    document = read_document(text)
    fed = [*fed_fields(document.value)]
    if isinstance(document.value, dict) and isinstance(stamp := document.value.get("stamp"), str):
        fed.append((("stamp",), stamp))
    return [document.line(place) for place, name in fed if {*name.split(".")} & fields]


def _mapping(file: MappingFile, document: Document, text: str, name: str) -> Mapping:
    fed = [field for _, field in fed_fields(document.value)]
    rules = list(_rules(file, document))
    return Mapping(
        name=name,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        rules=tuple(rule for rule in rules if rule.field or rule.required),
        left_out=tuple(column for column, entry in file.columns.items() if not entry.field),
        constants=dict(file.constants),
        unique=file.unique,
        skips_duplicates=file.on_duplicate == "skip",
        order=tuple(_with_sets_together(fed)),
        stamp=file.stamp,
        skips=tuple(
            Skip(column, values, document.line(("skip_if", column)))
            for column, values in file.skip_if.items()
        ),
        list_name=file.list_,
    )


def _rules(file: MappingFile, document: Document) -> Iterator[Rule]:
    for column, entry in file.columns.items():
        line = document.line(("columns", column))
        yield _rule(entry, field=entry.field, columns=(column,), lines=(line,))
    for name, made in file.fields.items():
        places: list[tuple[str | int, ...]] = [
            ("fields", name, "from", index) for index in range(len(made.from_))
        ]
        yield _rule(
            made,
            field=name,
            columns=made.from_,
            lines=tuple(map(document.line, places)),
            join=made.join,
            default=made.default or "",
        )
    if file.split_name is not None:
        yield from _parts(file.split_name, document.line(("split_name", "from")))


def _parts(split: SplitName, line: int) -> Iterator[Rule]:
    """A rule for each field that takes a part of the name, and one that asks for the name."""
    whole = Rule(
        field="",
        columns=(split.from_,),
        lines=(line,),
        required=split.required,
        optional=split.optional,
        as_is=split.as_is,
    )
    for part, field_name in split.parts.items():
        steps = (*split.transform, NAME_PARTS[part])
        yield replace(whole, field=field_name, required=False, transforms=steps)
    yield whole


def _rule(
    entry: Treatment,
    *,
    field: str,
    columns: tuple[str, ...],
    lines: tuple[int, ...],
    join: str = " ",
    default: str = "",
) -> Rule:
    return Rule(
        field=field,
        columns=columns,
        lines=lines,
        join=join,
        default=default,
        required=entry.required,
        optional=entry.optional,
        transforms=entry.transform,
        options=entry.options,
        choices=tuple(entry.choices.items()),
        on_unknown=entry.on_unknown or "refuse",
        as_is=entry.as_is,
    )


def _with_sets_together(fields: Sequence[str]) -> list[str]:
    """The fields with each custom field set's children where the first of them stands."""
    sets: dict[str, list[str]] = {}
    for name in fields:
        sets.setdefault(name.partition(".")[0], []).append(name)
    return [name for children in sets.values() for name in children]
