"""The format of a mapping file: the one model that checks it, and that its JSON Schema is made of.

What to say where a file is not in it stands in `mapping_flaws`.
"""

import re
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from importer.intake.document import Value
from importer.intake.list_name import is_list_name, list_name
from importer.intake.transforms.options import OptionError, Options
from importer.intake.transforms.registry import CHECKS, NAME_PARTS, TRANSFORMS

VERSION = "1"
UNIQUE = ("EmailAddress", "Phone")  # create-a-lead: unique, unless the account's admin changed it
NAME_OR_CONTACT = ("FirstName", "LastName", "EmailAddress", "Phone")  # create-a-lead: one of them
YES_OR_NO = {"true": True, "yes": True, "false": False, "no": False}
SCHEMA_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)?")
CUSTOM_FIELD = re.compile(r"mx_[A-Za-z0-9_]+")  # of every custom field (create-a-lead)
FEEDING = ("columns", "fields", "split_name", "constants")  # the sections that feed fields
ALL_OPTIONS = tuple(dict.fromkeys(key for keys in TRANSFORMS.values() for key in keys))

NAME_TRANSFORMS = ["trim", "lower", "upper", "title", "fix_text"]  # those that refuse no text

# What a JSON Schema has for a text: an editor's YAML takes `0123` or `true` for something else.
SCALARS = ["string", "number", "boolean"]
NO_BLANK = r"\S"


def _schema_name(text: str) -> str:
    if not SCHEMA_NAME.fullmatch(text):
        raise PydanticCustomError("schema_name", "no schema name")
    return text


def _field(text: str) -> str:
    return _schema_name(text) if text else ""


def _stamp(text: str) -> str:
    if not CUSTOM_FIELD.fullmatch(text):
        raise PydanticCustomError("stamp", "no custom field")
    return text


def _transform(text: str) -> str:
    if text not in TRANSFORMS:
        raise PydanticCustomError("transform", "unknown transform")
    return text


def _name_transform(text: str) -> str:
    if text not in NAME_TRANSFORMS:
        raise PydanticCustomError("name_transform", "no transform of names")
    return text


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "no text")
    if value.lower() not in YES_OR_NO:
        raise PydanticCustomError("yes_or_no", "neither yes nor no")
    return YES_OR_NO[value.lower()]


def _some_text(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "no value")
    return text


def _list_name(text: str) -> str:
    if not is_list_name(text):
        raise PydanticCustomError("list_name", "no name of a list")
    return list_name(text)


def _column(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("no_column", "no column")
    return text.strip()


def _as_list(value: object) -> object:
    if isinstance(value, str):
        return [value] if value else []
    return value


def _one_or_more(value: object) -> object:
    """Of texts that may be blank: one is a list of one."""
    return [value] if isinstance(value, str) else value


def as_section(value: object) -> object:
    """The short form `Column: Field` is its `field` alone."""
    return {"field": value} if isinstance(value, str) else value


def _schema(**keys: Any) -> Any:
    return Field(json_schema_extra=keys)


SchemaName = Annotated[
    str, AfterValidator(_schema_name), _schema(type="string", pattern=f"^{SCHEMA_NAME.pattern}$")
]
FieldName = Annotated[
    str,
    AfterValidator(_field),
    _schema(type=["string", "null"], pattern=f"^({SCHEMA_NAME.pattern})?$"),
]
StampField = Annotated[
    str, AfterValidator(_stamp), _schema(type="string", pattern=f"^{CUSTOM_FIELD.pattern}$")
]
TransformName = Annotated[
    str, AfterValidator(_transform), _schema(type="string", enum=list(TRANSFORMS))
]
ColumnName = Annotated[str, AfterValidator(_column), _schema(pattern=NO_BLANK)]
Text = Annotated[str, AfterValidator(_some_text), _schema(pattern=NO_BLANK)]
ListName = Annotated[str, AfterValidator(_list_name), _schema(pattern=NO_BLANK)]
TextOrBlank = Annotated[str, _schema(type=[*SCALARS, "null"])]
NameTransform = Annotated[
    str, AfterValidator(_name_transform), _schema(type="string", enum=NAME_TRANSFORMS)
]
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


# What the keys of several kinds of entries mean.
REQUIRED = "true: a row without a value here is invalid, and is not sent."
OPTIONAL = "true: the file may lack the column, which then counts as blank."
AS_IS = (
    "true: the column's cells are taken as they stand; none is refused because it looks damaged."
)


class Treatment(BaseModel):
    """The keys of an entry under `columns:` and under `fields:` alike."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    required: YesOrNo = Field(False, description=REQUIRED)
    optional: YesOrNo = Field(False, description=OPTIONAL)
    as_is: YesOrNo = Field(False, description=AS_IS)
    transform: Annotated[tuple[TransformName, ...], BeforeValidator(_as_list)] = Field(
        (), description="What is done to the text: one transform, or a list that is done in order."
    )
    region: str | None = Field(
        None,
        description="For phone: the country of numbers without a +, as its two letters: IN.",
    )
    formats: Texts = Field(
        (),
        description="For date and datetime: how they are written in the file, such as DD/MM/YYYY "
        "HH:mm. Of YYYY YY MM M MMM DD D HH H hh mm ss A; or excel serial, unix seconds, unix "
        "milliseconds. Without this key ISO, and what all values of the column prove.",
    )
    timezone: str | None = Field(
        None,
        description="For datetime: the zone of the file's times, such as Asia/Kolkata; else UTC.",
    )
    true: Texts = Field((), description="For boolean: the texts that mean yes, and are sent as 1.")
    false: Texts = Field((), description="For boolean: the texts that mean no, and are sent as 0.")
    decimal: str | None = Field(
        None,
        description="For number: the sign before the decimals. Without this key and grouping: what "
        "all values of the column prove.",
    )
    grouping: TextOrBlank | None = Field(
        None, description="For number: the sign between thousands; without it, as for decimal."
    )
    percent: Literal["keep", "share"] | None = Field(
        None,
        description="For number: 12% is sent as 12 (keep) or as 0.12 (share). Without this key as "
        "12, where all values of the column have the sign.",
    )
    choices: dict[str, TextOrBlank] = Field(
        {},
        description="Text in the file: value to send. Looked up last, when the transforms are "
        "done; capitals count.",
    )
    on_unknown: Literal["refuse", "blank", "keep"] | None = Field(
        None,
        description="A text that is none of the choices: refuse makes the row invalid (so it is "
        "without this key), blank leaves the field out, keep sends the text.",
    )

    @field_validator("region", "timezone", "decimal", "grouping", "formats", "true", "false")
    @classmethod
    def _option(
        cls, value: str | tuple[str, ...] | None, info: ValidationInfo
    ) -> str | tuple[str, ...] | None:
        check = CHECKS.get(str(info.field_name))
        for text in (value,) if isinstance(value, str) else value or ():
            if check is not None:
                _or_flaw(check, text)
        return value

    @property
    def written(self) -> frozenset[str]:
        """The options that stand there, of whatever transform."""
        return frozenset(self.model_fields_set).intersection(ALL_OPTIONS)

    @property
    def options(self) -> Options:
        """Those, and the defaults of the others."""
        return Options(**{name: getattr(self, name) for name in self.written})


class ColumnEntry(Treatment):
    """A column of the file: the field that it goes into, and what is done to its text."""

    field: FieldName = Field(
        description="The field's schema name; nothing: the column is left out, on purpose."
    )


class FieldEntry(Treatment):
    """A field: the column or columns that it is made of, and what is done to their text."""

    from_: Annotated[tuple[ColumnName, ...], BeforeValidator(_as_list)] = Field(
        alias="from",
        min_length=1,
        description="The column that the value is made of, or a list whose texts are joined; "
        "blank ones are left out.",
    )
    join: TextOrBlank = Field(
        " ", description="What stands between the texts of several columns; else a space."
    )
    default: Text | None = Field(
        None, description="Sent where the columns give no value; it is not transformed."
    )


class SplitName(BaseModel):
    """A column of full names: the fields that its first names and its last name go into."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    from_: ColumnName = Field(alias="from", description="The column of full names.")
    first: SchemaName = Field(
        description="The field that takes first and middle names, and a name of one word."
    )
    last: SchemaName = Field(
        description="The field that takes the last name, with van, de la or von before it and "
        "Jr. or III behind it."
    )
    title: SchemaName | None = Field(
        None,
        description="The field that takes Dr., Herr or Mme; without this key titles are left out.",
    )
    required: YesOrNo = Field(False, description=REQUIRED)
    optional: YesOrNo = Field(False, description=OPTIONAL)
    as_is: YesOrNo = Field(False, description=AS_IS)
    transform: Annotated[tuple[NameTransform, ...], BeforeValidator(_as_list)] = Field(
        (),
        description="What is done to the name before it is split: one of "
        f"{', '.join(NAME_TRANSFORMS)}, or a list that is done in order.",
    )

    @property
    def parts(self) -> dict[str, str]:
        """The part of a name, and the field that takes it."""
        parts = {"first": self.first, "last": self.last}
        return {**parts, "title": self.title} if self.title else parts


class MappingFile(BaseModel):
    """Which column of a list goes into which field of LeadSquared, and how."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="LeadSquared importer: mapping")

    version: Literal["1"] = Field(description="Of this format: 1.")
    columns: dict[str, Annotated[ColumnEntry, BeforeValidator(as_section)]] = Field(
        {},
        description="The file's column, written as in its header: the field's schema name, or a "
        "section of keys. Nothing after the colon: the column is left out, on purpose.",
    )
    fields: dict[SchemaName, FieldEntry] = Field(
        {},
        description="Schema name: how the field is made, where it takes several columns, a "
        "default, or a column that feeds another field too.",
    )
    split_name: SplitName | None = Field(
        None, description="A column of full names, which feeds two fields, or three."
    )
    skip_if: dict[
        str, Annotated[tuple[TextOrBlank, ...], Field(min_length=1), BeforeValidator(_one_or_more)]
    ] = Field(
        {},
        description="The file's column: a text, or a list of them. A row that has one of these "
        'there is skipped, and never sent; "" is a blank cell, and capitals do not count.',
    )
    constants: dict[SchemaName, Text] = Field(
        {}, description="Schema name: the value that is sent with every lead."
    )
    unique: Annotated[tuple[SchemaName, ...], BeforeValidator(_as_list)] = Field(
        UNIQUE,
        description="The fields that no two leads of the account may share; the mapping has to "
        "feed each that is listed, or to name it under stamp.",
    )
    on_duplicate: Literal["reject", "skip"] = Field(
        "reject",
        description="People who are already in the account: reject refuses their rows, skip "
        "counts them as done.",
    )
    stamp: StampField = Field(
        "",
        description="A custom field of text that takes a key of each row, so that its lead can be "
        "found by it. Where the account has made the field unique, list it under unique too.",
    )
    list_: ListName = Field(
        "",
        alias="list",
        description="A static list of the account that the leads are added to; it is made where it "
        "is missing. Leads that were there already are added where the same row was imported "
        "before, or on_duplicate is skip.",
    )


def _or_flaw(check: Callable[[str], None], text: str) -> None:
    try:
        check(text)
    except OptionError as error:
        # Braces would be taken for placeholders of the message, which is not used.
        context: dict[str, Any] = {"what": error.what, "fix": error.fix}
        raise PydanticCustomError("option", "no such value", context) from error


def fed_fields(value: Value | None) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where each entry stands that feeds a field, and the field: in file order.

    Takes the document as it was written, sound or not.
    """
    for section, entries in value.items() if isinstance(value, dict) else ():
        if section not in FEEDING or not isinstance(entries, dict):
            continue
        for name, entry in entries.items():
            field: Value | None = name
            if section == "split_name":
                field = entry if name in NAME_PARTS else None
            if section == "columns":
                field = entry.get("field") if isinstance(entry, dict) else entry
            if isinstance(field, str) and field:
                yield (section, name), field


def named_columns(value: Value | None) -> Iterator[tuple[tuple[str | int, ...], str, bool]]:
    """Where each column is named that is used, its name, and whether the file may lack it.

    In file order. Takes the document as it was written, sound or not.
    """
    for section, entries in value.items() if isinstance(value, dict) else ():
        if section == "split_name" and isinstance(entries, dict):
            column = entries.get("from")
            if isinstance(column, str) and column.strip():
                yield (section, "from"), column.strip(), _says_yes(entries.get("optional"))
            continue
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            if section == "skip_if":
                yield (section, name), name, False
                continue
            keys = as_section(entry)
            if not isinstance(keys, dict):
                continue
            optional = _says_yes(keys.get("optional"))
            if section == "columns" and (keys.get("field") or _says_yes(keys.get("required"))):
                yield (section, name), name, optional
            elif section == "fields":
                sources = keys.get("from")
                for index, each in enumerate(sources if isinstance(sources, list) else [sources]):
                    if isinstance(each, str) and each.strip():
                        yield (section, name, "from", index), each.strip(), optional


def _says_yes(value: Value | None) -> bool:
    return isinstance(value, str) and YES_OR_NO.get(value.lower(), False)
