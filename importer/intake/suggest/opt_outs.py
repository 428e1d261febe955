"""Which values of a column say that somebody must not be written to. Pure.

By the values themselves (`Unsubscribed`, `Hard bounce`, `dado de baja`), by a No below a header of
a consent, and by a Yes below one that says the opposite (`Ne pas contacter`). Nothing is decided:
a person has to, and is told.
"""

import re
from collections.abc import Sequence
from functools import cache

from importer.intake.suggest.column import SPLIT, Column, Decision
from importer.intake.suggest.kinds import YES
from importer.intake.suggest.plain import plain
from importer.intake.suggest.words.opt_outs import (
    CONSENT_PHRASES,
    CONSENTS,
    LEVELS,
    NO_BEGINNINGS,
    NO_WORDS,
    OPT_OUTS,
)

MOST_WORDS = 6  # of a value: longer ones are prose
MOST_VALUES = 12  # that are written out
MOST_DATES = 0.5  # of its values: then each of them says when somebody went
# Fields of texts that say nothing of this, whatever words stand in them.
OTHERWISE = frozenset(
    [SPLIT, "FirstName", "LastName", "EmailAddress", "Company", "JobTitle", "Website"]
    + [f"mx_{name}" for name in ("City", "State", "Country", "Zip", "Street1", "Street2")]
)


def opt_outs(decision: Decision) -> tuple[str, ...]:
    """As they stand in the column, each once; none of a column that feeds DoNotEmail and such."""
    if decision.field.startswith("DoNot") or decision.field in OTHERWISE:
        return ()
    values = [*_once(_texts(decision.column))]
    by_header = _is_opt_out_header(decision)
    if by_header and decision.column.values.share("date") > MOST_DATES:
        return tuple(values)
    is_consent = not by_header and _is_consent(decision)
    return tuple(
        text
        for text in values
        if _says_so(text, decision.column)
        or (by_header and text.casefold() in YES)
        or (is_consent and _is_no(text))
    )


def check_of(values: Sequence[str], *, are_all: bool = True) -> str:
    """are_all: of the list, and not of some of its rows."""
    shown = ", ".join(" ".join(text.split())[:40] for text in values[:MOST_VALUES])
    more = len(values) - MOST_VALUES
    shown += f" and {more:,} more" if more > 0 else ""
    shown += "" if are_all else ", and more that are not written out here"
    return f"must these not be written to? {shown}. They are sent, unless skip_if: names them"


def _texts(column: Column) -> Sequence[str]:
    values = column.values
    return values.distinct if values.distinct is not None else values.usual


def _once(texts: Sequence[str]) -> list[str]:
    return [*{text.casefold(): text for text in reversed(texts) if text}.values()][::-1]


def _says_so(text: str, column: Column) -> bool:
    words = plain(text)
    if not words or len(words.split()) > MOST_WORDS:
        return False
    if words == "baja":
        others = {plain(each) for each in _texts(column)}
        is_level = {*column.meaning.words.split()} & {*LEVELS.split()}
        return not is_level and not others & {"media", "medio"}
    return bool(_pattern().fullmatch(words) or _within().search(f" {words} "))


@cache
def _any() -> str:
    return "|".join(each.replace("~", r"\S*") for each in OPT_OUTS)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_any())


@cache
def _within() -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{_any()})(?= )")


def _is_opt_out_header(decision: Decision) -> bool:
    meaning = decision.column.meaning
    if decision.meaning.startswith("do_not_") or meaning.meaning.startswith("do_not_"):
        return True
    words = meaning.words
    return len(words.split()) <= MOST_WORDS and bool(_within().search(f" {words} "))


def _is_consent(decision: Decision) -> bool:
    meaning = decision.column.meaning
    if "consent" in (decision.meaning, meaning.meaning):
        return True
    is_phrase = any(phrase in meaning.words for phrase in CONSENT_PHRASES)
    return is_phrase or bool({*meaning.words.split()} & {plain(each) for each in CONSENTS.split()})


def _is_no(text: str) -> bool:
    words = plain(text).split()
    if not words or len(words) > MOST_WORDS:
        return False
    first = {plain(each) for each in NO_WORDS.split()}
    return words[0] in first or words[0].startswith(tuple(NO_BEGINNINGS.split()))
