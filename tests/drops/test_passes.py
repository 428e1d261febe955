"""A pass over a real folder, against a sandbox."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from importer.drops import hand
from importer.drops.folders import held_folder
from importer.errors import InterruptedRunError, SettingsError
from importer.jobs import dropped, start
from importer.jobs.session import Session
from importer.passes import Fate
from tests.acceptance.world import HEADER
from tests.drops.shop import DROP, STRICT, Shop
from tests.jobs.lists import BAD, people


def test_a_file_is_imported_and_put_away_with_its_results(shop: Shop) -> None:
    shop.put("a.csv", people(3))
    report, calls = shop.calls_during()
    (one,) = report.files
    assert (report.exit_code, calls, one.fate, one.created) == (0, 3, Fate.DONE, 3)
    assert shop.tree() == {
        "done/{day}/a.csv", "done/{day}/a.results.csv", "done/{day}/a.report.html",
    }  # fmt: skip
    assert Path(one.report or "").name == "a.report.html"
    assert one.moved_to is not None
    assert shop.world.journal("SELECT file FROM job") == [(one.moved_to,)]


def test_refused_rows_come_back_beside_the_file_and_mended_ones_are_run(shop: Shop) -> None:
    shop.world.mapping.write_text(STRICT)
    rows = people(4)
    rows[1][2] = BAD
    shop.put("a.csv", rows)
    report = shop.run()
    assert (report.exit_code, shop.fates(report)) == (1, {"a.csv": (Fate.DONE, 1)})
    rejects = Path(report.files[0].rejects or "")
    assert rejects.parent == Path(report.files[0].moved_to or "").parent
    mended = rejects.read_text(encoding="utf-8-sig").replace(
        BAD, f"mended.{rows[1][0]}@example.com"
    )
    (shop.inbox / rejects.name).write_text(mended, encoding="utf-8")
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 1)
    assert shop.world.statuses() == {"created": 4}
    assert shop.tree() == {
        "done/{day}/a.csv",
        "done/{day}/a.results.csv",
        "done/{day}/a.report.html",
        "done/{day}/a.rejects-2.csv",
    }


def test_rows_that_are_still_refused_get_the_next_name(shop: Shop) -> None:
    shop.world.mapping.write_text(STRICT)
    rows = people(3)
    rows[0][2] = rows[1][2] = BAD
    shop.put("a.csv", rows)
    rejects = Path(shop.run().files[0].rejects or "")
    text = rejects.read_text(encoding="utf-8-sig")
    mended = text.replace(BAD, f"mended.{rows[0][0]}@example.com", 1)
    (shop.inbox / rejects.name).write_text(mended, encoding="utf-8")
    rejects.unlink()  # moved there, and not copied
    (one,) = shop.run().files
    assert (one.fate, one.exit_code) == (Fate.DONE, 1)
    assert Path(one.moved_to or "").read_text(encoding="utf-8") == mended
    assert Path(one.moved_to or "").name == "a.rejects.csv"
    assert Path(one.rejects or "").name == "a.rejects-2.csv"


def test_a_list_that_a_link_led_to_for_a_moment_is_not_sent(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who may write into the folder wants a file of the user that runs the passes."""
    path = shop.put("a.csv", people(2))
    secret = shop.put("b.csv", people(2)).rename(shop.folder / "secret.csv")
    own = path.with_name(".own")
    look_at, run_file = dropped.look_at, start.run_file

    def swapped(work: Callable[..., Any]) -> Callable[..., Any]:
        def done(*given: Any, **named: Any) -> Any:
            path.rename(own)
            path.symlink_to(secret)
            try:
                return work(*given, **named)
            finally:
                path.unlink(missing_ok=True)
                own.rename(path)

        return done

    def run_and_put_back(session: Session, *given: Any, **named: Any) -> Any:
        path.rename(own)
        path.symlink_to(secret)
        take = session.turn.take

        def put_back() -> None:
            path.unlink()
            own.rename(path)
            take()

        monkeypatch.setattr(type(session.turn), "take", lambda _: put_back())
        return run_file(session, *given, **named)

    monkeypatch.setattr(hand, "look_at", swapped(look_at))
    monkeypatch.setattr(hand, "run_file", run_and_put_back)
    report, calls = shop.calls_during()
    assert (shop.fates(report), calls) == ({"a.csv": (Fate.WAITING, 75)}, 0)
    assert shop.world.journal("SELECT count(*) FROM row") == [(0,)]


def test_a_reject_file_that_nobody_mended_is_left_alone(shop: Shop) -> None:
    shop.world.mapping.write_text(STRICT)
    rows = people(2)
    rows[0][2] = BAD
    shop.put("a.csv", rows)
    done = shop.run().files[0]
    shutil.copy(done.rejects or "", shop.inbox)
    shutil.copy(done.results or "", shop.inbox)
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 0)
    assert {each.fate for each in report.files} == {Fate.LEFT_ALONE}
    told = {each.file: each.what for each in report.files}
    assert "mend its rows first" in told["a.rejects.csv"]
    assert "its rows were sent already" in told["a.results.csv"]


def test_a_file_that_cannot_be_read_is_refused_with_the_reason_beside_it(shop: Shop) -> None:
    (shop.inbox / "a.csv").write_bytes(b"%PDF-1.7 \x00\x01\x02")
    report = shop.run()
    assert (report.exit_code, shop.fates(report)) == (2, {"a.csv": (Fate.REFUSED, 2)})
    assert shop.tree() == {"refused/{day}/a.csv", "refused/{day}/a.csv.why.txt"}
    why = next(shop.inbox.rglob("*.why.txt")).read_text()
    assert report.files[0].what in why
    assert report.files[0].fix in why


def test_a_first_file_without_the_columns_of_the_mapping_is_refused(shop: Shop) -> None:
    shop.put("a.csv", [["x", "y"]], ["One", "Two"])
    report, calls = shop.calls_during()
    assert (report.exit_code, calls, report.files[0].fate) == (2, 0, Fate.REFUSED)


def test_a_later_file_without_a_column_is_held_back_with_its_new_name(shop: Shop) -> None:
    shop.put("a.csv", people(20))
    shop.run()
    header = [name.replace("Email", "E-Mail Address") for name in HEADER]
    path = shop.put("b.csv", people(20), header)
    report, calls = shop.calls_during()
    (one,) = report.files
    assert (report.exit_code, calls, one.fate) == (2, 0, Fate.HELD)
    assert "E-Mail Address" in one.what + one.fix
    assert path.exists()
    assert "a.csv" in one.what


def test_a_much_smaller_file_is_held_back_until_it_is_accepted(shop: Shop) -> None:
    shop.put("a.csv", people(60))
    shop.run()
    path = shop.put("b.csv", people(3))
    report, calls = shop.calls_during()
    assert (report.exit_code, calls, report.files[0].fate) == (2, 0, Fate.HELD)
    accepted = shop.world.importer("drops", "accept", path)
    assert accepted.code == 0, accepted.err
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 3)
    shop.put("c.csv", people(3))
    assert shop.run().files[0].fate is Fate.HELD
    assert shop.world.importer("drops", "accept", shop.inbox / "c.csv", "--always").code == 0
    assert shop.calls_during()[1] == 3
    shop.put("d.csv", people(4))
    assert shop.calls_during()[1] == 4


@pytest.mark.parametrize(
    "name", [".a.csv", "~$a.csv", "a.csv.part", "a.tmp", "a.csv~", ".~lock.a.csv#", "a.txt"]
)
def test_a_file_that_is_none_of_the_drops_is_left_alone_and_said(shop: Shop, name: str) -> None:
    shop.put(name, people(1))
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 0)
    assert [(each.file, each.fate) for each in report.files] == [(name, Fate.LEFT_ALONE)]
    assert report.files[0].what


def test_capitals_of_a_name_do_not_count(shop: Shop) -> None:
    shop.put("A.CSV", people(1))
    assert shop.calls_during()[1] == 1


def test_a_link_is_left_alone_and_nothing_is_put_behind_one(shop: Shop) -> None:
    secret = shop.folder / "secret.csv"
    shop.put("real.csv", people(2)).rename(secret)
    (shop.inbox / "link.csv").symlink_to(secret)
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 0)
    assert report.files[0].fate is Fate.LEFT_ALONE
    elsewhere = shop.folder / "elsewhere"
    elsewhere.mkdir()
    (shop.inbox / "done").symlink_to(elsewhere, target_is_directory=True)
    path = shop.put("b.csv", people(2))
    report = shop.run()
    assert report.exit_code == 2
    assert shop.fates(report)["b.csv"] == (Fate.BLOCKED, 2)
    assert path.exists()
    assert list(elsewhere.iterdir()) == []
    (shop.inbox / "done").unlink()
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 0)
    assert "done/{day}/b.results.csv" in shop.tree()


def test_two_drops_that_want_one_file_get_it_neither(shop: Shop) -> None:
    other = DROP.format(name="more", pattern="a*").replace("inbox/more", "inbox/events")
    shop.settings(DROP.format(name="events", pattern="*.csv"), other)
    shop.put("a.csv", people(1))
    shop.put("b.csv", people(1))
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (2, 1)
    assert shop.fates(report)["a.csv"] == (Fate.BLOCKED, 2)
    assert shop.fates(report)["b.csv"] == (Fate.DONE, 0)


def test_a_drop_that_is_run_alone_takes_no_file_that_another_one_wants(shop: Shop) -> None:
    other = DROP.format(name="more", pattern="a*").replace("inbox/more", "inbox/events")
    shop.settings(DROP.format(name="events", pattern="*.csv"), other)
    shop.put("a.csv", people(1))
    shop.put("b.csv", people(1))
    report, calls = shop.calls_during("events")
    assert (report.exit_code, calls) == (2, 1)
    assert shop.fates(report) == {"a.csv": (Fate.BLOCKED, 2), "b.csv": (Fate.DONE, 0)}


def test_a_broken_mapping_leaves_the_files_where_they_are(shop: Shop) -> None:
    path = shop.put("a.csv", people(1))
    shop.world.mapping.write_text("version: 1\ncolumns: [\n")
    report, calls = shop.calls_during()
    assert (report.exit_code, calls, report.files[0].fate) == (2, 0, Fate.BLOCKED)
    assert path.exists()


def test_a_folder_that_is_not_there_is_said_and_the_other_drops_go_on(shop: Shop) -> None:
    shop.settings(
        DROP.format(name="gone", pattern="*.csv"), DROP.format(name="events", pattern="*.csv")
    )
    shop.put("a.csv", people(1))
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (2, 1)
    gone = next(each for each in report.files if each.drop == "gone")
    assert (gone.fate, gone.where) == (Fate.BLOCKED, str(shop.folder / "inbox" / "gone"))


def test_a_folder_that_another_pass_has_is_left_to_it(shop: Shop) -> None:
    shop.put("a.csv", people(1))
    with held_folder(shop.inbox):
        report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (75, 0)
    assert shop.calls_during()[1] == 1


def test_an_account_whose_keys_are_missing_stops_its_files_alone(shop: Shop) -> None:
    account = '[accounts.other]\nhost = "127.0.0.1:1"\n'
    account += 'access_key = { env = "NO_SUCH" }\nsecret_key = { env = "NO_SUCH" }\n'
    (shop.inbox.parent / "more").mkdir()
    more = DROP.format(name="more", pattern="*.csv").replace('"acme"', '"other"')
    shop.settings(more, DROP.format(name="events", pattern="*.csv"), account=account)
    shop.put("a.csv", people(1))
    shutil.copy(shop.inbox / "a.csv", shop.inbox.parent / "more" / "m.csv")
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (2, 1)
    assert shop.fates(report)["m.csv"] == (Fate.WAITING, 2)
    assert [each.name for each in shop.told.stops] == ["other"]
    assert "NO_SUCH is not set" in shop.told.stops[0].stopped


def test_the_days_calls_stop_a_pass_and_the_next_goes_on_with_the_same_file(shop: Shop) -> None:
    shop.settings(account="daily_calls = 20\nreserve_calls = 8\n")
    shop.put("a.csv", people(15))
    shop.put("b.csv", people(2))
    report, calls = shop.calls_during()
    assert report.exit_code == 75
    assert shop.fates(report)["a.csv"] == (Fate.OPEN, 75)
    assert shop.fates(report)["b.csv"][1] == 75
    assert 0 < calls <= 12
    assert "reserve_calls" in report.accounts[0].stopped + report.accounts[0].fix
    assert shop.tree() == {"a.csv", "b.csv"}
    shop.settings()
    report, more = shop.calls_during()
    assert (report.exit_code, calls + more) == (0, 17)


def test_a_pass_that_was_asked_to_stop_does_nothing_more(shop: Shop) -> None:
    shop.put("a.csv", people(3))
    with shop.session() as session:
        session.stop.request(15)
        with pytest.raises(InterruptedRunError):
            shop.one(session).run(list(session.settings.drops))
    assert shop.tree() == {"a.csv"}


def test_drops_need_a_journal_that_is_named(shop: Shop) -> None:
    text = (shop.folder / "importer.toml").read_text().replace('journal = "importer.db"\n', "")
    (shop.folder / "importer.toml").write_text(text)
    with pytest.raises(SettingsError, match="the journal is not named"):
        shop.run()


def test_a_marker_says_that_a_file_is_whole_and_goes_with_it(shop: Shop) -> None:
    shop.put("a.csv", people(1))
    (shop.inbox / "a.csv.done").touch()
    report = shop.run()
    assert shop.fates(report)["a.csv"] == (Fate.DONE, 0)
    assert "done/{day}/a.csv.done" in shop.tree()


def test_a_file_without_the_right_to_be_read_stays(shop: Shop) -> None:
    path = shop.put("a.csv", people(1))
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root may read every file")
    assert shop.fates(shop.run())["a.csv"] == (Fate.BLOCKED, 2)
    assert path.exists()


def test_what_could_not_be_told_is_said_to_who_wanted_to_hear_nothing(shop: Shop) -> None:
    urls = '[notices]\nurls = [{ env = "NO_SUCH" }]\nlog_file = "gone/log"\n'
    shop.settings(more=urls)
    shop.put("a.csv", people(1))
    done = shop.world.importer("drops", "run", "-q")
    assert done.code == 0
    assert "nobody is told there: NO_SUCH is not set" in done.err
    assert "the log could not be written" in done.err


def test_a_pass_is_not_cut_down_by_commands_beside_it(shop: Shop) -> None:
    """Each of these opens and closes the journal while the pass has it open."""
    shop.settings(account="timeout_s = 5\n")
    shop.put("a.csv", people(60))
    shop.put("b.csv", people(60))
    process = shop.world.start("drops", "run", "-q", "--rate", "60/1s")
    while process.poll() is None:
        shop.world.importer("status")
    out, err = process.communicate()
    assert (process.returncode, err) == (0, ""), out
