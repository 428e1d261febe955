"""The rows at a file's end that are none of its list: totals and notes. Pure.

In: the last rows that are not blank. Out: those of them that are surely none. A row with an e-mail
or a phone never is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

TOTAL = re.compile(
    r"(?:grand[ -]?|sub[ -]?|report |net |overall )?totals?"
    r"(?: (?:records?|rows?|leads?|général|generale|geral))?"
    r"|sums?|counts?|averages?|records?|number of (?:records|rows|leads)"
    r"|overall|[\d.,]+ (?:records?|rows?|leads?|contacts?|entries)"
    r"|summen?|gesamt(?:summe)?|anzahl|insgesamt|zwischensumme|endsumme"
    r"|totaux|somme|nombre|moyenne|totale|totali|somma|suma|total(?: general)?|soma|totaal|som"
    r"|razem|toplam|итого|всего|合計|小計|总计|合计|小计|कुल|योग|مجموع|المجموع",
    re.IGNORECASE,
)
NUMERIC = re.compile(r"[^\w@]*(?:[A-Z]{3}\s?)?[\d.,\s'()%+-]*\d[\d.,\s'()%-]*[^\w@]*(?:[A-Z]{3})?")
NOTE = re.compile(
    r"(?:export(?:ed|iert)?|generated|n\.?b|confidential|notes"
    r"|report (?:\w+ )?(?:on|by|for|from|of)"
    r"|vertraulich|copyright|end of|printed|downloaded|as of|erstellt|generiert|généré|exporté"
    r"|created (?:on|by|at|from|with|using)|disclaimer|prepared|this (?:list|report|file))\b"
    # People and firms are called so too: then no colon, dash or number follows.
    r"|(?:page|seite|stand|source|created|filters?|report|note|quelle|hinweis|fonte|nota)"
    r"(?: \w+)?\s*(?::|[-\u2013] |\d)"
    r"|©|\(c\)|\*|-{2,}|={2,}",
    re.IGNORECASE,
)
LINE = re.compile(r"[-=_*~.]{3,}|\x1a")  # drawn of signs; or the mark that ends a file of DOS
PHONE = re.compile(r"\+?[\d\s()./-]{6,}")
# No sum begins with a plus or a zero, or has hyphens.
NO_SUM = re.compile(r"(?:\+|0\d|\(\d)[\d\s()./-]{5,}|[\d\s()-]*\d-\d{3,}", re.ASCII)
PLAIN_PHONE = re.compile("[0-9]{7,}")
SURNAMES = re.compile("sum|som|suma|soma|count|nombre", re.IGNORECASE)  # of people too
LONG_NOTE = 25  # characters: longer than nearly all names
WIDE = 3  # columns: of a narrower table one cell may be a row


@dataclass(frozen=True, slots=True)
class Rest:
    """A row that is none of the list. text: what it begins with; why: in a word."""

    row: int
    text: str
    why: str


Numbered = tuple[int, Sequence[str]]


def rows_below(rows: list[Numbered], width: int) -> list[Rest]:
    """rows: numbers and cells. width: the table's. The last comes first."""
    found: list[Rest] = []
    while rows and (taken := _notes(rows, width) or _last(rows, width)):
        found += taken
        del rows[-len(taken) :]
    return found


def is_total(cells: Sequence[str]) -> bool:
    """A word for a total, and nothing else but numbers."""
    first, *others = _filled(cells)
    if TOTAL.fullmatch(first.rstrip(": ")):
        if SURNAMES.fullmatch(first) and (not others or any(map(PLAIN_PHONE.fullmatch, others))):
            return False
        return all(NUMERIC.fullmatch(each) and not NO_SUM.fullmatch(each) for each in others)
    label, sign, value = first.partition(":")
    is_one_cell = bool(sign and NUMERIC.fullmatch(value.strip())) and not others
    return is_one_cell and bool(TOTAL.fullmatch(label.strip()))


def _notes(rows: Sequence[Numbered], width: int) -> list[Rest]:
    """The rows behind the last blank one, where all may be notes and one of them is."""
    gaps = [i for i in range(1, len(rows)) if rows[i][0] > rows[i - 1][0] + 1]
    if not gaps or width < WIDE:
        return []
    run = rows[gaps[-1] :]
    texts = [_filled(cells) for _, cells in run]
    if not all(map(_may_be_note, texts)) or not any(map(_is_note, texts)):
        return []
    return [Rest(run[i][0], texts[i][0], "a note") for i in reversed(range(len(run)))]


def _last(rows: Sequence[Numbered], width: int) -> list[Rest]:
    number, cells = rows[-1]
    first, *others = _filled(cells)
    if all(map(LINE.fullmatch, (first, *others))):
        return [Rest(number, first, "a line of signs")]
    if is_total(cells) and (others or width >= WIDE):
        return [Rest(number, first, "a total")]
    if not others and width >= WIDE and NOTE.match(first) and not _is_contact(first):
        return [Rest(number, first, "a note")]
    return []


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells if cell.strip()]


def _may_be_note(texts: Sequence[str]) -> bool:
    """One cell, or a word with a colon and what it says."""
    is_said = len(texts) == 2 and (texts[0].endswith(":") or bool(NOTE.match(texts[0])))
    return (len(texts) == 1 or is_said) and not any(map(_is_contact, texts))


def _is_note(texts: Sequence[str]) -> bool:
    text = texts[0]
    if NOTE.match(text) or len(texts) == 2:
        return True
    return len(text) > LONG_NOTE or len(text.split()) > 3 or text.endswith((".", ":"))


def _is_contact(text: str) -> bool:
    return "@" in text or bool(PHONE.fullmatch(text))
