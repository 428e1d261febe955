"""How well a text reads: what people write weighs more than what bytes happen to give.

In: cells, decoded in some encoding. Out: their weight. Which encodings there are is not known
here, and no file is read.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from importer.intake.source.alphabets import Language, neighbours

TOKEN = re.compile(r"[^\W\d_ªº²³¹¼½¾µ]+|[^\x00-\x7f]")
WORD_BREAK = re.compile(r"[\W\d_]")

# What a character is worth, from one that is usual downwards. Set by trial: names, towns and
# companies of 29 languages from Faker 40.54, files of 1 to 20 such cells.
USUAL, LIKELY, NEUTRAL, RARE = 1.0, 0.5, 0.0, -0.5
ODD, UNFIT, MISPLACED, WRONG, ABSURD = -1.0, -1.5, -2.0, -3.0, -6.0
HANGUL = 1.05  # Korean can be read as everyday Chinese, and must win the tie; Chinese rarely can
MAIN_LANGUAGE = 0.4  # what the language of the whole file counts; the rest is each word's best

OPENING = "“‘„‚«‹¿¡"
CLOSING = "”’»›…™®"
DASHES = "–—"
MONEY = "€£¥¢"
ORDINALS = "ªº°"  # 3ª, 2º, N°
POWERS = "²³"
# What stands around an apostrophe: don’t, Rock’n’Roll; dell’Arte, aujourd’hui.
SHORTENED = frozenset({"s", "t", "re", "ll", "ve", "d", "m", "n"})
ELIDED = frozenset({"dell", "nell", "all", "sull", "dall", "quell", "aujourd"})


class Script(Enum):
    LATIN = auto()
    CYRILLIC = auto()
    EAST_ASIAN = auto()  # kana, hangul, ideographs
    OTHER = auto()


@dataclass(slots=True)
class Weight:
    """sum: of what all that is not ASCII is worth, a byte. size: in bytes."""

    sum: float = 0.0
    size: int = 0

    @property
    def mean(self) -> float:
        return self.sum / self.size if self.size else USUAL

    def add(self, worth: float, size: int) -> None:
        self.sum += worth * size
        self.size += size


@dataclass(slots=True)
class Scale:
    """Weighs the same cells in one encoding after the other, and remembers their words."""

    _languages: list[Language] = field(default_factory=neighbours)
    _known: dict[str, list[float]] = field(default_factory=dict)

    def weigh(
        self, cells: Iterable[str], codec: str, everyday: re.Pattern[bytes] | None = None
    ) -> Weight:
        """everyday: the bytes of those East Asian characters that are in daily use."""
        weight = Weight()
        words: list[tuple[list[float], int]] = []
        for cell in cells:
            line = f" {cell} "
            for match in TOKEN.finditer(line):
                token = match[0]
                if token.isascii():
                    continue
                size = _size(token, codec)
                if not token.isalpha() or token in ORDINALS or _is_in_number(line, match):
                    weight.add(_symbol(line, match.start()), size)
                elif {*map(_script, token)} in ({Script.LATIN}, {Script.CYRILLIC}):
                    words.append((self._word(token), size))
                else:
                    weight.add(_foreign(token, codec, everyday), size)
        self._add(words, weight)
        return weight

    def _word(self, word: str) -> list[float]:
        """What the word's letters are worth, on average, in each language."""
        if word not in self._known:
            shape = _shape(word)
            self._known[word] = [max(_spelling(word, t) + shape, WRONG) for t in self._languages]
        return self._known[word]

    def _add(self, words: list[tuple[list[float], int]], weight: Weight) -> None:
        """Each word by the language that fits it best, and by the one that fits them all best."""
        sums = [sum(worths[i] * n for worths, n in words) for i in range(len(self._languages))]
        main = sums.index(max(sums))
        for worths, size in words:
            worth = MAIN_LANGUAGE * worths[main] + (1 - MAIN_LANGUAGE) * max(worths)
            weight.add(worth, size)


def _size(token: str, codec: str) -> int:
    """How many bytes are not ASCII in the token; one for each that could not be decoded."""
    return sum(
        1 if char == "\ufffd" else len(char.encode(codec)) for char in token if not char.isascii()
    )


def _script(char: str) -> Script:
    """By Unicode's blocks."""
    code = ord(char)
    if code < 0x250 or 0x1E00 <= code < 0x1F00:
        return Script.LATIN
    if 0x400 <= code < 0x530:
        return Script.CYRILLIC
    return Script.EAST_ASIAN if code >= 0x2E80 else Script.OTHER


def _is_in_number(line: str, match: re.Match[str]) -> bool:
    """A letter by itself beside a digit, such as what € is in another encoding."""
    sides = line[match.start() - 1] + line[match.end()]
    return len(match[0]) == 1 and any(map(str.isdigit, sides)) and ord(match[0]) < 0x530


def _spelling(word: str, language: Language) -> float:
    """Whether the letters stand beside letters that they stand beside in this language."""
    padded = f"_{word.lower()}_"
    worths = [
        _letter(before, letter, after, language)
        for before, letter, after in zip(padded, padded[1:], padded[2:], strict=False)
        if not letter.isascii()
    ]
    mean = sum(worths) / len(worths)
    return min(mean, LIKELY) if len(word) == 1 else mean


def _letter(before: str, letter: str, after: str, language: Language) -> float:
    if letter not in language:
        return MISPLACED
    left, right = language[letter]
    return ((USUAL if before in left else UNFIT) + (USUAL if after in right else UNFIT)) / 2


def _shape(word: str) -> float:
    """Capitals inside a word, where a letter that is not ASCII has to do with them."""
    if word.islower() or word.isupper() or word.istitle():
        return NEUTRAL
    broken = sum(
        second.isupper() and (not second.isascii() or (first.islower() and not first.isascii()))
        for first, second in pairwise(word)
    )
    return WRONG * broken / sum(not char.isascii() for char in word)


def _foreign(word: str, codec: str, everyday: re.Pattern[bytes] | None) -> float:
    """A word in another script than the Latin and the Cyrillic, or in two."""
    scripts = {*map(_script, word)}
    if scripts == {Script.OTHER}:
        return LIKELY + _shape(word)
    if scripts == {Script.EAST_ASIAN}:
        return sum(_east_asian(char, codec, everyday) for char in word) / len(word)
    others = [char for char in word if _script(char) is not Script.EAST_ASIAN]
    if len(others) == len(word) or not all(map(str.isascii, others)):
        return WRONG
    return NEUTRAL if len(others) == 1 or all(map(str.isupper, others)) else ODD


def _east_asian(char: str, codec: str, everyday: re.Pattern[bytes] | None) -> float:
    if "ｦ" <= char <= "ￜ":  # half-width katakana and hangul
        return ODD
    if everyday is None:
        return NEUTRAL
    if not everyday.fullmatch(char.encode(codec)):
        return RARE
    return HANGUL if "가" <= char <= "힣" else USUAL


def _symbol(line: str, at: int) -> float:
    """What is no letter, by its kind and by what stands on either side."""
    before, char, after = line[at - 1], line[at], line[at + 1]
    category = unicodedata.category(char)
    if category in ("Cc", "Cn", "Co", "Cs"):
        return ABSURD
    if char == "\ufffd" or "\u2500" <= char <= "\u25ff":  # not decoded; boxes
        return WRONG
    if category[0] == "M" or "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uff60":
        return LIKELY  # marks on letters; East Asian punctuation
    if char in OPENING + CLOSING + DASHES:
        return _punctuation(line, at)
    if char in MONEY:
        return MISPLACED if before.isalpha() or after.isalpha() else LIKELY
    if char in ORDINALS:
        return USUAL if before.isdigit() or before in "nN." else UNFIT
    if char in POWERS:
        return LIKELY if before.isdigit() or before in "mM" else UNFIT
    if char == "µ":
        return UNFIT if before.isalpha() else LIKELY
    if char.isalpha():
        return UNFIT
    return (NEUTRAL, UNFIT, WRONG)[before.isalpha() + after.isalpha()]


def _punctuation(line: str, at: int) -> float:
    before, char, after = line[at - 1], line[at], line[at + 1]
    if char == "’" and before.isalpha() and after.isalpha():
        return LIKELY if _is_apostrophe(line[:at], line[at + 1 :]) else MISPLACED
    if char in DASHES:
        if before.isalpha() and after.isupper():  # Hubli–Dharwad
            return NEUTRAL
        return ODD if before.isalpha() or after.isalpha() else LIKELY
    if char in OPENING:
        return MISPLACED if before.isalnum() or after.isspace() else LIKELY
    return MISPLACED if before.isspace() or after.isalnum() else LIKELY


def _is_apostrophe(before: str, after: str) -> bool:
    """don’t, d’Angelo, O’Brien, Dell’Acqua; but not Mart’nez, which was Martínez in Mac Roman."""
    left, right = WORD_BREAK.split(before)[-1], WORD_BREAK.split(after)[0]
    return (
        right.lower() in SHORTENED
        or left.lower() in ELIDED
        or len(left) <= 2
        or right[:1].isupper()
    )
