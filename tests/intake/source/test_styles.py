from pathlib import Path

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from importer.intake.source.format_code import read_code
from importer.intake.source.package import Package
from importer.intake.source.serial import Shape
from importer.intake.source.styles import BUILT_IN, Styles, read_styles
from tests.intake.source.workbooks import NAMESPACES, saved, workbook_parts


def styles(folder: Path, xml: str | None) -> Styles:
    parts = workbook_parts("")
    del parts["xl/styles.xml"]
    if xml is not None:
        parts["xl/styles.xml"] = xml
    path = saved(folder / "list.xlsx", parts)
    with path.open("rb") as file:
        return read_styles(Package(path, file))


def test_a_style_has_the_code_of_its_format(tmp_path: Path) -> None:
    xml = (
        f"<styleSheet {NAMESPACES}><numFmts>"
        '<numFmt numFmtId="164" formatCode="0.0&quot; kg&quot;"/>'
        '<numFmt numFmtId="14" formatCode="dd.mm.yyyy"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf/>'
        '<xf numFmtId="49"/><xf numFmtId="9999"/><xf numFmtId="x"/><xf numFmtId="164"/></cellXfs>'
        '<dxfs><dxf><numFmt numFmtId="164" formatCode="0%"/></dxf></dxfs></styleSheet>'
    )

    assert styles(tmp_path, xml) == Styles(
        ["General", '0.0" kg"', "dd.mm.yyyy", "@"], [0, 1, 2, 0, 3, 0, 0, 1]
    )


def test_a_workbook_needs_no_styles(tmp_path: Path) -> None:
    assert styles(tmp_path, None) == Styles(["General"], [])


def test_the_formats_that_excel_has_are_those_that_openpyxl_knows() -> None:
    known = {number: BUILT_IN[number] for number in BUILTIN_FORMATS}
    # openpyxl has lost its semicolons
    known[44] = known[44].replace(";", "")

    assert known == BUILTIN_FORMATS


def test_formats_that_depend_on_excels_language_are_dates() -> None:
    dates = {
        number
        for number, code in BUILT_IN.items()
        if isinstance(read_code(code).sections[0].shows, Shape)
    }

    assert dates == {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
    assert all(is_date_format(BUILT_IN[number]) for number in dates)
