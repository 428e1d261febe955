"""Two imports at once: what the other one has sent is seen before the next claim."""

from pathlib import Path
from uuid import uuid4

import pytest

from importer.jobs.known import KnownRows
from importer.jobs.recipes import Builders
from importer.journal.journal import Job, Journal
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
        (keyless("A"), None, "sent_before"),
        (keyless("A"), RowStatus.IN_DOUBT, "sent_before"),
        (keyless("A"), RowStatus.REJECTED, None),
        (person("A"), RowStatus.CREATED, "accepted_before"),
        (person("A"), None, None),
        (person("A"), RowStatus.IN_DOUBT, None),
    ],
)
def test_a_row_that_another_import_sends_meanwhile_is_known(
    tmp_path: Path, cells: list[str], status: RowStatus | None, code: str | None
) -> None:
    """Where a unique field protects it, only an accepted one: else the account is the judge."""
    path = tmp_path / "importer.db"
    with Journal(path, create=True) as journal:
        job = make_job(journal, [cells])
        lead, known = lead_of(journal, job), KnownRows(journal, "acme", job.number)
        with journal.transaction():
            assert known.outcome(lead) is None
            assert known.outcome(lead) is None
        lead_id = uuid4() if status is RowStatus.CREATED else None
        send(path, cells, None if status is None else Outcome(status, lead_id=lead_id))
        with journal.transaction():
            found = known.outcome(lead)
    assert (found and (found.status, found.code, found.existing_id)) == (
        code and (RowStatus.SKIPPED, code, lead_id)
    )
