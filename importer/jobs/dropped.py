"""A drop's file: what it is, and where its files go once its job is finished. Nobody is asked.

It is imported by `start.run_file`, as any list, with a session that is `unattended`.
"""

from collections.abc import Mapping as ByName
from dataclasses import dataclass, field, replace
from pathlib import Path

from importer.errors import JournalError, MappingError, SettingsError, SourceError
from importer.intake.mapping import names_in, read_mapping
from importer.intake.profile import mapped_columns, profile_of
from importer.intake.repair import is_repair, read_repair
from importer.intake.source.file import Reading, Source
from importer.jobs.commands import command
from importer.jobs.deliver import write_files
from importer.jobs.enlist import calls_to_add
from importer.jobs.look import check_columns
from importer.jobs.mend import job_of, refuse_purged_job
from importer.jobs.session import Session
from importer.jobs.start import identity_of, mapping_for, open_list
from importer.journal.job import Identity, Job
from importer.journal.journal import Journal
from importer.journal.lock import held
from importer.model import JobState
from importer.profile import FileProfile
from importer.settings import Drop

KNOWN = frozenset({JobState.OPEN, JobState.FINISHED, JobState.PURGED})


@dataclass(frozen=True, slots=True)
class Seen:
    """key: of the job that the file is, or would be. job: that job, where its rows are stored.
    mends: it is a mended reject file. profile, mapped: of a list; mapped: the columns that the
    mapping takes, and whether they may be missing. unfit: why the mapping can't take it.
    """

    sha256: str
    key: str
    job: Job | None = None
    mends: bool = False
    profile: FileProfile | None = None
    mapped: ByName[str, bool] = field(default_factory=dict)
    unfit: MappingError | None = None


def reading_of(drop: Drop) -> Reading:
    """How the drop's files are read."""
    return Reading(
        encoding=drop.encoding,
        delimiter=drop.delimiter,
        sheet=drop.sheet,
        header_row=drop.header_row,
        pads=drop.pads,
        area=drop.area,
    )


def look_at(session: Session, file: Path, drop: Drop, account: str | None) -> Seen:
    """account: None where it is not known yet. No call is made, and nothing is stored.

    Raises SourceError: it can't be read, or is a reject file of no job.
    """
    reading = reading_of(drop)
    source = open_list(session, file, replace(reading, expected=names_in(drop.mapping)))
    try:
        if is_repair(source.header):
            return _seen_repair(session, source)
        journal = _journal(session)
        identity = identity_of(source, account or "", reading)
        job = journal.latest_job(identity) if journal and account else None
        if job is not None and job.state not in KNOWN:
            job = None
        return _seen_list(session, source, drop.mapping, reading, job or identity)
    finally:
        source.release()


def calls_for_known(journal: Journal, job: Job, drop: Drop) -> int:
    """That a file takes whose job has no row to send: its leads may not be on the list yet."""
    return calls_to_add(journal, job, mapping=read_mapping(drop.mapping))


def _journal(session: Session) -> Journal | None:
    """None where there is none yet."""
    return session.open_journal(create=False) if session.settings.journal.exists() else None


def _seen_repair(session: Session, source: Source) -> Seen:
    """Raises SourceError: its job is not known, or its rows are gone."""
    if _journal(session) is None:
        raise SourceError(
            "this is a reject file, and there is no journal that knows its job",
            where=str(source.path),
            fix="name the journal of that job in importer.toml",
        )
    repair = read_repair(source, command(session, "rejects", None))
    try:
        job = job_of(session.journal, source, repair)
        refuse_purged_job(job, source)
    except JournalError as error:
        raise SourceError(error.what, where=error.where, fix=error.fix) from error
    return Seen(source.sha256, job.key, job, mends=True)


def _seen_list(
    session: Session, source: Source, path: Path, reading: Reading, known: Job | Identity
) -> Seen:
    mapped: dict[str, bool] = {}
    unfit: MappingError | None = None
    try:
        mapping = mapping_for(source, path)
        mapped = mapped_columns(mapping)
        check_columns(source, reading, mapping)
    except MappingError as error:
        unfit = error

    def watch() -> None:
        session.stop.check("run it again; nothing was sent yet")

    profile = profile_of(source, reading, watch)
    job = known if isinstance(known, Job) else None
    return Seen(source.sha256, known.key, job, profile=profile, mapped=mapped, unfit=unfit)


def write_beside(session: Session, place: Path, *, is_file: bool) -> None:
    """Write the finished job's rejects, results and report into the folder of `place`;
    session.files has them. is_file: the list will be at that path, and the journal knows it by
    that from now on.

    Raises SettingsError: they can't be written. BusyError: another importer has the job.
    """
    job = session.job
    assert job is not None, "its rows were stored"
    with held(session.journal.path, f"job-{job.key}"):
        job = session.journal.job(job.number)
        if is_file:
            session.journal.set_file(job, str(place))
            job = session.job = session.journal.job(job.number)
        if job.state is not JobState.FINISHED:
            return
        try:
            write_files(session, job, place.parent, report=True)
        except SettingsError as error:
            fix = "make room there, and let the passes write into it; its rows are not sent again"
            raise SettingsError(error.what, where=error.where, fix=fix) from error


def refuse_unreadable(mapping: Path) -> None:
    """Raises MappingError: it is not sound in itself, so that no file can be imported by it."""
    read_mapping(mapping)
