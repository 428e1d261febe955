from pathlib import Path

import pytest

from importer.drops.planned import Planned, planned, program_words
from importer.errors import SettingsError
from importer.settings import read_settings
from tests.drops.scheduled import AT, TOML, place

OWN = """
[[drops]]
name = "partners"
folder = "inbox/partners"
pattern = "*.xlsx"
mapping = "mappings/partners.yaml"

[notices]
urls = [{ env = "TEAM_URL" }, { file = "mail.url" }, { env = "ACME_ACCESS_KEY" }]
healthcheck_url = { env = "PING_URL" }
"""


def test_the_plan_has_absolute_paths_and_the_names_of_the_keys_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = place(tmp_path, "leads")
    monkeypatch.chdir(tmp_path)
    settings = read_settings({}, config="leads/importer.toml")
    assert planned(settings, {}, ["/usr/bin/importer"], AT) == Planned(
        words=("/usr/bin/importer", "drops", "run", "-q", "--config", str(made.config)),
        folder=str(made.folder),
        stem="importer",
        at=AT,
        variables=("ACME_ACCESS_KEY",),
    )


def test_every_variable_of_a_key_or_an_address_is_named_once(tmp_path: Path) -> None:
    found = place(tmp_path, toml=TOML + OWN).plan({"HTTPS_PROXY": "http://u:p@proxy:3128"})
    assert found.variables == (
        *("ACME_ACCESS_KEY", "LSQ_HOST", "LSQ_ACCESS_KEY", "LSQ_SECRET_KEY"),
        *("TEAM_URL", "PING_URL", "HTTPS_PROXY"),
    )
    assert "3128" not in repr(found)


def test_keys_in_files_need_no_variable(tmp_path: Path) -> None:
    text = TOML.replace('{ env = "ACME_ACCESS_KEY" }', '{ file = "keys/acme.access" }')
    found = place(tmp_path, toml=text).plan()
    assert (found.variables, found.env_file) == ((), None)


def test_the_file_of_variables_is_beside_importer_toml(tmp_path: Path) -> None:
    found = place(tmp_path, "leads").plan()
    assert found.env_file == str(tmp_path / "leads" / "importer.env")


@pytest.mark.parametrize("name", ["IMPORTER_STATE", "XDG_STATE_HOME"])
def test_the_state_folder_of_the_person_stays_that_of_the_scheduler(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, f"{tmp_path}/own")
    environment = {name: f"{tmp_path}/own"}
    folder = read_settings(environment).state
    assert place(tmp_path).plan(environment).values == {"IMPORTER_STATE": str(folder)}
    assert folder.is_relative_to(tmp_path / "own")


def test_what_is_set_now_and_makes_a_difference_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given = {
        "IMPORTER_TIMEOUT_S": " 12.5 ",
        "IMPORTER_SETTLE_S": "",
        "no_proxy": "*",
        "SSL_CERT_FILE": "own.pem",
        "EDITOR": "vi",
    }
    assert place(tmp_path).plan(given).values == {
        "IMPORTER_TIMEOUT_S": "12.5",
        "no_proxy": "*",
        "SSL_CERT_FILE": str(tmp_path / "own.pem"),
    }


def test_a_journal_that_importer_toml_does_not_name_is_an_option(tmp_path: Path) -> None:
    made = place(tmp_path)
    settings = read_settings({}, config=str(made.config), journal=f"{tmp_path}/other.db")
    found = planned(settings, {}, ["importer"], AT, journal=settings.journal)
    assert found.words[-2:] == ("--journal", f"{tmp_path}/other.db")


@pytest.mark.parametrize("name", ["a\nb", "a\x1bb", "a\udce9b", "a\u202eb"])
def test_a_name_that_no_line_can_hold_is_refused(tmp_path: Path, name: str) -> None:
    made = place(tmp_path, name)
    with pytest.raises(SettingsError) as refused:
        made.plan()
    assert refused.value.what == "a name has a sign in it that no line of a schedule can hold"
    assert refused.value.where is not None
    assert refused.value.where.startswith("$'")
    fix = "rename it, without line breaks and other signs that are not shown"
    assert refused.value.fix == fix


# Which program this is


def test_the_command_that_was_given_is_the_one_that_is_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = place(tmp_path, "leads")
    link = tmp_path / "importer"
    link.symlink_to(made.program)
    monkeypatch.chdir(tmp_path)
    assert program_words(str(made.program), "/usr/bin/python3") == (str(made.program),)
    assert program_words("importer", "/usr/bin/python3") == (str(link),), (
        "which may be led elsewhere"
    )


def test_on_windows_the_command_has_its_ending(tmp_path: Path) -> None:
    made = place(tmp_path, "leads")
    program = made.program.rename(made.program.with_suffix(".exe"))
    assert program_words(str(made.program), "python.exe") == (str(program),)


@pytest.mark.parametrize("first", ["importer/__main__.py", "bin/pytest", "-c", "", "importer"])
def test_without_a_command_of_its_own_python_is_given_the_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    (tmp_path / "importer").mkdir()
    (tmp_path / "importer" / "__main__.py").touch(0o755)
    monkeypatch.chdir(tmp_path)
    assert program_words(first, "/venv/bin/python") == ("/venv/bin/python", "-m", "importer")
