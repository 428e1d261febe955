"""Words of a command that a person is to copy, quoted for a shell; and what a terminal shows."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass

# Not printable by Unicode, and yet a part of words: joiners of Indian and Persian script and of
# emoji, and the blank of Chinese and Japanese.
PARTS_OF_WORDS = "\u200c\u200d\u3000"


def is_shown(sign: str) -> bool:
    """Whether a terminal shows it as it is, and obeys nothing."""
    return sign.isprintable() or sign in PARTS_OF_WORDS


def quoted(word: str) -> str:
    """As `shlex.quote`; a word with signs that are not shown as bash, zsh and ksh read it."""
    if all(map(is_shown, word)):
        return shlex.quote(word)
    escaped = word.replace("\\", "\\\\").replace("'", "\\'")
    return f"$'{''.join(sign if is_shown(sign) else _octal(sign) for sign in escaped)}'"


def _octal(sign: str) -> str:
    """Octal has three digits at most, whatever stands behind it. A byte of a name that is no UTF-8
    comes as a lone surrogate."""
    return "".join(f"\\{byte:03o}" for byte in sign.encode(errors="surrogateescape"))


def quoted_path(path: str) -> str:
    """Never an option, whatever it begins with."""
    return quoted(f"./{path}" if path.startswith("-") else path)


def joined(words: Iterable[str]) -> str:
    return " ".join(map(quoted, words))


@dataclass(frozen=True, slots=True)
class Named:
    """What the person named by options, for the next commands; reading: such, as it is typed."""

    journal: str | None = None
    config: str | None = None
    account: str | None = None
    reading: str = ""

    @property
    def for_all(self) -> str:
        return self._options("journal", "config")

    @property
    def for_calls(self) -> str:
        """Of a command that calls the API."""
        return self._options("account", "journal", "config")

    def _options(self, *names: str) -> str:
        given = {name: value for name in names if (value := getattr(self, name))}
        return "".join(f" --{name} {quoted(value)}" for name, value in given.items())


NOTHING_NAMED = Named()
