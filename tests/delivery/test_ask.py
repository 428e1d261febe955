from itertools import pairwise
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from importer.delivery.ask import ask, kept_at
from importer.delivery.lookups import by_id, read_flat
from importer.errors import ApiError, ImporterError, ResumableError
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from tests.delivery.account import START_MS, FakeClock
from tests.delivery.harness import make_job, person
from tests.delivery.test_connection import LIMIT, USER, Server, connected

REQUEST = by_id(UUID(int=9))
FOUND = (200, '[{"ProspectID": "x"}]')
BARE, NOT_THERE = (500, "Internal Server Error"), (200, "[]")
THROTTLED = (
    429,
    f'{{"ExceptionType": "MXAPIRateLimitExceededException", "ExceptionMessage": "{LIMIT}"}}',
)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def asked(folder: Path, clock: FakeClock, *answers: object) -> tuple[object, list[float]]:
    """What comes of the call, and when it was sent, in seconds after the run's first call."""
    server = Server(clock, USER, *answers)
    with connected(folder, clock, server) as connection:
        first = server.asked[0]
        found: object
        try:
            found = read_flat(ask(connection, REQUEST, clock.advance))
        except ImporterError as error:
            found = (type(error), error.what)
    assert set(server.paths[1:]) == {"/v2/LeadManagement.svc/Leads.GetById"}
    return found, [round(at - first, 2) for at in server.asked[1:]]


def test_a_call_goes_under_the_throttle_and_gives_its_reply(
    tmp_path: Path, clock: FakeClock
) -> None:
    assert asked(tmp_path, clock, FOUND) == ([{"ProspectID": "x"}], [0.2])
    assert asked(tmp_path, clock, NOT_THERE)[0] == []


@pytest.mark.parametrize("failure", [BARE, (502, "<html>"), httpx.ReadError("reset")])
def test_a_failed_call_goes_again_twice(tmp_path: Path, clock: FakeClock, failure: object) -> None:
    assert asked(tmp_path, clock, failure, failure, FOUND) == (
        [{"ProspectID": "x"}], [0.2, 1.2, 3.2],
    )  # fmt: skip
    found, moments = asked(tmp_path, clock, failure)
    assert isinstance(found, tuple)
    assert (found[0], len(moments)) == (ResumableError, 3)
    assert str(found[1]).startswith("api.x.com does not answer Leads.GetById: ")


def test_a_throttled_call_waits_and_goes_again_without_counting(
    tmp_path: Path, clock: FakeClock
) -> None:
    found, moments = asked(tmp_path, clock, *[THROTTLED] * 4, FOUND)
    assert (found, len(moments)) == ([{"ProspectID": "x"}], 5)
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert min(gaps) >= 5, "a whole window"


def test_a_day_without_calls_left_is_said(tmp_path: Path, clock: FakeClock) -> None:
    found, moments = asked(tmp_path, clock, THROTTLED)
    told = "(<class 'importer.errors.ResumableError'>, 'the account has refused every call for a"
    assert str(found).startswith(told)
    assert moments[-1] - moments[0] >= 60


def test_a_call_that_is_always_refused_is_an_error_at_once(
    tmp_path: Path, clock: FakeClock
) -> None:
    found, moments = asked(tmp_path, clock, (401, "no such key"))
    assert found == (ApiError, "api.x.com refuses the keys: no such key")
    assert len(moments) == 1


def test_a_refusal_of_this_call_alone_is_a_reply(tmp_path: Path, clock: FakeClock) -> None:
    said = '{"ExceptionType": "MXInvalidEntityReferenceException", "ExceptionMessage": "No."}'
    server = Server(clock, USER, (500, said))
    with connected(tmp_path, clock, server) as connection:
        assert ask(connection, REQUEST, clock.advance).status == 500
    assert len(server.asked) == 2


def test_each_call_is_kept_in_the_journal_before_it_leaves(
    tmp_path: Path, clock: FakeClock
) -> None:
    path = tmp_path / "importer.db"
    said = '{"ExceptionType": "MXBadException"}'
    with Journal(path, create=True) as journal:
        rows = Rows(journal, make_job(journal, [person("A")]))
        server = Server(clock, USER, httpx.ReadError("reset"), BARE, (500, said))

        def sleep(seconds: float) -> None:
            begun = journal.execute("SELECT max(number) FROM attempt").fetchone()[0] or 0
            assert begun == len(server.asked) - 1
            clock.advance(seconds)

        with connected(tmp_path, clock, server) as connection:
            ask(connection, REQUEST, sleep, kept_at(rows, 2, clock.wall_ms, 250))
        sql = f"""
            SELECT row & 255, number, call, (started_at - {START_MS}) / 1000, ahead_ms, http, error
            FROM attempt
        """
        assert journal.execute(sql).fetchall() == [
            (2, 1, "Leads.GetById", 0, 250, None, "ReadError"),
            (2, 2, "Leads.GetById", 1, 250, 500, None),
            (2, 3, "Leads.GetById", 3, 250, 500, "MXBadException"),
        ]
