"""Files that we write beside the input, and how we tell them from files that a person edited.

A file is replaced or removed only while its bytes are those that this job wrote: the journal
keeps their hash. Else the next free name is taken: `list.rejects-2.csv`.
"""

import csv
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from importer.errors import SettingsError
from importer.journal.journal import Job, Journal

FORMULA_STARTS = ("=", "+", "-", "@", "'", "\t", "\r")  # a spreadsheet would run or hide these


def guarded(cell: str) -> str:
    """The cell, so that a spreadsheet shows it as text; reading it back takes the mark off."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def check_writable(folder: Path) -> None:
    """Raises SettingsError: no file can be made there; said before anything is sent."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error.strerror) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _unwritable(folder, "not allowed")


def _unwritable(folder: Path, why: str | None) -> SettingsError:
    if folder.is_file():
        why = "it is a file, not a folder"
    return SettingsError(
        f"no reject or results file can be written there: {why}",
        where=str(folder),
        fix="name a folder that you can write to with --out",
    )


def write_csv(
    journal: Journal,
    job: Job,
    kind: str,
    folder: Path,
    rows: Iterable[Sequence[str]],
) -> Path:
    """Write a table in the input's delimiter, as UTF-8 with BOM, and give its path.

    Raises SettingsError: the folder can't be written.
    """
    temporary = folder / f".{_stem(job)}.{kind}.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        digest = _write(temporary, job.layout.delimiter, rows)
        path = _free_path(journal, job, kind, folder)
        os.replace(temporary, path)
    except OSError as error:
        raise _unwritable(folder, error.strerror) from error
    finally:
        with suppress(OSError):  # it is there only where the writing failed
            temporary.unlink()
    with journal.transaction():
        journal.put_output(job, kind, str(path), digest)
    return path


def remove_untouched(journal: Journal, job: Job, kind: str) -> None:
    """Remove the job's files of that kind that nobody edited since."""
    for path, digest in journal.outputs(job, kind).items():
        if _digest(Path(path)) == digest:
            Path(path).unlink(missing_ok=True)
            with journal.transaction():
                journal.drop_output(job, path)


def _write(path: Path, delimiter: str, rows: Iterable[Sequence[str]]) -> str:
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with open(handle, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    digest = _digest(path)
    assert digest is not None, "it was just written"
    return digest


def _free_path(journal: Journal, job: Job, kind: str, folder: Path) -> Path:
    """The first name that is free, or whose file this job wrote and nobody edited."""
    ours = journal.outputs(job, kind)
    for path in _names(folder.resolve(), _stem(job), kind):
        if not path.exists() or (str(path) in ours and _digest(path) == ours[str(path)]):
            return path
    raise AssertionError("names do not end")


def _names(folder: Path, stem: str, kind: str) -> Iterator[Path]:
    yield folder / f"{stem}.{kind}.csv"
    for number in count(2):
        yield folder / f"{stem}.{kind}-{number}.csv"


def _stem(job: Job) -> str:
    return Path(job.file).stem


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
