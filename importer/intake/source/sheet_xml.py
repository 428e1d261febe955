"""A sheet's XML read by an XML parser: exact, whatever its writer's habits, and slow.

In: the bytes of a sheet, or of rows of it. Out: of each row, what python-calamine does not tell.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from importer import spreadsheet
from importer.intake.letters import column_index
from importer.intake.source.package import local_name, safe_parser
from importer.model import CellKind

MOST_ROWS, MOST_COLUMNS = spreadsheet.MOST_ROWS, spreadsheet.MOST_COLUMNS
TRUE = ("1", "true", "on")  # how XML of different programs writes it
WIDEST = 255.0  # characters (support.microsoft.com, "Excel specifications and limits")
REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")


class OddCell(NamedTuple):
    """A cell whose text is not in its value: an error, or a formula without a value."""

    column: int
    kind: CellKind
    text: str


class XmlRow(NamedTuple):
    """number: Excel's. styles: of the columns that have a value; all columns count from 0."""

    number: int
    styles: dict[int, int]
    blank: set[int]
    odd: tuple[OddCell, ...]


class Width(NamedTuple):
    """Of the columns first to last, from 0, in characters."""

    first: int
    last: int
    width: float


class SheetParser:
    """Gives on each row when it has ended. columns: the attributes of <col>. hidden: rows, from 0,
    that are."""

    def __init__(self, take: Callable[[XmlRow], object], *, after: int = 0) -> None:
        """after: the number of the row before, for a row that does not say its own."""
        self.columns: list[Mapping[str, str]] = []
        self.hidden: list[int] = []
        self._take = take
        self._row = XmlRow(after, {}, set(), ())
        self._odd: list[OddCell] = []
        self._column = -1
        self._attributes: dict[str, str] = {}
        self._texts: dict[str, list[str]] = {}  # of the cell's parts, in pieces
        self._part: str | None = None
        self._parser = safe_parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, xml: bytes, *, is_last: bool) -> None:
        """Raises ExpatError, ValueError: it is broken."""
        self._parser.Parse(xml, is_last)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match local_name(name):
            case "v" | "f" | "is" as part:
                self._texts[part] = []
                self._part = part
            case "c":
                self._column = self._place(attributes.get("r"))
                self._attributes = attributes
                self._texts = {}
            case "row":
                self._row = XmlRow(int(attributes.get("r", self._row.number + 1)), {}, set(), ())
                self._column = -1
                self._odd = []
                if attributes.get("hidden") in TRUE:
                    self.hidden.append(self._row.number - 1)
            case "col":
                if len(self.columns) == MOST_COLUMNS:
                    raise ValueError(f"it has more than {MOST_COLUMNS:,} of <{name}>")
                self.columns.append(attributes)

    def _text(self, text: str) -> None:
        if self._part:
            self._texts[self._part].append(text)

    def _end(self, name: str) -> None:
        match local_name(name):
            case "v" | "f" | "is":
                self._part = None
            case "c":
                self._end_cell()
            case "row":
                self._take(self._row._replace(odd=tuple(self._odd)))

    def _end_cell(self) -> None:
        kind = self._attributes.get("t")
        value = "".join(self._texts.get("v", ())).strip()
        # A program that calculates says of an empty text too that it is one, by its type; one
        # that does not calculate leaves out the type and the value.
        is_uncalculated = "f" in self._texts and not value and kind != "str"
        if not (value or is_uncalculated or "is" in self._texts):
            self._row.blank.add(self._column)
            return
        self._row.styles[self._column] = int(self._attributes.get("s", 0))
        if is_uncalculated:
            formula = "=" + "".join(self._texts["f"]).strip()
            self._odd.append(OddCell(self._column, CellKind.UNCALCULATED, formula))
        elif kind == "e" and value:
            self._odd.append(OddCell(self._column, CellKind.ERROR, value))

    def _place(self, reference: str | None) -> int:
        column = self._column + 1
        if reference is not None:
            match = REFERENCE.fullmatch(reference)
            column = column_index(match[1]) if match else MOST_COLUMNS
        if column >= MOST_COLUMNS:
            raise ValueError(f"Excel has no cell {reference or 'there'}")
        return column


def column_widths(columns: Iterable[Mapping[str, str]]) -> list[Width]:
    return [
        Width(int(each["min"]) - 1, int(each["max"]) - 1, width)
        for each in columns
        if {"min", "max", "width"} <= each.keys() and 0 <= (width := float(each["width"])) <= WIDEST
    ]


def hidden_columns(columns: Iterable[Mapping[str, str]]) -> list[int]:
    """From 0."""
    flags = bytearray(MOST_COLUMNS)
    for each in columns:
        if each.get("hidden") in TRUE and {"min", "max"} <= each.keys():
            first, end = max(int(each["min"]) - 1, 0), min(int(each["max"]), MOST_COLUMNS)
            flags[first:end] = b"\1" * (end - first)
    return [column for column, is_hidden in enumerate(flags) if is_hidden]
