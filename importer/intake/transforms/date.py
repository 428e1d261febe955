"""Dates and moments: a cell becomes yyyy-MM-dd, or yyyy-MM-dd HH:mm:ss in UTC.

Nothing is guessed: a text is of one of the mapping's formats, or without any of ISO's, or of those
that the values of its column prove. A time is never dropped, but for the fraction of a second,
which the CRM does not keep.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta, timezone
from functools import lru_cache, partial

from importer.intake.transforms.cell import CellError, on_cells
from importer.intake.transforms.counted import CountedFormat, read_form
from importer.intake.transforms.formats import DateFormat, make_moment
from importer.intake.transforms.options import OptionError, Transform
from importer.intake.transforms.zones import read_zone

REMEMBERED = 32_768  # texts: the days of 90 years
LONGEST = 64  # characters of a remembered text: 32,768 of these take 8 MB
MOST_NAMED = 3  # formats, in a problem
ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?"
    r" ?(Z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
OTHER_FORM = "or name its form under formats: in the mapping"
EXCEL_DAY = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
EXCEL = (
    "it is the number of a day in Excel; format the column as a date there, or set "
    "formats: [excel serial] for the column in the mapping"
)
MIDNIGHT = time()
MOST_OFFSET = timedelta(hours=14)  # Kiribati's, the greatest of the IANA list
Form = DateFormat | CountedFormat
# A text's moment, with its offset where it has one, and whether it has a time.
Read = Callable[[str], tuple[datetime, bool]]


def make_date(formats: Sequence[str], met: Sequence[str] = ()) -> Transform:
    """met: the formats of the column's values, which count where the mapping names none; a text
    that two of them read as different moments is refused.

    Raises OptionError: as `check_dates`.
    """
    check_dates(formats)
    read = _reader(formats, met, "YYYY-MM-DD", "2026-12-31")

    def as_date(text: str) -> str:
        moment, has_time = read(text)
        if moment.tzinfo and has_time:
            raise CellError("it has a time zone, and a date has none; write the date alone")
        if moment.hour or moment.minute or moment.second:
            raise CellError("it has a time too; write the date alone, or use transform: datetime")
        return moment.date().isoformat()

    return on_cells("bad_date", _remembering(as_date))


def make_datetime(formats: Sequence[str], timezone_name: str, met: Sequence[str] = ()) -> Transform:
    """A time that the clocks show twice is the first; a date alone is the day's first moment.
    met: as of `make_date`.

    Raises OptionError: a format or the time zone can't be.
    """
    zone = read_zone(timezone_name)
    read = _reader(formats, met, "YYYY-MM-DD HH:mm:ss", "2026-12-31 15:45:00")

    def as_utc(text: str) -> str:
        moment, has_time = read(text)
        local = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        try:
            utc = local.astimezone(UTC)
            back = utc.astimezone(zone)
        except OverflowError as error:
            raise CellError("it is beyond the year 9999; write an earlier one") from error
        if has_time and moment.tzinfo is None and back.replace(tzinfo=None) != moment:
            raise CellError(
                f"the clocks of {timezone_name} were put forward past that time; write the time "
                "that they showed"
            )
        return utc.replace(tzinfo=None).isoformat(" ", "seconds")

    return on_cells("bad_datetime", _remembering(as_utc))


def check_dates(formats: Sequence[str]) -> None:
    """Whether these formats can be those of a date. Raises OptionError."""
    for form in map(read_form, formats):
        if form.has_time:
            raise OptionError(
                f'the format "{form.text}" has a time, and date gives none',
                "use transform: datetime, or take the time out of the format",
            )


def _remembering(read: Callable[[str], str]) -> Callable[[str], str]:
    """Dates repeat within a list; long texts are not worth the room."""
    remembered = lru_cache(REMEMBERED)(read)
    return lambda text: remembered(text) if len(text) <= LONGEST else read(text)


def _reader(formats: Sequence[str], met: Sequence[str], iso_form: str, iso_example: str) -> Read:
    """Of texts of these formats, the first that fits; where there are none, of ISO texts, and of
    those that were met.

    It raises CellError.
    """
    forms = tuple(map(read_form, formats))
    if forms:
        return partial(_read_by, forms)
    write = f"write it so, as {iso_example}, {OTHER_FORM}"
    if met:
        named = " or ".join((*met[:MOST_NAMED], iso_form))
        why = f"it is not written as the other values of the column, {named}; {write}"
        return partial(_read_as_met, tuple(map(read_form, met)), why)
    return partial(_read_iso, f"it is not written as {iso_form}; {write}")


def _read_by(forms: Sequence[Form], text: str) -> tuple[datetime, bool]:
    impossible = None
    for form in forms:
        try:
            moment = form.read(text)
        except CellError as error:
            impossible = impossible or error
        else:
            if moment:
                return moment, _has_time(form, moment)
    raise impossible or CellError(_of_no_form(forms))


def _read_as_met(forms: Sequence[Form], why: str, text: str) -> tuple[datetime, bool]:
    if ISO.fullmatch(text):
        return _read_iso(why, text)
    found: dict[datetime, Form] = {}
    impossible = None
    for form in forms:
        try:
            moment = form.read(text)
        except CellError as error:
            impossible = impossible or error
        else:
            if moment:
                found.setdefault(moment, form)
    if len(found) > 1:
        raise CellError(_of_several(found), code="ambiguous_date")
    for moment, form in found.items():
        return moment, _has_time(form, moment)
    raise impossible or CellError(why)


def _has_time(form: Form, moment: datetime) -> bool:
    """Whether the text has a time: a count of days has one where it is not midnight."""
    return form.has_time or (moment.tzinfo is None and moment.time() != MIDNIGHT)


def formats_line(formats: Sequence[str]) -> str:
    """The line of a mapping that names them."""
    listed = (f'"{form}"' if "," in form else form for form in formats)
    return f"formats: [{', '.join(listed)}]"


def _of_several(found: Mapping[datetime, Form]) -> str:
    days = " or ".join(sorted(moment.date().isoformat() for moment in found))
    lines = " or ".join(formats_line([form.text]) for form in found.values())
    return (
        f"it is {days}, and the column's other values do not prove which; ask the sender for dates "
        f"such as 2026-12-31, or set {lines} for the column in the mapping"
    )


def _of_no_form(forms: Sequence[Form]) -> str:
    named = " or ".join(form.text for form in forms[:MOST_NAMED])
    return f"it is not written as {named}; write it so, as {forms[0].example}, {OTHER_FORM}"


def _read_iso(why: str, text: str) -> tuple[datetime, bool]:
    match = ISO.fullmatch(text)
    if match is None:
        if EXCEL_DAY.fullmatch(text):
            why = EXCEL
        raise CellError(why)
    *digits, offset = match.groups()
    moment = make_moment(*(int(part or 0) for part in digits))
    if offset:
        moment = moment.replace(tzinfo=_zone(offset))
    return moment, digits[3] is not None


def _zone(offset: str) -> timezone:
    """Of Z, UTC, +05:30, +0530 or +05. Raises CellError: no place has it."""
    if offset in ("Z", "UTC"):
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[3:].lstrip(":") or 0)
    distance = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or distance > MOST_OFFSET:
        raise CellError("no place has its offset from UTC; write one such as +05:30")
    return timezone(-distance if offset[0] == "-" else distance)
