"""Which journal, which state folder and which importer.toml: options, then environment, then
importer.toml, then what is found from the working folder upwards."""

import logging
from collections.abc import Mapping
from pathlib import Path

from importer.errors import SettingsError
from importer.settings.values import NUMBERS, VARIABLES, Settings

JOURNAL_NAME = "importer.db"
CONFIG_NAME = "importer.toml"

LOG = logging.getLogger("importer")


def read_settings(
    environment: Mapping[str, str], *, journal: str | None = None, config: str | None = None
) -> Settings:
    """journal and config: the options. Raises SettingsError: importer.toml is not there or can't
    be used, or a variable is no number."""
    path = _config(config)
    numbers, state = _numbers(environment), _state(environment)
    if path is None:
        return Settings(_journal(environment, journal, None), state, numbers)
    from importer.settings.document import read_document  # pydantic takes a tenth of a second

    LOG.info("settings: %s", path)
    document = read_document(path)
    in_document = path.parent / document.journal if document.journal else None
    return Settings(
        _journal(environment, journal, in_document),
        state,
        numbers,
        config=path,
        config_option=config,
        accounts=document.accounts,
    )


def _config(option: str | None) -> Path | None:
    if option is None:
        return _upwards(CONFIG_NAME)
    path = Path(option)
    if path.is_file():
        return path
    what = "is a folder" if path.is_dir() else "is not there"
    raise SettingsError(
        f"the file of settings {what}",
        where=option,
        fix=f"name a file with --config, or leave it out: an {CONFIG_NAME} is found from the"
        " working folder upwards",
    )


def _journal(environment: Mapping[str, str], option: str | None, in_document: Path | None) -> Path:
    """The named file; else the nearest importer.db, else a new one in the working folder."""
    named = option or environment.get("IMPORTER_JOURNAL")
    if named:
        return Path(named)
    return in_document or _upwards(JOURNAL_NAME) or Path.cwd() / JOURNAL_NAME


def _upwards(name: str) -> Path | None:
    """The nearest file of that name, from the working folder upwards."""
    here = Path.cwd()
    folders = (here, *here.parents)
    return next((path for folder in folders if (path := folder / name).is_file()), None)


def _state(environment: Mapping[str, str]) -> Path:
    named = environment.get("IMPORTER_STATE")
    if named:
        return Path(named)
    from platformdirs import user_state_path

    return user_state_path("importer", appauthor=False)


def _numbers(environment: Mapping[str, str]) -> dict[str, float]:
    found = {}
    for variable, name in VARIABLES.items():
        text = environment.get(variable, "").strip()
        if not text:
            continue
        value = NUMBERS[name].read(text)
        if value is None:
            raise SettingsError(
                f'{variable} is "{text}"', where="the environment", fix=NUMBERS[name].words
            )
        found[name] = value
    return found
