"""Paths as the journal keeps them, whose texts are all UTF-8; names of files need not be."""

import os

OTHER_BYTES = "\0"  # no path has one: what follows are its bytes, a sign each


def kept(path: str) -> str:
    try:
        path.encode()
    except UnicodeEncodeError:
        return OTHER_BYTES + os.fsencode(path).decode("latin-1")
    return path


def path_of(text: str) -> str:
    if not text.startswith(OTHER_BYTES):
        return text
    return os.fsdecode(text.removeprefix(OTHER_BYTES).encode("latin-1"))
