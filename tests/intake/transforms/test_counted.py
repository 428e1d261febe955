import pytest

from importer.intake.transforms.counted import read_form
from importer.intake.transforms.date import check_dates, make_date, make_datetime
from importer.intake.transforms.options import OptionError
from importer.model import Problem

HAS_TIME = "it has a time too; write the date alone, or use transform: datetime"
NO_DAY = "Excel has no day of that number; write the date as 2026-12-31"


@pytest.mark.parametrize(
    ("form", "cell", "moment"),
    [
        ("excel serial", "44927", "2023-01-01 00:00:00"),
        ("excel serial", "44927.5", "2023-01-01 12:00:00"),
        ("excel serial", "44927,5", "2023-01-01 12:00:00"),
        ("excel serial", "45321.395833333333", "2024-01-30 09:30:00"),
        ("excel serial", "1", "1900-01-01 00:00:00"),
        ("excel serial", "59", "1900-02-28 00:00:00"),
        ("excel serial", "61", "1900-03-01 00:00:00"),
        ("excel serial", "2958465", "9999-12-31 00:00:00"),
        ("Excel  Serial", " 44927 ", "2023-01-01 00:00:00"),
        ("unix seconds", "1767225600", "2026-01-01 00:00:00"),
        ("unix seconds", "1767225600.9", "2026-01-01 00:00:00"),
        ("unix seconds", "0", "1970-01-01 00:00:00"),
        ("unix seconds", "-1", "1969-12-31 23:59:59"),
        ("unix milliseconds", "1767225600000", "2026-01-01 00:00:00"),
        ("unix milliseconds", "1767225600999", "2026-01-01 00:00:00"),
        ("unix milliseconds", "-1", "1969-12-31 23:59:59"),
    ],
)
def test_a_count_is_a_moment(form: str, cell: str, moment: str) -> None:
    assert make_datetime((form,), "UTC")(cell) == moment


def test_a_day_number_is_of_the_mapping_s_zone_and_seconds_are_of_utc() -> None:
    assert make_datetime(("excel serial",), "Asia/Kolkata")("44927.5") == "2023-01-01 06:30:00"
    assert make_datetime(("unix seconds",), "Asia/Kolkata")("1767225600") == "2026-01-01 00:00:00"


def test_a_day_number_alone_is_the_day_s_first_moment_and_one_with_a_gap_s_time_is_refused() -> (
    None
):
    cairo = make_datetime(("excel serial",), "Africa/Cairo")  # no 0:00 to 0:59 on 2024-04-26

    assert cairo("45408") == "2024-04-25 22:00:00"
    assert isinstance(cairo("45408.02"), Problem)


@pytest.mark.parametrize(
    ("form", "cell", "result"),
    [
        ("excel serial", "44927", "2023-01-01"),
        ("excel serial", "44927.0", "2023-01-01"),
        ("excel serial", "44927.5", HAS_TIME),
        ("unix seconds", "1767225600", "2026-01-01"),
        ("unix seconds", "1767225601", HAS_TIME),
        ("unix milliseconds", "1767225600000", "2026-01-01"),
        ("excel serial", "0", NO_DAY),
        ("excel serial", "0.5", NO_DAY),
        ("excel serial", "60", NO_DAY),
        ("excel serial", "2958466", NO_DAY),
        ("unix seconds", "999999999999", "it is beyond the year 9999; write an earlier moment"),
        ("unix seconds", "-9999999999", "its year is before 1753; write a later moment"),
    ],
)
def test_a_count_is_a_date_where_it_is_midnight(form: str, cell: str, result: str) -> None:
    made = make_date((form,))(cell)

    assert (made.why if isinstance(made, Problem) else made) == result


@pytest.mark.parametrize("form", ["excel serial", "unix seconds", "unix milliseconds"])
@pytest.mark.parametrize("text", ["", "x", "2026-01-31", "1e5", "+5", "5 ", "१", "1.5.2", "9" * 99])
def test_another_text_is_none(form: str, text: str) -> None:
    assert read_form(form).read(text) is None


@pytest.mark.parametrize("form", ["excel serial", "unix seconds", "unix milliseconds"])
def test_the_example_is_of_the_format(form: str) -> None:
    check_dates([form])
    assert make_date((form,))(read_form(form).example) == "2026-12-31"


@pytest.mark.parametrize("form", ["excel", "unix", "serial", "unix seconds HH"])
def test_other_names_are_no_formats(form: str) -> None:
    with pytest.raises(OptionError):
        read_form(form)
