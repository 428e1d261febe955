"""Options and environment become frozen settings; nothing else reads the environment.

An option wins over a variable, a variable over the default.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from importer.errors import SettingsError

JOURNAL_NAME = "importer.db"
KEY = re.compile(r"[!-~]+")  # a header's value: visible ASCII, and no space


@dataclass(frozen=True, slots=True)
class Account:
    """Where calls go, and with whose keys; `rate` as it was typed, None for the default."""

    host: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    rate: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """state: folder of what all runs of this user share. Times in seconds."""

    journal: Path
    state: Path
    timeout_s: float = 30.0
    settle_s: float = 30.0
    tries: int = 5


def read_settings(environment: Mapping[str, str], *, journal: str | None = None) -> Settings:
    """Raises SettingsError: a number that is none."""
    return Settings(
        journal=_journal(environment, journal),
        state=_state(environment),
        timeout_s=_number(environment, "IMPORTER_TIMEOUT_S", 30.0, least=0.1),
        settle_s=_number(environment, "IMPORTER_SETTLE_S", 30.0, least=0.0),
        tries=round(_number(environment, "IMPORTER_TRIES", 5, least=1)),
    )


def read_account(environment: Mapping[str, str], *, rate: str | None = None) -> Account:
    """Raises SettingsError: a variable is missing, or holds what can't be a key."""
    names = ("LSQ_HOST", "LSQ_ACCESS_KEY", "LSQ_SECRET_KEY")
    values = [environment.get(name, "").strip() for name in names]
    missing = [name for name, value in zip(names, values, strict=True) if not value]
    if missing:
        raise SettingsError(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set",
            where="the environment",
            fix="export LSQ_HOST, LSQ_ACCESS_KEY and LSQ_SECRET_KEY (in LeadSquared: My Profile >"
            " Settings > API and Webhooks; to try without an account: importer sandbox)",
        )
    for name, value in zip(names[1:], values[1:], strict=True):
        if not KEY.fullmatch(value):
            raise SettingsError(
                f"{name} has a space or a character that no key has",
                where="the environment",
                fix="copy the key again, in single quotes: a $ in it is eaten by the shell",
            )
    host, access_key, secret_key = values
    return Account(host, access_key, secret_key, rate)


def _journal(environment: Mapping[str, str], option: str | None) -> Path:
    """The named file; else the nearest importer.db from the working folder upwards."""
    named = option or environment.get("IMPORTER_JOURNAL")
    if named:
        return Path(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / JOURNAL_NAME).is_file():
            return folder / JOURNAL_NAME
    return here / JOURNAL_NAME


def _state(environment: Mapping[str, str]) -> Path:
    named = environment.get("IMPORTER_STATE")
    if named:
        return Path(named)
    from platformdirs import user_state_path

    return user_state_path("importer", appauthor=False)


def _number(environment: Mapping[str, str], name: str, default: float, *, least: float) -> float:
    text = environment.get(name, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not least <= value < float("inf"):
        raise SettingsError(
            f'{name} is "{text}"', where="the environment", fix=f"a number, {least:g} or more"
        )
    return value
