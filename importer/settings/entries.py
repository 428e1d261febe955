"""The tables of importer.toml, as they are written; `flaws` puts into words what does not fit."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from importer.settings.keys import KEY_ITSELF
from importer.settings.values import DROP_NUMBERS, NUMBERS, WEB

STRICT = ConfigDict(extra="forbid", frozen=True)
VARIABLE = re.compile(r"[A-Za-z_]\w*", re.ASCII)
SIGNS = frozenset(" _.()+-")  # of a drop's name, beside letters and digits: it stands in metrics


def _usable(text: str) -> str:
    """No name of a file, a variable or a host is blank, or has a NUL."""
    if not text.strip() or "\0" in text:
        raise PydanticCustomError("unusable", "unusable")
    return text


def _delimiting(text: str) -> str:
    """A tab is a delimiter, and blank."""
    return text if text == "\t" else _usable(text)


def _is_plain(sign: str) -> bool:
    """Letters and digits of any script, with the marks that stand on them."""
    return sign in SIGNS or unicodedata.category(sign)[0] in "LMN"


Text = Annotated[str, AfterValidator(_usable)]
Delimiter = Annotated[str, AfterValidator(_delimiting)]


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


class UrlSource(KeySource):
    """Where an address is: as a key, or as it stands here."""

    text: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_text(cls, value: object) -> object:
        if isinstance(value, dict) and "text" in value:  # a name of ours, and no key of the file
            raise PydanticCustomError("source", "source")
        return {"text": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _names_one(self) -> "UrlSource":
        if [self.env, self.file, self.text].count(None) != 2:
            raise PydanticCustomError("source", "source")
        if self.text is not None and not WEB.fullmatch(self.text):
            raise PydanticCustomError("address", "address")
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
    reserve_calls: int | None = None
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

    @model_validator(mode="after")
    def _reserve_leaves_some(self) -> "AccountEntry":
        reserve = self.reserve_calls or 0
        if reserve and (self.daily_calls is None or reserve >= self.daily_calls):
            ctx = {"reserve": reserve, "daily": self.daily_calls}
            raise PydanticCustomError("whole_reserve", "nothing is left", ctx)
        return self


class DropEntry(BaseModel):
    """One [[drops]]: a folder, and how its files are imported."""

    model_config = STRICT
    name: Text
    folder: Text
    pattern: Text
    mapping: Text
    account: Text | None = None
    quiet_s: float = 5
    retry_failed: int = 0
    keep_going: StrictBool = False
    sheet: Text | None = None
    header_row: int | None = None
    range: Text | None = None
    encoding: Text | None = None
    delimiter: Delimiter | None = None
    short_rows: Literal["refuse", "pad"] = "refuse"

    @field_validator("name", mode="after")
    @classmethod
    def _name_is_plain(cls, name: str) -> str:
        if not all(map(_is_plain, name)):
            raise PydanticCustomError("drop_name", "signs")
        return name

    @field_validator("pattern", mode="after")
    @classmethod
    def _pattern_is_of_names(cls, pattern: str) -> str:
        if "/" in pattern or "\\" in pattern:
            raise PydanticCustomError("pattern", "a path")
        return pattern

    @field_validator(*DROP_NUMBERS, mode="before")
    @classmethod
    def _number(cls, value: object, info: ValidationInfo) -> object:
        if not DROP_NUMBERS[info.field_name or ""].accepts(value):
            raise PydanticCustomError("number", "number")
        return value


class NoticesEntry(BaseModel):
    """[notices]: who is told of a pass over the drops, and where it leaves its numbers."""

    model_config = STRICT
    urls: Sequence[KeySource] = ()
    when: Literal["always", "change", "trouble"] = "always"
    rows: StrictBool = False
    healthcheck_url: UrlSource | None = None
    metrics_file: Text | None = None
    log_file: Text | None = None


class Document(BaseModel):
    model_config = STRICT
    journal: Text | None = None
    accounts: dict[str, AccountEntry] = Field(default_factory=dict)
    drops: Sequence[DropEntry] = ()
    notices: NoticesEntry = NoticesEntry()

    @field_validator("drops", mode="after")
    @classmethod
    def _names_differ(cls, drops: Sequence[DropEntry]) -> Sequence[DropEntry]:
        names = [each.name.casefold() for each in drops]
        for number, name in enumerate(names):
            if name in names[:number]:
                first = names.index(name)
                raise PydanticCustomError("same_name", "same name", _at(number, first=first))
        return drops

    @model_validator(mode="after")
    def _accounts_are_there(self) -> "Document":
        for number, drop in enumerate(self.drops):
            if drop.account is not None and drop.account not in self.accounts:
                ctx = _at(number, name=drop.account, accounts=list(self.accounts))
                raise PydanticCustomError("no_account", "no account", ctx)
        return self


def _at(number: int, **more: object) -> dict[str, object]:
    """What a flaw of several entries tells of itself: the drop, from 0, that it is said of."""
    return {"drop": number, **more}
