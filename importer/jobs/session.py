"""What one command works with: settings, journal, account, and a way to be stopped and to speak."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from importer.errors import InterruptedRunError, JournalError, SettingsError
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.trouble import accounted
from importer.model import JobSummary, Progress
from importer.quoting import Named
from importer.settings import Account, Settings, read_account, read_settings
from importer.shown import Shown

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


@dataclass(frozen=True, slots=True)
class Options:
    """out: folder of the files that are written, None for beside the input; limit: rows to send
    at most; keep_going: also where the first rows are all refused alike; read_back: new leads to
    read again, None for a hundredth of them; unattended: nobody waits for it, so it leaves people
    the calls that the account reserves for them."""

    out: Path | None = None
    limit: int | None = None
    keep_going: bool = False
    read_back: int | None = None
    unattended: bool = False


class Session:
    """One command's work. `job` is set as soon as it is known, and `files` as they are written.

    journal: the --journal option, None where it is not given.
    """

    def __init__(self, voice: Voice, journal: str | None, options: Options | None = None) -> None:
        self.voice = voice
        self.options = options or Options()
        self.stop = Stop()
        self.account: Account | None = None
        self.job: Job | None = None
        self.jobs: list[JobSummary] | None = None
        self.shown: Shown | None = None
        self.files: dict[str, Path] = {}
        self.read_back: dict[str, object] | None = None
        self.exit_code = 0
        self.named = Named(journal)
        self._journal: Journal | None = None
        self._settings: Settings | None = None

    def begin(self, environment: Mapping[str, str], config: str | None = None) -> None:
        """config: the --config option. Raises SettingsError."""
        self.named = replace(self.named, config=config)
        self._settings = read_settings(environment, journal=self.named.journal, config=config)

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

    def close(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None

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
