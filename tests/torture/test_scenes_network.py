"""The faults of the network are made: the run meets each as the error that a user would see."""

from collections import Counter

from tests.torture.scenes_network import SCENES

ERRORS = "SELECT error FROM attempt WHERE call IS NULL AND error IS NOT NULL"


def test_calls_are_cut_off_and_others_refused_while_the_server_is_gone() -> None:
    (scene,) = (each for each in SCENES if each.fault == "server gone for 2 s")
    with scene.arena(seed=2) as arena:
        scene.play(arena)
        errors = Counter(error for (error,) in arena.journal(ERRORS))
    assert errors["ConnectError"] > 0
    assert 0 < errors.total() - errors["ConnectError"] <= arena.cut_off
