"""Texts of a report as a notice may have them: on one line, and no longer than can be read."""

import re
from collections.abc import Mapping, Sequence

from importer.model import OPEN, REFUSED, RowStatus
from importer.quoting import is_shown

MOST_SIGNS = 300  # of a name: a file's has up to 255
MOST_OF_SENTENCE = 1_000  # it may have a command with paths
LINES = re.compile(r"\s*[\r\n]+\s*")
# What is counted together, in the order in which it is told.
COUNTED: Sequence[tuple[str, frozenset[RowStatus]]] = (
    ("created", frozenset({RowStatus.CREATED})),
    ("updated", frozenset({RowStatus.UPDATED})),
    ("refused", REFUSED),
    ("failed", frozenset({RowStatus.FAILED})),
    ("in doubt", frozenset({RowStatus.IN_DOUBT})),
    ("not sent yet", OPEN),
    ("skipped", frozenset({RowStatus.SKIPPED})),
    ("deleted", frozenset({RowStatus.DELETED})),
)


def plain(text: str, most: int = MOST_SIGNS) -> str:
    """With escapes for what moves a cursor, breaks a line, or turns the direction of writing."""
    if len(text) > most:
        text = f"{text[: most - 1]}…"
    return "".join(sign if is_shown(sign) else _escaped(sign) for sign in text)


def sentence(text: str) -> str:
    """`plain`; the lines of an error become one."""
    return plain(LINES.sub(" ", text.strip()), MOST_OF_SENTENCE)


def amount(number: int, one: str, many: str | None = None) -> str:
    """`1 row`, `2,000 rows`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def counted(counts: Mapping[RowStatus, int]) -> list[tuple[str, int]]:
    """Words and number of what there is."""
    found = [(words, sum(counts.get(each, 0) for each in group)) for words, group in COUNTED]
    return [(words, number) for words, number in found if number]


def listed(texts: Sequence[str], most: int) -> str:
    """With commas; of many the first."""
    more = len(texts) - most
    return ", ".join(texts[:most]) + (f" and {more:,} more" if more > 0 else "")


def account_words(name: str) -> str:
    return f"account {plain(name)}" if name else "the environment's account"


def remark(what: str, *, where: str, fix: str) -> str:
    """What could not be told, on the one line that a remark has."""
    return f"{what}; at: {where}; fix: {fix}"


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
