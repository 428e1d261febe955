import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.errors import SourceError
from importer.intake.records import CELL_LIMIT
from importer.intake.source import Source, open_source
from importer.model import Block

SAMPLES = Path(__file__).parents[2] / "sample_data"

# What a UTF-8 CSV can hold: any text but NUL and lone surrogates.
CELLS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=6)
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


def refusal(path: Path) -> tuple[str, str | None]:
    """What is said of the file, when opened or read, and where."""
    with pytest.raises(SourceError) as caught:
        list(open_source(path).blocks())
    assert caught.value.fix
    return caught.value.what, caught.value.where


def test_a_plain_file_says_what_it_is() -> None:
    path = SAMPLES / "semicolon.csv"

    source = open_source(path)

    assert source == Source(
        path=path,
        sha256="5563a452d75f786548457f2c0e2b2222fc0d637ae25148c7c79955ca6d0e1cd9",
        encoding="utf-8",
        delimiter=";",
        header=("First Name", "Last Name", "Email", "Revenue"),
        header_row=1,
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


def test_the_sample_in_latin_1_is_refused_with_its_line() -> None:
    path = SAMPLES / "latin1.csv"

    assert refusal(path) == (LATIN, f"{path}, line 3")


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

    assert open_source(path, delimiter=",").header == ("A;B", "C")
    with pytest.raises(SourceError) as caught:
        open_source(path, delimiter="x")
    assert caught.value.what == '"x" can\'t be used as the delimiter'
    assert caught.value.fix == "use one of: comma, semicolon, tab, pipe"


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

    assert what == f"a cell has more than 16,777,216 characters; or {UNCLOSED}"
    assert where == f"{path}, row 2"


EMPTY = "the file is empty"
WORKBOOK = "this is an Excel workbook (or another zip file), not a CSV"
OLD_WORKBOOK = "this is an old Excel workbook (.xls), not a CSV"
UTF16 = "the file is written in UTF-16 ('Unicode Text'), not in UTF-8"
NUL = "the file holds a NUL byte: it is damaged, or no text in UTF-8"
LATIN = 'the file is not written in UTF-8: byte 0xFC ("ü" in Windows-1252)'


@pytest.mark.parametrize(
    ("content", "what", "where"),
    [
        (b"", EMPTY, ""),
        (b"\xef\xbb\xbf", EMPTY, ""),
        (b"\n ,\n\n", EMPTY, ""),
        (b"PK\x03\x04\x14\x00", WORKBOOK, ""),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 9, OLD_WORKBOOK, ""),
        ("A,B\n".encode("utf-16"), UTF16, ""),
        (b"\xfe\xff" + "A,B\n".encode("utf-16-be"), UTF16, ""),
        ("A,B\n".encode("utf-16-le"), NUL, ", line 1"),
        (b"A,B\n1,2\n\0\0\0", NUL, ", line 3"),
        (b"A,B\nJ\xfcrgen,2\n", LATIN, ", line 2"),
        (b"A,B\rx,y\rJ\xfcrgen,2\r", LATIN, ", line 3"),
        (
            b"A,B\n1,\xc3",
            'the file is not written in UTF-8: byte 0xC3 ("Ã" in Windows-1252)',
            ", line 2",
        ),
    ],
)
def test_what_is_no_csv_in_utf_8_is_refused_by_name(
    tmp_path: Path, content: bytes, what: str, where: str
) -> None:
    path = saved(tmp_path, content)

    assert refusal(path) == (what, f"{path}{where}")


def test_an_undecodable_byte_far_down_is_found_with_its_line(tmp_path: Path) -> None:
    path = saved(tmp_path, "A,é\n".encode() * 400_000 + b"\xfc\n")

    assert refusal(path) == (LATIN, f"{path}, line 400001")


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
    ending=st.sampled_from(["\n", "\r\n"]),
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
    source = open_source(saved(tmp_path_factory.mktemp("csv"), content), delimiter=delimiter)

    assert rows(source, size) == {
        number: cells for number, cells in enumerate(table, 2) if "".join(cells).strip()
    }
    for block in source.blocks(size):
        assert len(block.rows) <= size
        assert block.rows[0]
        assert block.rows[-1]
