"""The values of a column against the options of a drop-down. Pure.

The same but for capitals and spaces; the same country. Then, for a person to check: the same by a
table of synonyms, a range that holds it, the nearest by spelling, the one of the same topics.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from importer.intake.suggest.abbreviations import is_short_for
from importer.intake.suggest.devanagari import is_devanagari, skeleton, spelled
from importer.intake.suggest.geography import CAR_CODES, country_code
from importer.intake.suggest.plain import plain
from importer.intake.suggest.ranges import within
from importer.intake.suggest.topics import ROMAN, is_weak, topics_of_value

NEAR = 88  # of 100
SHORTEST_NEAR = 5
LEAST_OVERLAP = 0.4  # of the topics of a value and an option
BETTER = 0.1  # than the second
MOST_FITTED = 60  # different values that tell whether they are options
# Groups of words for one thing; a value goes to the one option that has one of the same group.
SYNONYMS = (
    "yes ja oui si sí sim y true 1 हाँ haan",
    "no nein non não nao n false 0 नहीं nahi",
    "mr herr m monsieur sr senor senhor shri श्री mister",
    "mrs frau mme madame sra senora senhora smt श्रीमती",
    "ms miss mlle srta सुश्री",
    "web website internet online webform web_form web_site site webseite",
    "trade_show tradeshow exhibition fair messe salon feria feira expo trade_fair",
    "referral referred empfehlung recommandation recomendacion recomendacao indicacao reference"
    " word_of_mouth",
    "direct direkt directo direto",
    "event veranstaltung evenement evento",
    "email e_mail mail",
    "phone telephone telefon telefono telefone call phone_call",
    "male m mannlich homme masculino",
    "female f w weiblich femme femenino feminino",
)
# Hot, warm and cold for high, medium and low.
LEVEL_WORDS = (
    "hot high hoch heiss eleve haut chaud alta alto caliente quente a gorm",
    "warm medium mittel moyen tiede media medio tibio morno b",
    "cold low niedrig kalt faible froid baja bajo baixa baixo frio c",
)


@dataclass(frozen=True, slots=True)
class Drafted:
    """pairs: value and option. doubtful: those of the pairs that are to be checked. unknown: values
    that fit none."""

    pairs: Sequence[tuple[str, str]]
    doubtful: Sequence[str]
    unknown: Sequence[str]

    @property
    def needed(self) -> dict[str, str]:
        """Of the values that are no options themselves: those pass as they are."""
        return {value: option for value, option in self.pairs if value != option}


def draft_choices(options: Sequence[str], values: Iterable[str]) -> Drafted:
    exact, folded, countries = {*options}, _folded(options), _countries(options)
    guess: _Guess | None = None
    pairs: list[tuple[str, str]] = []
    doubtful: list[str] = []
    unknown: list[str] = []
    for value in values:
        if value in exact:
            pairs.append((value, value))
        elif option := folded.get(_fold(value)) or countries.get(country_code(value) or "?"):
            pairs.append((value, option))
        elif option := (guess := guess or _Guess(options, countries)).of(value):
            pairs.append((value, option))
            doubtful.append(value)
        else:
            unknown.append(value)
    return Drafted(pairs, doubtful, unknown)


class _Guess:
    """What an option is meant by, where it is not written so."""

    def __init__(self, options: Sequence[str], countries: Mapping[str, str]) -> None:
        self._options, self._countries = options, countries
        self._topics = [(option, topics_of_value(option)) for option in options]
        self._skeletons = [(option, skeleton(option)) for option in options]

    def of(self, value: str) -> str:
        """ "" where none is meant, or where several may be."""
        if self._countries:
            code = CAR_CODES.get(value.strip(), "?")
            return self._countries.get(code) or _nearest(value, self._options)
        if option := within(value, self._options):
            return option
        found = self._in_words(value)
        return found if _numbers(found) in ((), _numbers(value)) else ""

    def _in_words(self, value: str) -> str:
        return (
            _synonym(value, self._options)
            or _nearest(value, self._options)
            or self._shortened(value)
            or self._alike(value)
            or self._spelled(value)
        )

    def _alike(self, value: str) -> str:
        """The one option whose topics the value has, or most of them."""
        topics = topics_of_value(value)
        ranked = sorted(
            ((_overlap(topics, each), option) for option, each in self._topics),
            key=lambda each: -each[0],
        )
        if not ranked or ranked[0][0] < LEAST_OVERLAP:
            return ""
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < BETTER:
            return ""
        return ranked[0][1]

    def _shortened(self, value: str) -> str:
        """The one option whose words, each, the value has in full or short."""
        words = plain(value).split()
        found = [option for option in self._options if _is_short_of(words, plain(option).split())]
        return found[0] if len(found) == 1 else ""

    def _spelled(self, value: str) -> str:
        """An English word in Devanagari, or as a language near to English has it."""
        letters, sounds = spelled(value), skeleton(value)
        least = 3 if is_devanagari(value) else 4
        found = [
            option
            for option, each in self._skeletons
            if _fold(option) == letters or (len(sounds) >= least and each == sounds)
        ]
        return found[0] if len(found) == 1 else ""


def _is_short_of(words: Sequence[str], option: Sequence[str]) -> bool:
    """Word by word, from the first; the last may be the first letters of what is left."""
    if len(words) == 1:
        initials = "".join(each[0] for each in option)
        is_start = len(words[0]) > 2 and len(option) == 1 and option[0].startswith(words[0])
        return is_start or (len(initials) > 1 and words[0] == initials)
    for place, word in enumerate(words):
        rest = option[place:]
        if not rest:
            return False
        if word == rest[0] or is_short_for(word, rest[0], stopped=True):
            continue
        initials = "".join(each[0] for each in rest)
        is_last = place == len(words) - 1
        return is_last and len(rest) > 1 and word.startswith(initials) and len(word) < 5
    return len(words) == len(option)


def _numbers(text: str) -> tuple[str, ...]:
    """The numbers and single letters that tell one of many of a kind from another."""
    words = [ROMAN.get(word, word) for word in plain(text).split()]
    return tuple(word for word in words if word.isdigit() or len(word) == 1)


def _overlap(value: frozenset[str], option: frozenset[str]) -> float:
    """0 to 1: of the topics of both, those that both have; all of either is nearly all."""
    both = value & option
    if not both or is_weak(both):
        return 0.0
    return 0.5 * len(both) / len(option) + 0.5 * len(both) / len(value)


def fitting(options: Sequence[str], values: Sequence[str], *, exact: bool = False) -> float:
    """0 to 1: of the different values that are options, or go by one."""
    if not values:
        return 0.0
    if exact:
        folded = _folded(options)
        return sum(_fold(value) in folded for value in values) / len(values)
    values = values[:MOST_FITTED]
    found = draft_choices(options, values)
    return len(found.pairs) / len(values)


def _fold(text: str) -> str:
    """But for capitals, accents and spaces; `250+` is not 250."""
    return plain(text).replace(" ", "") + "".join(sign for sign in text if sign in "+<>≥≤")


def _folded(options: Sequence[str]) -> Mapping[str, str]:
    """Those that differ by more than capitals and spaces."""
    found: dict[str, list[str]] = {}
    for option in options:
        found.setdefault(_fold(option), []).append(option)
    return {key: same[0] for key, same in found.items() if len(same) == 1}


def _countries(options: Sequence[str]) -> Mapping[str, str]:
    codes = [(country_code(option), option) for option in options]
    named = [each for each in codes if each[0]]
    if len(named) < len(options) / 2:
        return {}
    return dict(reversed(named))


def _synonym(value: str, options: Sequence[str]) -> str:
    word = plain(value).replace(" ", "_")
    for group in (*SYNONYMS, *LEVEL_WORDS):
        words = {plain(each).replace(" ", "_") for each in group.split()}
        if word in words:
            found = [each for each in options if plain(each).replace(" ", "_") in words]
            if len(found) == 1:
                return found[0]
    return ""


def _nearest(value: str, options: Sequence[str]) -> str:
    from rapidfuzz import fuzz, process

    wanted = _fold(value)
    if len(wanted) < SHORTEST_NEAR:
        return ""
    folded = [_fold(option) for option in options]
    found = process.extract(wanted, folded, scorer=fuzz.ratio, score_cutoff=NEAR, limit=2)
    if not found or (len(found) > 1 and found[0][1] - found[1][1] < 5):
        return ""
    return options[found[0][2]]
