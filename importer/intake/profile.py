"""A list once through, for what it looks like: its columns, their kinds, blanks, and its rows.

In: a source. Out: a `FileProfile`. Memory is flat, and no value is kept.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from importer.intake.columns.date_shapes import Kind as DateKind
from importer.intake.columns.date_shapes import classify
from importer.intake.headers import column_names
from importer.intake.mapping import Mapping
from importer.intake.source.file import Reading, Source, pad
from importer.intake.spread import Spread
from importer.intake.suggest.sampling import NOTHING
from importer.intake.suggest.values import DATED, KINDS
from importer.intake.transforms.text import EDGES
from importer.model import Block
from importer.profile import ColumnProfile, FileProfile, Kind

# Of a sample. A column that is filled in a tenth of the rows has values enough.
MOST_ROWS, LEAST_ROWS, MOST_CELLS = 1000, 20, 200_000
LOOKED_AT = 200  # values of a column: more tell no other kind
EVERY = 8  # blocks: to look at each cell for white space costs a sixth of reading it
LONGEST = 200  # characters of a value that are kept: a longer one is a text
NEARLY_ALL = 0.9  # of the values

# A column of several kinds is of the first of these that nearly all its values may be. Digits may
# be phones or numbers, a serial number may be a day, and 0 and 1 are numbers as well.
NUMBERS = frozenset({Kind.NUMBER, Kind.DIGITS, Kind.SERIAL})
MAY_BE = [(each, frozenset({each})) for each in Kind] + [
    (Kind.PHONE, frozenset({Kind.PHONE, Kind.DIGITS})),
    (Kind.DATE, frozenset({Kind.DATE, Kind.SERIAL})),
    (Kind.NUMBER, NUMBERS),
    (Kind.NUMBER, NUMBERS | {Kind.YES_NO}),
    (Kind.CODE, NUMBERS | {Kind.CODE}),
    (Kind.TEXT, frozenset({Kind.TEXT, Kind.CODE, Kind.YES_NO})),
]


def profile_of(
    source: Source, reading: Reading, watch: Callable[[], None] = lambda: None
) -> FileProfile:
    """All rows count that are not blank, those below the list too. watch: called for each block; it
    may raise. Raises SourceError: what can't be read."""
    tally = _Tally(len(source.header))
    for block in source.read(reading):
        watch()
        tally.add(block)
    return FileProfile(tuple(tally.columns(column_names(source.header))), tally.rows)


def mapped_columns(mapping: Mapping) -> dict[str, bool]:
    """The columns that a mapping reads, and of each whether a file may lack it."""
    found = {skip.column: False for skip in mapping.skips}
    for rule in mapping.rules:
        for column in rule.columns:
            found[column] = rule.optional and found.get(column, True)
    return found


class _Tally:
    """Of each column its blank cells, and some of its values from all over it.

    White space is looked for in some blocks, and in all behind the first that has it.
    """

    def __init__(self, width: int) -> None:
        self._blanks = [0] * width
        self._spaced: set[int] = set()  # the columns that have cells of white space alone
        self._blocks = 0
        rows = min(MOST_ROWS, max(LEAST_ROWS, MOST_CELLS // width))
        self._spread = Spread(rows, LONGEST)

    @property
    def rows(self) -> int:
        return self._spread.count

    def add(self, block: Block) -> None:
        width, rows = len(self._blanks), block.rows
        if set(map(len, rows)) != {width}:
            rows = [pad(row, width)[:width] for row in rows if row]
        looks = self._blocks % EVERY == 0
        self._blocks += 1
        for index, texts in enumerate(zip(*rows, strict=True)):
            self._blanks[index] += texts.count("")
            if (looks or index in self._spaced) and (spaces := sum(map(str.isspace, texts))):
                self._spaced.add(index)
                self._blanks[index] += spaces
        self._spread.add(rows)

    def columns(self, names: Sequence[str]) -> Iterable[ColumnProfile]:
        for index, name in enumerate(names):
            cells = [row[index].strip(EDGES) for row in self._spread.rows]
            texts = [cell for cell in cells if cell and cell.casefold() not in NOTHING]
            blank = self._blanks[index] / self.rows if self.rows else 0.0
            yield ColumnProfile(name, blank, _kind_of(texts))


def _kind_of(texts: Sequence[str]) -> str:
    """Of nearly all of them; "" where there is none."""
    step = -(-len(texts) // LOOKED_AT) or 1
    kinds = Counter(map(kind_of, texts[::step]))
    least = NEARLY_ALL * kinds.total()
    found = (kind for kind, alike in MAY_BE if sum(kinds[each] for each in alike) >= least)
    return next(found, "") if kinds else ""


def kind_of(text: str) -> Kind:
    """Of a value that is neither blank nor has blanks at its ends."""
    if KINDS["email"](text):
        return Kind.EMAIL
    if KINDS["yes_no"](text):
        return Kind.YES_NO
    seen = classify(text).kind
    if seen in DATED:
        return Kind.DATE
    if KINDS["phone"](text):
        return Kind.DIGITS if KINDS["number"](text) and not _is_dialled(text) else Kind.PHONE
    if KINDS["number"](text):
        return Kind.SERIAL if seen is DateKind.SERIAL else Kind.NUMBER
    if KINDS["url"](text):
        return Kind.URL
    return Kind.CODE if KINDS["digits"](text) else Kind.TEXT


def _is_dialled(text: str) -> bool:
    """Whether digits begin as no number does."""
    return text[0] == "+" or (text[0] == "0" and text[1].isdigit())
