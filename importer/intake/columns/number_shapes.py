"""One number becomes what its signs tell of its column: digits do not count, their groups do. Pure.

In a shape every digit is a 9, but for a lone 0 before a sign: no thousands begin with it.
"""

import re
from enum import IntEnum
from typing import NamedTuple

from importer.intake.transforms.currencies import without_currency
from importer.intake.transforms.number import MINUS, SPACES
from importer.intake.transforms.text import EDGES

LONGEST = 64  # characters
APOSTROPHES = "'’"
BODY = re.compile(rf"[{MINUS}+]?(?P<body>[90{SPACES}{APOSTROPHES}.,]*[90])(?P<percent>\s*%)?")
GROUPS = r"9{1,3}(?:S9{3})+|9{1,2}(?:S9{2})*S9{3}"  # thousands, or lakhs


class Proof(IntEnum):
    """Which decimal sign explains a number."""

    NONE = 0  # no number
    PLAIN = 1  # any
    EITHER = 2  # any, and it is another number by the other
    COMMA = 3
    POINT = 4


class Seen(NamedTuple):
    """sign: of an EITHER, the one that stands in it. grouping: of the others, the one between
    thousands, as a mapping has it. currency: as written."""

    proof: Proof
    sign: str = ""
    grouping: str = ""
    currency: str = ""
    is_percent: bool = False


NO_NUMBER = Seen(Proof.NONE)


def classify(shape: str) -> Seen:
    """What the shape of a number alone tells."""
    text = shape.strip(EDGES)
    if len(text) > LONGEST:
        return NO_NUMBER
    text, currency = without_currency(text)
    match = BODY.fullmatch(text)
    if match is None:
        return NO_NUMBER
    proof, sign, grouping = _signs(match["body"])
    if proof is Proof.NONE:
        return NO_NUMBER
    return Seen(proof, sign, grouping, currency, match["percent"] is not None)


def _signs(body: str) -> tuple[Proof, str, str]:
    """The proof, the sign that is open, the grouping."""
    plain = body
    for sign in SPACES[1:]:
        plain = plain.replace(sign, " ")
    plain = plain.replace("’", "'")
    kinds = [sign for sign in " '.," if sign in plain]
    if not kinds:
        return Proof.PLAIN, "", ""
    last = max(kinds, key=plain.rfind)
    if len(kinds) == 1:
        return _of_one_sign(plain, last)
    first = next(sign for sign in kinds if sign != last)
    whole, _, _ = plain.partition(last)
    if len(kinds) > 2 or last not in ".," or plain.count(last) > 1 or not _is_grouped(whole, first):
        return Proof.NONE, "", ""
    return _decimal(last), "", _name(first)


def _of_one_sign(plain: str, sign: str) -> tuple[Proof, str, str]:
    grouped = _is_grouped(plain, sign)
    if sign not in ".,":
        return (Proof.PLAIN, "", _name(sign)) if grouped else (Proof.NONE, "", "")
    if plain.count(sign) > 1:
        other = "," if sign == "." else "."
        return (_decimal(other), "", sign) if grouped else (Proof.NONE, "", "")
    return (Proof.EITHER, sign, "") if grouped else (_decimal(sign), "", "")


def _decimal(sign: str) -> Proof:
    return Proof.COMMA if sign == "," else Proof.POINT


def _name(sign: str) -> str:
    return "space" if sign == " " else sign


def _is_grouped(whole: str, sign: str) -> bool:
    return re.fullmatch(GROUPS.replace("S", re.escape(sign)), whole) is not None
