"""The file of a preview's page: never written over what is not a page of ours, as we wrote it.

A preview has no journal that could keep the hash of what was written, so the page has it itself,
in its generator tag: the sha256 of the whole page, with noughts in the hash's place.
"""

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

from importer.errors import SettingsError
from importer.results.files import remove_abandoned

NO_HASH = "0" * 64
GENERATOR = "importer preview, sha256 {digest}"
MARKER = re.compile(rb'<meta name="generator" content="importer preview, sha256 ([0-9a-f]{64})">')
HEAD = 400  # bytes of a page, in which the marker stands
MOST_READ = 100_000_000  # bytes; no page of ours is so long
PART = ".importer-page."


def check_page(path: Path) -> Path:
    """Where the page goes, links followed. Raises SettingsError: it can't be written, or would
    replace a file that is not an unedited page of ours."""
    try:
        place = path.resolve()
        there = place.exists()
    except (OSError, RuntimeError, ValueError) as error:  # no name, too long a one, a ring of links
        raise _unwritable(path, getattr(error, "strerror", None) or "it is no name") from error
    if not place.parent.is_dir():
        raise _unwritable(path, "there is no such folder")
    if there and not place.is_file():
        raise _unwritable(path, "it is a folder or a device, not a file")
    if not os.access(place.parent, os.W_OK | os.X_OK):
        raise _unwritable(path, "not allowed")
    if there and not is_ours(place):
        raise SettingsError(
            "there is a file of that name, which is not a page that preview wrote, or was changed"
            " since: it is left as it is",
            where=str(path),
            fix="name another file with --html, or move that one away",
        )
    return place


def write_page(path: Path, html: str) -> Path:
    """Write the page, which only its owner can read, and give its absolute path.

    html: with NO_HASH in its marker. Raises SettingsError: as `check_page`.
    """
    place = check_page(path)
    temporary = place.with_name(f"{PART}{os.getpid()}.part")
    try:
        remove_abandoned(place.parent, PART)
        temporary.unlink(missing_ok=True)
        with open(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(_signed(html.encode()))
        os.replace(temporary, check_page(path))
    except OSError as error:
        raise _unwritable(path, error.strerror) from error
    finally:
        with suppress(OSError):  # it is there only where the writing failed
            temporary.unlink()
    return place


def is_ours(path: Path) -> bool:
    """Whether it is a page that `write_page` wrote, and nobody has edited."""
    try:
        with path.open("rb") as file:
            page = file.read(MOST_READ)
    except OSError:
        return False
    found = MARKER.search(page, 0, HEAD)
    return found is not None and _signed(page, found) == page


def _signed(page: bytes, found: re.Match[bytes] | None = None) -> bytes:
    """The page with its hash in the marker."""
    found = found or MARKER.search(page, 0, HEAD)
    assert found is not None, "a page of ours has the marker"
    start, end = found.span(1)
    blank = page[:start] + NO_HASH.encode() + page[end:]
    return page[:start] + hashlib.sha256(blank).hexdigest().encode() + page[end:]


def _unwritable(path: Path, why: str | None) -> SettingsError:
    return SettingsError(
        f"no page can be written there: {why}",
        where=str(path),
        fix="name a file in a folder that is there and that you can write to: --html PAGE",
    )
