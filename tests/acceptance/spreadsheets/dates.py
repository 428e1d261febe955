"""Days and moments as people write them: the whole column tells which part is the day."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sample_data.writers.xlsx import write_rows
from tests.acceptance.spreadsheets.damage import listed, sending, table
from tests.acceptance.spreadsheets.odd import Odd, Table, finds
from tests.acceptance.spreadsheets.writers import csv_file, filled, ods, xlsx

DATE = sending("Met On: {field: mx_Met, transform: date}")
MOMENT = sending("Met On: {field: mx_Met, transform: datetime}")
UNCLEAR = finds(("ambiguous_date", "Met On"))
NUMBERED = finds(("day_numbers", "Met On"))


def dated(
    name: str,
    values: Mapping[str, str],
    mapping: str = DATE,
    *,
    delimiter: str = ",",
    findings: frozenset[tuple[str, str]] | None = frozenset(),
) -> Odd:
    """values: each text with the day that it is sent as, or the code for which it is refused."""
    texts = list(values)
    wanted = dict(enumerate(values.values(), 2))
    return Odd(
        name,
        csv_file(listed("Met On", texts), delimiter),
        table("Met On", texts),
        mapping=mapping,
        leads={row: {"mx_Met": day} for row, day in wanted.items() if day[:1].isdigit()},
        invalid={row: code for row, code in wanted.items() if not code[:1].isdigit()},
        findings=findings,
    )


def half_converted(book: Any) -> None:
    """An American Excel took 03/04/2026 for 4 March, and left 25/03/2026 as a text."""
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, listed("Met On", HALF_TEXTS))
    for row, day in HALF_DAYS.items():
        sheet.write_datetime(row - 1, 2, day)


HALF_TEXTS = ("", "25/03/2026", "", "", "31/03/2026", "17/02/2026", "", "28/02/2026")
HALF_DAYS = {2: date(2026, 3, 4), 4: date(2026, 11, 2), 5: date(2026, 1, 12), 8: date(2026, 9, 3)}
HALF_SHOWN = ("2026-03-04", "25/03/2026", "2026-11-02", "2026-01-12", "31/03/2026", "17/02/2026",
              "2026-09-03", "28/02/2026")  # fmt: skip
MET = ("Name", "Email", "Met On")
ASHA, TOM = ("Asha Rao", "asha.rao@example.com"), ("Tom Baker", "tom.baker@example.com")
OPEN = ("03/04/2026", "05/06/2026", "11/12/2026", "01/02/2026", "05/05/2026")
FIRST_OF_MARCH = date(2026, 3, 1)
SPRING = [FIRST_OF_MARCH + timedelta(days) for days in range(40)]
BRITISH = {day.strftime("%d/%m/%Y"): day.isoformat() for day in SPRING}
AMERICAN = {f"{day.month}/{day.day}/{day.year}": day.isoformat() for day in SPRING}

ORDERS = (
    dated("day_first.csv", {"03/04/2026": "2026-04-03", "31/12/2026": "2026-12-31",
                            "01/02/2026": "2026-02-01", "15/03/2026": "2026-03-15"}),
    dated("month_first.csv", {"03/04/2026": "2026-03-04", "12/31/2026": "2026-12-31",
                              "1/2/2026": "2026-01-02", "3/15/2026": "2026-03-15"}),
    dated("british_spring.csv", BRITISH),
    dated("american_spring.csv", AMERICAN),
    dated("german_points.csv", {"03.04.2026": "2026-04-03", "31.12.2026": "2026-12-31",
                                "1.2.2026": "2026-02-01"}, delimiter=";"),
    dated("day_first_with_dashes.csv", {"03-04-2026": "2026-04-03", "25-12-2026": "2026-12-25"}),
    dated("both_orders.csv", {"03/04/2026": "ambiguous_date", "31/12/2026": "2026-12-31",
                              "12/25/2026": "2026-12-25", "05/05/2026": "2026-05-05",
                              "11/10/2026": "ambiguous_date", "20/01/2026": "2026-01-20"},
          findings=UNCLEAR),
    dated("same_either_way.csv", {"05/05/2026": "2026-05-05", "11/11/2026": "2026-11-11",
                                  "1/1/2026": "2026-01-01"}),
    dated("iso_among_day_first.csv", {"2026-04-03": "2026-04-03", "31/12/2026": "2026-12-31",
                                      "04/03/2026": "2026-03-04"}),
    dated("day_first_and_no_dates.csv", {"03/04/2026": "2026-04-03", "31/12/2026": "2026-12-31",
                                         "next week": "bad_date"}),
    dated("impossible_days.csv", {"31/12/2026": "2026-12-31", "30/02/2026": "bad_date",
                                  "03/04/2026": "2026-04-03"}),
    Odd("open_order.csv", csv_file(listed("Met On", OPEN)), table("Met On", OPEN), mapping=DATE,
        asked={"Met On": ("4 fit both", "0 only day-month", "0 only month-day",
                          "formats: [D/M/YYYY]", "formats: [M/D/YYYY]")}, findings=None),
    Odd("open_order.xlsx", xlsx(listed("Met On", OPEN)), table("Met On", OPEN), mapping=DATE,
        asked={"Met On": ("4 fit both", "formats:")}, findings=None),
    Odd("open_order_that_the_mapping_decides.csv", csv_file(listed("Met On", OPEN)),
        table("Met On", OPEN),
        mapping=sending("Met On: {field: mx_Met, transform: date, formats: [DD/MM/YYYY]}"),
        leads={2: {"mx_Met": "2026-04-03"}, 4: {"mx_Met": "2026-12-11"}}, findings=None),
    Odd("open_order_that_is_a_text.csv", csv_file(listed("Met On", OPEN)), table("Met On", OPEN),
        mapping=sending("Met On: mx_Met"), leads={2: {"mx_Met": "03/04/2026"}}, findings=None),
    Odd("half_converted_by_excel.xlsx", filled(half_converted), table("Met On", HALF_SHOWN),
        mapping=DATE, findings=UNCLEAR,
        invalid=dict.fromkeys(HALF_DAYS, "ambiguous_date"),
        leads={3: {"mx_Met": "2026-03-25"}, 6: {"mx_Met": "2026-03-31"},
               7: {"mx_Met": "2026-02-17"}}),
    Odd("real_dates_and_day_first_texts.xlsx",
        xlsx([MET,
              [*ASHA, date(2026, 3, 25)],
              [*TOM, "31/03/2026"],
              ["Meera Das", "meera.das@example.com", "03/04/2026"],
              ["Lena Vogel", "lena.vogel@example.org", date(2026, 4, 30)]]),
        Table(MET, {2: [*ASHA, "2026-03-25"], 3: [*TOM, "31/03/2026"],
                    4: ["Meera Das", "meera.das@example.com", "03/04/2026"],
                    5: ["Lena Vogel", "lena.vogel@example.org", "2026-04-30"]}), mapping=DATE,
        leads={2: {"mx_Met": "2026-03-25"}, 3: {"mx_Met": "2026-03-31"},
               4: {"mx_Met": "2026-04-03"}, 5: {"mx_Met": "2026-04-30"}}),
)  # fmt: skip

YEARS = (
    dated("two_digit_years.csv", {"03/04/26": "2026-04-03", "31/12/25": "2025-12-31",
                                  "15/06/69": "1969-06-15", "15/06/68": "2068-06-15"}),
    dated("two_digit_years_american.csv", {"3/4/26": "2026-03-04", "12/31/25": "2025-12-31"}),
    dated("two_digit_years_first.csv", {"99/03/04": "1999-03-04", "98/12/31": "1998-12-31",
                                        "85/07/15": "1985-07-15"}),
    dated("year_first.csv", {"2026/03/04": "2026-03-04", "2026/12/31": "2026-12-31"}),
    dated("year_first_points.csv", {"2026.03.04": "2026-03-04", "2026.12.31": "2026-12-31"}),
    dated("compact.csv", {"20260304": "2026-03-04", "20261231": "2026-12-31",
                          "20260112": "2026-01-12"}),
)  # fmt: skip

MONTHS = (
    dated("english_months.csv", {"3 March 2026": "2026-03-03", "March 3rd, 2026": "2026-03-03",
                                 "3-Mar-26": "2026-03-03", "Dec 31, 2026": "2026-12-31",
                                 "21st Sept 2026": "2026-09-21"}),
    dated("german_months.csv", {"3. März 2026": "2026-03-03", "14. Mai 2026": "2026-05-14",
                                "1. Dez. 2026": "2026-12-01", "9 Januar 2026": "2026-01-09"}),
    dated("french_months.csv", {"3 mars 2026": "2026-03-03", "14 février 2026": "2026-02-14",
                                "1er août 2026": "2026-08-01", "25 déc. 2026": "2026-12-25"}),
    dated("spanish_months.csv", {"3 de enero de 2026": "2026-01-03", "14 agosto 2026": "2026-08-14",
                                 "1 dic 2026": "2026-12-01"}),
    dated("italian_months.csv", {"3 gennaio 2026": "2026-01-03", "14 luglio 2026": "2026-07-14",
                                 "1 ott 2026": "2026-10-01"}),
    dated("portuguese_months.csv", {"3 de março de 2026": "2026-03-03",
                                    "14 fevereiro 2026": "2026-02-14",
                                    "1 de dezembro de 2026": "2026-12-01"}),
    dated("months_without_accents.csv", {"3 Marz 2026": "2026-03-03", "14 fevrier 2026":
                                         "2026-02-14", "7 AOUT 2026": "2026-08-07"}),
    dated("months_and_numbers.csv", {"3 March 2026": "2026-03-03", "04/03/2026": "2026-03-04",
                                     "31/03/2026": "2026-03-31"}),
)  # fmt: skip

MOMENTS = (
    dated("times_with_am_and_pm.csv", {"03/14/2026 02:30 PM": "2026-03-14 14:30:00",
                                       "3/4/2026 12:05 AM": "2026-03-04 00:05:00",
                                       "3/15/2026 9:00 am": "2026-03-15 09:00:00"}, MOMENT),
    dated("german_times.csv", {"14.03.2026 18:30": "2026-03-14 18:30:00",
                               "03.04.2026 07:05:09": "2026-04-03 07:05:09"}, MOMENT,
          delimiter=";"),
    dated("iso_times_with_offset.csv", {"2026-03-14T09:30:00Z": "2026-03-14 09:30:00",
                                        "2026-03-14T15:00:00+05:30": "2026-03-14 09:30:00"},
          MOMENT),
    dated("serials.csv", {"46095": "2026-03-14", "46082": "2026-03-01", "46023": "2026-01-01"},
          findings=NUMBERED),
    dated("serials_with_time.csv", {"46095.5": "2026-03-14 12:00:00",
                                    "46082.25": "2026-03-01 06:00:00"}, MOMENT,
          findings=NUMBERED),
    dated("unix_seconds.csv", {"1773480600": "2026-03-14 09:30:00",
                               "1767225600": "2026-01-01 00:00:00"}, MOMENT, findings=None),
    dated("unix_milliseconds.csv", {"1773480600000": "2026-03-14 09:30:00",
                                    "1767225600000": "2026-01-01 00:00:00"}, MOMENT,
          findings=None),
    dated("serials_that_the_mapping_names.csv", {"46095": "2026-03-14", "46082": "2026-03-01"},
          sending("Met On: {field: mx_Met, transform: date, formats: [excel serial]}"),
          findings=None),
    dated("unix_seconds_that_the_mapping_names.csv", {"1773480600": "2026-03-14 09:30:00"},
          sending("Met On: {field: mx_Met, transform: datetime, formats: [unix seconds]}"),
          findings=None),
    Odd("serials.xlsx",
        xlsx([MET, [*ASHA, 46095],
              [*TOM, 46082]]),
        Table(MET, {2: [*ASHA, "46095"], 3: [*TOM, "46082"]}), mapping=DATE, findings=NUMBERED,
        leads={2: {"mx_Met": "2026-03-14"}, 3: {"mx_Met": "2026-03-01"}}),
    Odd("month_first_texts.ods", ods(listed("Met On", ("03/04/2026", "12/31/2026"))),
        table("Met On", ("03/04/2026", "12/31/2026")), mapping=DATE,
        leads={2: {"mx_Met": "2026-03-04"}, 3: {"mx_Met": "2026-12-31"}}),
)  # fmt: skip

DATES = (*ORDERS, *YEARS, *MONTHS, *MOMENTS)
