"""Two imports at once: what the other one has sent is seen before the next claim."""

from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest

from importer.delivery.picker import Later
from importer.jobs.known import KnownRows
from importer.jobs.recipes import Builders
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.lock import held
from importer.journal.rows import Rows
from importer.model import Lead, Outcome, RowStatus
from tests.delivery.harness import keyless, make_job, person

NOW = 1_800_000_000_000


def lead_of(journal: Journal, job: Job) -> Lead:
    row = Rows(journal, job).row(2)
    assert row is not None
    lead = Builders(journal, job).build(row)
    assert isinstance(lead, Lead)
    return lead


def send(path: Path, cells: list[str], outcome: Outcome | None) -> None:
    """Another process imports the row; without an outcome its call is still under way."""
    with Journal(path) as other:
        job = make_job(other, [cells])
        rows, known = Rows(other, job), KnownRows(other, "acme", job.number)
        with other.transaction():
            rows.claim(2, NOW, 0)
            known.note(2, lead_of(other, job))
        if outcome is not None:
            with other.transaction():
                rows.finish(2, outcome, NOW)


@pytest.mark.parametrize(
    ("cells", "status", "code"),
    [
        (keyless("A"), RowStatus.CREATED, "accepted_before"),
        (keyless("A"), RowStatus.SENDING, "sent_before"),
        (keyless("A"), RowStatus.IN_DOUBT, "sent_before"),
        (keyless("A"), RowStatus.REJECTED, None),
        (person("A"), RowStatus.CREATED, "accepted_before"),
        (person("A"), RowStatus.SENDING, "sent_before"),
        (person("A"), RowStatus.IN_DOUBT, None),
    ],
)
def test_a_row_that_another_import_sends_meanwhile_is_known(
    tmp_path: Path, cells: list[str], status: RowStatus, code: str | None
) -> None:
    """Where a unique field protects it, only an accepted one: else the account is the judge."""
    path = tmp_path / "importer.db"
    with Journal(path, create=True) as journal:
        job = make_job(journal, [cells])
        clock = count(NOW, 2_000 if lead_of(journal, job).keys else 0).__next__
        lead, known = lead_of(journal, job), KnownRows(journal, "acme", job.number, clock)
        with journal.transaction():
            assert known.outcome(2, lead) is None
            assert known.outcome(2, lead) is None
        lead_id = uuid4() if status is RowStatus.CREATED else None
        is_open = status is RowStatus.SENDING
        send(path, cells, None if is_open else Outcome(status, lead_id=lead_id))
        with journal.transaction():
            found = known.outcome(2, lead)
    fate = RowStatus.IN_DOUBT if code == "sent_before" else RowStatus.SKIPPED
    assert not isinstance(found, Later)
    assert (found and (found.status, found.code, found.existing_id)) == (
        code and (fate, code, lead_id)
    )


def test_a_row_that_a_live_import_sends_is_looked_at_again_until_it_has_an_end(
    tmp_path: Path,
) -> None:
    path = tmp_path / "importer.db"
    with Journal(path, create=True) as journal:
        job = make_job(journal, [keyless("A")])
        lead, known = lead_of(journal, job), KnownRows(journal, "acme", job.number, lambda: NOW)
        send(path, keyless("A"), None)
        with held(path, f"job-{journal.job(2).key}"), journal.transaction():
            assert known.outcome(2, lead) == Later(NOW + 2_000)
        with journal.transaction():
            Rows(journal, journal.job(2)).finish(2, Outcome(RowStatus.REJECTED), NOW)
            assert known.outcome(2, lead) is None


def test_of_several_rows_an_accepted_one_counts_most(tmp_path: Path) -> None:
    path = tmp_path / "importer.db"
    with Journal(path, create=True) as journal:
        job = make_job(journal, [keyless("A")])
        lead, lead_id = lead_of(journal, job), uuid4()
        send(path, keyless("A"), Outcome(RowStatus.IN_DOUBT))
        send(path, keyless("A"), Outcome(RowStatus.CREATED, lead_id=lead_id))
        with journal.transaction():
            found = KnownRows(journal, "acme", job.number).outcome(2, lead)
    assert found == Outcome(
        RowStatus.SKIPPED,
        "accepted_before",
        "accepted before, as row 2 of job 3 (list.csv)",
        existing_id=lead_id,
    )


def test_rows_of_a_job_that_an_older_importer_made_are_known_once_they_are_filled_in(
    tmp_path: Path,
) -> None:
    path = tmp_path / "importer.db"
    with Journal(path, create=True) as journal:
        job = make_job(journal, [keyless("A")])
        lead = lead_of(journal, job)
        send(path, keyless("A"), Outcome(RowStatus.CREATED, lead_id=uuid4()))
        journal.execute("DELETE FROM fingerprint")
        journal.execute("UPDATE job SET fingerprints = 0 WHERE number = 2")
        known = KnownRows(journal, "acme", job.number)
        with journal.transaction():
            assert known.outcome(2, lead) is None
        known.fill_in()
        with journal.transaction():
            found = known.outcome(2, lead)
        assert isinstance(found, Outcome)
        assert found.code == "accepted_before"
        assert journal.execute("SELECT count(*) FROM job WHERE fingerprints = 0").fetchone() == (0,)
