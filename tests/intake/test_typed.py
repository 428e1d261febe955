from collections.abc import Sequence
from dataclasses import replace

import pytest

from importer.intake.columns.reading import ColumnReading, NumberReading
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import load_mapping
from importer.intake.source.number_format import render
from importer.intake.transforms.options import Options
from importer.intake.typed import plain_number
from importer.intake.values import make_field
from importer.model import Block, Lead, Problem, Row

MAPPING = """\
version: 1
columns:
  Name: LastName
  Revenue: {field: mx_Revenue, transform: [trim, number], decimal: ",", grouping: "."}
  Met: {field: mx_Met, transform: date, formats: DD.MM.YYYY}
  Seen: {field: mx_Seen, transform: datetime, formats: [DD/MM/YYYY HH:mm], timezone: Asia/Kolkata}
  Member: {field: mx_Member, transform: boolean, true: Ja, false: Nein}
  Phone: {field: Phone, transform: phone, region: IN}
"""
HEADER = ("Name", "Revenue", "Met", "Seen", "Member", "Phone")
VALUES = {
    "mx_Revenue": "1250.5",
    "mx_Met": "2026-04-05",
    "mx_Seen": "2026-04-05 04:00:00",
    "mx_Member": "1",
    "Phone": "+91-9845098450",
}
TEXTS = ("A", "1.250,5", "05.04.2026", "05/04/2026 09:30", "ja", "98450 98450")
TYPED = ("A", "1,250.5", "2026-04-05", "2026-04-05 09:30:00", "TRUE", "9,845,098,450")


def build(cells: Sequence[str], kinds: str) -> Lead | tuple[Problem, ...]:
    """By `build`; by `screen` the row is as valid."""
    builder = LeadBuilder(load_mapping(MAPPING, name="m"), HEADER, file="f.xlsx")
    built = builder.build(Row(2, cells, kinds))
    screened = builder.screen(Block(2, [list(cells)], [kinds]))
    assert screened.problems == ({} if isinstance(built, Lead) else {0: built})
    return built


@pytest.mark.parametrize(("cells", "kinds"), [(TEXTS, ""), (TEXTS, "tttttt"), (TYPED, "tnddbn")])
def test_texts_are_read_as_the_mapping_says_and_typed_cells_by_their_value(
    cells: tuple[str, ...], kinds: str
) -> None:
    lead = build(cells, kinds)
    assert isinstance(lead, Lead)
    assert {name: lead.values[name] for name in VALUES} == VALUES


def test_the_text_of_a_typed_cell_is_not_that_value_where_the_cell_is_text() -> None:
    problems = build(TYPED, "tttttt")
    assert isinstance(problems, tuple)
    assert [problem.code for problem in problems] == [
        "bad_number", "bad_date", "bad_datetime", "bad_boolean", "bad_phone",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1234", "1234"),
        ("12.345", "12.345"),
        ("1,234,567.50", "1234567.50"),
        ("12,34,567", "1234567"),
        ("€ 99.90", "99.90"),
        ("99.90 €", "99.90"),
        ("-$5", "-5"),
        ("$-5", "-5"),
        ("(1,234.50)", "-1234.50"),
        ("-7", "-7"),
        # what is not surely the number alone stays as it is shown
        ("12%", "12%"),
        ("1,234.5%", "1234.5%"),
        ("-5 %", "-5%"),
        ("5 kg%", "5 kg%"),
        ("(987) 654-3210", "(987) 654-3210"),
        ("Q1 5", "Q1 5"),
        ("5 kg", "5 kg"),
        ("(5", "(5"),
        ("98450 98450", "98450 98450"),
        ("", ""),
    ],
)
def test_a_number_is_told_from_what_its_format_shows_around_it(text: str, plain: str) -> None:
    assert plain_number(text) == plain


@pytest.mark.parametrize(
    ("keys", "reading", "value"),
    [
        ("percent: keep", ColumnReading(), "1250.5"),
        ("percent: share, decimal: ','", ColumnReading(), "12.505"),
        ("", ColumnReading(numbers=NumberReading(",", ".", percent=True)), "1250.5"),
    ],
)
def test_a_percentage_of_a_workbook_is_sent_as_the_mapping_or_its_column_says(
    keys: str, reading: ColumnReading, value: str
) -> None:
    text = f"version: 1\ncolumns:\n  A: {{field: Phone, transform: number, {keys}}}\n"
    [rule] = load_mapping(text, name="m").rules

    assert make_field(rule, ["A"], [reading]).value(["1,250.5%"], "n") == value
    assert isinstance(
        make_field(replace(rule, options=Options()), ["A"]).value(["5%"], "n"), Problem
    )


@pytest.mark.parametrize("value", [0.5, 5.0, -5.0, 1250.0, 1234567.25, -1234.5])
@pytest.mark.parametrize(
    "code", ["General", "0", "#,##0", "#,##0.00", '"$"#,##0.00', "[$€-407] #,##0.00", "0;(0)"]
)
def test_every_usual_format_shows_the_same_number(code: str, value: float) -> None:
    assert float(plain_number(render(code, value)[0])) == value
