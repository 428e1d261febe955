import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importer.errors import SourceError
from importer.intake.letters import column_index, column_letter
from importer.intake.source import cells
from importer.intake.source.package import Package
from importer.intake.source.sheet_xml import SheetParser
from importer.model import ColumnStyle, Row
from tests.intake.source.workbooks import (
    HEADER,
    NAMESPACES,
    opened,
    read,
    rows_of,
    saved,
    sheet_xml,
    workbook_parts,
)


def row(number: int, *given: str) -> str:
    return f'<row r="{number}">{"".join(given)}</row>'


# What a program may write for a cell A2, and its text and kind.
CELLS = [
    ('<c r="A2"><v>5</v></c>', "5", "n"),
    ('<c r="A2" s="0" t="n"><v>5</v></c>', "5", "n"),
    ('<c r="A2" s="1"><v>46053</v></c>', "2026-01-31", "d"),
    ('<c r="A2" t="n" s="1"><v>46053</v></c>', "2026-01-31", "d"),
    ("<c r='A2' s='1'><v>46053</v></c>", "2026-01-31", "d"),
    ('<c s="1" r="A2"><v>46053</v></c>', "2026-01-31", "d"),
    ('<c r="A2" s="1" cm="1" vm="2"><v>46053</v></c>', "2026-01-31", "d"),
    ('<c r="A2" s="1" ph="1"><v>46053</v></c>', "2026-01-31", "d"),
    ('<c r="A2" s="99"><v>46053</v></c>', "46053", "n"),
    ('<c r="A2" s="1">\n<v>46053</v>\n</c>', "2026-01-31", "d"),
    ('<c s="1"><v>46053</v></c>', "2026-01-31", "d"),
    ('<c r="A2" s="1"><!-- <row r="9"> --><v>46053</v></c>', "2026-01-31", "d"),
    ('<c r="A2" t="b"><v>1</v></c>', "TRUE", "b"),
    ('<c r="A2" t="b"><v>0</v></c>', "FALSE", "b"),
    ('<c r="A2" t="d"><v>2026-01-31</v></c>', "2026-01-31", "d"),
    ('<c r="A2" t="d"><v>2026-01-31T09:30:00</v></c>', "2026-01-31 09:30:00", "d"),
    ('<c r="A2" t="d"><v>2026-01-31T09:30:00.25</v></c>', "2026-01-31 09:30:00.250", "d"),
    ('<c r="A2" t="inlineStr"><is><t>501</t></is></c>', "501", ""),
    ('<c r="A2" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', " a ", ""),
    ('<c r="A2" t="inlineStr"><is><t><![CDATA[<row r="9">]]></t></is></c>', '<row r="9">', ""),
    ('<c r="A2" t="inlineStr"><is><t>&lt;v&gt; &amp; &#233;</t></is></c>', "<v> & é", ""),
    ('<c r="A2" t="inlineStr"><is><t>a_x000D_b_x005F_x000D_</t></is></c>', "a\rb_x000D_", ""),
    (
        '<c r="A2" t="inlineStr"><is><r><rPr><color rgb="FF0000FF"/></rPr><t>Asha</t></r>'
        '<r><t xml:space="preserve"> Rao</t></r><rPh sb="0" eb="1"><t>アシャ</t></rPh></is></c>',
        "Asha Rao",
        "",
    ),
    # formulas, by their stored value
    ('<c r="A2"><f>B2+1</f><v>5</v></c>', "5", "n"),
    ('<c r="A2" s="1"><f t="shared" ref="A2:A9" si="0">B2</f><v>46053</v></c>', "2026-01-31", "d"),
    ('<c r="A2"><f t="shared" si="0"/><v>5</v></c>', "5", "n"),
    ('<c r="A2" t="str"><f>B2</f><v>Asha &amp; Co</v></c>', "Asha & Co", ""),
    (
        '<c r="A2" t="str"><f>B2</f><v xml:space="preserve"> </v></c><c r="B2"><v>1</v></c>',
        " ",
        "t",
    ),
    # and those without one
    ('<c r="A2"><f>B2&amp;"x"</f></c>', '=B2&"x"', "f"),
    ('<c r="A2"><f>B2</f><v></v></c>', "=B2", "f"),
    ('<c r="A2"><f>B2</f><v/></c>', "=B2", "f"),
    ('<c r="A2" s="1"><f>B2</f><v/></c>', "=B2", "f"),
    ('<c r="A2"><f t="shared" si="0"/></c>', "=", "f"),
    # errors
    ('<c r="A2" t="e"><v>#N/A</v></c>', "#N/A", "e"),
    ('<c r="A2" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!", "e"),
    ('<c r="A2" t="e" s="1"><v>#SPILL!</v></c>', "#SPILL!", "e"),
    ("<c r='A2' t='e'><v>Err:502</v></c>", "Err:502", "e"),
    ('<c r="A2"><v>NaN</v></c>', "nan", "e"),
]


@pytest.mark.parametrize(("xml", "text", "kind"), CELLS)
def test_a_cell_is_read_however_it_is_written(
    tmp_path: Path, xml: str, text: str, kind: str
) -> None:
    (first,) = read(tmp_path, row(2, xml))

    assert (first.cells[0], first.kinds[:1]) == (text, kind)


@pytest.mark.parametrize(
    "blank",
    [
        '<c r="A2"/>',
        '<c r="A2" s="1"/>',
        '<c r="A2" s="1"></c>',
        '<c r="A2"><v></v></c>',
        '<c r="A2" t="s"><v/></c>',
        '<c r="A2" t="inlineStr"><is><t></t></is></c>',
        # a program that calculates says that an empty result is a text
        '<c r="A2" t="str"><f>IF(B2="","","x")</f><v></v></c>',
        '<c r="A2" t="str"><f>IF(B2="","","x")</f></c>',
    ],
)
def test_a_blank_cell_is_blank_however_it_is_written(tmp_path: Path, blank: str) -> None:
    assert read(tmp_path, row(2, blank, '<c r="B2"><v>5</v></c>')) == [Row(2, ["", "5"], "tn")]


def test_text_that_is_shared_keeps_its_place(tmp_path: Path) -> None:
    strings = (
        '<si><t>a</t></si><si/><si><t></t></si><si><t xml:space="preserve"> d </t></si>'
        "<si><r><t>e</t></r><r><t>f</t></r><rPh><t>PHON</t></rPh></si><si><t>g_x000D_\nh</t></si>"
    )
    given = [f'<c r="{letter}2" t="s"><v>{i}</v></c>' for i, letter in enumerate("ABCDEF")]
    parts = workbook_parts(sheet_xml(HEADER + row(2, *given)), strings=strings)

    assert rows_of(opened(saved(tmp_path / "list.xlsx", parts))) == [
        Row(2, ["a", "", "", " d ", "ef", "g\r\nh"])
    ]


def test_rows_and_cells_may_leave_out_where_they_are(tmp_path: Path) -> None:
    rows = (
        '<row><c s="1"><v>46053</v></c></row><row/><row><c r="C4"><v>7</v></c><c><v>8</v></c></row>'
    )

    assert read(tmp_path, rows) == [
        Row(2, ["2026-01-31"], "d"),
        Row(4, ["", "", "7", "8"], "ttnn"),
    ]


def test_tags_may_have_a_prefix(tmp_path: Path) -> None:
    xml = sheet_xml(HEADER + row(2, '<c r="A2" s="1"><v>46053</v></c>', '<c r="B2"><f>A2</f></c>'))
    prefixed = re.sub(r"<(/?)(?=\w)", r"<\1x:", xml).replace("xmlns=", "xmlns:x=")

    assert rows_of(opened(saved(tmp_path / "list.xlsx", workbook_parts(prefixed)))) == [
        Row(2, ["2026-01-31", "=A2"], "df")
    ]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "utf-8-sig"),
        ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', "utf-8"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "latin-1"),
    ],
)
def test_the_xml_may_be_in_other_encodings(tmp_path: Path, declared: str, encoding: str) -> None:
    cells = row(2, '<c r="A2"><f>"Ã©"</f></c>')  # in Latin-1 the bytes of an é in UTF-8
    xml = sheet_xml(HEADER + cells, prolog=declared).encode(encoding)

    assert rows_of(opened(saved(tmp_path / "list.xlsx", workbook_parts(xml)))) == [
        Row(2, ['="Ã©"'], "f")
    ]


def test_what_a_comment_holds_is_no_row(tmp_path: Path) -> None:
    comment = '<!-- <sheetData><row r="1"><c r="A1"><v>1</v></c></row> </sheetData> -->'
    parts = workbook_parts(sheet_xml(HEADER + comment, before=comment))

    assert opened(saved(tmp_path / "list.xlsx", parts)).header == ("Name",)


def test_an_odd_cell_beyond_all_values_is_read(tmp_path: Path) -> None:
    rows = row(2, '<c r="A2"><v>1</v></c>', '<c r="C2"><f>A2</f></c>') + row(
        4, '<c r="B4"><f>A2</f></c>'
    )

    assert read(tmp_path, rows) == [Row(2, ["1", "", "=A2"], "ntf"), Row(4, ["", "=A2"], "tf")]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (row(3) + row(2), "row 2 after row 3"),
        (row(2) + row(2), "row 2 after row 2"),
        (row(1_048_577), "row 1048577 after row 1"),
        (row(2, '<c r="XFE2"><v>1</v></c>'), "Excel has no cell XFE2"),
        (row(2, '<c r="2A"><v>1</v></c>'), "Excel has no cell 2A"),
        ('<row r="2"><c r="A2"><v>1</v></row>', "mismatched tag: line 1, column "),
        (row(2, '<c r="A2" t="s"><v>7</v></c>'), "a shared text is nowhere"),
    ],
)
def test_a_damaged_sheet_is_refused(tmp_path: Path, rows: str, why: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, rows)

    assert caught.value.what.startswith(
        f"the workbook is damaged: its content is not as Excel writes it ({why}"
    )
    assert caught.value.where == f'{tmp_path / "list.xlsx"}, sheet "Leads"'


@pytest.mark.parametrize("prolog", ["<!DOCTYPE worksheet>", '<!DOCTYPE w [<!ENTITY a "aa">]>'])
def test_a_document_type_is_refused(tmp_path: Path, prolog: str) -> None:
    path = saved(tmp_path / "list.xlsx", workbook_parts(sheet_xml(HEADER, prolog=prolog)))

    with pytest.raises(SourceError, match="a document type is declared"):
        opened(path)


@pytest.mark.parametrize("end", [f"<worksheet {NAMESPACES}><sheetData>{HEADER}", HEADER[:60]])
def test_a_sheet_that_is_cut_off_is_refused(tmp_path: Path, end: str) -> None:
    with pytest.raises(SourceError, match="not as Excel writes it"):
        opened(saved(tmp_path / "list.xlsx", workbook_parts(end)))


def test_a_value_that_went_astray_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, row(1_048_576, '<c r="XFD1048576"><v>1</v></c>'))

    assert (caught.value.what, caught.value.where) == (
        "the sheet spans 1,048,576 rows and 16,384 columns, nearly all of them blank",
        f'{tmp_path / "list.xlsx"}, sheet "Leads", up to cell XFD1048576',
    )


def test_styled_cells_without_a_value_are_no_rows(tmp_path: Path) -> None:
    styled = "".join(row(i, f'<c r="A{i}" s="1"/>') for i in range(3, 5000))
    styled += row(5000, '<c r="XFD5000" s="1"></c>')
    parts = workbook_parts(sheet_xml(HEADER + row(2, '<c r="A2"><v>1</v></c>') + styled))
    path = saved(tmp_path / "list.xlsx", parts)

    with path.open("rb") as file:
        grid = cells.read_grid(Package(path, file), "xl/worksheets/sheet1.xml", [0, 0])

    assert (len(grid.rows), len(grid.layouts)) == (2, 2)
    assert rows_of(opened(path)) == [Row(2, ["1"], "n")]


CODES = ("General", "dd/mm/yyyy", "00000", "0%", "dd/mm/yyyy hh:mm")
STYLES = st.sampled_from(["", *(f' s="{i}"' for i in range(len(CODES)))])
BODIES = st.sampled_from(
    [
        "{s}><v>46053</v></c>",
        ' t="n"{s}><v>0.5</v></c>',
        "{s}><f>A1</f><v>46053.25</v></c>",
        '{s}><f t="shared" si="0"/><v>7</v></c>',
        '{s} t="b"><v>1</v></c>',
        '{s} t="s"><v>0</v></c>',
        '{s} t="inlineStr"><is><t>x</t></is></c>',
        '{s} t="inlineStr"><is><r><rPr><color rgb="0"/></rPr><t>y</t></r></is></c>',
        '{s} t="str"><f>A1</f><v></v></c>',
        '{s} t="str"><f>A1</f><v>z</v></c>',
        "{s}><f>A1</f></c>",
        "{s}><f>A1</f><v/></c>",
        '{s} t="e"><v>#N/A</v></c>',
        '{s} t="e"><f>A1</f><v>#REF!</v></c>',
        '{s} cm="1"><v>3</v></c>',
        "{s}/>",
        "{s}></c>",
        None,
    ]
)
SHEETS = st.lists(
    st.lists(st.tuples(BODIES, STYLES), min_size=1, max_size=5) | st.just([]), max_size=8
)


@settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(SHEETS, st.integers(1, 3))
def test_the_quick_reading_gives_what_the_exact_one_gives(
    tmp_path: Path, sheet: list[list[tuple[str | None, str]]], times: int
) -> None:
    rows = "".join(
        row(
            number,
            *(
                f'<c r="{letter}{number}"{body.format(s=style)}'
                for letter, (body, style) in zip("ABCDE", given, strict=False)
                if body is not None
            ),
        )
        for number, given in enumerate(sheet * times, 2)
    )
    strings = "<si><t>shared</t></si>"
    header = HEADER.replace("<row", "<!-- a comment: the quick reading gives up -->\n<row")
    path = tmp_path / "list.xlsx"
    both = []
    for start in (HEADER, header):
        saved(path, workbook_parts(sheet_xml(start + rows), codes=CODES, strings=strings))
        source = opened(path)
        found = rows_of(source)
        # What a column looks like that has no value does not matter.
        has_value = any(each.cells[0] for each in found)
        both.append((has_value and source.columns, found))

    assert both[0] == both[1]


def test_rows_of_a_known_sort_are_not_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = '<c r="A{0}" t="s"><v>0</v></c><c r="B{0}" s="{1}"><v>7</v></c><c r="C{0}" s="1"/>'
    rows = "".join(row(i, given.format(i, i % 2 * 2)) for i in range(2, 1000))
    rows += "".join(row(i, f'<c r="A{i}"><f>B{i}</f></c>') for i in range(1000, 1050))
    rows += "".join(row(i, f'<c r="A{i}" s="1"><v>1</v></c>') for i in range(1050, 2000))
    parts = workbook_parts(
        sheet_xml(HEADER + rows), codes=["General", "0%", "00000"], strings="<si><t>a</t></si>"
    )
    parsed = []
    feed = SheetParser.feed

    def counted(parser: SheetParser, xml: bytes, *, is_last: bool) -> None:
        parsed.append(xml)
        feed(parser, xml, is_last=is_last)

    monkeypatch.setattr(SheetParser, "feed", counted)
    source = opened(saved(tmp_path / "list.xlsx", parts))

    assert len(parsed) == 3 + 50 + 1
    assert [each.cells for each in rows_of(source)[:2]] == [["a", "7"], ["a", "00007"]]


def test_a_column_has_the_format_of_most_of_its_values(tmp_path: Path) -> None:
    cells = ['<c r="A2" s="1"><v>1</v></c>', '<c r="A3"/><c r="B3"><v>1</v></c>']
    cells += [f'<c r="A{i}"/><c r="B{i}" s="3"><v>1</v></c>' for i in range(4, 9)]
    cells += [f'<c r="A{i}" s="2"><v>5</v></c><c r="B{i}"><v>1</v></c>' for i in (9, 10)]
    rows = "".join(row(i, each) for i, each in enumerate(cells, 2))
    header = "".join(f'<c r="{x}1" t="inlineStr"><is><t>{x}</t></is></c>' for x in "ABC")
    before = (
        '<cols><col min="2" max="3" width="12.5" customWidth="1"/>'
        '<col min="4" max="4" width="inf"/><col min="5" max="5" width="nan"/>'
        '<col min="6" max="6" width="-1"/><col min="7" max="7" width="1e9"/></cols>'
    )
    parts = workbook_parts(
        sheet_xml(row(1, header) + rows, before=before), codes=["General", "dd/mm/yyyy", "00", "0%"]
    )

    assert opened(saved(tmp_path / "list.xlsx", parts)).columns == (
        ColumnStyle("00", None),
        ColumnStyle("0%", 12.5),
        ColumnStyle("General", 12.5),
    )


@given(st.integers(0, 16_383))
def test_a_column_is_found_by_its_letters(index: int) -> None:
    assert column_index(column_letter(index)) == index


def test_column_letters_are_excels() -> None:
    assert [column_letter(i) for i in (0, 25, 26, 701, 702, 16_383)] == [
        *("A", "Z", "AA", "ZZ", "AAA", "XFD")
    ]
