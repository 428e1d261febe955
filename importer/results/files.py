"""Files that we write beside the input, and how we tell them from files that a person edited.

A file is replaced or removed only while its bytes are those that this job wrote: the journal
has their hash before the file gets its name, and keeps it. Else, or where it is open in a
spreadsheet program, the next free name is taken: `list.rejects-2.csv`.
"""

import hashlib
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from importer.crashpoints import reached
from importer.errors import SettingsError
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.outputs import (
    coming,
    drop_coming,
    drop_output,
    note_coming,
    outputs,
    put_output,
    take_up,
)

# What Excel and LibreOffice put beside a file that is open.
LOCKS = ("~${name}", ".~lock.{name}#")
ABANDONED_S = 3_600  # a part that is older is of a process that was killed: no file takes so long
MOST_STEM = 200
# In quotation marks also what another program than ours may take for the delimiter.
TO_QUOTE = re.compile('[",;|\t\r\n]')


def check_writable(folder: Path) -> None:
    """Raises SettingsError: no file can be made there; said before anything is sent."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error.strerror) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise unwritable(folder, "not allowed")


def unwritable(folder: Path, why: str | None) -> SettingsError:
    if os.path.isfile(folder):  # not Path.is_file, which raises for a name that is too long
        why = "it is a file, not a folder"
    elif os.path.exists(folder) and not os.path.isdir(folder):
        why = "it is a device, not a folder"
    elif os.path.islink(folder) and not os.path.exists(folder):
        why = "it is a link that leads nowhere"
    return SettingsError(
        f"no file of the importer can be written there: {why}",
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
            file.writelines(csv_lines(rows, job.layout.delimiter))

    return write_file(journal, job, kind, folder, ".csv", write)


def csv_lines(rows: Iterable[Sequence[str]], delimiter: str) -> Iterator[str]:
    """As RFC 4180 has them."""
    for cells in rows:
        yield delimiter.join(_field(cell, delimiter) for cell in cells) + "\r\n"


def _field(cell: str, delimiter: str) -> str:
    if not TO_QUOTE.search(cell) and delimiter not in cell:
        return cell
    return '"' + cell.replace('"', '""') + '"'


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
        remove_abandoned(folder, f".{_stem(job)}.{kind}.")
        os.close(os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        write(temporary)
        reached("file written under a temporary name")
        digest = _digest(temporary)
        assert digest is not None, "it was just written"
        _take_up(journal, job, kind)
        paths = _free_paths(journal, job, kind, folder, ending, digest)
        path = move_to_first(temporary, _noted(paths, journal, job, kind, digest))
        reached("file renamed")
    except OSError as error:
        raise unwritable(folder, error.strerror) from error
    finally:
        with suppress(OSError):  # it is there only where the writing failed
            temporary.unlink()
    with journal.transaction():
        put_output(journal, job, kind, str(path), digest)
        for name in coming(journal, job, kind):
            drop_coming(journal, job, name)
    reached("file noted in the journal")
    _remove(journal, job, kind, lambda other: other.parent == path.parent and other != path)
    return path


def move_to_first(
    temporary: Path, paths: Iterable[Path], replace: Callable[[Path, Path], None] = os.replace
) -> Path:
    """Give the file the first of these names that can be taken.

    A file that is there and can't be replaced is open in another program, as on Windows. Raises
    OSError: a name is free, and can't be taken.
    """
    for path in paths:
        try:
            replace(temporary, path)
        except OSError:
            if not path.exists():
                raise
        else:
            return path
    raise AssertionError("names do not end")


def remove_untouched(journal: Journal, job: Job, kind: str) -> None:
    """Remove the job's files of that kind that nobody edited since, nor has open."""
    _take_up(journal, job, kind)
    _remove(journal, job, kind, lambda _: True)


def _noted(
    paths: Iterable[Path], journal: Journal, job: Job, kind: str, digest: str
) -> Iterator[Path]:
    """Each of the names, once the journal knows that the file may have it."""
    for path in paths:
        with journal.transaction():
            note_coming(journal, job, kind, str(path), digest)
        yield path


def _take_up(journal: Journal, job: Job, kind: str) -> None:
    """Know the file that a process had renamed when it was killed."""
    for name, digest in coming(journal, job, kind).items():
        if _digest(Path(name)) == digest:
            with journal.transaction():
                take_up(journal, job, kind, name)


def _remove(journal: Journal, job: Job, kind: str, is_old: Callable[[Path], bool]) -> None:
    for name, digest in outputs(journal, job, kind).items():
        path = Path(name)
        if not is_old(path) or _is_open(path) or _digest(path) != digest:
            continue
        with suppress(OSError):  # it is open in another program after all
            path.unlink(missing_ok=True)
            reached("old file removed")
            with journal.transaction():
                drop_output(journal, job, name)


def remove_abandoned(folder: Path, start: str) -> None:
    """What killed processes left of such a file: it may hold personal data."""
    for path in folder.glob(".*.part"):
        with suppress(OSError):
            if path.name.startswith(start) and time.time() - path.stat().st_mtime > ABANDONED_S:
                path.unlink()


def _free_paths(
    journal: Journal, job: Job, kind: str, folder: Path, ending: str, digest: str
) -> Iterator[Path]:
    """The names that are free, or whose file this job wrote, nobody edited and nobody has open.

    digest: of what is to be written; a file that has it already can as well be replaced.
    """
    ours = outputs(journal, job, kind)
    for path in _names(folder.resolve(), f"{_stem(job)}.{kind}", ending):
        is_ours = _digest(path) in (digest, ours.get(str(path), digest))
        if not path.exists() or (is_ours and not _is_open(path)):
            yield path


def _is_open(path: Path) -> bool:
    """Whether a spreadsheet program has it open, as far as files beside it tell."""
    return any(path.with_name(lock.format(name=path.name)).exists() for lock in LOCKS)


def _names(folder: Path, name: str, ending: str) -> Iterator[Path]:
    yield folder / f"{name}{ending}"
    for number in count(2):
        yield folder / f"{name}-{number}{ending}"


def _stem(job: Job) -> str:
    """The list's name, or as much of it as leaves room for ours in a file's 255 bytes."""
    stem = Path(job.file).stem
    data = os.fsencode(stem)
    return stem if len(data) <= MOST_STEM else data[:MOST_STEM].decode(errors="ignore")


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
