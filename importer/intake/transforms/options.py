"""What a mapping may say about a transform, and how a wrong value is told."""

from collections.abc import Callable
from dataclasses import dataclass

from importer.model import Problem

Transform = Callable[[str], str | Problem]
"""Pure. Blank text stays as it is. A Problem's column is None, and its `why` continues a sentence
that the caller begins with the column and the value: the reason, then `; ` and what to write."""


@dataclass(frozen=True, slots=True)
class Options:
    """The keys beside `transform:`, as typed; each transform takes those that it knows.

    region: of phone numbers without +, as ISO 3166-1 alpha-2. formats: in the parts YYYY YY MM M
    MMM DD D HH H hh mm ss A, or the name of a count; none: ISO, and what the column proves.
    timezone: an IANA name. true, false: texts, none: the usual ones. decimal, grouping: the signs
    in a number; percent: keep or share; each None where the mapping does not say it.
    """

    region: str | None = None
    formats: tuple[str, ...] = ()
    timezone: str = "UTC"
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    decimal: str | None = None
    grouping: str | None = None
    percent: str | None = None

    @property
    def signs(self) -> tuple[str, str]:
        """Decimal and grouping, where nothing but the mapping tells: `1234.50`, or what fits the
        one that it names."""
        decimal = self.decimal or ("," if self.grouping == "." else ".")
        return decimal, self.grouping or ""


class OptionError(ValueError):
    """A value that an option can't have: what is wrong, and how to mend it."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix
