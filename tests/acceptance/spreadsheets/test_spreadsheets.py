"""Odd spreadsheets, one file a test: read as a person reads it, or refused with the reason."""

from collections import Counter
from pathlib import Path

import pytest

from tests.acceptance.spreadsheets.damage import DAMAGE
from tests.acceptance.spreadsheets.dates import DATES
from tests.acceptance.spreadsheets.dialects import DIALECTS
from tests.acceptance.spreadsheets.encodings import ENCODINGS
from tests.acceptance.spreadsheets.formats import FORMATS
from tests.acceptance.spreadsheets.headers import HEADERS, SEVERAL
from tests.acceptance.spreadsheets.letters import LETTERS
from tests.acceptance.spreadsheets.more import MORE
from tests.acceptance.spreadsheets.numbers import NUMBERS
from tests.acceptance.spreadsheets.odd import Odd, Refused
from tests.acceptance.spreadsheets.ordinary import ORDINARY
from tests.acceptance.spreadsheets.reading import SILENT, complaints
from tests.acceptance.spreadsheets.tables import TABLES
from tests.acceptance.spreadsheets.tried import TRIED
from tests.acceptance.spreadsheets.workbooks import WORKBOOKS

ALL: tuple[Odd, ...] = (
    *ORDINARY,
    *TABLES,
    *HEADERS,
    *SEVERAL,
    *ENCODINGS,
    *DIALECTS,
    *FORMATS,
    *WORKBOOKS,
    *DAMAGE,
    *LETTERS,
    *DATES,
    *NUMBERS,
    *MORE,
    *TRIED,
)
MANY = 120  # named files, at least


@pytest.mark.parametrize("odd", ALL, ids=lambda odd: odd.name)
def test_an_odd_file_is_read_right_or_refused_with_the_reason(odd: Odd, tmp_path: Path) -> None:
    found = complaints(odd, tmp_path)
    assert not found, "\n" + "\n".join(map(str, found))


def test_each_file_has_a_name_of_its_own() -> None:
    assert not [name for name, count in Counter(odd.name for odd in ALL).items() if count > 1]


def test_none_is_read_wrong(tmp_path: Path) -> None:
    """A file that was refused, and should be read, is wrong too; silently wrong is worse."""
    counts = Counter({"right": 0, "refused": 0, "wrong": 0})
    wrong, silent = [], []
    for odd in ALL:
        found = complaints(odd, tmp_path)
        if not found:
            counts["refused" if isinstance(odd.expects, Refused) else "right"] += 1
            continue
        counts["wrong"] += 1
        wrong.append(odd.name)
        if any(each.kind == SILENT for each in found):
            silent.append(odd.name)
    assert counts.total() >= MANY
    assert (counts["wrong"], silent, wrong) == (0, [], []), dict(counts)
