"""One account's files, one after another: while the rows of one are sent, the next is read and
stored, and the last is put away.

Two threads take turns, each with a connection and a journal of its own: so the account's quota has
no gap between two files.
"""

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from importer.drops.hand import CANT_GO_ON, STOPPED, Task, by_keys
from importer.drops.turns import Turns
from importer.drops.voice import FileVoice, Lines
from importer.drops.work import Hands
from importer.errors import ImporterError, InterruptedRunError, ResumableError
from importer.jobs.connected import check_account, connected, connected_beside
from importer.jobs.plan import day_calls
from importer.jobs.read_back import read_back
from importer.jobs.session import Options, Session, Stop, Stops
from importer.journal.trouble import accounted
from importer.model import JobState
from importer.passes import AccountReport, Fate, FileReport

AGAIN, NEXT = "run the same command again", "let the next pass go on"
NUMBERS = re.compile(r"[\d,.:]+")


class Teller(Protocol):
    """Who is told of a pass; never raises. Each may be called from any thread."""

    def noted(self, report: FileReport) -> None: ...
    def stopped(self, report: AccountReport, *, is_new: bool = True) -> None: ...


@dataclass(frozen=True, slots=True)
class Shop:
    """What all lanes of a pass share. session: of the command, for its settings alone. on_bug:
    saves a bug's trace, and gives what to tell of it. today: where this machine is. last_stops: why
    accounts could not go on in the pass before, by their names."""

    session: Session
    environment: Mapping[str, str]
    rate: str | None
    stops: Stops
    lines: Lines
    teller: Teller
    on_bug: Callable[[Exception], ImporterError]
    today: Callable[[], date]
    last_stops: Mapping[str, str]


class Lane:
    """name: the account's, None for the environment's. `reports` and `account` are whole once
    `run` has ended."""

    def __init__(self, name: str | None, tasks: Sequence[Task], shop: Shop) -> None:
        self._name = name
        self._tasks = tasks
        self._shop = shop
        self._turns = Turns()
        self._lock = threading.Lock()
        self._drawn = 0
        self._ends: ImporterError | None = None
        self.reports: list[FileReport] = []
        self.account = AccountReport(name or "")

    def run(self) -> None:
        """Raises nothing: what went wrong stands in the reports."""
        try:
            self._serve()
        except ImporterError as error:
            self._end(error)
        except Exception as bug:
            self._end(self._shop.on_bug(bug))
        for task in self._tasks[self._drawn :]:
            self._note(self._not_begun(task))

    # Its two hands

    def _serve(self) -> None:
        """Do what there is to do. Raises ImporterError: the account can't be used."""
        with self._base() as base, connected(base) as connection:
            base.connection = connection
            second = threading.Thread(target=self._help, args=(base,))
            if len(self._tasks) > 1:
                second.start()
            try:
                self._work(base)
            finally:
                if second.ident is not None:
                    second.join()
                self._look_at_day(base)

    def _help(self, first: Session) -> None:
        """The second hand. It begins with the second file when the first begins to be sent: what
        that had to ask the account for is known then."""
        try:
            assert first.connection is not None, "the first hand has one"
            with self._base() as base, connected_beside(base, first.connection) as connection:
                base.connection = connection
                if self._turns.wait_for_first(base.stop):
                    self._work(base)
        except ImporterError as error:
            self._end(error)
        except Exception as bug:
            self._end(self._shop.on_bug(bug))

    @contextmanager
    def _base(self) -> Iterator[Session]:
        """With the account, and the way to be stopped. Raises SettingsError."""
        shop = self._shop
        voice = FileVoice(self._name or "the account", shop.lines)
        with Session(voice, None, Options(unattended=True)) as base, shop.stops.over(base.stop):
            base.begin_beside(shop.session)
            base.use_account(shop.environment, self._name, shop.rate)
            check_account(base)
            self._look_at_day(base)
            with accounted(base.settings.journal.resolve()):
                base.open_journal(create=True)
                yield base

    def _work(self, base: Session) -> None:
        shop = self._shop
        hands = Hands(base, self._turns, shop.lines, shop.stops, shop.today, shop.on_bug)
        sent: list[tuple[int, tuple[int, int]]] = []
        while (drawn := self._draw(base.stop)) is not None:
            ticket, task = drawn
            result = hands.do(task, ticket)
            if result.ends is not None:
                self._end(result.ends)
            place = self._note(result.report)
            if result.sent:
                sent.append((place, result.sent))
        for place, (job, since_ms) in sent:
            if self._ends is None and self._turns.wait_for_all(self._drawn, base.stop):
                self._read_back(base, place, job, since_ms)

    def _draw(self, stop: Stop) -> tuple[int, Task] | None:
        with self._lock:
            is_over = self._ends is not None or stop.signal is not None
            if is_over or self._drawn == len(self._tasks):
                return None
            self._drawn += 1
            return self._drawn - 1, self._tasks[self._drawn - 1]

    def _note(self, report: FileReport) -> int:
        """Its place among the reports."""
        with self._lock:
            self.reports.append(report)
            place = len(self.reports) - 1
        self._shop.teller.noted(report)
        return place

    def _read_back(self, base: Session, place: int, number: int, since_ms: int) -> None:
        """Once no file has rows to send any more: a look at what the account made of them."""
        report, shop = self.reports[place], self._shop
        voice = FileVoice(f"{report.drop}/{report.file}", shop.lines)
        with (
            Session(voice, None, Options(unattended=True)) as session,
            shop.stops.over(session.stop),
        ):
            session.begin_as(base)
            assert base.connection is not None, "the hand has one"
            session.job = session.journal.job(number)
            read_back(session, base.connection, since_ms)
            found = session.read_back or {}
        names = {name for kind in ("altered", "dropped") for name in _names(found.get(kind))}
        if names:
            self.reports[place] = replace(report, altered=tuple(sorted(names)))

    # What stands in the way

    def _end(self, error: ImporterError) -> None:
        """Nothing more is begun. The first reason is the one that is told, and at once."""
        with self._lock:
            is_first = self._ends is None
            self._ends = self._ends or error
            if is_first:
                self.account = replace(
                    self.account,
                    exit_code=error.exit_code,
                    stopped=error.plain,
                    where=error.where or "",
                    fix=self._fix(error),
                )
        if is_first and not isinstance(error, InterruptedRunError):
            last = self._shop.last_stops.get(self.account.name)
            self._shop.teller.stopped(self.account, is_new=last != same_stop(self.account))

    def _fix(self, error: ImporterError) -> str:
        drop = self._tasks[0].drop.name
        return (by_keys(error.fix, drop) or "").replace(AGAIN, NEXT)

    def _not_begun(self, task: Task) -> FileReport:
        """A file that an earlier pass has begun is still not finished."""
        ends = self._ends
        is_stopped = ends is None or isinstance(ends, InterruptedRunError)
        job = task.begun if task.begun and task.begun.state is JobState.OPEN else None
        return FileReport(
            drop=task.drop.name,
            account=task.drop.account or "",
            file=task.name if task.found or job is None else Path(job.file).name,
            fate=Fate.WAITING if job is None else Fate.OPEN,
            exit_code=75 if ends is None or isinstance(ends, ResumableError) else ends.exit_code,
            what=f"{'' if job else 'not begun: '}{STOPPED if is_stopped else CANT_GO_ON}",
            job=job,
        )

    def _look_at_day(self, base: Session) -> None:
        account = base.account
        assert account is not None, "the hand has an account"
        with suppress(ImporterError):
            calls = day_calls(base)
            with self._lock:
                self.account = replace(
                    self.account,
                    day_calls=calls,
                    daily_calls=account.daily_calls,
                    reserve_calls=account.reserve_calls,
                )


def same_stop(account: AccountReport) -> str:
    """Equal for stops that are the same, however many calls there were meanwhile."""
    return NUMBERS.sub("", account.stopped)


def _names(found: object) -> list[str]:
    return list(found) if isinstance(found, dict) else []
