from collections.abc import Sequence

import pytest

from importer.model import Finding
from tests.intake.columns.lists import of_column, told

SENT = "the rows are sent as they are"
DATE = "{field: mx_When, transform: date}"
NUMBER = "{field: mx_Sum, transform: number}"


@pytest.mark.parametrize(
    ("name", "entry", "texts"),
    [
        ("Name", "LastName", ["Ann", "AJ", "JR", "X", "Lee"]),
        ("Name", "LastName", ["ANN", "Bob", "Cid", "Dan", "Eva", "Fay", "Gus", "Hal", "Ian"]),
        ("Name", "LastName", ["AJ", "BK", "CM", "D.", "E", "J. R."]),
        ("Name", "LastName", ["J. R.", "A. B.", "L37"]),
        ("Name", "LastName", ["田中", "佐藤", "نادية"]),
        ("Name", "{field: LastName, transform: title}", ["LEE", "RAY", "FOX"]),
        ("Name", "{field: LastName, transform: upper}", ["LEE", "RAY", "FOX"]),
        ("Company", "Company", ["IBM", "SAP", "AT&T", "3M"]),
        ("Country", "mx_Country", ["USA", "DEU", "IND"]),
        ("Zip", "mx_Zip", ["12345", "23456", "34567"]),
        ("Zip", "mx_Zip", ["02134", "12345", "2134"]),
        ("Zip", "mx_Zip", ["1010", "1020", "4020"]),
        ("Zip", "mx_Zip", ["560001", "110001", "400001"]),
        ("Zip", "mx_Zip", ["75001", "1010", "560001", "SW1A 1AA", "10115", "3000"]),
        ("Zip", "mx_Zip", ["100-0001", "150-0002"]),
        ("Customer", "mx_Id", [str(number) for number in range(900, 1500)]),
        ("Customer", "mx_Id", [str(number) for number in range(1500, 900, -1)]),
        ("Customer", "mx_Id", ["51000", "7751", "901"]),
        ("Phone", "Phone", ["+49 30 1234567", "030 1234567", "0171 1234567"]),
        ("Phone", "Phone", ["9845012345", "9845012346", "9845012347"]),
        ("Employees", "mx_Size", ["12345", "1234", "23456", "34567", "45678"]),
        ("Salary", "mx_Salary", ["45000", "52000", "9500", "61000", "70000"]),
        ("Score", "mx_Score", ["100", "87", "95", "100", "100", "9"]),
        ("Number of beds", "mx_Beds", ["1234", "123", "2345", "3456", "4567"]),
        ("Zip", "{field: mx_Zip, as_is: true}", ["2134", "12345", "23456", "34567"]),
        ("Size", "mx_Size", ["11-50", "51-200", "1-10"]),
        ("Birthday", "mx_Day", ["1-Feb", "3-Mar", "4-Apr"]),
        ("Month", "mx_Month", ["Feb-01", "Mar-01"]),
        ("Id", "mx_Id", ["4026531840000017", "4026531840000900", "4026531841112223"]),
        ("Id", "mx_Id", ["1234567890123450", "1234567890123456"]),
        ("Room", "mx_Room", ["12E5", "3E4", "1E10"]),
        ("Sum", NUMBER, ["1.5", "12", "3,000.00"]),
        ("When", DATE, ["2026-01-31", "2026-02-28"]),
        ("When", DATE, ["31/12/2026", "03/04/2026"]),
        ("When", DATE, ["3 March 2026", "5/5/2026"]),
        ("Sum", NUMBER, ["1\xa0234,50", "12,00"]),
        (
            "Company",
            "{field: Company, transform: fix_text}",
            ["MÃ¼ller", "A &amp; B", "B\xa0C"],
        ),
        ("Nothing", "mx_Nothing", ["", " ", ""]),
    ],
)
def test_of_an_ordinary_column_nothing_is_told(name: str, entry: str, texts: Sequence[str]) -> None:
    assert of_column(name, entry, texts) == []


def test_of_a_column_that_no_field_takes_nothing_is_told() -> None:
    rows = [("a@example.com", "MÃ¼ller"), ("b@example.com", "9.2E+11")]
    assert told({"Email": "EmailAddress", "Note": ""}, rows) == []


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["9.19877E+11", "919877000000"], "scientific_notation"),
        (["1234567890123450", "123", "ABC"], "rounded_digits"),
        (["M\ufffdller", "Lee"], "lost_character"),
    ],
)
def test_refused_damage_is_told_with_its_line(texts: Sequence[str], code: str) -> None:
    (finding,) = of_column("Id", "mx_Id", texts)
    assert (finding.code, finding.column, finding.rows) == (code, "Id", 1)
    assert finding.examples == ((2, texts[0]),)
    assert finding.does == "these rows are refused"
    assert finding.change == 'write as_is: yes for "Id" in the mapping'
    assert not finding.stops


@pytest.mark.parametrize("text", ["9.19877E+11", "1234567890123450", "M\ufffdller"])
def test_where_it_is_meant_so_refused_damage_is_not_told(text: str) -> None:
    assert of_column("Id", "{field: mx_Id, as_is: true}", [text]) == []


@pytest.mark.parametrize(
    ("name", "texts", "width", "short"),
    [
        ("Zip", ["2134", "12345", "23456", "45678"], 5, [(2, "2134")]),
        ("PLZ", ["50667", "1067", "10115", "80331"], 5, [(3, "1067")]),
        ("Code postal", ["", "75001", "6000", "13001", "69001"], 5, [(4, "6000")]),
        ("zip_code", ["501", "10001", "2134", "10002", "10003", "10003", "10003"], 5,
         [(4, "2134"), (2, "501")]),
        ("Zip", ["n/a", "12345", "2134", "94105-1234", *["94105"] * 9], 5, [(4, "2134")]),
        ("Member", ["123456", "12345", "234567", "345678"], 6, [(3, "12345")]),
        ("Zip", [" 2134", "12345 ", " ", "23456", "34567"], 5, [(2, "2134")]),
        # sorted by numbers, as Excel sorts a column that has lost its zeros
        ("Zip", ["2134", "12345", "50667", "94105"], 5, [(2, "2134")]),
    ],
)  # fmt: skip
def test_zeros_that_are_gone_are_seen_by_the_widths_of_the_column(
    name: str, texts: Sequence[str], width: int, short: list[tuple[int, str]]
) -> None:
    (finding,) = of_column(name, "mx_Code", texts)
    assert (finding.code, finding.rows, list(finding.examples)) == ("lost_zeros", len(short), short)
    assert finding.what.startswith(f"most have {width} digits, these fewer")
    assert finding.does == SENT
    assert "ask the sender" in finding.change
    assert "as_is: yes" in finding.change


@pytest.mark.parametrize(
    "month",
    ["1-Feb", "01-févr", "1-feb", "Feb-01", "févr.-01", "01. Feb", "10-Mai", "1. Mrz"],
)
def test_a_number_that_became_a_date_is_told(month: str) -> None:
    (finding,) = of_column("Size", "mx_Size", [month, "11-50", "51-200", "11 - 50"])
    assert (finding.code, finding.rows, finding.examples) == ("became_dates", 1, ((2, month),))
    assert (finding.does, "as_is: yes" in finding.change) == (SENT, True)


def test_in_a_workbook_it_is_a_cell_with_a_date() -> None:
    texts = ["2026-01-10", "11-50", "51-200"]
    (finding,) = of_column("Size", "mx_Size", texts, "dtt")
    assert (finding.code, finding.examples) == ("became_dates", ((2, "2026-01-10"),))


def test_a_column_of_dates_has_no_numbers_that_became_dates() -> None:
    texts = ["2026-01-10", "2026-01-20", "2026-02-01"]
    assert of_column("When", "mx_When", texts, "ddd") == []


@pytest.mark.parametrize(
    ("text", "code", "what"),
    [
        ("MÃ¼ller", "mojibake",
         'written in one encoding and read in another; row 2 would be "Müller"'),
        ("MÃƒÂ¼ller", "mojibake",
         'written in one encoding and read in another; row 2 would be "Müller"'),
        ("Smith &amp; Sons", "entities", "signs written as on a web page"),
        ("Ann\u200b Lee", "invisible",
         "characters that are not seen, or spaces that do not break a line"),
    ],
)  # fmt: skip
def test_text_that_can_be_mended_is_told_with_the_transform_that_does(
    text: str, code: str, what: str
) -> None:
    assert of_column("Company", "Company", [text, "Ax"]) == [
        Finding(
            code=code, column="Company", rows=1, examples=((2, text),), what=what, does=SENT,
            change='write transform: fix_text for "Company" in the mapping',
        )
    ]  # fmt: skip


def test_names_in_capitals_are_told_where_most_are() -> None:
    (finding,) = of_column("Surname", "LastName", ["LEE", "RAY", "ÖZ GÜR", "Fox", ""])
    assert finding == Finding(
        code="capitals",
        column="Surname",
        rows=3,
        examples=((2, "LEE"), (3, "RAY"), (4, "ÖZ GÜR")),
        what="names in capitals",
        does=SENT,
        change='write transform: title for "Surname" in the mapping',
    )


def test_an_open_date_stops_a_run_and_is_told_with_its_lines() -> None:
    assert of_column("When", DATE, ["03/04/2026", "05/06/2026", "07/07/2026"]) == [
        Finding(
            code="ambiguous_date",
            column="When",
            rows=2,
            examples=((2, "03/04/2026"), (3, "05/06/2026"), (4, "07/07/2026")),
            what="the values can be read in two ways:"
            " 2 fit both, 0 only day-month, 0 only month-day",
            does="run stops, and asks for a line in the mapping",
            change='write formats: [D/M/YYYY] or formats: [M/D/YYYY] for "When" in the mapping',
            stops=True,
        )
    ]


def test_an_open_number_stops_a_run() -> None:
    (finding,) = of_column("Sum", NUMBER, ["1.234", "2.500"])
    assert (finding.code, finding.rows, finding.stops) == ("ambiguous_number", 2, True)
    assert finding.change.startswith('write decimal: "." or grouping: "."')


@pytest.mark.parametrize(
    "entry",
    ["{field: mx_When, transform: date, formats: [D/M/YYYY]}", "mx_When"],
)
def test_what_the_mapping_decides_is_not_asked(entry: str) -> None:
    assert of_column("When", entry, ["03/04/2026", "05/06/2026"]) == []


def test_dates_of_both_orders_are_told_once_with_their_counts() -> None:
    (finding,) = of_column("When", DATE, ["31/12/2026", "12/31/2026", "03/04/2026"])
    assert (finding.code, finding.rows, finding.stops) == ("ambiguous_date", 1, False)
    assert finding.what == "1 fit both, 1 only day-month, 1 only month-day"
    assert finding.does == "those that fit both are refused"


def test_day_numbers_are_told() -> None:
    (finding,) = of_column("When", DATE, ["46000", "46001", "2026-01-01"])
    assert (finding.code, finding.does) == ("day_numbers", "read as these days")


def test_dates_that_excel_may_have_exchanged_are_told_as_refused() -> None:
    texts = ["31/12/2026", "2026-04-03", "2026-06-05", "25/12/2026"]
    (finding,) = of_column("When", DATE, texts, "tddt")
    assert (finding.code, finding.rows) == ("ambiguous_date", 2)
    assert finding.examples == ((3, "2026-04-03"), (4, "2026-06-05"))


@pytest.mark.parametrize("day", ["2026-04-13", "2026-06-30"])
def test_a_real_date_beyond_the_twelfth_proves_that_they_were_not(day: str) -> None:
    texts = ["31/12/2026", "2026-04-03", day, "25/12/2026"]
    assert of_column("When", DATE, texts, "tddt") == []


def test_a_currency_and_a_percent_sign_are_told() -> None:
    (euro,) = of_column("Sum", NUMBER, ["€ 1.234,56", "€ 12,00"])
    assert (euro.code, euro.rows, euro.does) == ("currency", 2, "the number alone is sent")
    (share,) = of_column("Sum", NUMBER, ["12%", "7.5%"])
    assert (share.code, share.does) == ("percent", "12% is sent as 12")
    entry = "{field: mx_Sum, transform: number, percent: share}"
    assert of_column("Sum", entry, ["12%", "7.5%"]) == []


def test_rows_that_are_left_out_are_told_first_with_the_option_that_keeps_them() -> None:
    rows = [("a@example.com", "Ax", "1"), ("Email", "Company", "Code"), ("Total", "", "1")]
    columns = {"Email": "EmailAddress", "Company": "Company", "Code": "mx_Code"}
    assert told(columns, rows) == [
        Finding(
            code="left_out",
            column=None,
            rows=2,
            examples=((3, "Email"), (4, "Total")),
            what="no rows of the list: the header again, a total",
            does="left out",
            change="where they are rows of it, run with --range A1:C4",
        )
    ]


def test_the_codes_are_those_of_the_columns_in_their_order() -> None:
    columns = {"Email": "EmailAddress", "A": "mx_A", "B": "mx_B"}
    rows = [("a@example.com", "MÃ¼ller &amp; Co", "9.2E+11")]
    assert [(each.code, each.column) for each in told(columns, rows)] == [
        ("mojibake", "A"), ("entities", "A"), ("scientific_notation", "B"),
    ]  # fmt: skip
