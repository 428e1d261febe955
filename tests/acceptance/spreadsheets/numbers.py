"""Amounts as countries write them: the whole column tells which sign is the decimals'."""

from collections.abc import Mapping

from tests.acceptance.spreadsheets.damage import listed, sending, table
from tests.acceptance.spreadsheets.odd import Odd, Table, finds
from tests.acceptance.spreadsheets.writers import csv_file, xls, xlsx

NUMBER = sending("Amount: {field: mx_Amount, transform: number}")
PERCENT = finds(("percent", "Amount"))
CURRENCY = finds(("currency", "Amount"))


def amounts(
    name: str,
    values: Mapping[str, str],
    mapping: str = NUMBER,
    *,
    delimiter: str = ";",
    findings: frozenset[tuple[str, str]] | None = frozenset(),
) -> Odd:
    """values: each text with the number that is sent; bad_number where it is refused."""
    texts = list(values)
    wanted = dict(enumerate(values.values(), 2))
    return Odd(
        name,
        csv_file(listed("Amount", texts), delimiter),
        table("Amount", texts),
        mapping=mapping,
        leads={row: {"mx_Amount": number} for row, number in wanted.items()
               if number != "bad_number"},
        invalid={row: code for row, code in wanted.items() if code == "bad_number"},
        findings=findings,
    )  # fmt: skip


def asked(name: str, *texts: str) -> Odd:
    return Odd(
        name,
        csv_file(listed("Amount", texts), ";"),
        table("Amount", texts),
        mapping=NUMBER,
        asked={"Amount": ("decimal:", "grouping:")},
        findings=None,
    )


NUMBERS = (
    amounts("plain_numbers.csv", {"1200": "1200", "85.50": "85.50", "-3": "-3"}),
    amounts("german_numbers.csv", {"1.234,56": "1234.56", "2.500": "2500", "99,90": "99.90",
                                   "1.250.000,00": "1250000.00", "-5,5": "-5.5"}),
    amounts("english_numbers.csv", {"1,234.56": "1234.56", "2,500": "2500", "99.90": "99.90",
                                    "1,250,000.00": "1250000.00"}),
    amounts("french_numbers.csv", {"1 234,56": "1234.56", "2\u202f500": "2500",
                                   "1\u00a0250\u00a0000,00": "1250000.00"}, findings=None),
    amounts("swiss_numbers.csv", {"1'234.50": "1234.50", "2’500": "2500", "99.90": "99.90"}),
    amounts("indian_numbers.csv", {"12,34,567.50": "1234567.50", "1,500": "1500",
                                   "45,00,000": "4500000"}),
    amounts("indian_numbers_without_decimals.csv", {"12,34,567": "1234567", "1,500": "1500"}),
    amounts("small_shares.csv", {"0.125": "0.125", "1.500": "1.500", "0.75": "0.75"}),
    amounts("one_decimal_proves.csv", {"12.5": "12.5", "1.250": "1.250"}),
    amounts("four_digits_prove.csv", {"1234.567": "1234.567", "2.345": "2.345"}),
    amounts("commas_prove.csv", {"12,5": "12.5", "1,250": "1.250"}),
    amounts("repeated_points_prove.csv", {"1.250.000": "1250000", "2.500": "2500"}),
    asked("open_points.csv", "1.234", "2.500", "12.000"),
    asked("open_commas.csv", "1,234", "2,500", "950"),
    amounts("open_points_that_the_mapping_decides.csv", {"1.234": "1234", "2.500": "2500"},
            sending('Amount: {field: mx_Amount, transform: number, decimal: ",", grouping: "."}'),
            findings=None),
    amounts("open_points_as_texts.csv", {"1.234": "1.234"}, sending("Amount: mx_Amount"),
            findings=None),
    amounts("euros_before.csv", {"€ 1.234,56": "1234.56", "€ 99,90": "99.90"},
            findings=CURRENCY),
    amounts("euros_behind.csv", {"1.234,56 €": "1234.56", "99,90 €": "99.90", "5 €": "5"},
            findings=CURRENCY),
    amounts("dollar_codes.csv", {"1,234.50 USD": "1234.50", "99.00 USD": "99.00"},
            findings=CURRENCY),
    amounts("dollars.csv", {"$1,234.50": "1234.50", "$99.00": "99.00", "-$5.00": "-5.00"},
            findings=CURRENCY),
    amounts("rupees.csv", {"₹12,34,567": "1234567", "₹ 500": "500", "₹4,999.50": "4999.50"},
            findings=CURRENCY),
    amounts("rupees_as_letters.csv", {"Rs. 500": "500", "Rs. 12,34,567.00": "1234567.00"},
            findings=CURRENCY),
    amounts("two_currencies.csv", {"€ 1.234,56": "bad_number", "$ 99,90": "bad_number",
                                   "85,50": "85.50"}, findings=None),
    amounts("percent.csv", {"12%": "12", "7.5%": "7.5", "100 %": "100"}, findings=PERCENT),
    amounts("percent_as_shares.csv", {"12%": "0.12", "7.5%": "0.075", "100%": "1"},
            sending("Amount: {field: mx_Amount, transform: number, percent: share}"),
            findings=None),
    amounts("percent_of_some.csv", {"12%": "bad_number", "7.5": "7.5", "30%": "bad_number"},
            findings=None),
    amounts("numbers_and_words.csv", {"1.234,56": "1234.56", "99,90": "99.90",
                                      "on request": "bad_number"}),
    Odd("numbers_in_cells.xlsx",
        xlsx([["Name", "Email", "Amount"], ["Asha Rao", "asha.rao@example.com", 1234.5],
              ["Tom Baker", "tom.baker@example.com", 2500],
              ["Meera Das", "meera.das@example.com", 1.234]]),
        Table(["Name", "Email", "Amount"],
              {2: ["Asha Rao", "asha.rao@example.com", "1234.5"],
               3: ["Tom Baker", "tom.baker@example.com", "2500"],
               4: ["Meera Das", "meera.das@example.com", "1.234"]}), mapping=NUMBER,
        leads={2: {"mx_Amount": "1234.5"}, 3: {"mx_Amount": "2500"}, 4: {"mx_Amount": "1.234"}}),
    Odd("numbers_in_cells.xls",
        xls([["Name", "Email", "Amount"], ["Asha Rao", "asha.rao@example.com", 1234.5],
             ["Tom Baker", "tom.baker@example.com", 2500]], {2: "#,##0.00"}),
        Table(["Name", "Email", "Amount"],
              {2: ["Asha Rao", "asha.rao@example.com", "1,234.50"],
               3: ["Tom Baker", "tom.baker@example.com", "2,500.00"]}), mapping=NUMBER,
        leads={2: {"mx_Amount": "1234.50"}, 3: {"mx_Amount": "2500.00"}}),
    Odd("german_texts_below_a_title.xlsx",
        xlsx([("Umsatz 2026",), (), *listed("Amount", ("1.234,56", "2.500", "99,90")),
              ("Summe", "", "3.834,46")]),
        Table(["Name", "Email", "Amount"],
              {4: ["Asha Rao", "asha.rao0@example.com", "1.234,56"],
               5: ["Ravi Iyer", "ravi.iyer1@example.com", "2.500"],
               6: ["Meera Das", "meera.das2@example.com", "99,90"]}), mapping=NUMBER,
        leads={4: {"mx_Amount": "1234.56"}, 5: {"mx_Amount": "2500"}}, header_row=3,
        left_out=frozenset({7})),
)  # fmt: skip
