"""A value that is about to be sent, held against the account's field: does it fit. Pure.

LeadSquared stores a value that is none of a drop-down's options without a word, and no filter
finds the lead by it afterwards; what it does about lengths, numbers and dates is not documented
(contract, sections 4 and 11). So all of it is checked before the first call.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from importer.fields import Field, FieldType, Person
from importer.intake.nearest import nearest_of
from importer.intake.transforms.owner import OWNER_FIELD, make_owner_check
from importer.model import Problem

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)( ([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?)?", re.ASCII
)
BOOLEANS = frozenset({"1", "0", "true", "false"})
NO_DIGIT = bytes(byte for byte in range(256) if byte != 10 and not 0x30 <= byte <= 0x39)
WITH_LENGTH = frozenset({FieldType.TEXT, FieldType.EMAIL, FieldType.URL})
BETWEEN_CHOICES = ";"  # assumed: the separator of several choices is not documented
MOST_OPTIONS = 20  # in a message


class Unfit(NamedTuple):
    """Why a value does not fit: it continues a sentence that begins with the value, and ends with
    what to do."""

    code: str
    why: str


IN_THE_MAPPING = "; or map it under choices: in the mapping"
Test = Callable[[str], Unfit | None]


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """all_fit: whether values fit, all of them, at little cost; a False may be wrong, a True not.
    on_unknown: what becomes of a value that is no option: refuse, blank or keep."""

    field: Field
    test: Test
    all_fit: Callable[[Sequence[str]], bool]
    on_unknown: str = "refuse"

    def __call__(self, value: str) -> str | Problem:
        """The value, or "" where it is to be left out; blank ones stay as they are."""
        found = self.test(value) if value.strip() else None
        if found is None:
            return value
        code, why = found
        if code == "unknown_option" and self.on_unknown != "refuse":
            return value if self.on_unknown == "keep" else ""
        return Problem(code, why, value=value)


def check_of(
    field: Field, on_unknown: str = "refuse", people: Sequence[Person] | None = None
) -> FieldCheck | None:
    """None where nothing is known that a value could break. people: the account's users."""
    test, all_fit = _test_of(field)
    if field.name == OWNER_FIELD and people is not None:
        test, all_fit = _owner(people), _never
    return FieldCheck(field, test, all_fit, on_unknown) if test else None


def _test_of(field: Field) -> tuple[Test | None, Callable[[Sequence[str]], bool]]:
    match field.type:
        case FieldType.CHOICE if field.options and not field.is_open:
            options = frozenset((*field.options, ""))
            return _Options(field, "").test, options.issuperset
        case FieldType.CHOICES if field.options and not field.is_open:
            options = frozenset((*field.options, ""))
            return _Options(field, BETWEEN_CHOICES).test, options.issuperset
        case FieldType.NUMBER:
            return _number(field), _never
        case FieldType.BOOLEAN:
            return _boolean(field), (BOOLEANS | {""}).issuperset
        case FieldType.DATE | FieldType.DATETIME:
            return _moment(field), _never
        case FieldType.PHONE if field.least.isdecimal():
            least = int(field.least)
            return _phone(field, least), lambda values: _have_digits(values, least)
        case _ if field.type in (*WITH_LENGTH, FieldType.CHOICE) and field.max_length:
            most = field.max_length
            return _length(field, most), lambda values: max(map(len, values), default=0) <= most
    return None, _never


def _never(_: Sequence[str]) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class _Options:
    """separator: between several options in one value; "" where it has one."""

    field: Field
    separator: str

    def test(self, value: str) -> Unfit | None:
        parts = (
            [part.strip() for part in value.split(self.separator)] if self.separator else [value]
        )
        odd = [part for part in parts if part and part not in self.field.options]
        if not odd:
            return None
        return Unfit("unknown_option", self._why(odd[0]))

    def _why(self, text: str) -> str:
        field = self.field
        name = f" ({field.name})" if field.name != field.display else ""
        near = nearest_of(text.strip(), field.options)
        meant = f'did you mean "{near}"? ' if near else ""
        return (
            f'none of the options of "{field.display}"{name}; {meant}{_advice(field)}'
            f"{IN_THE_MAPPING}; or add the option in LeadSquared, and then: importer fields"
        )


def _advice(field: Field) -> str:
    if len(field.options) > MOST_OPTIONS:
        return f"use one of its {len(field.options)} (importer fields {field.name} lists them)"
    return f"use one of: {', '.join(field.options)}"


def _length(field: Field, most: int) -> Test:
    def test(value: str) -> Unfit | None:
        if len(value) <= most:
            return None
        why = f"{len(value):,} characters, and {_named(field)} takes {most:,}; shorten it"
        return Unfit("too_long", why)

    return test


def _number(field: Field) -> Test:
    least, most = _decimal(field.least), _decimal(field.most)

    def test(value: str) -> Unfit | None:
        if not NUMBER.fullmatch(value):
            fix = "write digits alone, such as 1250.50; or add transform: number to the column"
            return Unfit("bad_number", f"no number as {_named(field)} takes it; {fix}")
        number = Decimal(value)
        if least is not None and number < least:
            return Unfit(
                "out_of_range", f"less than {_named(field)} takes; write {field.least} or more"
            )
        if most is not None and number > most:
            return Unfit(
                "out_of_range", f"more than {_named(field)} takes; write {field.most} or less"
            )
        return None

    return test


def _decimal(text: str) -> Decimal | None:
    """None where no limit is told."""
    try:
        number = Decimal(text.strip()) if text.strip() else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _boolean(field: Field) -> Test:
    def test(value: str) -> Unfit | None:
        if value.lower() in BOOLEANS:
            return None
        fix = "write 1 or 0; or add transform: boolean to the column"
        return Unfit("bad_boolean", f"neither yes nor no as {_named(field)} takes it; {fix}")

    return test


def _owner(people: Sequence[Person]) -> Test:
    check = make_owner_check(people)

    def test(value: str) -> Unfit | None:
        made = check(value)
        return Unfit(made.code, made.why) if isinstance(made, Problem) else None

    return test


def _moment(field: Field) -> Test:
    is_day = field.type is FieldType.DATE
    form, transform = ("2026-12-31", "date") if is_day else ("2026-12-31 17:30:00", "datetime")

    def test(value: str) -> Unfit | None:
        found = MOMENT.fullmatch(value)
        if found and _is_day(found[1]):
            return None
        fix = f"write it as {form}; or add transform: {transform} to the column, with formats:"
        why = f"no date as {_named(field)} takes it; {fix}"
        return Unfit("bad_date", why) if is_day else Unfit("bad_datetime", why)

    return test


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _have_digits(values: Sequence[str], least: int) -> bool:
    """Whether each that is not empty has so many digits, all of a block at once."""
    joined = "\n".join(values).encode("utf-8", "surrogatepass")
    counts = [len(digits) for digits in joined.translate(None, NO_DIGIT).split(b"\n")]
    return counts.count(0) == values.count("") and all(n >= least for n in counts if n)


def _phone(field: Field, least: int) -> Test:
    """The most digits are not checked: the account's number is about its own country's phones."""

    def test(value: str) -> Unfit | None:
        digits = sum(map(str.isdecimal, value))
        if digits >= least:
            return None
        why = f"{digits} digits, and {_named(field)} takes {least} or more; complete it"
        return Unfit("too_few_digits", why)

    return test


def _named(field: Field) -> str:
    return f'the field "{field.display}"'
