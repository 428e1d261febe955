"""A text as one line of a terminal: shown, and not obeyed; and an object as one line of JSON.

Files, servers and names of files may hold what moves a cursor, renames a window, turns the
direction of writing, or begins a line that looks like ours.
"""

import json
import re
from typing import Any

from importer.quoting import is_shown

MOST_SHOWN = 10_000  # characters; all of it stands in the file, or in the object of --json
SURROGATE = re.compile(r"\\ud[89a-f]", re.IGNORECASE)


def one_line(text: str) -> str:
    """With escapes for all that is not printable, and no longer than can be read."""
    more = len(text) - MOST_SHOWN
    if more > 0:
        text = f"{text[:MOST_SHOWN]}… and {more:,} characters more"
    if text.isprintable():
        return text
    return "".join(sign if is_shown(sign) else _escaped(sign) for sign in text)


def json_line(value: object) -> str:
    r"""In ASCII. A lone surrogate, which stands for a byte that is no UTF-8 and which few readers
    take, is the text \udce9."""
    line = json.dumps(value)
    if SURROGATE.search(line):
        line = json.dumps(_without_lone_surrogates(value))
    return line.replace("\x7f", "\\u007f")


def _without_lone_surrogates(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode()
        case dict():
            return {key: _without_lone_surrogates(each) for key, each in value.items()}
        case list() | tuple():
            return [_without_lone_surrogates(each) for each in value]
    return value


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
