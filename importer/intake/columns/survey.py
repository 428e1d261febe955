"""A list once through, before a row is stored: what its columns hold, which rows are none of it.

In: a source, and the mapping where there is one: only the columns that it uses are looked at then.
Out: a `Survey`. Nothing is altered, and nothing is kept of a row but a few examples.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from importer.errors import SourceError
from importer.intake.by_column import DATES, leaves_dates_open
from importer.intake.columns.below import Rest
from importer.intake.columns.groups import GroupTally
from importer.intake.columns.ids import is_id
from importer.intake.columns.reading import ColumnReading
from importer.intake.columns.rest import RestTally
from importer.intake.columns.seen import Seen
from importer.intake.columns.tally import ColumnTally, Wanted
from importer.intake.headers import column_names
from importer.intake.mapping import Mapping, Rule
from importer.intake.source.area import Area, read_area
from importer.intake.source.file import Reading, Source
from importer.model import Block

Readings = tuple[ColumnReading, ...]
NAMES = frozenset({"FirstName", "LastName"})


@dataclass(frozen=True, slots=True)
class Survey:
    """readings: of each column. columns: their tallies, None where no field takes one. rest: the
    rows that are none of the list, in order. whole: the cells from the header to the last row.
    lone: rows that have a value in their first cell alone."""

    readings: Readings
    columns: tuple[ColumnTally | None, ...] = field(repr=False)
    rest: tuple[Rest, ...]
    whole: Area
    lone: Seen

    @property
    def left_out(self) -> frozenset[int]:
        return frozenset(each.row for each in self.rest)


def survey(
    source: Source,
    reading: Reading,
    mapping: Mapping | None = None,
    watch: Callable[[], None] = lambda: None,
) -> Survey:
    """watch: called for each block. Raises SourceError: what can't be read, or several tables."""
    surveyor = Surveyor(source, reading, mapping)
    for block in source.read(reading):
        watch()
        surveyor.add(block)
    return surveyor.survey()


class Surveyor:
    """Takes a list's blocks as they go by, and alters none."""

    def __init__(
        self,
        source: Source,
        reading: Reading,
        mapping: Mapping | None,
        wanted: Sequence[Wanted] | None = None,
    ) -> None:
        """wanted: of each column, where no mapping says it; None for all. Raises SourceError: the
        range is none."""
        self._source = source
        self._area = read_area(reading.area, source.path) if reading.area else None
        self._rest = RestTally(source.header, source.header_row)
        self._groups = GroupTally(source.header)
        self._tallies = _tallies(source.header, mapping)
        if wanted is not None:
            self._tallies = [ColumnTally(each) for each in wanted]

    @property
    def reads_values(self) -> bool:
        """Whether a column has to tell how its dates or numbers are written."""
        return any(each is not None and each.reads_values for each in self._tallies)

    @property
    def readings(self) -> Readings:
        """Of all that was added."""
        return _readings(self._tallies)

    def add(self, block: Block) -> None:
        self._rest.add(block)
        self._groups.add(block)
        _add(self._tallies, block)

    def survey(self) -> Survey:
        """Of all that was added. Raises SourceError: several tables."""
        source, rest, area = self._source, self._rest, self._area
        if area is None:
            _refuse_several(source, rest, self._groups)
        below = [] if area and area.last_row else rest.below()
        whole = Area(source.header_row, rest.last_row, 0, len(source.header))
        rows = {each.row: each for each in (*below, *rest.repeated)}  # one may be both
        found = [rows[row] for row in sorted(rows)]
        return Survey(
            _readings(self._tallies), tuple(self._tallies), tuple(found), whole, rest.lone
        )


def survey_rows(header: Sequence[str], blocks: Iterable[Block], mapping: Mapping) -> Readings:
    """The readings alone, of rows that are all of the list."""
    tallies = _tallies(header, mapping)
    for block in blocks:
        _add(tallies, block)
    return _readings(tallies)


def _readings(tallies: Sequence[ColumnTally | None]) -> Readings:
    return tuple(each.reading() if each else ColumnReading() for each in tallies)


def _tallies(header: Sequence[str], mapping: Mapping | None) -> list[ColumnTally | None]:
    if mapping is None:
        return [ColumnTally(Wanted()) for _ in header]
    wanted = [_wanted(name, mapping.rules) for name in column_names(header)]
    return [None if each is None else ColumnTally(each) for each in wanted]


def _wanted(name: str, rules: Sequence[Rule]) -> Wanted | None:
    """What the mapping needs to know of a column; None where it does not use it."""
    using = [rule for rule in rules if name in rule.columns]
    if not using:
        return None
    alone = [rule for rule in using if len(rule.columns) == 1]
    return Wanted(
        dates=any(set(DATES) & {*r.transforms} and leaves_dates_open(r.options) for r in alone),
        numbers=any("number" in r.transforms for r in alone),
        names=any(
            rule.field in NAMES and not {"title", "upper"} & {*rule.transforms} for rule in using
        ),
        ids=is_id(name, [rule.field for rule in using]),
    )


def _add(tallies: Sequence[ColumnTally | None], block: Block) -> None:
    width = len(tallies)
    lengths = set(map(len, block.rows))
    numbers: Sequence[int] = range(block.first, block.first + len(block.rows))
    rows, kinds = block.rows, block.kinds
    if lengths != {width}:  # blank rows, and those of a wrong width
        fit = [i for i, row in enumerate(rows) if row and len(row) >= width]
        numbers = [numbers[i] for i in fit]
        kinds = [kinds[i] for i in fit] if kinds else ()
        rows = [rows[i][:width] for i in fit]
    if not rows:
        return
    typed = _columns_of(kinds, width)
    for index, texts in enumerate(zip(*rows, strict=True)):
        tally = tallies[index]
        if tally is not None:
            tally.add(numbers, texts, typed[index] if typed else "")


def _columns_of(kinds: Sequence[str], width: int) -> list[str]:
    """The kinds column by column; none where all cells are text."""
    if not any(kinds):
        return []
    padded = [each.ljust(width, "t") for each in kinds]
    return list(map("".join, zip(*padded, strict=False)))


def _refuse_several(source: Source, rest: RestTally, groups: GroupTally) -> None:
    """Raises SourceError: the sheet has several tables."""
    areas = _stacked(source, rest) or [
        Area(source.header_row, group.last, group.start, group.end) for group in groups.tables()
    ]
    if areas:
        thing, sheet = ("sheet", f', sheet "{source.sheet}"') if source.sheet else ("file", "")
        raise SourceError(
            f"the {thing} has more than one table",
            where=f"{source.path}{sheet}: {' and '.join(map(str, areas))}",
            fix=f"say which to import: {' or '.join(f'--range {each}' for each in areas)}; then"
            " run the file again for the other",
        )


def _stacked(source: Source, rest: RestTally) -> list[Area]:
    found = rest.second_table()
    if found is None:
        return []
    above, below = found
    width = max(i for i, cell in enumerate(below.head[0], 1) if cell.strip())
    return [
        Area(source.header_row, above.last, 0, len(source.header)),
        Area(below.first, below.last, 0, width),
    ]
