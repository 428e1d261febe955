"""Tables of journals with pages that are gone: what is there is read, all around these."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from importer.journal import damaged
from importer.journal.damaged import BROKEN, Pieces, copy_of, lay_schema, open_copy
from importer.journal.journal import Journal
from tests.journal.damage import (
    PAGE,
    Files,
    leaves_of,
    read_files,
    root_of,
    swapped,
    with_page,
    without_log,
    write_files,
    zeroed,
)
from tests.journal.stored import make_job, people

ROWS = 4_000
LOW = 1 << 32
IDS = range(LOW + 2, LOW + 2 + ROWS)
JOB = [(LOW + 1, LOW + ROWS + 100)]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Files:
    path = tmp_path_factory.mktemp("sound") / "importer.db"
    with Journal(path, create=True) as journal:
        make_job(journal, people(ROWS), size=500)
    return read_files(path)


@contextmanager
def opened(path: Path, files: Files) -> Iterator[sqlite3.Connection]:
    write_files(path, files)
    with closing(open_copy(copy_of(path, path.parent).path)) as db:
        yield db


def read(db: sqlite3.Connection, *, step: int = 16) -> tuple[list[int], Pieces]:
    pieces = Pieces(db, "row", "id, status", step, lambda record: record[1] == b"pending")
    found = [record[0] for record in [*pieces.ends(), *pieces.rest(JOB)]]
    return [key for key in found if isinstance(key, int)], pieces


def ids_on(files: Files, path: Path, *pages: int) -> set[int]:
    """Rows whose records stand on these pages."""
    with opened(path, zeroed(files, *pages)) as db:
        left = {key for key in IDS if _has(db, key)}
    return {*IDS} - left


def _has(db: sqlite3.Connection, key: int) -> bool:
    try:
        return db.execute("SELECT 1 FROM row WHERE id = ?", (key,)).fetchone() is not None
    except sqlite3.DatabaseError:
        return False


def test_a_sound_table_is_read_once_and_in_order(sound: Files, path: Path) -> None:
    with opened(path, sound) as db:
        found, pieces = read(db)
    assert (found, pieces.gaps, pieces.misplaced) == ([*IDS], [], set())


@pytest.mark.parametrize("index", [0, 3, -1])
def test_all_is_read_but_a_page_of_zeros(sound: Files, path: Path, index: int) -> None:
    page = leaves_of(sound, "row")[index]
    gone = ids_on(sound, path, page)
    with opened(path, zeroed(sound, page)) as db:
        found, pieces = read(db)
    assert sorted(found) == sorted({*IDS} - gone)
    assert all(pieces.has_gap(key, key) for key in gone)
    assert not any(pieces.has_gap(key, key) for key in {*IDS} - gone - {min(IDS) - 1})


def test_pages_between_two_that_are_gone_are_read(sound: Files, path: Path) -> None:
    leaves = leaves_of(sound, "row")
    pages = (leaves[1], leaves[4], leaves[6])
    gone = ids_on(sound, path, *pages)
    with opened(path, zeroed(sound, *pages)) as db:
        found, pieces = read(db)
    assert {*found} == {*IDS} - gone
    assert len(pieces.gaps) == 3


def test_without_its_root_a_table_is_one_gap_and_costs_a_look_every_so_many_keys(
    sound: Files, path: Path
) -> None:
    with opened(path, zeroed(sound, root_of(sound, "row"))) as db:
        found, pieces = read(db)
    assert (found, pieces.gaps) == ([], [(JOB[0][0], JOB[0][1])])
    assert pieces._probes < ROWS


def test_there_is_an_end_to_looking(
    sound: Files, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damaged, "MOST_PROBES", 50)
    with opened(path, zeroed(sound, root_of(sound, "row"))) as db:
        found, pieces = read(db, step=1)
    assert (found, pieces._probes < 60) == ([], True)
    assert pieces.has_gap(*JOB[0])


def test_pages_that_were_swapped_are_read_and_their_ends_are_misplaced(
    sound: Files, path: Path
) -> None:
    leaves = leaves_of(sound, "row")
    one, other = (ids_on(sound, path, page) for page in (leaves[1], leaves[5]))
    with opened(path, swapped(sound, leaves[1], leaves[5])) as db:
        found, pieces = read(db)
    assert {*found} == {*IDS}
    assert pieces.misplaced == {max(other), max(one) + 1, min(other) - 1, min(one)}
    assert pieces.has_gap(max(one), max(one))


def test_records_of_another_table_are_left_out(sound: Files, path: Path) -> None:
    page, other = leaves_of(sound, "row")[2], leaves_of(sound, "block")[0]
    gone = ids_on(sound, path, page)
    at = (other - 1) * PAGE
    with opened(path, with_page(sound, page, sound[""][at : at + PAGE])) as db:
        found, pieces = read(db)
    assert ({*found}, pieces.misplaced) == ({*IDS} - gone, set())


# The copy


def test_the_copy_of_a_sound_journal_needs_no_mending(sound: Files, path: Path) -> None:
    write_files(path, sound)
    copy = copy_of(path, path.parent)
    assert (copy.is_whole, copy.flaws) == (True, [])
    assert (read_files(copy.path), read_files(path)) == ({"": without_log(sound[""])}, sound)


@pytest.mark.parametrize("length", [200_001, 3 * PAGE, 3 * PAGE + 1, 120])
def test_a_file_that_was_cut_has_all_its_pages_again(sound: Files, path: Path, length: int) -> None:
    """SQLite opens none of which a table begins behind the end."""
    write_files(path, {"": sound[""][:length]})
    copy, pages = copy_of(path, path.parent), len(sound[""]) // PAGE
    assert copy.flaws == [
        f"it is cut short: {pages - length // PAGE} of its {pages} pages are gone"
    ]
    whole = without_log(sound[""][:length])
    assert copy.path.read_bytes() == whole.ljust(len(sound[""]), b"\0")
    assert path.read_bytes() == sound[""][:length]


def test_what_is_left_of_a_file_that_was_cut_is_read(sound: Files, path: Path) -> None:
    kept = max(leaves_of(sound, "row")[:5]) * PAGE
    gone = ids_on(sound, path, *(page for page in leaves_of(sound, "row") if page * PAGE > kept))
    with opened(path, {"": sound[""][: kept + 100]}) as db:
        found, _ = read(db)
    assert ({*found}, len(gone) < ROWS) == ({*IDS} - gone, True)


def test_pages_that_stand_in_the_log_alone_are_not_gone(path: Path) -> None:
    with Journal(path, create=True) as journal:
        make_job(journal, people(2_000))
        copy = copy_of(path, path.parent)
        assert path.stat().st_size < copy.path.stat().st_size
    assert (copy.is_whole, copy.flaws) == (True, [])


@pytest.mark.parametrize("told", [3, damaged.MOST_PAGES + 1, (1 << 32) - 1])
def test_a_number_of_pages_that_cannot_be_is_not_believed(
    sound: Files, path: Path, told: int
) -> None:
    write_files(path, {"": sound[""][:28] + told.to_bytes(4, "big") + sound[""][32:]})
    copy = copy_of(path, path.parent)
    assert (copy.flaws, copy.path.stat().st_size) == ([], len(sound[""]))


def test_a_file_of_nothing_is_one_blank_page(path: Path) -> None:
    write_files(path, {"": b""})
    copy = copy_of(path, path.parent)
    assert (copy.flaws, copy.path.stat().st_size) == ([damaged.BAD_HEAD], PAGE)


def test_a_header_of_noise_is_no_hindrance_and_told(sound: Files, path: Path) -> None:
    with opened(path, {"": b"\xa5" * 100 + sound[""][100:]}) as db:
        assert read(db)[0] == [*IDS]
        assert db.execute("PRAGMA integrity_check").fetchall() != []
    assert copy_of(path, path.parent).flaws == [damaged.BAD_HEAD]


@pytest.mark.parametrize("at", [0, 17, 18, 19, 20, 23, 47, 55, 59, 67, 71])
def test_a_byte_of_the_header_that_is_another_is_told(sound: Files, path: Path, at: int) -> None:
    write_files(path, {"": sound[""][:at] + b"\x07" + sound[""][at + 1 :]})
    copy = copy_of(path, path.parent)
    assert copy.flaws == [damaged.BAD_HEAD]
    with closing(open_copy(copy.path)) as db:
        assert read(db)[0] == [*IDS]


@pytest.mark.parametrize("copied", ["-shm", "-wal"])
def test_what_is_folded_in_while_the_copy_is_made_is_not_lost(
    path: Path, monkeypatch: pytest.MonkeyPatch, copied: str
) -> None:
    """Another program closes the journal then: the log is gone."""
    journal = Journal(path, create=True)
    make_job(journal, people(10))
    copyfile = shutil.copyfile

    def copy_and_close(source: Path, target: Path) -> None:
        copyfile(source, target)
        if source.name.endswith(copied):
            journal.close()

    monkeypatch.setattr(shutil, "copyfile", copy_and_close)
    copy = copy_of(path, path.parent)
    assert [*read_files(path)] == [""], "it is closed"
    with closing(open_copy(copy.path)) as db:
        assert read(db)[0] == [*IDS[:10]]


@pytest.mark.parametrize("below", [False, True])
def test_a_table_of_contents_that_is_gone_is_laid_anew(
    sound: Files, path: Path, below: bool
) -> None:
    page = sound[""].index(b"CREATE TABLE twin") // PAGE + 1
    assert page > 1, "it has pages of its own"
    write_files(path, zeroed(sound, page if below else 1))
    copy = copy_of(path, path.parent).path
    with pytest.raises(BROKEN):
        open_copy(copy)
    lay_schema(copy)
    with closing(open_copy(copy)) as db:
        assert read(db)[0] == [*IDS]


def test_what_the_log_has_is_in_the_copy(path: Path) -> None:
    with Journal(path, create=True) as journal:
        make_job(journal, people(10))
        copy = copy_of(path, path.parent).path
    with closing(open_copy(copy)) as db:
        assert [key for key, _ in db.execute("SELECT id, status FROM row")] == [*IDS[:10]]


def test_words_of_sqlite_that_are_no_text_are_an_error_like_others(
    sound: Files, path: Path
) -> None:
    """It quotes the statement of a table that can't be."""
    data = sound[""].replace(b"CREATE TABLE twin", b"CREATE TABLE tw\xff\xfe")
    write_files(path, {"": data})
    with pytest.raises(BROKEN):
        open_copy(copy_of(path, path.parent).path)
