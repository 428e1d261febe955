"""The range that a sheet declares, and cells beyond it in whatever form they are written."""

import re

import pytest

from importer.intake.letters import column_letter
from importer.intake.source.extent import LONGEST_TAG, Declared, Extent, _columns, declared

AS_EXCEL = b'<row r="1" spans="1:2"><c r="A1" t="s"><v>0</v></c><c r="B1"/></row><row r="12"/>'
RANGE = Declared(columns=2, digits=2)


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b'<worksheet><dimension ref="A1:L200001"/>', Declared(12, 6)),
        (b'<dimension ref="C5:AC17"/>', Declared(29, 2)),
        (b'<dimension ref="A1"/>', None),
        (b"<worksheet><sheetData>", None),
        (b'<dimension ref="A1:ZZZ9999999"/>', Declared(18278, 7)),
        (b'<dimension ref="C1:A00"/>', Declared(3, 1)),
    ],
)
def test_the_range_is_what_the_head_says(head: bytes, found: Declared | None) -> None:
    assert declared(head) == found


def kept(data: bytes, size: int = 7) -> bool:
    extent = Extent(RANGE)
    for start in range(0, len(data), size):
        extent.look(data[start : start + size])
    return extent.is_kept


@pytest.mark.parametrize(
    "data",
    [
        AS_EXCEL,
        b'<cols><col min="1"/></cols><conditionalFormatting/><rowBreaks/>' + AS_EXCEL,
        b'<c r="B99" s="1"><is><t>a: c</t></is></c>',
        b"",
    ],
)
def test_what_stands_within_the_range_keeps_to_it(data: bytes) -> None:
    assert kept(data)
    assert kept(data, 1)


@pytest.mark.parametrize(
    "stray",
    [
        b'<c r="C1"/>',
        b'<c r="AA1"/>',
        b'<c r="A100"/>',
        b'<c r="B1048576"><v>1</v></c>',
        b'<row r="100"/>',
        b'<row spans="1:2" r="1">',
        b"<row>",
        b"<row/>",
        b"<c><v>1</v></c>",
        b"<c/>",
        b'<c\nr="A1"/>',
        b"<c r='A1'/>",
        b'<c s="1" r="A1"/>',
        b'<c r="&#65;1"/>',
        b'<c r="a1"/>',
        b'<x:c r="A1"/>',
        b'<x:row r="1">',
        b"<t>a:c b</t>",
        b'<c r="A1"r="XFD9">',
        b"<" + b"a" * (LONGEST_TAG + 8192),
    ],
)
def test_what_is_beyond_it_or_written_otherwise_does_not(stray: bytes) -> None:
    assert not kept(AS_EXCEL + stray + AS_EXCEL, 4096)


@pytest.mark.parametrize("count", [1, 2, 25, 26, 27, 28, 52, 53, 702, 703, 728, 729, 1379, 16_384])
def test_the_letters_of_so_many_columns_are_told_from_all_others(count: int) -> None:
    wanted = re.compile(_columns(count).decode())
    names = [column_letter(index) for index in range(18_278)]
    assert [bool(wanted.fullmatch(name)) for name in names] == [i < count for i in range(18_278)]
