"""The journal as one open file: its connection, its transactions, and its jobs.

One thread uses a Journal. Every change to a row goes through `Rows` (rows.py), inside
`transaction()`, which also keeps each job's counts.
"""

import json
import secrets
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from importer.crashpoints import reached
from importer.errors import JournalError
from importer.journal import schema
from importer.journal.job import KEY_DIGITS, Identity, Job, Layout, MappingText, job_of, packed
from importer.journal.paths import kept, path_of
from importer.journal.patience import OnWait, in_silence
from importer.journal.trouble import file_at, gone, told
from importer.model import JobState, JobSummary, RowStatus

Values = Sequence[object] | Mapping[str, object]

BEGIN, COMMIT = "BEGIN IMMEDIATE", "COMMIT"
BEGIN_READING = "BEGIN DEFERRED"
INSERT_JOB = """
INSERT INTO job (key, file, sha256, sheet, encoding, delimiter, header, columns, area, account,
                 operation, generation, state, key_seed, started_at, fingerprints)
VALUES (:key, :file, :sha256, :sheet, :encoding, :delimiter, :header, :columns, :area, :account,
        'create', :generation, 'staging', :key_seed, :started_at, 1)
"""
SELECT_JOB = """
SELECT number, key, file, sha256, sheet, encoding, delimiter, header, columns, account, generation,
       state, mapping, key_seed, started_at, ended_at, purged_at, area
FROM job
"""
LATEST_JOB = f"""
{SELECT_JOB} WHERE sha256 = ? AND account = ? AND sheet IS ? AND area IS ?
ORDER BY generation DESC LIMIT 1
"""
SET_STATE = """
UPDATE job SET state = :state, ended_at = :ended_at WHERE number = :job AND state <> 'purged'
"""
SET_FILE = "UPDATE job SET file = :file WHERE number = :job"
SET_VERSION = "UPDATE job SET mapping = :version WHERE number = :job"
INSERT_MAPPING = """
INSERT INTO mapping (job, version, name, text, sha256, readings, fields)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
SELECT_MAPPING = """
SELECT version, name, text, sha256, readings, fields FROM mapping WHERE job = ? AND version = ?
"""
LAST_VERSION = "SELECT max(version) FROM mapping WHERE job = ?"
INSERT_COUNT = "INSERT INTO count (job, status, rows) VALUES (?, ?, 0)"
ADD_COUNTS = f"""
UPDATE count
SET rows = rows + CASE status {" ".join(f"WHEN '{s}' THEN :{s}" for s in RowStatus)} END
WHERE job = :job
"""
INSERT_FINGERPRINT = "INSERT OR IGNORE INTO fingerprint (value, row) VALUES (?, ?)"
SELECT_COUNTS = "SELECT status, rows FROM count WHERE job = ?"
# A look for the account's lists, before the first row is sent, changes nothing.
ANY_TRACE = """
SELECT 1 FROM attempt WHERE row BETWEEN :low AND :high AND call IS NOT 'Lists.Get'
UNION ALL SELECT 1 FROM decision WHERE row BETWEEN :low AND :high LIMIT 1
"""
DROP_ROWS = (
    "DELETE FROM listed WHERE row BETWEEN :low AND :high",
    "DELETE FROM fingerprint WHERE row BETWEEN :low AND :high",
    "DELETE FROM twin WHERE row BETWEEN :low AND :high",
    "DELETE FROM block WHERE id BETWEEN :low AND :high",
    "DELETE FROM row WHERE id BETWEEN :low AND :high",
)
DROP_JOB = (
    "DELETE FROM attempt WHERE row BETWEEN :low AND :high",
    "DELETE FROM decision WHERE row BETWEEN :low AND :high",
    "DELETE FROM count WHERE job = :job",
    "DELETE FROM output WHERE job = :job",
    "DELETE FROM drop_job WHERE job = :job",
    "DELETE FROM run WHERE job = :job",
    "DELETE FROM static_list WHERE job = :job",
    "DELETE FROM mapping WHERE job = :job",
    "DELETE FROM job WHERE number = :job AND state = 'staging'",
)


# Of threads that write to one journal the next goes on at once. SQLite lets each look again now and
# then, up to a tenth of a second later: half a slot of the usual quota.
WRITING: defaultdict[str, "threading.RLock"] = defaultdict(threading.RLock)


class Journal:
    """Open a journal file; close it at every ordered end, so that its WAL is folded in.
    Raises JournalError, and calls on_wait: see schema.connect."""

    def __init__(self, path: Path, *, create: bool = False, on_wait: OnWait = in_silence) -> None:
        self.is_new = create and not path.exists()
        self.path = path.resolve()
        self._connection = schema.connect(self.path, create=create, on_wait=on_wait)
        self.be_patient = self._connection.be_patient
        self._file = file_at(self.path)
        self._shifts: Counter[tuple[int, RowStatus]] = Counter()
        self._fingerprints: list[tuple[int, int]] = []
        self._writing = WRITING[str(self.path)]
        self.transactions = 0  # so many were begun: what was read in one may be old in the next

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def execute(self, sql: str, values: Values = ()) -> sqlite3.Cursor:
        try:  # past a layer of Python: a tenth of what a run spends in the journal
            cursor = sqlite3.Connection.execute(self._connection, sql, values)
        except sqlite3.OperationalError as error:
            cursor = self._connection.go_on_waiting(error, sql, values)
        reached(sql)
        return cursor

    def execute_many(self, sql: str, values: Iterable[tuple[object, ...]]) -> None:
        self._connection.executemany(sql, values)
        reached(sql)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all that happens inside to disk at its end, or none of it.

        Raises JournalError: the disk is full, or the file is not in its place any more.
        ResumableError: the file is locked for a minute.
        """
        if file_at(self.path) != self._file:
            raise gone(self.path)
        with self._writing, told(self.path):
            self.execute(BEGIN)
            self.transactions += 1
            try:
                yield
                self._write_counts()
                self._write_fingerprints()
                self.execute(COMMIT)
            except BaseException:
                self._shifts.clear()
                self._fingerprints.clear()
                if self._connection.in_transaction:  # SQLite ends it itself on a full disk
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is as it stands at one moment; nobody waits for it."""
        with told(self.path):
            self.execute(BEGIN_READING)
            try:
                yield
            finally:
                self.execute("ROLLBACK")

    def shift(self, job: int, old: RowStatus | None, new: RowStatus, rows: int = 1) -> None:
        """Count rows that move; part of the transaction in which they do."""
        self._shifts[job, new] += rows
        if old is not None:
            self._shifts[job, old] -= rows

    def _write_counts(self) -> None:
        for job in {job for job, _ in self._shifts}:
            shifts: dict[str, object] = {status: self._shifts[job, status] for status in RowStatus}
            self.execute(ADD_COUNTS, {"job": job, **shifts})
        self._shifts.clear()

    def note_fingerprint(self, value: int, row_id: int) -> None:
        """Written together at the end of the transaction: of each statement by itself, most of the
        time is waiting for the interpreter."""
        self._fingerprints.append((value, row_id))

    def _write_fingerprints(self) -> None:
        if self._fingerprints:
            self.execute_many(INSERT_FINGERPRINT, self._fingerprints)
            self._fingerprints.clear()

    # Jobs

    def create_job(
        self, identity: Identity, layout: Layout, *, file: str, mapping: MappingText, now: int
    ) -> Job:
        """Store a new job in state staging; its rows come by `staging.stage`."""
        values = {
            "key": identity.key,
            "file": kept(file),
            "sha256": identity.sha256,
            "sheet": identity.sheet,
            "encoding": layout.encoding,
            "delimiter": layout.delimiter,
            "header": json.dumps(layout.header, ensure_ascii=False),
            "columns": packed(layout.columns),
            "area": identity.area,
            "account": identity.account,
            "generation": identity.generation,
            "key_seed": secrets.randbits(62),
            "started_at": now,
        }
        with self.transaction():
            number = self.execute(INSERT_JOB, values).lastrowid
            assert number is not None
            self.execute(INSERT_MAPPING, mapping.values(number))
            for status in RowStatus:
                self.execute(INSERT_COUNT, (number, status))
        return self.job(number)

    def drop_staged(self, job: Job) -> None:
        """Forget a job that was never staged whole, and of which nothing was sent."""
        low = job.number << 32
        values: dict[str, object] = {"job": job.number, "low": low, "high": low | 0xFFFF_FFFF}
        with self.transaction():
            for statement in (*DROP_ROWS, *DROP_JOB):
                self.execute(statement, values)

    def drop_unsent(self, job: Job) -> bool:
        """Forget a job of which no call ever left, and nobody decided on; whether it was one."""
        low = job.number << 32
        if self.execute(ANY_TRACE, {"low": low, "high": low | 0xFFFF_FFFF}).fetchone():
            return False
        with self.transaction():
            self.set_state(job, JobState.STAGING, 0)
        self.drop_staged(job)
        return True

    def job(self, number: int) -> Job:
        found = self.execute(f"{SELECT_JOB} WHERE number = ?", (number,)).fetchone()
        if found is None:
            raise self._unknown(str(number))
        return job_of(found)

    def job_by_key(self, key: str) -> Job | None:
        found = self.execute(f"{SELECT_JOB} WHERE key = ?", (key,)).fetchone()
        return job_of(found) if found else None

    def latest_job(self, identity: Identity) -> Job | None:
        """The job of that file, sheet, area and account, of the last generation."""
        values = (identity.sha256, identity.account, identity.sheet, identity.area)
        found = self.execute(LATEST_JOB, values).fetchone()
        return job_of(found) if found else None

    def find_job(self, reference: str | None) -> Job:
        """The job of that number or key; the latest where it is None. Raises JournalError."""
        if reference is None:
            found = self.execute(f"{SELECT_JOB} ORDER BY number DESC LIMIT 1").fetchone()
            if found is None:
                raise JournalError(
                    "the journal has no job yet",
                    where=str(self.path),
                    fix="start one: importer run FILE -m MAPPING",
                )
            return job_of(found)
        by_key = self.job_by_key(reference.lower())
        if by_key is not None:
            return by_key
        if reference.isascii() and reference.isdigit() and len(reference) < KEY_DIGITS:
            return self.job(int(reference))
        raise self._unknown(reference)

    def jobs(self) -> list[Job]:
        return [job_of(found) for found in self.execute(f"{SELECT_JOB} ORDER BY number")]

    def _unknown(self, reference: str) -> JournalError:
        known = [str(number) for (number,) in self.execute("SELECT number FROM job ORDER BY 1")]
        return JournalError(
            f'the journal has no job "{reference}"',
            where=str(self.path),
            fix=f"use one of: {', '.join(known)} (importer status lists them)"
            if known
            else "start one: importer run FILE -m MAPPING",
        )

    def set_state(self, job: Job, state: JobState, now: int) -> Job:
        ended_at = now if state is JobState.FINISHED else None
        self.execute(SET_STATE, {"state": state, "ended_at": ended_at, "job": job.number})
        return self.job(job.number)

    def set_file(self, job: Job, file: str) -> None:
        with self.transaction():
            self.execute(SET_FILE, {"file": kept(file), "job": job.number})

    def counts(self, job: int) -> dict[RowStatus, int]:
        found = dict(self.execute(SELECT_COUNTS, (job,)).fetchall())
        return {status: found.get(status, 0) for status in RowStatus}

    def summary(self, job: Job) -> JobSummary:
        counts = self.counts(job.number)
        return JobSummary(
            number=job.number,
            key=job.key,
            file=job.file,
            state=job.state,
            rows=sum(counts.values()),
            account=job.identity.account,
            counts=counts,
            started_at=job.started_at / 1000,
            ended_at=None if job.ended_at is None else job.ended_at / 1000,
            sheet=job.identity.sheet,
        )

    # Mappings

    def mapping(self, job: Job, version: int | None = None) -> MappingText:
        found = self.execute(SELECT_MAPPING, (job.number, version or job.version)).fetchone()
        number, name, *rest = found
        return MappingText(number, path_of(name), *rest)

    def add_mapping(self, job: Job, mapping: MappingText) -> int:
        """Store a changed mapping as the job's next version, in use from now on."""
        version: int = self.execute(LAST_VERSION, (job.number,)).fetchone()[0] + 1
        self.execute(INSERT_MAPPING, replace(mapping, version=version).values(job.number))
        self.execute(SET_VERSION, {"version": version, "job": job.number})
        return version
