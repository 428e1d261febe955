"""Reads an odd file as the importer does, and says what is not as it is wanted."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from importer.errors import ImporterError
from importer.intake.columns.findings import findings
from importer.intake.columns.questions import questions
from importer.intake.columns.survey import survey
from importer.intake.headers import column_names
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import load_mapping
from importer.intake.source.file import Source
from importer.intake.source.open import open_source
from importer.model import Lead, Problem, Row
from tests.acceptance.spreadsheets.odd import Odd, Refused, Table

SILENT = "silently wrong"
REFUSED = "refused, and should be read"
UNSAID = "not said"
ALARM = "false alarm"
OTHER = "otherwise"
MOST_SHOWN = 4  # rows


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a file: as `Odd` has it. left_out is said as a finding too."""

    table: Table
    header_row: int
    left_out: frozenset[int]
    says: str
    leads: Mapping[int, Lead | tuple[Problem, ...]]
    asked: Mapping[str, str]
    findings: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Complaint:
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


def complaints(odd: Odd, folder: Path) -> list[Complaint]:
    """Everything that is not as it is wanted."""
    path = folder / odd.name
    path.write_bytes(odd.make())
    try:
        found = read(odd, path)
    except ImporterError as error:
        return list(_of_refusal(odd, error))
    if isinstance(odd.expects, Refused):
        header, rows = found.table.header, found.table.rows
        return [Complaint(SILENT, f"it was read: {list(header)}, {len(rows)} rows")]
    return [
        *_of_table(odd, odd.expects, found),
        *_of_leads(odd, found),
        *_of_what_is_said(odd, found),
    ]


def read(odd: Odd, path: Path) -> Found:
    source = open_source(path, odd.reading)
    names = column_names(source.header)
    mapping = load_mapping(odd.mapping or _every_column(names), name="m.yaml")
    facts = survey(source, odd.reading, mapping)
    builder = LeadBuilder(mapping, source.header, file=path.name, columns=facts.readings)
    rows: dict[int, Sequence[str]] = {}
    leads: dict[int, Lead | tuple[Problem, ...]] = {}
    for row in _rows(odd, source, facts.left_out):
        rows[row.number] = row.cells
        leads[row.number] = builder.build(row)
    asked = questions(mapping, names, facts.readings)
    return Found(
        table=_without_blank_columns(source.header, names, rows),
        header_row=source.header_row,
        left_out=frozenset(facts.left_out),
        says="; ".join(source.found),
        leads=leads,
        asked={each.column: f"{each.what}\n{each.fix}" for each in asked},
        findings=frozenset((f.code, f.column or "") for f in findings(facts, mapping, names)),
    )


def _rows(odd: Odd, source: Source, left_out: frozenset[int]) -> Iterator[Row]:
    for block in source.read(odd.reading, left_out):
        for index, cells in enumerate(block.rows):
            if cells:
                kinds = block.kinds[index] if block.kinds else ""
                yield Row(block.first + index, cells, kinds)


def _every_column(names: Sequence[str]) -> str:
    """A mapping that sends each column as it is, of people whose name is known."""
    entries = "".join(
        f"  {json.dumps(name)}: mx_Column_{index}\n" for index, name in enumerate(names, 1)
    )
    return f"version: 1\ncolumns:\n{entries}constants:\n  LastName: Visitor\n"


def _without_blank_columns(
    header: Sequence[str], names: Sequence[str], rows: Mapping[int, Sequence[str]]
) -> Table:
    """Blank cells behind the header's last one count for nothing, as in Excel."""
    kept = [
        index
        for index, name in enumerate(header)
        if name.strip() or any("".join(cells[index : index + 1]).strip() for cells in rows.values())
    ]
    return Table(
        [names[index] for index in kept],
        {number: _cells(cells, kept, len(header)) for number, cells in rows.items()},
    )


def _cells(cells: Sequence[str], kept: Sequence[int], width: int) -> list[str]:
    found = [cells[index] for index in kept if index < len(cells)]
    surplus = list(cells[width:])
    return found + (surplus if "".join(surplus).strip() else [])


def _of_refusal(odd: Odd, error: ImporterError) -> Iterator[Complaint]:
    said = "\n".join([error.what, error.where or "", error.fix or ""])
    if not isinstance(odd.expects, Refused):
        yield Complaint(REFUSED, said)
        return
    for word in odd.expects.words:
        if word.lower() not in said.lower():
            yield Complaint(UNSAID, f"{word!r} in the refusal: {said}")


def _of_table(odd: Odd, wanted: Table, found: Found) -> Iterator[Complaint]:
    if odd.header_row not in (None, found.header_row):
        yield Complaint(SILENT, f"the header is row {found.header_row}, not {odd.header_row}")
    if list(found.table.header) != list(wanted.header):
        yield Complaint(SILENT, f"header {list(found.table.header)}, not {list(wanted.header)}")
    came, should = ({n: list(row) for n, row in t.rows.items()} for t in (found.table, wanted))
    others = [n for n in sorted({*came, *should}) if came.get(n) != should.get(n)]
    for number in others[:MOST_SHOWN]:
        yield Complaint(SILENT, f"row {number} is {came.get(number)}, not {should.get(number)}")
    if len(others) > MOST_SHOWN:
        yield Complaint(SILENT, f"and {len(others) - MOST_SHOWN} rows more")
    if found.left_out != odd.left_out:
        yield Complaint(SILENT, f"left out: {sorted(found.left_out)}, not {sorted(odd.left_out)}")


def _of_leads(odd: Odd, found: Found) -> Iterator[Complaint]:
    for column, text in found.asked.items():
        if column not in odd.asked:
            yield Complaint(REFUSED, f"asked for {column}: {text}")
    for column, words in odd.asked.items():
        if column not in found.asked:
            yield Complaint(SILENT, f"{column} is not asked for")
        for word in words:
            if word not in found.asked.get(column, word):
                yield Complaint(UNSAID, f"{word!r} of {column}: {found.asked[column]}")
    if odd.asked or found.asked:
        return
    for number, lead in found.leads.items():
        yield from _of_lead(number, lead, odd)


def _of_lead(number: int, lead: Lead | tuple[Problem, ...], odd: Odd) -> Iterator[Complaint]:
    code = odd.invalid.get(number)
    if not isinstance(lead, Lead):
        codes = [problem.code for problem in lead]
        if code is None:
            yield Complaint(REFUSED, f"row {number}: {[f'{p.code}: {p.why}' for p in lead]}")
        elif code not in codes:
            yield Complaint(OTHER, f"row {number} is refused as {codes}, not as {code}")
        return
    if code is not None:
        yield Complaint(SILENT, f"row {number} is sent, not refused as {code}: {lead.values}")
        return
    for field, value in odd.leads.get(number, {}).items():
        if lead.values.get(field) != value:
            yield Complaint(
                SILENT, f"row {number}, {field} is {lead.values.get(field)!r}, not {value!r}"
            )


def _of_what_is_said(odd: Odd, found: Found) -> Iterator[Complaint]:
    for text in odd.says:
        if text.lower() not in found.says.lower():
            yield Complaint(UNSAID, f"{text!r} of the file: {found.says}")
    came = {pair for pair in found.findings if pair[0] != "left_out"}
    if odd.left_out and came == found.findings:
        yield Complaint(UNSAID, f"that rows {sorted(odd.left_out)} are left out")
    if odd.findings is None:
        return
    for pair in sorted(odd.findings - came):
        yield Complaint(UNSAID, str(pair))
    for pair in sorted(came - odd.findings):
        yield Complaint(ALARM, str(pair))
