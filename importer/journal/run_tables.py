"""The tables of runs, and of the static lists that leads are added to; migration 7."""

RUN_TABLES = (
    """
    CREATE TABLE run (                     -- a command that sent a job's rows, or deleted its leads
        number      INTEGER PRIMARY KEY,
        job         INTEGER NOT NULL REFERENCES job,
        work        TEXT NOT NULL CHECK (work IN ('send', 'undo')),
        started_at  INTEGER NOT NULL,
        ended_at    INTEGER,               -- NULL: it was killed, or is under way
        calls       INTEGER,               -- of the limit, in window_ms; NULL: there was none
        window_ms   INTEGER,
        web         TEXT NOT NULL,         -- address of the account's web application; '' unknown
        before      TEXT NOT NULL,         -- JSON: status to rows of the job; those that have any
        after       TEXT
    ) STRICT
    """,
    "CREATE INDEX run_job ON run (job)",
    """
    CREATE TABLE static_list (             -- of the account, that a job's leads are added to
        number   INTEGER PRIMARY KEY,
        job      INTEGER NOT NULL REFERENCES job,
        name     TEXT NOT NULL,
        list_id  BLOB CHECK (length(list_id) = 16), -- NULL: not known yet
        asked    INTEGER NOT NULL DEFAULT 0, -- highest: the last that --list named; 0: the mapping
        UNIQUE (job, name)
    ) STRICT
    """,
    """
    CREATE TABLE listed (                  -- rows whose lead was added to a list
        list  INTEGER NOT NULL,
        row   INTEGER NOT NULL,
        PRIMARY KEY (list, row)
    ) STRICT, WITHOUT ROWID
    """,
)
