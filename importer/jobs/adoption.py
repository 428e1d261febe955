"""Is the lead that a person names the one that a row in doubt has made?

A wrong Id must not be taken silently: the account has to show the lead, with the row's unique
values and names, and no other row may have it.
"""

from dataclasses import replace
from uuid import UUID

from importer.delivery.ask import ask, kept_at
from importer.delivery.connection import Connection
from importer.delivery.evidence import NAMES, has_stamp, lead_id_of, same
from importer.delivery.lookups import Record, by_id, read_flat
from importer.errors import ApiError, SettingsError
from importer.jobs.commands import command
from importer.jobs.known import SENT_BEFORE
from importer.jobs.recipes import Builders
from importer.jobs.session import Session, now_ms
from importer.journal.history import holder_of
from importer.journal.journal import Journal
from importer.journal.rows import JournalRow, Rows
from importer.model import Lead

COPY_ID = "copy the Id from the address of the lead's page, behind LeadID="


def check_lead(session: Session, connection: Connection, row: JournalRow, lead_id: UUID) -> None:
    """Raises SettingsError: the row can't have made that lead. ApiError, ResumableError."""
    assert session.job is not None, "the job is known"
    refuse_held(session.journal, lead_id)
    record = _shown(session, connection, row, lead_id)
    builders = Builders(session.journal, session.job)
    lead = builders.build(row)
    assert isinstance(lead, Lead), "it was sent"
    if row.code == SENT_BEFORE:  # by another row, with a stamp of its own
        lead = replace(lead, stamp=None)
    differing = [builders.column(name) for name in _differing(record, lead)]
    if differing:
        look = command(session, "status", session.job.number, "--row", row.number)
        raise SettingsError(
            f"lead {lead_id} is not the one that row {row.number} sent: it differs in"
            f" {', '.join(differing)}",
            where="--mark-created",
            fix=f"compare it with the row: {look}; nothing was changed",
        )


def refuse_held(journal: Journal, lead_id: UUID) -> None:
    """Raises SettingsError: another row has created that lead."""
    holder = holder_of(journal, lead_id)
    if holder is not None:
        job, number = holder
        raise SettingsError(
            f"row {number} of job {job} has created that lead",
            where="--mark-created",
            fix="look for another lead that this row may have made; nothing was changed",
        )


def _shown(session: Session, connection: Connection, row: JournalRow, lead_id: UUID) -> Record:
    """The lead of that Id as the account shows it."""
    assert session.job is not None, "the job is known"
    rows = Rows(session.journal, session.job)
    begin = kept_at(rows, row.number, now_ms, connection.ahead_ms)
    reply = ask(connection, by_id(lead_id), session.stop.sleep, begin)
    records = read_flat(reply)
    if records is None:
        raise ApiError(
            f"{connection.api.host} does not show the lead:"
            f" {reply.exception[1] or f'HTTP {reply.status}'}",
            fix="mend what the message says, then run the same command again; nothing was changed",
        )
    for record in records:
        if lead_id_of(record) == lead_id:  # a server that ignores the Id shows any lead
            return record
    raise ApiError(
        f"the account has no lead {lead_id}",
        where=connection.name or connection.account,
        fix=f"{COPY_ID}; nothing was changed",
    )


def _differing(record: Record, lead: Lead) -> list[str]:
    """Unique fields and names that were sent, and that the record shows otherwise or not; where it
    shows the stamp's field, that alone tells."""
    stamped = has_stamp(record, lead)
    if stamped is not None and lead.stamp is not None:
        return [] if stamped else [lead.stamp.field]
    return [
        name
        for name, sent in lead.values.items()
        if name in {*lead.keys, *NAMES} and not same(name, sent, record.get(name) or "")
    ]
