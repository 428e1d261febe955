import pytest

from importer.delivery.lookups import Record
from importer.jobs.read_back import Differences, sample_size
from importer.model import Lead


@pytest.mark.parametrize(
    ("created", "wanted", "size"),
    [
        (0, None, 0),
        (3, None, 3),
        (5, None, 5),
        (500, None, 5),
        (501, None, 6),
        (100_000, None, 1_000),
        (10, 0, 0),
        (10, 3, 3),
        (10, 30, 10),
    ],
)
def test_a_hundredth_is_read_and_five_at_least(created: int, wanted: int | None, size: int) -> None:
    assert sample_size(created, wanted) == size


def compared(record: Record | None) -> Differences:
    found = Differences()
    found.compare(7, Lead({"mx_City": "Pune", "Phone": "+91-9845098450"}, {}), record)
    return found


def test_a_value_written_another_way_is_the_same() -> None:
    found = compared({"mx_City": "pune ", "Phone": "9845098450"})
    assert (found.read, dict(found.altered), dict(found.dropped)) == (1, {}, {})


def test_what_is_altered_is_told_from_what_is_dropped() -> None:
    found = compared({"mx_City": "Pun", "Phone": None})
    assert ([*found.altered], [*found.dropped]) == (["mx_City"], ["Phone"])


def test_of_a_field_that_no_record_shows_nothing_is_said() -> None:
    found = compared({"mx_City": "Pune"})
    found.hide({"Phone"})
    assert (dict(found.altered), dict(found.dropped)) == ({}, {})


def test_a_lead_that_is_not_shown_is_no_difference() -> None:
    found = compared(None)
    assert (found.read, found.absent.total, dict(found.dropped)) == (0, 1, {})
