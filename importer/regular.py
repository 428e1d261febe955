"""Files that a person names, opened only where they are files: a pipe may never begin, and a device
never end."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

NO_FILE = "this is a folder or a device, not a file"


class NoFileError(OSError):
    """What is there is no file; strerror says so."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, NO_FILE, str(path))


def open_regular(path: Path) -> BinaryIO:
    """Open a file to read its bytes. Raises OSError; NoFileError: a folder, a pipe or a device."""
    _check(path.stat(), path)  # a device is not even opened: that may set it to work
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115  # the caller closes it
    try:
        _check(os.fstat(file.fileno()), path)  # it may be another by now
    except OSError:
        file.close()
        raise
    return file


def _check(found: os.stat_result, path: Path) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NoFileError(path)


def _without_waiting(path: str, flags: int) -> int:
    """Of a pipe, for one who writes. Windows has no pipes among its files."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
