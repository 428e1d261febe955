"""A drop's folder: one pass has it at a time, and its files go to done/ or refused/, by day.

No file is ever written over another, and nothing follows a link out of the folder.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import count
from pathlib import Path

from importer.crashpoints import reached
from importer.drops.scan import LOCK_NAME, MARKERS, Found, signature
from importer.errors import BusyError, SettingsError

DONE, REFUSED = "done", "refused"
WHY = ".why.txt"  # behind the name of a file that can't be imported: the reason


@contextmanager
def held_folder(folder: Path) -> Iterator[None]:
    """One pass at a time, whoever runs it and with whatever journal.

    Raises BusyError: another one has the folder. SettingsError: it can't be locked.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK_NAME, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(
            "another pass is at work on the folder",
            where=str(folder),
            fix="wait until it ends; nothing was done here",
        ) from None
    except (OSError, NotImplementedError) as error:  # the latter: a file system without locks
        why = error.strerror if isinstance(error, OSError) else error
        raise SettingsError(
            f"the folder can't be locked: {why}",
            where=str(folder / LOCK_NAME),
            fix="let the user that runs the passes write into that folder; where the lock is a"
            " link, or another user's, remove it",
        ) from error
    try:
        reached("folder held")
        yield
    finally:
        lock.release()


def place_in(folder: Path, kind: str, name: str, day: date) -> Path:
    """A free name in today's folder of that kind, which is made.

    Raises SettingsError: it can't be made, or is a link; or such a name can't be.
    """
    into = folder / kind / day.isoformat()
    for each in (into.parent, into):
        try:
            with suppress(FileExistsError):
                each.mkdir()
            if not stat.S_ISDIR(each.lstat().st_mode):
                raise _no_place(each, "it is a link, or no folder")
        except OSError as error:
            raise _no_place(each, error.strerror) from error
    try:
        return next(path for path in _names(into, name) if _is_free(path))
    except OSError as error:
        raise _no_name(into / name, error.strerror) from error


def _is_free(path: Path) -> bool:
    """Nothing is there, or what a pass that was killed had put there to keep the name."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return True
    is_kept = stat.S_ISREG(found.st_mode) and not found.st_size
    return is_kept and not os.path.lexists(path.with_name(f"{path.name}{WHY}"))


def _no_place(folder: Path, why: str | None) -> SettingsError:
    return SettingsError(
        f"nothing can be put there: {why}",
        where=str(folder),
        fix="make it a folder that the passes may write into; the file stays where it is till then",
    )


def _no_name(place: Path, why: str | None) -> SettingsError:
    return SettingsError(
        f"nothing can have that name there, nor one with a number behind it: {why}",
        where=str(place),
        fix="give the file a shorter name; its rows are not sent again",
    )


def _names(folder: Path, name: str) -> Iterator[Path]:
    yield folder / name
    path = Path(name)
    for number in count(2):
        yield folder / f"{path.stem}-{number}{path.suffix}"


def keep(path: Path) -> bool:
    """Take the name by an empty file: a rename would replace one that somebody puts there just
    then. Whether it was free. Raises SettingsError: nothing can be there."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return _is_free(path)
    except OSError as error:
        raise _no_place(path.parent, error.strerror) from error
    reached("place taken")
    return True


def move(found: Found, place: Path) -> Path | None:
    """Move the file, and what says that it is whole, to that name, or the next that is free; None
    where it is not the file that was found any more, which stays.

    Raises SettingsError: it can't be moved.
    """
    if signature(found.path) != found.signature:
        return None
    for path in _names(place.parent, place.name):
        if not keep(path):
            continue
        try:
            os.replace(found.path, path)
        except OSError as error:
            path.unlink()
            raise _stuck(found.path, error.strerror) from error
        reached("file moved")
        _move_markers(found, path)
        return path
    raise AssertionError("names do not end")


def _move_markers(found: Found, path: Path) -> None:
    """Those too that say nothing, as they are older than their file."""
    for ending in MARKERS:
        marker = found.path.with_name(f"{found.path.name}{ending}")
        place = path.with_name(f"{path.name}{ending}")
        with suppress(OSError):  # without its file it is said, and does nothing
            if signature(marker) is not None and not os.path.lexists(place):
                os.replace(marker, place)


def _stuck(path: Path, why: str | None) -> SettingsError:
    return SettingsError(
        f"the file can't be moved: {why}",
        where=str(path),
        fix="close it in other programs, and let the passes write into its folder; its rows are not"
        " sent again",
    )


def write_why(place: Path, lines: list[str]) -> Path | None:
    """Beside a file that can't be imported, for who looks for it there; None where it could not be
    written."""
    why = place.with_name(f"{place.name}{WHY}")
    try:
        with why.open("x", encoding="utf-8") as to:
            to.write("".join(f"{line}\n" for line in lines))
    except OSError:
        with suppress(OSError):
            if not why.stat().st_size:
                why.unlink()
        return None
    return why


def refuse_unusable(folder: Path) -> None:
    """Raises SettingsError: what would keep a pass from it, as far as is told without writing."""
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _no_place(folder, "it may not be written into")
    for kind in (DONE, REFUSED):
        place = folder / kind
        if os.path.lexists(place) and not stat.S_ISDIR(place.lstat().st_mode):
            raise _no_place(place, "it is a link, or no folder")
