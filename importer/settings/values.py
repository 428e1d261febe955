"""The settings as frozen values, and what their numbers may be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importer.settings.document import AccountEntry


MOST = 1_000_000_000  # seconds or calls: 30 years; a clock can't count on for ever


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
    "timeout_s": Number(0.1),
    "settle_s": Number(0),
    "tries": Number(1, is_whole=True),
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
    default. daily_calls: at most in any 24 hours, None without such a limit.
    """

    host: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    name: str | None = None
    rate: str | None = None
    daily_calls: int | None = None
    timeout_s: float = 30.0
    settle_s: float = 30.0
    tries: int = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """state: folder of what all runs of this user share. numbers: those that the environment sets.

    config: the importer.toml that was read, None without one; config_option: --config as it was
    given. accounts: those of importer.toml, by name, their keys not looked for yet.
    """

    journal: Path
    state: Path
    numbers: Mapping[str, float] = field(default_factory=dict)
    config: Path | None = None
    config_option: str | None = None
    accounts: "Mapping[str, AccountEntry]" = field(default_factory=dict)
