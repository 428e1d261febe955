"""What commands are asked to show: values that the console prints. Nothing here does anything."""

from collections.abc import Sequence
from dataclasses import dataclass

from importer.model import AccountCheck, Doubts, Preview, PurgeReport, RowHistory, Verification


@dataclass(frozen=True, slots=True)
class SalvagedJob:
    """Rows of one job, by what of them was saved. key: None, and file: "", where these can't be
    read.

    whole: with state and cells; no_cells: with their state alone; unknown: their state is not
    certain. pending: of the first two, those that were not sent. lost: nothing of them was read;
    None where the job's counts can't tell. path: of the file, None where there was no row.
    """

    number: int
    key: str | None
    file: str
    whole: int
    no_cells: int
    unknown: int
    pending: int
    lost: int | None
    path: str | None


@dataclass(frozen=True, slots=True)
class SalvageReport:
    """damage: what is wrong with the journal, as far as it was looked for."""

    jobs: Sequence[SalvagedJob]
    damage: Sequence[str]

    @property
    def is_all(self) -> bool:
        """Whether every row was saved whole."""
        return not any(job.no_cells or job.unknown or job.lost != 0 for job in self.jobs)

    @property
    def is_sound(self) -> bool:
        return self.is_all and not self.damage


Shown = Preview | RowHistory | Doubts | AccountCheck | Verification | PurgeReport | SalvageReport
