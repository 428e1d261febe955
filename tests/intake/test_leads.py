import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.errors import MappingError
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import load_mapping, read_mapping
from importer.intake.source.open import open_source
from importer.model import Block, Lead, Problem, Row

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
unique: [Mobile, mx_Key, EmailAddress]
"""


def builder(text: str = MAPPING, header: Sequence[str] = HEADER) -> LeadBuilder:
    return LeadBuilder(load_mapping(text, name="m.yaml"), header, file="list.csv")


def refusal(text: str, header: Sequence[str]) -> tuple[str, str | None, str | None]:
    with pytest.raises(MappingError) as caught:
        builder(text, header)
    return caught.value.what, caught.value.where, caught.value.fix


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
            "where a delimiter inside a cell of a CSV makes two cells of one, put that cell in "
            "quotation marks; else clear that text, or name its column in the header",
            value='"", "x", "y"',
        ),
    )


def test_a_narrower_row_is_said_with_its_width() -> None:
    assert build("A", "b") == (
        Problem(
            "row_width",
            "the row has 2 cells, and the header 7: as a rule a line break or a stray quotation "
            "mark inside a cell cuts the row short; complete the row, and put a cell with a line "
            "break in quotation marks; where only blank cells are missing, run the file with"
            " --short-rows pad",
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


def only_problem(built: Lead | tuple[Problem, ...]) -> Problem:
    assert isinstance(built, tuple)
    [problem] = built
    return problem


def made(sections: str, *cells: str, kinds: str = "") -> Lead | tuple[Problem, ...]:
    """The lead of the cells of A, B, C, …"""
    leads = builder(f"version: 1\n{sections}", ["A", "B", "C", "D"][: len(cells)])
    return leads.build(Row(2, cells, kinds))


def test_a_value_is_made_as_the_mapping_says() -> None:
    assert made(
        "columns:\n"
        "  A: {field: Phone, transform: [trim, phone], region: IN}\n"
        "  B: {field: mx_K.Born, transform: date, formats: DD/MM/YYYY}\n"
        "constants: {Source: Fair, mx_K.Seen: now}\n"
        "fields:\n"
        "  LastName: {from: [C, D], transform: title, default: Unknown}\n"
        "  mx_K.Level: {from: D, choices: {meier: High}, on_unknown: blank}\n"
        "  EmailAddress: {from: [C, D], join: ., choices: {anna.meier: a@b.co}}\n",
        " 98450 98450 ",
        "31/12/2026",
        " anna",
        "meier ",
    ) == Lead(
        {
            "Phone": "+91-9845098450",
            "mx_K.Born": "2026-12-31",
            "mx_K.Seen": "now",
            "mx_K.Level": "High",
            "Source": "Fair",
            "LastName": "Anna Meier",
            "EmailAddress": "a@b.co",
        },
        {"EmailAddress": "a@b.co", "Phone": "919845098450"},
    )


def test_a_payload_has_the_order_of_the_sections_and_sets_stand_together() -> None:
    lead = made(
        "fields: {mx_K.b: {from: B}, mx_M: {from: A}}\n"
        "constants: {Source: x, mx_K.c: y}\n"
        "columns: {A: Phone, B: mx_K.a, C: mx_K.d}\n",
        "1",
        "2",
        " ",
    )

    assert isinstance(lead, Lead)
    assert list(lead.values.items()) == [
        ("mx_K.b", "2"),
        ("mx_K.c", "y"),
        ("mx_K.a", "2"),
        ("mx_M", "1"),
        ("Source", "x"),
        ("Phone", "1"),
    ]


def test_a_column_that_is_only_checked_is_not_sent() -> None:
    text = "columns: {A: Phone, B: {field: , required: true, choices: {Yes: 1}}}\n"

    assert made(text, "1", "Yes") == Lead({"Phone": "1"}, {"Phone": "1"})
    assert only_problem(made(text, "1", "")).code == "required"


def test_a_default_name_is_a_name() -> None:
    assert made("fields: {LastName: {from: A, default: Friend}}\n", " ") == Lead(
        {"LastName": "Friend"}, {}
    )


def test_every_value_that_can_not_be_made_is_a_problem_of_its_own() -> None:
    problems = made(
        "columns:\n"
        "  A: {field: EmailAddress, transform: email}\n"
        "  B: {field: Phone, transform: phone}\n"
        "  C: {field: , required: true, choices: {Yes: }}\n"
        "fields:\n"
        "  Mobile: {from: B, transform: phone}\n"
        "  mx_F: {from: [A, B], required: true, choices: {x: y}, on_unknown: blank}\n",
        "anna@",
        "12345",
        "No",
    )

    assert isinstance(problems, tuple)
    assert [(each.code, each.column, each.value) for each in problems] == [
        ("bad_email", "A", "anna@"),
        ("bad_phone", "B", "12345"),
        ("required", "A; B", "anna@ 12345"),
        ("unknown_choice", "C", "No"),
    ]
    assert [each.why.partition(":")[0] for each in problems] == [
        '"A" is "anna@"',
        '"B" is "12345"',
        '"A" and "B" are "anna@ 12345", which gives no value, and the mapping requires one',
        '"C" is "No"',
    ]


def test_a_contact_that_can_not_be_made_is_not_said_to_be_missing() -> None:
    problem = only_problem(made("columns: {A: {field: Phone, transform: phone}}\n", "x"))

    assert problem.code == "bad_phone"


@pytest.mark.parametrize(
    ("sections", "names"),
    [
        ("columns: {A: LastName}\nfields: {FirstName: {from: [B, A]}}\n", "B, A"),
        ("fields: {Phone: {from: X, optional: yes}, FirstName: {from: B}}\n", "B"),
        ("fields: {Phone: {from: X, optional: yes}, mx_F: {from: B}}\n", "X"),
    ],
)
def test_the_columns_that_could_give_a_name_or_a_contact_are_named_once(
    sections: str, names: str
) -> None:
    assert made(sections, " ", "") == (
        Problem(
            "no_name_or_contact",
            f"the row has neither a name nor a contact: fill in one of {names}",
        ),
    )


ERROR_CELL = Problem(
    "cell_error",
    '"B" is #N/A, an error of the workbook: correct it, or clear the cell',
    "B",
    "#N/A",
)
NO_FORMULA_VALUE = Problem(
    "no_formula_value",
    '"A" is a formula whose value was not stored (=1+1): open the workbook in Excel and save it, '
    "or type the value",
    "A",
    "=1+1",
)


@pytest.mark.parametrize(
    ("sections", "kinds", "problems"),
    [
        ("columns: {A: Phone, B: mx_B}", "tet", [ERROR_CELL]),
        ("columns: {A: Phone, B: mx_B}", "fet", [NO_FORMULA_VALUE, ERROR_CELL]),
        ("columns: {A: Phone, B: mx_B}", "fe", [NO_FORMULA_VALUE, ERROR_CELL]),
        ("columns: {B: {field: Phone, transform: phone}}", "tet", [ERROR_CELL]),
        ("columns: {B: {field: Phone, choices: {x: y}, required: yes}}", "tet", [ERROR_CELL]),
        ("columns: {A: Phone, B: {field: , required: yes, choices: {x: y}}}", "tet", [ERROR_CELL]),
        ("columns: {B: Phone}\nfields: {mx_F: {from: [C, B]}}", "tet", [ERROR_CELL]),
        ("fields: {Phone: {from: [B, C, A], default: x}}", "fet", [NO_FORMULA_VALUE, ERROR_CELL]),
        ("columns: {A: Phone}", "tef", None),
        ("columns: {A: Phone, B: }", "tef", None),
        ("columns: {A: Phone, B: mx_B}", "nbd", None),
        ("columns: {A: Phone, B: mx_B}", "ttte", None),
    ],
)
def test_a_cell_that_holds_no_value_is_a_problem_where_it_is_used(
    sections: str, kinds: str, problems: list[Problem] | None
) -> None:
    cells = ["=1+1", "#N/A", "x"]
    if problems is None:
        assert isinstance(made(sections, *cells, kinds=kinds), Lead)
    else:
        assert made(sections, *cells, kinds=kinds) == tuple(problems)


def test_what_is_long_or_can_not_be_shown_is_shortened_in_the_reason_alone() -> None:
    long = "=A1&\n" + "x" * 100

    for kinds, shortened in [("f", f"(=A1&\ufffd{'x' * 54}…)"), ("e", f" =A1&\ufffd{'x' * 54}…,")]:
        problem = only_problem(made("columns: {A: Phone}", long, kinds=kinds))
        assert shortened in problem.why
        assert problem.value == long
    wide = only_problem(builder(MAPPING, HEADER).build(Row(2, ["a"] * 7 + [long])))
    assert f'"=A1&\ufffd{"x" * 53}… stands' in wide.why
    assert wide.value == f'"{long}"'


def test_a_blank_header_is_known_by_its_letter_and_what_is_not_mapped_is_told() -> None:
    assert builder().unmapped == ("G",)
    assert builder(MOBILE).unmapped == ("Name", "Status", "File")
    assert builder(MOBILE, ["Mail", "Phone", *"CDEFG", *[""] * 20]).unmapped[-1] == "AA"


def test_unique_fields_that_the_mapping_does_not_feed_are_not_used() -> None:
    assert builder().unique == ("EmailAddress", "Phone")
    assert builder("version: 1\ncolumns: {Phone: Phone, Mail: }\n").unique == ("Phone",)
    assert builder("version: 1\ncolumns: {Name: LastName}\n").unique == ()
    assert builder(NO_UNIQUE).unique == ()
    assert builder(MOBILE).unique == ("Mobile", "mx_Key", "EmailAddress")


def test_headers_are_compared_trimmed_and_a_left_out_column_may_be_missing() -> None:
    builder(MOBILE, ["  Mail", "Phone\t", "G"])


LACKS = "the mapping names a column that the file does not have: "
TWICE = 'the mapping uses the column "Mail", which the file has 2 times (list.csv, columns B, G)'
BY_LETTER = "name the one that is meant by its letter: B or G"


@pytest.mark.parametrize(
    ("header", "what", "where", "fix"),
    [
        (
            ["Name", "mail", "Phone", "City", "Status", "File"],
            f'{LACKS}"Mail"',
            "m.yaml, line 5",
            'did you mean "mail"? use one of: mail',
        ),
        (
            ["Name", "Phone", "City", "Zip"],
            "the mapping has 3 errors:\n"
            f'  line 3: {LACKS}"Status"; the columns of list.csv are: Name, Phone, City, Zip\n'
            f'  line 5: {LACKS}"Mail"; use another of these columns\n'
            f'  line 8: {LACKS}"File"; use another of these columns',
            "m.yaml",
            "mend these lines",
        ),
        (
            ["Name", "Mail", "Phone", "City", "Status", "File", " Mail"],
            TWICE,
            "m.yaml, line 5",
            BY_LETTER,
        ),
    ],
)
def test_a_header_that_does_not_fit_the_mapping_is_refused(
    header: list[str], what: str, where: str, fix: str
) -> None:
    assert refusal(MAPPING, header) == (what, where, fix)


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("from: Gone", f'{LACKS}"Gone"'),
        ("from: [Name, Gone]", f'{LACKS}"Gone"'),
        ("from: Gone, optional: true", None),
        ("from: [Name, Gone], optional: true", None),
        ("from: [Gone], default: x, optional: true", None),
        ("from: [Name, Gone], optional: true, required: true", None),
        ("from: [Gone, File 2], optional: true, required: true", "the mapping has 2 errors:"),
        ("from: [Name, Twice], optional: true", 'the mapping uses the column "Twice"'),
    ],
)
def test_a_column_may_be_missing_where_it_is_optional_and_never_be_there_twice(
    entry: str, what: str | None
) -> None:
    text = f"{MAPPING}fields:\n  mx_F: {{{entry}}}\n"
    header = [*HEADER, "Twice", "Twice"]

    if what is None:
        assert builder(text, header).unmapped == ("G", "H", "I")
    else:
        assert refusal(text, header)[0].startswith(what)


def test_the_sample_with_a_repeated_header_is_refused_where_the_mapping_uses_it() -> None:
    source = open_source(ROOT / "sample_data/repeated_header.csv")
    mapped = "version: 1\ncolumns:\n  First Name: FirstName\n"

    assert builder(mapped, source.header).unmapped == ("Last Name", "C", "D")
    with pytest.raises(MappingError, match='"Email", which the file has 2 times'):
        builder(mapped + "  Email: EmailAddress\n", source.header)


def test_a_repeated_header_that_the_mapping_does_not_use_is_no_error() -> None:
    assert builder(header=[*HEADER, "X", "X"]).unmapped == ("G", "H", "I")


CELLS = st.sampled_from(
    ["", "", " ", "\t", "a", "A", " a", "ß", "SS", "12", "1-2", "\u00a0", "x@Y.z", "٣", '"', "\n"]
)
ROWS: st.SearchStrategy[list[str]] = st.one_of(
    st.lists(CELLS, min_size=7, max_size=7), st.just([]), st.lists(CELLS, min_size=1, max_size=9)
)


def assert_screening_is_building(leads: LeadBuilder, block: Block) -> None:
    kinds = block.kinds or [""] * len(block.rows)
    built = [
        leads.build(Row(block.first + i, row, kinds[i])) if row else None
        for i, row in enumerate(block.rows)
    ]

    screened = leads.screen(block)

    assert screened.problems == {i: b for i, b in enumerate(built) if isinstance(b, tuple)}
    assert [list(column) for column in screened.keys] == [
        [b.keys.get(field, "") if isinstance(b, Lead) else "" for b in built]
        for field in leads.unique
    ]
    assert list(screened.whole) == [
        b.text if isinstance(b, Lead) and not b.keys else "" for b in built
    ]


@pytest.mark.parametrize("text", [MAPPING, NO_UNIQUE, MOBILE])
@given(rows=st.lists(ROWS, max_size=12))
def test_screening_a_block_comes_to_what_building_its_rows_does(
    text: str, rows: list[list[str]]
) -> None:
    assert_screening_is_building(builder(text), Block(2, rows))


COLUMNS = ("A", "B", "C", "D")
GONE = "Gone"  # a column that the file lacks
FIELDS = ("FirstName", "EmailAddress", "Phone", "Mobile", "mx_A", "mx_K.a", "Company", "mx_K.b")
TRANSFORMS = ("trim", "lower", "upper", "title", "email", "phone", "number", "date")
TYPED = [
    "",
    " ",
    "a",
    "Dr. von B, A",
    "A ",
    "ß",
    "x@Y.zo",
    " 12",
    "1,5",
    "2026-01-31",
    "+91 98450 98450",
    "'",
    "٣",
]
TREATMENTS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"transform": st.just([]) | st.lists(st.sampled_from(TRANSFORMS), max_size=2)},
    optional={
        "required": st.sampled_from(["yes", "no", "no"]),
        "optional": st.sampled_from(["yes", "no"]),
        "choices": st.dictionaries(
            st.sampled_from(["a", "A", "12", "2026-01-31"]), st.sampled_from(TYPED), min_size=1
        ),
    },
)
ON_UNKNOWN = st.sampled_from(["refuse", "blank", "keep", "keep"])


@st.composite
def treatments(draw: st.DrawFn, columns: Sequence[str], *, default: bool) -> dict[str, Any]:
    """Keys that go together, for a value that is made of these columns."""
    keys = draw(TREATMENTS)
    if "choices" in keys:
        keys["on_unknown"] = draw(ON_UNKNOWN)
    if "phone" in keys["transform"] and draw(st.booleans()):
        keys["region"] = "IN"
    if GONE in columns:
        keys["optional"] = "yes"
    if default:
        keys["default"] = draw(st.sampled_from(TYPED[2:]))
    if default or len(columns) == 1:
        keys.pop("required" if GONE in columns or default else "optional", None)
    return keys


SKIPS = st.dictionaries(
    st.sampled_from(COLUMNS),
    st.sampled_from(["", "A", "12", ["a", ""], ["SS", "x@y.zo"]]),
    min_size=1,
    max_size=2,
)


@st.composite
def splits(draw: st.DrawFn, fed: set[str]) -> dict[str, Any]:
    """A split name whose fields are fed by nothing else."""
    free = [name for name in ("LastName", "FirstName", "mx_L", "mx_S", "mx_T") if name not in fed]
    parts = dict(zip(("last", "first", "title"), free, strict=False))
    if draw(st.booleans()):
        parts.pop("title", None)
    keys = draw(st.sampled_from([{}, {"required": "yes"}, {"transform": "title"}]))
    return {"from": draw(st.sampled_from(COLUMNS)), **parts, **keys}


@st.composite
def mappings(draw: st.DrawFn) -> str:
    """A mapping for a file of `COLUMNS`, as text."""
    fed = draw(st.lists(st.sampled_from(FIELDS), unique=True, min_size=1))
    free = draw(st.permutations([*COLUMNS, GONE]))
    columns: dict[str, object] = {}
    fields: dict[str, object] = {}
    constants = {} if set(fed) & set(FIELDS[:3]) else {"LastName": "x"}
    for name in fed:
        kind = draw(st.sampled_from(["column", "column", "field", "field", "constant"]))
        if kind == "constant":
            constants[name] = draw(st.sampled_from(TYPED[2:]))
        elif kind == "column" and free:
            column = free.pop()
            columns[column] = {"field": name, **draw(treatments([column], default=False))}
        else:
            sources = draw(
                st.lists(st.sampled_from([*COLUMNS, GONE]), unique=True, min_size=1, max_size=3)
            )
            keys = draw(treatments(sources, default=draw(st.booleans())))
            fields[name] = {"from": sources, "join": draw(st.sampled_from(["", " ", "@"])), **keys}
    if free and free[-1] != GONE and draw(st.booleans()):
        keys = draw(treatments(free[-1:], default=False))
        columns[free[-1]] = {**keys, "field": "", "required": "yes", "optional": "no"}
    sections: dict[str, object] = {"columns": columns, "fields": fields, "constants": constants}
    if draw(st.booleans()):
        sections["split_name"] = draw(splits({*fed, *constants}))
    if draw(st.booleans()):
        sections["skip_if"] = draw(SKIPS)
    if draw(st.booleans()):
        sections["unique"] = draw(st.lists(st.sampled_from([*fed, *constants]), unique=True))
    names = draw(st.permutations(list(sections)))
    return json.dumps({"version": "1", **{name: sections[name] for name in names}})


WHOLE_ROWS = st.lists(st.sampled_from(TYPED), min_size=4, max_size=4)
OTHER_ROWS: st.SearchStrategy[list[str]] = st.just([]) | st.lists(
    st.sampled_from(TYPED), min_size=1, max_size=6
)
ANY_ROWS: st.SearchStrategy[list[str]] = WHOLE_ROWS | WHOLE_ROWS | WHOLE_ROWS | OTHER_ROWS
KINDS = st.text("tttndbef", max_size=6)


@settings(derandomize=True, database=None, deadline=None, max_examples=400)
@given(text=mappings(), rows=st.lists(st.tuples(ANY_ROWS, KINDS), max_size=12), has_kinds=...)
def test_screening_is_building_for_every_mapping(
    text: str, rows: list[tuple[list[str], str]], has_kinds: bool
) -> None:
    kinds = [kinds for _, kinds in rows] if has_kinds else []

    assert_screening_is_building(builder(text, COLUMNS), Block(7, [row for row, _ in rows], kinds))


SKIPPING = MAPPING + "skip_if: {Status: [unsubscribed, ''], File: No}\n"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("unsubscribed", '"unsubscribed"'),
        (" UnSubscribed\u00a0", '"UnSubscribed"'),
        ("", "blank"),
        (" ", "blank"),
    ],
)
def test_a_row_is_left_out_by_what_stands_in_a_column_whatever_else_is_wrong(
    status: str, said: str
) -> None:
    row = Row(2, ["", "", "", "", status, "", ""])
    why = f'"Status" is {said}, and the mapping says skip_if'

    assert builder(SKIPPING).build(row) == (Problem("skip_if", why, "Status", status),)


@pytest.mark.parametrize("status", ["subscribed", "un subscribed", "-"])
def test_a_row_with_another_text_is_not_left_out(status: str) -> None:
    row = Row(2, ["Rao", "", "", "Köln", status, "f.pdf", ""])

    assert isinstance(builder(SKIPPING).build(row), Lead)


def test_any_of_several_columns_leaves_a_row_out() -> None:
    row = Row(2, ["Rao", "", "", "Köln", "active", "NO", ""])

    assert only_problem(builder(SKIPPING).build(row)).column == "File"


def test_a_row_of_the_wrong_width_is_not_left_out_as_its_cells_may_have_moved() -> None:
    leads = builder(SKIPPING)

    assert only_problem(leads.build(Row(2, ["Rao", "", "", "Köln", ""]))).code == "row_width"
    assert_screening_is_building(leads, Block(2, [["", "", "", "", ""], [], [""] * 7, [""] * 9]))


def test_a_column_that_rows_are_left_out_by_is_mentioned_and_has_to_be_there() -> None:
    text = "version: 1\ncolumns: {A: Phone}\nskip_if:\n  Opt-in: No\n"

    assert builder(text, ["A", "Opt-in", "C"]).unmapped == ("C",)
    assert refusal(text, ["A", "Opt in", "C"]) == (
        'the mapping names a column that the file does not have: "Opt-in"',
        "m.yaml, line 4",
        'did you mean "Opt in"? use one of: Opt in, C',
    )


def test_the_value_of_a_row_that_is_left_out_is_free_for_others() -> None:
    text = "version: 1\ncolumns: {A: Phone}\nskip_if: {B: x}\n"
    screened = builder(text, ["A", "B"]).screen(Block(2, [["1", "X"], ["1", "y"]]))

    assert [list(column) for column in screened.keys] == [["", "1"]]
    assert [*screened.problems] == [0]


SPLIT = "split_name: {from: A, last: LastName, first: mx_First, title: mx_S}\ncolumns: {B: Phone}\n"


def test_a_column_of_full_names_feeds_its_fields_where_its_section_stands() -> None:
    lead = made(SPLIT, "Dr. Anna von Trapp", "1")

    assert isinstance(lead, Lead)
    assert [*lead.values.items()] == [
        ("LastName", "von Trapp"),
        ("mx_First", "Anna"),
        ("mx_S", "Dr."),
        ("Phone", "1"),
    ]


def test_a_name_may_be_blank_unless_it_is_required() -> None:
    required = SPLIT.replace("from: A", "from: A, required: yes")

    assert made(SPLIT, " ", "1") == Lead({"Phone": "1"}, {"Phone": "1"})
    assert made(required, " ", "1") == (
        Problem("required", '"A" is blank, and the mapping requires it: fill it in', "A", " "),
    )


def test_a_name_is_transformed_before_it_is_split() -> None:
    lead = made(SPLIT.replace("from: A", "from: A, transform: [fix_text, title]"), "RAO, ASHA", "")

    assert lead == Lead({"LastName": "Rao", "mx_First": "Asha"}, {})


def test_a_column_of_full_names_may_be_missing_where_the_mapping_says_so() -> None:
    text = f"version: 1\n{SPLIT}"
    optional = text.replace("from: A", "from: A, optional: yes")

    assert builder(optional, ["B"]).build(Row(2, ["1"])) == Lead({"Phone": "1"}, {"Phone": "1"})
    assert refusal(text, ["Name", "B"]) == (
        'the mapping names a column that the file does not have: "A"',
        "m.yaml, line 2",
        "use one of: Name",
    )


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
