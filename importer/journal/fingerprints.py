"""Which leads the journal's rows have asked for, so that a row is known in another job.

A fingerprint is 63 bits of a keyed hash of account, operation and payload. It is written with the
claim of each row, and outlives the row's cells: after a purge it is all that tells that the row
was accepted. Keyed with the journal's own secret, so that no file can be made that collides.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from importer.journal.journal import Journal
from importer.model import Lead, RowStatus

SECRET = "SELECT seed FROM secret"
OTHER_JOB = "SELECT 1 FROM job WHERE number <> ? LIMIT 1"
FOUND = "SELECT row FROM fingerprint WHERE value = ? ORDER BY row"
FATE = "SELECT status, lead_id FROM row WHERE id = ?"
ROW_BITS = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row that asked for such a lead. status: None where its job was purged, and it was
    accepted."""

    job: int
    number: int
    status: RowStatus | None
    lead_id: UUID | None


class Fingerprints:
    """account: of the API, as in `Identity`."""

    def __init__(self, journal: Journal, account: str) -> None:
        self._journal = journal
        self._account = account
        (self._secret,) = journal.execute(SECRET).fetchone()
        self._last: tuple[Lead, int] | None = None

    def of(self, lead: Lead) -> int:
        """Equal for leads with the same values, in whatever order."""
        if self._last is None or self._last[0] is not lead:  # it is asked for before and at a claim
            payload = json.dumps([self._account, "create", sorted(lead.values.items())])
            digest = hashlib.blake2b(payload.encode(), key=self._secret, digest_size=8).digest()
            self._last = lead, int.from_bytes(digest, "big") >> 1
        return self._last[1]

    def note(self, job: int, number: int, lead: Lead) -> None:
        """The row asks for this lead; in the transaction of its claim."""
        self._journal.note_fingerprint(self.of(lead), (job << 32) + number)

    def is_alone(self, job: int) -> bool:
        """Whether the journal has no other job, whose rows could be found."""
        return self._journal.execute(OTHER_JOB, (job,)).fetchone() is None

    def find(self, lead: Lead) -> Iterator[KnownRow]:
        """Rows of any job whose payload has the lead's fingerprint; what is there of them is to be
        compared, as they may have been mended since."""
        for (row_id,) in self._journal.execute(FOUND, (self.of(lead),)).fetchall():
            status, lead_id = self._journal.execute(FATE, (row_id,)).fetchone() or (None, None)
            yield KnownRow(
                row_id >> 32,
                row_id & ROW_BITS,
                None if status is None else RowStatus(status),
                None if lead_id is None else UUID(bytes=lead_id),
            )
