"""A list is looked through before any of it is sent: what its columns prove, and what is odd.

In: a source and a mapping. Out: its rows, and how they are to be read. Nothing is stored here.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from importer.errors import MappingError
from importer.fields import AccountFields
from importer.intake.account.stored import dump_part, part_of
from importer.intake.columns.findings import findings
from importer.intake.columns.questions import questions
from importer.intake.columns.reading import ColumnReading
from importer.intake.columns.stored import dump_readings
from importer.intake.columns.survey import Readings, Surveyor, survey
from importer.intake.document import Flaw
from importer.intake.headers import column_names, repeated_names
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import Mapping
from importer.intake.mapping_flaws import flaws_error
from importer.intake.source.file import Reading, Source
from importer.intake.values import shown
from importer.jobs.session import Session, counted
from importer.journal.job import MappingText
from importer.model import Block, Finding

FIRST = 8  # blocks, some 4,000 rows: what they prove holds for nearly all lists


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of a list. builder: makes leads of its rows. text: the mapping, to be kept with
    the job."""

    left_out: Set[int]
    readings: Readings
    findings: Sequence[Finding]
    builder: LeadBuilder
    text: MappingText


class OddListError(Exception):
    """The rows that were given are not to be stored as they were made: see `Look.blocks`."""


class Look:
    """A list that is looked through before any of it is sent: as a rule while its rows are stored,
    as they are read so as the first of them prove. Where these leave that open, all come first.

    looked: what is known so far. account: what of it the mapping feeds.
    """

    def __init__(
        self,
        session: Session,
        source: Source,
        reading: Reading,
        mapping: Mapping,
        known: AccountFields | None = None,
    ) -> None:
        """known: of the account. Raises SourceError: it can't be read to its end, or has several
        tables."""
        self._session, self._source = session, source
        self.account = part_of(known, mapping)
        self._reading, self.mapping = reading, mapping
        self._surveyor: Surveyor | None = Surveyor(source, reading, mapping)
        assumed = (ColumnReading(),) * len(source.header)
        if self._surveyor.reads_values:
            assumed = self._first_rows()
        self.looked = self._known(frozenset(), assumed, [])
        if any(each.is_open for each in assumed):
            for _ in self._looked_through(self._surveyor):
                pass
            self._end(self._surveyor)

    def blocks(self) -> Iterator[Block]:
        """The rows of the list, to be made and stored as `looked` says.

        Raises OddListError behind the last of them: all has to be made and stored anew. SourceError
        as above.
        """
        if self._surveyor is None:
            yield from self._source.read(self._reading, self.looked.left_out)
            return
        assumed = self.looked.text
        yield from self._looked_through(self._surveyor)
        self._end(self._surveyor)
        if self.looked.left_out or self.looked.text != assumed:
            raise OddListError

    def _first_rows(self) -> Readings:
        surveyor = Surveyor(self._source, self._reading, self.mapping)
        for _ in islice(self._looked_through(surveyor), FIRST):
            pass
        return surveyor.readings

    def _looked_through(self, surveyor: Surveyor) -> Iterator[Block]:
        for block in self._source.read(self._reading):
            self._session.stop.check("run the same command again; nothing was sent yet")
            surveyor.add(block)
            yield block

    def _end(self, surveyor: Surveyor) -> None:
        found = surveyor.survey()
        told = findings(found, self.mapping, column_names(self._source.header))
        self._surveyor = None
        self.looked = self._known(found.left_out, found.readings, told)

    def _known(self, left_out: Set[int], readings: Readings, told: Sequence[Finding]) -> Looked:
        source, mapping = self._source, self.mapping
        known = self.account
        builder = LeadBuilder(
            mapping, source.header, file=source.path.name, columns=readings, known=known
        )
        return Looked(left_out, readings, told, builder, text_of(mapping, readings, known))


def check_columns(source: Source, reading: Reading, mapping: Mapping) -> None:
    """Raises MappingError: see LeadBuilder. SourceError: several tables stand side by side, which
    is why a name is there twice."""
    try:
        LeadBuilder(mapping, source.header, file=source.path.name)
    except MappingError:
        if repeated_names(source.header):
            survey(source, reading)
        raise


def text_of(mapping: Mapping, readings: Readings, known: AccountFields | None) -> MappingText:
    """The mapping as the first of a job's. known: the part of the account that it feeds."""
    return MappingText(
        1,
        mapping.name,
        mapping.text,
        mapping.sha256,
        dump_readings([each.way for each in readings]),
        dump_part(known),
    )


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


def finding_line(finding: Finding, *, with_values: bool = True) -> str:
    """In one line, for a run."""
    where = f'"{finding.column}": ' if finding.column else ""
    rows = ", ".join(
        f"row {number} ({shown(text)})" if with_values else f"row {number}"
        for number, text in finding.examples
    )
    such_as = f", such as {rows}" if rows else ""
    return (
        f"warning: {where}{counted(finding.rows, 'row')}{such_as}: {finding.what};"
        f" {finding.does} (to change that, {finding.change})"
    )
