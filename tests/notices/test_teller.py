"""The door of the room: who is told of what, and that nothing is ever raised."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from importer.notices import Teller
from importer.settings import Notices
from tests.notices.conftest import Server
from tests.notices.reports import (
    BEGAN_AT,
    RUNNING,
    SPENT,
    VALUE,
    done,
    refused_rows,
    troubled,
    whole_pass,
)

SECRET = "s3cret"


def teller(said: list[str], **wanted: Any) -> Teller:
    return Teller(Notices(**wanted), said.append, clock=lambda: BEGAN_AT, patience_s=5)


def titles(server: Server) -> list[str]:
    return [found["title"] for found in server.notices()]


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("always", ["all is well", "all is well", "please look", "please look"]),
        ("change", ["all is well", "please look"]),
        ("trouble", ["please look", "please look"]),
    ],
)
def test_a_summary_is_sent_by_when(server: Server, when: str, told: list[str]) -> None:
    said: list[str] = []
    one = teller(said, urls=(f"json://{server.host}",), when=when)
    for exit_code in (0, 1):
        for is_changed in (False, True):
            one.ended(whole_pass(exit_code=exit_code, is_changed=is_changed))
    assert titles(server) == [f"importer: {each}" for each in told]
    assert said == []


def test_ping_metrics_and_log_do_not_go_by_when(server: Server, tmp_path: Path) -> None:
    said: list[str] = []
    one = teller(
        said,
        when="trouble",
        healthcheck_url=f"http://{server.host}/uuid",
        metrics_file=tmp_path / "importer.prom",
        log_file=tmp_path / "importer.log",
    )
    one.began(BEGAN_AT, ["events", "quiet"])
    one.noted(done())
    one.ended(whole_pass(done(), is_changed=False))
    line = "All is well: 1 file imported, 240 leads created."
    assert server.got == [("POST", "/uuid", line)]
    assert 'importer_pass_files{drop="quiet",fate="done"} 0.0' in (
        (tmp_path / "importer.prom").read_text()
    )
    lines = map(json.loads, (tmp_path / "importer.log").read_text().splitlines())
    assert [line["event"] for line in lines] == ["pass_began", "file", "pass_ended"]
    assert said == []


def test_a_stop_is_told_at_once_and_the_same_once(server: Server) -> None:
    said: list[str] = []
    one = teller(said, urls=(f"json://{server.host}",), when="trouble")
    other = replace(SPENT, stopped="the keys are refused", exit_code=2)
    for report in (SPENT, SPENT, replace(SPENT, name="b"), other, other):
        one.stopped(report)
    assert titles(server) == [
        "importer: account acme can't go on",
        "importer: account b can't go on",
        "importer: account acme can't go on",
    ]
    assert said == []


def test_a_stop_is_told_again_after_a_pass_without_it(server: Server) -> None:
    one = teller([], urls=(f"json://{server.host}",), when="trouble")
    one.stopped(SPENT)
    one.ended(whole_pass(accounts=(SPENT,)))
    one.stopped(SPENT)
    one.ended(whole_pass(accounts=(RUNNING,)))
    one.stopped(SPENT)
    assert titles(server) == ["importer: account acme can't go on"] * 2


def test_a_stop_that_nobody_was_told_of_is_tried_again(server: Server) -> None:
    one = teller([], urls=(f"json://{server.host}",))
    server.status = 500
    one.stopped(SPENT)
    server.status = 200
    one.stopped(SPENT)
    one.stopped(SPENT)
    assert len(server.got) == 2


def test_many_threads_may_tell_at_once(server: Server, tmp_path: Path) -> None:
    said: list[str] = []
    path = tmp_path / "importer.log"
    one = teller(said, urls=(f"json://{server.host}",), log_file=path)
    steps: list[Callable[[], None]] = [
        *(lambda: one.noted(refused_rows()) for _ in range(20)),
        *(lambda: one.stopped(SPENT) for _ in range(5)),
    ]
    threads = [threading.Thread(target=step) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.got) == 1
    assert [json.loads(line)["event"] for line in path.read_text().splitlines()].count("file") == 20
    assert said == []


def test_what_fails_is_said_without_a_secret_and_each_of_a_pass_once(
    server: Server,
    dead_host: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    said: list[str] = []
    server.status = 403
    caplog.set_level(1)
    one = teller(
        said,
        urls=(
            f"json://{SECRET}:{SECRET}@{dead_host}/{SECRET}?+X-Token={SECRET}",
            f"json://{server.host}/{SECRET}",
            f"nope://{SECRET}",
            f"slack://{SECRET}",
        ),
        healthcheck_url=f"http://{SECRET}:{SECRET}@{server.host}/{SECRET}",
        metrics_file=tmp_path / "none" / "importer.prom",
        log_file=tmp_path / "none" / "importer.log",
    )
    for _ in range(2):
        one.began(BEGAN_AT, ["events"])
        one.noted(refused_rows())
        one.noted(refused_rows())
        one.stopped(SPENT)
        one.ended(troubled())
    assert [each.partition(";")[0] for each in said] == [
        "the log could not be written: No such file or directory",
        "a notice was not sent: JSON could not be reached",
        "a notice was not sent: JSON answered with 403",
        "a notice was not sent: this is no address of a service that apprise knows",
        "a notice was not sent: this is no address of a service that apprise knows",
        "the metrics could not be written: No such file or directory",
        "a notice was not sent: the service answered with 403",
    ] * 2
    out, err = capfd.readouterr()
    everything = "\n".join([*said, *caplog.messages, out, err])
    assert SECRET not in everything
    assert VALUE not in everything


def test_no_value_of_a_row_leaves_unless_it_may(server: Server, tmp_path: Path) -> None:
    def told(**more: Any) -> str:
        server.got.clear()
        one = teller(
            [],
            urls=(f"json://{server.host}",),
            healthcheck_url=f"http://{server.host}/",
            metrics_file=tmp_path / "importer.prom",
            log_file=tmp_path / "importer.log",
            **more,
        )
        one.noted(refused_rows())
        one.ended(troubled())
        assert len(server.got) == 2
        return "".join(body for _, _, body in server.got)

    assert VALUE not in told()
    assert VALUE in told(rows=True)
    for path in tmp_path.iterdir():
        assert VALUE not in path.read_text()


def test_services_that_never_answer_are_waited_for_together(silent_host: str) -> None:
    said: list[str] = []
    urls = (f"json://{silent_host}", f"json://{silent_host}/b")
    wanted = Notices(urls=urls, healthcheck_url=f"http://{silent_host}/")
    began = time.monotonic()
    Teller(wanted, said.append, patience_s=0.2).ended(whole_pass())
    assert time.monotonic() - began < 2
    assert len(said) == 3
    assert all("no answer within 0.2 seconds" in each for each in said)


def test_a_bug_in_telling_stops_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    one = teller(said, log_file=tmp_path / "importer.log", metrics_file=tmp_path / "x.prom")
    one.began(float("nan"), [])
    one.ended(whole_pass(ended_at=float("inf")))
    assert [each.partition(";")[0] for each in said] == [
        "a notice was not sent: a bug in the importer, ValueError",
        "a notice was not sent: a bug in the importer, OverflowError",
    ]


def test_nothing_is_told_where_nothing_is_wanted(tmp_path: Path) -> None:
    said: list[str] = []
    one = teller(said)
    one.began(BEGAN_AT, ["events"])
    one.noted(done())
    one.stopped(SPENT)
    one.ended(troubled())
    assert (said, list(tmp_path.iterdir())) == ([], [])


def test_a_stop_that_the_pass_before_told_is_logged_alone(server: Server, tmp_path: Path) -> None:
    said: list[str] = []
    one = teller(said, urls=(f"json://{server.host}",), log_file=tmp_path / "log")
    one.stopped(SPENT, is_new=False)
    assert titles(server) == []
    assert json.loads((tmp_path / "log").read_text())["event"] == "account_stopped"
    one.stopped(SPENT)
    assert len(titles(server)) == 1
    assert said == []
