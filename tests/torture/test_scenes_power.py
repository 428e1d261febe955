"""A power cut takes what was not synced: with less than FULL, rows are lost or sent twice."""

from dataclasses import replace

import pytest

from tests.torture.guards import without
from tests.torture.preload import NO_COMPILER, compiler
from tests.torture.removed import SYNCED
from tests.torture.scenes_power import SCENES

pytestmark = pytest.mark.skipif(compiler() is None, reason=NO_COMPILER)
SCENE = SYNCED.scene


def test_a_journal_that_is_not_synced_at_each_commit_breaks_a_promise() -> None:
    with without(SYNCED) as folder:
        variables = {**SCENE.variables, "PYTHONPATH": str(folder)}
        tally = replace(SCENE, variables=variables).act(seed=1)
    assert tally.tried == 5
    assert tally.verdict.lost + tally.verdict.twice > 0


def test_cuts_take_writes_of_the_quota_file() -> None:
    assert SCENES[1].act(seed=1).tried > 0
