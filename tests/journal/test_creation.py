"""What is left of a journal is told, and never made a new one of."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from importer.errors import JournalError
from importer.journal.creation import make_whole
from importer.journal.journal import Journal

CREATES = pytest.mark.parametrize("create", [True, False], ids=["run", "status"])


def refusal(path: Path, *, create: bool) -> tuple[str, str | None, str | None]:
    with pytest.raises(JournalError) as caught:
        Journal(path, create=create)
    return caught.value.what, caught.value.where, caught.value.fix


@CREATES
def test_an_empty_file_is_no_place_for_a_journal(path: Path, create: bool) -> None:
    path.touch()
    assert refusal(path, create=create) == (
        "the journal is empty: nothing is in the file",
        str(path),
        "if it held jobs, put a copy from before in its place: with a new journal all rows of its"
        f" lists would be sent again; if it never did, remove it: rm {path}",
    )
    assert path.stat().st_size == 0


@CREATES
def test_a_log_without_its_journal_is_left_alone(path: Path, create: bool) -> None:
    log = path.with_name(f"{path.name}-wal")
    log.write_bytes(b"the rows of yesterday")
    assert refusal(path, create=create) == (
        "the journal is gone, and its log is still there",
        str(log),
        "put the journal back beside it: with a new journal all rows of its lists would be sent"
        " again; or, if that is what you want, move the log away too",
    )
    assert log.read_bytes() == b"the rows of yesterday"
    assert not path.exists()


def test_an_empty_log_without_its_journal_tells_of_nothing(path: Path) -> None:
    path.with_name(f"{path.name}-wal").touch()
    with Journal(path, create=True) as journal:
        assert journal.is_new


def test_a_new_journal_is_its_owners_alone_and_leaves_nothing_beside_it(path: Path) -> None:
    Journal(path, create=True).close()
    assert os.stat(path).st_mode & 0o777 == 0o600
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name, f"{path.name}.locks"]


def test_a_journal_that_another_process_made_meanwhile_is_left_alone(path: Path) -> None:
    made: list[str] = []
    both_began = threading.Barrier(2)

    def make(name: str) -> None:
        def fill(connection: sqlite3.Connection) -> None:
            made.append(name)
            connection.execute(f"CREATE TABLE {name} (one)")

        both_began.wait(10)
        make_whole(path, fill, wait_s=10)

    threads = [threading.Thread(target=make, args=(name,)) for name in ("ours", "theirs")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT name FROM sqlite_schema").fetchall() == [(name,) for name in made]
    assert len(made) == 1
    assert [*path.parent.glob("*.new*")] == []


def test_a_folder_that_may_only_be_written_takes_a_journal(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refused(name: Path, flags: int, mode: int = 0o777) -> int:
        if name == path.parent:
            raise PermissionError(13, "Permission denied")
        return opened(name, flags, mode)

    monkeypatch.setattr(os, "open", refused)
    with Journal(path, create=True) as journal:
        assert journal.is_new
