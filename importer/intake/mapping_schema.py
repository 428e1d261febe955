"""The JSON Schema of a mapping file, for editors: made of the model that checks mappings.

`python -m importer.intake.mapping_schema` prints it; `mappings/mapping.schema.json` holds it.
"""

import json
import sys
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from importer.intake.mapping_file import SCALARS, YES_OR_NO, MappingFile

# Editors with a yaml-language-server before 1.20 know no later draft (its README).
DIALECT = "http://json-schema.org/draft-07/schema#"


class _AsTyped(GenerateJsonSchema):
    """What may be typed, where the model has what it is read as."""

    def str_schema(self, _: core_schema.StringSchema, /) -> JsonSchemaValue:
        return {"type": SCALARS}

    def bool_schema(self, _: core_schema.BoolSchema, /) -> JsonSchemaValue:
        return {"enum": [True, False, *YES_OR_NO]}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        typed = [int(text) for text in schema["expected"] if str(text).isdigit()]
        return {"enum": [*typed, *schema["expected"]]}

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchemaValue:
        """One text is a list of one, and a blank is none."""
        found = super().tuple_schema(schema)
        none: list[JsonSchemaValue] = [] if schema.get("min_length") else [{"type": "null"}]
        return {"anyOf": [found["items"], found, *none]}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A name is a text, whatever an editor's YAML makes of it; a schema name has a form."""
        names = self.generate_inner(schema["keys_schema"])
        found = {"additionalProperties": self.generate_inner(schema["values_schema"])}
        return {
            "type": "object",
            **found,
            **({"propertyNames": names} if "pattern" in names else {}),
        }

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """None is what the model has for a key that is not there: it can't be typed."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        found = super().default_schema(schema)
        return found if found.get("default") else {k: v for k, v in found.items() if k != "default"}

    def field_title_should_be_set(self, _: Any, /) -> bool:
        return False


def mapping_schema() -> dict[str, Any]:
    """The schema, in a draft that every editor knows."""
    schema = MappingFile.model_json_schema(schema_generator=_AsTyped)
    for entry in schema["$defs"].values():
        del entry["title"]  # the class's name
    column = schema["$defs"]["ColumnEntry"]
    columns = schema["properties"]["columns"]
    columns["additionalProperties"] = {
        "anyOf": [column["properties"]["field"], columns["additionalProperties"]]
    }
    return {"$schema": DIALECT, **schema}


def schema_text() -> str:
    return json.dumps(mapping_schema(), indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
