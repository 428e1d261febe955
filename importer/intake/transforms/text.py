"""Trimming and capitals: a text comes in, a text goes out, never a problem.

None of them looks at a language: `title` writes "Van Der Berg" for "van der berg".
"""

import re

ZERO_WIDTH = "\u200b\u2060\ufeff"  # zero width space, word joiner, byte order mark
# What str.isspace() names, and the above. Not the joiners U+200C and U+200D: words in Indian
# scripts end with them.
BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000" + ZERO_WIDTH
)
# Marks of direction, and the soft hyphen: chat programs and web pages put them around a number.
EDGES = BLANKS + "\xad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

# A word, its accents and apostrophes in it.
WORD = re.compile(r"[^\W_][\w\u0300-\u036f]*(?:['’][\w\u0300-\u036f]+)*")
# O'Neil and D'Angelo, but Anna's, Sana'a and В'ячеслав: one Latin letter, then two letters or more.
PREFIX = re.compile(r"[A-Za-zÀ-ɏ]['’](?=\w\w)")


def trim(cell: str) -> str:
    """Without white space and zero-width spaces at its ends."""
    return cell.strip(BLANKS)


def lower(cell: str) -> str:
    """In small letters."""
    return cell.lower()


def upper(cell: str) -> str:
    """In capitals: "ß" becomes "SS"."""
    return cell.upper()


def title(cell: str) -> str:
    """Each word with a capital; one in mixed case (McDonald) or with a digit (3rd) as typed."""
    return WORD.sub(_titled, cell)


def _titled(match: re.Match[str]) -> str:
    word = match[0]
    prefix = PREFIX.match(word)
    if prefix is None:
        return _capital(word)
    return _first_up(prefix[0]) + _capital(word[prefix.end() :])


def _capital(word: str) -> str:
    rest = word[1:]
    if any(map(str.isdigit, word)):
        return word
    if rest != rest.lower() and rest != rest.upper():
        return _first_up(word)
    return _first_up(word.lower())


def _first_up(word: str) -> str:
    capital = word[0].title()
    return capital + word[1:] if len(capital) == 1 else word
