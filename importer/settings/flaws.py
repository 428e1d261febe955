"""What is wrong with importer.toml, in words: its place, and the valid choices."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic_core import ErrorDetails

from importer.errors import SettingsError
from importer.settings.entries import SIGNS, AccountEntry, Document, DropEntry, NoticesEntry
from importer.settings.keys import KEY_ITSELF
from importer.settings.values import DROP_NUMBERS, NUMBERS

KEYS = ("access_key", "secret_key")
MOST_BITS = 64  # of a number that is shown: Python writes no more than 4,300 digits
ACCOUNT_FORM = "write [accounts.NAME], and host, access_key and secret_key below it"
DROP_FORM = "write [[drops]], and name, folder, pattern and mapping below it"
NOTICES_FORM = "write [notices], and below it what is wanted: urls, when, healthcheck_url, …"
TEXTS = {
    "host": '"api-in21.leadsquared.com"',
    "journal": '"importer.db"',
    "name": '"events"',
    "folder": '"inbox/events"',
    "pattern": '"*.csv"',
    "mapping": '"mappings/marketing_list.yaml"',
    "account": '"acme"',
    "sheet": '"Attendees", or "2" for the second',
    "range": '"A3:D20"',
    "encoding": '"windows-1252"',
    "delimiter": '"semicolon"',
    "metrics_file": '"importer.prom"',
    "log_file": '"importer.log"',
}
CHOICES = {"when": ("always", "change", "trouble"), "short_rows": ("refuse", "pad")}
SWITCHES = ("keep_going", "rows")
SHOWN_SIGNS = " ".join(sorted(SIGNS)).strip()


@dataclass(frozen=True, slots=True)
class Flaw:
    place: str
    what: str
    fix: str


def flaws_error(found: Sequence[ErrorDetails], path: Path) -> SettingsError:
    """All flaws in one error, as they stand in the file."""
    flaws = [_flaw(details) for details in found]
    if len(flaws) == 1:
        return SettingsError(flaws[0].what, where=f"{path}, {flaws[0].place}", fix=flaws[0].fix)
    each = [f"{flaw.place}: {flaw.what}; {flaw.fix}" for flaw in flaws]
    return SettingsError(
        f"the settings have {len(flaws)} errors:",
        details=each,
        where=str(path),
        fix="mend these entries",
    )


def _flaw(details: ErrorDetails) -> Flaw:
    place = [str(part) for part in details["loc"]]
    kind, given, more = details["type"], details["input"], details.get("ctx", {})
    match place:
        case ["drops", number, *_] if number.isdecimal():
            what, fix = _said_of_drop(kind, place, given)
            return Flaw(_place_of_drop(int(number), *place[2:]), what, fix)
        case ["drops"] | [] if "drop" in more:
            return _flaw_between(kind, more)
        case ["drops"]:
            return Flaw("drops", f"drops is {_kind(given)}, and no list of tables", DROP_FORM)
        case ["notices", *_]:
            what, fix = _said_of_notices(kind, place, given)
            return Flaw(".".join(place[:2]), what, fix)  # below, a key may be an address itself
        case ["accounts", _] if kind == "whole_reserve":
            what, fix = _said_of_reserve(more["reserve"], more["daily"])
            return Flaw(".".join([*place, "reserve_calls"]), what, fix)
    what, fix = _said(kind, place, given)
    return Flaw(".".join(place), what, fix)


def _place_of_drop(number: int, *keys: str) -> str:
    """number: from 0. A person counts from 1."""
    return ", ".join([f"[[drops]] number {number + 1}", *keys])


def _flaw_between(kind: str, more: Mapping[str, Any]) -> Flaw:
    """Of a drop and another entry, each sound by itself."""
    if kind == "same_name":
        what = f"[[drops]] number {more['first'] + 1} has this name too (capitals do not count)"
        return Flaw(_place_of_drop(more["drop"], "name"), what, "give each a name of its own")
    name, names = more["name"], more["accounts"]
    add = f"write [accounts.{name}]; or leave account out, for the account of LSQ_HOST"
    return Flaw(
        _place_of_drop(more["drop"], "account"),
        f'there is no account "{name}"',
        nearest(name, names) if names else add,
    )


def _said_of_reserve(reserve: int, daily: int | None) -> tuple[str, str]:
    if daily is None:
        what = "reserve_calls is a part of daily_calls, which the account does not have"
        return what, "add daily_calls = 10000, or what the account takes a day"
    what = f"reserve_calls is {reserve}, of {daily} daily_calls: none is left for drops"
    return what, f"write a number below {daily}"


def _said_of_drop(kind: str, place: list[str], given: object) -> tuple[str, str]:
    name = place[-1]
    if len(place) == 2:
        return f"this is {_kind(given)}, and no table", DROP_FORM
    match kind:
        case "missing":
            return f"the drop has no {name}", f"add {name} = {TEXTS[name]}"
        case "drop_name":
            what = f"name is {_shown(given)}, which has signs that a name can't have"
            return what, f"use letters, digits, spaces, and of other signs {SHOWN_SIGNS}"
        case "pattern":
            what = f"pattern is {_shown(given)}: it is of a file's name alone, and has no folders"
            return what, 'write the path as folder, and pattern = "*.csv"'
        case "extra_forbidden":
            return f'unknown key "{name}"', nearest(name, list(DropEntry.model_fields))
    return _said_of_value(name, given)


def _said_of_notices(kind: str, place: list[str], given: object) -> tuple[str, str]:
    if len(place) == 1:
        return f"notices is {_kind(given)}, and no table", NOTICES_FORM
    name = place[1]
    if kind == "extra_forbidden" and len(place) == 2:
        return f'unknown key "{name}"', nearest(name, list(NoticesEntry.model_fields))
    if name == "urls":
        return _said_of_urls(kind, place, given)
    if name == "healthcheck_url":
        fix = 'write healthcheck_url = "https://…", or { env = "HEALTHCHECK_URL" }'
        if kind == "address":
            return "healthcheck_url is no address of the web", fix
        return "healthcheck_url does not say where the address is", fix
    return _said_of_value(name, given)


def _said_of_urls(kind: str, place: list[str], given: object) -> tuple[str, str]:
    """An address often has a password in it."""
    form = 'urls = [{ env = "NOTICE_URL" }], or [{ file = "keys/notice.url" }] (a file of mode 600)'
    if isinstance(given, str) and (len(place) <= 3 or kind == "key_itself"):
        return (
            "an address stands in the file itself",
            f"say where it is, and remove it here: {form}",
        )
    if len(place) == 2:
        return f"urls is {_kind(given)}, and no list", f"write {form}"
    if kind == "variable":
        return "env of urls is no variable's name", f"write {form}"
    return "urls does not say where an address is", f"write {form}"


def _said_of_value(name: str, given: object) -> tuple[str, str]:
    """Of a key that has another kind of value, or one that it can't have."""
    what = f"{name} is {_shown(given)}"
    if name in CHOICES:
        return what, f"write one of: {', '.join(CHOICES[name])}"
    if name in DROP_NUMBERS:
        return what, f"write {DROP_NUMBERS[name].words}"
    if name in SWITCHES:
        return what, f"write {name} = true, or false"
    return what, f"write {name} = {TEXTS[name]}"


def _said(kind: str, place: list[str], given: object) -> tuple[str, str]:
    """What is wrong at that place, and how to mend it."""
    name = place[-1]
    if len(place) > 2 and place[2] in KEYS:
        return _said_of_key(kind, place, given)
    match kind:
        case "missing":
            return f"the account has no {name}", f"add {name} = {TEXTS[name]}"
        case "extra_forbidden":
            model = Document if len(place) == 1 else AccountEntry
            return f'unknown key "{name}"', nearest(name, list(model.model_fields))
        case "half_a_limit":
            return "calls and window_s go together", "write both, such as calls = 25, window_s = 5"
        case "number":
            return f"{name} is {_shown(given)}", f"write {NUMBERS[name].words}"
    if name in TEXTS and len(place) != 2:
        return f"{name} is {_shown(given)}", f"write {name} = {TEXTS[name]}"
    return f"{name} is {_kind(given)}, and no table", ACCOUNT_FORM


def _said_of_key(kind: str, place: list[str], given: object) -> tuple[str, str]:
    account, key = place[1], place[2]
    variable = f"{re.sub(r'[^A-Za-z0-9]', '_', account)}_{key}".upper().lstrip("0123456789")
    form = (
        f'{key} = {{ env = "{variable}" }}, or'
        f' {{ file = "keys/{variable.lower()}" }} (a file of mode 600)'
    )
    if kind == "missing":
        return f"the account has no {key}", f"add {form}"
    if kind == "key_itself" or (len(place) == 3 and isinstance(given, str)):
        return f"{key} stands in the file itself", f"say where it is, and remove it here: {form}"
    if kind == "variable":
        return f"env of {key} is no variable's name", f"write {form}"
    return f"{key} does not say where the key is", f"write {form}"


def nearest(name: str, names: Sequence[str]) -> str:
    close = get_close_matches(name, names, n=1)
    choices = f"use one of: {', '.join(names)}"
    return f'did you mean "{close[0]}"? {choices}' if close else choices


def _shown(given: object) -> str:
    """Never of a key's place."""
    match given:
        case bool():
            return str(given).lower()
        case str():
            written = KEY_ITSELF.sub("…", given)
            written = written.replace("\0", "\\u0000")  # as in the file: a terminal shows no NUL
            return f'the text "{written}"' if given.strip() else "empty"
        case int() if given.bit_length() > MOST_BITS:
            return "a number of very many digits"
        case int() | float():
            return str(given)
    return _kind(given)


def _kind(given: object) -> str:
    match given:
        case str():
            return "a text"
        case dict():
            return "a table"
        case list():
            return "a list"
    return "a single value"
