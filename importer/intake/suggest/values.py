"""What a column's values are, whatever it is called. Pure.

In: some of the column's texts, from all over it, and how many it has. Out: how large a part of them
is of each kind.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from importer.intake.columns.date_shapes import Kind, classify
from importer.intake.suggest import kinds
from importer.intake.suggest.geography import CAR_CODES, country_code, is_state
from importer.intake.suggest.plain import plain
from importer.intake.suggest.topics import is_source

EMAIL = re.compile(r"(?:mailto:)?[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]{2,}", re.I)
URL = re.compile(r"(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}(?:/\S*)?", re.I)
PHONE = re.compile(r"(?:[a-z]{1,4}:)?[+(]?[\d\s()./\-–xX+]{6,25}(?:ext\.?\s*\d+)?", re.I)
NUMBER = re.compile(
    r"[-+]?[^\w\s@]{0,2}\s?[\d][\d.,'’\s]*\s?(?:%|[€$£₹]|[A-Z]{3})?|[A-Z]{3}\s?[\d.,]+|Rs\.?\s?[\d.,]+"
)
INTEGER = re.compile(r"[-+]?\d+")
DECIMAL = re.compile(r"-?\d{1,3}[.,]\d{2,}")
IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|(?=.*:.*:)[0-9a-fA-F:]{6,39}")
ZIP = re.compile(r"(?:z:)?(?=.*\d)[A-Za-z0-9][A-Za-z0-9 \-]{2,9}")
TIME = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp][Mm])?|\d+\s?(?:min|mins|minutes|h|hours?|s|sec)\.?"
)
HEX_ID = re.compile(
    r"(?=.*\d)[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}|(?:00[0-9a-zA-Z]{13}(?:[0-9A-Z]{3})?)|(?=.*\d)[A-Z]{1,5}[-_]?\d{3,}|[a-z]+:\d{6,}"
)
NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0900-\u097f]|[ .'’\-,\u200c\u200d])*")
HANDLE = re.compile(r"@\w{1,15}")
GROUPS = re.compile(r"[\d\s()./\-–+]+")
DATED = frozenset({Kind.ISO, Kind.FORM, Kind.ORDERED, Kind.SHORT})
LOOKED_AT = 400  # values: more change no share
PHONE_DIGITS = range(7, 16)
ZONE = re.compile(
    r"(?:[A-Z][A-Za-z]+/[A-Z][A-Za-z_/]+|GMT|UTC|IST|CET|EST|PST|CST|MST|(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d{2})?)"
)
PROSE = 5  # words on the average


@dataclass(frozen=True)
class Values:
    """texts: some, stripped, none blank. filled: of the whole column. rows: of the list. distinct:
    all different texts with their counts, None where there are too many."""

    texts: Sequence[str]
    filled: int
    rows: int
    distinct: Sequence[str] | None = None
    _shares: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    def share(self, kind: str) -> float:
        """0 to 1: of the values that are of that kind; 0 where there are none."""
        if kind not in self._shares:
            texts = self.texts[:LOOKED_AT]
            count = sum(map(bool, map(KINDS[kind], texts)))
            self._shares[kind] = count / len(texts) if texts else 0.0
        return self._shares[kind]

    @property
    def is_blank(self) -> bool:
        return not self.filled

    @cached_property
    def is_constant(self) -> bool:
        return self.filled > 2 and self.distinct is not None and len(self.distinct) == 1

    @cached_property
    def is_unique(self) -> bool:
        return len(self.texts) > 2 and len({*self.texts}) == len(self.texts)

    @cached_property
    def words(self) -> float:
        """On the average."""
        texts = self.texts[:LOOKED_AT]
        return sum(len(text.split()) for text in texts) / len(texts) if texts else 0.0

    @cached_property
    def is_counted(self) -> bool:
        """1, 2, 3, …: of the rows."""
        texts = self.texts[:LOOKED_AT]
        if len(texts) < 3 or not all(text.isdecimal() and len(text) < 10 for text in texts):
            return False
        numbers = list(map(int, texts))
        return all(b > a for a, b in pairwise(numbers))

    @cached_property
    def usual(self) -> Sequence[str]:
        """The different values, the most frequent of the sample first."""
        return [text for text, _ in Counter(self.texts).most_common()]

    @property
    def examples(self) -> Sequence[str]:
        return self.usual[:3]


def _is_phone(text: str) -> bool:
    digits = sum(map(str.isdigit, text))
    if not PHONE.fullmatch(text) or digits not in PHONE_DIGITS:
        return False
    if IP.fullmatch(text):
        return False
    return classify(text).kind not in DATED


def _is_name(text: str) -> bool:
    return bool(NAME.fullmatch(text)) and len(text) <= 60 and len(text.split()) <= 5


def _is_company(text: str) -> bool:
    words = plain(text).split()
    if kinds.COMPANY & {*words} or (len(words) > 1 and words[-1] in kinds.LEGAL):
        return True
    return len(words) > 1 and any(word.endswith(kinds.COMPANY_ENDS) for word in words)


def _is_title(text: str) -> bool:
    words = plain(text).split()
    return bool(kinds.TITLES & {*words}) or any(
        word.startswith(kinds.TITLE_STEMS) or word.endswith(kinds.TITLE_ENDS) for word in words
    )


def _any_of(table: frozenset[str]) -> Callable[[str], bool]:
    return lambda text: plain(text) in table


KINDS: dict[str, Callable[[str], object]] = {
    "email": EMAIL.fullmatch,
    "has_email": lambda text: "@" in text and "." in text,
    "url": lambda text: (
        URL.fullmatch(text) and not EMAIL.fullmatch(text) and not IP.fullmatch(text)
    ),
    "link": lambda text: text.lower().startswith(("http", "www.")),
    "linkedin": lambda text: "linkedin.com" in text.lower(),
    "facebook": lambda text: "facebook.com" in text.lower() or "fb.com" in text.lower(),
    "twitter": lambda text: "twitter.com" in text.lower() or "//x.com" in text.lower(),
    "handle": HANDLE.fullmatch,
    "phone": _is_phone,
    "number": NUMBER.fullmatch,
    "integer": INTEGER.fullmatch,
    "decimal": DECIMAL.fullmatch,
    "ip": IP.fullmatch,
    "zip": ZIP.fullmatch,
    "time": TIME.fullmatch,
    "date": lambda text: classify(text).kind in DATED,
    "clock": lambda text: classify(text).kind in DATED and ":" in text,
    "id": HEX_ID.fullmatch,
    "name": _is_name,
    "words": lambda text: len(text.split()) > 1,
    "company": _is_company,
    "title": _is_title,
    "salutation": lambda text: plain(text) in kinds.SALUTATIONS,
    "yes_no": lambda text: text.casefold() in kinds.YES or text.casefold() in kinds.NO,
    "status": _any_of(kinds.STATUSES),
    "country": country_code,
    "car_code": CAR_CODES.__contains__,
    "state": is_state,
    "zone": ZONE.fullmatch,
    "source": lambda text: {*plain(text).split()} & kinds.SOURCES or is_source(text),
    "digits": lambda text: any(map(str.isdigit, text)),
    "letters": lambda text: any(map(str.isalpha, text)),
    "capitals": lambda text: text.isupper() and sum(map(str.isalpha, text)) >= 3,
    "small": lambda text: text.islower() and sum(map(str.isalpha, text)) >= 3,
}


def of_texts(texts: Iterable[str], rows: int | None = None) -> Values:
    """Of a whole column: for who has no list."""
    kept = [text for each in texts if (text := each.strip())]
    return Values(kept, len(kept), rows or len(kept), tuple(dict.fromkeys(kept)))


def shown(values: Values) -> str:
    """Some of them, in quotation marks."""
    return ", ".join(f'"{text[:30]}"' for text in values.examples)
