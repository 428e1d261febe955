import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from importer.errors import MappingError
from importer.intake.mapping import load_mapping
from importer.intake.mapping_file import ColumnEntry, FieldEntry, MappingFile, SplitName
from importer.intake.mapping_schema import mapping_schema, schema_text
from tests.intake.test_mapping import EXAMPLE, READY

PUBLISHED = READY / "mapping.schema.json"
VALIDATOR = Draft7Validator(mapping_schema())
START = "version: 1\ncolumns:\n  A: Phone\n"


def as_an_editor_has_it(text: str) -> Any:
    """Read as plain YAML: `No` and 0123 are no texts, but every name is one, as in JSON."""
    return json.loads(json.dumps(yaml.safe_load(text)))


def test_the_published_schema_is_the_model_s() -> None:
    text = PUBLISHED.read_text(encoding="utf-8")

    assert text == schema_text(), f"python -m importer.intake.mapping_schema > {PUBLISHED.name}"


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(mapping_schema())


@pytest.mark.parametrize("path", sorted(READY.glob("*.yaml")), ids=lambda path: path.name)
def test_the_ready_mappings_are_in_the_schema(path: Path) -> None:
    VALIDATOR.validate(as_an_editor_has_it(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE,
        START,
        "version: '1'\ncolumns: {A: }\nfields: {Phone: {from: [1, true, 1.5]}}\n",
        START + "  B: {field: , required: yes}\n  C: {field: mx_C, required: 'no'}\n",
        START + "  B: {field: mx_B, transform: }\nunique:\n",
        START + "  B: {field: mx_B, choices: {No: 0, 1: 0123, x: , 1e5: true}}\n",
        START + "  B: {field: mx_B, transform: boolean, true: [yes, 1], false: no}\n",
        START + "  B: {field: mx_B, transform: phone, region: NO}\n",
        START + "fields: {mx_B: {from: A, join: , default: 0}}\nconstants: {Source: 2026}\n",
        START + "  B: {field: mx_B, as_is: yes, transform: number, percent: share}\n",
        START + "unique: Phone\non_duplicate: skip\n",
        START + "unique: [Phone, mx_Key]\nstamp: mx_Key\n",
        START + "list: Trade Show 2026\n",
        START + "list: 2026\n",
        START + "skip_if: {B: No, C: [0123, '', true], D: , A: [x]}\n",
        START + "split_name: {from: 1, first: mx_F, last: mx_L}\n",
        "version: 1\nsplit_name: {from: A, first: FirstName, last: LastName, title: mx_S, "
        "required: yes, as_is: no, transform: [trim, title]}\n",
    ],
)
def test_what_the_importer_takes_is_in_the_schema(text: str) -> None:
    load_mapping(text, name="m.yaml")
    VALIDATOR.validate(as_an_editor_has_it(text))


@pytest.mark.parametrize(
    "text",
    [
        "columns:\n  A: Phone\n",
        "version: 2\ncolumns:\n  A: Phone\n",
        "version: 1\ncolumns:\n",
        "version: 1\ncolumns: [A]\n",
        START + "column:\n  B: mx_B\n",
        START + "on_duplicate: update\n",
        START + "unique: {Phone: 1}\n",
        START + "stamp: Notes\n",
        START + "stamp: mx_KYC.mx_Key\n",
        START + "stamp: [mx_Key]\n",
        START + "list: ' '\n",
        START + "list: [One, Other]\n",
        START + "unique: [Job Title]\n",
        START + "  B: Job Title\n",
        START + "  B: [mx_B]\n",
        START + "  B: {required: yes}\n",
        START + "  B: {field: mx_B, requires: yes}\n",
        START + "  B: {field: mx_B, as_is: maybe}\n",
        START + "  B: {field: mx_B, transform: number, percent: half}\n",
        START + "  B: {field: mx_B, required: maybe}\n",
        START + "  B: {field: mx_B, from: C}\n",
        START + "  B: {field: mx_B, transform: Lower}\n",
        START + "  B: {field: mx_B, transform: [trim, capitals]}\n",
        START + "  B: {field: mx_B, transform: phone, region: [IN]}\n",
        START + "  B: {field: mx_B, choices: [a, b]}\n",
        START + "  B: {field: mx_B, choices: {a: [b]}}\n",
        START + "  B: {field: mx_B, choices: {a: b}, on_unknown: drop}\n",
        START + "fields: {mx_B: A}\n",
        START + "fields: {mx_B: {join: x}}\n",
        START + "fields: {mx_B: {from: }}\n",
        START + "fields: {mx_B: {from: []}}\n",
        START + "fields: {mx_B: {from: ' '}}\n",
        START + "fields: {mx_B: {from: B, field: mx_B}}\n",
        START + "fields: {mx_B: {from: B, default: }}\n",
        START + "fields: {Job Title: {from: B}}\n",
        START + "skip_if: B\n",
        START + "skip_if: [B]\n",
        START + "skip_if: {B: []}\n",
        START + "skip_if: {B: {x: y}}\n",
        START + "skip_if: {B: [[x]]}\n",
        START + "split_name: B\n",
        START + "split_name: {from: B, first: mx_F}\n",
        START + "split_name: {from: , first: mx_F, last: mx_L}\n",
        START + "split_name: {from: [B, C], first: mx_F, last: mx_L}\n",
        START + "split_name: {from: B, first: mx_F, last: mx_L, middle: mx_M}\n",
        START + "split_name: {from: B, first: First Name, last: mx_L}\n",
        START + "split_name: {from: B, first: mx_F, last: mx_L, transform: phone}\n",
        START + "constants: {Source: }\n",
        START + "constants: {My Source: x}\n",
    ],
)
def test_what_is_wrong_in_form_is_not_in_the_schema(text: str) -> None:
    with pytest.raises(MappingError):
        load_mapping(text, name="m.yaml")
    assert not VALIDATOR.is_valid(as_an_editor_has_it(text))


@pytest.mark.parametrize(
    ("model", "schema"),
    [
        (MappingFile, mapping_schema()),
        (ColumnEntry, mapping_schema()["$defs"]["ColumnEntry"]),
        (FieldEntry, mapping_schema()["$defs"]["FieldEntry"]),
        (SplitName, mapping_schema()["$defs"]["SplitName"]),
    ],
)
def test_an_editor_has_a_sentence_to_show_for_every_key(model: Any, schema: dict[str, Any]) -> None:
    names = [field.alias or name for name, field in model.model_fields.items()]
    said = {name: entry.get("description", "") for name, entry in schema["properties"].items()}

    assert list(said) == names
    assert schema["description"]
    assert all(text.endswith((".", "IN")) for text in said.values()), said


def test_the_short_form_of_a_column_has_the_sentence_of_its_field() -> None:
    short, long = mapping_schema()["properties"]["columns"]["additionalProperties"]["anyOf"]

    assert short["description"].startswith("The field's schema name")
    assert long == {"$ref": "#/$defs/ColumnEntry"}
