"""Which account: one of importer.toml by its name, else the environment's. They never mix."""

import re
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from importer.errors import SettingsError
from importer.quoting import quoted
from importer.settings.keys import API_PAGE, KEY_ITSELF, checked_key, read_key
from importer.settings.values import NUMBERS, Account, Settings

if TYPE_CHECKING:
    from importer.settings.entries import AccountEntry

NAMES = ("LSQ_HOST", "LSQ_ACCESS_KEY", "LSQ_SECRET_KEY")
LEAST_KEY = 8  # signs: a shorter one may stand in a host by chance; LeadSquared's have 32
PARTS = re.compile("[/:@?#&=]+")  # what stands between the parts of an address
EXPORT = "export LSQ_HOST, LSQ_ACCESS_KEY and LSQ_SECRET_KEY"


def read_account(
    settings: Settings,
    environment: Mapping[str, str],
    *,
    name: str | None = None,
    rate: str | None = None,
) -> Account:
    """name and rate: the options --account and --rate.

    Raises SettingsError: no such account; a variable or key file is missing, or holds what can't
    be a key; a key file that others can read.
    """
    if name is None:
        account = _of_environment(settings, environment)
        return replace(account, rate=rate, **_whole(settings.numbers))
    entry = _entry(settings, name)
    account = _of_entry(settings, environment, name, entry)
    numbers = {key: value for key in NUMBERS if (value := getattr(entry, key)) is not None}
    calls, window_s = numbers.pop("calls", None), numbers.pop("window_s", None)
    if rate is None and calls is not None:
        rate = f"{calls}/{window_s:g}s"
    return replace(account, rate=rate, **_whole({**numbers, **settings.numbers}))


def _whole(numbers: Mapping[str, float]) -> dict[str, Any]:
    return {key: int(n) if NUMBERS[key].is_whole else float(n) for key, n in numbers.items()}


def _of_environment(settings: Settings, environment: Mapping[str, str]) -> Account:
    values = [environment.get(name, "").strip() for name in NAMES]
    missing = [name for name, value in zip(NAMES, values, strict=True) if not value]
    if len(missing) == len(NAMES) and settings.accounts:
        options = ", or ".join(f"--account {quoted(name)}" for name in settings.accounts)
        raise SettingsError(
            "no account is named", where=str(settings.config), fix=f"give {options}; or {EXPORT}"
        )
    if missing:
        raise SettingsError(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set",
            where="the environment",
            fix=f"{EXPORT} ({API_PAGE}; to try without an account: importer sandbox)",
        )
    host, access_key, secret_key = values
    _refuse_key_as_host(NAMES[0], "the environment", host, access_key, secret_key)
    return Account(host, checked_key(access_key, NAMES[1]), checked_key(secret_key, NAMES[2]))


def _entry(settings: Settings, name: str) -> "AccountEntry":
    names = list(settings.accounts)
    if name in settings.accounts:
        return settings.accounts[name]
    if not names:
        fix = f"write [accounts.{name}] into importer.toml; or leave --account out, and {EXPORT}"
    else:
        close = get_close_matches(name, names, n=1)
        advice = f'did you mean "{close[0]}"? ' if close else ""
        fix = f"{advice}use one of: {', '.join(names)}"
    raise SettingsError(
        f'there is no account "{name}"',
        where=str(settings.config or "no importer.toml here, nor in a folder above"),
        fix=fix,
    )


def _of_entry(
    settings: Settings, environment: Mapping[str, str], name: str, entry: "AccountEntry"
) -> Account:
    assert settings.config is not None, "accounts are of importer.toml"
    access_key, secret_key = (
        read_key(source, environment, settings.config, f"{key} of [accounts.{name}]")
        for key, source in (("access_key", entry.access_key), ("secret_key", entry.secret_key))
    )
    host, where = entry.host.strip(), f"{settings.config}, host of [accounts.{name}]"
    _refuse_key_as_host("host", where, host, access_key, secret_key)
    return Account(host, access_key, secret_key, name)


def _refuse_key_as_host(name: str, where: str, host: str, *keys: str) -> None:
    """Before it is asked for in the network, or shown. Raises SettingsError."""
    plain = unquote(host).casefold()
    bare = plain.partition("//")[2] or plain
    parts = [part.rstrip(".") for part in PARTS.split(bare)]
    held = (key.casefold() for key in keys if len(key) >= LEAST_KEY)
    is_key = bare in map(str.casefold, keys) or any(map(KEY_ITSELF.fullmatch, parts))
    if is_key or any(key in plain for key in held):
        raise SettingsError(
            f"{name} holds a key: it seems to be swapped with one, or written with one",
            where=where,
            fix=f"set {name} to the account's API host alone, such as api-in21.leadsquared.com",
        )
