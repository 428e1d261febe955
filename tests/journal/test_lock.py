import signal
import subprocess
import sys
from pathlib import Path

import pytest

from importer.errors import JournalError, ResumableError
from importer.journal.lock import held

HOLDER = """
import sys
from pathlib import Path
from importer.journal.lock import held
with held(Path(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(path: Path, name: str) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGTERM])
def test_a_lock_is_held_by_a_live_process_and_free_as_soon_as_it_is_killed(
    path: Path, way: signal.Signals
) -> None:
    process = hold(path, "job-0a")
    try:
        with pytest.raises(ResumableError) as refused, held(path, "job-0a"):
            pass
        with held(path, "job-0b"):
            pass
    finally:
        process.send_signal(way)
        process.communicate()
    assert refused.value.exit_code == 75
    assert (refused.value.what, refused.value.where) == (
        "another importer is at work on job 0a of this journal",
        str(path),
    )
    with held(path, "job-0a"):
        pass


def test_a_stopped_process_keeps_its_lock(path: Path) -> None:
    process = hold(path, "job-0a")
    try:
        process.send_signal(signal.SIGSTOP)
        with pytest.raises(ResumableError), held(path, "job-0a"):
            pass
    finally:
        process.kill()
        process.communicate()


def test_another_name_for_the_journal_is_the_same_lock(path: Path, tmp_path: Path) -> None:
    path.touch()
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with held(path, "job-0a"), pytest.raises(ResumableError), held(link, "job-0a"):
        pass


def test_a_lock_is_released_by_an_error_and_its_file_stays(path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), held(path, "job-0a"):
            raise ZeroDivisionError
    folder = path.with_name("importer.db.locks")
    assert [file.name for file in folder.iterdir()] == ["job-0a.lock"]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_where_no_lock_can_be_made_is_named(path: Path) -> None:
    path.with_name("importer.db.locks").write_text("a file is in the way")
    with pytest.raises(JournalError) as refused, held(path, "job-0a"):
        pass
    assert refused.value.where == str(path.with_name("importer.db.locks"))
