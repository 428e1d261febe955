"""A serial number of Excel's becomes ISO text: days since its first day, and a share of one.

Nothing is guessed: what is no day of the calendar gives no text.
"""

from datetime import datetime, timedelta
from enum import Enum

DAY_MS = 86_400_000
# Day 0 of the two systems, and the last day, 31 December 9999
# (support.microsoft.com, "Date systems in Excel").
FIRST_1904, LAST_1904 = datetime(1904, 1, 1), 2_957_003  # noqa: DTZ001  Excel knows no time zone
FIRST_1900, LAST_1900 = datetime(1899, 12, 30), 2_958_465  # noqa: DTZ001
NO_DAY = 60  # 29 February 1900: Excel has it, the calendar has not


class Shape(Enum):
    """What a date format shows."""

    DATE = "date"
    DATE_TIME = "date and time"
    TIME = "time"
    ELAPSED = "elapsed time"  # of more than a day too


def iso_text(serial: float, shape: Shape, *, is_1904: bool = False) -> str | None:
    """`2026-01-31`, `2026-01-31 09:30:00` or `09:30:00`; None where it is none of them.

    Nothing is left out that the shape would not show: a date with a time is both, and so is a time
    of another day than the first. Seconds have decimals, three, where they need them.
    """
    if not 0 <= serial <= LAST_1900 + 1:
        return None
    days, rest = divmod(round(serial * DAY_MS), DAY_MS)
    if shape is Shape.ELAPSED:
        return _time(days * DAY_MS + rest)
    if not days and (shape is Shape.TIME or (rest and not is_1904)):
        return _time(rest)
    if is_1904:
        first, last = FIRST_1904, LAST_1904
    else:
        first, last = FIRST_1900, LAST_1900
        if days < NO_DAY:
            first += timedelta(1)
    if days > last or (not is_1904 and days in (0, NO_DAY)):
        return None
    moment = first + timedelta(days, milliseconds=rest)
    if shape is Shape.DATE and not rest:
        return moment.date().isoformat()
    return moment.isoformat(" ", "milliseconds").removesuffix(".000")


def _time(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours:02}:{minutes:02}:{seconds:02}"
    return f"{text}.{rest:03}" if rest else text
