"""The journal's tables and views, as a new journal has them."""

import re
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from docs_build.tables import code, codes, said, table
from importer.journal.schema import connect

TABLE_WORDS: Mapping[str, str] = {
    "job": "one imported file: its name, hash, sheet, account and state",
    "mapping": "the text of each mapping that a job was run with",
    "count": "how many rows of a job have each status; written with each move",
    "block": "the original cells of consecutive rows, packed",
    "row": "each row's status, its lead's Id, and why it was refused",
    "attempt": "each call that left: when, the HTTP status, the error, how long it took",
    "twin": "rows that may share a unique value with another row of the file",
    "output": "files that were written, to know them from files that a person edited",
    "fingerprint": "which row asked for which lead, known across jobs; hashes only",
    "doubtful": "fingerprints of purged rows of which nobody knows whether they arrived",
    "secret": "what the fingerprints of this journal are made with",
    "decision": "what a person decided about a row, and when",
    "drop_job": "jobs that passes over the drops made, with the name of the drop, and how many "
    "passes sent their failed rows again",
    "drop_profile": "what the last accepted file of each drop was like: its columns, their kinds "
    "and blanks, and how many rows; no value of a row",
    "let_through": "files that a person accepted, by their hash",
    "run": "each command that sent a job's rows, or added its leads to a list (`send`), or deleted "
    "them (`undo`): when, the limit in force, "
    "and the job's counts before and after",
    "static_list": "the account's static lists that a job's leads are added to",
    "listed": "the rows whose lead was added to such a list",
    "drop_pass": "when the last pass ended, its exit code, and a hash of what it told",
}
VIEW_WORDS: Mapping[str, str] = {
    "row_readable": "rows with job and row number, Ids and times as text",
    "attempt_readable": "calls with job and row number and times as text; look-ups stand at row 0",
}
NAMES = "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE '\\_%' ESCAPE '\\'"
OURS = re.compile(r"sqlite_")


def tables() -> str:
    return _shown("table", TABLE_WORDS)


def views() -> str:
    return _shown("view", VIEW_WORDS)


def _shown(kind: str, words: Mapping[str, str]) -> str:
    found = dict(_columns(kind))
    rows = ((code(n), text, codes(found[n])) for n, text in said(words, found, f"{kind}s").items())
    return table((kind, "has", "columns"), rows)


def _columns(kind: str) -> Iterator[tuple[str, list[str]]]:
    """Each table or view of a new journal, in the order in which they are made."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(connect(Path(folder) / "importer.db", create=True)) as db,
    ):
        for name in _names(db, kind):
            yield name, [column[1] for column in db.execute(f"PRAGMA table_info({name})")]


def _names(db: sqlite3.Connection, kind: str) -> list[str]:
    names = [name for (name,) in db.execute(NAMES, (kind,))]
    return [name for name in names if not OURS.match(name)]
