"""What a column's name means, by the words of six languages. Pure; no value is looked at.

A name is made plain (small letters, no accents, words apart) and looked up: as a whole, with its
words in another order, without words that change nothing, without words that tell whose it is, part
by part, and last as a misspelling.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from importer.intake.suggest.abbreviations import expanded
from importer.intake.suggest.lexicon import (
    LANGUAGES,
    MEDIA,
    MEDIA_STEMS,
    NOT,
    SCALES,
    TO_SEND,
    UNITS,
    Entry,
    Tag,
    compact,
    dead_words,
    hindi_by_sound,
    is_neutral,
    keys,
    known_tokens,
    lexicon,
    sorted_lexicon,
    sound,
    tags_of,
)
from importer.intake.suggest.plain import plain
from importer.intake.suggest.questions import asked_for

PARENTHESES = re.compile(r"[(\[{<].*?[)\]}>]")
PARTS = re.compile(r"\s*(?:[/|,;\n\\•·]|\s[-–—]\s|\bor\b|\boder\b|\bou\b|\bo\b|\bया\b|:)\s*", re.I)
SENTENCE = 6  # words: a question of a form
SHORTEST_NEAR = 5  # letters of a name that may be misspelt
POST = frozenset({"post", "postal", "postalisch", "brief", "courrier", "carta", "cartas", "dak"})
PLACES = frozenset({"city", "street2", "district", "location"})
MOST_PARTS = 6
MOST_TAGS = 4  # words that tell whose it is
STREET_NUMBERS = """
    num no nr n numero number hausnr hausnummer hnr house door haus ext int exterior interior y
    e et und and u makaan makan flat nos numeros plot"""
LONG_NAME = 12  # letters: two of them may be wrong


class How(StrEnum):
    EXACT = "exact"  # the name, or all of its words that mean something
    PART = "part"  # one of several parts, or beside words that are not known
    NEAR = "near"  # but for a letter
    DEAD = "dead"  # by a word that no lead has a field for
    SHORT = "short"  # an abbreviation
    ASKED = "asked"  # by a sentence
    UNKNOWN = "unknown"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Meaning:
    """meaning: a key of the words' tables, "" where it is not known. may_be: what an abbreviation
    is short for."""

    meaning: str = ""
    how: How = How.UNKNOWN
    tags: frozenset[Tag] = frozenset()
    is_question: bool = False
    words: str = ""
    may_be: tuple[str, ...] = ()


def languages_of(names: Iterable[str]) -> tuple[int, ...]:
    """The languages, those that most of the names are found in first."""
    votes = Counter[int]()
    for name in names:
        found = {entry.language for entry in lexicon().get(compact(plain(name)), ())}
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
    is_long = len(words.split()) >= SENTENCE and not {*"/|"} & {*name}
    is_question = name.strip().endswith("?") or is_long
    found = _read_words(words, order)
    bare = plain(PARENTHESES.sub(" ", name))
    if found.how is not How.EXACT and bare and bare != words:
        outside = _read_words(bare, order)
        if outside.meaning and outside.how is How.EXACT:
            inside = tags_of(words.split()) | _of_others(words, bare, order)
            found = Meaning(outside.meaning, How.EXACT, outside.tags | inside)
    if found.meaning == "" or found.how is How.DEAD:
        found = _of_parts(name, order) or found
    if not found.meaning and not is_question and (spoken := hindi_by_sound().get(sound(words))):
        found = Meaning(_chosen(spoken, order), How.NEAR, found.tags)
    if (not found.meaning or found.how is How.DEAD) and not is_question:
        found = _near(words, order, 1 if found.meaning else 2) or found
    if not found.meaning or found.how is How.DEAD:
        found = _at_length(name, words, order, is_question, bool(found.meaning)) or found
    found = _with_doubt(name, found, order)
    return replace(found, is_question=is_question, words=words)


def _of_others(words: str, bare: str, order: Sequence[int]) -> frozenset[Tag]:
    """Whether what stands in parentheses is of somebody of the company that asks."""
    inside = [token for token in words.split() if token not in bare.split()]
    owners = any(_exact([token], order) in ("owner", "other_person") for token in inside)
    return frozenset({Tag.FOREIGN}) if owners else frozenset()


def _at_length(
    name: str, words: str, order: Sequence[int], is_question: bool, dead: bool
) -> Meaning | None:
    if meaning := asked_for(words):
        return Meaning(meaning, How.ASKED, tags_of(words.split()) - {Tag.WORK, Tag.COMPANY})
    if not is_question and (may_be := expanded(name, order)):
        return Meaning(may_be[0], How.SHORT, may_be=may_be)
    return _contained(words, order) if not dead else None


def _with_doubt(name: str, found: Meaning, order: Sequence[int]) -> Meaning:
    """Two parts with a slash between, of which one has another meaning, or none."""
    if found.how is not How.EXACT or not found.tags or "/" not in name:
        return found
    first, _, last = (plain(part).split() for part in name.rpartition("/"))
    if _exact(first, order) and last and not _exact(last, order) and tags_of(last):
        return replace(found, how=How.PART)
    return found


def _read_words(words: str, order: Sequence[int]) -> Meaning:
    tokens = words.split() or [""]
    if meaning := _exact(tokens, order):
        return Meaning(meaning, How.EXACT)
    if tokens[-1] == "1" and (meaning := _exact(tokens[:-1], order)):
        return Meaning(meaning, How.EXACT)
    core = [token for token in tokens if not is_neutral(token)]
    if core and (meaning := _exact(core, order)):
        return Meaning(meaning, How.EXACT)
    if _is_street(core, order):
        return Meaning("street1", How.EXACT)
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
        if words & media and not words & POST:
            return meaning
    return _negated_at_length(tokens)


def _negated_at_length(tokens: Sequence[str]) -> str:
    """Of a longer name, by beginnings of words: `Telefonische Werbung nicht erwünscht`."""
    is_plain_no = {*tokens} & NOT <= {"no", "na"}  # a number too
    if {*tokens} & POST or (is_plain_no and not any(token.startswith(TO_SEND) for token in tokens)):
        return ""
    for meaning, stems in MEDIA_STEMS.items():
        for token in tokens:
            if token.startswith(stems) or any(stem in token for stem in stems if len(stem) > 4):
                return meaning
    return ""


def _is_street(tokens: Sequence[str], order: Sequence[int]) -> bool:
    """A street with its number: `Calle y núm.`"""
    rest = [token for token in tokens if token not in STREET_NUMBERS.split()]
    return 0 < len(rest) < len(tokens) and _exact(rest, order) == "street1"


def _tagged(tokens: Sequence[str], order: Sequence[int]) -> Meaning | None:
    """What the words mean without those that tell whose it is; as few of these as can be."""
    places = [place for place, token in enumerate(tokens) if tags_of([token])]
    for count in range(1, min(len(places), MOST_TAGS) + 1):
        for taken in combinations(places, count):
            rest = [token for place, token in enumerate(tokens) if place not in taken]
            if rest and (meaning := _exact(rest, order)):
                return Meaning(meaning, How.EXACT, tags_of(tokens[place] for place in taken))
    return None


def _dead(tokens: Sequence[str]) -> Meaning:
    for token in tokens:
        if meaning := dead_words().get(token):
            return Meaning(meaning, How.DEAD, tags_of(tokens))
    return Meaning(tags=tags_of(tokens))


def _of_parts(name: str, order: Sequence[int]) -> Meaning | None:
    """What parts with a slash or comma between mean: all of them that are known the same."""
    parts = [part for part in PARTS.split(name) if part.strip()]
    if len(parts) < 2 or len(parts) > MOST_PARTS:
        return None
    read = [_read_words(plain(part), order) for part in parts]
    known = [each for each in read if each.meaning and each.how is How.EXACT]
    meanings = {each.meaning for each in known}
    if len(meanings) == 1 and not (tags_of(plain(name).split()) & {Tag.FOREIGN, Tag.THING}):
        how = How.EXACT if len(known) == len(read) else How.PART
        return Meaning(known[0].meaning, how, known[0].tags)
    if known and meanings <= PLACES:  # City/Town/Village
        return Meaning("city" if "city" in meanings else known[0].meaning, How.PART)
    pair = meanings - {"name", "contact"}
    if len(known) == len(read) and len(pair) == 1:
        return Meaning(pair.pop(), How.PART)
    return None


def _near(words: str, order: Sequence[int], wrong: int) -> Meaning | None:
    """But for one letter, or two of a long name; two that have changed places count as one."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if all(token in known_tokens() for token in words.split()):
        return None  # nothing is misspelt
    core = [token for token in words.split() if not is_neutral(token)]
    rest = [token for token in core if not tags_of([token])]
    if Tag.COMPANY in tags_of(core):
        rest = core
    for tokens in (words.split(), core, rest):
        text = "".join(tokens)
        if len(text) < SHORTEST_NEAR:
            continue
        most = wrong if len(text) >= LONG_NAME else 1
        found = process.extractOne(text, keys(), scorer=OSA.distance, score_cutoff=most)
        if found and len(found[0]) >= SHORTEST_NEAR:
            return Meaning(_chosen(lexicon()[found[0]], order), How.NEAR, tags_of(tokens))
    return None


def _contained(words: str, order: Sequence[int]) -> Meaning | None:
    """The longest known name within, beside words that are not known."""
    tokens = words.split()
    for length in range(min(4, len(tokens) - 1), 0, -1):
        for start in range(len(tokens) - length + 1):
            part = tokens[start : start + length]
            if len("".join(part)) > 2 and (meaning := _exact(part, order)):
                return Meaning(meaning, How.PART, tags_of(tokens))
    return None


def _exact(tokens: Sequence[str], order: Sequence[int]) -> str:
    if not tokens:
        return ""
    entries = lexicon().get("".join(tokens)) or (
        sorted_lexicon().get(" ".join(sorted(tokens))) if len(tokens) > 1 else None
    )
    return _chosen(entries, order) if entries else ""


def _chosen(entries: Sequence[Entry], order: Sequence[int]) -> str:
    rank = {language: place for place, language in enumerate(order)}
    return min(entries, key=lambda entry: rank.get(entry.language, entry.language)).meaning
