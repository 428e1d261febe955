import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.errors import SourceError
from importer.intake.source.file import Reading, Source
from importer.intake.source.open import open_source
from importer.intake.source.records import CELL_LIMIT
from importer.intake.source.text import TextSource
from importer.model import Block

SAMPLES = Path(__file__).parents[3] / "sample_data"

# What a UTF-8 CSV can hold: any text but NUL and lone surrogates.
CELLS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=6)
FIND_OUT = Reading()
BLANK = st.just(["", " "])


def saved(folder: Path, content: bytes | str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows(source: Source, size: int = 500) -> dict[int, list[str]]:
    """Every row that is not blank, by its number."""
    return {
        number: cells
        for block in source.blocks(size)
        for number, cells in enumerate(block.rows, block.first)
        if cells
    }


def error(path: Path, reading: Reading = FIND_OUT) -> SourceError:
    """What is said of the file, when opened or read."""
    with pytest.raises(SourceError) as caught:
        list(open_source(path, reading).blocks())
    return caught.value


def refusal(path: Path, reading: Reading = FIND_OUT) -> tuple[str, str | None]:
    """What is said of the file, and where."""
    said = error(path, reading)
    assert said.fix
    return said.what, said.where


def test_a_plain_file_says_what_it_is() -> None:
    path = SAMPLES / "semicolon.csv"

    source = open_source(path)

    assert source == TextSource(
        path=path,
        sha256="5563a452d75f786548457f2c0e2b2222fc0d637ae25148c7c79955ca6d0e1cd9",
        encoding="utf-8",
        delimiter=";",
        header=("First Name", "Last Name", "Email", "Revenue"),
        header_row=1,
        sheet=None,
        columns=(),
        found=("UTF-8", "separated by semicolons"),
        size=157,
        changed_ns=path.stat().st_mtime_ns,
    )
    assert list(source.blocks()) == [
        Block(
            2,
            [
                ["Asha", "Rao", "asha.rao@example.com", "1,5"],
                ["Jonas", "Weber", "jonas.weber@example.net", "2;5"],
                ["Meera", "Das, Dr.", "meera.das@example.org", "3,25"],
            ],
        )
    ]


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    source = open_source(SAMPLES / "bom_tabs.tsv")

    assert (source.encoding, source.delimiter) == ("utf-8-sig", "\t")
    assert source.header == ("First Name", "Last Name", "Email")
    assert list(source.blocks()) == [
        Block(
            2,
            [
                ["Asha", "Rao", "asha.rao@example.com"],
                [],
                ["Jürgen", "Weiß, Dr.", "juergen.weiss@example.net"],
            ],
        )
    ]


def test_cell_text_is_never_altered(tmp_path: Path) -> None:
    path = saved(tmp_path, 'Zip, Name ,Note\n00501,NA," \t1e5 "\n٣,null,\u00a0x\n')

    source = open_source(path)

    assert source.header == ("Zip", " Name ", "Note")
    assert rows(source) == {2: ["00501", "NA", " \t1e5 "], 3: ["٣", "null", "\u00a0x"]}


def test_row_numbers_are_those_that_excel_shows(tmp_path: Path) -> None:
    path = saved(tmp_path, '\n , \nA,B\n1,"two\nlines"\n\n,  \n2,x\n\n')

    source = open_source(path)

    assert (source.header, source.header_row) == (("A", "B"), 3)
    assert list(source.blocks()) == [Block(4, [["1", "two\nlines"], [], [], ["2", "x"]])]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_makes_the_same_rows(tmp_path: Path, ending: str) -> None:
    path = saved(tmp_path, ending.join(["A,B", "1,2", "", "3,4"]))

    assert rows(open_source(path)) == {2: ["1", "2"], 4: ["3", "4"]}


def test_the_sample_with_a_sep_line_begins_at_its_header() -> None:
    source = open_source(SAMPLES / "sep_line.csv")

    assert (source.header, source.header_row) == (("First Name", "Last Name", "Email"), 1)
    assert list(source.blocks()) == [Block(2, [["Asha", "Rao", "asha.rao@example.com"]])]


def test_the_sample_in_latin_1_is_read_and_said_to_be_a_guess() -> None:
    source = open_source(SAMPLES / "latin1.csv")

    assert source.found == (
        "Windows-1252 (a guess; --encoding sets it)",
        "separated by commas",
    )
    assert rows(source)[3] == ["Jürgen", "Weiß", "München"]


def test_a_quotation_mark_that_the_next_rows_seem_to_close_costs_its_own_row_alone(
    tmp_path: Path,
) -> None:
    path = saved(tmp_path, 'A,B,C\n"1,2,"x, y"\n3,4,"z"\n')

    assert rows(open_source(path)) == {2: ["1,2,x", ' y"'], 3: ["3", "4", "z"]}


def test_a_sep_line_tells_the_delimiter_and_takes_no_row_number(tmp_path: Path) -> None:
    path = saved(tmp_path, "\ufeffSEP=|\r\nA,1|B\r\nx|y\r\n")

    source = open_source(path)

    assert (source.delimiter, source.header, source.header_row) == ("|", ("A,1", "B"), 1)
    assert rows(source) == {2: ["x", "y"]}


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("Name\nAnna\n", ","),
        ("Notes; remarks\nplain\n", ","),
        ("A,B\n1,2\n", ","),
        ("A\tB\n1,5\t2,5\n", "\t"),
        ("A|B|C\n1;2|3;4|5\n", "|"),
        ('A,B\n"1;2;3",4\n"5;6;7",8\n', ","),
        ('A;B\n"1,2,3";4\n"5,6";8\n', ";"),
        ("Name, first;Mail\nMeier, Anna;anna@example.com\n", ";"),
        ("A,B\n1;2;3,4\n5;6;7,8\n", ","),
        ("A;B;C\n" + "1;2;3;\n" * 5, ";"),
        ("A,B,C\n1,2,3\n1,2\n1,2,3,4\n", ","),
    ],
)
def test_the_delimiter_is_the_one_that_cuts_evenly(
    tmp_path: Path, content: str, delimiter: str
) -> None:
    assert open_source(saved(tmp_path, content)).delimiter == delimiter


def test_a_delimiter_that_is_given_is_not_doubted(tmp_path: Path) -> None:
    path = saved(tmp_path, "A;B,C\n1;2,3\n")

    assert open_source(path, Reading(delimiter=",")).header == ("A;B", "C")
    assert open_source(path, Reading(delimiter="semicolon")).header == ("A", "B,C")


def test_quotation_marks_inside_a_line_are_read_as_excel_reads_them(tmp_path: Path) -> None:
    path = saved(tmp_path, 'A,B\n1,"x\ny"\n"12" TV,5" x\n"Big" Tom,2\n3,4\n')

    assert rows(open_source(path)) == {
        2: ["1", "x\ny"],
        3: ["12 TV", '5" x'],
        4: ["Big Tom", "2"],
        5: ["3", "4"],
    }


UNCLOSED = "a quotation mark is opened in this row and is not closed where the cell ends"


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ('A,B\n1,2\n3,"4', 3),
        ('A,B\n1,2\n3,"4\n5,6\n', 3),
        ('A,B\n1,"x\ny"\n\n3,"4\n5,6\n', 4),
        ('A,B\n1,2\n3,4\n"', 4),
        ('A,B\n"1,2\n3,"4"\n5,6\n', 2),
        ('A,B\n"1" x,"2\n3,4\n', 2),
        ('A,"B\n1,2\n', 1),
    ],
)
def test_a_quotation_mark_that_is_never_closed_swallows_no_row(
    tmp_path: Path, content: str, row: int
) -> None:
    path = saved(tmp_path, content)

    assert refusal(path) == (UNCLOSED, f"{path}, row {row}")


def test_the_rows_above_an_unclosed_quotation_mark_are_still_read() -> None:
    blocks = open_source(SAMPLES / "unclosed_quote.csv").blocks(size=1)

    assert next(blocks) == Block(2, [["Asha", "Rao", "asha.rao@example.com"]])
    with pytest.raises(SourceError, match="quotation mark"):
        next(blocks)


def test_a_cell_beyond_every_measure_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, 'A,B\n1,"' + "x" * (CELL_LIMIT + 1) + '"\n')

    what, where = refusal(path)

    assert what == f"a cell has more than 4,194,304 characters; or {UNCLOSED}"
    assert where == f"{path}, row 2"


EMPTY = "the file is empty"
NUL = "the file holds a NUL character: it is damaged, or no text"


@pytest.mark.parametrize(
    ("content", "what", "where"),
    [
        (b"", EMPTY, ""),
        (b"\xef\xbb\xbf", EMPTY, ""),
        (b"\xff\xfe", EMPTY, ""),
        (b"\n ,\n\n", EMPTY, ""),
        (b"sep=;\r\n", EMPTY, ""),
        (b"A,B\n1,2\n\0\0\0", NUL, ", line 3, character 1"),
        (b"A,B\r\n1,2\0\r\n", NUL, ", line 2, character 4"),
        (b"A,B\nJ\xfcrgen,2\nx\0y\n", NUL, ", line 3, character 2"),
        ("A,B\n1,\0\n".encode("utf-16"), NUL, ", line 2, character 3"),
    ],
)
def test_a_file_without_text_is_refused(
    tmp_path: Path, content: bytes, what: str, where: str
) -> None:
    path = saved(tmp_path, content)

    assert refusal(path) == (what, f"{path}{where}")


@pytest.mark.parametrize(
    ("content", "codec", "found"),
    [
        (b"A,B\nx,J\xc3\xbcrgen\n", "utf-8", "UTF-8"),
        (b"\xef\xbb\xbfA,B\nx,J\xc3\xbcrgen\n", "utf-8-sig", "UTF-8"),
        ("A,B\nx,Jürgen\n".encode("utf-16"), "utf-16", "UTF-16"),
        (b"\xfe\xff" + "A,B\nx,Jürgen\n".encode("utf-16-be"), "utf-16", "UTF-16"),
        ("A,B\nx,Jürgen\n".encode("utf-16-le"), "utf-16-le", "UTF-16"),
        ("A,B\nx,Jürgen\n".encode("utf-16-be"), "utf-16-be", "UTF-16"),
        ("A,B\nx,Jürgen\n".encode("utf-32"), "utf-32", "UTF-32"),
        (b"A,B\nx,J\xfcrgen\n", "cp1252", "Windows-1252 (a guess; --encoding sets it)"),
        (b"A,B\rx,J\x9frgen\r", "mac-roman", "Mac Roman (a guess; --encoding sets it)"),
    ],
)
def test_the_encoding_is_found_and_said(
    tmp_path: Path, content: bytes, codec: str, found: str
) -> None:
    source = open_source(saved(tmp_path, content))

    assert (source.encoding, source.found) == (codec, (found, "separated by commas"))
    assert source.header == ("A", "B")
    assert rows(source) == {2: ["x", "Jürgen"]}


def test_an_encoding_that_is_given_is_not_doubted(tmp_path: Path) -> None:
    path = saved(tmp_path, b"A,B\nx,\xc4\xe0\n")

    told = open_source(path, Reading(encoding="windows-1251"))

    assert (told.encoding, told.found) == ("cp1251", ("Windows-1251", "separated by commas"))
    assert rows(told) == {2: ["x", "Да"]}


def test_a_sheet_of_a_text_file_is_refused(tmp_path: Path) -> None:
    said = error(saved(tmp_path, "A,B\n1,2\n"), Reading(sheet="Sheet1"))

    assert said.what == 'only workbooks have sheets, and this is a text file: "Sheet1"'
    assert said.fix == "leave --sheet out"


TITLED = 'Leads of May\n"two\nlines; cut";\n\nA;B\n1;2\n\n3;4\n'


def test_the_header_may_be_in_a_row_that_is_given(tmp_path: Path) -> None:
    source = open_source(saved(tmp_path, TITLED), Reading(header_row=4))

    assert (source.header, source.header_row, source.delimiter) == (("A", "B"), 4, ";")
    assert rows(source) == {5: ["1", "2"], 7: ["3", "4"]}


def test_a_sep_line_is_not_counted_above_the_header(tmp_path: Path) -> None:
    path = saved(tmp_path, "sep=;\r\nTitle\r\nA;B\r\n1;2\r\n")

    source = open_source(path, Reading(header_row=2))

    assert (source.header, source.header_row) == (("A", "B"), 2)
    assert rows(source) == {3: ["1", "2"]}


@pytest.mark.parametrize(
    ("row", "what", "fix"),
    [
        (2, "row 2 is blank", "give --header-row 3"),
        (4, "row 4 is blank", "give the row that names the columns"),
        (6, "the file ends with row 5", "give the row that names the columns"),
        (1_000_000, "the file ends with row 5", "give the row that names the columns"),
    ],
)
def test_a_header_row_that_names_no_columns_is_refused(
    tmp_path: Path, row: int, what: str, fix: str
) -> None:
    said = error(saved(tmp_path, "Title\n\nA;B\n\n \n"), Reading(header_row=row))

    assert said.what == f"the header can't be in the row that --header-row names: {what}"
    assert said.fix == fix


def test_rows_are_counted_from_1(tmp_path: Path) -> None:
    said = error(saved(tmp_path, TITLED), Reading(header_row=0))

    assert said.what == "rows are counted from 1, and the header can't be in row 0"


def test_old_mac_line_ends_inside_quotation_marks_belong_to_the_cell(tmp_path: Path) -> None:
    source = open_source(saved(tmp_path, 'A,B\r1,"two\rlines"\r\r3,4\r'))

    assert rows(source) == {2: ["1", "two\rlines"], 4: ["3", "4"]}


def test_mixed_line_ends_make_a_row_each(tmp_path: Path) -> None:
    source = open_source(saved(tmp_path, 'A,B\r\n1,2\r3,"x\r\ny"\n\r\n5,6'))

    assert rows(source) == {2: ["1", "2"], 3: ["3", "x\r\ny"], 5: ["5", "6"]}


def test_a_path_that_holds_no_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.csv") == ("there is no such file", str(tmp_path / "no.csv"))
    assert refusal(tmp_path) == ("this is a folder or a device, not a file", str(tmp_path))


@pytest.mark.parametrize("content", [b"A,B\n1,2\n3,4\n5,6\n", b"A,B\n7,8\n", b'A,B\n1,"\xff', b""])
def test_a_file_that_changes_after_it_was_opened_is_refused(tmp_path: Path, content: bytes) -> None:
    path = saved(tmp_path, "A,B\n1,2\n")
    source = open_source(path)
    path.write_bytes(content)
    os.utime(path, ns=(0, source.changed_ns + 1))

    with pytest.raises(SourceError, match="the file was changed while it was being read"):
        next(source.blocks())


@pytest.mark.parametrize("tail", [b"5,6\n", b'"', b"\xff"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, tail: bytes) -> None:
    path = saved(tmp_path, "A,B\n" + "1,2\n" * 100_000)
    source = open_source(path)

    blocks = source.blocks()
    next(blocks)
    with path.open("ab") as file:
        file.write(tail)

    with pytest.raises(SourceError, match="the file was changed while it was being read"):
        list(blocks)


def test_blank_lines_at_the_end_make_no_blocks(tmp_path: Path) -> None:
    path = saved(tmp_path, "A,B\n1,2\n" + "\n" * 1_000_000)

    assert list(open_source(path).blocks()) == [Block(2, [["1", "2"]])]


@settings(deadline=None)
@given(
    table=st.lists(st.one_of(BLANK, st.lists(CELLS, min_size=2, max_size=3)), max_size=12),
    delimiter=st.sampled_from(",;\t|"),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    bom=st.booleans(),
    size=st.integers(1, 5),
)
def test_cells_that_were_written_are_read_back_with_their_row_numbers(
    tmp_path_factory: pytest.TempPathFactory,
    table: list[list[str]],
    delimiter: str,
    ending: str,
    bom: bool,
    size: int,
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, csv.unix_dialect, delimiter=delimiter, lineterminator=ending)
    writer.writerows([["First", "Second"], *table])
    content = text.getvalue().encode("utf-8-sig" if bom else "utf-8")
    source = open_source(
        saved(tmp_path_factory.mktemp("csv"), content), Reading(delimiter=delimiter)
    )

    assert rows(source, size) == {
        number: cells for number, cells in enumerate(table, 2) if "".join(cells).strip()
    }
    for block in source.blocks(size):
        assert len(block.rows) <= size
        assert block.rows[0]
        assert block.rows[-1]


CODECS = [
    ("utf-8", "utf-8"),
    ("utf-8-sig", "UTF8"),
    ("utf-16", "unicode"),
    ("utf-16-le", "utf-16"),
    ("utf-16-be", "utf-16-be"),
    ("cp1252", "ANSI"),
    ("latin-1", "latin1"),
    ("mac-roman", "macintosh"),
    ("cp1250", "windows-1250"),
    ("cp1251", "cp1251"),
    ("cp932", "Shift-JIS"),
    ("gb18030", "GBK"),
    ("koi8-r", "koi8_r"),
]


@settings(deadline=None)
@given(data=st.data(), codec_and_name=st.sampled_from(CODECS), delimiter=st.sampled_from(",;\t|^"))
def test_cells_in_any_encoding_that_is_named_are_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
    codec_and_name: tuple[str, str],
    delimiter: str,
) -> None:
    codec, name = codec_and_name
    one_way = "¢£¬‖−〜" if codec == "cp932" else ""  # Windows reads their bytes as other signs
    cells = st.text(st.characters(exclude_characters="\0\ufeff" + one_way, codec=codec), max_size=6)
    table = data.draw(st.lists(st.lists(cells, min_size=2, max_size=3), max_size=8))
    text = io.StringIO(newline="")
    csv.writer(text, csv.unix_dialect, delimiter=delimiter).writerows([["First", "Last"], *table])
    path = saved(tmp_path_factory.mktemp("csv"), text.getvalue().encode(codec))

    source = open_source(path, Reading(encoding=name, delimiter=delimiter))

    assert rows(source) == {
        number: cells for number, cells in enumerate(table, 2) if "".join(cells).strip()
    }
    with path.open(encoding=source.encoding, newline="") as file:
        assert file.read() == text.getvalue()
