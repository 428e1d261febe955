import os
from collections.abc import Callable
from pathlib import Path

import pytest

from importer.drops import scan
from importer.drops.scan import Found, find_files, fits, settled, signature
from importer.errors import SettingsError
from importer.settings import Drop

WRITING = "by its name somebody is still writing it"
OPEN_THERE = "it tells that a program has a file open"
UNFIT = "its name does not fit *.csv"
SECOND = 1_000_000_000


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def drop_of(folder: Path, pattern: str = "*.csv", name: str = "events") -> Drop:
    return Drop(name, folder, pattern, folder.parent / "mapping.yaml")


def put(folder: Path, name: str, at: int = 100, text: str = "x") -> Path:
    """at: seconds since 1970, as the time of the file's last change."""
    path = folder / name
    path.write_text(text)
    os.utime(path, ns=(at * SECOND, at * SECOND))
    return path


def alone(found: list[Found]) -> list[tuple[str, str]]:
    return [(each.path.name, each.alone) for each in found]


def one(folder: Path, pattern: str = "*.csv") -> Found:
    (found,) = find_files(drop_of(folder, pattern))
    return found


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a.csv", ""),
        ("A.CSV", ""),
        ("a.part.csv", ""),
        ("a.csv.part", WRITING),
        ("A.CSV.PART", WRITING),
        ("a.partial", WRITING),
        ("a.tmp", WRITING),
        ("a.temp", WRITING),
        ("a.csv.filepart", WRITING),
        ("a.csv.crdownload", WRITING),
        ("a.csv.download", WRITING),
        (".a.csv.swp", WRITING),
        ("a.csv.writing", WRITING),
        ("a.upload", WRITING),
        ("a.csv~", WRITING),
        ("~", WRITING),
        ("a\nb.csv.part", WRITING),
        ("~$a.csv", OPEN_THERE),
        (".~lock.a.csv#", OPEN_THERE),
        (".a.csv", "it is hidden"),
        ("a.csv.done", "it is a marker, and its file is not there"),
        ("a.csv.OK", "it is a marker, and its file is not there"),
        ("a.txt", UNFIT),
        ("csv", UNFIT),
    ],
)
def test_a_name_tells_whether_a_file_is_to_be_imported(inbox: Path, name: str, why: str) -> None:
    put(inbox, name)
    assert alone(find_files(drop_of(inbox))) == [(name, why)]


@pytest.mark.parametrize("name", ["a.csv.part", "~$a.csv", ".a.csv", "a.csv.done"])
def test_a_pattern_that_takes_all_takes_none_of_these(inbox: Path, name: str) -> None:
    put(inbox, name)
    assert one(inbox, "*").alone != ""


def test_a_file_that_is_named_to_the_letter_is_taken_with_any_capitals(inbox: Path) -> None:
    put(inbox, "leads_Straße.csv")
    assert one(inbox, "LEADS_STRASSE.CSV").alone == ""


def test_a_link_is_left_alone_wherever_it_leads(inbox: Path) -> None:
    (inbox / "a.csv").symlink_to(put(inbox.parent, "secret.csv"))
    (inbox / "b.csv").symlink_to(inbox.parent)
    (inbox / "c.csv").symlink_to("nowhere")
    found = find_files(drop_of(inbox))
    why = "it is a link: put the file itself into the folder"
    assert alone(found) == [("a.csv", why), ("b.csv", why), ("c.csv", why)]
    assert [each.signature for each in found] == [None, None, None]


def test_what_is_no_file_is_left_alone(inbox: Path) -> None:
    os.mkfifo(inbox / "a.csv")
    assert alone(find_files(drop_of(inbox))) == [("a.csv", "it is no file")]


def test_folders_and_the_lock_are_nothing_to_tell_of(inbox: Path) -> None:
    (inbox / "done").mkdir()
    (inbox / "a.csv").mkdir()
    put(inbox, scan.LOCK_NAME)
    assert find_files(drop_of(inbox, "*")) == []


@pytest.mark.parametrize("ending", [".done", ".ok"])
@pytest.mark.parametrize(("at", "is_taken"), [(99, False), (100, True), (101, True)])
def test_a_marker_counts_where_it_is_no_older_than_its_file(
    inbox: Path, ending: str, at: int, is_taken: bool
) -> None:
    put(inbox, "a.csv", 100)
    marker = put(inbox, f"a.csv{ending}", at)
    (file,) = find_files(drop_of(inbox))
    assert file.marker == (marker if is_taken else None)


def test_a_marker_that_is_a_link_says_nothing(inbox: Path) -> None:
    put(inbox, "a.csv", 100)
    (inbox / "a.csv.done").symlink_to(put(inbox.parent, "other", 200))
    assert find_files(drop_of(inbox))[0].marker is None


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("leads.csv", "leads.rejects.csv"),
        ("leads.csv", "Leads.Rejects.CSV"),
        ("leads_*.csv", "leads_may.rejects-2.csv"),
        ("leads.xlsx", "leads.rejects-12.xlsx"),
        ("*.rejects.csv", "leads.rejects.csv"),
    ],
)
def test_a_reject_file_fits_where_its_list_would(pattern: str, name: str) -> None:
    assert fits(drop_of(Path("/inbox"), pattern), name)


@pytest.mark.parametrize(
    "name", ["other.rejects.csv", "leads.rejects.txt", "leads.results.csv", "leads.rejectsx.csv"]
)
def test_a_file_of_another_name_does_not_fit(name: str) -> None:
    assert not fits(drop_of(Path("/inbox"), "leads.csv"), name)


def test_a_reject_file_is_looked_at_whatever_the_pattern(inbox: Path) -> None:
    put(inbox, "old.rejects.csv")
    found = one(inbox, "leads.xlsx")
    assert (found.alone, found.is_mended) == ("", True)


def test_the_files_that_are_there_longest_come_first_and_what_is_left_alone_last(
    inbox: Path,
) -> None:
    for name, at in {"a.csv": 300, "c.csv": 200, "b.csv": 200, "d.csv": 100, "x.txt": 1}.items():
        put(inbox, name, at)
    found = [each.path.name for each in find_files(drop_of(inbox))]
    assert found == ["d.csv", "b.csv", "c.csv", "a.csv", "x.txt"]


# Several drops


def test_a_file_that_several_drops_want_is_disputed_and_others_are_not(inbox: Path) -> None:
    drops = [drop_of(inbox, "*.csv", "events"), drop_of(inbox, "A*", "more")]
    put(inbox, "a.csv")
    put(inbox, "b.csv")
    told = {each.name: find_files(each, drops) for each in drops}
    assert [(each.path.name, each.is_disputed) for each in told["events"]] == [
        ("a.csv", True),
        ("b.csv", False),
    ]
    assert [(each.path.name, each.is_disputed) for each in told["more"]] == [("a.csv", True)]


def test_what_fits_no_drop_of_a_folder_is_told_by_one_of_them(inbox: Path) -> None:
    link = inbox.parent / "link"
    link.symlink_to(inbox)
    drops = [drop_of(inbox, "*.csv", "b"), drop_of(link, "*.xlsx", "a")]
    put(inbox, "x.txt")
    assert find_files(drops[0], drops) == []
    assert alone(find_files(drops[1], drops)) == [("x.txt", "its name does not fit *.xlsx")]


def test_drops_of_other_folders_are_no_rivals(inbox: Path) -> None:
    other = inbox.parent / "other"
    other.mkdir()
    put(inbox, "a.csv")
    mine = drop_of(inbox, name="z")
    (found,) = find_files(mine, [mine, drop_of(other, name="a")])
    assert (found.is_disputed, found.alone) == (False, "")


# Folders and names


def test_a_folder_may_be_a_link(inbox: Path) -> None:
    put(inbox, "a.csv")
    link = inbox.parent / "link"
    link.symlink_to(inbox)
    assert one(link).path == link / "a.csv"


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda _: None, "No such file or directory"),
        (lambda path: path.write_text(""), "Not a directory"),
        (lambda path: path.symlink_to(path), "Too many levels of symbolic links"),
    ],
)
def test_a_folder_that_cannot_be_listed_is_an_error(
    tmp_path: Path, make: Callable[[Path], object], why: str
) -> None:
    folder = tmp_path / "gone"
    make(folder)
    with pytest.raises(SettingsError) as caught:
        find_files(drop_of(folder))
    assert caught.value.what == f'the folder of the drop "events" can\'t be listed: {why}'
    assert caught.value.where == str(folder)
    assert caught.value.fix == (
        "make the folder, or name another as folder of that [[drops]] in importer.toml"
    )


def test_a_name_may_be_of_any_bytes(inbox: Path) -> None:
    (inbox / os.fsdecode(b"r\xe9sum\xe9.csv")).write_text("x")
    found = one(inbox)
    assert (os.fsencode(found.path.name), found.alone) == (b"r\xe9sum\xe9.csv", "")
    assert settled(found) == found


def test_a_file_that_goes_while_the_folder_is_read_is_nothing(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "_names", lambda _: frozenset({"a.csv", "gone.csv"}))
    put(inbox, "a.csv")
    assert alone(find_files(drop_of(inbox))) == [("a.csv", "")]


# Whether a file is whole


def test_a_file_that_is_as_it_was_is_whole(inbox: Path) -> None:
    put(inbox, "a.csv")
    found = one(inbox)
    assert settled(found) == found


def grow(path: Path) -> None:
    with path.open("a") as file:
        file.write("y")
    os.utime(path, ns=(100 * SECOND, 100 * SECOND))


def rewrite(path: Path) -> None:
    put(path.parent, path.name, 101)


def replace(path: Path) -> None:
    other = put(path.parent, "other", 100)
    other.replace(path)


def link(path: Path) -> None:
    path.rename(path.with_name("moved.csv"))
    path.symlink_to("moved.csv")


CHANGES = pytest.mark.parametrize("change", [grow, rewrite, replace, link, Path.unlink])


@CHANGES
def test_a_file_that_has_changed_is_not_whole(inbox: Path, change: Callable[[Path], None]) -> None:
    path = put(inbox, "a.csv")
    found = one(inbox)
    change(path)
    assert settled(found) is None


@CHANGES
def test_a_file_with_a_marker_is_whole_as_long_as_it_is_one(
    inbox: Path, change: Callable[[Path], None]
) -> None:
    path = put(inbox, "a.csv")
    put(inbox, "a.csv.ok", 200)
    found = find_files(drop_of(inbox))[0]
    change(path)
    now = settled(found)
    assert (now and now.signature) == signature(path)
    assert (now is None) == (change in (link, Path.unlink))
