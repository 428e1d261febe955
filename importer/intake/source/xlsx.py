"""An .xlsx or .xlsm workbook becomes a sheet in memory."""

from io import BufferedReader
from pathlib import Path

from importer.intake.source.package import Package
from importer.intake.source.sheet_rows import OpenSheet
from importer.intake.source.sheets import choose_sheet, described, read_book
from importer.intake.source.table import XlsxTable

MACROS = "xl/vbaProject.bin"  # a .xlsm has it, a .xlsx has not


def read_xlsx(path: Path, file: BufferedReader, wanted: str | None) -> OpenSheet:
    """Raises SourceError: no workbook, a damaged one, no such sheet."""
    package = Package(path, file)
    book = read_book(package)
    sheet = choose_sheet(book, wanted)
    kind = ".xlsm" if package.has(MACROS) else ".xlsx"
    return OpenSheet(
        name=sheet.name,
        found=(f"{kind} workbook", described(book, sheet, is_wanted=wanted is not None)),
        table=XlsxTable(package, book, sheet),
    )
