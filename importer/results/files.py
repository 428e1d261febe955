"""Files that we write beside the input, and how we tell them from files that a person edited.

A file is replaced or removed only while its bytes are those that this job wrote: the journal
keeps their hash. Else the next free name is taken: `list.rejects-2.csv`.
"""

import csv
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
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

    def write(path: Path) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=job.layout.delimiter, lineterminator="\r\n")
            writer.writerows(rows)

    return write_file(journal, job, kind, folder, ".csv", write)


def write_file(
    journal: Journal,
    job: Job,
    kind: str,
    folder: Path,
    ending: str,
    write: Callable[[Path], None],
) -> Path:
    """Let `write` fill a file that only its owner can read, under a name that is free for it.

    ending: of its name, with the dot. Raises SettingsError: the folder can't be written.
    """
    temporary = folder / f".{_stem(job)}.{kind}.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.close(os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        write(temporary)
        digest = _digest(temporary)
        path = _free_path(journal, job, kind, folder, ending)
        os.replace(temporary, path)
    except OSError as error:
        raise _unwritable(folder, error.strerror) from error
    finally:
        with suppress(OSError):  # it is there only where the writing failed
            temporary.unlink()
    assert digest is not None, "it was just written"
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


def _free_path(journal: Journal, job: Job, kind: str, folder: Path, ending: str) -> Path:
    """The first name that is free, or whose file this job wrote and nobody edited."""
    ours = journal.outputs(job, kind)
    for path in _names(folder.resolve(), f"{_stem(job)}.{kind}", ending):
        if not path.exists() or (str(path) in ours and _digest(path) == ours[str(path)]):
            return path
    raise AssertionError("names do not end")


def _names(folder: Path, name: str, ending: str) -> Iterator[Path]:
    yield folder / f"{name}{ending}"
    for number in count(2):
        yield folder / f"{name}-{number}{ending}"


def _stem(job: Job) -> str:
    return Path(job.file).stem


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
