"""Who is told of a pass over the drops: the addresses from their variables and files."""

from collections.abc import Callable, Mapping

from importer.errors import SettingsError
from importer.settings.entries import KeySource, UrlSource
from importer.settings.keys import read_key
from importer.settings.values import Notices, Settings


def read_notices(
    settings: Settings,
    environment: Mapping[str, str],
    *,
    missing: Callable[[SettingsError], None] | None = None,
) -> Notices:
    """As [notices] has it; nothing is wanted where there is none. Paths are absolute.

    missing: told of each address that can't be had, which is then left out. Without it raises
    SettingsError: a variable or file of an address is missing, or holds what can't be one.
    """
    entry, config = settings.notices, settings.config
    if entry is None or config is None:
        return Notices()
    folder = config.absolute().parent

    def address(source: KeySource, key: str) -> str | None:
        try:
            text = source.text if isinstance(source, UrlSource) else None
            return text or read_key(source, environment, config, f"{key} of [notices]")
        except SettingsError as error:
            if missing is None:
                raise
            missing(error)
            return None

    ping = entry.healthcheck_url
    urls = (address(each, "urls") for each in entry.urls)
    return Notices(
        urls=tuple(url for url in urls if url),
        when=entry.when,
        rows=entry.rows,
        healthcheck_url=address(ping, "healthcheck_url") if ping else None,
        metrics_file=folder / entry.metrics_file if entry.metrics_file else None,
        log_file=folder / entry.log_file if entry.log_file else None,
    )
