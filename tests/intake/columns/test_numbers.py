from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.columns.numbers import NumberTally
from importer.intake.columns.reading import NumberReading
from importer.intake.transforms.number import Around, make_number


def read(*texts: str) -> NumberReading:
    tally = NumberTally()
    tally.add(texts)
    return tally.reading()


@pytest.mark.parametrize(
    ("texts", "decimal", "grouping"),
    [
        (["1.234,56"], ",", "."),
        (["1,234.56"], ".", ","),
        (["1 234,56"], ",", "space"),
        (["1\u202f234,56"], ",", "space"),
        (["1'234.50"], ".", "'"),
        (["1’234’567"], ".", "'"),
        (["12,34,567.50"], ".", ","),
        (["12,34,567"], ".", ","),
        (["1.234.567"], ",", "."),
        (["0.125"], ".", ""),
        (["-0,125"], ",", ""),
        (["€0.125"], ".", ""),
        (["12.5"], ".", ""),
        ([".5"], ".", ""),
        ([",500"], ",", ""),
        (["1234.567"], ".", ""),
        (["1234,567"], ",", ""),
        (["7", "1234"], ".", ""),
        (["1 234"], ".", "space"),
        (["1.234", "12,5"], ",", "."),
        (["1,234", "12,5"], ",", ""),
        (["1.234", "1,234", "0.5"], ".", ","),
        # nothing proves it
        (["1.234", "2.500"], None, "."),
        (["1,234", "7"], None, ","),
        # some prove the one, some the other
        (["12,5", "12.5"], None, None),
    ],
)
def test_the_signs_are_what_all_values_prove(
    texts: list[str], decimal: str | None, grouping: str | None
) -> None:
    reading = read(*texts)

    assert (reading.decimal, reading.grouping, reading.others) == (decimal, grouping, 0)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Anna",
            "1.2.3",
            "1,23,45",
            "1.234,567.8",
            "1,234,5.6",
            "1 23",
            "5.",
            "--5",
            "1e5",
            "5 kg",
        ),
        *("(500)", "500-", "n/a", "१२", "1/2", "Top 10", "5 ft", "$5€", "5%5", "\x00", "\ud800"),
        *("1\n234", "9" * 100, "£", "%"),
    ],
)
def test_what_is_no_number_is_counted_as_another_value(text: str) -> None:
    assert read(text) == NumberReading(others=1)


@pytest.mark.parametrize(
    ("texts", "currency"),
    [
        (["€ 1.234,56"], "€"),
        (["1,234.50 USD"], "USD"),
        (["₹12,34,567"], "₹"),
        (["Rs. 500", "Rs. 12", "₹5", "inr 7"], "Rs."),
        (["-$5", "$-5", "$.50"], "$"),
        (["R$ 1.000,00"], "R$"),
        (["5 zł"], "zł"),
        (["5 EUR", "7"], "EUR"),
        (["$5", "€5"], ""),
        (["$5", "5 USD"], ""),
        (["7"], ""),
    ],
)
def test_one_currency_is_the_column_s(texts: list[str], currency: str) -> None:
    reading = read(*texts)

    assert (reading.currency, reading.others) == (currency, 0)


@pytest.mark.parametrize(
    ("texts", "percent"),
    [(["12%", "-7,5 %"], True), (["12%", "7"], False), (["7"], False), (["12%", "n/a"], True)],
)
def test_a_column_is_of_percentages_where_all_its_numbers_are(
    texts: list[str], percent: bool
) -> None:
    assert read(*texts).percent == percent


def test_the_blocks_of_a_list_are_counted_together() -> None:
    tally = NumberTally()
    for block in (["1.234"] * 3, [], ["2.500", "x", "12,5"], [" 7,25 "]):
        tally.add(block)

    assert tally.reading() == NumberReading(
        decimal=",", grouping=".", by_comma=2, by_point=0, either=4, others=1
    )


@given(
    st.lists(st.decimals(-(10**12), 10**12, places=2), min_size=1),
    st.sampled_from([(".", ","), (",", "."), (",", "space"), (".", "'")]),
    st.sampled_from(["", "€ ", "Rs. "]),
)
def test_numbers_with_two_decimals_are_read_back(
    values: list[Decimal], signs: tuple[str, str], currency: str
) -> None:
    decimal, grouping = signs
    marks = str.maketrans({".": decimal, ",": " " if grouping == "space" else grouping})
    texts = [currency + f"{value:,.2f}".translate(marks) for value in values]

    reading = read(*texts)
    assert reading.decimal == decimal
    transform = make_number(decimal, reading.grouping or "", Around(reading.currency))

    assert [Decimal(str(transform(text))) for text in texts] == values


@given(st.lists(st.text(st.sampled_from("0123456789.,'  %€$-+(EURkg\n\x01"), max_size=15)))
def test_any_texts_are_counted(texts: list[str]) -> None:
    reading = read(*texts)

    assert reading.by_comma + reading.by_point + reading.either + reading.others <= len(texts)
