"""`salvage`: what can still be read of a damaged journal, as files; that stays as it is."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

from importer.errors import JournalError
from importer.jobs.session import Session, counted
from importer.journal.lock import held
from importer.journal.records import SavedJob
from importer.journal.salvage import Salvage, SavedRow, salvage
from importer.journal.saved import flaw_to_others
from importer.journal.wal import TORN
from importer.model import ACCEPTED, JobState, RowStatus
from importer.results.files import check_writable
from importer.results.salvaged import write_salvaged
from importer.shown import SalvagedJob, SalvageReport

SAID_EVERY = 100_000  # rows


def salvage_all(session: Session) -> None:
    """Write a file for each job; session.shown says what was saved, and the exit code is 1 where
    something was not.

    Raises JournalError: nothing of it can be read, or there is no room for a copy. ResumableError:
    a run is at work on it. SettingsError: the folder can't be written.
    """
    journal = session.settings.journal.resolve()
    folder = session.options.out or Path.cwd()
    check_writable(folder)
    with ExitStack() as entered:
        _refuse_while_at_work(journal, entered)
        with salvage(journal) as found:
            jobs = [_saved(session, found, job, folder) for job in found.jobs]
            damage = [*([] if found.is_whole else [TORN]), *found.flaws]
        if not damage and (flaw := flaw_to_others(journal)):
            damage = [flaw]
    session.shown = SalvageReport(str(journal), jobs, damage)
    session.exit_code = 0 if session.shown.is_all else 1


def _refuse_while_at_work(journal: Path, entered: ExitStack) -> None:
    """Hold the locks that there are; where none can be held, nobody can write the journal."""
    for lock in sorted(journal.with_name(f"{journal.name}.locks").glob("job-*.lock")):
        with suppress(JournalError):
            entered.enter_context(held(journal, lock.stem))


def _saved(session: Session, found: Salvage, job: SavedJob, folder: Path) -> SalvagedJob:
    told: Counter[str] = Counter()
    path = None
    if job.state is not JobState.PURGED:
        width = len(job.header) or _width(found.rows(job))
        path = write_salvaged(job, _counted(session, found.rows(job), told), width, folder)
        session.voice.say(f"job {job.number}: {counted(told['rows'], 'row')} written")
    return SalvagedJob(
        number=job.number,
        key=job.key,
        file=job.file,
        whole=told["whole"],
        no_cells=told["no_cells"],
        unknown=told["unknown"],
        pending=told["pending"],
        no_id=told["no_id"],
        lost=_lost(job, told["rows"]),
        path=None if path is None else str(path),
    )


def _width(rows: Iterable[SavedRow]) -> int:
    return max((len(row.cells or ()) for row in rows), default=0)


def _lost(job: SavedJob, rows: int) -> int | None:
    if job.state is JobState.PURGED:
        return 0
    total = None if job.counts is None else sum(job.counts.values())
    return None if total is None or total < rows else total - rows


def _counted(session: Session, rows: Iterable[SavedRow], told: Counter[str]) -> Iterator[SavedRow]:
    for row in rows:
        told["rows"] += 1
        told["unknown" if row.status is None else "whole" if row.cells else "no_cells"] += 1
        told["pending"] += row.status is RowStatus.PENDING
        told["no_id"] += row.status in ACCEPTED and row.lead_id is None
        yield row
        if told["rows"] % SAID_EVERY == 0:
            session.voice.say(f"written: {told['rows']:,} rows")
            session.stop.check("run it again; the journal is as it was")
