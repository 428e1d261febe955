"""What an adding of leads to a list leaves where it ends early; the next run adds the rest."""

import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from importer.errors import ApiError, ImporterError, InterruptedRunError, ResumableError
from importer.jobs.session import Stop
from importer.journal.lists import NOTE_LISTED
from importer.journal.runs import Runs
from importer.runs import Work
from tests.drops.shop import at_point
from tests.jobs.list_account import STALE, ids
from tests.jobs.list_scene import LISTED, Scene, lead_ids, scene_of

REST = "it adds the rest, and sends no row twice"
WIDE = 60  # rows: three calls


class Killed(BaseException):
    """Stands for kill -9: nothing after it is recorded."""


@pytest.fixture
def wide(tmp_path: Path) -> Iterator[Scene]:
    with scene_of(tmp_path, WIDE, LISTED) as found:
        yield found


def test_an_account_that_takes_no_lead_ends_the_run_with_what_is_left(wide: Scene) -> None:
    wide.account.unfit = {*ids(range(2, 2 + WIDE))}
    with pytest.raises(ApiError) as caught:
        wide.add()
    assert caught.value.what == (
        f"api.x.com adds no lead to the list: MXInvalidInputException, {STALE}; still to be added"
        ' to the list "Show": 60 rows'
    )


def test_a_call_that_is_forbidden_tells_what_is_needed(wide: Scene) -> None:
    wide.account.answers["AddLeadsToStaticList"] = lambda _: httpx.Response(403, text="no")
    with pytest.raises(ApiError) as caught:
        wide.add()
    assert caught.value.what == (
        'api.x.com forbids this call: no; still to be added to the list "Show": 60 rows'
    )
    assert caught.value.fix == (
        "use the keys of a user who may create leads, such as an administrator; then run the same"
        f" command again, or: {wide.retry()}; {REST}"
    )


def hurt(scene: Scene, error: BaseException, nth: int = 2) -> None:
    """The nth call that adds leads comes to this, before the account has done anything."""

    def answer(_: httpx.Request) -> None:
        if scene.account.calls["AddLeadsToStaticList"] >= nth:
            raise error

    scene.account.answers["AddLeadsToStaticList"] = answer


def mended(scene: Scene) -> None:
    """All are on the list in the end."""
    scene.account.answers.clear()
    assert scene.add() == 0
    assert scene.account.members == {"Show": {*lead_ids(WIDE)}}
    assert scene.noted() == WIDE


def test_no_row_is_noted_before_the_account_has_its_lead(wide: Scene) -> None:
    hurt(wide, Killed(), nth=1)
    with pytest.raises(Killed):
        wide.add()
    assert wide.noted() == 0
    mended(wide)


def test_a_run_that_adds_a_part_is_kept_as_one_that_has_ended(wide: Scene) -> None:
    hurt(wide, ResumableError("no answer"))
    with pytest.raises(ResumableError):
        wide.add()
    mended(wide)
    kept = Runs(wide.session.journal).of_job(wide.job)
    assert [(run.work, run.ended_at is None) for run in kept] == [(Work.SEND, False)] * 2


def test_a_kill_after_the_call_lets_its_leads_be_added_again(wide: Scene) -> None:
    def kill() -> None:
        raise Killed

    with at_point(NOTE_LISTED, kill, nth=2), pytest.raises(Killed):
        wide.add()
    assert (wide.noted(), wide.account.sizes) == (25, [25, 25])
    mended(wide)
    assert wide.account.sizes == [25, 25, 25, 10]


class AtOnce(Stop):
    """For whom no time passes."""

    def sleep(self, seconds: float) -> None:
        pass


def test_an_api_that_is_down_leaves_the_rest_to_the_next_run(wide: Scene) -> None:
    wide.session.stop = AtOnce()
    hurt(wide, httpx.ReadError("reset"))
    with pytest.raises(ResumableError) as caught:
        wide.add()
    assert caught.value.what == (
        "api.x.com does not answer AddLeadsToStaticList: reset; still to be added to the list"
        ' "Show": 35 rows'
    )
    assert caught.value.fix == f"run the same command again, or: {wide.retry()}; {REST}"
    assert wide.session.listed is not None
    assert wide.session.listed["added"] == 25
    mended(wide)


def test_a_days_quota_that_is_spent_tells_when_to_go_on(wide: Scene) -> None:
    quota = ResumableError("the calls of the day are used up", fix="run it again at 18:00")
    hurt(wide, quota)
    with pytest.raises(ResumableError) as caught:
        wide.add()
    assert caught.value.fix == f"run it again at 18:00; {REST}"
    mended(wide)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_between_two_calls(wide: Scene, number: int, code: int) -> None:
    def stop(_: httpx.Request) -> None:
        wide.session.stop.request(number)

    wide.account.answers["AddLeadsToStaticList"] = stop
    with pytest.raises(InterruptedRunError) as caught:
        wide.add()
    assert (caught.value.exit_code, caught.value.what) == (
        code, 'stopped; still to be added to the list "Show": 35 rows',
    )  # fmt: skip
    assert caught.value.fix == f"run the same command again, or: {wide.retry()}; {REST}"
    assert wide.noted() == 25, "the call under way was waited for"
    wide.session.stop.signal = None
    mended(wide)


def test_another_kind_of_error_is_left_as_it_is(wide: Scene) -> None:
    hurt(wide, error := ImporterError("the disk is full"))
    with pytest.raises(ImporterError) as caught:
        wide.add()
    assert caught.value is error
    mended(wide)
