"""The README's commands are run, and print what it says; the manual knows what the code knows.

The commands are run in a copy of the folders that they name, against a sandbox without a limit.
"""

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from importer.cli import cli
from importer.console.summary import job_object
from importer.errors import ImporterError
from importer.intake.mapping_file import ColumnEntry, FieldEntry, MappingFile
from importer.intake.transforms.registry import TRANSFORMS
from importer.model import REJECT_COLUMNS, JobState, RowStatus
from importer.sandbox import FAULTS, demo

FENCE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELLIPSIS = "…"
FOLDER = "/home/asha/leads"  # what the README calls the working folder
# What differs from run to run, and what is shown for it.
VARIES = (
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:PORT"),
    (re.compile(r"about \d+:\d\d:\d\d at 25 calls in 5 s|without a limit"), "PACE"),
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "ID"),
    (re.compile(r"\b[0-9a-f]{12}\b"), "KEY"),
    (re.compile(r"^killed, with \d+ leads"), "killed, with N leads"),
    (re.compile(r"what became of \d+ calls"), "what became of N calls"),
    (re.compile(r"throttled; 2[3-5] calls at most"), "throttled; N calls at most"),
)
COMMAND = """\
#!/bin/sh
case "$1" in run|retry) set -- "$@" --rate none ;; esac
exec {python} -m importer "$@"
"""


@dataclass(frozen=True)
class Shown:
    """A command of the README, and the lines below it."""

    command: str
    lines: list[str]


def blocks(text: str) -> list[list[Shown]]:
    return [list(commands(block)) for block in FENCE.findall(text)]


def commands(block: str) -> Iterator[Shown]:
    """A `$` begins a command, except in the demo, whose own output has such lines."""
    first, *rest = block.splitlines()
    shown = Shown(first.removeprefix("$ "), [])
    for line in rest:
        if line.startswith("$ ") and shown.command != "make demo":
            yield shown
            shown = Shown(line.removeprefix("$ "), [])
        else:
            shown.lines.append(line)
    yield shown


def plain(lines: Iterable[str], folder: Path) -> list[str]:
    found = []
    for each in lines:
        line = each.replace(str(folder), FOLDER)
        for pattern, name in VARIES:
            line = pattern.sub(name, line)
        found.append(line)
    return found


def parts(lines: Sequence[str]) -> list[list[str]]:
    """The runs of lines between the lines that are left out."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line == ELLIPSIS:
            found.append([])
        else:
            found[-1].append(line)
    return [part for part in found if part]


@pytest.fixture(scope="module")
def shown(readme: str) -> list[list[Shown]]:
    return blocks(readme)


@pytest.fixture(scope="module")
def readme() -> str:
    return (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    for name in ("sample_data", "mappings"):
        shutil.copytree(root / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "importer"
    command.write_text(COMMAND.format(python=shlex.quote(sys.executable)))
    command.chmod(0o755)
    return tmp_path


@contextmanager
def sandbox() -> Iterator[list[str]]:
    """A sandbox without a limit, and what it said."""
    options = ["sandbox", "--port", "0", "--limit", "none"]
    with subprocess.Popen(
        [sys.executable, "-m", "importer", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield [process.stdout.readline().rstrip("\n") for _ in range(4)]
        finally:
            process.terminate()


def said(command: str, folder: Path, environment: Mapping[str, str]) -> list[str]:
    """What a terminal shows: both streams."""
    ended = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return ended.stdout.splitlines()


def compare(shown: Shown, printed: Sequence[str], folder: Path) -> None:
    """Whole, or where lines are left out, each part in its place."""
    wanted, left = plain(shown.lines, folder), plain(printed, folder)
    if ELLIPSIS not in wanted:
        assert left == wanted, shown.command
        return
    for part in parts(wanted):
        starts = [i for i in range(len(left)) if left[i : i + len(part)] == part]
        assert starts, f"{shown.command} does not print, or not in this place: {part}\n{left}"
        left = left[starts[0] + len(part) :]


def test_the_quick_start_prints_what_the_readme_shows(
    shown: list[list[Shown]], folder: Path
) -> None:
    _, (start,), *rest = shown
    environment = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
    assert start.command == "importer sandbox"
    with sandbox() as printed:
        assert plain(start.lines, folder) == plain(printed, folder)
        for each in (each for block in rest for each in block):
            if each.command.startswith("export "):
                line = each.command.removeprefix("export ")
                (real,) = (p for p in printed if p.partition("=")[0] == line.partition("=")[0])
                assert plain([line], folder) == plain([real], folder)
                name, _, value = shlex.split(real)[0].partition("=")
                environment[name] = value
            else:
                compare(each, said(each.command, folder, environment), folder)


def test_the_demo_prints_what_the_readme_shows(shown: list[list[Shown]], folder: Path) -> None:
    ((first,), *_) = shown
    assert first.command == "make demo"
    command = f"{shlex.quote(sys.executable)} -m importer.sandbox.demo"
    compare(first, said(command, folder, {}), folder)


LEAD = {"ProspectID": "1", "EmailAddress": "asha@example.com"}
OTHER = {"ProspectID": "2", "EmailAddress": "ravi@example.com"}


@pytest.mark.parametrize(
    ("leads", "totals", "holds"),
    [
        ([LEAD, OTHER], {"creates": 2, "throttled": 0}, True),
        ([LEAD], {"creates": 1, "throttled": 0}, False),
        ([LEAD, OTHER, {"ProspectID": "3"}], {"creates": 3, "throttled": 0}, False),
        ([LEAD, {**LEAD, "ProspectID": "2"}], {"creates": 2, "throttled": 0}, False),
        ([LEAD, OTHER], {"creates": 3, "throttled": 0}, False),
        ([LEAD, OTHER], {"creates": 2, "throttled": 1}, False),
    ],
)
def test_the_demo_fails_where_the_account_is_not_as_it_should_be(
    leads: list[dict[str, str]], totals: dict[str, int], holds: bool
) -> None:
    class Told(demo.Account):
        def ask(self, path: str, body: object = None) -> Any:
            assert body is None
            return leads if path == "/_sandbox/leads" else {**totals, "max_in_window": 25}

    ends_well = nullcontext() if holds else pytest.raises(demo.DemoError, match="not as it should")
    with ends_well:
        demo.check(Told({}), ["1"], ["2"])


def test_the_demo_runs_by_make(root: Path) -> None:
    recipe = "demo: $(READY)"
    makefile = (root / "Makefile").read_text()
    assert recipe in makefile
    assert "-m importer.sandbox.demo" in makefile.partition(recipe)[2].splitlines()[1]


def test_what_the_readme_names_is_there(readme: str, root: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", readme)) <= targets
    links = {link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", readme)}
    assert {link for link in links if not (root / link).exists()} == set()


# The manual


@pytest.fixture(scope="module")
def manual() -> str:
    return (Path(__file__).parents[1] / "docs" / "manual.md").read_text(encoding="utf-8")


def section(manual: str, title: str) -> str:
    found = re.search(rf"^## {title}$(.*?)(?=^## |\Z)", manual, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def first_cells(text: str) -> set[str]:
    """What stands in backquotes in the first column of a table."""
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| ")]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def codes_of(source: str) -> set[str]:
    """Our own codes: those that a Problem or an Outcome is made with, or that are passed on."""
    makers = {"Problem": 0, "Outcome": 1, "on_cells": 0, "_problem": 0, "_outcome": 0}
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = makers.get(name)
            values = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            if place is not None:
                values += node.args[place : place + 1]
            found |= {value.value for value in values if isinstance(value, ast.Constant)}
    return {code for code in found if isinstance(code, str)}


def test_codes_are_found_where_they_are_made() -> None:
    source = 'Problem("a", "why")\nOutcome(x, "b")\nrows.unsettle(1, code="c")\nother("d", "e")'
    source += '\non_cells("f", read)\nself._problem("g", why)'
    assert codes_of(source) == {"a", "b", "c", "f", "g"}


def test_the_manual_has_every_reject_code_and_no_other(manual: str, root: Path) -> None:
    sources = [path.read_text(encoding="utf-8") for path in (root / "importer").rglob("*.py")]
    known = set().union(*map(codes_of, sources))
    assert {"required", "row_width", "same_row"} <= known, "codes can be read from the code"
    shown = first_cells(section(manual, "The reject file"))
    assert {code for code in shown if code.islower()} == known


def test_the_manual_has_every_option_of_every_command(manual: str) -> None:
    for name, command in cli.commands.items():
        title = "The sandbox" if name == "sandbox" else "Commands"
        named = set(re.findall(r"(?<=`)--?[a-z-]+", section(manual, title)))
        options = [each for each in command.params if isinstance(each, click.Option)]
        assert [o.opts for o in options if not o.help] == []
        assert {opt for option in options for opt in option.opts} - named == set(), name
        assert f"`importer {name}" in section(manual, "Commands")


def test_the_manual_has_every_status_key_transform_fault_and_variable(
    manual: str, root: Path
) -> None:
    mapping = section(manual, "The mapping")
    json_keys = job_object(None, 2, None, ImporterError("what"))
    settings = (root / "importer" / "settings.py").read_text(encoding="utf-8")
    assert first_cells(section(manual, "What becomes of a row")) == set(RowStatus)
    fields = {each.alias or name for name, each in FieldEntry.model_fields.items()}
    keys = {*MappingFile.model_fields, *ColumnEntry.model_fields, *fields}
    assert first_cells(mapping) == {*keys, *TRANSFORMS}
    assert {name for name in FAULTS if f"`{name}`" not in section(manual, "The sandbox")} == set()
    shown = section(manual, "The JSON object")
    named = {*re.findall(r"`([a-z_]+)`", shown), *RowStatus}
    assert {*json_keys, *JobState} - named == set()
    names = set(re.findall(r"\b(?:LSQ|IMPORTER)_[A-Z_]+", settings))
    assert first_cells(section(manual, "Environment")) == names
    columns = section(manual, "The reject file")
    assert {name for name in REJECT_COLUMNS if f"`{name}`" not in columns} == set()


def test_the_links_inside_the_manual_lead_somewhere(manual: str, readme: str) -> None:
    titles = {title.lower().replace(" ", "-") for title in re.findall(r"^## (.+)$", manual, re.M)}
    inside = re.findall(r"\]\(#([^)]+)\)", manual) + re.findall(r"manual\.md#([^)]+)", readme)
    assert {link for link in inside if link not in titles} == set()
