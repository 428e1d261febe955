import pytest

from importer.delivery.throttle import DEFAULT_RATE, Rate, parse_rate
from importer.errors import SettingsError


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("25/5s", Rate(25, 5)),
        (" 10/2.5S ", Rate(10, 2.5)),
        ("1/1", Rate(1, 1)),
        ("none", None),
        ("None", None),
    ],
)
def test_a_rate_is_calls_and_seconds_or_none(text: str, rate: Rate | None) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize(
    "text", ["", "25", "0/5s", "-1/5", "25/0s", "25/inf", "25/nan", "a/b", "1.5/2"]
)
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_rate(text)
    assert (caught.value.what, caught.value.fix) == (
        f'this is no rate: "{text}"',
        "write calls/seconds, such as 25/5s, or none for no limit",
    )


def test_a_rate_reads_as_people_say_it() -> None:
    assert [str(DEFAULT_RATE), str(Rate(1, 0.5))] == ["25 calls in 5 s", "1 calls in 0.5 s"]
