"""What separates the cells of a CSV: named, told by a `sep=` line, or found from its rows."""

import contextlib
import csv
import io
import re
from collections import Counter
from itertools import islice
from pathlib import Path

from importer.errors import SourceError

DELIMITERS = (",", ";", "\t", "|")
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
PLURALS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}

RECORDS_TO_VOTE = 100
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
    """The delimiter that cuts the sample's first records into the steadiest width of two or more.

    header_row: what stands above it has no vote. A sample that no delimiter cuts is a single
    column, and gets a comma.
    """
    lines = list(io.StringIO(sample, newline="")) or [""]
    if told := SEP_LINE.fullmatch(lines[0]):
        return told[2]
    votes = {delimiter: _steadiness(lines, delimiter, header_row) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: votes[delimiter])


def _steadiness(lines: list[str], delimiter: str, header_row: int) -> tuple[float, int, int]:
    """How likely: share of records with the commonest width, that width, cells not after a space.

    `Meier, Anna;anna@example.com` is cut into two by both; the space tells which is text.
    """
    records = _records(lines, delimiter, header_row)
    cut = sum(len(record) > 1 for record in records)
    if not cut or len(records[0]) < 2 or cut <= len(records) / 2:
        return (0.0, 0, 0)
    width, count = Counter(map(len, records)).most_common(1)[0]
    spaced = sum(cell.startswith(" ") for record in records for cell in record[1:])
    return (count / len(records), width, -spaced)


def _records(lines: list[str], delimiter: str, header_row: int) -> list[list[str]]:
    """The first records that are not blank; an error in them is said when the file is read."""
    found: list[list[str]] = []
    with contextlib.suppress(csv.Error):
        above = min(header_row - 1, len(lines))  # islice counts no further than sys.maxsize
        records = islice(csv.reader(lines, delimiter=delimiter), above, None)
        found.extend(islice(filter(any, records), RECORDS_TO_VOTE))
    return found
