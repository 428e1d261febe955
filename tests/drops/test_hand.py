"""What becomes of one file, or of a job that an earlier pass left; against a sandbox."""

import os
import shutil
from pathlib import Path

from importer.passes import Fate
from tests.drops.shop import DROP, STRICT, Shop
from tests.jobs.lists import BAD, people


def test_known_content_under_a_new_name_is_said_and_not_sent(shop: Shop) -> None:
    path = shop.put("a.csv", people(3))
    again = shop.inbox.parent / "copy.csv"
    shutil.copy(path, again)
    shop.run()
    shutil.move(again, shop.inbox / "b.csv")
    before = shop.world.journal("SELECT file FROM job")
    report, calls = shop.calls_during()
    (one,) = report.files
    assert (report.exit_code, calls, one.fate, one.is_known) == (0, 0, Fate.DONE, True)
    assert one.what == "imported before, as job 1: nothing was sent again"
    assert shop.tree() == {
        "done/{day}/a.csv", "done/{day}/a.results.csv", "done/{day}/a.report.html",
        "done/{day}/b.csv",
    }  # fmt: skip
    assert shop.world.journal("SELECT file FROM job") == before


def test_the_same_content_twice_in_one_pass_is_sent_once(shop: Shop) -> None:
    path = shop.put("a.csv", people(3))
    shutil.copy(path, shop.inbox / "b.csv")
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 3)
    assert sorted(each.is_known for each in report.files) == [False, True]


def test_a_growing_export_sends_its_new_rows_alone(shop: Shop) -> None:
    rows = people(12)
    shop.put("export.csv", rows[:8])
    assert shop.calls_during()[1] == 8
    shop.put("export.csv", rows)
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 4)
    assert "done/{day}/export-2.csv" in shop.tree()
    assert "done/{day}/export-2.results.csv" in shop.tree()


def test_a_half_imported_list_that_was_overwritten_goes_on_from_the_journal(shop: Shop) -> None:
    shop.settings(account="daily_calls = 9\n")
    rows = people(12)
    shop.put("a.csv", rows)
    _, calls = shop.calls_during()
    shop.settings()
    shop.put("a.csv", people(2))
    report, more = shop.calls_during()
    assert (report.exit_code, calls + more) == (0, 14)
    first, second = report.files
    assert first.what == "job 1 of an earlier pass: it went on from the journal"
    assert (first.fate, second.fate) == (Fate.DONE, Fate.DONE)
    assert shop.world.statuses() == {"created": 14}


def test_a_list_that_was_begun_by_hand_is_the_drops_from_then_on(shop: Shop) -> None:
    path = shop.put("a.csv", people(3))
    one = ("--account", "acme", "--limit", 1, "--read-back", 0)
    done = shop.world.importer("run", path, "-m", shop.world.mapping, "--out", shop.folder, *one)
    assert done.code == 0, done.err
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 2)
    assert report.files[0].created == 2
    assert shop.world.journal("SELECT name, owes FROM drop_job") == [("events", 0)]
    assert shop.world.journal("SELECT file FROM drop_profile") == [("a.csv",)]


def test_what_a_pass_owes_a_job_is_done_by_the_next_one(shop: Shop) -> None:
    shop.put("a.csv", people(2))
    done = shop.run().files[0]
    Path(done.results or "").unlink()
    write(shop, "UPDATE drop_job SET owes = 1")  # as a kill before the writing leaves it
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 0)
    assert [each.what for each in report.files] == [
        "job 1 of an earlier pass: it went on from the journal"
    ]
    assert report.files[0].results == done.results
    assert Path(done.results or "").exists()
    assert shop.run().files == []


def test_a_list_that_was_finished_without_its_file_is_what_later_ones_are_held_against(
    shop: Shop,
) -> None:
    shop.settings(account="daily_calls = 9\n")
    shop.put("a.csv", people(60)).rename(shop.inbox / "b.csv")
    shop.run()
    shop.settings()
    (shop.inbox / "b.csv").unlink()
    assert shop.run().exit_code == 0
    shop.put("c.csv", people(3))
    (one,) = shop.run().files
    assert (one.fate, '"b.csv"' in one.what) == (Fate.HELD, True)


def test_failed_rows_are_sent_again_by_as_many_passes_as_are_asked_for(shop: Shop) -> None:
    shop.settings(more="retry_failed = 1\n")
    shop.put("a.csv", people(2))
    shop.run()
    low = "UPDATE row SET status = 'failed', lead_id = NULL WHERE id & 4294967295 = 2"
    write(shop, low, "UPDATE count SET rows = 1 WHERE status IN ('failed', 'created')")
    report = shop.run()
    assert report.files[0].what == "job 1 of an earlier pass: its failed rows were sent again"
    assert shop.world.statuses()["failed"] == 0
    write(shop, low, "UPDATE count SET rows = rows + 1 WHERE status = 'failed'")
    assert shop.run().files == []


def test_a_job_whose_files_were_moved_can_be_looked_after_by_hand(shop: Shop) -> None:
    shop.world.mapping.write_text(STRICT)
    rows = people(3)
    rows[1][2] = BAD
    shop.put("a.csv", rows)
    done = shop.run().files[0]
    place = Path(done.moved_to or "").parent
    importer = shop.world.importer
    (place / "a.rejects.csv").unlink()
    assert importer("rejects", 1).code == 0
    assert importer("retry", 1, "--account", "acme").code == 1
    mended = place / "a.rejects.csv"
    mended.write_text(mended.read_text("utf-8-sig").replace(BAD, f"m.{rows[1][0]}@example.com"))
    assert importer("run", mended, "--account", "acme").code == 0
    assert shop.world.statuses() == {"created": 3}
    assert importer("verify", 1).code == 0
    assert shop.run().files == []  # what people do leaves nothing to go on with
    assert importer("purge", 1, "--yes").code == 0
    assert shop.run().files == []
    shutil.move(place / "a.csv", shop.inbox)
    report, calls = shop.calls_during()
    assert (report.exit_code, calls, report.files[0].fate) == (0, 0, Fate.DONE)


def test_a_name_of_any_bytes_is_imported_and_told(shop: Shop) -> None:
    name = os.fsdecode(b"r\xe9sum\xe9.csv")
    shop.put("a.csv", people(2)).rename(shop.inbox / name)
    shop.settings(more='[notices]\nlog_file = "importer.log"\nmetrics_file = "importer.prom"\n')
    done = shop.world.importer("drops", "run", "--json")
    assert done.code == 0, done.err
    assert done.json["files"][0]["file"] == name.encode(errors="backslashreplace").decode()
    assert "warning" not in done.err
    assert "sum" in (shop.folder / "importer.log").read_text()
    assert shop.world.statuses() == {"created": 2}
    assert f"done/{{day}}/{name}" in shop.tree()


def write(shop: Shop, *statements: str) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(shop.folder / "importer.db")) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def test_a_begun_file_whose_account_cannot_go_on_is_not_called_new(shop: Shop) -> None:
    shop.settings(account="daily_calls = 12\n")
    shop.put("a.csv", people(20))
    first = shop.run()
    report, calls = shop.calls_during()
    (one,) = report.files
    assert (one.fate, one.exit_code, calls) == (Fate.OPEN, 75, 0)
    assert (one.file, one.what) == ("a.csv", "its account can't go on")
    assert one.job is not None
    assert one.job.counts == first.files[0].job.counts if first.files[0].job else False


def test_why_an_account_cannot_go_on_is_told_at_once_and_once(shop: Shop) -> None:
    shop.settings(account="daily_calls = 12\nreserve_calls = 2\n")
    shop.put("a.csv", people(20))
    for _ in range(3):
        shop.run()
    (stop,) = shop.told.stops
    assert (stop.name, stop.exit_code) == ("acme", 75)
    assert (stop.daily_calls, stop.reserve_calls) == (12, 2)
    assert "let the next pass go on from " in stop.fix
    last = shop.told.reports[-1].accounts[0]
    assert (last.stopped != "", last.day_calls is not None) == (True, True)
    shop.settings()
    shop.run()
    shop.settings(account="daily_calls = 12\n")
    shop.put("b.csv", people(3))
    shop.run()
    assert len(shop.told.stops) == 2


def test_a_drop_without_an_account_is_told_by_its_key(shop: Shop) -> None:
    shop.settings(DROP.format(name="events", pattern="*.csv").replace('account = "acme"\n', ""))
    for name in ("LSQ_HOST", "LSQ_ACCESS_KEY", "LSQ_SECRET_KEY"):
        shop.world.environment.pop(name)
    shop.put("a.csv", people(1))
    account = shop.run().accounts[0]
    assert account.stopped == "no account is named"
    assert '(options stand as keys of the drop "events" in importer.toml)' in account.fix


def test_a_file_that_no_mapping_could_take_is_not_offered_to_be_accepted(shop: Shop) -> None:
    shop.put("a.csv", people(30))
    shop.run()
    shop.put("b.csv", [["x"]], ["Other"])
    (one,) = shop.run().files
    assert one.fate is Fate.HELD
    assert "accept" not in one.fix
