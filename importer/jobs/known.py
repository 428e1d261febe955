"""Rows that an earlier job has sent: the same row in a list that was saved again, or has grown.

A fingerprint finds candidates; where their cells are still there, the leads are compared.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from importer.delivery.picker import Later
from importer.errors import ResumableError
from importer.jobs.recipes import Builders
from importer.jobs.session import now_ms
from importer.journal.decisions import was_decided
from importer.journal.fingerprints import Fingerprints, KnownRow
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.lock import held
from importer.journal.rows import Rows
from importer.model import ACCEPTED, JobState, Lead, Outcome, RowStatus

SENT_BEFORE = "sent_before"
LATER_MS = 2_000  # between two looks at a row that another import has under way
MOST_OPENED = 4  # jobs whose blocks are kept unpacked: some 3 MB each
# Rows whose call has left, or may have.
SENT = (*ACCEPTED, RowStatus.SENDING, RowStatus.IN_DOUBT)


class KnownRows:
    """account: as in `Identity`. own_job: its number; its own rows do not count. now: UTC ms."""

    def __init__(
        self, journal: Journal, account: str, own_job: int = 0, now: Callable[[], int] = now_ms
    ) -> None:
        self._journal = journal
        self._own_job = own_job
        self._now = now
        self._fingerprints = Fingerprints(journal, account)
        self._opened = lru_cache(maxsize=MOST_OPENED)(self._open)
        self._is_only_job = False
        self._asked_in, self._asked_at = -1, 0  # transaction, and UTC ms

    def note(self, number: int, lead: Lead) -> None:
        """The row of that number is about to ask for this lead."""
        self._fingerprints.note(self._own_job, number, lead)

    def fill_in(self) -> None:
        """Note the rows of jobs that an importer without fingerprints has sent."""
        for number in self._fingerprints.jobs_without():
            rows, builders, job = self._open(number)
            with self._journal.transaction():
                for row in rows.of_status(SENT):
                    lead = builders.build(row)
                    if isinstance(lead, Lead):
                        self._fingerprints.note(job.number, row.number, lead)
                self._fingerprints.set_done(number)

    def outcome(self, number: int, lead: Lead) -> Outcome | Later | None:
        """What became of the same row in another job; None where row `number` may be sent.

        A row whose end is not known makes this one as doubtful, unless a person has asked to send
        it; where a unique field lets the account refuse a second lead, only one that is still to
        be looked for.
        """
        if self._is_alone(lead):
            return None
        found = [row for row in self._fingerprints.find(lead) if self._counts(row, lead)]
        for row in found:
            if row.status in ACCEPTED:
                return Outcome(
                    RowStatus.SKIPPED,
                    "accepted_before",
                    f"accepted before, as {self._named(row)}",
                    existing_id=row.lead_id,
                )
        if not found or self._is_asked_for(number):
            return None
        return self._unsettled(found, lead)

    def _counts(self, found: KnownRow, lead: Lead) -> bool:
        sent = found.status in SENT or found.is_given_up
        return sent and found.job != self._own_job and self._is_same(found, lead)

    def _unsettled(self, found: Sequence[KnownRow], lead: Lead) -> Outcome | Later | None:
        """None of these is known to have arrived, or not to have."""
        for row in found:
            if row.status is RowStatus.SENDING:
                if self._is_live(row.job):
                    return Later(self._now() + LATER_MS)
                mend = f"is still to be looked for: importer retry {row.job}, then run this again"
                return self._doubt(row, mend)
        if lead.keys:
            return None
        for row in found:
            if row.is_given_up:
                reason = f"given up before, as {self._named(row)}, with its end not known"
                return Outcome(RowStatus.SKIPPED, "given_up_before", reason)
        if found[0].is_purged:
            return self._doubt(found[0], "nobody knows whether it arrived: decide on this row")
        mend = f"nothing tells whether it arrived: importer resolve {found[0].job}, then run this"
        return self._doubt(found[0], f"{mend} again")

    def _doubt(self, found: KnownRow, mend: str) -> Outcome:
        """The row is decided on as one that was sent itself: it asks for the same lead."""
        reason = f"sent before, as {self._named(found)}, and {mend}"
        return Outcome(RowStatus.IN_DOUBT, SENT_BEFORE, reason)

    def _named(self, found: KnownRow) -> str:
        name = Path(self._journal.job(found.job).file).name
        return f"row {found.number} of job {found.job} ({name})"

    def _is_alone(self, lead: Lead) -> bool:
        """Whether the journal has no other job. Asked once a transaction: what another process
        adds is seen in the next. Where a unique field protects the row, the last answer will do."""
        now = self._now()
        is_old = now - self._asked_at >= LATER_MS
        if is_old or (not lead.keys and self._asked_in != self._journal.transactions):
            self._is_only_job = self._fingerprints.is_alone(self._own_job)
            self._asked_in, self._asked_at = self._journal.transactions, now
        return self._is_only_job

    def _is_same(self, found: KnownRow, lead: Lead) -> bool:
        """It may have been mended since its fingerprint was noted."""
        if found.is_purged:
            return True
        rows, builders, _ = self._opened(found.job)
        row = rows.row(found.number)
        assert row is not None, "it has a status"
        built = builders.build(row)
        return isinstance(built, Lead) and built.values == lead.values

    def _open(self, number: int) -> tuple[Rows, Builders, Job]:
        job = self._journal.job(number)
        return Rows(self._journal, job), Builders(self._journal, job), job

    def _is_asked_for(self, number: int) -> bool:
        """Whether a person has asked to send the row, as one that is not in the account."""
        return was_decided(self._journal, (self._own_job << 32) + number, "resend")

    def _is_live(self, job: int) -> bool:
        """Whether a process is at work on the job, so that the row will have an end by itself."""
        try:
            with held(self._journal.path, f"job-{self._journal.job(job).key}"):
                return False
        except ResumableError:
            return True


def look_again(journal: Journal, job: Job) -> int:
    """Let rows that were in doubt for another row's sake be sent, or be told anew; how many.

    They have made no call; the other row may have its end now.
    """
    rows, again = Rows(journal, job), 0
    if job.state is JobState.PURGED:
        return 0
    with journal.transaction():
        for row in rows.of_status([RowStatus.IN_DOUBT]):
            if row.code == SENT_BEFORE:
                rows.requeue(row.number, RowStatus.IN_DOUBT, now_ms())
                again += 1
    return again
