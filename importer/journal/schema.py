"""The journal's tables, and how a file gets to have them.

A row's id is its job's number << 32 | its row number, so that one integer key finds a row and a
range of it finds a job. Times are UTC in whole milliseconds since 1970, Ids 16 bytes; the views
show both as text. Migrations are numbered, never edited, and made by sqlite-utils, which is
imported only when there is one to make (it costs 0.8 s where pandas is installed).
"""

import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from importer.crashpoints import reached
from importer.errors import JournalError
from importer.journal.creation import make_whole, refuse_remains
from importer.journal.drop_tables import DROP_TABLES
from importer.journal.lock import held
from importer.journal.opened import enter
from importer.journal.patience import QUIET_MS, OnWait, PatientConnection, in_silence
from importer.journal.run_tables import RUN_TABLES
from importer.journal.trouble import damaged, told
from importer.journal.wal import TORN, is_torn
from importer.model import JobState, RowStatus

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x4C53_5149  # "LSQI": tells our file from any other SQLite database
OLDEST_SQLITE = (3, 37, 0)  # STRICT tables: sqlite.org/stricttables.html
BUSY_TIMEOUT_MS = 60_000

SMALL = ("job", "mapping", "count")
# A page of another table in their place may be as sound as theirs.
IS_SHORT = f"""
SELECT EXISTS (
    SELECT 1 FROM job
    WHERE (SELECT count(*) FROM count WHERE count.job = job.number) <> {len(RowStatus)}
       OR NOT EXISTS (
        SELECT 1 FROM mapping WHERE mapping.job = job.number AND version = job.mapping)
) OR EXISTS (SELECT 1 FROM count WHERE job NOT IN (SELECT number FROM job))
"""

STATUSES = ", ".join(f"'{status}'" for status in RowStatus)
# For the rows: SQLite builds a table for each check of a long IN, half the time of an insert.
ONE_STATUS = " OR ".join(f"status = '{status}'" for status in RowStatus)
STATES = ", ".join(f"'{state}'" for state in JobState)

JOB = f"""
CREATE TABLE job (
    number      INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,      -- 12 hex digits of the identity's hash
    file        TEXT NOT NULL,             -- absolute path when it was staged
    sha256      TEXT NOT NULL,             -- of the file's bytes
    sheet       TEXT,
    encoding    TEXT NOT NULL,
    delimiter   TEXT NOT NULL,
    header      TEXT NOT NULL,             -- JSON array, as in the file
    account     TEXT NOT NULL,
    operation   TEXT NOT NULL CHECK (operation IN ('create')),
    generation  INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ({STATES})),
    mapping     INTEGER NOT NULL DEFAULT 1,-- version in use
    key_seed    INTEGER NOT NULL,          -- of the hashes in block.keys and twin.key
    started_at  INTEGER NOT NULL,
    ended_at    INTEGER
) STRICT
"""
MAPPING = """
CREATE TABLE mapping (
    job      INTEGER NOT NULL REFERENCES job,
    version  INTEGER NOT NULL,
    name     TEXT NOT NULL,
    text     TEXT NOT NULL,
    sha256   TEXT NOT NULL,
    PRIMARY KEY (job, version)
) STRICT, WITHOUT ROWID
"""
COUNT = f"""
CREATE TABLE count (                       -- kept in the same transaction as each move
    job     INTEGER NOT NULL REFERENCES job,
    status  TEXT NOT NULL CHECK (status IN ({STATUSES})),
    rows    INTEGER NOT NULL CHECK (rows >= 0),
    PRIMARY KEY (job, status)
) STRICT, WITHOUT ROWID
"""
BLOCK = """
CREATE TABLE block (                       -- the original cells of consecutive rows
    id      INTEGER PRIMARY KEY,           -- of its first row
    length  INTEGER NOT NULL,              -- row numbers that it covers
    cells   BLOB NOT NULL,                 -- see blocks.py
    keys    BLOB NOT NULL                  -- 64-bit hashes of each row's unique values
) STRICT
"""
ROW = f"""
CREATE TABLE row (
    id           INTEGER PRIMARY KEY,
    status       TEXT NOT NULL CHECK ({ONE_STATUS}),
    tries        INTEGER NOT NULL DEFAULT 0,  -- calls that counted
    mapping      INTEGER NOT NULL DEFAULT 1,  -- version that its lead is made with
    lead_id      BLOB CHECK (length(lead_id) = 16),
    changed_at   INTEGER,
    due_at       INTEGER,                  -- back in pending: not before; unsettled: next look
    waits_for    INTEGER,                  -- row with the same unique value that goes first
    since_at     INTEGER,                  -- server's clock when its first unsettled call began
    ended_at     INTEGER,                  -- when the unsettled call ended, at the latest
    evidence     TEXT CHECK (evidence IN ('reply', 'lost', 'refusal')),
    existing_id  BLOB CHECK (length(existing_id) = 16),
    code         TEXT,
    field        TEXT,
    reason       TEXT,
    cells        TEXT,                     -- JSON array: mended, or added by a repair
    CHECK (status NOT IN ('created', 'updated') OR lead_id IS NOT NULL)
) STRICT
"""
ATTEMPT = """
CREATE TABLE attempt (                     -- each call that left; look-ups stand at row number 0
    row         INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    call        TEXT,                      -- NULL: Lead.Create
    started_at  INTEGER NOT NULL,          -- our clock
    ahead_ms    INTEGER NOT NULL,          -- the server's clock less ours
    http        INTEGER,                   -- NULL: no reply
    error       TEXT,                      -- exception type
    latency_ms  INTEGER,
    PRIMARY KEY (row, number)
) STRICT, WITHOUT ROWID
"""
TWIN = """
CREATE TABLE twin (                        -- rows that may share a unique value with another
    key  INTEGER NOT NULL,
    row  INTEGER NOT NULL,
    PRIMARY KEY (key, row)
) STRICT, WITHOUT ROWID
"""
OUTPUT = """
CREATE TABLE output (                      -- files that we wrote, to know them from edited ones
    job     INTEGER NOT NULL REFERENCES job,
    kind    TEXT NOT NULL,
    path    TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    PRIMARY KEY (job, path)
) STRICT, WITHOUT ROWID
"""
# Only rows that are due again, wait, or hold an Id are in an index: a million pending rows are
# in none.
INDEXES = (
    "CREATE INDEX row_due ON row (id >> 32, status, due_at) WHERE due_at IS NOT NULL",
    "CREATE INDEX row_sending ON row (id) WHERE status = 'sending'",
    "CREATE INDEX row_waiting ON row (waits_for) WHERE waits_for IS NOT NULL",
    # No lead was created by two rows.
    "CREATE UNIQUE INDEX row_lead ON row (lead_id) WHERE status = 'created'",
)


def _guid(column: str) -> str:
    groups = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    text = " || '-' || ".join(f"substr(hex({column}), {at}, {length})" for at, length in groups)
    return f"CASE WHEN {column} IS NOT NULL THEN lower({text}) END"


def _time(column: str) -> str:
    return f"strftime('%Y-%m-%dT%H:%M:%fZ', {column} / 1000.0, 'unixepoch')"


VIEWS = (
    f"""
CREATE VIEW row_readable AS
SELECT id >> 32 AS job, id & 4294967295 AS row, status, tries, {_guid("lead_id")} AS lead_id,
       code, field, reason, {_guid("existing_id")} AS existing_lead_id,
       {_time("changed_at")} AS changed_at
FROM row
""",
    f"""
CREATE VIEW attempt_readable AS
SELECT row >> 32 AS job, row & 4294967295 AS row, number, coalesce(call, 'Lead.Create') AS call,
       {_time("started_at")} AS started_at, {_time("(started_at + ahead_ms)")} AS server_at,
       http, error, latency_ms
FROM attempt
""",
)


WORKBOOKS = (
    "ALTER TABLE job ADD COLUMN columns TEXT",  # JSON: [number format, width] each; a workbook's
    "ALTER TABLE block ADD COLUMN kinds BLOB",  # see blocks.py; NULL: all text
    "ALTER TABLE row ADD COLUMN kinds TEXT",  # of its own cells
)


def _all(db: "Database", statements: Iterable[str]) -> None:
    for statement in statements:
        db.execute(statement)


KNOWN_ROWS = (
    # Which row asked for which lead, across jobs: see fingerprints.py. Written with each claim.
    """
    CREATE TABLE fingerprint (
        value  INTEGER NOT NULL,           -- of account, operation and payload
        row    INTEGER NOT NULL,
        PRIMARY KEY (value, row)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE secret (                  -- of this journal; fingerprints are made with it
        one   INTEGER PRIMARY KEY CHECK (one = 1),
        seed  BLOB NOT NULL
    ) STRICT
    """,
    "INSERT INTO secret (one, seed) VALUES (1, randomblob(16))",
    """
    CREATE TABLE decision (                -- what a person decided; row number 0: of all rows
        row     INTEGER NOT NULL,
        number  INTEGER NOT NULL,
        at      INTEGER NOT NULL,
        what    TEXT NOT NULL,             -- resend, mark_created, give_up, cancel, mend, retry
        detail  TEXT,
        PRIMARY KEY (row, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE doubtful (                -- fingerprints of purged rows of unknown fate
        value  INTEGER NOT NULL,
        row    INTEGER NOT NULL,
        PRIMARY KEY (value, row)
    ) STRICT, WITHOUT ROWID
    """,
    "ALTER TABLE job ADD COLUMN purged_at INTEGER",
    "ALTER TABLE job ADD COLUMN fingerprints INTEGER NOT NULL DEFAULT 0",  # 0: see Fingerprints
    "ALTER TABLE output ADD COLUMN written_at INTEGER",  # the newest file of a kind must agree
)


ODD_LISTS = (
    # What the list's columns say to this mapping: see intake/columns/stored.py.
    "ALTER TABLE mapping ADD COLUMN readings TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE job ADD COLUMN area TEXT",  # of the sheet, such as A3:D20; NULL: none was named
)


ACCOUNT_FIELDS = (
    # What is known of the account's fields that this mapping feeds: see intake/account/stored.py.
    "ALTER TABLE mapping ADD COLUMN fields TEXT NOT NULL DEFAULT ''"
)


TABLES = (JOB, MAPPING, COUNT, BLOCK, ROW, ATTEMPT, TWIN, OUTPUT, *INDEXES, *VIEWS)

Step = Callable[["Database"], None]
_STEPS = (TABLES, WORKBOOKS, KNOWN_ROWS, ODD_LISTS, (ACCOUNT_FIELDS,), DROP_TABLES, RUN_TABLES)
MIGRATIONS: tuple[Step, ...] = tuple(partial(_all, statements=each) for each in _STEPS)


def connect(
    path: Path,
    *,
    create: bool,
    busy_ms: int | None = None,
    on_wait: OnWait = in_silence,
) -> PatientConnection:
    """Open a journal, made or migrated where needed, in autocommit mode.

    busy_ms: how long to wait for another program that holds it; BUSY_TIMEOUT_MS where None.
    on_wait: called where it takes a while, now or later.
    Raises JournalError: not there and not to be made, not a journal, of a newer version, or not
    to be written. ResumableError: another program holds it.
    """
    _refuse_old_sqlite()
    if path.is_dir():
        fix = "name a file with --journal"
        raise JournalError("this is a folder, and no journal", where=str(path), fix=fix)
    refuse_remains(path)
    if not path.exists():
        if not create:
            raise JournalError(
                "there is no journal yet",
                where=str(path),
                fix="importer run FILE -m MAPPING makes one; or name it with --journal",
            )
        with told(path):
            make_whole(path, _apply, wait_s=BUSY_TIMEOUT_MS / 1000)
    with told(path):
        enter(path, refuse_torn)
        connection = sqlite3.connect(path, isolation_level=None, factory=PatientConnection)
        connection.journal = path
        connection.on_wait = on_wait
        connection.be_patient(BUSY_TIMEOUT_MS if busy_ms is None else busy_ms, QUIET_MS)
        try:
            _migrate(connection, path)
            refuse_damaged(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def refuse_torn(path: Path) -> None:
    """Raises JournalError: changes that were committed are missing."""
    if is_torn(path):
        raise damaged(TORN, path)


def refuse_damaged(connection: sqlite3.Connection, path: Path) -> None:
    """Raises JournalError: the tables that tell which jobs there are can't be relied on. A list
    whose job is not found would be sent again. They are small: this takes less than 1 ms."""
    for table in SMALL:
        (found,) = connection.execute(f"PRAGMA integrity_check({table})").fetchone()
        if found != "ok":
            raise damaged(found.splitlines()[-1], path)
    if connection.execute(IS_SHORT).fetchone()[0]:
        raise damaged("a job has no counts or no mapping, or counts have no job", path)


def _refuse_old_sqlite() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise JournalError(
            f"Python's SQLite is {sqlite3.sqlite_version}, older than the journal needs",
            where=sys.executable,
            fix=f"use a Python with SQLite {'.'.join(map(str, OLDEST_SQLITE))} or newer",
        )


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    tables: int = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application != APPLICATION_ID and tables:
        raise JournalError(
            "this is a database, but no journal of the importer",
            where=str(path),
            fix="name another file with --journal",
        )
    if version > len(MIGRATIONS):
        raise JournalError(
            f"the journal is of version {version}, and this importer knows {len(MIGRATIONS)}",
            where=str(path),
            fix="use the newer importer that wrote it: pip install --upgrade leadsquared-importer",
        )
    if version < len(MIGRATIONS):
        with held(path, "schema", wait_s=BUSY_TIMEOUT_MS / 1000):
            _apply(connection)


def _apply(connection: sqlite3.Connection) -> None:
    with _without_data_frames():
        from sqlite_utils import Database
        from sqlite_utils.migrations import Migrations

    # First, and by itself: a file that a kill leaves half made is still known as ours.
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    reached("journal file marked as ours")
    migrations = Migrations("importer")
    for number, step in enumerate(MIGRATIONS, start=1):
        migrations(name=f"{number:03}")(_numbered(step, number))
    migrations.apply(Database(connection))
    reached("journal migrated")


@contextmanager
def _without_data_frames() -> Iterator[None]:
    """sqlite-utils imports these, if they are there, to take data frames: 0.6 s for nothing."""
    absent = {"pandas", "numpy"} - sys.modules.keys()
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None fails an import
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def _numbered(step: Step, number: int) -> Step:
    def migrate(db: "Database", /) -> None:
        reached("migration begun")
        step(db)
        reached("migration made")
        db.execute(f"PRAGMA user_version = {number}")

    return migrate
