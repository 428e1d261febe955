"""How many rows a list has, by readers that are not ours: the csv module, and openpyxl.

Which sheet, encoding and delimiter, and in which row the names stand, is taken from the importer,
which has found them out; what is between the first row and the last is not.
"""

import csv
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from openpyxl import load_workbook

from importer.intake.mapping import names_in
from importer.intake.source.dialect import SEP_LINE
from importer.intake.source.file import Reading, Source
from importer.intake.source.open import open_source


def count_rows(path: Path) -> int:
    """Below the header, less those that are blank. Raises what these readers raise, and ValueError
    where they find no header there: then it is another table that they read."""
    names = names_in(path.with_name("mapping.yaml"))
    source = open_source(path, Reading(expected=names))
    records = _of_workbook(source) if source.sheet is not None else _of_text(source)
    header = next(islice(records, source.header_row - 1, None), ())
    if _is_blank(header):
        raise ValueError("there is no header")
    return sum(not _is_blank(record) for record in records)


def _of_text(source: Source) -> Iterator[Sequence[str]]:
    text = io.StringIO(source.path.read_bytes().decode(source.encoding), newline="")
    if not SEP_LINE.fullmatch(text.readline()):
        text.seek(0)
    csv.field_size_limit(1 << 30)
    return csv.reader(text, delimiter=source.delimiter)


def _of_workbook(source: Source) -> Iterator[Sequence[object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet = load_workbook(source.path, data_only=True)[source.sheet or ""]
        return iter(list(sheet.values))


def _is_blank(record: Iterable[object]) -> bool:
    return not "".join(str(cell) for cell in record if cell is not None).strip()
