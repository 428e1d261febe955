"""What ends the wait between two passes; and the command, as a process of its own."""

import json
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from importer.drops import watch
from importer.drops.scan import LOCK_NAME
from importer.drops.watch import AGAIN_S, IDLE_S, LOOK_S, due_s, keep_watch, listing
from importer.errors import InterruptedRunError
from importer.jobs.session import Session
from importer.passes import AccountReport, Fate, FileReport, PassReport
from importer.settings import Drop
from tests.acceptance.world import PATIENCE_S, pause
from tests.drops.shop import DROP, Shop, Voice
from tests.jobs.lists import people

LONG_S = 3_600.0


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def session() -> Session:
    return Session(Voice(), None)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes between a look and the watch that follows is seen by the next look."""
    monkeypatch.setattr(watch, "LOOK_S", 0.05)


def drop_of(folder: Path, quiet_s: float = 0.0) -> Drop:
    return Drop("events", folder, "*.csv", folder / "mapping.yaml", quiet_s=quiet_s)


# What lies there


def test_the_listing_has_files_and_links_and_neither_folders_nor_the_lock(inbox: Path) -> None:
    (inbox / "a.csv").write_text("x")
    (inbox / "b.csv").symlink_to("a.csv")
    (inbox / "done").mkdir()
    (inbox / LOCK_NAME).touch()
    found = listing([drop_of(inbox), drop_of(inbox.parent / "gone")])
    assert {Path(name).name: each is not None for name, each in found.items()} == {
        "a.csv": True,
        "b.csv": False,
        "mapping.yaml": False,  # which is not there
    }


def wait(session: Session, drops: list[Drop], change: Callable[[], object]) -> threading.Thread:
    """Waits in a thread for what comes after this moment, and then makes the change."""
    seen = listing(drops)
    thread = threading.Thread(
        target=watch.wait_for_change, args=(session, drops, seen, LONG_S), daemon=True
    )
    thread.start()
    change()
    return thread


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "b.csv").write_text("new"),
        lambda folder: (folder / "a.csv").write_text("more"),
        lambda folder: (folder / "a.csv").replace(folder / "c.csv"),
    ],
)
def test_what_comes_changes_or_is_renamed_ends_the_wait(
    inbox: Path, session: Session, change: Callable[[Path], object]
) -> None:
    (inbox / "a.csv").write_text("x")
    thread = wait(session, [drop_of(inbox)], lambda: change(inbox))
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


def test_what_goes_away_or_was_there_already_does_not(inbox: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (inbox / name).write_text("x")
    drops = [drop_of(inbox)]
    seen = listing(drops)
    (inbox / "a.csv").unlink()
    (inbox / LOCK_NAME).touch()
    assert not listing(drops).items() - seen.items()


def test_the_wait_has_an_end(inbox: Path, session: Session) -> None:
    drops = [drop_of(inbox)]
    watch.wait_for_change(session, drops, listing(drops), 0.0)


def test_a_folder_that_comes_later_is_seen(inbox: Path, session: Session) -> None:
    folder = inbox / "later"

    def come() -> None:
        folder.mkdir()
        (folder / "a.csv").write_text("x")

    thread = wait(session, [drop_of(folder)], come)
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


@pytest.mark.parametrize("is_there", [True, False])
def test_a_stop_ends_the_wait(inbox: Path, session: Session, is_there: bool) -> None:
    drops, ends = [drop_of(inbox if is_there else inbox / "gone")], []

    def work() -> None:
        try:
            watch.wait_for_change(session, drops, listing(drops), LONG_S)
        except InterruptedRunError as error:
            ends.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    session.stop.request(signal.SIGTERM)
    thread.join(PATIENCE_S)
    assert [(each.exit_code, each.fix) for each in ends] == [(143, "start it again; it carries on")]


# When the next pass is due


def report(*fates: Fate, stopped: str = "") -> PassReport:
    files = [FileReport("events", "", "a.csv", fate) for fate in fates]
    return PassReport(0, 0, 0, "", files, [AccountReport("", stopped=stopped)])


@pytest.mark.parametrize(
    ("of", "seconds"),
    [
        (report(), IDLE_S),
        (report(Fate.DONE, Fate.HELD, Fate.LEFT_ALONE), IDLE_S),
        (report(Fate.OPEN), AGAIN_S),
        (report(Fate.OPEN, Fate.WAITING), LOOK_S),
        (report(Fate.WAITING, stopped="spent"), AGAIN_S),
    ],
)
def test_the_next_pass_is_due_by_what_the_last_one_left(
    of: PassReport, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    assert due_s(of, [drop_of(Path("/inbox"))]) == seconds


def test_a_file_that_may_still_grow_is_looked_at_after_the_quiet_time() -> None:
    drops = [drop_of(Path("/inbox"), 5.0), drop_of(Path("/inbox"), 60.0)]
    assert due_s(report(Fate.WAITING), drops) == 60.0


# The whole


def test_each_pass_that_changed_something_is_shown_and_no_other(shop: Shop) -> None:
    shown: list[PassReport] = []
    path = shop.put("a.csv", people(1))
    later = shop.put("b.csv", people(2)).rename(shop.folder / "later.csv")
    with shop.session() as session:

        def show(of: PassReport) -> None:
            shown.append(of)
            if len(shown) == 1:
                later.rename(shop.inbox / "b.csv")
            else:
                session.stop.request(signal.SIGTERM)

        with pytest.raises(InterruptedRunError):
            keep_watch(session, shop.one(session), session.settings.drops, show)
    assert not path.exists()
    assert [[each.file for each in of.files] for of in shown] == [["a.csv"], ["b.csv"]]
    assert shop.voice.said[0] == "watching events; Ctrl-C ends it"
    assert len(shop.told.reports) >= 2


def test_a_file_that_comes_while_the_command_stays_is_imported(shop: Shop) -> None:
    shop.settings(
        DROP.format(name="events", pattern="*.csv").replace("quiet_s = 0", "quiet_s = 0.1")
    )
    whole = shop.put("a.csv", people(3)).rename(shop.folder / "whole.csv")
    process = shop.world.start("drops", "watch", "--json")
    try:
        assert process.stderr is not None
        said = iter(process.stderr.readline, "")
        assert any("watching events; Ctrl-C ends it" in line for line in said)
        whole.rename(shop.inbox / "a.csv")
        for _ in range(round(PATIENCE_S / 0.02)):
            if list(shop.inbox.glob("done/*/a.csv")):
                break
            pause(0.02)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE_S)
    finally:
        process.kill()
    assert process.returncode == 143, err
    assert "Traceback" not in err
    assert shop.world.statuses() == {"created": 3}
    assert json.loads(out.splitlines()[-1])["exit"] == 143
