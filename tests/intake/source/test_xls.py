import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from random import Random

import pytest
import xlwt  # type: ignore[import-untyped]  # it ships no types

from importer.errors import SourceError
from importer.intake.source.file import Reading
from importer.intake.source.kind import EXPORT, SAVE_AS_WORKBOOK, TAKE_OFF
from importer.intake.source.open import open_source
from importer.model import Block, ColumnStyle, Row
from tests.hostile.limits import previewed
from tests.intake.source.workbooks import rows_of

NOT_AVAILABLE = 0x2A  # MS-XLS 2.5.10
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
DAMAGED = "the workbook is damaged: its content is not as Excel writes it"


def style(code: str) -> xlwt.XFStyle:
    return xlwt.easyxf(num_format_str=code)


def saved(path: Path, write: Callable[[xlwt.Workbook], None]) -> Path:
    workbook = xlwt.Workbook()
    write(workbook)
    workbook.save(str(path))
    return path


def table(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    def write(workbook: xlwt.Workbook) -> None:
        sheet = workbook.add_sheet("Leads")
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                sheet.write(i, j, value)

    return saved(path, write)


def refusal(path: Path, reading: Reading | None = None) -> tuple[str, str | None, str | None]:
    with pytest.raises(SourceError) as caught:
        list(open_source(path, reading or Reading()).blocks())
    return caught.value.what, caught.value.where, caught.value.fix


def every_kind(workbook: xlwt.Workbook) -> None:
    sheet = workbook.add_sheet("Leads")
    cells = [
        ("text", "00501", "@"),
        ("number", 9198765432100, "0.00E+00"),
        ("zip", 501, "00000"),
        ("share", 0.12, "0%"),
        ("more of a share", 0.125, "0%"),
        ("amount", 1234.5, "#,##0.00"),
        ("day", date(2026, 1, 31), "dd/mm/yyyy"),
        ("moment", datetime(2026, 1, 31, 9, 30), "d mmm yy h:mm"),  # noqa: DTZ001
        ("time", time(9, 30), "h:mm"),
        ("yes", True, "General"),
        ("no", False, "General"),
        ("Müller 李 😀", 0.1 + 0.2, "General"),
    ]
    for i, (name, value, code) in enumerate([("Kind", "Value", "General"), *cells]):
        sheet.write(i, 0, name)
        sheet.write(i, 1, value, style(code))
    sheet.write(len(cells) + 1, 0, "error")
    sheet.row(len(cells) + 1).set_cell_error(1, NOT_AVAILABLE)


def test_every_kind_of_cell_is_read_as_from_any_workbook(tmp_path: Path) -> None:
    source = open_source(saved(tmp_path / "list.xls", every_kind))

    assert source.header == ("Kind", "Value")
    assert [(*row.cells, row.kinds) for row in rows_of(source)] == [
        ("text", "00501", ""),
        ("number", "9198765432100", "tn"),
        ("zip", "00501", "tn"),
        ("share", "12%", "tn"),
        ("more of a share", "12.5%", "tn"),
        ("amount", "1,234.50", "tn"),
        ("day", "2026-01-31", "td"),
        ("moment", "2026-01-31 09:30:00", "td"),
        ("time", "09:30:00", "td"),
        ("yes", "TRUE", "tb"),
        ("no", "FALSE", "tb"),
        ("Müller 李 😀", "0.3", "tn"),
        ("error", "#N/A", "te"),
    ]


def test_a_workbook_says_what_it_is_and_can_be_read_twice(tmp_path: Path) -> None:
    def write(workbook: xlwt.Workbook) -> None:
        sheet = workbook.add_sheet("Leads")
        for column, name in enumerate(["Name", "Zip"]):
            sheet.write(0, column, name)
        sheet.write(1, 0, "Asha")
        sheet.write(1, 1, 501, style("00000"))
        sheet.write(3, 0, "Jonas")
        sheet.col(1).width = 12 * 256

    path = saved(tmp_path / "list.csv", write)
    source = open_source(path)

    assert (source.path, source.encoding, source.sheet) == (path, "xlsx", "Leads")
    assert source.found == (".xls workbook", 'sheet "Leads"')
    assert source.columns == (ColumnStyle("General"), ColumnStyle("00000", 12.0))
    block = Block(2, [["Asha", "00501"], [], ["Jonas", ""]], ["tn", "", ""])
    assert list(source.blocks()) == [block]
    assert list(source.blocks()) == [block]
    assert [len(each.rows) for each in source.blocks(2)] == [1, 1]


def test_days_that_count_from_1904_are_the_same_days(tmp_path: Path) -> None:
    def write(workbook: xlwt.Workbook) -> None:
        workbook.dates_1904 = True
        sheet = workbook.add_sheet("Leads")
        sheet.write(0, 0, "Day")
        sheet.write(1, 0, date(2026, 1, 31), style("d-mmm-yy"))

    assert rows_of(open_source(saved(tmp_path / "list.xls", write))) == [
        Row(2, ["2026-01-31"], "d")
    ]


def test_hidden_rows_and_columns_are_said(tmp_path: Path) -> None:
    def write(workbook: xlwt.Workbook) -> None:
        sheet = workbook.add_sheet("Leads")
        for i in range(6):
            for j, name in enumerate(["Name", "Email", "Note"]):
                sheet.write(i, j, f"{name} {i}")
        for i in (0, 2, 4, 9):
            sheet.row(i).hidden = True
        sheet.col(2).hidden = True

    source = open_source(saved(tmp_path / "list.xls", write))
    assert source.found[2:] == (
        "2 hidden rows, which are read too",
        "column C is hidden, and read too",
    )
    assert len(rows_of(source)) == 5


def test_a_sheet_is_chosen_as_in_any_workbook(tmp_path: Path) -> None:
    def write(workbook: xlwt.Workbook) -> None:
        for name in ("Old", "Leads", "More"):
            workbook.add_sheet(name).write(0, 0, f"{name} names")
        workbook.get_sheet(0).visibility = 1

    path = saved(tmp_path / "list.xls", write)
    assert open_source(path).found == (
        ".xls workbook",
        'sheet "Leads" (the first of 2 visible; hidden: "Old")',
    )
    assert open_source(path, Reading(sheet="2")).header == ("More names",)
    assert open_source(path, Reading(sheet="old")).header == ("Old names",)
    assert refusal(path, Reading(sheet="Missing")) == (
        'the workbook has no sheet "Missing"',
        str(path),
        'name one with --sheet: "Old" (hidden), 1 "Leads", 2 "More"',
    )


def test_a_formula_that_nobody_calculated_is_no_blank_cell(tmp_path: Path) -> None:
    def write(workbook: xlwt.Workbook) -> None:
        sheet = workbook.add_sheet("Leads")
        sheet.write(0, 0, "Name")
        sheet.write(1, 0, xlwt.Formula('"A"&"sha"'))

    (row,) = rows_of(open_source(saved(tmp_path / "list.xls", write)))
    assert row.kinds == "f"


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    path = table(tmp_path / "list.xls", [["Name"], ["Asha"]])
    source = open_source(path)
    table(path, [["Name"], ["Asha"], ["Jonas"], ["x" * 9000]])
    with pytest.raises(SourceError, match="the file was changed while it was being read"):
        list(source.blocks())


def test_a_password_is_told(tmp_path: Path) -> None:
    path = table(tmp_path / "list.xls", [["Name"], ["Asha"]])
    content = path.read_bytes()
    # CODEPAGE, which xlrd can do without, becomes FILEPASS with the older, XOR kind of lock.
    codepage = struct.pack("<3H", 0x42, 2, 0x04B0)
    start = content.index(struct.pack("<H", 0x0809))
    at = content.index(codepage, start)
    path.write_bytes(content[:at] + struct.pack("<3H", 0x2F, 2, 0) + content[at + 6 :])
    assert refusal(path) == ("the workbook is locked with a password", str(path), TAKE_OFF)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (OLE, "this is another program's file, and no Excel workbook"),
        (OLE + "Workbook".encode("utf-16-le"), DAMAGED),
        (OLE + b"\xff" * 600 + "Workbook".encode("utf-16-le"), DAMAGED),
    ],
    ids=["nothing", "no container", "all ones"],
)
def test_a_head_that_lies_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(content)
    found, where, fix = refusal(path)
    assert found.startswith(what)
    assert (where, fix) == (str(path), SAVE_AS_WORKBOOK if what == DAMAGED else EXPORT)


def real(folder: Path) -> bytes:
    rows = [["Name", "Email"], *([f"Asha {i}", f"a{i}@example.com"] for i in range(40))]
    return table(folder / "real.xls", rows).read_bytes()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_half_a_workbook_is_refused(tmp_path: Path, share: float) -> None:
    content = real(tmp_path)
    path = tmp_path / "list.xls"
    path.write_bytes(content[: int(len(content) * share)])
    assert refusal(path)[0]


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.timeout(60)
def test_bytes_that_are_wrong_end_in_rows_or_a_refusal(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    content = bytearray(real(tmp_path))
    for _ in range(1 + seed * 2):
        content[random.randrange(8, len(content))] = random.randrange(256)
    path = tmp_path / "list.xls"
    path.write_bytes(content)
    with suppress(SourceError):
        list(open_source(path).blocks())


def test_a_text_that_many_cells_share_is_a_bomb(tmp_path: Path) -> None:
    rows = [["Name"], *[["x" * 32_000]] * 4000]
    path = table(tmp_path / "list.xls", rows)
    assert path.stat().st_size < 400_000
    assert refusal(path)[0].startswith("the workbook is a bomb: its cells take more than ")


def test_a_cell_far_away_is_refused(tmp_path: Path) -> None:
    def write(workbook: xlwt.Workbook) -> None:
        sheet = workbook.add_sheet("Leads")
        sheet.write(0, 0, "Name")
        sheet.write(65_535, 255, "x")

    what, where, _ = refusal(saved(tmp_path / "list.xls", write))
    assert what == "the sheet spans 65,536 rows and 256 columns, nearly all of them blank"
    assert where == f'{tmp_path / "list.xls"}, sheet "Leads", up to cell IV65536'


def test_what_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importer.intake.source.xls.seconds", lambda _: 0)
    what, _, fix = refusal(table(tmp_path / "list.xls", [["Name"], ["Asha"]]))
    assert what.startswith(DAMAGED)
    assert fix == SAVE_AS_WORKBOOK


def test_what_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    """A table of sectors that has a million entries, as the head of the file tells."""
    content = bytearray(real(tmp_path))
    struct.pack_into("<I", content, 0x2C, 0x00FFFFFF)
    path = tmp_path / "list.xls"
    path.write_bytes(content)
    ended = previewed(path)
    assert ended.code in (0, 2), ended
