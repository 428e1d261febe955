"""What a sentence in a header asks for. Pure."""

import re
from functools import cache

from importer.intake.suggest.words.questions import ASKED

MOST_LETTERS = 160  # of a header that is read so


def asked_for(words: str) -> str:
    """The meaning of a header in plain words; "" where it asks for nothing that is known."""
    if " " not in words or len(words) > MOST_LETTERS:
        return ""
    return next((meaning for meaning, pattern in _patterns() if pattern.search(words)), "")


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (meaning, re.compile(r"(?<!\S)(?:" + " ".join(text.split()).replace(" |", "|") + ")"))
        for meaning, text in ASKED.items()
    ]
