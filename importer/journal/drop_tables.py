"""The tables by which passes over the drops know what earlier ones did; migration 6."""

DROP_TABLES = (
    """
    CREATE TABLE drop_job (                -- a job that a pass made of a drop's file
        job      INTEGER PRIMARY KEY REFERENCES job,
        name     TEXT NOT NULL,            -- of the drop
        retries  INTEGER NOT NULL DEFAULT 0,-- passes that sent its failed rows again
        owes     INTEGER NOT NULL DEFAULT 1 CHECK (owes IN (0, 1)), -- its files are to be written
        file     TEXT,                     -- name of the list, and what it is like: of those that
        profile  TEXT                      -- later ones are held against, once they are written
    ) STRICT
    """,
    """
    CREATE TABLE drop_profile (            -- the last accepted file of a drop
        name     TEXT PRIMARY KEY,
        file     TEXT NOT NULL,
        at       INTEGER NOT NULL,
        profile  TEXT NOT NULL             -- JSON without a row's values: see importer/profile.py
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE let_through (             -- files that a person accepted as they are
        name     TEXT NOT NULL,
        sha256   TEXT NOT NULL,
        always   INTEGER NOT NULL CHECK (always IN (0, 1)),
        PRIMARY KEY (name, sha256)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE drop_pass (               -- the last pass, to tell what has changed since
        one        INTEGER PRIMARY KEY CHECK (one = 1),
        ended_at   INTEGER NOT NULL,
        exit_code  INTEGER NOT NULL,
        told       TEXT NOT NULL,          -- a hash of what there was to tell
        stops      TEXT NOT NULL           -- JSON: account to why it could not go on
    ) STRICT
    """,
)
