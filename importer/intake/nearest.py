"""The name that somebody meant, among those that there are."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

LONGEST = 100  # characters: to compare two texts takes their lengths multiplied
MOST = 2_000  # names to compare with
LIKE = 0.75  # of 1: below it the nearest is another word (New York and Norway: 0.57)


def nearest_of(text: str, names: Sequence[str]) -> str | None:
    """The one that differs least, capitals, spaces and signs aside; None where none is near."""
    plain = _plain(text)
    if not plain or len(text) > LONGEST:
        return None
    compared = [name for name in names[:MOST] if len(name) <= LONGEST]
    by_plain = {_plain(name): name for name in reversed(compared)}
    if plain in by_plain:
        return by_plain[plain]
    close = get_close_matches(plain, by_plain, n=1, cutoff=LIKE)
    return by_plain[close[0]] if close else None


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
