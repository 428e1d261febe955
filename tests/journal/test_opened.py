"""A journal that is open stays locked, whatever else this process does with it."""

import os
import sys
from pathlib import Path

import pytest

from importer.errors import JournalError
from importer.journal.journal import Journal
from importer.journal.reading import JournalReader
from tests.journal.stored import make_job, people

LOCKS = Path("/proc/locks")


def locks_of(journal: Path) -> list[str]:
    """What this process holds of the shared memory, as Linux tells it."""
    inode = os.stat(f"{journal}-shm").st_ino
    lines = LOCKS.read_text(encoding="ascii").splitlines()
    ours = [each for each in lines if f":{inode} " in each and f" {os.getpid()} " in each]
    return sorted(each.partition(":")[2] for each in ours)  # numbered among those of all processes


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lists locks")
def test_opening_a_journal_once_more_ends_no_lock_on_it(path: Path) -> None:
    """Another process would take it for one that nobody has open, and cut its shared memory."""
    with Journal(path, create=True) as journal:
        make_job(journal, people(1))
        before = locks_of(path)
        assert before
        Journal(path).close()
        with JournalReader(path) as reader:
            assert len(reader.jobs()) == 1
        assert locks_of(path) == before


def test_the_log_is_looked_at_again_once_nobody_has_it_open(path: Path) -> None:
    with Journal(path, create=True) as journal:
        make_job(journal, people(1))
        torn = {end: Path(f"{path}{end}").read_bytes() for end in ("", "-wal", "-shm")}
    for end, data in torn.items():
        Path(f"{path}{end}").write_bytes(data)
    wal = Path(f"{path}-wal")
    wal.write_bytes(wal.read_bytes()[: -len(wal.read_bytes()) // 2])
    for _ in range(2):
        with pytest.raises(JournalError, match="is damaged"):
            Journal(path)
