"""The replies of LeadsMetaData.Get and Users.Get, as the vendor's pages show them and otherwise."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from importer.delivery.fields import fields_path, keep_file, load_file, read_fields, read_users
from importer.delivery.replies import Reply
from importer.fields import AccountFields, Field, FieldType, Person, dump_fields

# The two fields that the vendor's page shows (get-lead-field-properties), less what is not read.
PHONE = {
    "SchemaName": "Phone",
    "DisplayName": "Phone Number",
    "DataType": "Phone",
    "IsMandatory": False,
    "MaxLength": "10",
    "RenderTypeTextValue": "Phone",
    "RangeMin": "10",
    "AllowMultiple": True,
    "ShowInImport": True,
    "IsLeadIdentifier": True,
    "LockAfterCreate": 1,
}
LEAD_TYPE = {
    "SchemaName": "LeadType",
    "DisplayName": "Object Type",
    "DataType": "Select",
    "IsMandatory": True,
    "Options": [{"Value": "OT_0"}, {"Value": "OT_1"}, {"Value": "OT_1"}, {"Value": None}],
    "MaxLength": "50",
    "RenderTypeTextValue": "Dropdown",
    "ShowInImport": True,
    "LockAfterCreate": 2,
}


def reply(body: Any, status: int = 200) -> Reply:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reply(status, {}, data)


def only(entry: dict[str, Any]) -> Field:
    fields = read_fields(reply([entry]))
    assert fields is not None
    (field,) = fields
    return field


def test_the_vendors_samples_are_read() -> None:
    assert read_fields(reply([PHONE, LEAD_TYPE])) == (
        Field("Phone", "Phone Number", FieldType.PHONE, max_length=10, least="10", is_locked=True),
        Field(
            "LeadType",
            "Object Type",
            FieldType.CHOICE,
            options=("OT_0", "OT_1"),
            max_length=50,
            is_mandatory=True,
        ),
    )


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"DataType": "Date", "RenderTypeTextValue": "DateTime"}, FieldType.DATETIME),
        ({"DataType": "Date", "RenderTypeTextValue": "Date"}, FieldType.DATE),
        ({"DataType": "MultiSelect"}, FieldType.CHOICES),
        ({"DataType": "Hologram"}, FieldType.OTHER),
        ({}, FieldType.OTHER),
    ],
)
def test_a_type_is_told_by_what_is_stored_and_how_it_is_shown(
    entry: dict[str, Any], expected: FieldType
) -> None:
    assert only({"SchemaName": "mx_A", **entry}).type is expected


def test_what_a_field_takes_is_read() -> None:
    others = {"DataType": "Select", "RenderTypeTextValue": "DropdownWithOthers"}
    assert only({"SchemaName": "mx_A", **others}).is_open
    assert only({"SchemaName": "CreatedOn", "DataType": "Date"}).is_read_only
    assert not only({"SchemaName": "mx_A", "ShowInImport": False}).is_offered
    assert only({"SchemaName": "mx_A", "MaxLength": "0"}).max_length is None
    assert only({"SchemaName": "mx_A", "MaxLength": "many"}).max_length is None
    assert only({"SchemaName": "mx_A", "IsUnique": True}).is_unique
    assert only({"SchemaName": "mx_A"}).display == "mx_A"


@pytest.mark.parametrize(
    "entries",
    [
        [{"SchemaName": "mx_S"}, {"SchemaName": "mx_S~a"}],
        [{"SchemaName": "mx_S", "Fields": [{"SchemaName": "a"}]}],
        [{"SchemaName": "mx_S", "CustomObjectMetadata": {"Fields": [{"SchemaName": "mx_S~a"}]}}],
    ],
)
def test_a_sets_children_are_found_wherever_they_may_stand(entries: list[dict[str, Any]]) -> None:
    fields = read_fields(reply(entries))
    assert [field.name for field in fields or ()] == ["mx_S", "mx_S.a"]


@pytest.mark.parametrize(
    "odd",
    [
        reply([PHONE], 404),
        reply([]),
        reply({"Status": "Error"}),
        reply([1, "a", None, {}, {"SchemaName": ["a"]}, {"SchemaName": ""}]),
        reply(b"<html>"),
    ],
)
def test_another_reply_tells_no_fields(odd: Reply) -> None:
    assert read_fields(odd) is None


def test_users_are_read_with_whether_they_are_active() -> None:
    body = [
        {"ID": "7", "FirstName": "Anna", "LastName": "S", "EmailAddress": "a@b.c", "StatusCode": 0},
        {"ID": "8", "FirstName": "", "LastName": "B", "EmailAddress": None, "StatusCode": 1},
        {"FirstName": "no Id"},
        None,
    ]
    assert read_users(reply(body)) == (
        Person("7", "Anna S", "a@b.c"),
        Person("8", "B", "", is_active=False),
    )
    assert read_users(reply(body, 500)) is None
    assert read_users(reply({})) is None


def test_what_is_kept_is_what_was_told_and_for_its_owner_alone(tmp_path: Path) -> None:
    fields = read_fields(reply([PHONE, LEAD_TYPE]))
    known = AccountFields("org", 7, fields or (), (Person("7", "Anna", "a@b.c"),), "Acme", "91")
    path = fields_path(tmp_path / "state", "org")
    keep_file(path, known)
    assert load_file(path, "org") == known
    assert load_file(path, "another") is None
    if os.name == "posix":
        assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


KEPT = dump_fields(AccountFields("org", 7, (Field("mx_A", "A", options=("x",), max_length=9),)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"fields": [1], "users": null}',
        "\xff",
        KEPT.replace('"at_ms": 7', '"at_ms": "soon"'),
        KEPT.replace('"at_ms": 7', '"at_ms": null'),
        KEPT.replace('["x"]', "[1, 2]"),
        KEPT.replace('"max_length": 9', '"max_length": "x"'),
        KEPT.replace('"mx_A"', "[]"),
        dump_fields(AccountFields("org", 7, ())),
    ],
)
def test_a_file_that_can_not_be_used_is_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(KEPT, encoding="latin-1")
    assert load_file(path, "org") is not None
    path.write_text(text, encoding="latin-1")
    assert load_file(path, "org") is None
    assert load_file(tmp_path / "none.json", "org") is None
