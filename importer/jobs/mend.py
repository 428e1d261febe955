"""A mended reject file goes back into its job: its rows keep their identity.

What was accepted meanwhile is not sent again, and that is said. A row without an `Import Row` is
new, and gets the job's next free number.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from importer.delivery.connection import Connection
from importer.errors import JournalError, SourceError
from importer.intake.excel import is_as_shown
from importer.intake.mapping import Mapping
from importer.intake.repair import IF_NEW, Repair, RepairRow, align, read_repair, without_marks
from importer.intake.source.file import Source
from importer.jobs.commands import command, run_again
from importer.jobs.connected import refuse_other_account
from importer.jobs.deliver import day_of, deliver, working_on
from importer.jobs.edits import AddedRows, Edits, as_written
from importer.jobs.recipes import Builders, Built
from importer.jobs.remap import REMADE, mark, place, take_account
from importer.jobs.session import Session, now_ms
from importer.journal.decisions import note_decision
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import JournalRow, Rows
from importer.journal.staging import stored_up_to
from importer.model import JobState, RowStatus

MOST_LISTED = 10


@dataclass(slots=True)
class Mended:
    """What the rows of a reject file came to. new: the numbers of the added ones; left: rows that
    are not touched, by status; ignored: those of them that differ here."""

    mended: int = 0
    unmended: int = 0
    new: list[int] = field(default_factory=list)
    left: Counter[RowStatus] = field(default_factory=Counter)
    ignored: list[int] = field(default_factory=list)
    built: dict[int, Built] = field(default_factory=dict)


def mend(session: Session, source: Source, mapping: Mapping | None, connection: Connection) -> None:
    """Put the file's rows into their job and send them. Raises every ImporterError."""
    repair = read_repair(source, command(session, "rejects", None))
    job = job_of(session.journal, source, repair)
    refuse_purged_job(job, source)
    refuse_other_account(job, connection)
    if source.sheet is not None and not job.layout.columns:
        repair = without_marks(repair)
    fresh = command(session, "rejects", job.number)
    where = str(source.path)
    columns = align(repair.header, job.layout.header, repair.rows, where=where, fresh=fresh)
    with working_on(session, job.key):
        job = session.journal.job(job.number)
        refuse_purged_job(job, source)
        session.job = job
        session.options = replace(session.options, out=session.options.out or _folder(source))
        if job.state is JobState.STAGING:
            raise _not_stored(session, job)
        numbered = _numbered(Rows(session.journal, job), source, repair.rows, columns)
        take_account(session, job, mapping, connection)
        _take_in(session, numbered, columns)
        deliver(session, connection)


def job_of(journal: Journal, source: Source, repair: Repair) -> Job:
    """The job whose key the file has, perhaps as a spreadsheet shows it: twelve digits that may
    look like a number. Raises JournalError: there is none."""
    job = journal.job_by_key(repair.job_key)
    if job is not None:
        return job
    alike = [each for each in journal.jobs() if is_as_shown(each.key, repair.job_key)]
    if len(alike) != 1:
        raise _unknown(journal, source, repair.job_key)
    return alike[0]


def _numbered(
    rows: Rows, source: Source, repair_rows: Sequence[RepairRow], columns: Sequence[int]
) -> list[RepairRow]:
    """The file's rows, each with its number in the job; the ones that are new there have none.

    Raises SourceError: the job has no such row.
    """
    stored = stored_up_to(rows.journal, rows.job)
    added = AddedRows([row for row in rows.own_cells() if row.number > stored])
    found = []
    for each in repair_rows:
        if each.import_row is None:
            number = added.take(_cells(each, columns))
            found.append(replace(each, import_row=number))
        elif rows.row(each.import_row) is None:
            raise _no_such_row(source, each)
        else:
            found.append(each)
    return found


def _take_in(session: Session, repair_rows: Sequence[RepairRow], columns: Sequence[int]) -> None:
    assert session.job is not None, "the job is known"
    journal, job = session.journal, session.job
    rows, builders, found = Rows(journal, job), Builders(journal, job), Mended()
    edits = Edits(job, builders)
    with journal.transaction():
        for each in repair_rows:
            cells = _cells(each, columns)
            kinds = "".join(each.kinds[index : index + 1] for index in columns)
            number = each.import_row
            if number is None:
                number = rows.last_number() + 1
                rows.add(number, cells, kinds)
                _again(rows, builders, _row(rows, number), found)
                found.new.append(number)
                continue
            row = _row(rows, number)
            cells, kinds = edits.of(row, cells, kinds)
            _put_back(rows, builders, row, cells, kinds, found)
        mark(journal, job, found.built, builders)
    for line in (_said(found), *edits.said(), *_ignored(found)):
        session.voice.say(line)


def _put_back(
    rows: Rows,
    builders: Builders,
    row: JournalRow,
    cells: tuple[str, ...],
    kinds: str,
    found: Mended,
) -> None:
    """Let a row that the job knows be sent with these cells, if it may be sent."""
    is_edited = cells != as_written(row, len(rows.job.layout.header))
    if row.status not in REMADE:
        found.left[row.status] += 1
        if is_edited:
            found.ignored.append(row.number)
    elif is_edited or _is_cut(row, rows.job):
        found.mended += 1
        _note(rows, row, "mend")
        rows.set_cells(row.number, cells, kinds)
        _again(rows, builders, replace(row, cells=cells, kinds=kinds), found)
    else:
        found.unmended += 1
        _note(rows, row, "retry")
        _again(rows, builders, row, found)


def _note(rows: Rows, row: JournalRow, what: str) -> None:
    """Keep what became of the row before: its own outcome will be the next one's."""
    parts = ", ".join(filter(None, (row.status, row.code)))
    former = f"{parts}: {row.reason}" if row.reason else parts
    note_decision(rows.journal, rows.job.number << 32 | row.number, what, former, now_ms())


def _is_cut(row: JournalRow, job: Job) -> bool:
    """A workbook's row with text under no column: a person who runs its row without that text has
    left it out. A CSV's may have its cells in wrong columns."""
    return bool(job.layout.columns) and len(row.cells) > len(job.layout.header)


def _cells(each: RepairRow, columns: Sequence[int]) -> tuple[str, ...]:
    """In the order of the job's columns."""
    return tuple(each.cells[index] for index in columns)


def _row(rows: Rows, number: int) -> JournalRow:
    row = rows.row(number)
    assert row is not None, "the job has the row"
    return row


def _again(rows: Rows, builders: Builders, row: JournalRow, found: Mended) -> None:
    version = rows.job.version
    rows.set_version(row.number, version)
    built = builders.build(replace(row, version=version))
    place(rows, row, built)
    found.built[row.number] = built


def _folder(source: Source) -> Path:
    return source.path.resolve().parent


def _said(found: Mended) -> str:
    parts = [f"{found.mended:,} mended", f"{found.unmended:,} as they were"]
    if found.new:
        rows = "row" if len(found.new) == 1 else "rows"
        parts.append(f"{len(found.new):,} new ({rows} {_listed(found.new)})")
    accepted = found.left[RowStatus.CREATED] + found.left[RowStatus.UPDATED]
    if accepted:
        parts.append(f"{accepted:,} accepted before, and not sent again")
    for status, count in sorted(found.left.items()):
        if status not in (RowStatus.CREATED, RowStatus.UPDATED):
            parts.append(f"{count:,} left alone ({status})")
    return f"rows of the reject file: {', '.join(parts)}"


def _ignored(found: Mended) -> Iterator[str]:
    if found.ignored:
        yield (
            f"warning: not sent, although it differs here: row {_listed(found.ignored)}. Edit"
            ' its lead in the account; or clear "Import Row" to make it a new row'
        )


def _listed(numbers: Sequence[int]) -> str:
    """The first ten, and how many more."""
    shown = ", ".join(map(str, numbers[:MOST_LISTED]))
    more = len(numbers) - MOST_LISTED
    return shown if more <= 0 else f"{shown} and {more:,} more"


def _no_such_row(source: Source, each: RepairRow) -> SourceError:
    return SourceError(
        f'"Import Row" is {each.import_row}, and the job has no such row',
        where=f"{source.path}, row {each.file_row}",
        fix="put the number back, or clear it for a new row",
    )


def _unknown(journal: Journal, source: Source, key: str) -> JournalError:
    return JournalError(
        f'the reject file is of job "{key}", which this journal does not know',
        where=f"{source.path} and {journal.path}",
        fix=f"name the journal of that job with --journal; {IF_NEW}; nothing was sent",
    )


def refuse_purged_job(job: Job, source: Source) -> None:
    if job.state is JobState.PURGED:
        raise JournalError(
            f"job {job.number} was purged on {day_of(job.purged_at or 0)}: its rows are gone",
            where=str(source.path),
            fix='make a new list of the rows: remove the columns "Reject Code" to "Import Job", and'
            " the apostrophe that stands first in cells; then run it with -m MAPPING",
        )


def _not_stored(session: Session, job: Job) -> JournalError:
    return JournalError(
        f"job {job.number} was stopped before all its rows were stored",
        where=job.file,
        fix=f"run its file again first: {run_again(session, job)}",
    )
