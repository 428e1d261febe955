"""A list is looked through before its rows are stored: what its columns prove, and what is odd.

In: a source and a mapping. Out: how its rows are to be read. Nothing is stored, and nothing sent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importer.intake.columns.findings import findings
from importer.intake.columns.questions import questions
from importer.intake.columns.stored import dump_readings
from importer.intake.columns.survey import Readings, Survey, survey
from importer.intake.document import Flaw
from importer.intake.headers import column_names
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import Mapping
from importer.intake.mapping_flaws import flaws_error
from importer.intake.source.file import Reading, Source
from importer.intake.values import shown
from importer.jobs.session import Session, counted
from importer.journal.journal import MappingText
from importer.model import Block, Finding


@dataclass(frozen=True, slots=True)
class Looked:
    """builder: makes leads of the rows. text: the mapping, to be kept with the job."""

    survey: Survey
    builder: LeadBuilder
    findings: Sequence[Finding]
    text: MappingText

    def blocks(self, source: Source, reading: Reading) -> Iterator[Block]:
        """The rows of the list."""
        return source.read(reading, self.survey.left_out)


def look_through(session: Session, source: Source, reading: Reading, mapping: Mapping) -> Looked:
    """Raises SourceError: it can't be read to its end, or has several tables."""

    def watch() -> None:
        session.stop.check("run the same command again; nothing was sent yet")

    found = survey(source, reading, mapping, watch)
    builder = LeadBuilder(mapping, source.header, file=source.path.name, columns=found.readings)
    told = findings(found, mapping, column_names(source.header))
    return Looked(found, builder, told, text_of(mapping, found.readings))


def text_of(mapping: Mapping, readings: Readings) -> MappingText:
    """The mapping as the first of a job's."""
    return MappingText(1, mapping.name, mapping.text, mapping.sha256, dump_readings(readings))


def refuse_open(mapping: Mapping, header: Sequence[str], readings: Readings) -> None:
    """Raises MappingError: how a column is to be read has to be said in the mapping."""
    asked = questions(mapping, column_names(header), readings)
    if asked:
        flaws = [
            Flaw(
                each.line,
                f'the values of "{each.column}" can be read in two ways: {each.what}',
                f"say it for the column: {each.fix}",
            )
            for each in asked
        ]
        raise flaws_error(flaws, mapping.name)


def finding_line(finding: Finding) -> str:
    """In one line, for a run."""
    where = f'"{finding.column}": ' if finding.column else ""
    rows = ", ".join(f"row {number} ({shown(text)})" for number, text in finding.examples)
    such_as = f", such as {rows}" if rows else ""
    return (
        f"warning: {where}{counted(finding.rows, 'row')}{such_as}: {finding.what};"
        f" {finding.does} (to change that, {finding.change})"
    )
