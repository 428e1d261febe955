import pytest

from importer.intake.suggest.lexicon import Tag
from importer.intake.suggest.names import How, languages_of, read_name
from importer.intake.suggest.plain import plain


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("EmailAddress", "email address"),
        ("E-Mail", "email"),
        ("Straße / Nr.", "strasse nr"),
        ("Prénom", "prenom"),
        ("address_line_1", "address line 1"),
        ("Address1", "address 1"),
        ("Phone #", "phone number"),
        ("जन्म तिथि", "जन्म तिथि"),
        ("फ़ोन", "फोन"),
        ("  A \n B ", "a b"),
        ("", ""),
    ],
)
def test_a_name_becomes_plain_words(name: str, words: str) -> None:
    assert plain(name) == words


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("Name First", "first_name"),
        ("What is your job title?", "job_title"),
        ("Attendee E-mail (required)", "email"),
        ("Vorname / First name", "first_name"),
        ("Compnay", "company"),
        ("Last Nmae", "last_name"),
        ("Geschaeftsfuehrung", ""),
        ("Annual Revenue 2025 (USD)", "revenue"),
        ("Do not allow phone calls", "do_not_call"),
        ("Keine Werbung per E-Mail", "do_not_email"),
        ("No. of calls", "account_data"),
        ("Telefonische Werbung unerwünscht", "do_not_call"),
        ("Ne souhaite pas recevoir d'offres", "do_not_email"),
        ("No desea recibir llamadas", "do_not_call"),
        ("Keine Werbung per Post", "consent"),
        ("Calle y número", "street1"),
        ("N° et rue", "street1"),
        ("Mobile No. 1", "mobile"),
        ("City / Town / Area", "city"),
        ("Sampark Soochna", "contact"),
        ("Janam Tareekh", "dob"),
        ("Mobail Nambar", "mobile"),
        ("Purchasing", ""),
        ("व्यक्ति का नाम", "full_name"),
    ],
)
def test_a_name_is_read_in_its_words(name: str, meaning: str) -> None:
    assert read_name(name).meaning == meaning


def test_words_tell_whose_it_is() -> None:
    assert read_name("Company Phone").tags == {Tag.COMPANY}
    assert read_name("Person - Email - Work").tags == {Tag.WORK}
    assert read_name("Manager E-mail").tags == {Tag.FOREIGN}
    assert read_name("Event City").tags == {Tag.THING}
    assert read_name("Umsatz in TEUR").tags == {Tag.SCALED}


def test_a_word_of_two_languages_goes_by_the_others() -> None:
    portuguese = languages_of(["Telemóvel", "Morada", "Aniversário"])
    spanish = languages_of(["Apellidos", "Correo electrónico", "Aniversario"])
    assert read_name("Aniversário", portuguese).meaning == "dob"
    assert read_name("Aniversario", spanish).meaning == "anniversary"


def test_a_column_without_a_name_says_nothing() -> None:
    for name in ("", "Column1", "Field 3", "Spalte2", "7"):
        assert read_name(name).how is How.UNNAMED
    assert read_name("C", named=False).how is How.UNNAMED
