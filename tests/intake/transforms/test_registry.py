import re
import subprocess
import sys
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.transforms.options import OptionError, Options, Transform
from importer.intake.transforms.registry import (
    CHECKS,
    TRANSFORMS,
    check_together,
    make_transform,
)
from importer.model import Problem

MADE: dict[str, Transform] = {name: make_transform(name, Options()) for name in TRANSFORMS}
TYPED: dict[str, Transform] = {
    "phone, IN": make_transform("phone", Options(region="IN")),
    "phone, DE": make_transform("phone", Options(region="DE")),
    "date, formats": make_transform("date", Options(formats=("D/M/YY", "MMM  D  YYYY"))),
    "datetime, Cairo": make_transform(
        "datetime", Options(formats=("DD/MM/YYYY hh:mm A",), timezone="Africa/Cairo")
    ),
    "boolean, lists": make_transform("boolean", Options(true=("Ja",), false=("Nein",))),
    "number, comma": make_transform("number", Options(decimal=",", grouping="space")),
}
ALL = MADE | TYPED
SHAPES = {
    "phone": r"\+[1-9][0-9]{0,2}-[0-9]{2,17}",
    "email": r"[^\s@]+@[^\s@]+\.[^\s@.]+",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "datetime": r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}",
    "boolean": "[01]",
    "number": r"-?(0|[1-9][0-9]*)(\.[0-9]+)?",
}
# Lone surrogates too: a file may hold them.
ANY_TEXT = st.one_of(
    st.text(st.characters()),
    st.text(st.sampled_from("0123456789+-/:.,'@eExTZ()% \u00a0\u200b\u2212५٣ß\ud800\x00AMjan")),
)


CODES = {"owner": "unknown_owner"}  # it looks people up, and knows none here


@pytest.mark.parametrize("name", ALL)
@given(cell=ANY_TEXT)
def test_any_text_becomes_a_value_or_a_problem(name: str, cell: str) -> None:
    result = ALL[name](cell)

    if isinstance(result, Problem):
        code, why = CODES.get(name, f"bad_{name.partition(',')[0]}"), result.why
        assert result == Problem(code, why, value=cell)
        assert why.isprintable()
        assert len(why) <= 300
        assert re.fullmatch(r"[a-z].*; .*[^.;\s]", why)
    elif (shape := SHAPES.get(name.partition(",")[0])) and result.strip():
        assert re.fullmatch(shape, result)


@pytest.mark.parametrize("name", ALL)
@given(cell=st.text(st.characters(), min_size=300, max_size=2000) | st.just("9" * 10_000))
def test_a_long_text_is_no_trouble(name: str, cell: str) -> None:
    result = ALL[name](cell)

    assert isinstance(result, str) or len(result.why) <= 300


@pytest.mark.timeout(60)  # a regular expression that goes back and forth takes hours
@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "unit", ["1", "#", " ", "a", "@", ".", "a.", "1 ", "1,", "1#", "+1", "(1", "o'", "1/", "\n1"]
)
def test_a_long_repetition_is_no_trouble(name: str, unit: str) -> None:
    for cell in (unit * 15_000, f"1{unit * 15_000}x", f"a@b{unit * 15_000}!"):
        assert ALL[name](cell) is not None


@pytest.mark.parametrize("name", sorted(ALL.keys() - {"trim"}))
@pytest.mark.parametrize("cell", ["", " ", " \t\n", "\u00a0"])
def test_a_blank_cell_stays_as_it_is(name: str, cell: str) -> None:
    assert ALL[name](cell) == cell


@pytest.mark.parametrize("name", MADE)
@given(cell=ANY_TEXT)
def test_a_value_that_is_done_passes_again_unchanged(name: str, cell: str) -> None:
    value = MADE[name](cell)

    if isinstance(value, str):
        assert MADE[name](value) == value


@pytest.mark.parametrize("name", ALL)
@given(cell=ANY_TEXT)
def test_the_same_text_gives_the_same_result(name: str, cell: str) -> None:
    assert ALL[name](cell) == ALL[name](cell)


def test_every_option_belongs_to_a_transform_and_has_a_check() -> None:
    options = {field.name for field in fields(Options)}

    assert {key for keys in TRANSFORMS.values() for key in keys} == options
    assert CHECKS.keys() == options


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("region", "IN", "XX"),
        ("formats", "DD/MM/YYYY HH:mm", "YYYY-mm-DD"),
        ("timezone", "Asia/Kolkata", "IST"),
        ("true", "Yes", " "),
        ("false", "No", ""),
        ("decimal", ",", ";"),
        ("grouping", "'", "_"),
        ("percent", "share", "half"),
    ],
)
def test_each_check_lets_the_good_pass(key: str, good: str, bad: str) -> None:
    CHECKS[key](good)
    with pytest.raises(OptionError) as caught:
        CHECKS[key](bad)

    assert str(caught.value) == caught.value.what
    assert caught.value.fix


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("phone", Options(region="in")),
        ("date", Options(formats=("YYYY-mm-DD",))),
        ("date", Options(formats=("DD/MM/YYYY HH:mm",))),
        ("datetime", Options(timezone="IST")),
        ("boolean", Options(true=("No",))),
        ("number", Options(decimal=";")),
        ("number", Options(decimal=",", grouping=",")),
    ],
)
def test_a_transform_is_not_made_of_wrong_options(name: str, options: Options) -> None:
    with pytest.raises(OptionError):
        make_transform(name, options)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("date", Options(formats=("DD/MM/YYYY", "DD/MM/YYYY HH:mm"))),
        ("boolean", Options(true=("Ja",), false=("ja",))),
        ("number", Options(decimal=".", grouping=".")),
    ],
)
def test_what_can_not_be_together_is_refused(name: str, options: Options) -> None:
    with pytest.raises(OptionError):
        check_together(name, options)


@pytest.mark.parametrize("name", TRANSFORMS)
def test_the_usual_options_can_be_together(name: str) -> None:
    check_together(name, Options())


def test_an_unknown_transform_is_a_bug_of_the_caller() -> None:
    with pytest.raises(KeyError):
        make_transform("fold", Options())


def test_the_libraries_wait_until_they_are_needed() -> None:
    script = """
import sys
from importer.intake.transforms.registry import CHECKS, make_transform
from importer.intake.transforms.options import Options
make_transform("trim", Options())
HEAVY = {"phonenumbers", "email_validator", "zoneinfo", "difflib"}
print(sorted(HEAVY & sys.modules.keys()))
make_transform("phone", Options(region="IN"))
print(sorted(HEAVY & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout == "[]\n['phonenumbers']\n"
