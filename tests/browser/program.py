"""Which Chromium the browser tests use: one that is there, else one that is installed for them."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "browser"  # of one that is installed by npm
VARIABLE = "CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APT = (("apt-get", "update", "-qq"), ("apt-get", "install", "-qq", "--yes", "chromium"))
# A Chromium that is wholly in its package: others fetch it from elsewhere.
PACKAGE = "@sparticuz/chromium@147.0.0"
NPM = ("npm", "install", "--silent", "--no-fund", "--no-audit", PACKAGE, "--prefix")
UNPACK = """cd "$0" && TMPDIR="$0" exec node --input-type=module -e '
import chromium from "@sparticuz/chromium"
await chromium.executablePath()'"""
INSTALL_S = 400  # at most, for one command

Run = Callable[[Sequence[str]], bool]
Which = Callable[[str], str | None]


class NoBrowserError(Exception):
    """There is none, with what can be done."""


def succeeds(command: Sequence[str]) -> bool:
    """Nothing that it says is kept: where all fails, a person tries it by hand."""
    try:
        ended = subprocess.run(
            command,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=INSTALL_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


@dataclass(frozen=True)
class Machine:
    """What the choice depends on."""

    environment: Mapping[str, str]
    which: Which = shutil.which
    run: Run = succeeds
    is_root: bool = False
    folder: Path = FOLDER
    say: Callable[[str], None] = print


def browser_of(machine: Machine) -> str:
    """Its path; installed where there is none. Raises NoBrowserError."""
    if found := find(machine):
        return found
    for how, commands in installers(machine):
        machine.say(f"no Chromium is here: installing one {how}")
        if all(map(machine.run, commands)) and (found := find(machine)):
            return found
    raise NoBrowserError(
        "there is no Chromium to test the page in, and none could be installed:\n"
        f"  looked for: {', '.join(NAMES)}\n"
        "  mend it: install one (Debian: apt-get install chromium), or name its program:"
        f" make browser-test {VARIABLE}=/path/to/chrome"
    )


def find(machine: Machine) -> str | None:
    """One that is there, and runs. Raises NoBrowserError: the variable names none."""
    named = machine.environment.get(VARIABLE)
    if named:
        path = machine.which(named)
        if path is None or not machine.run((path, "--version")):
            raise NoBrowserError(f"{VARIABLE} names no browser that runs: {named}")
        return path
    there = [*map(machine.which, NAMES), machine.which(str(machine.folder / "chromium"))]
    return next((each for each in there if each and machine.run((each, "--version"))), None)


def installers(machine: Machine) -> Iterator[tuple[str, Sequence[Sequence[str]]]]:
    """The ways that are open, each with its commands."""
    if machine.which("apt-get") and machine.is_root:
        yield "with apt-get", APT
    elif machine.which("apt-get") and machine.which("sudo") and machine.run(("sudo", "-n", "true")):
        yield "with apt-get", [("sudo", "-n", *command) for command in APT]
    if machine.which("npm"):
        folder = str(machine.folder)
        yield f"with npm, in {folder}", [(*NPM, folder), ("sh", "-c", UNPACK, folder)]
