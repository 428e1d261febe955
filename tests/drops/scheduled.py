"""A folder with importer.toml, and a stand-in for the program, which notes how it was started."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from importer.drops.planned import Planned, planned
from importer.settings import read_settings

ODD = 'it\'s 100% "odd" $HOME [x]* `id` é'
TOML = """\
journal = "importer.db"

[accounts.acme]
host = "api-in21.leadsquared.com"
access_key = { env = "ACME_ACCESS_KEY" }
secret_key = { file = "keys/acme.secret" }

[[drops]]
name = "events"
folder = "inbox/events"
pattern = "*.csv"
mapping = "mappings/events.yaml"
account = "acme"
"""
PROGRAM = """\
#!/bin/sh
notes=$(dirname "$0")
pwd > "$notes/cwd"
printf '%s\\n' "$@" > "$notes/words"
env > "$notes/env"
echo "a pass"
echo "a remark" >&2
exit "$(cat "$notes/code")"
"""
AT = time(2, 30)
BY_SHELL = {"PWD", "OLDPWD", "SHLVL", "_"}  # variables that a shell sets itself


@dataclass(frozen=True)
class Place:
    """folder: of importer.toml. notes: of the program, with what it noted."""

    folder: Path
    notes: Path

    @property
    def config(self) -> Path:
        return self.folder / "importer.toml"

    @property
    def program(self) -> Path:
        return self.notes / "importer"

    def plan(self, environment: Mapping[str, str] | None = None) -> Planned:
        found = environment or {}
        settings = read_settings(found, config=str(self.config))
        return planned(settings, found, [str(self.program)], AT)

    def words(self) -> list[str]:
        return (self.notes / "words").read_text().splitlines()

    def environment(self) -> dict[str, str]:
        lines = (self.notes / "env").read_text().splitlines()
        found = dict(line.split("=", 1) for line in lines)
        return {name: value for name, value in found.items() if name not in BY_SHELL}


def place(parent: Path, name: str = ODD, toml: str = TOML, code: int = 0) -> Place:
    """parent: where its folder is made. code: what the program ends with."""
    made = Place(parent / name, parent / name / "bin")
    made.notes.mkdir(parents=True)
    made.config.write_text(toml, encoding="utf-8")
    made.program.write_text(PROGRAM)
    made.program.chmod(0o755)
    (made.notes / "code").write_text(str(code))
    return made
