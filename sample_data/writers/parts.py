"""Workbooks as their parts: a zip with XML in it, for what no library writes.

The parts are those of ECMA-376, part 1; Excel needs no more of them than stand here.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold
OFFICE = "http://schemas.openxmlformats.org"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = f"{OFFICE}/package/2006"
RELATIONS = f"{PACKAGE}/relationships"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PART_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"


@dataclass(frozen=True, slots=True)
class Dialect:
    """The names of the XML: those that Excel writes as a rule, or those of `Strict Open XML`."""

    main: str = f"{OFFICE}/spreadsheetml/2006/main"
    relations: str = f"{OFFICE}/officeDocument/2006/relationships"


USUAL = Dialect()
STRICT = Dialect(
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            file.writestr(info, part, compress_type=zipfile.ZIP_DEFLATED)
    return content.getvalue()


def workbook_parts(
    rows: str, *, dialect: Dialect = USUAL, workbook_type: str = WORKBOOK_TYPE
) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet, Leads. rows: its <row> elements."""
    types = {
        "/xl/workbook.xml": workbook_type,
        "/xl/worksheets/sheet1.xml": PART_TYPE.format("worksheet"),
        "/xl/styles.xml": PART_TYPE.format("styles"),
    }
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relations(dialect, {"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{dialect.main}"'
        f' xmlns:r="{dialect.relations}">'
        '<sheets><sheet name="Leads" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            dialect, {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml"}
        ),
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{dialect.main}">'
        '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
        "</styleSheet>",
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{dialect.main}">'
        f"<sheetData>{rows}</sheetData></worksheet>",
    }


def _relations(dialect: Dialect, targets: Mapping[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{dialect.relations}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{entries}</Relationships>'
