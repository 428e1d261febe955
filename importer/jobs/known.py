"""Rows that an earlier job has sent: the same row in a list that was saved again, or has grown.

A fingerprint finds candidates; where their cells are still there, the leads are compared.
"""

from functools import lru_cache
from pathlib import Path

from importer.jobs.recipes import Builders
from importer.journal.fingerprints import Fingerprints, KnownRow
from importer.journal.journal import Job, Journal
from importer.journal.rows import Rows
from importer.model import ACCEPTED, Lead, Outcome, RowStatus

UNSETTLED = frozenset({RowStatus.SENDING, RowStatus.IN_DOUBT})


class KnownRows:
    """account: as in `Identity`. own_job: its number; its own rows do not count."""

    def __init__(self, journal: Journal, account: str, own_job: int = 0) -> None:
        self._journal = journal
        self._own_job = own_job
        self._fingerprints = Fingerprints(journal, account)
        self._opened = lru_cache(maxsize=None)(self._open)
        self._alone_in = -1  # the transaction in which the job was the only one of the journal

    def note(self, number: int, lead: Lead) -> None:
        """The row of that number is about to ask for this lead."""
        self._fingerprints.note(self._own_job, number, lead)

    def outcome(self, lead: Lead) -> Outcome | None:
        """What became of the same row in another job; None where it may be sent.

        A row whose end is not known stands in the way only where no unique field lets the
        account refuse a second lead.
        """
        if self._is_alone():
            return None
        for found in self._fingerprints.find(lead):
            if found.job == self._own_job or not self._is_same(found, lead):
                continue
            if found.status is None or found.status in ACCEPTED:
                return self._accepted(found)
            if found.status in UNSETTLED and not lead.keys:
                return self._unsettled(found)
        return None

    def _is_alone(self) -> bool:
        """Asked once a transaction: what another process adds is seen in the next."""
        now = self._journal.transactions
        if self._alone_in != now and self._fingerprints.is_alone(self._own_job):
            self._alone_in = now
        return self._alone_in == now

    def _is_same(self, found: KnownRow, lead: Lead) -> bool:
        """It may have been mended since its fingerprint was noted."""
        if found.status is None:
            return True
        rows, builders, _ = self._opened(found.job)
        row = rows.row(found.number)
        assert row is not None, "it has a status"
        built = builders.build(row)
        return isinstance(built, Lead) and built.values == lead.values

    def _open(self, number: int) -> tuple[Rows, Builders, Job]:
        job = self._journal.job(number)
        return Rows(self._journal, job), Builders(self._journal, job), job

    def _accepted(self, found: KnownRow) -> Outcome:
        reason = f"accepted before, as {self._named(found)}"
        return Outcome(RowStatus.SKIPPED, "accepted_before", reason, existing_id=found.lead_id)

    def _unsettled(self, found: KnownRow) -> Outcome:
        mend = f"importer retry {found.job}"
        if found.status is RowStatus.IN_DOUBT:
            mend = f"importer resolve {found.job} --row {found.number}"
        reason = f"sent before, as {self._named(found)}, and what became of it is not known: {mend}"
        return Outcome(RowStatus.SKIPPED, "sent_before", reason)

    def _named(self, found: KnownRow) -> str:
        _, _, job = self._opened(found.job)
        return f"row {found.number} of job {found.job} ({Path(job.file).name})"
