"""Who is told of a pass over the drops: the addresses from their variables and files."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from importer.errors import SettingsError
from importer.settings.keys import AN_ADDRESS, read_key
from importer.settings.values import WEB, Notices, Settings

if TYPE_CHECKING:
    from importer.settings.entries import KeySource, UrlSource


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

    def address(source: "KeySource", place: str) -> str:
        return read_key(source, environment, config, f"{place} of [notices]", AN_ADDRESS)

    def had(found: Callable[[], str | None]) -> str | None:
        try:
            return found()
        except SettingsError as error:
            if missing is None:
                raise
            missing(error)
            return None

    urls = [had(partial(address, each, "urls")) for each in entry.urls]
    return Notices(
        urls=tuple(url for url in urls if url),
        when=entry.when,
        rows=entry.rows,
        healthcheck_url=had(partial(_ping, entry.healthcheck_url, address, config)),
        metrics_file=folder / entry.metrics_file if entry.metrics_file else None,
        log_file=folder / entry.log_file if entry.log_file else None,
    )


def _ping(
    source: "UrlSource | None", address: Callable[["KeySource", str], str], config: Path
) -> str | None:
    if source is None:
        return None
    found = source.text or address(source, "healthcheck_url")
    if WEB.fullmatch(found):
        return found
    raise SettingsError(
        "what healthcheck_url names is no address of the web",
        where=f"{config}, healthcheck_url of [notices]",
        fix="it begins with https:// (or http://), as the service that is told gives it",
    )
