"""One key: from a variable, or from a file that only its owner can read. No message shows it."""

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from importer.errors import SettingsError
from importer.quoting import quoted
from importer.regular import NO_FILE, NoFileError, open_regular

if TYPE_CHECKING:
    from importer.settings.entries import KeySource

# What LeadSquared's keys look like; one may be written where something else belongs.
KEY_ITSELF = re.compile(r"(u\$r)?[0-9a-f]{32,}", re.IGNORECASE)
KEY = re.compile(r"[!-~]+")  # a header's value: visible ASCII, and no space
OTHERS = 0o077  # what group and others may do
MOST_BYTES = 10_000
API_PAGE = "in LeadSquared: My Profile > Settings > API and Webhooks"
OWN_FILE = f"write the key into a file of your own, of mode 600, and name that ({API_PAGE})"


def checked_key(value: str, variable: str) -> str:
    """Raises SettingsError: the variable holds what can't be a key."""
    if not KEY.fullmatch(value):
        raise SettingsError(
            f"{variable} has a space or a character that no key has",
            where="the environment",
            fix="copy the key again, in single quotes: a $ in it is eaten by the shell",
        )
    return value


def read_key(source: "KeySource", environment: Mapping[str, str], config: Path, place: str) -> str:
    """place: where it stands in importer.toml; a file counts from that one's folder.

    Raises SettingsError.
    """
    if source.env is None:
        assert source.file is not None, "a key is in a variable or in a file"
        return _from_file(source.file, config, place)
    value = environment.get(source.env, "").strip()
    if not value:
        raise SettingsError(
            f"{source.env} is not set",
            where=f"{config}, {place}",
            fix=f"export {source.env} ({API_PAGE})",
        )
    return checked_key(value, source.env)


def _from_file(name: str, config: Path, place: str) -> str:
    path = config.parent / name
    try:
        path = config.parent / Path(name).expanduser()
        data = _private_bytes(path)
    except NoFileError as error:
        raise SettingsError(
            f"the key file cannot be used: {NO_FILE}",
            where=f"{path}, named by {place} in {config}",
            fix=OWN_FILE,
        ) from error
    except (OSError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise SettingsError(
            f"the key file cannot be read: {why}",
            where=f"{path}, named by {place} in {config}",
            fix=f"write the key into it ({API_PAGE}), and make it yours alone: {_mode(path)}"
            if _may_be_changed(path)
            else OWN_FILE,
        ) from error
    what = None
    try:
        value = data.decode("utf-8-sig").strip()
        if not KEY.fullmatch(value):
            what = "has a space or a character that no key has" if value else "is empty"
    except UnicodeDecodeError:
        what = "is not UTF-8 text"
    if what is None:
        return value
    raise SettingsError(
        f"the key file {what}",
        where=f"{path}, named by {place} in {config}",
        fix=f"write the key into it, and nothing else ({API_PAGE})"
        if _may_be_changed(path)
        else OWN_FILE,
    )


def _private_bytes(path: Path) -> bytes:
    with open_regular(path) as file:
        if os.name == "posix" and os.fstat(file.fileno()).st_mode & OTHERS:
            raise SettingsError(
                "others on this computer can use the key file",
                where=str(path),
                fix=_mode(path) if _may_be_changed(path) else OWN_FILE,
            )
        return file.read(MOST_BYTES)


def _may_be_changed(path: Path) -> bool:
    """Whether it is the user's own, or not there yet. A link may lead to a file of the system."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    is_own = os.name != "posix" or found.st_uid == os.geteuid()
    return is_own and stat.S_ISREG(found.st_mode)


def _mode(path: Path) -> str:
    return f"chmod 600 {quoted(str(path))}"
