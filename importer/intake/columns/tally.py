"""One column of a list, block by block: what is striking about its cells, counted. Pure.

In: the column's texts, and in a workbook the kinds of its cells. Out: `Seen`s by code, and how its
dates and numbers are written. Memory is flat, and a block without anything striking costs little.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from importer.intake.columns.damage import (
    BECAME_DATE,
    CAPITAL,
    DAMAGES,
    DIGITS,
    ISO_DAY,
    RANGES,
    SMALL,
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


class ColumnTally:
    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._dates = DateTally() if wanted.dates else None
        self._numbers = NumberTally() if wanted.numbers else None
        self._long = 0
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
        """Where all are digits and none begins with 0: the width of most of them, and those that
        are one or two digits shorter."""
        if not self.digits or self.digits < self.filled or self._has_zeros:
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
        if "-" in joined or b"0. A" in shape:
            if b"0-A" in shape or b"a-0" in shape or b"0. A" in shape:
                self._note("became_dates", self._cells(numbers, texts, BECAME_DATE.fullmatch))
            if b"0-0" in shape:
                self.ranges += len(RANGES.findall(shape))
        if joined[0].isdigit() and shape.count(DIGITS) + shape.count(b"\n") == len(shape):
            self._count_digits(numbers, texts, joined)
        if self._wanted.names and shape.count(SMALL) < shape.count(CAPITAL):
            capitals = [
                (number, text)
                for number, text in zip(numbers, texts, strict=True)
                if len(text) >= SHORTEST_NAME and text.isupper()
            ]
            self._note("capitals", capitals)

    def _count_digits(self, numbers: Sequence[int], texts: Sequence[str], joined: str) -> None:
        widths = Counter(map(len, texts))
        widths.pop(0, None)
        self.digits += widths.total()
        self._widths += widths
        self._has_zeros = self._has_zeros or joined[0] == "0" or "\n0" in joined
        for width in widths:
            seen = self._by_width.setdefault(width, Seen())
            if len(seen.examples) < MOST_EXAMPLES:
                seen.add(
                    [
                        (number, text)
                        for number, text in zip(numbers, texts, strict=True)
                        if len(text) == width
                    ][:MOST_EXAMPLES],
                    0,
                )

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
