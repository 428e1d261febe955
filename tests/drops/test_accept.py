"""A person lets a file through; `drops accept` in this process."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from importer.drops.accept import accept_file
from importer.errors import ImporterError, MappingError, SettingsError, SourceError
from importer.passes import Fate
from tests.drops.shop import DROP, Shop
from tests.jobs.lists import people

SHORTER = "accepted: it has 3 rows, and the one before had 60"


def accept(shop: Shop, file: Path, *, always: bool = False) -> list[str]:
    """What is said."""
    shop.voice.said.clear()
    with shop.session() as session:
        accept_file(session, file, shop.environment, always=always)
    return list(shop.voice.said)


def refused(shop: Shop, file: Path) -> ImporterError:
    with pytest.raises(ImporterError) as caught:
        accept(shop, file)
    return caught.value


@pytest.fixture
def after(shop: Shop) -> Shop:
    """A drop with a last file of 60 rows."""
    shop.put("a.csv", people(60))
    assert shop.run().exit_code == 0
    return shop


def fate(shop: Shop, name: str, rows: Sequence[Sequence[str]]) -> Fate:
    shop.put(name, rows)
    return next(each.fate for each in shop.run().files if each.file == name)


def test_a_file_that_is_not_there_cannot_be_accepted(shop: Shop) -> None:
    error = refused(shop, shop.inbox / "a.csv")
    assert isinstance(error, SourceError)
    assert (error.what, error.where) == ("there is no such file", str(shop.inbox / "a.csv"))
    assert error.fix == "name the file as it lies in the drop's folder"


def test_a_file_elsewhere_cannot_be_accepted(shop: Shop) -> None:
    file = shop.put("a.csv", people(1)).rename(shop.folder / "a.csv")
    error = refused(shop, file)
    assert isinstance(error, SettingsError)
    assert (error.what, error.where) == ("the file lies in no drop's folder", str(file))
    assert error.fix == f"put it into one of: {shop.inbox}"


def test_a_file_whose_name_fits_no_drop_cannot_be_accepted(shop: Shop) -> None:
    other = DROP.format(name="more", pattern="m*.xlsx").replace("inbox/more", "inbox/events")
    shop.settings(DROP.format(name="events", pattern="*.csv"), other)
    error = refused(shop, shop.put("a.txt", people(1)))
    assert isinstance(error, SettingsError)
    assert error.what == "its name fits no drop of that folder"
    assert error.fix == "name it as *.csv, m*.xlsx"


def test_a_file_that_could_not_be_imported_cannot_be_accepted(after: Shop) -> None:
    error = refused(after, after.put("b.csv", [["x", "y"]], ["One", "Two"]))
    assert isinstance(error, MappingError)
    (after.inbox / "c.csv").write_bytes(b"%PDF-1.7 \x00\x01\x02")
    assert isinstance(refused(after, after.inbox / "c.csv"), SourceError)
    after.world.mapping.write_text("version: 1\ncolumns: [\n")
    assert isinstance(refused(after, after.put("d.csv", people(1))), MappingError)
    assert after.world.journal("SELECT * FROM let_through") == []


@pytest.mark.parametrize("what", ["the first file", "a file like the last", "a file of old"])
def test_a_file_that_is_not_held_back_needs_no_person(shop: Shop, what: str) -> None:
    rows = people(60)
    if what != "the first file":
        shop.put("a.csv", rows)
        shop.run()
    file = shop.put("b.csv", rows if what == "a file of old" else people(60))
    assert accept(shop, file)[-1] == "b.csv is not held back: the next pass takes it as it is"
    assert shop.world.journal("SELECT * FROM let_through") == []


def test_a_file_is_let_through_once_and_later_ones_are_held_against_the_last(after: Shop) -> None:
    rows = people(3)
    assert fate(after, "b.csv", rows) is Fate.HELD
    said = accept(after, after.inbox / "b.csv")
    assert said[0] == SHORTER
    assert said[1] == "b.csv is let through once: later files are held against a.csv, as before"
    assert said[2].startswith("next: importer drops run events")
    report, calls = after.calls_during()
    assert (report.exit_code, calls) == (0, 3)
    assert after.world.journal("SELECT * FROM let_through") == []
    assert after.world.journal("SELECT file FROM drop_profile") == [("a.csv",)]
    assert fate(after, "c.csv", people(3)) is Fate.HELD


def test_a_file_is_let_through_for_good(after: Shop) -> None:
    assert fate(after, "b.csv", people(3)) is Fate.HELD
    said = accept(after, after.inbox / "b.csv", always=True)
    assert said[1] == "b.csv is let through, and later files may be like it"
    assert after.calls_during()[1] == 3
    assert after.world.journal("SELECT file FROM drop_profile") == [("b.csv",)]
    assert fate(after, "c.csv", people(3)) is Fate.DONE


def test_what_was_accepted_is_those_bytes_alone(after: Shop) -> None:
    after.put("b.csv", people(3))
    accept(after, after.inbox / "b.csv")
    assert fate(after, "b.csv", people(2)) is Fate.HELD
