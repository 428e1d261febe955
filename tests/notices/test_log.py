"""The log: JSON lines that other programs read."""

import json
import os
import resource
import stat
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from importer.notices import log
from importer.passes import Fate, FileReport
from tests.notices.reports import BEGAN_AT, SPENT, VALUE, held, refused_rows, troubled

FIX = "make it a file, in a folder that is there, which this user can write; and make room"


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()]


def test_a_file_s_line_has_its_counts_and_no_value_of_a_row(tmp_path: Path) -> None:
    path = tmp_path / "importer.log"
    assert log.append(path, log.file_finished(BEGAN_AT, refused_rows())) == ""
    assert VALUE not in path.read_text()
    assert lines(path) == [
        {
            "at": "2026-11-30T02:30:00.250Z",
            "event": "file",
            "drop": "events",
            "account": "acme",
            "file": "trade_show.csv",
            "fate": "done",
            "exit": 1,
            "known": False,
            "created_now": 231,
            "job": 7,
            "key": "000000000007",
            "state": "finished",
            "rows": 240,
            "pending": 0,
            "sending": 0,
            "created": 231,
            "updated": 0,
            "duplicate": 3,
            "rejected": 0,
            "invalid": 5,
            "failed": 0,
            "in_doubt": 0,
            "skipped": 1,
            "deleted": 0,
            "refusals": [
                {"code": "bad_phone", "column": "Phone", "rows": 5},
                {"code": "MXDuplicateEntryException", "column": "Email", "rows": 2},
                {"code": "duplicate_in_file", "column": None, "rows": 1},
            ],
            "altered": [],
            "moved_to": "/srv/leads/inbox/events/done/2026-11-30/trade_show.csv",
            "rejects": "/srv/leads/inbox/events/done/2026-11-30/trade_show.rejects.csv",
            "results": None,
            "report": None,
            "error": None,
        }
    ]


def test_a_file_without_a_job_has_the_same_keys() -> None:
    with_job, without = (log.file_finished(0, each) for each in (refused_rows(), held()))
    assert list(with_job) == list(without)
    assert (without["job"], without["created"]) == (None, None)
    assert without["error"] == {
        "what": held().what,
        "where": "/srv/leads/inbox/partners/partners-30.xlsx",
        "fix": held().fix,
    }


def test_a_pass_has_a_line_at_both_ends_and_one_for_each_stop(tmp_path: Path) -> None:
    path = tmp_path / "importer.log"
    log.append(path, log.began(BEGAN_AT, ["events", "partners"]))
    log.append(path, log.account_stopped(BEGAN_AT, SPENT))
    log.append(path, log.ended(replace(troubled(), exit_code=1, accounts=(SPENT,))))
    account = {
        "account": "acme",
        "exit": 75,
        "day_calls": 9_500,
        "daily_calls": 10_000,
        "reserve_calls": 500,
        "error": {"what": SPENT.stopped, "where": SPENT.where, "fix": SPENT.fix},
    }
    assert lines(path) == [
        {
            "at": "2026-11-30T02:30:00.250Z",
            "event": "pass_began",
            "drops": ["events", "partners"],
        },
        {"at": "2026-11-30T02:30:00.250Z", "event": "account_stopped", **account},
        {
            "at": "2026-11-30T02:31:23.750Z",
            "event": "pass_ended",
            "began": "2026-11-30T02:30:00.250Z",
            "seconds": 83.5,
            "exit": 1,
            "changed": True,
            "journal": "/srv/leads/importer.db",
            "files": {"done": 2, "held": 1, "left_alone": 1},
            "created_now": 471,
            "accounts": [account],
        },
    ]


def test_a_new_log_is_its_owner_s_alone(tmp_path: Path) -> None:
    path = tmp_path / "importer.log"
    log.append(path, {"event": "x"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_name_of_any_bytes_is_a_line_of_ascii(tmp_path: Path) -> None:
    path = tmp_path / "importer.log"
    name = os.fsdecode(b"caf\xe9\r\n\xf0\x9f\x8e\x89.csv")
    log.append(path, {"file": name, "drops": [name]})
    assert path.read_bytes() == (
        b'{"file": "caf\\\\udce9\\r\\n\\ud83c\\udf89.csv",'
        b' "drops": ["caf\\\\udce9\\r\\n\\ud83c\\udf89.csv"]}\n'
    )


def test_a_log_that_is_moved_away_goes_on_in_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "importer.log"
    log.append(path, {"line": 1})
    path.rename(tmp_path / "importer.log.1")
    log.append(path, {"line": 2})
    assert lines(path) == [{"line": 2}]


def test_lines_of_two_writers_never_mix(tmp_path: Path) -> None:
    path = tmp_path / "importer.log"
    line = {"event": "x" * 20_000}

    def write() -> None:
        for _ in range(20):
            assert log.append(path, line) == ""

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lines(path) == [line] * 80


def test_a_line_for_which_there_is_no_room_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "importer.log"
    path.write_text('{"line": 1}\n')
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (15, before[1]))
    try:
        found = log.append(path, {"line": 2})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert found == (
        "the log could not be written: No space left on device;"
        f" at: {path}, log_file in [notices]; fix: {FIX}"
    )
    assert path.read_text() == '{"line": 1}\n'


def test_another_file_is_not_written_into(tmp_path: Path) -> None:
    path = tmp_path / "importer.toml"
    path.write_text("[notices]\n")
    assert log.append(path, {}) == (
        "the log could not be written: the file has something else than a log;"
        f" at: {path}, log_file in [notices]; fix: name a file of its own as log_file"
    )
    assert path.read_text() == "[notices]\n"


def test_a_folder_or_a_pipe_in_its_place_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        assert log.append(path, {}) == (
            "the log could not be written: this is a folder or a device, not a file;"
            f" at: {path}, log_file in [notices]; fix: name a file of its own as log_file"
        )


@pytest.mark.parametrize(
    ("name", "why"),
    [("none/importer.log", "No such file or directory"), ("x" * 300, "File name too long")],
)
def test_what_can_not_be_written_is_said(tmp_path: Path, name: str, why: str) -> None:
    path = tmp_path / name
    assert log.append(path, {}) == (
        f"the log could not be written: {why}; at: {path}, log_file in [notices]; fix: {FIX}"
    )


def test_a_report_of_defaults_is_a_line_too() -> None:
    found = log.file_finished(0.0, FileReport("d", "", "f", Fate.LEFT_ALONE))
    assert (found["at"], found["fate"], found["refusals"]) == (
        "1970-01-01T00:00:00.000Z",
        "left_alone",
        [],
    )
