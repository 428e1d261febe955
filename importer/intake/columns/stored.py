"""The readings of a list's columns as a text, to be kept with its job, and back."""

import json
from collections.abc import Sequence
from dataclasses import MISSING, fields
from typing import Any

from importer.intake.columns.reading import ColumnReading, DateReading, NumberReading, Order


def dump_readings(readings: Sequence[ColumnReading]) -> str:
    """JSON; what has its default is left out."""
    return json.dumps([_columns(each) for each in readings], separators=(",", ":"))


def load_readings(text: str) -> tuple[ColumnReading, ...]:
    """What `dump_readings` made a text of; none of an empty one."""
    if not text:
        return ()
    return tuple(_reading(each) for each in json.loads(text))


def _columns(reading: ColumnReading) -> dict[str, Any]:
    dates, numbers = reading.dates, reading.numbers
    found: dict[str, Any] = {}
    if dates is not None:
        found["dates"] = _changed(dates)
    if numbers is not None:
        found["numbers"] = _changed(numbers)
    if reading.damage:
        found["damage"] = reading.damage
    return found


def _changed(reading: DateReading | NumberReading) -> dict[str, Any]:
    values = {field.name: getattr(reading, field.name) for field in fields(reading)}
    defaults = {f.name: f.default for f in fields(reading) if f.default is not MISSING}
    return {name: value for name, value in values.items() if value != defaults.get(name, MISSING)}


def _reading(found: dict[str, Any]) -> ColumnReading:
    dates, numbers = found.get("dates"), found.get("numbers")
    return ColumnReading(
        dates=None if dates is None else _dates(dates),
        numbers=None if numbers is None else NumberReading(**numbers),
        damage=tuple(found.get("damage", ())),
    )


def _dates(found: dict[str, Any]) -> DateReading:
    formats = tuple(found.get("formats", ()))
    order = Order(found.get("order", Order.NONE))
    years = tuple(found.get("years", ()))
    return DateReading(**{**found, "formats": formats, "order": order, "years": years})
