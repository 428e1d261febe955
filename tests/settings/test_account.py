from collections.abc import Mapping
from pathlib import Path

import pytest

from importer.errors import SettingsError
from importer.settings import Account, read_account, read_settings
from tests.settings.texts import ACCOUNT, ACME_KEYS, said, write

KEYS = {"LSQ_HOST": "api-in21.leadsquared.com", "LSQ_ACCESS_KEY": "u$r1", "LSQ_SECRET_KEY": "s3c~!"}
PAGE = "in LeadSquared: My Profile > Settings > API and Webhooks"


def account_of(environment: Mapping[str, str], name: str | None = None) -> Account:
    return read_account(read_settings(environment), environment, name=name)


def refusal(
    environment: Mapping[str, str], name: str | None = None
) -> tuple[str, str | None, str | None]:
    settings = read_settings(environment)
    with pytest.raises(SettingsError) as refused:
        read_account(settings, environment, name=name)
    return said(refused.value)


# Of the environment


def test_an_account_is_read_from_three_variables_and_hides_its_keys() -> None:
    account = account_of({name: f" {value}\n" for name, value in KEYS.items()})
    assert account == Account(KEYS["LSQ_HOST"], KEYS["LSQ_ACCESS_KEY"], KEYS["LSQ_SECRET_KEY"])
    assert repr(account) == (
        "Account(host='api-in21.leadsquared.com', name=None, rate=None, daily_calls=None,"
        " reserve_calls=0, timeout_s=30.0, settle_s=30.0, tries=5)"
    )


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
    assert refusal(present | (dict.fromkeys(absent, "  ") if blank else {})) == (
        what,
        "the environment",
        f"export LSQ_HOST, LSQ_ACCESS_KEY and LSQ_SECRET_KEY ({PAGE};"
        " to try without an account: importer sandbox)",
    )


@pytest.mark.parametrize("name", ["LSQ_ACCESS_KEY", "LSQ_SECRET_KEY"])
@pytest.mark.parametrize("value", ["two words", "tab\there", "line\nbreak", "naïve", "a\x7fb"])
def test_what_can_be_no_key_is_refused_and_not_shown(name: str, value: str) -> None:
    assert refusal(KEYS | {name: value}) == (
        f"{name} has a space or a character that no key has",
        "the environment",
        "copy the key again, in single quotes: a $ in it is eaten by the shell",
    )


# Of importer.toml


def test_without_any_variable_the_accounts_of_importer_toml_are_offered(folder: Path) -> None:
    second = ACCOUNT.replace("acme", "globex")
    path = write(folder / "importer.toml", ACCOUNT + second)
    assert refusal(ACME_KEYS) == (
        "no account is named",
        str(path),
        "give --account acme, or --account globex; or export LSQ_HOST, LSQ_ACCESS_KEY and"
        " LSQ_SECRET_KEY",
    )


@pytest.mark.parametrize("variable", KEYS)
def test_a_variable_that_is_set_stands_for_the_environments_account(
    folder: Path, variable: str
) -> None:
    write(folder / "importer.toml", ACCOUNT)
    what, where, _ = refusal({**ACME_KEYS, variable: KEYS[variable]})
    assert what.endswith("are not set")
    assert variable not in what
    assert where == "the environment"


def test_a_named_account_takes_nothing_of_the_environments(folder: Path) -> None:
    path = write(folder / "importer.toml", ACCOUNT)
    assert refusal(KEYS, "acme") == (
        "ACME_ACCESS_KEY is not set",
        f"{path}, access_key of [accounts.acme]",
        f"export ACME_ACCESS_KEY ({PAGE})",
    )


def test_a_variable_of_a_named_account_that_holds_no_key_is_not_shown(folder: Path) -> None:
    write(folder / "importer.toml", ACCOUNT)
    assert refusal(ACME_KEYS | {"ACME_SECRET_KEY": "two words"}, "acme") == (
        "ACME_SECRET_KEY has a space or a character that no key has",
        "the environment",
        "copy the key again, in single quotes: a $ in it is eaten by the shell",
    )


def test_an_unknown_account_is_refused_with_the_nearest_and_all(folder: Path) -> None:
    path = write(folder / "importer.toml", ACCOUNT + ACCOUNT.replace("acme", "globex"))
    what = 'there is no account "acne"'
    fix = 'did you mean "acme"? use one of: acme, globex'
    assert refusal(KEYS, "acne") == (what, str(path), fix)
    assert refusal(KEYS, "")[2] == "use one of: acme, globex"


@pytest.mark.parametrize("text", ["", None])
def test_an_account_without_any_in_importer_toml_is_refused(folder: Path, text: str | None) -> None:
    where = "no importer.toml here, nor in a folder above"
    if text is not None:
        where = str(write(folder / "importer.toml", text))
    assert refusal(KEYS, "acme") == (
        'there is no account "acme"',
        where,
        "write [accounts.acme] into importer.toml; or leave --account out, and export LSQ_HOST,"
        " LSQ_ACCESS_KEY and LSQ_SECRET_KEY",
    )


# Keys in files

IN_FILES = """\
[accounts.acme]
host = " api-in21.leadsquared.com "
access_key = { file = "keys/acme key" }
secret_key = { env = "ACME_SECRET_KEY" }
"""


@pytest.fixture
def key_file(folder: Path) -> Path:
    """importer.toml two folders up, and the key file beside it."""
    above = folder.parent.parent
    write(above / "importer.toml", IN_FILES)
    (above / "keys").mkdir()
    path = write(above / "keys" / "acme key", "u$r1\n")
    path.chmod(0o600)
    return path


def named_by(path: Path) -> str:
    toml = path.parent.parent / "importer.toml"
    return f"{path}, named by access_key of [accounts.acme] in {toml}"


@pytest.mark.parametrize("data", [b"u$r1", b"u$r1\n", b"u$r1\r\n", b"\xef\xbb\xbfu$r1\n"])
def test_a_key_file_counts_from_the_folder_of_importer_toml(key_file: Path, data: bytes) -> None:
    key_file.write_bytes(data)
    account = account_of(ACME_KEYS, "acme")
    assert account == Account("api-in21.leadsquared.com", "u$r1", "s3c~!", "acme")


def test_a_key_file_may_be_in_the_home_folder(key_file: Path) -> None:
    toml = key_file.parent.parent / "importer.toml"
    write(toml, IN_FILES.replace("keys/acme key", "~/acme.access"))
    write(Path.home() / "acme.access", "u$r2").chmod(0o600)
    assert account_of(ACME_KEYS, "acme").access_key == "u$r2"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601, 0o644])
def test_a_key_file_that_others_can_use_is_refused_with_what_closes_it(
    key_file: Path, mode: int
) -> None:
    key_file.chmod(mode)
    assert refusal(ACME_KEYS, "acme") == (
        "others on this computer can use the key file",
        str(key_file),
        f"chmod 600 '{key_file}'",
    )


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\xff\xfeu\x00", "is not UTF-8 text"),
        (b"ACCESS_KEY=hush hush", "has a space or a character that no key has"),
        (b"hush\nhush\n", "has a space or a character that no key has"),
    ],
)
def test_a_key_file_without_a_key_is_refused_and_not_shown(
    key_file: Path, data: bytes, what: str
) -> None:
    key_file.write_bytes(data)
    assert refusal(ACME_KEYS, "acme") == (
        f"the key file {what}",
        named_by(key_file),
        f"write the key into it, and nothing else ({PAGE})",
    )


def test_a_key_file_that_cannot_be_read_is_said_with_why(key_file: Path) -> None:
    key_file.unlink()
    fix = f"write the key into it ({PAGE}), and make it yours alone: chmod 600 '{key_file}'"
    what = "the key file cannot be read: No such file or directory"
    assert refusal(ACME_KEYS, "acme") == (what, named_by(key_file), fix)
    key_file.mkdir()
    what = "the key file cannot be used: this is a folder or a device, not a file"
    fix = f"write the key into a file of your own, of mode 600, and name that ({PAGE})"
    assert refusal(ACME_KEYS, "acme") == (what, named_by(key_file), fix)
