"""The transforms of a rule, made of what its mapping says, and for the rest of its column's values.

What the mapping says always counts; where it says nothing, a date or a number is read as all
values of the column prove.
"""

from collections.abc import Sequence

from importer.intake.columns.reading import ColumnReading, NumberReading
from importer.intake.mapping import Rule
from importer.intake.transforms.options import Options, Transform
from importer.intake.transforms.registry import make_transform

DATES = ("date", "datetime")


def reading_of(
    rule: Rule, names: Sequence[str], readings: Sequence[ColumnReading]
) -> ColumnReading | None:
    """Of the rule's column; None where it has several, or nothing was read.

    names, readings: of the file's columns, in their order.
    """
    if len(rule.columns) != 1 or rule.columns[0] not in names:
        return None
    index = names.index(rule.columns[0])
    return readings[index] if index < len(readings) else None


def leaves_dates_open(options: Options) -> bool:
    """Whether the mapping does not say how dates are written."""
    return not options.formats


def leaves_numbers_open(options: Options) -> bool:
    """Whether the mapping does not say how numbers are written."""
    return options.decimal is None and options.grouping is None


def make_step(name: str, options: Options, reading: ColumnReading | None) -> Transform:
    """The transform of that name for texts of a column that was read so."""
    if reading is not None and reading.dates and name in DATES and leaves_dates_open(options):
        from importer.intake.transforms.date import make_date, make_datetime

        if name == "date":
            return make_date((), reading.dates.formats)
        return make_datetime((), options.timezone, reading.dates.formats)
    if reading is not None and reading.numbers and name == "number":
        return _number(options, reading.numbers)
    return make_transform(name, options)


def percent_of(options: Options, reading: ColumnReading | None) -> str:
    """keep or share; "" where a percent sign is refused."""
    is_percent = reading is not None and reading.numbers is not None and reading.numbers.percent
    return options.percent or ("keep" if is_percent else "")


def _number(options: Options, reading: NumberReading) -> Transform:
    from importer.intake.transforms.number import Around, make_number, make_undecided

    percent = options.percent or ("keep" if reading.percent else "")
    around = Around(reading.currency, percent)
    if not leaves_numbers_open(options):
        return make_number(*options.signs, around)
    if reading.decimal is None:
        return make_undecided(around)
    return make_number(reading.decimal, reading.grouping or "", around)
