"""What one command works with: settings, journal, account, and a way to be stopped and to speak."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from importer.errors import InterruptedRunError, JournalError, SettingsError
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.trouble import accounted
from importer.model import JobSummary, Progress
from importer.quoting import Named
from importer.settings import Account, Settings, read_account, read_settings
from importer.shown import Shown
from importer.steps import Unlisted

if TYPE_CHECKING:
    from importer.delivery.connection import Connection

WAITING = "waiting for the journal: another program holds it"


class Voice(Protocol):
    """How a run tells a person what it does."""

    def say(self, text: str) -> None: ...
    def stored(self, row: int) -> None: ...
    def progress(self, progress: Progress, summary: JobSummary) -> None: ...


class Stop:
    """A request to end in order, from a signal handler or another thread."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self._tell: Callable[[], None] = lambda: None

    def request(self, signal_number: int) -> None:
        self.signal = signal_number
        self._tell()

    def tell(self, listener: Callable[[], None]) -> None:
        """Call the listener when the stop is requested."""
        self._tell = listener

    def check(self, fix: str) -> None:
        """Raises InterruptedRunError: the stop was requested."""
        if self.signal is not None:
            raise InterruptedRunError(self.signal, "stopped", fix=fix)

    def sleep(self, seconds: float) -> None:
        """Wait, but not past a request to stop."""
        end = time.monotonic() + seconds
        while self.signal is None and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))
        self.check("run the same command again; it carries on")


class Stops:
    """Ends the work of several sessions in order: of those that it was given to, and of those that
    it will be given to. `request` may be called from any thread, from a signal handler and more
    than once."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self.signal: int | None = None

    def request(self, signal_number: int) -> None:
        self.signal = signal_number
        for stop in tuple(self._stops):
            stop.request(signal_number)

    @contextmanager
    def over(self, stop: Stop) -> Iterator[None]:
        """No lock, which a signal handler could wait for in vain: the stop is listed before the
        request is looked for, so that one of the two sees the other."""
        self._stops.append(stop)
        try:
            if self.signal is not None:
                stop.request(self.signal)
            yield
        finally:
            self._stops.remove(stop)


class Turn(Protocol):
    """Whose turn it is to send, where several files wait for one account."""

    def take(self) -> None:
        """Wait for it; called just before the first row is sent. May raise an ImporterError."""

    def pass_on(self) -> None:
        """Nothing is left but the replies under way; may be called more than once."""


class NoTurn:
    """Nobody else waits."""

    def take(self) -> None:
        pass

    def pass_on(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Options:
    """out: folder of the files that are written, None for beside the input; limit: rows to send
    at most; keep_going: also where the first rows are all refused alike; read_back: new leads to
    read again, None for a hundredth of them. report: write the report of the job too. list_name: of
    the static list that the job's leads are added to, None for the mapping's. unattended: work
    without a person: it keeps the account's reserve, says no values of rows, and leaves the job's
    files and the reading back to who asked for it."""

    out: Path | None = None
    limit: int | None = None
    keep_going: bool = False
    read_back: int | None = None
    report: bool = False
    list_name: str | None = None
    unattended: bool = False


class Session:
    """One command's work. `job` is set as soon as it is known, and `files` as they are written.

    journal: the --journal option, None where it is not given. turn: see `Turn`. connection: to be
    used, where one is open already; it is of this thread alone. sent_since: UTC ms when rows began
    to be sent, None while none was. made: told of a job before its rows are stored.
    """

    def __init__(self, voice: Voice, journal: str | None, options: Options | None = None) -> None:
        self.voice = voice
        self.options = options or Options()
        self.stop = Stop()
        self.turn: Turn = NoTurn()
        self.connection: Connection | None = None
        self.sent_since: int | None = None
        self.made: Callable[[Job], None] = lambda _: None
        self.account: Account | None = None
        self.job: Job | None = None
        self.jobs: list[JobSummary] | None = None
        self.shown: Shown | None = None
        self.files: dict[str, Path] = {}
        self.read_back: dict[str, object] | None = None
        self.listed: dict[str, object] | None = None
        self.exit_code = 0
        self.named = Named(journal)
        self._journal: Journal | None = None
        self._is_borrowed = False
        self._settings: Settings | None = None

    def begin(self, environment: Mapping[str, str], config: str | None = None) -> None:
        """config: the --config option. Raises SettingsError."""
        self.named = replace(self.named, config=config)
        self._settings = read_settings(environment, journal=self.named.journal, config=config)

    def begin_as(self, other: "Session") -> None:
        """With the settings, the account, the connection and the open journal of another, which is
        of the same thread and outlives this one."""
        self.named, self._settings, self.account = other.named, other.settings, other.account
        self.connection, self._journal = other.connection, other._journal
        self._is_borrowed = self._journal is not None

    def begin_beside(self, other: "Session") -> None:
        """With the settings of another, perhaps of another thread."""
        self.named, self._settings = other.named, other.settings

    def use_account(
        self, environment: Mapping[str, str], name: str | None = None, rate: str | None = None
    ) -> None:
        """name and rate: the options --account and --rate. Raises SettingsError."""
        self.named = replace(self.named, account=name)
        self.account = read_account(self.settings, environment, name=name, rate=rate)

    def use_account_if_any(self, environment: Mapping[str, str], name: str | None = None) -> None:
        """As `use_account`, for what can be done without one. Raises SettingsError: `name` is
        given, and there is no such account."""
        try:
            self.use_account(environment, name)
        except SettingsError:
            if name is not None:
                raise

    @property
    def settings(self) -> Settings:
        assert self._settings is not None, "the session has begun"
        return self._settings

    def journal_path(self) -> Path | None:
        return None if self._settings is None else self._settings.journal.resolve()

    def trace_folder(self) -> Path | None:
        """Where a bug's trace is kept, past a reboot; None while the settings are not known."""
        return None if self._settings is None else self._settings.state / "bugs"

    @property
    def journal(self) -> Journal:
        return self._journal or self.open_journal(create=False)

    def open_journal(self, *, create: bool) -> Journal:
        """Raises JournalError: see Journal."""
        if self._journal is None:
            path, say = self.settings.journal, self.voice.say
            self._journal = Journal(path, create=create, on_wait=lambda: say(WAITING))
            if self._journal.is_new:
                self.voice.say(f"new journal: {self._journal.path}")
        return self._journal

    def summary(self) -> JobSummary | None:
        """The job as it stands now; None while none is known. Raises JournalError: unreadable."""
        if self.job is None or self._journal is None:
            return None
        with accounted(self._journal.path):
            self.job = self._journal.job(self.job.number)
            return self._journal.summary(self.job)

    def mapping_name(self) -> str | None:
        """The mapping's path, as the job's own command had it; None where it can't be read."""
        if self.job is None or self._journal is None:
            return None
        with suppress(JournalError), accounted(self._journal.path):
            return self._journal.mapping(self.job).name
        return None

    def unlisted(self) -> Unlisted | None:
        """Of the job, the leads that its static list lacks; None where that can't be told."""
        from importer.jobs.enlist import unlisted_of  # which needs a session

        if self.job is None or self._journal is None:
            return None
        with suppress(JournalError), accounted(self._journal.path):
            return unlisted_of(self._journal, self._journal.job(self.job.number))
        return None

    def close(self) -> None:
        if self._journal is not None and not self._is_borrowed:
            self._journal.close()
        self._journal, self._is_borrowed = None, False

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def now_ms() -> int:
    """UTC, in ms since 1970."""
    return time.time_ns() // 1_000_000


def counted(number: int, noun: str) -> str:
    """`1 row`, `2,000 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
