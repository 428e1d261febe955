"""The file of a job's report: `NAME.report.html`, never written over one that a person edited."""

from pathlib import Path

from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.results.files import write_file
from importer.results.report.gather import Report

KIND = "report"


def write_report(journal: Journal, job: Job, folder: Path, report: Report) -> Path:
    """Raises SettingsError: the folder can't be written."""
    from importer.results.report.page import report_html

    page = report_html(report).encode()
    return write_file(journal, job, KIND, folder, ".html", lambda path: _fill(path, page))


def _fill(path: Path, page: bytes) -> None:
    path.write_bytes(page)
