"""A workbook's numbers, dates and booleans for the transforms that read such values. Pure.

Their texts are ours (ISO dates, a point, TRUE), whatever a list's own texts look like: what a
mapping says of formats and signs is about texts, and must not be applied to them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

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
    """A number's text without what its format put there; as it is, where that is not sure."""
    found = NUMBER.fullmatch(text)
    if found is None or (bool(found["opened"]) != text.endswith(")")):
        return text
    minus = "-" if found["minus"] or found["inner"] or found["opened"] else ""
    return f"{minus}{found['whole'].replace(',', '')}{found['decimals'] or ''}"


def typed_steps(rule: Rule) -> Mapping[str, tuple[Transform, ...]]:
    """By kind of cell, the rule's transforms where they differ for its value."""
    makers: Mapping[CellKind, Mapping[str, Callable[[], Transform]]] = {
        CellKind.NUMBER: {
            "number": lambda: _after_plain(make_transform("number", Options())),
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
            made[name]() if name in made else make_transform(name, rule.options)
            for name in rule.transforms
        )
        for kind, made in makers.items()
        if made.keys() & set(rule.transforms)
    }


def _after_plain(transform: Transform) -> Transform:
    def of_number(text: str) -> "str | Problem":
        return transform(plain_number(text))

    return of_number
