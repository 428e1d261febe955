"""A pass as a line of a crontab, for the shell that cron starts: /bin/sh, in the home folder, with
HOME and a short PATH. Pure."""

import shlex

from importer.drops.planned import Planned
from importer.errors import SettingsError

MOST = 998  # characters of a command, by crontab(5)
FINE = "1|75|143"  # 0 goes without saying: errors.EXIT_CODES


def crontab(planned: Planned) -> str:
    """Raises SettingsError: no line of a crontab can have these names in it."""
    log = f"{planned.stem}.cron.log"
    sets = [f"{name}={_word(value)}" for name, value in planned.values.items()]
    run = " ".join([*sets, *map(_word, planned.words)])
    if planned.variables:
        # Of a plain . that fails, bash makes a 1. This way every shell goes on, to the 2.
        run = f"set -a; command . ./{_word(planned.env_name)} || exit 2; {run}"
    told = f"importer drops run could not go on: see the end of {planned.folder}/{log}"
    command = (
        f"cd {_word(planned.folder)} && ({run}) >> {_word(log)} 2>&1"
        f" || case $? in {FINE}) ;; *) echo {_word(told)} ;; esac"
    )
    if len(command.encode()) > MOST:
        raise SettingsError(
            f"the line for cron is longer than {MOST} characters",
            where=planned.folder,
            fix="move importer.toml to a folder with a shorter path; or use --for systemd",
        )
    return "\n".join(
        [*_remarks(planned, log), f"{planned.at.minute} {planned.at.hour} * * * {command}", ""]
    )


def _remarks(planned: Planned, log: str) -> list[str]:
    found = [
        f"# What a pass says is added to {log} beside importer.toml; cron sends mail only where a",
        "# pass could not go on. Who else is told stands in [notices].",
    ]
    if planned.variables:
        found += [
            f"# Cron knows none of your variables: write {', '.join(planned.variables)}",
            f"# into {planned.env_file} (chmod 600), a line each, as NAME='value'.",
        ]
    return found


def _word(word: str) -> str:
    r"""Cron ends a command at a %, unless a \ stands before it. Some crons leave that \ there, and
    the shell takes it away: outside of quotes, \% is a % by all of them. Raises SettingsError."""
    if "\\\\" in word or "\\%" in word:  # one or two, by the kind of cron
        raise SettingsError(
            "a line for cron cannot have this name in it, for its backslashes",
            where=word,
            fix="rename it without; or use --for systemd, or --for windows",
        )
    return r"\%".join(shlex.quote(part) if part else "" for part in word.split("%"))
