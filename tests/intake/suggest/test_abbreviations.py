import pytest

from importer.intake.suggest.abbreviations import expanded, is_short_for
from importer.intake.suggest.names import languages_of

LANGUAGES = {
    "de": languages_of(["Vorname", "Nachname", "Straße"]),
    "fr": languages_of(["Prénom", "Ville", "Pays"]),
    "es": languages_of(["Apellido", "Ciudad", "Teléfono"]),
    "en": languages_of(["First Name", "City"]),
}


@pytest.mark.parametrize(
    ("language", "name", "first"),
    [
        ("de", "Vorn.", "first_name"),
        ("de", "Bemerk.", "notes"),
        ("de", "Geb.dat.", "dob"),
        ("de", "Ansprechp.", "full_name"),
        ("fr", "Prén.", "first_name"),
        ("fr", "Tél. port.", "mobile"),
        ("fr", "Fct.", "job_title"),
        ("es", "Apell.", "last_name"),
        ("es", "Ciud.", "city"),
        ("en", "Cmnts", "notes"),
        ("en", "Frst Nm", "first_name"),
        ("en", "Desgn", "job_title"),
    ],
)
def test_a_shortened_name_has_its_meaning_first(language: str, name: str, first: str) -> None:
    assert expanded(name, LANGUAGES[language])[:1] == (first,)


@pytest.mark.parametrize("name", ["BHK", "No. of calls", "Strg.-Einheit von Halle Süd", "X", ""])
def test_what_is_short_for_nothing_has_no_meaning(name: str) -> None:
    assert expanded(name, LANGUAGES["en"]) == ()


@pytest.mark.parametrize(
    ("short", "word", "stopped", "is_it"),
    [
        ("nach", "nachname", False, True),
        ("na", "nachname", False, False),
        ("na", "nachname", True, True),
        ("bemerkg", "bemerkung", True, True),
        ("cmts", "comments", False, True),
        ("cast", "comments", False, False),
        ("name", "name", True, False),
        ("me", "name", True, False),
    ],
)
def test_a_word_is_short_for_another(short: str, word: str, stopped: bool, is_it: bool) -> None:
    assert is_short_for(short, word, stopped=stopped) == is_it
