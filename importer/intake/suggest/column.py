"""One column of a list, as far as it is known; and what is decided about it."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from importer.intake.columns.reading import ColumnReading
from importer.intake.suggest.names import Meaning
from importer.intake.suggest.values import Values

SURE = 0.8  # the confidence from which a column needs no check

NOTHING_READ = ColumnReading()
SPLIT = "split_name"


@dataclass(frozen=True, slots=True)
class Column:
    """name: by which a mapping names it. repeated: what stands above it, where that stands above
    another column too: it is named by its letter then. damage: codes of what was seen in its
    cells. filled_at: a bit for each row of the sample, set where the column has a value."""

    index: int
    name: str
    meaning: Meaning
    values: Values
    reading: ColumnReading = NOTHING_READ
    damage: frozenset[str] = frozenset()
    repeated: str = ""
    filled_at: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field that a column may go into. why: in words. entry: the other keys that an earlier
    mapping has for it."""

    field: str
    confidence: float
    why: str
    entry: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """candidates: the best first; none: the column has no field, and why says so."""

    meaning: str
    candidates: tuple[Candidate, ...] = ()
    why: str = ""


@dataclass(slots=True)
class Decision:
    """field: "" where it is left out; SPLIT for a full name. why: of the field, or of leaving it
    out. entry: of an earlier mapping, as its keys are written there. opt_outs: its values that say
    that somebody must not be written to."""

    column: Column
    meaning: str
    field: str = ""
    confidence: float = 0.0
    why: str = ""
    others: tuple[Candidate, ...] = ()
    checks: list[str] = dataclasses.field(default_factory=list)
    entry: Mapping[str, object] | None = None
    opt_outs: Sequence[str] = ()
    is_settled: bool = False  # by the person who was asked

    @property
    def is_sure(self) -> bool:
        return not self.checks and (self.confidence >= SURE or self.is_settled or not self.field)
