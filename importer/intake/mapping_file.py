"""The format of a mapping file, and what to say where a file is not in it."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from importer.intake.document import Document, Flaw, Value
from importer.intake.transforms import TRANSFORMS

VERSION = "1"
UNIQUE = ("EmailAddress", "Phone")  # create-a-lead: unique, unless the account's admin changed it
YES_OR_NO = {"true": True, "yes": True, "false": False, "no": False}
SCHEMA_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)?")


def _schema_name(text: str) -> str:
    if not SCHEMA_NAME.fullmatch(text):
        raise PydanticCustomError("schema_name", "no schema name")
    return text


def _field(text: str) -> str:
    return _schema_name(text) if text else ""


def _transform(text: str) -> str:
    if text not in TRANSFORMS:
        raise PydanticCustomError("transform", "unknown transform")
    return text


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, str) or value.lower() not in YES_OR_NO:
        raise PydanticCustomError("yes_or_no", "neither yes nor no")
    return YES_OR_NO[value.lower()]


def _constant(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "no value")
    return text


def _as_list(value: object) -> object:
    if isinstance(value, str):
        return [value] if value else []
    return value


def _as_section(value: object) -> object:
    return {"field": value} if isinstance(value, str) else value


SchemaName = Annotated[str, AfterValidator(_schema_name)]
TransformName = Annotated[str, AfterValidator(_transform)]


class ColumnEntry(BaseModel):
    """One entry under `columns:`; the short form `Column: Field` is its `field` alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: Annotated[str, AfterValidator(_field)]
    required: Annotated[bool, BeforeValidator(_yes_or_no)] = False
    transform: Annotated[tuple[TransformName, ...], BeforeValidator(_as_list)] = ()


class MappingFile(BaseModel):
    """The whole file, as it is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal["1"]
    columns: dict[str, Annotated[ColumnEntry, BeforeValidator(_as_section)]]
    constants: dict[SchemaName, Annotated[str, AfterValidator(_constant)]] = {}
    unique: Annotated[tuple[SchemaName, ...], BeforeValidator(_as_list)] = UNIQUE


def read_file(document: Document) -> MappingFile | None:
    """The document as a mapping file; None where its shape is wrong, which is then among its flaws.

    The document's value is a section.
    """
    try:
        return MappingFile.model_validate(document.value)
    except ValidationError as error:
        document.flaws.extend(_flaw(details, document) for details in error.errors())
        return None


def nearest(name: str, names: Sequence[str]) -> str:
    """The valid names as an advice, the likeliest first."""
    close = get_close_matches(name, names, n=1) or [
        known for known in names if known.lower() == name.lower()
    ]
    all_names = "use one of: " + ", ".join(names)
    return f'did you mean "{close[0]}"? {all_names}' if close else all_names


def _flaw(details: ErrorDetails, document: Document) -> Flaw:
    place = tuple(part for part in details["loc"] if part != "[key]")
    name = next((part for part in reversed(place) if isinstance(part, str)), "")
    what, fix = _said(details, name, in_column=place[0] == "columns" and len(place) > 1)
    return Flaw(document.line(place), what, fix)


def _said(details: ErrorDetails, name: str, *, in_column: bool) -> tuple[str, str]:
    given: Value = details["input"]
    match details["type"]:
        case "missing" if name == "version":
            return "the mapping does not say its version", 'add "version: 1" as the first line'
        case "missing" if name == "field":
            return "the column has no field", "add field: and the field's schema name"
        case "missing":
            return f'the mapping has no "{name}" section', f"add {name}: and entries below it"
        case "extra_forbidden":
            model = ColumnEntry if in_column else MappingFile
            return f'unknown key "{name}"', nearest(name, list(model.model_fields))
        case "literal_error":
            return f'version "{given}" is not known', f"write version: {VERSION}"
        case "schema_name":
            return (
                f'"{given}" is no schema name',
                "write letters, digits and _, and for a custom field set's child Parent.Child",
            )
        case "transform":
            return f'unknown transform "{given}"', nearest(str(given), list(TRANSFORMS))
        case "yes_or_no":
            return f'{name} is "{given}"', "use one of: " + ", ".join(YES_OR_NO)
        case "blank":
            return f'the constant "{name}" has no value', "write one, or remove the line"
    return f'"{name}" is {_kind(given)}, which can\'t stand here', _form(details["type"], name)


def _kind(value: object) -> str:
    if isinstance(value, str):
        return f'the text "{value}"' if value else "empty"
    return "a list" if isinstance(value, list) else "a section"


def _form(error_type: str, name: str) -> str:
    match error_type:
        case "string_type":
            return "write one text after the colon"
        case "tuple_type":
            return f"write {name}: [first, second]"
    return f"write the entries of {name} below it, each as Name: value"


def fed_fields(value: Value | None) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where each column and constant stands that feeds a field, and the field: in file order.

    Takes the document as it was written, sound or not.
    """
    for section, entries in value.items() if isinstance(value, dict) else ():
        if section not in ("columns", "constants") or not isinstance(entries, dict):
            continue
        for name, entry in entries.items():
            field = entry.get("field") if isinstance(entry, dict) else entry
            if section == "constants":
                field = name
            if isinstance(field, str) and field:
                yield (section, name), field
