from pathlib import Path

import pytest

from importer.drops.needed import refuse_no_drops, refuse_unnamed_journal
from importer.errors import SettingsError
from importer.settings import read_settings
from tests.drops.scheduled import TOML

FORM = "write [[drops]] into importer.toml, and name, folder, pattern and mapping below it"
HERE = "no importer.toml here, nor in a folder above"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_settings_without_drops_are_refused(folder: Path) -> None:
    path = folder / "importer.toml"
    path.write_text('journal = "importer.db"')
    with pytest.raises(SettingsError) as refused:
        refuse_no_drops(read_settings({}))
    what = "no folder is named whose files are to be imported"
    error = refused.value
    assert (error.what, error.where, error.fix) == (what, str(path), FORM)


def test_no_settings_are_refused() -> None:
    with pytest.raises(SettingsError) as refused:
        refuse_no_drops(read_settings({}))
    found = (refused.value.where, refused.value.fix)
    assert found == (HERE, f"{FORM}; or name that file with --config")


def test_a_journal_that_was_only_found_is_refused(folder: Path) -> None:
    path = folder / "importer.toml"
    path.write_text(TOML.replace("journal", "# journal", 1))
    (folder / "importer.db").touch()
    with pytest.raises(SettingsError) as refused:
        refuse_unnamed_journal(read_settings({}))
    error = refused.value
    assert (error.what, error.where, error.fix) == (
        "the journal is not named: a scheduler that starts elsewhere would take another",
        str(path),
        'write journal = "importer.db" at the top of importer.toml; or give --journal FILE,'
        " or set IMPORTER_JOURNAL",
    )


def test_drops_and_a_named_journal_are_not_refused(folder: Path) -> None:
    (folder / "importer.toml").write_text(TOML)
    refuse_no_drops(read_settings({}))
    refuse_unnamed_journal(read_settings({}))
    (folder / "importer.toml").write_text(TOML.replace("journal", "# journal", 1))
    refuse_unnamed_journal(read_settings({}, journal="a.db"))
    refuse_unnamed_journal(read_settings({"IMPORTER_JOURNAL": "a.db"}))
