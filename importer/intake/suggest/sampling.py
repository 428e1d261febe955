"""A list once through: what its columns prove, and some of its rows from all over it.

In: a source. Out: the survey's readings, and for each column some of its values. Memory is flat.
"""

from collections.abc import Callable, Iterator, Sequence

from importer.intake.columns.survey import Survey, Surveyor
from importer.intake.columns.tally import Wanted
from importer.intake.headers import column_names, repeated_names
from importer.intake.source.file import Reading, Source
from importer.intake.spread import Spread
from importer.intake.suggest.column import Column
from importer.intake.suggest.names import How, Meaning, languages_of, read_name
from importer.intake.suggest.values import Values, of_texts
from importer.intake.transforms.text import EDGES
from importer.model import Block

MOST_ROWS = 2000  # of a sample
MOST_DISTINCT = 200  # different values of a column that are kept: a drop-down has no more

# What people write where there is nothing.
NOTHING = frozenset(
    ["-", "--", "---", "–", "n/a", "n.a.", "#n/a", "null", "nil", "none", "-none-", "k.a.", "s/d"]
)
SOME = 0.1  # of a column's first values
DATED = frozenset({"dob", "anniversary", "time"})
COUNTED = frozenset({"revenue", "engagement", "any_score", "latitude", "longitude"})


class _Sample:
    """Rows from all over the list, and what differs in each column."""

    def __init__(self, width: int) -> None:
        self._spread = Spread(MOST_ROWS)
        self.distinct: list[dict[str, None] | None] = [{} for _ in range(width)]

    @property
    def rows(self) -> list[Sequence[str]]:
        return self._spread.rows

    @property
    def count(self) -> int:
        return self._spread.count

    def add(self, block: Block) -> None:
        width = len(self.distinct)
        rows = [row for row in block.rows if len(row) >= width]
        self._spread.add(rows)
        if rows:
            self._note(rows, width)

    def _note(self, rows: Sequence[Sequence[str]], width: int) -> None:
        for index in range(width):
            seen = self.distinct[index]
            if seen is not None:
                seen.update(dict.fromkeys(row[index] for row in rows))
                if len(seen) > MOST_DISTINCT:
                    self.distinct[index] = None


def look_at(
    source: Source, reading: Reading, watch: Callable[[], None] = lambda: None
) -> tuple[list[Column], int]:
    """The columns, and how many rows there are. watch: called for each block.

    Raises SourceError: what can't be read, or several tables.
    """
    names = _meanings(source)
    sample = _Sample(len(source.header))
    surveyor: Surveyor | None = None
    for block in source.read(reading):
        watch()
        surveyor = surveyor or Surveyor(source, reading, None, [*_wanted(names, block)])
        surveyor.add(block)
        sample.add(block)
    surveyor = surveyor or Surveyor(source, reading, None)
    survey = surveyor.survey()
    rows = max(0, sample.count - len(survey.left_out))
    return list(_columns(source, names, sample, survey, rows)), rows


def _meanings(source: Source) -> list[Meaning]:
    order = languages_of(source.header)
    return [read_name(name, order, named=bool(name.strip())) for name in source.header]


def _wanted(names: Sequence[Meaning], first: Block) -> Iterator[Wanted]:
    """What of each column is to be proved by all of its values: by its name, and the first of them.
    A column of neither dates nor numbers is not looked at for these; all are for damage."""
    rows = [row for row in first.rows if len(row) >= len(names)]
    for index, name in enumerate(names):
        values = of_texts(row[index].strip(EDGES) for row in rows)
        may_be = not values.texts or name.how is How.UNNAMED
        dates = may_be or name.meaning in DATED or values.share("date") >= SOME
        numbers = may_be or name.meaning in COUNTED or values.share("number") >= SOME
        yield Wanted(dates=dates, numbers=numbers, names=False, ids=False)


def _columns(
    source: Source, meanings: Sequence[Meaning], sample: _Sample, survey: Survey, rows: int
) -> Iterator[Column]:
    names = column_names(source.header)
    repeated = {
        index: name
        for index, name in enumerate(source.header)
        if name.strip() and name.strip() in repeated_names(source.header)
    }
    for index, name in enumerate(names):
        texts = [text for row in sample.rows if _says(text := row[index].strip(EDGES))]
        seen = sample.distinct[index]
        distinct = None if seen is None else _stripped(seen)
        tally = survey.columns[index]
        texts = texts or [*filter(_says, distinct or ())]  # so few that the sample has none
        filled = max(len(texts), round(len(texts) * sample.count / max(1, len(sample.rows))))
        yield Column(
            index,
            name,
            meanings[index],
            Values(texts, filled, rows, distinct),
            survey.readings[index],
            frozenset(tally.seen if tally else ()),
            repeated.get(index, ""),
            _filled_at(sample.rows, index) if any("@" in text for text in texts[:100]) else 0,
        )


def _filled_at(rows: Sequence[Sequence[str]], index: int) -> int:
    return int("0" + "".join("01"[_says(row[index].strip(EDGES))] for row in rows), 2)


def _says(text: str) -> bool:
    return bool(text) and text.casefold() not in NOTHING


def _stripped(seen: dict[str, None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for each in seen if (text := each.strip(EDGES))))
