"""The values that travel between the rooms. Nothing here does anything."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from importer.plan import Plan
from importer.quoting import NOTHING_NAMED, Named


class RowStatus(StrEnum):
    PENDING = "pending"  # staged, valid, not sent
    SENDING = "sending"  # a call may be in flight; without a live worker: unsettled
    CREATED = "created"  # the API gave an Id
    UPDATED = "updated"  # kept for bulk calls that update
    DUPLICATE = "duplicate"  # refused: a unique field is taken
    REJECTED = "rejected"  # refused for good by the API
    INVALID = "invalid"  # failed the mapping's checks, never sent
    FAILED = "failed"  # transient errors outlasted the retries; known not to be there
    IN_DOUBT = "in_doubt"  # sent, the reply lost, and no evidence can tell
    SKIPPED = "skipped"  # nothing to do, with the reason
    DELETED = "deleted"  # undone


OPEN = frozenset({RowStatus.PENDING, RowStatus.SENDING})
ACCEPTED = frozenset({RowStatus.CREATED, RowStatus.UPDATED})
REFUSED = frozenset({RowStatus.REJECTED, RowStatus.INVALID, RowStatus.DUPLICATE})
TO_LOOK_AT = REFUSED | {RowStatus.FAILED, RowStatus.IN_DOUBT}

SKIP_IF = "skip_if"  # the code of rows that the mapping leaves out by what stands in a column

# What a reject file has behind the original columns, in this order.
RESULTS_COLUMNS = ("Import Status", "Lead Id", "Import Row", "Import Reason")
REJECT_COLUMNS = (
    "Reject Code",
    "Reject Column",
    "Reject Reason",
    "Existing Lead Id",
    "Import Row",
    "Import Job",
)


class JobState(StrEnum):
    STAGING = "staging"  # not all rows are stored
    OPEN = "open"  # rows are pending or sending
    FINISHED = "finished"  # none are
    PURGED = "purged"  # personal data removed, counts kept


class CellKind(StrEnum):
    """What a workbook's cell is, besides its text; one character, a row's kinds are a string."""

    TEXT = "t"  # blank cells too
    NUMBER = "n"  # percentages too
    DATE = "d"  # date, date-time, time
    BOOLEAN = "b"
    ERROR = "e"  # such as #N/A, which is then its text
    UNCALCULATED = "f"  # a formula that was stored without its value; its text is the formula


@dataclass(frozen=True, slots=True)
class ColumnStyle:
    """How a workbook shows a column: Excel's number format code, and the width in characters."""

    number_format: str = "General"
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file; `number` is the one that Excel shows.

    kinds: a `CellKind` a cell; "" where all are text, as in every CSV.
    """

    number: int
    cells: Sequence[str]
    kinds: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive rows: `rows[i]` has number `first + i`, and is empty where the row is blank.

    Neither the first nor the last row of a block is blank. kinds: as in `Row`, one string a row;
    empty for a file that has only text.
    """

    first: int
    rows: list[list[str]]
    kinds: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row can't be sent. `column` is the file's header; `why` ends with how to mend it,
    unless nothing is wrong (SKIP_IF)."""

    code: str
    why: str
    column: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """A row's own key, in a custom field of its lead: no other row has it, in any job.

    is_unique: whether the account lets no second lead have the value.
    """

    field: str
    value: str
    is_unique: bool = False


@dataclass(frozen=True, slots=True)
class Lead:
    """What one row asks the API to create.

    values: schema name to value, in payload order, blanks left out; the child of a custom
    field set is named `Parent.Child`.
    keys: the unique fields that have a value, each with it normalised for comparison
    (trimmed and case-folded; a phone's digits).
    stamp: no part of what the person is: rows that differ by it alone are the same.
    """

    values: Mapping[str, str]
    keys: Mapping[str, str]
    stamp: Stamp | None = None

    @property
    def sent(self) -> Mapping[str, str]:
        """The values of the payload, the stamp last."""
        return {**self.values, self.stamp.field: self.stamp.value} if self.stamp else self.values

    @property
    def is_protected(self) -> bool:
        """Whether the account refuses a second lead, so that sending it again is safe."""
        return bool(self.keys) or (self.stamp is not None and self.stamp.is_unique)

    @property
    def text(self) -> str:
        """Equal for equal payloads, and different for different ones."""
        return json.dumps(dict(self.values), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Screened:
    """What a block's rows came to when checked, by their index in the block.

    problems: index to the row's problems; a row that is not named is valid.
    keys: one sequence a unique field, in the mapping's order: each row's normalised value,
    or "" where it has none.
    whole: for a valid row without any unique value, its lead's `text`; else "".
    """

    problems: Mapping[int, Sequence[Problem]]
    keys: Sequence[Sequence[str]]
    whole: Sequence[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a row goes, and why.

    code: the vendor's ExceptionType, else `HTTP <status>`, else ours.
    field: the file's column that it is about; a schema name where no column feeds that field.
    lead_id: the Id of our lead; existing_id: of the other one that stands in the way.
    """

    status: RowStatus
    code: str | None = None
    reason: str | None = None
    field: str | None = None
    lead_id: UUID | None = None
    existing_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class JobSummary:
    """One job and its ledger: `counts` has every status, and adds up to `rows`."""

    number: int
    key: str
    file: str
    state: JobState
    rows: int
    account: str
    counts: Mapping[RowStatus, int] = field(default_factory=dict)
    started_at: float = 0.0
    ended_at: float | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A run as it goes. share: of the quota, used by this run so far; None without a quota."""

    counts: Mapping[RowStatus, int]
    calls: int
    elapsed_s: float
    share: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Rows of a list that would be refused alike. examples: row numbers with the cell's text."""

    code: str
    column: str | None
    why: str
    rows: int
    examples: Sequence[tuple[int, str | None]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is striking about a column's cells, or about rows of the file.

    column: None where it is about rows. rows: how many. examples: row numbers with the cell's text.
    what: how it came about. does: what is done with these rows. change: the mapping's line or the
    option that would change that. stops: nothing is sent before it is decided.
    """

    code: str
    column: str | None
    rows: int
    examples: Sequence[tuple[int, str]]
    what: str
    does: str
    change: str
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import of a file would do; nothing was sent.

    found: how the file is read. account_fields: whether it was checked against them, in words.
    columns: each of the file's, with the fields it goes into and how; no field where it is left
    out. constants: field and value. rows: of the file; counts: what they would come to, as far as
    can be told without the account. by_unique: rows to send
    with a unique value; by_stamp: others with a stamp; by_nothing: the rest. stamp: its value is
    the job's key, "" before the account is known. leads: row number and JSON body of the first.
    seconds: at the quota, None without one, or where it takes more than a day's calls; rate: the
    quota in words. left_today: calls, None for no limit of a day's; today: in words, where they are
    too few. plan: of the rows' calls, those before them and those of the list. command: what would
    import the file. html: path of the page about it, None without. list_name: of the static list
    that the leads are added to, "" without; list_calls: that it takes.
    """

    file: str
    name: str
    sheet: str | None
    found: Sequence[str]
    account_fields: str
    columns: Sequence[tuple[str, str, str]]
    constants: Mapping[str, str]
    unique: Sequence[str]
    rows: int
    counts: Mapping[RowStatus, int]
    troubles: Sequence[Trouble]
    findings: Sequence[Finding]
    by_unique: int
    by_stamp: int
    by_nothing: int
    stamp: Stamp | None
    leads: Sequence[tuple[int, str]]
    seconds: float | None
    rate: str
    left_today: int | None
    today: str
    plan: Plan
    command: str
    html: str | None = None
    list_name: str = ""
    list_calls: int = 0


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call that left, as the journal has it. Times in UTC seconds since 1970.

    number: of the row's calls. http: None where no reply came. error: the exception's type, the
    vendor's or ours. for_all: a look-up that was made for all unsettled rows together.
    """

    name: str
    number: int
    at: float
    server_at: float
    http: int | None
    error: str | None
    latency_ms: int | None
    for_all: bool = False


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What a person decided about a row, and when (UTC seconds): `resend`, `mark_created`,
    `give_up`, `cancel`, `mend`, `retry`."""

    at: float
    what: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class RowHistory:
    """All that the journal knows of one row. Times in UTC seconds since 1970.

    cells: column and text. lead: the JSON body that it sends; None where it makes none.
    """

    job: int
    number: int
    status: RowStatus
    cells: Sequence[tuple[str, str]]
    lead: str | None
    lead_id: UUID | None
    existing_id: UUID | None
    code: str | None
    column: str | None
    reason: str | None
    changed_at: float | None
    calls: Sequence[CallRecord]
    decisions: Sequence[DecisionRecord]


@dataclass(frozen=True, slots=True)
class Doubts:
    """The in_doubt rows of a job, each with what was sent and looked for.

    named: for the commands that decide.
    """

    job: int
    rows: Sequence[RowHistory]
    named: Named = NOTHING_NAMED


@dataclass(frozen=True, slots=True)
class AccountCheck:
    """What `check` found; what the API does not tell is "". skew_s: the server's clock less ours.

    name: of importer.toml, None for the environment's keys; config: that file where one was read.
    A limit is calls and seconds. set_limit: what the settings allow, None for no limit;
    learned_limit: by a throttled reply, None while none was. day_calls: sent from here in the
    last 24 hours; daily_calls: of them at most, None without such a limit. jobs: of the journal,
    None where there is none yet. options: to name the same account again, such as --account acme.
    """

    name: str | None
    config: str | None
    host: str
    organisation: str
    org_id: str
    user: str
    role: str
    time_zone: str
    country_code: str
    set_limit: tuple[int, float] | None
    learned_limit: tuple[int, float] | None
    day_calls: int
    daily_calls: int | None
    skew_s: float
    journal: str
    jobs: int | None
    options: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold. found: what was counted, or what does not hold; fix: what to do
    then."""

    name: str
    holds: bool
    found: str
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """The ledger of one job, checked. notes: what was seen and fails nothing."""

    checks: Sequence[Check]
    notes: Sequence[str]

    @property
    def holds(self) -> bool:
        return all(check.holds for check in self.checks)
