"""A text as one line of a terminal: shown, and not obeyed.

Files, servers and names of files may hold what moves a cursor, renames a window, turns the
direction of writing, or begins a line that looks like ours.
"""

# Not printable by Unicode, and yet a part of words: joiners of Indian and Persian script and of
# emoji, and the blank of Chinese and Japanese.
PARTS_OF_WORDS = "\u200c\u200d\u3000"
MOST_SHOWN = 10_000  # characters; all of it stands in the file, or in the object of --json


def one_line(text: str) -> str:
    """With escapes for all that is not printable, and no longer than can be read."""
    more = len(text) - MOST_SHOWN
    if more > 0:
        text = f"{text[:MOST_SHOWN]}… and {more:,} characters more"
    if text.isprintable():
        return text
    return "".join(sign if _is_shown(sign) else _escaped(sign) for sign in text)


def _is_shown(sign: str) -> bool:
    return sign.isprintable() or sign in PARTS_OF_WORDS


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
