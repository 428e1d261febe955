"""What one pass over the drops has done: values that drops make, and notices and the console tell.

Nothing here does anything. No text of a report has a row's values, but for those of `RefusedRow`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from importer.model import JobSummary
from importer.plan import Plan


class Fate(StrEnum):
    DONE = "done"  # its job is finished, and it was moved to done/
    REFUSED = "refused"  # can't be read, or mapped: moved to refused/
    HELD = "held"  # differs too much from the last one: stays, until a person accepts it
    BLOCKED = "blocked"  # something else is to be mended first, such as the mapping: stays
    OPEN = "open"  # rows are left to be sent: stays, and the next pass goes on
    WAITING = "waiting"  # not begun: it may still grow, or its account can't go on
    LEFT_ALONE = "left_alone"  # nothing that is imported: its name, or a link


MOVED = frozenset({Fate.DONE, Fate.REFUSED})
# The worst first, as an exit code of a pass. design.md, section 9, tells what each means.
WORST_FIRST = (3, 2, 75, 1, 0)


def worst(codes: Sequence[int]) -> int:
    """0 where there are none."""
    return min(codes, key=WORST_FIRST.index, default=0)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """column, why: as in the reject file; they may have the row's values."""

    number: int
    code: str
    column: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Refusals:
    """Rows of a file that were refused alike."""

    code: str
    column: str | None
    rows: int


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of a file, or of an earlier file's job that went on without one.

    drop, account: names of importer.toml; account "" for the environment's. file: its name.
    exit_code: as of `run`. what, where, fix: why it is so, and how to mend it; "" where all is
    well. job: None where none was made. created: leads made in this pass. moved_to, rejects,
    results, report: paths. is_known: its content was imported before. refusals, examples: of its
    refused rows, the most frequent and the first of them. altered: fields that the account has
    otherwise, or not at all, than they were sent.
    """

    drop: str
    account: str
    file: str
    fate: Fate
    exit_code: int = 0
    what: str = ""
    where: str = ""
    fix: str = ""
    job: JobSummary | None = None
    created: int = 0
    moved_to: str | None = None
    rejects: str | None = None
    results: str | None = None
    report: str | None = None
    is_known: bool = False
    refusals: Sequence[Refusals] = ()
    examples: Sequence[RefusedRow] = ()
    altered: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class AccountReport:
    """name: of importer.toml, "" for the environment's. day_calls: that left from here in the last
    24 hours, None where the account was not asked. daily_calls: of them at most, None without such
    a limit; reserve_calls: of these, left for people. stopped: why nothing more was sent, with
    where and fix; "" where nothing stood in the way.
    """

    name: str
    day_calls: int | None = None
    daily_calls: int | None = None
    reserve_calls: int = 0
    exit_code: int = 0
    stopped: str = ""
    where: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class PassReport:
    """One pass. Times in UTC seconds since 1970. files: in the order in which they were finished;
    those that were left alone last. journal: its path. is_changed: something was done, or went
    otherwise than in the pass before.
    """

    started_at: float
    ended_at: float
    exit_code: int
    journal: str
    files: Sequence[FileReport] = ()
    accounts: Sequence[AccountReport] = field(default=())
    is_changed: bool = True


@dataclass(frozen=True, slots=True)
class Expected:
    """What a pass would do with a file, or with a job that an earlier pass left. fate: as it would
    be before anything is sent; DONE where it would be imported. calls: for its rows at most."""

    drop: str
    account: str
    file: str
    fate: Fate
    what: str
    where: str = ""
    fix: str = ""
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a pass would do now. By account, "" for the environment's, plans; missing: what stands
    in its way; short: that the day has too few calls left, in words."""

    files: Sequence[Expected]
    plans: Mapping[str, Plan]
    missing: Mapping[str, str]
    short: Mapping[str, str] = field(default_factory=dict)
