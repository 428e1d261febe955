"""`run FILE`: a new job, the rest of one, or a mended reject file."""

from dataclasses import replace
from pathlib import Path

from importer.errors import JournalError, SettingsError, SourceError
from importer.fields import AccountFields
from importer.intake.columns.questions import decided
from importer.intake.headers import column_names
from importer.intake.mapping import Header, Mapping, names_in, read_mapping
from importer.intake.repair import IF_NEW, is_repair
from importer.intake.source.area import read_area
from importer.intake.source.dialect import separated_by
from importer.intake.source.file import Reading, Source
from importer.intake.source.open import FIND_OUT, open_source
from importer.jobs.account_fields import fields_for_run
from importer.jobs.commands import command, note_reading
from importer.jobs.connected import check_account, connected
from importer.jobs.deliver import deliver, exit_code_of, working_on
from importer.jobs.enlist import check_list_name
from importer.jobs.look import Look, OddListError, check_columns, finding_line, refuse_open
from importer.jobs.mend import mend
from importer.jobs.remap import adopt_mapping, pad_short_rows
from importer.jobs.session import Session, counted, now_ms
from importer.journal.job import Identity, Job, Layout, MappingText
from importer.journal.staging import stage
from importer.model import ACCEPTED, REJECT_COLUMNS, RESULTS_COLUMNS, JobState, RowStatus


def run_file(
    session: Session,
    file: Path,
    mapping_path: Path | None,
    reading: Reading = FIND_OUT,
    *,
    again: bool = False,
) -> None:
    """again: send all of its rows once more.

    Raises every ImporterError; session.job and session.files say how far it came.
    """
    check_account(session)
    check_list_name(session)
    source = open_list(session, file, replace(reading, expected=names_in(mapping_path)))
    if is_repair(source.header):
        _refuse_again(source, again)
        mapping = read_mapping(mapping_path, header_of(source)) if mapping_path else None
        _open_its_journal(session)
        with connected(session) as connection:
            mend(session, source, mapping, connection)
    else:
        note_reading(session, reading)
        _import(session, source, mapping_for(source, mapping_path), reading, again=again)


def _open_its_journal(session: Session) -> None:
    """Raises JournalError: see Journal."""
    try:
        session.open_journal(create=False)
    except JournalError as error:
        if session.settings.journal.exists():
            raise
        fix = f"{error.fix}; {IF_NEW}"
        raise JournalError(error.what, where=error.where, fix=fix) from error


def _refuse_again(source: Source, again: bool) -> None:
    if again:
        raise SettingsError(
            "--again is for a list, and this is a reject file: what was accepted stays accepted",
            where=str(source.path),
            fix="run it without --again; its rows are sent",
        )


def open_list(session: Session, file: Path, reading: Reading) -> Source:
    """Raises SourceError: it can't be read, or is a file of ours that is not to be run."""
    source = open_source(file, reading)
    _refuse_own_file(session, source)
    return source


def mapping_for(source: Source, path: Path | None) -> Mapping:
    """Raises SettingsError: none is named. MappingError: see read_mapping."""
    if path is None:
        fix = "name one with -m, such as -m mappings/marketing_list.yaml"
        if ".rejects" in source.path.name:
            fix = "a reject file needs none: name its sheet with --sheet, or the row of its columns"
            fix += " with --header-row"
        raise SettingsError("a list needs a mapping", where=str(source.path), fix=fix)
    return read_mapping(path, header_of(source))


def header_of(source: Source) -> Header:
    return Header(source.path.name, source.header)


def no_rows(source: Source) -> str:
    return f"warning: {source.path.name} has no rows below its header"


def described(source: Source) -> list[str]:
    """What was found out about the file."""
    return [counted(len(source.header), "column"), *source.found]


def _refuse_own_file(session: Session, source: Source) -> None:
    """Raises SourceError: a results file, or a reject file that has lost its job."""
    names = {name.strip() for name in source.header}
    if names >= set(RESULTS_COLUMNS):
        raise SourceError(
            "this is a results file of the importer: its rows were sent already",
            where=str(source.path),
            fix="run the list itself, or the reject file that stands beside it",
        )
    if len(names & set(REJECT_COLUMNS)) > 2 and not is_repair(source.header):
        raise SourceError(
            'the reject file has no "Import Job" column, so that its rows can\'t be told',
            where=str(source.path),
            fix=f"put the column back, or mend a fresh copy: {command(session, 'rejects', None)}",
        )


def _import(
    session: Session, source: Source, mapping: Mapping, reading: Reading, *, again: bool
) -> None:
    check_columns(source, reading, mapping)
    session.open_journal(create=True)
    with connected(session) as connection:
        known = fields_for_run(session, connection, mapping)
        first = identity_of(source, connection.account, reading)
        identity = _identity(session, source, first, again=again)
        session.job = session.journal.job_by_key(identity.key)
        if session.job is not None and session.job.state is JobState.PURGED:
            _say_purged(session, session.job)
            return
        with working_on(session, identity.key):
            job = session.job = _known(session, source, identity)
            if job is None:
                _say_changed(session, source, identity)
            if job is None or job.state is JobState.STAGING:
                look = _look(session, source, reading, mapping, known)
                _store(session, source, look, identity, job)
                source.release()
            else:
                _say_known(session, job)
                session.journal.set_file(job, str(source.path.resolve()))
                adopt_mapping(session, job, mapping, known)
                if reading.pads:
                    pad_short_rows(session)
            deliver(session, connection)


def identity_of(source: Source, account: str, reading: Reading) -> Identity:
    """Of the file's first import."""
    area = str(read_area(reading.area, source.path)) if reading.area else None
    return Identity(source.sha256, account, source.sheet, area=area)


def _identity(session: Session, source: Source, first: Identity, *, again: bool) -> Identity:
    """The file's job: the last one, or with --again the one after it.

    Raises SettingsError: --again, and the first import of the file is not finished.
    """
    latest = session.journal.latest_job(first)
    generation = 1 if latest is None else latest.identity.generation
    if not again:
        return replace(first, generation=generation)
    if latest is None or latest.state in (JobState.FINISHED, JobState.PURGED):
        return replace(first, generation=generation + 1)
    if not latest.identity.is_again:
        raise SettingsError(
            f"job {latest.number} of this file is not finished: --again would send its rows twice",
            where=str(source.path),
            fix="run it without --again, which carries on; or give its rest up first:"
            f" {command(session, 'cancel', latest.number)}",
        )
    return latest.identity


def layout_of(source: Source) -> Layout:
    return Layout(source.encoding, source.delimiter, source.header, source.columns)


def _known(session: Session, source: Source, identity: Identity) -> Job | None:
    """The job that the file is already.

    Raises JournalError: it read the file otherwise, and has sent rows of it.
    """
    job = session.journal.job_by_key(identity.key)
    if job is None or job.layout == layout_of(source):
        return job
    if session.journal.drop_unsent(job):
        session.voice.say(f"read anew, otherwise than by job {job.number}, which had sent nothing")
        return None
    session.job = job
    raise JournalError(
        f"job {job.number} has read this file otherwise, and rows of it were sent or given up",
        where=f"{source.path}: then {_said(job.layout)}; now {_said(layout_of(source))}",
        fix="run it as before, without the options that say how it is read; nothing was sent now",
    )


def _said(layout: Layout) -> str:
    names = ", ".join(column_names(layout.header)[:3])
    return f"{layout.encoding}, {separated_by(layout.delimiter)}, columns {names}, …"


def _look(
    session: Session,
    source: Source,
    reading: Reading,
    mapping: Mapping,
    known: AccountFields | None,
) -> Look:
    """Raises MappingError: see refuse_open. SourceError: see Look."""
    session.voice.say(f"{source.path.name}: {', '.join(described(source))}")
    look = Look(session, source, reading, mapping, known)
    if unmapped := look.looked.builder.unmapped:
        session.voice.say(f"not in the mapping, left out: {', '.join(unmapped)}")
    refuse_open(mapping, source.header, look.looked.readings)
    return look


def _store(
    session: Session, source: Source, look: Look, identity: Identity, begun: Job | None
) -> None:
    """Store the file's rows; all of them, or so that the same command carries on."""
    journal, job = session.journal, begun
    for _ in range(2):  # a list that turns out to be odd is stored anew
        try:
            job = _stored(session, source, look, identity, job)
            break
        except OddListError:
            assert session.job is not None, "it was being stored"
            journal.drop_staged(session.job)
            session.job = job = None
            refuse_open(look.mapping, source.header, look.looked.readings)
    assert job is not None, "a list that was looked through is stored"
    session.job = job
    names = column_names(source.header)
    for rule in look.mapping.rules:
        for words in decided(rule, names, look.looked.readings):
            session.voice.say(f'"{rule.columns[0]}" is read with {words}')
    for each in look.looked.findings:
        session.voice.say(finding_line(each, with_values=not session.options.unattended))
    if not any(journal.counts(job.number).values()):
        session.voice.say(no_rows(source))


def _stored(
    session: Session, source: Source, look: Look, identity: Identity, begun: Job | None
) -> Job:
    """Raises OddListError: see Look."""
    journal, text = session.journal, look.looked.text
    if begun is not None and not _is_same(journal.mapping(begun), text):
        journal.drop_staged(begun)  # half stored by another mapping: nothing of it was sent
        begun = None
    job = session.job = begun or journal.create_job(
        identity,
        layout_of(source),
        file=str(source.path.resolve()),
        mapping=text,
        now=now_ms(),
    )
    session.made(job)

    def stored(number: int) -> None:
        session.voice.stored(number)
        session.stop.check("run the same command again; nothing was sent yet")

    try:
        return stage(journal, job, look.blocks(), look.looked.builder.screen, now_ms, stored)
    except SourceError:
        journal.drop_staged(job)  # a file that can't be read to its end has no rows to send
        session.job = None
        raise


def _is_same(one: MappingText, other: MappingText) -> bool:
    return (one.sha256, one.readings, one.fields) == (other.sha256, other.readings, other.fields)


def _say_changed(session: Session, source: Source, identity: Identity) -> None:
    """The file has other bytes than when it was last sent."""
    path = str(source.path.resolve())
    for job in reversed(session.journal.jobs()):
        same = (job.file, job.identity.account, job.identity.sheet, job.identity.area)
        if same != (path, identity.account, identity.sheet, identity.area):
            continue
        counts = session.journal.counts(job.number)
        accepted = sum(counts[status] for status in ACCEPTED)
        if accepted and job.identity.sha256 != identity.sha256:
            again = "with --again they are sent" if identity.is_again else "they are not sent"
            session.voice.say(
                f"{source.path.name} has changed since job {job.number}, which sent"
                f" {counted(accepted, 'row')} of it: where they are as they were, {again} again"
            )
        if unsettled := counts[RowStatus.SENDING]:
            session.voice.say(
                f"warning: what became of {counted(unsettled, 'call')} of job {job.number} is still"
                f" to be looked for: {command(session, 'retry', job.number)}"
            )
        return


def _say_purged(session: Session, job: Job) -> None:
    session.voice.say(
        f"this file was imported before, as job {job.number}, and its rows were purged since:"
        " nothing is sent; with --again all of it would be"
    )
    session.exit_code = exit_code_of(session.journal.counts(job.number))


def _say_known(session: Session, job: Job) -> None:
    if job.state is JobState.FINISHED:
        session.voice.say(
            f"this file was imported before, as job {job.number}: what was accepted"
            " is not sent again"
            + ("" if session.options.unattended else " (with --again it would be)")
        )
        if deleted := session.journal.counts(job.number)[RowStatus.DELETED]:
            again = command(session, "retry", job.number, "--status", "deleted")
            session.voice.say(f"{counted(deleted, 'row')} of it were undone: {again} sends them")
    else:
        session.voice.say(f"carrying on with job {job.number}")
