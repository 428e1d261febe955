"""What has to be asked before a list is sent: columns whose values leave open how they are read,
and of which the mapping does not say it. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importer.intake.by_column import (
    DATES,
    leaves_dates_open,
    leaves_numbers_open,
    reading_of,
)
from importer.intake.columns.reading import ColumnReading, DateReading, NumberReading, Order
from importer.intake.mapping import Mapping, Rule
from importer.intake.transforms.date import formats_line


@dataclass(frozen=True, slots=True)
class Question:
    """line: of the mapping, where the column stands. what: the counts in words. fix: the lines,
    each of which decides it."""

    column: str
    line: int
    what: str
    fix: str


def questions(
    mapping: Mapping, names: Sequence[str], readings: Sequence[ColumnReading]
) -> list[Question]:
    """In the mapping's order. names, readings: of the file's columns, in their order."""
    asked = [each for rule in mapping.rules for each in _asked(rule, names, readings)]
    return list(dict.fromkeys(asked))


def _asked(
    rule: Rule, names: Sequence[str], readings: Sequence[ColumnReading]
) -> Iterator[Question]:
    reading = reading_of(rule, names, readings)
    if reading is None:
        return
    dates, numbers, options = reading.dates, reading.numbers, rule.options
    column, line = rule.columns[0], rule.lines[0]
    is_date = any(name in DATES for name in rule.transforms) and leaves_dates_open(options)
    if is_date and dates is not None and dates.order is Order.OPEN:
        yield Question(column, line, _date_counts(dates), _date_lines(dates))
    is_number = "number" in rule.transforms and leaves_numbers_open(options)
    if is_number and numbers is not None and _is_open(numbers):
        yield Question(column, line, _number_counts(numbers), _number_lines(numbers))


def _date_counts(dates: DateReading) -> str:
    if dates.years:
        return f"{dates.both:,} can begin or end with their year"
    return (
        f"{dates.both:,} fit both, {dates.day_first:,} only day-month, "
        f"{dates.month_first:,} only month-day"
    )


def _date_lines(dates: DateReading) -> str:
    """With all of the column's formats: a mapping that names some has no others."""
    formats = [form for form in dates.formats if form not in dates.years]
    day = [form for form in formats if not _is_month_first(form)]
    month = [form for form in formats if not _is_day_first(form)]
    lines = [formats_line(forms) for forms in (dates.years, day, month) if forms]
    return " or ".join(dict.fromkeys(lines))


def decided(rule: Rule, names: Sequence[str], readings: Sequence[ColumnReading]) -> list[str]:
    """How the rule's column is read where its values differ by that, and what proves it; none where
    nothing had to be proved."""
    reading = reading_of(rule, names, readings)
    if reading is None:
        return []
    dates, numbers, options = reading.dates, reading.numbers, rule.options
    if dates and dates.both and leaves_dates_open(options) and {*DATES} & {*rule.transforms}:
        first = {Order.DAY: "day", Order.MONTH: "month"}.get(dates.order)
        return [f"{first} first: {_date_counts(dates)}"] if first else []
    if numbers and numbers.either and leaves_numbers_open(options) and "number" in rule.transforms:
        sign = {",": "comma", ".": "point"}.get(numbers.decimal or "")
        return [f"decimal {sign}: {_number_counts(numbers)}"] if sign else []
    return []


def _is_month_first(form: str) -> bool:
    return form.startswith("M") and "MMM" not in form


def _is_day_first(form: str) -> bool:
    return form.startswith("D") and "MMM" not in form


def _is_open(numbers: NumberReading) -> bool:
    return numbers.decimal is None and not (numbers.by_comma or numbers.by_point)


def _number_counts(numbers: NumberReading) -> str:
    return (
        f"{numbers.either:,} fit both, {numbers.by_comma:,} only a decimal comma, "
        f"{numbers.by_point:,} only a decimal point"
    )


def _number_lines(numbers: NumberReading) -> str:
    sign = numbers.grouping or "."
    return f'decimal: "{sign}" or grouping: "{sign}"'
