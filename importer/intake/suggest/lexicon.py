"""The words of six languages, made ready to be looked up."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from importer.intake.suggest.plain import plain
from importer.intake.suggest.words import english, french, german, hindi, portuguese, spanish

LANGUAGES = (english, german, french, spanish, portuguese, hindi)
ASPIRATED = re.compile("([kgcjtdb])h")
DOUBLED = re.compile(r"(.)\1+")
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
        "ne",
        "jamais",
        "ninguna",
        "ningun",
        "sans",
        "ohne",
        "sin",
        "sem",
        "refuse",
        "refuser",
        "unerwunscht",
        "verboten",
        "rechaza",
        "recusa",
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
# Beginnings of words for a medium; in German they stand within words too.
MEDIA_STEMS = {
    "do_not_sms": ("sms",),
    "do_not_call": (
        "anruf", "angeruf", "telefon", "llamad", "llama", "appel", "ligac", "ligar", "phon",
        "telephon", "calls", "demarchage", "kol",
    ),
    "do_not_email": (
        "mail", "email", "correo", "courriel", "publicid", "publicit", "werb", "promo", "boletin",
        "newsletter", "infolettre", "offres", "ofertas", "prospect", "pub", "anuncio", "marketing",
        "विज्ञापन", "vigyapan", "प्रचार",
    ),
}  # fmt: skip
# Words beside a No that make it one: to send, to get, to allow.
TO_SEND = (
    "send", "enviar", "envi", "manda", "recib", "receb", "receiv", "recev", "erhalt", "erlaub",
    "zulass", "zusend", "senden", "allow", "want", "wish", "wunsch", "quier", "desea", "deseja",
    "quer", "souhait", "accept", "acept", "aceita", "kontakt", "contact", "contat", "bhej", "भेज",
    "chahi", "चाहि", "per", "por", "par", "via", "autoriz", "permit", "interes", "gewunsch",
    "llam", "lig", "appel", "call",
)  # fmt: skip
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


class Entry(NamedTuple):
    meaning: str
    language: int


def compact(words: str) -> str:
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
def lexicon() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for words, entry in _phrases():
        found.setdefault(compact(words), []).append(entry)
    return {key: tuple(dict.fromkeys(entries)) for key, entries in found.items()}


@cache
def sorted_lexicon() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for words, entry in _phrases():
        if " " in words:
            found.setdefault(" ".join(sorted(words.split())), []).append(entry)
    return {key: tuple(dict.fromkeys(entries)) for key, entries in found.items()}


@cache
def lexicon_words() -> dict[str, tuple[Entry, ...]]:
    """As `lexicon`, with a space between a phrase's words."""
    found: dict[str, list[Entry]] = {}
    for words, entry in _phrases():
        found.setdefault(words, []).append(entry)
    return {words: tuple(dict.fromkeys(entries)) for words, entries in found.items()}


@cache
def hindi_by_sound() -> dict[str, tuple[Entry, ...]]:
    """Hindi in Latin letters, however it is spelled."""
    found: dict[str, list[Entry]] = {}
    for words, entry in _phrases():
        if LANGUAGES[entry.language] is hindi and words.isascii():
            found.setdefault(sound(words), []).append(entry)
    return {key: tuple(dict.fromkeys(entries)) for key, entries in found.items() if len(key) > 4}


def sound(words: str) -> str:
    """`janam tareekh` as `janm tarikh`: no short a, no h behind a consonant, no double letters."""
    text = words.replace("ee", "i").replace("oo", "u").replace("w", "v").replace("z", "j")
    text = ASPIRATED.sub(r"\1", text.replace("ph", "f").replace("sh", "s"))
    return DOUBLED.sub(r"\1", text.replace("a", "").replace(" ", "").replace("y", "i"))


@cache
def keys() -> tuple[str, ...]:
    return tuple(lexicon())


@cache
def known_tokens() -> frozenset[str]:
    return frozenset(token for words, _ in _phrases() for token in words.split())


@cache
def _neutral() -> frozenset[str]:
    words = {plain(word) for each in LANGUAGES for word in each.NEUTRAL.split()}
    return frozenset({*words, "1"})


def is_neutral(token: str) -> bool:
    return token in _neutral() or bool(YEAR.fullmatch(token))


def tags_of(tokens: Iterable[str]) -> frozenset[Tag]:
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
def dead_words() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for meaning, words in language.DEAD.items():
            for word in words.split():
                found.setdefault(plain(word), meaning)
    return found
