import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from importer.errors import JournalError, ResumableError
from importer.journal import schema
from importer.journal.blocks import pack_cells
from importer.journal.job import Layout
from importer.journal.journal import Journal
from importer.journal.rows import HeldLeadError, Rows
from importer.model import Outcome, RowStatus
from tests.journal.stored import NOW, content, make_job, people

NEWEST = len(schema.MIGRATIONS)
LEAD = UUID("12345678-9abc-def0-1234-56789abcdef0")


def ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def said(path: Path, *, create: bool = True) -> tuple[str, str | None, str | None]:
    with pytest.raises(JournalError) as refused:
        schema.connect(path, create=create)
    assert refused.value.exit_code == 2
    return refused.value.what, refused.value.where, refused.value.fix


def test_a_new_journal_can_be_read_by_its_owner_only_and_says_what_it_is(path: Path) -> None:
    with Journal(path, create=True) as journal:
        assert journal.is_new
        with journal.transaction():
            journal.execute("DELETE FROM output")
        modes = {
            file.name: stat.S_IMODE(file.stat().st_mode)
            for file in path.parent.iterdir()
            if file.is_file()
        }
        assert modes == dict.fromkeys(("importer.db", "importer.db-wal", "importer.db-shm"), 0o600)
    assert ask(path, "PRAGMA application_id") == [(0x4C535149,)]
    assert ask(path, "PRAGMA user_version") == [(NEWEST,)]
    assert ask(path, "PRAGMA journal_mode") == [("wal",)]
    assert not path.with_name("importer.db-wal").exists(), "closing folds it in"


def test_the_journal_waits_for_the_disk_and_its_tables_are_strict(path: Path) -> None:
    with Journal(path, create=True) as journal:
        assert journal.execute("PRAGMA synchronous").fetchone() == (2,)
        assert journal.execute("PRAGMA foreign_keys").fetchone() == (1,)
        tables = journal.execute(
            "SELECT name, strict FROM pragma_table_list"
            " WHERE type = 'table' AND name NOT LIKE '%sqlite_%' ORDER BY name"
        ).fetchall()
    names = [
        "attempt",
        "block",
        "count",
        "decision",
        "doubtful",
        "drop_job",
        "drop_pass",
        "drop_profile",
        "fingerprint",
        "job",
        "let_through",
        "listed",
        "mapping",
        "output",
    ]
    names += ["row", "run", "secret", "static_list", "twin"]
    assert tables == [(name, 1) for name in names]


def test_a_journal_that_is_not_there_is_only_made_where_that_is_asked(path: Path) -> None:
    assert said(path, create=False) == (
        "there is no journal yet",
        str(path),
        "importer run FILE -m MAPPING makes one; or name it with --journal",
    )
    assert not path.exists()


def test_a_journal_in_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    what, where, _ = said(tmp_path / "no" / "importer.db")
    assert what == "the journal cannot be made: No such file or directory"
    assert where == str(tmp_path / "no" / "importer.db")


def test_a_journal_of_a_newer_version_is_refused_and_left_as_it_is(path: Path) -> None:
    Journal(path, create=True).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {NEWEST + 1}")
    before = path.read_bytes()
    assert said(path) == (
        f"the journal is of version {NEWEST + 1}, and this importer knows {NEWEST}",
        str(path),
        "use the newer importer that wrote it: pip install --upgrade leadsquared-importer",
    )
    assert path.read_bytes() == before


def test_another_database_is_refused_and_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE photos (name TEXT)")
    before = path.read_bytes()
    assert said(path) == (
        "this is a database, but no journal of the importer",
        str(path),
        "name another file with --journal",
    )
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path: Path) -> None:
    path.write_text("First Name,Email\n" * 100)
    before = path.read_bytes()
    assert said(path) == (
        "this is no journal of the importer",
        str(path),
        "name another file with --journal; or, if this is the journal, importer salvage --journal"
        f" {path} saves what can be read of it",
    )
    assert path.read_bytes() == before


def test_a_folder_is_no_journal(tmp_path: Path) -> None:
    assert said(tmp_path) == (
        "this is a folder, and no journal",
        str(tmp_path),
        "name a file with --journal",
    )


def test_a_journal_that_another_program_holds_is_waited_for_and_can_be_tried_again(
    path: Path,
) -> None:
    Journal(path, create=True).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ResumableError) as refused:
            schema.connect(path, create=False, busy_ms=1)
    assert (refused.value.exit_code, refused.value.what, refused.value.where) == (
        75,
        "another program holds the journal",
        str(path),
    )
    schema.connect(path, create=False, busy_ms=1).close()


def test_a_damaged_journal_is_named_and_not_replaced_by_a_new_one(path: Path) -> None:
    Journal(path, create=True).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    before = path.read_bytes()
    what, where, fix = said(path)
    assert what.startswith("the journal is damaged: ")
    assert where == str(path)
    assert fix is not None
    assert fix.startswith("importer salvage --journal ")
    assert path.read_bytes() == before


def test_an_older_sqlite_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "OLDEST_SQLITE", (99, 0, 0))
    what, where, fix = said(path)
    assert what.endswith("older than the journal needs")
    assert (where, fix) == (sys.executable, "use a Python with SQLite 99.0.0 or newer")
    assert not path.exists()


def test_migrations_are_made_once_and_in_order(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Journal(path, create=True).close()
    made: list[int] = []

    def next_one(db: Any) -> None:
        made.append(1)
        db.execute("CREATE TABLE two (number INTEGER)")

    def one_more(db: Any) -> None:
        made.append(2)
        db.execute("ALTER TABLE two ADD COLUMN name TEXT")

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, next_one, one_more))
    for _ in range(3):
        schema.connect(path, create=False).close()
    assert made == [1, 2]
    assert ask(path, "PRAGMA user_version") == [(NEWEST + 2,)]
    assert ask(path, "SELECT name FROM pragma_table_info('two')") == [("number",), ("name",)]


def test_a_journal_of_the_first_version_is_brought_up_to_date_with_its_rows(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        schema.connect(path, create=True).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "INSERT INTO job (key, file, sha256, encoding, delimiter, header, account, operation,"
            " generation, state, key_seed, started_at) VALUES ('aa', 'l.csv', 'bb', 'utf-8', ',',"
            " '[\"Name\"]', 'org', 'create', 1, 'open', 1, 1)"
        )
        db.execute("INSERT INTO block (id, length, cells, keys) VALUES (?, 1, ?, x'00')",
                   ((1 << 32) + 2, pack_cells([["Ada"]])))  # fmt: skip
        db.execute("INSERT INTO row (id, status) VALUES (?, 'pending')", ((1 << 32) + 2,))
        db.execute("INSERT INTO mapping VALUES (1, 1, 'm.yaml', 'version: 1', 'cc')")
        for status in RowStatus:
            db.execute("INSERT INTO count VALUES (1, ?, ?)", (status, status == "pending"))
        db.commit()
    with Journal(path) as journal:
        job = journal.job(1)
        assert job.layout == Layout("utf-8", ",", ("Name",), ())
        assert [(row.cells, row.kinds) for row in Rows(journal, job).all()] == [(("Ada",), "")]


@pytest.mark.parametrize("done", [0, 1, 5, 11])
def test_a_journal_that_was_left_half_made_is_made_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    tables = (schema.JOB, schema.MAPPING, schema.COUNT, schema.BLOCK, schema.ROW)
    others = (schema.ATTEMPT, schema.TWIN, schema.OUTPUT, *schema.INDEXES, *schema.VIEWS)
    statements = (*tables, *others)

    class KilledError(BaseException):
        pass

    def killed(db: Any) -> None:
        for statement in statements[:done]:
            db.execute(statement)
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (killed,))
        with pytest.raises(KilledError):
            schema.connect(path, create=True)
    assert not path.exists()
    assert ask(path.with_name("importer.db.new"), "PRAGMA application_id") == [
        (schema.APPLICATION_ID,)
    ]
    with Journal(path, create=True) as journal:
        make_job(journal, people(3))
    assert [*path.parent.glob("*.new*")] == []
    whole = path.with_name("whole.db")
    with Journal(whole, create=True) as journal:
        make_job(journal, people(3))
    assert content(path, ["row", "count"]) == content(whole, ["row", "count"])
    names = "SELECT type, name FROM sqlite_schema ORDER BY 1, 2"
    assert ask(path, names) == ask(whole, names)


def test_the_views_show_ids_and_times_that_a_person_can_read(path: Path, journal: Journal) -> None:
    job = make_job(journal, people(2))
    rows = Rows(journal, job)
    other = UUID("00000000-0000-0000-0000-00000000000a")
    with journal.transaction():
        attempt = rows.claim(2, NOW + 1, ahead_ms=-2_500)
        rows.end_attempt(2, attempt, 200, None, 120)
        rows.finish(2, Outcome(RowStatus.CREATED, lead_id=LEAD), NOW + 7)
        rows.start_attempt(0, "Leads.RecentlyModified", NOW + 3, 0)
        taken = Outcome(RowStatus.DUPLICATE, "taken", "It is taken.", "Email", existing_id=other)
        rows.finish(3, taken, NOW + 9, old=RowStatus.PENDING, counted=False)
    assert ask(path, "SELECT * FROM row_readable") == [
        (1, 2, "created", 1, str(LEAD), None, None, None, None, "2023-11-14T22:13:20.007Z"),
        (1, 3, "duplicate", 0, None, "taken", "Email", "It is taken.", str(other),
         "2023-11-14T22:13:20.009Z"),
    ]  # fmt: skip
    assert ask(path, "SELECT * FROM attempt_readable") == [
        (1, 0, 1, "Leads.RecentlyModified", "2023-11-14T22:13:20.003Z",
         "2023-11-14T22:13:20.003Z", None, None, None),
        (1, 2, 1, "Lead.Create", "2023-11-14T22:13:20.001Z", "2023-11-14T22:13:17.501Z", 200,
         None, 120),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE row SET status = 'sent'",
        "UPDATE row SET status = 'created'",
        "UPDATE row SET status = 'updated'",
        "UPDATE row SET status = 'created', lead_id = x'1234'",
        "UPDATE row SET existing_id = x'1234'",
        "UPDATE row SET evidence = 'hearsay'",
        "UPDATE row SET tries = 'many'",
        "UPDATE count SET rows = -1",
        "UPDATE count SET status = 'sent' WHERE status = 'pending'",
        "UPDATE job SET state = 'begun'",
        "UPDATE job SET operation = 'delete'",
        "INSERT INTO mapping VALUES (9, 1, 'm', 't', 'h', '', '')",
    ],
)
def test_the_journal_refuses_a_state_that_cannot_be(journal: Journal, sql: str) -> None:
    make_job(journal, people(1))
    with pytest.raises(sqlite3.IntegrityError):
        journal.execute(sql)


def test_no_two_rows_of_the_journal_are_created_with_one_lead(journal: Journal) -> None:
    first = Rows(journal, make_job(journal, people(2)))
    second = Rows(journal, make_job(journal, people(1), sha256="cd" * 32))

    def create(rows: Rows, number: int) -> None:
        rows.claim(number, NOW, 0)
        rows.finish(number, Outcome(RowStatus.CREATED, lead_id=LEAD), NOW)

    with journal.transaction():
        create(first, 2)
    assert first.is_held(LEAD)
    assert second.is_held(LEAD)
    for rows, number in ((first, 3), (second, 2)):
        with pytest.raises(HeldLeadError), journal.transaction():
            create(rows, number)
        found = rows.row(number)
        assert found is not None
        assert found.status is RowStatus.PENDING
    with journal.transaction():
        first.claim(3, NOW, 0)
        first.finish(3, Outcome(RowStatus.DUPLICATE, existing_id=LEAD), NOW)
    assert first.counts()[RowStatus.DUPLICATE] == 1
