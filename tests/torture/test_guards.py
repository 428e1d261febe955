"""Each guard can still be taken out, and the run that shows what it prevents says so."""

from dataclasses import replace

import pytest

from tests.torture.guards import Shown, shown, without
from tests.torture.removed import GUARDS, Edit, Guard

ALL = pytest.mark.parametrize("guard", GUARDS, ids=[each.name for each in GUARDS])


@ALL
def test_the_edits_fit_the_code_and_the_copy_can_be_compiled(guard: Guard) -> None:
    with without(guard) as folder:
        for edit in guard.edits:
            text = (folder / "importer" / edit.file).read_text(encoding="utf-8")
            compile(text, edit.file, "exec")
            assert edit.new in text


def test_an_edit_that_fits_no_longer_is_said() -> None:
    lost = replace(GUARDS[0], edits=(Edit("model.py", "no such text", ""),))
    with pytest.raises(ValueError, match=r"model\.py has 0 × 'no such text'"), without(lost):
        pass


def test_a_guard_that_is_taken_out_breaks_a_promise_that_holds_with_it() -> None:
    guard = next(each for each in GUARDS if each.name.startswith("a look-up before"))
    found: Shown = shown(guard, seed=1)
    assert found.sound.flaws == []
    assert found.without.flaws != []
    assert found.is_shown
