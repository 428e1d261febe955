"""A bug's trace, saved for the importer's makers: files, lines and types; no row values, no keys.

A message may quote a cell or a key, so that none is saved; a trace has our source lines alone.
"""

import tempfile
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO


def save_trace(bug: BaseException, folder: Path | None) -> str:
    """Write it to a new file that only its owner can read, and give its path.

    folder: made where it is not there; the system's folder for temporary files where it is None
    or can't be used. Without any place it is said that there is none.
    """
    try:
        file = _new_file(folder)
    except OSError as error:
        return f"its trace could not be saved: {error.strerror}"
    with suppress(OSError), file:  # a full disk keeps a part of it
        for each in _chain(bug):
            file.writelines(traceback.format_tb(each.__traceback__))
            file.write(f"{type(each).__module__}.{type(each).__qualname__}\n\n")
    return file.name


def _new_file(folder: Path | None) -> IO[str]:
    if folder is not None:
        with suppress(OSError):
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            return _named(folder)
    return _named(None)


def _named(folder: Path | None) -> IO[str]:
    return tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=folder, prefix="importer-bug-", suffix=".txt", delete=False
    )


def _chain(bug: BaseException) -> Iterator[BaseException]:
    """The exception and what it came from, the first cause first."""
    before = bug.__cause__ or bug.__context__
    if before is not None:
        yield from _chain(before)
    yield bug
