"""Records of a damaged journal: whether they can be what they should, and what they say then.

In: what SQLite gives, texts as bytes. Out: values. Pure.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from importer.journal.blocks import unpack_cells
from importer.journal.damaged import Range, Record
from importer.journal.rows import ROW_BITS
from importer.model import ACCEPTED, JobState, RowStatus

STATUSES = {status.encode(): status for status in RowStatus}
JOB_STATES = {state.encode(): state for state in JobState}
HEX = frozenset(b"0123456789abcdef")
KEY_DIGITS = 12
ID_BYTES = 16
UNREADABLE = (zlib.error, UnicodeDecodeError, json.JSONDecodeError)


@dataclass(frozen=True, slots=True)
class SavedJob:
    """file: "", and header: empty, where these can't be read. counts: None where they can't be, or
    are none."""

    number: int
    key: str | None = None
    file: str = ""
    sheet: str | None = None
    delimiter: str = ","
    header: Sequence[str] = ()
    state: JobState | None = None
    counts: Mapping[RowStatus, int] | None = None

    @property
    def range(self) -> Range:
        return (self.number << 32) + 1, self.number << 32 | ROW_BITS


@dataclass(frozen=True, slots=True)
class State:
    """A row's record. reason: None where it can't be read; changed_at: ms, 0 where it never moved;
    cells: of its own, as JSON. is_placed: nothing else says to be this row, or stands in its
    order's way."""

    id: int
    status: RowStatus
    lead_id: UUID | None
    existing_id: UUID | None
    reason: str | None
    changed_at: int
    cells: bytes | None
    is_placed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file. id: its row's. cells: empty where it is blank; None where they may be
    another row's."""

    id: int
    cells: Sequence[str] | None


def is_state(record: Record) -> bool:
    row_id, status, lead_id, existing_id, reason, changed_at, cells = record
    return (
        isinstance(row_id, int)
        and row_id >> 32 > 0
        and row_id & ROW_BITS > 0
        and status in STATUSES
        and all(each is None or (isinstance(each, bytes) and len(each) == ID_BYTES)
                for each in (lead_id, existing_id))
        and all(each is None or isinstance(each, bytes) for each in (reason, cells))
        and (changed_at is None or isinstance(changed_at, int))
        and (STATUSES[status] not in ACCEPTED or lead_id is not None)
    )  # fmt: skip


def is_block(record: Record) -> bool:
    first, length, cells = record
    if not (isinstance(first, int) and first >> 32 > 0 and isinstance(cells, bytes)):
        return False
    try:
        lines = unpack_cells(cells)
    except UNREADABLE:
        return False
    return len(lines) == length and bool(lines[0]) and bool(lines[-1])


def is_job(record: Record) -> bool:
    number, key, _, _, _, _, state = record
    return (
        isinstance(number, int)
        and number > 0
        and isinstance(key, bytes)
        and len(key) == KEY_DIGITS
        and HEX.issuperset(key)
        and state in JOB_STATES
    )


def state_of(record: Sequence[object], *, is_misplaced: bool) -> State:
    row_id, status, lead_id, existing_id, reason, changed_at, cells, is_told_twice = record
    return State(
        id=row_id,  # type: ignore[arg-type]  # see is_state
        status=STATUSES[status],  # type: ignore[index]
        lead_id=None if lead_id is None else UUID(bytes=lead_id),  # type: ignore[arg-type]
        existing_id=None if existing_id is None else UUID(bytes=existing_id),  # type: ignore[arg-type]
        reason="" if reason is None else _text(reason),
        changed_at=changed_at or 0,  # type: ignore[arg-type]
        cells=cells,  # type: ignore[arg-type]
        is_placed=not (is_misplaced or is_told_twice),
    )


def job_of(record: Record) -> SavedJob:
    number, key, file, sheet, delimiter, header, state = record
    assert isinstance(number, int)
    sign = _text(delimiter)
    return SavedJob(
        number=number,
        key=_text(key),
        file=_text(file) or "",
        sheet=_text(sheet),
        delimiter=sign if sign and len(sign) == 1 else ",",
        header=texts_of(header) or (),
        state=JOB_STATES[state],  # type: ignore[index]
    )


def _text(found: object) -> str | None:
    """None where it is none. What goes on in a part that is blank now has NULs."""
    with suppress(UnicodeDecodeError):
        return found.decode() if isinstance(found, bytes) and b"\0" not in found else None
    return None


def texts_of(found: object) -> tuple[str, ...] | None:
    """A JSON array of texts; None where it is none."""
    try:
        texts = json.loads(_text(found) or "")
    except json.JSONDecodeError:
        return None
    is_sound = isinstance(texts, list) and all(isinstance(each, str) for each in texts)
    return tuple(texts) if is_sound else None
