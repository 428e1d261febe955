import hashlib
import re
from pathlib import Path

import pytest

from importer.errors import MappingError
from importer.intake.mapping import MAX_BYTES, ColumnRule, Mapping, load_mapping, read_mapping

READY = Path(__file__).parents[2] / "mappings"


def refusal(text: str) -> tuple[str, str | None, str | None]:
    with pytest.raises(MappingError) as caught:
        load_mapping(text, name="m.yaml")
    return caught.value.what, caught.value.where, caught.value.fix


def test_every_key_of_the_format_reaches_the_mapping() -> None:
    text = (
        "version: 1\n"
        "constants: {Source: Trade Show}\n"
        "columns:\n"
        "  First Name: FirstName\n"
        "  KYC Status: mx_KYC.Status\n"
        "  City: mx_City\n"
        "  Email:\n"
        "    field: EmailAddress\n"
        "    transform: [trim, lower]\n"
        "    required: Yes\n"
        "  KYC File: mx_KYC.mx_CustomObject_1\n"
        "  Internal Id:\n"
        "  Consent: {field: , required: true}\n"
        "  Phone: {field: Phone, transform: trim, required: no}\n"
        "unique: [Phone, EmailAddress]\n"
    )

    assert load_mapping(text, name="m.yaml") == Mapping(
        name="m.yaml",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        columns=(
            ColumnRule("First Name", "FirstName", False, (), 4),
            ColumnRule("KYC Status", "mx_KYC.Status", False, (), 5),
            ColumnRule("City", "mx_City", False, (), 6),
            ColumnRule("Email", "EmailAddress", True, ("trim", "lower"), 7),
            ColumnRule("KYC File", "mx_KYC.mx_CustomObject_1", False, (), 11),
            ColumnRule("Internal Id", "", False, (), 12),
            ColumnRule("Consent", "", True, (), 13),
            ColumnRule("Phone", "Phone", False, ("trim",), 14),
        ),
        constants={"Source": "Trade Show"},
        unique=("Phone", "EmailAddress"),
        order=(
            "Source",
            "FirstName",
            "mx_KYC.Status",
            "mx_KYC.mx_CustomObject_1",
            "mx_City",
            "EmailAddress",
            "Phone",
        ),
    )


@pytest.mark.parametrize("typed", ["No", "0123", "2026-01-01", "1e5", "~", "null", "0x1F", "1_0"])
def test_every_scalar_is_the_text_that_was_typed(typed: str) -> None:
    mapping = load_mapping(
        f"version: 1\ncolumns:\n  {typed}: FirstName\nconstants:\n  Source: {typed}\n", name="m"
    )

    assert [rule.column for rule in mapping.columns] == [typed]
    assert mapping.constants == {"Source": typed}


@pytest.mark.parametrize(
    ("line", "unique"),
    [
        ("", ("EmailAddress", "Phone")),
        ("unique: []", ()),
        ("unique:", ()),
        ("unique: mx_Key", ("mx_Key",)),
    ],
)
def test_unique_is_e_mail_and_phone_unless_the_mapping_says_otherwise(
    line: str, unique: tuple[str, ...]
) -> None:
    mapping = load_mapping(f"version: 1\ncolumns:\n  A: FirstName\n{line}\n", name="m")

    assert mapping.unique == unique


@pytest.mark.parametrize("path", sorted(READY.glob("*.yaml")), ids=lambda path: path.name)
def test_the_ready_mappings_are_sound(path: Path) -> None:
    mapping = read_mapping(path)

    assert mapping.text == path.read_text(encoding="utf-8")
    assert mapping.unique == ("EmailAddress", "Phone")


SCHEMA = "write letters, digits and _, and for a custom field set's child Parent.Child"
SECOND_COLON = (
    "there is a second colon, or the line above has none, or this line is indented too far",
    "put a text with a colon in quotation marks, and align the line with its neighbours",
)
BEGIN = 'begin it with "version: 1" and "columns:", as the ready mappings do'
SIGN = "remove it and write the text itself; a text that begins so belongs in quotation marks"


@pytest.mark.parametrize(
    ("text", "what", "line", "fix"),
    [
        ("", "the mapping is empty", 1, BEGIN),
        ("# nothing\n", "the mapping is empty", 1, BEGIN),
        ("a text", "this is no mapping: it has no sections", 1, BEGIN),
        ("- a\n- b", "this is no mapping: it has no sections", 1, BEGIN),
        (
            "columns:\n  A: Phone\n",
            "the mapping does not say its version",
            1,
            'add "version: 1" as the first line',
        ),
        ("version: 2\ncolumns:\n  A: Phone\n", 'version "2" is not known', 1, "write version: 1"),
        (
            "version: 1\n",
            'the mapping has no "columns" section',
            1,
            "add columns: and entries below it",
        ),
        (
            "version: 1\ncolumns:\n",
            '"columns" is empty, which can\'t stand here',
            2,
            "write the entries of columns below it, each as Name: value",
        ),
        (
            "version: 1\ncolumn:\n  A: Phone\ncolumns:\n  A: Phone\n",
            'unknown key "column"',
            2,
            'did you mean "columns"? use one of: version, columns, constants, unique',
        ),
        (
            "version: 1\ncolumns:\n  A:\n    field: Phone\n    Required: true\n",
            'unknown key "Required"',
            5,
            'did you mean "required"? use one of: field, required, transform',
        ),
        (
            "version: 1\ncolumns:\n  A:\n    field: Phone\n    transform:\n      - Lower\n",
            'unknown transform "Lower"',
            6,
            'did you mean "lower"? use one of: trim, lower',
        ),
        (
            "version: 1\ncolumns:\n  A: Phone\n  B:\n    required: true\n",
            "the column has no field",
            4,
            "add field: and the field's schema name",
        ),
        (
            "version: 1\ncolumns:\n  A: {field: Phone, required: 1}\n",
            'required is "1"',
            3,
            "use one of: true, yes, false, no",
        ),
        (
            "version: 1\ncolumns:\n  A: Phone\n  B: Job Title\n",
            '"Job Title" is no schema name',
            4,
            SCHEMA,
        ),
        ("version: 1\ncolumns:\n  A: Phone\n  B: a.b.c\n", '"a.b.c" is no schema name', 4, SCHEMA),
        ("version: 1\ncolumns:\n  A: Phone\nunique: [1]\n", '"1" is no schema name', 4, SCHEMA),
        (
            "version: 1\ncolumns:\n  A: Phone\n  B: [x]\n",
            '"B" is a list, which can\'t stand here',
            4,
            "write the entries of B below it, each as Name: value",
        ),
        (
            "version: 1\ncolumns:\n  A: Phone\nconstants:\n  Source:\n",
            'the constant "Source" has no value',
            5,
            "write one, or remove the line",
        ),
        (
            "version: 1\ncolumns:\n  A: Phone\n  ' A ': FirstName\n",
            '"A" stands here again; the first is in line 3',
            4,
            "keep one of the two",
        ),
        (
            "version: 1\ncolumns:\n  A: Phone\n  '': FirstName\n",
            "a name is blank",
            4,
            "a column without a name is known by its letter",
        ),
        (
            "version: 1\ncolumns:\n  A: Phone\n  B: Phone\n",
            'the field "Phone" is fed twice, in lines 3 and 4',
            4,
            "keep one of the two",
        ),
        (
            "version: 1\ncolumns:\n  A: Phone\nconstants:\n  Phone: 1\n",
            'the field "Phone" is fed twice, in lines 3 and 5',
            5,
            "keep one of the two",
        ),
        (
            "version: 1\ncolumns:\n  A: Phone\n  B: mx_K.C\nconstants:\n  mx_K: 1\n",
            '"mx_K.C" is a part of "mx_K", which line 6 feeds as a whole',
            4,
            "remove one, or name the child in line 6 too",
        ),
        (
            "version: 1\ncolumns:\n  A: mx_City\n",
            "the mapping feeds no name and no contact, so that no row could be sent",
            2,
            "feed one of: FirstName, LastName, EmailAddress, Phone",
        ),
        (
            "version: 1\ncolumns:\n  A: Phone\nunique: [Phone, Phone]\n",
            '"Phone" stands twice under unique',
            4,
            "keep one of the two",
        ),
        ("version: 1\ncolumns: &a\n  A: Phone\n", '"&a" can\'t be used in a mapping', 2, SIGN),
        ("version: 1\ncolumns:\n  A: !!str x\n", '"!!str" can\'t be used in a mapping', 3, SIGN),
        (
            "version: 1\ncolumns:\n  A: Phone\n  <<: {B: LastName}\n",
            '"<<" can\'t be used in a mapping',
            4,
            "write the entries themselves",
        ),
        (
            "version: 1\ncolumns:\n  A: Phone\n  [x]: LastName\n",
            "a name is a list or a section",
            4,
            "put the name in quotation marks",
        ),
        (
            "version: 1\ncolumns:\n\tA: Phone\n",
            "a tab is used where spaces belong",
            3,
            "indent with spaces",
        ),
        ("version: 1\ncolumns:\n  A: B: C\n", SECOND_COLON[0], 3, SECOND_COLON[1]),
        ("version: 1\ncolumns:\n  A Phone\n  B: LastName\n", SECOND_COLON[0], 4, SECOND_COLON[1]),
        (
            "version: 1\ncolumns:\n  'A: Phone\n  B: LastName\n",
            "a quotation mark is opened and not closed",
            3,
            "close it on the same line",
        ),
        (
            'version: 1\ncolumns:\n  "a\\q": Phone\n',
            "a backslash stands in double quotation marks, where it means something in YAML",
            3,
            "use single quotation marks: 'a\\b'",
        ),
        (
            "version: 1\ncolumns:\n  A: @x\n",
            "a text begins with a sign that means something in YAML",
            3,
            "put the text in quotation marks",
        ),
        (
            "version: 1\ncolumns: {A: Phone\n",
            "a bracket is opened and not closed, or a comma is missing",
            2,
            "write it as [a, b] or {a: b}",
        ),
        (
            "version: 1\n---\nversion: 1\n",
            "there is a line --- that begins a second document",
            2,
            "take that line out",
        ),
        ("version: 1\nA: \x07\n", "there is a character that can't be shown", 2, "remove it"),
        ("[" * 9999, "brackets or lines are nested too deeply", 1, "compare a ready mapping"),
    ],
)
def test_each_flaw_is_said_with_its_line_and_its_mend(
    text: str, what: str, line: int, fix: str
) -> None:
    assert refusal(text) == (what, f"m.yaml, line {line}", fix)


def test_all_flaws_are_said_at_once() -> None:
    text = (
        "columns:\n"
        "  A: FirstName\n"
        "  B: {field: FirstName, transform: [trimm, lower]}\n"
        "constant:\n"
        "  X: y\n"
        "unique: {a: b}\n"
    )

    assert refusal(text) == (
        "the mapping has 5 errors:\n"
        '  line 1: the mapping does not say its version; add "version: 1" as the first line\n'
        '  line 3: unknown transform "trimm"; did you mean "trim"? use one of: trim, lower\n'
        '  line 3: the field "FirstName" is fed twice, in lines 2 and 3; keep one of the two\n'
        '  line 4: unknown key "constant"; did you mean "constants"? '
        "use one of: version, columns, constants, unique\n"
        '  line 6: "unique" is a section, which can\'t stand here; write unique: [first, second]',
        "m.yaml",
        "mend these lines",
    )


def test_an_alias_bomb_is_refused_and_not_built() -> None:
    levels = [
        f"{n}: &{n} [{', '.join([f'*{p}'] * 9)}]"
        for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    ]

    what, _, _ = refusal("a: &a x\n" + "\n".join(levels))

    assert what.startswith('the mapping has 17 errors:\n  line 1: "&a"')


def test_a_mapping_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("version: 1\ncolumns:\n  Größe: Phone\n".encode("latin-1"))
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"x" * (MAX_BYTES + 1))

    for path, what in [
        (tmp_path / "no.yaml", "there is no such mapping"),
        (tmp_path, "the mapping can't be read"),
        (latin, "the mapping is not written in UTF-8: byte 0xF6"),
        (huge, "the mapping has more than 262,144 characters"),
    ]:
        with pytest.raises(MappingError, match=re.escape(what)) as caught:
            read_mapping(path)
        assert caught.value.fix
        assert (caught.value.where or "").startswith(str(path))


def test_a_byte_order_mark_is_no_part_of_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_bytes("\ufeffversion: 1\ncolumns:\n  A: Phone\n".encode())

    assert read_mapping(path).text.startswith("version: 1")
