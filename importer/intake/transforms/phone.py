"""Phone numbers: a cell becomes +<country>-<national number>, as the CRM's own records have it.

The phonenumbers library reads what `phone_text` has found to be one number: by itself it would
find one in "call 98450 98450 before 6" too, and drop the rest. A number that is not assigned is
accepted where its length is that of its country's fixed lines and mobiles: lists of what is
assigned age.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneMetadata,
    PhoneNumber,
    PhoneNumberType,
    is_possible_number_for_type_with_reason,
    is_possible_number_with_reason,
    is_valid_number,
)
from phonenumbers import ValidationResult as Validity

from importer.intake.transforms.cell import CellError, on_cells
from importer.intake.transforms.options import OptionError, Transform
from importer.intake.transforms.phone_text import EXAMPLE, plain, simply
from importer.model import Problem

REGIONS = "use a country's two letters, such as IN, US, GB or DE"
MEANT = {"UK": "GB", "EN": "GB", "IND": "IN", "USA": "US", "UAE": "AE"}
NOWHERE = "001"  # the library's region of numbers that belong to no country, such as +800
LENGTHS = range(2, 18)  # of a national number, by the library's own limits
CODES = frozenset(map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE))


@dataclass(frozen=True, slots=True)
class _Plan:
    """How numbers of one country are written.

    lengths: those that fixed lines and mobiles have. prefixed: whether digits begin with
    something that the library may take off, as the 0 before an area code.
    """

    code: str
    lengths: frozenset[int]
    prefixed: Callable[[str], object]


def make_phone(region: str | None) -> Transform:
    """Numbers without + are of that region. Raises OptionError: as `check_region`."""
    if region is not None:
        check_region(region)
    own = _plan_within(region) if region else None
    carefully = on_cells("bad_phone", lambda text: _read(plain(text), region))

    def phone(cell: str) -> str | Problem:
        return _read_simple(simply(cell), own) or carefully(cell)

    return phone


def check_region(region: str) -> None:
    """Raises OptionError: no region that the library knows numbers of."""
    if region not in phonenumbers.SUPPORTED_REGIONS:
        meant = _meant(region.strip().upper())
        advice = f'did you mean "{meant}"? {REGIONS}' if meant else REGIONS
        raise OptionError(f'"{region}" is no region', advice)


def _meant(region: str) -> str | None:
    code = region.removeprefix("+")
    if code in CODES:
        region = phonenumbers.region_code_for_country_code(int(code))
    region = MEANT.get(region, region)
    return region if region in phonenumbers.SUPPORTED_REGIONS else None


def _read_simple(text: str, own: _Plan | None) -> str | None:
    """What `_read` gives; None where it has to be asked. A test holds the two together."""
    plan = own
    if text[:1] == "+":
        code = text[1:3] if text[1:3] in CODES else text[1:2]
        code = code if code in CODES else text[1:4]
        if code not in CODES:
            return None
        plan = _plan_after(code)
        text = text[len(code) + 1 :]
    if plan is None or len(text) not in plan.lengths or plan.prefixed(text):
        return None
    return f"+{plan.code}-{text}"


@cache
def _plan_after(code: str) -> _Plan:
    """For what stands behind + and the country's code."""
    region = phonenumbers.region_code_for_country_code(int(code))
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(int(code), region)
    prefixes = metadata.national_prefix_for_parsing if metadata else ""
    return _Plan(code, _lengths(int(code)), re.compile(prefixes or "(?!)").match)


def _plan_within(region: str) -> _Plan:
    """For numbers without +: the country's own code and calls abroad are prefixes too."""
    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata is None:
        raise KeyError(region)
    code = str(metadata.country_code)
    prefixes = (metadata.international_prefix, metadata.national_prefix_for_parsing, code)
    either = "|".join(f"(?:{prefix})" for prefix in prefixes if prefix)
    return _Plan(code, _lengths(int(code)), re.compile(either).match)


@cache
def _lengths(code: int) -> frozenset[int]:
    """Of fixed lines and mobiles. The library looks at a number's length alone here."""
    numbers = {n: PhoneNumber(country_code=code, national_number=10 ** (n - 1)) for n in LENGTHS}
    kind = PhoneNumberType.FIXED_LINE_OR_MOBILE
    return frozenset(
        length
        for length, number in numbers.items()
        if is_possible_number_with_reason(number) == Validity.IS_POSSIBLE
        and is_possible_number_for_type_with_reason(number, kind) == Validity.IS_POSSIBLE
    )


def _read(text: str, region: str | None) -> str:
    """What the library reads in the plus sign and digits. Raises CellError."""
    try:
        number = phonenumbers.parse(text, region)
        national = phonenumbers.national_significant_number(number)
        value = f"+{number.country_code}-{national}"
        again = _read_simple(value.replace("-", ""), None) or _reread(value)
    except NumberParseException as error:
        raise CellError(_unreadable(error, text, region)) from error
    if len(national) not in _lengths(number.country_code or 0) and not is_valid_number(number):
        raise CellError(_wrong_length(number, len(national)))
    if again != value:  # as where the 0 before an area code stands twice
        raise CellError(f"it can be read in two ways; write it as {_example(number)}")
    return value


def _reread(value: str) -> str:
    number = phonenumbers.parse(value)
    return f"+{number.country_code}-{phonenumbers.national_significant_number(number)}"


def _unreadable(error: NumberParseException, text: str, region: str | None) -> str:
    if error.error_type == NumberParseException.TOO_LONG:
        return "it has more digits than any phone number; keep one number"
    if error.error_type != NumberParseException.INVALID_COUNTRY_CODE:
        example = _example_within(region) if region else EXAMPLE
        return f"it has too few digits; write all of it, such as {example}"
    if text.startswith("+"):
        return f"no country's numbers begin so; write it with its country, such as {EXAMPLE}"
    if text.startswith("00"):
        return f"it begins with 00; write + in place of that, such as {EXAMPLE}"
    return (
        f"it does not say its country; write it with its country, such as {EXAMPLE}, or set "
        "region: for the column in the mapping"
    )


def _wrong_length(number: PhoneNumber, digits: int) -> str:
    code = number.country_code or 0
    usual = _in_words(sorted(_lengths(code)))
    return (
        f"phone numbers with the country code +{code} have {usual} digits, and this one has "
        f"{digits}; write all of it with its country, such as {_example(number)}"
    )


def _in_words(lengths: list[int]) -> str:
    if not lengths:
        return "other numbers of"
    if len(lengths) > 2 and lengths[-1] - lengths[0] == len(lengths) - 1:
        return f"{lengths[0]} to {lengths[-1]}"
    *others, last = map(str, lengths)
    return f"{', '.join(others)} or {last}" if others else last


def _example(number: PhoneNumber) -> str:
    """One of the same country."""
    code = number.country_code or 0
    region = phonenumbers.region_code_for_country_code(code)
    if region != NOWHERE:
        return _example_within(region)
    return _written(phonenumbers.example_number_for_non_geo_entity(code))


@cache
def _example_within(region: str) -> str:
    mobile = phonenumbers.example_number_for_type(region, PhoneNumberType.MOBILE)
    return _written(mobile or phonenumbers.example_number(region))


def _written(example: PhoneNumber | None) -> str:
    if example is None:
        return EXAMPLE
    return phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def region_of_code(code: str) -> str:
    """The country whose numbers begin so, such as IN for 91; "" where it is none, or several."""
    digits = code.strip().removeprefix("+")
    region = phonenumbers.region_code_for_country_code(int(digits)) if digits in CODES else None
    return region if region and region != NOWHERE else ""
