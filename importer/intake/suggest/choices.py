"""The values of a column against the options of a drop-down. Pure.

The same but for capitals and spaces; the same country; the same by a table of synonyms; the nearest
by spelling. The last two are for a person to check.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from importer.intake.suggest.geography import country_code
from importer.intake.suggest.plain import plain

NEAR = 88  # of 100
SHORTEST_NEAR = 5
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
    def is_needed(self) -> bool:
        """Whether any value differs from its option."""
        return any(value != option for value, option in self.pairs)


def draft_choices(options: Sequence[str], values: Iterable[str]) -> Drafted:
    exact, folded, countries = {*options}, _folded(options), _countries(options)
    pairs: list[tuple[str, str]] = []
    doubtful: list[str] = []
    unknown: list[str] = []
    for value in values:
        if value in exact:
            pairs.append((value, value))
        elif option := folded.get(_fold(value)) or countries.get(country_code(value) or "?"):
            pairs.append((value, option))
        elif option := _synonym(value, options) or _nearest(value, options):
            pairs.append((value, option))
            doubtful.append(value)
        else:
            unknown.append(value)
    return Drafted(pairs, doubtful, unknown)


def fitting(options: Sequence[str], values: Sequence[str], *, exact: bool = False) -> float:
    """0 to 1: of the different values that are options, or go by one."""
    if not values:
        return 0.0
    if exact:
        folded = _folded(options)
        return sum(_fold(value) in folded for value in values) / len(values)
    found = draft_choices(options, values)
    return len(found.pairs) / len(values)


def _fold(text: str) -> str:
    return plain(text).replace(" ", "")


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
