"""Texts as YAML: plain where nobody can take them for anything else, else in quotes. Pure."""

import re
from typing import Any

LONGEST_KEY = 1000  # YAML 1.2, 7.4.2: an implicit key has at most 1,024 characters
FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`=<~")
JOINERS = "\u200c\u200d"
FLOW = frozenset(",[]{}?")  # PyYAML ends a text in a list at a ? too
NUMBER_LIKE = re.compile(r"[-+.]?\d[\d._,:eExXoO+-]*|[-+.]+(?:inf|nan)", re.IGNORECASE)
ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def scalar(text: str) -> str:
    """The text so that it reads back, in any place of a mapping."""
    if _is_plain(text):
        return text
    if all(map(_is_shown, text)):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def listed(texts: list[str]) -> str:
    """One alone without brackets."""
    return scalar(texts[0]) if len(texts) == 1 else f"[{', '.join(map(scalar, texts))}]"


def comment(text: str) -> str:
    """The text on one line, with nothing that a file or a terminal would obey."""
    return "".join(
        sign if _is_shown(sign) else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(text.split())
    )


def can_be_written(text: str) -> bool:
    """Whether YAML can have it at all: half a sign it can not."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _is_plain(text: str) -> bool:
    if not text or text[0] in FIRST or text != text.strip() or text.endswith(":"):
        return False
    if ": " in text or " #" in text or FLOW & {*text} or not all(map(_is_shown, text)):
        return False
    return not NUMBER_LIKE.fullmatch(text) and _is_text(text)


def _is_text(text: str) -> bool:
    """Whether a reader takes it for text, and not for a number, a date, or yes or no."""
    from yaml import ScalarNode
    from yaml.resolver import Resolver

    resolver: Any = Resolver()
    tag = resolver.resolve(ScalarNode, text, (True, False))
    return bool(tag == "tag:yaml.org,2002:str") and text not in ("y", "n", "Y", "N")


def _is_shown(sign: str) -> bool:
    return (sign.isprintable() and sign != "\ufffe") or sign in JOINERS


def _escaped(sign: str) -> str:
    if sign in ESCAPES:
        return ESCAPES[sign]
    if _is_shown(sign):
        return sign
    number = ord(sign)
    return (
        f"\\x{number:02x}"
        if number < 0x100
        else f"\\u{number:04x}"
        if number < 0x10000
        else f"\\U{number:08x}"
    )
