from pathlib import Path

import pytest

from importer.errors import SettingsError
from importer.settings import read_settings
from tests.settings.texts import ACCOUNT, said, write

ACCESS, SECRET = "u$r" + "0af9" * 8, "0af9" * 10
FORM = (
    'access_key = { env = "ACME_ACCESS_KEY" }, or { file = "keys/acme_access_key" }'
    " (a file of mode 600)"
)
KEYS_OF_ENTRY = (
    "host, access_key, secret_key, calls, window_s, daily_calls, reserve_calls, timeout_s,"
    " settle_s, tries"
)
KEYS_OF_FILE = "journal, accounts, drops, notices"
TABLE = "write [accounts.NAME], and host, access_key and secret_key below it"


def refusal(path: Path) -> tuple[str, str | None, str | None]:
    with pytest.raises(SettingsError) as refused:
        read_settings({})
    what, where, fix = said(refused.value)
    assert where is not None
    return what, where.removeprefix(str(path)), fix


def with_access(value: str) -> str:
    return ACCOUNT.replace('{ env = "ACME_ACCESS_KEY" }', value)


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        ("journal = importer.db", "invalid value", "line 1"),
        ("\n[accounts.acme\n", "expected ']' at the end of a table declaration", "line 2"),
        ("\n\naccess_key = u$rABC\n", "invalid value", "line 3"),
        (ACCOUNT + ACCOUNT, "cannot declare ('accounts', 'acme') twice", "line 5"),
        ('journal = "a', "unterminated string", "at its end"),
    ],
)
def test_broken_toml_is_refused_with_its_line(
    folder: Path, text: str, what: str, place: str
) -> None:
    path = write(folder / "importer.toml", text)
    fix = 'write name = "value", text in quotes, and [accounts.NAME] above an account\'s lines'
    assert refusal(path) == (f"this is no TOML: {what}", f", {place}", fix)


def test_settings_that_are_not_utf_8_are_refused(folder: Path) -> None:
    path = folder / "importer.toml"
    path.write_bytes("journal = 'é'".encode("latin-1"))
    assert refusal(path) == ("the settings are not UTF-8 text", "", "save the file as UTF-8")


def test_a_byte_order_mark_is_no_error(folder: Path) -> None:
    (folder / "importer.toml").write_bytes(b"\xef\xbb\xbfjournal = 'a.db'\r\n")
    assert read_settings({}).journal == folder / "a.db"


@pytest.mark.parametrize(
    ("text", "place", "what", "fix"),
    [
        (
            'jurnal = "a.db"',
            "jurnal",
            'unknown key "jurnal"',
            f'did you mean "journal"? use one of: {KEYS_OF_FILE}',
        ),
        ("[sheets]", "sheets", 'unknown key "sheets"', f"use one of: {KEYS_OF_FILE}"),
        (
            "[account.acme]",
            "account",
            'unknown key "account"',
            f'did you mean "accounts"? use one of: {KEYS_OF_FILE}',
        ),
        ("journal = 3", "journal", "journal is 3", 'write journal = "importer.db"'),
        ("journal = ' '", "journal", "journal is empty", 'write journal = "importer.db"'),
        (
            r'journal = "a\u0000b"',
            "journal",
            r'journal is the text "a\u0000b"',
            'write journal = "importer.db"',
        ),
        ("accounts = 3", "accounts", "accounts is a single value, and no table", TABLE),
        (
            f'[accounts]\naccess_key = "{ACCESS}"',
            "accounts.access_key",
            "access_key is a text, and no table",
            TABLE,
        ),
        (
            ACCOUNT + "timeouts = 3",
            "accounts.acme.timeouts",
            'unknown key "timeouts"',
            f'did you mean "timeout_s"? use one of: {KEYS_OF_ENTRY}',
        ),
        (
            ACCOUNT.replace("host", "# host"),
            "accounts.acme.host",
            "the account has no host",
            'add host = "api-in21.leadsquared.com"',
        ),
        (
            ACCOUNT.replace('"api-in21.leadsquared.com"', "['a']"),
            "accounts.acme.host",
            "host is a list",
            'write host = "api-in21.leadsquared.com"',
        ),
        (
            ACCOUNT + "calls = 25",
            "accounts.acme",
            "calls and window_s go together",
            "write both, such as calls = 25, window_s = 5",
        ),
        (
            ACCOUNT + "window_s = 5",
            "accounts.acme",
            "calls and window_s go together",
            "write both, such as calls = 25, window_s = 5",
        ),
        (
            ACCOUNT + "daily_calls = 500\nreserve_calls = 500",
            "accounts.acme.reserve_calls",
            "reserve_calls is 500, of 500 daily_calls: none is left for drops",
            "write a number below 500",
        ),
        (
            ACCOUNT + "reserve_calls = 500",
            "accounts.acme.reserve_calls",
            "reserve_calls is a part of daily_calls, which the account does not have",
            "add daily_calls = 10000, or what the account takes a day",
        ),
        *(
            (
                f"{ACCOUNT}{name} = {value}",
                f"accounts.acme.{name}",
                f"{name} is {shown}",
                f"write {valid}",
            )
            for name, value, shown, valid in [
                ("tries", "0", "0", "a whole number, 1 or more"),
                ("tries", "1.5", "1.5", "a whole number, 1 or more"),
                ("tries", "true", "true", "a whole number, 1 or more"),
                ("daily_calls", '"10,000"', 'the text "10,000"', "a whole number, 1 or more"),
                ("daily_calls", "0", "0", "a whole number, 1 or more"),
                ("reserve_calls", "-1", "-1", "a whole number, 0 or more"),
                ("reserve_calls", '"5%"', 'the text "5%"', "a whole number, 0 or more"),
                ("timeout_s", "0", "0", "a number, 0.1 or more"),
                ("timeout_s", "inf", "inf", "a number, 0.1 or more"),
                ("timeout_s", "nan", "nan", "a number, 0.1 or more"),
                ("settle_s", "-1", "-1", "a number, 0 or more"),
                ("settle_s", "{a = 1}", "a table", "a number, 0 or more"),
                ("settle_s", "2026-01-01", "a single value", "a number, 0 or more"),
            ]
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_place_and_the_choices(
    folder: Path, text: str, place: str, what: str, fix: str
) -> None:
    path = write(folder / "importer.toml", text)
    assert refusal(path) == (what, f", {place}", fix)


@pytest.mark.parametrize(
    ("text", "what", "fix"),
    [
        (
            with_access(f'"{ACCESS}"'),
            "access_key stands in the file itself",
            f"say where it is, and remove it here: {FORM}",
        ),
        (
            with_access(f'{{ env = "{ACCESS}" }}'),
            "access_key stands in the file itself",
            f"say where it is, and remove it here: {FORM}",
        ),
        (
            with_access(f'{{ env = "{SECRET}" }}'),
            "access_key stands in the file itself",
            f"say where it is, and remove it here: {FORM}",
        ),
        (
            with_access(f'{{ file = "{SECRET}" }}'),
            "access_key stands in the file itself",
            f"say where it is, and remove it here: {FORM}",
        ),
        (
            with_access('{ env = "u$rshort" }'),
            "env of access_key is no variable's name",
            f"write {FORM}",
        ),
        *(
            (with_access(value), "access_key does not say where the key is", f"write {FORM}")
            for value in (
                "{}",
                '{ env = "" }',
                r'{ file = "a\u0000b" }',
                '{ env = "A", file = "b" }',
                f'{{ value = "{ACCESS}" }}',
                f'["{ACCESS}"]',
                "17",
                "{ env = 3 }",
            )
        ),
        (
            with_access("{}").replace("access_key", "#"),
            "the account has no access_key",
            f"add {FORM}",
        ),
    ],
)
def test_a_key_is_never_in_the_file_nor_in_a_message(
    folder: Path, text: str, what: str, fix: str
) -> None:
    path = write(folder / "importer.toml", text)
    found = refusal(path)
    assert (found[0], found[2]) == (what, fix)
    assert str(found[1]).startswith(", accounts.acme.access_key")
    assert "0af9" not in str(found)


def test_the_advice_for_an_account_with_an_odd_name_names_a_variable_that_can_be(
    folder: Path,
) -> None:
    text = with_access('"hush"').replace("accounts.acme", 'accounts."2 old/Acme"')
    path = write(folder / "importer.toml", text)
    what, place, fix = refusal(path)
    assert (what, place) == (
        "access_key stands in the file itself",
        ", accounts.2 old/Acme.access_key",
    )
    assert str(fix).endswith(
        'access_key = { env = "_OLD_ACME_ACCESS_KEY" }, or'
        ' { file = "keys/_old_acme_access_key" } (a file of mode 600)'
    )


def test_all_flaws_are_said_at_once(folder: Path) -> None:
    text = ACCOUNT.replace("host", "hots") + f'tries = 0\n[accounts.two]\nsecret_key = "{SECRET}"\n'
    path = write(folder / "importer.toml", text)
    what, place, fix = refusal(path)
    assert (place, fix) == ("", "mend these entries")
    assert [line.partition(";")[0] for line in what.splitlines()] == [
        "the settings have 6 errors:",
        "  accounts.acme.host: the account has no host",
        "  accounts.acme.tries: tries is 0",
        '  accounts.acme.hots: unknown key "hots"',
        "  accounts.two.host: the account has no host",
        "  accounts.two.access_key: the account has no access_key",
        "  accounts.two.secret_key: secret_key stands in the file itself",
    ]
    assert SECRET not in what
