"""`purge`: the rows of a job leave the journal for good. Asked first; files on disk are named only.

What stays: the job with its counts, the times of its calls, the fingerprints of accepted rows.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from importer.errors import JournalError, SettingsError
from importer.jobs.commands import command
from importer.jobs.recipes import Builders
from importer.jobs.session import Session, counted, now_ms
from importer.journal.decisions import was_decided
from importer.journal.fingerprints import Fingerprints
from importer.journal.job import Job
from importer.journal.lock import held
from importer.journal.outputs import outputs
from importer.journal.purge import Kept, drop, has_free_pages, pack, remove_rows
from importer.journal.rows import Rows
from importer.model import ACCEPTED, OPEN, JobState, JobSummary, Lead, RowStatus
from importer.shown import PurgeReport

EXAMPLE = ("--older-than", "90d")
AGE = re.compile(r"(\d{1,5})d", re.ASCII)
DAY_MS = 86_400_000
SAID_EVERY = 100_000  # rows
DOUBTFUL = (RowStatus.IN_DOUBT, RowStatus.SKIPPED)  # of these, those that were given up
KINDS = ("results", "rejects", "report", "undo")  # of outputs


def purge_jobs(
    session: Session,
    reference: str | None,
    older_than: str | None,
    *,
    confirm: Callable[[Sequence[str]], bool],
) -> None:
    """Purge one job, or those that ended so long ago; session.shown says what was done.

    Raises SettingsError: neither or both are named. JournalError: the job has rows to send.
    ResumableError: a run is at work on this journal.
    """
    before = _read_age(session, reference, older_than)
    if before is None:
        session.job = session.journal.find_job(reference)
        jobs, left = [session.job], list[tuple[int, str]]()
        _refuse_open(session, session.job)
    else:
        jobs, left = _old(session, before)
    _refuse_while_at_work(session)
    fresh = [job for job in jobs if job.state is not JobState.PURGED]
    if fresh and not confirm(_question(session, fresh)):
        session.shown = PurgeReport((), left, ())
        return
    _refuse_while_at_work(session)
    for job in fresh:
        _purge(session, job)
    _pack(session, is_due=bool(jobs))
    if jobs and not fresh:
        session.voice.say(f"job {jobs[0].number} was purged before; the journal was packed again")
    named = [(job.number, Path(job.file).name) for job in jobs]
    files = [path for job in jobs for path in _files(session, job)]
    session.shown = PurgeReport(named, left, files)


def _read_age(session: Session, reference: str | None, older_than: str | None) -> int | None:
    """Until when a job must have ended, ms; None where one is named."""
    if (reference is None) == (older_than is None):
        what = "purge needs a job or an age"
        what += "" if reference is None else ", and both were given"
        one, old = command(session, "purge", "JOB"), command(session, "purge", None, *EXAMPLE)
        raise SettingsError(what, fix=f"use one of: {one}, or: {old}")
    if older_than is None:
        return None
    found = AGE.fullmatch(older_than.strip())
    if not found:
        raise SettingsError(
            f'this is no number of days: "{older_than}"',
            where="--older-than",
            fix="write it so: 90d",
        )
    return now_ms() - int(found[1]) * DAY_MS


# Which jobs


def _old(session: Session, before: int) -> tuple[list[Job], list[tuple[int, str]]]:
    """The jobs that ended before, and those of that age that stay, with the reason."""
    jobs, left = [], []
    for job in session.journal.jobs():
        ended = job.started_at if job.ended_at is None else job.ended_at
        if job.state is JobState.PURGED or ended > before:
            continue
        if job.state is JobState.STAGING:
            way = command(session, "purge", job.number)
            left.append((job.number, f"not all of its rows are stored: {way}"))
        elif waiting := _open_rows(session, job):
            left.append((job.number, f"{counted(waiting, 'row')} of it are open"))
        else:
            jobs.append(job)
    return jobs, left


def _open_rows(session: Session, job: Job) -> int:
    counts = session.journal.counts(job.number)
    return sum(counts[status] for status in OPEN)


def _refuse_open(session: Session, job: Job) -> None:
    """A job that is not stored whole has sent nothing, and may go."""
    if job.state in (JobState.STAGING, JobState.PURGED):
        return
    if waiting := _open_rows(session, job):
        finish, give_up = (command(session, name, job.number) for name in ("retry", "cancel"))
        raise JournalError(
            f"job {job.number} has {counted(waiting, 'row')} whose sending is not finished",
            where=job.file,
            fix=f"finish it: {finish}; or give them up: {give_up}",
        )


def _refuse_while_at_work(session: Session) -> None:
    """Raises ResumableError: another process has one of the journal's jobs."""
    for job in session.journal.jobs():
        with held(session.journal.path, f"job-{job.key}"):
            pass


# The question


def _question(session: Session, jobs: list[Job]) -> list[str]:
    """Its lines."""
    summaries = [session.journal.summary(job) for job in jobs]
    return [
        "These leave the journal for good:",
        *(f"  {_named(summary)}" for summary in summaries),
        "Cells, lead Ids and reasons go; counts, the mapping, the times of calls and the"
        " fingerprints of accepted rows stay. Leads in the account are left as they are.",
        *(f"  {_lost(summary)}" for summary in summaries if _lost(summary)),
        "Purge?",
    ]


def _named(summary: JobSummary) -> str:
    name = Path(summary.file).name
    return f"job {summary.number} ({name}), {counted(summary.rows, 'row')}"


def _lost(summary: JobSummary) -> str:
    """What can't be done after."""
    doubtful, failed = (summary.counts[s] for s in (RowStatus.IN_DOUBT, RowStatus.FAILED))
    parts = [f"{doubtful:,} in_doubt"] if doubtful else []
    parts += [f"{failed:,} failed"] if failed else []
    if not parts:
        return ""
    return f"job {summary.number}: {' and '.join(parts)} can't be resolved or sent again after"


# The work


def _purge(session: Session, job: Job) -> None:
    journal = session.journal
    with held(journal.path, f"job-{job.key}"):
        job = journal.job(job.number)
        if job.state is JobState.STAGING:
            drop(journal, job)
            session.job = None
            return
        _refuse_open(session, job)
        kept = partial(_kept, session, job)
        done = remove_rows(journal, job, kept(ACCEPTED), kept(DOUBTFUL), now_ms())
        if session.job is not None:
            session.job = done


def _kept(session: Session, job: Job, statuses: Iterable[RowStatus]) -> Iterator[Kept]:
    """Rows that must be known again, each with the fingerprint of what it was sent as."""
    fingerprints = Fingerprints(session.journal, job.identity.account)
    builders = Builders(session.journal, job)
    for count, row in enumerate(Rows(session.journal, job).of_status(statuses), start=1):
        if row.status is RowStatus.SKIPPED and not _is_given_up(session, job, row.number):
            continue
        lead = builders.build(row)
        yield row.number, fingerprints.of(lead) if isinstance(lead, Lead) else None
        if count % SAID_EVERY == 0:
            session.voice.say(f"kept the fingerprints of {count:,} rows")
            session.stop.check("run the same command again; this job is still whole")


def _is_given_up(session: Session, job: Job, number: int) -> bool:
    """While it was in doubt; a row that was cancelled before it was sent is not."""
    return was_decided(session.journal, (job.number << 32) + number, "give_up")


def _pack(session: Session, *, is_due: bool) -> None:
    """Also after a purge that was killed before it came to this."""
    purged = any(job.state is JobState.PURGED for job in session.journal.jobs())
    if is_due or (purged and has_free_pages(session.journal)):
        pack(session.journal)


def _files(session: Session, job: Job) -> Iterator[str]:
    """The list itself, and what was written for it, where they are still on disk."""
    written = [path for kind in KINDS for path in outputs(session.journal, job, kind)]
    for path in [job.file, *written]:
        if os.path.exists(path):
            yield path
