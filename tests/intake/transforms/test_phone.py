import random
import re
import unicodedata

import phonenumbers
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from importer.intake.transforms.options import OptionError
from importer.intake.transforms.phone import REGIONS, check_region, make_phone, region_of_code
from importer.intake.transforms.phone_text import ONE_NUMBER
from importer.model import Problem

INDIAN = make_phone("IN")
ABROAD = make_phone(None)
ALL_REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
MAKERS = {region: make_phone(region) for region in ALL_REGIONS}
FORMS = (PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL)
SHAPE = re.compile(r"\+[1-9][0-9]{0,2}-[0-9]{2,17}")

NO_COUNTRY = (
    "it does not say its country; write it with its country, such as +91 98450 98450, or set "
    "region: for the column in the mapping"
)
LOST = (
    "digits of it are lost, as a spreadsheet shortened it; in Excel, format the column as text "
    "and type the number again"
)
SEVERAL = "there is more than one number in it; keep one alone"
EXTENSION = "it has an extension, for which the field has no place; keep the number alone"
LETTERS = "there are letters in it; write the number alone, such as +91 98450 98450"
NO_DIGIT = "there is no digit in it; write a number, or leave the cell blank"
SLASH = "it may be two numbers; keep one, and write it without /"
SIGNS = "there are signs in it that no phone number has; write it as +91 98450 98450"
TOO_MANY = "it has more digits than any phone number; keep one number"
APOSTROPHE = "there is an apostrophe before it; remove it"


def not_indian(digits: int) -> str:
    return (
        f"phone numbers with the country code +91 have 10 digits, and this one has {digits}; "
        "write all of it with its country, such as +91 81234 56789"
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("9845098450", "+91-9845098450"),
        ("98450 98450", "+91-9845098450"),
        ("98450-98450", "+91-9845098450"),
        ("09845098450", "+91-9845098450"),
        ("0 98450 98450", "+91-9845098450"),
        ("919845098450", "+91-9845098450"),
        ("00919845098450", "+91-9845098450"),
        ("+919845098450", "+91-9845098450"),
        ("p:+919845098450", "+91-9845098450"),
        ("tel:+91-98450-98450", "+91-9845098450"),
        ("+91-9845098450", "+91-9845098450"),
        ("+91 98450 98450", "+91-9845098450"),
        ("+91 (0) 98450 98450", "+91-9845098450"),
        ("(+91) 98450.98450", "+91-9845098450"),
        ("  9845098450\n", "+91-9845098450"),
        ("\u202a+91 98450 98450\u202c", "+91-9845098450"),
        ("98450\u00a098450", "+91-9845098450"),
        ("98450\u200b98450", "+91-9845098450"),
        ("98450–98450", "+91-9845098450"),
        ("9845098450.0", "+91-9845098450"),
        ("919845098450.0", "+91-9845098450"),
        ("٩٨٤٥٠٩٨٤٥٠", "+91-9845098450"),
        ("＋９１ ９８４５０ ９８４５０", "+91-9845098450"),
        ("080-26543210", "+91-8026543210"),
        ("1800 209 8000", "+91-18002098000"),  # as long as no line is, but assigned
        ("1234567890", "+91-1234567890"),  # not assigned, but as long as a line
        ("+1 415 555 2671", "+1-4155552671"),
        ("+44 (0)20 7946 0958", "+44-2079460958"),
        ("+39 02 3661 8300", "+39-0236618300"),
        ("+49 030/1234567", "+49-301234567"),
        ("+800 1234 5678", "+800-12345678"),
        ("", ""),
        ("  ", "  "),
        ("\u200b", ""),
    ],
)
def test_an_indian_list_is_read(cell: str, value: str) -> None:
    assert INDIAN(cell) == value


@pytest.mark.parametrize(
    ("region", "cell", "value"),
    [
        ("US", "(415) 555-2671", "+1-4155552671"),
        ("US", "1-415-555-2671", "+1-4155552671"),
        ("US", "011 44 20 7946 0958", "+44-2079460958"),
        ("CA", "506 234 5678", "+1-5062345678"),
        ("GB", "020 7946 0958", "+44-2079460958"),
        ("DE", "030/1234567", "+49-301234567"),
        ("IT", "02 3661 8300", "+39-0236618300"),
        ("RU", "8 (912) 345-67-89", "+7-9123456789"),
        ("AR", "011 15-2345-6789", "+54-91123456789"),
        ("BR", "0 21 11 96123-4567", "+55-11961234567"),
        ("AE", "050 123 4567", "+971-501234567"),
        ("AU", "0011 91 98450 98450", "+91-9845098450"),
    ],
)
def test_other_countries_own_ways_are_known(region: str, cell: str, value: str) -> None:
    assert MAKERS[region](cell) == value


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("98450", not_indian(5)),
        ("984509845", not_indian(9)),
        ("98450984501", not_indian(11)),
        ("26543210", not_indian(8)),
        ("0000123456", not_indian(9)),
        ("911234567890123", not_indian(13)),
        ("+91 98450", not_indian(5)),
        ("1", "it has too few digits; write all of it, such as +91 81234 56789"),
        ("+1 555-2671", "phone numbers with the country code +1 have 10 digits, and this one has "
         "7; write all of it with its country, such as +1 201-555-0123"),
        ("+44 20 7946", "phone numbers with the country code +44 have 9 or 10 digits, and this "
         "one has 6; write all of it with its country, such as +44 7400 123456"),
        ("+999 1234567", "no country's numbers begin so; write it with its country, such as "
         "+91 98450 98450"),
        ("+091 98450 98450", "no country's numbers begin so; write it with its country, such as "
         "+91 98450 98450"),
        ("+49 00 30 1234567", "it can be read in two ways; write it as +49 1512 3456789"),
        ("9.19845E+12", LOST),
        ("9,19845e+12", LOST),
        ("9E9", LOST),
        ("'+919845098450", APOSTROPHE),
        ("’9845098450", APOSTROPHE),
        ("98450 98450 / 98440 98440", SEVERAL),
        ("9845098450,9844098440", SEVERAL),
        ("9845098450; 9844098440", SEVERAL),
        ("9845098450 or 9844098440", SEVERAL),
        ("9845098450\n9844098440", SEVERAL),
        ("98450 98450/51", SLASH),
        ("080/265/43210", SLASH),
        ("98450 98450 98440 98440", TOO_MANY),
        ("1" * 300, TOO_MANY),
        ("9845098450 " + "." * 90, SEVERAL),
        ("98450 98450 ext 12", EXTENSION),
        ("98450 98450 x12", EXTENSION),
        ("98450 98450 Extension: 12", EXTENSION),
        ("98450 98450 #12", EXTENSION),
        ("call 98450 98450", LETTERS),
        ("1-800-FLOWERS", LETTERS),
        ("98450XXXXX", LETTERS),
        ("98450*****", SIGNS),
        ("98450 98450?", SIGNS),
        ("98450+98450", SIGNS),
        ("++919845098450", SIGNS),
        ("98450\x0098450", SIGNS),
        ("9845098450,0", SIGNS),
        ("N/A", NO_DIGIT),
        ("-", NO_DIGIT),
        ("+", NO_DIGIT),
    ],
)  # fmt: skip
def test_what_is_not_one_number_is_refused_with_what_to_do(cell: str, why: str) -> None:
    assert INDIAN(cell) == Problem("bad_phone", why, value=cell)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("98450 98450", NO_COUNTRY),
        ("919845098450", NO_COUNTRY),
        ("98450", NO_COUNTRY),
        (
            "0091 98450 98450",
            "it begins with 00; write + in place of that, such as +91 98450 98450",
        ),
    ],
)
def test_without_a_region_a_number_has_to_say_its_country(cell: str, why: str) -> None:
    assert ABROAD(cell) == Problem("bad_phone", why, value=cell)
    assert ABROAD("+91 98450 98450") == "+91-9845098450"


def is_phone_length(number: PhoneNumber) -> bool:
    possible = phonenumbers.ValidationResult.IS_POSSIBLE
    kind = PhoneNumberType.FIXED_LINE_OR_MOBILE
    reasons = {
        phonenumbers.is_possible_number_with_reason(number),
        phonenumbers.is_possible_number_for_type_with_reason(number, kind),
    }
    return reasons == {possible} or phonenumbers.is_valid_number(number)


def library(cell: str, region: str | None) -> str | None:
    """What it reads in the cell as it stands, whatever the importer's own road is."""
    try:
        number = phonenumbers.parse(cell, region)
        if not is_phone_length(number) or number.extension:
            return None
        value = f"+{number.country_code}-{phonenumbers.national_significant_number(number)}"
        return value if phonenumbers.parse(value) == number else None
    except NumberParseException:
        return None


def accepted(answer: str | Problem) -> str | None:
    return answer if isinstance(answer, str) else None


@given(st.sampled_from([None, *ALL_REGIONS]), st.from_regex(r"\+?[0-9]{1,17}", fullmatch=True))
@example("IN", "9198450984")
@example("AG", "0112752414")
@example("AT", "437281213")
@example("DE", "00301234567")
@example("AG", "4641234")
def test_digits_are_read_as_the_library_reads_them(region: str | None, cell: str) -> None:
    answer = MAKERS[region](cell) if region else ABROAD(cell)

    assert accepted(answer) == library(cell, region)


@given(
    st.sampled_from(ALL_REGIONS),
    st.sampled_from(PhoneNumberType.values()),
    st.sampled_from(FORMS),
    st.integers(0, 10**6),
)
def test_numbers_of_every_country_are_read_as_the_library_reads_them(
    region: str, kind: int, form: int, seed: int
) -> None:
    number = phonenumbers.example_number_for_type(region, kind)
    assume(number is not None)
    assert number is not None
    whole = phonenumbers.format_number(number, form)
    chosen = random.Random(seed)
    cell = "".join(
        str(chosen.randrange(10)) if char.isdigit() and chosen.random() < 0.15 else char
        for char in whole
    )

    assert accepted(MAKERS[region](whole)) == library(whole, region) is not None
    if ONE_NUMBER.fullmatch(cell) and "/" not in cell:
        assert accepted(MAKERS[region](cell)) == library(cell, region)


@given(st.text(st.sampled_from("0123456789+ -().\u00a0٣"), min_size=1, max_size=20))
def test_punctuation_changes_nothing(cell: str) -> None:
    answer = INDIAN(cell)
    plus = "+" if "+" in cell else ""
    digits = "".join(str(unicodedata.digit(char)) for char in cell if char.isdecimal())

    assume(not re.fullmatch(r"\s*\+?[0-9]+\.0+\s*", cell))
    if isinstance(answer, str) and answer.strip():
        assert answer == INDIAN(plus + digits)


@given(st.sampled_from(ALL_REGIONS), st.from_regex(r"\+?[0-9 ]{4,17}", fullmatch=True))
def test_what_was_accepted_passes_again_unchanged(region: str, cell: str) -> None:
    value = MAKERS[region](cell)

    if isinstance(value, str) and value.strip():
        assert SHAPE.fullmatch(value)
        assert MAKERS[region](value) == value
        assert ABROAD(value) == value


@pytest.mark.parametrize("region", ALL_REGIONS)
def test_the_example_in_a_reason_is_a_number_that_passes(region: str) -> None:
    problem = MAKERS[region]("1")

    assert isinstance(problem, Problem)
    example_number = problem.why.rpartition("such as ")[2]
    assert isinstance(MAKERS[region](example_number), str)


@pytest.mark.parametrize(
    ("region", "meant"),
    [("in", "IN"), ("UK", "GB"), ("USA", "US"), ("+91", "IN"), ("91", "IN"), (" us ", "US")],
)
def test_the_region_that_was_meant_is_named(region: str, meant: str) -> None:
    with pytest.raises(OptionError) as caught:
        check_region(region)

    expected = (f'"{region}" is no region', f'did you mean "{meant}"? {REGIONS}')
    assert (caught.value.what, caught.value.fix) == expected


@pytest.mark.parametrize("region", ["XX", "India", "", "800", "001", "ZZ", "EU"])
def test_other_texts_are_no_region(region: str) -> None:
    with pytest.raises(OptionError) as caught:
        make_phone(region)

    assert (caught.value.what, caught.value.fix) == (f'"{region}" is no region', REGIONS)


@pytest.mark.parametrize(
    ("code", "region"), [("91", "IN"), ("+49", "DE"), ("1", "US"), ("800", ""), ("", ""), ("x", "")]
)
def test_a_code_is_of_a_country(code: str, region: str) -> None:
    assert region_of_code(code) == region
