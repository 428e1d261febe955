"""What can be set outside the command line: variables, and importer.toml."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from pydantic import BaseModel

from docs_build.tables import code, said, same_names, table
from importer.delivery.throttle import DEFAULT_RATE
from importer.settings import values
from importer.settings.entries import AccountEntry, Document, DropEntry, NoticesEntry
from importer.settings.values import DROP_NUMBERS, NUMBERS, VARIABLES, Account

FOLDER = Path(values.__file__).parent
VARIABLE = re.compile(r"\b(?:LSQ|IMPORTER)_[A-Z_]+\b")
# A variable: what it means, and what holds without it.
VARIABLE_WORDS: Mapping[str, tuple[str, str]] = {
    "LSQ_HOST": (
        "the account's API host, such as `api-in21.leadsquared.com`; `/v2/` behind it and a "
        "scheme before it do no harm; without a scheme it is https, and http for this machine",
        "needed by what calls the account, without `--account`",
    ),
    "LSQ_ACCESS_KEY": ("its access key; it is written nowhere", "as `LSQ_HOST`"),
    "LSQ_SECRET_KEY": ("its secret key; it is written nowhere", "as `LSQ_HOST`"),
    "IMPORTER_JOURNAL": (
        "the journal's file",
        "`journal` of `importer.toml`; else `importer.db`, from the working folder upwards; else "
        "a new one there",
    ),
    "IMPORTER_STATE": ("the folder of what runs share", "the platform's folder for state"),
}
# Of [accounts.X], and of the variables that stand for the same; a number's form is added.
NUMBER_WORDS: Mapping[str, str] = {
    "calls": "calls that the account takes in `window_s`",
    "window_s": "seconds that `calls` counts for",
    "daily_calls": "calls at most in any 24 hours; when they are used up, a run ends with 75",
    "reserve_calls": "of `daily_calls`, those that `drops` leaves for people; other commands may "
    "use them",
    "timeout_s": "seconds for a call as a whole, from connecting to the last byte of its reply; "
    "four times as long for a look-up, while its leads keep coming",
    "settle_s": "seconds of rest, after which a lead that is not there is taken to be absent",
    "tries": "how often a row is tried",
}
KEY_WORDS: Mapping[str, str] = {
    "host": "as `LSQ_HOST`",
    "access_key": '`{ env = "NAME" }`, a variable; or `{ file = "PATH" }`, a file of mode 0600 '
    "that has the key and nothing else",
    "secret_key": "as `access_key`",
}
DOCUMENT_WORDS: Mapping[str, str] = {
    "journal": "the journal's file",
    "accounts": "a table for each account, `[accounts.NAME]`; `--account NAME` takes it",
    "drops": "a table for each folder whose files `drops` imports, `[[drops]]`",
    "notices": "a table, `[notices]`: who is told of what `drops` has done",
}
# Of [[drops]]; a number's form is added.
DROP_WORDS: Mapping[str, str] = {
    "name": "what it is called in messages; each has another",
    "folder": "where the files come",
    "pattern": "of the names of files, such as `*.csv` or `attendees_*.xlsx`; capitals do not "
    "count",
    "mapping": "the mapping of all its files",
    "account": "an account of this file, by its NAME",
    "quiet_s": "seconds for which a file must not have changed: before that, it may still grow",
    "retry_failed": "in how many later passes the failed rows of a file are sent again",
    "keep_going": "`true`: also where the first rows are all refused alike",
    "sheet": "of a workbook: its name, or its number from 1, as a text",
    "header_row": "the row of the columns' names",
    "range": "the table's cells: `A3:D20`; `A3:D` goes to the end",
    "encoding": "of a CSV, such as `windows-1252`",
    "delimiter": "of a CSV: `comma`, `semicolon`, `tab`, `pipe`, or the sign itself",
    "short_rows": "of rows narrower than the header: `refuse` them, or `pad` them with blank cells",
}
DROP_DEFAULTS: Mapping[str, str] = {
    "account": "the account of `LSQ_HOST`",
    "sheet": "the first that is not hidden",
}
READING = frozenset({"sheet", "header_row", "range", "encoding", "delimiter"})
NOTICES_WORDS: Mapping[str, str] = {
    "urls": "a list of addresses of services, each as an `access_key` is given: they often have a "
    "password in them",
    "when": "`always`: after every pass; `change`: where something was done, or went otherwise "
    "than before; `trouble`: where a person should look",
    "rows": "`true`: a notice may have values of refused rows in it",
    "healthcheck_url": "the address of a service that tells you when no pass has ended for too "
    "long; as an `access_key` is given, or the address itself",
    "metrics_file": "a file of numbers for Prometheus, written anew after every pass",
    "log_file": "a file to which every pass adds what it has done",
}


def variables() -> str:
    numbers = {name: (_number_words(key), _default(key)) for name, key in VARIABLES.items()}
    words = {**VARIABLE_WORDS, **numbers}
    same_names(_known_variables(), words, "variables")
    return table(("variable", "means", "without it"), ((code(n), *words[n]) for n in words))


def _known_variables() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py")]
    return set().union(*(VARIABLE.findall(source) for source in sources))


def toml_keys() -> str:
    return table(("key", "stands in", "means", "without it"), _toml_keys())


def _toml_keys() -> Iterator[tuple[str, str, str, str]]:
    for name, words in said(DOCUMENT_WORDS, Document.model_fields, "keys of importer.toml").items():
        yield code(name), "the file", words, "as without the file"
    of_numbers = {name: _number_words(name) for name in NUMBER_WORDS}
    known = AccountEntry.model_fields
    for name, words in said({**KEY_WORDS, **of_numbers}, known, "keys of an account").items():
        needed = known[name].is_required()
        yield code(name), "`[accounts.NAME]`", words, "needed" if needed else _default(name)
    yield from _entry_keys("[[drops]]", DropEntry, DROP_WORDS)
    yield from _entry_keys("[notices]", NoticesEntry, NOTICES_WORDS)


def _entry_keys(
    title: str, entry: type[BaseModel], words: Mapping[str, str]
) -> Iterator[tuple[str, str, str, str]]:
    known = entry.model_fields
    for name, means in said(words, known, f"keys of {title}").items():
        number = DROP_NUMBERS.get(name)
        yield (
            code(name),
            code(title),
            f"{means}; {number.words}" if number else means,
            "needed" if known[name].is_required() else _entry_default(name, known[name].default),
        )


def _entry_default(name: str, default: object) -> str:
    match default:
        case bool():
            return code(str(default).lower())
        case None if name in READING:
            return DROP_DEFAULTS.get(name, "found out")
        case None | ():
            return DROP_DEFAULTS.get(name, "none")
        case str():
            return code(default)
    return f"{default}"


def _number_words(name: str) -> str:
    return f"{NUMBER_WORDS[name]}; {NUMBERS[name].words}"


def _default(name: str) -> str:
    match name:
        case "calls":
            return str(DEFAULT_RATE.calls)
        case "window_s":
            return f"{DEFAULT_RATE.window_s:g}"
    default = next(each.default for each in fields(Account) if each.name == name)
    return "no such limit" if default is None else f"{default:g}"
