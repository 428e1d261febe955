"""Words of a command that a person is to copy, quoted for a shell."""

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass

# What no terminal shows as it is. A byte of a name that is no UTF-8 comes as a lone surrogate.
UNSHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def quoted(word: str) -> str:
    """As `shlex.quote`; a word with signs that no terminal shows as bash, zsh and ksh read it."""
    if not UNSHOWN.search(word):
        return shlex.quote(word)
    escaped = word.replace("\\", "\\\\").replace("'", "\\'")
    return f"$'{UNSHOWN.sub(_octal, escaped)}'"


def quoted_path(path: str) -> str:
    """Never an option, whatever it begins with."""
    return quoted(f"./{path}" if path.startswith("-") else path)


def joined(words: Iterable[str]) -> str:
    return " ".join(map(quoted, words))


def _octal(found: re.Match[str]) -> str:
    """Octal has three digits at most, whatever stands behind it."""
    return "".join(f"\\{byte:03o}" for byte in found[0].encode(errors="surrogateescape"))


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
