"""A full name's parts: first names, last name, title. Every word of it is in one of them. Pure.

nameparser tells what a word is; its text is taken from the cell as it was typed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from importer.intake.transforms.text import trim
from importer.intake.transforms.titles import LINKS, TITLES, WITH_POINT

if TYPE_CHECKING:
    from nameparser import ParsedName, Parser

LONGEST = 500  # characters: more is no name, and takes its time
MOST_KEPT = 8_192  # names; a block has 500 rows, and each is asked for two or three parts
COMMAS = ",،、\uff0c"  # of Arabic and Chinese too
WORD = re.compile(f"[^\\s{COMMAS}]+")
GLUED = re.compile(r"(?<![\w.])([^\W\d_]+)\.([^\W\d_]{2,})")  # Dr.Meier
# What begins a last name, and no first name where it is written small.
PARTICLES = frozenset({"van", "von", "vom", "zu", "zum", "zur", "de", "del", "della", "di", "da",
    "do", "dos", "das", "du", "des", "ter", "ten", "af"})  # fmt: skip
QUOTES = "\"'()[]“”\u2018\u2019„«»"  # around a nickname


@dataclass(frozen=True, slots=True)
class FullName:
    first: str = ""
    last: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word as it was typed. part: first, last or title."""

    text: str
    part: str


def split_name(cell: str) -> FullName:
    """The parts of the name; of a blank cell none."""
    text = trim(cell)
    if len(text) > LONGEST:
        return FullName(first=text)  # nothing of it is lost
    return _split(text)


@lru_cache(maxsize=MOST_KEPT)
def _split(text: str) -> FullName:
    text = GLUED.sub(_apart, text)
    name = _parser().parse(text)
    if name.tokens and all(token.role == "nickname" for token in name.tokens):
        bare = trim(text.strip(QUOTES))  # the whole name is in quotation marks
        if bare != text:
            return _split(bare)
    pieces = list(_pieces(text, name))
    words = [piece for piece in pieces if piece.part != "title"]
    if len(pieces) == len(words) == 1:  # behind a title, nameparser tells
        pieces = [Piece(words[0].text, "last" if text[-1] in COMMAS else "first")]
    elif len(words) > 1 and _begins_a_last_name(words):
        pieces = [replace(each, part="last") if each in words else each for each in pieces]
    return FullName(*(_joined(pieces, part) for part in ("first", "last", "title")))


def _begins_a_last_name(words: list[Piece]) -> bool:
    """Whether there is a last name alone, such as van der Berg."""
    firsts = [word for word in words if word.part == "first"]
    return firsts == words[:1] and firsts[0].text in PARTICLES


def _joined(pieces: list[Piece], part: str) -> str:
    return " ".join(piece.text for piece in pieces if piece.part == part)


def _pieces(text: str, name: "ParsedName") -> Iterator[Piece]:
    """The words, each with the part that it belongs to. One that nameparser left out goes with the
    next (born, née); a word may have two parts, as Korean names are written as one."""
    starts = [token.span.start for token in name.tokens if token.span]
    parts = [_part(token.role, token.text) for token in name.tokens if token.span]
    for word in WORD.finditer(text):
        inside = [i for i, start in enumerate(starts) if word.start() <= start < word.end()]
        if not inside:
            after = (part for start, part in zip(starts, parts, strict=True) if start > word.end())
            yield Piece(word[0], next(after, parts[-1] if parts else "first"))
            continue
        cuts = [word.start(), *(starts[i] for i in inside[1:]), word.end()]
        found = [
            Piece(text[start:end], parts[i])
            for i, start, end in zip(inside, cuts, cuts[1:], strict=False)
        ]
        alike = {piece.part for piece in found}
        yield from found if len(alike) > 1 else [Piece(word[0], found[0].part)]


def _part(role: str, text: str) -> str:
    """nameparser takes for a title also what may be a name (Prince), and what has a point (Mohd.):
    these are kept in the name."""
    if role == "title":
        return "title" if _is_title(text) else "first"
    return "last" if role in ("family", "maiden", "suffix") else "first"


def _is_title(text: str) -> bool:
    word = text.casefold().rstrip(".")
    return word in TITLES or word in LINKS or (word in WITH_POINT and text.endswith("."))


def _apart(match: re.Match[str]) -> str:
    word, whole = match[1].casefold(), match[0].casefold()
    if whole in TITLES or word not in TITLES | WITH_POINT:  # Sig.ra is one word
        return match[0]
    return f"{match[1]}. {match[2]}"


@cache
def _parser() -> "Parser":
    from nameparser import Lexicon, Parser, Policy

    usual, titles = Lexicon.default(), TITLES | WITH_POINT
    lexicon = replace(
        usual,
        titles=titles,
        given_name_titles=usual.given_name_titles & titles,
        after_given_titles=usual.after_given_titles & titles,
    )
    return Parser(lexicon=lexicon, policy=Policy(strip_emoji=False))


def _taken(part: str, cell: str) -> str:
    found: str = getattr(split_name(cell), part)
    return found


PARTS: dict[str, Callable[[str], str]] = {
    part: partial(_taken, part) for part in ("first", "last", "title")
}
