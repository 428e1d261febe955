from pathlib import Path

import pytest

from importer.drops.needed import refuse_no_drops, refuse_own_folder, refuse_unnamed_journal
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


DROP = """
[[drops]]
name = "{name}"
folder = "{folder}"
pattern = "*"
mapping = "leads.yaml"
"""


@pytest.mark.parametrize(
    ("drops", "more", "what"),
    [
        ([(".", "a")], "", 'the folder of the drop "a" holds the journal'),
        ([("db", "a")], "", 'the folder of the drop "a" holds the journal'),
        ([("in", "a")], 'log_file = "in/l.csv"', 'the folder of the drop "a" holds log_file'),
        ([("in", "a")], 'metrics_file = "in/m"', 'the folder of the drop "a" holds metrics_file'),
        (
            [("in", "a"), ("in/done/2026-11-30", "b")],
            "",
            'the folder of the drop "b" is where "a" puts its files away',
        ),
        ([("in", "a"), ("in/more", "b")], 'log_file = "l.csv"', ""),
    ],
)
def test_a_folder_of_files_holds_nothing_of_ours(
    folder: Path, drops: list[tuple[str, str]], more: str, what: str
) -> None:
    journal = "importer.db" if drops[0][0] == "." else "db/importer.db"
    tables = "".join(DROP.format(folder=path, name=name) for path, name in drops)
    text = f'journal = "{journal}"\n{tables}[notices]\n{more}\n'
    (folder / "importer.toml").write_text(text)
    said = ""
    try:
        refuse_own_folder(read_settings({}))
    except SettingsError as error:
        said = error.what
    assert said == what
