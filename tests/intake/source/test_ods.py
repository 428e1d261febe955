import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest
from odf.opendocument import (  # type: ignore[import-untyped]  # it ships no types
    OpenDocumentSpreadsheet,
)
from odf.table import (  # type: ignore[import-untyped]  # it ships no types
    CoveredTableCell,
    Table,
    TableCell,
    TableColumn,
    TableRow,
)
from odf.text import P, S  # type: ignore[import-untyped]  # it ships no types

from importer.errors import SourceError
from importer.intake.source.file import Reading
from importer.intake.source.kind import EXPORT
from importer.intake.source.ods import UNLOCK
from importer.intake.source.open import open_source
from importer.model import Block, ColumnStyle
from tests.hostile.limits import previewed
from tests.intake.source.workbooks import rows_of

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "draw": "drawing",
    }.items()
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
DAMAGED = "the workbook is damaged: its content is not as LibreOffice writes it"
HEADER = '<table:table-row><table:table-cell office:value-type="string"><text:p>Name</text:p></table:table-cell></table:table-row>'  # noqa: E501


def text_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'  # noqa: E501


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def sheet(rows: str, name: str = "Leads", more: str = "") -> str:
    return f'<table:table table:name="{name}"{more}>{rows}</table:table>'


def content(sheets: str, styles: str = "", kind: str = "spreadsheet", prolog: str = "") -> str:
    return (
        f"{prolog}<office:document-content {NAMES} {CALC}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{sheets}</office:{kind}></office:body>"
        "</office:document-content>"
    )


def saved(path: Path, xml: str | bytes, more: Mapping[str, str | bytes] | None = None) -> Path:
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": xml,
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{MANIFEST}"/>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **(more or {})}.items():
            archive.writestr(name, data)
    return path


def read(folder: Path, rows: str) -> list[tuple[str, ...]]:
    """The cells and their kinds, of rows below a header `Name`."""
    path = saved(folder / "list.ods", content(sheet(HEADER + rows)))
    return [(*each.cells, each.kinds) for each in rows_of(open_source(path))]


def cell(folder: Path, xml: str) -> tuple[str, ...]:
    (only,) = read(folder, row(xml))
    return only


def refusal(path: Path, reading: Reading | None = None) -> tuple[str, str | None, str | None]:
    with pytest.raises(SourceError) as caught:
        list(open_source(path, reading or Reading()).blocks())
    return caught.value.what, caught.value.where, caught.value.fix


def test_a_workbook_of_another_programs_library(tmp_path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Leads")
    table.addElement(TableColumn())
    table.addElement(TableColumn(visibility="collapse"))
    values = [
        (TableCell(valuetype="string"), "Name"),
        (TableCell(valuetype="string"), "Zip"),
        (TableCell(valuetype="string"), "Joined"),
    ]
    rows = [values, []]
    rows.append(
        [
            (TableCell(valuetype="string"), "Asha"),
            (TableCell(valuetype="float", value="501"), "00501"),
            (TableCell(valuetype="date", datevalue=date(2026, 1, 31).isoformat()), "31.01.26"),
        ]
    )
    for each in rows:
        line = TableRow()
        for made, text in each:
            made.addElement(P(text=text))
            line.addElement(made)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    path = tmp_path / "list.ods"
    document.save(str(path))

    source = open_source(path)
    assert (source.encoding, source.sheet, source.header) == (
        "xlsx", "Leads", ("Name", "Zip", "Joined"),
    )  # fmt: skip
    assert source.found == (
        ".ods workbook", 'sheet "Leads"', "column B is hidden, and read too",
    )  # fmt: skip
    assert source.columns == (
        ColumnStyle("General"), ColumnStyle("00000"), ColumnStyle("yyyy-mm-dd"),
    )  # fmt: skip
    block = Block(3, [["Asha", "00501", "2026-01-31"]], ["tnd"])
    assert list(source.blocks()) == [block]
    assert list(source.blocks()) == [block], "it can be read again"


def number(sort: str, value: str, text: str) -> str:
    return (
        f'<table:table-cell office:value-type="{sort}" office:value="{value}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


@pytest.mark.parametrize(
    ("sort", "value", "text", "wanted"),
    [
        ("float", "9198765432100", "9,20E+12", "9198765432100"),
        ("float", "9.1987654321E+12", "9.20E+12", "9198765432100"),
        ("float", "501", "00501", "00501"),
        ("float", "-7", "-007", "-007"),
        ("float", "501", "501", "501"),
        ("float", "0", "0", "0"),
        ("float", "1234.5", "1.234,50", "1234.5"),
        ("float", "0.30000000000000004", "0,3", "0.3"),
        ("float", "7", "0" * 9000 + "7", "7"),
        ("percentage", "0.12", "12 %", "12%"),
        ("percentage", "0.12", "12,00%", "12.00%"),
        ("percentage", "0.125", "13%", "12.5%"),
        ("currency", "1234.5", "1.234,50 €", "1,234.50 €"),
        ("currency", "-1234.5", "-$1,234.50", "-$1,234.50"),
        ("currency", "1234.567", "€1,234.57", "1234.567"),
        ("currency", "1234567", "₹12,34,567", "₹1,234,567"),
        ("currency", "5", "Rs. 5", "Rs. 5"),
        ("currency", "5", "", "5"),
    ],
)
def test_a_number_has_all_its_digits(
    tmp_path: Path, sort: str, value: str, text: str, wanted: str
) -> None:
    assert cell(tmp_path, number(sort, value, text)) == (wanted, "n")


@pytest.mark.parametrize(
    ("attributes", "text", "wanted"),
    [
        ('date" office:date-value="2026-01-31', "31.1.26", "2026-01-31"),
        ('date" office:date-value="2026-01-31T09:30:00', "31.1.26", "2026-01-31 09:30:00"),
        ('date" office:date-value="2026-01-31T00:00:00', "31.1.26", "2026-01-31"),
        ('date" office:date-value="2026-01-31T00:00:00', "31.1. 0:00", "2026-01-31 00:00:00"),
        ('date" office:date-value="2026-01-31T09:30:00.250000', "", "2026-01-31 09:30:00.250"),
        ('time" office:time-value="PT09H30M00S', "9:30", "09:30:00"),
        ('time" office:time-value="PT26H30M15.5S', "26:30", "26:30:15.500"),
    ],
)
def test_a_date_is_iso_text(tmp_path: Path, attributes: str, text: str, wanted: str) -> None:
    xml = f'<table:table-cell office:value-type="{attributes}"><text:p>{text}</text:p></table:table-cell>'  # noqa: E501
    assert cell(tmp_path, xml) == (wanted, "d")


@pytest.mark.parametrize(
    ("xml", "wanted"),
    [
        ('office:value-type="boolean" office:boolean-value="true"><text:p>WAHR', ("TRUE", "b")),
        ('office:value-type="boolean" office:boolean-value="false"><text:p>0', ("FALSE", "b")),
        ('office:value-type="string" calcext:value-type="error"><text:p>#N/A', ("#N/A", "e")),
        (
            'table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>#DIV/0!',
            ("#DIV/0!", "e"),
        ),
        ('table:formula="of:=A1" office:value-type="string"><text:p>Err:508', ("Err:508", "e")),
        ('office:value-type="string"><text:p>Err:508', ("Err:508", "")),
        ('table:formula="of:=[.A1]"><text:p>', ("=[.A1]", "f")),
        ('table:formula="of:=[.A1]" office:value-type="float" office:value="5"><text:p>5',
         ("5", "n")),
        ('office:value-type="string" office:string-value="kept"><text:p>', ("kept", "")),
        ('office:value-type="string"><text:p>00501', ("00501", "")),
        ('><text:p>of no type', ("of no type", "")),
    ],
)  # fmt: skip
def test_a_cell_of_any_type(tmp_path: Path, xml: str, wanted: tuple[str, str]) -> None:
    assert cell(tmp_path, f"<table:table-cell {xml}</text:p></table:table-cell>") == wanted


@pytest.mark.parametrize(
    ("xml", "wanted"),
    [
        ("<text:p>one</text:p><text:p/><text:p>two</text:p>", "one\n\ntwo"),
        ("<text:p>a<text:s/><text:s text:c='2'/>b</text:p>", "a   b"),
        ("<text:p>\n  a \n b  </text:p>", "a b"),
        ("<text:p><text:s/>a<text:s/></text:p>", " a "),
        ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"),
        ("<text:p><text:span>A</text:span>s<text:span>h<text:span>a</text:span></text:span></text:p>",
         "Asha"),
        ('<text:p><text:a href="mailto:x">asha@example.com</text:a></text:p>', "asha@example.com"),
        ("<office:annotation><text:p>a note</text:p></office:annotation><text:p>Asha</text:p>",
         "Asha"),
        ("<text:p>Asha</text:p><draw:frame><draw:text-box><text:p>no</text:p></draw:text-box></draw:frame>",
         "Asha"),
        ("<text:p>M&#252;ller &amp; 李</text:p>", "Müller & 李"),
    ],
)  # fmt: skip
def test_the_text_of_a_cell(tmp_path: Path, xml: str, wanted: str) -> None:
    made = f'<table:table-cell office:value-type="string">{xml}</table:table-cell>'
    assert cell(tmp_path, made) == (wanted, "")


def test_spaces_that_a_library_writes(tmp_path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    table, line, made = Table(name="Leads"), TableRow(), TableCell(valuetype="string")
    paragraph = P(text="First")
    paragraph.addElement(S(c=2))
    paragraph.addText("Name")
    made.addElement(paragraph)
    line.addElement(made)
    covered = CoveredTableCell(valuetype="string")
    covered.addElement(P(text="never seen"))
    line.addElement(covered)
    table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(tmp_path / "list.ods"))
    assert open_source(tmp_path / "list.ods").header == ("First  Name",)


REPEATED = 'table:number-rows-repeated="{}"'.format
ACROSS = ' table:number-columns-repeated="{}"'.format
BLANK = "<table:table-cell{}/>".format


def test_what_is_repeated_is_there_as_often(tmp_path: Path) -> None:
    rows = "".join(
        [
            row(BLANK(ACROSS(16384)), more=" " + REPEATED(2)),
            row(text_cell("a", ACROSS(3)), BLANK(ACROSS(2)), text_cell("b")),
            row(text_cell("c"), BLANK(ACROSS(999_999_999)), more=" " + REPEATED(2)),
            row(BLANK(ACROSS(16384)), more=" " + REPEATED(1_048_570)),
            row(BLANK(""), more=" " + REPEATED(1_000_000_000)),
        ]
    )
    path = saved(tmp_path / "list.ods", content(sheet(HEADER + rows)))
    assert list(open_source(path).blocks()) == [
        Block(
            4,
            [["a", "a", "a", "", "", "b"], ["c"], ["c"]],
            ["", "", ""],
        )
    ]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (row(text_cell("a"), more=" " + REPEATED(1_000_000_000)), DAMAGED),
        (row(text_cell("a"), more=" " + REPEATED(1_048_576)), DAMAGED),
        (row(text_cell("a", ACROSS(1_000_000_000))), DAMAGED),
        (row(text_cell("a", ACROSS(16_385))), DAMAGED),
        (row(text_cell("a"), more=" " + REPEATED("1" * 5000)), DAMAGED),
        (row(text_cell("a" * 9000), more=" " + REPEATED(1_000_000)), "the workbook is a bomb: "),
        (row(text_cell("a", ACROSS(16_384)), more=" " + REPEATED(1_000_000)),
         "the workbook is a bomb: "),
        (row(BLANK(ACROSS(16_383)), text_cell("a"), more=" " + REPEATED(1))
         + row(more=" " + REPEATED(1_000_000)) + row(text_cell("a")),
         "the sheet spans 1,000,003 rows and 16,384 columns, nearly all of them blank"),
        (row(text_cell("<text:s text:c='999999999'/>" * 99) * 99), "the workbook is a bomb: "),
    ],
    ids=["rows", "one row too many", "columns", "one column too many", "digits", "texts", "cells",
         "far away", "spaces"],
)  # fmt: skip
def test_what_is_repeated_too_often_is_refused(tmp_path: Path, rows: str, what: str) -> None:
    path = saved(tmp_path / "list.ods", content(sheet(HEADER + rows)))
    ended = previewed(path)
    assert ended.code == 2, ended
    assert ended.json["error"]["what"].startswith(what)


def test_sheets_and_hidden_ones(tmp_path: Path) -> None:
    style = (
        '<style:style style:name="ta1" style:family="table"><style:table-properties'
        ' table:display="false"/></style:style>'
        '<style:style style:name="ta2" style:family="table"><style:table-properties'
        ' table:display="true"/></style:style>'
    )
    nested = row(f"<table:table-cell>{sheet(row(text_cell('inner')), 'inner')}</table:table-cell>")
    sheets = "".join(
        sheet(row(text_cell(f"{name} names")) + nested, name, f' table:style-name="{style}"')
        for name, style in (("Old", "ta1"), ("Leads", "ta2"), ("More", "ta2"))
    )
    path = saved(tmp_path / "list.ods", content(sheets, style))
    assert open_source(path).found == (
        ".ods workbook",
        'sheet "Leads" (the first of 2 visible; hidden: "Old")',
    )
    for wanted, name in (("2", "More"), ("Old", "Old"), ("leads", "Leads")):
        source = open_source(path, Reading(sheet=wanted))
        assert (source.sheet, source.header) == (name, (f"{name} names",))
    assert refusal(path, Reading(sheet="inner"))[2] == (
        'name one with --sheet: "Old" (hidden), 1 "Leads", 2 "More"'
    )


def test_hidden_and_filtered_rows_and_columns_are_said(tmp_path: Path) -> None:
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse"'
        f"{ACROSS(2)}/><table:table-column{ACROSS(16381)}/>"
    )
    header = row(*map(text_cell, "ABCD"))
    filtered = row(text_cell("x"), more=' table:visibility="filter" ' + REPEATED(12))
    hidden = row(text_cell("x"), more=' table:visibility="collapse"')
    group = f"<table:table-row-group>{hidden}</table:table-row-group>"
    blank = row(BLANK(""), more=' table:visibility="collapse" ' + REPEATED(99))
    path = saved(
        tmp_path / "list.ods",
        content(sheet(f"{columns}<table:table-header-rows>{header}</table:table-header-rows>"
                      f"{filtered}{hidden}{group}{blank}")),
    )  # fmt: skip
    source = open_source(path)
    assert source.found[2:] == (
        "12 rows hidden by a filter, which are read too",
        "2 hidden rows, which are read too",
        "columns B and C are hidden, and read too",
    )
    assert len(rows_of(source)) == 14


@pytest.mark.parametrize(
    "more",
    [
        {
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{MANIFEST}"><m:file-entry>'
            "<m:encryption-data/></m:file-entry></m:manifest>"
        },
        {"encrypted-package": b"\xff" * 100},
    ],
)
def test_a_password_is_told(tmp_path: Path, more: Mapping[str, str | bytes]) -> None:
    path = saved(tmp_path / "list.ods", b"\x93\x11" * 400, more)
    assert refusal(path) == ("the workbook is locked with a password", str(path), UNLOCK)


def test_a_text_document_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path / "list.ods", content("<text:p>Name</text:p>", kind="text"))
    assert refusal(path) == ("this is an OpenDocument file, and no spreadsheet", str(path), EXPORT)


def test_a_sheet_without_cells_is_empty(tmp_path: Path) -> None:
    path = saved(tmp_path / "list.ods", content(sheet("")))
    assert refusal(path)[0] == "the sheet is empty"


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<office",
        content(sheet(HEADER))[:-40],
        content(sheet(HEADER), prolog='<!DOCTYPE x [<!ENTITY a "lol">]>'),
        content(sheet(HEADER)).replace("Name", "&a;"),
        content(sheet(HEADER), prolog='<?xml version="1.0" encoding="no-such"?>'),
    ],
)
def test_broken_xml_is_refused(tmp_path: Path, xml: str) -> None:
    assert refusal(saved(tmp_path / "list.ods", xml))[0].startswith(DAMAGED)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "list.ods", content(sheet(HEADER + " " * (64 << 20))))
    ended = previewed(path)
    assert ended.code == 2, ended
    assert ended.json["error"]["what"].startswith("the workbook is a bomb: ")


@pytest.mark.parametrize("seed", range(40))
def test_bytes_that_are_wrong_end_in_rows_or_a_refusal(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    rows = row(text_cell("Asha", ACROSS(2)), number("float", "501", "00501"), more=" ") * 5
    xml = bytearray(content(sheet(HEADER + rows)).encode())
    for _ in range(1 + seed % 4):
        xml[random.randrange(len(xml))] = random.randrange(256)
    try:
        source = open_source(saved(tmp_path / "list.ods", bytes(xml)))
    except SourceError:
        return
    list(source.blocks())


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    path = saved(tmp_path / "list.ods", content(sheet(HEADER)))
    source = open_source(path)
    saved(path, content(sheet(HEADER + row(text_cell("x")))))
    with pytest.raises(SourceError, match="the file was changed while it was being read"):
        list(source.blocks())


def test_a_moment_of_the_library(tmp_path: Path) -> None:
    value = datetime(2026, 1, 31, 9, 30).isoformat()  # noqa: DTZ001
    xml = f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
    assert cell(tmp_path, xml) == ("2026-01-31 09:30:00", "d")
