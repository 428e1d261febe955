"""Where a day's calls are too few, it is said before the first of them."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from importer.delivery.connection import file_name
from importer.delivery.throttle import DEFAULT_RATE, Rate, Throttle
from importer.errors import ResumableError, SettingsError
from importer.jobs.connected import connected, remembered_left
from importer.jobs.plan import pace_of, plan_for
from importer.jobs.session import Options, Session
from tests.acceptance.world import Done, World
from tests.jobs.lists import people

ROWS = 20
MOMENT = r"(\d{4}-\d\d-\d\d \d\d:\d\d[+-]\d\d:\d\d)"  # with its offset, as all times are told


@pytest.fixture
def file(world: World) -> Path:
    return world.write_csv("list.csv", people(ROWS))


def give(world: World, daily: int, *arguments: object) -> Done:
    """A command for an account whose day has so many calls."""
    write_toml(world, daily)
    return world.importer(*arguments, "-m", world.mapping, "--account", "acme", "--rate", "500/1s")


def write_toml(world: World, daily: int, more: str = "") -> Path:
    path = world.folder / "importer.toml"
    path.write_text(
        f'[accounts.acme]\nhost = "{world.host}"\ndaily_calls = {daily}\n{more}'
        'access_key = { env = "LSQ_ACCESS_KEY" }\nsecret_key = { env = "LSQ_SECRET_KEY" }\n'
    )
    return path


def moments(text: str, words: str) -> list[str]:
    """What stands for MOMENT wherever these words do."""
    return re.findall(re.escape(words).replace("MOMENT", MOMENT), text)


def test_a_run_that_the_day_is_too_short_for_says_so_and_when_more_can_go(
    world: World, file: Path
) -> None:
    done = give(world, 15, "run", file)
    assert done.code == 75
    (at,) = moments(
        done.err,
        "to send to Sandbox Organisation: 20 rows, at most 20 calls, with 13 left of today's 15:"
        " more can go from MOMENT on\n",
    )
    assert moments(done.err, "run the same command again from MOMENT on") == [at]


def test_a_preview_says_what_the_day_has_left_as_far_as_is_known_here(
    world: World, file: Path
) -> None:
    words = "calls: 20, with {} left of today's 15: more can go from MOMENT on; nothing was sent\n"
    done = give(world, 15, "preview", file)
    (at,) = moments(done.out, words.format(15))
    plan = (
        "  about 0:00:00 at 500 calls in 1 s, over 2 days: done about MOMENT, where it is run again"
        " each time calls are free\n"
    )
    assert moments(done.out, plan) == [at]
    told = give(world, 15, "preview", file, "--json").json
    assert (told["calls"], told["left_today"], told["seconds"]) == (20, 15, None)
    ends_at = datetime.fromisoformat(told["plan"].pop("ends_at"))
    assert told["plan"] == {"calls": 22, "sending_s": 22 / 500, "days": 2}
    assert timedelta(hours=23.9) < ends_at - datetime.now(UTC) <= timedelta(hours=25)
    give(world, 15, "run", file, "--limit", 5)
    told = give(world, 15, "preview", file, "--json").json
    assert (told["calls"], told["left_today"], told["seconds"]) == (15, 7, None)
    assert give(world, 15, "run", file).code == 75
    told = give(world, 15, "preview", file, "--json").json
    assert (told["calls"], told["left_today"]) == (9, 0)


def test_where_the_day_is_long_enough_the_time_is_told(world: World, file: Path) -> None:
    """The first calls of a run, which ask whose the keys are, and for the fields, count."""
    short = give(world, ROWS + 1, "preview", file)
    assert "with 21 left of today's 21: " in short.out
    told = give(world, ROWS + 2, "preview", file)
    assert "calls: 20, about 0:00:00 at 500 calls in 1 s; nothing was sent\n" in told.out
    done = give(world, ROWS + 2, "run", file)
    assert (done.code, "at most 20 calls, about 0:00:00 at " in done.err) == (0, True)


class Silent:
    def say(self, text: str) -> None: ...
    def stored(self, row: int) -> None: ...
    def progress(self, *_: object) -> None: ...


@contextmanager
def session_of(world: World, *, unattended: bool) -> Iterator[Session]:
    config = write_toml(world, 3, "reserve_calls = 1\n")
    with Session(Silent(), None, Options(unattended=unattended)) as session:
        session.begin(world.environment, str(config))
        session.use_account(world.environment, "acme")
        yield session


def calls_left(world: World, *, unattended: bool) -> int:
    with session_of(world, unattended=unattended) as session:
        left = remembered_left(session)
        assert left is not None
        return left.calls


def test_what_nobody_waits_for_leaves_people_their_calls(world: World) -> None:
    assert [calls_left(world, unattended=each) for each in (True, False)] == [2, 3]
    for _ in range(2):
        with session_of(world, unattended=True) as session, connected(session):
            pass
    assert [calls_left(world, unattended=each) for each in (True, False)] == [0, 1]
    with (
        session_of(world, unattended=True) as session,
        pytest.raises(ResumableError, match="2 of the day's 3 calls are used up, and 1 is left"),
        connected(session),
    ):
        pass
    with session_of(world, unattended=False) as session, connected(session):
        pass
    assert [calls_left(world, unattended=each) for each in (True, False)] == [0, 0]


def planned(world: World, calls: int, *, unattended: bool = False) -> tuple[int, bool]:
    with session_of(world, unattended=unattended) as session:
        plan = plan_for(session, calls)
        assert (plan.calls, plan.sending_s) == (calls, calls / 5)
        return plan.days, plan.waits


def test_calls_are_planned_by_the_day_less_what_is_kept_of_it(world: World) -> None:
    assert planned(world, 2, unattended=True) == (1, False)
    assert planned(world, 3, unattended=True) == (2, True)
    assert planned(world, 3) == (1, False)
    with session_of(world, unattended=False) as session, connected(session):
        pass
    before = world.totals()["calls"]
    assert planned(world, 2) == (1, False)
    assert planned(world, 3) == (2, True), "the call that has gone counts"
    assert world.totals()["calls"] == before


def test_what_is_planned_keeps_to_the_limit_that_was_learned(world: World) -> None:
    with session_of(world, unattended=False) as session:
        assert pace_of(session) == DEFAULT_RATE
        with connected(session) as connection:
            name = file_name(connection.account)
        with closing(Throttle(session.settings.state / f"{name}.db", DEFAULT_RATE)) as throttle:
            throttle.throttled(0.0, Rate(10, 5), None)
        assert pace_of(session) == pace_of(session, "none") == Rate(10, 5)
        assert pace_of(session, "1/5s") == Rate(1, 5)
        assert plan_for(session, 2).sending_s == 1
        with pytest.raises(SettingsError, match='this is no rate: "fast"'):
            plan_for(session, 2, "fast")


def test_without_an_account_the_pace_alone_is_planned_by(world: World) -> None:
    with Session(Silent(), None) as session:
        session.begin({"IMPORTER_STATE": str(world.folder / "state")})
        plan = plan_for(session, 1_000_000)
    assert (plan.sending_s, plan.days, plan.waits) == (200_000, 3, False)
