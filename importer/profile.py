"""What a list looked like, as a value, and as a text that is kept: to hold the next one against it.

No value of a row is in it.
"""

import json
from dataclasses import dataclass
from enum import StrEnum

VERSION = 1  # of the kinds too: where a column would come to another by a new release, one more


class Kind(StrEnum):
    """What a column's values are, whatever it is called."""

    EMAIL = "email"
    URL = "url"
    DATE = "date"
    PHONE = "phone"
    NUMBER = "number"
    DIGITS = "digits"  # so many that they are a phone's, or a large number's
    SERIAL = "serial"  # numbers that are days as Excel counts them, or any others
    YES_NO = "yes_no"  # 1 and 0 too
    CODE = "code"  # digits with letters or signs: an address, a time
    TEXT = "text"  # without digits


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """name: as a mapping names the column. blank: 0 to 1, the share of its cells without a value.
    kind: a `Kind` of nearly all its values; "" where they are of several, or there are none."""

    name: str
    blank: float
    kind: str = ""


@dataclass(frozen=True, slots=True)
class FileProfile:
    """columns: in their order. rows: that are not blank."""

    columns: tuple[ColumnProfile, ...]
    rows: int


def dump(profile: FileProfile) -> str:
    columns = [[each.name, each.blank, each.kind] for each in profile.columns]
    return json.dumps({"version": VERSION, "rows": profile.rows, "columns": columns})


def load(text: str) -> FileProfile | None:
    """None for what `dump` did not write, or not the `dump` of this release."""
    try:
        found = json.loads(text)
        if found["version"] != VERSION:
            return None
        columns = tuple(ColumnProfile(*each) for each in found["columns"])
        profile = FileProfile(columns, found["rows"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return profile if _is_sound(profile) else None


def _is_sound(profile: FileProfile) -> bool:
    return (
        type(profile.rows) is int
        and profile.rows >= 0
        and all(
            isinstance(each.name, str)
            and isinstance(each.kind, str)
            and type(each.blank) in (int, float)
            and 0 <= each.blank <= 1
            for each in profile.columns
        )
    )
