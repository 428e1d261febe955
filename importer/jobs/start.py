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
from importer.jobs.session import Session, now_ms
from importer.journal.journal import Identity, Job, Layout, MappingText
from importer.journal.staging import stage
from importer.model import JobState

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def run_file(session: Session, file: Path, mapping_path: Path | None) -> None:
    """Raises every ImporterError; session.job and session.files say how far it came."""
    check_account(session)
    mapping = read_mapping(mapping_path) if mapping_path else None
    source = open_source(file)
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


def _import(session: Session, source: Source, mapping: Mapping) -> None:
    builder = LeadBuilder(mapping, source.header, file=source.path.name)
    session.open_journal(create=True)
    with connected(session) as connection:
        identity = Identity(source.sha256, connection.account)
        with working_on(session, identity.key):
            job = session.job = session.journal.job_by_key(identity.key)
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
        return stage(journal, job, source.blocks(), builder.screen, now_ms, stored)
    except SourceError:
        journal.drop_staged(job)  # a file that can't be read to its end has no rows to send
        session.job = None
        raise


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
