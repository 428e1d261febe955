"""All that a person sees: progress, summaries, errors, exit codes. Only this module prints.

Progress, remarks and errors go to stderr; what was asked for goes to stdout, and with --json its
last line is one object, on every exit.
"""

import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from importer.console.line import json_line, one_line
from importer.console.shown import shown_lines, shown_object
from importer.console.summary import job_object, line_of
from importer.console.trace import save_trace
from importer.errors import BusyError, ImporterError, ResumableError
from importer.model import (
    OPEN,
    REFUSED,
    Doubts,
    JobState,
    JobSummary,
    Progress,
    RowHistory,
)
from importer.quoting import Named
from importer.shown import Shown, UndoReport
from importer.steps import WORDS, Unlisted, next_steps

BUG = 3
PLAIN_EVERY_S = 10.0  # where stderr is no terminal
BAR = "{desc}: {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} rows [{elapsed}<{remaining}{postfix}]"


class _Handler(logging.Handler):
    """Hands each record on as a line."""

    def __init__(self, line: Callable[[str], None]) -> None:
        super().__init__()
        self._line = line

    def emit(self, record: logging.LogRecord) -> None:
        self._line(self.format(record))


class Result(Protocol):
    """What a command leaves behind, also when it failed."""

    exit_code: int
    files: dict[str, Path]
    jobs: list[JobSummary] | None
    shown: Shown | None
    read_back: dict[str, object] | None
    listed: dict[str, object] | None
    named: Named

    def summary(self) -> JobSummary | None: ...
    def journal_path(self) -> Path | None: ...
    def mapping_name(self) -> str | None: ...
    def unlisted(self) -> Unlisted | None: ...
    def trace_folder(self) -> Path | None: ...


class Console:
    """verbosity: -1 quiet, 0 normal, 1 and 2 more. As a `Voice`, it tells how a run goes."""

    def __init__(self, *, as_json: bool = False, verbosity: int = 0) -> None:
        self.as_json = as_json
        self.verbosity = verbosity
        if verbosity > 0:
            self._listen(logging.INFO if verbosity == 1 else logging.DEBUG)
        self._bar: Any = None
        self._plain_at = time.monotonic()
        self._stored_at = 0
        self._unwritten = ""

    def _listen(self, level: int) -> None:
        """Say what the rooms log: refusals and throttling, and each call where asked."""
        log, handler = logging.getLogger("importer"), _Handler(self._line)
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        log.addHandler(handler)
        log.setLevel(level)

    # The voice of a run

    def say(self, text: str) -> None:
        if self.verbosity >= 0:
            self._line(text)

    def warn(self, text: str) -> None:
        """What a person must know who wanted to hear nothing."""
        self._line(text)

    def _line(self, text: str) -> None:
        """On a line of its own, also where the bar stands."""
        self._clear()
        _write(sys.stderr, text)

    def stored(self, row: int) -> None:
        if row - self._stored_at >= 100_000:
            self._stored_at = row
            self.say(f"stored up to row {row:,}")

    def progress(self, progress: Progress, summary: JobSummary) -> None:
        if self.verbosity < 0:
            return
        open_rows = sum(progress.counts[status] for status in OPEN)
        done, remarks = summary.rows - open_rows, _remarks(progress)
        if _can_redraw():
            self._show_bar(done, summary.rows, remarks)
        elif time.monotonic() - self._plain_at >= PLAIN_EVERY_S:
            self._plain_at = time.monotonic()
            left = f", {_time_left(progress, open_rows)} left" if progress.calls else ""
            _write(sys.stderr, f"{done:,} of {summary.rows:,} rows, {', '.join(remarks)}{left}")

    def _show_bar(self, done: int, total: int, remarks: Iterable[str]) -> None:
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(
                total=total,
                initial=done,
                desc="sending",
                bar_format=BAR,
                file=sys.stderr,
                dynamic_ncols=True,
            )
        self._bar.n = done
        self._bar.set_postfix_str(one_line(", ".join(remarks)), refresh=True)

    def _clear(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    # The end of a command

    def run(self, result: Result, action: Callable[[], None]) -> int:
        """Do the command's work; whatever happens, say how it ended, and give the exit code."""
        error = self._error_of(action, result.trace_folder)
        self._clear()
        summary: JobSummary | None = None

        def look() -> None:
            nonlocal summary
            summary = result.summary()

        late = self._error_of(look, result.trace_folder)  # a journal that can't be read any more
        code = late.exit_code if late else error.exit_code if error else result.exit_code
        error = error or late
        self._show(result, summary, error)
        if self.as_json:
            self.print_json(_object(result, summary, code, error))
        if self._unwritten:
            self.show_error(
                ImporterError(
                    f"stdout cannot be written: {self._unwritten}",
                    where="stdout",
                    fix="make room, or send it elsewhere; importer status"
                    f"{result.named.for_all} shows the jobs again",
                )
            )
            return code or ImporterError.exit_code
        return code

    def _error_of(
        self, step: Callable[[], None], trace_folder: Callable[[], Path | None]
    ) -> ImporterError | None:
        try:
            step()
        except ImporterError as mendable:
            return mendable
        except Exception as bug:
            return self.bug(bug, trace_folder())
        return None

    def bug(self, bug: Exception, folder: Path | None = None) -> ImporterError:
        """The error that tells of a bug, its trace saved; folder: where, if it can be used."""
        error = ImporterError(
            f"this is a bug in the importer: {type(bug).__name__}",
            where=save_trace(bug, folder),
            fix="nothing is lost: the journal has every row's state. Send that file to the"
            " importer's makers, and run the same command again",
        )
        error.exit_code = BUG
        return error

    def _show(
        self, result: Result, summary: JobSummary | None, error: ImporterError | None
    ) -> None:
        """What was asked for, the job, what went wrong, and what to do next."""
        if result.jobs is not None:
            self.show_jobs(result.jobs)
        if result.shown is not None:
            self.show_shown(result.shown)
        told = None if isinstance(result.shown, RowHistory) else summary  # a row, not its job
        self.show_job(told, result.files)
        if error is not None:
            self.show_error(error)
        stopped = isinstance(error, ResumableError) and not isinstance(error, BusyError)
        is_plan = isinstance(result.shown, UndoReport) and result.shown.is_plan
        if told is not None and not is_plan and (error is None or stopped):
            self._show_steps(result, told)

    def show_shown(self, shown: Shown) -> None:
        for line in shown_lines(shown):
            self.print(line)

    def _show_steps(self, result: Result, summary: JobSummary) -> None:
        mapping = result.mapping_name() if summary.state is JobState.STAGING else None
        listed = isinstance(result.shown, Doubts)
        for step in next_steps(
            summary,
            result.files,
            result.named,
            mapping=mapping,
            lists_doubts=listed,
            unlisted=result.unlisted(),
        ):
            self.print(f"next: {step}")

    def fail(self, error: ImporterError) -> int:
        """A command that could not even begin, or broke outside of its work."""
        self.show_error(error)
        if self.as_json:
            self.print_json(job_object(None, error.exit_code, None, error))
        return error.exit_code

    def show_error(self, error: ImporterError) -> None:
        what, *details = error.lines
        for line in (f"importer: {what}", *details):
            _write(sys.stderr, line)
        if error.where:
            _write(sys.stderr, f"  at:  {error.where}")
        if error.fix:
            _write(sys.stderr, f"  fix: {error.fix}")

    def print(self, text: str) -> None:
        """What was asked for; with --json the object at the end has it."""
        if not self.as_json:
            self._unwritten = _write(sys.stdout, text) or self._unwritten

    def print_json(self, value: object) -> None:
        """ASCII: it is whole in every encoding that stdout may have."""
        self._unwritten = _write_as_it_is(sys.stdout, json_line(value)) or self._unwritten

    # What a job has come to

    def show_job(self, summary: JobSummary | None, files: Mapping[str, Path]) -> None:
        if summary is None:
            return
        self.print(f"job {summary.number} ({summary.key}), {summary.file}: {summary.state}")
        for status, rows in summary.counts.items():
            if rows:
                self.print(f"  {status:<10} {rows:>9,}  {WORDS[status]}")
        self.print(f"  {'rows':<10} {summary.rows:>9,}")
        for kind, path in files.items():
            self.print(f"{kind}: {path}")

    def show_jobs(self, summaries: Iterable[JobSummary]) -> None:
        rows = [[one_line(cell) for cell in line_of(summary)] for summary in summaries]
        head = ("job", "key", "file", "state", "rows", "created", "refused", "open", "other")
        widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
        for row in (head, *rows):
            cells = zip(row, widths, strict=True)
            self.print("  ".join(cell.ljust(width) for cell, width in cells).rstrip())


def _object(
    result: Result, summary: JobSummary | None, code: int, error: ImporterError | None
) -> dict[str, object]:
    journal = result.journal_path()
    if result.jobs is None:
        found = job_object(summary, code, journal, error)
        found |= {"read_back": result.read_back} if result.read_back else {}
        found |= {"list": result.listed} if result.listed else {}
        found |= {"report": str(result.files["report"])} if "report" in result.files else {}
        return found if result.shown is None else found | shown_object(result.shown)
    return {"jobs": [job_object(each, code, journal, error) for each in result.jobs]}


def _remarks(progress: Progress) -> list[str]:
    pace = progress.calls / progress.elapsed_s if progress.elapsed_s > 0 else 0.0
    found = [f"{pace:.1f} calls/s"]
    if progress.share is not None:
        found.append(f"{progress.share:.0%} of the quota")
    refused = sum(progress.counts[status] for status in REFUSED)
    if refused:
        found.append(f"{refused:,} refused")
    if progress.note:
        found.append(progress.note)
    return found


def _time_left(progress: Progress, rows: int) -> str:
    return str(timedelta(seconds=round(rows * progress.elapsed_s / progress.calls)))


def _can_redraw() -> bool:
    """Whether a bar can be shown: a terminal that can go back to the start of a line."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _write(stream: Any, text: str) -> str:
    """One line, whatever stands in it. Gives what `_write_as_it_is` gives."""
    return _write_as_it_is(stream, one_line(text))


def _write_as_it_is(stream: Any, text: str) -> str:
    """Gives why the text could not be written, "" where it was, or where nobody reads on."""
    if stream is None:  # closed by who started us
        return ""
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except OSError as error:
        # What can't be written (a full disk), or is not read (`| head`), must not end a run.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return "" if isinstance(error, BrokenPipeError) else error.strerror or type(error).__name__
    return ""
