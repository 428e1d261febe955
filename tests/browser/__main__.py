"""`make browser-test`: the tests here, in a headless Chromium that is found or installed."""

import os
import subprocess
import sys
from pathlib import Path

from tests.browser.program import ROOT, Machine, NoBrowserError, browser_of


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    try:
        program = browser_of(Machine(os.environ, is_root=is_root, say=say))
    except NoBrowserError as error:
        say(f"browser-test: {error}")
        return 1
    say(f"browser-test: in {program}")
    folder = str(Path(__file__).parent)
    tests = [sys.executable, "-m", "pytest", folder, "--browser", program]
    return subprocess.run(tests, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
