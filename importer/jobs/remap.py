"""Rows that are made anew: for a changed mapping, or because a person mended or asked for them.

Rows that were accepted, or may have been, keep what they were sent with.
"""

from dataclasses import replace

from importer.delivery.connection import Connection
from importer.fields import AccountFields
from importer.intake.account.stored import dump_part, load_part, part_of
from importer.intake.columns.survey import survey_rows
from importer.intake.mapping import Mapping, load_mapping
from importer.jobs.account_fields import fields_for_run
from importer.jobs.look import refuse_open, text_of
from importer.jobs.recipes import Builders, Built, make_builder
from importer.jobs.session import Session, counted, now_ms
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import JournalRow, Rows
from importer.journal.staging import mark_leads, outcome_of, rekey, stored_blocks
from importer.model import SKIP_IF, Lead, RowStatus

REMADE = frozenset(
    {
        RowStatus.PENDING,
        RowStatus.FAILED,
        RowStatus.INVALID,
        RowStatus.REJECTED,
        RowStatus.DUPLICATE,
    }
)


def adopt_mapping(
    session: Session, job: Job, mapping: Mapping, known: AccountFields | None
) -> None:
    """Use the mapping for the job from now on, where it is not the one in use, or where the account
    has changed since in what the mapping feeds. known: of the account; None where nothing is."""
    journal = session.journal
    used = journal.mapping(job)
    known = part_of(known, mapping)
    is_changed = used.sha256 != mapping.sha256
    if not is_changed and (known is None or used.fields == dump_part(known)):
        return
    known = known or part_of(load_part(used.fields), mapping)
    readings = survey_rows(job.layout.header, stored_blocks(journal, job), mapping)
    refuse_open(mapping, job.layout.header, readings)
    builder = make_builder(mapping, job, readings, known)
    with journal.transaction():
        old = Builders(journal, job)
        version = journal.add_mapping(job, text_of(mapping, readings, known))
        session.job = job = journal.job(job.number)
        rows, new = Rows(journal, job), Builders(journal, job)
        remade = 0
        for row in rows.of_status({*REMADE, RowStatus.SKIPPED}):
            if row.status is RowStatus.SKIPPED and row.code != SKIP_IF:
                continue  # it was sent before, its lead is there, or a person gave it up
            changed = replace(row, version=version)
            rows.set_version(row.number, version)
            built = new.build(changed)
            if built != old.build(row):
                remade += 1
                place(rows, row, built)
        rekey(journal, job, builder.screen)
        leads = {row.number: new.build(row) for row in rows.own_cells()}
        mark(journal, job, leads, new)
    if remade:
        session.voice.say(
            f"{'the mapping' if is_changed else 'what the account takes'} changed:"
            f" {counted(remade, 'row')} not yet accepted made anew by it"
        )


def take_account(
    session: Session, job: Job, mapping: Mapping | None, connection: Connection
) -> None:
    """Use the mapping, or else the job's own, with what is known of the account now.

    Raises MappingError: the account would refuse every row by a mapping that is named.
    """
    used = session.journal.mapping(job)
    own = mapping or load_mapping(used.text, name=used.name)
    known = fields_for_run(session, connection, own, refuses=mapping is not None)
    adopt_mapping(session, job, own, known)


def pad_short_rows(session: Session) -> None:
    """Fill the rows that were refused for being narrower than the header, and let them be sent."""
    assert session.job is not None, "the job is known"
    journal, job = session.journal, session.job
    rows, builders, width = Rows(journal, job), Builders(journal, job), len(job.layout.header)
    made: dict[int, Built] = {}
    with journal.transaction():
        for row in rows.of_status([RowStatus.INVALID]):
            if len(row.cells) >= width:
                continue
            cells = (*row.cells, *[""] * (width - len(row.cells)))
            rows.set_cells(row.number, cells, row.kinds)
            made[row.number] = built = builders.build(replace(row, cells=cells))
            place(rows, row, built)
        mark(journal, job, made, builders)
    if made:
        session.voice.say(f"filled with blank cells: {counted(len(made), 'row')}")


def place(rows: Rows, row: JournalRow, built: Built) -> None:
    """Let a row that is in no lead's place be sent, or not, as what it makes now."""
    now = now_ms()
    rows.requeue(row.number, row.status, now)
    if not isinstance(built, Lead):
        rows.finish(row.number, outcome_of(built), now, old=RowStatus.PENDING, counted=False)


def mark(journal: Journal, job: Job, built: dict[int, Built], builders: Builders) -> None:
    """Let the rows of these numbers be found by the values that they have now."""
    leads = {number: lead for number, lead in built.items() if isinstance(lead, Lead)}
    mark_leads(journal, job, leads, builders.version(job.version).unique)
