import pytest

from importer.intake.transforms.currencies import same_currency, without_currency


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("€ 1.234,56", ("1.234,56", "€")),
        ("1,234.50 USD", ("1,234.50", "USD")),
        ("5€", ("5", "€")),
        ("-€5", ("-5", "€")),
        ("€-5", ("-5", "€")),
        ("- $ 5", ("-5", "$")),
        ("$.50", (".50", "$")),
        ("Rs.50", ("50", "Rs.")),
        ("R$ 5", ("5", "R$")),
        ("Fr. 5", ("5", "Fr.")),
        ("5 zł", ("5", "zł")),
        ("€ 5 %", ("5 %", "€")),
        # none, or not one alone
        ("5", ("5", "")),
        ("$5 USD", ("$5 USD", "")),
        ("-$-5", ("-$-5", "")),
        ("Top 10", ("Top 10", "")),
        ("pen 5", ("pen 5", "")),
        ("5 kg", ("5 kg", "")),
        ("EUR", ("EUR", "")),
        ("", ("", "")),
    ],
)
def test_a_currency_beside_a_number_is_taken_off(text: str, found: tuple[str, str]) -> None:
    assert without_currency(text) == found


@pytest.mark.parametrize(
    ("tokens", "same"),
    [
        (("₹", "Rs", "Rs.", "rs", "INR", "inr"), "INR"),
        (("€", "EUR", "eur"), "EUR"),
        (("$",), "$"),
        (("US$", "USD"), "USD"),
        (("zł", "PLN"), "PLN"),
    ],
)
def test_what_means_the_same_currency_is_the_same(tokens: tuple[str, ...], same: str) -> None:
    assert {same_currency(token) for token in tokens} == {same}
