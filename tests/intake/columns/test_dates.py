import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.columns.codes import REMEMBERED
from importer.intake.columns.dates import DateTally
from importer.intake.columns.reading import DateReading, Order
from importer.intake.transforms.date import make_date, make_datetime
from importer.model import Problem


def read(*texts: str) -> DateReading:
    tally = DateTally()
    tally.add(texts)
    return tally.reading()


def formats(*texts: str) -> tuple[str, ...]:
    return read(*texts).formats


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("13/02/2026", "D/M/YYYY"),
        ("02/13/2026", "M/D/YYYY"),
        ("02/13/26", "M/D/YY"),
        ("31-12-99", "D-M-YY"),
        ("31.1.2026", "D.M.YYYY"),
        ("31. 1. 2026", "D. M. YYYY"),
        ("31 12 2026", "D M YYYY"),
        ("2026/1/5", "YYYY/M/D"),
        ("2026.01.31", "YYYY.M.D"),
        ("2026-1-5", "YYYY-M-D"),
        ("20260131", "YYYYMMDD"),
        ("99-12-31", "YY-M-D"),
        ("31/12/2026 9:05", "D/M/YYYY H:mm"),
        ("31/12/2026 09:05:59", "D/M/YYYY H:mm:ss"),
        ("12/31/2026 3:45 PM", "M/D/YYYY hh:mm A"),
        ("12/31/2026, 12:45:10\u202fa.m.", "M/D/YYYY, hh:mm:ss A"),
        ("2026/01/31T10:15", "YYYY/M/DTH:mm"),
        ("2026-01-31 9:05", "YYYY-M-D H:mm"),
        ("3 mars 2026", "D MMM YYYY"),
        ("5 août 2025", "D MMM YYYY"),
        ("5 aou\u0302t 2025", "D MMM YYYY"),
        ("3. März 2026", "D MMM YYYY"),
        ("3.März 2026", "D.MMM YYYY"),
        ("3 de enero de 2026", "D MMM YYYY"),
        ("1º de MARÇO de 2026", "D MMM YYYY"),
        ("1er janv. 2026", "D MMM YYYY"),
        ("3rd of May 2026", "D MMM YYYY"),
        ("3 ott 2026 10:15", "D MMM YYYY H:mm"),
        ("3-Mar-26", "D-MMM-YY"),
        ("3Mar2026", "DMMMYYYY"),
        ("Sept 3 2026", "MMM D, YYYY"),
        ("March 3rd, 2026", "MMM D, YYYY"),
        ("enero 3 de 2026", "MMM D, YYYY"),
        ("2026-Mar-03", "YYYY-MMM-D"),
        ("44927", "excel serial"),
        ("44927.5", "excel serial"),
        ("1767225600", "unix seconds"),
        ("1767225600000", "unix milliseconds"),
        ("\u00a0 31/12/2026\t", "D/M/YYYY"),
    ],
)
def test_a_value_that_fits_one_form_has_that_format_and_is_read_by_it(text: str, form: str) -> None:
    assert formats(text) == (form,)
    assert isinstance(make_datetime((form,), "UTC")(text), str)


@pytest.mark.parametrize(
    "text",
    [
        "00/00/0000",
        "31/02/2026",
        "32/13/2026",
        "2026/31/12",
        "2026-02-30",
        "31122026",
        "31/12/202",
        "31/12-2026",
        "31/12/2026 24:00",
        "31/12/2026 10:60",
        "31/12/2026 13:00 PM",
        "31/12/2026 10:00:00.5",
        "30 Feb 2026",
        "3 Foo 2026",
        "3 mars",
        "mars 2026",
        "12345",
        "99999",
        "123456",
        "45000.5.1",
        "17672256000",
        "n/a",
        "Anna",
        "०१/०२/२०२६",
        "1/2/2026" + " " * 100 + "x",
        "\x00",
        "\ud800",
        "3 mars 2026\n4 mars 2026",
    ],
)
def test_what_is_no_date_is_counted_as_another_value(text: str) -> None:
    assert read(text) == DateReading(others=1)


@pytest.mark.parametrize(
    "text",
    ["2026-01-31", "2026-01-31 10:00", "2026-01-31T10:00:59.123Z", "2026-01-31T10:00+05:30"],
)
def test_iso_has_no_format_and_proves_nothing(text: str) -> None:
    assert read(text) == DateReading()


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["31/12/2026", "03/04/2026"], (("D/M/YYYY",), Order.DAY, 1, 1, 0)),
        (["12/31/2026", "03/04/2026"], (("M/D/YYYY",), Order.MONTH, 1, 0, 1)),
        (["12/31/26", "3.4.2026"], (("M/D/YY", "M.D.YYYY"), Order.MONTH, 1, 0, 1)),
        (["03/04/2026"] * 3, (("D/M/YYYY", "M/D/YYYY"), Order.OPEN, 3, 0, 0)),
        (["03/04/2026", "05/05/2026"], (("D/M/YYYY", "M/D/YYYY"), Order.OPEN, 1, 0, 0)),
        (["05/05/2026"], (("D/M/YYYY", "M/D/YYYY"), Order.NONE, 0, 0, 0)),
        (["31/12/2026", "12/31/2026"], (("D/M/YYYY", "M/D/YYYY"), Order.MIXED, 0, 1, 1)),
        (["29/02/2024", "02/29/2023"], (("D/M/YYYY",), Order.DAY, 0, 1, 0)),
        (["3 May 2026", "2026/1/5"], (("D MMM YYYY", "YYYY/M/D"), Order.NONE, 0, 0, 0)),
        # two-digit years stand last where they differ less there; or one proves that they stand
        # first
        (["12/05/26", "28/11/26", "31/01/27"], (("D/M/YY",), Order.DAY, 1, 2, 0)),
        (["24-12-31", "01-02-03"], (("D-M-YY", "YY-M-D"), Order.OPEN, 2, 1, 0)),
        (["26-11-12", "26-11-30"], (("D-M-YY", "YY-M-D"), Order.OPEN, 2, 2, 0)),
        (["99-12-31", "01-02-03"], (("YY-M-D",), Order.NONE, 0, 0, 0)),
        (["32-1-5", "31-12-99", "01-02-03"], (("D-M-YY", "YY-M-D"), Order.MIXED, 1, 1, 0)),
    ],
)
def test_the_order_is_what_all_values_prove(
    texts: list[str], found: tuple[tuple[str, ...], Order, int, int, int]
) -> None:
    reading = read(*texts)

    assert (
        reading.formats,
        reading.order,
        reading.both,
        reading.day_first,
        reading.month_first,
    ) == found


@pytest.mark.parametrize(
    ("texts", "found", "others"),
    [
        (["44927", "44928.25", "2026-01-31"], ("excel serial",), 0),
        (["44927", "31/12/2026"], ("D/M/YYYY", "excel serial"), 0),
        (["44927", "n/a"], (), 2),
        (["44927", "1767225600"], (), 2),
        (["1767225600", "1767225600000"], (), 2),
        (["1767225600", "999999999"], ("unix seconds",), 0),
    ],
)
def test_a_count_is_a_date_where_all_that_are_no_other_dates_are_such_counts(
    texts: list[str], found: tuple[str, ...], others: int
) -> None:
    assert (formats(*texts), read(*texts).others) == (found, others)


def test_the_blocks_of_a_list_are_counted_together() -> None:
    tally = DateTally()
    for block in (["31/12/2026 10:00", "x"], ["03/04/2026 10:01"] * 2, [], ["03/04/2026 11:59"]):
        tally.add(block)

    assert tally.reading() == DateReading(("D/M/YYYY H:mm",), Order.DAY, 3, 1, 0, 1)


def test_the_texts_that_are_remembered_are_few_whatever_the_list_has() -> None:
    tally = DateTally()
    for block in range(4):
        tally.add([f"x{block}{index}" for index in range(REMEMBERED // 2)])

    assert tally.reading() == DateReading(others=REMEMBERED * 2)
    assert len(tally._codes) <= REMEMBERED


DAYS = st.lists(st.dates(date(1800, 1, 1)), min_size=1, max_size=40)
WRITTEN = st.sampled_from(["D/M/YYYY", "M/D/YYYY", "D.M.YYYY", "M-D-YYYY", "D MMM YYYY"])
NAMES = "Jan févr. März abr mag junho Juli agosto septembre Okt. nov déc."


def write(day: date, form: str) -> str:
    parts = {
        "YYYY": f"{day.year:04}",
        "MMM": NAMES.split()[day.month - 1],
        "M": f"{day.month:02}",
        "D": str(day.day),
    }
    return re.sub("[A-Z]+", lambda part: parts[part[0]], form)


@given(DAYS, WRITTEN)
def test_dates_with_a_day_above_twelve_are_read_back(days: Sequence[date], form: str) -> None:
    days = [*days, date(2026, 1, 31)]
    texts = [write(day, form) for day in days]

    transform = make_date((), formats(*texts))

    assert [transform(text) for text in texts] == [day.isoformat() for day in days]


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), min_size=1))
def test_dates_that_all_fit_both_orders_are_never_guessed(pairs: list[tuple[int, int]]) -> None:
    texts = [f"{first}/{second}/2026" for first, second in pairs]
    reading = read(*texts)
    transform = make_date((), reading.formats)

    differ = [first != second for first, second in pairs]
    assert reading.both == sum(differ)
    assert reading.order == (Order.OPEN if any(differ) else Order.NONE)
    assert [isinstance(transform(text), Problem) for text in texts] == differ


@given(st.lists(st.text(st.sampled_from("0123456789/.-: ,TAPMmarçode\n\x00"), max_size=20)))
def test_any_texts_are_counted_and_what_was_found_can_be_read(texts: list[str]) -> None:
    reading = read(*texts)

    make_datetime((), "UTC", reading.formats)
    assert (
        0 <= reading.both + reading.day_first + reading.month_first + reading.others <= len(texts)
    )
