"""The command `drops schedule`: what it prints, and what it refuses."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from importer.drops.crontab import crontab
from importer.drops.planned import planned
from importer.drops.systemd import service, timer
from importer.drops.task import task
from importer.settings import read_settings
from tests.drops.scheduled import AT, TOML, Place, place

THIS = (sys.executable, "-m", "importer")


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out.splitlines()[-1])
        return found


def importer(folder: Path, *arguments: str, **variables: str) -> Ended:
    ended = subprocess.run(
        [*THIS, *arguments],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def texts(made: Place) -> dict[str, str]:
    settings = read_settings(os.environ, config=str(made.config))
    plan = planned(settings, os.environ, THIS, AT)
    makers = {"cron": crontab, "service": service, "timer": timer, "windows": task}
    return {name: maker(plan) for name, maker in makers.items()}


@pytest.fixture
def made(tmp_path: Path) -> Place:
    return place(tmp_path)


def test_all_that_a_scheduler_needs_is_printed(made: Place) -> None:
    of = texts(made)
    units = "~/.config/systemd/user/importer-drops"
    ended = importer(made.folder, "drops", "schedule")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        f"# cron: add these lines by crontab -e\n{of['cron']}\n"
        f"# systemd: {units}.service\n{of['service']}\n"
        f"# systemd: {units}.timer\n{of['timer']}\n"
        "# and then, the last so that it runs while you are logged out:\n"
        "# systemctl --user daemon-reload\n"
        "# systemctl --user enable --now importer-drops.timer\n"
        "# loginctl enable-linger\n"
        "\n"
        f"# Windows: in PowerShell\n{of['windows']}"
    )


@pytest.mark.parametrize(
    ("kind", "names"),
    [("cron", ["cron"]), ("systemd", ["service", "timer"]), ("windows", ["windows"])],
)
def test_one_kind_is_printed_alone_and_the_object_has_it(
    made: Place, kind: str, names: list[str]
) -> None:
    of = texts(made)
    ended = importer(made.folder, "drops", "schedule", "--for", kind, "--json")
    assert (ended.code, ended.json["exit"]) == (0, 0)
    assert ended.json["schedule"] == {
        **{name: text if name in names else None for name, text in of.items()},
        "env_file": str(made.folder / "importer.env"),
        "variables": ["ACME_ACCESS_KEY"],
    }
    plain = importer(made.folder, "drops", "schedule", "--for", kind)
    assert all(of[name] in plain.out for name in names)
    assert not any(of[name] in plain.out for name in of if name not in names)


def test_a_crontab_takes_what_is_printed_for_cron(made: Place) -> None:
    lines = importer(made.folder, "drops", "schedule", "--for", "cron").out.splitlines()
    (line,) = (each for each in lines if not each.startswith("#"))
    assert line.startswith("30 2 * * * cd ")


def test_another_time_is_in_every_text(made: Place) -> None:
    out = importer(made.folder, "drops", "schedule", "--at", "17:05").out
    assert "\n5 17 * * * cd " in out
    assert "\nOnCalendar=*-*-* 17:05:00\n" in out
    assert "<StartBoundary>2026-01-01T17:05:00</StartBoundary>" in out


@pytest.mark.parametrize("how", ["option", "variable"])
def test_a_journal_that_is_named_here_is_named_to_the_scheduler(made: Place, how: str) -> None:
    option = ["--journal", "my.db"] if how == "option" else []
    variable = {"IMPORTER_JOURNAL": "my.db"} if how == "variable" else {}
    out = importer(made.folder, "drops", "schedule", "--for", "systemd", *option, **variable).out
    assert (
        f'--journal "{made.folder}/my.db"'.replace("%", "%%").replace('"odd"', '\\"odd\\"') in out
    )


def test_no_key_stands_in_any_text(made: Place) -> None:
    given = {"ACME_ACCESS_KEY": "u$r0af9", "HTTPS_PROXY": "http://u:0af9@proxy"}
    ended = importer(made.folder, "drops", "schedule", "--json", **given)
    assert ended.json["schedule"]["variables"] == ["ACME_ACCESS_KEY", "HTTPS_PROXY"]
    assert "0af9" not in ended.out + ended.err


@pytest.mark.parametrize("text", ["", 'journal = "a.db"', TOML.replace("journal", "# journal", 1)])
def test_settings_that_a_scheduler_could_not_use_end_with_2(tmp_path: Path, text: str) -> None:
    made = place(tmp_path, "leads", toml=text)
    ended = importer(made.folder, "drops", "schedule", "--json")
    assert (ended.code, ended.json["exit"]) == (2, 2)
    assert ended.json["error"]["where"] == str(made.config)
    assert ended.err.startswith(f"importer: {ended.json['error']['what']}\n  at:  ")


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("--at", "25:00"), "Invalid value for '--at': '25:00' does not match the format '%H:%M'."),
        (
            ("--for", "upstart"),
            "Invalid value for '--for': 'upstart' is not one of 'cron', 'systemd', 'windows'.",
        ),
    ],
)
def test_a_wrong_option_is_refused(made: Place, arguments: tuple[str, ...], what: str) -> None:
    ended = importer(made.folder, "drops", "schedule", *arguments, "--json")
    assert (ended.code, ended.json["error"]["what"]) == (2, what)
    assert ended.json["error"]["fix"] == "importer drops schedule --help"
