"""Workbooks made to fill a memory, to take hours, to reach beyond their archive, or to run."""

import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

import pytest

from importer.intake.letters import column_letter
from sample_data.writers.parts import HEAD, MACRO_TYPE, USUAL, workbook_parts
from tests.acceptance.world import Done
from tests.hostile.limits import previewed

SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
DAMAGED = "the workbook is damaged: "
BOMB = 200 << 20  # bytes that a part unpacks to, of some 200 kB
PIECE = 1 << 20


def text_cell(name: str, text: str) -> str:
    return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f'<row r="1">{text_cell("A1", "First Name")}{text_cell("B1", "Email")}</row>'
ASHA = f'<row r="2">{text_cell("A2", "Asha")}{text_cell("B2", "asha@example.com")}</row>'
PARTS = workbook_parts(HEADER + ASHA)
MAIN = f'xmlns="{USUAL.main}"'


def part(name: str) -> str:
    found = PARTS[name]
    assert isinstance(found, str)
    return found


def saved(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def bomb(path: Path, name: str, before: str, filling: str, after: str) -> Path:
    """The part is `before`, 200 MB of `filling`, and `after`."""
    block = (filling * (PIECE // len(filling))).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, content in PARTS.items():
            if other != name:
                archive.writestr(other, content)
        with archive.open(name, "w") as file:
            file.write(before.encode())
            for _ in range(BOMB // len(block)):
                file.write(block)
            file.write(after.encode())
    return path


def refusal(ended: Done) -> str:
    assert ended.code == 2, ended
    what = ended.json["error"]["what"]
    assert isinstance(what, str)
    return what


def split_sheet(at: str) -> tuple[str, str]:
    """What stands before that tag of the sheet, and what stands from it on."""
    before, tag, after = part(SHEET).partition(at)
    return before, tag + after


def bombs() -> Iterator[tuple[str, str, str, str, str]]:
    """What it is, the part, and what `bomb` makes it of."""
    head, rows = split_sheet("<sheetData>")
    inside, end = split_sheet("</sheetData>")
    main = f'xmlns="{USUAL.main}"'
    yield "blanks before the rows", SHEET, head, " ", rows
    yield "blanks among the rows", SHEET, inside, " ", end
    yield "columns", SHEET, f"{head}<cols>", '<col min="1" max="1" width="3"/>', f"</cols>{rows}"
    yield "a row of cells", SHEET, f'{inside}<row r="3">', "<c/>", f"</row>{end}"
    yield "rows", SHEET, inside, "<row/>", end
    open_cell = f'{inside}<row r="3"><c r="A3" t="inlineStr"><is><t>'
    yield "a cell's text", SHEET, open_cell, "a", f"</t></is></c></row>{end}"
    yield "an attribute", SHEET, f'{inside}<row r="3" z="', "a", f'"/>{end}'
    yield "a shared text", STRINGS, f"{HEAD}<sst {main}><si><t>", "a", "</t></si></sst>"
    yield "shared texts", STRINGS, f"{HEAD}<sst {main}>", "<si><t>a</t></si>", "</sst>"
    styles, rest = part(STYLES).split("</cellXfs>")
    yield "styles", STYLES, styles, '<xf numFmtId="14"/>', f"</cellXfs>{rest}"
    sheets, rest = part(WORKBOOK).split("</sheets>")
    yield "sheets", WORKBOOK, sheets, '<sheet name="x" sheetId="2" r:id="rId1"/>', rest
    types, rest = part(TYPES).split("</Types>")
    yield "types", TYPES, types, " ", f"</Types>{rest}"


BOMBS = list(bombs())


@pytest.mark.parametrize(
    ("name", "before", "filling", "after"),
    [each[1:] for each in BOMBS],
    ids=[each[0] for each in BOMBS],
)
def test_a_part_that_unpacks_to_hundreds_of_megabytes_is_refused(
    tmp_path: Path, name: str, before: str, filling: str, after: str
) -> None:
    ended = previewed(bomb(tmp_path / "list.xlsx", name, before, filling, after))
    assert refusal(ended).startswith("the workbook is a bomb: ")


def test_a_bomb_is_refused_whatever_size_its_directory_tells(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    bomb(path, SHEET, *split_sheet("<sheetData>")[:1], " ", split_sheet("<sheetData>")[1])
    data = bytearray(path.read_bytes())
    at = data.index(SHEET.encode(), data.index(b"PK\x01\x02")) - 46
    data[at + 24 : at + 28] = struct.pack("<I", 900)
    path.write_bytes(data)
    assert refusal(previewed(path)).startswith("the workbook is a bomb: ")


ENTITIES = "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
DOCTYPE = f'<!DOCTYPE lolz [<!ENTITY a "lol">{ENTITIES}]>'
EXTERNAL = '<!DOCTYPE lolz [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [DOCTYPE, EXTERNAL], ids=["bomb", "file"])
@pytest.mark.parametrize("name", [SHEET, WORKBOOK, STYLES, RELATIONS])
def test_no_entity_is_taken(tmp_path: Path, name: str, doctype: str) -> None:
    text = part(name).replace(HEAD, HEAD + doctype).replace("Asha", "&i;")
    ended = previewed(saved(tmp_path / "list.xlsx", {**PARTS, name: text}))
    assert refusal(ended).endswith("(a document type is declared)")


@pytest.mark.parametrize("doctype", [DOCTYPE, EXTERNAL], ids=["bomb", "file"])
def test_no_entity_is_taken_in_a_shared_text(tmp_path: Path, doctype: str) -> None:
    strings = f'{HEAD}{doctype}<sst xmlns="{USUAL.main}"><si><t>&i;</t></si></sst>'
    sheet = part(SHEET).replace(text_cell("A2", "Asha"), '<c r="A2" t="s"><v>0</v></c>')
    relations = part(RELATIONS).replace(
        "</Relationships>",
        f'<Relationship Id="rId9" Type="{USUAL.relations}/sharedStrings"'
        ' Target="sharedStrings.xml"/></Relationships>',
    )
    parts = {**PARTS, SHEET: sheet, STRINGS: strings, RELATIONS: relations}
    ended = previewed(saved(tmp_path / "list.xlsx", parts))
    assert refusal(ended).startswith("the workbook is damaged: ")


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (f'<row r="1">{"<c><v>1</v></c>" * 1_000_000}</row>', "the workbook is damaged: "),
        (
            HEADER + "".join(
                f'<row r="{i}"><c r="A{i}"><v>1</v></c><c r="XFD{i}"><v>1</v></c></row>'
                for i in range(2, 1200)
            ),
            "the sheet spans 1,199 rows and 16,384 columns, nearly all of them blank",
        ),
        (
            f'{HEADER}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            "the sheet spans 1,048,576 rows and 16,384 columns, nearly all of them blank",
        ),
        (ASHA.replace('r="B2"', 'r="ZZZZ2"'), "the workbook is damaged: "),
        (ASHA.replace('r="2"', 'r="99999999999"'), "the workbook is damaged: "),
    ],
    ids=["a million", "wide", "far away", "no such column", "no such row"],
)  # fmt: skip
def test_a_sheet_larger_than_any_is_refused(tmp_path: Path, rows: str, what: str) -> None:
    parts = {**PARTS, SHEET: workbook_parts(rows)[SHEET]}
    assert refusal(previewed(saved(tmp_path / "list.xlsx", parts))).startswith(what)


ONE = "<c><v>1</v></c>"


def styled_row(number: int, styles: Iterable[int]) -> str:
    """The first cell has a value, the others a look alone."""
    cells = "".join(
        f'<c r="{column_letter(i)}{number}" s="{style}">{"" if i else "<v>1</v>"}</c>'
        for i, style in enumerate(styles)
    )
    return f'<row r="{number}">{cells}</row>'


@pytest.mark.parametrize(
    "rows",
    [
        [styled_row(n, [n % 9] * 2000) for n in range(2, 60)],
        [styled_row(n, [n, n * 7 % 5003]) for n in range(2, 5000)],
    ],
    ids=["of many columns", "of many styles"],
)
def test_rows_that_are_all_of_another_sort_are_read_in_time(
    tmp_path: Path, rows: Sequence[str]
) -> None:
    sheet = part(SHEET).replace(ASHA, "".join(rows))
    styles = part(STYLES).replace("</cellXfs>", "<xf/>" * 6000 + "</cellXfs>")
    ended = previewed(saved(tmp_path / "list.xlsx", {**PARTS, SHEET: sheet, STYLES: styles}))
    assert (ended.code, ended.json["rows"]) == (0, len(rows)), ended


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        f'<row r="3">{"<c/>" * 16_383}{ONE}</row>{"<row/>" * 9_999}<row>{ONE}</row>',
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row s="1" r="1048576"><c s="1" r="XFD1048576"><v>1</v></c></row>',
    ],
    ids=["named", "counted", "in other marks", "in another order"],
)
def test_a_dimension_that_lies_is_not_believed(tmp_path: Path, far: str) -> None:
    sheet = part(SHEET).replace("<sheetData>", '<dimension ref="A1:B2"/><sheetData>')
    sheet = sheet.replace("</sheetData>", f"{far}</sheetData>")
    what = refusal(previewed(saved(tmp_path / "list.xlsx", {**PARTS, SHEET: sheet})))
    assert what.startswith("the sheet spans ")


@pytest.mark.parametrize("more", ["", "<!-- -->"], ids=["as Excel writes it", "with a comment"])
def test_a_cell_of_megabytes_is_a_cell(tmp_path: Path, more: str) -> None:
    row = f'<row r="2">{text_cell("A2", "a" * (2 << 20))}{more}</row>'
    parts = {**PARTS, SHEET: workbook_parts(HEADER + row)[SHEET]}
    ended = previewed(saved(tmp_path / "list.xlsx", parts))
    assert (ended.code, ended.json["rows"]) == (0, 1)
    assert len(ended.json["leads"][0]["body"][0]["Value"]) == 2 << 20


def with_strings(strings: str) -> dict[str, str | bytes]:
    """The parts, with shared texts."""
    relation = (
        f'<Relationship Id="rId9" Type="{USUAL.relations}/sharedStrings"'
        ' Target="sharedStrings.xml"/></Relationships>'
    )
    relations = part(RELATIONS).replace("</Relationships>", relation)
    return {**PARTS, STRINGS: f"{HEAD}<sst {MAIN}>{strings}</sst>", RELATIONS: relations}


def with_rows(rows: str) -> str:
    """The sheet, with these instead of its second row."""
    return part(SHEET).replace(ASHA, rows)


@pytest.mark.parametrize("index", ["99999999", "-1", "18446744073709551616", "x", "1.0", "&#48;"])
def test_a_shared_text_that_is_nowhere_is_refused(tmp_path: Path, index: str) -> None:
    row = f'<row r="2"><c r="A2" t="s"><v>{index}</v></c></row>'
    parts = {**with_strings("<si><t>a</t></si><si><t>b</t></si>"), SHEET: with_rows(row)}
    assert refusal(previewed(saved(tmp_path / "list.xlsx", parts))).startswith(DAMAGED)


def test_no_number_of_a_shared_text_is_no_text(tmp_path: Path) -> None:
    row = ASHA.replace(text_cell("A2", "Asha"), '<c r="A2" t="s"><v></v></c>')
    ended = previewed(saved(tmp_path / "list.xlsx", {**PARTS, SHEET: with_rows(row)}))
    assert (ended.code, ended.json["rows"]) == (0, 1)


@pytest.mark.parametrize(
    "cell", ["<c r='A{0}' t='s'><v>0</v></c>", '<c r="A{0}" t="s"><v>0</v></c>']
)
def test_a_long_text_that_many_cells_share_is_refused(tmp_path: Path, cell: str) -> None:
    rows = "".join(f'<row r="{n}">{cell.format(n)}</row>' for n in range(2, 502))
    strings = with_strings(f"<si><t>{'x' * (1 << 20)}</t></si>")
    path = saved(tmp_path / "list.xlsx", {**strings, SHEET: with_rows(rows)})
    assert path.stat().st_size < 10_000
    assert refusal(previewed(path)).startswith("the workbook is a bomb: its cells share texts")


def test_more_texts_than_so_few_bytes_can_hold_are_refused(tmp_path: Path) -> None:
    parts = with_strings("<si><t>a</t></si>" * 900_000)
    path = saved(tmp_path / "list.xlsx", parts)
    assert refusal(previewed(path)).startswith("the workbook is a bomb: it has more than ")


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='A2'><v>1&#50;3</v></c>",
        '<c r="A2"><v>1<!-- 2 -->3</v></c>',
        '<c r="A2"><v><![CDATA[123]]></v></c>',
        '<c r="A2" t="str"><v><![CDATA[ABC]]></v></c>',
    ],
)
def test_a_value_in_several_pieces_is_refused(tmp_path: Path, cell: str) -> None:
    parts = {**PARTS, SHEET: with_rows(f'<row r="2">{cell}</row>')}
    assert refusal(previewed(saved(tmp_path / "list.xlsx", parts))).startswith(DAMAGED)


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    parts = {**PARTS, SHEET.upper(): with_rows("")}
    assert refusal(previewed(saved(tmp_path / "list.xlsx", parts))).startswith(DAMAGED)


CODES = {
    "a long literal": "&quot;{}&quot;0".format("x" * (1 << 20)),
    "zeros": "0" * (1 << 20),
    "decimals": "0." + "0" * (1 << 20),
    "brackets": "[" * (1 << 20),
    "groups": "#," * (1 << 20),
    "many percents": "0" + "%" * 200,
    "a day that is none": "yyyy-mm-dd",
    "a long time": "[h]:mm:ss",
}


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_a_number_format_of_any_kind_shows_the_number(tmp_path: Path, code: str) -> None:
    """Those that Excel could not have are passed over."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" s="1"><v>{value}</v></c></row>'
        for n, value in enumerate(["1", "1e308", "-1e308", "1e-308", "0.5", "44000.123"] * 150, 2)
    )
    formats = f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><fonts'
    styles = part(STYLES).replace("<fonts", formats, 1)
    styles = styles.replace('numFmtId="14"', 'numFmtId="164"')
    ended = previewed(
        saved(tmp_path / "list.xlsx", {**PARTS, SHEET: with_rows(rows), STYLES: styles})
    )
    assert (ended.code, ended.json["rows"]) in ((0, 900), (1, 900)), ended


def test_a_number_of_thousands_of_digits_in_the_styles_is_none(tmp_path: Path) -> None:
    styles = part(STYLES).replace('numFmtId="14"', f'numFmtId="{"1" * 5000}"')
    ended = previewed(saved(tmp_path / "list.xlsx", {**PARTS, STYLES: styles}))
    assert (ended.code, ended.json["rows"]) == (0, 1)


def test_a_part_that_grows_with_no_list_is_small(tmp_path: Path) -> None:
    """Also where it packs badly, so that its ratio is that of any part."""
    noise = Random(1).randbytes(1 << 20).hex()
    workbook = part(WORKBOOK).replace("<sheets>", f"<!--{noise}-->{'<a>' * 3_000_000}<sheets>")
    path = saved(tmp_path / "list.xlsx", {**PARTS, WORKBOOK: workbook})
    assert refusal(previewed(path)).startswith("the workbook is a bomb: ")


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("workbook.xml", "the sheet is empty"),
        ("_rels/workbook.xml.rels", "the sheet is empty"),
        ("../../../../../etc/passwd", "the workbook is damaged: a sheet is missing"),
        ("/etc/passwd", "the workbook is damaged: a sheet is missing"),
        ("http://127.0.0.1:9/sheet1.xml", "the workbook is damaged: a sheet is missing"),
    ],
)
def test_a_sheet_is_a_part_of_its_own_archive(tmp_path: Path, target: str, what: str) -> None:
    relations = part(RELATIONS).replace("worksheets/sheet1.xml", target)
    ended = previewed(saved(tmp_path / "list.xlsx", {**PARTS, RELATIONS: relations}))
    assert refusal(ended).startswith(what)


def test_names_that_lead_out_of_the_archive_lead_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    evil = {"../../evil.txt": b"evil", str(tmp_path / "evil.txt"): b"evil"}
    ended = previewed(saved(folder / "list.xlsx", {**PARTS, **evil}))
    assert (ended.code, ended.json["rows"]) == (0, 1)
    assert not [*tmp_path.rglob("evil.txt")]


def test_macros_and_links_to_other_files_are_left_alone(tmp_path: Path) -> None:
    link = '<c r="B2" t="str"><f>[1]Sheet1!A1</f><v>asha@example.com</v></c>'
    parts = {
        **workbook_parts(HEADER + f'<row r="2">{text_cell("A2", "Asha")}{link}</row>',
                         workbook_type=MACRO_TYPE),
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub Auto_Open",
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{USUAL.main}"/>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": '<Relationships><Relationship Id="rId1"'
        ' Target="http://127.0.0.1:9/evil.xlsx" TargetMode="External"/></Relationships>',
    }  # fmt: skip
    ended = previewed(saved(tmp_path / "list.xlsm", parts))
    assert (ended.code, ended.json["rows"]) == (0, 1)
