from collections.abc import Sequence

import pytest

from importer.errors import SourceError
from importer.intake.columns.groups import GroupTally
from tests.intake.columns.lists import Rows, listed, surveyed

SPACED = ("First", "Last", "", "Phone", "City")
FULL = ("a", "b", "", "1", "c")
LEFT = ("a", "b", "", "", "")
RIGHT = ("", "", "", "1", "c")
BLANK = ("", "", "", "", "")


def parts(header: Sequence[str], rows: Rows, cut: int = 500) -> list[str]:
    tally = GroupTally(header)
    for block in listed(header, rows, cut=cut).blocks():
        tally.add(block)
    return [f"{group.start}-{group.end} to {group.last}" for group in tally.tables()]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (("First", "Last", "Phone"), [("a", "b", "1")]),
        (SPACED, [FULL] * 3),
        (SPACED, [*[FULL] * 10, LEFT]),
        (SPACED, [FULL, LEFT] * 10),
        (SPACED, [LEFT, *[FULL] * 3, *[LEFT] * 6]),
        (SPACED, [LEFT] * 5),
        (SPACED, []),
        (SPACED, [*[FULL] * 3, *[LEFT] * 6, ("a", "b", "note", "", "")]),
        (("Name", "Email", "", "Note"), [*[("a", "b", "", "n")] * 3, *[("a", "b", "", "")] * 7]),
        (("Name", "", "Email", "", "Name"), [("a", "", "b", "", "c")]),
        (("Name", "Email", "", ""), [("a", "b", "", "")]),
    ],
)
def test_a_list_with_space_between_its_columns_is_one(header: Sequence[str], rows: Rows) -> None:
    assert parts(header, rows) == []


@pytest.mark.parametrize(
    ("header", "rows", "found"),
    [
        (SPACED, [*[FULL] * 3, *[LEFT] * 7], ["0-2 to 11", "3-5 to 4"]),
        (SPACED, [*[FULL] * 3, *[RIGHT] * 7], ["0-2 to 4", "3-5 to 11"]),
        (SPACED, [FULL, BLANK, FULL, *[LEFT] * 4], ["0-2 to 8", "3-5 to 4"]),
        (("Name", "Email", "", "Name", "Email"), [FULL] * 3, ["0-2 to 4", "3-5 to 4"]),
        (("Name", "Email", "", "EMAIL ", "x"), [FULL] * 3, ["0-2 to 4", "3-5 to 4"]),
    ],
)
@pytest.mark.parametrize("cut", [1, 3, 500])
def test_tables_side_by_side_are_found(
    header: Sequence[str], rows: Rows, found: list[str], cut: int
) -> None:
    assert parts(header, rows, cut) == found


def test_a_person_is_asked_which_of_two_it_is() -> None:
    with pytest.raises(SourceError) as caught:
        surveyed(SPACED, [*[FULL] * 3, *[LEFT] * 7])
    assert caught.value.where == "list.csv: A1:B11 and D1:E4"
