"""Any mapping is sound, or refused with its place; and a sound one makes the same of any row."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from importer.errors import MappingError
from importer.intake.document import read_document
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import Header, Mapping, load_mapping, read_mapping
from importer.intake.mapping_file import UNIQUE, ColumnEntry, FieldEntry, MappingFile
from importer.intake.transforms.registry import TRANSFORMS
from importer.model import Lead, Row
from tests.hostile.texts import HOSTILE, any_text
from tests.intake.test_leads import COLUMNS, KINDS, TYPED, mappings
from tests.journal.stored import FIXED

SAMPLES = sorted((Path(__file__).parents[2] / "mappings").glob("*.yaml"))
FILE_HEADER = Header("list.csv", ["First Name", "Email", "", "Phone", "Phone", "A"])
MODELS = (MappingFile, ColumnEntry, FieldEntry)
KEYS = sorted(
    {field.alias or name for model in MODELS for name, field in model.model_fields.items()}
)
NAMES = ("FirstName", "EmailAddress", "Phone", "mx_A", "mx_K.a", "mx_K", "mx_K.a.b", "A", "Email")
VALUES = (
    "1", "2", "yes", "no", "~", "null", "IN", "in", "UTC", "Asia/Kolkata", "../../etc/passwd", "/",
    "DD/MM/YYYY", "YYYY-MM-DD HH:mm", "MM", "space", ",", ".", "refuse", "keep", "skip", "{0}",
)  # fmt: skip
TEXTS = st.sampled_from([*KEYS, *NAMES, *VALUES, *TRANSFORMS]) | any_text(
    st.characters(), [text for text in HOSTILE if len(text) < 100]
)
SCALARS = TEXTS | st.none() | st.booleans() | st.integers() | st.floats() | st.dates()
WILD = st.recursive(
    SCALARS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(TEXTS, inside, max_size=4),
)
ENTRIES = st.dictionaries(
    TEXTS, TEXTS | st.dictionaries(st.sampled_from(KEYS), WILD | TEXTS, max_size=4), max_size=4
)
LIKELY = st.fixed_dictionaries(
    {"version": st.sampled_from(["1", 1, 1.0, "2"])},
    optional={
        "columns": ENTRIES | WILD,
        "fields": ENTRIES | WILD,
        "constants": st.dictionaries(TEXTS, TEXTS, max_size=2) | WILD,
        "unique": st.lists(TEXTS, max_size=3) | WILD,
        "on_duplicate": TEXTS | WILD,
        "stamp": TEXTS | WILD,
    },
)


def as_yaml(value: object) -> str:
    return yaml.dump(value, allow_unicode=True, sort_keys=False)


def as_json(value: object) -> str:
    """JSON, which is YAML too; lone surrogates as escapes."""
    return json.dumps(value, default=str)


def mapping_or_refusal(text: str, header: Header | None = None) -> Mapping | None:
    """The sound mapping, or none where it is refused with what, where and how to mend it."""
    try:
        found = load_mapping(text, name="m.yaml", header=header)
    except MappingError as error:
        assert_told(error, len(text.splitlines()) + 1)
        return None
    assert found == load_mapping(text, name="m.yaml")
    assert {*found.unique} <= {*found.order, found.stamp, *UNIQUE}
    assert len({*found.order}) == len(found.order)
    return found


def assert_told(error: MappingError, last_line: int) -> None:
    assert error.what
    assert error.where
    assert error.where.startswith("m.yaml")
    assert error.fix
    lines = [line.partition(":")[0] for line in error.lines[1:]] or [error.where]
    assert all(1 <= int(line.rpartition(" ")[2]) <= last_line for line in lines)


@settings(FIXED, max_examples=250)
@given(value=LIKELY | WILD, write=st.sampled_from([as_yaml, as_json]), header=st.booleans())
@example(value={"\ud800": "FirstName"}, write=as_json, header=False)
@example(value={"columns": {"A": {"grouping": "\ud83d\ude00"}}}, write=as_json, header=True)
def test_any_value_is_a_mapping_or_refused(
    value: object, write: Callable[[object], str], header: bool
) -> None:
    mapping_or_refusal(write(value), FILE_HEADER if header else None)


@settings(FIXED, max_examples=100)
@given(
    data=st.data(),
    sample=st.sampled_from(SAMPLES),
    wild=WILD,
    what=st.sampled_from(["put", "drop", "add"]),
)
def test_a_sample_with_a_part_changed_is_a_mapping_or_refused(
    data: st.DataObject, sample: Path, wild: object, what: str
) -> None:
    value: Any = read_document(sample.read_text()).value
    place: Any = value
    while True:
        key = data.draw(st.sampled_from([*place] if isinstance(place, dict) else range(len(place))))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        place = inner
    if what == "drop":
        del place[key]
    elif what == "add" and isinstance(place, dict):
        place[data.draw(TEXTS)] = wild
    else:
        place[key] = wild
    mapping_or_refusal(as_json(value))


@settings(FIXED, max_examples=200)
@given(
    sample=st.sampled_from(SAMPLES),
    start=st.integers(0, 2000),
    length=st.integers(0, 12),
    put=st.text(
        st.sampled_from([*":-,?!&*|>%@#'\"\\[]{}<~ \n\t\rab1", "\ud800", "\u2028", "\x00"]),
        max_size=4,
    ),
)
def test_a_sample_with_some_signs_changed_is_a_mapping_or_refused(
    sample: Path, start: int, length: int, put: str
) -> None:
    text = sample.read_text()
    assume(start < len(text))
    mapping_or_refusal(text[:start] + put + text[start + length :])


@settings(FIXED, max_examples=200)
@given(content=st.binary(max_size=40) | st.text().map(lambda text: text.encode("utf-16")))
def test_any_bytes_are_a_mapping_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.yaml"
    path.write_bytes(content)
    with pytest.raises(MappingError) as caught:
        read_mapping(path)
    assert str(caught.value.where).startswith(str(path))
    assert caught.value.fix


# Rows

CELLS = st.sampled_from(TYPED) | any_text(st.characters())


@settings(FIXED, max_examples=200)
@given(text=mappings(), cells=st.lists(CELLS, max_size=6), kinds=KINDS)
def test_a_sound_mapping_makes_the_same_of_any_row(text: str, cells: list[str], kinds: str) -> None:
    assert_same_made(text, COLUMNS, cells, kinds)


@settings(FIXED, max_examples=120)
@given(
    data=st.data(),
    sample=st.sampled_from(SAMPLES),
    kinds=st.text("tttndbef", max_size=20),
    short=st.integers(-1, 5),
)
def test_a_sample_makes_the_same_of_any_row(
    data: st.DataObject, sample: Path, kinds: str, short: int
) -> None:
    text = sample.read_text()
    mapping = load_mapping(text, name="m.yaml")
    columns = tuple(dict.fromkeys(column for rule in mapping.rules for column in rule.columns))
    width = len(columns) + (1 if short < 0 else 0 if short else -1)
    cells = data.draw(st.lists(CELLS, min_size=width, max_size=width))
    assert_same_made(text, columns, cells, kinds)


def assert_same_made(text: str, columns: tuple[str, ...], cells: list[str], kinds: str) -> None:
    """A lead or problems, the same each time; a lead says what a person is told of it."""
    mapping = load_mapping(text, name="m.yaml")
    builder = LeadBuilder(mapping, columns, file="list.csv")
    made = builder.build(Row(2, cells, kinds))
    again = LeadBuilder(load_mapping(text, name="m.yaml"), columns, file="other.csv")
    assert again.build(Row(7, tuple(cells), kinds)) == made
    if isinstance(made, Lead):
        assert [*made.values] == [field for field in mapping.order if field in made.values]
        assert {*made.keys} <= {*made.values} & {*mapping.unique}
        assert all(value.strip() for value in made.values.values())
        assert json.loads(made.text, object_pairs_hook=list) == [*made.values.items()]
    else:
        assert made
        assert all(problem.code and problem.why.isprintable() for problem in made)
        assert all(len(problem.why) < 2_000 for problem in made)
