import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.errors import SourceError
from importer.intake.source import scan as scanning
from importer.intake.source.scan import scan

DECLARED = "leave --encoding out to have it found out, or name another"
MARKED = (
    "mend that place, or export the file again; or save it in Excel as 'CSV UTF-8 (Comma "
    "delimited)', and import that file"
)
FOUND = (
    "mend that place, or export the file again; or name the encoding of all of it with "
    "--encoding, such as windows-1252"
)
UTF_8 = "Vorname,Ort\nJürgen,Köln\nJosé,Málaga\nChloé,Besançon\n".encode()


def saved(folder: Path, content: bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(content)
    return path


def error(path: Path, declared: str | None = None) -> SourceError:
    with pytest.raises(SourceError) as caught:
        scan(path, declared)
    return caught.value


def test_a_file_is_hashed_as_it_is(tmp_path: Path) -> None:
    content = b"A,B\nJ\xfcrgen,2\n" * 200_000
    path = saved(tmp_path, content)

    scanned = scan(path)

    assert scanned.sha256 == hashlib.sha256(content).hexdigest()
    assert (scanned.size, scanned.changed_ns) == (len(content), path.stat().st_mtime_ns)
    assert scanned.encoding.codec == "cp1252"


@pytest.mark.parametrize(
    ("content", "declared", "byte", "text", "place", "fix"),
    [
        (
            b"A,B\nx,\x81\n",
            "windows-1252",
            '0x81 ("\ufffd" in Windows-1252)',
            "Windows-1252, which --encoding names",
            "line 2, character 3",
            DECLARED,
        ),
        (
            b"A\rJ\xfcrgen",
            "utf8",
            '0xFC ("ü" in Windows-1252)',
            "UTF-8, which --encoding names",
            "line 2, character 2",
            DECLARED,
        ),
        (
            b"A\r\nx\x82\xa0\x82\r\n",
            "shift-jis",
            '0x82 ("‚" in Windows-1252)',
            "Shift-JIS, which --encoding names",
            "line 2, character 3",
            DECLARED,
        ),
        (
            b"\xef\xbb\xbfA\n\xc3\xa4\xfc",
            None,
            '0xFC ("ü" in Windows-1252)',
            "UTF-8, which the file's first bytes name",
            "line 2, character 2",
            MARKED,
        ),
        (
            "A\r\nü\r\nx".encode("utf-16") + b"y",
            None,
            '0x79 ("y" in Windows-1252)',
            "UTF-16, which the file's first bytes name",
            "line 3, character 2",
            MARKED,
        ),
        (
            UTF_8 + b"Andr\xc3,x\n",
            None,
            '0xC3 ("Ã" in Windows-1252)',
            "UTF-8, which the rest of the file is written in",
            "line 5, character 5",
            FOUND,
        ),
        (
            "姓名\n张伟\n李娜\n".encode() + b"\xe5\xbc\n",
            None,
            '0xE5 ("å" in Windows-1252)',
            "UTF-8, which the rest of the file is written in",
            "line 4, character 1",
            FOUND,
        ),
        (
            "नाम\nआशा\n".encode() + b"\xfc\n",
            None,
            '0xFC ("ü" in Windows-1252)',
            "UTF-8, which the rest of the file is written in",
            "line 3, character 1",
            FOUND,
        ),
        (
            UTF_8 + b"x,\xc3",
            None,
            '0xC3 ("Ã" in Windows-1252)',
            "UTF-8, which the rest of the file is written in",
            "line 5, character 3",
            FOUND,
        ),
        (
            "Jürgen\nO’Hara\n".encode("cp1252") + b"x\x81\n",
            None,
            '0x81 ("\ufffd" in Windows-1252)',
            "Windows-1252, which the rest of the file is written in",
            "line 3, character 2",
            FOUND,
        ),
        (
            "Jos\u00e9\nChlo\u00e9\n".encode() + b"Ren\xe2\x80\n",
            None,
            '0xE2 ("â" in Windows-1252)',
            "UTF-8, which the rest of the file is written in",
            "line 3, character 4",
            FOUND,
        ),
        (
            "田中さくら\r\n鈴木一郎\r\n".encode("cp932") * 100_000 + b"\x81\r\n",
            None,
            '0x81 ("\ufffd" in Windows-1252)',
            "Shift-JIS, which the rest of the file is written in",
            "line 200001, character 1",
            FOUND,
        ),
    ],
)
def test_a_byte_that_cant_be_decoded_is_told_with_its_place(
    tmp_path: Path,
    content: bytes,
    declared: str | None,
    byte: str,
    text: str,
    place: str,
    fix: str,
) -> None:
    path = saved(tmp_path, content)

    said = error(path, declared)

    assert said.what == f"byte {byte} is no text in {text}"
    assert (said.where, said.fix) == (f"{path}, {place}", fix)


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_a_byte_far_down_is_found_with_its_line(tmp_path: Path, ending: bytes) -> None:
    path = saved(tmp_path, ("A,é".encode() + ending) * 400_000 + b"\xfc" + ending)

    assert error(path).where == f"{path}, line 400001, character 1"


def test_a_place_is_told_across_the_chunks_that_a_file_is_read_in(tmp_path: Path) -> None:
    chunk = b"x" * (scanning.CHUNK - 1)

    for before, place in [
        (chunk + b"\r\n", "line 2, character 1"),
        (chunk + b"\ry", "line 2, character 2"),
        (chunk + b"\r", "line 2, character 1"),
        (chunk + "é".encode(), f"line 1, character {scanning.CHUNK + 1}"),
    ]:
        path = saved(tmp_path, before + b"\xff\xfe")
        assert error(path, "utf-8").where == f"{path}, {place}"


# What no text in the encoding has.
BROKEN = {
    "utf-8": b"\xff",
    "utf-8-sig": b"\xff",
    "utf-16": b"\0\xdc",
    "utf-16-be": b"\xdc\0",
    "cp932": b"\x81\xff",
    "gb18030": b"\xff",
}


@given(
    codec=st.sampled_from(list(BROKEN)),
    lines=st.lists(st.text("aß中あ,", max_size=5), max_size=6),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_the_place_is_where_the_text_before_it_ends(
    tmp_path_factory: pytest.TempPathFactory, codec: str, lines: list[str], ending: str
) -> None:
    text = ending.join([*lines, ""]).replace("ß", "ä" if codec.startswith("utf") else "b")
    path = saved(tmp_path_factory.mktemp("csv"), text.encode(codec) + BROKEN[codec])

    said = error(path, codec)

    assert said.where == f"{path}, line {len(lines) + 1 if lines else 1}, character 1"


def test_a_file_of_nothing_but_nuls_is_damaged(tmp_path: Path) -> None:
    path = saved(tmp_path, b"\0" * 5_000)

    said = error(path)

    assert said.what == "the file holds a NUL character: it is damaged, or no text"
    assert said.where == f"{path}, line 1, character 1"


def test_a_nul_is_told_where_a_byte_further_down_cant_be_decoded(tmp_path: Path) -> None:
    path = saved(tmp_path, b"A\n" + "é".encode() + b"\0\n" + b"x" * 200_000 + b"\xff\n")

    assert error(path).where == f"{path}, line 2, character 2"


@pytest.mark.parametrize("start", range(scanning.PIECE - 4, scanning.PIECE + 2))
def test_a_character_may_lie_across_the_pieces_that_are_decoded(tmp_path: Path, start: int) -> None:
    good = b"x" * start + "😀é\n".encode()

    assert scan(saved(tmp_path, good)).encoding.codec == "utf-8"
    assert error(saved(tmp_path, good + b"\xff"), "utf-8").where == (
        f"{tmp_path / 'list.csv'}, line 2, character 1"
    )
