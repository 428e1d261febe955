"""The Python API: what the commands `run` and `preview` do, for scripts and schedulers.

In: paths, names and callbacks. Out: values, or an ImporterError. It prints nothing, installs no
signal handler, and leaves logging as it is.
"""

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Literal

from importer.errors import ImporterError, SettingsError
from importer.intake.source.file import Reading
from importer.jobs.preview import preview_file
from importer.jobs.session import Options, Session, Stop, Stops
from importer.jobs.start import run_file
from importer.journal.trouble import accounted
from importer.model import JobSummary, Preview, Progress
from importer.settings import Account
from importer.settings.keys import KEY
from importer.settings.values import NUMBERS

__all__ = ["Account", "Cancel", "ImportResult", "preview", "run_import"]

AnyPath = str | os.PathLike[str]
OnProgress = Callable[[Progress, JobSummary], None]
SHORT_ROWS = ("refuse", "pad")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file.

    job: the whole job's counts, those of earlier runs too. rejects: the file of refused rows, None
    without any. results: every row with its lead's Id, None while rows are open. exit_code: as the
    command's: 0, or 1 where a person should look (with `limit`, at the rows that were sent now).
    remarks: what the command would have said, in order. report: the page that tells of the job,
    None where it was not asked for.
    """

    job: JobSummary
    journal: Path
    rejects: Path | None
    results: Path | None
    exit_code: int
    remarks: Sequence[str] = ()
    report: Path | None = None

    @property
    def ok(self) -> bool:
        """Nothing to look at; with `limit`, rows may still be open."""
        return self.exit_code == 0


class Cancel:
    """Ends imports in order: those that it was given to, and those that it will be given to.

    `request` may be called from any thread, from a signal handler and more than once.
    """

    def __init__(self) -> None:
        self._stops = Stops()

    @property
    def is_requested(self) -> bool:
        return self._stops.signal is not None

    def request(self) -> None:
        self._stops.request(signal.SIGINT)


class _Script:
    """The voice of a run that a script has asked for.

    error: what came out of on_progress. It must not cut through the worker, so the run is stopped
    in order first.
    """

    def __init__(self, on_progress: OnProgress | None, stop: Stop) -> None:
        self.remarks: list[str] = []
        self.error: BaseException | None = None
        self._on_progress = on_progress
        self._stop = stop

    def say(self, text: str) -> None:
        self.remarks.append(text)

    def stored(self, row: int) -> None:
        pass

    def progress(self, progress: Progress, summary: JobSummary) -> None:
        if self._on_progress is None or self.error is not None:
            return
        try:
            self._on_progress(progress, summary)
        except BaseException as error:
            self.error = error
            self._stop.request(signal.SIGINT)


def run_import(
    file: AnyPath,
    mapping: AnyPath | None = None,
    *,
    account: str | Account | None = None,
    journal: AnyPath | None = None,
    config: AnyPath | None = None,
    out: AnyPath | None = None,
    limit: int | None = None,
    rate: str | None = None,
    again: bool = False,
    keep_going: bool = False,
    read_back: int | None = None,
    list_name: str | None = None,
    report: bool = False,
    sheet: str | int | None = None,
    header_row: int | None = None,
    area: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    short_rows: Literal["refuse", "pad"] = "refuse",
    on_progress: OnProgress | None = None,
    cancel: Cancel | None = None,
) -> ImportResult:
    """Import a list, carry on with one, or run a mended reject file: `importer run`.

    It returns when no row can be sent any more, however long that takes; the same call again
    carries on after any end, and sends nothing twice. Rows that were refused are no error: see
    ImportResult. May be called from any thread, and from several at once.

    mapping: None only for a mended reject file. account: a name of importer.toml; an `Account`,
    whose own numbers count; None for LSQ_HOST, LSQ_ACCESS_KEY and LSQ_SECRET_KEY. journal, config:
    None for those that the command would find. out: folder of the files that are written, None for
    beside the list. limit: rows to send at most. rate: such as "25/5s", or "none". again: send
    accepted rows a second time. keep_going: also where the first rows are all refused alike.
    read_back: new leads to read again; None for a hundredth, 0 for none. list_name: of the static
    list that the leads are added to; None for the mapping's, or the job's last one. report: write
    the page that tells of the job, too. sheet: a name, or a number from 1. header_row: as Excel
    shows it. area: the table's cells, such as "A3:D20", or "A3:D" for all to the end.

    on_progress: called by this thread with the run so far and the job's counts, at most every 0.1 s
    and once at the end; not at all where nothing is to be sent. The run waits for it. What it
    raises ends the run in order, and comes out of here.
    cancel: its `request()` ends the run in order: no new call, up to 5 s for the replies under way;
    where it was requested before, nothing is done at all.

    Raises SettingsError, MappingError, SourceError, JournalError, ApiError: a person must mend
    something. ResumableError: call it again later. InterruptedRunError: it was cancelled before
    its end. A KeyboardInterrupt ends it at once, which is as safe as a kill.
    """
    reading = _reading(sheet, header_row, area, encoding, delimiter, short_rows)
    if limit is not None and limit < 1:
        raise SettingsError(f"limit is {limit}", fix="1 or more; None for all rows")
    _check_paths(file=file, mapping=mapping, journal=journal, config=config, out=out)

    def work(session: Session) -> None:
        session.begin(os.environ, _text(config))
        _use_account(session, account, rate)
        with accounted(session.settings.journal.resolve()):
            run_file(session, Path(file), _path(mapping), reading, again=again)

    if read_back is not None and read_back < 0:
        raise SettingsError(f"read_back is {read_back}", fix="0 or more; None for a hundredth")
    options = Options(_path(out), limit, keep_going, read_back, report, list_name)
    return _performed(work, _text(journal), options, on_progress, cancel or Cancel())


def preview(
    file: AnyPath,
    mapping: AnyPath,
    *,
    account: str | None = None,
    journal: AnyPath | None = None,
    config: AnyPath | None = None,
    rate: str | None = None,
    sheet: str | int | None = None,
    header_row: int | None = None,
    area: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    short_rows: Literal["refuse", "pad"] = "refuse",
) -> Preview:
    """What `run_import` would do: `importer preview`. No call is made, and no rows are kept.

    account: a name of importer.toml; it needs none. Where the account is known, rows that the
    journal has sent to it before are counted as skipped. The rest: see run_import.
    Raises SettingsError, MappingError, SourceError, JournalError.
    """
    reading = _reading(sheet, header_row, area, encoding, delimiter, short_rows)
    _check_paths(file=file, mapping=mapping, journal=journal, config=config)
    stop = Stop()
    with Session(_Script(None, stop), _text(journal)) as session:
        session.begin(os.environ, _text(config))
        session.use_account_if_any(os.environ, account)
        preview_file(session, Path(file), Path(mapping), reading, rate=rate)
        assert isinstance(session.shown, Preview), "a preview was asked for"
        return session.shown


def _performed(
    work: Callable[[Session], None],
    journal: str | None,
    options: Options,
    on_progress: OnProgress | None,
    cancel: Cancel,
) -> ImportResult:
    """Do the work on a session. What on_progress raised comes out, with its own trace."""
    stop = Stop()
    voice = _Script(on_progress, stop)
    with Session(voice, journal, options) as session, cancel._stops.over(stop):
        session.stop = stop
        try:
            stop.check("call it again; nothing was done yet")
            work(session)
        except ImporterError:
            if voice.error is None:
                raise
        if voice.error is not None:
            raise voice.error
        return _result(session, voice.remarks)


def _result(session: Session, remarks: Sequence[str]) -> ImportResult:
    summary, journal = session.summary(), session.journal_path()
    assert summary is not None, "an import has a job"
    assert journal is not None, "the session has begun"
    return ImportResult(
        job=summary,
        journal=journal,
        rejects=session.files.get("rejects"),
        results=session.files.get("results"),
        exit_code=session.exit_code,
        remarks=tuple(remarks),
        report=session.files.get("report"),
    )


def _use_account(session: Session, account: str | Account | None, rate: str | None) -> None:
    if not isinstance(account, Account):
        session.use_account(os.environ, account, rate)
        return
    for name in ("access_key", "secret_key"):
        if not KEY.fullmatch(getattr(account, name)):
            raise SettingsError(
                f"{name} has a space or a character that no key has",
                where="the Account that was given",
                fix="strip what the key was read from, or copy it again",
            )
    _check_numbers(account)
    session.account = replace(account, rate=rate or account.rate)


def _reading(
    sheet: str | int | None,
    header_row: int | None,
    area: str | None,
    encoding: str | None,
    delimiter: str | None,
    short_rows: str,
) -> Reading:
    """Raises SettingsError: what the command's options would refuse."""
    if short_rows not in SHORT_ROWS:
        raise SettingsError(f'short_rows is "{short_rows}"', fix=f"one of: {', '.join(SHORT_ROWS)}")
    if header_row is not None and header_row < 1:
        raise SettingsError(f"header_row is {header_row}", fix="the row's number in Excel, from 1")
    return Reading(
        encoding=encoding,
        delimiter=delimiter,
        sheet=None if sheet is None else str(sheet),
        header_row=header_row,
        area=area,
        pads=short_rows == "pad",
    )


def _check_numbers(account: Account) -> None:
    """Raises SettingsError: what importer.toml would refuse."""
    for name in (field.name for field in fields(account) if field.name in NUMBERS):
        value = getattr(account, name)
        choice = "; None for no limit" if name == "daily_calls" else ""
        if NUMBERS[name].accepts(value) or (choice and value is None):
            continue
        raise SettingsError(
            f"{name} is {value!r}",
            where="the Account that was given",
            fix=f"{NUMBERS[name].words}{choice}",
        )


def _check_paths(**given: AnyPath | None) -> None:
    """Raises SettingsError: one has a NUL, which no command line can have, and no file's name."""
    for name, path in given.items():
        if path is not None and "\0" in os.fspath(path):
            raise SettingsError(
                f"{name} has a NUL character in it: {os.fspath(path)!r}", fix="give a file's path"
            )


def _path(given: AnyPath | None) -> Path | None:
    return None if given is None else Path(given)


def _text(given: AnyPath | None) -> str | None:
    return None if given is None else os.fspath(given)
