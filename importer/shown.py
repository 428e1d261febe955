"""What commands are asked to show: values that the console prints. Nothing here does anything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from importer.fields import AccountFields
from importer.model import AccountCheck, Doubts, Preview, RowHistory, Verification
from importer.passes import Forecast, PassReport


@dataclass(frozen=True, slots=True)
class SalvagedJob:
    """Rows of one job, by what of them was saved. key: None, and file: "", where these can't be
    read.

    whole: with state and cells; no_cells: with their state alone; unknown: their state is not
    certain. Of the first two, pending: those that were not sent; no_id: those that made a lead, and
    its Id is not certain. lost: nothing of them was read; None where the job's counts can't tell.
    path: of the file, None where there was no row.
    """

    number: int
    key: str | None
    file: str
    whole: int
    no_cells: int
    unknown: int
    pending: int
    no_id: int
    lost: int | None
    path: str | None


@dataclass(frozen=True, slots=True)
class SalvageReport:
    """journal: its path. damage: what is wrong with it, as far as it was looked for."""

    journal: str
    jobs: Sequence[SalvagedJob]
    damage: Sequence[str]

    @property
    def is_all(self) -> bool:
        """Whether every row was saved whole, and the Id of its lead with it."""
        lacks = (job.no_cells or job.unknown or job.no_id or job.lost != 0 for job in self.jobs)
        return not any(lacks)

    @property
    def is_sound(self) -> bool:
        return self.is_all and not self.damage


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """What `purge` did. jobs: number and file of each that was purged; left: those that stay,
    with the reason; files: on disk, which still hold rows of the purged jobs."""

    jobs: Sequence[tuple[int, str]]
    left: Sequence[tuple[int, str]]
    files: Sequence[str]


@dataclass(frozen=True, slots=True)
class UndoneRow:
    """link: the lead's page in the account, "" where its address is not known. why: it is left
    alone."""

    number: int
    lead_id: str
    link: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What `undo` did, or with is_plan would do. leads: that the job's rows have made, and that
    were not undone before. to_delete: of them; deleted: of those, now. gone: that were not there
    any more, whose rows are deleted too. left: that are left alone. first: leads of a plan;
    left_alone: the first of those. again: the command that imports deleted rows again; undo: the
    one that deletes what a plan shows. lost: of `deleted`, those by calls whose replies were lost.
    open_rows: of the job, still to be sent, which `cancel` gives up. resting: other jobs, and
    their rows that were not sent as these leads were there."""

    is_plan: bool
    leads: int
    to_delete: int
    gone: int
    deleted: int
    left: int
    first: Sequence[UndoneRow]
    left_alone: Sequence[UndoneRow]
    again: str
    undo: str
    lost: int
    open_rows: int
    cancel: str
    resting: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class WrittenHistory:
    """The page of all runs. path: absolute. runs: how many there are."""

    path: str
    runs: int


@dataclass(frozen=True, slots=True)
class ShownFields:
    """What `fields` found. known: with the fields and users that have the search's text in a name,
    or else as an option. total: fields of the account. file: where all of it is kept."""

    known: AccountFields
    search: str
    total: int
    file: str


@dataclass(frozen=True, slots=True)
class SuggestedColumn:
    """field: "" where the column is left out; of a full name both of its fields, with a comma.
    confidence: 0 to 1. sure: nothing is to be checked. reason: of the field, or of leaving it
    out."""

    column: str
    field: str
    confidence: float
    sure: bool
    reason: str
    transforms: Sequence[str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The draft of a mapping. found: how the file is read. missing: mandatory fields of the account
    that no column feeds. checks: what is to be looked at of the list as a whole. text: of the
    mapping; mapping: its path, None where it was not written. is_known: whether the account's
    fields are known. commands: what comes next."""

    file: str
    name: str
    found: Sequence[str]
    columns: Sequence[SuggestedColumn]
    missing: Sequence[str]
    checks: Sequence[str]
    text: str
    mapping: str | None
    is_known: bool
    commands: Sequence[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person is asked about a column. choices: what may be answered by number; none: what 0
    means. why: it is asked. known: schema names that may be typed as well; nearest: which of them a
    wrong one may mean. fed: of these, those that another column feeds, with its name."""

    column: str
    examples: Sequence[str]
    choices: Sequence[str]
    none: str
    why: str
    known: Sequence[str] = ()
    fed: Mapping[str, str] = field(default_factory=dict)
    nearest: Callable[[str], str | None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Schedule:
    """What starts `drops run` every day; None where it was not asked for.

    cron: lines of a crontab. service, timer: units of systemd. windows: lines for PowerShell.
    env_file: the file that cron and systemd read variables from, None where none is needed;
    variables: those that are to be written into it.
    """

    cron: str | None
    service: str | None
    timer: str | None
    windows: str | None
    env_file: str | None
    variables: Sequence[str]


Shown = (
    Preview
    | RowHistory
    | Doubts
    | AccountCheck
    | Verification
    | PurgeReport
    | SalvageReport
    | ShownFields
    | PassReport
    | Forecast
    | Suggestion
    | Schedule
    | UndoReport
    | WrittenHistory
)
