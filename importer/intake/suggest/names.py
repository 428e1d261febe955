"""What a column's name means, by the words of six languages. Pure; no value is looked at.

A name is made plain (small letters, no accents, words apart) and looked up: as a whole, with its
words in another order, without words that change nothing, without words that tell whose it is, part
by part, and last as a misspelling.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import combinations
from typing import NamedTuple

from importer.intake.suggest.words import english, french, german, hindi, portuguese, spanish

LANGUAGES = (english, german, french, spanish, portuguese, hindi)
CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
DIGITS = re.compile(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])")
PARENTHESES = re.compile(r"[(\[{<].*?[)\]}>]")
PARTS = re.compile(r"\s*(?:[/|,;\n\\•·]|\s[-–—]\s|\bor\b|\boder\b|\bou\b|\bo\b|\bया\b|:)\s*", re.I)
TOGETHER = (
    (re.compile(r"\be (mails?)\b"), r"e\1"),
    (re.compile(r"\blinked in\b"), "linkedin"),
    (re.compile(r"\bface book\b"), "facebook"),
    (re.compile(r"\bwhats app\b"), "whatsapp"),
    (re.compile(r"\bopt (out|in)\b"), r"opt \1"),
)
YEAR = re.compile("(?:19|20)[0-9]{2}")
NOT = frozenset(
    [
        "not",
        "dont",
        "never",
        "no",
        "kein",
        "keine",
        "keinen",
        "nicht",
        "pas",
        "nao",
        "unsubscribed",
        "unsubscribe",
        "abgemeldet",
        "abbestellt",
        "desinscrit",
        "desinscription",
        "stop",
        "refus",
        "sperre",
        "na",
        "mat",
        "nahin",
        "नहीं",
        "न",
        "ना",
        "मत",
        "baja",
    ]
)
MEDIA = {
    "do_not_sms": frozenset(["sms", "text", "texts", "एसएमएस"]),
    "do_not_call": frozenset(
        [
            "call",
            "calls",
            "phone",
            "calling",
            "phoned",
            "anruf",
            "anrufe",
            "anrufen",
            "telefon",
            "telefonate",
            "appeler",
            "appel",
            "appels",
            "telephone",
            "telephoner",
            "llamar",
            "llamada",
            "llamadas",
            "ligar",
            "ligacao",
            "ligacoes",
            "telefonar",
            "कॉल",
            "फोन",
        ]
    ),
    "do_not_email": frozenset(
        [
            "email",
            "emails",
            "mail",
            "mails",
            "mailing",
            "emailing",
            "mailings",
            "correo",
            "correos",
            "courriel",
            "courriels",
            "ईमेल",
            "marketing",
            "newsletters",
        ]
    ),
}
LATIN_MARKS = ("\u0300", "\u036f")
NUKTA = "\u093c"
SENTENCE = 6  # words: a question of a form
SHORTEST_NEAR = 5  # letters of a name that may be misspelt
MOST_TAGS = 4  # words that tell whose it is
LONG_NAME = 9  # letters: two of them may be wrong
UNITS = frozenset(
    [
        "usd",
        "eur",
        "inr",
        "gbp",
        "chf",
        "brl",
        "mxn",
        "aud",
        "cad",
        "rs",
        "us",
        "euros",
        "euro",
        "dollars",
        "dollar",
        "rupees",
        "₹",
        "pa",
    ]
)
SCALES = frozenset(
    [
        "teur",
        "keur",
        "tsd",
        "mio",
        "mrd",
        "k",
        "m",
        "mn",
        "million",
        "millions",
        "millionen",
        "crore",
        "crores",
        "cr",
        "lakh",
        "lakhs",
        "thousand",
    ]
)


class Tag(StrEnum):
    """Whose it is, or which of several."""

    WORK = "work"
    HOME = "home"
    COMPANY = "company"
    MAILING = "mailing"
    BILLING = "billing"
    OTHER = "other"
    FOREIGN = "foreign"  # of another person
    THING = "thing"  # of an event, an order
    SCALED = "scaled"  # in thousands or millions


class How(StrEnum):
    EXACT = "exact"  # the name, or all of its words that mean something
    PART = "part"  # one of several parts, or beside words that are not known
    NEAR = "near"  # but for a letter
    DEAD = "dead"  # by a word that no lead has a field for
    UNKNOWN = "unknown"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Meaning:
    """meaning: a key of the words' tables, "" where it is not known."""

    meaning: str = ""
    how: How = How.UNKNOWN
    tags: frozenset[Tag] = frozenset()
    is_question: bool = False
    words: str = ""


class Entry(NamedTuple):
    meaning: str
    language: int


def plain(name: str) -> str:
    """The name's words, in small letters without accents, one space between."""
    text = unicodedata.normalize("NFKC", name).replace("_", " ")
    text = text.replace("#", " number ").replace("№", " number ").replace("&", " ")
    text = DIGITS.sub(" ", CAMEL.sub(" ", text)).casefold()
    text = unicodedata.normalize("NFD", text).replace("\u0901", "\u0902")
    kept = (
        sign if unicodedata.category(sign)[0] in "LMN" or sign == "₹" else " "
        for sign in text
        if not LATIN_MARKS[0] <= sign <= LATIN_MARKS[1]
        and sign != NUKTA
        and sign not in "\u200c\u200d"
    )
    words = " ".join("".join(kept).split())
    for pattern, whole in TOGETHER:
        words = pattern.sub(whole, words)
    return words


def languages_of(names: Iterable[str]) -> tuple[int, ...]:
    """The languages, those that most of the names are found in first."""
    votes = Counter[int]()
    for name in names:
        found = {entry.language for entry in _lexicon().get(_compact(plain(name)), ())}
        for language in found:
            votes[language] += 2 if len(found) == 1 else 1
    return tuple(sorted(range(len(LANGUAGES)), key=lambda each: (-votes[each], each)))


def read_name(name: str, order: Sequence[int] = (), *, named: bool = True) -> Meaning:
    """order: of `languages_of`, by which words of several languages are decided."""
    words = plain(name)
    if (
        not named
        or not words
        or re.fullmatch(r"(?:column|field|unnamed|spalte|f|col|campo|colonne)?[ \d]*", words)
    ):
        return Meaning(how=How.UNNAMED, words=words)
    is_question = name.strip().endswith("?") or len(words.split()) >= SENTENCE
    found = _read_words(words, order)
    bare = plain(PARENTHESES.sub(" ", name))
    if found.how is not How.EXACT and bare and bare != words:
        outside = _read_words(bare, order)
        if outside.meaning and outside.how is How.EXACT:
            found = Meaning(outside.meaning, How.EXACT, outside.tags | _tags(words.split()))
    if found.meaning == "" or found.how is How.DEAD:
        found = _of_parts(name, order) or found
    if (not found.meaning or found.how is How.DEAD) and not is_question:
        found = _near(words, order, 1 if found.meaning else 2) or found
    if not found.meaning:
        found = _contained(words, order) or found
    return Meaning(found.meaning, found.how, found.tags, is_question, words)


def _read_words(words: str, order: Sequence[int]) -> Meaning:
    tokens = words.split()
    if meaning := _exact(tokens, order):
        return Meaning(meaning, How.EXACT)
    core = [token for token in tokens if not _is_neutral(token)]
    if core and (meaning := _exact(core, order)):
        return Meaning(meaning, How.EXACT)
    if negated := _negated(tokens):
        return Meaning(negated, How.EXACT)
    units = [token for token in core if token not in UNITS and token not in SCALES]
    if len(units) < len(core) and _exact(units, order) == "revenue":
        scaled = frozenset({Tag.SCALED}) if set(core) & SCALES else frozenset()
        return Meaning("revenue", How.EXACT, scaled)
    for each in (tokens, core):
        tagged = _tagged(each, order)
        if tagged:
            return tagged
    return _dead(tokens)


def _negated(tokens: Sequence[str]) -> str:
    """What is not to be done: `Do not allow phone calls`, `Keine Werbung per E-Mail`."""
    words = {*tokens}
    says_no = words & NOT or {"opt", "out"} <= words or words & {"optout", "opted"}
    if (
        not says_no
        or {"no", "of"} <= words
        or {"opt", "in"} <= words
        or words & {"number", "numero", "nr", "id", "fax"}
    ):
        return ""
    for meaning, media in MEDIA.items():
        if words & media:
            return meaning
    return ""


def _tagged(tokens: Sequence[str], order: Sequence[int]) -> Meaning | None:
    """What the words mean without those that tell whose it is; as few of these as can be."""
    places = [place for place, token in enumerate(tokens) if _tags([token])]
    for count in range(1, min(len(places), MOST_TAGS) + 1):
        for taken in combinations(places, count):
            rest = [token for place, token in enumerate(tokens) if place not in taken]
            if rest and (meaning := _exact(rest, order)):
                return Meaning(meaning, How.EXACT, _tags(tokens[place] for place in taken))
    return None


def _dead(tokens: Sequence[str]) -> Meaning:
    for token in tokens:
        if meaning := _dead_words().get(token):
            return Meaning(meaning, How.DEAD, _tags(tokens))
    return Meaning(tags=_tags(tokens))


def _of_parts(name: str, order: Sequence[int]) -> Meaning | None:
    """What parts with a slash or comma between mean: all of them that are known the same."""
    parts = [part for part in PARTS.split(name) if part.strip()]
    if len(parts) < 2 or len(parts) > 4:
        return None
    read = [_read_words(plain(part), order) for part in parts]
    known = [each for each in read if each.meaning and each.how is How.EXACT]
    meanings = {each.meaning for each in known}
    if len(meanings) == 1 and not (_tags(plain(name).split()) & {Tag.FOREIGN, Tag.THING}):
        how = How.EXACT if len(known) == len(read) else How.PART
        return Meaning(known[0].meaning, how, known[0].tags)
    pair = meanings - {"name", "contact"}
    if len(known) == len(read) and len(pair) == 1:
        return Meaning(pair.pop(), How.PART)
    return None


def _near(words: str, order: Sequence[int], wrong: int) -> Meaning | None:
    """But for one letter, or two of a long name; two that have changed places count as one."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if all(token in _known_tokens() for token in words.split()):
        return None  # nothing is misspelt
    core = [token for token in words.split() if not _is_neutral(token)]
    rest = [token for token in core if not _tags([token])]
    if Tag.COMPANY in _tags(core):
        rest = core
    for tokens in (words.split(), core, rest):
        text = "".join(tokens)
        if len(text) < SHORTEST_NEAR:
            continue
        most = wrong if len(text) >= LONG_NAME else 1
        found = process.extractOne(text, _keys(), scorer=OSA.distance, score_cutoff=most)
        if found and len(found[0]) >= SHORTEST_NEAR:
            return Meaning(_chosen(_lexicon()[found[0]], order), How.NEAR, _tags(tokens))
    return None


def _contained(words: str, order: Sequence[int]) -> Meaning | None:
    """The longest known name within, beside words that are not known."""
    tokens = words.split()
    for length in range(min(4, len(tokens) - 1), 0, -1):
        for start in range(len(tokens) - length + 1):
            part = tokens[start : start + length]
            if len("".join(part)) > 2 and (meaning := _exact(part, order)):
                return Meaning(meaning, How.PART, _tags(tokens))
    return None


def _exact(tokens: Sequence[str], order: Sequence[int]) -> str:
    if not tokens:
        return ""
    entries = _lexicon().get("".join(tokens)) or (
        _sorted_lexicon().get(" ".join(sorted(tokens))) if len(tokens) > 1 else None
    )
    return _chosen(entries, order) if entries else ""


def _chosen(entries: Sequence[Entry], order: Sequence[int]) -> str:
    rank = {language: place for place, language in enumerate(order)}
    return min(entries, key=lambda entry: rank.get(entry.language, entry.language)).meaning


def _compact(words: str) -> str:
    return words.replace(" ", "")


def _phrases() -> Iterator[tuple[str, Entry]]:
    for number, language in enumerate(LANGUAGES):
        for meaning, phrases in language.PHRASES.items():
            for phrase in phrases.split(","):
                for spelling in _spellings(phrase):
                    if words := plain(spelling):
                        yield words, Entry(meaning, number)


def _spellings(phrase: str) -> Iterator[str]:
    yield phrase
    if any(sign in phrase for sign in "äöü"):
        yield phrase.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")


@cache
def _lexicon() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for words, entry in _phrases():
        found.setdefault(_compact(words), []).append(entry)
    return {key: tuple(dict.fromkeys(entries)) for key, entries in found.items()}


@cache
def _sorted_lexicon() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for words, entry in _phrases():
        if " " in words:
            found.setdefault(" ".join(sorted(words.split())), []).append(entry)
    return {key: tuple(dict.fromkeys(entries)) for key, entries in found.items()}


@cache
def _keys() -> tuple[str, ...]:
    return tuple(_lexicon())


@cache
def _known_tokens() -> frozenset[str]:
    return frozenset(token for words, _ in _phrases() for token in words.split())


@cache
def _neutral() -> frozenset[str]:
    words = {plain(word) for each in LANGUAGES for word in each.NEUTRAL.split()}
    return frozenset({*words, "1"})


def _is_neutral(token: str) -> bool:
    return token in _neutral() or bool(YEAR.fullmatch(token))


def _tags(tokens: Iterable[str]) -> frozenset[Tag]:
    table = _tag_words()
    return frozenset(tag for token in tokens for tag in table.get(token, ()))


@cache
def _tag_words() -> dict[str, tuple[Tag, ...]]:
    found: dict[str, dict[Tag, None]] = {}
    for language in LANGUAGES:
        for tag in Tag:
            for word in getattr(language, tag.name, "").split():
                found.setdefault(plain(word), {})[tag] = None
    for tags in found.values():
        if Tag.WORK in tags:  # comercial: of a seller, and of an office
            tags.pop(Tag.FOREIGN, None)
    return {word: tuple(tags) for word, tags in found.items()}


@cache
def _dead_words() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for meaning, words in language.DEAD.items():
            for word in words.split():
                found.setdefault(plain(word), meaning)
    return found
