"""What is wrong with a mapping: with its form, and between entries that may each be right.

Each flaw has its line, and how to mend it. Whether a file has the columns: see `headers`.
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from importer.errors import MappingError
from importer.intake import list_name
from importer.intake.document import Document, Flaw, Place, Value
from importer.intake.mapping_file import (
    CUSTOM_FIELD,
    NAME_OR_CONTACT,
    NAME_TRANSFORMS,
    SCHEMA_NAME,
    VERSION,
    YES_OR_NO,
    ColumnEntry,
    FieldEntry,
    MappingFile,
    SplitName,
    as_section,
    fed_fields,
)
from importer.intake.transforms.options import OptionError
from importer.intake.transforms.registry import TRANSFORMS, check_together

MOST_LISTED = 20  # names; with the whole header of a wide file nobody would find what is wrong
# Of names to compare with one that is unknown, so that a wide header takes no time.
MOST_COMPARED, LONGEST_COMPARED = 1_000, 100
LONGEST_LISTED = 255  # characters of a name; Excel takes no longer names for a table's columns

ENTRIES: dict[str, type[ColumnEntry | FieldEntry]] = {
    "columns": ColumnEntry,
    "fields": FieldEntry,
}
REQUIRED_AND_MISSING = (
    "a column that may be missing can't be required",
    "remove required or optional",
)
SECTIONS: dict[str, type[BaseModel]] = {**ENTRIES, "split_name": SplitName}

SKIP_FIX = 'write the texts, as Column: [one, other]; "" is a blank cell'
SPLIT_FIX = {
    "from": "add from: and the column of full names",
    "first": "add first: and the field for the first names, such as FirstName",
    "last": "add last: and the field for the last name, such as LastName",
}


def read_file(document: Document) -> MappingFile | None:
    """The document as a mapping file; what is wrong with it is put among its flaws.

    None: the form is wrong, or the document is nothing that could be a mapping.
    """
    value = document.value
    if not isinstance(value, dict):
        if not document.flaws:
            document.flaws.append(_no_mapping(document))
        return None
    file = None
    try:
        file = MappingFile.model_validate(value)
    except ValidationError as error:
        document.flaws.extend(_flaw(details, document) for details in error.errors())
    document.flaws.extend(_contradictions(document, value))
    document.flaws.extend(_misfits(document, value))
    return file


def flaws_error(flaws: Sequence[Flaw], name: str) -> MappingError:
    """All flaws in one error, by their lines."""
    flaws = sorted(dict.fromkeys(flaws), key=lambda flaw: flaw.line)
    if len(flaws) == 1:
        return MappingError(flaws[0].what, where=f"{name}, line {flaws[0].line}", fix=flaws[0].fix)
    each = [f"line {flaw.line}: {flaw.what}; {flaw.fix}" for flaw in flaws]
    return MappingError(
        f"the mapping has {len(flaws)} errors:",
        details=each,
        where=name,
        fix="mend these lines",
    )


def nearest(name: str, names: Sequence[str]) -> str:
    """The valid names as an advice, the likeliest first."""
    compared: list[str] = []
    if len(name) <= LONGEST_COMPARED:
        compared = [known for known in names[:MOST_COMPARED] if len(known) <= LONGEST_COMPARED]
    close = [known for known in names if known.lower() == name.lower()]
    close = close or get_close_matches(name, compared, n=1)
    all_names = f"use one of: {listed(names)}"
    return f'did you mean "{close[0]}"? {all_names}' if close else all_names


def listed(names: Sequence[str]) -> str:
    """The first names, each as far as it can be read, and how many more there are."""
    shown = [
        name if len(name) <= LONGEST_LISTED else f"{name[: LONGEST_LISTED - 1]}…"
        for name in names[:MOST_LISTED]
    ]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


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
    stamp = _stamp_of(value)
    yield from _fed_stamp(document, stamp, fed)
    sections = [name for name in value if name in SECTIONS]
    if not sections:
        fix = "add columns: and entries below it"
        yield Flaw(1, 'the mapping has no "columns" section', fix)
    elif any(isinstance(value[name], dict) for name in sections):
        if not fed.keys() & set(NAME_OR_CONTACT):
            what = "the mapping feeds no name and no contact, so that no row could be sent"
            line = document.line((sections[0],))
            yield Flaw(line, what, "feed one of: " + ", ".join(NAME_OR_CONTACT))
        yield from _unfed(document, value.get("unique"), [*fed], stamp)
    yield from _repeated(document, ("unique",), value.get("unique"))
    skips = value.get("skip_if")
    for column, texts in skips.items() if isinstance(skips, dict) else ():
        yield from _repeated(document, ("skip_if", column), texts)


def _stamp_of(value: dict[str, Value]) -> str:
    """The field that takes the stamp, where it can; else ""."""
    name = value.get("stamp")
    return name if isinstance(name, str) and CUSTOM_FIELD.fullmatch(name) else ""


def _fed_stamp(document: Document, stamp: str, fed: dict[str, int]) -> Iterator[Flaw]:
    """The stamp is the importer's own: nothing else goes into its field."""
    place = document.line(("stamp",))
    for name, line in fed.items():
        if stamp and name.partition(".")[0] == stamp:
            what = f'"{stamp}" takes the stamp in line {place}, and line {line} feeds it too'
            if name != stamp:
                what = f'"{stamp}" takes the stamp in line {place}, and line {line} feeds "{name}"'
            yield Flaw(place, what, "remove one, or name another field under stamp")


def _unfed(
    document: Document, unique: Value | None, fed: Sequence[str], stamp: str
) -> Iterator[Flaw]:
    """The fields that are said to be unique, and that no row will have."""
    known = [*fed, stamp] if stamp else fed
    for index, name in enumerate(unique if isinstance(unique, list) else [unique]):
        if isinstance(name, str) and SCHEMA_NAME.fullmatch(name) and name not in known:
            what = f'"{name}" stands under unique, and nothing in the mapping feeds it'
            fix = nearest(name, known)
            if not stamp and CUSTOM_FIELD.fullmatch(name):
                fix += f'; or add "stamp: {name}", if it is to take the stamp'
            yield Flaw(document.line(("unique", index)), what, fix)


def _misfits(document: Document, value: dict[str, Value]) -> Iterator[Flaw]:
    """Keys that have no effect, or that contradict each other, in entries of the right form."""
    for section, model in ENTRIES.items():
        entries = value.get(section)
        for name, keys in entries.items() if isinstance(entries, dict) else ():
            place = (section, name)
            if isinstance(keys, dict):
                yield from _repeated(document, (*place, "from"), keys.get("from"))
            try:
                entry = model.model_validate(as_section(keys))
            except ValidationError:  # said with the form of the whole file
                continue
            for key, what, fix in _misfits_of(entry):
                yield Flaw(document.line((*place, key)), what, fix)
    split = value.get("split_name")
    if isinstance(split, dict) and _is_yes(split, "required") and _is_yes(split, "optional"):
        yield Flaw(document.line(("split_name", "required")), *REQUIRED_AND_MISSING)


def _is_yes(keys: dict[str, Value], name: str) -> bool:
    text = keys.get(name)
    return isinstance(text, str) and YES_OR_NO.get(text.lower(), False)


def _misfits_of(entry: ColumnEntry | FieldEntry) -> Iterator[tuple[str, str, str]]:
    """At which key, what, and how to mend it."""
    known = {key for name in entry.transform for key in TRANSFORMS[name]}
    for key in sorted(entry.written - known):
        takers = " or ".join(name for name, keys in TRANSFORMS.items() if key in keys)
        fix = "add that transform, or remove the line"
        yield key, f"{key} has no effect without transform: {takers}", fix
    for name in entry.transform:
        try:
            check_together(name, entry.options)
        except OptionError as error:
            yield "transform", error.what, error.fix
    columns = entry.from_ if isinstance(entry, FieldEntry) else ("one",)
    if entry.required and entry.optional and len(columns) == 1:
        yield "required", *REQUIRED_AND_MISSING
    if entry.required and isinstance(entry, FieldEntry) and entry.default:
        what = "a field with a default is never blank"
        yield "required", what, "remove required or default"


def _repeated(document: Document, place: Place, value: Value | None) -> Iterator[Flaw]:
    texts = value if isinstance(value, list) else []
    names = [text.strip() if isinstance(text, str) else text for text in texts]
    for index, name in enumerate(names):
        if name in names[:index]:
            what = f'"{name}" stands twice under {place[-1]}'
            yield Flaw(document.line((*place, index)), what, "keep one of the two")


def _flaw(details: ErrorDetails, document: Document) -> Flaw:
    place = details["loc"]
    if place[-1] == "[key]":  # of pydantic: the key itself, and not what it names
        place = place[:-1]
    name = next((part for part in reversed(place) if isinstance(part, str)), "")
    model = SECTIONS.get(str(place[0]), MappingFile) if len(place) > 1 else MappingFile
    what, fix = _said(details, name, model)
    return Flaw(document.line(place), what, fix)


def _said(details: ErrorDetails, name: str, model: type[BaseModel]) -> tuple[str, str]:
    given: Value = details["input"]
    match details["type"]:
        case "missing" if name == "version":
            return "the mapping does not say its version", 'add "version: 1" as the first line'
        case "missing" if model is SplitName:
            return f"split_name has no {name}", SPLIT_FIX[name]
        case "missing" if name == "field":
            return "the column has no field", "add field: and the field's schema name"
        case "missing":
            return "the field has no columns", "add from: and the column, or [first, second]"
        case "extra_forbidden":
            return f'unknown key "{name}"', nearest(name, _keys(model))
        case "literal_error" if isinstance(given, str) and name == "version":
            return f'version "{given}" is not known', f"write version: {VERSION}"
        case "literal_error" if isinstance(given, str):
            choices = details["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            return f'{name} is "{given}"', nearest(given, choices.split(", "))
        case "schema_name":
            return (
                f'"{given}" is no schema name',
                "write letters, digits and _, and for a custom field set's child Parent.Child; of a"
                " display name importer fields tells the schema name",
            )
        case "stamp":
            why = "is no custom field" if given else "names no field"
            if SCHEMA_NAME.fullmatch(str(given)) and "." in str(given):
                why = "is a part of a custom field set"
            what = f'"{given}" {why}, so that it can\'t take the stamp' if given else f"stamp {why}"
            return what, "name a field of text that begins with mx_, such as mx_Import_Key"
        case "list_name":
            why = "can't be the name of a list" if given else "list names no list"
            return (f'"{given}" {why}' if given else why), f"{list_name.FIX}, or remove the line"
        case "transform":
            return f'unknown transform "{given}"', nearest(str(given), list(TRANSFORMS))
        case "name_transform":
            what = f'"{given}" is no transform of names, and can\'t stand under split_name'
            return what, nearest(str(given), NAME_TRANSFORMS)
        case "option":
            return details["ctx"]["what"], details["ctx"]["fix"]
        case "yes_or_no":
            return f'{name} is "{given}"', "use one of: " + ", ".join(YES_OR_NO)
        case "too_short" if model is MappingFile:
            return f'skip_if names no text for "{name}"', SKIP_FIX
        case "tuple_type" if model is MappingFile and name != "unique":
            return f'"{name}" is {_kind(given)}, which can\'t stand under skip_if', SKIP_FIX
        case "no_column" if model is SplitName:
            return "from names no column", SPLIT_FIX[name]
        case "no_column" | "too_short":
            return "from names no column", "write from: Column, or from: [First, Second]"
        case "blank" if name == "default" and model is FieldEntry:
            return "the default has no value", "write one, or remove the line"
        case "blank":
            return f'the constant "{name}" has no value', "write one, or remove the line"
    what = f'"{name}" is {_kind(given)}, which can\'t stand here'
    return what, _form(details["type"], name, model)


def _keys(model: type[BaseModel]) -> list[str]:
    """As they are written, the ones that must be there first."""
    fields = sorted(model.model_fields.items(), key=lambda each: not each[1].is_required())
    return [field.alias or name for name, field in fields]


def _kind(value: object) -> str:
    if isinstance(value, str):
        return f'the text "{value}"' if value else "empty"
    return "a list" if isinstance(value, list) else "a section"


def _form(error_type: str, name: str, model: type[BaseModel]) -> str:
    match error_type:
        case "string_type" | "literal_error":
            return "write one text after the colon"
        case "tuple_type":
            return f"write {name}: [first, second]"
        case "model_type" if name == "split_name":
            return "write from:, first: and last: below it"
        case "model_type" if model is FieldEntry:
            return f"write from: and the column below {name}"
    return f"write the entries of {name} below it, each as Name: value"
