"""The file of a page that is no job's: never written over what is not a page of ours, as we wrote
it.

No journal keeps the hash of what was written, so the page has it itself, in its generator tag: the
sha256 of the whole page, with noughts in the hash's place.
"""

import hashlib
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from importer.errors import SettingsError
from importer.results.files import remove_abandoned

NO_HASH = "0" * 64
HEAD = 400  # bytes of a page, in which the marker stands
MOST_READ = 100_000_000  # bytes; no page of ours is so long
PART = ".importer-page."


@dataclass(frozen=True, slots=True)
class PageKind:
    """command: that writes such pages. other: to name another place for one."""

    name: str
    command: str
    other: str
    place: str

    @property
    def generator(self) -> str:
        """What its tag has, without the hash."""
        return f"importer {self.name}, sha256 {NO_HASH}"

    @property
    def marker(self) -> "re.Pattern[bytes]":
        name = re.escape(self.name.encode())
        return re.compile(
            b'<meta name="generator" content="importer %s, sha256 ([0-9a-f]{64})">' % name
        )


PREVIEW = PageKind(
    "preview",
    "preview",
    "another file with --html",
    "a file in a folder that is there and that you can write to: --html PAGE",
)
HISTORY = PageKind(
    "history",
    "report --all",
    "another folder with --out",
    "a folder that is there and that you can write to with --out",
)


def check_page(path: Path, kind: PageKind = PREVIEW) -> Path:
    """Where the page goes, links followed. Raises SettingsError: it can't be written, or would
    replace a file that is not an unedited page of ours."""
    try:
        place = path.resolve()
        there = place.exists()
    except (OSError, RuntimeError, ValueError) as error:  # no name, too long a one, a ring of links
        why = getattr(error, "strerror", None) or "it is no name"
        raise _unwritable(path, why, kind) from error
    if not place.parent.is_dir():
        raise _unwritable(path, "there is no such folder", kind)
    if there and not place.is_file():
        raise _unwritable(path, "it is a folder or a device, not a file", kind)
    if not os.access(place.parent, os.W_OK | os.X_OK):
        raise _unwritable(path, "not allowed", kind)
    if there and not is_ours(place, kind):
        raise SettingsError(
            f"there is a file of that name, which is not a page that {kind.command} wrote, or was"
            " changed since: it is left as it is",
            where=str(path),
            fix=f"name {kind.other}, or move that one away",
        )
    return place


def write_page(path: Path, html: str, kind: PageKind = PREVIEW) -> Path:
    """Write the page, which only its owner can read, and give its absolute path.

    html: with NO_HASH in its marker. Raises SettingsError: as `check_page`.
    """
    place = check_page(path, kind)
    temporary = place.with_name(f"{PART}{os.getpid()}.part")
    try:
        remove_abandoned(place.parent, PART)
        temporary.unlink(missing_ok=True)
        with open(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(_signed(html.encode(), kind))
        os.replace(temporary, check_page(path, kind))
    except OSError as error:
        raise _unwritable(path, error.strerror, kind) from error
    finally:
        with suppress(OSError):  # it is there only where the writing failed
            temporary.unlink()
    return place


def is_ours(path: Path, kind: PageKind = PREVIEW) -> bool:
    """Whether it is a page that `write_page` wrote, and nobody has edited."""
    try:
        with path.open("rb") as file:
            page = file.read(MOST_READ)
    except OSError:
        return False
    return kind.marker.search(page, 0, HEAD) is not None and _signed(page, kind) == page


def _signed(page: bytes, kind: PageKind) -> bytes:
    """The page with its hash in the marker."""
    found = kind.marker.search(page, 0, HEAD)
    assert found is not None, "a page of ours has the marker"
    start, end = found.span(1)
    blank = page[:start] + NO_HASH.encode() + page[end:]
    return page[:start] + hashlib.sha256(blank).hexdigest().encode() + page[end:]


def _unwritable(path: Path, why: str | None, kind: PageKind) -> SettingsError:
    return SettingsError(
        f"no page can be written there: {why}",
        where=str(path),
        fix=f"name {kind.place}",
    )
