import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from importer.delivery.connection import Connection, connect, connect_beside
from importer.delivery.leadsquared import LeadSquared
from importer.delivery.throttle import Rate
from importer.errors import ApiError, ResumableError
from tests.delivery.account import FakeClock

RATE = Rate(25, 5)
GAP = 5.05 / 25
USER = {"Id": "u-1", "OrgId": "4711", "OrgDisplayName": "Acme"}
LIMIT = "API calls exceeded the limit of 10 in 5 second(s)"
REACH = "check the host and the network, then run the same command again; nothing was sent"


class Server:
    """Answers in turn with what it is given; the last answer stays."""

    def __init__(self, clock: FakeClock, *answers: Any) -> None:
        self.clock = clock
        self.answers = list(answers)
        self.asked: list[float] = []
        self.paths: list[str] = []
        self.cold_s = 0.0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(round(self.clock.now - 1000, 3))
        self.paths.append(request.url.path)
        self.clock.advance(self.cold_s)
        if "trace" in request.extensions:
            request.extensions["trace"]("http11.send_request_body.complete", {})
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, dict):
            return httpx.Response(200, json=answer)
        status, text, *headers = answer
        return httpx.Response(status, text=text, headers=dict(headers))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@contextmanager
def connected(
    folder: Path,
    clock: FakeClock,
    server: Server,
    *,
    keys: str = "k",
    rate: Rate | None = RATE,
    daily: int | None = None,
    reserve: int = 0,
) -> Iterator[Connection]:
    api = LeadSquared(
        "api.x.com",
        "access",
        "secret",
        transport=httpx.MockTransport(server),
        clock=clock.monotonic,
        wall=lambda: clock.wall_ms() / 1000,
    )
    opened = connect(
        api, keys, folder, rate, daily=daily, reserve=reserve, clock=clock, sleep=clock.advance
    )
    with closing(api), opened as connection:
        yield connection


def told(connection: Connection) -> tuple[str, str, str, int]:
    return connection.account, connection.user_id, connection.name, connection.ahead_ms


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.db"))


def test_the_account_is_the_organisation_that_the_keys_belong_to(
    tmp_path: Path, clock: FakeClock
) -> None:
    server = Server(clock, USER)
    with connected(tmp_path, clock, server) as connection:
        assert told(connection) == ("4711", "u-1", "Acme", 0)
    assert server.paths == ["/v2/Authentication.svc/UserByAccessKey.Get"]


def test_the_servers_clock_is_told(tmp_path: Path, clock: FakeClock) -> None:
    server = Server(clock, (200, json.dumps(USER), ("Date", "Fri, 15 Jan 2027 08:00:42 GMT")))
    with connected(tmp_path, clock, server) as connection:
        assert told(connection) == ("4711", "u-1", "Acme", 42_000)


def test_all_keys_of_an_account_share_its_file_and_each_is_remembered(
    tmp_path: Path, clock: FakeClock
) -> None:
    for keys in ("one", "two", "one"):
        with connected(tmp_path, clock, Server(clock, USER), keys=keys):
            pass
    names = files(tmp_path)
    assert [name.split("-")[0] for name in names] == ["account", "keys", "keys"]
    assert all("one" not in name and "two" not in name for name in names)


def test_the_first_call_of_unknown_keys_counts_in_the_accounts_file(
    tmp_path: Path, clock: FakeClock
) -> None:
    with connected(tmp_path, clock, Server(clock, USER)) as connection:
        assert connection.throttle.wait_s() == pytest.approx(GAP)
    with connected(tmp_path, clock, second := Server(clock, USER), keys="other") as connection:
        assert connection.throttle.wait_s() == pytest.approx(GAP)
    with connected(tmp_path, clock, third := Server(clock, USER)):
        pass
    assert second.asked == [0.0]
    assert third.asked == [pytest.approx(GAP, abs=0.001)]


def test_a_cold_connection_moves_the_next_call(tmp_path: Path, clock: FakeClock) -> None:
    server = Server(clock, USER)
    server.cold_s = 0.4
    with connected(tmp_path, clock, server) as connection:
        assert connection.throttle.wait_s() == pytest.approx(GAP - 0.005)


def test_keys_that_moved_to_another_account_use_its_file(tmp_path: Path, clock: FakeClock) -> None:
    for org in ("4711", "4712", "4712"):
        with connected(tmp_path, clock, Server(clock, USER | {"OrgId": org})) as connection:
            assert connection.account == org
    assert len(files(tmp_path)) == 3


@pytest.mark.parametrize(
    "answer",
    [
        (401, "Invalid Access Details"),
        (200, json.dumps({"ExceptionType": "MXInvalidAccessDetailsException"})),
        (500, json.dumps({"ExceptionType": "MXAuthenticationFailedException"})),
        (403, "Forbidden"),
        (302, ""),
    ],
    ids=lambda answer: str(answer[0]),
)
def test_refused_keys_or_a_wrong_host_end_the_run_at_once(
    tmp_path: Path, clock: FakeClock, answer: Any
) -> None:
    server = Server(clock, answer)
    with pytest.raises(ApiError, match=r"api\.x\.com"), connected(tmp_path, clock, server):
        pass
    assert server.asked == [0.0]


def test_a_401_says_what_to_mend_in_the_servers_words(tmp_path: Path, clock: FakeClock) -> None:
    server = Server(clock, (401, "Use api-in21.leadsquared.com"))
    with pytest.raises(ApiError) as caught, connected(tmp_path, clock, server):
        pass
    assert (caught.value.what, caught.value.fix) == (
        "the account lives on api-in21.leadsquared.com, and not on api.x.com:"
        " Use api-in21.leadsquared.com",
        'set LSQ_HOST=api-in21.leadsquared.com, or host = "api-in21.leadsquared.com" in'
        " importer.toml",
    )


def test_a_404_makes_the_account_the_host_and_the_keys_hash(
    tmp_path: Path, clock: FakeClock
) -> None:
    accounts = []
    for keys in ("one", "two", "one"):
        with connected(tmp_path, clock, Server(clock, (404, "")), keys=keys) as connection:
            account, *rest = told(connection)
            accounts.append(account)
            assert rest == ["", "", 0]
    assert accounts[0] == accounts[2] != accounts[1]
    assert all(account.startswith("api.x.com#") and len(account) == 26 for account in accounts)
    with connected(tmp_path, clock, Server(clock, USER)):
        pass
    with connected(tmp_path, clock, Server(clock, (404, ""))) as connection:
        assert connection.account == "4711"


DOWN = [
    (httpx.ConnectError("refused"), "refused"),
    (httpx.ReadTimeout("slow"), "slow"),
    ((503, "busy"), "HTTP 503"),
    ((500, ""), "HTTP 500"),
]


@pytest.mark.parametrize(("answer", "why"), DOWN, ids=[why for _, why in DOWN])
def test_unknown_keys_without_an_answer_end_the_run_after_three_tries(
    tmp_path: Path, clock: FakeClock, answer: Any, why: str
) -> None:
    server = Server(clock, answer)
    with pytest.raises(ResumableError) as caught, connected(tmp_path, clock, server):
        pass
    error = caught.value
    assert (error.what, error.fix) == (f"api.x.com cannot be reached: {why}", REACH)
    assert (error.exit_code, server.asked) == (75, [0.0, 1.0, 3.0])


@pytest.mark.parametrize(("answer", "why"), DOWN, ids=[why for _, why in DOWN])
def test_known_keys_go_on_without_an_answer(
    tmp_path: Path, clock: FakeClock, answer: Any, why: str
) -> None:
    with connected(tmp_path, clock, Server(clock, USER)):
        pass
    clock.advance(10)
    with connected(tmp_path, clock, Server(clock, answer)) as connection:
        assert told(connection) == ("4711", "", "Acme", 0)
        assert connection.trouble is not None
        assert connection.trouble.what == f"api.x.com cannot be reached: {why}"


def test_the_name_is_what_it_was_when_the_api_was_last_asked(
    tmp_path: Path, clock: FakeClock
) -> None:
    for name in ("Acme", "Acme Ltd"):
        with connected(tmp_path, clock, Server(clock, USER | {"OrgDisplayName": name})) as found:
            assert (found.name, found.trouble) == (name, None)
    with connected(tmp_path, clock, Server(clock, (503, "busy"))) as connection:
        assert connection.name == "Acme Ltd"
    assert len(files(tmp_path)) == 2


def test_a_day_that_is_used_up_asks_nothing(tmp_path: Path, clock: FakeClock) -> None:
    server = Server(clock, USER)
    for _ in range(2):
        with connected(tmp_path, clock, server, daily=2) as connection:
            assert connection.account == "4711"
    with (
        pytest.raises(ResumableError, match="the day's 2 calls are used up") as caught,
        connected(tmp_path, clock, server, daily=2),
    ):
        pass
    assert (caught.value.exit_code, len(server.asked)) == (75, 2)
    clock.advance(25 * 3600)
    with connected(tmp_path, clock, server, daily=2):
        assert len(server.asked) == 3


def test_what_is_left_for_people_of_a_day_asks_nothing(tmp_path: Path, clock: FakeClock) -> None:
    server = Server(clock, USER)
    with connected(tmp_path, clock, server, daily=3, reserve=1):
        pass
    with connected(tmp_path, clock, server, daily=3, reserve=1) as connection:
        left = connection.throttle.left_today()
        assert left is not None
        assert (left.calls, left.limit, left.reserve) == (0, 3, 1)
    with (
        pytest.raises(ResumableError, match="2 of the day's 3 calls are used up, and 1 is left"),
        connected(tmp_path, clock, server, daily=3, reserve=1),
    ):
        pass
    assert len(server.asked) == 2
    with connected(tmp_path, clock, server, daily=3):
        assert len(server.asked) == 3


def test_an_answer_at_the_second_try_is_enough(tmp_path: Path, clock: FakeClock) -> None:
    server = Server(clock, httpx.ReadError("reset"), USER)
    with connected(tmp_path, clock, server) as connection:
        assert connection.account == "4711"
    assert server.asked == [0.0, 1.0]


def test_a_host_that_answers_with_something_else_is_not_leadsquared(
    tmp_path: Path, clock: FakeClock
) -> None:
    server = Server(clock, (200, "<html>"))
    with (
        pytest.raises(ApiError, match=r"does not answer as LeadSquared does"),
        connected(tmp_path, clock, server),
    ):
        pass


@pytest.mark.parametrize("status", [429, 403])
def test_a_throttled_first_call_waits_and_teaches_the_accounts_file(
    tmp_path: Path, clock: FakeClock, status: int
) -> None:
    server = Server(clock, (status, LIMIT), (status, LIMIT), USER)
    with connected(tmp_path, clock, server) as connection:
        assert connection.throttle.rate == Rate(10, 5)
    assert len(server.asked) == 3
    assert server.asked[1] >= 5.0


def test_a_first_call_that_is_throttled_for_a_minute_ends_the_run(
    tmp_path: Path, clock: FakeClock
) -> None:
    server = Server(clock, (429, ""))
    with pytest.raises(ResumableError) as caught, connected(tmp_path, clock, server):
        pass
    told = "the account has refused every call for a minute as too many: its calls for today"
    assert caught.value.what.startswith(told)
    assert "run the same command again later; it carries on, from " in str(caught.value.fix)
    assert server.asked[-1] >= 60.0


def test_a_throttled_first_call_keeps_to_its_retry_after(tmp_path: Path, clock: FakeClock) -> None:
    server = Server(clock, (429, "", ("Retry-After", "20")), USER)
    with connected(tmp_path, clock, server, rate=None):
        pass
    assert server.asked == [0.0, pytest.approx(20.0, abs=0.01)]


def test_an_interrupted_wait_ends_the_run(tmp_path: Path, clock: FakeClock) -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    server = Server(clock, (503, ""))
    with closing(LeadSquared("h.com", "a", "s", transport=httpx.MockTransport(server))) as api:
        opened = connect(api, "k", tmp_path, None, clock=clock, sleep=interrupted)
        with pytest.raises(KeyboardInterrupt), opened:
            pass
    assert server.asked == [0.0]


def test_another_connection_of_the_account_asks_nothing_and_shares_its_quota(
    tmp_path: Path, clock: FakeClock
) -> None:
    server = Server(clock, USER)
    with connected(tmp_path, clock, server) as one:
        asked = list(server.asked)
        with (
            closing(
                LeadSquared("https://h.example", "a", "s", transport=httpx.MockTransport(server))
            ) as api,
            connect_beside(one, api, tmp_path, RATE, daily=10, reserve=2) as other,
        ):
            assert server.asked == asked
            assert (told(other), other.told_ahead_ms) == (told(one), one.told_ahead_ms)
            assert other.api is api
            assert other.clock is one.clock
            calls = one.throttle.calls_in_a_day()
            assert other.throttle.calls_in_a_day() == calls == 1
            left = other.throttle.left_today()
            assert left is not None
            assert left.calls == 10 - 2 - calls
    assert len(files(tmp_path)) == 2
