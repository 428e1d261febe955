"""One file, or one job that an earlier pass left, from the folder to where it is put away.

Whatever goes wrong with it ends in its report.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from importer.drops.content import digest_of, is_ours, why_ours
from importer.drops.folders import DONE, REFUSED, keep, move, place_in, write_why
from importer.drops.likeness import HeldError, likeness, refuse_unlike
from importer.drops.scan import Found, fits, signature
from importer.drops.turns import Turns
from importer.errors import (
    ApiError,
    BusyError,
    ImporterError,
    InterruptedRunError,
    MappingError,
    ResumableError,
    SourceError,
)
from importer.jobs.again import go_on, stored_job
from importer.jobs.dropped import Seen, look_at, reading_of, write_beside
from importer.jobs.enlist import refused_words
from importer.jobs.session import Session, counted, now_ms
from importer.jobs.start import run_file
from importer.journal.drops import DropRecords, refusals
from importer.journal.job import Job
from importer.journal.trouble import accounted
from importer.model import JobState, JobSummary, RowStatus
from importer.passes import Fate, FileReport, Refusals, RefusedRow
from importer.settings import Drop

OPTION = re.compile("--(account|encoding|delimiter|sheet|header-row|range|short-rows)")
CANT_GO_ON, STOPPED = "its account can't go on", "the pass was stopped"


@dataclass(frozen=True, slots=True)
class Task:
    """A file; or, without one, a job of an earlier pass: its open rows, and its failed ones where
    `again`. begun: that job, and that of a file which an earlier pass has begun."""

    drop: Drop
    found: Found | None = None
    job: int = 0
    again: bool = False
    begun: JobSummary | None = None

    @property
    def name(self) -> str:
        return self.found.path.name if self.found else f"job {self.job}"


class ChangedFileError(ResumableError):
    """The file is another one than when it was found."""


OF_A_FILE = (HeldError, MappingError, SourceError)


@dataclass(slots=True)
class Hand:
    """At one task; as a `Turn`, it waits for its ticket."""

    session: Session
    task: Task
    ticket: int
    turns: Turns
    today: Callable[[], date]
    before: int = 0  # leads that the job had made
    seen: Seen | None = None
    why: Path | None = None  # beside a file that was refused

    # As a Turn

    def take(self) -> None:
        self.turns.wait_for(self.ticket, self.session.stop)
        if self._is_changed() or not self._is_what_was_read():
            raise self._changed()

    def _is_what_was_read(self) -> bool:
        """Whether the rows are those of the file itself: not of one that a link, which stood in
        its place for a moment, led to."""
        found, job, seen = self.task.found, self.session.job, self.seen
        if found is None or job is None or seen is None:
            return True
        read = seen.sha256 if seen.mends else job.identity.sha256
        return digest_of(found) == read == seen.sha256

    def _is_changed(self) -> bool:
        """Whether there is a file, and it is not the one that was found any more."""
        found = self.task.found
        return found is not None and signature(found.path) != found.signature

    def _changed(self) -> ChangedFileError:
        assert self.task.found is not None, "a file was changed"
        return ChangedFileError(
            "the file was changed while it was read",
            where=str(self.task.found.path),
            fix="leave it to the next pass; nothing of it was sent now",
        )

    def pass_on(self) -> None:
        self.turns.pass_on(self.ticket)

    def note(self, job: Job) -> None:
        """Before a row of the job is stored, or sent."""
        records, found, seen = self._records, self.task.found, self.seen
        last = likeness(records, found, seen) if found and seen else None
        records.note_job(job, self.task.drop.name, last)

    @property
    def _records(self) -> DropRecords:
        return DropRecords(self.session.journal)

    # The work

    def report(self) -> FileReport:
        return self._file(self.task.found) if self.task.found else self._job()

    def _job(self) -> FileReport:
        session, task = self.session, self.task
        job = stored_job(session, str(task.job))
        self.turns.claim(job.key, self.ticket, session.stop)
        self.before = session.journal.counts(job.number)[RowStatus.CREATED]
        if task.again:
            self._records.note_retry(job)
        go_on(session, job, [RowStatus.FAILED] if task.again else [])
        place, is_put_away = Path(job.file), self._is_put_away(Path(job.file))
        if not is_put_away:
            place = place_in(task.drop.folder, DONE, place.name, self.today())
        write_beside(session, place, is_file=not is_put_away)
        self._records.note_written(job, now_ms())
        again = "its failed rows were sent again" if task.again else "it went on from the journal"
        what = f"job {job.number} of an earlier pass: {again}"
        return self._said(Fate.DONE, what="; ".join(filter(None, [what, refused_words(session)])))

    def _is_put_away(self, file: Path) -> bool:
        return file.is_relative_to(self.task.drop.folder / DONE) and file.parent.is_dir()

    def _file(self, found: Found) -> FileReport:
        session, drop = self.session, self.task.drop
        if is_ours(found, self._records):
            return self._said(Fate.LEFT_ALONE, what=why_ours(found))
        seen = self.seen = self._looked_at(found)
        if not seen.mends and not fits(drop, found.path.name):
            return self._said(Fate.LEFT_ALONE, what=f"its name does not fit {drop.pattern}")
        if self.turns.claim(seen.key, self.ticket, session.stop):
            seen = self.seen = self._looked_at(found)
        if seen.job is None:
            refuse_unlike(session, session.journal, found, seen)
        else:
            self.before = session.journal.counts(seen.job.number)[RowStatus.CREATED]
            if seen.job.state is JobState.OPEN:  # perhaps begun by hand
                self.note(seen.job)
        run_file(session, found.path, None if seen.mends else drop.mapping, reading_of(drop))
        return self._put_away(found, seen)

    def _looked_at(self, found: Found) -> Seen:
        connection = self.session.connection
        account = connection.account if connection else None
        return look_at(self.session, found.path, self.task.drop, account)

    def _put_away(self, found: Found, seen: Seen) -> FileReport:
        session = self.session
        summary = session.summary()
        assert summary is not None, "a file that was run has a job"
        if summary.state not in (JobState.FINISHED, JobState.PURGED):
            return self._said(Fate.OPEN, 75, what="rows are left to be sent")
        place = place_in(self.task.drop.folder, DONE, found.path.name, self.today())
        is_copy = self._is_copy(found, seen)
        if is_copy and seen.job is not None:
            session.journal.set_file(seen.job, seen.job.file)
        elif summary.state is JobState.FINISHED:
            self._write(seen, place)
        moved = move(found, place)
        if moved is None:
            what = "its rows are sent, and it was changed since: the next pass takes what is new"
            return self._said(Fate.WAITING, 75, what=what)
        if moved != place and not (seen.mends or is_copy) and session.job is not None:
            session.journal.set_file(session.job, str(moved))
        known, code = self._known_words(seen), session.exit_code
        what = "; ".join(filter(None, [known, refused_words(session)]))
        return self._said(Fate.DONE, code, what=what, moved=moved, is_known=bool(known))

    def _is_copy(self, found: Found, seen: Seen) -> bool:
        """Whether the list stands elsewhere too, with its files beside it, and nothing was sent."""
        job = seen.job
        if job is None or seen.mends or self.session.sent_since is not None:
            return False
        is_elsewhere = Path(job.file) != found.path.resolve() and Path(job.file).is_file()
        return is_elsewhere and not self._records.owes(job)

    def _write(self, seen: Seen, place: Path) -> None:
        """What became of its rows, beside the place that the file will have."""
        session = self.session
        assert session.job is not None, "a file that was run has a job"
        self._records.note_job(session.job, self.task.drop.name)
        if seen.mends:
            keep(place)  # its rows that are still refused get a name behind it
        write_beside(session, place, is_file=not seen.mends)
        self._records.note_written(session.job, now_ms())

    def _known_words(self, seen: Seen) -> str:
        """ "" where something was new about the file."""
        if seen.job is None or seen.mends or self.session.sent_since is not None:
            return ""
        known = f"imported before, as job {seen.job.number}: nothing was sent again"
        deleted = self.session.journal.counts(seen.job.number)[RowStatus.DELETED]
        return f"{known}; undone since: {counted(deleted, 'row')}" if deleted else known

    # What it came to

    def failed(self, error: ImporterError) -> FileReport:
        if isinstance(error, OF_A_FILE) and self._is_changed():
            error = self._changed()  # what is wrong with half a file says nothing of the whole
        fate = self._fate(error)
        moved: Path | None = None
        if fate is Fate.REFUSED:
            try:
                moved = self._refuse(error)
            except ImporterError as worse:
                fate, error = Fate.BLOCKED, worse
        elif isinstance(error, ChangedFileError):
            self._forget()
        code = error.exit_code
        if isinstance(error, InterruptedRunError):
            return self._said(fate, code, what=STOPPED)
        if ends_all(error):  # which is told of the account, once
            return self._said(fate, code, what=CANT_GO_ON, where=error.where)
        fix, where = self._mended_by(error, moved), error.where
        if moved is not None and where and self.task.found:
            where = where.replace(str(self.task.found.path), str(moved))
        return self._said(fate, code, what=error.plain, where=where, fix=fix, moved=moved)

    def _mended_by(self, error: ImporterError, moved: Path | None) -> str | None:
        """How a person mends it, without what may be a row's: of a file without a header the names
        of its columns are."""
        if isinstance(error, MappingError) and moved is not None:
            more = f"; {self.why.name} tells more" if self.why else ""
            return f"mend the file, and put it into the folder again{more}"
        return by_keys(error.fix, self.task.drop.name)

    def _fate(self, error: ImporterError) -> Fate:
        match error:
            case ChangedFileError():
                return Fate.WAITING
            case ResumableError():
                return Fate.OPEN if self.session.job is not None else Fate.WAITING
        if self.task.found is None or self._is_changed():
            return Fate.BLOCKED
        return fate_of(error, self.seen)

    def _refuse(self, error: ImporterError) -> Path | None:
        found = self.task.found
        assert found is not None, "a job without a file is not refused"
        place = place_in(self.task.drop.folder, REFUSED, found.path.name, self.today())
        moved = move(found, place)
        if moved is not None:
            where = (error.where or str(moved)).replace(str(found.path), str(moved))
            lines = [*error.lines, f"  at:  {where}"]
            fix = by_keys(error.fix, found.drop.name)
            self.why = write_why(moved, [*lines, *([f"  fix: {fix}"] if fix else [])])
        return moved

    def _forget(self) -> None:
        """Of a file that was still being written no row is kept, if none was sent."""
        job = self.session.job
        if job is not None and self.session.journal.drop_unsent(job):
            self.session.job = None

    def _said(
        self,
        fate: Fate,
        code: int | None = None,
        *,
        what: str = "",
        where: str | None = None,
        fix: str | None = None,
        moved: Path | None = None,
        is_known: bool = False,
    ) -> FileReport:
        session, task = self.session, self.task
        summary = self._summary()
        counted, first = self._refusals()
        default = 0 if fate is Fate.LEFT_ALONE else session.exit_code
        files = {kind: str(path) for kind, path in session.files.items()}
        return FileReport(
            drop=task.drop.name,
            account=task.drop.account or "",
            file=_name(task, summary),
            fate=fate,
            exit_code=default if code is None else code,
            what=what,
            where=where or "",
            fix=fix or "",
            job=summary,
            created=summary.counts[RowStatus.CREATED] - self.before if summary else 0,
            moved_to=str(moved) if moved else None,
            rejects=files.get("rejects"),
            results=files.get("results"),
            report=files.get("report"),
            is_known=is_known,
            refusals=counted,
            examples=first,
        )

    def _refusals(self) -> tuple[list[Refusals], list[RefusedRow]]:
        """None also where the journal can't be read any more."""
        session = self.session
        with suppress(ImporterError), accounted(session.settings.journal.resolve()):
            if session.job is not None:
                return refusals(session.journal, session.job)
        return [], []

    def _summary(self) -> JobSummary | None:
        """None also where the journal can't be read any more."""
        with suppress(ImporterError):
            return self.session.summary()
        return None


def by_keys(fix: str | None, drop: str) -> str | None:
    """How to mend it; what is an option of `run` is a key of the drop."""
    if not fix or not OPTION.search(fix):
        return fix
    return f'{fix} (options stand as keys of the drop "{drop}" in importer.toml)'


def fate_of(error: ImporterError, seen: Seen | None) -> Fate:
    """Of a file that is still as it was found; seen: None where it could not be looked at."""
    match error:
        case HeldError():
            return Fate.HELD
        case SourceError() if not isinstance(error.__cause__, OSError):
            return Fate.REFUSED
        case MappingError() if seen is not None and error is seen.unfit:
            return Fate.REFUSED
    return Fate.BLOCKED


def _name(task: Task, summary: JobSummary | None) -> str:
    if task.found is None and summary is not None:
        return Path(summary.file).name
    return task.name


def ends_all(error: ImporterError) -> bool:
    """Whether no other file of the account would fare better."""
    match error:
        case BusyError() | ChangedFileError():
            return False
        case ResumableError():
            return True
        case ApiError():
            return not (error.names_field or error.is_of_rows)
    return False
