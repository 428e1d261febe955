"""Processes of the importer that are there at once: forked from one that has imported all of it.

In: a command's arguments, folder, environment and files for its output. Out: a process as any
other, to be stopped and killed, with its exit code. What a fork has from its parent is modules
only: no journal, no connection, no thread.
"""

import gc
import importlib
import json
import os
import pkgutil
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

import importer
from importer.crashpoints import listen
from importer.journal.journal import Journal
from tests.acceptance.world import PATIENCE_S, Done
from tests.torture.crashing import Crash, Recorder, run
from tests.torture.points import Names

# What commands import late. The rest of the importer is walked through.
LATE = ("filelock", "platformdirs", "tqdm", "pydantic", "yaml", "httpcore", "encodings.idna")
APART = ("importer.sandbox", "importer.__main__")
READY = "ready"


@dataclass(frozen=True, slots=True)
class Task:
    """point: where the process gets the signal, at the nth time; "": nowhere, and what it reaches
    is recorded beside its output, where that is asked for."""

    arguments: Sequence[str]
    folder: str
    environment: Mapping[str, str]
    output: str
    point: str = ""
    nth: int = 1
    signal: int = signal.SIGKILL
    is_recorded: bool = False

    @property
    def moments(self) -> Path:
        return Path(f"{self.output}.moments")


class Running:
    """A process that was started; `wait` gives what it said."""

    def __init__(self, task: Task, connection: socket.socket) -> None:
        self._task, self._connection = task, connection
        self._code: int | None = None
        self.pid = self._read_number()

    def _read_number(self) -> int:
        """No byte more than its line, so that `has_ended` sees the next."""
        line = b""
        while not line.endswith(b"\n"):
            byte = self._connection.recv(1)
            assert byte, f"the zygote gave up on {self._task.arguments}"
            line += byte
        return int(line)

    def has_ended(self) -> bool:
        if self._code is not None:
            return True
        return bool(select.select([self._connection], [], [], 0)[0])

    def goes_on(self) -> None:
        """After a SIGSTOP."""
        os.kill(self.pid, signal.SIGCONT)

    def kill(self) -> None:
        """Where it has not ended."""
        if not self.has_ended():
            os.kill(self.pid, signal.SIGKILL)
        if self._code is None:
            self.wait()

    def wait(self) -> Done:
        """Raises TimeoutError: it has not ended within PATIENCE_S."""
        with self._connection:
            self._code = self._read_number()
        texts = (Path(f"{self._task.output}.{name}").read_text() for name in ("out", "err"))
        return Done(self._code, *texts)

    def moments(self) -> list[tuple[str, ...]]:
        """The points of each moment, of a recorded process that has ended."""
        return [tuple(each) for each in json.loads(self._task.moments.read_text())]


class Zygote:
    def __init__(self, address: Path) -> None:
        self._address = address

    def start(self, task: Task) -> Running:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(PATIENCE_S)
        connection.connect(str(self._address))
        connection.sendall(f"{json.dumps(asdict(task))}\n".encode())
        return Running(task, connection)


@contextmanager
def zygote(environment: Mapping[str, str], by: Sequence[str] = ()) -> Iterator[Zygote]:
    """environment: what an interpreter reads of it at its start holds for all commands. by: a
    command that starts another one, with fewer rights."""
    with tempfile.TemporaryDirectory(prefix="zygote-") as folder:
        address = Path(folder) / "socket"
        process = subprocess.Popen(
            [*by, sys.executable, "-m", "tests.torture.zygote", str(address)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == READY
            yield Zygote(address)
        finally:
            process.communicate(timeout=PATIENCE_S)  # it ends with its input


# In the process itself


def main(address: str) -> None:
    """Serve until the input ends."""
    import_all()
    Names()  # the code is read once
    gc.freeze()  # what is there already need not be looked through by each child
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        print(READY, flush=True)  # noqa: T201 - to who has started it
        while True:
            ready, _, _ = select.select([listener, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            connection, _ = listener.accept()
            if os.fork() == 0:
                break
            connection.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _end(_begin(connection))


def _end(code: int) -> NoReturn:
    """Taking an interpreter down piece by piece takes as long as a command."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _begin(connection: socket.socket) -> int:
    """Be the parent of one command, or the command itself; its exit code."""
    with connection, connection.makefile() as lines:
        task = Task(**json.loads(lines.readline()))
        pid = os.fork()
        if pid:
            connection.sendall(f"{pid}\n".encode())
            _, status = os.waitpid(pid, 0)
            connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
            _end(0)
    return _be(task)


def _be(task: Task) -> int:
    os.chdir(task.folder)
    os.environ.clear()
    os.environ.update(task.environment)
    time.tzset()
    for number, name in enumerate(("/dev/null", f"{task.output}.out", f"{task.output}.err")):
        opened = os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    if task.point:
        listen(Crash(task.point, task.nth, task.signal))
    if not task.is_recorded:
        return run(task.arguments)
    recorder = Recorder()
    listen(recorder)
    code = run(task.arguments)
    task.moments.write_text(json.dumps(recorder.moments))
    return code


def import_all() -> None:
    """All that commands import, so that forks of this process need not."""
    for module in pkgutil.walk_packages(importer.__path__, "importer."):
        if not module.name.startswith(APART):
            importlib.import_module(module.name)
    for name in LATE:
        importlib.import_module(name)
    folder = tempfile.mkdtemp(prefix="zygote-")
    try:
        Journal(Path(folder) / "importer.db", create=True).close()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(sys.argv[1])
