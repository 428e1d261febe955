"""Each file of sample_data/troubles: what it must read as, or what must be said of it."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from importer.errors import ImporterError, MappingError, SourceError
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import load_mapping, read_mapping
from importer.intake.source.file import Reading
from importer.intake.source.open import open_source
from importer.model import Row
from sample_data.make import PASSWORD_FILE, TROUBLES, generated

MOST_BYTES = 400_000  # they are in every copy of the repository
FIND_OUT = Reading()


@dataclass(frozen=True)
class Reads:
    """What a file reads as.

    rows: all that are not blank, by the number that Excel shows. kinds: of those rows with other
    cells than texts, a `CellKind` a cell.
    """

    found: tuple[str, ...]
    header: tuple[str, ...]
    rows: Mapping[int, list[str]]
    kinds: Mapping[int, str] = field(default_factory=dict)
    header_row: int = 1
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str | None = None


@dataclass(frozen=True)
class Fails:
    """What is said of a file that can't be read. where: without the folder."""

    what: str
    where: str
    fix: str
    error: type[ImporterError] = SourceError


def told(name: str, reading: Reading = FIND_OUT) -> Reads | Fails:
    """What the file does read as, or what is said of it, when opened or when read."""
    try:
        source = open_source(TROUBLES / name, reading)
        blocks = list(source.blocks())
    except ImporterError as error:
        return failure(error)
    rows: dict[int, list[str]] = {}
    kinds: dict[int, str] = {}
    for block in blocks:
        for index, cells in enumerate(block.rows):
            if cells:
                rows[block.first + index] = cells
            if cells and block.kinds and block.kinds[index]:
                kinds[block.first + index] = block.kinds[index]
    return Reads(
        found=source.found,
        header=source.header,
        rows=rows,
        kinds=kinds,
        header_row=source.header_row,
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
    )


def failure(error: ImporterError) -> Fails:
    where = (error.where or "").replace(f"{TROUBLES}/", "")
    return Fails(error.what, where, error.fix or "", type(error))


PEOPLE = {
    2: ["Jürgen", "Weiß", "München"],
    3: ["José", "Núñez", "Málaga"],
    4: ["Zoë", "D'Souza", "Pune"],
}
WITH_SIGNS = {**PEOPLE, 5: ["Renée", "O’Hara", "Café “Zur Post”, 5 €"]}
WORLD = {**PEOPLE, 5: ["आरव", "शर्मा", "दिल्ली"], 6: ["さくら", "田中", "東京"]}
FIRMS = {
    2: ["Asha", "Rao", "Ganga Solar"],
    3: ["Jonas", "Weber", "Weber & Sohn"],
    4: ["Meera", "Das", "Das, Iyer; Partners | Pune"],
}
NAMES = ("First Name", "Last Name")
PLACE, FIRM, EMAIL = (*NAMES, "City"), (*NAMES, "Company"), (*NAMES, "Email")
ASHA = ["Asha", "Rao", "asha.rao@example.com"]
JONAS = ["Jonas", "Weber", "jonas.weber@example.net"]
MEERA = ["Meera", "Das", "meera.das@example.org"]
GUESSED = "(a guess; --encoding sets it)"
LIKELY = "(likely; --encoding sets it)"
NAME_COLUMNS = "its first row has to name the columns"
SAY_WHICH = "a row has to name the columns: say which with --header-row, or use another --sheet"
SAVE_AS_CSV = "save it in Excel as 'CSV UTF-8 (Comma delimited)', and import that file"
SAVE_AS_XLSX = "open it in Excel, save it as 'Excel Workbook (.xlsx)', and import that file"
EXPORT = "export the list itself, as CSV or as an Excel workbook (.xlsx)"
REPAIR = "open it in Excel, let Excel repair it if it offers to, and save it as .xlsx"


def text(
    header: tuple[str, ...],
    rows: Mapping[int, list[str]],
    name: str = "UTF-8",
    codec: str = "utf-8",
    sign: str = ",",
) -> Reads:
    """A text file. name: of its encoding, for a person; codec: as Python has it."""
    signs = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
    found = (name, f"separated by {signs[sign]}")
    return Reads(found, header, rows, encoding=codec, delimiter=sign)


def book(
    header: tuple[str, ...],
    rows: Mapping[int, list[str]],
    kinds: Mapping[int, str] | None = None,
    *,
    sheet: str = "Leads",
    note: str = "",
    kind: str = ".xlsx",
    header_row: int = 1,
) -> Reads:
    """A workbook. note: what is said of its sheet."""
    place = () if header_row == 1 else (f"named in row {header_row}",)
    found = (*place, f"{kind} workbook", f'sheet "{sheet}"{note}')
    return Reads(found, header, rows, kinds or {}, header_row, "xlsx", ",", sheet)


DATES = book(
    ("How", "Met On"),
    {
        2: ["ISO date", "2026-03-14"],
        3: ["day first", "2026-03-14"],
        4: ["as the computer's region has it", "2026-03-14"],
        5: ["in German", "2026-03-14"],
        6: ["in red", "2026-03-14"],
        7: ["date and time", "2026-03-14 15:09:00"],
        8: ["date and time of the region", "2026-03-14 15:09:00"],
        9: ["with seconds", "2026-12-31 23:59:59"],
        10: ["time", "09:30:00"],
        11: ["time with AM/PM", "21:05:30"],
        12: ["more hours than a day has", "26:30:00"],
        13: ["no date: days in its words", "12.5 days"],
        14: ["a date that was typed as text", "14.03.2026"],
    },
    {**dict.fromkeys(range(2, 13), "td"), 13: "tn"},
)
TITLE = ("Visitors of the trade show",)

READS: dict[str, Reads] = {
    "encoding_utf8_bom.csv": text(PLACE, WORLD, codec="utf-8-sig"),
    "encoding_utf16.txt": text(PLACE, WORLD, "UTF-16", "utf-16", "\t"),
    "encoding_utf16_big_endian.csv": text(PLACE, WORLD, "UTF-16", "utf-16"),
    "encoding_utf16_without_mark.csv": text(PLACE, PEOPLE, "UTF-16", "utf-16-le"),
    "encoding_cp1252.csv": text(PLACE, WITH_SIGNS, f"Windows-1252 {LIKELY}", "cp1252", ";"),
    "encoding_latin1.csv": text(PLACE, PEOPLE, f"Windows-1252 {GUESSED}", "cp1252"),
    "encoding_mac_roman.csv": text(PLACE, PEOPLE, f"Mac Roman {LIKELY}", "mac-roman"),
    "delimiter_comma.csv": text(FIRM, FIRMS),
    "delimiter_semicolon.csv": text(FIRM, FIRMS, sign=";"),
    "delimiter_tab.tsv": text(FIRM, FIRMS, sign="\t"),
    "delimiter_pipe.txt": text(FIRM, FIRMS, sign="|"),
    "sep_line.csv": text(FIRM, FIRMS, sign="|"),
    "header_in_row_4.csv": replace(
        text(EMAIL, {5: ASHA, 6: JONAS}),
        header_row=4,
        found=("named in row 4 (sure)", "UTF-8", "separated by commas"),
    ),
    "header_only.csv": text(EMAIL, {}),
    "blank_rows.csv": text(NAMES, {3: ASHA[:2], 6: JONAS[:2]}),
    "rows_wider_and_narrower.csv": text(
        ("First Name", "Company", "City"),
        {
            2: ["Asha", "Ganga Solar", "Pune"],
            3: ["Jonas", "Weber", " Sohn & Co", "Berlin"],
            4: ["Meera", "Das"],
            5: ["Ravi", "Peepal Learning", "Kochi", "", ""],
        },
    ),
    "cells_untouched.csv": text(
        ("What", "Cell"),
        {
            2: ["leading zeros", "00501"],
            3: ["not available", "NA"],
            4: ["a number in words", "1E5"],
            5: ["many digits", "9198765432100123456"],
            6: ["yes", "TRUE"],
            7: ["a date", "14/03/2026"],
            8: ["a formula", "=1+1"],
            9: ["a phone", "+91-9876543210"],
            10: ["blanks", "  two  "],
            11: ["nothing", ""],
            12: ["quotation marks", 'Lotus "Prime" Realty'],
            13: ["a line break", "first line\nsecond line"],
            14: ["the end", "last"],
        },
    ),
    "error_repeated_header.csv": text(
        ("First Name", "Email", "Phone", "Email"),
        {2: ["Asha", "asha.rao@example.com", "+91-9876543210", "asha@example.org"]},
    ),
    "workbook_sheets.xlsx": book(EMAIL, {2: ASHA}, sheet="Day 1", note=" (the first of 3 visible)"),
    "workbook_hidden_sheet.xlsx": book(EMAIL, {2: ASHA}, note=' (hidden: "Lookup", "Secret")'),
    "workbook_starts_in_c5.xlsx": book(
        ("", "", *EMAIL), {6: ["", "", *ASHA], 7: ["", "", *JONAS]}, header_row=5
    ),
    "workbook_header_only.xlsx": book(EMAIL, {}),
    "workbook_trailing_rows.xlsx": book(EMAIL, {2: ASHA, 3: JONAS}),
    "workbook_leading_zeros.xlsx": book(
        ("How", "Zip"),
        {
            2: ["typed as text", "00501"],
            3: ["by the format 00000", "00501"],
            4: ["by the format 000000", "048619"],
            5: ["none to keep", "80331"],
            6: ["blank", ""],
        },
        dict.fromkeys((3, 4, 5), "tn"),
    ),
    "workbook_phones_as_numbers.xlsx": book(
        ("How", "Phone"),
        {
            2: ["13 digits, shown as 9.19877E+12", "9198765432100"],
            3: ["12 digits", "919876543210"],
            4: ["10 digits", "9876543210"],
            5: ["a plus by its format", "+919876543210"],
            6: ["typed as text", "+91-9876543210"],
        },
        dict.fromkeys(range(2, 6), "tn"),
    ),
    "workbook_numbers.xlsx": book(
        ("What", "Value"),
        {
            2: ["integer", "5"],
            3: ["negative", "-12.5"],
            4: ["a sum in binary", "0.3"],
            5: ["with thousands", "1,234,567.50"],
            6: ["money", "€ 99.90"],
            7: ["15 digits", "123456789012345"],
            8: ["15 digits, shown as 1.23457E+14", "123456789012345"],
            9: ["small", "0.000012345"],
            10: ["percent", "12.5%"],
            11: ["whole percent", "100%"],
            12: ["seven percent", "7%"],
        },
        dict.fromkeys(range(2, 13), "tn"),
    ),
    "workbook_numbers_as_stored.xlsx": book(
        ("How", "Value"),
        {
            2: ["0.1 + 0.2", "0.3"],
            3: ["a phone with an exponent", "9198765432100"],
            4: ["a whole number with decimals", "501"],
            5: ["29 February 1900", "60"],
        },
        dict.fromkeys(range(2, 6), "tn"),
    ),
    "workbook_dates_1900.xlsx": DATES,
    "workbook_dates_1904.xlsx": DATES,
    "workbook_booleans.xlsx": book(
        ("First Name", "Consent"),
        {2: ["Asha", "TRUE"], 3: ["Jonas", "FALSE"], 4: ["Meera", "Yes"]},
        {2: "tb", 3: "tb"},
    ),
    "workbook_formulas.xlsx": book(
        (*EMAIL, "Score", "Customer"), {2: [*ASHA, "42", "TRUE"]}, {2: "tttnb"}
    ),
    "workbook_formula_without_value.xlsx": book(
        ("First Name", "Email"),
        {2: ["Asha", '=LOWER(A2)&"@example.com"'], 3: ["Jonas", "jonas@example.net"]},
        {2: "tf"},
    ),
    "workbook_error_cells.xlsx": book(
        ("First Name", "City", "Revenue"),
        {
            2: ["Asha", "#N/A", "100"],
            3: ["Jonas", "Berlin", "#DIV/0!"],
            4: ["Meera", "Pune", "#N/A"],
        },
        {2: "tet", 3: "tte"},
    ),
    "workbook_inline_strings.xlsx": book(
        ("First Name", "Notes"),
        {2: ["Asha", "Call today"], 3: ["さくら", "  two blanks "], 4: ["Meera", "501"]},
        {4: "tn"},
    ),
    "workbook_rich_strings.xlsx": book(
        ("First Name", "Notes"),
        {
            2: ["Asha", "Call before Friday"],
            3: ["Jonas", "first line\nsecond line"],
            4: ["  Meera ", "her page"],
        },
    ),
    "workbook_merged_cells.xlsx": book(
        ("Company", *NAMES),
        {
            2: ["Peepal Learning", *ASHA[:2]],
            3: ["", *JONAS[:2]],
            4: ["", *MEERA[:2]],
            5: ["Ganga Solar", "Ravi", "Iyer"],
        },
    ),
    "workbook_macros.xlsm": book(("First Name", "Email"), {2: ASHA[::2]}, kind=".xlsm"),
    "workbook_strict.xlsx": book(("First Name", "Email"), {2: ASHA[::2]}),
    "workbook_without_cell_names.xlsx": book(("First Name", "Zip"), {2: ["Asha", "00501"]}),
}
# With something said about how to read it.
TOLD: list[tuple[str, Reading, Reads | Fails]] = [
    (
        "encoding_cp1252.csv",
        Reading(encoding="windows-1252"),
        text(PLACE, WITH_SIGNS, "Windows-1252", "cp1252", ";"),
    ),
    (
        "encoding_cp1252.csv",
        Reading(encoding="utf-8"),
        Fails(
            'byte 0xFC ("ü" in Windows-1252) is no text in UTF-8, which --encoding names',
            "encoding_cp1252.csv, line 2, character 2",
            "leave --encoding out to have it found out, or name another",
        ),
    ),
    ("delimiter_pipe.txt", Reading(delimiter="pipe"), text(FIRM, FIRMS, sign="|")),
    (
        "header_in_row_4.csv",
        Reading(header_row=4),
        replace(
            text(EMAIL, {5: ASHA, 6: JONAS}),
            header_row=4,
            found=("named in row 4", "UTF-8", "separated by commas"),
        ),
    ),
    (
        "header_in_row_4.csv",
        Reading(header_row=3),
        Fails(
            "the header can't be in the row that --header-row names: row 3 is blank",
            "header_in_row_4.csv",
            "give --header-row 4",
        ),
    ),
    ("workbook_sheets.xlsx", Reading(sheet="Day 2"), book(EMAIL, {2: JONAS}, sheet="Day 2")),
    ("workbook_sheets.xlsx", Reading(sheet="2"), book(EMAIL, {2: JONAS}, sheet="Day 2")),
    ("workbook_sheets.xlsx", Reading(sheet="2026"), book(EMAIL, {2: MEERA}, sheet="2026")),
    (
        "workbook_sheets.xlsx",
        Reading(sheet="Day 3"),
        Fails(
            'the workbook has no sheet "Day 3"',
            "workbook_sheets.xlsx",
            'name one with --sheet: 1 "Day 1", 2 "Day 2", 3 "2026"',
        ),
    ),
    (
        "workbook_hidden_sheet.xlsx",
        Reading(sheet="Lookup"),
        book(("Code", "Country"), {2: ["IN", "India"]}, sheet="Lookup", note=" (hidden)"),
    ),
    (
        "workbook_header_in_row_4.xlsx",
        Reading(header_row=4),
        book(EMAIL, {5: ASHA, 6: JONAS}, header_row=4),
    ),
    (
        "workbook_header_in_row_4.xlsx",
        Reading(header_row=3),
        Fails("row 3 is blank", 'workbook_header_in_row_4.xlsx, sheet "Leads"', SAY_WHICH),
    ),
]
# What is said of it, its place in the file, and how to mend it.
FAILS: dict[str, tuple[str, str, str]] = {
    "no_such_file.csv": ("there is no such file", "", "check the name and the folder"),
    "../troubles": (
        "this is a folder or a device, not a file",
        "",
        "name a CSV file or an Excel workbook",
    ),
    "error_empty.csv": ("the file is empty", "", NAME_COLUMNS),
    "error_blank.csv": ("the file is empty", "", NAME_COLUMNS),
    "error_empty_sheet.xlsx": ("the sheet is empty", ', sheet "Leads"', SAY_WHICH),
    "error_undecodable.csv": (
        "the file is written in two encodings: line 2 is UTF-8, line 3 Windows-1252",
        ", line 3",
        "export the list again as one, or save both parts as 'CSV UTF-8' and put them together"
        " then",
    ),
    "error_nul_bytes.csv": (
        "the file holds a NUL character: it is damaged, or no text",
        ", line 3, character 3",
        SAVE_AS_CSV,
    ),
    "error_unclosed_quote.csv": (
        "a quotation mark is opened in this row and is not closed where the cell ends",
        ", row 2",
        'take the mark out, or write it twice ("") inside a cell that stands in quotation marks',
    ),
    "error_password.xlsx": (
        "the workbook is locked with a password",
        "",
        "open it in Excel, take the password off (File, Info, Protect Workbook, Encrypt with "
        "Password: empty the box), save it, and import it again",
    ),
    "error_old_workbook.xls": (
        "the workbook is damaged: its content is not as Excel writes it (Unsupported format, or"
        " corrupt file: Expected BOF record; found " + repr(bytes(8)) + ")",
        "",
        SAVE_AS_XLSX,
    ),
    "error_html.xls": ("this is a web page (HTML), whatever its name says", "", SAVE_AS_XLSX),
    "error_pdf.csv": ("this is a PDF", "", EXPORT),
    "error_image.xlsx": ("this is a picture", "", EXPORT),
    "error_word_document.xlsx": (
        "this is a Word document",
        "",
        "save it as an Excel workbook (.xlsx), or as 'CSV UTF-8 (Comma delimited)'",
    ),
    "error_zip.csv": (
        'there are 2 tables in the zip archive: "leads.csv", "more.csv"',
        "",
        "unpack it, and import each of them by itself",
    ),
    "error_truncated.xlsx": (
        "the workbook is damaged: its archive can't be unpacked (File is not a zip file)",
        "",
        REPAIR,
    ),
    "error_damaged_sheet.xlsx": (
        "the workbook is damaged: its content is not as Excel writes it "
        "(no element found: line 2, column 301)",
        ', sheet "Leads"',
        REPAIR,
    ),
}
# Mappings that are none: what is said, in which line, and how to mend it.
NO_MAPPINGS = {
    "mapping_broken.yaml": (
        "a bracket is opened and not closed, or a comma is missing",
        4,
        "write it as [a, b] or {a: b}",
    ),
    "mapping_no_mapping.yaml": (
        "this is no mapping: it has no sections",
        1,
        'begin it with "version: 1" and "columns:", as the ready mappings do',
    ),
}
# The columns of a mapping, and the problems of a file's rows: number to code, column and value.
PROBLEMS: dict[str, tuple[str, Mapping[int, tuple[str, str | None, str | None]]]] = {
    "rows_wider_and_narrower.csv": (
        "First Name: FirstName",
        {3: ("row_width", None, '"Berlin"'), 4: ("row_width", None, None)},
    ),
    "workbook_error_cells.xlsx": (
        "First Name: FirstName, City: mx_City, Revenue: Revenue",
        {2: ("cell_error", "City", "#N/A"), 3: ("cell_error", "Revenue", "#DIV/0!")},
    ),
    "workbook_formula_without_value.xlsx": (
        "First Name: FirstName, Email: EmailAddress",
        {2: ("no_formula_value", "Email", '=LOWER(A2)&"@example.com"')},
    ),
}


@pytest.mark.parametrize("name", READS)
def test_a_file_reads_as_it_must(name: str) -> None:
    assert told(name) == READS[name]


@pytest.mark.parametrize(("name", "reading", "wanted"), TOLD)
def test_a_file_reads_as_it_is_told_to(name: str, reading: Reading, wanted: Reads | Fails) -> None:
    assert told(name, reading) == wanted


@pytest.mark.parametrize("name", FAILS)
def test_what_is_no_list_says_so(name: str) -> None:
    what, place, fix = FAILS[name]
    assert told(name) == Fails(what, name + place, fix)


@pytest.mark.parametrize("name", NO_MAPPINGS)
def test_what_is_no_mapping_says_so(name: str) -> None:
    what, line, fix = NO_MAPPINGS[name]
    with pytest.raises(MappingError) as caught:
        read_mapping(TROUBLES / name)
    assert failure(caught.value) == Fails(what, f"{name}, line {line}", fix, MappingError)


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_trouble_of_one_row_is_a_problem_of_that_row(name: str) -> None:
    columns, wanted = PROBLEMS[name]
    source = open_source(TROUBLES / name)
    mapping = load_mapping(f"version: 1\ncolumns: {{{columns}}}", name="mapping")
    builder = LeadBuilder(mapping, source.header, file=name)
    found = {}
    for block in source.blocks():
        for index, cells in enumerate(block.rows):
            kinds = block.kinds[index] if block.kinds else ""
            built = builder.build(Row(block.first + index, cells, kinds))
            if isinstance(built, tuple):
                (problem,) = built
                found[block.first + index] = (problem.code, problem.column, problem.value)
    assert found == wanted


def test_a_repeated_header_is_an_error_where_the_mapping_uses_it() -> None:
    name = "error_repeated_header.csv"
    source = open_source(TROUBLES / name)
    used = "version: 1\ncolumns:\n  First Name: FirstName\n  Email: EmailAddress"
    with pytest.raises(MappingError) as caught:
        LeadBuilder(load_mapping(used, name="mapping.yaml"), source.header, file=name)
    assert failure(caught.value) == Fails(
        f'the mapping uses the column "Email", which the file has 2 times ({name}, columns B, D)',
        "mapping.yaml, line 4",
        "name the one that is meant by its letter: B or D",
        MappingError,
    )
    unused = used.replace("Email: EmailAddress", "Phone: Phone")
    LeadBuilder(load_mapping(unused, name="mapping.yaml"), source.header, file=name)


def test_every_trouble_is_in_a_table() -> None:
    tested = {*READS, *FAILS, *NO_MAPPINGS, *(name for name, _, _ in TOLD)}
    assert {path.name for path in TROUBLES.iterdir()} <= tested


def test_the_script_writes_what_the_repository_has() -> None:
    """Byte for byte, but for the packing of a zip, which differs between versions of zlib."""
    for path, written in generated().items():
        kept = path.read_bytes()
        assert written == kept or parts(written) == parts(kept), path.name


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_script_writes_the_same_twice() -> None:
    assert generated() == generated()


def test_the_script_leaves_alone_what_was_made_by_hand_or_once() -> None:
    assert PASSWORD_FILE.exists()
    hands = {"trade_show.csv", "kyc.csv", PASSWORD_FILE.name}
    assert hands & {path.name for path in generated()} == set()


def test_the_samples_are_small() -> None:
    assert sum(map(len, generated().values())) < MOST_BYTES
