"""Which country a number is of, and whether it is one that the country has given out. Pure.

For who guesses the country of a list: a run goes by `phone`, which asks for less.
"""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber

from importer.intake.transforms.phone import region_of_code


def region_of_number(text: str) -> str:
    """By what stands behind its +; "" for a number without one."""
    number = _parsed(text, None)
    return region_of_code(str(number.country_code)) if number else ""


def is_valid_within(text: str, region: str) -> bool:
    """Whether a number without a + is a valid one of the region, or of those that share its code.
    One that is written to be called from abroad may be of any."""
    number = _parsed(text, region)
    if number is None or not phonenumbers.is_valid_number(number):
        return False
    is_own = number.country_code == phonenumbers.country_code_for_region(region)
    return is_own or text.lstrip(" (").startswith("00")


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None
