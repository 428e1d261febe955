"""`preview`: what an import of the file would do. No call is made, and no journal is kept.

The rows are stored as `run` stores them, in a journal that is thrown away: so a preview tells
repeated rows by the same means, and its memory is as flat.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from importer.delivery.leadsquared import create_request
from importer.errors import SourceError
from importer.intake.headers import column_names
from importer.intake.mapping import Mapping, names_in
from importer.intake.repair import IF_NEW, is_repair
from importer.intake.source.file import Reading, Source
from importer.intake.source.open import FIND_OUT
from importer.jobs.account_fields import (
    UNKNOWN,
    age_words,
    cached_fields,
    calls_before,
    refuse_unfit,
)
from importer.jobs.columns import column_words
from importer.jobs.commands import note_reading, run_command
from importer.jobs.connected import remembered_account, remembered_left
from importer.jobs.enlist import calls_for, calls_to_add, list_of
from importer.jobs.known import KnownRows
from importer.jobs.lenient import Lenient
from importer.jobs.look import Look, OddListError, check_columns
from importer.jobs.plan import pace_of, plan_for
from importer.jobs.recipes import Builders, stamp_of
from importer.jobs.session import Session, now_ms
from importer.jobs.start import (
    described,
    identity_of,
    layout_of,
    mapping_for,
    no_rows,
    open_list,
)
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.journal.staging import outcome_of, stage
from importer.model import (
    Block,
    JobState,
    Lead,
    Outcome,
    Preview,
    Problem,
    RowStatus,
    Screened,
    Trouble,
)
from importer.quoting import quoted_path

if TYPE_CHECKING:
    from importer.jobs.pages import PageMaker

MOST_LEADS = 3
NO_KEY = "<job key>"  # in the leads that are shown, where the account is not known
MOST_EXAMPLES = 3
REFUSED = (RowStatus.INVALID, RowStatus.DUPLICATE)


@dataclass(slots=True)
class Tally:
    """What the rows came to. there: those whose lead an earlier job has made. skipped: by skip_if,
    by its column. troubles: by code and column; the first why, and some examples. page: None where
    none is wanted."""

    counts: Counter[RowStatus] = field(default_factory=Counter)
    keyless: int = 0
    there: set[int] = field(default_factory=set)
    skipped: Counter[str] = field(default_factory=Counter)
    troubles: dict[tuple[str, str | None], "Seen"] = field(default_factory=dict)
    page: "PageMaker | None" = None
    lenient: Lenient = field(kw_only=True)

    def note(self, number: int, problem: Problem) -> None:
        key = (problem.code, problem.column)
        seen = self.troubles.setdefault(key, Seen(problem.why))
        seen.rows += 1
        if len(seen.examples) < MOST_EXAMPLES:
            seen.examples.append((number, problem.value))
        if self.page:
            self.page.note(number, problem)


@dataclass(slots=True)
class Seen:
    why: str
    rows: int = 0
    examples: list[tuple[int, str | None]] = field(default_factory=list)


def preview_file(
    session: Session,
    file: Path,
    mapping_path: Path | None,
    reading: Reading = FIND_OUT,
    *,
    rate: str | None = None,
    html: Path | None = None,
) -> None:
    """Set session.shown, and the exit code: 1 where rows would be refused. It needs no account;
    the session's, where there is one, tells the pace, and which rows were sent before. html: of the
    page to write.

    Raises SettingsError, SourceError, MappingError, JournalError.
    """
    pace, page = pace_of(session, rate), _page(html)
    source = open_list(session, file, replace(reading, expected=names_in(mapping_path)))
    if is_repair(source.header):
        raise SourceError(
            "this is a reject file: its rows belong to a job",
            where=str(file),
            fix=f"run it: importer run {quoted_path(str(file))}{session.named.for_calls}; it sends"
            f" the rows that were mended; {IF_NEW}",
        )
    note_reading(session, reading)
    mapping = mapping_for(source, mapping_path)
    check_columns(source, reading, mapping)
    known = cached_fields(session)
    refuse_unfit(mapping, known)
    look = Look(session, source, reading, mapping, known)
    with tempfile.TemporaryDirectory(prefix="importer-preview-") as folder:
        try:
            leads, tally = _stored(session, source, look, reading, Path(folder, "preview.db"), page)
        except OddListError:
            leads, tally = _stored(session, source, look, reading, Path(folder, "again.db"), page)
    source.release()
    looked, builder = look.looked, look.looked.builder
    if not tally.counts.total():
        session.voice.say(no_rows(source))
    to_send, left = tally.counts[RowStatus.PENDING], remembered_left(session)
    job_key, job = _job_of(session, source, reading)
    list_name = _list_name(session, job, mapping)
    list_calls = _list_calls(session, job, mapping, tally) if list_name else 0
    calls = to_send + list_calls
    calls += calls_before(known) if calls else 0
    is_short = left is not None and left.calls < calls
    found = Preview(
        file=str(source.path.resolve()),
        name=source.path.name,
        sheet=source.sheet,
        found=described(source),
        account_fields=f"checked against the {age_words(known)}" if known else UNKNOWN,
        columns=column_words(
            mapping, column_names(source.header), looked.readings, tally.skipped, known
        ),
        constants=mapping.constants,
        unique=builder.unique,
        rows=tally.counts.total(),
        counts={status: tally.counts[status] for status in RowStatus},
        troubles=_troubles(tally),
        findings=[*looked.findings, *tally.lenient.findings()],
        by_unique=to_send - tally.keyless,
        by_stamp=tally.keyless if mapping.stamp else 0,
        by_nothing=0 if mapping.stamp else tally.keyless,
        stamp=stamp_of(mapping, job_key or ""),
        leads=leads,
        seconds=to_send / pace.per_second if pace and not is_short else None,
        rate=str(pace) if pace else "no limit",
        left_today=left.calls if left else None,
        today=str(left) if is_short else "",
        plan=plan_for(session, calls, rate),
        command=run_command(session, str(file), str(mapping_path), reading.sheet),
        list_name=list_name,
        list_calls=list_calls,
    )
    session.shown = page.written(found) if page else found
    session.exit_code = int(any(tally.counts[status] for status in REFUSED))


def _page(html: Path | None) -> "PageMaker | None":
    """Raises SettingsError: it could not be written."""
    if html is None:
        return None
    from importer.jobs.pages import PageMaker

    return PageMaker(html)


def _journal(session: Session) -> Journal | None:
    """None where there is none yet."""
    return session.open_journal(create=False) if session.settings.journal.exists() else None


def _account(session: Session, journal: Journal | None) -> str | None:
    """Whose the keys are, as an earlier run has learned; where no keys tell, the only account that
    the journal knows."""
    if session.account is not None or journal is None:
        return remembered_account(session)
    accounts = {job.identity.account for job in journal.jobs()}
    return next(iter(accounts)) if len(accounts) == 1 else None


def _job_of(session: Session, source: Source, reading: Reading) -> tuple[str | None, Job | None]:
    """The key of the job that `run` would make of the file or go on with, and that job."""
    journal = _journal(session)
    account = _account(session, journal)
    if account is None:
        return None, None
    first = identity_of(source, account, reading)
    latest = journal.latest_job(first) if journal else None
    return (latest or first).key, latest


def _list_name(session: Session, job: Job | None, mapping: Mapping) -> str:
    journal = _journal(session)
    return list_of(journal, job, mapping) if journal and job else mapping.list_name


def _list_calls(session: Session, job: Job | None, mapping: Mapping, tally: Tally) -> int:
    """That add the leads to the list: of rows to send, of rows whose lead another job has made, and
    of the job's own that are not on the list."""
    to_send, journal = tally.counts[RowStatus.PENDING], _journal(session)
    if journal is None or job is None or job.state is JobState.STAGING:
        return calls_for(to_send + len(tally.there))
    waiting = tally.there.intersection(Rows(journal, job).numbers_of(RowStatus.PENDING))
    return calls_to_add(journal, job, to_send + len(waiting), mapping)


def _known_rows(session: Session) -> KnownRows | None:
    """What the journal has sent to the account; None where nothing can be known."""
    journal = _journal(session)
    account = _account(session, journal)
    return KnownRows(journal, account) if journal and account else None


def _stored(
    session: Session,
    source: Source,
    look: Look,
    reading: Reading,
    path: Path,
    page: "PageMaker | None",
) -> tuple[list[tuple[int, str]], Tally]:
    """Store all rows and count them; gives the first leads as JSON. Raises OddListError."""
    looked = look.looked
    lenient = Lenient(look.mapping, column_names(source.header), looked.readings, look.account)
    tally, builder = Tally(page=page, lenient=lenient), looked.builder
    if page:
        page.begin(source.header)

    def screen(block: Block) -> Screened:
        screened = builder.screen(block)
        _count(block, screened, tally)
        lenient.add(block)
        if page:
            page.add(block)
        return screened

    def stored(number: int) -> None:
        session.voice.stored(number)
        session.stop.check("run the same command again")

    with Journal(path, create=True) as journal:
        job = journal.create_job(
            identity_of(source, "", reading),
            layout_of(source),
            file=source.path.name,
            mapping=look.looked.text,
            now=now_ms(),
        )
        job = stage(journal, job, look.blocks(), screen, now_ms, stored)
        rows = Rows(journal, job)
        builders = Builders(
            journal, replace(job, key=_job_of(session, source, reading)[0] or NO_KEY)
        )
        left = _take_out_twins(rows, builders, builders.mapping(job.version), tally)
        left |= _take_out_known(rows, builders, left, _known_rows(session), tally)
        if page:
            page.end(rows, look.looked.findings)
        return list(_first_leads(rows, builders, left)), tally


def _count(block: Block, screened: Screened, tally: Tally) -> None:
    valid = sum(map(bool, block.rows)) - len(screened.problems)
    tally.counts[RowStatus.PENDING] += valid
    keyed = sum(map(any, zip(*screened.keys, strict=True))) if screened.keys else 0
    tally.keyless += valid - keyed
    for index, problems in sorted(screened.problems.items()):
        made = outcome_of(problems)
        tally.counts[made.status] += 1
        if made.status is RowStatus.SKIPPED:
            tally.skipped[made.field or ""] += 1
            continue
        for problem in problems:
            tally.note(block.first + index, problem)


def _take_out_twins(rows: Rows, builders: Builders, mapping: Mapping, tally: Tally) -> set[int]:
    """Rows whose lead an earlier row makes already, if all earlier ones are accepted.

    Gives their numbers; they are taken out of the count of rows to send.
    """
    taken: dict[tuple[str, str], tuple[int, Lead]] = {}
    out: set[int] = set()
    for number in rows.numbers_with_twins():
        row = rows.row(number)
        assert row is not None, "a twin is a row"
        lead = builders.build(row)
        if row.status is not RowStatus.PENDING or not isinstance(lead, Lead):
            continue
        keys = [*lead.keys.items()] or [("", lead.text)]
        clash = next(((name, taken[name, key]) for name, key in keys if (name, key) in taken), None)
        if clash is None:
            taken.update(dict.fromkeys(keys, (number, lead)))
            continue
        out.add(number)
        name, (other, its_lead) = clash
        tally.keyless -= not lead.keys
        tally.counts[RowStatus.PENDING] -= 1
        if mapping.skips_duplicates or its_lead.values == lead.values:
            tally.counts[RowStatus.SKIPPED] += 1
            continue
        tally.counts[RowStatus.DUPLICATE] += 1
        column = builders.column(name)
        why = f"an earlier row has the same {column}: give this row another, or delete it"
        told = f"{lead.values[name]}, as in row {other}"
        tally.note(number, Problem("duplicate_in_file", why, column, told))
    return out


def _take_out_known(
    rows: Rows, builders: Builders, out: set[int], known: KnownRows | None, tally: Tally
) -> set[int]:
    """Rows that an earlier job has sent; their numbers, as `_take_out_twins` gives them."""
    found: set[int] = set()
    if known is None:
        return found
    for row in rows.of_status([RowStatus.PENDING]):
        lead = builders.build(row)
        if row.number in out or not isinstance(lead, Lead):
            continue
        outcome = known.outcome(row.number, lead)
        if outcome is None:
            continue
        found.add(row.number)
        if isinstance(outcome, Outcome) and outcome.existing_id is not None:
            tally.there.add(row.number)
        tally.keyless -= not lead.keys
        tally.counts[RowStatus.PENDING] -= 1
        tally.counts[RowStatus.SKIPPED] += 1
    return found


def _first_leads(rows: Rows, builders: Builders, out: set[int]) -> Iterator[tuple[int, str]]:
    found = 0
    for row in rows.of_status([RowStatus.PENDING]):
        lead = builders.build(row)
        if row.number in out or not isinstance(lead, Lead):
            continue
        body = create_request(lead).body
        assert body is not None, "a lead is posted"
        yield row.number, body.decode()
        found += 1
        if found == MOST_LEADS:
            return


def _troubles(tally: Tally) -> list[Trouble]:
    """The most frequent first."""
    found = [
        Trouble(code, column, seen.why, seen.rows, seen.examples)
        for (code, column), seen in tally.troubles.items()
    ]
    return sorted(found, key=lambda trouble: -trouble.rows)
