from zoneinfo import available_timezones

import pytest

from importer.intake.transforms.options import OptionError
from importer.intake.transforms.zones import EXAMPLES, MEANT, check_timezone


@pytest.mark.parametrize(
    "name", ["UTC", "GMT", "Asia/Kolkata", "Asia/Calcutta", "America/Indiana/Knox", "Etc/GMT+5"]
)
def test_names_of_the_list_are_known(name: str) -> None:
    check_timezone(name)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("IST", "Asia/Kolkata"),
        ("ist", "Asia/Kolkata"),
        ("EST", "America/New_York"),
        ("asia/kolkata", "Asia/Kolkata"),
        ("Asia/Kolkatta", "Asia/Kolkata"),
        ("Kolkata", "Asia/Kolkata"),
        ("New York", "America/New_York"),
        ("Europe/Berln", "Europe/Berlin"),
        ("utc", "UTC"),
    ],
)
def test_the_zone_that_was_meant_is_named(name: str, meant: str) -> None:
    with pytest.raises(OptionError) as caught:
        check_timezone(name)

    assert caught.value.what == f'"{name}" is no time zone of the IANA list'
    assert caught.value.fix == f"did you mean {meant}? {EXAMPLES}"


@pytest.mark.parametrize("name", ["", "+05:30", "India Standard Time", "localtime", "../etc"])
def test_where_none_is_near_examples_are_given(name: str) -> None:
    with pytest.raises(OptionError) as caught:
        check_timezone(name)

    assert caught.value.fix == EXAMPLES


def test_the_zones_that_are_proposed_exist() -> None:
    assert set(MEANT.values()) <= available_timezones()
