"""What a page shows, done: its files written, its commands run, what they print compared.

The commands run in a copy of the folders that they name, against a sandbox without a limit.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.docs.pages import Fence, Shown, commands

ELLIPSIS = "…"
FOLDER = "/home/asha/leads"  # what the pages call the working folder
PROGRAMS = "/home/asha/.local/bin"  # where they have the importer
USUAL_HOST = "http://127.0.0.1:8800"
# What differs from run to run, and what is shown for it.
VARIES = (
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:PORT"),
    (re.compile(r"about \d+:\d\d:\d\d at 25 calls in 5 s|without a limit"), "PACE"),
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "ID"),
    (re.compile(r"\b[0-9a-f]{12}\b"), "KEY"),
    (re.compile(r"\b20\d\d-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d"), "TIME"),
    (re.compile(r"\d+:\d\d:\d\d, until 20[-\d]+ [:\d]+[+-]\d\d:\d\d"), "PACE"),
    (re.compile(r"(?<=/done/)20\d\d-\d\d-\d\d\b"), "DAY"),
    (re.compile(r"(?<= on )20\d\d-\d\d-\d\d\b"), "DAY"),
    (re.compile(r"/[^\s(=]+/python[\d.]* -m importer"), f"{PROGRAMS}/importer"),
    (re.compile(r"^killed, with \d+ leads"), "killed, with N leads"),
    (re.compile(r"what became of \d+ calls?"), "what became of N calls"),
    (re.compile(r"throttled; 2[3-5] calls at most"), "throttled; N calls at most"),
)
COMMAND = """\
#!/bin/sh
case "$1 $2" in "run "*|"retry "*|"undo "*|"drops run") set -- "$@" --rate none ;; esac
exec {python} -m importer "$@"
"""
EXPORT = re.compile(r"export ([A-Z_]+=.*)")
DONE = (0, 1)  # few pages show a command that can't go on: World.codes


class Terminal:
    """A working folder with the lists and mappings, and the command `importer` on the path.

    told: what the sandbox said; a page that starts it itself exports what it prints. real: what
    stands on the pages, and what it is here. codes: that a command may end with.
    """

    def __init__(self, folder: Path, root: Path, told: Sequence[str], **variables: str) -> None:
        self.folder, self.here, self.told = folder, folder, told
        self.code = 0
        self.codes: tuple[int, ...] = DONE
        for name in ("sample_data", "mappings"):
            shutil.copytree(root / name, folder / name)
        (folder / "bin").mkdir()
        command = folder / "bin" / "importer"
        command.write_text(COMMAND.format(python=shlex.quote(sys.executable)))
        command.chmod(0o755)
        self.environment = {
            **os.environ,
            "PATH": f"{command.parent}:{os.environ['PATH']}",
            "HOME": str(folder),
            **variables,
        }
        self.real = {FOLDER: str(folder), PROGRAMS: str(command.parent)}
        if self.host:
            self.real[USUAL_HOST] = self.host

    @property
    def host(self) -> str:
        """Of the sandbox; "" without one."""
        return next((t.partition("=")[2] for t in self.told if t.startswith("LSQ_HOST=")), "")

    def use_sandbox(self) -> None:
        """Export what it told, as a person did before who reads a page that does not say so."""
        for line in self.told[1:]:
            self._export(line)

    def do(self, fence: Fence) -> None:
        """Write the block's file, or run its commands. What they print is compared."""
        if fence.title is not None:
            path = self.here / fence.title
            path.write_text(self._as_here(fence.text), encoding="utf-8")
        elif fence.language == "console":
            for shown in commands(fence.text):
                self.show(shown)

    def show(self, shown: Shown) -> None:
        command = self._as_here(shown.command)
        exported = EXPORT.fullmatch(command)
        if command == "importer sandbox":
            assert plain(shown.lines, self.folder) == plain(self.told, self.folder)
        elif exported:
            self._export(exported[1])
        elif command.startswith("cd "):
            self.here /= command.removeprefix("cd ")
        else:
            printed = self.said(command)
            compare(shown, printed, self.folder)
            assert self.code in self.codes, f"{command} ends with {self.code}: {printed}"

    def said(self, command: str) -> list[str]:
        """What a terminal shows: both streams."""
        ended = subprocess.run(
            ["sh", "-c", f"(exit {self.code})\n{command}"],
            cwd=self.here,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.code = ended.returncode
        assert "Traceback" not in ended.stdout, ended.stdout
        return ended.stdout.splitlines()

    def _export(self, line: str) -> None:
        name, _, value = shlex.split(line)[0].partition("=")
        self.environment[name] = value

    def _as_here(self, text: str) -> str:
        for shown, real in self.real.items():
            text = text.replace(shown, real)
        return text


@contextmanager
def sandbox(*options: object) -> Iterator[list[str]]:
    """A sandbox without a limit, and what it said."""
    given = ["sandbox", "--port", "0", "--limit", "none", *map(str, options)]
    with subprocess.Popen(
        [sys.executable, "-m", "importer", *given],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield [process.stdout.readline().rstrip("\n") for _ in range(5)]
        finally:
            process.terminate()


def compare(shown: Shown, printed: Sequence[str], folder: Path) -> None:
    """Whole, or where lines are left out, each part in its place; a command without lines shows
    nothing of what it prints."""
    wanted, left = plain(shown.lines, folder), plain(printed, folder)
    if not wanted:
        return
    if ELLIPSIS not in wanted:
        assert left == wanted, shown.command
        return
    for part in parts(wanted):
        starts = [i for i in range(len(left)) if left[i : i + len(part)] == part]
        assert starts, f"{shown.command} does not print, or not in this place: {part}\n{left}"
        left = left[starts[0] + len(part) :]


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
