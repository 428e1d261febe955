"""A workbook's numbers, dates and booleans for the transforms that read such values. Pure.

Their texts are ours (ISO dates, a point, TRUE), whatever a list's own texts look like: what a
mapping says of formats and signs is about texts, and must not be applied to them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from importer.intake.by_column import make_step, percent_of
from importer.intake.columns.reading import ColumnReading
from importer.intake.mapping import Rule
from importer.intake.transforms.options import Options, Transform
from importer.intake.transforms.registry import make_transform
from importer.model import CellKind, Problem

# What a number format shows around a number's digits: signs, a currency, groups of digits.
NUMBER = re.compile(
    r"(?P<minus>-?)[^\w.,%()+-]*(?P<opened>\(?)(?P<inner>-?)[^\w.,%()+-]*"
    r"(?P<whole>\d{1,3}(?:,\d{2,3})+|\d+)(?P<decimals>\.\d+)?[^\w.,%()+-]*\)?"
)


def plain_number(text: str) -> str:
    """A number's text without what its format put there; as it is, where that is not sure. A
    percent sign is left, as it says what the number is."""
    if text.endswith("%"):
        return f"{plain_number(text[:-1].rstrip())}%"
    found = NUMBER.fullmatch(text)
    if found is None or (bool(found["opened"]) != text.endswith(")")):
        return text
    minus = "-" if found["minus"] or found["inner"] or found["opened"] else ""
    return f"{minus}{found['whole'].replace(',', '')}{found['decimals'] or ''}"


def typed_steps(
    rule: Rule, reading: ColumnReading | None = None
) -> Mapping[str, tuple[Transform, ...]]:
    """By kind of cell, the rule's transforms where they differ for its value. reading: of the
    column's texts."""
    percent = percent_of(rule.options, reading) or None
    makers: Mapping[CellKind, Mapping[str, Callable[[], Transform]]] = {
        CellKind.NUMBER: {
            "number": lambda: _after_plain(make_transform("number", Options(percent=percent))),
            "phone": lambda: _after_plain(make_transform("phone", rule.options)),
        },
        CellKind.DATE: {
            name: partial(make_transform, name, replace(rule.options, formats=()))
            for name in ("date", "datetime")
        },
        CellKind.BOOLEAN: {"boolean": lambda: make_transform("boolean", Options())},
    }
    return {
        kind: tuple(
            made[name]() if name in made else make_step(name, rule.options, reading)
            for name in rule.transforms
        )
        for kind, made in makers.items()
        if made.keys() & set(rule.transforms)
    }


def _after_plain(transform: Transform) -> Transform:
    def of_number(text: str) -> "str | Problem":
        return transform(plain_number(text))

    return of_number
