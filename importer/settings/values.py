"""The settings as frozen values, and what their numbers may be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importer.settings.entries import AccountEntry, NoticesEntry


MOST = 1_000_000_000  # seconds or calls: 30 years; a clock can't count on for ever
WEB = re.compile(r"https?://[!-~]+", re.IGNORECASE)  # an address that can be asked


@dataclass(frozen=True, slots=True)
class Number:
    """What a number must be, the same in a variable and in importer.toml."""

    least: float
    is_whole: bool = False

    def read(self, text: str) -> float | None:
        try:
            value = int(text) if self.is_whole else float(text)
        except ValueError:
            return None
        return value if self.accepts(value) else None

    def accepts(self, value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, int if self.is_whole else int | float):
            return False
        return self.least <= value <= MOST

    @property
    def words(self) -> str:
        return f"a {'whole ' if self.is_whole else ''}number, {self.least:g} or more"


# Of [accounts.X]; those of VARIABLES can be set by the environment too, for every account.
NUMBERS = {
    "calls": Number(1, is_whole=True),
    "window_s": Number(0.1),
    "daily_calls": Number(1, is_whole=True),
    "reserve_calls": Number(0, is_whole=True),
    "timeout_s": Number(0.1),
    "settle_s": Number(0),
    "tries": Number(1, is_whole=True),
}
DROP_NUMBERS = {
    "quiet_s": Number(0),
    "retry_failed": Number(0, is_whole=True),
    "header_row": Number(1, is_whole=True),
}
VARIABLES = {
    "IMPORTER_TIMEOUT_S": "timeout_s",
    "IMPORTER_SETTLE_S": "settle_s",
    "IMPORTER_TRIES": "tries",
}


@dataclass(frozen=True, slots=True)
class Account:
    """Where calls go, with whose keys, and how. Times in seconds.

    name: of importer.toml, None for the environment's. rate: as typed, such as 25/5s, None for the
    default. daily_calls: at most in any 24 hours, None without such a limit. reserve_calls: of
    them, which imports without a person leave.
    """

    host: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    name: str | None = None
    rate: str | None = None
    daily_calls: int | None = None
    reserve_calls: int = 0
    timeout_s: float = 30.0
    settle_s: float = 30.0
    tries: int = 5


@dataclass(frozen=True, slots=True)
class Drop:
    """A folder whose files are imported as they come. Paths are absolute.

    account: of importer.toml, None for the environment's. quiet_s: how long a file must not have
    changed. retry_failed: how many later passes send the failed rows of a file again. The rest:
    how each file is read and sent, as the options of `run` say it.
    """

    name: str
    folder: Path
    pattern: str
    mapping: Path
    account: str | None = None
    quiet_s: float = 5.0
    retry_failed: int = 0
    keep_going: bool = False
    sheet: str | None = None
    header_row: int | None = None
    area: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    pads: bool = False


@dataclass(frozen=True, slots=True)
class Notices:
    """Who is told of a pass. urls and healthcheck_url are secrets; None and empty: not wanted.

    when: always, change or trouble. rows: values of rows may be told.
    """

    urls: tuple[str, ...] = field(default=(), repr=False)
    when: str = "always"
    rows: bool = False
    healthcheck_url: str | None = field(default=None, repr=False)
    metrics_file: Path | None = None
    log_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """state: folder of what all runs of this user share. numbers: those that the environment sets.

    config: the importer.toml that was read, None without one; config_option: --config as it was
    given. accounts: those of importer.toml, by name, their keys not looked for yet. names_journal:
    whether an option, a variable or importer.toml does; else it was found, or is a new one.
    """

    journal: Path
    state: Path
    numbers: Mapping[str, float] = field(default_factory=dict)
    config: Path | None = None
    config_option: str | None = None
    accounts: "Mapping[str, AccountEntry]" = field(default_factory=dict)
    names_journal: bool = False
    drops: tuple[Drop, ...] = ()
    notices: "NoticesEntry | None" = None
