import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest
from python_calamine import CalamineWorkbook

from importer.errors import SourceError
from importer.intake.source.biff12 import packed_at
from importer.intake.source.file import Reading
from importer.intake.source.open import open_source
from importer.model import Block, ColumnStyle, Row
from tests.hostile.limits import previewed
from tests.intake.source.workbooks import PACKAGE, relations_xml, rows_of

DAMAGED = "the workbook is damaged: its content is not as Excel writes it"
CODES = ("General", "00000", "dd/mm/yyyy", "0%", "0.00E+00")
TYPES = f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin" ContentType="x"/></Types>'


def varint(number: int) -> bytes:
    made = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        made.append(low | (0x80 if number else 0))
        if not number:
            return bytes(made)


def record(kind: int, data: bytes = b"") -> bytes:
    return varint(kind) + varint(len(data)) + data


def text(value: str) -> bytes:
    units = value.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    """number: from 0. The cells stand in the columns from A on; an empty one is left out."""
    flags = 0x10 if hidden else 0
    head = struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0)
    made = [
        record(each[0], struct.pack("<I", column) + each[1:])
        for column, each in enumerate(cells)
        if each
    ]
    return record(0, head) + b"".join(made)


def cell(kind: int, value: bytes, style: int = 0) -> bytes:
    return bytes([kind]) + style.to_bytes(3, "little") + b"\0" + value


def real(value: float, style: int = 0) -> bytes:
    return cell(5, struct.pack("<d", value), style)


def st(value: str) -> bytes:
    return cell(6, text(value))


def isst(number: int) -> bytes:
    return cell(7, struct.pack("<I", number))


def sheet(rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    return b"".join(
        [
            record(129),
            record(148, struct.pack("<4I", 0, 99, 0, 9)),
            before,
            record(145),
            rows,
            record(146),
            after,
            record(130),
        ]
    )


def parts(
    sheets: Mapping[str, bytes],
    *,
    strings: Sequence[str] = (),
    states: Sequence[int] = (),
    flags: int = 0,
) -> dict[str, bytes | str]:
    listed = b"".join(
        record(156, struct.pack("<II", (*states, *[0] * 9)[i], i + 1)
               + text(f"rId{i + 1}") + text(name))
        for i, name in enumerate(sheets)
    )  # fmt: skip
    formats = b"".join(
        record(44, struct.pack("<H", 164 + i) + text(code)) for i, code in enumerate(CODES)
    )
    used = b"".join(record(47, struct.pack("<HH12x", 0, 164 + i)) for i in range(len(CODES)))
    count = struct.pack("<I", len(CODES))
    relations = [("worksheet", f"worksheets/sheet{i + 1}.bin") for i in range(len(sheets))]
    relations += [("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")]
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations_xml([("officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": record(131) + record(153, struct.pack("<II", flags, 0) + text(""))
        + record(143) + listed + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": relations_xml(relations),
        "xl/styles.bin": record(278) + record(615, count) + formats + record(616)
        + record(626, struct.pack("<I", 1)) + record(47, struct.pack("<HH12x", 0, 14)) + record(627)
        + record(617, count) + used + record(618) + record(279),
        "xl/sharedStrings.bin": record(159, struct.pack("<II", len(strings), len(strings)))
        + b"".join(record(19, b"\0" + text(each)) for each in strings) + record(160),
        **{f"xl/worksheets/sheet{i + 1}.bin": made for i, made in enumerate(sheets.values())},
    }  # fmt: skip


def saved(path: Path, made: Mapping[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return path


def one(folder: Path, rows: bytes, **more: bytes) -> Path:
    return saved(folder / "list.xlsb", parts({"Leads": sheet(rows, **more)}))


HEADER = row(0, st("Name"), st("Zip"))


def refusal(path: Path, reading: Reading | None = None) -> tuple[str, str | None, str | None]:
    with pytest.raises(SourceError) as caught:
        list(open_source(path, reading or Reading()).blocks())
    return caught.value.what, caught.value.where, caught.value.fix


def rk(value: int, flags: int = 2) -> bytes:
    return struct.pack("<i", value << 2 | flags)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (rk(501), 501.0),
        (rk(-7), -7.0),
        (rk(12345, 3), 123.45),
        (struct.pack("<d", 1.5)[4:], 1.5),
        (struct.pack("<I", struct.unpack("<I", struct.pack("<d", 150.0)[4:])[0] | 1), 1.5),
    ],
)
def test_numbers_in_thirty_bits(data: bytes, value: float) -> None:
    assert packed_at(data, 0) == value


def test_every_kind_of_cell_is_read_as_from_any_workbook(tmp_path: Path) -> None:
    cells = [
        ("shared", isst(1)),
        ("inline", st("Müller 李 😀")),
        ("rich", cell(62, b"\0" + text("rich"))),
        ("real", real(9198765432100, 4)),
        ("packed", cell(2, rk(501), 1)),
        ("packed day", cell(2, rk(46053), 2)),
        ("moment", real(46053.5, 2)),
        ("share", real(0.12, 3)),
        ("boolean", cell(4, b"\1")),
        ("error", cell(3, b"\x2a")),
        ("text by formula", cell(8, text("made") + b"\0" * 10)),
        ("number by formula", cell(9, struct.pack("<d", 0.5) + b"\0" * 10)),
        ("boolean by formula", cell(10, b"\0" + b"\0" * 10)),
        ("error by formula", cell(11, b"\x07" + b"\0" * 10)),
        ("blank", cell(1, b"")),
        ("no such style", real(7, 99)),
    ]
    rows = [row(0, st("Kind"), st("Value"))]
    rows += [row(i, st(name), made) for i, (name, made) in enumerate(cells, 1)]
    made = parts({"Leads": sheet(b"".join(rows))}, strings=["unused", "00501"])
    path = saved(tmp_path / "list.xlsb", made)

    found = rows_of(open_source(path))
    assert [(*each.cells, each.kinds) for each in found] == [
        ("shared", "00501", ""),
        ("inline", "Müller 李 😀", ""),
        ("rich", "rich", ""),
        ("real", "9198765432100", "tn"),
        ("packed", "00501", "tn"),
        ("packed day", "2026-01-31", "td"),
        ("moment", "2026-01-31 12:00:00", "td"),
        ("share", "12%", "tn"),
        ("boolean", "TRUE", "tb"),
        ("error", "#N/A", "te"),
        ("text by formula", "made", ""),
        ("number by formula", "0.5", "tn"),
        ("boolean by formula", "FALSE", "tb"),
        ("error by formula", "#DIV/0!", "te"),
        ("blank", "", ""),
        ("no such style", "7", "tn"),
    ]


def test_another_reader_finds_the_same_texts(tmp_path: Path) -> None:
    """So that the bytes of these tests are those of the format."""
    rows = HEADER + row(1, isst(0), real(2.5)) + row(2, st("Jonas"), cell(2, rk(7)))
    path = saved(tmp_path / "list.xlsb", parts({"Leads": sheet(rows)}, strings=["Asha"]))
    theirs = CalamineWorkbook.from_path(path).get_sheet_by_name("Leads").to_python()
    assert theirs == [["Name", "Zip"], ["Asha", 2.5], ["Jonas", 7.0]]
    assert [row.cells for row in rows_of(open_source(path))] == [["Asha", "2.5"], ["Jonas", "7"]]


def test_a_workbook_says_what_it_is_and_can_be_read_twice(tmp_path: Path) -> None:
    columns = record(60, struct.pack("<4IH", 1, 1, 12 * 256, 0, 0))
    rows = HEADER + row(1, st("Asha"), real(501, 1)) + row(3, st("Jonas"))
    source = open_source(one(tmp_path, rows, before=columns))

    assert (source.encoding, source.sheet, source.header) == ("xlsx", "Leads", ("Name", "Zip"))
    assert source.found == (".xlsb workbook", 'sheet "Leads"')
    assert source.columns == (ColumnStyle("General"), ColumnStyle("00000", 12.0))
    block = Block(2, [["Asha", "00501"], [], ["Jonas", ""]], ["tn", "", ""])
    assert list(source.blocks()) == [block]
    assert list(source.blocks()) == [block]


def test_days_that_count_from_1904_are_the_same_days(tmp_path: Path) -> None:
    rows = row(0, st("Day")) + row(1, real(46053 - 1462, 2))
    path = saved(tmp_path / "list.xlsb", parts({"Leads": sheet(rows)}, flags=1))
    assert rows_of(open_source(path)) == [Row(2, ["2026-01-31"], "d")]


def test_hidden_and_filtered_rows_and_columns_are_said(tmp_path: Path) -> None:
    columns = record(60, struct.pack("<4IH", 0, 0, 2000, 0, 0))
    columns += record(60, struct.pack("<4IH", 1, 3, 2000, 0, 1))
    rows = HEADER + b"".join(
        row(i, st("x"), hidden=i in (2, 3, 9), ) for i in range(1, 11)
    )  # fmt: skip
    area = struct.pack("<4I", 0, 5, 0, 1)
    for inside, notes in (
        (b"", ("3 hidden rows, which are read too",)),
        (
            record(163, struct.pack("<IH", 0, 0)) + record(164),
            ("2 rows hidden by a filter, which are read too", "1 hidden row, which is read too"),
        ),
    ):
        after = record(161, area) + inside + record(162)
        source = open_source(one(tmp_path, rows, before=columns, after=after))
        assert source.found[2:] == (*notes, "column B is hidden, and read too")
        assert len(rows_of(source)) == 10


def test_a_sheet_is_chosen_as_in_any_workbook(tmp_path: Path) -> None:
    sheets = {name: sheet(row(0, st(f"{name} names"))) for name in ("Old", "Leads", "More")}
    path = saved(tmp_path / "list.xlsb", parts(sheets, states=[2]))
    assert open_source(path).found == (
        ".xlsb workbook",
        'sheet "Leads" (the first of 2 visible; hidden: "Old")',
    )
    assert open_source(path, Reading(sheet="2")).header == ("More names",)
    assert open_source(path, Reading(sheet="old")).header == ("Old names",)


HUGE = varint(6) + b"\xff\xff\xff\x7f"


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (HEADER[:-3], DAMAGED),
        (HEADER + HUGE, DAMAGED),
        (HEADER + row(1, cell(6, struct.pack("<I", 99) + b"a\0")), DAMAGED),
        (HEADER + row(1, isst(5)), DAMAGED),
        (HEADER + row(1, cell(5, b"\0\0")), DAMAGED),
        (HEADER + row(1, cell(4, b"")), DAMAGED),
        (HEADER + record(0, b"\0"), DAMAGED),
        (HEADER + record(5, b""), DAMAGED),
        (HEADER + row(1, st("a")) + row(1, st("b")), DAMAGED),
        (HEADER + row(1 << 20, st("a")), DAMAGED),
        (row(0, *[b""] * 16384, st("a")), DAMAGED),
        (HEADER + row(1_048_575, *[b""] * 16383, st("a")), "the sheet spans 1,048,576 rows"),
        (b"", "the sheet is empty"),
    ],
)
def test_a_sheet_that_is_wrong_is_refused(tmp_path: Path, rows: bytes, what: str) -> None:
    path = tmp_path / "list.xlsb"
    made = parts({"Leads": record(145) + rows})
    assert refusal(saved(path, made))[0].startswith(what)


def test_a_sheet_that_is_not_there_is_refused(tmp_path: Path) -> None:
    made = parts({"Leads": sheet(HEADER)})
    del made["xl/worksheets/sheet1.bin"]
    path = saved(tmp_path / "list.xlsb", made)
    assert refusal(path)[0] == "the workbook is damaged: a sheet is missing (Leads)"


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.bin", "xl/sharedStrings.bin"])
def test_a_bomb_is_refused(tmp_path: Path, name: str) -> None:
    made = parts({"Leads": sheet(HEADER)})
    made[name] = b"\0\0" * (32 << 20)
    ended = previewed(saved(tmp_path / "list.xlsb", made))
    assert ended.code == 2, ended
    assert ended.json["error"]["what"].startswith("the workbook is a bomb: ")


def test_a_text_that_many_cells_share_is_a_bomb(tmp_path: Path) -> None:
    rows = HEADER + b"".join(row(i, isst(0)) for i in range(1, 5000))
    made = parts({"Leads": sheet(rows)}, strings=["x" * 32_000])
    ended = previewed(saved(tmp_path / "list.xlsb", made))
    assert ended.code == 2, ended
    assert ended.json["error"]["what"].startswith("the workbook is a bomb: its cells take more")


@pytest.mark.parametrize("seed", range(60))
def test_bytes_that_are_wrong_end_in_rows_or_a_refusal(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    rows = HEADER + b"".join(row(i, isst(0), real(i, 1)) for i in range(1, 30))
    made = parts({"Leads": sheet(rows)}, strings=["Asha"])
    names = [name for name in made if name.endswith(".bin")]
    for _ in range(1 + seed % 4):
        name = random.choice(names)
        content = bytearray(made[name])  # type: ignore[arg-type]  # these are bytes
        content[random.randrange(len(content))] = random.randrange(256)
        made[name] = bytes(content)
    try:
        source = open_source(saved(tmp_path / "list.xlsb", made))
    except SourceError:
        return
    list(source.blocks())
