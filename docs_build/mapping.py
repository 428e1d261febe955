"""The mapping file: its keys, and its transforms."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from docs_build.tables import code, codes, said, table
from importer.intake.mapping_file import (
    ColumnEntry,
    FieldEntry,
    MappingFile,
    SplitName,
    Treatment,
)
from importer.intake.transforms.registry import TRANSFORMS

# What a transform gives, and what it refuses.
WORDS: Mapping[str, tuple[str, str]] = {
    "trim": ("the text without white space at its ends, invisible spaces too", ""),
    "lower": ("small letters", ""),
    "upper": ("capitals", ""),
    "title": ("a capital for each word; a word in mixed case (McDonald) as typed", ""),
    "owner": (
        "the Id of the account's user who has that e-mail or name, for `OwnerId`; see"
        " [Check a list against the account](../how-to/check-against-the-account.md)",
        "",
    ),
    "fix_text": (
        "`MÃ¼ller` as `Müller`, `&amp;` as `&`, without invisible characters; curly quotes and "
        "line breaks stay",
        "",
    ),
    "phone": (
        "`+91-9845098450`; without `region`, only of numbers with +",
        "what has a length that the country's numbers have not; extensions, two numbers, other "
        "text",
    ),
    "email": (
        "the address, its domain in small letters; nothing is asked of the network",
        "what is no address; two addresses; `Name <address>`; domains without mail, such as "
        "localhost",
    ),
    "date": (
        "`2026-01-31`; of `formats`, tried in order; without them of `YYYY-MM-DD`, and "
        "as the column proves",
        "another form, a day that there is not, a time that would be lost",
    ),
    "datetime": (
        "`2026-01-31 04:00:00`, in UTC; of `formats`; without them of ISO, where an offset "
        "counts, and as the column proves",
        "as `date`; a time that the clocks left out",
    ),
    "boolean": (
        "`1` or `0`; capitals do not count; without `true` and `false`: true, yes, y, 1, on and "
        "false, no, n, 0, off",
        "any other text",
    ),
    "number": (
        "digits with a point, such as `1234.50`; never rounded. `decimal` is `.` or `,`; "
        "`grouping` such as `,`, `.`, `'` or `space`; without both as the column proves",
        "exponents, signs in other places; currencies and percent signs, where the column has not "
        "one alone",
    ),
}


def mapping_keys() -> str:
    """Every key, the place that it stands in, and the words of the model that checks mappings."""
    return table(("key", "stands in", "without it", "means"), _keys())


def _keys() -> Iterator[tuple[str, str, str, str]]:
    shared = Treatment.model_fields
    yield from _of(MappingFile.model_fields, "the file")
    yield from _of(_without(ColumnEntry, shared), "an entry of `columns`")
    yield from _of(_without(FieldEntry, shared), "an entry of `fields`")
    yield from _of(shared, "an entry of either")
    names = SplitName.model_fields
    own = {name: info for name, info in names.items() if name not in shared}
    yield from _of({**own, "transform": names["transform"]}, "`split_name`")
    for name in names.keys() & shared.keys() - {"transform"}:
        if names[name].description != shared[name].description:
            raise ValueError(f"{name} means something else under split_name")


def _without(model: type[BaseModel], shared: Mapping[str, FieldInfo]) -> dict[str, FieldInfo]:
    return {name: info for name, info in model.model_fields.items() if name not in shared}


def _of(fields: Mapping[str, FieldInfo], place: str) -> Iterator[tuple[str, str, str, str]]:
    for name, info in fields.items():
        if not info.description:
            raise ValueError(f"a key of the mapping has no description: {name}")
        yield code(info.alias or name), place, _default(info), info.description


def _default(info: FieldInfo) -> str:
    """Blank where the words of the key tell it, or there is none."""
    if info.is_required():
        return "needed"
    value: Any = info.default
    if isinstance(value, tuple) and value:
        return code(f"[{', '.join(value)}]")
    return code(value) if isinstance(value, str) and value.strip() else ""


def transforms() -> str:
    gives = said({name: words[0] for name, words in WORDS.items()}, TRANSFORMS, "transforms")
    rows = (
        (code(name), words, codes(TRANSFORMS[name]), WORDS[name][1])
        for name, words in gives.items()
    )
    return table(("transform", "gives", "keys", "refuses"), rows)
