"""The values that python-calamine gives become text, many rows at a time.

In: rows of values, and the layouts of these rows. Out: their text, and the kinds of their cells.
"""

from collections.abc import Sequence, Set
from datetime import date, datetime, time
from typing import cast

from importer.intake.source.cells import Layout
from importer.intake.source.number_format import plain_format, renderer
from importer.model import CellKind

MOST_KEPT = 8192  # texts of values, of each format: some 2 MB
TEXT, NUMBER = CellKind.TEXT, CellKind.NUMBER


class CellTexts:
    """codes: the format codes that the layouts' numbers stand for.

    left: the column that the values begin in. width: of the rows that are wanted.
    """

    def __init__(self, codes: Sequence[str], *, is_1904: bool, left: int, width: int) -> None:
        self._formats = [_Format(code, is_1904) for code in codes]
        self._left = left
        self._width = width

    def of_rows(
        self, rows: Sequence[Sequence[object]], layouts: Sequence[Layout]
    ) -> tuple[list[list[str]], list[str]]:
        """The rows' texts and kinds; the rows are equally long. A row of text has the kinds ""."""
        sorts = list({id(layout): layout for layout in layouts}.values())
        blank = (("",) * len(rows), TEXT * len(rows))
        columns = [blank] * self._left + [
            self._column(column, values, layouts, sorts)
            for column, values in enumerate(zip(*rows, strict=True), self._left)
        ]
        columns += [blank] * (self._width - len(columns))
        texts = list(map(list, zip(*(texts for texts, _ in columns), strict=True)))
        kinds = list(map("".join, zip(*(kinds for _, kinds in columns), strict=True)))
        if any(layout.odd for layout in sorts):
            _put_odd(texts, kinds, layouts)
        all_text = TEXT * self._width
        return texts, ["" if each == all_text else each for each in kinds]

    def _column(
        self,
        column: int,
        values: Sequence[object],
        layouts: Sequence[Layout],
        sorts: Sequence[Layout],
    ) -> tuple[Sequence[str], str]:
        types = set(map(type, values))
        if types == {str}:
            return cast(Sequence[str], values), TEXT * len(values)
        formats = {each.formats[column] for each in sorts if column in each.formats} or {0}
        if len(formats) == 1 and bool not in types:
            return self._formats[formats.pop()].show(values, types)
        shown = [
            self._formats[layout.formats.get(column, 0)].show_one(value)
            for value, layout in zip(values, layouts, strict=True)
        ]
        return [text for text, _ in shown], "".join(kind for _, kind in shown)


class _Format:
    """What values look like under one format code."""

    def __init__(self, code: str, is_1904: bool) -> None:
        self._render = renderer(code, is_1904)
        self._plain = plain_format(code)
        self._texts: dict[object, str] = {}
        self._kinds: dict[object, str] = {}  # of those that are not shown as numbers

    def show(self, values: Sequence[object], types: Set[type]) -> tuple[Sequence[str], str]:
        """Their texts and kinds. No boolean may be among them: True is equal to 1."""
        distinct = set(values)
        are_unique = types == {float} and len(distinct) == len(values)
        if are_unique and (quick := self._at_once(values)):
            return quick, NUMBER * len(values)
        if len(self._texts) > MOST_KEPT:
            self._texts.clear()
            self._kinds.clear()
        if new := [value for value in distinct if value not in self._texts]:
            self._learn(new)
        texts = list(map(self._texts.__getitem__, values))
        if not self._kinds:
            return texts, NUMBER * len(values)
        return texts, "".join([self._kinds.get(value, NUMBER) for value in values])

    def show_one(self, value: object) -> tuple[str, str]:
        if isinstance(value, bool):
            return str(value).upper(), CellKind.BOOLEAN
        if isinstance(value, int | float):
            return self._render(float(value))
        if isinstance(value, datetime):
            return value.isoformat(" ", "milliseconds").removesuffix(".000"), CellKind.DATE
        if isinstance(value, date | time):  # stored as such, in ISO 8601, whatever its format
            return value.isoformat(), CellKind.DATE
        return str(value), TEXT

    def _learn(self, values: Sequence[object]) -> None:
        numbers = [value for value in values if isinstance(value, float)]
        self._texts.update(zip(numbers, self._at_once(numbers), strict=False))
        for value in values:
            if value not in self._texts:
                self._texts[value], kind = self.show_one(value)
                if kind != NUMBER:
                    self._kinds[value] = kind

    def _at_once(self, numbers: Sequence[object]) -> list[str]:
        """The texts of all of them, or of none."""
        if not self._plain or not numbers:
            return []
        return list(self._plain.texts(cast(Sequence[float], numbers)) or ())


def _put_odd(texts: list[list[str]], kinds: list[str], layouts: Sequence[Layout]) -> None:
    for i, layout in enumerate(layouts):
        for column, kind, text in layout.odd:
            texts[i][column] = text
            kinds[i] = kinds[i][:column] + kind + kinds[i][column + 1 :]
