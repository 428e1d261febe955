import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.transforms.cell import CellError
from importer.intake.transforms.formats import LONGEST, MONTHS, PARTS, read_format
from importer.intake.transforms.options import OptionError

THE_PARTS = "the parts are YYYY YY MMM MM M DD D HH H hh mm ss A"
EXAMPLE = datetime.fromisoformat("2026-12-31T15:45:00")


@pytest.mark.parametrize(
    ("form", "text", "moment"),
    [
        ("YYYY-MM-DD", "2026-01-31", "2026-01-31"),
        ("DD/MM/YYYY", "31/01/2026", "2026-01-31"),
        ("MM/DD/YYYY", "01/31/2026", "2026-01-31"),
        ("D/M/YYYY", "1/2/2026", "2026-02-01"),
        ("D/M/YYYY", "01/02/2026", "2026-02-01"),
        ("D.M.YY", "1.2.26", "2026-02-01"),
        ("DDMMYYYY", "01022026", "2026-02-01"),
        ("YYMMDD", "690201", "1969-02-01"),
        ("YYMMDD", "680201", "2068-02-01"),
        ("DD MMM YYYY", "01 feb 2026", "2026-02-01"),
        ("D MMM YYYY", "1 SEPTEMBER 2026", "2026-09-01"),
        ("D MMM YYYY", "1 Sept 2026", "2026-09-01"),
        ("MMM D, YYYY", "May 1, 2026", "2026-05-01"),
        ("DMMMYYYY", "1May2026", "2026-05-01"),
        ("D MMM YYYY", "3. März 2026", "2026-03-03"),
        ("D MMM YYYY", "3 MARZ 2026", "2026-03-03"),
        ("D MMM YYYY", "3 mars 2026", "2026-03-03"),
        ("D MMM YYYY", "5 août 2025", "2025-08-05"),
        ("D MMM YYYY", "5 aou\u0302t 2025", "2025-08-05"),
        ("D MMM YYYY", "5 déc. 2025", "2025-12-05"),
        ("D MMM YYYY", "1er janvier 2026", "2026-01-01"),
        ("D MMM YYYY", "3 de enero de 2026", "2026-01-03"),
        ("D MMM YYYY", "3 de setiembre del 2026", "2026-09-03"),
        ("D MMM YYYY", "1º de março de 2026", "2026-03-01"),
        ("D MMM YYYY", "1° giugno 2026", "2026-06-01"),
        ("D MMM YYYY", "3rd of May, 2026", "2026-05-03"),
        ("MMM D, YYYY", "March 3rd, 2026", "2026-03-03"),
        ("MMM D, YYYY", "March 3 2026", "2026-03-03"),
        ("MMM D YYYY", "Dec. 1st ,2026", "2026-12-01"),
        ("D-MMM-YY", "3-Mär.-26", "2026-03-03"),
        ("D. MMM YYYY", "3. Jänner 2026", "2026-01-03"),
        ("D.MMM YYYY", "3.Juli 2026", "2026-07-03"),
        ("D MMM YYYY H:mm", "3 ott 2026, 9:05", "2026-10-03T09:05"),
        ("DD MM YYYY", "01 \u00a002\t2026", "2026-02-01"),
        ("YYYY年M月D日", "2026年1月3日", "2026-01-03"),
        ("(DD).MM+YYYY", "(31).01+2026", "2026-01-31"),
        (" DD/MM/YYYY ", "31/01/2026", "2026-01-31"),
        ("DD/MM/YYYY HH:mm", "31/01/2026 09:05", "2026-01-31T09:05"),
        ("DD/MM/YYYY H:mm:ss", "31/01/2026 9:05:07", "2026-01-31T09:05:07"),
        ("DD/MM/YYYY HH", "31/01/2026 23", "2026-01-31T23:00"),
        ("YYYY-MM-DDTHH:mm", "2026-01-31T09:05", "2026-01-31T09:05"),
        ("M/D/YYYY hh:mm A", "1/31/2026 3:05 PM", "2026-01-31T15:05"),
        ("M/D/YYYY hh:mm A", "1/31/2026 12:05\u202fa.m.", "2026-01-31T00:05"),
        ("M/D/YYYY hh:mmA", "1/31/2026 12:05pm", "2026-01-31T12:05"),
    ],
)
def test_a_text_of_the_format_is_read(form: str, text: str, moment: str) -> None:
    assert read_format(form).read(text) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("YYYY-MM-DD", "2026-1-31"),
        ("YYYY-MM-DD", "26-01-31"),
        ("YYYY-MM-DD", "2026/01/31"),
        ("YYYY-MM-DD", "2026-01-31 10:00"),
        ("YYYY-MM-DD", "२०२६-०१-३१"),
        ("DD/MM/YYYY", "1/01/2026"),
        ("D/M/YYYY", "001/1/2026"),
        ("D/M/YYYY", "1/1/26"),
        ("D.M.YYYY", "1x1x2026"),
        ("D MMM YYYY", "1 Foo 2026"),
        ("D MMM YYYY", "1 Janu 2026"),
        ("D MMM YYYY", "1 Fébrier 2026"),
        ("D MMM YYYY", "1May2026"),
        ("D MMM YYYY", "1-May-2026"),
        ("D MMM YYYY", "1xx May 2026"),
        ("D MMM YYYY", "1 May in 2026"),
        ("D MMM YYYY", "März 2026"),
        ("D/M/YYYY", "1st/2/2026"),
        ("DD/MM/YY", ""),
    ],
)
def test_another_text_is_not(form: str, text: str) -> None:
    assert read_format(form).read(text) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/02/2026 10:00:00", "February 2026 has no day 31; correct it"),
        ("29/02/2025 10:00:00", "February 2025 has no day 29; correct it"),
        ("00/02/2026 10:00:00", "February 2026 has no day 0; correct it"),
        ("01/13/2026 10:00:00", "there is no month 13; correct it"),
        ("01/00/2026 10:00:00", "there is no month 0; correct it"),
        ("01/01/2026 24:00:00", "there is no hour 24; correct it"),
        ("01/01/2026 10:60:00", "there is no minute 60; correct it"),
        ("01/01/2026 23:59:60", "there is no second 60; correct it"),
        ("01/01/0026 10:00:00", "its year is before 1753; write the year in full"),
    ],
)
def test_a_day_or_time_that_is_not_is_named(text: str, why: str) -> None:
    with pytest.raises(CellError, match=f"^{why}$"):
        read_format("DD/MM/YYYY HH:mm:ss").read(text)


@pytest.mark.parametrize("hour", ["00", "13"])
def test_there_are_twelve_hours_with_am_and_pm(hour: str) -> None:
    with pytest.raises(CellError, match=f"^there is no hour {int(hour)} with AM or PM; "):
        read_format("DD/MM/YYYY hh A").read(f"01/01/2026 {hour} AM")


@pytest.mark.parametrize(
    ("form", "what", "fix"),
    [
        (
            "YYYY-mm-DD",
            'the format "YYYY-mm-DD" has no month: mm are minutes',
            "write MM for the month",
        ),
        (
            "dd/mm/yyyy",
            'the format "dd/mm/yyyy" has an unknown part, dd',
            f"use DD; {THE_PARTS}",
        ),
        (
            "DD/MM/yyyy",
            'the format "DD/MM/yyyy" has an unknown part, yyyy',
            f"use YYYY; {THE_PARTS}",
        ),
        (
            "MMMM D, YYYY",
            'the format "MMMM D, YYYY" has an unknown part, MMMM',
            f"use MMM; {THE_PARTS}",
        ),
        (
            "%d/%m/%Y",
            'the format "%d/%m/%Y" has an unknown part, d',
            f"use DD; {THE_PARTS}",
        ),
        (
            "DD/MM/YYYY hh:mm AM",
            'the format "DD/MM/YYYY hh:mm AM" has an unknown part, AM',
            f"use A for AM and PM; {THE_PARTS}",
        ),
        (
            "DD/MM/YYYY HH:mm:SS",
            'the format "DD/MM/YYYY HH:mm:SS" has an unknown part, SS',
            f"use ss; {THE_PARTS}",
        ),
        (
            "DD/MM/YYYYZ",
            'the format "DD/MM/YYYYZ" has an unknown part, Z',
            THE_PARTS,
        ),
        ("", 'the format "" has no year', f"add it; {THE_PARTS}"),
        ("DD/MM", 'the format "DD/MM" has no year', f"add it; {THE_PARTS}"),
        ("DD/YYYY", 'the format "DD/YYYY" has no month', f"add it; {THE_PARTS}"),
        ("MM/YYYY", 'the format "MM/YYYY" has no day', f"add it; {THE_PARTS}"),
        (
            "DD/MM/YYYY mm",
            'the format "DD/MM/YYYY mm" has a minute without the hour',
            f"add it; {THE_PARTS}",
        ),
        (
            "DD/MM/YYYY HH:ss",
            'the format "DD/MM/YYYY HH:ss" has a second without the minute',
            f"add it; {THE_PARTS}",
        ),
        (
            "DD/MM/YYYY hh:mm",
            'the format "DD/MM/YYYY hh:mm" has hh without A',
            "write hh and A for hours up to 12, or HH alone for hours up to 23",
        ),
        (
            "DD/MM/YYYY HH:mm A",
            'the format "DD/MM/YYYY HH:mm A" has A without hh',
            "write hh and A for hours up to 12, or HH alone for hours up to 23",
        ),
        (
            "DD/MM/YYYY YY",
            'the format "DD/MM/YYYY YY" has the year twice',
            "keep one of them",
        ),
        (
            "DMYYYY",
            'in the format "DMYYYY", D can\'t be told from M',
            "put a sign between them, or use DD",
        ),
        (
            "DD/MM/YYYY\tHH",
            f"a date format is no plain text of up to {LONGEST} characters",
            "write one such as DD/MM/YYYY",
        ),
        (
            "DD/MM/YYYY" + "/" * LONGEST,
            f"a date format is no plain text of up to {LONGEST} characters",
            "write one such as DD/MM/YYYY",
        ),
    ],
)
def test_what_is_wrong_with_a_format_is_said(form: str, what: str, fix: str) -> None:
    with pytest.raises(OptionError) as caught:
        read_format(form)

    assert (caught.value.what, caught.value.fix) == (what, fix)


@pytest.mark.parametrize("form", ["D MMM YYYY", "YYYY-MM-DD HH:mm:ss", "M/D/YY hh:mm A", "DDMMYY"])
def test_the_example_is_of_the_format(form: str) -> None:
    read = read_format(form).read(read_format(form).example)

    assert read is not None
    assert read in {EXAMPLE, EXAMPLE.replace(hour=0, minute=0)}


@given(st.dates(date(1753, 1, 1)), st.sampled_from(["DD/MM/YYYY", "D-M-YYYY", "MMM D YYYY"]))
def test_every_day_is_read(day: date, form: str) -> None:
    parts = {
        "YYYY": f"{day.year:04}",
        "MMM": MONTHS[day.month - 1],
        "MM": f"{day.month:02}",
        "DD": f"{day.day:02}",
        "M": str(day.month),
        "D": str(day.day),
    }
    text = re.sub("[A-Z]+", lambda part: parts[part[0]], form)
    moment = read_format(form).read(text)

    assert moment is not None
    assert moment.date() == day


@given(st.lists(st.sampled_from([*PARTS, "-", "/", " ", "年", "T", "x"]), max_size=8))
def test_any_text_is_a_format_or_an_error_of_the_mapping(parts: list[str]) -> None:
    try:
        form = read_format("".join(parts))
    except OptionError:
        return
    assert form.read(form.example) is not None
