"""One pass over the drops: what is there is imported, put away and told, and then it ends."""

import hashlib
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from importer.drops import lane
from importer.drops.content import digest_of
from importer.drops.folders import held_folder
from importer.drops.hand import Task
from importer.drops.lane import Lane, Shop, same_stop
from importer.drops.needed import refuse_no_drops, refuse_own_folder, refuse_unnamed_journal
from importer.drops.scan import Found, find_files, settled, signature
from importer.drops.voice import Lines
from importer.errors import BusyError, ImporterError, SettingsError
from importer.jobs.dropped import refuse_unreadable
from importer.jobs.session import Session, Stops, now_ms
from importer.journal.drops import DropRecords
from importer.passes import MOVED, AccountReport, Fate, FileReport, PassReport, worst
from importer.settings import Drop, Settings

GROWING = "it may still be written: it has changed within {:g} s"
DISPUTED = "it fits the patterns of several drops of this folder, and is imported by none"
DISPUTE_ENDS = "give the drops patterns that no file fits twice, or folders of their own"


class Teller(lane.Teller, Protocol):
    def began(self, at: float, drops: Sequence[str]) -> None: ...
    def ended(self, report: PassReport) -> None: ...


class Pass:
    """environment: of variables, for the accounts' keys. young_s: jobs that ended within so long
    are not retried yet."""

    def __init__(
        self,
        session: Session,
        environment: Mapping[str, str],
        teller: Teller,
        on_bug: Callable[[Exception], ImporterError],
        *,
        rate: str | None = None,
        young_s: float = 0,
    ) -> None:
        self._session = session
        self._teller = teller
        self._young_s = young_s
        self._stops = Stops()
        self._shop = Shop(
            session,
            environment,
            rate,
            self._stops,
            Lines(session.voice.say),
            teller,
            on_bug,
            lambda: datetime.now().astimezone().date(),
            {},
        )

    def run(self, drops: Sequence[Drop]) -> PassReport:
        """Raises JournalError: it can't be used. InterruptedRunError: before anything was begun.
        What else goes wrong stands in the report."""
        began = time.time()
        self._session.stop.tell(self._pass_on_stop)
        self._session.stop.check("run it again; nothing was done yet")
        self._session.open_journal(create=True)
        self._teller.began(began, [drop.name for drop in drops])
        with ExitStack() as held:
            files, tasks = self._looked_over(drops, held)
            last = DropRecords(self._session.journal).last_stops()
            shop = replace(self._shop, last_stops=last)
            lanes = [Lane(name, each, shop) for name, each in _by_account(tasks).items()]
            self._work(lanes)
        files = [*(each for lane in lanes for each in lane.reports), *files]
        accounts = [lane.account for lane in lanes]
        report = self._report(began, files, accounts)
        self._teller.ended(report)
        return report

    def _pass_on_stop(self) -> None:
        if self._session.stop.signal is not None:
            self._stops.request(self._session.stop.signal)

    # What there is to do

    def _looked_over(
        self, drops: Sequence[Drop], held: ExitStack
    ) -> tuple[list[FileReport], list[Task]]:
        """What is not imported now, and the work. held: what holds the folders to the end."""
        told: list[FileReport] = []
        usable: list[Drop] = []
        found: list[Found] = []
        for drop in drops:
            try:
                files = find_files(drop, self._session.settings.drops)
                _hold(drop, usable, held)
                refuse_unreadable(drop.mapping)
            except ImporterError as error:
                told.append(_blocked(drop, error))
                continue
            usable.append(drop)
            found += files
        told += [_alone(each) for each in found if each.alone]
        told += [_disputed(each) for each in found if each.is_disputed and not each.alone]
        wanted = [each for each in found if not each.alone and not each.is_disputed]
        whole, growing = self._settled(wanted)
        told += [_growing(each) for each in growing]
        return told, [*self._earlier(usable, whole), *self._in_order(whole)]

    def _settled(self, found: Sequence[Found]) -> tuple[list[Found], list[Found]]:
        """Those that are whole after one quiet time, and those that are not."""
        quiet_s = max((each.drop.quiet_s for each in found if each.marker is None), default=0)
        if quiet_s:
            self._session.stop.sleep(quiet_s)
        looked = [(each, settled(each)) for each in found]
        whole = [now for _, now in looked if now is not None]
        growing = [each for each, now in looked if now is None and signature(each.path)]
        return whole, growing

    def _earlier(self, drops: Sequence[Drop], whole: Sequence[Found]) -> list[Task]:
        """Jobs that earlier passes left; one whose file is here goes on with the file."""
        journal = self._session.journal
        records, before = DropRecords(journal), now_ms() - round(self._young_s * 1000)
        tasks = []
        for drop in drops:
            again = records.failed(drop.name, drop.retry_failed, before)
            left = [each for each in records.unfinished(drop.name) if each not in again]
            here = _digests([each for each in whole if each.drop is drop]) if left else set()
            for number in [*left, *again]:
                job = journal.job(number)
                if number in again or job.identity.sha256 not in here:
                    begun = journal.summary(job)
                    tasks.append(Task(drop, job=number, again=number in again, begun=begun))
        return tasks

    def _in_order(self, whole: Sequence[Found]) -> list[Task]:
        """Half-imported ones first, then the oldest."""
        journal = self._session.journal
        records = DropRecords(journal)
        numbers = {
            n for name in {each.drop.name for each in whole} for n in records.unfinished(name)
        }
        begun = {(job := journal.job(number)).file: journal.summary(job) for number in numbers}

        def order(task: Task) -> tuple[bool, int, str]:
            assert task.found is not None, "it has a file"
            found = task.found
            changed_ns = found.signature.changed_ns if found.signature else 0
            return task.begun is None, changed_ns, found.path.name

        tasks = [Task(each.drop, each, begun=begun.get(str(each.path.resolve()))) for each in whole]
        return sorted(tasks, key=order)

    def _work(self, lanes: Sequence[Lane]) -> None:
        threads = [threading.Thread(target=lane.run) for lane in lanes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    # What it came to

    def _report(
        self, began: float, files: Sequence[FileReport], accounts: Sequence[AccountReport]
    ) -> PassReport:
        codes = [each.exit_code for each in files] + [each.exit_code for each in accounts]
        # A signal ends each file that is under way; the pass itself tells of it.
        code = worst([75 if each > 128 else each for each in codes])
        if self._session.stop.signal is not None:
            code = 128 + self._session.stop.signal
        stops = {each.name: same_stop(each) for each in accounts if each.stopped}
        records, told = DropRecords(self._session.journal), _told(files, accounts)
        is_new = records.end_pass(now_ms(), code, told, stops)
        is_busy = any(each.fate in MOVED or each.created for each in files)
        report = PassReport(
            began, time.time(), code, str(self._session.journal.path), files, accounts
        )
        return replace(report, is_changed=is_new or is_busy)


def _by_account(tasks: Sequence[Task]) -> dict[str | None, list[Task]]:
    found: dict[str | None, list[Task]] = {}
    for task in tasks:
        found.setdefault(task.drop.account, []).append(task)
    return found


def _hold(drop: Drop, earlier: Sequence[Drop], held: ExitStack) -> None:
    """A folder of several drops is held once."""
    place = drop.folder.resolve()
    if all(each.folder.resolve() != place for each in earlier):
        held.enter_context(held_folder(drop.folder))


def _digests(files: Sequence[Found]) -> set[str | None]:
    return {digest_of(each) for each in files}


def _blocked(drop: Drop, error: ImporterError) -> FileReport:
    fate = Fate.WAITING if isinstance(error, BusyError) else Fate.BLOCKED
    return FileReport(
        drop.name,
        drop.account or "",
        "",
        fate,
        error.exit_code,
        error.plain,
        error.where or "",
        error.fix or "",
    )


def _alone(found: Found) -> FileReport:
    return _told_of(found, Fate.LEFT_ALONE, 0, found.alone)


def _growing(found: Found) -> FileReport:
    what = GROWING.format(found.drop.quiet_s)
    return _told_of(found, Fate.WAITING, 75, what, "leave it to the next pass")


def _disputed(found: Found) -> FileReport:
    return _told_of(found, Fate.BLOCKED, 2, DISPUTED, DISPUTE_ENDS)


def _told_of(found: Found, fate: Fate, code: int, what: str, fix: str = "") -> FileReport:
    drop = found.drop
    return FileReport(
        drop.name, drop.account or "", found.path.name, fate, code, what, str(found.path), fix
    )


def _told(files: Sequence[FileReport], accounts: Sequence[AccountReport]) -> str:
    """A hash of what there is to tell, times aside."""
    parts = sorted(
        (each.drop, each.file, each.fate, each.exit_code, each.what)
        for each in files
        if each.fate not in MOVED and each.fate is not Fate.LEFT_ALONE
    )
    text = json.dumps([parts, sorted((each.name, each.stopped) for each in accounts)])
    return hashlib.sha256(text.encode()).hexdigest()


def chosen(settings: Settings, names: Sequence[str]) -> list[Drop]:
    """Those that are named; all where none is.

    Raises SettingsError: there is no such drop, or none at all; no journal is named; or a folder
    is not for files alone.
    """
    refuse_no_drops(settings)
    refuse_unnamed_journal(settings)
    refuse_own_folder(settings)
    known = {drop.name: drop for drop in settings.drops}
    for name in names:
        if name not in known:
            raise SettingsError(
                f'there is no drop "{name}"',
                where=str(settings.config),
                fix=f"use one of: {', '.join(known)}",
            )
    return [drop for drop in settings.drops if not names or drop.name in names]


def run_once(session: Session, one: Pass, drops: Sequence[Drop]) -> None:
    """Set session.shown, and the exit code. Raises InterruptedRunError: it was stopped."""
    report = one.run(drops)
    session.shown, session.exit_code = report, report.exit_code
    session.stop.check("run it again; it carries on")
