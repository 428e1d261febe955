"""Accounts side by side, the files of one in turn, and what stops whom; against sandboxes."""

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from importer.console.console import Console
from importer.delivery.leadsquared import REPLY_READ
from importer.drops import work
from importer.drops.lane import Lane
from importer.drops.passes import run_once
from importer.errors import ImporterError, InterruptedRunError
from importer.intake.source.file import Reading
from importer.jobs.session import Session
from importer.jobs.start import run_file
from importer.journal.lock import held
from importer.passes import Fate, FileReport
from tests.acceptance.world import World, sandbox
from tests.drops.shop import ACCOUNT, DROP, Shop, at_point
from tests.jobs.lists import people

PATIENCE_S = 60.0
BUG = "this is a bug in the importer: ValueError"


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Another account."""
    with sandbox("--limit", "none") as keys:
        yield World(tmp_path_factory.mktemp("other"), keys)


@pytest.fixture
def two(shop: Shop, other: World, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """With a second drop, "more", of another account."""
    for name, value in other.environment.items():
        if name.startswith("LSQ_"):
            monkeypatch.setenv(f"OTHER_{name}", value)
    account = ACCOUNT.format(name="other", host=other.host).replace('"LSQ_', '"OTHER_LSQ_')
    more = DROP.format(name="more", pattern="*.csv").replace('"acme"', '"other"')
    shop.settings(DROP.format(name="events", pattern="*.csv"), more, account=account)
    (shop.inbox.parent / "more").mkdir()
    return shop


def put_more(shop: Shop, name: str, rows: Any) -> Path:
    return shop.put(name, rows).rename(shop.inbox.parent / "more" / name)


def by_name(files: Any) -> dict[str, FileReport]:
    return {each.file: each for each in files}


# Accounts


def test_accounts_are_at_work_at_the_same_time(
    two: Shop, other: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, serve = threading.Barrier(2), Lane._serve

    def meet(lane: Lane) -> None:
        both.wait(PATIENCE_S)
        serve(lane)

    monkeypatch.setattr(Lane, "_serve", meet)
    before = other.create_calls()
    put_more(two, "m.csv", people(3))
    two.put("a.csv", people(2))
    report, calls = two.calls_during()
    assert two.fates(report) == {"a.csv": (Fate.DONE, 0), "m.csv": (Fate.DONE, 0)}
    assert (calls, other.create_calls() - before) == (2, 3)
    assert {each.name: each.exit_code for each in report.accounts} == {"acme": 0, "other": 0}
    accounts = {each.file: each.account for each in report.files}
    assert accounts == {"a.csv": "acme", "m.csv": "other"}


def test_keys_that_are_refused_stop_their_account_which_is_told_at_once(
    two: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTHER_LSQ_SECRET_KEY", "wrong")
    paths = [put_more(two, "m.csv", people(1)), put_more(two, "n.csv", people(1))]
    two.put("a.csv", people(2))
    report, calls = two.calls_during()
    assert (report.exit_code, calls) == (2, 2)
    assert two.fates(report) == {
        "a.csv": (Fate.DONE, 0),
        "m.csv": (Fate.WAITING, 2),
        "n.csv": (Fate.WAITING, 2),
    }
    (stop,) = two.told.stops
    assert (stop.name, stop.exit_code) == ("other", 2)
    assert stop.stopped
    assert stop.fix
    order = two.told.order
    assert order.index("stopped other") < order.index("noted m.csv") < order.index("ended")
    assert all(path.exists() for path in paths)
    waiting = by_name(report.files)["m.csv"]
    assert waiting.what == f"not begun: {stop.stopped}"


# What goes wrong with one file


def test_a_bug_in_one_file_is_told_with_its_trace_and_the_others_go_on(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(session: Session, file: Path, mapping: Path, reading: Reading) -> None:
        if file.name == "a.csv":
            raise ValueError("a secret")
        run_file(session, file, mapping, reading)

    monkeypatch.setattr(work, "run_file", broken)
    path = shop.put("a.csv", people(2))
    shop.put("b.csv", people(2))
    before = shop.world.create_calls()
    with shop.session() as session:
        folder = shop.folder / "bugs"

        def on_bug(bug: Exception) -> ImporterError:
            return Console().bug(bug, folder)

        report = shop.one(session, on_bug).run(session.settings.drops)
    assert (report.exit_code, shop.world.create_calls() - before) == (3, 2)
    assert shop.fates(report) == {"a.csv": (Fate.BLOCKED, 3), "b.csv": (Fate.DONE, 0)}
    told = by_name(report.files)["a.csv"]
    assert told.what == BUG
    assert Path(told.where).read_text().rstrip().endswith("builtins.ValueError")
    assert shop.told.stops == []
    assert path.exists()


def test_a_bug_of_a_lane_stops_its_account_alone(
    two: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve = Lane._serve

    def broken(lane: Lane) -> None:
        if lane.account.name == "other":
            raise ValueError
        serve(lane)

    monkeypatch.setattr(Lane, "_serve", broken)
    put_more(two, "m.csv", people(1))
    two.put("a.csv", people(1))
    with two.session() as session:
        report = two.one(session, Console().bug).run(session.settings.drops)
    assert report.exit_code == 3
    assert two.fates(report) == {"a.csv": (Fate.DONE, 0), "m.csv": (Fate.WAITING, 3)}
    assert [each.stopped for each in two.told.stops] == [BUG]


def test_a_job_that_another_process_has_is_left_to_it_and_the_others_go_on(shop: Shop) -> None:
    shop.settings(account="daily_calls = 4\n")
    shop.put("a.csv", people(4))
    shop.run()
    shop.settings()
    shop.put("b.csv", people(2))
    ((key,),) = shop.world.journal("SELECT key FROM job")
    with held(shop.folder / "importer.db", f"job-{key}"):
        report = shop.run()
    assert report.exit_code == 75
    assert shop.fates(report) == {"a.csv": (Fate.OPEN, 75), "b.csv": (Fate.DONE, 0)}
    told = by_name(report.files)["a.csv"]
    assert told.what == f"another importer is at work on job {key} of this journal"
    assert shop.told.stops[1:] == []
    assert shop.run().exit_code == 0
    assert shop.world.statuses() == {"created": 6}


def test_a_file_that_changes_before_its_rows_are_sent_is_left_without_a_trace(shop: Shop) -> None:
    rows = people(3)
    path = shop.put("a.csv", rows[:2])

    def grow(text: str) -> None:
        if "to send to" in text:
            with path.open("a") as file:
                file.write(",".join(rows[2]) + "\n")

    shop.voice.hears = grow
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (75, 0)
    (told,) = report.files
    assert (told.fate, told.exit_code, told.job) == (Fate.WAITING, 75, None)
    assert told.what == "the file was changed while it was read"
    assert shop.world.journal("SELECT (SELECT count(*) FROM job) + (SELECT count(*) FROM row)") == [
        (0,)
    ]
    shop.voice.hears = lambda _: None
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 3)


def test_what_is_wrong_with_a_file_that_is_still_written_is_not_told(shop: Shop) -> None:
    path = shop.put("a.csv", [], ["First Na"])

    def grow() -> None:
        path.write_text(path.read_text() + "me,Last Name\n")

    shop.put("b.csv", people(1))
    with at_point("account known", grow):
        report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (75, 1)
    told = by_name(report.files)["a.csv"]
    assert (told.fate, told.what) == (Fate.WAITING, "the file was changed while it was read")
    assert path.exists()


def test_a_file_that_changes_after_its_rows_are_sent_stays_and_its_new_rows_come_next(
    shop: Shop,
) -> None:
    rows = people(3)
    shop.put("first.csv", people(2))
    shop.run()
    path = shop.put("a.csv", rows[:2])

    def grow() -> None:
        with path.open("a") as file:
            file.write(",".join(rows[2]) + "\n")

    with at_point(REPLY_READ, grow, nth=3):
        report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (75, 2)
    assert report.files[0].what == (
        "its rows are sent, and it was changed since: the next pass takes what is new"
    )
    assert path.exists()
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 1)
    assert shop.world.statuses() == {"created": 5, "skipped": 2}


def test_a_stop_in_the_middle_leaves_all_so_that_the_next_pass_goes_on(shop: Shop) -> None:
    names = ["a.csv", "b.csv", "c.csv"]
    for name in names:
        shop.put(name, people(30))
    with shop.session() as session:

        def stop() -> None:
            session.stop.request(15)

        with (
            at_point(REPLY_READ, stop, nth=5),
            pytest.raises(InterruptedRunError) as caught,
        ):
            run_once(session, shop.one(session), session.settings.drops)
        assert session.exit_code == 143
    assert caught.value.exit_code == 143
    (report,) = shop.told.reports
    assert report.exit_code == 143
    fates = {each.file: each.fate for each in report.files}
    assert fates["a.csv"] is Fate.OPEN
    assert fates["c.csv"] is Fate.WAITING
    assert shop.tree() == {*names}
    assert shop.told.stops == []
    created = shop.world.statuses()["created"]
    assert 0 < created < 30
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 90 - created)
    assert shop.world.statuses() == {"created": 90}


# In turn


def test_the_files_of_an_account_are_sent_in_order(shop: Shop) -> None:
    for name in ("a.csv", "b.csv", "c.csv", "d.csv"):
        shop.put(name, people(5))
    assert shop.run().exit_code == 0
    jobs = shop.world.journal(
        "SELECT row >> 32 FROM attempt JOIN row ON row.id = attempt.row ORDER BY call"
    )
    assert [job for (job,) in jobs] == sorted(job for (job,) in jobs)
    assert {job for (job,) in jobs} == {1, 2, 3, 4}


def test_an_account_is_asked_once_for_all_its_files(shop: Shop) -> None:
    for name in ("a.csv", "b.csv", "c.csv"):
        shop.put(name, people(2))
    before = Counter(shop.world.totals()["calls"])
    shop.run()
    asked = Counter(shop.world.totals()["calls"]) - before
    asked.pop("Leads/Retrieve/ByIds")  # new leads, read again at the end
    assert asked.pop("Lead.Create") == 6
    assert set(asked.values()) == {1}, asked


def test_each_line_that_is_said_begins_with_its_file(shop: Shop) -> None:
    shop.put("a.csv", people(2))
    shop.put("b.csv", people(2))
    shop.run()
    named = ("events/a.csv: ", "events/b.csv: ", "acme: ", "new journal: ")
    assert [line for line in shop.voice.said if not line.startswith(named)] == []
