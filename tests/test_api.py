"""The Python API against a sandbox: what it gives, what it raises, and what it leaves alone."""

import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import importer
from importer import (
    Account,
    ApiError,
    Cancel,
    ImportResult,
    InterruptedRunError,
    JobState,
    JobSummary,
    Journal,
    MappingError,
    Progress,
    RowStatus,
    SettingsError,
    SourceError,
    preview,
    run_import,
)
from importer.jobs.api import OnProgress
from tests.acceptance.world import World, sandbox
from tests.docs.pages import Fence, fences
from tests.jobs.lists import BAD, leads_of, people, write_rejects

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "use-from-python.md"
NAMES = [name for name in importer.__all__ if name != "__version__"]


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    with sandbox("--limit", "none") as keys:
        yield keys


@pytest.fixture
def world(server: dict[str, str], tmp_path: Path) -> World:
    return World(tmp_path, server)


@pytest.fixture
def account(server: dict[str, str]) -> Account:
    keys = (server["LSQ_HOST"], server["LSQ_ACCESS_KEY"], server["LSQ_SECRET_KEY"])
    return Account(*keys, rate="none", settle_s=1.0)


@pytest.fixture
def importing(world: World, account: Account) -> Any:
    """`run_import` of a list, with this world's mapping, journal and account."""

    def run(file: Path, **given: Any) -> ImportResult:
        defaults = {"account": account, "journal": world.folder / "importer.db"}
        return run_import(file, world.mapping, **{**defaults, **given})

    return run


def counts_of(job: JobSummary) -> dict[str, int]:
    return {str(status): rows for status, rows in job.counts.items() if rows}


# What it gives


def test_an_import_tells_what_became_of_the_list(world: World, importing: Any) -> None:
    rows = people(3)
    file = world.write_csv("list.csv", [*rows, [*rows[0][:2], "", "", ""], rows[1]])
    world.mapping.write_text(world.mapping.read_text().replace("lower]", "lower], required: true"))
    result = importing(file)
    assert (result.ok, result.exit_code) == (False, 1)
    assert counts_of(result.job) == {"created": 3, "invalid": 1, "skipped": 1}
    assert (result.job.rows, result.job.state) == (5, JobState.FINISHED)
    assert result.job.file == str(file)
    assert result.journal == world.folder / "importer.db"
    assert [row["Import Row"] for row in world.read_csv(result.rejects)] == ["5"]
    assert len(world.read_csv(result.results)) == 5
    assert any("to send to" in remark for remark in result.remarks)
    assert leads_of(world, rows) == 3


def test_an_import_without_refusals_is_ok_and_sends_nothing_a_second_time(
    world: World, importing: Any
) -> None:
    rows = people(2)
    file = world.write_csv("list.csv", rows)
    first = importing(file)
    again = importing(file)
    assert (first.ok, first.rejects, first.results) == (
        True,
        None,
        world.folder / "list.results.csv",
    )
    assert again == replace(first, remarks=again.remarks)
    assert first.report is None
    assert "this file was imported before, as job 1" in again.remarks[0]
    assert leads_of(world, rows) == 2


def test_a_mended_reject_file_needs_no_mapping(world: World, importing: Any, account: Any) -> None:
    world.mapping.write_text(world.mapping.read_text().replace("lower]", "lower, email]"))
    rows = people(2)
    bad = [*rows[0][:2], BAD, "", "Pune"]
    first = importing(world.write_csv("list.csv", [bad, rows[1]]))
    (reject,) = world.read_csv(first.rejects)
    mended = write_rejects(world.folder / "mended.csv", [{**reject, "Email": rows[0][2]}])
    result = run_import(mended, account=account, journal=first.journal)
    assert (result.ok, result.job.number, counts_of(result.job)) == (True, 1, {"created": 2})
    assert leads_of(world, rows) == 2


def test_files_are_written_where_that_is_asked_and_read_as_that_is_asked(
    world: World, importing: Any
) -> None:
    (row,) = people(1)
    file = world.folder / "list.txt"
    header = "Trade show\nFirst Name;Last Name;Email;Phone;City\n"
    file.write_text(f"{header}{';'.join(row[:3])}\n", encoding="utf-16")
    result = importing(
        str(file),
        out=str(world.folder / "out"),
        journal=str(world.folder / "mine.db"),
        header_row=2,
        encoding="utf-16",
        delimiter="semicolon",
        short_rows="pad",
        report=True,
    )
    assert (result.ok, result.journal.name) == (True, "mine.db")
    assert result.results == world.folder / "out" / "list.results.csv"
    assert result.report == world.folder / "out" / "list.report.html"
    assert result.report.exists()
    assert leads_of(world, [row]) == 1


def test_of_several_tables_an_area_chooses_one(world: World, importing: Any) -> None:
    one, other = people(2)
    table = "First Name;Last Name;Email;Phone;City"
    lines = [f"{table}\n{';'.join(row)}\n" for row in (one, other)]
    file = world.folder / "list.csv"
    file.write_text("\n\n".join(lines), encoding="utf-8")
    result = importing(file, area="A5:E6")
    assert (result.ok, counts_of(result.job)) == (True, {"created": 1})
    assert leads_of(world, [other]) == 1


def test_a_limit_sends_so_many_rows_and_the_next_call_goes_on(world: World, importing: Any) -> None:
    file = world.write_csv("list.csv", people(5))
    first = importing(file, limit=2)
    assert (first.ok, first.results) == (True, None)
    assert counts_of(first.job) == {"created": 2, "pending": 3}
    assert counts_of(importing(file).job) == {"created": 5}


def test_the_environment_names_the_account_and_the_journal(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LSQ_HOST", "LSQ_ACCESS_KEY", "LSQ_SECRET_KEY"):
        monkeypatch.setenv(name, world.environment[name])
    monkeypatch.setenv("IMPORTER_JOURNAL", str(world.folder / "named.db"))
    file = world.write_csv("list.csv", people(1))
    result = run_import(file, world.mapping)
    assert (result.ok, result.journal) == (True, world.folder / "named.db")


def test_two_lists_are_imported_by_two_threads_into_one_journal(
    world: World, importing: Any
) -> None:
    lists = [people(40), people(40)]
    files = [world.write_csv(f"{number}.csv", rows) for number, rows in enumerate(lists)]
    importing(world.write_csv("first.csv", people(1)))
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(importing, files))
    assert [counts_of(result.job) for result in results] == [{"created": 40}] * 2
    assert leads_of(world, [*lists[0], *lists[1]]) == 80


def test_nothing_is_printed_and_nothing_of_the_process_is_changed(
    world: World, importing: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    def state() -> object:
        loggers = [logging.getLogger(name) for name in ("", "importer", "httpx")]
        logs = [(log.level, tuple(log.handlers), log.disabled) for log in loggers]
        handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
        return logs, handlers, dict(os.environ), os.getcwd()

    before = state()
    importing(world.write_csv("list.csv", [*people(2), ["", "", BAD, "", ""]]))
    assert state() == before
    assert capfd.readouterr() == ("", "")


# Progress, and an end in order


def test_progress_is_told_by_the_calling_thread_up_to_the_end(world: World, importing: Any) -> None:
    told: list[tuple[int, int, int, bool]] = []

    def listen(progress: Progress, job: JobSummary) -> None:
        here = threading.current_thread() is threading.main_thread()
        assert progress.counts == job.counts
        told.append((progress.counts[RowStatus.CREATED], progress.calls, job.rows, here))

    importing(world.write_csv("list.csv", people(300)), on_progress=listen)
    assert told[-1] == (300, 300, 300, True)
    assert len(told) > 2
    assert told == sorted(told)
    assert {(rows, here) for *_, rows, here in told} == {(300, True)}


class BrokenDisplayError(Exception):
    pass


@pytest.mark.parametrize("error", [BrokenDisplayError, KeyboardInterrupt])
def test_what_on_progress_raises_ends_the_run_in_order_and_loses_no_row(
    world: World, importing: Any, error: type[BaseException]
) -> None:
    rows = people(400)
    file = world.write_csv("list.csv", rows)
    raised, times = error(), 0

    def listen(progress: Progress, job: JobSummary) -> None:
        nonlocal times
        del job
        if progress.counts[RowStatus.CREATED] >= 20:
            times += 1
            raise raised

    with pytest.raises(error) as caught:
        importing(file, on_progress=listen)
    assert (caught.value, times) == (raised, 1), "it is not called again"
    assert (raised.__cause__, raised.__context__) == (None, None)
    statuses = world.statuses()
    assert statuses["sending"] == 0, "the replies under way are recorded"
    assert statuses["created"] == leads_of(world, rows)
    assert 20 <= statuses["created"] < 400
    assert counts_of(importing(file).job) == {"created": 400}
    assert leads_of(world, rows) == 400


def cancelling(cancel: Cancel, after: int) -> OnProgress:
    def listen(progress: Progress, job: JobSummary) -> None:
        del job
        if progress.counts[RowStatus.CREATED] >= after:
            cancel.request()

    return listen


def test_a_cancelled_run_ends_in_order_and_the_next_call_carries_on(
    world: World, importing: Any
) -> None:
    rows, cancel = people(400), Cancel()
    file = world.write_csv("list.csv", rows)
    with pytest.raises(InterruptedRunError, match="stopped") as caught:
        importing(file, on_progress=cancelling(cancel, 20), cancel=cancel)
    assert caught.value.exit_code == 130
    assert cancel.is_requested
    assert world.statuses()["sending"] == 0
    assert 20 <= world.statuses()["created"] == leads_of(world, rows) < 400
    assert counts_of(importing(file, cancel=Cancel()).job) == {"created": 400}
    assert leads_of(world, rows) == 400


def test_one_cancel_ends_the_runs_of_all_threads(world: World, importing: Any) -> None:
    cancel = Cancel()
    files = [world.write_csv(f"{number}.csv", people(2000)) for number in range(2)]
    begun = threading.Barrier(3, timeout=60)

    def run(file: Path) -> int:
        waits = [begun]  # once a run

        def listen(*_: object) -> None:
            if waits:
                waits.pop().wait()

        try:
            importing(file, cancel=cancel, on_progress=listen)
        except InterruptedRunError as error:
            return error.exit_code
        return 0

    importing(world.write_csv("first.csv", people(1)))
    with ThreadPoolExecutor(2) as pool:
        ends = [pool.submit(run, file) for file in files]
        begun.wait()
        cancel.request()
        assert [end.result() for end in ends] == [130, 130]
    assert world.statuses()["pending"] > 0
    assert world.statuses()["sending"] == 0


def test_where_the_cancel_was_requested_before_nothing_is_done(
    world: World, importing: Any
) -> None:
    cancel = Cancel()
    cancel.request()
    calls = world.totals()["calls"]
    with pytest.raises(InterruptedRunError):
        importing(world.write_csv("list.csv", people(1)), cancel=cancel)
    assert world.totals()["calls"] == calls
    assert not (world.folder / "importer.db").exists()


def test_a_cancel_after_the_last_row_is_no_error(world: World, importing: Any) -> None:
    cancel = Cancel()
    file = world.write_csv("list.csv", people(1))
    result = importing(file, cancel=cancel, on_progress=cancelling(cancel, 1))
    assert (result.ok, cancel.is_requested) == (True, True)


# What it raises


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"limit": 0}, "limit is 0"),
        ({"header_row": 0}, "header_row is 0"),
        ({"short_rows": "fill"}, 'short_rows is "fill"'),
        ({"rate": "fast"}, "fast"),
        ({"account": "acme"}, 'there is no account "acme"'),
        ({"account": None}, "LSQ_HOST and LSQ_ACCESS_KEY and LSQ_SECRET_KEY are not set"),
        ({"config": "nowhere.toml"}, "nowhere.toml"),
        ({"journal": "a\0b"}, r"journal has a NUL character in it: 'a\x00b'"),
        ({"config": "a\0b"}, "config has a NUL character in it"),
        ({"out": Path("a\0b")}, "out has a NUL character in it"),
        ({"journal": "x" * 300}, "no journal can be there: File name too long"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_made(
    world: World, importing: Any, given: dict[str, Any], what: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        importing(world.write_csv("list.csv", people(1)), **given)
    assert what in f"{caught.value.what} {caught.value.where}"
    assert caught.value.fix
    assert not (world.folder / "importer.db").exists()


def test_keys_of_a_vault_are_looked_at_and_never_shown(
    world: World, importing: Any, account: Account
) -> None:
    copied = replace(account, secret_key="hush\n")
    assert "hush" not in repr(copied)
    with pytest.raises(SettingsError) as caught:
        importing(world.write_csv("list.csv", people(1)), account=copied)
    assert (caught.value.what, caught.value.where, caught.value.fix) == (
        "secret_key has a space or a character that no key has",
        "the Account that was given",
        "strip what the key was read from, or copy it again",
    )


@pytest.mark.parametrize(
    ("numbers", "what", "fix"),
    [
        ({"daily_calls": 0}, "daily_calls is 0", "a whole number, 1 or more; None for no limit"),
        ({"timeout_s": -1}, "timeout_s is -1", "a number, 0.1 or more"),
        ({"timeout_s": "30"}, "timeout_s is '30'", "a number, 0.1 or more"),
        ({"timeout_s": None}, "timeout_s is None", "a number, 0.1 or more"),
        ({"settle_s": -5}, "settle_s is -5", "a number, 0 or more"),
        ({"tries": 0}, "tries is 0", "a whole number, 1 or more"),
        ({"tries": 1.5}, "tries is 1.5", "a whole number, 1 or more"),
    ],
)
def test_the_numbers_of_an_account_are_held_to_those_of_importer_toml(
    world: World, importing: Any, account: Account, numbers: dict[str, Any], what: str, fix: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        importing(world.write_csv("list.csv", people(1)), account=replace(account, **numbers))
    assert (caught.value.what, caught.value.where, caught.value.fix) == (
        what,
        "the Account that was given",
        fix,
    )
    assert not (world.folder / "importer.db").exists()


def test_a_list_s_or_a_mapping_s_name_with_a_nul_is_said(world: World, importing: Any) -> None:
    file = world.write_csv("list.csv", people(1))
    for call in (
        lambda: importing(Path("a\0b")),
        lambda: preview("a\0b", world.mapping),
        lambda: preview(file, "a\0b"),
    ):
        with pytest.raises(SettingsError, match=r"^(file|mapping) has a NUL character in it"):
            call()


def test_each_kind_of_trouble_has_its_error(world: World, importing: Any, account: Account) -> None:
    file = world.write_csv("list.csv", people(1))
    with pytest.raises(ApiError, match=r".") as refused:
        importing(file, account=replace(account, access_key="another"))
    with pytest.raises(SourceError, match="there is no such file"):
        importing(world.folder / "lost.csv")
    world.mapping.write_text("version: 1\ncolumns:\n  E-mail: EmailAddress\n")
    with pytest.raises(MappingError, match="E-mail"):
        importing(file)
    assert refused.value.exit_code == 2
    with Journal(world.folder / "importer.db") as journal:
        assert journal.jobs() == []


# A preview


def test_a_preview_makes_no_call_and_keeps_no_journal(world: World) -> None:
    world.mapping.write_text(world.mapping.read_text().replace("lower]", "lower, email]"))
    (row,) = people(1)
    file = world.write_csv("list.csv", [row, ["Asha", "", BAD, "", ""]])
    calls = world.totals()["calls"]
    found = preview(str(file), str(world.mapping), rate="10/5s")
    assert (found.rows, found.counts[RowStatus.PENDING], found.seconds) == (2, 1, 0.5)
    assert [(trouble.column, trouble.rows) for trouble in found.troubles] == [("Email", 1)]
    assert [number for number, _ in found.leads] == [2]
    assert json.loads(found.leads[0][1])[0] == {"Attribute": "FirstName", "Value": row[0]}
    assert world.totals()["calls"] == calls
    assert not (world.folder / "importer.db").exists()


# The names


def test_every_public_name_is_there() -> None:
    found = {name: getattr(importer, name).__name__ for name in NAMES}
    assert found == {**{name: name for name in NAMES}, "Journal": "JournalReader"}
    assert set(importer.__all__) <= set(dir(importer))
    with pytest.raises(AttributeError, match="module 'importer' has no attribute 'run_imports'"):
        importer.run_imports  # type: ignore[attr-defined]  # noqa: B018  # a name that is not there


def modules_after(statement: str) -> set[str]:
    command = [sys.executable, "-c", f"{statement}\nimport sys\nprint(*sys.modules)"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_importing_the_package_costs_nothing_until_a_name_is_asked_for() -> None:
    assert modules_after("import importer") - modules_after("") == {"importer"}
    values = modules_after("from importer import ImporterError, RowStatus")
    assert {name for name in values if name.startswith("importer.")} == {
        "importer.errors",
        "importer.model",
        "importer.plan",
        "importer.quoting",
    }


# The page


def scripts() -> dict[str | None, str]:
    python = [
        each for each in fences(PAGE.read_text(encoding="utf-8")) if each.language == "python"
    ]
    return {each.title: each.text for each in python}


def test_the_script_of_the_page_prints_what_the_page_shows(world: World, root: Path) -> None:
    for name in ("sample_data", "mappings"):
        shutil.copytree(root / name, world.folder / name)
    found: list[Fence] = fences(PAGE.read_text(encoding="utf-8"))
    script, shown = found[0], found[1]
    assert (script.language, shown.language) == ("python", "text")
    assert said(world, script.text) == shown.text
    assert said(world, script.text) == shown.text, "and again, when nothing is sent"
    assert said(world, scripts()["look.py"]).startswith("1 rows, Telefon: ")


def said(world: World, script: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=world.folder,
        env=world.environment,
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def test_the_watched_script_of_the_page_stops_in_order(world: World, root: Path) -> None:
    for name in ("sample_data", "mappings"):
        shutil.copytree(root / name, world.folder / name)
    with subprocess.Popen(
        [sys.executable, "-c", scripts()["watched.py"]],
        cwd=world.folder,
        env=world.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.terminate()
        rest, errors = process.communicate(timeout=60)
    assert re.fullmatch(r"\d+ of 240\n", first)
    assert (process.returncode, errors) == (0, "")
    assert rest.endswith("stopped; the same call carries on\n")
    assert Counter(world.statuses())["sending"] == 0


def test_the_scripts_of_the_page_have_the_types_that_a_checker_wants(
    root: Path, tmp_path: Path
) -> None:
    for number, text in enumerate(scripts().values()):
        (tmp_path / f"script_{number}.py").write_text(text)
    wrong = 'import importer\nimporter.run_import("a.csv", limit="3")\nimporter.nope\n'
    (tmp_path / "wrong.py").write_text(wrong)
    ended = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", root / ".mypy_cache", tmp_path],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(root)},
        capture_output=True,
        text=True,
    )
    errors = [line for line in ended.stdout.splitlines() if ": error: " in line]
    assert [re.sub(r"^.*wrong\.py:(\d+): .*\[(.*)\]$", r"\1 \2", each) for each in errors] == [
        "2 arg-type",
        "3 attr-defined",
    ], ended.stdout
