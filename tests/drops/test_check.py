"""What `drops check` says of each kind of file; it makes no call, and touches no file."""

import os
import shutil
from pathlib import Path

import pytest

from importer.drops.check import check_drops
from importer.drops.passes import chosen
from importer.passes import Fate, Forecast
from tests.acceptance.world import HEADER
from tests.drops.shop import DROP, STRICT, Shop
from tests.drops.test_hand import write
from tests.jobs.lists import BAD, people


def check(shop: Shop, *names: str, rate: str | None = None) -> tuple[Forecast, int]:
    """The forecast and the exit code; nothing else is different after it."""
    before = kept(shop)
    with shop.session() as session:
        check_drops(session, chosen(session.settings, names), shop.environment, rate)
        assert isinstance(session.shown, Forecast)
        found = session.shown, session.exit_code
    assert kept(shop) == before
    return found


def kept(shop: Shop) -> tuple[object, ...]:
    """What it may not change: calls, files with their times, and the journal's rows."""
    files = {
        path: (path.lstat().st_mtime_ns, path.lstat().st_ino)
        for path in shop.folder.rglob("*")
        if "state" not in path.parts and not path.name.startswith("importer.db")
    }
    is_there = (shop.folder / "importer.db").exists()
    tables = ("job", "drop_job", "drop_profile", "let_through", "drop_pass", "output")
    rows = [shop.world.journal(f"SELECT * FROM {name}") for name in tables] if is_there else None
    return shop.world.totals(), files, rows


def whats(forecast: Forecast) -> dict[str, tuple[Fate, str]]:
    return {each.file: (each.fate, each.what) for each in forecast.files}


def test_a_new_file_is_told_with_its_calls_and_no_journal_is_made(shop: Shop) -> None:
    rows = people(3)
    shop.world.mapping.write_text(STRICT)
    rows[1][2] = BAD
    shop.put("a.csv", rows)
    shop.put("b.csv", people(1))
    forecast, code = check(shop)
    assert code == 0
    assert whats(forecast) == {
        "a.csv": (Fate.DONE, "3 rows, 2 calls, 1 refused before a call"),
        "b.csv": (Fate.DONE, "1 row, 1 call"),
    }
    assert [each.calls for each in forecast.files] == [2, 1]
    assert not (shop.folder / "importer.db").exists()


def test_the_calls_that_a_list_takes_are_counted(shop: Shop) -> None:
    shop.world.mapping.write_text(f"{STRICT}list: Every night\n")
    shop.put("a.csv", people(26))
    forecast, _ = check(shop)
    assert whats(forecast) == {"a.csv": (Fate.DONE, "26 rows, 28 calls")}


def test_the_calls_of_a_list_are_counted_where_no_row_is_sent(shop: Shop) -> None:
    rows = people(26)
    path = shop.put("a.csv", rows)
    shutil.copy(path, shop.folder / "copy.csv")
    shop.run()
    shop.world.mapping.write_text(f"{shop.world.mapping.read_text()}list: From now on\n")
    shutil.copy(shop.folder / "copy.csv", shop.inbox / "same.csv")
    shop.put("saved-anew.csv", [*rows, rows[0]])
    forecast, _ = check(shop)
    assert whats(forecast) == {
        "same.csv": (
            Fate.DONE,
            "imported before, as job 1: put away, and no row sent; 2 calls to add its leads to the"
            " list",
        ),
        "saved-anew.csv": (Fate.DONE, "27 rows, 2 calls"),
    }
    assert [each.calls for each in forecast.files] == [2, 2]
    assert forecast.plans["acme"].calls == 4


def test_a_job_that_goes_on_is_told_with_the_calls_of_its_list(shop: Shop) -> None:
    shop.world.mapping.write_text(f"{shop.world.mapping.read_text()}list: Cut off\n")
    shop.settings(account="daily_calls = 9\n")
    shop.put("a.csv", people(12))
    _, sent = shop.calls_during()
    (shop.inbox / "a.csv").unlink()
    forecast, _ = check(shop)
    assert [each.calls for each in forecast.files] == [12 - sent + 1]


def test_the_plan_has_the_calls_of_all_files(shop: Shop) -> None:
    shop.put("a.csv", people(3))
    shop.put("b.csv", people(4))
    forecast, _ = check(shop, rate="25/5s")
    (plan,) = forecast.plans.values()
    assert list(forecast.plans) == ["acme"]
    assert plan.calls >= 7
    assert (plan.days, plan.waits) == (1, False)


def test_a_plan_tells_of_the_days_that_it_takes(shop: Shop) -> None:
    shop.put("first.csv", people(1))
    shop.run()
    shop.settings(account="daily_calls = 20\nreserve_calls = 8\n")
    shop.put("a.csv", people(30))
    forecast, code = check(shop)
    plan = forecast.plans["acme"]
    assert (code, plan.waits) == (0, True)
    assert plan.days == 3


def test_what_is_left_alone_disputed_or_growing_is_said(shop: Shop) -> None:
    other = DROP.format(name="more", pattern="d*").replace("inbox/more", "inbox/events")
    slow = DROP.format(name="events", pattern="*.csv").replace("quiet_s = 0", "quiet_s = 3600")
    shop.settings(slow, other)
    shop.put("d.csv", people(1))
    shop.put("a.csv.part", people(1))
    shop.put("b.csv", people(1))
    forecast, code = check(shop, "events")
    assert code == 2
    assert whats(forecast) == {
        "d.csv": (
            Fate.BLOCKED,
            "it fits the patterns of several drops of this folder, and is imported by none",
        ),
        "b.csv": (
            Fate.DONE,
            "1 row, 1 call; it may still be written: it has changed within 3600 s",
        ),
        "a.csv.part": (Fate.LEFT_ALONE, "by its name somebody is still writing it"),
    }


def test_what_would_be_refused_held_back_or_blocked_is_said_with_the_way_out(shop: Shop) -> None:
    shop.put("first.csv", people(60))
    shop.run()
    (shop.inbox / "pdf.csv").write_bytes(b"%PDF-1.7 \x00\x01\x02")
    header = [name.replace("Email", "E-Mail Address") for name in HEADER]
    shop.put("drift.csv", people(60), header)
    shop.put("short.csv", people(2))
    shop.put("fine.csv", people(60))
    forecast, code = check(shop)
    assert code == 2
    assert {each.file: each.fate for each in forecast.files} == {
        "pdf.csv": Fate.REFUSED,
        "drift.csv": Fate.HELD,
        "short.csv": Fate.HELD,
        "fine.csv": Fate.DONE,
    }
    assert all(each.fix for each in forecast.files if each.fate is not Fate.DONE)
    assert "drops accept" in next(each.fix for each in forecast.files if each.file == "short.csv")
    told = {each.file: each.fate for each in shop.run().files}
    assert told == {each.file: each.fate for each in forecast.files}


def test_a_first_file_without_the_columns_of_the_mapping_would_be_refused(shop: Shop) -> None:
    shop.put("a.csv", [["x", "y"]], ["One", "Two"])
    forecast, code = check(shop)
    assert (code, [each.fate for each in forecast.files]) == (2, [Fate.REFUSED])


def test_known_content_mended_rows_and_our_own_files_are_told_apart(shop: Shop) -> None:
    shop.world.mapping.write_text(STRICT)
    rows = people(3)
    rows[1][2] = BAD
    path = shop.put("a.csv", rows)
    copy = shop.folder / "copy.csv"
    shutil.copy(path, copy)
    done = shop.run().files[0]
    shutil.copy(done.results or "", shop.inbox)
    shutil.copy(copy, shop.inbox / "b.csv")
    text = Path(done.rejects or "").read_text(encoding="utf-8-sig")
    (shop.inbox / "a.rejects.csv").write_text(text.replace(BAD, f"m.{rows[1][0]}@example.com"))
    forecast, code = check(shop)
    assert code == 0
    assert whats(forecast) == {
        "a.results.csv": (
            Fate.LEFT_ALONE,
            "a results file of the importer: its rows were sent already",
        ),
        "b.csv": (Fate.DONE, "imported before, as job 1: put away, and no row sent"),
        "a.rejects.csv": (Fate.DONE, "mended rows of job 1: at most 1 call"),
    }


def test_what_earlier_passes_left_is_told_first(shop: Shop) -> None:
    shop.settings(account="daily_calls = 9\n")
    shop.put("a.csv", people(12))
    _, sent = shop.calls_during()
    shop.settings(more="retry_failed = 1\n")
    forecast, _ = check(shop)
    assert list(whats(forecast)) == ["a.csv"]
    (shop.inbox / "a.csv").unlink()
    forecast, code = check(shop)
    assert code == 0
    assert whats(forecast) == {
        "a.csv": (Fate.DONE, f"job 1 of an earlier pass goes on with {12 - sent} rows")
    }
    shop.run()
    low = "UPDATE row SET status = 'failed', lead_id = NULL WHERE id & 4294967295 = 2"
    write(shop, low, "UPDATE count SET rows = 1 WHERE status = 'failed'")
    forecast, _ = check(shop)
    assert whats(forecast) == {
        "a.csv": (Fate.DONE, "job 1 of an earlier pass: 1 failed row sent again")
    }
    assert forecast.files[0].calls == 1


def test_what_stands_in_the_way_of_a_drop_or_an_account_is_said(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.settings(
        DROP.format(name="gone", pattern="*.csv"), DROP.format(name="events", pattern="*.csv")
    )
    shop.put("a.csv", people(1))
    forecast, code = check(shop)
    assert (code, forecast.files[0].drop, forecast.files[0].fate) == (2, "gone", Fate.BLOCKED)
    shop.settings()
    monkeypatch.delenv("LSQ_ACCESS_KEY", raising=False)
    shop.world.environment.pop("LSQ_ACCESS_KEY")
    forecast, code = check(shop)
    assert code == 2
    assert list(forecast.missing) == ["acme"]
    assert "LSQ_ACCESS_KEY is not set" in forecast.missing["acme"]


def test_a_file_without_the_right_to_be_read_would_stay(shop: Shop) -> None:
    path = shop.put("a.csv", people(1))
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root may read every file")
    assert check(shop)[0].files[0].fate is Fate.BLOCKED


def test_the_command_says_it_in_an_object(shop: Shop) -> None:
    shop.put("a.csv", people(2))
    done = shop.world.importer("drops", "check", "--json")
    assert done.code == 0, done.err
    assert done.json["files"] == [
        {
            "drop": "events",
            "account": "acme",
            "file": "a.csv",
            "fate": "done",
            "what": "2 rows, 2 calls",
            "where": None,
            "fix": None,
            "calls": 2,
        }
    ]


def test_a_folder_that_nothing_could_be_put_away_in_is_said(shop: Shop) -> None:
    shop.put("a.csv", people(1))
    (shop.inbox / "done").write_text("a file")
    done = shop.world.importer("drops", "check", "--json")
    assert done.code == 2
    (file,) = done.json["files"]
    assert (file["fate"], file["where"]) == ("blocked", str(shop.inbox / "done"))


def test_a_day_that_is_spent_is_said(shop: Shop) -> None:
    shop.settings(account="daily_calls = 12\n")
    shop.put("a.csv", people(20))
    shop.run()
    done = shop.world.importer("drops", "check")
    assert "with 0 left of today's 12: more can go from " in done.out
