"""Errors that a user can mend.

    ImporterError
    ├── SettingsError    options, environment, keys
    ├── MappingError     the YAML mapping
    ├── SourceError      the spreadsheet that was given
    ├── JournalError     the journal file, or a job in it
    ├── ApiError         the account refuses every call until something is mended
    └── ResumableError        nothing is wrong with the input: run the same command again later
        ├── BusyError            another process is at work on it
        └── InterruptedRunError  a signal ended the run

Anything else that is raised is a bug of ours and keeps its trace. A bad row is never an
exception: it is a `Problem`.
"""

from collections.abc import Iterable, Mapping

EXIT_CODES: Mapping[int, str] = {
    0: "every row is created, updated, skipped or deleted, now or earlier",
    1: "finished; a person should look: rejected, duplicate, invalid, failed or in doubt",
    2: "could not go on; you can mend it, and the message says how",
    3: "a bug; the trace is saved, and its place is named",
    75: "stopped, and can be resumed: the API is down, the day's calls are used up, or another"
    " importer has the job",
    130: "stopped by Ctrl-C; can be resumed",
    143: "stopped by SIGTERM; can be resumed",
}
"""What a command ends with; 75 is EX_TEMPFAIL of sysexits.h, 130 and 143 are 128 + the signal."""


class ImporterError(Exception):
    """What went wrong, where, and how to mend it: each a sentence for a person.

    details: of what went wrong, each on a line of its own. plain: what went wrong, without the
    words that may quote a row: for who is told elsewhere than at the terminal.
    """

    exit_code = 2

    def __init__(
        self,
        what: str,
        *,
        details: Iterable[str] = (),
        where: str | None = None,
        fix: str | None = None,
        plain: str | None = None,
    ) -> None:
        self.lines = (what, *(f"  {each}" for each in details))
        self.what = "\n".join(self.lines)
        super().__init__(self.what)
        self.plain = plain or "; ".join(line.strip() for line in self.lines)
        self.where = where
        self.fix = fix


class SettingsError(ImporterError):
    pass


class MappingError(ImporterError):
    pass


class SourceError(ImporterError):
    pass


class JournalError(ImporterError):
    pass


class ApiError(ImporterError):
    """names_field: it is about a field that the mapping names. is_of_rows: about the first rows,
    so that others may be accepted."""

    names_field = False
    is_of_rows = False


class ResumableError(ImporterError):
    exit_code = 75


class BusyError(ResumableError):
    pass


class InterruptedRunError(ResumableError):
    """`signal_number`: 2 for Ctrl-C, 15 for SIGTERM; the exit code is 128 more."""

    def __init__(self, signal_number: int, what: str, *, fix: str | None = None) -> None:
        super().__init__(what, fix=fix)
        self.exit_code = 128 + signal_number
