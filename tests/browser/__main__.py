"""`make browser-test`: the tests here, in a headless Chromium that is found or installed, and with
axe, which is fetched."""

import os
import subprocess
import sys
from pathlib import Path

from tests.browser.axe import NoAxeError, axe_of
from tests.browser.program import ROOT, Machine, NoBrowserError, browser_of


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    machine = Machine(os.environ, is_root=is_root, say=lambda text: say(f"browser-test: {text}"))
    try:
        program = browser_of(machine)
        axe_of(machine)
    except (NoAxeError, NoBrowserError) as error:
        say(f"browser-test: {error}")
        return 1
    say(f"browser-test: in {program}")
    folder = str(Path(__file__).parent)
    tests = [sys.executable, "-m", "pytest", folder, "--browser", program]
    return subprocess.run(tests, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
