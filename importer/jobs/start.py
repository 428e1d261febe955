"""`run FILE`: a new job, the rest of one, or a mended reject file."""

import os
from pathlib import Path

from importer.errors import SettingsError, SourceError
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import Mapping, read_mapping
from importer.intake.repair import is_repair
from importer.intake.source import Source, open_source
from importer.jobs.deliver import check_account, connected, deliver, working_on
from importer.jobs.mend import mend
from importer.jobs.remap import adopt_mapping
from importer.jobs.session import Session, counted, now_ms
from importer.journal.journal import Identity, Job, Layout, MappingText
from importer.journal.staging import stage
from importer.model import ACCEPTED, REJECT_COLUMNS, RESULTS_COLUMNS, JobState

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def run_file(session: Session, file: Path, mapping_path: Path | None) -> None:
    """Raises every ImporterError; session.job and session.files say how far it came."""
    check_account(session)
    mapping = read_mapping(mapping_path) if mapping_path else None
    source = open_source(file)
    refuse_own_file(source)
    if is_repair(source.header):
        session.open_journal(create=False)
        with connected(session) as connection:
            mend(session, source, mapping, connection)
    elif mapping is None:
        raise SettingsError(
            "run needs a mapping",
            where=str(file),
            fix="name one with -m, such as -m mappings/marketing_list.yaml",
        )
    else:
        _import(session, source, mapping)


def refuse_own_file(source: Source) -> None:
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
            fix="put the column back, or mend a fresh copy: importer rejects",
        )


def _import(session: Session, source: Source, mapping: Mapping) -> None:
    builder = LeadBuilder(mapping, source.header, file=source.path.name)
    session.open_journal(create=True)
    with connected(session) as connection:
        identity = Identity(source.sha256, connection.account)
        with working_on(session, identity.key):
            job = session.job = session.journal.job_by_key(identity.key)
            if job is None:
                _say_changed(session, source, identity)
            if job is None or job.state is JobState.STAGING:
                job = session.job = _store(session, source, mapping, builder, identity, job)
            else:
                _say_known(session, job)
                session.journal.set_file(job, _shown(source.path))
                adopt_mapping(session, job, mapping)
            deliver(session, connection)


def _store(
    session: Session,
    source: Source,
    mapping: Mapping,
    builder: LeadBuilder,
    identity: Identity,
    begun: Job | None,
) -> Job:
    """Store the file's rows; all of them, or so that the same command carries on."""
    session.voice.say(
        f"{source.path.name}: {len(source.header)} columns, {source.encoding.upper()},"
        f" separated by {DELIMITERS[source.delimiter]}"
    )
    if builder.unmapped:
        session.voice.say(f"not in the mapping, left out: {', '.join(builder.unmapped)}")
    journal = session.journal
    text = MappingText(1, mapping.name, mapping.text, mapping.sha256)
    if begun is not None and journal.mapping(begun).sha256 != mapping.sha256:
        journal.drop_staged(begun)  # half stored by another mapping: nothing of it was sent
        begun = None
    job = session.job = begun or journal.create_job(
        identity,
        Layout(source.encoding, source.delimiter, source.header),
        file=_shown(source.path),
        mapping=text,
        now=now_ms(),
    )

    def stored(number: int) -> None:
        session.voice.stored(number)
        session.stop.check("run the same command again; nothing was sent yet")

    try:
        job = stage(journal, job, source.blocks(), builder.screen, now_ms, stored)
    except SourceError:
        journal.drop_staged(job)  # a file that can't be read to its end has no rows to send
        session.job = None
        raise
    if not any(journal.counts(job.number).values()):
        session.voice.say(f"warning: {source.path.name} has no rows below its header")
    return job


def _say_changed(session: Session, source: Source, identity: Identity) -> None:
    """The file of an earlier job has other bytes now: its rows are new ones to us."""
    path = _shown(source.path)
    for job in session.journal.jobs():
        counts = session.journal.counts(job.number)
        accepted = sum(counts[status] for status in ACCEPTED)
        if (job.file, job.identity.account) == (path, identity.account) and accepted:
            session.voice.say(
                f"warning: {source.path.name} has changed since job {job.number}, which sent"
                f" {counted(accepted, 'row')} of it: the account refuses those again by their"
                " e-mail or phone, but makes a second lead of rows with neither"
            )


def _shown(path: Path) -> str:
    """The absolute path; a name of other bytes than UTF-8 as it can be shown."""
    return os.fsencode(path.resolve()).decode("utf-8", "backslashreplace")


def _say_known(session: Session, job: Job) -> None:
    if job.state is JobState.FINISHED:
        session.voice.say(
            f"this file was imported before, as job {job.number}: what was accepted"
            " is not sent again"
        )
    else:
        session.voice.say(f"carrying on with job {job.number}")
