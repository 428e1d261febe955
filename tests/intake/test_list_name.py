import pytest

from importer.intake.list_name import MOST, is_list_name, list_name


@pytest.mark.parametrize("name", ["A", " Trade Show 2026 ", "मुंबई", "<b>", "x" * MOST])
def test_a_line_of_some_text_can_be_a_name(name: str) -> None:
    assert is_list_name(name)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\tb", "a\0b", "x" * (MOST + 1)])
def test_no_text_or_too_much_can_be_none(name: str) -> None:
    assert not is_list_name(name)


def test_letters_with_accents_are_one_list_however_they_were_typed() -> None:
    assert list_name(" Cafe\u0301 ") == list_name("Caf\u00e9") == "Caf\u00e9"
