from math import inf

import pytest

from importer.intake.suggest.ranges import Range, range_of, within

SIZES = ["1-20", "21-100", "101-1000", "1000+"]
PRICES = ["Under 30 Lakh", "30-75 Lakh", "75 Lakh - 2 Crore", "Above 2 Crore"]
TIMES = ["Within 1 month", "1 to 6 months", "More than 6 months"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5 bis 9", Range(5, 9)),
        ("1.001 – 5.000", Range(1001, 5000)),
        ("1 001 à 5 000", Range(1001, 5000)),
        ("über 500", Range(500, inf)),
        ("menos de 10", Range(0, 9.5)),
        ("hasta 10", Range(0, 10)),
        ("12,50,000", Range(1250000, 1250000)),
        ("2 Jahre", Range(24, 24, "time")),
        ("30-75 L", Range(30e5, 75e5)),
        ("75L - 2Cr", Range(75e5, 2e7)),
        ("50 lakh tak", Range(0, 50e5)),
        ("5 करोड़ से अधिक", Range(5e7, inf)),
        ("2,5 Mio. +", Range(2.5e6, inf)),
        ("3 meses", Range(3, 3, "time")),
        ("12", Range(12, 12)),
        ("9 to 5 people", None),
        ("Block 7, Tower 3, Floor 2", None),
        ("many", None),
    ],
)
def test_a_range_is_read_in_any_language(text: str, found: Range | None) -> None:
    assert range_of(text) == found


@pytest.mark.parametrize(
    ("value", "options", "option"),
    [
        ("25 - 60", SIZES, "21-100"),
        ("plus de 4 000", SIZES, "1000+"),
        ("bis 20", SIZES, "1-20"),
        ("37", SIZES, "21-100"),
        ("15-60", SIZES, ""),
        ("3+", SIZES, ""),
        ("30 se 75 lakh", PRICES, "30-75 Lakh"),
        ("2 Cr+", PRICES, "Above 2 Crore"),
        ("30 lakh tak", PRICES, "Under 30 Lakh"),
        ("80L - 1Cr", PRICES, "75 Lakh - 2 Crore"),
        ("más de 6 meses", TIMES, "More than 6 months"),
        ("6", TIMES, ""),
        ("dans 1 mois", TIMES, "Within 1 month"),
        ("1 year", TIMES, "More than 6 months"),
        ("10", ["< 10", "10-49"], "10-49"),
        ("25 - 60", ["A", "B", "1-100"], ""),
    ],
)
def test_a_value_goes_to_the_option_whose_range_holds_it(
    value: str, options: list[str], option: str
) -> None:
    assert within(value, options) == option
