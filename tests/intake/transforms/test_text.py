import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.transforms.text import BLANKS, lower, title, trim, upper


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (" \tAnna Maria\u00a0\n", "Anna Maria"),
        ("\ufeffAnna\u200b", "Anna"),
        ("\u200b \u2060", ""),
        ("   ", ""),
        ("a\u200bb", "a\u200bb"),
        ("അവന്\u200d", "അവന്\u200d"),  # the joiner at its end is a part of the word
    ],
)
def test_trim_takes_what_is_invisible_from_the_ends(cell: str, value: str) -> None:
    assert trim(cell) == value


def test_trim_takes_all_that_python_calls_white_space() -> None:
    assert {char for char in map(chr, range(0x11_0000)) if char.isspace()} <= set(BLANKS)


@pytest.mark.parametrize(
    ("cell", "small", "capital"),
    [
        (" Anna@EXAMPLE.com", " anna@example.com", " ANNA@EXAMPLE.COM"),
        ("äöü", "äöü", "ÄÖÜ"),
        ("Straße", "straße", "STRASSE"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς", "ΟΔΥΣΣΕΥΣ"),
        ("नमस्ते", "नमस्ते", "नमस्ते"),
    ],
)
def test_lower_and_upper_know_every_script(cell: str, small: str, capital: str) -> None:
    assert (lower(cell), upper(cell)) == (small, capital)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("anna", "Anna"),
        ("ANNA MARIA", "Anna Maria"),
        ("aNNA", "Anna"),
        ("o'neil de la cruz", "O'Neil De La Cruz"),
        ("O'NEIL", "O'Neil"),
        ("d’angelo", "D’Angelo"),
        ("ANNA'S", "Anna's"),
        ("i'm", "I'm"),
        ("sana'a", "Sana'a"),
        ("В'ЯЧЕСЛАВ", "В'ячеслав"),
        ("jean-luc", "Jean-Luc"),
        ("McDonald", "McDonald"),
        ("mcDonald", "McDonald"),
        ("MCDONALD", "Mcdonald"),
        ("DeShawn o'Brien", "DeShawn O'Brien"),
        ("221B baker street", "221B Baker Street"),
        ("3rd", "3rd"),
        ("PO box", "Po Box"),
        ("rene\u0301e", "Rene\u0301e"),
        ("istanbul İZMİR", "Istanbul I\u0307zmi\u0307r"),
        ("ΟΔΥΣΣΕΥΣ", "Οδυσσευς"),
        ("smith/jones (uk)", "Smith/Jones (Uk)"),
        ("  two  blanks ", "  Two  Blanks "),
        ("श्री राम", "श्री राम"),
        ("", ""),
    ],
)
def test_title_gives_each_word_a_capital(cell: str, value: str) -> None:
    assert title(cell) == value


@given(st.text(st.sampled_from(string.ascii_letters + " '’-.éÉßŉıİΣσς\u0301ǆ1_")))
def test_title_done_twice_is_done_once(cell: str) -> None:
    assert title(title(cell)) == title(cell)


@given(st.text(st.sampled_from(string.ascii_letters + " '-.1")))
def test_title_changes_capitals_only(cell: str) -> None:
    assert title(cell).lower() == cell.lower()
