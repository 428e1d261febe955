"""Which journal, which state folder and which importer.toml: options, then environment, then
importer.toml, then what is found from the working folder upwards."""

import logging
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from importer.errors import SettingsError
from importer.settings.values import NUMBERS, VARIABLES, Drop, Settings

if TYPE_CHECKING:
    from importer.settings.entries import DropEntry

JOURNAL_NAME = "importer.db"
CONFIG_NAME = "importer.toml"
LONGEST_BESIDE = "-journal"  # of the names that SQLite and our locks put beside a journal

LOG = logging.getLogger("importer")


def read_settings(
    environment: Mapping[str, str], *, journal: str | None = None, config: str | None = None
) -> Settings:
    """journal and config: the options. The journal is given as an absolute path.

    Raises SettingsError: importer.toml is not there or can't be used, no journal can be at that
    path, a variable is no number, or the working folder is gone.
    """
    path = _config(config)
    numbers, state = _numbers(environment), _state(environment)
    is_named = bool(journal or environment.get("IMPORTER_JOURNAL"))
    if path is None:
        place = _journal(environment, journal, None)
        return Settings(place, state, numbers, names_journal=is_named)
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
        names_journal=is_named or in_document is not None,
        drops=tuple(_drop(entry, path.absolute().parent) for entry in document.drops),
        notices=document.notices,
    )


def _drop(entry: "DropEntry", folder: Path) -> Drop:
    """folder: that its paths count from."""
    own = entry.model_dump(exclude={"folder", "mapping", "range", "short_rows"})
    return Drop(
        **own,
        folder=folder / Path(entry.folder),
        mapping=folder / Path(entry.mapping),
        area=entry.range,
        pads=entry.short_rows == "pad",
    )


def _config(option: str | None) -> Path | None:
    if option is None:
        return _upwards(CONFIG_NAME)
    path = Path(option)
    if os.path.isfile(path):  # not Path.is_file, which raises where a folder may not be searched
        return path
    raise SettingsError(
        f"the file of settings {_why_no_file(path)}",
        where=option,
        fix=f"name a file with --config, or leave it out: an {CONFIG_NAME} is found from the"
        " working folder upwards",
    )


def _journal(environment: Mapping[str, str], option: str | None, in_document: Path | None) -> Path:
    """The named file; else the nearest importer.db, else a new one in the working folder."""
    named = option or environment.get("IMPORTER_JOURNAL")
    path = Path(named) if named else in_document or _upwards(JOURNAL_NAME) or Path(JOURNAL_NAME)
    if not path.is_absolute():
        path = _here() / path
    _check_reachable(path)
    return path


def _check_reachable(journal: Path) -> None:
    """Whether the journal is there is not asked: only whether it could be."""
    try:
        for path in (str(journal), f"{journal}{LONGEST_BESIDE}"):
            with suppress(FileNotFoundError, NotADirectoryError):
                _refuse_device(os.stat(path).st_mode, journal)
    except OSError as error:
        raise SettingsError(
            f"no journal can be there: {error.strerror}",
            where=str(journal),
            fix="name a file with --journal, in a folder that you may enter",
        ) from error


def _refuse_device(mode: int, journal: Path) -> None:
    """A folder is told where the journal is opened."""
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise SettingsError(
            "this is a device, and no journal",
            where=str(journal),
            fix="name a file with --journal",
        )


def _why_no_file(path: Path) -> str:
    try:
        return "is a folder" if stat.S_ISDIR(path.stat().st_mode) else "is a device"
    except (FileNotFoundError, NotADirectoryError):
        return "is not there"
    except OSError as error:
        return f"cannot be reached: {error.strerror}"


def _upwards(name: str) -> Path | None:
    """The nearest file of that name, from the working folder upwards; a folder that may not be
    searched is as one without."""
    here = _here()
    folders = (here, *here.parents)
    return next((path for folder in folders if os.path.isfile(path := folder / name)), None)


def _here() -> Path:
    """The working folder. Raises SettingsError: it was removed since it was entered."""
    try:
        return Path.cwd()
    except OSError as error:
        raise SettingsError(
            "the working folder is not there any more",
            where="the folder that this was started in",
            fix="cd to a folder that is there, and run it again",
        ) from error


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
