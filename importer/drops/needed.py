"""What `drops` needs of the settings before it does anything."""

import os
from pathlib import Path

from importer.drops.folders import DONE, REFUSED
from importer.errors import SettingsError
from importer.settings import Drop, Settings

NO_SETTINGS = "no importer.toml here, nor in a folder above"
FORM = "write [[drops]] into importer.toml, and name, folder, pattern and mapping below it"


def refuse_no_drops(settings: Settings) -> None:
    """Raises SettingsError: there is no importer.toml, or it has no [[drops]]."""
    if not settings.drops:
        raise SettingsError(
            "no folder is named whose files are to be imported",
            where=str(settings.config or NO_SETTINGS),
            fix=FORM if settings.config else f"{FORM}; or name that file with --config",
        )


def refuse_unnamed_journal(settings: Settings) -> None:
    """A journal that is found from the working folder upwards, or made there, is another one where
    a scheduler starts: files would be imported a second time. Raises SettingsError."""
    if not settings.names_journal:
        raise SettingsError(
            "the journal is not named: a scheduler that starts elsewhere would take another",
            where=str(settings.config or NO_SETTINGS),
            fix='write journal = "importer.db" at the top of importer.toml; or give --journal FILE,'
            " or set IMPORTER_JOURNAL",
        )


def refuse_own_folder(settings: Settings) -> None:
    """A drop's files are moved, whatever its pattern fits: the importer's own are none of them.

    Raises SettingsError: a drop's folder holds importer.toml, the journal, a log or metrics, or
    what another drop has put away.
    """
    own = {"the journal": settings.journal}
    own |= {"importer.toml": settings.config} if settings.config else {}
    notices = settings.notices
    for key in ("log_file", "metrics_file"):
        if settings.config and notices and (named := getattr(notices, key)):
            own[key] = settings.config.parent / named
    for drop in settings.drops:
        for other in settings.drops:
            _refuse_inside(drop, other, settings)
        for name, path in own.items():
            if os.path.realpath(path.parent) == os.path.realpath(drop.folder):
                raise SettingsError(
                    f'the folder of the drop "{drop.name}" holds {name}',
                    where=f"{settings.config}, [[drops]] {drop.name}, folder",
                    fix='make a folder for the files alone, such as folder = "inbox"',
                )


def _refuse_inside(drop: Drop, other: Drop, settings: Settings) -> None:
    for kind in (DONE, REFUSED):
        if Path(os.path.realpath(drop.folder)).is_relative_to(
            os.path.realpath(other.folder / kind)
        ):
            raise SettingsError(
                f'the folder of the drop "{drop.name}" is where "{other.name}" puts its files away',
                where=f"{settings.config}, [[drops]] {drop.name}, folder",
                fix="give it a folder of its own",
            )
