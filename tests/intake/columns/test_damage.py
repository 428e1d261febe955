import pytest

from importer.intake.columns.damage import (
    DAMAGES,
    REASONS,
    is_damaged,
    is_mojibake,
    is_rounded,
    refusal,
    repaired,
    shape_of,
)

ORDINARY = (
    "", " ", "Ann", "AJ", "X", "O'Neil", "N/A", "-", "…", "Total", "Sum", "Note",
    "12E5", "3E4", "1E10", "E+11", "A+", "1e+x", "C++", "9.5E-05", "1.5e3", "12E+05", "BE+42",
    "4026531840000017", "4026531840000900", "1234567890123456789", "DE89370400440532013000",
    "123456789012345", "100000000000000", "1,000,000,000,000,000",
    "+1 (555) 010-0000", "+49 30 1234567", "098450 12345", "0044 20 7946 0000",
    "00501", "SW1A 1AA", "K1A 0B1", "1010", "560001", "100-0001", "12345-6789",
    "AT&T", "Procter & Gamble", "R&D; Sales", "Smith &Sons; more", "A&B;C", "?a=1&copy=2", "&",
    "Müller", "Weiß", "Größe", "ÄÖÜ", "François", "CAFÉ", "Nïño", "São Paulo", "SÃO PAULO",
    "Ângela", "Îlot", "Šárka", "DVOŘÁK", "Łódź", "İzmir", "Ærø", "L’Été", "«NOËL»",
    "LYCÉE “VICTOR”", "RENÉ’S", "JOSÉ—MARIA", "L'ÉTÉ–2020", "À “x”", "Café®", "10€", "£500",
    "25 °C", "½", "Nº 5", "आरव शर्मा", "न\u200d्क", "さくら　田中", "株式会社", "نادية حداد",
    "علی\u200cرضا",
    "👨‍👩‍👧 Family", "👍🏽", "❤\ufe0f", "Ann\ufe0f", "line one\nline two", "a\tb", "a\r\nb",
    "Ольга", "Ελένη", "1-Feb-26", "3 May 2026", "Feb 2026", "May", "March 7", "11-50", "A-12",
)  # fmt: skip


def codes(text: str) -> set[str]:
    """What is found in a text, alone and among others; both have to be the same."""
    alone = {
        code
        for code, damage in DAMAGES.items()
        if damage.maybe(text, shape_of(text)) and damage.has(text)
    }
    joined = f"Ann\n{text}\nBob"
    among = {
        code
        for code, damage in DAMAGES.items()
        if damage.maybe(joined, shape_of(joined)) and damage.has(text)
    }
    assert alone == among == {code for code, damage in DAMAGES.items() if damage.has(text)}
    return alone


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_has_no_damage(text: str) -> None:
    assert codes(text) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9.19877E+11", "scientific_notation"),
        ("9,19877E+11", "scientific_notation"),
        ("9.19877e+11", "scientific_notation"),
        (" 9.2E+11 ", "scientific_notation"),
        ("1E+12", "scientific_notation"),
        ("-1.5E+100", "scientific_notation"),
        ("M\ufffdller", "lost_character"),
        ("\ufffd\ufffd\ufffd", "lost_character"),
        ("MÃ¼ller", "mojibake"),
        ("MÃƒÂ¼ller", "mojibake"),
        ("FranÃ§ois", "mojibake"),
        ("Itâ€™s", "mojibake"),
        ("Ã©", "mojibake"),
        ("Â£500", "mojibake"),
        ("ÐžÐ»ÑŒÐ³Ð°", "mojibake"),
        ("Smith &amp; Sons", "entities"),
        ("O&#39;Neil", "entities"),
        ("O&#x27;Neil", "entities"),
        ("M&uuml;ller", "entities"),
        ("a &lt; b", "entities"),
        ("Ann\u200b", "invisible"),
        ("\ufeffAnn", "invisible"),
        ("Ann\xa0Lee", "invisible"),
        ("Ann\x07", "invisible"),
        ("soft\xadhyphen", "invisible"),
        ("\u202aAnn\u202c", "invisible"),
        ("1\u202f234", "invisible"),
    ],
)
def test_damage_is_found_in_a_text(text: str, code: str) -> None:
    assert codes(text) == {code}


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("1234567890123450", True),
        (" 1234567890123450 ", True),
        ("-1234567890123450", True),
        ("12345678901234500000", True),
        ("1234567890123456", False),
        ("12345678901234501", False),
        ("123456789012300", False),
        ("1234567890123450.0", False),
        ("1234 5678 9012 3450", False),
        ("A1234567890123450", False),
        ("", False),
    ],
)
def test_a_number_is_rounded_where_zeros_stand_behind_the_fifteenth_digit(
    text: str, is_so: bool
) -> None:
    assert is_rounded(text) is is_so


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("MÃ¼ller", "Müller"),
        ("MÃƒÂ¼ller", "Müller"),
        ("Smith &amp; Sons", "Smith & Sons"),
        ("Ann\xa0Lee\u200b", "Ann Lee"),
        ("“Müller”", "“Müller”"),
    ],
)
def test_what_can_be_repaired_is_offered(text: str, mended: str) -> None:
    assert repaired(text) == mended


def test_letters_that_could_be_of_two_encodings_are_left_alone() -> None:
    assert not is_mojibake("Müller & Söhne")


@pytest.mark.parametrize(
    ("code", "cell", "kind", "is_so"),
    [
        ("scientific_notation", "9.2E+11", "", True),
        ("scientific_notation", "912345678901", "", False),
        ("rounded_digits", "1234567890123450", "n", True),
        ("rounded_digits", "1234567890123451", "n", False),
        ("lost_character", "M\ufffdller", "", True),
        ("lost_character", "Müller", "", False),
        ("ambiguous_date", "2026-03-04", "d", True),
        ("ambiguous_date", "31/12/2026", "t", False),
        ("ambiguous_date", "31/12/2026", "", False),
    ],
)
def test_a_cell_is_refused_by_the_codes_of_its_column_alone(
    code: str, cell: str, kind: str, is_so: bool
) -> None:
    assert is_damaged((code,), cell, kind) is is_so
    assert (refusal((code,), "Id", cell, kind) is not None) is is_so
    assert not is_damaged((), cell, kind)


@pytest.mark.parametrize("code", REASONS)
def test_each_reason_says_what_to_ask_the_sender_for_and_how_to_keep_it(code: str) -> None:
    cells = {
        "scientific_notation": " 9.2E+11 ",
        "rounded_digits": "1234567890123450",
        "lost_character": "M\ufffdller",
        "ambiguous_date": "2026-03-04",
        "ambiguous_number": "1.234",
    }
    problem = refusal((code,), "Id", cells[code], "n" if code == "ambiguous_number" else "d")
    assert problem is not None
    assert (problem.code, problem.column, problem.value) == (code, "Id", cells[code])
    assert problem.why.startswith(f'"Id" is "{cells[code].strip()}": ')
    assert "sk the sender for the list" in problem.why
    assert "as_is: yes" in problem.why
