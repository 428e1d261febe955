import codecs
from pathlib import Path

import pytest

from importer.errors import SourceError
from importer.intake.source.encoding import Origin
from importer.intake.source.scan import scan

NAMES = ["Jürgen Weiß", "José Nuñez", "Chloé Besançon", "Søren Grønnegård", "João Conceição"]
EXPORT = (
    "export the list again as one, or save both parts as 'CSV UTF-8' and put them together then"
)
NAME_ONE = "; or name one of the two with --encoding, and look at the rows in the other"


def saved(folder: Path, content: bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(content)
    return path


def lines(*names: str, ending: str = "\r\n") -> str:
    return "".join(name + ending for name in names)


@pytest.mark.parametrize(
    ("content", "said", "line"),
    [
        (
            lines("Name", *NAMES).encode() + lines(*NAMES).encode("cp1252"),
            "line 2 is UTF-8, line 7 Windows-1252",
            7,
        ),
        (
            lines("Name", *NAMES).encode("cp1252") + lines(*NAMES).encode(),
            "line 7 is UTF-8, line 2 Windows-1252",
            2,
        ),
        (
            lines("Name", *NAMES, ending="\r").encode("mac-roman")
            + lines(*NAMES, ending="\r").encode(),
            "line 7 is UTF-8, line 2 Mac Roman",
            2,
        ),
        ("Name\nJosé\n".encode() + b"M\xfcller\n", "line 2 is UTF-8, line 3 Windows-1252", 3),
        (
            lines("Name", *NAMES).encode("cp1252") + "Zoë\n".encode(),
            "line 7 is UTF-8, line 2 Windows-1252",
            2,
        ),
        (
            "Name,City\nAnna,Bonn\nZoë,".encode() + "Köln\n".encode("cp1252"),
            "line 3 is UTF-8 and Windows-1252",
            3,
        ),
        (
            codecs.BOM_UTF8 + lines("Name", *NAMES).encode() + lines(*NAMES).encode("cp1252"),
            "line 2 is UTF-8, line 7 Windows-1252",
            7,
        ),
        (
            lines("Miasto", "Łódź", "Gdańsk", "Wałęsa").encode("cp1250")
            + lines("Częstochowa", "Świdnica").encode(),
            "line 5 is UTF-8, line 2 Windows-1250",
            2,
        ),
        (
            lines("Имя", "Пётр Иванов", "Екатерина").encode("cp1251")
            + lines("Пётр Иванов", "Екатерина").encode(),
            "line 4 is UTF-8, line 1 Windows-1251",
            1,
        ),
        (
            lines("名前", "田中さくら", "鈴木一郎").encode("cp932")
            + lines("田中さくら", "鈴木一郎").encode(),
            "line 4 is UTF-8, line 1 Shift-JIS",
            1,
        ),
        (
            lines("Note", "Don’t call", "O’Brien – 5 €").encode()
            + lines("Don’t call", "Müller").encode("cp1252"),
            "line 2 is UTF-8, line 4 Windows-1252",
            4,
        ),
        (
            lines("Name", *NAMES).encode("utf-16") + lines("Anna,Bonn", "Bo,Koeln").encode(),
            "line 1 is UTF-16, line 7 UTF-8",
            7,
        ),
        (
            lines("Name", *NAMES).encode("utf-16-be") + lines("Anna,Bonn,x", "Bo,Koeln").encode(),
            "line 1 is UTF-16, line 7 UTF-8",
            7,
        ),
    ],
)
def test_a_file_of_two_encodings_is_refused_with_a_line_of_each(
    tmp_path: Path, content: bytes, said: str, line: int
) -> None:
    path = saved(tmp_path, content)

    with pytest.raises(SourceError) as caught:
        scan(path)

    assert caught.value.what == f"the file is written in two encodings: {said}"
    assert caught.value.where == f"{path}, line {line}"
    is_marked = content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE)) or b"\0" in content
    assert caught.value.fix == EXPORT + ("" if is_marked else NAME_ONE)


def test_one_row_in_utf_8_is_found_far_down_in_a_long_file(tmp_path: Path) -> None:
    rows = "Jürgen,Köln\n".encode("cp1252") * 300_000
    path = saved(tmp_path, rows + "Zoë,Bonn\n".encode() + rows)

    with pytest.raises(SourceError, match="line 300001 is UTF-8, line 1 Windows-1252"):
        scan(path)


def test_one_row_that_is_not_utf_8_is_found_far_down_in_a_long_file(tmp_path: Path) -> None:
    rows = "Jürgen,Köln\n".encode() * 300_000
    path = saved(tmp_path, rows + "André,Bonn\n".encode("cp1252") + rows)

    with pytest.raises(SourceError, match="line 1 is UTF-8, line 300001 Windows-1252"):
        scan(path)


@pytest.mark.parametrize("declared", ["windows-1252", "latin-1", "mac-roman", "cp850"])
def test_a_file_of_two_encodings_is_read_in_the_one_that_is_named(
    tmp_path: Path, declared: str
) -> None:
    path = saved(tmp_path, lines(*NAMES).encode() + lines(*NAMES[1:]).encode("latin-1"))

    assert scan(path, declared).encoding.origin is Origin.DECLARED


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Marca;Nome\nNESTLÉ®;JOSÉ™\nMAÇÃ;SÃO PAULO\nMAÇÃ™;CONCEIÇÃO\n", "cp1252"),
        ("Nome\n«CAFFÈ»\n«CITTÀ»\nÈ così\n«TRIBÙ»\n", "cp1252"),
        ("Фирма\nООО «ГОРОД»\nЗАО «СТРОЙМОНТАЖ»\nЗАО «ФЛАГ»\n", "cp1251"),
        ("Ort\nKÖLN\nJÄGER\n“JÄ”\nÄ“\nMÜNCHEN\n", "cp1252"),
        ("姓名;茶\n张伟;茅台\n王芳;隆\n李娜;茅\n", "gb18030"),
        ("Ad\nIŞIK\nÖĞÜN\nÇAĞLA\nAyşe Yıldız\n", "cp1254"),
    ],
)
def test_letters_that_happen_to_be_utf_8_make_no_second_encoding(
    tmp_path: Path, text: str, codec: str
) -> None:
    assert scan(saved(tmp_path, text.encode(codec))).encoding.codec == codec


@pytest.mark.parametrize(
    "text",
    [
        "姓名\t城市\r\n张伟\t北京市朝阳区\r\n",
        "名前\t市\r\n田中一郎\t上海一丁目\r\n",
        "浢湡愬浢湡愬浢一丁目上海一丁目上海一丁目\r\n",
    ],
)
def test_chinese_in_utf_16_is_no_ascii(tmp_path: Path, text: str) -> None:
    assert scan(saved(tmp_path, (text * 20).encode("utf-16"))).encoding.codec == "utf-16"


def test_what_is_said_to_be_utf_16_is_read_so(tmp_path: Path) -> None:
    path = saved(tmp_path, lines("Name", *NAMES).encode("utf-16") + lines("Anna", "Bo").encode())

    assert scan(path, "utf-16").encoding.codec == "utf-16"
