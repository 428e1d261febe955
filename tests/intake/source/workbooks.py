"""Workbooks made by hand, for what no library writes."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from importer.intake.source.file import Reading, Source
from importer.intake.source.workbook import open_workbook
from importer.model import Row

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'

TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'


def sheet_xml(rows: str, *, before: str = "", prolog: str = "") -> str:
    return f"{prolog}<worksheet {NAMESPACES}>{before}<sheetData>{rows}</sheetData></worksheet>"


def styles_xml(codes: Sequence[str]) -> str:
    """Style i has the format code i."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + i}" formatCode={quoteattr(code)}/>'
        for i, code in enumerate(codes)
    )
    used = "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(codes)))
    return (
        f"<styleSheet {NAMESPACES}><numFmts>{formats}</numFmts>"
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{used}</cellXfs>'
        '<dxfs><dxf><numFmt numFmtId="164" formatCode="yyyy"/></dxf></dxfs></styleSheet>'
    )


def relations_xml(relations: Sequence[tuple[str, str]]) -> str:
    """Of (type, target); the first is rId1."""
    listed = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(relations, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def saved(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def workbook_parts(
    sheet: str | bytes,
    *,
    codes: Sequence[str] = ("General", "dd/mm/yyyy"),
    strings: str = "",
    settings: str = "",
    target: str = "worksheets/sheet1.xml",
) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet, "Leads"."""
    sheets = '<sheets><sheet name="Leads" sheetId="1" r:id="rId1"/></sheets>'
    relations = [("worksheet", target), ("styles", "styles.xml")]
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations_xml([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f"<workbook {NAMESPACES}>{settings}{sheets}</workbook>",
        "xl/_rels/workbook.xml.rels": relations_xml(
            [*relations, ("sharedStrings", "sharedStrings.xml")]
        ),
        "xl/styles.xml": styles_xml(codes),
        "xl/sharedStrings.xml": f"<sst {NAMESPACES}>{strings}</sst>",
        "xl/worksheets/sheet1.xml": sheet,
    }


def opened(path: Path, reading: Reading | None = None) -> Source:
    return open_workbook(path, reading or Reading())


def rows_of(source: Source, size: int = 500) -> list[Row]:
    """Every row that is not blank."""
    return [
        Row(number, cells, kinds)
        for block in source.blocks(size)
        for number, (cells, kinds) in enumerate(
            zip(block.rows, block.kinds, strict=True), block.first
        )
        if cells
    ]


def read(folder: Path, rows: str, codes: Sequence[str] = ("General", "dd/mm/yyyy")) -> list[Row]:
    """The rows below the header "Name" of a sheet with these."""
    parts = workbook_parts(sheet_xml(HEADER + rows), codes=codes)
    return rows_of(opened(saved(folder / "list.xlsx", parts)))
