"""Exceptions that nothing accounts for: the journal's damage, or a bug of ours."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from importer.errors import JournalError, SettingsError
from importer.journal import schema
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.journal.soundness import flaw_of
from importer.journal.trouble import accounted
from importer.model import JobState, RowStatus
from tests.journal.damage import leaves_of, read_files, swapped, write_files, zeroed
from tests.journal.stored import NOW, make_job, people

LOW = 1 << 32


@pytest.fixture
def sound(path: Path) -> Path:
    with Journal(path, create=True) as journal:
        job = make_job(journal, people(1_200), size=500)
        with journal.transaction():
            Rows(journal, job).claim(2, NOW, 0)
    return path


def edit(path: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute(sql, values)
        db.commit()


def without_root(table: str) -> Callable[[Path], None]:
    return lambda path: write_files(
        path, zeroed(read_files(path), leaves_of(read_files(path), table)[0])
    )


def swapped_rows(path: Path) -> None:
    one, *_, other = leaves_of(read_files(path), "row")
    write_files(path, swapped(read_files(path), one, other))


def accepted(set_lead: str, *numbers: int) -> Callable[[Path], None]:
    """Rows that are counted as updated, without a call of their own."""

    def accept(path: Path) -> None:
        for number in numbers:
            edit(path, f"UPDATE row SET status = 'updated', {set_lead} WHERE id = ?", LOW + number)
            edit(path, "UPDATE count SET rows = rows - 1 WHERE status = 'pending'")
            edit(path, "UPDATE count SET rows = rows + 1 WHERE status = 'updated'")

    return accept


FLAWS: dict[str, tuple[str | Callable[[Path], None], str]] = {
    "a page": (without_root("twin"), "btreeInitPage() returns error code 11"),
    "rows in disorder": (swapped_rows, "Rowid "),
    "a status": ("UPDATE row SET status = 'sendinh' WHERE id = 4294967298", "CHECK"),
    "cells": ("UPDATE block SET cells = x'53' WHERE id = 4294967298", "not those of its list"),
    "mended cells": ("UPDATE row SET cells = '[\"a' WHERE id = 4294967299", "a value in it"),
    "a block": ("DELETE FROM block WHERE id = 4294967298", "not those of its list"),
    "a row": ("DELETE FROM row WHERE id = 4294967300", "not those of its list"),
    "a text": ("UPDATE row SET reason = CAST(x'ff' AS TEXT) WHERE id = 4294967298", "a text in it"),
    "a text of a call": ("UPDATE attempt SET error = CAST(x'ff' AS TEXT)", "a text in it"),
    "a header": ("UPDATE job SET header = '[\"Name'", "a value in it"),
    "a job's state": ("UPDATE job SET state = 'opem'", "CHECK constraint failed in job"),
    "counts": ("UPDATE count SET rows = 7 WHERE status = 'pending'", "not those that it counts"),
    "a mapping": ("UPDATE row SET mapping = 9", "have no mapping"),
    "the mappings": ("DELETE FROM mapping", "a job has no counts or no mapping"),
    "an Id": ("UPDATE row SET lead_id = zeroblob(16) WHERE id = 4294967299", "have an Id and are"),
    "one Id": (accepted("lead_id = zeroblob(16)", 3, 4), "created with the same lead"),
    "no call": (accepted("lead_id = zeroblob(16)", 3), "accepted without a call"),
    "the secret": ("DELETE FROM secret", "no secret"),
    "a table": ("DROP TABLE attempt", "a part of it is missing: no such table: attempt"),
}  # fmt: skip


@pytest.mark.parametrize("name", FLAWS)
def test_what_is_damaged_is_found(sound: Path, name: str) -> None:
    how, words = FLAWS[name]
    if isinstance(how, str):
        edit(sound, how)
    else:
        how(sound)
    flaw = flaw_of(sound)
    assert flaw is not None
    assert words in flaw


def test_a_sound_journal_has_no_flaw(sound: Path) -> None:
    assert flaw_of(sound) is None
    with Journal(sound) as journal, journal.transaction():
        journal.set_state(journal.job(1), JobState.PURGED, NOW)
        for table in ("row", "block"):
            journal.execute(f"DELETE FROM {table}")
    assert flaw_of(sound) is None, "a purged job has no rows"


def test_a_journal_that_another_program_holds_may_be_sound(
    sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "BUSY_TIMEOUT_MS", 1)
    with closing(sqlite3.connect(sound, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert flaw_of(sound) is None
    assert flaw_of(sound.with_name("none.db")) is None


# Whose fault it is


def test_an_odd_exception_is_the_damaged_journal_s(sound: Path) -> None:
    edit(sound, "UPDATE block SET cells = x'53'")
    with pytest.raises(JournalError) as caught, accounted(sound):
        raise IndexError
    assert (
        caught.value.what == "the journal is damaged: the rows of job 1 are not those of its list"
    )
    assert str(caught.value.fix).startswith(f"importer salvage --journal {sound} saves what can ")


def test_an_odd_exception_with_a_sound_journal_is_a_bug(sound: Path) -> None:
    with pytest.raises(IndexError), accounted(sound):
        raise IndexError


def test_an_error_of_ours_passes_also_with_a_damaged_journal(sound: Path) -> None:
    edit(sound, "UPDATE block SET cells = x'53'")
    with pytest.raises(SettingsError), accounted(sound):
        raise SettingsError("no host")


def test_a_text_that_is_none_is_damage_and_is_not_quoted(sound: Path) -> None:
    edit(sound, "UPDATE row SET reason = CAST(x'4173686120ff' AS TEXT) WHERE id = ?", LOW + 2)
    with pytest.raises(JournalError) as caught, Journal(sound) as journal, accounted(sound):
        Rows(journal, journal.job(1)).row(2)
    assert caught.value.what == "the journal is damaged: a text in it is none"


# Rows that are read


def test_rows_in_disorder_are_refused(sound: Path) -> None:
    swapped_rows(sound)
    with Journal(sound) as journal:
        rows = Rows(journal, journal.job(1))
        for read in (rows.all, lambda: rows.of_status([RowStatus.PENDING])):
            with pytest.raises(JournalError, match="rows in disorder"):
                list(read())


def test_fewer_rows_than_are_counted_are_refused(sound: Path) -> None:
    edit(sound, "DELETE FROM row WHERE id = ?", LOW + 50)
    with Journal(sound) as journal, pytest.raises(JournalError, match="counts other rows"):
        list(Rows(journal, journal.job(1)).all())


# Tables that tell which jobs there are


@pytest.mark.parametrize("table", ["sqlite_autoindex_job_1", "job", "mapping", "count"])
def test_a_journal_whose_jobs_may_not_be_found_is_not_opened(sound: Path, table: str) -> None:
    """Two pages of a kind, swapped: nothing but their content is wrong."""
    other = "doubtful" if table in ("sqlite_autoindex_job_1", "mapping", "count") else "block"
    files = read_files(sound)
    write_files(sound, swapped(files, leaves_of(files, table)[0], leaves_of(files, other)[0]))
    with pytest.raises(JournalError, match="the journal is damaged: "):
        Journal(sound)
