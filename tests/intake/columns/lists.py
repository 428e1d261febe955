"""Lists in memory, cut into blocks as a test wants them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from importer.intake.columns.findings import findings
from importer.intake.columns.survey import Survey, survey
from importer.intake.headers import column_names
from importer.intake.mapping import load_mapping
from importer.intake.source.file import Reading, Source, as_block
from importer.model import Block, Finding

FIND_OUT = Reading()
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Listed(Source):
    """rows: below the header. kinds: of their cells; none where all are text. cut: rows a block."""

    rows: Rows = ()
    kinds: Sequence[str] = ()
    cut: int = field(default=500, kw_only=True)

    def blocks(self, size: int = 500) -> Iterator[Block]:
        size = min(size, self.cut)
        for start in range(0, len(self.rows), size):
            rows = [list(row) for row in self.rows[start : start + size]]
            kinds = list(self.kinds[start : start + size]) or None
            if block := as_block(self.header_row + 1 + start, rows, kinds):
                yield block


def listed(
    header: Sequence[str],
    rows: Rows,
    kinds: Sequence[str] = (),
    *,
    cut: int = 500,
    header_row: int = 1,
    sheet: str | None = None,
) -> Listed:
    return Listed(
        path=Path("list.csv"),
        sha256="",
        encoding="utf-8",
        delimiter=",",
        header=tuple(header),
        header_row=header_row,
        sheet=sheet,
        columns=(),
        found=(),
        size=0,
        changed_ns=0,
        rows=rows,
        kinds=kinds,
        cut=cut,
    )


def surveyed(
    header: Sequence[str], rows: Rows, *, area: str | None = None, cut: int = 500
) -> Survey:
    return survey(listed(header, rows, cut=cut), Reading(area=area))


def told(
    columns: Mapping[str, str], rows: Rows, kinds: Sequence[str] = (), *, cut: int = 500
) -> list[Finding]:
    """columns: what the mapping says of each column; "" where it leaves it out."""
    lines = "".join(f"  {name}: {entry}\n" for name, entry in columns.items() if entry)
    mapping = load_mapping(f"version: 1\ncolumns:\n{lines}", name="m.yaml")
    source = listed(tuple(columns), rows, kinds, cut=cut)
    found = survey(source, FIND_OUT, mapping)
    return findings(found, mapping, column_names(source.header))


def of_column(
    name: str, entry: str, texts: Sequence[str], kinds: str = "", *, cut: int = 500
) -> list[Finding]:
    """What is told of a column; row 2 has its first text."""
    rows = [(f"p{number}@example.com", text) for number, text in enumerate(texts)]
    return told(
        {"Email": "EmailAddress", name: entry}, rows, ["t" + kind for kind in kinds], cut=cut
    )
