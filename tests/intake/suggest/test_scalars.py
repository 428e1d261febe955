"""Whatever a header holds, the draft reads back to the same columns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.intake.headers import column_names
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import Header, load_mapping
from importer.intake.suggest.column import Column, Decision
from importer.intake.suggest.draft import Draft, Head, written
from importer.intake.suggest.names import read_name
from importer.intake.suggest.scalars import can_be_written, comment, scalar
from importer.intake.suggest.treatment import Treatment
from importer.intake.suggest.values import of_texts

ODD = [
    "No",
    "null",
    "~",
    "1.0",
    "0123",
    "2026-01-01",
    "a: b",
    "a #b",
    "#",
    "'",
    '"',
    "it's",
    "- a",
    "? a",
    "a\nb",
    "a\tb",
    "{a}",
    "[a]",
    "a, b",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a`",
    "=",
    "<<",
    "a:",
    "नाम",
    "क्\u200dष",
    "\U0001f600",
    "a" * 2000,
    "ä" * 1100,
    "\x00",
    "\x85",
    "\ufeff",
    "\u2028",
    "a\\b",
    "y",
    "true",
    "[multi\nline] # x",
    "\ufffe",
    "1e3",
    ".inf",
    "0x1F",
    "1_000",
    "12:30:45",
    "...",
    "---",
    "a\r\nb",
    "\x7f",
]


def left_out(name: str) -> Decision:
    return Decision(Column(0, name, read_name(name), of_texts([])), "", why=name)


def fed(name: str, field: str) -> Decision:
    column = Column(0, name, read_name(name), of_texts([]))
    return Decision(column, "", field, confidence=1.0, why=name, checks=[name])


def read_back(names: list[str], choices: dict[str, object] | None = None) -> None:
    """Names as columns that are left out, that feed a field, and that are joined."""
    header = ["Email", *names]
    known = [name for name in column_names(header)[1:] if can_be_written(name)]
    decisions = [fed("Email", "EmailAddress"), *map(left_out, known[2:])]
    decisions += [fed(name, "Notes") for name in known[:2]]
    treatments = [Treatment() for _ in decisions]
    if choices:
        treatments[-1].entry["choices"] = choices
    text = written(Draft(decisions, treatments), Head(about="\n".join(names), checks=names))
    mapping = load_mapping(text, name="draft", header=Header("list.csv", header))
    LeadBuilder(mapping, header, file="list.csv")
    assert {column for rule in mapping.rules for column in rule.columns} == {"Email", *known[:2]}
    assert mapping.left_out == tuple(known[2:])


@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_reads_back(name: str) -> None:
    read_back([name])
    read_back(["A", "B", name])


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_names_read_back(names: list[str]) -> None:
    read_back(names)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_is_one_scalar_on_one_line(text: str) -> None:
    import yaml

    line = f"{{a: [{scalar(text)}, b]}}"
    assert yaml.load(line, yaml.BaseLoader) == {"a": [text, "b"]}
    assert "\n" not in scalar(text) + comment(text)


def test_what_is_plain_stays_plain() -> None:
    for text in ("First Name", "E-Mail", "Umsatz in €", "Country/Region", "नाम", "Straße (Nr.)"):
        assert scalar(text) == text
