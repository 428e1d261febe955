import io

from importer.intake.source.guess import guess
from importer.intake.source.sample import AFTER, CELLS, cell_at, sample


def test_a_sample_is_taken_from_all_over_a_long_file() -> None:
    rows = [f"Jürgen{number},München{number}\n" for number in range(200_000)]

    found = sample(io.BytesIO("".join(rows).encode("cp1252")))

    numbers = [int("".join(filter(str.isdigit, cell.decode("cp1252")))) for cell in found.cells]
    assert CELLS / 2 < len(numbers) <= 2 * CELLS
    assert min(numbers) < 5_000
    assert max(numbers) > 190_000
    assert not found.old_mac


def test_what_is_not_ascii_is_found_wherever_it_is() -> None:
    plain = b"Anna,Bonn\r\n" * 100_000
    file = io.BytesIO(plain + b"Z\xfcrich,1\r\n" + plain * 30 + b"x,K\xf6ln\r\n" + plain)

    assert sample(file).cells == (b"Z\xfcrich,", b"K\xf6ln\r")


def test_a_cell_is_taken_with_what_ends_it() -> None:
    """A character of two bytes that the cell's end cuts in half is then seen to be none."""
    found = sample(io.BytesIO(b"A,B\nJos\xe9,Anna;\xc4rger\r\nx,Z\xfcrich"))

    assert found.cells == (b"Jos\xe9,", b"\xc4rger\r", b"Z\xfcrich\n")


def test_a_long_cell_is_cut_where_no_character_is() -> None:
    """Each character is two bytes, and no byte of the cell ends one that could be told apart."""
    content = "備考\n".encode("cp932") + ("説明文章" * 1_000 + "\n田中\n").encode("cp932")

    found = sample(io.BytesIO(content))

    assert [len(cell) for cell in found.cells] == [5, AFTER, 5]
    told = guess(found)
    assert told
    assert told.codec == "cp932"


def test_carriage_returns_alone_are_an_old_macs() -> None:
    for content, is_old in [(b"A\rB\r", True), (b"A\r\nB", False), (b"A", False), (b"A\n", False)]:
        assert sample(io.BytesIO(content)).old_mac is is_old


def test_the_cell_at_a_place_is_cut_out_of_its_line() -> None:
    file = io.BytesIO(b"A,B\nx,Mr Z\xfcrich;y\nz,\xfc")

    assert cell_at(file, 10) == b"Mr Z\xfcrich;"
    assert cell_at(file, 21) == b"\xfc\n"
    assert sample(file, 10).cells[0] == b"Mr Z\xfcrich;"
