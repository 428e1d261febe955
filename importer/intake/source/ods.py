"""An OpenDocument spreadsheet (.ods) becomes a sheet in memory.

In: an open file. Out: an `OpenSheet`. Its XML is read twice: for the names of the sheets, and for
the rows of one of them. What is repeated costs nothing where it is blank.
"""

from collections.abc import Mapping
from io import BufferedReader
from pathlib import Path

from importer.errors import SourceError
from importer.intake.source.held import HeldTable
from importer.intake.source.kind import EXPORT, locked
from importer.intake.source.ods_cells import OFFICE, TABLE
from importer.intake.source.ods_rows import RowReader
from importer.intake.source.package import (
    CONTENT,
    ENCRYPTED_PACKAGE,
    Package,
    bomb_named,
    damage_named,
    safe_parser,
)
from importer.intake.source.packing import Packer
from importer.intake.source.sheet_rows import OpenSheet
from importer.intake.source.sheets import Book, Sheet, choose_sheet, described
from importer.intake.source.unpacking import BombError

MANIFEST = "META-INF/manifest.xml"
ENCRYPTED = {"encryption-data"}  # OpenDocument 1.3, part 2, 4.4
UNLOCK = (
    "open it in LibreOffice, save it under another name without a password, and import that file"
)
PROGRAM = "LibreOffice"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
NO_SHEETS = (f"{TABLE} dde-links", f"{TABLE} tracked-changes")  # that have tables too
MOST_SHEETS = 10_000  # LibreOffice takes as many
CHUNK = 256 * 1024  # bytes


def read_ods(path: Path, file: BufferedReader, wanted: str | None) -> OpenSheet:
    """Raises SourceError: no spreadsheet, a damaged or a locked one, no such sheet."""
    package = Package(path, file, CONTENT, ENCRYPTED_PACKAGE)
    if package.has(ENCRYPTED_PACKAGE) or package.tags(MANIFEST, ENCRYPTED):
        raise locked(path, UNLOCK)
    book = _book(package)
    sheet = choose_sheet(book, wanted)
    where = f'{path}, sheet "{sheet.name}"'
    packer = Packer(where, package.packed_size(CONTENT))
    try:
        with damage_named(path, f'sheet "{sheet.name}"', PROGRAM), package.open(CONTENT) as xml:
            RowReader(sheet.index, packer).read(xml)
            summary = packer.end()
    except BombError as error:
        raise bomb_named(where, error) from error
    return OpenSheet(
        name=sheet.name,
        found=(".ods workbook", described(book, sheet, is_wanted=wanted is not None)),
        table=HeldTable(packer.lines, summary),
    )


def _book(package: Package) -> Book:
    """Raises SourceError: it is a text or a drawing, or damaged."""
    names = _Names()
    with damage_named(package.path, CONTENT, PROGRAM), package.open(CONTENT) as xml:
        parser = safe_parser(separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = names.start, names.end
        while chunk := xml.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    if not names.is_spreadsheet:
        what = "this is an OpenDocument file, and no spreadsheet"
        raise SourceError(what, where=str(package.path), fix=EXPORT)
    sheets = [
        Sheet(name, i, part=CONTENT, is_table=True, is_hidden=style in names.unseen)
        for i, (name, style) in enumerate(names.sheets)
    ]
    return Book(package.path, sheets, is_1904=False)  # days are told as such


class _Names:
    """The names of the sheets, each with that of its style; and the styles that hide a sheet."""

    def __init__(self) -> None:
        self.is_spreadsheet = False
        self.sheets: list[tuple[str, str]] = []
        self.unseen: set[str] = set()
        self._depth = 0  # of tables in each other
        self._style = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in NO_SHEETS:
            self._depth += 1
        elif name == f"{TABLE} table":
            self._depth += 1
            if self._depth == 1 and self.is_spreadsheet:
                self._add(attributes)
        elif name == f"{OFFICE} spreadsheet":
            self.is_spreadsheet = True
        elif name == f"{STYLE} style":
            self._style = attributes.get(f"{STYLE} name", "")
        elif name == f"{STYLE} table-properties" and attributes.get(f"{TABLE} display") == "false":
            self.unseen.add(self._style)

    def end(self, name: str) -> None:
        if name == f"{TABLE} table" or name in NO_SHEETS:
            self._depth -= 1

    def _add(self, attributes: Mapping[str, str]) -> None:
        if len(self.sheets) == MOST_SHEETS:
            raise ValueError(f"it has more than {MOST_SHEETS:,} sheets")
        style = attributes.get(f"{TABLE} style-name", "")
        self.sheets.append((attributes.get(f"{TABLE} name", ""), style))
