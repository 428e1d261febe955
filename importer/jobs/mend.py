"""A mended reject file goes back into its job: its rows keep their identity.

What was accepted meanwhile is not sent again, and that is said. A row without an `Import Row` is
new, and gets the job's next free number.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from importer.delivery.connection import Connection
from importer.errors import JournalError, SourceError
from importer.intake.mapping import Mapping
from importer.intake.repair import RepairRow, align, read_repair
from importer.intake.source.file import Source
from importer.jobs.deliver import deliver, refuse_other_account, working_on
from importer.jobs.recipes import Builders, Built
from importer.jobs.remap import REMADE, adopt_mapping, mark, place
from importer.jobs.session import Session
from importer.journal.journal import Job, Journal
from importer.journal.rows import JournalRow, Rows
from importer.journal.staging import stored_up_to
from importer.model import JobState, RowStatus

MOST_LISTED = 10


@dataclass(slots=True)
class Mended:
    """What the rows of a reject file came to; left: rows that are not touched, by status;
    ignored: those of them that differ here."""

    mended: int = 0
    unmended: int = 0
    new: int = 0
    left: Counter[RowStatus] = field(default_factory=Counter)
    ignored: list[int] = field(default_factory=list)
    built: dict[int, Built] = field(default_factory=dict)


def mend(session: Session, source: Source, mapping: Mapping | None, connection: Connection) -> None:
    """Put the file's rows into their job and send them. Raises every ImporterError."""
    repair = read_repair(source)
    job = session.journal.job_by_key(repair.job_key)
    if job is None:
        raise _unknown(session.journal, source, repair.job_key)
    refuse_other_account(job, connection)
    columns = align(repair.header, job.layout.header, repair.rows)
    with working_on(session, job.key):
        session.job = job = session.journal.job(job.number)
        session.options = replace(session.options, out=session.options.out or _folder(source))
        if job.state is JobState.STAGING:
            raise _not_stored(job)
        if mapping is not None:
            adopt_mapping(session, job, mapping)
        found = _take_in(session, source, repair.rows, columns)
        session.voice.say(_said(found))
        if found.ignored:
            session.voice.say(
                f"warning: not sent, although it differs here: row {_listed(found.ignored)}. Edit"
                ' its lead in the account; or clear "Import Row" to make it a new row'
            )
        deliver(session, connection)


def _take_in(
    session: Session, source: Source, repair_rows: Sequence[RepairRow], columns: Sequence[int]
) -> Mended:
    assert session.job is not None, "the job is known"
    journal, job = session.journal, session.job
    rows, builders, found = Rows(journal, job), Builders(journal, job), Mended()
    with journal.transaction():
        added = _added_before(rows, stored_up_to(journal, job))
        for each in repair_rows:
            cells = tuple(each.cells[index] for index in columns)
            kinds = "".join(each.kinds[index : index + 1] for index in columns)
            number = each.import_row or (added[cells].pop(0) if added[cells] else None)
            if number is None:
                number = rows.last_number() + 1
                rows.add(number, cells, kinds)
                _again(rows, builders, _row(rows, number, source, each), found)
                found.new += 1
                continue
            row = _row(rows, number, source, each)
            if row.status not in REMADE:
                found.left[row.status] += 1
                if cells != _as_written(row, len(job.layout.header)):
                    found.ignored.append(number)
            elif cells == _as_written(row, len(job.layout.header)) and not _is_cut(row, job):
                found.unmended += 1
                _again(rows, builders, row, found)
            else:
                found.mended += 1
                rows.set_cells(number, cells, kinds)
                _again(rows, builders, replace(row, cells=cells, kinds=kinds), found)
        mark(journal, job, found.built, builders)
    return found


def _is_cut(row: JournalRow, job: Job) -> bool:
    """A workbook's row with text under no column: a person who runs its row without that text has
    left it out. A CSV's may have its cells in wrong columns."""
    return bool(job.layout.columns) and len(row.cells) > len(job.layout.header)


def _added_before(rows: Rows, stored: int) -> dict[tuple[str, ...], list[int]]:
    """Rows that an earlier run of a reject file added, so that it adds them once: by their cells.

    stored: the last row number of the job's own file.
    """
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in rows.own_cells():
        if row.number > stored:
            found[row.cells].append(row.number)
    return found


def _row(rows: Rows, number: int, source: Source, each: RepairRow) -> JournalRow:
    row = rows.row(number)
    if row is None:
        raise SourceError(
            f'"Import Row" is {number}, and the job has no such row',
            where=f"{source.path}, row {each.file_row}",
            fix="put the number back, or clear it for a new row",
        )
    return row


def _again(rows: Rows, builders: Builders, row: JournalRow, found: Mended) -> None:
    version = rows.job.version
    rows.set_version(row.number, version)
    built = builders.build(replace(row, version=version))
    place(rows, row, built)
    found.built[row.number] = built


def _as_written(row: JournalRow, width: int) -> tuple[str, ...]:
    """The cells as the reject file had them: as many as the header has."""
    cells = row.cells[:width]
    return (*cells, *[""] * (width - len(cells)))


def _folder(source: Source) -> Path:
    return source.path.resolve().parent


def _said(found: Mended) -> str:
    parts = [f"{found.mended:,} mended", f"{found.unmended:,} as they were"]
    if found.new:
        parts.append(f"{found.new:,} new")
    accepted = found.left[RowStatus.CREATED] + found.left[RowStatus.UPDATED]
    if accepted:
        parts.append(f"{accepted:,} accepted before, and not sent again")
    for status, count in sorted(found.left.items()):
        if status not in (RowStatus.CREATED, RowStatus.UPDATED):
            parts.append(f"{count:,} left alone ({status})")
    return f"rows of the reject file: {', '.join(parts)}"


def _listed(numbers: Sequence[int]) -> str:
    """The first ten, and how many more."""
    shown = ", ".join(map(str, numbers[:MOST_LISTED]))
    more = len(numbers) - MOST_LISTED
    return shown if more <= 0 else f"{shown} and {more:,} more"


def _unknown(journal: Journal, source: Source, key: str) -> JournalError:
    return JournalError(
        f'the reject file is of job "{key}", which this journal does not know',
        where=f"{source.path} and {journal.path}",
        fix="name the journal of that job with --journal; nothing was sent",
    )


def _not_stored(job: Job) -> JournalError:
    return JournalError(
        f"job {job.number} was stopped before all its rows were stored",
        where=job.file,
        fix="run its file again first",
    )
