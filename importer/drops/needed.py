"""What `drops` needs of the settings before it does anything."""

from importer.errors import SettingsError
from importer.settings import Settings

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
