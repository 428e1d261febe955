"""The rows of a file that are none of its list: what stands below the table, and repeated headers.

In: the blocks, in order. Out: the numbers of such rows with the reason, and where a second table
begins. What is not surely no row of the list is one.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from importer.intake.source.header import explains, is_label, looks_like_names
from importer.model import Block

TAIL = 30  # rows at the end that are looked at
HEAD = 5  # rows of a section that are kept, to tell whether it is a table of its own
MOST_SECTIONS = 200
TOTAL = re.compile(
    r"(?:grand[ -]?|sub[ -]?|report )?totals?(?: (?:records?|rows?|leads?|général|generale|geral))?"
    r"|sums?|counts?|averages?|records?|number of (?:records|rows|leads)"
    r"|summen?|gesamt(?:summe)?|anzahl|insgesamt|zwischensumme"
    r"|totaux|somme|nombre|moyenne|totale|totali|somma|suma|total(?: general)?|soma|totaal|som",
    re.IGNORECASE,
)
NUMERIC = re.compile(r"[^\w@]*(?:[A-Z]{3}\s?)?[\d.,\s'()%+-]*\d[\d.,\s'()%-]*[^\w@]*(?:[A-Z]{3})?")
NOTE = re.compile(
    r"(?:export(?:ed|iert)?|generated|created|report|source|notes?|n\.?b|page|seite|confidential"
    r"|vertraulich|copyright|end of|filters?|printed|downloaded|as of|stand|quelle|hinweis"
    r"|erstellt|généré|exporté|généré|fonte|nota|disclaimer|prepared|this (?:list|report|file))\b"
    r"|©|\(c\)|\*|-{2,}|={2,}",
    re.IGNORECASE,
)
PHONE = re.compile(r"\+?[\d\s()./-]{6,}")
LONG_NOTE = 25  # characters: longer than nearly all names
WIDE = 3  # columns: of a narrower table one cell may be a row


@dataclass(frozen=True, slots=True)
class Rest:
    """A row that is none of the list. text: what it begins with; why: in a word."""

    row: int
    text: str
    why: str


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
        self._tail: deque[tuple[int, Sequence[str]]] = deque(maxlen=TAIL)
        self._sections = [Section(header_row, header_row)]

    def add(self, block: Block) -> None:
        place, name = self._first
        for index in [
            i for i, row in enumerate(block.rows) if len(row) > place and name in row[place]
        ]:
            if [cell.strip() for cell in block.rows[index]] == self._header:
                self.repeated.append(Rest(block.first + index, name, "the header again"))
        self._divide(block)
        end = block.first + len(block.rows)
        start = end - len(block.rows[-TAIL:])
        tail = [(n, row) for n, row in enumerate(block.rows[-TAIL:], start) if row]
        self._tail.extend(tail)

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

    def below(self) -> Iterator[Rest]:
        """The rows at the end that are no rows of the list, the last first."""
        rows = list(self._tail)
        while rows and (why := self._why(rows)):
            number, cells = rows.pop()
            yield Rest(number, next(cell.strip() for cell in cells if cell.strip()), why)

    def _why(self, rows: Sequence[tuple[int, Sequence[str]]]) -> str | None:
        """Why the last of these rows is none of the list; None where it may be one."""
        _, cells = rows[-1]
        first, *others = [cell.strip() for cell in cells if cell.strip()]
        if TOTAL.fullmatch(first.rstrip(": ")) and all(map(NUMERIC.fullmatch, others)):
            return "a total" if others or len(self._header) >= WIDE else None
        label, sign, value = first.partition(":")
        if (
            not others
            and sign
            and TOTAL.fullmatch(label.strip())
            and NUMERIC.fullmatch(value.strip())
        ):
            return "a total"
        if others or len(self._header) < WIDE or _is_contact(first):
            return None
        return "a note" if NOTE.match(first) or (self._is_apart(rows) and _is_note(first)) else None

    @staticmethod
    def _is_apart(rows: Sequence[tuple[int, Sequence[str]]]) -> bool:
        """Whether a blank row stands above the last row, or above the run of single cells that it
        ends."""
        for (above, _), (number, cells) in zip(rows[-2::-1], rows[::-1], strict=False):
            if sum(1 for cell in cells if cell.strip()) > 1:
                return False
            if number > above + 1:
                return True
        return False


def _without_title(section: Section) -> Section:
    """The section without its first row, where that has one cell only."""
    if section.rows < 2 or sum(1 for cell in section.head[0] if cell.strip()) > 1:
        return section
    return Section(section.first + 1, section.last, section.head[1:], section.rows - 1)


def _is_contact(text: str) -> bool:
    return "@" in text or bool(PHONE.fullmatch(text))


def _is_note(text: str) -> bool:
    return len(text) > LONG_NOTE or len(text.split()) > 3 or text.endswith((".", ":"))
