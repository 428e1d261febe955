"""importer.toml: its form, and what is wrong with it, said with its place and the valid choices.

No value that stands where a key is expected is ever shown.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from importer.errors import SettingsError
from importer.regular import NO_FILE, NoFileError, open_regular
from importer.settings.keys import KEY_ITSELF
from importer.settings.values import NUMBERS

STRICT = ConfigDict(extra="forbid", frozen=True)
KEYS = ("access_key", "secret_key")
VARIABLE = re.compile(r"[A-Za-z_]\w*", re.ASCII)
LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
MAX_BYTES = 64 * 1024  # an account takes 200: more is another kind of file
MOST_DOTS = 200  # in a line: what a name of n parts takes to read grows as n * n, in tomllib
MOST_BITS = 64  # of a number that is shown: Python writes no more than 4,300 digits
ACCOUNT_FORM = "write [accounts.NAME], and host, access_key and secret_key below it"
TEXTS = {"host": '"api-in21.leadsquared.com"', "journal": '"importer.db"'}


def _usable(text: str) -> str:
    """No name of a file, a variable or a host is blank, or has a NUL."""
    if not text.strip() or "\0" in text:
        raise PydanticCustomError("unusable", "unusable")
    return text


Text = Annotated[str, AfterValidator(_usable)]


class KeySource(BaseModel):
    """Where a key is: in a variable, or in a file."""

    model_config = STRICT
    env: Text | None = None
    file: Text | None = None

    @model_validator(mode="after")
    def _names_one(self) -> "KeySource":
        if (self.env is None) == (self.file is None):
            raise PydanticCustomError("source", "source")
        if KEY_ITSELF.fullmatch(self.env or self.file or ""):
            raise PydanticCustomError("key_itself", "key itself")
        if self.env is not None and not VARIABLE.fullmatch(self.env):
            raise PydanticCustomError("variable", "variable")
        return self


class AccountEntry(BaseModel):
    """One [accounts.X]; a number that is not given is None."""

    model_config = STRICT
    host: Text
    access_key: KeySource
    secret_key: KeySource
    calls: int | None = None
    window_s: float | None = None
    daily_calls: int | None = None
    timeout_s: float | None = None
    settle_s: float | None = None
    tries: int | None = None

    @field_validator(*NUMBERS, mode="before")
    @classmethod
    def _number(cls, value: object, info: ValidationInfo) -> object:
        if not NUMBERS[info.field_name or ""].accepts(value):
            raise PydanticCustomError("number", "number")
        return value

    @model_validator(mode="after")
    def _limit_is_whole(self) -> "AccountEntry":
        if (self.calls is None) != (self.window_s is None):
            raise PydanticCustomError("half_a_limit", "half a limit")
        return self


class Document(BaseModel):
    model_config = STRICT
    journal: Text | None = None
    accounts: dict[str, AccountEntry] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flaw:
    place: str
    what: str
    fix: str


def read_document(path: Path) -> Document:
    """Raises SettingsError: it can't be read, is no TOML, or says what can't be."""
    values = _parsed(path)
    try:
        return Document.model_validate(values)
    except ValidationError as error:
        flaws = [_flaw(details) for details in error.errors(include_url=False)]
    # Not chained: pydantic's words show what stands in the file.
    raise _flaws_error(flaws, path)


def _parsed(path: Path) -> dict[str, object]:
    try:
        with open_regular(path) as file:
            data = file.read(MAX_BYTES + 1)
    except NoFileError as error:
        raise SettingsError(
            NO_FILE, where=str(path), fix="name a file of settings with --config"
        ) from error
    except OSError as error:
        raise SettingsError(
            f"the settings cannot be read: {error.strerror}",
            where=str(path),
            fix="make the file readable, or name another with --config",
        ) from error
    if len(data) > MAX_BYTES:
        raise SettingsError(
            f"the settings have more than {MAX_BYTES:,} bytes",
            where=str(path),
            fix="name the file of settings with --config, not the data",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(
            "the settings are not UTF-8 text", where=str(path), fix="save the file as UTF-8"
        ) from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise SettingsError(
                f"the line has more than {MOST_DOTS} dots",
                where=f"{path}, line {number}",
                fix="write [accounts.NAME], and an account's lines below it",
            )
    return _loaded(text, path)


def _loaded(text: str, path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), path) from None
    except RecursionError:
        what = "lists or tables stand too deep in each other"
    except ValueError:  # of int, which tomllib passes on
        what = "a number has too many digits"
    raise SettingsError(f"this is no TOML of settings: {what}", where=str(path), fix=ACCOUNT_FORM)


def _syntax_error(words: str, path: Path) -> SettingsError:
    found = LINE.search(words)
    place = f"line {found[1]}" if found and found[1] else "at its end"
    words = LINE.sub("", words)
    return SettingsError(
        f"this is no TOML: {words[:1].lower()}{words[1:]}",
        where=f"{path}, {place}",
        fix='write name = "value", text in quotes, and [accounts.NAME] above an account\'s lines',
    )


def _flaws_error(flaws: Sequence[Flaw], path: Path) -> SettingsError:
    """All flaws in one error, as they stand in the file."""
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
    what, fix = _said(details["type"], place, details["input"])
    return Flaw(".".join(place), what, fix)


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
