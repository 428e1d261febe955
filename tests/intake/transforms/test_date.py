from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.transforms.date import check_dates, make_date, make_datetime
from importer.intake.transforms.options import OptionError
from importer.model import Problem

ISO_DATE = make_date(())
ISO_TIME = make_datetime((), "UTC")
BERLIN = make_datetime(("DD.MM.YYYY HH:mm", "DD.MM.YYYY"), "Europe/Berlin")

NOT_A_DATE = (
    "it is not written as YYYY-MM-DD; write it so, as 2026-12-31, or name its form under formats: "
    "in the mapping"
)
NOT_A_TIME = (
    "it is not written as YYYY-MM-DD HH:mm:ss; write it so, as 2026-12-31 15:45:00, or name its "
    "form under formats: in the mapping"
)
HAS_TIME = "it has a time too; write the date alone, or use transform: datetime"
HAS_ZONE = "it has a time zone, and a date has none; write the date alone"
EXCEL = (
    "it is the number of a day in Excel; format the column as a date there, or set "
    "formats: [excel serial] for the column in the mapping"
)
NO_OFFSET = "no place has its offset from UTC; write one such as +05:30"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2026-01-31", "2026-01-31"),
        ("2024-02-29", "2024-02-29"),
        ("1753-01-01", "1753-01-01"),
        ("9999-12-31", "9999-12-31"),
        (" 2026-01-31\n", "2026-01-31"),
        ("\u200e2026-01-31", "2026-01-31"),
        ("2026-01-31 00:00", "2026-01-31"),
        ("2026-01-31 00:00:00", "2026-01-31"),
        ("2026-01-31T00:00:00", "2026-01-31"),
        ("2026-01-31T00:00:00.000", "2026-01-31"),
        ("", ""),
        ("  ", "  "),
        ("\u200b", ""),
    ],
)
def test_an_iso_date_is_kept(cell: str, value: str) -> None:
    assert ISO_DATE(cell) == value


@pytest.mark.parametrize(
    ("formats", "cell", "value"),
    [
        (("DD/MM/YYYY",), "31/01/2026", "2026-01-31"),
        (("DD/MM/YYYY", "MM/DD/YYYY"), "01/02/2026", "2026-02-01"),
        (("MM/DD/YYYY", "DD/MM/YYYY"), "01/02/2026", "2026-01-02"),
        (("DD/MM/YYYY", "MM/DD/YYYY"), "01/31/2026", "2026-01-31"),
        (("DD/MM/YYYY", "YYYY-MM-DD"), "2026-01-31", "2026-01-31"),
        (("D MMM YY",), "1 jan 99", "1999-01-01"),
    ],
)
def test_the_first_format_that_fits_is_taken(
    formats: tuple[str, ...], cell: str, value: str
) -> None:
    assert make_date(formats)(cell) == value


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("31/01/2026", NOT_A_DATE),
        ("2026-1-31", NOT_A_DATE),
        ("26-01-31", NOT_A_DATE),
        ("2026/01/31", NOT_A_DATE),
        ("20260131", NOT_A_DATE),
        ("2026-W05-6", NOT_A_DATE),
        ("2026-01", NOT_A_DATE),
        ("Jan 31, 2026", NOT_A_DATE),
        ("today", NOT_A_DATE),
        ("N/A", NOT_A_DATE),
        ("2026-01-31 and more", NOT_A_DATE),
        ("٢٠٢٦-٠١-٣١", NOT_A_DATE),
        ("2026-01-31" + " " * 99 + "x", NOT_A_DATE),
        ("2026-02-31", "February 2026 has no day 31; correct it"),
        ("2025-02-29", "February 2025 has no day 29; correct it"),
        ("2026-04-31", "April 2026 has no day 31; correct it"),
        ("2026-13-01", "there is no month 13; correct it"),
        ("0000-00-00", "its year is before 1753; write the year in full"),
        ("0026-01-31", "its year is before 1753; write the year in full"),
        ("2026-01-31 10:00", HAS_TIME),
        ("2026-01-31T00:00:01", HAS_TIME),
        ("2026-01-31T00:00:00Z", HAS_ZONE),
        ("2026-01-31 00:00:00+05:30", HAS_ZONE),
        ("45321", EXCEL),
        ("45321.5", EXCEL),
    ],
)
def test_what_is_no_date_is_refused_with_what_to_do(cell: str, why: str) -> None:
    assert ISO_DATE(cell) == Problem("bad_date", why, value=cell)


def test_a_text_of_no_format_is_refused_with_the_formats() -> None:
    formats = ("DD/MM/YYYY", "D MMM YYYY", "MM-DD-YY", "YYYYMMDD")

    assert make_date(formats)("2026-01-31") == Problem(
        "bad_date",
        "it is not written as DD/MM/YYYY or D MMM YYYY or MM-DD-YY; write it so, as 31/12/2026, or "
        "name its form under formats: in the mapping",
        value="2026-01-31",
    )


def test_a_day_that_is_not_is_named_where_no_other_format_fits() -> None:
    problem = make_date(("DD/MM/YYYY", "YYYY-MM-DD"))("31/02/2026")

    assert problem == Problem(
        "bad_date", "February 2026 has no day 31; correct it", value="31/02/2026"
    )


def test_a_date_has_no_time_in_its_format() -> None:
    with pytest.raises(OptionError) as caught:
        check_dates(("DD/MM/YYYY", "DD/MM/YYYY HH:mm"))

    assert caught.value.what == 'the format "DD/MM/YYYY HH:mm" has a time, and date gives none'
    assert caught.value.fix == "use transform: datetime, or take the time out of the format"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2026-01-31", "2026-01-31 00:00:00"),
        ("2026-01-31 10:30", "2026-01-31 10:30:00"),
        ("2026-01-31 10:30:45", "2026-01-31 10:30:45"),
        ("2026-01-31T10:30:45", "2026-01-31 10:30:45"),
        ("2026-01-31 10:30:45.999", "2026-01-31 10:30:45"),
        ("2026-01-31T10:30:45,5", "2026-01-31 10:30:45"),
        ("2026-01-31T10:30:45Z", "2026-01-31 10:30:45"),
        ("2026-01-31T10:30:45.123456789Z", "2026-01-31 10:30:45"),
        ("2026-01-31 10:30:45 UTC", "2026-01-31 10:30:45"),
        ("2026-01-31T10:30:45+05:30", "2026-01-31 05:00:45"),
        ("2026-01-31 10:30:45 +0530", "2026-01-31 05:00:45"),
        ("2026-01-31 10:30+02", "2026-01-31 08:30:00"),
        ("2026-01-01T00:00:00+14:00", "2025-12-31 10:00:00"),
        ("2026-12-31T23:00:00-05:00", "2027-01-01 04:00:00"),
        ("", ""),
        (" ", " "),
    ],
)
def test_an_iso_moment_comes_out_in_utc(cell: str, value: str) -> None:
    assert ISO_TIME(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("31.01.2026 10:30", "2026-01-31 09:30:00"),
        ("31.07.2026 10:30", "2026-07-31 08:30:00"),
        ("31.07.2026", "2026-07-30 22:00:00"),
        ("29.03.2026 01:59", "2026-03-29 00:59:00"),
        ("29.03.2026 03:00", "2026-03-29 01:00:00"),
        ("25.10.2026 02:30", "2026-10-25 00:30:00"),  # twice; the first
        ("25.10.2026 03:00", "2026-10-25 02:00:00"),
    ],
)
def test_a_local_time_is_that_of_the_zone(cell: str, value: str) -> None:
    assert BERLIN(cell) == value


def test_a_date_alone_is_the_days_first_moment_where_midnight_is_skipped_too() -> None:
    cairo = make_datetime((), "Africa/Cairo")

    assert cairo("2026-04-24") == "2026-04-23 22:00:00"
    assert cairo("2026-04-24 00:30") == Problem(
        "bad_datetime",
        "the clocks of Africa/Cairo were put forward past that time; write the time that they "
        "showed",
        value="2026-04-24 00:30",
    )


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("31/01/2026 10:30", NOT_A_TIME),
        ("2026-01-31 10", NOT_A_TIME),
        ("2026-01-31 1:30", NOT_A_TIME),
        ("2026-01-31  10:30", NOT_A_TIME),
        ("2026-01-31 10:30 PM", NOT_A_TIME),
        ("2026-01-31 10:30 IST", NOT_A_TIME),
        ("2026-01-31T10:30:45+5:30", NOT_A_TIME),
        ("2026-01-31Z", NOT_A_TIME),
        ("10:30", NOT_A_TIME),
        ("20260131T103045", NOT_A_TIME),
        ("1769853045", NOT_A_TIME),
        ("2026-01-31 10:30 ... " + "x" * 100, NOT_A_TIME),
        ("yesterday", NOT_A_TIME),
        ("45321.4375", EXCEL),
        ("2026-02-30 10:30", "February 2026 has no day 30; correct it"),
        ("2026-00-30 10:30", "there is no month 0; correct it"),
        ("2026-01-31 24:00", "there is no hour 24; correct it"),
        ("2026-01-31 10:60", "there is no minute 60; correct it"),
        ("2026-01-31 23:59:60", "there is no second 60; correct it"),
        ("0001-01-01 00:00", "its year is before 1753; write the year in full"),
        ("2026-01-31 10:30+15:00", NO_OFFSET),
        ("2026-01-31 10:30-99:99", NO_OFFSET),
        ("2026-01-31 10:30+05:60", NO_OFFSET),
        ("9999-12-31 23:59-01:00", "it is beyond the year 9999; write an earlier one"),
    ],
)
def test_what_is_no_moment_is_refused_with_what_to_do(cell: str, why: str) -> None:
    assert ISO_TIME(cell) == Problem("bad_datetime", why, value=cell)


@given(st.dates(date(1753, 1, 1)))
def test_every_date_is_accepted_and_passes_again(day: date) -> None:
    value = make_date(("DD/MM/YYYY",))(f"{day:%d/%m/}{day.year:04}")

    assert value == day.isoformat()
    assert ISO_DATE(value) == value


@given(
    st.datetimes(datetime(1753, 1, 2), datetime(9999, 12, 30)),  # noqa: DTZ001  # as in a cell
    st.integers(-14 * 60, 14 * 60),
)
def test_a_moment_with_an_offset_is_that_moment_in_utc(moment: datetime, minutes: int) -> None:
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    value = ISO_TIME(aware.isoformat())

    assert value == aware.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    assert ISO_TIME(value) == value


@given(st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001  # as in a cell
def test_every_moment_of_a_zone_is_found_again_or_is_in_a_gap(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    value = BERLIN(f"{moment:%d.%m.%Y %H:%M}")
    zone = ZoneInfo("Europe/Berlin")
    offsets = [moment.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1)]

    if isinstance(value, str):
        utc = datetime.fromisoformat(value).replace(tzinfo=UTC)
        assert utc.astimezone(zone).replace(tzinfo=None) == moment
        assert utc.replace(tzinfo=None) == moment - offsets[0]
    else:
        assert offsets[0] < offsets[1]
