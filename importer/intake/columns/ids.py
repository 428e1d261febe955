"""Numbers that are names of something, such as ids, postal codes and phones: did they lose zeros?

In: a column's texts, block by block. Out: how many digits most have, and which have fewer. Pure.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise, repeat

from importer.intake.columns.damage import DIGITS, Shape
from importer.intake.columns.seen import MOST_EXAMPLES, Seen

WORDS = re.compile(
    r"\b(?:zip|postal|post ?code|plz|postleitzahl|cap|cp|pin|pin ?code|id|ids|ident|no|nr|number|"
    r"nummer|num[ée]ro|phone|mobile|tel|telephone|telefon|handy|fax|code|sku|ean|isbn|gtin|iban|"
    r"account|konto|customer|kunden?(?:nr|nummer)?|member|badge|barcode|matricule|ref|reference)\b",
    re.IGNORECASE,
)
COUNTS = re.compile(
    r"\b(?:number of|no\.? of|count|anzahl|nombre de|n[úu]mero de|amount|qty)\b", re.IGNORECASE
)
FIELDS = re.compile(r"Phone|Mobile|Fax|(?i:zip|postal|code|_id\b|number)")
MOSTLY = 0.8  # of the cells are digits alone; the others are "n/a", or 12345-6789
WIDEST_GAP = 50  # on the average, between ids that were counted up
LONGEST = 40  # digits of two ids
ALONE = re.compile(rb"\n *0+ *(?=\n)")  # a line of a shape


def is_id(column: str, fields: Iterable[str]) -> bool:
    """fields: that the column feeds."""
    name = column.replace("_", " ")
    if COUNTS.search(name):
        return False
    return bool(WORDS.search(name)) or any(map(FIELDS.search, fields))


class IdTally:
    def __init__(self) -> None:
        self._widths: Counter[int] = Counter()
        self._by_width: dict[int, Seen] = {}
        self._has_zeros = False
        self._order = _Order()

    def add(self, numbers: Sequence[int], texts: Sequence[str], shape: Shape) -> None:
        """numbers: of the rows. shape: of the texts."""
        if shape.count(DIGITS) + shape.count(b"\n") < len(shape):
            if not ALONE.search(shape):
                return
            texts = [each if (each := text.strip()).isdecimal() else "" for text in texts]
        self._order.add(texts)
        widths = Counter(map(len, texts))
        widths.pop(0, None)
        self._widths += widths
        self._has_zeros = self._has_zeros or any(map(str.startswith, texts, repeat("0")))
        for width in widths:
            seen = self._by_width.setdefault(width, Seen())
            if len(seen.examples) < MOST_EXAMPLES:
                cells = zip(numbers, texts, strict=True)
                seen.add([cell for cell in cells if len(cell[1]) == width][:MOST_EXAMPLES], 0)

    def short(self, filled: int) -> tuple[int, Seen] | None:
        """Where nearly all are digits and none begins with 0: the width of most of them, and those
        that are one or two digits shorter. Numbers that were counted up are none of that.

        filled: cells of the column.
        """
        if not self._widths or self._has_zeros or self._order.is_counted:
            return None
        usual = max(self._widths, key=lambda width: (self._widths[width], width))
        short = Seen()
        for width in (usual - 1, usual - 2):
            if width in self._by_width:
                short.add(self._by_width[width].examples, self._widths[width])
        digits = self._widths.total()
        others = digits - self._widths[usual] - short.rows
        return (usual, short) if short.rows and not others and digits >= MOSTLY * filled else None


class _Order:
    """Whether each number is greater than the one before, or each is smaller, without big gaps."""

    def __init__(self) -> None:
        self._first = self._last = ""
        self._count = 0
        self._rises = self._falls = True

    def add(self, texts: Sequence[str]) -> None:
        filled = [text for text in texts if text] if self._rises or self._falls else []
        if not filled:
            return
        keys = [(len(text), text) for text in (self._last, *filled) if text]
        self._rises = self._rises and all(a < b for a, b in pairwise(keys))
        self._falls = self._falls and all(a > b for a, b in pairwise(keys))
        self._first, self._last = self._first or filled[0], filled[-1]
        self._count += len(filled)

    @property
    def is_counted(self) -> bool:
        if not (self._rises or self._falls) or len(self._first + self._last) > LONGEST:
            return False
        return abs(int(self._last) - int(self._first)) < WIDEST_GAP * self._count
