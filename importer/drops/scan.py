"""Which files of a drop's folder are to be imported, and which are left alone, and why.

In: a folder, as it is listed. Out: its files, and what each was like at that moment: a file is
whole when it is still the same a while later. No file is opened here.
"""

import os
import re
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from importer.errors import SettingsError
from importer.settings import Drop

LOCK_NAME = ".importer.lock"  # by which one pass has the folder
MARKERS = (".done", ".ok")  # behind a file's name: who wrote it says that it is whole
# What programs call a file that they are still writing, or have open.
TEMPORARY = re.compile(
    r"~|\.~lock\.|.*(~|\.(part|partial|tmp|temp|filepart|crdownload|download|swp|writing|upload))",
    re.IGNORECASE | re.DOTALL,
)
STARTS_TEMPORARY = ("~$", ".~lock.")
MENDED = re.compile(r"\.rejects(-\d+)?\.(csv|xlsx)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signature:
    """What a file was like: another of its name, or more of it, has another one."""

    device: int
    inode: int
    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a drop's folder. signature: None where it is no file. marker: what says that it is
    whole. alone: why it is left alone, "" where it is not. is_disputed: several drops want it.
    is_mended: by its name it is a reject file, which no pattern needs to fit."""

    drop: Drop
    path: Path
    signature: Signature | None
    marker: Path | None = None
    alone: str = ""
    is_disputed: bool = False
    is_mended: bool = False


def signature(path: Path) -> Signature | None:
    """None where there is no regular file of that name, by itself: a link is none."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return signature_of(found)


def signature_of(found: os.stat_result) -> Signature | None:
    """None for what is no regular file."""
    if not stat.S_ISREG(found.st_mode):
        return None
    return Signature(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def find_files(drop: Drop, others: Iterable[Drop] = ()) -> list[Found]:
    """The drop's files, those that are there longest first; then what is left alone.

    others: drops that may have the same folder; what no pattern fits is told by the first of them.
    Raises SettingsError: there is no such folder, or it can't be listed.
    """
    rivals = [each for each in others if each is not drop and _is_same(each.folder, drop.folder)]
    names = _names(drop)
    is_first = all(each.name > drop.name for each in rivals)
    found = [
        each
        for name in names
        if (each := _found(drop, name, names, rivals, tells_rest=is_first)) is not None
    ]
    return sorted(found, key=lambda each: (bool(each.alone), _age(each), each.path.name))


def _age(found: Found) -> int:
    return found.signature.changed_ns if found.signature else 0


def _is_same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _names(drop: Drop) -> frozenset[str]:
    try:
        with os.scandir(drop.folder) as entries:
            return frozenset(each.name for each in entries)
    except OSError as error:
        raise SettingsError(
            f'the folder of the drop "{drop.name}" can\'t be listed: {error.strerror}',
            where=str(drop.folder),
            fix="make the folder, or name another as folder of that [[drops]] in importer.toml",
        ) from error


def _found(
    drop: Drop, name: str, names: frozenset[str], rivals: Sequence[Drop], *, tells_rest: bool
) -> Found | None:
    """None: a folder, our own lock, the mapping, a file's marker, or nothing of this drop's."""
    path = drop.folder / name
    mode = _mode(path)
    if name == LOCK_NAME or mode is None or stat.S_ISDIR(mode) or _is_same(path, drop.mapping):
        return None
    if any(name.casefold().endswith(each) and name[: -len(each)] in names for each in MARKERS):
        return None
    is_fit, is_mended = fits(drop, name), bool(MENDED.search(name))
    wanted_by = [each for each in rivals if fits(each, name)]
    if not is_fit and (wanted_by or not tells_rest):
        return None
    alone = _why_alone(name, mode) or ("" if is_fit or is_mended else _unfit(drop))
    return Found(
        drop,
        path,
        signature(path),
        marker=_marker(path, names),
        alone=alone,
        is_disputed=is_fit and bool(wanted_by),
        is_mended=is_mended,
    )


def _unfit(drop: Drop) -> str:
    return f"its name does not fit {drop.pattern}"


def fits(drop: Drop, name: str) -> bool:
    """Capitals do not count; a reject file has the name of its list."""
    pattern = drop.pattern.casefold()
    plain = MENDED.sub(r".\2", name) if MENDED.search(name) else name
    return any(fnmatchcase(each.casefold(), pattern) for each in (name, plain))


def _mode(path: Path) -> int | None:
    try:
        return path.lstat().st_mode
    except OSError:  # it is gone since the folder was listed
        return None


def _why_alone(name: str, mode: int) -> str:
    """ "" where the file is to be imported, if its name fits."""
    if stat.S_ISLNK(mode):
        return "it is a link: put the file itself into the folder"
    if not stat.S_ISREG(mode):
        return "it is no file"
    if name.startswith(STARTS_TEMPORARY):
        return "it tells that a program has a file open"
    if TEMPORARY.fullmatch(name):
        return "by its name somebody is still writing it"
    if name.startswith("."):
        return "it is hidden"
    for marker in MARKERS:
        if name.casefold().endswith(marker):
            return "it is a marker, and its file is not there"
    return ""


def _marker(path: Path, names: frozenset[str]) -> Path | None:
    """What says that the file is whole; not one that was there before it."""
    file = signature(path)
    for ending in MARKERS:
        if f"{path.name}{ending}" not in names:
            continue
        marker = path.with_name(f"{path.name}{ending}")
        made = signature(marker)
        if file and made and made.changed_ns >= file.changed_ns:
            return marker
    return None


def settled(found: Found) -> Found | None:
    """The file as it is now, where it is whole: as it was found, or said to be whole."""
    now = signature(found.path)
    if now is None or (now != found.signature and found.marker is None):
        return None
    return replace(found, signature=now)
