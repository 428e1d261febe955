"""The body of a write call → checked values, or the vendor's refusal.

What the vendor does about bad e-mails, dates, numbers and lengths is unknown (contract,
section 11 d): refusing them is assumed here.
"""

import contextlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from importer.sandbox.fields import FIELDS, Field
from importer.sandbox.replies import RefusedError, UnreadableError, invalid_parameter

EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d(\.\d{1,6})?)?", re.ASCII)
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
NEEDED = ("FirstName", "LastName", "EmailAddress", "Phone")
BOOLEANS = {"1": "1", "0": "0", "true": "1", "false": "0"}


@dataclass(slots=True)
class Record:
    """What was sent: writable fields only. A blank value is kept, as "".

    sets: custom field set → its children's values.
    """

    values: dict[str, str]
    sets: dict[str, dict[str, str]]
    search_by: str | None = None


def read_json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        raise UnreadableError(
            "Unexpected character encountered while parsing value. Path '', line 0, position 0."
        ) from None


def read_record(body: bytes) -> Record:
    """Read `[{"Attribute", "Value"[, "Fields"]}…]`; of a repeated attribute the last holds.

    Raises UnreadableError for another shape, and RefusedError for unknown attributes (the
    whole record is refused) and for values that do not fit their fields.
    """
    record = Record({}, {})
    unknown: list[str] = []
    for item in _items(read_json(body)):
        name, value = item.get("Attribute"), item.get("Value")
        if not isinstance(name, str):
            raise UnreadableError("Required property 'Attribute' not found in JSON.")
        if name == "SearchBy":
            record.search_by = _text(value)
            continue
        field = FIELDS.get(name)
        if field is None:
            unknown.append(name)
        elif field.children:
            unknown += _read_set(record, field, item)
        elif field.writable and not field.dropped:
            # A read-only field that is sent is passed over without a word: assumed.
            record.values[name] = _text(value)
    if unknown:
        raise RefusedError(
            "MXUnknownAttributeException", "Attribute(s) does not exist - " + ",".join(unknown)
        )
    for name, text in record.values.items():
        if text:
            record.values[name] = _checked(FIELDS[name], text)
    return record


def require_fields(record: Record) -> None:
    """Refuse a lead without any of the four (apidocs create-a-lead), or without a field that the
    account makes mandatory (apidocs create-custom-lead-field); the texts are assumed."""
    for name, field in FIELDS.items():
        if field.mandatory and not record.values.get(name):
            raise RefusedError(
                "MXMandatoryAttributeMissingException", f"'{name}' is mandatory for creating lead"
            )
    if not any(record.values.get(name) for name in NEEDED):
        raise RefusedError(
            "MXMandatoryAttributeMissingException",
            f"At least one of {', '.join(NEEDED)} is mandatory for creating lead",
        )


def _items(data: Any) -> list[dict[str, Any]]:
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise UnreadableError(
            "Cannot deserialize the current JSON into type 'List[LeadFieldKeyValuePair]'."
        )
    return data


def _read_set(record: Record, field: Field, item: dict[str, Any]) -> list[str]:
    """Read a custom field set; return the names of children that do not exist."""
    values = record.sets.setdefault(field.name, {})
    unknown = []
    for child in _items(item.get("Fields") or []):
        name = child.get("Attribute")
        if name not in field.children:
            unknown.append(str(name))
        else:
            values[name] = _text(child.get("Value"))
    return unknown


def _text(value: Any) -> str:
    """Return the value as text. All samples send strings; what other JSON gives is assumed."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return str(value)
    raise UnreadableError("Error reading string. Unexpected token. Path '[0].Value'.")


def _checked(field: Field, text: str) -> str:
    match field.kind:
        case "Email":
            # HTTP 400 with an envelope: assumed.
            if not EMAIL.fullmatch(text.strip()):
                raise invalid_parameter(field.name, status=400)
        case "Number":
            if not NUMBER.fullmatch(text):
                raise _wrong_type(field)
        case "Boolean":
            if text.lower() not in BOOLEANS:
                raise _wrong_type(field)
            return BOOLEANS[text.lower()]
        case "Date" | "DateTime":
            return read_moment(field.name, text).strftime("%Y-%m-%d %H:%M:%S.000")
    # Phone's MaxLength is in digits, and is not enforced here.
    if field.max_length and field.kind != "Phone" and len(text) > int(field.max_length):
        raise invalid_parameter(field.name)
    return text


def _wrong_type(field: Field) -> RefusedError:
    return RefusedError("MXInvalidDataTypeException", f"Invalid value for field {field.name}")


def read_moment(name: str, text: Any) -> datetime:
    """Read `yyyy-MM-dd[ HH:mm:ss[.fff]]`, UTC (apidocs overview); other forms are refused."""
    if isinstance(text, str) and MOMENT.fullmatch(text):
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(text)
    raise invalid_parameter(name)
