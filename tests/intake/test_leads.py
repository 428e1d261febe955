from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.errors import MappingError
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import load_mapping, read_mapping
from importer.intake.source import open_source
from importer.model import Block, Lead, Problem, Row, Screened

ROOT = Path(__file__).parents[2]

HEADER = ("Name", "Mail", "Phone", "City", "Status", "File", "")
MAPPING = """\
version: 1
columns:
  Status: mx_KYC.Status
  Name: LastName
  Mail: {field: EmailAddress, transform: [trim, lower]}
  City: {field: mx_City, required: true}
  Phone: Phone
  File: mx_KYC.File
constants: {Source: Fair}
"""
NO_UNIQUE = MAPPING + "unique: []\n"
MOBILE = """\
version: 1
columns:
  Mail: {field: EmailAddress, required: true}
  Phone: Mobile
  City:
  G: {field: mx_G, transform: trim}
constants: {FirstName: Friend, mx_Key: K-1}
unique: [Mobile, mx_Key, EmailAddress, Unfed]
"""


def builder(text: str = MAPPING, header: Sequence[str] = HEADER) -> LeadBuilder:
    return LeadBuilder(load_mapping(text, name="m.yaml"), header, file="list.csv")


def build(*cells: str) -> Lead | tuple[Problem, ...]:
    return builder().build(Row(2, cells))


def test_a_lead_has_its_values_in_payload_order_and_its_keys() -> None:
    lead = build(" Weiß ", " Anna@EXAMPLE.com", "+91-98 (450)", "Köln", "", "f.pdf", "")

    assert lead == Lead(
        {
            "mx_KYC.File": "f.pdf",
            "LastName": " Weiß ",
            "EmailAddress": "anna@example.com",
            "mx_City": "Köln",
            "Phone": "+91-98 (450)",
            "Source": "Fair",
        },
        {"EmailAddress": "anna@example.com", "Phone": "9198450"},
    )
    assert isinstance(lead, Lead)
    assert list(lead.values) == [
        "mx_KYC.File",
        "LastName",
        "EmailAddress",
        "mx_City",
        "Phone",
        "Source",
    ]


def test_blank_cells_are_left_out_and_other_text_passes_untouched() -> None:
    assert build("NA", " \t", "", "00501", "\u00a0", "", "x") == Lead(
        {"LastName": "NA", "mx_City": "00501", "Source": "Fair"}, {}
    )


@pytest.mark.parametrize(
    ("phone", "key"),
    [
        ("+91-9845098450", "919845098450"),
        ("(0)", "0"),
        (" Ext. ONE ", "ext. one"),
        ("٣٤", "٣٤"),
        ("٣4", "4"),
    ],
)
def test_phones_are_compared_by_their_digits(phone: str, key: str) -> None:
    lead = build("", "", phone, "Köln", "", "", "")

    assert isinstance(lead, Lead)
    assert lead.keys == {"Phone": key}
    assert lead.values["Phone"] == phone


def test_surplus_cells_that_are_blank_are_dropped() -> None:
    assert build("A", "", "", "Köln", "", "", "", "", " ") == build("A", "", "", "Köln", "", "", "")


def test_a_wider_row_is_said_with_what_stands_under_no_column() -> None:
    assert build("A", "", "", "Köln", "", "", "", "", "x", "y") == (
        Problem(
            "row_width",
            'the row has 10 cells, and the header 7, so that "", "x", "y" stands under no column: '
            "as a rule a delimiter inside a cell makes two cells of one; put that cell in "
            "quotation marks",
            value='"", "x", "y"',
        ),
    )


def test_a_narrower_row_is_said_with_its_width() -> None:
    assert build("A", "b") == (
        Problem(
            "row_width",
            "the row has 2 cells, and the header 7: as a rule a line break or a stray quotation "
            "mark inside a cell cuts the row short; complete the row, and put a cell with a line "
            "break in quotation marks",
        ),
    )


def test_all_problems_of_a_row_are_said() -> None:
    assert build("", " ", "", " ", "x", "", "") == (
        Problem(
            "required", '"City" is blank, and the mapping requires it: fill it in', "City", " "
        ),
        Problem(
            "no_name_or_contact",
            "the row has neither a name nor a contact: fill in one of Name, Mail, Phone",
        ),
    )


def test_a_constant_name_is_a_name() -> None:
    cells = ["", "a@example.com", "", "", "", "", ""]

    assert builder(MOBILE).build(Row(2, cells)) == Lead(
        {"EmailAddress": "a@example.com", "FirstName": "Friend", "mx_Key": "K-1"},
        {"mx_Key": "k-1", "EmailAddress": "a@example.com"},
    )


def test_a_blank_header_is_known_by_its_letter_and_what_is_not_mapped_is_told() -> None:
    assert builder().unmapped == ("G",)
    assert builder(MOBILE).unmapped == ("Name", "Status", "File")
    assert builder(MOBILE, ["Mail", "Phone", *"CDEFG", *[""] * 20]).unmapped[-1] == "AA"


def test_unique_fields_that_the_mapping_does_not_feed_are_not_used() -> None:
    assert builder().unique == ("EmailAddress", "Phone")
    assert builder(NO_UNIQUE).unique == ()
    assert builder(MOBILE).unique == ("Mobile", "mx_Key", "EmailAddress")


def test_headers_are_compared_trimmed_and_a_left_out_column_may_be_missing() -> None:
    builder(MOBILE, ["  Mail", "Phone\t", "G"])


@pytest.mark.parametrize(
    ("header", "what", "where", "fix"),
    [
        (
            ["Name", "mail", "Phone", "City", "Status", "File"],
            'the mapping names a column that the file does not have: "Mail"',
            "m.yaml, line 5",
            'did you mean "mail"? use one of: mail',
        ),
        (
            ["Name", "Phone", "City", "Zip"],
            'the mapping names 3 columns that the file does not have: "Status", "Mail", "File"',
            "m.yaml, lines 3, 5, 8",
            "the columns of list.csv are: Name, Phone, City, Zip",
        ),
        (
            ["Name", "Mail", "Phone", "City", "Status", "File", " Mail"],
            'the mapping uses the column "Mail", which the file has 2 times',
            "m.yaml, line 5; list.csv, columns B, G",
            "give each of these columns a name of its own in the file's header",
        ),
    ],
)
def test_a_header_that_does_not_fit_the_mapping_is_refused(
    header: list[str], what: str, where: str, fix: str
) -> None:
    with pytest.raises(MappingError) as caught:
        builder(header=header)

    assert (caught.value.what, caught.value.where, caught.value.fix) == (what, where, fix)


def test_the_sample_with_a_repeated_header_is_refused_where_the_mapping_uses_it() -> None:
    source = open_source(ROOT / "sample_data/repeated_header.csv")
    mapped = "version: 1\ncolumns:\n  First Name: FirstName\n"

    assert builder(mapped, source.header).unmapped == ("Last Name", "Email")
    with pytest.raises(MappingError, match='"Email", which the file has 2 times'):
        builder(mapped + "  Email: EmailAddress\n", source.header)


def test_a_repeated_header_that_the_mapping_does_not_use_is_no_error() -> None:
    assert builder(header=[*HEADER, "X", "X"]).unmapped == ("G", "X")


CELLS = st.sampled_from(
    ["", "", " ", "\t", "a", "A", " a", "ß", "SS", "12", "1-2", "\u00a0", "x@Y.z", "٣", '"', "\n"]
)
ROWS: st.SearchStrategy[list[str]] = st.one_of(
    st.lists(CELLS, min_size=7, max_size=7), st.just([]), st.lists(CELLS, min_size=1, max_size=9)
)


def screened_by_building(leads: LeadBuilder, block: Block) -> tuple[Screened, list[object]]:
    """What `screen` has to say, made row by row; and what takes the place of `whole`."""
    built = [
        leads.build(Row(block.first + i, row)) if row else None for i, row in enumerate(block.rows)
    ]
    problems = {i: b for i, b in enumerate(built) if isinstance(b, tuple)}
    keys = [
        [b.keys.get(field, "") if isinstance(b, Lead) else "" for b in built]
        for field in leads.unique
    ]
    values: list[object] = [b.values if isinstance(b, Lead) and not b.keys else "" for b in built]
    return Screened(problems, keys, []), values


@pytest.mark.parametrize("text", [MAPPING, NO_UNIQUE, MOBILE])
@given(rows=st.lists(ROWS, max_size=12))
def test_screening_a_block_comes_to_what_building_its_rows_does(
    text: str, rows: list[list[str]]
) -> None:
    leads, block = builder(text), Block(2, rows)

    screened = leads.screen(block)

    expected, values = screened_by_building(leads, block)
    assert screened.problems == expected.problems
    assert [list(column) for column in screened.keys] == expected.keys
    whole = list(screened.whole)
    assert [bool(text) for text in whole] == [bool(value) for value in values]
    for i in range(len(rows)):
        for j in range(i):
            assert (whole[i] == whole[j]) == (values[i] == values[j])


def test_screening_leaves_the_block_as_it_was() -> None:
    rows = [["A", "", "", "x", "", "", ""], [], ["a"], ["A", "", "", "x", "", "", "", " "]]
    block = Block(2, rows)

    builder().screen(block)

    assert block == Block(
        2, [["A", "", "", "x", "", "", ""], [], ["a"], ["A", "", "", "x", "", "", "", " "]]
    )


def test_the_trade_show_list_has_the_refusals_it_is_there_for() -> None:
    source = open_source(ROOT / "sample_data/trade_show.csv")
    leads = LeadBuilder(
        read_mapping(ROOT / "mappings/marketing_list.yaml"), source.header, file="trade_show.csv"
    )
    [block] = source.blocks()

    screened = leads.screen(block)

    assert (block.first, len(block.rows), leads.unmapped) == (2, 240, ())
    assert {
        block.first + index: [problem.code for problem in problems]
        for index, problems in screened.problems.items()
    } == {97: ["no_name_or_contact"], 143: ["row_width"], 199: ["no_name_or_contact"]}
    emails, phones = screened.keys
    assert repeats(block, emails) == [(23, 84), (61, 166), (110, 226)]
    assert repeats(block, phones) == [(110, 226)]
    assert block.rows[110 - 2] == block.rows[226 - 2]
    assert [i for i, email in enumerate(emails, 2) if email and "@" not in email] == [52, 113, 188]
    assert [i for i, text in enumerate(screened.whole, 2) if text] == [33, 58, 92, 131, 177, 219]
    assert block.rows[9 - 2][1] == "NA"
    assert "\n" in block.rows[14 - 2][9]


def repeats(block: Block, keys: Sequence[str]) -> list[tuple[int, int]]:
    """The row numbers of each key that stands there again, with its first."""
    return [
        (block.first + keys.index(key), block.first + index)
        for index, key in enumerate(keys)
        if key and keys.index(key) != index
    ]


def test_the_vendors_example_has_its_custom_field_set_together() -> None:
    source = open_source(ROOT / "sample_data/kyc.csv")
    leads = LeadBuilder(
        read_mapping(ROOT / "mappings/custom_field_set.yaml"), source.header, file="kyc.csv"
    )
    [block] = source.blocks()

    built = [leads.build(Row(2 + i, row)) for i, row in enumerate(block.rows)]

    assert built[0] == Lead(
        {
            "EmailAddress": "asha.rao@example.com",
            "FirstName": "Asha",
            "LastName": "Rao",
            "Phone": "+91-9845098450",
            "mx_City": "Bengaluru",
            "mx_KYC.Status": "Pending",
            "mx_KYC.mx_CustomObject_1": "https://files.example.com/kyc/asha-rao.pdf",
            "mx_KYC.mx_CustomObject_2": "DOC-00501",
        },
        {"EmailAddress": "asha.rao@example.com", "Phone": "919845098450"},
    )
    assert [isinstance(lead, Lead) for lead in built] == [True] * 4
