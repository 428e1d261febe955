import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.intake.transforms.full_name import COMMAS, LONGEST, FullName, split_name
from importer.intake.transforms.titles import LINKS, TITLES, WITH_POINT


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("Asha Rao", "Asha", "Rao"),
        ("  Asha\u00a0 Rao\t", "Asha", "Rao"),
        ("Rao, Asha", "Asha", "Rao"),
        ("Rao,Asha", "Asha", "Rao"),
        ("Rao,", "", "Rao"),
        ("Asha", "Asha", ""),
        ("", "", ""),
        (" \u200b", "", ""),
        ("- -", "- -", ""),
        # middle names and initials
        ("John Quincy Adams", "John Quincy", "Adams"),
        ("J. R. R. Tolkien", "J. R. R.", "Tolkien"),
        ("Anna-Lena Meier", "Anna-Lena", "Meier"),
        ("O'Neil, Shaun", "Shaun", "O'Neil"),
        # suffixes
        ("Martin Luther King, Jr.", "Martin Luther", "King Jr."),
        ("Smith Jr., John", "John", "Smith Jr."),
        ("Smith, John Jr.", "John", "Smith Jr."),
        ("Henry Ford III", "Henry", "Ford III"),
        ("Jane Doe, PhD", "Jane", "Doe PhD"),
        # particles
        ("Ludwig van der Berg", "Ludwig", "van der Berg"),
        ("LUDWIG VAN BEETHOVEN", "LUDWIG", "VAN BEETHOVEN"),
        ("von Trapp, Maria", "Maria", "von Trapp"),
        ("Maria de los Angeles", "Maria", "de los Angeles"),
        ("de la Cruz", "", "de la Cruz"),
        # nobles
        (
            "Otto Freiherr von und zu Guttenberg",
            "Otto",
            "Freiherr von und zu Guttenberg",
        ),
        ("Karl-Theodor zu Guttenberg", "Karl-Theodor", "zu Guttenberg"),
        # Spanish: nobody can tell a second first name from a first surname
        ("Gabriel García Márquez", "Gabriel García", "Márquez"),
        ("García Márquez, Gabriel José", "Gabriel José", "García Márquez"),
        # Indian
        ("A.P.J. Abdul Kalam", "A.P.J. Abdul", "Kalam"),
        ("Venkata Subramanian Krishnan Iyer", "Venkata Subramanian Krishnan", "Iyer"),
        ("Mohd. Ali", "Mohd.", "Ali"),
        ("Shaik Ahmed", "Shaik", "Ahmed"),
        ("Prince Kumar", "Prince", "Kumar"),
        ("Sri Devi", "Sri", "Devi"),
        # Chinese, Korean, Arabic
        ("李 明", "明", "李"),
        ("王小明", "王小明", ""),
        ("김민준", "민준", "김"),
        ("محمد بن سلمان آل سعود", "محمد بن سلمان", "آل سعود"),
        # nicknames, maiden names
        ('John "Jack" Kennedy', 'John "Jack"', "Kennedy"),
        ("John Kennedy (Jack)", "John (Jack)", "Kennedy"),
        ('"John Smith"', "John", "Smith"),
        ("Anna Meier geb. Schulz", "Anna", "Meier geb. Schulz"),
        ("Smith (née Jones), Ann", "Ann", "Smith (née Jones)"),
        # no titles, though nameparser has them in its list
        ("King Kong", "King", "Kong"),
        ("Judge Reinhold", "Judge", "Reinhold"),
        ("Mag Huber", "Mag", "Huber"),
        ("Jr.", "Jr.", ""),
        ("Prince", "Prince", ""),
        ("Jack \N{GRINNING FACE} Black", "Jack \N{GRINNING FACE}", "Black"),
    ],
)
def test_a_name_is_split_as_one_expects(cell: str, first: str, last: str) -> None:
    assert split_name(cell) == FullName(first, last, "")


@pytest.mark.parametrize(
    ("cell", "title", "first", "last"),
    [
        ("Dr. Asha Rao", "Dr.", "Asha", "Rao"),
        ("Mr Smith", "Mr", "", "Smith"),
        ("Sig.ra Rossi", "Sig.ra", "", "Rossi"),
        ("Herr von der Leyen", "Herr", "", "von der Leyen"),
        ("Sir Elton", "Sir", "Elton", ""),
        ("Dr. Prince", "Dr.", "", "Prince"),
        ("Mr.Smith", "Mr.", "", "Smith"),
        ("Herr Prof. Dr. Hans von der Leyen jun.", "Herr Prof. Dr.", "Hans", "von der Leyen jun."),
        ("Dr.med. Eva Klein", "Dr. med.", "Eva", "Klein"),
        ("Dipl.-Ing. Karl Huber", "Dipl.-Ing.", "Karl", "Huber"),
        ("Mag. Huber", "Mag.", "", "Huber"),
        ("Mme Marie Curie", "Mme", "Marie", "Curie"),
        ("Sr. Juan Pérez", "Sr.", "Juan", "Pérez"),
        ("Shri Ram Kumar", "Shri", "Ram", "Kumar"),
        ("د. أحمد زويل", "د.", "أحمد", "زويل"),
        ("Smith, Dr. John", "Dr.", "John", "Smith"),
        ("Müller, Hans, Herr", "Herr", "Hans", "Müller"),
        ("Mr. and Mrs. John Smith", "Mr. and Mrs.", "John", "Smith"),
        ("Dr.", "Dr.", "", ""),
    ],
)
def test_a_title_is_taken_out_of_the_name(cell: str, title: str, first: str, last: str) -> None:
    assert split_name(cell) == FullName(first, last, title)


def test_a_last_name_alone_is_whole() -> None:
    assert split_name("van der Berg") == FullName("", "van der Berg")
    assert split_name("Van Morrison") == FullName("Van", "Morrison")


def test_one_word_of_one_part_is_not_taken_apart() -> None:
    assert split_name("田中さん") == FullName("田中さん")


def test_what_is_too_long_for_a_name_is_a_first_name_as_a_whole() -> None:
    text = "Asha, " * LONGEST

    assert split_name(text) == FullName(text.strip())


KNOWN = [
    "Asha", "RAO", "Ludwig", "van", "der", "de", "la", "von", "und", "zu", "Freiherr", "Berg",
    "García", "Márquez", "bin", "al-Rahman", "ibn", "محمد", "بن", "سلمان", "李", "明", "王小明",
    "김민준", "Nguyễn", "Thị", "S.", "J.", "A.P.J.", "Mohd.", "Shaik", "Prince", "King", "O'Neil",
    "Anna-Lena", '"Jack"', "(Jack)", "'Jo", "Jo'", "(Acme", "GmbH)", "geb.", "née", "Jr.", "III",
    "PhD", "MBA", "Dr.", "Dr.med.", "Prof.", "Herr", "Mme", "Mr.Smith", "and", "&", "-", "“Lu”",
    "\u202bx\u202c", "ß", "İ", "e\u0301", "3rd", "x/y", ";", "\N{GRINNING FACE}", "श्री", "राम",
]  # fmt: skip
BETWEEN = st.sampled_from([" ", " ", " ", "  ", ", ", ",", "\u00a0", "، ", "\t", "", "\uff0c"])
NAMES = st.lists(st.tuples(st.sampled_from(KNOWN), BETWEEN), max_size=8).map(
    lambda pairs: "".join(word + between for word, between in pairs)
)


def signs(text: str) -> Counter[str]:
    """Every sign of a text but blanks, commas, and the marks around a name."""
    bare = "".join(sign for sign in text if unicodedata.category(sign)[0] not in "CZP")
    return Counter(bare)


@settings(derandomize=True, database=None, deadline=None, max_examples=1_500)
@given(NAMES | st.text(max_size=40))
def test_no_word_of_a_name_is_lost_and_none_is_made(cell: str) -> None:
    name = split_name(cell)

    assert signs(name.first) + signs(name.last) + signs(name.title) == signs(cell)


@settings(derandomize=True, database=None, deadline=None, max_examples=1_000)
@given(NAMES)
def test_only_titles_are_left_out_of_the_name(cell: str) -> None:
    words = split_name(cell).title.split()

    assert [
        word
        for word in words
        if word.casefold().rstrip(".") not in TITLES | LINKS
        and not (word.endswith(".") and word.casefold().rstrip(".") in WITH_POINT)
    ] == []


@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(NAMES)
def test_parts_are_trimmed_and_hold_no_comma(cell: str) -> None:
    name = split_name(cell)

    assert [
        part
        for part in (name.first, name.last, name.title)
        if part != part.strip() or re.search(f"[{COMMAS}]|  ", part)
    ] == []
