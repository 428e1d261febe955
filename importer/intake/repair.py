"""A mended reject file becomes rows that know which row of which job they are.

In: a `Source` whose header has `Import Job`. Out: the original columns' cells, as they were
before we wrote them. What became of those rows is not known here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from importer.errors import SourceError
from importer.intake.excel import is_as_shown
from importer.intake.letters import column_letter
from importer.intake.source.file import Source
from importer.model import REJECT_COLUMNS, Row
from importer.spreadsheet import unmarked

ROW_NUMBER = re.compile("[1-9][0-9]{0,9}")
IMPORT_ROW, IMPORT_JOB = REJECT_COLUMNS[-2:]
IF_NEW = f"if it is a new list, rename or remove the columns {IMPORT_ROW} and {IMPORT_JOB}"
FRESH = "importer rejects"


@dataclass(frozen=True, slots=True)
class RepairRow:
    """file_row: where it stands in the reject file. import_row: in the job; None for a new row."""

    file_row: int
    import_row: int | None
    cells: list[str]
    kinds: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """header: the original columns, without ours; each row's cells are those."""

    job_key: str
    header: tuple[str, ...]
    rows: list[RepairRow]


def is_repair(header: Sequence[str]) -> bool:
    """Whether the file is one of our reject files, mended."""
    return IMPORT_JOB in (name.strip() for name in header)


def read_repair(source: Source, fresh: str = FRESH) -> Repair:
    """Read a mended reject file whole. fresh: the command that writes it anew.

    Raises SourceError: no rows, no job or two, a row that is there twice or has no sound number, a
    row that is wider or narrower than the header, a missing `Import Row` column.
    """
    ours = _our_columns(source, fresh)
    original = [index for index in range(len(source.header)) if index not in ours.values()]
    rows: list[RepairRow] = []
    jobs: dict[str, int] = {}
    for row in _rows(source):
        job, number = (row.cells[ours[name]].strip() for name in (IMPORT_JOB, IMPORT_ROW))
        if job:
            jobs.setdefault(job, row.number)
        elif number:
            raise _error(
                source,
                row.number,
                f'"{IMPORT_ROW}" is "{number}", but "{IMPORT_JOB}" is blank',
                "copy the job from another row, or clear both for a new row",
            )
        cells = [_as_it_was(source, row.cells[index]) for index in original]
        kinds = "".join(row.kinds[index : index + 1] for index in original)
        rows.append(RepairRow(row.number, _import_row(source, row.number, number), cells, kinds))
    if not rows:
        raise SourceError(
            "the reject file has no rows",
            where=str(source.path),
            fix=f"put the rows back that are to be sent, or mend a fresh copy: {fresh}",
        )
    _refuse_repeats(source, rows)
    header = tuple(_as_it_was(source, source.header[index]) for index in original)
    return Repair(_only_job(source, jobs), header, rows)


def without_marks(repair: Repair) -> Repair:
    """A CSV of ours that was saved as a workbook still has the marks of a CSV."""
    header = tuple(map(unmarked, repair.header))
    rows = [replace(row, cells=list(map(unmarked, row.cells))) for row in repair.rows]
    return replace(repair, header=header, rows=rows)


def align(
    header: Sequence[str],
    job_header: Sequence[str],
    rows: Iterable[RepairRow] = (),
    *,
    where: str | None = None,
    fresh: str = FRESH,
) -> list[int]:
    """For each of the job's columns its index in the repair file's `header`; `where` is its path,
    and `fresh` the command that writes it anew.

    Names are compared after trimming, in any order; of a repeated name the n-th is the n-th. A
    name may be as a spreadsheet program shows it: 501 for 00501.
    A column that was added counts for nothing if its name is blank, and its cells in `rows`.
    Raises SourceError: a column is missing, or was added.
    """
    places = _places(header)
    wanted = list(_places(job_header))
    found = [places.pop(name, None) for name in wanted]
    for index, (name, _) in enumerate(wanted):
        if found[index] is None:
            shown = [place for place in places if is_as_shown(name, place[0])]
            found[index] = places.pop(shown[0]) if shown else None
    missing = [_shown(job_header, i) for i, place in enumerate(found) if place is None]
    if missing:
        raise SourceError(
            "the reject file has lost columns of the job: " + ", ".join(missing),
            where=where,
            fix=f"put them back under the same names, or mend a fresh copy: {fresh}",
        )
    filled = {index for row in rows for index in places.values() if row.cells[index].strip()}
    added = [i for i in places.values() if header[i].strip() or i in filled]
    if added:
        raise SourceError(
            "the reject file has columns that the job does not know: "
            + ", ".join(_shown(header, index) for index in added),
            where=where,
            fix="remove them; new columns need a new import of the whole file",
        )
    return [place for place in found if place is not None]


def _our_columns(source: Source, fresh: str) -> dict[str, int]:
    """Where our own columns are: the last of each name, as they were written last."""
    ours = {
        name.strip(): i for i, name in enumerate(source.header) if name.strip() in REJECT_COLUMNS
    }
    for name in (IMPORT_JOB, IMPORT_ROW):
        if name not in ours:
            raise _error(
                source,
                source.header_row,
                f'the reject file has no "{name}" column',
                f"put it back, or mend a fresh copy: {fresh}",
            )
    return ours


def _rows(source: Source) -> Iterator[Row]:
    """The rows that are not blank, each as wide as the header."""
    width = len(source.header)
    for block in source.blocks():
        for index, cells in enumerate(block.rows):
            number = block.first + index
            if not cells:
                continue
            if len(cells) < width or "".join(cells[width:]).strip():
                raise _error(
                    source,
                    number,
                    f"the row has {len(cells)} cells, and the header {width}",
                    "put a cell that holds a delimiter or a line break in quotation marks",
                )
            yield Row(number, cells[:width], block.kinds[index] if block.kinds else "")


def _import_row(source: Source, file_row: int, number: str) -> int | None:
    if not number:
        return None
    if not ROW_NUMBER.fullmatch(number):
        raise _error(
            source,
            file_row,
            f'"{IMPORT_ROW}" is "{number}", which is no row number',
            "put the number back, or clear it for a new row",
        )
    return int(number)


def _refuse_repeats(source: Source, rows: Iterable[RepairRow]) -> None:
    seen: dict[int, int] = {}
    for row in rows:
        if row.import_row is None:
            continue
        if row.import_row in seen:
            raise _error(
                source,
                row.file_row,
                f'"{IMPORT_ROW}" {row.import_row} stands in rows {seen[row.import_row]} and '
                f"{row.file_row} of the file",
                f'keep one of the two, or clear "{IMPORT_ROW}" of one to make it a new row',
            )
        seen[row.import_row] = row.file_row


def _only_job(source: Source, jobs: dict[str, int]) -> str:
    if len(jobs) == 1:
        return next(iter(jobs))
    if not jobs:
        raise SourceError(
            f'"{IMPORT_JOB}" is blank in every row',
            where=str(source.path),
            fix=f'put the job back; or, for a new import, remove the column "{IMPORT_JOB}"',
        )
    (first, first_row), (second, second_row) = list(jobs.items())[:2]
    raise _error(
        source,
        second_row,
        f'the file has rows of two jobs: "{first}" in row {first_row}, "{second}" in row '
        f"{second_row}",
        "run the rows of each job in a file of their own",
    )


def _as_it_was(source: Source, cell: str) -> str:
    """The cell without the mark that we put before it in a CSV; a workbook's has none."""
    return unmarked(cell) if source.sheet is None else cell


def _places(header: Sequence[str]) -> dict[tuple[str, int], int]:
    """Each column by its trimmed name and the how-manieth of that name it is."""
    names = [name.strip() for name in header]
    return {(name, names[:index].count(name)): index for index, name in enumerate(names)}


def _shown(header: Sequence[str], index: int) -> str:
    return f'"{name}"' if (name := header[index].strip()) else f"column {column_letter(index)}"


def _error(source: Source, row: int, what: str, fix: str) -> SourceError:
    return SourceError(what, where=f"{source.path}, row {row}", fix=fix)
