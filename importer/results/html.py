"""What our pages are made with: templates that escape, texts that hide nothing, a strict policy.

A text of a list is never taken for more than text: it is escaped, what is not printable stands as
its escape, and the page's own policy lets nothing run but our script, and nothing style but ours.
"""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from importer.quoting import is_shown

if TYPE_CHECKING:
    from jinja2 import Environment

UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
LONGEST_NAME = 100  # characters of a column's
MOST_SHOWN = 2_000  # characters of any text: a reason may list the columns of a wide file


def environment(filters: Mapping[str, Any], package: str = "importer.results") -> "Environment":
    """For a page; its templates are read from that package."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(lambda name: own(name, package)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=visible,
    )
    made.filters |= {"counted": counted, "share": share, "short": short, **filters}
    return made


def own(name: str, package: str = "importer.results") -> str:
    """A text that comes with the package."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def policy(style: str, script: str = "") -> str:
    """Nothing is fetched, sent or run but our style and our script."""
    scripts = f" script-src '{_hash(script)}';" if script else ""
    return (
        f"default-src 'none'; style-src '{_hash(style)}';{scripts}"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def visible(value: Any) -> Any:
    """A text without signs that hide or turn others; what is markup already is ours."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return shown(short(value, MOST_SHOWN))


def shown(text: str) -> str:
    return "".join(sign if is_shown(sign) else _escaped(sign) for sign in text)


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode()


# Filters of the templates


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def short(text: str, most: int = LONGEST_NAME) -> str:
    more = len(text) - most
    return text if more <= 0 else f"{text[:most]}… and {more:,} more characters"


def share(part: int, whole: int) -> str:
    """In percent: neither 0 nor 100 where it is only nearly so."""
    if not whole:
        return "–"
    percent = 100 * part / whole
    if 0 < percent < 1:
        return "<1%"
    if 99 < percent < 100:
        return ">99%"
    return f"{round(percent)}%"


def duration(seconds: float) -> str:
    """In its two largest units: `2 hours 5 minutes`."""
    rest = max(1, round(seconds))
    found: list[tuple[int, str]] = []
    for unit, size in UNITS:
        number, rest = divmod(rest, size)
        if number or found:
            found.append((number, unit))
    return " ".join(counted(number, unit) for number, unit in found[:2] if number)
