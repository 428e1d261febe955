"""Which version of the mapping made which leads, and the text of each."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from importer.journal.job import MappingText
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.model import Outcome, RowStatus
from importer.results.report.page import report_html
from importer.results.report.versions import MOST_TEXTS, mappings_of
from tests.journal.stored import NOW, make_job, people
from tests.results.report.everything import report_of
from tests.results.report.reading import Parsed


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "importer.db", create=True) as opened:
        yield opened


def test_leads_are_told_by_the_version_that_made_them(journal: Journal) -> None:
    """Texts that are equal are shown once: the account had changed, and not the mapping."""
    job = make_job(journal, people(2))
    with journal.transaction():
        for version, text in ((2, "first"), (3, "second"), (4, "second")):
            journal.add_mapping(job, MappingText(version, f"m{version}.yaml", text, text))
        rows = Rows(journal, job)
        rows.set_version(3, 3)
        for number in (2, 3):
            outcome = Outcome(RowStatus.CREATED, lead_id=UUID(int=number))
            rows.finish(number, outcome, NOW, old=RowStatus.PENDING)
    page = Parsed(report_html(report_of(journal, journal.job(job.number))))
    told = page.sections["The mapping"]
    assert "by m4.yaml , version 4, since" in told
    assert "4 m4.yaml 0 3 m3.yaml 1 2 m2.yaml 0 1 mapping.yaml 1 Leads made" in told
    assert re.findall(r"Show the mapping, (versions? \d(?:, \d)*) (\w+)", told) == [
        ("versions 4, 3", "second"), ("version 1", "version"), ("version 2", "first"),
    ]  # fmt: skip
    assert told.count("second") == 1


def test_a_version_that_made_leads_is_shown_before_newer_ones(journal: Journal) -> None:
    job = make_job(journal, people(1))
    with journal.transaction():
        outcome = Outcome(RowStatus.CREATED, lead_id=UUID(int=2))
        Rows(journal, job).finish(2, outcome, NOW, old=RowStatus.PENDING)
        for version in range(2, 31):
            journal.add_mapping(job, MappingText(version, "m.yaml", str(version), str(version)))
    found = mappings_of(journal, journal.job(job.number))
    assert [each.numbers for each in found.texts] == [[30], [1], [29]]
    assert [each.number for each in found.versions] == [*range(30, 11, -1), 1]
    assert (found.left_versions, found.left_texts) == (10, 30 - MOST_TEXTS)


def test_one_mapping_is_told_without_versions(journal: Journal) -> None:
    page = Parsed(report_html(report_of(journal, make_job(journal, people(1)))))
    assert page.sections["The mapping"] == (
        "The rows were made into leads by mapping.yaml . Show the mapping version: 1"
    )
