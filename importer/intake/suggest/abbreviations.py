"""What shortened names may mean: `Nachn.`, `Cmts`, `Adr. 2`. Pure.

A word may be short for another where it is its beginning, or has some of its letters in their
order, from the first on: up to the last, or all of its first consonants.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from importer.intake.suggest.lexicon import Entry, Tag, is_neutral, lexicon_words, tags_of
from importer.intake.suggest.plain import plain

VOWELS = frozenset("aeiouy")
LONGEST = 12  # letters of a short word
SHORTEST_BEGINNING = 3  # without a full stop
NUMBERS = frozenset({"no", "nr", "num", "nro"})
MOST_WORDS = 3
MOST_MEANINGS = 6
SHORT = re.compile(r"[^\W\d_]+\.?|\d+")


def expanded(name: str, order: Sequence[int]) -> tuple[str, ...]:
    """The meanings that it may be short for; those of the list's language come first."""
    words = [(plain(part), part.endswith(".")) for part in SHORT.findall(name)]
    words = [(word, stopped) for word, stopped in words if word and not _is_idle(word)]
    if not 0 < len(words) <= MOST_WORDS or not any(_is_short(*each) for each in words):
        return ()
    found: dict[str, tuple[bool, int]] = {}
    rank = {language: place for place, language in enumerate(order)}
    for entry, is_beginning in _entries(words):
        place = not is_beginning, rank.get(entry.language, entry.language)
        found[entry.meaning] = min(place, found.get(entry.meaning, place))
    ranked = sorted(found, key=lambda meaning: found[meaning])
    return tuple(ranked[:MOST_MEANINGS])


def _is_idle(word: str) -> bool:
    return is_neutral(word) or Tag.HOME in tags_of([word])


def is_short_for(short: str, word: str, *, stopped: bool = False) -> bool:
    if len(short) >= len(word) or not short or short[0] != word[0] or not short.isalpha():
        return False
    if word.startswith(short):
        return stopped or len(short) >= SHORTEST_BEGINNING or not {*short} & VOWELS
    bare = [sign for sign in word if sign not in VOWELS]
    if not stopped and not _is_bare(short):
        kept = [sign for sign in short if sign not in VOWELS]
        return len(kept) > 3 and bare[: len(kept)] == kept and _is_within(short, word)
    if stopped and len(short) > 2 and _is_bare(short) and _is_within(short, word):
        return True
    if bare[: len(short)] == [*short] and 3 * len(short) >= len(bare):
        return True
    return short[-1] == word[-1] and 3 * len(short) >= len(word) and _is_within(short, word)


def _is_short(word: str, stopped: bool) -> bool:
    if word in NUMBERS:
        return False
    return word.isalpha() and 2 <= len(word) <= LONGEST and (stopped or len(word) <= 5)


def _is_bare(short: str) -> bool:
    """Of consonants, but for a vowel at its end."""
    return not any(sign in VOWELS for sign in short[:-1])


def _is_within(short: str, word: str) -> bool:
    rest = iter(word)
    return all(sign in rest for sign in short)


def _entries(words: Sequence[tuple[str, bool]]) -> Iterator[tuple[Entry, bool]]:
    """With whether each word is the beginning of one of the phrase's."""
    phrases = lexicon_words()
    choices = [_longer(word, stopped) for word, stopped in words]
    if any(not each for each in choices):
        return
    count = 1
    for each in choices:
        count *= len(each)
    if count > 5000:
        return
    for whole in product(*choices):
        if all(long == word for long, (word, _) in zip(whole, words, strict=True)):
            continue
        begins = all(long.startswith(word) for long, (word, _) in zip(whole, words, strict=True))
        for entry in phrases.get(" ".join(whole), ()):
            yield entry, begins


@cache
def _longer(word: str, stopped: bool) -> tuple[str, ...]:
    """Words that it may be, itself among them."""
    found = [word]
    if _is_short(word, stopped):
        found += [
            each for each in _tokens().get(word[0], ()) if is_short_for(word, each, stopped=stopped)
        ]
    return tuple(found)


@cache
def _tokens() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for words in lexicon_words():
        for word in words.split():
            found.setdefault(word[0], {})[word] = None
    return {first: tuple(each) for first, each in found.items()}
