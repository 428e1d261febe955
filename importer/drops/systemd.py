"""A pass as a service and a timer of systemd, for a user's own manager. Pure.

Each line has rules of its own, by systemd.exec(5), systemd.service(5) and systemd.syntax(7).
"""

import re

from importer.drops.planned import Planned

NAME = "importer-drops"
FOLDER = "~/.config/systemd/user"
PLAIN = re.compile(r"[\w@./:=,+-]+", re.ASCII)
NO_PROGRAM = frozenset("\"'\\")  # systemd refuses a program whose path has one
BY_SHELL = ("/bin/sh", "-c", 'exec "$0" "$@"')
STOP_S = 30  # an ordered end takes 5 s, and the journal is closed after that

TIMER = """\
[Unit]
Description=Import what has come into the folders of importer.toml

[Timer]
OnCalendar=*-*-* {at:%H:%M}:00
# A pass that was missed, because the computer was off, is made up for.
Persistent=true

[Install]
WantedBy=timers.target
"""


def service(planned: Planned) -> str:
    lines = [
        "[Unit]",
        "Description=Import what has come into the folders of importer.toml",
        "",
        "[Service]",
        "Type=oneshot",
        f"WorkingDirectory={_path(planned.folder)}",
        *_environment(planned),
        f"ExecStart={_command(planned)}",
        "# 1: a person should look; 75: the next pass goes on; 143: stopped in order.",
        "SuccessExitStatus=1 75 143",
        f"TimeoutStopSec={STOP_S}",
        "",
    ]
    return "\n".join(lines)


def timer(planned: Planned) -> str:
    return TIMER.format(at=planned.at)


def _environment(planned: Planned) -> list[str]:
    found = [f"Environment={_word(f'{name}={text}')}" for name, text in planned.values.items()]
    if planned.env_file is not None:
        pattern = re.sub(r"([\\*?[])", r"\\\1", planned.env_file)  # it is a wildcard expression
        found += [
            f"# A file of mode 600, with {', '.join(planned.variables)}:",
            "# a line each, as NAME='value'.",
            f"EnvironmentFile={_path(pattern)}",
        ]
    return found


def _command(planned: Planned) -> str:
    words = planned.words
    if NO_PROGRAM & {*words[0]}:
        words = (*BY_SHELL, *words)
    first, *rest = map(_word, words)
    if any("$" in word for word in words):
        # Before the program: a $ is a $. A doubled one would not do for the program's own path.
        first = f'":{first[1:]}' if first.startswith('"') else f":{first}"
    return " ".join([first, *rest])


def _word(word: str) -> str:
    if PLAIN.fullmatch(word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _path(path: str) -> str:
    """As the rest of a line, which knows no quotes; blanks at its end would be lost, and a
    backslash there would join it with the next."""
    escaped = path.replace("%", "%%")
    return f"{escaped}/" if escaped.endswith((" ", "\\")) else escaped
