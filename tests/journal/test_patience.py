import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from importer.errors import ResumableError
from importer.journal import schema
from importer.journal.journal import Journal
from importer.journal.patience import QUIET_MS
from tests.journal.stored import NOW, create_job


class Waits:
    """How often a wait was said; and who lets go then."""

    def __init__(self) -> None:
        self.count = 0
        self.other: sqlite3.Connection | None = None

    def __call__(self) -> None:
        self.count += 1
        if self.other is not None:
            self.other.close()


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def journal(path: Path, waits: Waits) -> Iterator[Journal]:
    """It says that it waits after 1 ms, and waits 1 ms more."""
    with Journal(path, create=True, on_wait=waits) as journal:
        create_job(journal)
        journal.be_patient(2, 1)
        yield journal


@contextmanager
def held(path: Path, begin: str = "BEGIN IMMEDIATE") -> Iterator[sqlite3.Connection]:
    """Another program has it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        if begin == "BEGIN EXCLUSIVE":
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute(begin)
        yield other


def write(journal: Journal) -> None:
    with journal.transaction():
        journal.set_state(journal.job(1), journal.job(1).state, NOW)


def timeout_ms(journal: Journal) -> int:
    return int(journal.execute("PRAGMA busy_timeout").fetchone()[0])


def test_a_wait_is_said_and_no_command_waits_in_vain_twice(
    journal: Journal, path: Path, waits: Waits
) -> None:
    with held(path):
        for _ in range(3):
            with pytest.raises(ResumableError, match="another program holds the journal"):
                write(journal)
        assert (waits.count, timeout_ms(journal)) == (1, 0)
    write(journal)


def test_one_that_is_let_go_meanwhile_is_written_and_the_next_wait_is_said_too(
    journal: Journal, path: Path, waits: Waits
) -> None:
    journal.be_patient(60_001, 1)
    for times in (1, 2):
        with held(path) as waits.other:
            write(journal)
        assert (waits.count, timeout_ms(journal)) == (times, 1)


def test_a_wait_for_one_that_can_t_even_be_read_is_said(
    path: Path, waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    Journal(path, create=True).close()
    monkeypatch.setattr(schema, "QUIET_MS", 1)
    with held(path, "BEGIN EXCLUSIVE") as waits.other:
        schema.connect(path, create=False, on_wait=waits).close()
    assert waits.count == 1


def test_a_wait_that_is_short_enough_is_not_said(
    journal: Journal, path: Path, waits: Waits
) -> None:
    journal.be_patient(1, 1)
    with held(path), pytest.raises(ResumableError):
        write(journal)
    write(journal)
    assert (waits.count, timeout_ms(journal)) == (0, 1)


def test_a_minute_is_waited_in_all(path: Path) -> None:
    with Journal(path, create=True) as journal:
        assert timeout_ms(journal) == QUIET_MS == 1_500
        assert schema.BUSY_TIMEOUT_MS == 60_000
