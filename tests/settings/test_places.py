import logging
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from importer.errors import SettingsError
from importer.settings import Settings, read_settings
from tests.settings.texts import ACCOUNT, said, write


def test_without_options_variables_and_files_the_defaults_hold(folder: Path) -> None:
    found = read_settings({})
    assert found == Settings(folder / "importer.db", found.state)
    assert found.state.is_absolute()
    assert found.state.name == "importer"


def test_each_variable_is_read() -> None:
    environment = {
        "IMPORTER_JOURNAL": "other.db",
        "IMPORTER_STATE": "/var/state",
        "IMPORTER_TIMEOUT_S": "12.5",
        "IMPORTER_SETTLE_S": "0",
        "IMPORTER_TRIES": " 3 ",
    }
    numbers = {"timeout_s": 12.5, "settle_s": 0.0, "tries": 3}
    found = Settings(Path.cwd() / "other.db", Path("/var/state"), numbers, names_journal=True)
    assert read_settings(environment) == found
    assert read_settings(dict.fromkeys(environment, "")) == read_settings({})


@pytest.mark.parametrize(
    ("option", "variable", "text", "is_named"),
    [
        (None, None, "", False),
        (None, "", ACCOUNT, False),
        ("a.db", None, "", True),
        (None, "a.db", "", True),
        (None, None, 'journal = "a.db"', True),
    ],
)
def test_it_is_told_whether_somebody_named_the_journal(
    folder: Path, option: str | None, variable: str | None, text: str, is_named: bool
) -> None:
    (folder / "importer.db").touch()
    if text:
        write(folder / "importer.toml", text)
    environment = {} if variable is None else {"IMPORTER_JOURNAL": variable}
    assert read_settings(environment, journal=option).names_journal is is_named


@pytest.mark.parametrize("level", [0, 1, 3])
def test_the_journal_is_found_from_the_working_folder_upwards(folder: Path, level: int) -> None:
    place = (folder, *folder.parents)[level]
    (place / "importer.db").touch()
    assert read_settings({}).journal == place / "importer.db"


def test_the_nearest_journal_is_taken_and_a_folder_is_none(folder: Path) -> None:
    (folder / "importer.db").mkdir()
    for place in (folder.parent, folder.parent.parent):
        (place / "importer.db").touch()
    assert read_settings({}).journal == folder.parent / "importer.db"


@pytest.mark.parametrize("level", [0, 1, 3])
def test_importer_toml_is_found_from_the_working_folder_upwards_and_said_with_v(
    folder: Path, level: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "importer")
    place = (folder, *folder.parents)[level]
    path = write(place / "importer.toml", ACCOUNT)
    found = read_settings({})
    assert (found.config, found.config_option, list(found.accounts)) == (path, None, ["acme"])
    assert caplog.messages == [f"settings: {path}"]
    assert caplog.records[0].levelno == logging.INFO, "which is shown with -v alone"


def test_the_nearest_importer_toml_is_taken_and_a_folder_is_none(folder: Path) -> None:
    (folder / "importer.toml").mkdir()
    near = write(folder.parent / "importer.toml", "")
    write(folder.parent.parent / "importer.toml", 'journal = "far.db"')
    found = read_settings({})
    assert (found.config, found.journal) == (near, folder / "importer.db")


def test_config_names_another_file_and_its_paths_count_from_its_folder(folder: Path) -> None:
    write(folder / "importer.toml", 'journal = "here.db"')
    (folder / "etc").mkdir()
    write(folder / "etc" / "acme.toml", 'journal = "../lists/acme.db"')
    found = read_settings({}, config="etc/acme.toml")
    assert (found.config, found.config_option) == (Path("etc/acme.toml"), "etc/acme.toml")
    assert found.journal == folder / "etc/../lists/acme.db"


def test_a_journal_that_importer_toml_names_wins_over_one_that_is_found(folder: Path) -> None:
    (folder / "importer.db").touch()
    write(folder.parent / "importer.toml", 'journal = "acme.db"')
    assert read_settings({}).journal == folder.parent / "acme.db"


def test_an_absolute_journal_stays_where_it_is(folder: Path, tmp_path: Path) -> None:
    write(folder / "importer.toml", f'journal = "{(tmp_path / "far.db").as_posix()}"')
    assert read_settings({}).journal == tmp_path / "far.db"


@pytest.mark.parametrize(
    ("name", "what"), [("acme.toml", "is not there"), (".", "is a folder"), ("", "is a folder")]
)
def test_a_config_that_is_no_file_is_refused(name: str, what: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({}, config=name)
    assert said(refused.value) == (
        f"the file of settings {what}",
        name,
        "name a file with --config, or leave it out: an importer.toml is found from the working"
        " folder upwards",
    )


@pytest.mark.parametrize(
    ("name", "text", "valid"),
    [
        ("IMPORTER_TIMEOUT_S", "0", "a number, 0.1 or more"),
        ("IMPORTER_TIMEOUT_S", "soon", "a number, 0.1 or more"),
        ("IMPORTER_TIMEOUT_S", "inf", "a number, 0.1 or more"),
        ("IMPORTER_TIMEOUT_S", "nan", "a number, 0.1 or more"),
        ("IMPORTER_TIMEOUT_S", "1e20", "a number, 0.1 or more"),
        ("IMPORTER_SETTLE_S", "-1", "a number, 0 or more"),
        ("IMPORTER_SETTLE_S", "30s", "a number, 0 or more"),
        ("IMPORTER_TRIES", "0", "a whole number, 1 or more"),
        ("IMPORTER_TRIES", "1.5", "a whole number, 1 or more"),
        ("IMPORTER_TRIES", "five", "a whole number, 1 or more"),
    ],
)
def test_a_number_that_is_none_is_named_with_what_it_can_be(
    name: str, text: str, valid: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({name: text})
    assert said(refused.value) == (f'{name} is "{text}"', "the environment", valid)


# Names and folders that can't be


FIX_JOURNAL = "name a file with --journal, in a folder that you may enter"
LONG = "x" * 300


@pytest.mark.parametrize("how", ["option", "variable", "importer.toml"])
def test_a_journal_s_name_that_is_too_long_is_refused(folder: Path, how: str) -> None:
    if how == "importer.toml":
        write(folder / "importer.toml", f'journal = "{LONG}"')
    variable = {"IMPORTER_JOURNAL": LONG} if how == "variable" else {}
    with pytest.raises(SettingsError) as refused:
        read_settings(variable, journal=LONG if how == "option" else None)
    what = "no journal can be there: File name too long"
    assert said(refused.value) == (what, str(folder / LONG), FIX_JOURNAL)


def test_a_journal_needs_room_for_the_names_of_the_files_beside_it(folder: Path) -> None:
    with pytest.raises(SettingsError, match="File name too long"):
        read_settings({}, journal="x" * 248)
    assert read_settings({}, journal="x" * 247).journal == folder / ("x" * 247)


def test_a_journal_that_is_a_link_to_itself_is_refused(folder: Path) -> None:
    (folder / "importer.db").symlink_to("importer.db")
    with pytest.raises(SettingsError) as refused:
        read_settings({})
    what = "no journal can be there: Too many levels of symbolic links"
    assert said(refused.value) == (what, str(folder / "importer.db"), FIX_JOURNAL)


def test_a_config_whose_name_is_too_long_is_refused() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({}, config=LONG)
    assert (refused.value.what, refused.value.where) == (
        "the file of settings cannot be reached: File name too long",
        LONG,
    )


GONE = (
    "the working folder is not there any more",
    "the folder that this was started in",
    "cd to a folder that is there, and run it again",
)


@pytest.mark.parametrize("named", [{}, {"journal": "a.db", "config": "FILE"}, {"config": "FILE"}])
def test_a_working_folder_that_was_removed_is_said(
    folder: Path, tmp_path: Path, named: dict[str, str]
) -> None:
    config = str(write(tmp_path / "importer.toml", ""))
    shutil.rmtree(folder)
    with pytest.raises(SettingsError) as refused:
        read_settings({}, **{name: text.replace("FILE", config) for name, text in named.items()})
    assert said(refused.value) == GONE


def test_where_all_is_named_absolutely_the_working_folder_may_be_gone(
    folder: Path, tmp_path: Path
) -> None:
    config = write(tmp_path / "importer.toml", 'journal = "acme.db"')
    shutil.rmtree(folder)
    assert read_settings({}, config=str(config)).journal == tmp_path / "acme.db"


def test_pydantic_is_imported_where_there_is_an_importer_toml_alone(folder: Path) -> None:
    program = (
        "from importer.settings import read_settings as r; r({}); import sys; print(*sys.modules)"
    )
    without = imported(program)
    write(folder / "importer.toml", ACCOUNT)
    assert ("importer.settings" in without, "pydantic" in without) == (True, False)
    assert "pydantic" in imported(program)


def imported(program: str) -> list[str]:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
