import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.document import MAX_DEPTH, Document, Flaw, read_document

SECOND_COLON = (
    "there is a second colon, or the line above has none, or this line is indented too far",
    "put a text with a colon in quotation marks, and align the line with its neighbours",
)
SIGN = "remove it and write the text itself; a text that begins so belongs in quotation marks"
BACKSLASH = (
    "a backslash stands in double quotation marks, where it means something in YAML",
    "use single quotation marks: 'a\\b'",
)
NOT_SHOWN = ("there is a character that can't be shown", "remove it")


def test_sections_lists_and_texts_know_their_lines() -> None:
    text = "a: x\nb:\n  c:\n    - y\n    - z\n  ' d ' : {e: f}\n"

    assert read_document(text) == Document(
        value={"a": "x", "b": {"c": ["y", "z"], "d": {"e": "f"}}},
        lines={
            (): 1,
            ("a",): 1,
            ("b",): 2,
            ("b", "c"): 3,
            ("b", "c", 0): 4,
            ("b", "c", 1): 5,
            ("b", "d"): 6,
            ("b", "d", "e"): 6,
        },
    )


@pytest.mark.parametrize(
    ("place", "line"),
    [(("a", "b"), 3), (("a", "b", "c", 7), 3), (("a", "x"), 2), (("z",), 2), ((), 2)],
)
def test_a_place_that_is_not_there_has_the_line_of_the_one_around_it(
    place: tuple[str | int, ...], line: int
) -> None:
    assert read_document("# what\na:\n  b: x\n").line(place) == line
    assert Document().line(place) == 1


@pytest.mark.parametrize(
    "typed",
    ["No", "off", "0123", "2026-01-01", "1e5", "~", "null", "0x1F", "1_0", "1:30", ".inf", "12.50"],
)
def test_every_scalar_is_the_text_that_was_typed(typed: str) -> None:
    assert read_document(f"{typed}: [{typed}, {{a: {typed}}}]").value == {
        typed: [typed, {"a": typed}]
    }


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "\n\n"])
def test_a_text_that_says_nothing_has_no_value_and_no_flaw(text: str) -> None:
    document = read_document(text)

    assert not document.value
    assert not document.flaws


@pytest.mark.parametrize(
    ("text", "line", "what", "fix"),
    [
        (
            "a: b\n' a ': c",
            2,
            '"a" stands here again; the first is in line 1',
            "keep one of the two",
        ),
        ("a: b\n'': c", 2, "a name is blank", "write the name"),
        (
            "columns:\n  '': c",
            2,
            "a name is blank",
            "a column without a name is known by its letter",
        ),
        (
            "a:\n  choices: {' ': c}",
            2,
            "a name is blank",
            "a blank cell has no choice; default:, under fields:, is sent for it",
        ),
        ("a: &b\n  c: d", 1, '"&b" can\'t be used in a mapping', SIGN),
        ("a: !!str x", 1, '"!!str" can\'t be used in a mapping', SIGN),
        ("a: !x y", 1, '"!x" can\'t be used in a mapping', SIGN),
        (
            "a: b\n<<: {c: d}",
            2,
            '"<<" can\'t be used in a mapping',
            "write the entries themselves",
        ),
        (
            "a: b\n[x]: c",
            2,
            "a name is a list or a section",
            "put the name in quotation marks",
        ),
        ("a:\n\tb: c", 2, "a tab is used where spaces belong", "indent with spaces"),
        ("a: b: c", 1, *SECOND_COLON),
        ("a:\n  b c\n  d: e", 3, *SECOND_COLON),
        (
            "a: b\nc\nd: e",
            3,
            "this line, or the one before it, has no colon",
            "write it as Column Name: FieldName",
        ),
        (
            "a:\n  'b: c\n  d: e",
            2,
            "a quotation mark is opened and not closed",
            "close it on the same line",
        ),
        ('a: "b\\q"', 1, *BACKSLASH),
        ('a:\n  "C:\\xls": b', 2, *BACKSLASH),
        (
            "a: @x",
            1,
            "a text begins with a sign that means something in YAML",
            "put the text in quotation marks",
        ),
        (
            "a:\n  b: c\n d: e",
            3,
            "this line is indented differently from its neighbours, or text follows a closing mark",
            "align it with its neighbours, and put a text with quotation marks in marks as a whole",
        ),
        (
            "a: {b: c",
            1,
            "a bracket is opened and not closed, or a comma is missing",
            "write it as [a, b] or {a: b}",
        ),
        (
            "a: b\n---\na: b",
            2,
            "there is a line --- that begins a second document",
            "take that line out",
        ),
        (
            "%YAML 9.9\n---\na: b",
            1,
            "this is not YAML: found incompatible YAML document (version 1.* is required)",
            "compare it with a ready mapping",
        ),
        ("a: b\nc: \x07", 2, *NOT_SHOWN),
        ('a: b\nc: "\\ud83d"', 2, *NOT_SHOWN),
        ('a: b\n"\\udc00": d', 2, *NOT_SHOWN),
        ('a: b\nc: "\\UFFFFFFFF"', 2, *NOT_SHOWN),
        ('a: "\\U0010FFFF"\nc: "\\U00110000"', 2, *NOT_SHOWN),
        ("[" * 9999, 1, "brackets or lines are nested too deeply", "compare a ready mapping"),
    ],
)
def test_what_is_no_yaml_or_is_refused_is_said_with_its_line_and_its_mend(
    text: str, line: int, what: str, fix: str
) -> None:
    assert read_document(text).flaws == [Flaw(line, what, fix)]


def test_a_text_may_be_nested_as_deeply_as_is_said() -> None:
    assert not read_document("[" * MAX_DEPTH + "]" * MAX_DEPTH).flaws
    assert read_document("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).flaws


def test_an_alias_bomb_is_refused_and_not_built() -> None:
    pairs = zip("abcdefgh", "bcdefghi", strict=True)
    levels = [f"{n}: &{n} [{', '.join([f'*{p}'] * 9)}]" for p, n in pairs]

    document = read_document("a: &a x\n" + "\n".join(levels))

    assert document.value is None
    assert len(document.flaws) == 1 + 8 * 10
    assert document.flaws[0] == Flaw(1, '"&a" can\'t be used in a mapping', SIGN)


SIGNS = st.sampled_from([*"abU0Fdx:-,?!&*|>%@#'\"\\[]{}<~ \n\t\r", "\ud800", "\u2028", "\x00"])


@given(text=st.text(SIGNS) | st.text())
def test_any_text_is_read_or_told_and_never_raises(text: str) -> None:
    document = read_document(text)

    assert document.flaws or json.dumps(document.value, ensure_ascii=False).encode()
    assert all(1 <= flaw.line <= len(text) + 1 for flaw in document.flaws)
