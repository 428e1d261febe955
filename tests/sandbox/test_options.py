import subprocess
import sys

import pytest

from importer.sandbox import (
    FAULTS,
    SandboxOptions,
    parse_faults,
    parse_lag,
    parse_limit,
    parse_range,
)


@pytest.mark.parametrize(
    ("text", "limit"),
    [("25/5s", (25, 5.0)), ("25/5", (25, 5.0)), (" 3/0.5S ", (3, 0.5)), ("none", None)],
)
def test_a_limit_is_calls_in_seconds(text: str, limit: tuple[int, float] | None) -> None:
    assert parse_limit(text) == limit


@pytest.mark.parametrize(
    "text", ["", "25", "0/5", "-1/5", "25/0", "25/inf", "x/5", "2.5/5", "1/nan"]
)
def test_a_bad_limit_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=f'^"{text}" is no limit; use .* 25/5s, or none$'):
        parse_limit(text)


def test_a_range_is_least_and_most() -> None:
    assert parse_range("100-300") == (100, 300)
    assert parse_range("100") == (100, 100)
    assert parse_range("20-60ms") == (20, 60)


@pytest.mark.parametrize("text", ["", "a-b", "300-100", "-5", "1-", "inf", "nan"])
def test_a_bad_range_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="is no range; use milliseconds such as 100 or 100-300"):
        parse_range(text)


def test_faults_are_shares_in_percent_or_of_one() -> None:
    read = parse_faults("drop=3%, late=1%,bare500=0.05")
    assert read == pytest.approx({"drop": 0.03, "late": 0.01, "bare500": 0.05})
    assert parse_faults("") == {}


def test_an_unknown_fault_is_refused_with_all_names() -> None:
    with pytest.raises(ValueError, match='"dorp" is no fault') as caught:
        parse_faults("dorp=3%")
    assert all(name in str(caught.value) for name in FAULTS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("drop", "use name=share such as drop=3%"),
        ("drop=many", "use name=share such as drop=3%"),
        ("drop=101%", "use 0 to 1, or 0% to 100%"),
        ("drop=nan", "use 0 to 1, or 0% to 100%"),
        ("drop=1%,drop=2%", "is given twice"),
        ("drop=60%,late=60%", "faults of Lead.Create add up to 120%"),
        ("lookup500=60%,lookup404=60%", "faults of calls that read leads add up to 120%"),
        ("list500=60%,listdrop=60%", "faults of calls that write lists add up to 120%"),
        ("delete500=60%,deletedrop=60%", "faults of Lead/Delete/ById add up to 120%"),
    ],
)
def test_a_share_that_cannot_be_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_faults(text)


def test_the_faults_of_each_kind_of_call_add_up_apart() -> None:
    whole = ("drop", "lookup404", "fields404", "list500", "deletedrop")
    assert parse_faults(",".join(f"{name}=100%" for name in whole)) == dict.fromkeys(whole, 1.0)


def test_a_lag_is_seconds() -> None:
    assert [parse_lag(text) for text in ("2.5", " 0\n")] == [2.5, 0.0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("soon", '^"soon" is no lag; use seconds such as 2.5, or 0$'),
        ("-1", "^reads cannot lag -1 s; use seconds such as 2.5, or 0$"),
        ("nan", "^reads cannot lag nan s; use"),
        ("inf", "^reads cannot lag inf s; use"),
    ],
)
def test_a_lag_that_cannot_be_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_lag(text)


@pytest.mark.parametrize("ahead_s", [float("nan"), float("inf"), -40_000_000.0])
def test_a_clock_too_far_ahead_or_behind_is_refused(ahead_s: float) -> None:
    with pytest.raises(ValueError, match=r"^a clock cannot be .* s ahead; use 31622400 at most$"):
        SandboxOptions(ahead_s=ahead_s)


@pytest.mark.parametrize("name", ["mx_Nope", "mx_import_key", "ProspectID", "mx_KYC", ""])
def test_only_a_field_that_can_be_written_can_be_unique(name: str) -> None:
    with pytest.raises(ValueError, match=f'^"{name}" is no field that can be unique') as caught:
        SandboxOptions(unique=["mx_Booth", name])
    assert str(caught.value).endswith(", mx_Heard_From, mx_Employees")


def test_an_unknown_shape_of_throttling_is_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match="use one of: 429, 403, 200, mixed"):
        SandboxOptions(throttle_as="418")


def test_an_unknown_way_of_deletion_is_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match=r'^"no" is no way of deletion; use one of: on, off, 403'):
        SandboxOptions(deletion="no")


def test_the_options_are_read_without_any_server() -> None:
    check = (
        "import sys, importer.sandbox\n"
        "assert not {'starlette', 'uvicorn', 'asyncio'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", check], check=True)


@pytest.mark.parametrize("name", ["Badge", "mx_", "mx_A.b.c", "mx_Ä", ""])
def test_a_name_that_no_custom_field_can_have_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"is no custom field; use a name such as mx_Badge"):
        SandboxOptions(fields=[name])


def test_a_field_that_is_there_too_can_be_unique() -> None:
    SandboxOptions(fields=["mx_Badge"], unique=["mx_Badge"])
    with pytest.raises(ValueError, match='"mx_Badge" is no field that can be unique'):
        SandboxOptions(unique=["mx_Badge"])
