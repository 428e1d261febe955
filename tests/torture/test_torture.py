"""The shorter form of `make torture`: each fault once, and every promise is kept."""

import pytest

from tests.torture.cast import Played, chosen, play

SEED = 1
SHORT = [scene.fault for scene in chosen(short=True)]


@pytest.fixture(scope="module")
def played() -> dict[str, Played]:
    """All of them, several at once."""
    return {each.fault: each for each in play(chosen(short=True), SEED)}


@pytest.mark.parametrize("fault", SHORT)
def test_nothing_is_lost_or_twice_or_told_wrongly(played: dict[str, Played], fault: str) -> None:
    assert played[fault].flaws == []
