"""Which row of which job asked for a lead."""

from pathlib import Path
from uuid import UUID

import pytest

from importer.journal.fingerprints import Fingerprints, KnownRow
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.model import Lead, Outcome, RowStatus
from tests.journal.stored import NOW, make_job, people

LEAD_ID = UUID("11111111-2222-3333-4444-555555555555")
LEAD = Lead({"FirstName": "Asha", "mx_City": "Pune"}, {})
TURNED = Lead({"mx_City": "Pune", "FirstName": "Asha"}, {})


@pytest.fixture
def rows(journal: Journal) -> Rows:
    return Rows(journal, make_job(journal, people(3)))


def test_the_order_of_the_fields_does_not_matter(journal: Journal) -> None:
    prints = Fingerprints(journal, "org-1")
    assert prints.of(LEAD) == prints.of(TURNED) == Fingerprints(journal, "org-1").of(LEAD)


@pytest.mark.parametrize(
    "values",
    [
        {"FirstName": "Asha", "mx_City": "pune"},
        {"FirstName": "Asha", "mx_City": "Pune", "LastName": "Nair"},
        {"FirstName": "Asha"},
        {"LastName": "Asha", "mx_City": "Pune"},
    ],
)
def test_every_field_and_value_counts(journal: Journal, values: dict[str, str]) -> None:
    prints = Fingerprints(journal, "org-1")
    assert prints.of(Lead(values, {})) != prints.of(LEAD)


def test_the_account_and_the_journal_count(journal: Journal, tmp_path: Path) -> None:
    with Journal(tmp_path / "other.db", create=True) as other:
        found = {
            Fingerprints(journal, "org-1").of(LEAD),
            Fingerprints(journal, "org-2").of(LEAD),
            Fingerprints(other, "org-1").of(LEAD),
        }
    assert len(found) == 3
    assert all(0 <= value < 1 << 63 for value in found), "SQLite's integers have 63 bits and a sign"


def test_a_lone_surrogate_has_a_fingerprint(journal: Journal) -> None:
    assert Fingerprints(journal, "org-1").of(Lead({"FirstName": "\ud800"}, {})) >= 0


def test_a_row_that_asked_for_the_lead_is_found_as_it_stands_now(
    journal: Journal, rows: Rows
) -> None:
    prints = Fingerprints(journal, "org-1")
    assert list(prints.find(LEAD)) == []
    with journal.transaction():
        rows.claim(3, NOW, 0)
        prints.note(rows.job.number, 3, LEAD)
    assert list(prints.find(TURNED)) == [KnownRow(1, 3, RowStatus.SENDING)]
    with journal.transaction():
        rows.finish(3, Outcome(RowStatus.CREATED, lead_id=LEAD_ID), NOW)
    assert list(prints.find(LEAD)) == [KnownRow(1, 3, RowStatus.CREATED, LEAD_ID)]


def test_several_rows_are_found_and_each_once(journal: Journal, rows: Rows) -> None:
    prints = Fingerprints(journal, "org-1")
    with journal.transaction():
        for number in (4, 2, 4):
            prints.note(rows.job.number, number, LEAD)
    assert [found.number for found in prints.find(LEAD)] == [2, 4]


def test_a_row_that_was_purged_is_found_by_the_whole_fingerprint(
    journal: Journal, rows: Rows
) -> None:
    prints = Fingerprints(journal, "org-1")
    with journal.transaction():
        prints.note(rows.job.number, 3, LEAD)
    with journal.transaction():
        journal.execute("DELETE FROM row")
        journal.execute("UPDATE fingerprint SET value = ?", (prints.of(LEAD),))
    assert list(prints.find(LEAD)) == [KnownRow(1, 3, RowStatus.CREATED, is_purged=True)]
    with journal.transaction():
        journal.execute("INSERT INTO doubtful SELECT value, row + 1 FROM fingerprint")
    assert list(prints.find(LEAD))[1] == KnownRow(1, 4, RowStatus.IN_DOUBT, is_purged=True)
