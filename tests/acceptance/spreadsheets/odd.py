"""What an odd file is, and what is wanted of it: written by hand, as a person would expect it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from importer.intake.source.file import Reading

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """header: the names by which the columns go, those of wholly blank columns left out.
    rows: each by the number that Excel shows; what is not there is blank, or no row of the list.
    """

    header: Cells
    rows: Mapping[int, Cells]


@dataclass(frozen=True, slots=True)
class Refused:
    """words: each has to stand in what is said, where it is, or how to mend it."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Odd:
    """name: of the file. make: its bytes.

    mapping: "" for one that sends every column as it is. leads: of some rows, the values of some
    fields; None: none is sent. invalid: all rows that are refused, with the code. asked: the
    columns for which a run stops, with words that are said. findings: all (code, column), less
    what is left out; None: not looked at. left_out: the rows below the header that are no rows.
    says: what is said of the file, among other things. header_row: None: not looked at.
    """

    name: str
    make: Callable[[], bytes]
    expects: Table | Refused
    reading: Reading = field(default_factory=Reading)
    mapping: str = ""
    leads: Mapping[int, Mapping[str, str | None]] = field(default_factory=dict)
    invalid: Mapping[int, str] = field(default_factory=dict)
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    findings: frozenset[tuple[str, str]] | None = frozenset()
    left_out: frozenset[int] = frozenset()
    says: tuple[str, ...] = ()
    header_row: int | None = None


def finds(*pairs: tuple[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset(pairs)


def below(rows: Sequence[Cells], first: int = 2) -> dict[int, Cells]:
    """The rows as they were written, one below the other from that row number on."""
    return dict(enumerate(rows, first))


def columns(*entries: str) -> str:
    """A mapping's text, of entries such as `Email: EmailAddress`."""
    return "version: 1\ncolumns:\n" + "".join(f"  {entry}\n" for entry in entries)
