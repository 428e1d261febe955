"""A schedule as lines to copy, and as one JSON object. Every remark begins with #, which crontabs,
systemd and PowerShell leave alone."""

from collections.abc import Iterator

from importer.shown import Schedule

UNITS = "~/.config/systemd/user/importer-drops"
STEPS = (
    "# systemctl --user daemon-reload",
    "# systemctl --user enable --now importer-drops.timer",
    "# loginctl enable-linger",
)


def schedule_lines(schedule: Schedule) -> Iterator[str]:
    if schedule.cron is not None:
        yield "# cron: add these lines by crontab -e"
        yield from _lines(schedule.cron)
    if schedule.service is not None and schedule.timer is not None:
        yield from _apart(schedule.cron)
        yield f"# systemd: {UNITS}.service"
        yield from _lines(schedule.service)
        yield ""
        yield f"# systemd: {UNITS}.timer"
        yield from _lines(schedule.timer)
        yield ""
        yield "# and then, the last so that it runs while you are logged out:"
        yield from STEPS
    if schedule.windows is not None:
        yield from _apart(schedule.cron or schedule.service)
        yield "# Windows: in PowerShell"
        yield from _lines(schedule.windows)


def _apart(before: str | None) -> list[str]:
    return [] if before is None else [""]


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").split("\n")


def schedule_object(schedule: Schedule) -> dict[str, object]:
    return {
        "schedule": {
            "cron": schedule.cron,
            "service": schedule.service,
            "timer": schedule.timer,
            "windows": schedule.windows,
            "env_file": schedule.env_file,
            "variables": list(schedule.variables),
        }
    }
