"""One key: from a variable, or from a file that only its owner can read. No message shows it."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from importer.errors import SettingsError
from importer.quoting import quoted

if TYPE_CHECKING:
    from importer.settings.document import KeySource

KEY = re.compile(r"[!-~]+")  # a header's value: visible ASCII, and no space
OTHERS = 0o077  # what group and others may do
MOST_BYTES = 10_000
API_PAGE = "in LeadSquared: My Profile > Settings > API and Webhooks"


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
    except (OSError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise SettingsError(
            f"the key file cannot be read: {why}",
            where=f"{path}, named by {place} in {config}",
            fix=f"write the key into it ({API_PAGE}), and make it yours alone: {_mode(path)}",
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
        fix=f"write the key into it, and nothing else ({API_PAGE})",
    )


def _private_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        if os.name == "posix" and os.fstat(file.fileno()).st_mode & OTHERS:
            raise SettingsError(
                "others on this computer can use the key file", where=str(path), fix=_mode(path)
            )
        return file.read(MOST_BYTES)


def _mode(path: Path) -> str:
    return f"chmod 600 {quoted(str(path))}"
