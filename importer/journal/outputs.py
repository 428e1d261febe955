"""The files that were written for a job, to know them from edited ones.

One that is about to be renamed to the name by which a person finds it is noted before, beside what
stands there till then, and taken up once it has its name: so no file is unknown to the journal
because its process was killed between the two.
"""

from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.paths import kept, path_of

MARK = ".part"  # behind the kind, and behind the path
SELECT_OUTPUTS = "SELECT path, sha256 FROM output WHERE job = ? AND kind = ?"
PUT_OUTPUT = """
INSERT OR REPLACE INTO output (job, kind, path, sha256, written_at)
VALUES (?, ?, ?, ?, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER))
"""
DROP_OUTPUT = "DELETE FROM output WHERE job = ? AND path = ?"
TAKE_UP = """
UPDATE OR REPLACE output SET kind = :kind, path = :path WHERE job = :job AND path = :coming
"""


def outputs(journal: Journal, job: Job, kind: str) -> dict[str, str]:
    """Path to the sha256 of what we wrote there."""
    found = journal.execute(SELECT_OUTPUTS, (job.number, kind)).fetchall()
    return {path_of(path): sha256 for path, sha256 in found}


def put_output(journal: Journal, job: Job, kind: str, path: str, sha256: str) -> None:
    journal.execute(PUT_OUTPUT, (job.number, kind, kept(path), sha256))


def drop_output(journal: Journal, job: Job, path: str) -> None:
    journal.execute(DROP_OUTPUT, (job.number, kept(path)))


def note_coming(journal: Journal, job: Job, kind: str, path: str, sha256: str) -> None:
    put_output(journal, job, f"{kind}{MARK}", f"{path}{MARK}", sha256)


def drop_coming(journal: Journal, job: Job, path: str) -> None:
    """It has not got that name, or is noted by it."""
    drop_output(journal, job, f"{path}{MARK}")


def take_up(journal: Journal, job: Job, kind: str, path: str) -> None:
    """It is what stands there now, written when it was noted."""
    coming = kept(f"{path}{MARK}")
    values = {"kind": kind, "path": kept(path), "job": job.number, "coming": coming}
    journal.execute(TAKE_UP, values)


def coming(journal: Journal, job: Job, kind: str) -> dict[str, str]:
    """The path that it is to have, to the sha256 of its bytes."""
    found = outputs(journal, job, f"{kind}{MARK}")
    return {path.removesuffix(MARK): sha256 for path, sha256 in found.items()}
