"""The texts that make a scheduler start a pass every day."""

from collections.abc import Sequence

from importer.drops import systemd
from importer.drops.crontab import crontab
from importer.drops.planned import Planned
from importer.drops.task import task
from importer.shown import Schedule

KINDS = ("cron", "systemd", "windows")


def schedule(planned: Planned, kinds: Sequence[str] = KINDS) -> Schedule:
    """kinds: those that are wanted. Raises SettingsError: cron can't have these names in it."""
    return Schedule(
        cron=crontab(planned) if "cron" in kinds else None,
        service=systemd.service(planned) if "systemd" in kinds else None,
        timer=systemd.timer(planned) if "systemd" in kinds else None,
        windows=task(planned) if "windows" in kinds else None,
        env_file=planned.env_file,
        variables=planned.variables,
    )
