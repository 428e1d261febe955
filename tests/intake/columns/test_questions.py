from collections.abc import Sequence

import pytest

from importer.intake.columns.dates import DateTally
from importer.intake.columns.numbers import NumberTally
from importer.intake.columns.questions import Question, questions
from importer.intake.columns.reading import ColumnReading
from importer.intake.mapping import load_mapping

NAMES = ("Name", "A", "B")
DATES = ["03/04/2026", "05/06/2026", "07/07/2026"]
SUMS = ["1.234", "2.500"]


def reading(texts: Sequence[str]) -> ColumnReading:
    dates, numbers = DateTally(), NumberTally()
    dates.add(texts)
    numbers.add(texts)
    return ColumnReading(dates.reading(), numbers.reading())


def asked(entries: str, a: Sequence[str], b: Sequence[str] = ()) -> list[Question]:
    text = f"version: 1\ncolumns:\n  Name: LastName\n{entries}"
    return questions(load_mapping(text, name="m"), NAMES, [reading(()), reading(a), reading(b)])


@pytest.mark.parametrize(
    ("keys", "texts", "what", "fix"),
    [
        (
            "transform: date",
            DATES,
            "2 fit both, 0 only day-month, 0 only month-day",
            "formats: [D/M/YYYY] or formats: [M/D/YYYY]",
        ),
        (
            "transform: [trim, datetime]",
            ["3.4.26 10:00"] * 1234 + ["1 May 2026, 10:00"],
            "1,234 fit both, 0 only day-month, 0 only month-day",
            'formats: [D.M.YY H:mm, "D MMM YYYY, H:mm"] or '
            'formats: [M.D.YY H:mm, "D MMM YYYY, H:mm"]',
        ),
        (
            "transform: date",
            ["3/4/2026", "May 1, 2026"],
            "1 fit both, 0 only day-month, 0 only month-day",
            'formats: [D/M/YYYY, "MMM D, YYYY"] or formats: [M/D/YYYY, "MMM D, YYYY"]',
        ),
        (
            "transform: number",
            SUMS,
            "2 fit both, 0 only a decimal comma, 0 only a decimal point",
            'decimal: "." or grouping: "."',
        ),
        (
            "transform: number, percent: share",
            ["1,234%", "5%"],
            "1 fit both, 0 only a decimal comma, 0 only a decimal point",
            'decimal: "," or grouping: ","',
        ),
    ],
)
def test_what_the_values_leave_open_is_asked_with_its_line(
    keys: str, texts: list[str], what: str, fix: str
) -> None:
    assert asked(f"  A: {{field: mx_A, {keys}}}\n", texts) == [Question("A", 4, what, fix)]


@pytest.mark.parametrize(
    ("keys", "texts"),
    [
        ("transform: date, formats: DD/MM/YYYY", DATES),
        ("transform: date", [*DATES, "31/12/2026"]),
        ("transform: date", [*DATES, "31/12/2026", "12/31/2026"]),
        ("transform: date", ["05/05/2026"]),
        ("transform: date", SUMS),
        ("transform: number, decimal: .", SUMS),
        ("transform: number, grouping: .", SUMS),
        ("transform: number", [*SUMS, "12,5"]),
        ("transform: number", [*SUMS, "12,5", "12.5"]),
        ("transform: trim", DATES),
        ("transform: trim", SUMS),
    ],
)
def test_what_is_decided_or_is_not_read_as_such_is_not_asked(keys: str, texts: list[str]) -> None:
    assert asked(f"  A: {{field: mx_A, {keys}}}\n", texts) == []


def test_each_column_is_asked_once_in_the_mapping_s_order() -> None:
    entries = (
        "  B: {field: mx_B, transform: number}\n"
        "fields:\n"
        "  mx_A: {from: A, transform: date}\n"
        "  mx_C: {from: [A, B], transform: date}\n"
        "  mx_D: {from: X, transform: date, optional: true}\n"
    )

    assert [(each.column, each.line) for each in asked(entries, DATES, SUMS)] == [
        ("B", 4),
        ("A", 6),
    ]


@pytest.mark.parametrize("line", ["decimal: '.'", "grouping: '.'"])
def test_each_line_that_is_offered_is_a_mapping_s(line: str) -> None:
    load_mapping(
        f"version: 1\ncolumns:\n  A: {{field: Phone, transform: number, {line}}}\n", name="m"
    )
