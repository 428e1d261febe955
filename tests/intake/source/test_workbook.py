import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it has no types
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from importer.errors import SourceError
from importer.intake.source.file import Reading
from importer.intake.source.number_format import render
from importer.intake.source.open import open_source
from importer.intake.source.package import damage_named
from importer.intake.source.workbook import WorkbookSource
from importer.model import Block, ColumnStyle, Row
from tests.intake.source.workbooks import (
    HEADER,
    opened,
    relations_xml,
    rows_of,
    saved,
    sheet_xml,
    workbook_parts,
)

Writer = Callable[[xlsxwriter.Workbook], None]


def written(path: Path, write: Writer, **options: object) -> Path:
    with xlsxwriter.Workbook(path, options) as workbook:
        write(workbook)
    return path


def table(path: Path, rows: Sequence[Sequence[object]], **options: object) -> Path:
    def write(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("Leads")
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)

    return written(path, write, **options)


def refusal(path: Path, reading: Reading | None = None) -> tuple[str, str | None, str | None]:
    with pytest.raises(SourceError) as caught:
        list(opened(path, reading).blocks())
    return caught.value.what, caught.value.where, caught.value.fix


def test_a_workbook_says_what_it_is(tmp_path: Path) -> None:
    def write(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("Leads")
        sheet.set_column(1, 1, 12)
        sheet.write_row(0, 0, ["Name", "Zip", "Joined", "Share", "Phone"])
        zip_code = workbook.add_format({"num_format": "00000"})
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        share = workbook.add_format({"num_format": "0%"})
        sheet.write_row(1, 0, ["Asha"])
        sheet.write_number(1, 1, 501, zip_code)
        sheet.write_datetime(1, 2, date(2026, 1, 31), day)
        sheet.write_number(1, 3, 0.12, share)
        sheet.write_number(1, 4, 9198765432100)
        sheet.write_row(3, 0, ["Jonas"])

    path = written(tmp_path / "list.xlsx", write)
    source = open_source(path)

    assert source == WorkbookSource(
        path=path,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        encoding="xlsx",
        delimiter=",",
        header=("Name", "Zip", "Joined", "Share", "Phone"),
        header_row=1,
        sheet="Leads",
        columns=(
            ColumnStyle("General"),
            ColumnStyle("00000", 12.7109375),
            ColumnStyle("dd/mm/yyyy"),
            ColumnStyle("0%"),
            ColumnStyle("General"),
        ),
        found=(".xlsx workbook", 'sheet "Leads"'),
        size=path.stat().st_size,
        changed_ns=path.stat().st_mtime_ns,
    )
    block = Block(
        2,
        [
            ["Asha", "00501", "2026-01-31", "12%", "9198765432100"],
            [],
            ["Jonas", "", "", "", ""],
        ],
        ["tndnn", "", ""],
    )
    assert list(source.blocks()) == [block]
    assert list(source.blocks()) == [block], "it can be read again"


def every_kind(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet("Leads")
    sheet.write_row(0, 0, ["Kind", "Value"])
    values = [
        ("number", 1234.5, "General"),
        ("negative", -5, "0.00;[Red]-0.00"),
        ("text", "00501", "@"),
        ("boolean", True, "General"),
        ("date", date(2026, 1, 31), "d mmm yy"),
        ("date-time", datetime(2026, 1, 31, 9, 30), "dd/mm/yyyy hh:mm"),  # noqa: DTZ001
        ("time", time(9, 30), "hh:mm"),
        ("duration", timedelta(hours=26, minutes=30), "[h]:mm"),
        ("percentage", 0.125, "0%"),
        ("rupees", 1234.5, "[$₹-4009] #,##0.00"),
    ]
    for row, (kind, value, code) in enumerate(values, 1):
        sheet.write(row, 0, kind)
        sheet.write(row, 1, value, workbook.add_format({"num_format": code}))
    row = len(values) + 1
    sheet.write(row, 0, "formula")
    sheet.write_formula(row, 1, "=1+1", None, 2)
    sheet.write(row + 1, 0, "error")
    sheet.write_formula(row + 1, 1, "=1/0", None, "#DIV/0!")
    bold = workbook.add_format({"bold": True})
    sheet.write(row + 2, 0, "rich")
    sheet.write_rich_string(row + 2, 1, "Asha ", bold, "Rao")
    sheet.merge_range(row + 3, 0, row + 4, 1, "merged")


@pytest.mark.parametrize("is_1904", [False, True])
@pytest.mark.parametrize("name", ["list.xlsx", "list.xlsm"])
def test_every_kind_of_cell_is_read(tmp_path: Path, name: str, is_1904: bool) -> None:
    source = opened(written(tmp_path / name, every_kind, date_1904=is_1904))

    assert [(*row.cells, row.kinds) for row in rows_of(source)] == [
        ("number", "1234.5", "tn"),
        ("negative", "-5.00", "tn"),
        ("text", "00501", ""),
        ("boolean", "TRUE", "tb"),
        ("date", "2026-01-31", "td"),
        ("date-time", "2026-01-31 09:30:00", "td"),
        ("time", "09:30:00", "td"),
        ("duration", "26:30:00", "td"),
        ("percentage", "12.5%", "tn"),
        ("rupees", "₹ 1,234.50", "tn"),
        ("formula", "2", "tn"),
        ("error", "#DIV/0!", "te"),
        ("rich", "Asha Rao", ""),
        ("merged", "", ""),
    ]


def test_formulas_that_openpyxl_wrote_have_no_value(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["A", "B"])
    sheet.append([date(2026, 1, 31), "=A2"])
    sheet.append([True, '=A2&"x"'])
    workbook.save(tmp_path / "list.xlsx")

    assert rows_of(opened(tmp_path / "list.xlsx")) == [
        Row(2, ["2026-01-31", "=A2"], "df"),
        Row(3, ["TRUE", '=A2&"x"'], "bf"),
    ]


CODES = ["General", "0.00", "00000", "0%", "#,##0", "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "[h]:mm", "@"]
NUMBERS = st.floats(-1e6, 1e12) | st.integers(0, 10**10).map(float) | st.just(46053.0)
TABLES = st.lists(
    st.lists(
        st.tuples(
            st.none() | NUMBERS | st.text("ab 0", max_size=3) | st.booleans(), st.integers(0, 8)
        ),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=30,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TABLES)
def test_each_cell_is_what_its_value_and_its_own_format_make(
    tmp_path: Path, rows: list[list[tuple[object, int]]]
) -> None:
    def write(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        formats = [workbook.add_format({"num_format": code}) for code in CODES]
        sheet.write_row(0, 0, "ABCD")
        for i, row in enumerate(rows, 1):
            for j, (value, code) in enumerate(row):
                sheet.write(i, j, value, formats[code])

    def expected(value: object, code: int) -> tuple[str, str]:
        if isinstance(value, float):
            text, kind = render(CODES[code], float(f"{value:.16G}"))  # as XlsxWriter writes it
            return text, kind
        if isinstance(value, bool):
            return str(value).upper(), "b"
        return str(value or ""), "t"

    path = written(tmp_path / "list.xlsx", write, strings_to_formulas=False)
    found = {
        (row.number, i): (text, row.kinds[i : i + 1] or "t")
        for row in rows_of(opened(path), size=7)
        for i, text in enumerate(row.cells)
        if text.strip()
    }

    assert found == {
        (i, j): shown
        for i, row in enumerate(rows, 2)
        for j, cell in enumerate(row)
        if (shown := expected(*cell))[0].strip()
    }


def test_a_boolean_is_told_from_a_number_that_is_equal(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Value"], [1], [True], [0], [False], [1], [True]]

    assert [row.cells for row in rows_of(opened(table(tmp_path / "list.xlsx", rows)))] == [
        ["1"], ["TRUE"], ["0"], ["FALSE"], ["1"], ["TRUE"]
    ]  # fmt: skip


def test_values_and_dates_are_those_of_calamine(tmp_path: Path) -> None:
    first = datetime(1999, 12, 31, 0, 0, 1)  # noqa: DTZ001
    days = [first + timedelta(days=97 * i, seconds=1234567 * i) for i in range(300)]
    numbers = [7.25 * 3**i for i in range(30)] * 10

    def write(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        moment = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, ["Moment", "Number"])
        for i, (day, number) in enumerate(zip(days, numbers, strict=True), 1):
            sheet.write_datetime(i, 0, day, moment)
            sheet.write_number(i, 1, number)

    path = written(tmp_path / "list.xlsx", write)
    theirs = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]

    for ours, (moment, number) in zip(rows_of(opened(path)), theirs, strict=True):
        assert isinstance(moment, datetime)
        assert ours.cells[0] == moment.isoformat(" ")
        assert float(ours.cells[1]) == pytest.approx(number, rel=1e-14)
        assert "e" not in ours.cells[1]


def test_rows_and_columns_keep_excels_numbers_and_letters(tmp_path: Path) -> None:
    def write(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(3, 2, ["Name", "City"])
        sheet.write_row(4, 2, ["Asha", "Pune", " "])
        sheet.write_row(6, 1, ["x", "Jonas", "Bonn", "", "surplus"])

    source = opened(written(tmp_path / "list.xlsx", write))

    assert (source.header, source.header_row) == (("", "", "Name", "City"), 4)
    assert list(source.blocks()) == [
        Block(
            5,
            [["", "", "Asha", "Pune"], [], ["", "x", "Jonas", "Bonn", "", "surplus"]],
            ["", "", ""],
        )
    ]


def test_blocks_have_as_many_row_numbers_as_are_asked_for(tmp_path: Path) -> None:
    numbers = [[str(i)] for i in range(2, 12)]
    rows = [["Number"], *numbers, [], [], [], ["15"]]
    source = opened(table(tmp_path / "list.xlsx", rows))

    assert [(block.first, len(block.rows)) for block in source.blocks(4)] == [
        (2, 4), (6, 4), (10, 2), (15, 1)
    ]  # fmt: skip
    assert [each.cells for each in rows_of(source)] == [*numbers, ["15"]]


def test_the_header_may_stand_below_other_rows(tmp_path: Path) -> None:
    path = table(tmp_path / "list.xlsx", [["Spring list"], [], ["Name", "Zip", ""], ["Asha", 501]])

    source = opened(path, Reading(header_row=3))

    assert (source.header, source.header_row) == (("Name", "Zip"), 3)
    assert rows_of(source) == [Row(4, ["Asha", "501"], "tn")]


def test_a_header_is_enough(tmp_path: Path) -> None:
    source = opened(table(tmp_path / "list.xlsx", [["Name", 2026]]))

    assert (source.header, list(source.blocks())) == (("Name", "2026"), [])


@pytest.mark.parametrize(("header_row", "what"), [
    (None, "the sheet is empty"), (0, "row 0 is blank"), (2, "row 2 is blank"),
])  # fmt: skip
def test_a_header_that_is_not_there(tmp_path: Path, header_row: int | None, what: str) -> None:
    rows: list[list[str]] = [] if header_row is None else [["Name"], [], ["x"]]
    path = table(tmp_path / "list.xlsx", rows)

    assert refusal(path, Reading(header_row=header_row)) == (
        what,
        f'{path}, sheet "Leads"',
        "a row has to name the columns: say which with --header-row, or use another --sheet",
    )


def several_sheets(workbook: xlsxwriter.Workbook) -> None:
    chart = workbook.add_chart({"type": "line"})
    workbook.add_chartsheet("Sales").set_chart(chart)
    for name in ("Lookup", "Leads", "3", "Secret"):
        sheet = workbook.add_worksheet(name)
        sheet.write_row(0, 0, [f"in {name}"])
        sheet.write_row(1, 0, [7])
    chart.add_series({"values": "=Leads!$A$2:$A$2"})
    workbook.worksheets()[1].hide()
    workbook.worksheets()[4].very_hidden()
    workbook.worksheets()[2].activate()


LISTED = 'name one with --sheet: "Lookup" (hidden), 2 "Leads", 3 "3", "Secret" (hidden)'


@pytest.mark.parametrize(
    ("wanted", "sheet", "found"),
    [
        (None, "Leads", 'sheet "Leads" (the first of 2 visible; hidden: "Lookup", "Secret")'),
        ("Leads", "Leads", 'sheet "Leads"'),
        ("leads", "Leads", 'sheet "Leads"'),
        ("2", "Leads", 'sheet "Leads"'),
        ("3", "3", 'sheet "3"'),
        ("Lookup", "Lookup", 'sheet "Lookup" (hidden)'),
        ("Secret", "Secret", 'sheet "Secret" (hidden)'),
    ],
)
def test_a_sheet_is_chosen_by_name_or_number(
    tmp_path: Path, wanted: str | None, sheet: str, found: str
) -> None:
    path = written(tmp_path / "list.xlsx", several_sheets)

    source = opened(path, Reading(sheet=wanted))

    assert (source.sheet, source.header, source.found) == (
        sheet,
        (f"in {sheet}",),
        (".xlsx workbook", found),
    )
    list(source.blocks())
    assert rows_of(source) == [Row(2, ["7"], "n")], "the same sheet, read again"


@pytest.mark.parametrize(
    ("wanted", "what"),
    [
        ("Leeds", 'the workbook has no sheet "Leeds"'),
        ("0", 'the workbook has no sheet "0"'),
        ("4", 'the workbook has no sheet "4"'),
        ("Sales", 'the sheet "Sales" has no cells: it is a chart'),
        ("1", 'the sheet "Sales" has no cells: it is a chart'),
    ],
)
def test_a_sheet_that_is_not_there(tmp_path: Path, wanted: str, what: str) -> None:
    path = written(tmp_path / "list.xlsx", several_sheets)

    assert refusal(path, Reading(sheet=wanted)) == (what, str(path), LISTED)


def test_a_workbook_of_charts_has_nothing_to_import(tmp_path: Path) -> None:
    parts = workbook_parts(sheet_xml(HEADER))
    parts["xl/_rels/workbook.xml.rels"] = relations_xml([("chartsheet", "worksheets/sheet1.xml")])
    path = saved(tmp_path / "list.xlsx", parts)

    assert refusal(path) == (
        "the workbook has no visible sheet with cells",
        str(path),
        "import another workbook",
    )


@pytest.mark.parametrize(
    ("name", "reading"),
    [("encoding", Reading(encoding="utf-8")), ("delimiter", Reading(delimiter=";"))],
)
def test_options_of_text_files_are_refused(tmp_path: Path, name: str, reading: Reading) -> None:
    path = table(tmp_path / "list.xlsx", [["Name"]])

    assert refusal(path, reading) == (
        f"a workbook has no {name}: only text files have one",
        str(path),
        f"leave out --{name}",
    )


def test_macros_are_said(tmp_path: Path) -> None:
    parts = {**workbook_parts(sheet_xml(HEADER)), "xl/vbaProject.bin": b"macros"}

    assert opened(saved(tmp_path / "list.xlsm", parts)).found[0] == ".xlsm workbook"


@pytest.mark.parametrize("target", ["/xl/worksheets/sheet1.xml", "worksheets/sheet1.xml"])
def test_a_part_may_be_named_from_the_archives_root(tmp_path: Path, target: str) -> None:
    parts = workbook_parts(sheet_xml(HEADER), target=target)

    assert opened(saved(tmp_path / "list.xlsx", parts)).header == ("Name",)


@pytest.mark.parametrize("target", ["../../../etc/passwd", "worksheets/sheet2.xml"])
def test_a_part_that_is_not_in_the_archive_is_refused(tmp_path: Path, target: str) -> None:
    path = saved(tmp_path / "list.xlsx", workbook_parts(sheet_xml(HEADER), target=target))

    assert refusal(path)[:2] == ("the workbook is damaged: a sheet is missing (Leads)", str(path))


def test_strict_office_open_xml_is_read(tmp_path: Path) -> None:
    cells = '<row r="2"><c r="A2" t="d" s="1"><v>2026-01-31</v></c></row>'
    strict = {
        name: content.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in workbook_parts(sheet_xml(HEADER + cells)).items()
        if isinstance(content, str)
    }

    assert rows_of(opened(saved(tmp_path / "list.xlsx", strict))) == [Row(2, ["2026-01-31"], "d")]


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        (["word/document.xml"], "this is a Word document"),
        (["ppt/presentation.xml"], "this is a PowerPoint presentation"),
        (["Index/Document.iwa"], "this is a Numbers document of a Mac"),
        (["a.csv", "b/"], "this is a zip archive, and no workbook; in it: a.csv"),
        (
            ["a.csv", "b.csv", "c.csv", "d.csv"],
            "this is a zip archive, and no workbook; in it: a.csv, b.csv, c.csv, …",
        ),
    ],
)
def test_another_archive_is_named(tmp_path: Path, parts: list[str], what: str) -> None:
    path = saved(tmp_path / "list.xlsx", dict.fromkeys(parts, ""))

    assert refusal(path)[:2] == (what, str(path))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    path = table(tmp_path / "list.xlsx", [["Name", "Zip"], *([f"n{i}", i] for i in range(500))])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])

    what, where, fix = refusal(path)

    assert what.startswith("the workbook is damaged: its archive can't be unpacked (")
    assert (where, fix) == (
        str(path),
        "open it in Excel, let Excel repair it if it offers to, and save it as .xlsx",
    )


@pytest.mark.parametrize(
    "name",
    ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"],
)
def test_broken_xml_is_refused(tmp_path: Path, name: str) -> None:
    parts = workbook_parts(sheet_xml(HEADER), strings="<si><t>a</t></si>")
    content = parts[name]
    assert isinstance(content, str)
    parts[name] = content[: len(content) * 2 // 3]
    path = saved(tmp_path / "list.xlsx", parts)

    assert refusal(path)[0].startswith(
        "the workbook is damaged: its content is not as Excel writes it ("
    )


def test_bytes_that_were_damaged_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "list.xlsx", workbook_parts(sheet_xml(HEADER)))
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    content[entry.header_offset + 80] ^= 0xFF
    path.write_bytes(content)

    assert refusal(path)[0].startswith("the workbook is damaged: ")


def test_a_panic_in_the_library_is_no_end_of_the_process(tmp_path: Path) -> None:
    panic = type("PanicException", (BaseException,), {})  # as pyo3 names it, and does not export it

    with pytest.raises(SourceError) as caught, damage_named(tmp_path, 'sheet "Leads"'):
        raise panic("index out of bounds")

    assert (caught.value.what, caught.value.where) == (
        "the workbook is damaged: its content is not as Excel writes it (index out of bounds)",
        f'{tmp_path}, sheet "Leads"',
    )


def test_an_interrupt_passes(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), damage_named(tmp_path):
        raise KeyboardInterrupt


@pytest.mark.parametrize("are_read", [False, True])
def test_a_file_that_was_changed_since_is_refused(tmp_path: Path, are_read: bool) -> None:
    path = table(tmp_path / "list.xlsx", [["Name"], ["Asha"]])
    source = opened(path)
    if are_read:
        list(source.blocks())
    os.utime(path, ns=(0, 0))

    with pytest.raises(SourceError, match="changed while it was being read"):
        list(source.blocks())


def test_a_file_that_was_changed_in_secret_is_refused_when_read_again(tmp_path: Path) -> None:
    path = table(tmp_path / "list.xlsx", [["Name"], ["Asha"]])
    before = path.stat()
    source = opened(path)
    source.release()
    content = bytearray(path.read_bytes())
    content[-1:] = b"\1"
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    with pytest.raises(SourceError, match="changed while it was being read"):
        list(source.blocks())


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    path = table(tmp_path / "list.xlsx", [["Name"], ["Asha"]])
    source = opened(path)
    path.unlink()

    with pytest.raises(SourceError, match="the file is not there any more"):
        list(source.blocks())


def test_rows_are_held_until_they_are_let_go_of(tmp_path: Path) -> None:
    source = opened(table(tmp_path / "list.xlsx", [["Name"], ["Asha"]]))
    assert isinstance(source, WorkbookSource)
    begun = source.blocks()
    next(begun)

    assert list(begun) == []
    assert len(source.tables) == 1
    source.release()
    assert source.tables == []
