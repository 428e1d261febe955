"""The README's commands are run, and print what it says.

In a copy of the folders that they name, against a sandbox without a limit, so that they are quick.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

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
                environment |= [shlex.split(real)[0].split("=", 1)]
            else:
                compare(each, said(each.command, folder, environment), folder)


def test_the_demo_prints_what_the_readme_shows(shown: list[list[Shown]], folder: Path) -> None:
    ((demo,), *_) = shown
    assert demo.command == "make demo"
    command = f"{shlex.quote(sys.executable)} -m importer.sandbox.demo"
    compare(demo, said(command, folder, {}), folder)


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
