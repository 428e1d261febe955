"""The rows of a file that are none of its list: what stands below the table, and repeated headers.

In: the blocks, in order. Out: the numbers of such rows with the reason, and where a second table
begins. What is not surely no row of the list is one.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from importer.intake.columns.below import LINE, WIDE, Rest, rows_below
from importer.intake.columns.seen import Seen
from importer.intake.source.header import are_names, explains, is_label, looks_like_names
from importer.model import Block

TAIL = 30  # rows at the end that are looked at
HEAD = 5  # rows of a section that are kept, to tell whether it is a table of its own
MOST_SECTIONS = 200


@dataclass(slots=True)
class Section:
    """Rows without a blank one between them. head: the first of them."""

    first: int
    last: int
    head: list[Sequence[str]] = field(default_factory=list)
    rows: int = 0


class RestTally:
    def __init__(self, header: Sequence[str], header_row: int) -> None:
        self._header = [name.strip() for name in header]
        self._first = next((i, name) for i, name in enumerate(self._header) if name)
        self.repeated: list[Rest] = []
        self.lone = Seen()
        self._rows = 0
        self._tail: deque[tuple[int, Sequence[str]]] = deque(maxlen=TAIL)
        self._sections = [Section(header_row, header_row)]

    def add(self, block: Block) -> None:
        place, name = self._first
        for index in [
            i for i, row in enumerate(block.rows) if len(row) > place and name in row[place]
        ]:
            if [cell.strip() for cell in block.rows[index]] == self._header:
                self.repeated.append(Rest(block.first + index, name, "the header again"))
        if self._rows == 0 and (why := self._second_header(block.rows[0])):
            self.repeated.append(Rest(block.first, block.rows[0][self._first[0]].strip(), why))
        self._rows += len(block.rows)
        self._look_for_lone_cells(block)
        self._divide(block)
        end = block.first + len(block.rows)
        start = end - len(block.rows[-TAIL:])
        tail = [(n, row) for n, row in enumerate(block.rows[-TAIL:], start) if row]
        self._tail.extend(tail)

    def _second_header(self, row: Sequence[str]) -> str | None:
        """What the row below the header is, where it is no row of the list: the names in another
        language, what each column takes, or a line drawn of signs."""
        filled = [cell.strip() for cell in row if cell.strip()]
        if all(map(LINE.fullmatch, filled)):
            return "a line of signs"
        if len(filled) < WIDE or not all(map(is_label, filled)):
            return None
        return "a second header" if len(set(filled)) == 1 or are_names(filled) else None

    def _look_for_lone_cells(self, block: Block) -> None:
        """In a table of some columns: as headings between its rows have."""
        if len(self._header) < WIDE:
            return
        for index, row in enumerate(block.rows):
            if row and not row[-1] and not "".join(row[1:]).strip() and row[0].strip():
                self.lone.add([(block.first + index, row[0].strip())])

    @property
    def last_row(self) -> int:
        """The number of the last row that is not blank."""
        return self._sections[-1].last

    def second_table(self) -> tuple[Section, Section] | None:
        """The list, as far as it goes, and the table that begins below it."""
        header = [name.casefold() for name in self._header]
        for before, section in zip(self._sections, self._sections[1:], strict=False):
            table = _without_title(section)
            trimmed = [cell.strip().casefold() for cell in table.head[0]]
            if table.rows > 1 and trimmed != header and self._is_table(table):
                return Section(self._sections[0].first, before.last), table
        return None

    def _is_table(self, section: Section) -> bool:
        names, *below = section.head
        filled = [cell for cell in names if cell.strip()]
        if len(filled) < 2 or not all(map(is_label, filled)):
            return False
        if looks_like_names(names):
            return True
        is_narrower = len(filled) != sum(map(bool, self._header))
        return is_narrower and len(below) > 1 and explains(names, below)

    def _divide(self, block: Block) -> None:
        """Into sections, at the blank rows."""
        current = self._sections[-1]
        if [] not in block.rows and block.first == current.last + 1:
            self._extend(current, block.first, block.rows)
            return
        start = 0
        for index, row in enumerate([*block.rows, []]):
            if not row:
                if start < index:
                    self._section_at(block.first + start, block.rows[start:index])
                start = index + 1

    def _section_at(self, first: int, rows: list[list[str]]) -> None:
        current = self._sections[-1]
        if first > current.last + 1 and len(self._sections) < MOST_SECTIONS:
            current = Section(first, first - 1)
            self._sections.append(current)
        self._extend(current, first, rows)

    @staticmethod
    def _extend(section: Section, first: int, rows: list[list[str]]) -> None:
        section.head += rows[: HEAD - len(section.head)]
        section.rows += len(rows)
        section.last = first + len(rows) - 1

    def below(self) -> list[Rest]:
        """The rows at the end that are no rows of the list, the last first."""
        return rows_below(list(self._tail), len(self._header))


def _without_title(section: Section) -> Section:
    """The section without its first row, where that has one cell only."""
    if section.rows < 2 or sum(1 for cell in section.head[0] if cell.strip()) > 1:
        return section
    return Section(section.first + 1, section.last, section.head[1:], section.rows - 1)
