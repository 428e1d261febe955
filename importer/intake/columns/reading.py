"""What all the values of a column say about each of them: what a row alone can't tell.

A reading is found once, when a list is first read, and kept with its job: a row that is sent
later, or mended, is read as the others were.
"""

from dataclasses import dataclass, replace
from enum import StrEnum


class Order(StrEnum):
    """What the values prove about which comes first, the day or the month."""

    NONE = "none"  # no value depends on it
    DAY = "day"
    MONTH = "month"
    OPEN = "open"  # values depend on it, and none proves it
    MIXED = "mixed"  # some prove the one, some the other


@dataclass(frozen=True, slots=True)
class DateReading:
    """formats: as a mapping's `formats:`, those that were met beside ISO, each in the order that
    is proved, and in both orders where none is.

    both, day_first, month_first: values that can be read with either part first (and differ by
    it), or with one of them only. others: values that are no date that can be told. years: of the
    formats those that begin with a year of two digits, where nothing proves at which end it stands;
    the order is OPEN then.
    """

    formats: tuple[str, ...] = ()
    order: Order = Order.NONE
    both: int = 0
    day_first: int = 0
    month_first: int = 0
    others: int = 0
    years: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberReading:
    """decimal, grouping: as a mapping's keys. decimal: None where no value proves it, and some
    depend on it; grouping is then the sign that stands in most of these. Both are None where
    some prove the one, some the other. currency: the one sign or code that they carry, "" for none
    or several. percent: whether all carry the sign.

    by_comma, by_point: values that only a decimal comma, or only a point, explains; either: those
    that differ by it; others: no numbers.
    """

    decimal: str | None = "."
    grouping: str | None = ""
    currency: str = ""
    percent: bool = False
    by_comma: int = 0
    by_point: int = 0
    either: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """dates, numbers: None where no value is like one. damage: codes of the damage for which cells
    of the column are refused."""

    dates: DateReading | None = None
    numbers: NumberReading | None = None
    damage: tuple[str, ...] = ()

    @property
    def way(self) -> "ColumnReading":
        """The same without what was counted: by it values are read."""
        dates, numbers = self.dates, self.numbers
        if dates is not None:
            dates = DateReading(tuple(sorted(dates.formats)), dates.order, years=dates.years)
        if numbers is not None:
            numbers = replace(numbers, by_comma=0, by_point=0, either=0, others=0)
        return ColumnReading(dates, numbers, self.damage)

    @property
    def is_open(self) -> bool:
        """Whether values of the column can be read in two ways, and nothing proves which."""
        is_date = self.dates is not None and self.dates.order is Order.OPEN
        return is_date or (self.numbers is not None and self.numbers.decimal is None)
