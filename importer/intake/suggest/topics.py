"""What a text is about, by the words of six languages: of a header, a field, a value. Pure."""

from collections.abc import Iterable, Mapping
from functools import cache

from importer.intake.suggest.plain import plain
from importer.intake.suggest.words.topics import FIELD_TOPICS, IDLE, VALUE_TOPICS, WEAK

ROMANS = "0 1 ii iii iv 5 6 vii viii ix x xi xii"  # vi and v are words too
ROMAN = {word: str(number) for number, word in enumerate(ROMANS.split())}
SIZE = frozenset({"size", "company"})  # how many people work there
SOURCES = frozenset(["web", "referral", "tradeshow", "direct", "advertisement"])
FEW = 5  # letters that two words begin with at least, to be of one stem
JOINED = (
    ("real estate", "realestate"),
    ("trade show", "tradeshow"),
    ("trade fair", "tradefair"),
    ("walk in", "walkin"),
    ("home loan", "homeloan"),
    ("post graduate", "postgraduate"),
    ("e commerce", "ecommerce"),
    ("non profit", "nonprofit"),
    ("direct mail", "mailing"),
    ("direct mailing", "mailing"),
    ("cold call", "coldcall"),
)


def words_of(text: str) -> list[str]:
    """Its words that say something, in plain form."""
    words = plain(text.replace("%", " percent "))
    for apart, whole in JOINED:
        words = words.replace(apart, whole)
    said = [word for word in words.split() if word not in _idle()]
    return [ROMAN.get(word, word) for word in said or words.split()]


def topics_of_name(text: str) -> frozenset[str]:
    """Of a header or of a field's name; a word of no topic stands for itself."""
    found = frozenset(topic for word in words_of(text) for topic in _of_name(word))
    return found - {"size"} | {"number", "people"} if found >= SIZE else found


def topics_of_value(text: str) -> frozenset[str]:
    found = frozenset(topic for word in words_of(text) for topic in _of_value(word))
    return found - {"now"} if "no_plan" in found else found


def is_source(text: str) -> bool:
    """Whether a value tells where a lead is from."""
    return bool(topics_of_value(text) & SOURCES)


def likeness(header: frozenset[str], field: frozenset[str]) -> float:
    """0 to 1: the part of their topics that both have. Weak ones count little beside others."""
    both = {*header} & {*field}
    both |= {word for word in header for other in field if _is_stem(word, other)}
    if not both:
        return 0.0
    apart = sum(map(_weight, header - both))
    apart += sum(_weight(word) for word in field - both if not _has_stem(word, both))
    same = sum(map(_weight, both))
    return same / (same + apart)


def is_weak(topics: Iterable[str]) -> bool:
    return all(topic in _weak() for topic in topics)


def _weight(topic: str) -> float:
    return 0.3 if topic in _weak() else 1.0


def _is_stem(word: str, other: str) -> bool:
    least = min(len(word), len(other))
    return least >= FEW and word[:least] == other[:least] and len(word) + len(other) < 3 * least


def _has_stem(word: str, both: Iterable[str]) -> bool:
    return any(_is_stem(word, other) for other in both)


@cache
def _of_name(word: str) -> frozenset[str]:
    return _found(word, FIELD_TOPICS) or frozenset([word])


@cache
def _of_value(word: str) -> frozenset[str]:
    return _found(word, VALUE_TOPICS) | _found(word, FIELD_TOPICS) or frozenset([word])


def _found(word: str, topics: Mapping[str, str]) -> frozenset[str]:
    exact, beginnings = _table(topics is VALUE_TOPICS)
    found = {*exact.get(word, ())}
    longest = next((n for n in range(len(word), 2, -1) if word[:n] in beginnings), 0)
    found.update(beginnings.get(word[:longest], ()))
    if not found and len(word) > 2 * FEW:  # a German compound
        for start in range(3, len(word) - FEW + 1):
            end = word[start:]
            if end in exact or end in beginnings:
                return frozenset(exact.get(end, beginnings.get(end, ())))
    return frozenset(found)


@cache
def _table(of_values: bool) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """Whole words, and beginnings of words, with their topics."""
    exact: dict[str, list[str]] = {}
    beginnings: dict[str, list[str]] = {}
    for topic, words in (VALUE_TOPICS if of_values else FIELD_TOPICS).items():
        for word in words.split():
            table = beginnings if word.endswith("*") else exact
            table.setdefault(plain(word.rstrip("*")), []).append(topic)
    return exact, beginnings


@cache
def _idle() -> frozenset[str]:
    return frozenset(plain(word) for word in IDLE.split())


@cache
def _weak() -> frozenset[str]:
    return frozenset(WEAK.split())
