"""How a column writes its numbers: decided by all of its values together. Pure.

What is kept of the values is how often each shape was met, such as 9.999,99.
"""

import re
from collections import Counter
from collections.abc import Sequence

from importer.intake.columns.codes import Codes
from importer.intake.columns.number_shapes import LONGEST, Proof, Seen, classify
from importer.intake.columns.reading import NumberReading
from importer.intake.transforms.currencies import same_currency

ZERO = "\x01"  # a lone 0, until all other digits are a 9
AS_NINES = bytes.maketrans(b"012345678" + ZERO.encode(), b"9" * 9 + b"0")
LONE_ZERO = re.compile(r"0(?=[.,][0-9])(?<![0-9.,'’]0)")


class NumberTally:
    """Takes a column's values, block by block, and tells how they are to be read."""

    def __init__(self) -> None:
        self._codes: Codes[bytes, Seen] = Codes(_classify, LONGEST)

    def add(self, texts: Sequence[str]) -> None:
        """texts: of cells that are text and not blank; white space at their ends is passed over."""
        if texts:
            self._codes.add(_shapes(texts))

    def reading(self) -> NumberReading:
        """Of all that was added."""
        return _decided(self._codes.counts())


def _classify(shape: bytes) -> Seen:
    return classify(shape.decode("utf-8", "surrogatepass"))


def _shapes(texts: Sequence[str]) -> list[bytes]:
    joined = "\n".join(texts)
    if joined.count("\n") != len(texts) - 1:
        joined = "\n".join(text.strip().replace("\n", "\0") for text in texts)
    if "0." in joined or "0," in joined:
        joined = LONE_ZERO.sub(ZERO, joined)
    return joined.encode("utf-8", "surrogatepass").translate(AS_NINES).split(b"\n")


def _decided(seen: Counter[Seen]) -> NumberReading:
    by_comma, by_point, either, none = (
        sum(count for each, count in seen.items() if each.proof is proof)
        for proof in (Proof.COMMA, Proof.POINT, Proof.EITHER, Proof.NONE)
    )
    decimal: str | None = "," if by_comma else "."
    is_mixed = bool(by_comma and by_point)
    if is_mixed or (either and not by_comma and not by_point):
        decimal = None
    numbers = sum(seen.values()) - none
    percent = sum(count for each, count in seen.items() if each.is_percent)
    return NumberReading(
        decimal=decimal,
        grouping=None if is_mixed else _grouping(seen, decimal),
        currency=_currency(seen),
        percent=0 < percent == numbers,
        by_comma=by_comma,
        by_point=by_point,
        either=either,
        others=none,
    )


def _grouping(seen: Counter[Seen], decimal: str | None) -> str:
    """The sign that stands most often between thousands; "" where there is none."""
    signs = Counter[str]()
    seen = Counter({k: n for k, n in seen.items() if decimal or k.proof is Proof.EITHER})
    for each, count in seen.items():
        signs[each.sign if each.sign != decimal else ""] += count
        signs[each.grouping] += count
    del signs[""]
    return signs.most_common(1)[0][0] if signs else ""


def _currency(seen: Counter[Seen]) -> str:
    """As it is written most often; "" where there are several, or none."""
    written = Counter[str]()
    for each, count in seen.items():
        if each.currency:
            written[each.currency] += count
    one = len({same_currency(token) for token in written}) == 1
    return written.most_common(1)[0][0] if one else ""
