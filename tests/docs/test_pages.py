"""Every page of the manual: its commands are run in order, and print what the page shows.

A page has a working folder and a sandbox of its own. What it takes for granted, such as a job with
failed rows, is made first: WORLDS.
"""

import configparser
import os
import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

import click
import pytest
import yaml

from importer import __version__
from importer.cli.group import cli
from importer.intake.mapping_file import MappingFile
from importer.settings.entries import Document
from tests.docs.pages import Fence, commands, fences, inline_commands
from tests.docs.terminal import FOLDER, PROGRAMS, Terminal, sandbox
from tests.docs.worlds import WORLDS, World, nothing

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
# Its programs are run by a test of their own.
ELSEWHERE = ("how-to/use-from-python.md",)
LANGUAGES = {"console", "csv", "yaml", "toml", "text", "json", "sh", "sql", "ini", "cron"}
WHEEL = re.compile(r"leadsquared_importer-[^\s\[]+\.whl")
# What changes the machine that it is typed on, or is typed on another system: no test types it.
NOT_RUN: Mapping[str, Mapping[str, str]] = {
    "how-to/install.md": {
        "sh": "pipx, Homebrew and apt fetch from the network",
        "powershell": "Windows",
    },
    "how-to/run-from-cron.md": {
        "sh": "systemd's settings of the person who types it",
        "powershell": "Windows",
    },
    "how-to/schedule-drops.md": {
        "sh": "the crontab, and systemd's settings, of the person who types it",
        "powershell": "Windows",
    },
}


def page_text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def of_language(name: str, *languages: str) -> list[Fence]:
    return [each for each in fences(page_text(name)) if each.language in languages]


def is_run(name: str) -> bool:
    return name not in ELSEWHERE and bool(of_language(name, "console"))


@pytest.mark.parametrize("name", [name for name in PAGES if is_run(name)])
def test_the_commands_of_a_page_do_what_it_says(name: str, tmp_path: Path, root: Path) -> None:
    world = WORLDS.get(name, World())
    with sandbox(*world.sandbox) as told:
        terminal = Terminal(tmp_path, root, told)
        if not world.starts_sandbox:
            terminal.use_sandbox()
        world.before(terminal)
        terminal.codes = world.codes
        for fence in fences(page_text(name)):
            terminal.do(fence)
        world.after(terminal)


JOBS = ("how-to/import-a-list.md", "how-to/re-run-failed-rows.md", "how-to/run-from-cron.md")


def test_the_three_jobs_are_judged_by_journal_and_account_too() -> None:
    assert [name for name in JOBS if not is_run(name) or WORLDS[name].after is nothing] == []


def test_every_world_is_of_a_page() -> None:
    assert [name for name in WORLDS if name not in PAGES or not is_run(name)] == []


def test_what_is_not_run_is_listed_here() -> None:
    found = {
        name: {each.language for each in of_language(name, "sh", "powershell") if not each.title}
        for name in PAGES
    }
    assert {name: kinds for name, kinds in found.items() if kinds} == {
        name: {*kinds} for name, kinds in NOT_RUN.items()
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_only_blocks_that_a_test_knows(name: str) -> None:
    known = LANGUAGES | {"python"} if name in ELSEWHERE else LANGUAGES
    known |= NOT_RUN.get(name, {}).keys()
    assert {each.language for each in fences(page_text(name))} <= known
    lines = page_text(name).splitlines()
    assert len([line for line in lines if "```" in line]) == 2 * len(fences(page_text(name)))


# Commands that stand in the text, or can't be run here


def commands_of(name: str) -> list[str]:
    found = inline_commands(page_text(name))
    for each in of_language(name, "text", "sh", "powershell", "console"):
        lines = (
            [shown.command for shown in commands(each.text)] if each.language == "console" else []
        )
        found += lines or each.text.splitlines()
    return [line for line in found if line.startswith("importer ")]


@pytest.mark.parametrize("name", PAGES)
def test_a_command_in_the_text_is_one_that_there_is(name: str) -> None:
    assert [line for line in commands_of(name) if complaint(line)] == []


def complaint(line: str) -> str:
    """What click says of the command's options; its arguments are not looked at."""
    words = line.partition("  ")[0].replace("[JOB]", "1").split()[1:]
    if words in (["--version"], ["--help"]):
        return ""
    command: click.Command = cli
    while isinstance(command, click.Group):
        name = words.pop(0) if words else ""
        if name not in command.commands:
            return f"no such command: {name}"
        command = command.commands[name]
    try:
        command.make_parser(click.Context(command, **cli.context_settings)).parse_args(words)
    except click.ClickException as error:
        return error.format_message()
    return ""


@pytest.mark.parametrize(
    ("line", "is_sound"),
    [
        ("importer retry 3 --status rejected", True),
        ("importer run LIST -m MAPPING         send, or carry on", True),
        ("importer retry 3 --state rejected", False),
        ("importer redo 3", False),
        ("importer drops schedule --at 02:30", True),
        ("importer drops schedule --every 3", False),
        ("importer drops", False),
        ("importer run leads.csv -m", False),
    ],
)
def test_a_command_that_there_is_not_is_found(line: str, is_sound: bool) -> None:
    assert (complaint(line) == "") is is_sound


def test_the_wheel_of_the_pages_is_of_this_version() -> None:
    named = {name for page in PAGES for name in WHEEL.findall(page_text(page))}
    assert named == {f"leadsquared_importer-{__version__}-py3-none-any.whl"}


# Files that stand on pages


@pytest.mark.parametrize("name", [name for name in PAGES if of_language(name, "yaml")])
def test_a_mapping_of_a_page_is_sound(name: str) -> None:
    for each in of_language(name, "yaml"):
        MappingFile.model_validate(yaml.load(each.text, yaml.BaseLoader))


@pytest.mark.parametrize("name", [name for name in PAGES if of_language(name, "toml")])
def test_settings_of_a_page_are_sound(name: str) -> None:
    for each in of_language(name, "toml"):
        Document.model_validate(tomllib.loads(each.text))


def test_the_unit_for_systemd_watches() -> None:
    (service,) = of_language("how-to/nightly-drops.md", "ini")
    unit = configparser.ConfigParser(interpolation=None)
    unit.read_string(service.text)
    program, *words = unit["Service"]["ExecStart"].split()
    assert program == f"{PROGRAMS}/importer"
    assert complaint(" ".join(["importer", *words])) == ""


def test_the_units_for_systemd_run_the_script(tmp_path: Path) -> None:
    service, timer = of_language("how-to/run-from-cron.md", "ini")
    for each in (service, timer):
        assert each.title is not None
        (tmp_path / each.title).write_text(each.text, encoding="utf-8")
    unit = configparser.ConfigParser(interpolation=None)
    unit.read_string(service.text)
    assert unit["Service"]["ExecStart"] == f"/bin/sh {FOLDER}/nightly.sh"
    assert unit["Service"]["SuccessExitStatus"] == "1 75"
    if shutil.which("systemd-analyze"):
        units = sorted(tmp_path.glob("importer-nightly.*"))
        with tempfile.TemporaryDirectory() as runtime:
            said = subprocess.run(
                ["systemd-analyze", "--user", "verify", *units],
                env={**os.environ, "XDG_RUNTIME_DIR": runtime},
                capture_output=True,
                text=True,
            )
        ours = [each for each in said.stderr.splitlines() if "importer-nightly" in each]
        assert not ours or "Failed to initialize manager" in said.stderr
