"""Is the journal at fault? Asked where an exception can't be accounted for, and by `salvage`.

SQLite notices some damage itself; the rest comes to light as a text that is none, a status that
there is not, or a row that can't be moved. In: a journal's path. Out: what is wrong with it, in
words without any row's values. Reads all of it: seconds for a million rows.
"""

import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from importer.errors import ImporterError
from importer.journal.audit import Audit, shared_leads
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.reading import Opened
from importer.journal.rows import ROW_BITS, Rows
from importer.journal.trouble import DAMAGE, DAMAGED, code_of, is_no_text
from importer.model import JobState

# What reading raises where the bytes are other ones than were written.
ODD_VALUES = (zlib.error, ValueError, TypeError, IndexError, KeyError)
WITHOUT_MAPPING = """
SELECT 1 FROM row WHERE id BETWEEN ? AND ?
AND NOT EXISTS (SELECT 1 FROM mapping WHERE mapping.job = ? AND version = row.mapping) LIMIT 1
"""
TABLES = ("mapping", "attempt", "twin", "fingerprint", "decision", "doubtful", "output", "secret")


def flaw_of(path: Path, open_journal: Callable[[Path], Journal] = Opened) -> str | None:
    """None where nothing is found, or where the journal can't be looked at now.

    open_journal: a copy may be opened as commands do it, which brings an older one up to date.
    """
    try:
        with closing(open_journal(path)) as journal:
            return _flaw(journal)
    except sqlite3.Error as error:
        return _words(error)
    except ODD_VALUES:
        return "a value in it is none that it can be"
    except ImporterError as error:
        return error.what.removeprefix(DAMAGED) if error.what.startswith(DAMAGED) else None


def _flaw(journal: Journal) -> str | None:
    (found,) = journal.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        return str(found).splitlines()[-1]
    for table in TABLES:
        for _ in journal.execute(f"SELECT * FROM {table}"):
            pass
    if journal.execute("SELECT count(*) FROM secret").fetchone() != (1,):
        return "it has no secret of its own"
    if shared_leads(journal):
        return "rows were created with the same lead"
    flaws = (_flaw_of_job(journal, job) for job in journal.jobs())
    return next(filter(None, flaws), None)


def _flaw_of_job(journal: Journal, job: Job) -> str | None:
    if job.state is JobState.PURGED:
        return None
    audit = Audit(journal, job)
    if not audit.stored().holds:
        return f"the rows of job {job.number} are not those of its list"
    if audit.counted() != audit.rows_by_status():
        return f"the rows of job {job.number} are not those that it counts"
    if not_so := _flaw_of_leads(audit):
        return f"rows of job {job.number} {not_so}"
    low = job.number << 32
    if journal.execute(WITHOUT_MAPPING, (low, low | ROW_BITS, job.number)).fetchone():
        return f"rows of job {job.number} have no mapping"
    for _ in Rows(journal, job).all():
        pass
    return None


def _flaw_of_leads(audit: Audit) -> str | None:
    """What `verify` finds too, and the table's own checks do not."""
    found = (
        ("have an Id and are not accepted", audit.has_lead),
        ("are sending or accepted without a call", audit.without_call),
    )
    return next((words for words, rows in found if rows().total), None)


def _words(error: sqlite3.Error) -> str | None:
    """None where it is about other things than what stands in the journal."""
    if code_of(error) in DAMAGE:
        return str(error)
    if code_of(error) == sqlite3.SQLITE_ERROR:
        return f"a part of it is missing: {error}"  # every table of ours is asked for here
    return "a text in it is none" if is_no_text(error) else None
