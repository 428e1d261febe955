import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from importer.crashpoints import listen
from importer.drops.folders import DONE, REFUSED, WHY, held_folder, move, place_in, write_why
from importer.drops.scan import LOCK_NAME, Found, find_files
from importer.errors import BusyError, SettingsError
from importer.settings import Drop

DAY = date(2026, 11, 30)
TODAY = Path(DONE) / "2026-11-30"
NO_PLACE = "make it a folder that the passes may write into; the file stays where it is till then"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def found_at(inbox: Path, name: str = "a.csv", text: str = "new") -> Found:
    (inbox / name).write_text(text)
    drop = Drop("events", inbox, "*.csv", inbox / "mapping.yaml")
    return next(each for each in find_files(drop) if each.path.name == name)


def tree(inbox: Path) -> dict[str, str]:
    """The files below it, and what is in them."""
    return {
        path.relative_to(inbox).as_posix(): path.read_text()
        for path in sorted(inbox.rglob("*"))
        if path.is_file() and path.name != LOCK_NAME
    }


def put_away(inbox: Path, found: Found) -> Path | None:
    return move(found, place_in(inbox, DONE, found.path.name, DAY))


# One pass has a folder


def test_a_folder_is_held_by_one_pass_at_a_time(inbox: Path) -> None:
    with held_folder(inbox), pytest.raises(BusyError) as caught, held_folder(inbox):
        raise AssertionError("both have it")
    assert list(caught.value.lines) == ["another pass is at work on the folder"]
    assert caught.value.where == str(inbox)
    assert caught.value.fix == "wait until it ends; nothing was done here"
    with held_folder(inbox):
        pass


def test_a_folder_that_cannot_be_locked_is_said(inbox: Path) -> None:
    (inbox / LOCK_NAME).mkdir()
    with pytest.raises(SettingsError) as caught, held_folder(inbox):
        raise AssertionError("it is held")
    assert caught.value.what.startswith("the folder can't be locked: ")
    assert caught.value.where == str(inbox / LOCK_NAME)
    assert caught.value.fix == (
        "let the user that runs the passes write into that folder; where the lock is a link, or"
        " another user's, remove it"
    )


def test_the_lock_is_no_way_to_write_into_another_file(inbox: Path) -> None:
    secret = inbox.parent / "secret"
    secret.write_text("kept")
    (inbox / LOCK_NAME).symlink_to(secret)
    with pytest.raises(SettingsError), held_folder(inbox):
        raise AssertionError("it is held")
    assert secret.read_text() == "kept"


# A place for a file


def test_a_file_goes_to_the_days_folder_of_its_kind(inbox: Path) -> None:
    assert place_in(inbox, DONE, "a.csv", DAY) == inbox / TODAY / "a.csv"
    assert place_in(inbox, REFUSED, "a.csv", DAY) == inbox / "refused" / "2026-11-30" / "a.csv"
    assert tree(inbox) == {}


def test_no_file_is_written_over_another(inbox: Path) -> None:
    for text in ("one", "two", "three"):
        put_away(inbox, found_at(inbox, text=text))
    assert tree(inbox) == {
        f"{TODAY}/a.csv": "one",
        f"{TODAY}/a-2.csv": "two",
        f"{TODAY}/a-3.csv": "three",
    }


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("nowhere")])
def test_a_name_that_a_folder_or_a_link_has_is_not_free(
    inbox: Path, make: Callable[[Path], None]
) -> None:
    make(place_in(inbox, DONE, "a.csv", DAY))
    assert put_away(inbox, found_at(inbox)) == inbox / TODAY / "a-2.csv"


def test_what_a_killed_pass_had_put_there_to_keep_the_name_is_free(inbox: Path) -> None:
    place_in(inbox, DONE, "a.csv", DAY).touch()
    assert put_away(inbox, found_at(inbox)) == inbox / TODAY / "a.csv"
    assert tree(inbox) == {f"{TODAY}/a.csv": "new"}


def test_an_empty_file_that_was_refused_keeps_its_name(inbox: Path) -> None:
    place = place_in(inbox, REFUSED, "a.csv", DAY)
    place.touch()
    write_why(place, ["it is empty"])
    assert place_in(inbox, REFUSED, "a.csv", DAY) == place.with_name("a-2.csv")


def test_a_name_without_an_ending_and_one_with_several_are_numbered(inbox: Path) -> None:
    for name in ("leads", "leads.tar.gz"):
        place_in(inbox, DONE, name, DAY).write_text("x")
    assert place_in(inbox, DONE, "leads", DAY).name == "leads-2"
    assert place_in(inbox, DONE, "leads.tar.gz", DAY).name == "leads.tar-2.gz"


@pytest.mark.parametrize("of", [Path(DONE), TODAY])
@pytest.mark.parametrize("kind", ["link", "file"])
def test_nothing_is_put_into_a_folder_that_is_none(inbox: Path, of: Path, kind: str) -> None:
    outside = inbox.parent / "outside"
    outside.mkdir()
    (inbox / of).parent.mkdir(exist_ok=True)
    if kind == "link":
        (inbox / of).symlink_to(outside, target_is_directory=True)
    else:
        (inbox / of).write_text("x")
    with pytest.raises(SettingsError) as caught:
        place_in(inbox, DONE, "a.csv", DAY)
    assert caught.value.what == "nothing can be put there: it is a link, or no folder"
    assert (caught.value.where, caught.value.fix) == (str(inbox / of), NO_PLACE)
    assert list(outside.iterdir()) == []


def test_a_folder_that_may_not_be_written_into_is_said_and_the_file_stays(inbox: Path) -> None:
    found = found_at(inbox)
    inbox.chmod(0o500)
    try:
        if os.access(inbox, os.W_OK):
            pytest.skip("root may write into every folder")
        with pytest.raises(SettingsError) as caught:
            put_away(inbox, found)
    finally:
        inbox.chmod(0o700)
    assert caught.value.what == "nothing can be put there: Permission denied"
    assert tree(inbox) == {"a.csv": "new"}


def test_a_days_folder_that_goes_meanwhile_is_said_and_the_file_stays(inbox: Path) -> None:
    found = found_at(inbox)
    place = place_in(inbox, DONE, "a.csv", DAY)
    place.parent.rmdir()
    with pytest.raises(SettingsError) as caught:
        move(found, place)
    assert caught.value.what == "nothing can be put there: No such file or directory"
    assert (caught.value.where, caught.value.fix) == (str(place.parent), NO_PLACE)
    assert tree(inbox) == {"a.csv": "new"}


def test_a_name_that_is_too_long_with_a_number_is_said(inbox: Path) -> None:
    name = f"{'a' * 251}.csv"
    put_away(inbox, found_at(inbox, name, "one"))
    with pytest.raises(SettingsError) as caught:
        put_away(inbox, found_at(inbox, name, "two"))
    assert caught.value.what == (
        "nothing can have that name there, nor one with a number behind it: File name too long"
    )
    assert caught.value.where == str(inbox / TODAY / name)
    assert caught.value.fix == "give the file a shorter name; its rows are not sent again"
    assert tree(inbox)[name] == "two"


# The move


def grow(path: Path) -> None:
    path.write_text("new and more")


def replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_text("new")
    other.replace(path)


@pytest.mark.parametrize("change", [grow, replace])
def test_a_file_that_is_another_one_by_now_stays(
    inbox: Path, change: Callable[[Path], None]
) -> None:
    found = found_at(inbox)
    place = place_in(inbox, DONE, "a.csv", DAY)
    change(found.path)
    assert move(found, place) is None
    assert list(tree(inbox)) == ["a.csv"]


def test_a_file_that_is_gone_by_now_is_not_moved(inbox: Path) -> None:
    found = found_at(inbox)
    found.path.unlink()
    assert put_away(inbox, found) is None
    assert tree(inbox) == {}


def test_a_name_that_somebody_takes_meanwhile_is_theirs(inbox: Path) -> None:
    found = found_at(inbox)
    place = place_in(inbox, DONE, "a.csv", DAY)
    place.write_text("somebody's")
    assert move(found, place) == place.with_name("a-2.csv")
    assert tree(inbox) == {f"{TODAY}/a.csv": "somebody's", f"{TODAY}/a-2.csv": "new"}


def test_a_file_that_goes_at_the_last_moment_leaves_no_empty_one(inbox: Path) -> None:
    found = found_at(inbox)
    place = place_in(inbox, DONE, "a.csv", DAY)
    listen(lambda point: found.path.unlink() if point == "place taken" else None)
    try:
        with pytest.raises(SettingsError) as caught:
            move(found, place)
    finally:
        listen(None)
    assert caught.value.what == "the file can't be moved: No such file or directory"
    assert caught.value.where == str(found.path)
    assert "its rows are not sent again" in (caught.value.fix or "")
    assert tree(inbox) == {}


def test_the_name_is_taken_before_the_file_is_moved(inbox: Path) -> None:
    """A rename writes over what is there: who looks at that moment must find the name taken."""
    found = found_at(inbox)
    seen: list[bool] = []
    place = place_in(inbox, DONE, "a.csv", DAY)
    listen(lambda point: seen.append(place.exists()) if point == "place taken" else None)
    try:
        move(found, place)
    finally:
        listen(None)
    assert seen == [True]


# What goes with it


def test_what_says_that_a_file_is_whole_goes_with_it_by_its_new_name(inbox: Path) -> None:
    place_in(inbox, DONE, "a.csv", DAY).write_text("old")
    (inbox / "a.csv").write_text("new")
    (inbox / "a.csv.ok").write_text("whole")
    put_away(inbox, found_at(inbox))
    assert tree(inbox) == {
        f"{TODAY}/a.csv": "old",
        f"{TODAY}/a-2.csv": "new",
        f"{TODAY}/a-2.csv.ok": "whole",
    }


def test_a_marker_that_cannot_go_stays(inbox: Path) -> None:
    (inbox / "a.csv").write_text("new")
    (inbox / "a.csv.ok").write_text("whole")
    place = place_in(inbox, DONE, "a.csv", DAY)
    place.with_name("a.csv.ok").write_text("somebody's")
    put_away(inbox, found_at(inbox))
    assert tree(inbox) == {
        "a.csv.ok": "whole",
        f"{TODAY}/a.csv": "new",
        f"{TODAY}/a.csv.ok": "somebody's",
    }


def test_the_reason_stands_beside_a_refused_file_and_writes_over_none(inbox: Path) -> None:
    place = inbox / "a.csv"
    write_why(place, ["it is empty", "  fix: fill it"])
    write_why(place, ["another"])
    assert tree(inbox) == {f"a.csv{WHY}": "it is empty\n  fix: fill it\n"}
    write_why(inbox / "gone" / "a.csv", ["no place for it"])
