import pytest

from importer.intake.suggest.topics import (
    is_source,
    is_weak,
    likeness,
    topics_of_name,
    topics_of_value,
)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Gewünschtes Produkt", "Product of Interest"),
        ("Wie viele Mitarbeiter haben Sie?", "Company Size"),
        ("¿Qué curso te interesa?", "Course of Interest"),
        ("Quel est votre budget ?", "Budget"),
        ("Korrespondenzsprache", "Language"),
        ("Pita ji ka naam", "Father's Name"),
        ("किस भाषा में बात करें?", "Preferred Language"),
        ("10th %", "Class X Percentage"),
        ("Grau de escolaridade", "Qualification"),
    ],
)
def test_a_header_is_about_the_same_as_a_field_in_other_words(header: str, field: str) -> None:
    assert likeness(topics_of_name(header), topics_of_name(field)) >= 0.6


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Company Type", "Company Size"),
        ("Father Occupation", "Father Name"),
        ("Mother's Name", "Father's Name"),
        ("10th %", "Class XII Percentage"),
        ("Farbe", "Product of Interest"),
    ],
)
def test_a_header_that_shares_a_weak_word_is_about_something_else(header: str, field: str) -> None:
    assert likeness(topics_of_name(header), topics_of_name(field)) < 0.6


def test_words_that_say_little_are_weak() -> None:
    assert is_weak(topics_of_name("Customer Type"))
    assert not is_weak(topics_of_name("Customer Budget"))


def test_sources_are_told_in_any_language() -> None:
    sources = ["Fachmesse", "par un ami", "Boca a boca", "ORGANIC_SEARCH", "मेला", "walk-in"]
    others = ["sys-a", "Rot", "Whatsapp", "Premium"]
    assert [*map(is_source, sources)] == [True] * len(sources)
    assert [*map(is_source, others)] == [False] * len(others)


def test_who_only_looks_is_not_in_a_hurry() -> None:
    assert "now" not in topics_of_value("abhi sirf jaankari")
