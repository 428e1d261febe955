import pytest

from importer.intake.document import Value, read_document
from importer.intake.mapping_file import (
    SCHEMA_NAME,
    ColumnEntry,
    FieldEntry,
    MappingFile,
    fed_fields,
    named_columns,
)
from importer.intake.transforms.options import Options
from importer.intake.transforms.registry import TRANSFORMS

UNSOUND = """\
columns:
  A: Phone
  B:
  C: {field: not a name, required: yes}
  D: {required: yes, optional: yes}
  E: {field: }
  F: [x]
  G: {field: mx_G, optional: maybe}
fields:
  mx_H: {from: [A, '', ' B ', [x]], optional: Yes}
  mx_I: {from: A}
  mx_J: A
  mx_K:
  mx_L: {from: {a: b}}
constants:
  mx_M:
column:
  N: LastName
"""


def test_the_fields_that_are_fed_are_found_in_a_mapping_that_is_not_sound() -> None:
    fields = [(place, field) for place, field in fed_fields(read_document(UNSOUND).value)]

    assert fields == [
        (("columns", "A"), "Phone"),
        (("columns", "C"), "not a name"),
        (("columns", "G"), "mx_G"),
        *((("fields", f"mx_{name}"), f"mx_{name}") for name in "HIJKL"),
        (("constants", "mx_M"), "mx_M"),
    ]


def test_the_columns_that_are_used_are_found_in_a_mapping_that_is_not_sound() -> None:
    assert list(named_columns(read_document(UNSOUND).value)) == [
        (("columns", "A"), "A", False),
        (("columns", "C"), "C", False),
        (("columns", "D"), "D", True),
        (("columns", "G"), "G", False),
        (("fields", "mx_H", "from", 0), "A", True),
        (("fields", "mx_H", "from", 2), "B", True),
        (("fields", "mx_I", "from", 0), "A", False),
    ]


@pytest.mark.parametrize("value", [None, "", "x", ["columns"], {"columns": "x", "fields": ["y"]}])
def test_what_is_no_mapping_feeds_nothing_and_names_no_column(value: Value | None) -> None:
    assert list(fed_fields(value)) == []
    assert list(named_columns(value)) == []


@pytest.mark.parametrize("name", ["Phone", "mx_Custom_1", "mx_KYC.Status", "A", "a.b"])
def test_a_schema_name_is_letters_digits_and_underlines_and_a_child_s(name: str) -> None:
    assert SCHEMA_NAME.fullmatch(name)


@pytest.mark.parametrize("name", ["", "1st", "_a", "First Name", "a.b.c", "a.", ".a", "é", "a\n"])
def test_other_texts_are_no_schema_names(name: str) -> None:
    assert not SCHEMA_NAME.fullmatch(name)


def test_a_transform_has_the_options_that_stand_beside_it_and_their_defaults() -> None:
    entry = ColumnEntry.model_validate(
        {"field": "mx_A", "transform": "datetime", "formats": "", "timezone": "Asia/Kolkata"}
    )

    assert entry.written == {"formats", "timezone"}
    assert entry.options == Options(timezone="Asia/Kolkata")
    assert FieldEntry.model_validate({"from": "A"}).options == Options()


def test_every_option_of_a_transform_is_a_key() -> None:
    options = {key for keys in TRANSFORMS.values() for key in keys}

    assert options <= ColumnEntry.model_fields.keys()
    assert options <= FieldEntry.model_fields.keys()


def test_what_is_left_out_has_its_default() -> None:
    file = MappingFile.model_validate(
        {"version": "1", "columns": {"A": "Phone"}, "fields": {"mx_B": {"from": " A "}}}
    )

    entry, made = file.columns["A"], file.fields["mx_B"]
    assert (entry.field, entry.required, entry.optional, entry.transform) == (
        "Phone",
        False,
        False,
        (),
    )
    assert (entry.choices, entry.on_unknown) == ({}, None)
    assert (made.from_, made.join, made.default) == (("A",), " ", None)
    assert (file.constants, file.unique) == ({}, ("EmailAddress", "Phone"))
    assert file.on_duplicate == "reject"
