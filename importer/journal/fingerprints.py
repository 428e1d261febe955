"""Which leads the journal's rows have asked for, so that a row is known in another job.

A fingerprint is 63 bits of a keyed hash of account, operation and payload. 31 bits of it are
written with the claim of each row, and find it where its lead can be compared; all of them outlive
the row's cells: after a purge they are all that tells that the row was accepted. Keyed with the
journal's own secret, so that no file can be made that collides.
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
FOUND = """
SELECT row, 0 FROM fingerprint WHERE value IN (:short, :whole)
UNION ALL SELECT row, 1 FROM doubtful WHERE value = :whole
ORDER BY row
"""
# What matters of it; a row that waited when its job was cancelled has no decision of its own.
FATE = """
SELECT status, lead_id, status = 'skipped' AND EXISTS (
    SELECT 1 FROM decision WHERE decision.row = row.id AND what = 'give_up')
FROM row WHERE id = ?
"""
FORGET = "DELETE FROM fingerprint WHERE value IN (?, ?) AND row = ?"
WITHOUT = "SELECT number FROM job WHERE account = ? AND NOT fingerprints AND state <> 'purged'"
SET_DONE = "UPDATE job SET fingerprints = 1 WHERE number = ?"
ROW_BITS = 0xFFFF_FFFF
SHORT = 0x7FFF_FFFF  # 4 bytes: enough to find rows whose leads can be compared


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row that asked for such a lead. is_given_up: by a person, while it was in doubt.

    is_purged: its cells and Id are gone; it is `created` or `in_doubt`.
    """

    job: int
    number: int
    status: RowStatus
    lead_id: UUID | None = None
    is_given_up: bool = False
    is_purged: bool = False


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
        self._journal.note_fingerprint(self.of(lead) & SHORT, (job << 32) + number)

    def forget(self, job: int, number: int, lead: Lead) -> None:
        """The row's lead is gone, so that the same row may be sent again. Inside a transaction."""
        whole = self.of(lead)
        self._journal.execute(FORGET, (whole & SHORT, whole, (job << 32) + number))

    def is_alone(self, job: int) -> bool:
        """Whether the journal has no other job, whose rows could be found."""
        return self._journal.execute(OTHER_JOB, (job,)).fetchone() is None

    def find(self, lead: Lead) -> Iterator[KnownRow]:
        """Rows of any job whose payload has the lead's fingerprint; what is there of them is to be
        compared, as they may have been mended since."""
        whole = self.of(lead)
        values = {"short": whole & SHORT, "whole": whole}
        for row_id, is_doubtful in self._journal.execute(FOUND, values).fetchall():
            job, number = row_id >> 32, row_id & ROW_BITS
            fate = self._journal.execute(FATE, (row_id,)).fetchone()
            if fate is None:
                status = RowStatus.IN_DOUBT if is_doubtful else RowStatus.CREATED
                yield KnownRow(job, number, status, is_purged=True)
                continue
            lead_id = None if fate[1] is None else UUID(bytes=fate[1])
            yield KnownRow(job, number, RowStatus(fate[0]), lead_id, bool(fate[2]))

    def jobs_without(self) -> list[int]:
        """Jobs of the account that an importer without fingerprints has made."""
        return [number for (number,) in self._journal.execute(WITHOUT, (self._account,))]

    def set_done(self, job: int) -> None:
        """The rows of that job have their fingerprints now."""
        self._journal.execute(SET_DONE, (job,))
