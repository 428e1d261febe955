import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.transforms import TRANSFORMS


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("trim", " \tAnna Maria\u00a0\n", "Anna Maria"),
        ("trim", "   ", ""),
        ("lower", " Anna@EXAMPLE.com", " anna@example.com"),
        ("lower", "ÄÖÜ", "äöü"),
    ],
)
def test_a_transform_gives_what_its_name_says(name: str, cell: str, value: str) -> None:
    assert TRANSFORMS[name](cell) == value


@pytest.mark.parametrize("name", TRANSFORMS)
@given(cell=st.text())
def test_a_transform_done_twice_is_done_once(name: str, cell: str) -> None:
    once = TRANSFORMS[name](cell)

    assert TRANSFORMS[name](once) == once


@pytest.mark.parametrize("name", TRANSFORMS)
def test_a_blank_cell_stays_blank(name: str) -> None:
    assert TRANSFORMS[name](" \t").strip() == ""
