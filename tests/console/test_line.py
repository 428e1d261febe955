"""What a terminal would obey is shown by its escape."""

import pytest

from importer.console.line import MOST_SHOWN, one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\x9b2J", r"\x9b2J"),  # the same in one sign of C1
        ("a\x07\x08\x7fb", r"a\x07\x08\x7fb"),
        ("first\n  fix: pay", r"first\n  fix: pay"),
        ("first\rother", r"first\rother"),
        ("a\u2028b\u2029c\x85d", r"a\u2028b\u2029c\x85d"),
        ("list\u202evsc.exe", r"list\u202evsc.exe"),
        ("\u2066a\u2069\u200f\u200e\u061c", r"\u2066a\u2069\u200f\u200e\u061c"),
        ("\ud800", r"\ud800"),
        ("\ufeff\u200b\xad", r"\ufeff\u200b\xad"),
        ("\U000e0041", r"\U000e0041"),  # a tag, which no font shows
    ],
)
def test_what_moves_a_cursor_or_turns_the_writing_is_escaped(text: str, shown: str) -> None:
    assert one_line(text) == shown


@pytest.mark.parametrize(
    "text",
    ["", "Ana Núñez", "क्‍षेत्र", "می‌خواهم", "👩‍👩‍👧", "山田　太郎", "שלום", r"a\nb", "Zoë \u0308"],
)
def test_what_people_write_is_left_as_it_is(text: str) -> None:
    assert one_line(text) == text


def test_a_long_text_is_cut_and_says_how_much_there_is_more() -> None:
    assert one_line("x" * MOST_SHOWN) == "x" * MOST_SHOWN
    assert one_line("x" * 1_000_000) == "x" * MOST_SHOWN + "… and 990,000 characters more"
