"""Which row names the columns: a vote among a file's first rows. Pure.

In: rows and their numbers, blank ones left out. Out: one of these numbers, and how sure that is.
The first row has it, unless another one is clearly better: a title, an export's date or an
address above the table fill fewer cells than its rows do, and look less like names of columns.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from importer.errors import SourceError
from importer.intake.letters import column_letter
from importer.intake.source.area import read_area
from importer.intake.source.file import Reading

ROWS = 100  # that are looked at
DEEPEST = 40  # of them that may be the header
LONGEST_NAME = 60  # characters of a column's name; surveys ask in whole sentences, rarely in all
BELOW = 8  # rows below a header that show what its columns hold
FEWEST = 2  # expected names that tell a header
HALF = 0.5  # of the cells that most rows fill: what a header has at least
FULL = 0.75  # of the cells that most rows fill
CLEARLY = 1.0  # by which another row has to be better than the first
SURELY = 1.0  # by which the header has to be better than any other row
FULLNESS, LABELS, DISTINCT, WORDS, TYPED = 2.0, 2.0, 1.0, 2.0, 2.0

# What nearly all lists of people call their columns, in the languages that they come in.
KNOWN = re.compile(
    r"\b(?:e-?mails?|mail|name|names|first|last|surname|phone|mobile|tel|telephone|cell|company|"
    r"organi[sz]ation|city|town|state|country|zip|postal|postcode|street|address|title|position|"
    r"role|source|date|created|id|no|number|notes?|comments?|status|owner|website|url|gender|"
    r"industry|department|lead|campaign|score|region|"
    r"vorname|nachname|familienname|firma|telefon|handy|stadt|ort|plz|stra(?:ß|ss)e|land|datum|"
    r"anrede|nr|nummer|"
    r"pr[ée]nom|nom|soci[ée]t[ée]|entreprise|t[ée]l[ée]phone|ville|pays|adresse|code|courriel|"
    r"nombre|apellidos?|empresa|tel[ée]fono|ciudad|pa[ií]s|correo|fecha|direcci[óo]n|"
    r"cognome|azienda|citt[àa]|paese|indirizzo|sobrenome|telefone|cidade|data)\b",
    re.IGNORECASE,
)
YEAR = re.compile("(?:19|20)[0-9]{2}")
# Words that stand beside the known ones.
BESIDE = frozenset(
    ("of", "the", "your", "work", "home", "full", "contact", "customer", "client", "person", "job")
)
WORD = re.compile(r"[^\W\d_]+")
NOTHING = re.compile(
    r"n\.?/?a\.?|none|unknown|nil|null|tbd|k\.? ?a\.?|[-\u2013\u2014?.]+", re.IGNORECASE
)
TYPED_CELL = re.compile(r"\S+@\S+|[^\w]*\d[\d\s.,/:+()-]*|https?://\S+", re.ASCII)


class Confidence(StrEnum):
    SURE = "sure"
    LIKELY = "likely; --header-row sets it"


Numbered = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class HeaderVote:
    """row: its number."""

    row: int
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Header:
    """row: its number. names: its cells. said: where it is and how it was found, for a person;
    nothing where it is the first row."""

    row: int
    names: tuple[str, ...]
    said: tuple[str, ...] = ()


def wanted_row(reading: Reading, path: Path) -> int | None:
    """The row that a person names for the header, by itself or as an area's first.

    Raises SourceError: by both, or it is no area.
    """
    if reading.area is None:
        return reading.header_row
    if reading.header_row is not None:
        raise SourceError(
            "--range and --header-row both name the header's row",
            where=str(path),
            fix="leave --header-row out: the range's first row is the header",
        )
    return read_area(reading.area, path).first_row


def voted(rows: Sequence[Numbered], expected: Set[str] = frozenset()) -> Header:
    """rows: as `vote` takes them. expected: names of columns that a header is to have."""
    found = _by_names(rows, expected) or vote(rows)
    said = _place(found.row)
    names = dict(rows)[found.row]
    if found.row != rows[0][0]:
        said = (f"named in row {found.row} ({found.confidence})",)
    elif are_values(names):
        said = (
            *said,
            f"row {found.row} looks like values, not names; --header-row sets the row",
        )
    return Header(found.row, tuple(names), said)


def _by_names(rows: Sequence[Numbered], expected: Set[str]) -> HeaderVote | None:
    """The row that has most of the expected names, where there are enough to tell."""
    hits = [len(expected & {cell.strip() for cell in cells}) for _, cells in rows]
    most = max(hits)
    if most < max(FEWEST, FULL * len(expected)):
        return None
    return HeaderVote(rows[hits.index(most)][0], Confidence.SURE)


def named(row: int, cells: Sequence[str], area: str | None, path: Path) -> Header:
    """The header in a row that a person names; of an area, its part of the row.

    Raises SourceError: the area reaches beyond it.
    """
    if area is None:
        return Header(row, tuple(cells), _place(row))
    wanted = read_area(area, path)
    part = wanted.cells(cells)
    if len(part) < wanted.end - wanted.start:
        raise SourceError(
            f"the range {wanted} reaches beyond row {row}, which ends with column"
            f" {column_letter(max(len(cells) - 1, 0))}",
            where=f"{path}, row {row}",
            fix=f"let it end with column {column_letter(max(len(cells) - 1, 0))} or before, in a"
            " row that names the columns",
        )
    names = (
        name if name.strip() else column_letter(i) for i, name in enumerate(part, wanted.start)
    )
    return Header(row, tuple(names), (f"range {wanted}",))


def _place(row: int) -> tuple[str, ...]:
    """What is said of a header's row: nothing of the first."""
    return () if row == 1 else (f"named in row {row}",)


def vote(rows: Sequence[Numbered]) -> HeaderVote:
    """rows: numbers and cells of the first rows that are not blank; one at least."""
    usual = _usual_fullness([cells for _, cells in rows])
    first = rows[0][1]
    if usual < 2 or (looks_like_names(first) and _filled(first) >= HALF * usual):
        return HeaderVote(rows[0][0], Confidence.SURE)
    deepest = max(1, min(len(rows) - 1, DEEPEST))  # a header without rows below is none
    able = [i for i in range(deepest) if _could_name(rows[i][1], usual)]
    able = [i for i in able if not _has_rows_above([cells for _, cells in rows], i, usual)]
    if not able or able[0] == 0:
        return HeaderVote(rows[0][0], Confidence.SURE)
    scores = {index: _score(rows, index, usual) for index in (0, *able)}
    best = max(able, key=scores.__getitem__)
    if scores[best] < scores[0] + CLEARLY:
        return HeaderVote(rows[0][0], Confidence.LIKELY)
    others = [score for index, score in scores.items() if index not in (0, best)]
    is_sure = scores[best] >= max(others, default=0.0) + SURELY
    return HeaderVote(rows[best][0], Confidence.SURE if is_sure else Confidence.LIKELY)


def looks_like_names(cells: Sequence[str]) -> bool:
    """Whether a row by itself could name columns: half of its cells have no other words than lists
    are known to use. "State Street Bank" has another."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    known = sum(1 for cell in filled if not _other_words(cell))
    return len(filled) > 1 and all(map(is_label, filled)) and 2 * known >= len(filled)


def are_names(cells: Sequence[str]) -> bool:
    """Whether all cells have no other words than the names of columns have."""
    return not any(map(_other_words, cells))


def is_label(cell: str) -> bool:
    """Whether a text could be the name of a column: no number, no date, no address."""
    text = cell.strip()
    is_value = "@" in text or TYPED_CELL.fullmatch(text) or NOTHING.fullmatch(text)
    return 0 < len(text) <= LONGEST_NAME and not is_value


def _could_name(cells: Sequence[str], usual: int) -> bool:
    """Whether the row is about as full as the rows of the table, and nothing in it is a value:
    years are names where they differ, and long questions beside shorter ones."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    years = [cell for cell in filled if YEAR.fullmatch(cell)]
    questions = [cell for cell in filled if len(cell) > LONGEST_NAME and "@" not in cell]
    labels = sum(map(is_label, filled))
    return (
        len(filled) >= FULL * usual
        and labels + len(years) + len(questions) == len(filled)
        and len(set(years)) == len(years)
        and labels >= max(1, len(questions))
    )


def _has_rows_above(rows: Sequence[Sequence[str]], index: int, usual: int) -> bool:
    """Whether a row above has an address or a number where the rows below have one, and text
    beside it: then it is a row of the table as they are, and the row between them another."""
    below = rows[index + 1 : index + 1 + BELOW]
    kinds = {}
    for place in range(len(rows[index])):
        under = [_kind(row[place]) for row in below if place < len(row) and row[place].strip()]
        kind, count = Counter(under).most_common(1)[0] if under else ("", 0)
        if kind and 2 * count > len(under):
            kinds[place] = kind
    return any(_is_row(row, kinds) for row in rows[:index] if _filled(row) >= FULL * usual)


def _is_row(cells: Sequence[str], kinds: Mapping[int, str]) -> bool:
    mine = {place: _kind(cell) for place, cell in enumerate(cells) if cell.strip()}
    found = [mine[place] == kind for place, kind in kinds.items() if place in mine]
    is_alike = bool(found) and all(found)
    texts = [cell.strip() for cell in cells if is_label(cell)]
    return is_alike and bool(texts) and not any(text.endswith(":") for text in texts)


def _kind(cell: str) -> str:
    """What a typed cell is; "" of another."""
    if not _is_typed(cell.strip()):
        return ""
    return "address" if "@" in cell else "link" if "://" in cell else "number"


def are_values(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return 2 * sum(map(is_label, filled)) < len(filled) or any("@" in cell for cell in filled)


def _other_words(cell: str) -> list[str]:
    """The words of a cell that no list is known to use; all of it where none is."""
    if not _is_known(cell):
        return [cell]
    others = WORD.findall(KNOWN.sub(" ", cell.replace("_", " ")))
    return [word for word in others if word.lower() not in BESIDE]


def _is_known(cell: str) -> bool:
    return bool(KNOWN.search(cell.replace("_", " ")))


def _usual_fullness(rows: Sequence[Sequence[str]]) -> int:
    """How many cells most rows fill; of equal counts the greatest."""
    counts = Counter(_filled(row) for row in rows)
    return max(counts, key=lambda filled: (counts[filled] * (filled > 1), filled))


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _score(rows: Sequence[tuple[int, Sequence[str]]], index: int, usual: int) -> float:
    cells = rows[index][1]
    filled = [cell.strip() for cell in cells if cell.strip()]
    labels = [is_label(cell) or bool(YEAR.fullmatch(cell)) for cell in filled]
    distinct = len({cell.casefold() for cell in filled}) / len(filled)
    return (
        FULLNESS * min(len(filled) / usual, 1.0)
        + LABELS * sum(labels) / len(labels)
        + DISTINCT * distinct
        + WORDS * sum(map(_is_known, filled)) / max(len(filled), usual)
        + TYPED * _typed_below(cells, [row for _, row in rows[index + 1 : index + 1 + BELOW]])
    )


def _typed_below(cells: Sequence[str], below: Sequence[Sequence[str]]) -> float:
    """The share of columns that hold numbers, dates or addresses under a name that is none."""
    named = [place for place, cell in enumerate(cells) if is_label(cell)]
    typed = 0
    for place in named:
        under = [row[place].strip() for row in below if place < len(row) and row[place].strip()]
        typed += bool(under) and 2 * sum(map(_is_typed, under)) > len(under)
    return typed / max(_filled(cells), *(_filled(row) for row in below), 1) if named else 0.0


def _is_typed(cell: str) -> bool:
    return bool(TYPED_CELL.fullmatch(cell))


def explains(names: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether half of the columns hold numbers, dates or addresses under a name that is none."""
    return _typed_below(names, below) >= 0.5
