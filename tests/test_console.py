import io
import json
import logging
import re
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from importer.console import console as console_module
from importer.console.console import Console
from importer.errors import (
    ApiError,
    ImporterError,
    InterruptedRunError,
    JournalError,
    MappingError,
    ResumableError,
    SettingsError,
    SourceError,
)
from importer.model import JobState, JobSummary, Progress, RowStatus
from importer.quoting import NOTHING_NAMED, Named
from importer.shown import Shown
from importer.steps import Unlisted, next_steps

ZEROS = dict.fromkeys(RowStatus, 0)
ERROR = MappingError(
    'the mapping names a column that the file does not have: "E-mail"',
    where="mappings/marketing_list.yaml, line 9",
    fix="use one of: First Name, Last Name, Email, Phone, City",
)
SHOWN = """\
importer: the mapping names a column that the file does not have: "E-mail"
  at:  mappings/marketing_list.yaml, line 9
  fix: use one of: First Name, Last Name, Email, Phone, City
"""
MENDABLE = (SettingsError, MappingError, SourceError, JournalError, ApiError)
REJECTS = "importer rejects 7  (writes the refused rows with their reasons)"
NO_JOB: dict[str, object] = {
    "job": None, "key": None, "file": None, "state": None, "rows": None,
    **dict.fromkeys(map(str, RowStatus)), "exit": 2, "journal": None,
}  # fmt: skip


def summary_of(state: JobState = JobState.FINISHED, **counts: int) -> JobSummary:
    known = ZEROS | {RowStatus(name): rows for name, rows in counts.items()}
    return JobSummary(
        7, "0123456789ab", "/lists/list.csv", state, sum(counts.values()), "org", known
    )


@dataclass
class Left:
    """What a command leaves behind."""

    exit_code: int = 0
    files: dict[str, Path] = field(default_factory=dict)
    jobs: list[JobSummary] | None = None
    known: JobSummary | None = None
    journal: Path | None = None
    named: Named = NOTHING_NAMED
    traces: Path | None = None
    shown: Shown | None = None
    read_back: dict[str, object] | None = None
    listed: dict[str, object] | None = None

    def summary(self) -> JobSummary | None:
        return self.known

    def journal_path(self) -> Path | None:
        return self.journal

    def unlisted(self) -> Unlisted | None:
        return None

    def mapping_name(self) -> str | None:
        return "maps/my map.yaml"

    def trace_folder(self) -> Path | None:
        return self.traces


def fail(error: BaseException) -> Callable[[], None]:
    def action() -> None:
        raise error

    return action


def nothing() -> None:
    pass


def last_object(out: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def test_an_error_says_what_where_and_how_to_mend_it_on_stderr(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert Console().run(Left(), fail(ERROR)) == 2
    assert capsys.readouterr() == ("", SHOWN)


def test_an_error_that_has_no_place_and_no_mending_is_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert Console(verbosity=-1).run(Left(), fail(JournalError("no"))) == 2
    assert capsys.readouterr() == ("", "importer: no\n")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        *((kind("x"), 2) for kind in MENDABLE),
        (ResumableError("x"), 75),
        (InterruptedRunError(2, "x"), 130),
        (InterruptedRunError(15, "x"), 143),
    ],
)  # fmt: skip
def test_each_kind_of_error_has_its_exit_code(error: ImporterError, code: int) -> None:
    assert Console().run(Left(), fail(error)) == code


@pytest.mark.parametrize("code", [0, 1])
def test_a_command_that_ends_well_ends_with_its_own_code(code: int) -> None:
    assert Console().run(Left(exit_code=code), nothing) == code


def test_with_json_a_success_is_one_object_with_every_key(
    capsys: pytest.CaptureFixture[str],
) -> None:
    left = Left(1, {"rejects": Path("/a")}, None, summary_of(created=2, rejected=1), Path("/j.db"))
    assert Console(as_json=True).run(left, nothing) == 1
    out, err = capsys.readouterr()
    assert out.count("\n") == 1
    found = last_object(out)
    assert found == {
        "job": 7, "key": "0123456789ab", "file": "/lists/list.csv", "state": "finished", "rows": 3,
        "pending": 0, "sending": 0, "created": 2, "updated": 0, "duplicate": 0, "rejected": 1,
        "invalid": 0, "failed": 0, "in_doubt": 0, "skipped": 0, "deleted": 0,
        "exit": 1, "journal": "/j.db",
    }  # fmt: skip
    assert err == ""


@pytest.mark.parametrize("known", [None, summary_of(JobState.OPEN, pending=3)])
def test_with_json_an_error_is_in_the_object_and_on_stderr(
    capsys: pytest.CaptureFixture[str], known: JobSummary | None
) -> None:
    Console(as_json=True).run(Left(known=known), fail(ERROR))
    out, err = capsys.readouterr()
    expected = NO_JOB | {
        "error": {"what": ERROR.what, "where": ERROR.where, "fix": ERROR.fix},
    }
    if known is not None:
        expected |= {
            "job": 7, "key": known.key, "file": known.file, "state": "open", "rows": 3,
            **{str(status): 0 for status in RowStatus}, "pending": 3,
        }  # fmt: skip
    assert last_object(out) == expected
    assert err == SHOWN


def test_with_json_an_option_that_is_wrong_is_an_object_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert (
        Console(as_json=True).fail(SettingsError("No such option: --x", fix="importer --help")) == 2
    )
    out, err = capsys.readouterr()
    error = {"what": "No such option: --x", "where": None, "fix": "importer --help"}
    assert last_object(out) == NO_JOB | {"error": error}
    assert err == "importer: No such option: --x\n  fix: importer --help\n"


def test_with_json_all_jobs_are_a_list_of_objects(capsys: pytest.CaptureFixture[str]) -> None:
    jobs = [summary_of(created=1), summary_of(JobState.OPEN, pending=2)]
    Console(as_json=True).run(Left(jobs=jobs, journal=Path("/j.db")), nothing)
    found = last_object(capsys.readouterr().out)
    assert list(found) == ["jobs"]
    assert [(job["created"], job["pending"], job["exit"]) for job in found["jobs"]] == [
        (1, 0, 0),
        (0, 2, 0),
    ]
    assert all(set(job) == set(NO_JOB) for job in found["jobs"])


def test_all_jobs_are_shown_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    jobs = [
        summary_of(created=12_345, duplicate=1, rejected=2, invalid=3, skipped=4, in_doubt=5),
        summary_of(JobState.OPEN, pending=2, sending=1),
    ]
    Console().run(Left(jobs=jobs), nothing)
    assert capsys.readouterr().out == (
        "job  key           file      state     rows    created  refused  open  other\n"
        "7    0123456789ab  list.csv  finished  12,360  12,345   6        0     9\n"
        "7    0123456789ab  list.csv  open      3       0        0        3     0\n"
    )


def test_a_job_is_shown_with_its_counts_files_and_next_steps(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    left = Left(1, {"rejects": tmp_path / "my list.rejects.csv"}, None,
                summary_of(created=1_200, rejected=3))  # fmt: skip
    Console().run(left, nothing)
    assert capsys.readouterr().out == (
        "job 7 (0123456789ab), /lists/list.csv: finished\n"
        "  created        1,200  leads in the account, by this file\n"
        "  rejected           3  refused by LeadSquared\n"
        "  rows           1,203\n"
        f"rejects: {tmp_path}/my list.rejects.csv\n"
        "next: mend the rows in my list.rejects.csv, then: importer run 'my list.rejects.csv'\n"
    )


@pytest.mark.parametrize(
    ("state", "counts", "steps"),
    [
        ("finished", {"created": 1, "skipped": 1, "deleted": 1, "updated": 1}, []),
        (
            "staging",
            {"pending": 5},
            [
                "importer run /lists/list.csv -m 'maps/my map.yaml'"
                "  (not all of its rows are stored; nothing was sent)"
            ],
        ),
        ("open", {"pending": 1}, ["importer retry 7  (goes on with the rows that are open)"]),
        ("open", {"sending": 1}, ["importer retry 7  (goes on with the rows that are open)"]),
        *(
            ("finished", {name: 1}, [REJECTS])
            for name in ("rejected", "invalid", "duplicate")
        ),
        ("finished", {"failed": 2}, ["importer retry 7  (sends the failed rows again)"]),
        (
            "finished",
            {"in_doubt": 1_000},
            ["importer resolve 7  (lists the in_doubt rows, for you to decide on)"],
        ),
        ("purged", {"in_doubt": 1, "rejected": 1, "failed": 1, "pending": 1}, []),
    ],
)  # fmt: skip
def test_each_status_has_its_next_step(
    state: str, counts: dict[str, int], steps: list[str]
) -> None:
    summary = summary_of(JobState(state), **counts)
    assert [*map(str, next_steps(summary, {}, mapping="maps/my map.yaml"))] == steps


def test_a_next_step_names_what_was_named_if_its_command_takes_it() -> None:
    named = Named("my db", "a.toml", "acme")
    options = "--account acme --journal 'my db' --config a.toml"
    summary = summary_of(failed=1, rejected=1, in_doubt=1)
    assert [*map(str, next_steps(summary, {"rejects": Path("a.csv")}, named))] == [
        f"mend the rows in a.csv, then: importer run a.csv {options}",
        f"importer retry 7 {options}  (sends the failed rows again)",
        f"importer resolve 7 {options}  (lists the in_doubt rows, for you to decide on)",
    ]
    assert [*map(str, next_steps(summary_of(rejected=1), {}, named))] == [
        "importer rejects 7 --journal 'my db' --config a.toml"
        "  (writes the refused rows with their reasons)"
    ]


@pytest.mark.parametrize(
    ("error", "steps"),
    [
        (ERROR, []),
        (ResumableError("x"), ["next: importer retry 7  (goes on with the rows that are open)"]),
        (
            InterruptedRunError(2, "x"),
            ["next: importer retry 7  (goes on with the rows that are open)"],
        ),
    ],
)
def test_what_was_stopped_and_can_be_resumed_has_its_next_step(
    capsys: pytest.CaptureFixture[str], error: ImporterError, steps: list[str]
) -> None:
    Console().run(Left(known=summary_of(JobState.OPEN, pending=3)), fail(error))
    assert capsys.readouterr().out.splitlines()[3:] == steps


def test_a_bug_ends_with_3_and_a_trace_that_is_named_private_and_without_values(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "state" / "bugs"
    bug = ZeroDivisionError("ada@example.com")
    assert Console(as_json=True).run(Left(traces=folder), fail(bug)) == 3
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (trace,) = folder.iterdir()
    assert re.fullmatch("importer-bug-.*\\.txt", trace.name)
    assert stat.S_IMODE(trace.stat().st_mode) == 0o600
    text = trace.read_text()
    assert "test_console.py" in text
    assert "ZeroDivisionError" in text
    assert "ada@example.com" not in text, "a message may quote a row's values"
    out, err = capsys.readouterr()
    what = "this is a bug in the importer: ZeroDivisionError"
    fix = (
        "nothing is lost: the journal has every row's state. Send that file to the"
        " importer's makers, and run the same command again"
    )
    assert err == f"importer: {what}\n  at:  {trace}\n  fix: {fix}\n"
    error = {"what": what, "where": str(trace), "fix": fix}
    assert last_object(out) == NO_JOB | {"exit": 3, "error": error}


def test_a_trace_is_saved_where_that_can_be_or_it_is_said_that_it_is_not(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert Console().run(Left(traces=in_the_way), fail(ZeroDivisionError())) == 3
    assert len(list(tmp_path.glob("importer-bug-*.txt"))) == 1
    monkeypatch.setattr("tempfile.tempdir", str(in_the_way))
    assert Console().run(Left(traces=in_the_way), fail(ZeroDivisionError())) == 3
    assert "  at:  its trace could not be saved: Not a directory\n" in capsys.readouterr().err


class BrokenLeft(Left):
    def summary(self) -> JobSummary | None:
        raise RuntimeError("database disk image is malformed")


@pytest.mark.parametrize("action", [nothing, fail(ERROR)])
def test_a_job_that_cannot_be_shown_is_a_bug_with_its_object_too(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    action: Callable[[], None],
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert Console(as_json=True).run(BrokenLeft(), action) == 3
    assert last_object(capsys.readouterr().out)["exit"] == 3


# Progress

PROGRESS = Progress(
    ZEROS | {RowStatus.PENDING: 600, RowStatus.SENDING: 4, RowStatus.REJECTED: 6}, 400, 80.0, 0.992,
    "waiting",
)  # fmt: skip
RUNNING = summary_of(JobState.OPEN, pending=604, rejected=6, created=1_390)


def test_progress_without_a_terminal_is_a_plain_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    console = Console()
    console.progress(PROGRESS, RUNNING)
    assert capsys.readouterr() == ("", ""), "not yet"
    monkeypatch.setattr(console_module, "PLAIN_EVERY_S", 0.0)
    console.progress(PROGRESS, RUNNING)
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "1,396 of 2,000 rows, 5.0 calls/s, 99% of the quota, 6 refused, waiting, 0:02:01 left\n"
    )
    console.progress(Progress(dict(PROGRESS.counts), 0, 0.0), RUNNING)
    assert capsys.readouterr().err == "1,396 of 2,000 rows, 0.0 calls/s, 6 refused\n"


def test_a_plain_line_comes_at_most_every_ten_seconds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("importer.console.console.time.monotonic", lambda: now[0])
    console = Console()
    lines = []
    for moment in range(100, 131):
        now[0] = float(moment)
        console.progress(PROGRESS, RUNNING)
        if capsys.readouterr().err:
            lines.append(moment)
    assert lines == [110, 120, 130]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_on_a_terminal_is_a_bar_that_remarks_do_not_break(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    console = Console()
    console.progress(PROGRESS, RUNNING)
    assert "\r" in screen.getvalue()
    assert "1396/2000 rows" in screen.getvalue()
    console.say("a remark")
    assert screen.getvalue().endswith("\na remark\n")
    console.progress(PROGRESS, RUNNING)
    assert console.run(Left(), fail(JournalError("stopped"))) == 2
    assert screen.getvalue().endswith("\nimporter: stopped\n")


def test_quiet_means_no_progress_and_no_remarks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console_module, "PLAIN_EVERY_S", 0.0)
    console = Console(verbosity=-1)
    console.say("a remark")
    console.stored(100_000)
    console.progress(PROGRESS, RUNNING)
    assert capsys.readouterr() == ("", "")


def test_storing_is_told_every_hundred_thousand_rows(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console()
    for rows in range(10_000, 250_000, 10_000):
        console.stored(rows)
    assert capsys.readouterr() == ("", "stored up to row 100,000\nstored up to row 200,000\n")


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    """The importer's log, left as it was found."""
    found = logging.getLogger("importer")
    before, level = list(found.handlers), found.level
    yield found
    found.handlers[:], found.level = before, level


@pytest.mark.parametrize(("verbosity", "said"), [(0, []), (1, ["row 2"]), (2, ["row 2", "call"])])
def test_v_tells_refusals_and_vv_calls(
    log: logging.Logger,
    capsys: pytest.CaptureFixture[str],
    verbosity: int,
    said: list[str],
) -> None:
    Console(verbosity=verbosity)
    log.info("row 2")
    log.debug("call")
    lines = capsys.readouterr().err.splitlines()
    assert [re.sub("^[-0-9]+ [0-9:,]+ ", "", line) for line in lines] == said
