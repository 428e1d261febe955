"""One column of a list, block by block: what is striking about its cells, counted. Pure.

In: the column's texts, and in a workbook the kinds of its cells. Out: `Seen`s by code, and how its
dates and numbers are written. Memory is flat, and a block without anything striking costs little.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from importer.intake.columns.damage import (
    BECAME_DATE,
    DAMAGES,
    DATE_LINE,
    DIGITS,
    IN_DOUBT,
    ISO_DAY,
    KEPT_DIGITS,
    MAYBE_DATE,
    RANGES,
    SERIAL,
    SERIAL_LINE,
    is_long,
    is_rounded,
    shape_of,
)
from importer.intake.columns.dates import DateTally
from importer.intake.columns.ids import IdTally
from importer.intake.columns.numbers import NumberTally
from importer.intake.columns.reading import ColumnReading
from importer.intake.columns.seen import MOST_EXAMPLES, Seen
from importer.model import CellKind

REFUSING = ("scientific_notation", "lost_character")  # wherever they are met
LONG = DIGITS * 16
LAST_UNSURE_DAY = 12  # a day that could be a month
SHORTEST_NAME = 3  # letters of a name of which capitals tell something: not "AJ"
UNPRINTED = frozenset({CellKind.ERROR, CellKind.UNCALCULATED, CellKind.BOOLEAN})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be found out about a column, beside damage."""

    dates: bool = True
    numbers: bool = True
    names: bool = True
    ids: bool = True


class ColumnTally:
    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._dates = DateTally() if wanted.dates else None
        self._numbers = NumberTally() if wanted.numbers else None
        self._long = 0
        self._ids = IdTally() if wanted.ids else None
        self._sure_days = 0
        self.seen: dict[str, Seen] = {}
        self.filled = 0
        self.first = Seen()
        self.ranges = 0
        self.dates = 0

    def add(self, numbers: Sequence[int], texts: Sequence[str], kinds: str = "") -> None:
        """numbers: of the rows. kinds: of the cells; "" where all are text."""
        written = texts  # by a person, not by a program's format
        if kinds and kinds.count(CellKind.TEXT) < len(kinds):
            written = [t for t, kind in zip(texts, kinds, strict=True) if kind == CellKind.TEXT]
            numbers, texts = self._without_typed(numbers, texts, kinds)
        joined = "\n".join(texts)
        self.filled += len(texts) - texts.count("")
        if len(joined) < len(texts) or not joined:  # blank, all of them
            return
        if len(self.first.examples) < MOST_EXAMPLES:
            self.first.add(self._cells(numbers, texts, str.strip)[:MOST_EXAMPLES], 0)
        self._look_for_damage(numbers, texts, joined)
        if self._dates is None and self._numbers is None:
            return
        if self._dates:
            self._dates.add(list(filter(str.strip, texts)))
        if self._numbers:
            self._numbers.add(list(filter(str.strip, written)))

    @property
    def reads_values(self) -> bool:
        """Whether dates or numbers are wanted."""
        return self._wanted.dates or self._wanted.numbers

    def reading(self) -> ColumnReading:
        dates = self._dates.reading() if self._dates else None
        damage = [code for code in REFUSING if code in self.seen]
        if "rounded_digits" in self.seen and self._long == self.seen["rounded_digits"].rows:
            damage.append("rounded_digits")
        elif "rounded_number" in self.seen:
            damage.append("rounded_number")
        is_one_way = dates and not dates.both and (dates.day_first or dates.month_first)
        if is_one_way and self._unsure_days > 1 and not self._sure_days:
            damage.append("ambiguous_date")
        numbers = self._numbers.reading() if self._numbers else None
        if numbers and numbers.by_comma and numbers.decimal == "," and "numbers" in self.seen:
            damage.append("ambiguous_number")
        return ColumnReading(dates, numbers, tuple(damage))

    @property
    def _unsure_days(self) -> int:
        return self.seen["dates"].rows if "dates" in self.seen else 0

    def short_ids(self) -> tuple[int, Seen] | None:
        """As `IdTally.short`."""
        return self._ids.short(self.filled) if self._ids else None

    def _without_typed(
        self, numbers: Sequence[int], texts: Sequence[str], kinds: str
    ) -> tuple[list[int], list[str]]:
        """The cells that are text or numbers; of the others the dates are counted."""
        kept_numbers: list[int] = []
        kept_texts: list[str] = []
        dates: list[tuple[int, str]] = []
        for number, text, kind in zip(numbers, texts, kinds, strict=True):
            if kind == CellKind.DATE:
                dates.append((number, text))
            elif kind not in UNPRINTED:
                kept_numbers.append(number)
                kept_texts.append(text)
                if kind == CellKind.NUMBER:
                    self._look_at_number(number, text)
        if dates:
            self._note("dates", dates)
            days = [ISO_DAY.match(text) for _, text in dates]
            self._sure_days += sum(1 for day in days if day and int(day[1]) > LAST_UNSURE_DAY)
        return kept_numbers, kept_texts

    def _look_at_number(self, number: int, text: str) -> None:
        if self._numbers and IN_DOUBT.fullmatch(text):
            self._note("numbers", [(number, text)])
        if len(text) > KEPT_DIGITS and is_rounded(text):
            self._note("rounded_number", [(number, text)])

    def _look_for_damage(self, numbers: Sequence[int], texts: Sequence[str], joined: str) -> None:
        shape = shape_of(joined)
        for code, damage in DAMAGES.items():
            if damage.maybe(joined, shape):
                self._note(code, self._cells(numbers, texts, damage.has))
        if LONG in shape:
            self._long += sum(map(is_long, texts))
            self._note("rounded_digits", self._cells(numbers, texts, is_rounded))
        has_dash = "-" in joined
        if DIGITS in shape and (has_dash or " " in joined or "." in joined):
            if MAYBE_DATE.search(shape):
                self._note("became_dates", self._cells(numbers, texts, BECAME_DATE.fullmatch))
            if has_dash:
                self.ranges += len(RANGES.findall(shape))
        if "/" in joined or has_dash or "." in joined:
            self.dates += len(DATE_LINE.findall(shape))
        if b"00000" in shape and (serials := len(SERIAL_LINE.findall(shape))):
            self._count_serials(numbers, texts, serials)
        if self._ids and DIGITS in shape:
            self._ids.add(numbers, texts, shape)
        if self._wanted.names and any(map(str.isupper, texts)):
            self._note("capitals", self._cells(numbers, texts, _is_in_capitals))

    def _count_serials(self, numbers: Sequence[int], texts: Sequence[str], count: int) -> None:
        seen = self.seen.setdefault("day_numbers", Seen())
        if len(seen.examples) < MOST_EXAMPLES:
            seen.add(self._cells(numbers, texts, SERIAL.fullmatch), 0)
        seen.rows += count

    def _note(self, code: str, found: Sequence[tuple[int, str]]) -> None:
        if found:
            self.seen.setdefault(code, Seen()).add(found)

    @staticmethod
    def _cells(
        numbers: Sequence[int], texts: Sequence[str], has: Callable[[str], object]
    ) -> list[tuple[int, str]]:
        return [
            (number, text)
            for number, text in zip(numbers, texts, strict=True)
            if text and has(text)
        ]


def _is_in_capitals(text: str) -> bool:
    if not text.isupper() or any(map(str.isdigit, text)):
        return False
    return sum(map(str.isalpha, text)) >= SHORTEST_NAME
