from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.errors import SourceError
from importer.intake.columns.reading import ColumnReading, Order
from importer.intake.columns.survey import Survey, survey, survey_rows
from importer.intake.mapping import Mapping, load_mapping
from importer.intake.source.file import Reading
from importer.model import Finding
from tests.intake.columns.lists import FIND_OUT, Rows, listed, surveyed, told

HEADER = ("Name", "Email", "When", "Zip")
COLUMNS = {
    "Name": "LastName",
    "Email": "EmailAddress",
    "When": "{field: mx_When, transform: date}",
    "Zip": "mx_Zip",
}
ROWS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["Ann", "LEE", "MÃ¼ller", "", "Total", "Name"]),
            st.sampled_from(["a@example.com", "", "b@example.com"]),
            st.sampled_from(["03/04/2026", "31/12/2026", "12/31/2026", "46000", "", "x"]),
            st.sampled_from(["12345", "2134", "", "n/a", "9.2E+11"]),
        ),
        st.sampled_from(
            [("", "", "", ""), HEADER, ("Total", "", "", "5"), ("Page 1", "", "", ""), ("Ann",),
             ("Region", "Sales"), ("North", "5"), ("Ann", "a@example.com", "", "12345", "", "")]
        ),
    ),
    max_size=25,
)  # fmt: skip


def mapping(columns: str) -> Mapping:
    return load_mapping(f"version: 1\ncolumns:\n{columns}", name="m.yaml")


def by(columns: str, rows: Rows, kinds: Sequence[str] = ()) -> Survey:
    return survey(listed(HEADER, rows, kinds), FIND_OUT, mapping(columns))


def found(rows: Rows, cut: int) -> list[Finding] | tuple[str, str | None]:
    try:
        return told(COLUMNS, rows, cut=cut)
    except SourceError as error:
        return error.what, error.where


@given(ROWS)
def test_the_same_is_told_of_a_list_however_it_is_cut(rows: list[tuple[str, ...]]) -> None:
    assert found(rows, 1) == found(rows, 7) == found(rows, 500)


def test_a_survey_says_how_columns_are_read_what_is_left_out_and_where_the_table_is() -> None:
    rows = [("Ann", "a@example.com", "31/12/2026", "1"), ("", "", "", ""),
            ("Bob", "b@example.com", "03/04/2026", "2"), ("Total", "", "", "3")]  # fmt: skip
    done = surveyed(HEADER, rows)
    dates = done.readings[2].dates
    assert dates is not None
    assert (dates.order, dates.both, dates.day_first) == (Order.DAY, 1, 1)
    assert done.left_out == {5}
    assert str(done.whole) == "A1:D5"


def test_a_plain_list_says_nothing() -> None:
    rows = [("Ann", "a@example.com", "31/12/2026", "1")]
    done = by("  Name: LastName\n  Email: EmailAddress\n", rows)
    assert done.readings == (ColumnReading(),) * 4
    assert done.rest == ()


def test_only_the_columns_that_the_mapping_uses_are_looked_at() -> None:
    rows = [("M\ufffdller", "a@example.com", "03/04/2026", "9.2E+11")]
    assert by("  Email: EmailAddress\n", rows).readings == (ColumnReading(),) * 4
    assert by("  Email: EmailAddress\n  Zip: mx_Zip\n", rows).readings[3].damage == (
        "scientific_notation",
    )


@pytest.mark.parametrize(
    ("entry", "is_read"),
    [
        ("{field: mx_When, transform: date}", True),
        ("{field: mx_When, transform: [trim, datetime]}", True),
        ("{field: mx_When, transform: date, formats: [D/M/YYYY]}", False),
        ("mx_When", False),
    ],
)
def test_dates_are_read_where_the_mapping_leaves_them_open(entry: str, is_read: bool) -> None:
    rows = [("Ann", "a@example.com", "31/12/2026", "")]
    done = by(f"  Email: EmailAddress\n  When: {entry}\n", rows)
    assert (done.readings[2].dates is not None) is is_read


def test_rows_of_a_wrong_width_say_nothing_but_those_with_blank_cells_behind() -> None:
    rows = [("Ann", "a@example.com", "12/31/2026"), ("Bob", "b@example.com", "31/12/2026", "", "")]
    dates = surveyed(HEADER, rows).readings[2].dates
    assert dates is not None
    assert (dates.day_first, dates.month_first) == (1, 0)


def test_the_readings_of_stored_rows_are_those_of_the_list() -> None:
    rows = [("Ann", "a@example.com", "31/12/2026", "9.2E+11"), ("Bob", "", "03/04/2026", "1")]
    columns = "".join(f"  {name}: {entry}\n" for name, entry in COLUMNS.items())
    blocks = listed(HEADER, rows).blocks()
    assert survey_rows(HEADER, blocks, mapping(columns)) == by(columns, rows).readings


def test_a_range_that_is_none_is_refused() -> None:
    with pytest.raises(SourceError):
        survey(listed(HEADER, []), Reading(area="A-D"))


def test_only_the_rows_of_a_range_are_looked_at() -> None:
    rows = [("Ann", "a@example.com", "31/12/2026", ""), ("Bob", "", "12/31/2026", "")]
    dates = surveyed(HEADER, rows, area="A1:D2").readings[2].dates
    assert dates is not None
    assert (dates.day_first, dates.month_first) == (1, 0)
