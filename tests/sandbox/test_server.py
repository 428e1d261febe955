"""The process, its keys and its limit."""

import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

import importer.sandbox
from importer.sandbox import SandboxOptions
from tests.sandbox.conftest import running

PROFILE = "/v2/Authentication.svc/UserByAccessKey.Get"
CREATE = "/v2/LeadManagement.svc/Lead.Create"
Start = Callable[..., httpx.Client]


def keys(client: httpx.Client) -> tuple[str, str]:
    return client.headers["x-LSQ-AccessKey"], client.headers["x-LSQ-SecretKey"]


def totals(client: httpx.Client) -> Any:
    return client.get("/_sandbox/totals").json()


def test_the_profile_names_the_organisation_and_the_host(start: Start) -> None:
    client = start("--org-id", "the-org")
    reply = client.get(PROFILE)
    profile = reply.json()
    assert profile["OrgId"] == "the-org"
    assert profile["LSQCommonServiceURLs"]["api"] == client.base_url.netloc.decode()
    assert {"Id", "Name", "PassPhrase", "Role", "TimeZone", "DefaultCountryCode"} <= set(profile)
    lag = datetime.now(UTC) - parsedate_to_datetime(reply.headers["date"])
    assert timedelta(0) <= lag < timedelta(seconds=5)


def test_keys_stay_with_the_seed_and_the_organisation_is_new_each_start(start: Start) -> None:
    one, same, other = start("--seed", "1"), start("--seed", "1"), start("--seed", "2")
    assert keys(one) == keys(same) != keys(other)
    assert keys(one)[0].startswith("u$r")
    assert one.get(PROFILE).json()["OrgId"] != same.get(PROFILE).json()["OrgId"]


def test_the_three_lines_can_be_pasted_into_a_shell() -> None:
    from importer.sandbox.account import User
    from importer.sandbox.server import lines

    user = User.of_seed(0, None)
    exports = "".join(f"export {line}\n" for line in lines("h:1", user).splitlines())
    script = exports + 'printf "%s\n" "$LSQ_HOST" "$LSQ_ACCESS_KEY" "$LSQ_SECRET_KEY"'
    said = subprocess.run(["sh", "-c", script], check=True, capture_output=True, text=True).stdout
    assert said.split() == ["http://h:1", user.access_key, user.secret_key]


def test_keys_are_taken_in_the_query_in_any_case(start: Start) -> None:
    client = start()
    access, secret = keys(client)
    with httpx.Client(base_url=client.base_url, trust_env=False) as bare:
        for names in (("accessKey", "secretKey"), ("accesskey", "SECRETKEY")):
            query = dict(zip(names, (access, secret), strict=True))
            assert bare.get(PROFILE, params=query).status_code == 200


def test_bad_or_missing_keys_are_401_and_take_no_place_in_the_limit(start: Start) -> None:
    client = start("--limit", "1/60s")
    access, secret = keys(client)
    with httpx.Client(base_url=client.base_url, trust_env=False) as bare:
        refused = [
            bare.get(PROFILE),
            bare.get(PROFILE, params={"accessKey": access, "secretKey": "no"}),
            bare.get(PROFILE, headers={"x-LSQ-AccessKey": access}),
            bare.get(PROFILE, headers={"x-LSQ-AccessKey": "no", "x-LSQ-SecretKey": secret}),
        ]
    assert {(reply.status_code, reply.text) for reply in refused} == {
        (
            401,
            '{"Status":"Error","ExceptionType":"MXInvalidAccessDetailsException",'
            '"ExceptionMessage":"Invalid Access Details provided."}',
        )
    }
    assert client.get(PROFILE).status_code == 200


@pytest.mark.parametrize("shape", ["429", "403", "200"])
def test_a_call_over_the_limit_is_told_so_in_the_shape_asked_for(start: Start, shape: str) -> None:
    client = start("--limit", "2/60s", "--throttle-as", shape)
    lead = [{"Attribute": "FirstName", "Value": "Asha"}]
    assert [client.post(CREATE, json=lead).json()["Status"] for _ in range(2)] == ["Success"] * 2
    reply = client.post(CREATE, json=lead)
    assert (reply.status_code, reply.json()) == (
        int(shape),
        {
            "Status": "Error",
            "ExceptionType": "MXAPIRateLimitExceededException",
            "ExceptionMessage": "API calls exceeded the limit of 2 in 60 second(s)",
        },
    )
    seen = totals(client)
    assert (seen["throttled"], seen["creates"], seen["max_in_window"]) == (1, 2, 2)


def test_mixed_throttling_is_the_same_with_the_same_seed(start: Start) -> None:
    def statuses(seed: str) -> list[int]:
        client = start("--limit", "1/60s", "--seed", seed)
        return [client.get(PROFILE).status_code for _ in range(20)][1:]

    assert statuses("4") == statuses("4")
    assert set(statuses("4")) == {429, 403, 200}


def test_the_limit_lets_calls_in_again_when_the_window_has_passed(start: Start) -> None:
    client = start("--limit", "3/0.3s", "--throttle-as", "429")
    statuses = [client.get(PROFILE).status_code]
    while statuses.count(200) < 7:
        statuses.append(client.get(PROFILE).status_code)
    assert 429 in statuses
    assert totals(client)["max_in_window"] == 3


def test_delays_before_and_after_the_count_add_up(start: Start) -> None:
    client = start("--uplink", "100", "--latency", "150-160")
    lead = [{"Attribute": "FirstName", "Value": "Asha"}]
    took = client.post(CREATE, json=lead).elapsed.total_seconds()
    assert 0.24 < took < 2


def test_totals_tell_what_was_called_and_when(start: Start) -> None:
    client = start()
    assert totals(client)["first_create_at"] is None
    lead = [{"Attribute": "EmailAddress", "Value": "a@example.com"}]
    for _ in range(2):
        client.post(CREATE, json=lead)
    client.get(PROFILE)
    seen = totals(client)
    assert seen.pop("first_create_at") < seen.pop("last_create_at")
    assert seen == {
        "calls": {"Lead.Create": 2, "UserByAccessKey.Get": 1},
        "creates": 1,
        "refused": {"MXDuplicateEntryException": 1},
        "throttled": 0,
        "faults": {},
        "leads": 1,
        "max_in_window": 3,
    }


def test_a_taken_port_is_an_error_that_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=rf"^cannot listen on port {port} \(.*--port 0 for"):
            importer.sandbox.serve(SandboxOptions(port=port))


def test_a_wrong_option_ends_with_its_reason() -> None:
    command = [sys.executable, "-m", "importer.sandbox", "--fault", "dorp=3%"]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 2
    assert '"dorp" is no fault; use one of: reset, bare500' in ended.stderr


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--unique", "mx_Nope"), '"mx_Nope" is no field that can be unique; use one of: '),
        (("--lag", "-1"), "reads cannot lag -1 s; use seconds such as 2.5, or 0"),
        (("--deletion", "no"), '"no" is no way of deletion; use one of: on, off, 403, 404'),
        (("--ahead", "nan"), "a clock cannot be nan s ahead; use 31622400 at most"),
    ],
)
@pytest.mark.parametrize("program", [("importer.sandbox",), ("importer", "sandbox")])
def test_both_commands_refuse_what_cannot_be(
    program: tuple[str, ...], options: tuple[str, ...], reason: str
) -> None:
    command = [sys.executable, "-m", *program, *options]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert reason in ended.stderr


def test_a_field_of_the_account_may_be_unique_too(start: Start) -> None:
    client = start("--unique", "mx_Import_Key", "--unique", "mx_Booth", "--limit", "none")

    def lead(**values: str) -> Any:
        sent = [{"Attribute": name, "Value": value} for name, value in values.items()]
        return client.post(CREATE, json=sent).json()

    first = lead(FirstName="Asha", mx_Import_Key="0af3", mx_Booth="B 7")
    assert first["Status"] == lead(FirstName="Asha", mx_Import_Key="0af4")["Status"] == "Success"
    assert [lead(FirstName="R", mx_Import_Key="0af3"), lead(FirstName="R", mx_Booth="B 7")] == [
        {
            "Status": "Error",
            "ExceptionType": "MXDuplicateEntryException",
            "ExceptionMessage": f"A Lead with same {words} already exists.",
        }
        for words in ("Import Key", "Booth")
    ]
    fields = client.get("/v2/LeadManagement.svc/LeadsMetaData.Get?schemaName=mx_Import_Key").json()
    assert fields[0]["DisplayName"] == "Import Key"
    condition = {"LookupName": "mx_Import_Key", "LookupValue": "0af3", "SqlOperator": "="}
    body = {"Parameter": condition, "Columns": {"Include_CSV": "ProspectID"}}
    found = client.post("/v2/LeadManagement.svc/Leads.Get", json=body).json()
    assert found == [{"ProspectID": first["Message"]["Id"]}]


def test_a_signal_in_the_midst_of_a_call_ends_without_a_trace(start: Start) -> None:
    # `start` checks the end: status 0 and two lines on stderr: the hint, and where the page is.
    client = start("--latency", "60000")
    with pytest.raises(httpx.ReadTimeout):
        client.get(PROFILE, timeout=0.2)
    waiting = socket.create_connection((client.base_url.host, client.base_url.port or 0))
    with waiting:
        head = f"GET {PROFILE} HTTP/1.1\r\nx-LSQ-AccessKey: {keys(client)[0]}\r\n"
        waiting.sendall(f"{head}x-LSQ-SecretKey: {keys(client)[1]}\r\n\r\n".encode())
        while totals(client)["calls"].get("UserByAccessKey.Get") != 2:
            pass
        client.close()


def test_a_custom_field_that_was_named_at_the_start_is_known() -> None:
    path = "/v2/LeadManagement.svc/Lead.Create"
    lead = [
        {"Attribute": "FirstName", "Value": "Asha"},
        {"Attribute": "mx_Badge", "Value": "A 17"},
        {"Attribute": "mx_Visit", "Value": "", "Fields": [{"Attribute": "Day", "Value": "2"}]},
    ]
    with running("--field", "mx_Badge", "--field", "mx_Visit.Day") as client:
        assert client.post(path, json=lead).json()["Status"] == "Success"
        (made,) = client.get("/_sandbox/leads").json()
        assert (made["mx_Badge"], made["mx_Visit"]) == ("A 17", {"Day": "2"})
    with running() as client:
        refused = client.post(path, json=lead).json()
        assert refused["ExceptionMessage"] == "Attribute(s) does not exist - mx_Badge,mx_Visit"
