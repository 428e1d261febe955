"""One secret, a key or an address with one: from a variable, or from a file that only its owner can
read. No message shows it."""

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Secret:
    """What it is called, and where a person finds it."""

    name: str
    source: str

    @property
    def own_file(self) -> str:
        return (
            f"write the {self.name} into a file of your own, of mode 600, and name that"
            f" ({self.source})"
        )


A_KEY = Secret("key", API_PAGE)
AN_ADDRESS = Secret("address", "as the service that is told gives it")


def checked_key(value: str, variable: str, kind: Secret = A_KEY) -> str:
    """Raises SettingsError: the variable holds what can't be a key, or an address."""
    if not KEY.fullmatch(value):
        raise SettingsError(
            f"{variable} has a space or a character that no {kind.name} has",
            where="the environment",
            fix=f"copy the {kind.name} again, in single quotes: a $ in it is eaten by the shell",
        )
    return value


def read_key(
    source: "KeySource",
    environment: Mapping[str, str],
    config: Path,
    place: str,
    kind: Secret = A_KEY,
) -> str:
    """place: where it stands in importer.toml; a file counts from that one's folder.

    Raises SettingsError.
    """
    if source.env is None:
        assert source.file is not None, "a key is in a variable or in a file"
        return _from_file(source.file, config, place, kind)
    value = environment.get(source.env, "").strip()
    if not value:
        raise SettingsError(
            f"{source.env} is not set",
            where=f"{config}, {place}",
            fix=f"export {source.env} ({kind.source})",
        )
    return checked_key(value, source.env, kind)


def _from_file(name: str, config: Path, place: str, kind: Secret) -> str:
    path = config.parent / name
    try:
        path = config.parent / Path(name).expanduser()
        data = _private_bytes(path, kind)
    except NoFileError as error:
        raise SettingsError(
            f"the {kind.name} file cannot be used: {NO_FILE}",
            where=f"{path}, named by {place} in {config}",
            fix=kind.own_file,
        ) from error
    except (OSError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise SettingsError(
            f"the {kind.name} file cannot be read: {why}",
            where=f"{path}, named by {place} in {config}",
            fix=f"write the {kind.name} into it ({kind.source}), and make it yours alone:"
            f" {_mode(path)}"
            if _may_be_changed(path)
            else kind.own_file,
        ) from error
    what = None
    try:
        value = data.decode("utf-8-sig").strip()
        if not KEY.fullmatch(value):
            what = f"has a space or a character that no {kind.name} has" if value else "is empty"
    except UnicodeDecodeError:
        what = "is not UTF-8 text"
    if what is None:
        return value
    raise SettingsError(
        f"the {kind.name} file {what}",
        where=f"{path}, named by {place} in {config}",
        fix=f"write the {kind.name} into it, and nothing else ({kind.source})"
        if _may_be_changed(path)
        else kind.own_file,
    )


def _private_bytes(path: Path, kind: Secret) -> bytes:
    with open_regular(path) as file:
        if os.name == "posix" and os.fstat(file.fileno()).st_mode & OTHERS:
            raise SettingsError(
                f"others on this computer can use the {kind.name} file",
                where=str(path),
                fix=_mode(path) if _may_be_changed(path) else kind.own_file,
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
