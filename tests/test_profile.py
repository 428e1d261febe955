"""A profile as a text, and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.profile import VERSION, ColumnProfile, FileProfile, Kind, dump, load

COLUMNS = st.builds(ColumnProfile, st.text(), st.floats(0, 1), st.sampled_from(["", *Kind]))
PROFILES = st.builds(FileProfile, st.lists(COLUMNS).map(tuple), st.integers(0, 10**12))


@given(PROFILES)
def test_what_is_dumped_is_loaded_as_it_was(profile: FileProfile) -> None:
    assert load(dump(profile)) == profile


def as_json(**changed: object) -> str:
    return json.dumps({"version": VERSION, "rows": 5, "columns": [["Email", 0.5, ""]], **changed})


def test_the_text_is_json() -> None:
    profile = FileProfile((ColumnProfile("Email", 0.5),), 5)
    assert dump(profile) == as_json()
    assert load(as_json()) == profile


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "null",
        "[]",
        '"text"',
        "{}",
        "[" * 100_000,
        as_json(version=VERSION + 1),
        as_json(rows=-1),
        as_json(rows=True),
        as_json(rows=0.5),
        as_json(rows="5"),
        as_json(rows=None),
        as_json(columns=None),
        as_json(columns=["abc"]),
        as_json(columns=[["Email"]]),
        as_json(columns=[["Email", 0.5, "", ""]]),
        as_json(columns=[[None, 0.5, ""]]),
        as_json(columns=[["Email", "0.5", ""]]),
        as_json(columns=[["Email", True, ""]]),
        as_json(columns=[["Email", 1.5, ""]]),
        as_json(columns=[["Email", float("nan"), ""]]),
        as_json(columns=[["Email", 0.5, None]]),
    ],
)
def test_what_was_not_dumped_is_none(text: str) -> None:
    assert load(text) is None
