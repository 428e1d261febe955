import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.errors import SourceError
from importer.intake.source.encoding import (
    Confidence,
    Encoding,
    Origin,
    expected_encoding,
    named_codec,
    unmarked_utf16,
)

LIST = Path("list.csv")
USUAL = (
    "utf-8, utf-16, windows-1252, latin-1, mac-roman, windows-1250, windows-1251, shift-jis, gbk"
)


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("utf-8", "utf-8"),
        ("UTF8", "utf-8"),
        ("utf_8_sig", "utf-8-sig"),
        ("utf-8 (BOM)", "utf-8"),
        ("unicode", "utf-16"),
        ("UTF-16LE", "utf-16-le"),
        ("ansi", "cp1252"),
        ("Windows-1252", "cp1252"),
        ("windows1252", "cp1252"),
        ("cp-1252", "cp1252"),
        ("latin1", "iso8859-1"),
        ("ISO-8859-1", "iso8859-1"),
        ("mac", "mac-roman"),
        ("Mac Roman", "mac-roman"),
        ("macintosh", "mac-roman"),
        ("windows-1250", "cp1250"),
        ("Shift_JIS", "cp932"),
        ("sjis", "cp932"),
        ("gbk", "gb18030"),
        ("GB2312", "gb18030"),
        ("big5", "big5"),
        ("koi8-r", "koi8-r"),
        ("cp037", "cp037"),
        ("IBM850", "cp850"),
    ],
)
def test_an_encoding_is_known_by_the_names_that_people_use(name: str, codec: str) -> None:
    assert named_codec(name, LIST) == codec


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("base64", "utf-8, "),
        ("rot13", "utf-8, "),
        ("idna", "utf-8, "),
        ("unicode_escape", "utf-8, "),
        ("undefined", "utf-8, "),
        ("a\0b", "utf-8, "),
        ("", "utf-8, "),
        ("é", "utf-8, "),
        ("utf-9", "utf-8, utf-16, "),
        ("windows-1259", "windows-12"),
        ("macroman-x", "mac-roman, "),
        ("shiftjs", "shift-jis, "),
    ],
)
def test_a_name_that_is_no_text_encoding_is_refused_with_the_nearest_names(
    name: str, first: str
) -> None:
    with pytest.raises(SourceError) as caught:
        named_codec(name, LIST)

    said = caught.value
    assert (said.what, said.where) == (f'"{name}" is no encoding that can be read', "list.csv")
    assert said.fix is not None
    assert said.fix.startswith(f"use one of: {first}")
    listed = said.fix.removeprefix("use one of: ").removesuffix("; or another that Python has")
    assert sorted(listed.split(", ")) == sorted(USUAL.split(", "))


MARKED = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
]


@pytest.mark.parametrize(("mark", "codec"), MARKED)
def test_a_byte_order_mark_says_all(mark: bytes, codec: str) -> None:
    assert expected_encoding(mark + b"A,B\n\0\0", None, LIST) == Encoding(codec, Origin.MARKED)


@pytest.mark.parametrize(
    ("mark", "declared"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF16_LE, "unicode"),
    ],
)
def test_what_is_declared_may_be_what_the_mark_says(mark: bytes, declared: str) -> None:
    assert expected_encoding(mark, declared, LIST).codec == dict(MARKED)[mark]


@pytest.mark.parametrize(
    ("mark", "declared", "marked"),
    [
        (codecs.BOM_UTF8, "windows-1252", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-8", "UTF-16"),
        (codecs.BOM_UTF16_LE, "utf-16-be", "UTF-16"),
        (codecs.BOM_UTF16_BE, "ANSI", "UTF-16"),
    ],
)
def test_what_is_declared_against_the_mark_is_refused(
    mark: bytes, declared: str, marked: str
) -> None:
    with pytest.raises(SourceError) as caught:
        expected_encoding(mark + b"A,B\n", declared, LIST)

    assert caught.value.what == (
        f'the file begins with the byte order mark of {marked}, but --encoding says "{declared}"'
    )
    assert caught.value.fix == f"leave --encoding out, or give {marked.lower()}"


@pytest.mark.parametrize(
    ("head", "declared", "codec"),
    [
        ("A,B\n".encode("utf-16-le"), "utf-16", "utf-16-le"),
        ("A,B\n".encode("utf-16-be"), "utf-16", "utf-16-be"),
        ("नाम\n".encode("utf-16-be"), "utf-16", "utf-16-be"),
        ("A,B\n".encode("utf-32-le"), "utf-32", "utf-32-le"),
        ("A,B\n".encode("utf-32-be"), "utf-32", "utf-32-be"),
        (b"A,B\n", "utf-8-sig", "utf-8"),
        (b"A,B\n", "cp1252", "cp1252"),
    ],
)
def test_the_byte_order_of_what_is_declared_is_looked_up(
    head: bytes, declared: str, codec: str
) -> None:
    assert expected_encoding(head, declared, LIST) == Encoding(codec, Origin.DECLARED)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "Name\n",
        "Name,City\r\nAsha,Pune\r\n",
        "Имя;Город\r\nИван;Москва\r\n",
        "名前,市\r\n田中一郎,上海一丁目\r\n" * 5,
        "नाम,शहर\r\nआशा,दिल्ली\r\n",
        "Ad\tŞehir\r\nIşık\tĀĀĀ\r\n",
    ],
)
def test_utf_16_needs_no_mark(text: str, codec: str) -> None:
    assert unmarked_utf16(text.encode(codec)) == codec
    assert unmarked_utf16(text.encode(codec) + b"x") == codec


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\0",
        b"\0" * 1000,
        b"A,B\nx\0y,1\n",
        b"A,B\n1,2\n\0\0\0",
        b"A,B\nJ\xfcrgen,2\nx\0y\n",
        "Имя\0,Город\n".encode(),
        "Имя\0,Город\n".encode("cp1251"),
        "名前\0,市\n".encode("cp932"),
    ],
)
def test_a_nul_in_other_text_does_not_make_it_utf_16(head: bytes) -> None:
    assert unmarked_utf16(head) is None


@given(st.text(st.characters(codec="ascii", exclude_characters="\0"), min_size=1))
def test_plain_text_in_utf_16_is_known_at_any_length(text: str) -> None:
    printable = "".join(filter(str.isprintable, text)) + "\n"

    for codec in ("utf-16-le", "utf-16-be"):
        assert unmarked_utf16(printable.encode(codec)) == codec


def test_a_guess_says_so() -> None:
    assert str(Encoding("utf-16-le", Origin.FOUND)) == "UTF-16"
    assert str(Encoding("cp1257", Origin.DECLARED)) == "Windows-1257"
    assert str(Encoding("koi8-r", Origin.FOUND, Confidence.LIKELY)) == (
        "KOI8-R (likely; --encoding sets it)"
    )
    assert str(Encoding("cp1252", Origin.FOUND, Confidence.GUESS)) == (
        "Windows-1252 (a guess; --encoding sets it)"
    )
