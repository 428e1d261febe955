import pytest

from importer.errors import MappingError
from importer.intake.document import Flaw
from importer.intake.mapping import Header, load_mapping
from importer.intake.mapping_flaws import flaws_error, nearest
from importer.intake.transforms.options import OptionError, Options
from importer.intake.transforms.registry import CHECKS, check_together

BEGIN = 'begin it with "version: 1" and "columns:", as the ready mappings do'
SCHEMA = (
    "write letters, digits and _, and for a custom field set's child Parent.Child; of a display"
    " name importer fields tells the schema name"
)
KEYS = (
    "use one of: version, columns, fields, split_name, skip_if, constants, unique, on_duplicate, "
    "stamp, list"
)
SKIP_FIX = 'write the texts, as Column: [one, other]; "" is a blank cell'
SPLIT = "split_name:\n  from: B\n  first: mx_F\n  last: mx_L\n"
TREATMENT = (
    "required, optional, as_is, transform, region, formats, timezone, true, false, decimal, "
    "grouping, percent, choices, on_unknown"
)
TRANSFORMS = (
    "use one of: trim, lower, upper, title, fix_text, phone, email, date, datetime, boolean,"
    " number, owner"
)
ADD_TRANSFORM = "add that transform, or remove the line"
STAMP = "name a field of text that begins with mx_, such as mx_Import_Key"
LIST = "write a name of 1 to 100 characters, on one line, or remove the line"
NO_FROM = ("from names no column", "write from: Column, or from: [First, Second]")
ONE_TEXT = "write one text after the colon"
A = "version: 1\ncolumns:\n  A: Phone\n"  # lines 1 to 3 of what is wrong below it
B = "version: 1\ncolumns:\n  A: Phone\n  B:\n    field: mx_B\n"  # lines 1 to 5
F = "version: 1\ncolumns:\n  A: Phone\nfields:\n  mx_F:\n    from: B\n"  # lines 1 to 6


def refusal(text: str, header: Header | None = None) -> tuple[str, str | None, str | None]:
    with pytest.raises(MappingError) as caught:
        load_mapping(text, name="m.yaml", header=header)
    return caught.value.what, caught.value.where, caught.value.fix


@pytest.mark.parametrize(
    ("text", "what", "line", "fix"),
    [
        # no mapping
        ("", "the mapping is empty", 1, BEGIN),
        ("# nothing\n", "the mapping is empty", 1, BEGIN),
        ("---\n", "the mapping is empty", 1, BEGIN),
        ("a text", "this is no mapping: it has no sections", 1, BEGIN),
        ("Name,Mail\nAnna,a@b.c", "this is no mapping: it has no sections", 1, BEGIN),
        ("- a\n- b", "this is no mapping: it has no sections", 1, BEGIN),
        # the sections
        (
            "columns:\n  A: Phone\n",
            "the mapping does not say its version",
            1,
            'add "version: 1" as the first line',
        ),
        ("version: 2\ncolumns:\n  A: Phone\n", 'version "2" is not known', 1, "write version: 1"),
        (
            "version: [1]\ncolumns:\n  A: Phone\n",
            '"version" is a list, which can\'t stand here',
            1,
            ONE_TEXT,
        ),
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
            A + "fields: [x]\n",
            '"fields" is a list, which can\'t stand here',
            4,
            "write the entries of fields below it, each as Name: value",
        ),
        (
            A + "constants: x\n",
            '"constants" is the text "x", which can\'t stand here',
            4,
            "write the entries of constants below it, each as Name: value",
        ),
        (
            A + "column:\n  B: Mobile\n",
            'unknown key "column"',
            4,
            f'did you mean "columns"? {KEYS}',
        ),
        (
            A + "on_duplicates: skip",
            'unknown key "on_duplicates"',
            4,
            f'did you mean "on_duplicate"? {KEYS}',
        ),
        (A + "x: y", 'unknown key "x"', 4, KEYS),
        # columns
        (
            A + "  B:\n    required: true\n",
            "the column has no field",
            4,
            "add field: and the field's schema name",
        ),
        (
            "version: 1\ncolumns:\n  A:\n    field: Phone\n    Required: true\n",
            'unknown key "Required"',
            5,
            f'did you mean "required"? use one of: field, {TREATMENT}',
        ),
        (
            B + "    from: B\n",
            'unknown key "from"',
            6,
            f"use one of: field, {TREATMENT}",
        ),
        (
            "version: 1\ncolumns:\n  A: {field: Phone, required: 1}\n",
            'required is "1"',
            3,
            "use one of: true, yes, false, no",
        ),
        (B + "    optional: maybe\n", 'optional is "maybe"', 6, "use one of: true, yes, false, no"),
        (B + "    required:\n", 'required is ""', 6, "use one of: true, yes, false, no"),
        (
            B + "    required: [true]\n",
            '"required" is a list, which can\'t stand here',
            6,
            ONE_TEXT,
        ),
        (A + "  B: Job Title\n", '"Job Title" is no schema name', 4, SCHEMA),
        (A + "  B: a.b.c\n", '"a.b.c" is no schema name', 4, SCHEMA),
        (A + "  '[key]': {field: 1}\n", '"1" is no schema name', 4, SCHEMA),
        (
            A + "  B: [x]\n",
            '"B" is a list, which can\'t stand here',
            4,
            "write the entries of B below it, each as Name: value",
        ),
        (
            A + "  ' A ': FirstName\n",
            '"A" stands here again; the first is in line 3',
            4,
            "keep one of the two",
        ),
        (
            A + "  '': FirstName\n",
            "a name is blank",
            4,
            "a column without a name is known by its letter",
        ),
        # transforms, and their options
        (
            "version: 1\ncolumns:\n  A:\n    field: Phone\n    transform:\n      - Lower\n",
            'unknown transform "Lower"',
            6,
            f'did you mean "lower"? {TRANSFORMS}',
        ),
        (
            B + "    transform: [trim, capitals]\n",
            'unknown transform "capitals"',
            6,
            TRANSFORMS,
        ),
        (
            B + "    transform: {phone: IN}\n",
            '"transform" is a section, which can\'t stand here',
            6,
            "write transform: [first, second]",
        ),
        (
            B + "    transform: [[trim]]\n",
            '"transform" is a list, which can\'t stand here',
            6,
            ONE_TEXT,
        ),
        (
            B + "    transform: phone\n    region: [IN]\n",
            '"region" is a list, which can\'t stand here',
            7,
            ONE_TEXT,
        ),
        (
            B + "    region: IN\n",
            "region has no effect without transform: phone",
            6,
            ADD_TRANSFORM,
        ),
        (
            B + "    transform: datetime\n    true: x\n",
            "true has no effect without transform: boolean",
            7,
            ADD_TRANSFORM,
        ),
        (
            F + "    formats: DD.MM.YYYY\n",
            "formats has no effect without transform: date or datetime",
            7,
            ADD_TRANSFORM,
        ),
        (
            B + "    transform: date\n    timezone: UTC\n",
            "timezone has no effect without transform: datetime",
            7,
            ADD_TRANSFORM,
        ),
        # choices
        (
            B + "    choices:\n",
            '"choices" is empty, which can\'t stand here',
            6,
            "write the entries of choices below it, each as Name: value",
        ),
        (
            B + "    choices:\n      x: [y]\n",
            '"x" is a list, which can\'t stand here',
            7,
            ONE_TEXT,
        ),
        (
            B + "    choices:\n      x: y\n      x: z\n",
            '"x" stands here again; the first is in line 7',
            8,
            "keep one of the two",
        ),
        (
            B + "    choices: {'': y}\n",
            "a name is blank",
            6,
            "a blank cell has no choice; default:, under fields:, is sent for it",
        ),
        (
            B + "    choices: {x: y}\n    on_unknown: Keep\n",
            'on_unknown is "Keep"',
            7,
            'did you mean "keep"? use one of: refuse, blank, keep',
        ),
        # fields
        (
            A + "fields:\n  Company: Account\n",
            '"Company" is the text "Account", which can\'t stand here',
            5,
            "write from: and the column below Company",
        ),
        (
            A + "fields:\n  Company:\n",
            '"Company" is empty, which can\'t stand here',
            5,
            "write from: and the column below Company",
        ),
        (
            A + "fields:\n  Company:\n    join: x\n",
            "the field has no columns",
            5,
            "add from: and the column, or [first, second]",
        ),
        (A + "fields:\n  Company:\n    from:\n", NO_FROM[0], 6, NO_FROM[1]),
        (A + "fields:\n  Company:\n    from: []\n", NO_FROM[0], 6, NO_FROM[1]),
        (A + "fields:\n  Company:\n    from: ' '\n", NO_FROM[0], 6, NO_FROM[1]),
        (A + "fields:\n  Company:\n    from:\n     - B\n     -\n", NO_FROM[0], 8, NO_FROM[1]),
        (
            A + "fields:\n  Company:\n    from: {a: b}\n",
            '"from" is a section, which can\'t stand here',
            6,
            "write from: [first, second]",
        ),
        (
            A + "fields:\n  Company:\n    from:\n      - B\n      - ' B '\n",
            '"B" stands twice under from',
            8,
            "keep one of the two",
        ),
        (A + "fields:\n  Full Name: {from: B}\n", '"Full Name" is no schema name', 5, SCHEMA),
        (
            F + "    field: mx_B\n",
            'unknown key "field"',
            7,
            f"use one of: from, {TREATMENT}, join, default",
        ),
        (F + "    default:\n", "the default has no value", 7, "write one, or remove the line"),
        (F + "    default: ' '\n", "the default has no value", 7, "write one, or remove the line"),
        (
            F + "    join: [x]\n",
            '"join" is a list, which can\'t stand here',
            7,
            ONE_TEXT,
        ),
        (
            F + "    required: yes\n    default: x\n",
            "a field with a default is never blank",
            7,
            "remove required or default",
        ),
        (
            F + "    optional: yes\n    required: yes\n",
            "a column that may be missing can't be required",
            8,
            "remove required or optional",
        ),
        (
            B + "    optional: yes\n    required: yes\n",
            "a column that may be missing can't be required",
            7,
            "remove required or optional",
        ),
        # constants
        (
            A + "constants:\n  Source:\n",
            'the constant "Source" has no value',
            5,
            "write one, or remove the line",
        ),
        (
            A + "constants:\n  default: ' '\n",
            'the constant "default" has no value',
            5,
            "write one, or remove the line",
        ),
        (A + "constants:\n  My Source: x\n", '"My Source" is no schema name', 5, SCHEMA),
        (
            A + "constants:\n  Source: [x]\n",
            '"Source" is a list, which can\'t stand here',
            5,
            ONE_TEXT,
        ),
        # on_duplicate, unique
        (
            A + "on_duplicate: Skip\n",
            'on_duplicate is "Skip"',
            4,
            'did you mean "skip"? use one of: reject, skip',
        ),
        (
            A + "on_duplicate: {a: b}\n",
            '"on_duplicate" is a section, which can\'t stand here',
            4,
            ONE_TEXT,
        ),
        (A + "unique: [1]\n", '"1" is no schema name', 4, SCHEMA),
        (
            A + "unique: [Phone, Phone]\n",
            '"Phone" stands twice under unique',
            4,
            "keep one of the two",
        ),
        (
            A + "unique:\n  - Phone\n  - phone\n",
            '"phone" stands under unique, and nothing in the mapping feeds it',
            6,
            'did you mean "Phone"? use one of: Phone',
        ),
        (
            A + "unique: mx_Key\n",
            '"mx_Key" stands under unique, and nothing in the mapping feeds it',
            4,
            'use one of: Phone; or add "stamp: mx_Key", if it is to take the stamp',
        ),
        (
            A + "unique: mx_KYC.mx_Key\n",
            '"mx_KYC.mx_Key" stands under unique, and nothing in the mapping feeds it',
            4,
            "use one of: Phone",
        ),
        # stamp
        (A + "stamp:\n", "stamp names no field", 4, STAMP),
        (
            A + "stamp: Notes\n",
            '"Notes" is no custom field, so that it can\'t take the stamp',
            4,
            STAMP,
        ),
        (
            A + "stamp: mx_Import Key\n",
            '"mx_Import Key" is no custom field, so that it can\'t take the stamp',
            4,
            STAMP,
        ),
        (
            A + "stamp: mx_KYC.mx_Key\n",
            '"mx_KYC.mx_Key" is a part of a custom field set, so that it can\'t take the stamp',
            4,
            STAMP,
        ),
        (A + "list:\n", "list names no list", 4, LIST),
        (A + "list: ' '\n", '" " can\'t be the name of a list', 4, LIST),
        (A + 'list: "a\\tb"\n', '"a\tb" can\'t be the name of a list', 4, LIST),
        (A + f"list: {'x' * 101}\n", f'"{"x" * 101}" can\'t be the name of a list', 4, LIST),
        (A + "list: [a, b]\n", '"list" is a list, which can\'t stand here', 4, ONE_TEXT),
        (A + "stamp: [mx_A]\n", '"stamp" is a list, which can\'t stand here', 4, ONE_TEXT),
        (
            B + "stamp: mx_B\n",
            '"mx_B" takes the stamp in line 6, and line 4 feeds it too',
            6,
            "remove one, or name another field under stamp",
        ),
        (
            A + "constants:\n  mx_K: x\nstamp: mx_K\n",
            '"mx_K" takes the stamp in line 6, and line 5 feeds it too',
            6,
            "remove one, or name another field under stamp",
        ),
        (
            F + "  mx_K.a:\n    from: C\nstamp: mx_K\n",
            '"mx_K" takes the stamp in line 9, and line 7 feeds "mx_K.a"',
            9,
            "remove one, or name another field under stamp",
        ),
        (
            A + "stamp: mx_Key\nunique: [mx_key]\n",
            '"mx_key" stands under unique, and nothing in the mapping feeds it',
            5,
            'did you mean "mx_Key"? use one of: Phone, mx_Key',
        ),
        (
            A + "unique: [EmailAddress, Phone]\nstamp: mx_Key\n",
            '"EmailAddress" stands under unique, and nothing in the mapping feeds it',
            4,
            "use one of: Phone, mx_Key",
        ),
        (
            A + "unique: [EmailAddress, Phone]\n",
            '"EmailAddress" stands under unique, and nothing in the mapping feeds it',
            4,
            "use one of: Phone",
        ),
        # skip_if, split_name
        (
            A + "skip_if:\n  B: []\n",
            'skip_if names no text for "B"',
            5,
            SKIP_FIX,
        ),
        (
            A + "skip_if:\n  B: {x: y}\n",
            '"B" is a section, which can\'t stand under skip_if',
            5,
            SKIP_FIX,
        ),
        (
            A + "skip_if: B\n",
            '"skip_if" is the text "B", which can\'t stand here',
            4,
            "write the entries of skip_if below it, each as Name: value",
        ),
        (
            A + "skip_if:\n  B:\n    - x\n    - x\n",
            '"x" stands twice under B',
            7,
            "keep one of the two",
        ),
        (
            A + "split_name: B\n",
            '"split_name" is the text "B", which can\'t stand here',
            4,
            "write from:, first: and last: below it",
        ),
        (
            A + "split_name: {from: B, first: mx_F}\n",
            "split_name has no last",
            4,
            "add last: and the field for the last name, such as LastName",
        ),
        (
            A + "split_name:\n  from:\n  first: mx_F\n  last: mx_L\n",
            "from names no column",
            5,
            "add from: and the column of full names",
        ),
        (
            A + SPLIT + "  transform: phone\n",
            '"phone" is no transform of names, and can\'t stand under split_name',
            8,
            "use one of: trim, lower, upper, title, fix_text",
        ),
        (
            A + SPLIT + "  middle: mx_M\n",
            'unknown key "middle"',
            8,
            "use one of: from, first, last, title, required, optional, as_is, transform",
        ),
        (
            A + SPLIT + "  title: mx_F\n",
            'the field "mx_F" is fed twice, in lines 6 and 8',
            8,
            "keep one of the two",
        ),
        (
            A + SPLIT + "constants: {mx_L: x}\n",
            'the field "mx_L" is fed twice, in lines 7 and 8',
            8,
            "keep one of the two",
        ),
        (
            A + SPLIT + "  required: yes\n  optional: yes\n",
            "a column that may be missing can't be required",
            8,
            "remove required or optional",
        ),
        # between entries
        (
            A + "  B: Phone\n",
            'the field "Phone" is fed twice, in lines 3 and 4',
            4,
            "keep one of the two",
        ),
        (
            A + "constants:\n  Phone: 1\n",
            'the field "Phone" is fed twice, in lines 3 and 5',
            5,
            "keep one of the two",
        ),
        (
            A + "fields:\n  Phone: {from: [A, B]}\n",
            'the field "Phone" is fed twice, in lines 3 and 5',
            5,
            "keep one of the two",
        ),
        (
            F + "constants:\n  mx_F: 1\n",
            'the field "mx_F" is fed twice, in lines 5 and 8',
            8,
            "keep one of the two",
        ),
        (
            A + "  B: mx_K.C\nconstants:\n  mx_K: 1\n",
            '"mx_K.C" is a part of "mx_K", which line 6 feeds as a whole',
            4,
            "remove one, or name the child in line 6 too",
        ),
        (
            F + "constants:\n  mx_F.x: 1\n",
            '"mx_F.x" is a part of "mx_F", which line 5 feeds as a whole',
            8,
            "remove one, or name the child in line 5 too",
        ),
        *(
            (
                f"version: 1\n{section}\n",
                "the mapping feeds no name and no contact, so that no row could be sent",
                2,
                "feed one of: FirstName, LastName, EmailAddress, Phone",
            )
            for section in (
                "columns:\n  A: mx_City",
                "columns:\n  A:\n  B: {field: , required: true}",
                "columns: {}",
                "fields:\n  mx_City: {from: A}",
                "fields:\n  mx_City: {from: A}\ncolumns:\n  A:",
            )
        ),
    ],
)
def test_each_flaw_is_said_with_its_line_and_its_mend(
    text: str, what: str, line: int, fix: str
) -> None:
    assert refusal(text) == (what, f"m.yaml, line {line}", fix)


@pytest.mark.parametrize(
    ("transform", "option", "typed", "text"),
    [
        ("phone", "region", "India", "India"),
        ("phone", "region", "", ""),
        ("phone", "region", "91", "91"),
        ("date", "formats", "[YYYY-MM-DD, '{x}']", "{x}"),
        ("datetime", "timezone", "No", "No"),
        ("boolean", "true", "[x, '']", ""),
        ("boolean", "false", "' '", " "),
        ("number", "decimal", "1", "1"),
        ("number", "grouping", "x", "x"),
    ],
)
def test_an_option_that_its_transform_refuses_is_said_in_its_words(
    transform: str, option: str, typed: str, text: str
) -> None:
    with pytest.raises(OptionError) as caught:
        CHECKS[option](text)

    assert refusal(f"{B}    transform: {transform}\n    {option}: {typed}\n") == (
        caught.value.what,
        "m.yaml, line 7",
        caught.value.fix,
    )


@pytest.mark.parametrize(
    ("transform", "options", "keys"),
    [
        ("number", Options(decimal=".", grouping="."), "decimal: ., grouping: '.'"),
        ("boolean", Options(true=("x",), false=("y", "X")), "true: x, false: [y, X]"),
        ("date", Options(formats=("DD.MM.YYYY HH:mm",)), "formats: 'DD.MM.YYYY HH:mm'"),
    ],
)
def test_options_that_do_not_go_together_are_said_at_their_transform(
    transform: str, options: Options, keys: str
) -> None:
    with pytest.raises(OptionError) as caught:
        check_together(transform, options)

    text = f"{A}fields:\n  mx_F:\n    {{{keys}, from: B,\n    transform: [trim, {transform}]}}\n"

    assert refusal(text) == (
        caught.value.what,
        "m.yaml, line 7",
        caught.value.fix,
    )


def test_flaws_of_every_kind_are_said_at_once_by_their_lines() -> None:
    text = (
        "fields:\n"
        "  Company: {from: Acount}\n"
        "constant:\n"
        "  X: y\n"
        "columns:\n"
        "  First Name: FirstName\n"
        "  First Name: LastName\n"
        "  E-Mail: {field: EmailAddress, transform: [trimm, lower], required: si}\n"
        "  Phone: {field: FirstName, region: IN}\n"
        "  Booth: {field: mx_Booth, optional: true}\n"
        "  City: mx_City\n"
        "unique: {a: b}\n"
    )
    header = Header("list.csv", ["First Name", "E-mail", "Phone", "Account", "City", "City"])

    assert refusal(text, header) == (
        "the mapping has 11 errors:\n"
        '  line 1: the mapping does not say its version; add "version: 1" as the first line\n'
        '  line 2: the mapping names a column that the file does not have: "Acount"; did you mean '
        '"Account"? the columns of list.csv are: First Name, E-mail, Phone, Account, E, F\n'
        f'  line 3: unknown key "constant"; did you mean "constants"? {KEYS}\n'
        '  line 7: "First Name" stands here again; the first is in line 6; keep one of the two\n'
        '  line 8: required is "si"; use one of: true, yes, false, no\n'
        f'  line 8: unknown transform "trimm"; did you mean "trim"? {TRANSFORMS}\n'
        '  line 8: the mapping names a column that the file does not have: "E-Mail"; did you mean '
        '"E-mail"?\n'
        '  line 9: the field "FirstName" is fed twice, in lines 6 and 9; keep one of the two\n'
        f"  line 9: region has no effect without transform: phone; {ADD_TRANSFORM}\n"
        '  line 11: the mapping uses the column "City", which the file has 2 times (list.csv, '
        "columns E, F); name the one that is meant by its letter: E or F\n"
        '  line 12: "unique" is a section, which can\'t stand here; write unique: [first, second]',
        "m.yaml",
        "mend these lines",
    )


def test_an_optional_column_is_looked_for_only_where_it_is_there_twice() -> None:
    text = (
        "version: 2\n"
        "columns:\n"
        "  A: Phone\n"
        "  B: {field: mx_B, optional: true}\n"
        "fields:\n"
        "  mx_C: {from: [C, D], optional: true}\n"
    )

    assert refusal(text, Header("list.csv", ["A", "C", "C"])) == (
        "the mapping has 2 errors:\n"
        '  line 1: version "2" is not known; write version: 1\n'
        '  line 6: the mapping uses the column "C", which the file has 2 times (list.csv, columns '
        "B, C); name the one that is meant by its letter: B or C",
        "m.yaml",
        "mend these lines",
    )


def test_a_file_for_another_program_is_refused_with_all_that_is_no_mapping_in_it() -> None:
    text = (
        'version: "3.8"\n'
        "services:\n"
        "  web:\n"
        '    image: "nginx"\n'
        "    ports: [80]\n"
        "volumes:\n"
        "  data:\n"
    )

    assert refusal(text) == (
        "the mapping has 4 errors:\n"
        '  line 1: version "3.8" is not known; write version: 1\n'
        '  line 1: the mapping has no "columns" section; add columns: and entries below it\n'
        f'  line 2: unknown key "services"; {KEYS}\n'
        f'  line 6: unknown key "volumes"; did you mean "columns"? {KEYS}',
        "m.yaml",
        "mend these lines",
    )


def test_a_text_that_is_no_yaml_is_refused_with_that_alone() -> None:
    assert refusal("version: 1\ncolumns:\n\tA: Phone\n", Header("list.csv", ["A"])) == (
        "a tab is used where spaces belong",
        "m.yaml, line 3",
        "indent with spaces",
    )


def test_equal_flaws_are_said_once() -> None:
    flaw = Flaw(2, "what", "fix")

    error = flaws_error([flaw, flaw], "m")

    assert (error.what, error.where, error.fix) == ("what", "m, line 2", "fix")


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("Emial", 'did you mean "Email"? use one of: Phone, Email'),
        ("EMAIL", 'did you mean "Email"? use one of: Phone, Email'),
        ("xyz", "use one of: Phone, Email"),
    ],
)
def test_the_nearest_name_is_the_advice(name: str, advice: str) -> None:
    assert nearest(name, ["Phone", "Email"]) == advice
