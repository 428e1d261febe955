"""A job as the journal has it: what makes it that job, how its file is written, its mappings."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from importer.journal.paths import kept, path_of
from importer.model import ColumnStyle, JobState

KEY_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a job that job: the same file for the same account is the same job again.

    area: of the sheet, such as A3:D20, where a person has named one.
    """

    sha256: str
    account: str
    sheet: str | None = None
    generation: int = 1
    area: str | None = None

    @property
    def is_again(self) -> bool:
        """Whether a person asked to send rows that were sent before."""
        return self.generation > 1

    @property
    def key(self) -> str:
        """12 hex digits of the identity's hash.

        The first run of them that a spreadsheet can't take for a number: `123456789012` and
        `12345678e012` would come back from Excel as something else.
        """
        parts = [self.sha256, self.sheet, self.account, self.generation]
        parts += [self.area] if self.area else []
        digits = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
        runs = (digits[start : start + KEY_DIGITS] for start in range(len(digits) - KEY_DIGITS))
        return next(run for run in runs if set(run) & set("abcdf"))


@dataclass(frozen=True, slots=True)
class Layout:
    """How the file is written, to write its rejects alike.

    columns: a style a column, where the file is a workbook.
    """

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    columns: tuple[ColumnStyle, ...] = ()


@dataclass(frozen=True, slots=True)
class MappingText:
    """readings: what the list's columns say to it, as a text; "" where none was kept. fields: what
    was known of the account's fields that it feeds, as a text; "" where nothing was."""

    version: int
    name: str
    text: str
    sha256: str
    readings: str = ""
    fields: str = ""

    def values(self, job: int) -> tuple[object, ...]:
        """As INSERT_MAPPING takes them."""
        own = (kept(self.name), self.text, self.sha256, self.readings, self.fields)
        return (job, self.version, *own)


@dataclass(frozen=True, slots=True)
class Job:
    number: int
    key: str
    file: str
    identity: Identity
    layout: Layout
    state: JobState
    version: int
    key_seed: int
    started_at: int
    ended_at: int | None
    purged_at: int | None


def packed(columns: Sequence[ColumnStyle]) -> str | None:
    return json.dumps([[each.number_format, each.width] for each in columns]) if columns else None


def job_of(found: tuple[object, ...]) -> Job:
    (number, key, file, sha256, sheet, encoding, delimiter, header, columns, account, generation,
     state, version, key_seed, started_at, ended_at, purged_at, area) = found  # fmt: skip
    return Job(
        number=number,  # type: ignore[arg-type]  # sqlite3 rows have no types
        key=str(key),
        file=path_of(str(file)),
        identity=Identity(
            sha256=str(sha256),
            account=str(account),
            sheet=None if sheet is None else str(sheet),
            generation=int(str(generation)),
            area=None if area is None else str(area),
        ),
        layout=Layout(
            str(encoding),
            str(delimiter),
            tuple(json.loads(str(header))),
            tuple(ColumnStyle(*each) for each in json.loads(str(columns or "[]"))),
        ),
        state=JobState(str(state)),
        version=int(str(version)),
        key_seed=int(str(key_seed)),
        started_at=int(str(started_at)),
        ended_at=None if ended_at is None else int(str(ended_at)),
        purged_at=None if purged_at is None else int(str(purged_at)),
    )
