"""What passes over the drops know of earlier ones: whose a job is, what the last file was like,
what a person let through, how the last pass ended; and why a job's rows were refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.paths import kept, path_of
from importer.model import TO_LOOK_AT, JobState, RowStatus
from importer.passes import Refusals, RefusedRow

NOTE_JOB = """
INSERT INTO drop_job (job, name, file, profile) VALUES (:job, :name, :file, :profile)
ON CONFLICT (job) DO UPDATE
SET name = :name, owes = 1, file = coalesce(:file, file), profile = coalesce(:profile, profile)
"""
UNFINISHED = f"""
SELECT job FROM drop_job JOIN job ON job.number = drop_job.job
WHERE name = ? AND (state = '{JobState.OPEN}' OR state = '{JobState.FINISHED}' AND owes)
ORDER BY job
"""
FAILED = f"""
SELECT job FROM drop_job JOIN job ON job.number = drop_job.job JOIN count USING (job)
WHERE name = :name AND state = '{JobState.FINISHED}' AND count.status = '{RowStatus.FAILED}'
  AND count.rows > 0 AND retries < :most AND coalesce(ended_at, 0) <= :before
ORDER BY job
"""
NOTE_RETRY = "UPDATE drop_job SET retries = retries + 1, owes = 1 WHERE job = ?"
# What later files are held against is known once the job's files are written, all or nothing.
NOTE_WRITTEN = (
    """
    INSERT OR REPLACE INTO drop_profile (name, file, at, profile)
    SELECT name, file, :now, profile FROM drop_job WHERE job = :job AND profile IS NOT NULL
    """,
    """
    DELETE FROM let_through
    WHERE (name, sha256) IN (
        SELECT name, sha256 FROM drop_job JOIN job ON number = job WHERE number = :job)
    """,
    "UPDATE drop_job SET owes = 0, file = NULL, profile = NULL WHERE job = :job",
)
OWES = "SELECT owes FROM drop_job WHERE job = ?"
GET_PROFILE = "SELECT file, profile FROM drop_profile WHERE name = ?"
LET_THROUGH = """
INSERT OR REPLACE INTO let_through (name, sha256, always) VALUES (:name, :sha256, :always)
"""
IS_LET_THROUGH = "SELECT always FROM let_through WHERE name = ? AND sha256 = ?"
IS_OURS = "SELECT 1 FROM output WHERE sha256 = ? LIMIT 1"
LOOKED_AT = ", ".join(f"'{status}'" for status in sorted(TO_LOOK_AT))
REFUSALS = f"""
SELECT coalesce(code, status), field, count(*) FROM row
WHERE id BETWEEN :low AND :high AND status IN ({LOOKED_AT})
GROUP BY 1, 2 ORDER BY 3 DESC, 1 LIMIT :most
"""
FIRST_REFUSED = f"""
SELECT id & 4294967295, coalesce(code, status), field, coalesce(reason, '') FROM row
WHERE id BETWEEN :low AND :high AND status IN ({LOOKED_AT}) ORDER BY id LIMIT :most
"""
MOST_REFUSALS = 10
LAST_PASS = "SELECT told, stops FROM drop_pass"
PUT_PASS = """
INSERT OR REPLACE INTO drop_pass (one, ended_at, exit_code, told, stops) VALUES (1, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class LastFile:
    """The last accepted file of a drop: its name, and its profile as a text."""

    name: str
    profile: str


class DropRecords:
    """name: of a drop, everywhere. Times in UTC ms."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def note_job(self, job: Job, name: str, last: LastFile | None = None) -> None:
        """A pass is at work on it. last: what later files are held against, once it is done; None
        where they are not to be like it."""
        file, profile = (kept(last.name), last.profile) if last else (None, None)
        values = {"job": job.number, "name": name, "file": file, "profile": profile}
        with self._journal.transaction():
            self._journal.execute(NOTE_JOB, values)

    def unfinished(self, name: str) -> list[int]:
        """Jobs that have rows to be sent, or that a pass has begun and not written the files of."""
        return [number for (number,) in self._journal.execute(UNFINISHED, (name,))]

    def failed(self, name: str, most: int, before: int) -> list[int]:
        """Finished jobs with failed rows, which fewer than `most` passes have sent again; those
        that ended by that moment."""
        values = {"name": name, "most": most, "before": before}
        return [number for (number,) in self._journal.execute(FAILED, values)]

    def note_retry(self, job: Job) -> None:
        with self._journal.transaction():
            self._journal.execute(NOTE_RETRY, (job.number,))

    def note_written(self, job: Job, now: int) -> None:
        """Its files are as its rows: what the pass owed is done; later files are held against the
        list, and what let it through is used up."""
        with self._journal.transaction():
            for statement in NOTE_WRITTEN:
                self._journal.execute(statement, {"job": job.number, "now": now})

    def owes(self, job: Job) -> bool:
        """Whether a pass has begun with it that did not come to the writing of its files."""
        found = self._journal.execute(OWES, (job.number,)).fetchone()
        return found is not None and bool(found[0])

    def last_file(self, name: str) -> LastFile | None:
        found = self._journal.execute(GET_PROFILE, (name,)).fetchone()
        return LastFile(path_of(found[0]), found[1]) if found else None

    def let_through(self, name: str, sha256: str, *, always: bool) -> None:
        """Whatever the file with these bytes is like. always: later ones may be like it."""
        values = {"name": name, "sha256": sha256, "always": int(always)}
        with self._journal.transaction():
            self._journal.execute(LET_THROUGH, values)

    def is_let_through(self, name: str, sha256: str) -> bool | None:
        """None: it is not; else whether later files may be like it."""
        found = self._journal.execute(IS_LET_THROUGH, (name, sha256)).fetchone()
        return bool(found[0]) if found else None

    def is_ours(self, sha256: str) -> bool:
        """Whether these are the bytes of a file that we wrote for some job."""
        return self._journal.execute(IS_OURS, (sha256,)).fetchone() is not None

    def last_stops(self) -> dict[str, str]:
        """Why accounts could not go on in the last pass, by their names."""
        found = self._journal.execute(LAST_PASS).fetchone()
        stops: dict[str, str] = json.loads(found[1]) if found else {}
        return stops

    def end_pass(self, now: int, exit_code: int, told: str, stops: Mapping[str, str]) -> bool:
        """Keep what there was to tell; whether it is another than the last time."""
        found = self._journal.execute(LAST_PASS).fetchone()
        with self._journal.transaction():
            values = (now, exit_code, told, json.dumps(dict(stops)))
            self._journal.execute(PUT_PASS, values)
        return found is None or found[0] != told


def refusals(journal: Journal, job: Job) -> tuple[list[Refusals], list[RefusedRow]]:
    """Why rows of the job are to be looked at: the most frequent reasons, and the first rows."""
    low = job.number << 32
    values: dict[str, object] = {"low": low, "high": low | 0xFFFF_FFFF, "most": MOST_REFUSALS}
    counted = [Refusals(*found) for found in journal.execute(REFUSALS, values)]
    first = [RefusedRow(*found) for found in journal.execute(FIRST_REFUSED, values)]
    return counted, first
