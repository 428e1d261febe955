"""Nothing is left of what was played, however it ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.acceptance.world import PATIENCE_S, pause

ROOT = Path(__file__).parents[2]
# Writes a file, has a child that has a child, which is ready last; and then does what is wanted.
WORK = """
import os, signal, subprocess, sys, tempfile
from pathlib import Path
from tests.torture.supervised import supervised

GRANDCHILD = "import signal; print('ready', flush=True); signal.pause()"
CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {{GRANDCHILD!r}}])"

def work():
    (Path(tempfile.mkdtemp()) / "list.csv").write_text("rows")
    subprocess.Popen([sys.executable, "-c", CHILD], stdin=subprocess.PIPE)
    {ends}

sys.exit(supervised(work))
"""
GOES_ON = "signal.pause()"

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Python with these words; what is written for a while goes to tmp_path."""
    started: list[subprocess.Popen[str]] = []

    def begin(*words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=PATIENCE_S)


def left(folder: Path) -> Iterator[str]:
    """Files in the folder, and processes that have it for their TMPDIR, or a part of it."""
    yield from map(str, folder.iterdir())
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"TMPDIR={folder}".encode() in path.read_bytes():
                yield path.parent.name
        except OSError:  # it has ended meanwhile, or is somebody else's
            continue


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    out, err = process.communicate(timeout=PATIENCE_S)
    return process.returncode, err or out


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name
)
def test_a_signal_ends_all_of_it(tmp_path: Path, start: Start, number: signal.Signals) -> None:
    process = start("-c", WORK.format(ends=GOES_ON))
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    assert len([*left(tmp_path)]) == 5, "a folder and four processes"
    process.send_signal(number)
    assert ended(process) == (
        128 + number, f"stopped by {number.name}: all processes and folders of it are gone\n",
    )  # fmt: skip
    assert [*left(tmp_path)] == []


@pytest.mark.parametrize(
    ("ends", "code"),
    [("return 3", 3), ("raise RuntimeError('odd')", 1), ("os.kill(0, signal.SIGKILL)", 1)],
    ids=["by itself", "an exception", "a kill"],
)
def test_an_end_of_its_own_leaves_nothing_either(
    tmp_path: Path, start: Start, ends: str, code: int
) -> None:
    found, said = ended(start("-c", WORK.format(ends=ends)))
    assert (found, [*left(tmp_path)]) == (code, [])
    assert ("RuntimeError: odd" in said) is ("odd" in ends)


def test_a_hangup_that_is_not_heeded_ends_nothing(tmp_path: Path, start: Start) -> None:
    """As `nohup` starts it."""
    ignore = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    process = start("-c", ignore + WORK.format(ends=GOES_ON))
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGTERM)
    assert ended(process)[0] == 128 + signal.SIGTERM
    assert [*left(tmp_path)] == []


def test_scenes_that_are_stopped_leave_no_copy_of_the_list(tmp_path: Path, start: Start) -> None:
    process = start("-m", "tests.torture", "--only", "power cut, five times")
    while not [*tmp_path.glob("torture-*/torture-*/importer.db")]:
        assert process.poll() is None
        pause(0.05)
    process.terminate()
    assert ended(process)[0] == 128 + signal.SIGTERM
    assert [*left(tmp_path)] == []
