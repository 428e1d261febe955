"""What a scheduler is to start: the command, where, when, and with which variables. Pure, but for
a look at which program this is.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path

from importer.errors import SettingsError
from importer.quoting import is_shown, quoted
from importer.settings import Settings
from importer.settings.account import NAMES
from importer.settings.values import VARIABLES

STATE = ("IMPORTER_STATE", "XDG_STATE_HOME")
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
NO_PROXY = ("NO_PROXY", "no_proxy")
# They may have a password in them.
PROXIES = tuple(
    n for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY") for n in (name, name.lower())
)


@dataclass(frozen=True, slots=True)
class Planned:
    """words: of the command, its paths absolute. folder: of importer.toml; stem: of its name.

    values: variables that are set now, and make a difference. variables: names of those that hold
    keys, addresses or passwords; no text of a schedule has what is in them.
    """

    words: Sequence[str]
    folder: str
    stem: str
    at: time
    values: Mapping[str, str] = field(default_factory=dict)
    variables: Sequence[str] = ()

    @property
    def env_name(self) -> str:
        """Of a file in the folder, with the variables."""
        return f"{self.stem}.env"

    @property
    def env_file(self) -> str | None:
        return os.path.join(self.folder, self.env_name) if self.variables else None


def planned(
    settings: Settings,
    environment: Mapping[str, str],
    program: Sequence[str],
    at: time,
    *,
    journal: Path | None = None,
) -> Planned:
    """program: the words that start this program. journal: where importer.toml does not name it.

    Raises SettingsError: a name in it has a sign that no line of a schedule can hold.
    """
    assert settings.config is not None, "drops are of importer.toml"
    config = settings.config.absolute()
    named = () if journal is None else ("--journal", str(journal))
    found = Planned(
        words=(*program, "drops", "run", "-q", "--config", str(config), *named),
        folder=str(config.parent),
        stem=config.stem,
        at=at,
        values=dict(_values(settings, environment)),
        variables=tuple(dict.fromkeys(_secrets(settings, environment))),
    )
    for text in (*found.words, found.folder, *found.values.values()):
        if not all(map(is_shown, text)):
            raise SettingsError(
                "a name has a sign in it that no line of a schedule can hold",
                where=quoted(text),
                fix="rename it, without line breaks and other signs that are not shown",
            )
    return found


def program_words(first: str, interpreter: str) -> tuple[str, ...]:
    """first: as Python has it in sys.argv[0]; on Windows it is without .exe.

    Links stay links: an update may move what they lead to.
    """
    path = Path(first).absolute()
    if path.stem == "importer":
        for each in (path, path.with_name(f"{path.name}.exe")):
            if each.is_file() and os.access(each, os.X_OK):
                return (str(each),)
    return (interpreter, "-m", "importer")


def _values(settings: Settings, environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if any(environment.get(name) for name in STATE):
        yield STATE[0], str(settings.state.absolute())
    for name in (*VARIABLES, *NO_PROXY):
        if text := environment.get(name, "").strip():
            yield name, text
    for name in CERTIFICATES:
        if path := environment.get(name):
            yield name, str(Path(path).absolute())


def _secrets(settings: Settings, environment: Mapping[str, str]) -> Iterator[str]:
    for drop in settings.drops:
        if drop.account is None:
            yield from NAMES
        else:
            entry = settings.accounts[drop.account]
            yield from (key.env for key in (entry.access_key, entry.secret_key) if key.env)
    if settings.notices is not None:
        ping = settings.notices.healthcheck_url
        sources = (*settings.notices.urls, *(() if ping is None else (ping,)))
        yield from (source.env for source in sources if source.env)
    yield from (name for name in PROXIES if environment.get(name))
