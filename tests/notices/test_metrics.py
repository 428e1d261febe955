"""The file for Prometheus' textfile collector."""

import os
import resource
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from importer.notices import metrics
from importer.passes import AccountReport
from tests.notices.reports import (
    BEGAN_AT,
    RUNNING,
    SPENT,
    VALUE,
    refused_rows,
    troubled,
    whole_pass,
)

SUCCESS = "importer_pass_last_success_timestamp_seconds"
HEAD = """\
# HELP importer_pass_end_timestamp_seconds When the last pass ended.
# TYPE importer_pass_end_timestamp_seconds gauge
importer_pass_end_timestamp_seconds 1.79600588375e+09
# HELP importer_pass_duration_seconds How long it took.
# TYPE importer_pass_duration_seconds gauge
importer_pass_duration_seconds 83.5
# HELP importer_pass_exit_code Its exit code.
# TYPE importer_pass_exit_code gauge
importer_pass_exit_code 1.0
# HELP importer_pass_last_success_timestamp_seconds When the last pass ended that ended with 0 or \
1; 0 for none.
# TYPE importer_pass_last_success_timestamp_seconds gauge
importer_pass_last_success_timestamp_seconds 1.79600588375e+09
# HELP importer_pass_files Files of the last pass, by what became of them.
# TYPE importer_pass_files gauge
importer_pass_files{drop="events",fate="done"} 2.0
importer_pass_files{drop="events",fate="refused"} 0.0
importer_pass_files{drop="events",fate="held"} 0.0
importer_pass_files{drop="events",fate="blocked"} 0.0
importer_pass_files{drop="events",fate="open"} 0.0
importer_pass_files{drop="events",fate="waiting"} 0.0
importer_pass_files{drop="events",fate="left_alone"} 1.0
"""


def samples(path: Path) -> dict[str, float]:
    return {
        ",".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(path.read_text())
        for sample in family.samples
    }


def test_a_pass_becomes_metrics_of_pass_drop_and_account(tmp_path: Path) -> None:
    path = tmp_path / "importer.prom"
    accounts = (RUNNING, replace(SPENT, name="other"), AccountReport(""))
    report = replace(troubled(), accounts=accounts, exit_code=1)
    assert metrics.write(path, report, ["events", "partners", "quiet"]) == ""
    assert path.read_text().startswith(HEAD)
    assert VALUE not in path.read_text()
    found = {name: value for name, value in samples(path).items() if value}
    assert found == {
        "importer_pass_end_timestamp_seconds": BEGAN_AT + 83.5,
        "importer_pass_duration_seconds": 83.5,
        "importer_pass_exit_code": 1,
        SUCCESS: BEGAN_AT + 83.5,
        "importer_pass_files,events,done": 2,
        "importer_pass_files,events,left_alone": 1,
        "importer_pass_files,partners,held": 1,
        "importer_pass_rows,events,created": 471,
        "importer_pass_rows,events,duplicate": 3,
        "importer_pass_rows,events,invalid": 5,
        "importer_pass_rows,events,skipped": 1,
        "importer_pass_created_leads,events": 471,
        "importer_account_day_calls,acme": 731,
        "importer_account_day_calls,other": 9_500,
        "importer_account_daily_limit_calls,acme": 10_000,
        "importer_account_daily_limit_calls,other": 10_000,
        "importer_account_stopped,other": 1,
    }
    assert samples(path)["importer_pass_files,quiet,done"] == 0
    assert "importer_account_day_calls," not in samples(path)


def test_a_job_counts_once_though_its_file_came_twice(tmp_path: Path) -> None:
    path = tmp_path / "importer.prom"
    files = (refused_rows(), refused_rows(file="again.csv", is_known=True, created=0))
    metrics.write(path, whole_pass(*files), [])
    assert samples(path)["importer_pass_rows,events,invalid"] == 5


def test_others_can_read_it_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "importer.prom"
    before = os.umask(0o077)
    try:
        metrics.write(path, whole_pass(), [])
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("exit_code", [2, 3, 75])
def test_the_last_success_is_kept_where_a_pass_fails(tmp_path: Path, exit_code: int) -> None:
    path = tmp_path / "importer.prom"
    metrics.write(path, whole_pass(ended_at=1_000.5), [])
    metrics.write(path, whole_pass(ended_at=2_000.0, exit_code=exit_code), [])
    metrics.write(path, whole_pass(ended_at=3_000.0, exit_code=exit_code), [])
    assert samples(path)[SUCCESS] == 1_000.5
    assert samples(path)["importer_pass_end_timestamp_seconds"] == 3_000


@pytest.mark.parametrize(
    "earlier", [b"", b"# HELP importer_pass_x \xff", b"# HELP importer_pass_\nx{"]
)
def test_an_earlier_file_that_can_not_be_read_tells_of_no_success(
    tmp_path: Path, earlier: bytes
) -> None:
    path = tmp_path / "importer.prom"
    path.write_bytes(earlier)
    assert metrics.write(path, whole_pass(exit_code=2), []) == ""
    assert samples(path)[SUCCESS] == 0


def test_another_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "importer.toml"
    path.write_text("[notices]\n")
    assert metrics.write(path, whole_pass(), []) == (
        "the metrics could not be written: the file has something else than these metrics;"
        f" at: {path}, metrics_file in [notices];"
        " fix: name a file of its own as metrics_file, such as importer.prom"
    )
    assert path.read_text() == "[notices]\n"


def test_a_folder_or_a_pipe_in_its_place_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        assert metrics.write(path, whole_pass(), []).startswith(
            "the metrics could not be written: this is a folder or a device, not a file; at:"
        )
    assert list(tmp_path.iterdir()) == [tmp_path / "pipe"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    path = tmp_path / "none" / "importer.prom"
    assert metrics.write(path, whole_pass(), []) == (
        f"the metrics could not be written: No such file or directory; at: {path},"
        " metrics_file in [notices]; fix: make a folder that this user can write; and make room"
    )


def test_a_file_for_which_there_is_no_room_leaves_the_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "importer.prom"
    metrics.write(path, whole_pass(), [])
    earlier, before = path.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (15, before[1]))
    try:
        found = metrics.write(path, whole_pass(exit_code=2), [])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert found.startswith("the metrics could not be written: File too large; at:")
    assert (list(tmp_path.iterdir()), path.read_bytes()) == ([path], earlier)
