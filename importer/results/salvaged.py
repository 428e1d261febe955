"""The salvaged file: a results file of what could be read of a damaged journal."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from importer.journal.reading import column_keys
from importer.journal.records import SavedJob
from importer.journal.salvage import SavedRow
from importer.model import RESULTS_COLUMNS
from importer.results.files import MOST_STEM, csv_lines, unwritable
from importer.spreadsheet import marked

UNKNOWN = "unknown"


def write_salvaged(job: SavedJob, rows: Iterable[SavedRow], width: int, folder: Path) -> Path:
    """Write the rows under a name that nothing has, and give its path.

    width: of the table where the job's header can't be read. Raises SettingsError: the folder
    can't be written.
    """
    name = _stem(job)
    temporary = folder / f".{name}.salvaged.{os.getpid()}.part"
    try:
        with open(os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w",
                  encoding="utf-8-sig", newline="") as file:  # fmt: skip
            file.writelines(csv_lines(_table(job, rows, width), job.delimiter))
        return _moved(temporary, folder.resolve(), f"{name}.salvaged")
    except OSError as error:
        raise unwritable(folder, error.strerror) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _table(job: SavedJob, rows: Iterable[SavedRow], width: int) -> Iterator[Sequence[str]]:
    header = [*job.header] or column_keys((), width)
    yield [*map(marked, header), *RESULTS_COLUMNS]
    for row in rows:
        cells = [marked(cell) for cell in (row.cells or ())[: len(header)]]
        yield [
            *cells,
            *[""] * (len(header) - len(cells)),
            row.status or UNKNOWN,
            str(row.lead_id) if row.lead_id else "",
            str(row.number),
            marked(row.reason),
        ]


def _moved(temporary: Path, folder: Path, name: str) -> Path:
    """Under the first free name; it is taken first, so that no file is ever replaced."""
    for number in count(1):
        path = folder / f"{name}{f'-{number}' if number > 1 else ''}.csv"
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
            os.replace(temporary, path)
            return path
    raise AssertionError("numbers do not end")


def _stem(job: SavedJob) -> str:
    """The list's name, as far as it leaves room; the job's number where that can't be read."""
    stem = Path(job.file.replace("\0", "")).stem.encode()[:MOST_STEM].decode(errors="ignore")
    return stem or f"job-{job.number}"
