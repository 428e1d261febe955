"""Dates that are a count: of days as in Excel, of seconds or milliseconds since 1970.

A count of seconds is a moment in UTC, whatever the zone of the file's other times.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from importer.intake.source.serial import Shape, iso_text
from importer.intake.transforms.cell import CellError
from importer.intake.transforms.formats import FIRST_YEAR, DateFormat, read_format

SERIAL = re.compile(r"[0-9]{1,7}(?:[.,][0-9]{1,20})?")
SECONDS = re.compile(r"(-?[0-9]{1,12})(?:[.,][0-9]+)?")
MILLISECONDS = re.compile(r"(-?[0-9]{1,15})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CountedFormat:
    """As a `DateFormat`. A moment that is counted in seconds has its zone, UTC."""

    text: str
    example: str
    read: Callable[[str], datetime | None]
    has_time: bool = False  # only where it is not midnight


def read_form(text: str) -> DateFormat | CountedFormat:
    """A format as it may stand in a mapping. Raises OptionError: as `read_format`."""
    return COUNTED.get(" ".join(text.lower().split())) or read_format(text)


def _of_serial(text: str) -> datetime | None:
    if not SERIAL.fullmatch(text):
        return None
    iso = iso_text(float(text.replace(",", ".")), Shape.DATE_TIME)
    if iso is None or "-" not in iso:
        raise CellError("Excel has no day of that number; write the date as 2026-12-31")
    return datetime.fromisoformat(iso).replace(microsecond=0)


def _of_seconds(text: str) -> datetime | None:
    match = SECONDS.fullmatch(text)
    return _since_1970(timedelta(seconds=int(match[1]))) if match else None


def _of_milliseconds(text: str) -> datetime | None:
    match = MILLISECONDS.fullmatch(text)
    return _since_1970(timedelta(seconds=int(match[1]) // 1000)) if match else None


def _since_1970(distance: timedelta) -> datetime:
    try:
        moment = EPOCH + distance
    except OverflowError as error:
        raise CellError("it is beyond the year 9999; write an earlier moment") from error
    if moment.year < FIRST_YEAR:
        raise CellError(f"its year is before {FIRST_YEAR}; write a later moment")
    return moment


COUNTED = {
    form.text: form
    for form in (
        CountedFormat("excel serial", "46387", _of_serial),
        CountedFormat("unix seconds", "1798675200", _of_seconds),
        CountedFormat("unix milliseconds", "1798675200000", _of_milliseconds),
    )
}
