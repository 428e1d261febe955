"""What our pages are made with."""

import pytest

from importer.results.html import MOST_SHOWN, counted, duration, policy, share, visible


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "–"), (0, 9, "0%"), (9, 9, "100%"), (1, 999, "<1%"), (998, 999, ">99%"), (1, 3, "33%")],
)
def test_a_share_is_never_nothing_or_all_where_it_is_only_nearly_so(
    part: int, whole: int, said: str
) -> None:
    assert share(part, whole) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.1, "1 second"),
        (47, "47 seconds"),
        (60, "1 minute"),
        (125, "2 minutes 5 seconds"),
        (3_605, "1 hour"),
        (200_000, "2 days 7 hours"),
    ],
)
def test_a_duration_is_told_in_its_two_largest_units(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_what_is_not_printable_is_seen_and_what_is_endless_is_cut() -> None:
    assert visible("a\tb\nc‮\ud83d שלום न") == "a\\tb\\nc\\u202e\\ud83d שלום न"
    assert visible("x" * 100_000) == "x" * MOST_SHOWN + "… and 98,000 more characters"
    assert visible(3) == 3


def test_one_is_not_many() -> None:
    assert counted(1, "row") == "1 row"
    assert counted(2_000, "row") == "2,000 rows"


def test_a_page_without_a_script_lets_none_run() -> None:
    assert policy("p {}") == (
        "default-src 'none'; style-src 'sha256-SNJDlN1Iy2mnt7DOjQIyDb2LQE6O5PQiSZomcdzawQ4=';"
        " base-uri 'none'; form-action 'none'"
    )
