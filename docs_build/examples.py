"""A blank value of any of the frozen values that commands show, to see what keys they have."""

import dataclasses
import types
import typing
from collections.abc import Mapping, Sequence
from enum import Enum
from uuid import UUID

T = typing.TypeVar("T")


def blank(kind: type[T]) -> T:
    """Each field zero, empty, or with one blank element, so that every key shows."""
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(typing.cast(typing.Any, kind))
    return kind(**{each.name: _value(hints[each.name]) for each in fields})


def _value(hint: typing.Any) -> typing.Any:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return None if type(None) in parts else _value(parts[0])
    if origin is tuple:
        return tuple(_value(part) for part in parts if part is not Ellipsis)
    if origin is Mapping:
        keys = list(parts[0]) if issubclass(parts[0], Enum) else [_value(parts[0])]
        return {key: _value(parts[1]) for key in keys}
    if origin is Sequence:
        return [_value(parts[0])]
    if dataclasses.is_dataclass(hint):
        return blank(typing.cast(type[typing.Any], hint))
    if issubclass(hint, Enum):
        return next(iter(hint))
    return UUID(int=0) if hint is UUID else "null" if hint is str else hint()
