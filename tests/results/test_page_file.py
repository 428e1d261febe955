"""Where a page is written, and the files that it is never written over."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from importer.errors import SettingsError
from importer.results.files import ABANDONED_S
from importer.results.page_file import PREVIEW, check_page, is_ours, write_page

HEAD = f'<!doctype html>\n<meta name="generator" content="{PREVIEW.generator}">\n'
FOREIGN = (
    "there is a file of that name, which is not a page that preview wrote, or was changed since:"
    " it is left as it is"
)


def test_a_page_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    path = write_page(tmp_path / "page.html", f"{HEAD}é")
    assert path == tmp_path / "page.html"
    assert is_ours(path)
    assert path.read_text(encoding="utf-8").endswith("é")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [*tmp_path.iterdir()] == [path]


def test_a_page_that_nobody_edited_is_replaced(tmp_path: Path) -> None:
    path = write_page(tmp_path / "page.html", f"{HEAD}one")
    path.chmod(0o644)
    write_page(path, f"{HEAD}two")
    assert path.read_text(encoding="utf-8").endswith("two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text + " ",
        lambda text: text.replace("one", "onE"),
        lambda text: text[:-1],
        lambda text: text.replace("sha256 ", "sha256 0"),
        lambda _: "",
        lambda _: "<!doctype html><p>my own page",
        lambda text: " " * 400 + text,
        lambda _: f"{HEAD}one",
    ],
)
def test_a_file_that_is_edited_or_none_of_ours_is_left_as_it_is(
    tmp_path: Path, edit: Callable[[str], str]
) -> None:
    path = write_page(tmp_path / "page.html", f"{HEAD}one")
    edited = edit(path.read_text(encoding="utf-8"))
    path.write_text(edited, encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        write_page(path, f"{HEAD}two")
    assert raised.value.what == FOREIGN
    assert raised.value.where == str(path)
    assert raised.value.fix == "name another file with --html, or move that one away"
    assert path.read_text(encoding="utf-8") == edited
    assert [*tmp_path.iterdir()] == [path]


def test_where_a_link_leads_the_page_is_written_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "page.html"
    link.symlink_to(tmp_path / "far" / "page.html")
    assert write_page(link, HEAD) == tmp_path / "far" / "page.html"
    assert link.is_symlink()
    assert write_page(link, f"{HEAD}two").read_text(encoding="utf-8").endswith("two")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (".", "it is a folder or a device, not a file"),
        ("no/page.html", "there is no such folder"),
        ("file/page.html", "there is no such folder"),
        ("x" * 300, "File name too long"),
        ("a\0b", "it is no name"),
        ("/dev/null", "it is a folder or a device, not a file"),
    ],
)
def test_a_place_where_no_page_can_be_is_told(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError) as raised:
        check_page(tmp_path / name)
    assert raised.value.what == f"no page can be written there: {why}"
    assert raised.value.where == str(tmp_path / name)
    assert raised.value.fix == (
        "name a file in a folder that is there and that you can write to: --html PAGE"
    )


def test_a_ring_of_links_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(SettingsError, match="no page can be written there: "):
        check_page(tmp_path / "a")


def test_what_a_killed_process_left_of_a_page_is_removed(tmp_path: Path) -> None:
    old, new = tmp_path / ".importer-page.1.part", tmp_path / ".importer-page.2.part"
    old.touch()
    new.touch()
    os.utime(old, (1, new.stat().st_mtime - ABANDONED_S - 60))
    write_page(tmp_path / "page.html", HEAD)
    assert sorted(path.name for path in tmp_path.iterdir()) == [new.name, "page.html"]
