"""Who is told of a pass over the drops: the addresses from their variables and files."""

from collections.abc import Mapping

from importer.settings.keys import read_key
from importer.settings.values import Notices, Settings


def read_notices(settings: Settings, environment: Mapping[str, str]) -> Notices:
    """As [notices] has it; nothing is wanted where there is none. Paths are absolute.

    Raises SettingsError: a variable or file of an address is missing, or holds what can't be one.
    """
    entry, config = settings.notices, settings.config
    if entry is None or config is None:
        return Notices()
    folder = config.absolute().parent
    health, ping = entry.healthcheck_url, None
    if health is not None:
        ping = health.text or read_key(health, environment, config, "healthcheck_url of [notices]")
    return Notices(
        urls=tuple(read_key(each, environment, config, "urls of [notices]") for each in entry.urls),
        when=entry.when,
        rows=entry.rows,
        healthcheck_url=ping,
        metrics_file=folder / entry.metrics_file if entry.metrics_file else None,
        log_file=folder / entry.log_file if entry.log_file else None,
    )
