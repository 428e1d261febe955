from dataclasses import replace
from pathlib import Path

import pytest

from importer.delivery.leadsquared import normal_host
from importer.errors import SettingsError
from importer.settings import Account, Settings, read_account, read_settings

KEYS = {"LSQ_HOST": "api-in21.leadsquared.com", "LSQ_ACCESS_KEY": "u$r1", "LSQ_SECRET_KEY": "s3c~!"}
ENVIRONMENT = {
    "IMPORTER_JOURNAL": "other.db",
    "IMPORTER_STATE": "/var/state",
    "IMPORTER_TIMEOUT_S": "12.5",
    "IMPORTER_SETTLE_S": "0",
    "IMPORTER_TRIES": " 3 ",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, three levels down."""
    here = tmp_path / "a" / "b" / "c"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    return here


def said(error: SettingsError) -> tuple[str, str | None, str | None]:
    return error.what, error.where, error.fix


def test_without_options_and_variables_the_defaults_hold(folder: Path) -> None:
    found = read_settings({})
    assert found == Settings(folder / "importer.db", found.state, 30.0, 30.0, 5)
    assert found.state.is_absolute()
    assert found.state.name == "importer"


@pytest.mark.parametrize(
    ("option", "variable", "journal"),
    [
        ("mine.db", "other.db", "mine.db"),
        ("mine.db", None, "mine.db"),
        (None, "other.db", "other.db"),
        (None, "", None),
        (None, None, None),
    ],
)
def test_an_option_wins_over_a_variable_and_a_variable_over_the_default(
    folder: Path, option: str | None, variable: str | None, journal: str | None
) -> None:
    environment = {} if variable is None else {"IMPORTER_JOURNAL": variable}
    found = read_settings(environment, journal=option)
    assert found.journal == (Path(journal) if journal else folder / "importer.db")


def test_each_variable_is_read() -> None:
    found = read_settings(ENVIRONMENT)
    assert found == Settings(Path("other.db"), Path("/var/state"), 12.5, 0.0, 3)
    assert isinstance(found.tries, int)


def test_an_empty_variable_is_as_none() -> None:
    default = read_settings({})
    assert read_settings(dict.fromkeys(ENVIRONMENT, "")) == default
    assert replace(default, tries=4) == read_settings({"IMPORTER_TRIES": "4"})


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


@pytest.mark.parametrize(
    ("name", "text", "least"),
    [
        ("IMPORTER_TIMEOUT_S", "0", "0.1"),
        ("IMPORTER_TIMEOUT_S", "soon", "0.1"),
        ("IMPORTER_TIMEOUT_S", "inf", "0.1"),
        ("IMPORTER_TIMEOUT_S", "nan", "0.1"),
        ("IMPORTER_SETTLE_S", "-1", "0"),
        ("IMPORTER_SETTLE_S", "30s", "0"),
        ("IMPORTER_TRIES", "0", "1"),
        ("IMPORTER_TRIES", "five", "1"),
    ],
)
def test_a_number_that_is_none_is_named_with_what_it_can_be(
    name: str, text: str, least: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({name: text})
    assert said(refused.value) == (
        f'{name} is "{text}"',
        "the environment",
        f"a number, {least} or more",
    )


def test_an_account_is_read_from_three_variables_and_hides_its_keys() -> None:
    spaced = {name: f" {value}\n" for name, value in KEYS.items()}
    account = read_account(spaced, rate="10/5s")
    assert account == Account(
        KEYS["LSQ_HOST"], KEYS["LSQ_ACCESS_KEY"], KEYS["LSQ_SECRET_KEY"], "10/5s"
    )
    assert repr(account) == "Account(host='api-in21.leadsquared.com', rate='10/5s')"


@pytest.mark.parametrize(
    ("absent", "what"),
    [
        (["LSQ_HOST"], "LSQ_HOST is not set"),
        (["LSQ_ACCESS_KEY", "LSQ_SECRET_KEY"], "LSQ_ACCESS_KEY and LSQ_SECRET_KEY are not set"),
        (list(KEYS), "LSQ_HOST and LSQ_ACCESS_KEY and LSQ_SECRET_KEY are not set"),
    ],
)
@pytest.mark.parametrize("blank", [True, False])
def test_missing_variables_are_all_named(absent: list[str], what: str, blank: bool) -> None:
    present = {name: value for name, value in KEYS.items() if name not in absent}
    with pytest.raises(SettingsError) as refused:
        read_account(present | (dict.fromkeys(absent, "  ") if blank else {}))
    assert said(refused.value) == (
        what,
        "the environment",
        "export LSQ_HOST, LSQ_ACCESS_KEY and LSQ_SECRET_KEY (in LeadSquared: My Profile >"
        " Settings > API and Webhooks; to try without an account: importer sandbox)",
    )


@pytest.mark.parametrize("name", ["LSQ_ACCESS_KEY", "LSQ_SECRET_KEY"])
@pytest.mark.parametrize("value", ["two words", "tab\there", "line\nbreak", "naïve", "a\x7fb"])
def test_what_can_be_no_key_is_refused_and_not_shown(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_account(KEYS | {name: value})
    assert said(refused.value) == (
        f"{name} has a space or a character that no key has",
        "the environment",
        "copy the key again, in single quotes: a $ in it is eaten by the shell",
    )


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("api-in21.leadsquared.com", "https://api-in21.leadsquared.com"),
        (" api-in21.leadsquared.com/v2/ ", "https://api-in21.leadsquared.com"),
        ("https://api-in21.leadsquared.com/v2/", "https://api-in21.leadsquared.com"),
        ("HTTPS://API.LeadSquared.com:8443", "https://api.leadsquared.com:8443"),
        ("127.0.0.1:8800", "http://127.0.0.1:8800"),
        ("localhost", "http://localhost"),
        ("[::1]:8800", "http://[::1]:8800"),
        ("http://[::1]:8800/v2/", "http://[::1]:8800"),
        ("https://127.0.0.1", "https://127.0.0.1"),
    ],
)
def test_a_host_may_be_given_bare_with_its_path_or_as_a_url(host: str, url: str) -> None:
    assert normal_host(host) == url


@pytest.mark.parametrize(
    "host", ["http://api.leadsquared.com", "http://10.0.0.1", "http://127.0.0.2"]
)
def test_keys_go_unencrypted_to_this_machine_only(host: str) -> None:
    name = host.removeprefix("http://")
    with pytest.raises(SettingsError) as refused:
        normal_host(host)
    assert said(refused.value) == (
        f'keys would travel unencrypted to "{name}"',
        None,
        f"write https://{name}, or leave the scheme out",
    )


@pytest.mark.parametrize("host", ["ftp://a.com", "https://", "user:pw@a.com", "a.com:port", "[::1"])
def test_what_is_no_host_is_refused(host: str) -> None:
    with pytest.raises(SettingsError) as refused:
        normal_host(host)
    assert refused.value.what == f'this is no host: "{host}"'
