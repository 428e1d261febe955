"""A world whose commands begin at once: forks of a process that has imported the importer.

For tests that start it by the hundred. That a fork says and does what `python -m importer` does is
shown in tests/torture/test_crash_points.py.
"""

from pathlib import Path

from tests.acceptance.world import Done, World
from tests.torture.zygote import Task, Zygote

READ_AT_ITS_START = {"PYTHONWARNINGS": "error"}  # by the interpreter, of `World.environment`


class ForkedWorld(World):
    """outputs: a folder for what the commands print. `start` starts a process as any other."""

    def __init__(self, folder: Path, sandbox: dict[str, str], forks: Zygote, outputs: Path) -> None:
        super().__init__(folder, sandbox)
        self._forks = forks
        self._output = str(outputs / "printed")

    def importer(self, *arguments: object) -> Done:
        words = [str(argument) for argument in arguments]
        task = Task(words, str(self.folder), self.environment, self._output)
        done = self._forks.start(task).wait()
        assert "Traceback" not in done.err, done.err
        return done
