"""The importer as a process that may take 5 s of a processor and 500 MB, and no more."""

import os
import resource
import subprocess
import sys
from pathlib import Path

from tests.acceptance.world import Done

MOST_S, MOST_BYTES = 5, 500 << 20
PATIENCE_S = 60  # of the clock: the machine may be busy
MAPPING = """\
version: 1
columns:
  First Name: FirstName
  Email: EmailAddress
"""


def limited(folder: Path, *arguments: object) -> Done:
    """A command of the importer, in that folder; killed where it takes more."""
    done = subprocess.run(
        [sys.executable, "-m", "importer", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "IMPORTER_STATE": str(folder / "state")},
        capture_output=True,
        check=False,
        timeout=PATIENCE_S,
        preexec_fn=_limit,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_S, MOST_S))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))


def previewed(list_path: Path) -> Done:
    """With a mapping of two columns, in the list's own folder."""
    mapping = list_path.with_name("mapping.yaml")
    mapping.write_text(MAPPING)
    return limited(list_path.parent, "preview", list_path, "-m", mapping, "--json")
