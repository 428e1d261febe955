"""`importer check` as a person runs it: against the sandbox, and servers that answer oddly."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from importer.delivery.connection import Connection
from importer.delivery.leadsquared import LeadSquared
from importer.delivery.lookups import User
from importer.delivery.throttle import Rate, Throttle
from importer.errors import ApiError
from importer.jobs.check import refuse_other_host
from importer.jobs.session import Session
from importer.settings import Account
from tests.acceptance.world import World, people, sandbox

USER = {"Id": "u-1", "OrgId": "4711", "OrgDisplayName": "Acme"}
KEYS_FIX = (
    "check LSQ_ACCESS_KEY, LSQ_SECRET_KEY and LSQ_HOST, or the account in importer.toml (My Profile"
    " > Settings > API and Webhooks shows them)"
)
TOML = """\
journal = "lists/acme.db"

[accounts.acme]
host = "{host}"
access_key = {{ env = "ACME_ACCESS_KEY" }}
secret_key = {{ file = "keys/acme.secret" }}
calls = 50
window_s = 2
daily_calls = {daily}
"""


class Odd(BaseHTTPRequestHandler):
    """Answers every call with what the server was given."""

    status, text, ahead = 200, "", timedelta()

    def do_GET(self) -> None:
        data = self.text.encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - its caller's
        return format_datetime(datetime.now(UTC) + self.ahead, usegmt=True)

    def log_message(self, format: str, *_: Any) -> None:
        pass


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[tuple[World, type[Odd]]]:
    """A world whose host answers as the handler is told."""
    handler = type("Handler", (Odd,), {})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        host = f"127.0.0.1:{server.server_address[1]}"
        yield (
            World(tmp_path, {"LSQ_HOST": host, "LSQ_ACCESS_KEY": "a", "LSQ_SECRET_KEY": "s"}),
            handler,
        )
        server.shutdown()
        thread.join()


def as_toml(world: World, daily: int = 100) -> World:
    """Its account, by importer.toml alone, from a folder below."""
    folder = world.folder
    (folder / "keys").mkdir()
    (folder / "lists").mkdir()
    secret = folder / "keys" / "acme.secret"
    secret.touch(0o600)
    secret.write_text(world.environment.pop("LSQ_SECRET_KEY") + "\n")
    world.environment["ACME_ACCESS_KEY"] = world.environment.pop("LSQ_ACCESS_KEY")
    toml = TOML.format(host=world.environment.pop("LSQ_HOST"), daily=daily)
    (folder / "importer.toml").write_text(toml)
    world.folder = folder / "lists"
    return world


def account_files(world: World) -> list[Path]:
    return list(Path(world.environment["IMPORTER_STATE"]).glob("account-*.db"))


def test_the_keys_their_account_the_limits_and_the_journal_are_told(world: World) -> None:
    told = world.importer("check", "--rate", "50/2s")
    organisation = world.importer("check", "--json").json["account"]["org_id"]
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        "the keys are right",
        "  keys:          of the environment: LSQ_HOST, LSQ_ACCESS_KEY, LSQ_SECRET_KEY",
        f"  host:          {world.host.removeprefix('http://')}",
        "  organisation:  Sandbox Organisation",
        f"  OrgId:         {organisation}",
        "  user:          Sandbox User, Administrator",
        "  time zone:     Asia/Kolkata",
        "  country code:  91",
        "  limit:         50 calls in 2 s",
        "  last 24 h:     1 call from here",
        "  clock:         the server's and this computer's agree",
        f"  journal:       {world.folder / 'importer.db'}, not there yet: importer run makes it",
    ]
    assert not (world.folder / "importer.db").exists()


def test_scripts_get_the_same(world: World) -> None:
    assert world.run(world.write_csv("list.csv", people(1)), "--rate", "none").code in (0, 1)
    found = world.importer("check", "--json", "--rate", "none").json
    account = found["account"]
    assert (found["exit"], found["journal"]) == (0, str(world.folder / "importer.db"))
    assert abs(account.pop("skew_s")) < 60
    assert len(account.pop("org_id")) == 36
    assert account == {
        "name": None,
        "config": None,
        "host": world.host.removeprefix("http://"),
        "organisation": "Sandbox Organisation",
        "user": "Sandbox User",
        "role": "Administrator",
        "time_zone": "Asia/Kolkata",
        "country_code": "91",
        "limit": None,
        "learned_limit": None,
        "day_calls": 5,
        "daily_calls": None,
        "jobs": 1,
    }


def test_an_account_of_importer_toml_is_used_as_it_says(world: World) -> None:
    as_toml(world)
    unnamed = world.importer("check")
    assert (unnamed.code, unnamed.out, unnamed.err) == (
        2,
        "",
        f"importer: no account is named\n  at:  {world.folder.parent / 'importer.toml'}\n"
        "  fix: give --account acme; or export LSQ_HOST, LSQ_ACCESS_KEY and LSQ_SECRET_KEY\n",
    )
    told = world.importer("check", "--account", "acme")
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    toml = world.folder.parent / "importer.toml"
    assert lines[1] == f"  keys:          of [accounts.acme] in {toml}"
    assert lines[8:10] == [
        "  limit:         50 calls in 2 s",
        "  last 24 h:     1 call from here, of 100 at most",
    ]
    journal = world.folder / "acme.db"
    assert lines[11] == f"  journal:       {journal}, not there yet: importer run makes it"
    loud = world.importer("check", "--account", "acme", "-v")
    assert f"settings: {toml}" in loud.err


def test_the_calls_of_a_day_are_kept_to_by_every_process(world: World) -> None:
    as_toml(world, daily=2)
    codes = [world.importer("check", "--account", "acme").code for _ in range(2)]
    spent = world.importer("check", "--account", "acme")
    assert (codes, spent.code, spent.out) == ([0, 0], 75, "")
    what, where, fix = spent.err.splitlines()
    assert what == (
        "importer: the day's 2 calls are used up, by those of the last 24 hours from here"
    )
    assert where == "  at:  daily_calls of the account in importer.toml"
    assert fix.startswith("  fix: run the same command again from 20")
    run = world.run(world.write_csv("list.csv", people(1)), "--account", "acme")
    assert (run.code, run.json["job"]) == (75, None)


def test_a_learned_limit_is_told_and_dropped_on_request(world: World) -> None:
    as_toml(world)
    assert world.importer("check", "--account", "acme").code == 0
    with closing(Throttle(account_files(world)[0], Rate(50, 2))) as throttle:
        throttle.throttled(-1.0, Rate(40, 2), None)
    told = world.importer("check", "--account", "acme", "--config", "../importer.toml")
    lines = told.out.splitlines()
    assert lines[8:10] == [
        "  limit:         50 calls in 2 s",
        "  learned:       40 calls in 2 s, from a refused call; the lower holds",
    ]
    command = "importer check --account acme --config ../importer.toml --forget-limit"
    assert lines[-1].startswith(f"next: {command}  (")
    dropped = world.importer(*command.split()[1:])
    assert (dropped.code, dropped.err) == (
        0,
        "forgotten: the learned limit of 40 calls in 2 s; now: 50 calls in 2 s\n",
    )
    assert "  learned:" not in dropped.out
    again = world.importer(*command.split()[1:])
    assert again.err == "no limit was learned: there is none to forget\n"
    assert "  learned:" not in again.out


def test_wrong_keys_are_told(world: World) -> None:
    as_toml(world)
    world.environment["ACME_ACCESS_KEY"] = "wrong"
    told = world.importer("check", "--account", "acme", "--json")
    assert (told.code, told.json["exit"]) == (2, 2)
    assert "account" not in told.json
    assert told.json["error"] == {
        "what": f"{world.host.removeprefix('http://')} refuses the keys:"
        " Invalid Access Details provided.",
        "where": world.host,
        "fix": KEYS_FIX,
    }


def test_missing_keys_and_no_network_are_told(tmp_path: Path) -> None:
    world = World(tmp_path, {"LSQ_HOST": "127.0.0.1:1", "LSQ_ACCESS_KEY": "a"})
    missing = world.importer("check", "--json")
    assert (missing.code, missing.json["error"]["what"]) == (2, "LSQ_SECRET_KEY is not set")
    world.environment["LSQ_SECRET_KEY"] = "s"
    down = world.importer("check", "--json")
    assert down.code == 75
    assert down.json["error"] == {
        "what": "127.0.0.1:1 cannot be reached: nothing answers there: Connection refused",
        "where": "http://127.0.0.1:1",
        "fix": "check the host and the network, then run the same command again; nothing was sent",
    }


def test_known_keys_are_not_right_while_nobody_answers(tmp_path: Path) -> None:
    with sandbox() as keys:
        world = World(tmp_path, keys)
        assert world.importer("check").code == 0
    told = world.importer("check")
    assert (told.code, told.out) == (75, "")
    assert "cannot be reached" in told.err


def test_a_journal_that_cannot_be_read_is_an_error_before_any_call(world: World) -> None:
    (world.folder / "importer.db").write_text("a letter to a friend, and no journal at all" * 99)
    before = world.totals()["calls"]
    told = world.importer("check")
    assert (told.code, told.out) == (2, "")
    assert str(world.folder / "importer.db") in told.err
    assert world.totals()["calls"] == before


@pytest.mark.parametrize(
    ("status", "text", "what", "fix"),
    [
        (
            401,
            "Please use api-in21.leadsquared.com",
            "the account lives on api-in21.leadsquared.com, and not on {host}:"
            " Please use api-in21.leadsquared.com",
            'set LSQ_HOST=api-in21.leadsquared.com, or host = "api-in21.leadsquared.com" in'
            " importer.toml",
        ),
        (
            401,
            "Invalid Access Details",
            "{host} refuses the keys: Invalid Access Details",
            KEYS_FIX,
        ),
        *(
            (
                status,
                "<html>",
                what,
                "set LSQ_HOST, or host in importer.toml, to the account's API host, such as"
                " api-in21.leadsquared.com",
            )
            for status, what in [
                (404, "{host} does not offer the LeadSquared API: HTTP 404"),
                (200, "{host} does not answer as LeadSquared does"),
            ]
        ),
    ],
)
def test_a_host_that_is_not_the_accounts_is_told(
    odd: tuple[World, type[Odd]], status: int, text: str, what: str, fix: str
) -> None:
    world, handler = odd
    handler.status, handler.text = status, text
    told = world.importer("check")
    assert (told.code, told.out) == (2, "")
    what = what.format(host=world.host)
    assert told.err == f"importer: {what}\n  at:  http://{world.host}\n  fix: {fix}\n"


@pytest.mark.parametrize(
    ("ahead", "clock", "warns"),
    [
        (timedelta(), "the server's and this computer's agree", False),
        (timedelta(minutes=2), "the server's is 0:0[12]:.. ahead of this computer's", False),
        (timedelta(hours=-30), "the server's is 1 day, 6:00:.. behind this computer's", True),
        (timedelta(minutes=7), "the server's is 0:0[67]:.. ahead of this computer's", True),
    ],
)
def test_a_clock_that_is_far_off_is_told(
    odd: tuple[World, type[Odd]], ahead: timedelta, clock: str, warns: bool
) -> None:
    world, handler = odd
    handler.ahead, handler.text = ahead, json.dumps(USER)
    told = world.importer("check")
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert [line.split(":")[0].strip() for line in lines[1:9]] == [
        "keys", "host", "organisation", "OrgId", "limit", "last 24 h", "clock", "journal",
    ]  # fmt: skip
    assert re.fullmatch(f"  clock:         {clock}", lines[7])
    advice = ["next: set this computer's clock: leads whose reply is lost are looked up by time"]
    assert lines[9:] == (advice if warns else [])


# Where the account lives


class Silent:
    def say(self, text: str) -> None: ...
    def stored(self, rows: int) -> None: ...
    def progress(self, *_: object) -> None: ...


def refuse(tmp_path: Path, host: str, told: str, name: str | None = None) -> None:
    """As `check` does when the API at `host` tells that the account lives at `told`."""
    transport = httpx.MockTransport(lambda _: httpx.Response(500))
    with (
        Session(Silent(), None) as session,
        closing(LeadSquared(host, "a", "s", transport=transport)) as api,
        closing(Throttle(tmp_path / "q.db", None)) as throttle,
    ):
        session.account = Account(host, "a", "s", name)
        user = User("u-1", "4711", "Acme", api_host=told)
        refuse_other_host(session, Connection(api, throttle, user))


@pytest.mark.parametrize(
    "told", ["api-in21.leadsquared.com", "https://api-in21.leadsquared.com/v2/"]
)
@pytest.mark.parametrize(
    ("name", "fix"),
    [
        (None, "set LSQ_HOST=api-in21.leadsquared.com"),
        ("acme", 'write host = "api-in21.leadsquared.com" under [accounts.acme]'),
    ],
)
def test_an_account_that_lives_elsewhere_is_told_with_where(
    tmp_path: Path, told: str, name: str | None, fix: str
) -> None:
    with pytest.raises(ApiError) as caught:
        refuse(tmp_path, "api.leadsquared.com", told, name)
    what = "the account lives on api-in21.leadsquared.com, and not on api.leadsquared.com"
    assert (caught.value.what, caught.value.fix) == (what, fix)


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("api.leadsquared.com", "API.LeadSquared.com"),
        ("https://api.leadsquared.com:443/v2/", "http://api.leadsquared.com/v2/"),
        ("api.leadsquared.com", ""),
        ("api.leadsquared.com", "n/a"),
        ("api.leadsquared.com", "[::1"),
        ("127.0.0.1:8800", "api-in21.leadsquared.com"),
        ("localhost", "api-in21.leadsquared.com"),
        ("[::1]:8800", "api-in21.leadsquared.com"),
    ],
)
def test_where_nothing_else_is_told_or_the_host_is_this_machine_nothing_is_said(
    tmp_path: Path, host: str, told: str
) -> None:
    refuse(tmp_path, host, told)
    with pytest.raises(ApiError):
        refuse(tmp_path, "api.leadsquared.com", "api-us11.leadsquared.com")
