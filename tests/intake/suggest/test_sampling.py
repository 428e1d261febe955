"""Values from all over a list, and proof by all of it."""

from importer.intake.columns.reading import Order
from importer.intake.source.file import Reading
from importer.intake.suggest.sampling import MOST_ROWS, look_at
from tests.intake.columns.lists import listed


def test_the_sample_is_spread_over_the_list() -> None:
    rows = [[f"p{number}@example.com", ""] for number in range(30_000)]
    rows[29_999][1] = "late"
    (email, late), count = look_at(listed(["Email", "Late"], rows), Reading())
    assert count == 30_000
    assert len(email.values.texts) <= MOST_ROWS
    assert email.values.texts[0] == "p0@example.com"
    assert int(email.values.texts[-1][1:].partition("@")[0]) > 29_900
    assert late.values.texts == ["late"]


def test_one_row_of_all_proves_the_order_of_dates() -> None:
    rows = [[f"p{number}@example.com", "01/02/1980"] for number in range(5000)]
    rows[4321][1] = "23/02/1980"
    (_, day), _ = look_at(listed(["Email", "DOB"], rows), Reading())
    assert day.reading.dates is not None
    assert day.reading.dates.order is Order.DAY


def test_what_says_nothing_is_no_value() -> None:
    (column, _), _ = look_at(listed(["A", "B"], [["n/a", "x"], ["-", "y"]]), Reading())
    assert column.values.is_blank


def test_a_name_that_stands_twice_is_a_letter() -> None:
    columns, _ = look_at(listed(["A", "Mail", "Mail "], [["1", "2", "3"]]), Reading())
    assert [(each.name, each.repeated) for each in columns] == [
        ("A", ""),
        ("B", "Mail"),
        ("C", "Mail "),
    ]
