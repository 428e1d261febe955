"""The dead-man's ping, to a server of this machine."""

import pytest

from importer.notices.errands import run_all
from importer.notices.ping import errands, fail_address
from tests.notices.conftest import Server

LINE = "All is well: 3 files imported, 712 leads created."
FIX = "copy the address again from the service's page, and see whether it can be reached"


def pinged(url: str, exit_code: int = 0, line: str = LINE) -> list[tuple[str, ...]]:
    found = run_all(errands(url, exit_code, line), 5)
    return [(errand.where, what, errand.fix) for errand, what in found]


@pytest.mark.parametrize("exit_code", [0, 1, 75])
def test_a_pass_that_came_to_its_end_pings_the_address_itself(
    server: Server, exit_code: int
) -> None:
    assert pinged(f"http://{server.host}/uuid?rid=1", exit_code) == []
    assert server.got == [("POST", "/uuid?rid=1", LINE)]


@pytest.mark.parametrize("exit_code", [2, 3])
def test_a_pass_that_failed_pings_its_failure(server: Server, exit_code: int) -> None:
    assert pinged(f"http://{server.host}/uuid/?rid=1", exit_code) == []
    assert server.got == [("POST", "/uuid/fail?rid=1", LINE)]


def test_a_pass_that_was_stopped_does_not_ping(server: Server) -> None:
    assert pinged(f"http://{server.host}/uuid", 143) == []
    assert server.got == []


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://hc-ping.com/uuid", "https://hc-ping.com/uuid/fail"),
        ("https://hc-ping.com/uuid/", "https://hc-ping.com/uuid/fail"),
        ("https://hc-ping.com/key/slug?create=1", "https://hc-ping.com/key/slug/fail?create=1"),
        ("https://host", "https://host/fail"),
        ("https://u:p@host:8443/a#b", "https://u:p@host:8443/a/fail"),
    ],
)
def test_fail_stands_at_the_end_of_the_path(url: str, address: str) -> None:
    assert fail_address(url) == address


def test_what_the_service_answers_is_said(server: Server) -> None:
    server.status = 404
    assert pinged(f"http://user:s3cret@{server.host}/s3cret") == [
        ("healthcheck_url in [notices] (127.0.0.1)", "the service answered with 404", FIX)
    ]


def test_an_address_that_nobody_listens_at_is_said(dead_host: str) -> None:
    assert pinged(f"http://{dead_host}/s3cret") == [
        ("healthcheck_url in [notices] (127.0.0.1)", "the service could not be reached", FIX)
    ]


@pytest.mark.parametrize("url", ["hc-ping.com/s3cret", "ftp://h/s3cret", "https://[s3cret", "x"])
@pytest.mark.parametrize("exit_code", [0, 2])
def test_what_is_no_address_is_said_without_it(url: str, exit_code: int) -> None:
    assert pinged(url, exit_code) == [
        (
            "healthcheck_url in [notices]",
            "this is no address that begins with http",
            "write the address as the service shows it, such as https://hc-ping.com/…",
        )
    ]
