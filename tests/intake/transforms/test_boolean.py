import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.transforms.boolean import FALSE, TRUE, check_text, make_boolean, read_texts
from importer.intake.transforms.options import OptionError
from importer.model import Problem

OURS = make_boolean(("Ja", "Straße", "x"), ("Nein", "-"))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *((text, "1") for text in TRUE),
        *((text, "0") for text in FALSE),
        ("TRUE", "1"),
        ("False", "0"),
        ("Yes", "1"),
        ("NO", "0"),
        ("Y", "1"),
        ("n", "0"),
        (" on ", "1"),
        ("\u00a0OFF\n", "0"),
        ("\u200eyes\u200f", "1"),
        ("yes\u200b", "1"),
        ("", ""),
        ("  ", "  "),
        ("\u200b", ""),
    ],
)
def test_the_usual_texts_are_known(cell: str, value: str) -> None:
    assert make_boolean((), ())(cell) == value


@pytest.mark.parametrize(
    "cell",
    [
        *("x", "✓", "2", "-1", "00", "01", "1.0", "0.0", "ja", "nein", "vrai", "t", "f", "yess"),
        *("no no", "yes.", "n/a", "none", "null", "?", "true false", "１"),
    ],
)
def test_another_text_is_refused_with_those_that_are_known(cell: str) -> None:
    why = "it is none of true, yes, y, 1, false, no, n, 0; write one of these"

    assert make_boolean((), ())(cell) == Problem("bad_boolean", why, value=cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("JA", "1"), ("STRASSE", "1"), (" x ", "1"), ("nein", "0"), ("-", "0"), ("", "")],
)
def test_the_mappings_own_texts_take_the_place_of_the_usual_ones(cell: str, value: str) -> None:
    assert OURS(cell) == value


def test_a_text_of_neither_list_is_refused_with_the_lists() -> None:
    assert OURS("yes") == Problem(
        "bad_boolean", "it is none of Ja, Straße, x, Nein, -; write one of these", value="yes"
    )


def test_where_one_list_is_given_the_other_is_the_usual_one() -> None:
    only_true = make_boolean(("Interested",), ())

    assert [only_true(cell) for cell in ("interested", "no", "0")] == ["1", "0", "0"]
    assert isinstance(only_true("yes"), Problem)


@given(st.sampled_from(TRUE + FALSE), st.sampled_from((str.upper, str.title, str.swapcase)))
def test_capitals_do_not_count(text: str, change: object) -> None:
    assert callable(change)
    assert make_boolean((), ())(change(text)) == make_boolean((), ())(text)


@pytest.mark.parametrize(
    ("true", "false", "what", "fix"),
    [
        (
            ("Yes", "Ja"),
            ("JA ",),
            '"Ja" stands under true and under false',
            "keep one of them",
        ),
        (
            ("No",),
            (),
            '"No" stands under true, and is a usual text for false',
            "add false: with the texts that mean it here",
        ),
        (
            (),
            ("1",),
            '"1" stands under false, and is a usual text for true',
            "add true: with the texts that mean it here",
        ),
        ((" ",), (), "a text for yes or no is blank", "write one, or take it out"),
    ],
)
def test_a_text_can_not_mean_both(
    true: tuple[str, ...], false: tuple[str, ...], what: str, fix: str
) -> None:
    with pytest.raises(OptionError) as caught:
        read_texts(true, false)

    assert (caught.value.what, caught.value.fix) == (what, fix)


@pytest.mark.parametrize("text", ["", " ", "\u200b", "a\nb", "x" * 101])
def test_a_text_that_could_not_be_shown_is_refused(text: str) -> None:
    with pytest.raises(OptionError):
        check_text(text)


def test_many_long_texts_leave_the_reason_readable() -> None:
    many = make_boolean([f"{i}{'x' * 99}" for i in range(9)], [f"{i}{'y' * 99}" for i in range(9)])
    problem = many("z")

    assert isinstance(problem, Problem)
    assert len(problem.why) <= 300
