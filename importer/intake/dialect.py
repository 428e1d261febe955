"""What separates the cells of a CSV: found from its first records, or told by a `sep=` line."""

import contextlib
import csv
import io
import re
from collections import Counter
from itertools import islice

DELIMITERS = (",", ";", "\t", "|")
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}

RECORDS_TO_VOTE = 100
# Excel writes and reads `sep=;` as the first line; it is a setting and not a row.
SEP_LINE = re.compile(r'"?sep=([,;\t|])"?[\r\n]*', re.IGNORECASE)


def find_delimiter(sample: str) -> str:
    """The delimiter that cuts the sample's first records into the steadiest width of two or more.

    A sample that no delimiter cuts is a single column, and gets a comma.
    """
    lines = list(io.StringIO(sample, newline="")) or [""]
    if told := SEP_LINE.fullmatch(lines[0]):
        return told[1]
    votes = {delimiter: _steadiness(lines, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: votes[delimiter])


def _steadiness(lines: list[str], delimiter: str) -> tuple[float, int, int]:
    """How likely: share of records with the commonest width, that width, cells not after a space.

    `Meier, Anna;anna@example.com` is cut into two by both; the space tells which is text.
    """
    records = _records(lines, delimiter)
    cut = sum(len(record) > 1 for record in records)
    if not cut or len(records[0]) < 2 or cut <= len(records) / 2:
        return (0.0, 0, 0)
    width, count = Counter(map(len, records)).most_common(1)[0]
    spaced = sum(cell.startswith(" ") for record in records for cell in record[1:])
    return (count / len(records), width, -spaced)


def _records(lines: list[str], delimiter: str) -> list[list[str]]:
    """The first records that are not blank; an error in them is said when the file is read."""
    found: list[list[str]] = []
    with contextlib.suppress(csv.Error):
        found.extend(islice(filter(any, csv.reader(lines, delimiter=delimiter)), RECORDS_TO_VOTE))
    return found
