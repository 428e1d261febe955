"""What separates the cells of a CSV: named, told by a `sep=` line, or found from its rows."""

import contextlib
import csv
import io
import re
from collections import Counter
from pathlib import Path

from importer.errors import SourceError

DELIMITERS = (",", ";", "\t", "|")
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
PLURALS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}

LINES_TO_VOTE = 1_000
LINES_A_RECORD = 50  # a quotation mark that is open for longer is taken for text
CLOSER_LOOK = 200  # records
LONE = 3  # cells of a header without any rows; two may be a title with a comma in it
# What a cell says of the delimiter that has cut it out, from yes to no. Set by trial, by the cases
# of the tests.
WHOLE, WITH_COMMAS, SPACED, TORN_BY_COMMA, TORN = 1.0, 0.9, 0.5, 0.3, 0.0
NUMBER = re.compile(r"[^\w\s]?\s?[-+]?\d[\d.,' \u00a0\u202f]*\s?(%|[^\w\s]|[A-Z]{3})?")
COMMA_IN_TEXT = re.compile(r",\s")
# Excel writes and reads `sep=;` as the first line; it is a setting and not a row.
SEP_LINE = re.compile(r"""(?P<quote>"?)sep=(\t|[^\w\s"'])(?P=quote)[\r\n]*""", re.IGNORECASE)


def named_delimiter(name: str, path: Path) -> str:
    """The character that a person means: itself, `tab` or `\\t`.

    One that is set may be any sign that is no letter, digit, quotation mark or white space.
    Raises SourceError.
    """
    for delimiter, known in DELIMITER_NAMES.items():
        if name == delimiter or name.strip().lower() in (known, PLURALS[delimiter]):
            return delimiter
    if name == r"\t":
        return "\t"
    if len(name) == 1 and name.isprintable() and not (name.isalnum() or name in " \"'"):
        return name
    raise SourceError(
        f'"{name}" can\'t be used as the delimiter',
        where=str(path),
        fix=f"use one of: {', '.join(DELIMITER_NAMES.values())}; or another sign, such as ^",
    )


def separated_by(delimiter: str) -> str:
    """For a person: `separated by commas`."""
    return f"separated by {PLURALS.get(delimiter, delimiter)}"


def find_delimiter(sample: str, header_row: int = 1) -> str:
    """The delimiter that cuts the sample's first thousand lines into the steadiest table.

    header_row: what stands above it has no vote. A sample that no delimiter cuts is a single
    column, and gets a comma.
    """
    lines = list(io.StringIO(sample, newline="")) or [""]
    if told := SEP_LINE.fullmatch(lines[0]):
        return told[2]
    above = min(header_row - 1, len(lines))
    votes = {one: _vote(records(lines, one, above), one) for one in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: votes[delimiter])
    return best if votes[best][1] else _alone(sample) or best


def _alone(sample: str) -> str | None:
    """The delimiter that a sample consists of, when nothing else is in it."""
    signs = {*sample} - {*"\r\n "}
    return signs.pop() if len(signs) == 1 and signs < {*DELIMITERS} else None


def _vote(found: list[list[str]], delimiter: str) -> tuple[float, int]:
    """How likely, and the width of the table that it would be.

    The share of the records that have the commonest width counts twice, so that a title above or
    a note below costs little, and a table that is cut unevenly much; then how many of its cells
    look like cells: in `1,5;2,5` these are two numbers, and not `1` and `5;2` and `5`.
    """
    widths = Counter(len(record) for record in found if len(record) > 1)
    if not widths:
        return (0.0, 0)
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    table = [record for record in found if len(record) == width]
    if count == 1 < len(found) and (width < LONE or _is_prose(table[0])):
        return (0.0, 0)
    some = table[:: 1 + len(table) // CLOSER_LOOK]
    looks = sum(_worth(record, delimiter) for record in some) / len(some)
    return ((count / len(found)) ** 2 * looks, width)


def _is_prose(record: list[str]) -> bool:
    return any(cell.startswith(" ") for cell in record[1:])


def _worth(record: list[str], delimiter: str) -> float:
    """From 0 to 1: how many cells look like cells; a torn one spoils its neighbours."""
    others = [other for other in DELIMITERS if other != delimiter]
    return (sum(_looks(cell, others) for cell in record) / len(record)) ** 2


def _looks(cell: str, others: list[str]) -> float:
    if cell.count('"') % 2:  # a half of what stood in quotation marks
        return TORN
    text = cell.strip()
    if any(other in text for other in others if other != ","):
        return TORN
    if "," in text and "," in others and not NUMBER.fullmatch(text):
        return WITH_COMMAS if COMMA_IN_TEXT.search(text) else TORN_BY_COMMA
    return SPACED if cell.startswith(" ") else WHOLE


def records(lines: list[str], delimiter: str, above: int = 0) -> list[list[str]]:
    """The first records that are not blank; a quotation mark that is not closed is text in them.

    above: how many records are passed over.
    """
    found: list[list[str]] = []
    at, number = 0, 0
    while at < len(lines) and number < above + LINES_TO_VOTE:
        record, used = _record(lines[at : at + LINES_A_RECORD], delimiter)
        at, number = at + used, number + 1
        if number > above and any(map(str.strip, record)):
            found.append(record)
    return found


def _record(lines: list[str], delimiter: str) -> tuple[list[str], int]:
    """The record that begins with these lines, and how many of them are its own."""
    reader = csv.reader(lines, delimiter=delimiter)
    with contextlib.suppress(csv.Error):
        record = next(reader)
        used = reader.line_num
        if used == 1 or sum(line.count('"') for line in lines[:used]) % 2 == 0:
            return record, used
    return lines[0].rstrip("\r\n").split(delimiter), 1
