"""A text as plain words: small letters, no accents, one space between. Pure."""

import re
import unicodedata

CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
DIGITS = re.compile(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])")
TOGETHER = (
    (re.compile(r"\bno of\b"), "number of"),
    (re.compile(r"\be (mails?)\b"), r"e\1"),
    (re.compile(r"\blinked in\b"), "linkedin"),
    (re.compile(r"\bface book\b"), "facebook"),
    (re.compile(r"\bwhats app\b"), "whatsapp"),
    (re.compile(r"\bopt (out|in)\b"), r"opt \1"),
)
LATIN_MARKS = ("\u0300", "\u036f")
NUKTA = "\u093c"


def plain(name: str) -> str:
    """The name's words, in small letters without accents, one space between."""
    text = unicodedata.normalize("NFKC", name).replace("_", " ")
    text = text.replace("#", " number ").replace("№", " number ").replace("&", " ")
    text = DIGITS.sub(" ", CAMEL.sub(" ", text)).casefold()
    text = unicodedata.normalize("NFD", text).replace("\u0901", "\u0902")
    kept = (
        sign if unicodedata.category(sign)[0] in "LMN" or sign == "₹" else " "
        for sign in text
        if not LATIN_MARKS[0] <= sign <= LATIN_MARKS[1]
        and sign != NUKTA
        and sign not in "\u200c\u200d"
    )
    words = " ".join("".join(kept).split())
    for pattern, whole in TOGETHER:
        words = pattern.sub(whole, words)
    return words
