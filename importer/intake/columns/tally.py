"""One column of a list, block by block: what is striking about its cells, counted. Pure.

In: the column's texts, and in a workbook the kinds of its cells. Out: `Seen`s by code, and how its
dates and numbers are written. Memory is flat, and a block without anything striking costs little.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from importer.intake.columns.damage import (
    BECAME_DATE,
    CAPITAL,
    DAMAGES,
    DIGITS,
    ISO_DAY,
    MAYBE_DATE,
    RANGES,
    Shape,
    is_long,
    is_rounded,
    shape_of,
)
from importer.intake.columns.dates import DateTally
from importer.intake.columns.numbers import NumberTally
from importer.intake.columns.reading import ColumnReading
from importer.model import CellKind

MOST_EXAMPLES = 3
REFUSING = ("scientific_notation", "lost_character")  # wherever they are met
LONG = DIGITS * 16
LAST_UNSURE_DAY = 12  # a day that could be a month
SHORTEST_NAME = 3  # letters of a name of which capitals tell something: not "AJ"
MOST_ARE_DIGITS = 0.8  # of the cells, in a column of ids; the others are "n/a", or 12345-6789
DIGITS_ALONE = re.compile(rb"(?:\A|(?<=\n)) *0+ *(?=\n|\Z)")  # a line of a shape
UNPRINTED = frozenset({CellKind.ERROR, CellKind.UNCALCULATED, CellKind.BOOLEAN})


@dataclass(slots=True)
class Seen:
    """rows: how many. examples: the first of them, each with the cell's text."""

    rows: int = 0
    examples: list[tuple[int, str]] = field(default_factory=list)

    def add(self, found: Sequence[tuple[int, str]], rows: int | None = None) -> None:
        self.rows += len(found) if rows is None else rows
        self.examples += found[: MOST_EXAMPLES - len(self.examples)]


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
        self._order = _Order()
        self._widths: Counter[int] = Counter()
        self._by_width: dict[int, Seen] = {}
        self._has_zeros = False
        self._sure_days = 0
        self.seen: dict[str, Seen] = {}
        self.filled = 0
        self.first = Seen()
        self.ranges = 0
        self.digits = 0

    def add(self, numbers: Sequence[int], texts: Sequence[str], kinds: str = "") -> None:
        """numbers: of the rows. kinds: of the cells; "" where all are text."""
        if kinds and kinds.count(CellKind.TEXT) < len(kinds):
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
        some = [text for text in texts if text and not text.isspace()]
        if self._dates:
            self._dates.add(some)
        if self._numbers:
            self._numbers.add(some)

    def reading(self) -> ColumnReading:
        dates = self._dates.reading() if self._dates else None
        damage = [code for code in REFUSING if code in self.seen]
        if "rounded_digits" in self.seen and self._long == self.seen["rounded_digits"].rows:
            damage.append("rounded_digits")
        is_one_way = dates and not dates.both and (dates.day_first or dates.month_first)
        if is_one_way and self._unsure_days > 1 and not self._sure_days:
            damage.append("ambiguous_date")
        numbers = self._numbers.reading() if self._numbers else None
        return ColumnReading(dates, numbers, tuple(damage))

    @property
    def _unsure_days(self) -> int:
        return self.seen["dates"].rows if "dates" in self.seen else 0

    def short_numbers(self) -> tuple[int, Seen] | None:
        """Where nearly all are digits and none begins with 0: the width of most of them, and those
        that are one or two digits shorter. Numbers that were counted up are none of that."""
        if not self.digits or self.digits < MOST_ARE_DIGITS * self.filled or self._has_zeros:
            return None
        if self._order.is_counted:
            return None
        usual = max(self._widths, key=self._widths.__getitem__)
        short = Seen()
        for width in (usual - 1, usual - 2):
            if width in self._by_width:
                short.add(self._by_width[width].examples, self._widths[width])
        others = self._widths.total() - self._widths[usual] - short.rows
        return (usual, short) if short.rows and not others else None

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
        if dates:
            self._note("dates", dates)
            days = [ISO_DAY.match(text) for _, text in dates]
            self._sure_days += sum(1 for day in days if day and int(day[1]) > LAST_UNSURE_DAY)
        return kept_numbers, kept_texts

    def _look_for_damage(self, numbers: Sequence[int], texts: Sequence[str], joined: str) -> None:
        shape = shape_of(joined)
        for code, damage in DAMAGES.items():
            if damage.maybe(joined, shape):
                self._note(code, self._cells(numbers, texts, damage.has))
        if LONG in shape:
            self._long += sum(map(is_long, texts))
            self._note("rounded_digits", self._cells(numbers, texts, is_rounded))
        if any(part in shape for part in MAYBE_DATE):
            self._note("became_dates", self._cells(numbers, texts, BECAME_DATE.fullmatch))
        if "-" in joined:
            self.ranges += len(RANGES.findall(shape))
        if self._wanted.ids and DIGITS in shape:
            self._count_digits(numbers, texts, shape)
        if self._wanted.names and CAPITAL in shape:
            self._note("capitals", self._cells(numbers, texts, _is_in_capitals))

    def _count_digits(self, numbers: Sequence[int], texts: Sequence[str], shape: Shape) -> None:
        if not DIGITS_ALONE.search(shape):
            return
        cells = [
            (number, text.strip())
            for number, text in zip(numbers, texts, strict=True)
            if text.strip().isdecimal()
        ]
        self._order.add([text for _, text in cells])
        widths = Counter(len(text) for _, text in cells)
        self.digits += len(cells)
        self._widths += widths
        self._has_zeros = self._has_zeros or any(text.startswith("0") for _, text in cells)
        for width in widths:
            seen = self._by_width.setdefault(width, Seen())
            if len(seen.examples) < MOST_EXAMPLES:
                seen.add([cell for cell in cells if len(cell[1]) == width][:MOST_EXAMPLES], 0)

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


class _Order:
    """Whether each number is greater than the one before, or each is smaller."""

    def __init__(self) -> None:
        self._last: list[str] = []
        self._rises = self._falls = True

    def add(self, texts: Sequence[str]) -> None:
        if self._rises or self._falls:
            steps = [(len(a), a) < (len(b), b) for a, b in pairwise([*self._last, *texts])]
            equal = any(a == b for a, b in pairwise([*self._last, *texts]))
            self._rises = self._rises and all(steps)
            self._falls = self._falls and not any(steps) and not equal
            self._last = list(texts[-1:]) or self._last

    @property
    def is_counted(self) -> bool:
        return self._rises or self._falls


def _is_in_capitals(text: str) -> bool:
    return len(text) >= SHORTEST_NAME and text.isupper()
