import hashlib
import re
from pathlib import Path

import pytest

from importer.errors import MappingError
from importer.intake.mapping import (
    LISTS,
    MAX_BYTES,
    Header,
    Mapping,
    Rule,
    Skip,
    lines_that_name,
    load_mapping,
    names_in,
    read_mapping,
)
from importer.intake.transforms.options import Options

READY = Path(__file__).parents[2] / "mappings"

# The one of the design, section 6.
EXAMPLE = """\
version: 1
columns:                      # file's column: schema name
  First Name: FirstName
  Last Name: LastName
  City: mx_City
  Email:
    field: EmailAddress
    transform: [trim, lower]
    required: true
  Phone:
    field: Phone
    transform: phone          # to +<country>-<number>
    region: IN
  Meeting:
    field: mx_Met_On
    transform: datetime
    formats: [DD/MM/YYYY HH:mm, YYYY-MM-DD]
    timezone: Asia/Kolkata
  Interest:
    field: mx_Interest
    choices: {Hot: High, Warm: Medium, Cold: Low}
  KYC Status: mx_KYC.Status   # a custom field set's child
  KYC File: mx_KYC.mx_CustomObject_1
  Internal Id:                # nothing after the colon: left out, on purpose
  Booth: {field: mx_Booth, optional: true}   # a column that may be missing
fields:                       # a field made of several columns; or with a default
  mx_Street1: {from: [Address 1, Address 2], join: ", "}
  Company: {from: Account, default: Unknown}
constants:
  Source: Trade Show 2026
unique: [EmailAddress, Phone] # the fields whose uniqueness this account enforces; the default
on_duplicate: reject          # or skip: people who are already there are no refusal
"""


def load(text: str) -> Mapping:
    return load_mapping(text, name="m.yaml")


def test_the_example_of_the_design_is_the_rules_that_one_expects() -> None:
    assert load(EXAMPLE) == Mapping(
        name="m.yaml",
        text=EXAMPLE,
        sha256=hashlib.sha256(EXAMPLE.encode()).hexdigest(),
        rules=(
            Rule("FirstName", ("First Name",), (3,)),
            Rule("LastName", ("Last Name",), (4,)),
            Rule("mx_City", ("City",), (5,)),
            Rule("EmailAddress", ("Email",), (6,), transforms=("trim", "lower"), required=True),
            Rule("Phone", ("Phone",), (10,), transforms=("phone",), options=Options(region="IN")),
            Rule(
                "mx_Met_On",
                ("Meeting",),
                (14,),
                transforms=("datetime",),
                options=Options(
                    formats=("DD/MM/YYYY HH:mm", "YYYY-MM-DD"), timezone="Asia/Kolkata"
                ),
            ),
            Rule(
                "mx_Interest",
                ("Interest",),
                (19,),
                choices=(("Hot", "High"), ("Warm", "Medium"), ("Cold", "Low")),
            ),
            Rule("mx_KYC.Status", ("KYC Status",), (22,)),
            Rule("mx_KYC.mx_CustomObject_1", ("KYC File",), (23,)),
            Rule("mx_Booth", ("Booth",), (25,), optional=True),
            Rule("mx_Street1", ("Address 1", "Address 2"), (27, 27), join=", "),
            Rule("Company", ("Account",), (28,), default="Unknown"),
        ),
        left_out=("Internal Id",),
        constants={"Source": "Trade Show 2026"},
        unique=("EmailAddress", "Phone"),
        skips_duplicates=False,
        order=(
            "FirstName",
            "LastName",
            "mx_City",
            "EmailAddress",
            "Phone",
            "mx_Met_On",
            "mx_Interest",
            "mx_KYC.Status",
            "mx_KYC.mx_CustomObject_1",
            "mx_Booth",
            "mx_Street1",
            "Company",
            "Source",
        ),
    )


def test_every_other_key_of_the_format_reaches_the_mapping() -> None:
    text = (
        "version: 1\n"
        "on_duplicate: skip\n"
        "constants: {Source: Trade Show}\n"
        "fields:\n"
        "  Company:\n"
        "    from:\n"
        "      - Account\n"
        "      - ' Account 2 '\n"
        "    required: Yes\n"
        "    optional: YES\n"
        "    transform: title\n"
        "    choices: {Acme Inc: Acme}\n"
        "    on_unknown: keep\n"
        "  mx_VIP: {from: Tier, transform: boolean, true: [Gold, Silver], false: None}\n"
        "columns:\n"
        "  Consent: {field: , required: true}\n"
        "  Nothing: {field: }\n"
        "  Phone: {field: Phone, transform: trim, required: no}\n"
        "  Born: {field: mx_Born, transform: [trim, date], formats: DD.MM.YYYY}\n"
        "  Revenue: {field: mx_Revenue, transform: number, decimal: ',', grouping: .}\n"
        "  Level: {field: mx_Level, choices: {a: }, on_unknown: blank}\n"
        "unique: Phone\n"
    )

    mapping = load(text)

    assert mapping.rules == (
        Rule("", ("Consent",), (16,), required=True),
        Rule("Phone", ("Phone",), (18,), transforms=("trim",)),
        Rule(
            "mx_Born",
            ("Born",),
            (19,),
            transforms=("trim", "date"),
            options=Options(formats=("DD.MM.YYYY",)),
        ),
        Rule(
            "mx_Revenue",
            ("Revenue",),
            (20,),
            transforms=("number",),
            options=Options(decimal=",", grouping="."),
        ),
        Rule("mx_Level", ("Level",), (21,), choices=(("a", ""),), on_unknown="blank"),
        Rule(
            "Company",
            ("Account", "Account 2"),
            (7, 8),
            required=True,
            optional=True,
            transforms=("title",),
            choices=(("Acme Inc", "Acme"),),
            on_unknown="keep",
        ),
        Rule(
            "mx_VIP",
            ("Tier",),
            (14,),
            transforms=("boolean",),
            options=Options(true=("Gold", "Silver"), false=("None",)),
        ),
    )
    assert mapping.left_out == ("Consent", "Nothing")
    assert mapping.constants == {"Source": "Trade Show"}
    assert mapping.unique == ("Phone",)
    assert mapping.skips_duplicates


@pytest.mark.parametrize("typed", ["No", "0123", "2026-01-01", "1e5", "~", "null", "0x1F", "1_0"])
def test_every_scalar_is_the_text_that_was_typed(typed: str) -> None:
    mapping = load(
        "version: 1\n"
        "columns:\n"
        f"  {typed}: FirstName\n"
        f"  B: {{field: mx_B, choices: {{{typed}: {typed}, x: {typed}}}}}\n"
        f"  C: {{field: mx_C, transform: boolean, true: {typed}, false: [x, {typed}x]}}\n"
        "fields:\n"
        f"  mx_D: {{from: {typed}, default: {typed}}}\n"
        f"  mx_E: {{from: [{typed}, x], join: {typed}}}\n"
        "constants:\n"
        f"  Source: {typed}\n"
    )

    assert mapping.rules == (
        Rule("FirstName", (typed,), (3,)),
        Rule("mx_B", ("B",), (4,), choices=((typed, typed), ("x", typed))),
        Rule(
            "mx_C",
            ("C",),
            (5,),
            transforms=("boolean",),
            options=Options(true=(typed,), false=("x", f"{typed}x")),
        ),
        Rule("mx_D", (typed,), (7,), default=typed),
        Rule("mx_E", (typed, "x"), (8, 8), join=typed),
    )
    assert mapping.constants == {"Source": typed}


def test_one_text_is_a_list_of_one_wherever_a_list_may_stand() -> None:
    one, listed = (
        load(
            "version: 1\ncolumns:\n"
            f"  A: {{field: Phone, transform: {transform}, formats: {form}}}\n"
            f"fields:\n  mx_B: {{from: {column}}}\nunique: {field}\n"
        )
        for transform, form, column, field in (
            ("date", "YYYY-MM-DD", "A", "Phone"),
            ("[date]", "[YYYY-MM-DD]", "[A]", "[Phone]"),
        )
    )

    assert (one.rules, one.unique) == (listed.rules, listed.unique)


@pytest.mark.parametrize(
    ("line", "unique"),
    [
        ("", ("EmailAddress", "Phone")),
        ("unique: []", ()),
        ("unique:", ()),
        ("unique: FirstName", ("FirstName",)),
        ("unique: [mx_C, FirstName]", ("mx_C", "FirstName")),
    ],
)
def test_unique_is_e_mail_and_phone_fed_or_not_unless_the_mapping_says_otherwise(
    line: str, unique: tuple[str, ...]
) -> None:
    text = f"version: 1\ncolumns:\n  A: FirstName\nconstants:\n  mx_C: x\n{line}\n"

    assert load(text).unique == unique


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("", ""),
        ("list: Trade Show 2026", "Trade Show 2026"),
        ("list: ' Pune '", "Pune"),
        ("list: 2026-01-01", "2026-01-01"),
        (f"list: {'x' * 100}", "x" * 100),
    ],
)
def test_a_mapping_names_a_static_list_or_none(line: str, name: str) -> None:
    text = f"version: 1\ncolumns:\n  A: Phone\n{line}\n"
    assert load_mapping(text, name="m.yaml").list_name == name


@pytest.mark.parametrize(
    ("lines", "stamp", "unique"),
    [
        ("", "", ("EmailAddress", "Phone")),
        ("stamp: mx_Key", "mx_Key", ("EmailAddress", "Phone")),
        ("stamp: mx_Key\nunique: [Phone, mx_Key]", "mx_Key", ("Phone", "mx_Key")),
        ("unique: mx_Key\nstamp: mx_Key", "mx_Key", ("mx_Key",)),
    ],
)
def test_a_stamp_is_unique_where_the_mapping_lists_it_and_is_no_field_that_is_fed(
    lines: str, stamp: str, unique: tuple[str, ...]
) -> None:
    mapping = load(f"version: 1\ncolumns:\n  A: Phone\n{lines}\n")

    assert (mapping.stamp, mapping.unique, mapping.order) == (stamp, unique, ("Phone",))


@pytest.mark.parametrize(
    ("sections", "order"),
    [
        (
            "columns: {A: Phone, B: mx_K.a, C: mx_L}\n"
            "fields: {mx_M: {from: A}, mx_K.b: {from: A}}\n"
            "constants: {mx_K.c: x, Source: y}\n",
            "Phone mx_K.a mx_K.b mx_K.c mx_L mx_M Source",
        ),
        (
            "constants: {Source: y, mx_K.c: x}\n"
            "fields: {mx_K.b: {from: A}, mx_M: {from: A}}\n"
            "columns: {B: mx_K.a, X: , A: Phone}\n",
            "Source mx_K.c mx_K.b mx_K.a mx_M Phone",
        ),
        ("fields: {Phone: {from: A}}\n", "Phone"),
        (
            "columns: {A: mx_A}\nsplit_name: {last: LastName, title: mx_T, from: B, first: mx_F}\n"
            "skip_if: {C: x}\nconstants: {Source: x}\n",
            "mx_A LastName mx_T mx_F Source",
        ),
    ],
)
def test_a_payload_has_the_order_of_the_file_and_custom_field_sets_together(
    sections: str, order: str
) -> None:
    assert load(f"version: 1\n{sections}").order == tuple(order.split())


def test_a_split_name_is_a_rule_for_each_field_and_one_that_asks_for_the_name() -> None:
    text = (
        "version: 1\nsplit_name:\n  first: FirstName\n  last: LastName\n  from: ' Name '\n"
        "  required: yes\n  as_is: yes\n  transform: [trim, title]\n"
    )
    asks = Rule("", ("Name",), (5,), required=True, as_is=True)
    steps = ("trim", "title")

    assert load(text).rules == (
        Rule("FirstName", ("Name",), (5,), transforms=(*steps, "split: first names"), as_is=True),
        Rule("LastName", ("Name",), (5,), transforms=(*steps, "split: last name"), as_is=True),
        asks,
    )
    assert load(text.replace("  required: yes\n", "")).rules[2:] == ()
    assert lines_that_name(text, {"LastName"}) == [4]


def test_the_texts_of_skip_if_are_those_that_were_typed() -> None:
    text = "version: 1\ncolumns: {A: Phone}\nskip_if:\n  A: No\n  B: ['', 0123]\n  C: ''\n"

    assert load(text).skips == (
        Skip("A", ("No",), 4),
        Skip("B", ("", "0123"), 5),
        Skip("C", ("",), 6),
    )


def test_the_columns_of_every_section_help_to_find_the_header(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(
        "columns: {A: Phone, B: }\nfields: {mx_C: {from: [C, D]}}\nskip_if: {E: x}\n"
        "split_name: {from: F, first: [g], last: }\n"
    )

    assert names_in(path) == {"A", "C", "D", "E", "F"}


def test_columns_that_the_file_lacks_are_not_looked_for_in_a_sound_mapping() -> None:
    text = "version: 1\ncolumns:\n  A: Phone\n"

    assert load_mapping(text, name="m.yaml", header=Header("list.csv", ["B"])) == load(text)


@pytest.mark.parametrize("path", sorted(READY.glob("*.yaml")), ids=lambda path: path.name)
def test_the_ready_mappings_are_sound(path: Path) -> None:
    mapping = read_mapping(path)

    assert mapping.text == path.read_text(encoding="utf-8")
    assert mapping.rules
    assert "EmailAddress" in mapping.unique


def test_a_mapping_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("version: 1\ncolumns:\n  Größe: Phone\n".encode("latin-1"))
    wide = tmp_path / "wide.yaml"
    wide.write_text("version: 1\n", encoding="utf-16")
    huge = tmp_path / "huge.yaml"
    huge.write_bytes("ß".encode() * (MAX_BYTES // 2) + b"x")
    device = tmp_path / "zero.yaml"
    device.write_bytes(b"\0" * 100)

    for path, what, where in [
        (tmp_path / "no.yaml", "there is no such mapping", ""),
        (tmp_path, "this is a folder or a device, not a file", ""),
        (latin, "the mapping is not written in UTF-8: byte 0xF6", ", line 3"),
        (wide, "the mapping is not written in UTF-8: byte 0xFF", ", line 1"),
        (huge, "the mapping has more than 262,144 bytes", ""),
        (device, "there is a character that can't be shown", ", line 1"),
        *((tmp_path / f"list{end}", "this is a list, and not a mapping", "") for end in LISTS),
        (tmp_path / "LIST.XLSX", "this is a list, and not a mapping", ""),
    ]:
        with pytest.raises(MappingError, match=f"^{re.escape(what)}") as caught:
            read_mapping(path)
        assert caught.value.fix
        assert caught.value.where == f"{path}{where}"


def test_a_mapping_of_the_most_bytes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = "version: 1\ncolumns:\n  A: Phone\n#"
    path.write_text(text + "x" * (MAX_BYTES - len(text)), encoding="utf-8")

    assert read_mapping(path).order == ("Phone",)


def test_a_byte_order_mark_is_no_part_of_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_bytes("\ufeffversion: 1\ncolumns:\n  A: Phone\n".encode())

    assert read_mapping(path).text.startswith("version: 1")


@pytest.mark.parametrize(
    ("keys", "as_is"), [("as_is: yes", True), ("as_is: false", False), ("", False)]
)
def test_a_column_can_be_taken_as_it_stands(keys: str, as_is: bool) -> None:
    text = f"version: 1\ncolumns:\n  A: {{field: Phone, {keys}}}\n"

    assert [rule.as_is for rule in load_mapping(text, name="m").rules] == [as_is]
