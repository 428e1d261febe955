from collections.abc import Callable, Sequence

import pytest

from importer.intake.columns.dates import DateTally
from importer.intake.columns.numbers import NumberTally
from importer.intake.columns.reading import ColumnReading, DateReading, Order
from importer.intake.mapping import Rule, load_mapping
from importer.intake.transforms.options import Options
from importer.intake.transforms.registry import NAME_PARTS, TRANSFORMS, make_transform
from importer.intake.values import (
    MOST_CHOICES,
    MOST_SHOWN,
    NEVER_FAIL,
    FieldValue,
    make_field,
    named,
    shown,
)
from importer.model import Problem

NAMES = ("A", "B", "C")


def field(keys: str, names: Sequence[str] = NAMES) -> FieldValue:
    """What `mx_F: {keys}` under fields makes."""
    text = f"version: 1\nfields:\n  mx_F: {{{keys}}}\nconstants: {{Phone: x}}\n"
    [rule] = load_mapping(text, name="m.yaml").rules
    return make_field(rule, names)


@pytest.mark.parametrize(
    ("keys", "cells", "value"),
    [
        # one column, as it is
        ("from: A", [" x ", "", ""], " x "),
        ("from: [B]", ["", " y\t", ""], " y\t"),
        ("from: A", [" \t", "x", ""], ""),
        # several
        ("from: [A, B]", ["x", "y", "z"], "x y"),
        ("from: [C, A]", ["x", "y", "z"], "z x"),
        ("from: [A, B]", [" x ", "\ty\n", ""], "x y"),
        ("from: [A, B, C], join: ', '", ["x", " ", "z"], "x, z"),
        ("from: [A, B, C], join: ', '", ["", "\u00a0y", ""], "y"),
        ("from: [A, B, C], join: ', '", ["", " ", "\t"], ""),
        ("from: [A, B], join: ''", ["x", "y", ""], "xy"),
        ("from: [A, B], join: ", ["x", "y", ""], "xy"),
        ('from: [A, B], join: "\\n"', ["x", "y", ""], "x\ny"),
        # default
        ("from: A, default: Unknown", ["x", "", ""], "x"),
        ("from: A, default: Unknown", [" \t", "", ""], "Unknown"),
        ("from: A, default: ' - '", ["", "", ""], " - "),
        ("from: [A, B], default: Unknown", ["", " ", "z"], "Unknown"),
        ("from: [A, B], default: Unknown", ["", "y", ""], "y"),
        ("from: A, transform: upper, default: Unknown", ["", "", ""], "Unknown"),
        ("from: A, choices: {x: , y: z}, default: y", ["x", "", ""], "y"),
        ("from: A, choices: {x: y}, default: x", ["", "", ""], "x"),
        ("from: A, choices: {x: y}, on_unknown: blank, default: d", ["?", "", ""], "d"),
        # choices, after the transforms
        ("from: A, choices: {x: y}", [" x ", "", ""], "y"),
        ("from: A, choices: {x: ' y '}", ["x", "", ""], " y "),
        ("from: A, choices: {x: y}", [" ", "", ""], ""),
        ("from: A, choices: {x: }", ["x", "", ""], ""),
        ("from: A, choices: {No: 0, 0123: 1e5}", ["No", "", ""], "0"),
        ("from: A, choices: {No: 0, 0123: 1e5}", ["0123", "", ""], "1e5"),
        ("from: A, choices: {x: y}, on_unknown: keep", [" ? ", "", ""], " ? "),
        ("from: A, choices: {x: y}, on_unknown: blank", ["?", "", ""], ""),
        ("from: A, transform: lower, choices: {x: Y}", ["X", "", ""], "Y"),
        ("from: [A, B], join: /, choices: {x/y: z}", ["x", "y", ""], "z"),
        # several transforms, in their order
        ("from: A, transform: [trim, upper]", [" x ", "", ""], "X"),
        ("from: [A, B], transform: title", ["anna", "o'neil", ""], "Anna O'Neil"),
        ("from: A, transform: [lower, email]", [" Anna@Example.COM ", "", ""], "anna@example.com"),
        ("from: A, transform: phone, region: IN", ["98450 98450", "", ""], "+91-9845098450"),
        ("from: [A, B], transform: phone", ["+91", "9845098450", ""], "+91-9845098450"),
        ("from: A, transform: date, formats: DD/MM/YYYY", ["31/12/2026", "", ""], "2026-12-31"),
        (
            "from: [A, B], transform: datetime, formats: DD/MM/YYYY HH:mm, timezone: Asia/Kolkata",
            ["31/12/2026", "05:30", ""],
            "2026-12-31 00:00:00",
        ),
        ("from: A, transform: [boolean], choices: {1: Hot, 0: Cold}", ["yes", "", ""], "Hot"),
        ("from: A, transform: number, grouping: ','", ["1,234.50", "", ""], "1234.50"),
        ("from: A, transform: number, default: 0", [" ", "", ""], "0"),
    ],
)
def test_a_value_is_made_of_the_columns_that_the_mapping_names(
    keys: str, cells: list[str], value: str
) -> None:
    made = field(keys)

    assert made.value(cells) == value
    left_out_may_be_white_space = [str(each) for each in made.values([cells, cells])]
    assert [each if each.strip() else "" for each in left_out_may_be_white_space] == [value] * 2


@pytest.mark.parametrize(
    ("keys", "names", "cells", "value"),
    [
        ("from: X, optional: true", NAMES, ["x", "y", "z"], ""),
        ("from: X, optional: true, default: d", NAMES, ["x", "y", "z"], "d"),
        ("from: A, optional: true", NAMES, [" x", "", ""], " x"),
        ("from: [X, B], optional: true", NAMES, ["x", " y ", "z"], "y"),
        ("from: [X, B, C], optional: true, join: /", NAMES, ["x", "y", "z"], "y/z"),
        ("from: [X, Y], optional: true", NAMES, ["x", "y", "z"], ""),
        ("from: [X, Y], optional: true, transform: number, default: d", NAMES, ["x"] * 3, "d"),
        ("from: [A, B], optional: true", ("B", "A"), ["x", "y"], "y x"),
    ],
)
def test_an_optional_column_that_is_missing_counts_as_blank(
    keys: str, names: Sequence[str], cells: list[str], value: str
) -> None:
    made = field(keys, names)

    assert made.value(cells) == value
    assert made.values([cells]) == [value]


@pytest.mark.parametrize(
    ("keys", "cells", "problem"),
    [
        (
            "from: A, choices: {Hot: High, Cold: Low}",
            ["hot", "", ""],
            Problem(
                "unknown_choice",
                '"A" is "hot": none of the mapping\'s choices; did you mean "Hot"? use one of: '
                "Hot, Cold; or add it there",
                "A",
                "hot",
            ),
        ),
        (
            "from: A, transform: upper, choices: {Hot: High}",
            [" Hott ", "", ""],
            Problem(
                "unknown_choice",
                '"A" is " Hott ": none of the mapping\'s choices; did you mean "Hot"? use one of: '
                "Hot; or add it there",
                "A",
                " Hott ",
            ),
        ),
        (
            "from: [A, C], choices: {a b: x, b: y}",
            ["a ", "b", " c\n"],
            Problem(
                "unknown_choice",
                '"A" and "C" are "a c": none of the mapping\'s choices; use one of: a b, b; or add '
                "it there",
                "A; C",
                "a c",
            ),
        ),
        (
            f"from: A, choices: {{{', '.join(f'c{n}: x' for n in range(MOST_CHOICES + 2))}}}",
            ["?", "", ""],
            Problem(
                "unknown_choice",
                '"A" is "?": none of the mapping\'s choices; use one of: '
                "c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and 2 more; or add it there",
                "A",
                "?",
            ),
        ),
    ],
)
def test_a_text_that_is_no_choice_is_a_problem_of_its_column(
    keys: str, cells: list[str], problem: Problem
) -> None:
    made = field(keys)

    assert made.value(cells) == problem
    assert isinstance(made.values([cells])[0], Problem)


@pytest.mark.parametrize(
    ("name", "options", "typed", "code"),
    [
        ("phone", Options(), "12345", "bad_phone"),
        ("phone", Options(region="IN"), "98 45", "bad_phone"),
        ("email", Options(), "anna@", "bad_email"),
        ("date", Options(), "31/12/2026", "bad_date"),
        ("datetime", Options(formats=("DD/MM/YYYY",)), "2026-12-31", "bad_datetime"),
        ("boolean", Options(), "maybe", "bad_boolean"),
        ("number", Options(), "1.2.3", "bad_number"),
    ],
)
def test_a_text_that_a_transform_refuses_is_told_with_the_column_and_the_cell(
    name: str, options: Options, typed: str, code: str
) -> None:
    refused = make_transform(name, options)(typed)
    assert isinstance(refused, Problem)
    rule = Rule("mx_F", ("B",), (3,), transforms=("trim", name, "upper"), options=options)

    assert make_field(rule, NAMES).value(["", f" {typed} ", ""]) == Problem(
        code, f'"B" is " {typed} ": {refused.why}', "B", f" {typed} "
    )


def test_a_text_that_is_long_or_can_not_be_shown_is_shortened_in_the_reason_alone() -> None:
    typed = "maybe\n\x00\u202e" + "x" * 100

    problem = field("from: A, transform: boolean").value([typed, "", ""])

    assert isinstance(problem, Problem)
    assert problem.why.startswith(f'"A" is "maybe���{"x" * (MOST_SHOWN - 9)}…": ')
    assert problem.value == typed


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Köln", "Köln"),
        ("a\tb\r\nc", "a\ufffdb\ufffd\ufffdc"),
        ("\ud800", "\ufffd"),
        ("x" * MOST_SHOWN, "x" * MOST_SHOWN),
        ("x" * (MOST_SHOWN + 1), "x" * (MOST_SHOWN - 1) + "…"),
        ("", ""),
    ],
)
def test_a_text_is_shown_on_one_line(text: str, line: str) -> None:
    assert shown(text) == line


@pytest.mark.parametrize(
    ("keys", "cells", "why", "column", "value"),
    [
        (
            "from: A, required: true",
            [" ", "", ""],
            '"A" is blank, and the mapping requires it: fill it in',
            "A",
            " ",
        ),
        (
            "from: [A, B], required: true",
            [" ", "", "x"],
            '"A" and "B" are blank, and the mapping requires a value: fill it in',
            "A; B",
            "",
        ),
        (
            "from: [A, B, C], required: true, choices: {x y: }",
            ["x", "y", " "],
            '"A", "B" and "C" are "x y", which gives no value, and the mapping requires one: '
            "correct it",
            "A; B; C",
            "x y",
        ),
        (
            "from: A, required: true, choices: {x: y}, on_unknown: blank",
            ["?\n", "", ""],
            '"A" is "?\ufffd", which gives no value, and the mapping requires one: correct it',
            "A",
            "?\n",
        ),
        (
            "from: [A, X], required: true, optional: true",
            [" ", "", ""],
            '"A" is blank, and the mapping requires it: fill it in',
            "A",
            "",
        ),
    ],
)
def test_a_required_value_that_is_missing_is_told_with_what_stands_there(
    keys: str, cells: list[str], why: str, column: str, value: str
) -> None:
    made = field(keys)

    assert made.value(cells) == ""
    assert made.missing(cells) == Problem("required", why, column, value)


def by_column(
    keys: str, column: Sequence[str], cells: Sequence[str]
) -> list[str | tuple[str, str]]:
    """What the cells become in a list with that column A: the value, or a code and the reason."""
    dates, numbers = DateTally(), NumberTally()
    dates.add(column)
    numbers.add(column)
    readings = (ColumnReading(dates.reading(), numbers.reading()), ColumnReading())
    text = f"version: 1\nfields:\n  mx_F: {{from: A, {keys}}}\nconstants: {{Phone: x}}\n"
    [rule] = load_mapping(text, name="m.yaml").rules
    made = make_field(rule, ("A", "B"), readings)
    values = [made.value([cell, ""]) for cell in cells]
    assert [isinstance(v, str) for v in made.values([[cell, ""] for cell in cells])] == [
        isinstance(v, str) for v in values
    ]
    return [v if isinstance(v, str) else (v.code, v.why) for v in values]


MIXED = ["31/12/2026", "12/31/2026", "03/04/2026", "05/05/2026"]


@pytest.mark.parametrize(
    ("keys", "column", "cells", "values"),
    [
        (
            "transform: date",
            ["31/12/2026"],
            ["03/04/2026", "2026-01-31"],
            ["2026-04-03", "2026-01-31"],
        ),
        ("transform: date", ["12/31/2026"], ["03/04/2026"], ["2026-03-04"]),
        (
            "transform: date",
            ["03/04/2026"],
            ["31/12/2026", "5/5/2026"],
            ["2026-12-31", "2026-05-05"],
        ),
        (
            "transform: date",
            MIXED,
            MIXED[:2] + MIXED[3:],
            ["2026-12-31", "2026-12-31", "2026-05-05"],
        ),
        ("transform: [trim, date]", ["3 mars 2026"], [" 5 août 2026"], ["2026-08-05"]),
        ("transform: date", ["44927"], ["44928"], ["2023-01-02"]),
        ("transform: date, formats: MM/DD/YYYY", ["31/12/2026"], ["03/04/2026"], ["2026-03-04"]),
        (
            "transform: datetime, timezone: Asia/Kolkata",
            ["31.12.2026 5:30"],
            ["3.4.2026 05:30", "2026-04-03T05:30Z"],
            ["2026-04-03 00:00:00", "2026-04-03 05:30:00"],
        ),
        ("transform: number", ["1.234,5"], ["1.234", "7"], ["1234", "7"]),
        ("transform: number", ["€ 1,234.5"], ["1,234 EUR"], ["1234"]),
        ("transform: number", ["12%", "7,5 %"], ["5%", "0,5 %"], ["5", "0.5"]),
        ("transform: number, percent: share", ["12%"], ["5%"], ["0.05"]),
        ("transform: number, percent: share", ["12%", "x"], ["5%"], ["0.05"]),
        ("transform: number, decimal: ','", ["1.5"], ["1,5"], ["1.5"]),
        ("transform: number, grouping: .", ["1.234"], ["1.234,5"], ["1234.5"]),
        ("transform: number", ["12,5", "12.5"], ["1,5", "1.5"], ["1.5", "1.5"]),
    ],
)
def test_a_value_is_read_as_its_column_proves(
    keys: str, column: list[str], cells: list[str], values: list[str]
) -> None:
    assert by_column(keys, column, cells) == values


@pytest.mark.parametrize(
    ("keys", "column", "cell", "code", "why"),
    [
        (
            "transform: date",
            MIXED,
            "03/04/2026",
            "ambiguous_date",
            "it is 2026-03-04 or 2026-04-03, and the column's other values do not prove which; ask "
            "the sender for dates such as 2026-12-31, or set formats: [D/M/YYYY] or "
            "formats: [M/D/YYYY] for the column in the mapping",
        ),
        (
            "transform: datetime",
            ["3.4.2026, 10:00"],
            "3.4.2026, 10:00",
            "ambiguous_date",
            "it is 2026-03-04 or 2026-04-03, and the column's other values do not prove which; ask "
            'the sender for dates such as 2026-12-31, or set formats: ["D.M.YYYY, H:mm"] or '
            'formats: ["M.D.YYYY, H:mm"] for the column in the mapping',
        ),
        (
            "transform: date",
            ["31/12/2026"],
            "12/31/2026",
            "bad_date",
            "there is no month 31; correct it",
        ),
        (
            "transform: date",
            ["31/12/2026"],
            "31.12.2026",
            "bad_date",
            "it is not written as the other values of the column, D/M/YYYY or YYYY-MM-DD; write it "
            "so, as 2026-12-31, or name its form under formats: in the mapping",
        ),
        (
            "transform: date",
            ["31/12/2026 10:00"],
            "31/12/2026 10:00",
            "bad_date",
            "it has a time too; write the date alone, or use transform: datetime",
        ),
        (
            "transform: number",
            ["$5", "€5"],
            "$5",
            "bad_number",
            "there is a currency, a unit or another text in it; write the number alone",
        ),
        (
            "transform: number",
            ["12%", "5"],
            "12%",
            "bad_number",
            "there is a percent sign in it; write the number alone, or set percent: keep (12) or "
            "percent: share (0.12) for the column in the mapping",
        ),
    ],
)
def test_what_its_column_does_not_prove_is_refused(
    keys: str, column: list[str], cell: str, code: str, why: str
) -> None:
    assert by_column(keys, column, [cell]) == [(code, f'"A" is "{cell}": {why}')]


def test_a_field_of_several_columns_is_read_as_if_there_were_no_column() -> None:
    text = "version: 1\nfields:\n  mx_F: {from: [A, B], transform: date}\nconstants: {Phone: x}\n"
    [rule] = load_mapping(text, name="m.yaml").rules
    reading = ColumnReading(DateReading(("D/M/YYYY",), Order.DAY))

    made = make_field(rule, NAMES, (reading, reading, reading)).value(["31/12/2026", "", ""])

    assert isinstance(made, Problem)


@pytest.mark.parametrize(
    ("keys", "may_fail"),
    [
        ("from: A", False),
        ("from: A, transform: [trim, lower, upper, title, fix_text]", False),
        ("from: A, transform: [trim, number]", True),
        ("from: A, choices: {a: b}", True),
        ("from: A, choices: {}", False),
    ],
)
def test_what_may_fail_is_known(keys: str, may_fail: bool) -> None:
    assert field(keys).may_fail == may_fail


def test_the_transforms_that_never_fail_are_those_without_a_problem() -> None:
    texts = ["", "x", "ß", "\ud800", "\x00", "1" * 1000, "١٢", "\u200b"]
    plain = [*(name for name in TRANSFORMS if name in NEVER_FAIL), *NAME_PARTS.values()]

    made: list[Callable[[str], str | Problem]] = [make_transform(n, Options()) for n in plain]

    assert len(plain) == len(NEVER_FAIL)
    assert all(isinstance(transform(text), str) for transform in made for text in texts)


def test_names_are_told_as_one_says_them() -> None:
    assert [named(["A"]), named(["A", "B"]), named(["A", "B", "C"])] == [
        '"A"',
        '"A" and "B"',
        '"A", "B" and "C"',
    ]
