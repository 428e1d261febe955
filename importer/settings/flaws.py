"""What is wrong with importer.toml, in words: its place, and the valid choices."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pydantic_core import ErrorDetails

from importer.errors import SettingsError
from importer.settings.entries import AccountEntry, Document, DropEntry, NoticesEntry
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
    "sheet": '"Attendees"',
    "range": '"A3:D20"',
    "encoding": '"windows-1252"',
    "delimiter": '"semicolon"',
    "metrics_file": '"importer.prom"',
    "log_file": '"importer.log"',
}
CHOICES = {"when": ("always", "change", "trouble"), "short_rows": ("refuse", "pad")}
SWITCHES = ("keep_going", "rows")


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
    kind, given = details["type"], details["input"]
    match place:
        case ["drops", number, *_] if number.isdecimal():
            what, fix = _said_of_drop(kind, place, given)
            which = f"[[drops]] number {int(number) + 1}"
            return Flaw(".".join([which, *place[2:]]), what, fix)
        case ["drops"]:
            what, fix = _said_of_drops(kind, given)
        case ["notices", *_]:
            what, fix = _said_of_notices(kind, place, given)
        case _:
            what, fix = _said(kind, place, given)
    return Flaw(".".join(place), what, fix)


def _said_of_drops(kind: str, given: object) -> tuple[str, str]:
    if kind == "same_name":
        return "two [[drops]] have one name, capitals aside", "give each a name of its own"
    return f"drops is {_kind(given)}, and no list of tables", DROP_FORM


def _said_of_drop(kind: str, place: list[str], given: object) -> tuple[str, str]:
    name = place[-1]
    if len(place) == 2:
        return f"this is {_kind(given)}, and no table", DROP_FORM
    match kind:
        case "missing":
            return f"the drop has no {name}", f"add {name} = {TEXTS[name]}"
        case "drop_name":
            what = f"name is {_shown(given)}, which has signs that a message could not show"
            return what, "use letters, digits, spaces, dots, dashes and brackets"
        case "pattern":
            what = f"pattern is {_shown(given)}, a path: it is of names in the folder alone"
            return what, 'write the path as folder, and pattern = "*.csv"'
        case "extra_forbidden":
            return f'unknown key "{name}"', nearest(name, list(DropEntry.model_fields))
    return _said_of_value(name, given)


def _said_of_notices(kind: str, place: list[str], given: object) -> tuple[str, str]:
    name = place[1] if len(place) > 1 else ""
    match place, kind:
        case ["notices"], _:
            return f"notices is {_kind(given)}, and no table", NOTICES_FORM
        case ["notices", _], "extra_forbidden":
            return f'unknown key "{name}"', nearest(name, list(NoticesEntry.model_fields))
        case ["notices", "urls", *_], _:
            form = '{ env = "NOTICE_URL" }, or { file = "keys/notice.url" } (a file of mode 600)'
            return "urls does not say where an address is", f"write urls = [{form}]"
        case ["notices", "healthcheck_url", *_], _:
            form = '"https://…", or { env = "HEALTHCHECK_URL" }'
            return "healthcheck_url does not say where the address is", f"write {name} = {form}"
    return _said_of_value(name, given)


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
        case "whole_reserve":
            fix = "set reserve_calls to fewer than daily_calls, which it needs"
            return "the reserve leaves no call of the day", fix
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
