"""What a pass would do, and how long it would take; no call is made, and no file is touched."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from importer.drops.content import is_ours, why_ours
from importer.drops.folders import refuse_unusable
from importer.drops.hand import by_keys, fate_of
from importer.drops.likeness import refuse_unlike
from importer.drops.passes import DISPUTE_ENDS, DISPUTED, GROWING
from importer.drops.scan import Found, find_files, signature
from importer.drops.voice import FileVoice, Lines
from importer.errors import ImporterError, SettingsError
from importer.jobs.connected import check_account, remembered_account, remembered_left
from importer.jobs.dropped import Seen, calls_for_known, look_at, reading_of, refuse_unreadable
from importer.jobs.enlist import calls_to_add
from importer.jobs.plan import plan_for
from importer.jobs.preview import preview_file
from importer.jobs.session import Options, Session, counted
from importer.journal.drops import DropRecords
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.model import OPEN, REFUSED, JobState, Preview, RowStatus
from importer.passes import Expected, Fate, Forecast
from importer.plan import Plan
from importer.settings import Drop

NOT_DONE = frozenset({Fate.HELD, Fate.BLOCKED, Fate.REFUSED})


def check_drops(
    session: Session, drops: Sequence[Drop], environment: Mapping[str, str], rate: str | None
) -> None:
    """Set session.shown, and the exit code: 2 where a person has to mend something first.

    Raises JournalError: it can't be used.
    """
    check = Check(session, environment, rate)
    files = [each for drop in drops for each in check.of_drop(drop)]
    session.shown = forecast = check.forecast(files, drops)
    is_well = not forecast.missing and all(each.fate not in NOT_DONE for each in files)
    session.exit_code = 0 if is_well else 2


class Check:
    """rate: the --rate option."""

    def __init__(self, session: Session, environment: Mapping[str, str], rate: str | None) -> None:
        self._session = session
        self._environment = environment
        self._rate = rate
        is_there = session.settings.journal.exists()
        self._journal = session.open_journal(create=False) if is_there else None

    def of_drop(self, drop: Drop) -> list[Expected]:
        try:
            files = find_files(drop, self._session.settings.drops)
            refuse_unusable(drop.folder)
            refuse_unreadable(drop.mapping)
        except ImporterError as error:
            return [_stopped(drop, "", Fate.BLOCKED, error)]
        earlier = list(self._earlier(drop, files, self._journal)) if self._journal else []
        return [*earlier, *map(self._file, files)]

    def forecast(self, files: Sequence[Expected], drops: Sequence[Drop]) -> Forecast:
        plans: dict[str, Plan] = {}
        missing: dict[str, str] = {}
        short: dict[str, str] = {}
        for name in dict.fromkeys(drop.account for drop in drops):
            calls = sum(each.calls for each in files if each.account == (name or ""))
            try:
                with self._opened(name) as session:
                    session.use_account(self._environment, name, self._rate)
                    check_account(session)
                    plans[name or ""] = plan = plan_for(session, calls, self._rate)
                    left = remembered_left(session)
                    if left is not None and left.calls < plan.calls:
                        short[name or ""] = str(left)
            except SettingsError as error:
                missing[name or ""] = f"{error.what}; {error.fix}"
        return Forecast(files, plans, missing, short)

    def _earlier(self, drop: Drop, files: Sequence[Found], journal: Journal) -> Iterator[Expected]:
        """Jobs of earlier passes that go on without their file."""
        records, now = DropRecords(journal), round(time.time() * 1000)
        here = {str(each.path.resolve()) for each in files}
        again = records.failed(drop.name, drop.retry_failed, now)
        for number in records.unfinished(drop.name):
            job, counts = journal.job(number), journal.counts(number)
            if number not in again and job.file not in here:
                rows = sum(counts[status] for status in OPEN)
                what = f"job {number} of an earlier pass goes on with {counted(rows, 'row')}"
                yield _of_job(drop, journal, job, rows, what)
        for number in again:
            job, rows = journal.job(number), journal.counts(number)[RowStatus.FAILED]
            what = f"job {number} of an earlier pass: {counted(rows, 'failed row')} sent again"
            yield _of_job(drop, journal, job, rows, what)

    def _file(self, found: Found) -> Expected:
        drop, name = found.drop, found.path.name
        if found.alone:
            return _expected(drop, name, Fate.LEFT_ALONE, found.alone)
        if found.is_disputed:
            where = str(found.path)
            return replace(
                _expected(drop, name, Fate.BLOCKED, DISPUTED), where=where, fix=DISPUTE_ENDS
            )
        if self._journal and is_ours(found, DropRecords(self._journal)):
            return _expected(drop, name, Fate.LEFT_ALONE, why_ours(found))
        seen: Seen | None = None
        try:
            with self._opened(drop.account) as session:
                seen = look_at(session, found.path, drop, remembered_account(session))
                if seen.job is not None and (seen.mends or seen.job.state is not JobState.OPEN):
                    return self._known(found, seen.job, mends=seen.mends)
                if seen.job is None:
                    refuse_unlike(session, self._journal, found, seen)
                return self._new(session, found)
        except ImporterError as error:
            if signature(found.path) != found.signature:
                return _expected(drop, name, Fate.WAITING, GROWING.format(drop.quiet_s))
            return _stopped(drop, name, fate_of(error, seen), error)

    def _new(self, session: Session, found: Found) -> Expected:
        drop = found.drop
        preview_file(session, found.path, drop.mapping, reading_of(drop), rate=self._rate)
        shown = session.shown
        assert isinstance(shown, Preview), "a preview was asked for"
        calls = shown.counts[RowStatus.PENDING] + shown.list_calls
        refused = sum(shown.counts[s] for s in REFUSED)
        what = f"{counted(shown.rows, 'row')}, {counted(calls, 'call')}"
        what += f", {refused:,} refused before a call" if refused else ""
        changed_s = time.time() - (found.signature.changed_ns if found.signature else 0) / 1e9
        if found.marker is None and 0 <= changed_s < drop.quiet_s:
            what += f"; {GROWING.format(drop.quiet_s)}"
        return _expected(drop, found.path.name, Fate.DONE, what, calls=calls)

    def _known(self, found: Found, job: Job, *, mends: bool) -> Expected:
        journal = self._journal
        assert journal is not None, "it knows the job"
        if mends:
            rows = sum(journal.counts(job.number)[status] for status in OPEN | REFUSED)
            calls = rows + calls_to_add(journal, job, rows)
            what = f"mended rows of job {job.number}: at most {counted(calls, 'call')}"
        else:
            calls = calls_for_known(journal, job, found.drop)
            what = f"imported before, as job {job.number}: put away, and no row sent"
            what += f"; {counted(calls, 'call')} to add its leads to the list" if calls else ""
        return _expected(found.drop, found.path.name, Fate.DONE, what, calls=calls)

    @contextmanager
    def _opened(self, account: str | None) -> Iterator[Session]:
        """For one file, which is looked at as a pass would. account: of the drop."""
        voice = FileVoice("", Lines(lambda _: None))
        with Session(voice, None, Options(unattended=True)) as session:
            session.begin_as(self._session)
            session.stop = self._session.stop
            if account is not None:
                session.use_account(self._environment, account, self._rate)
            else:
                session.use_account_if_any(self._environment)
            yield session


def _of_job(drop: Drop, journal: Journal, job: Job, rows: int, what: str) -> Expected:
    """rows: of the job, to be sent."""
    name = Path(job.file).name
    try:
        calls = rows + calls_to_add(journal, job, rows)
    except ImporterError as error:  # its mapping is one of another version of the importer
        return _stopped(drop, name, Fate.BLOCKED, error)
    return _expected(drop, name, Fate.DONE, what, calls=calls)


def _expected(drop: Drop, name: str, fate: Fate, what: str, *, calls: int = 0) -> Expected:
    return Expected(drop.name, drop.account or "", name, fate, what, calls=calls)


def _stopped(drop: Drop, name: str, fate: Fate, error: ImporterError) -> Expected:
    return Expected(
        drop.name,
        drop.account or "",
        name,
        fate,
        error.plain,
        error.where or "",
        by_keys(error.fix, drop.name) or "",
    )
