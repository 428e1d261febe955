"""Files that are about to be renamed to the name by which a person finds them.

Each is noted before, beside what stands there till then, and taken up once it has its name: so no
file is unknown to the journal because its process was killed between the two.
"""

from importer.journal.journal import Job, Journal

MARK = ".part"  # behind the kind, and behind the path
TAKE_UP = """
UPDATE OR REPLACE output SET kind = :kind, path = :path WHERE job = :job AND path = :coming
"""


def note_coming(journal: Journal, job: Job, kind: str, path: str, sha256: str) -> None:
    journal.put_output(job, f"{kind}{MARK}", f"{path}{MARK}", sha256)


def drop_coming(journal: Journal, job: Job, path: str) -> None:
    """It has not got that name, or is noted by it."""
    journal.drop_output(job, f"{path}{MARK}")


def take_up(journal: Journal, job: Job, kind: str, path: str) -> None:
    """It is what stands there now, written when it was noted."""
    values = {"kind": kind, "path": path, "job": job.number, "coming": f"{path}{MARK}"}
    journal.execute(TAKE_UP, values)


def coming(journal: Journal, job: Job, kind: str) -> dict[str, str]:
    """The path that it is to have, to the sha256 of its bytes."""
    found = journal.outputs(job, f"{kind}{MARK}")
    return {path.removesuffix(MARK): sha256 for path, sha256 in found.items()}
