"""The transforms by name: the options that each reads, how these are checked, how it is made.

A transform's own module, and with it its library, is imported when it is made or checked.
"""

from collections.abc import Callable, Mapping
from functools import partial

from importer.intake.transforms import text
from importer.intake.transforms.options import Options, Transform

TRANSFORMS: Mapping[str, tuple[str, ...]] = {
    "trim": (),
    "lower": (),
    "upper": (),
    "title": (),
    "fix_text": (),
    "phone": ("region",),
    "email": (),
    "date": ("formats",),
    "datetime": ("formats", "timezone"),
    "boolean": ("true", "false"),
    "number": ("decimal", "grouping", "percent"),
    "owner": (),
}

NAME_PARTS: Mapping[str, str] = {
    "first": "split: first names",
    "last": "split: last name",
    "title": "split: title",
}
"""The parts of a full name, each with the transform that takes it: of `split_name` alone, so that
no mapping can write its name under `transform`."""


def make_transform(name: str, options: Options) -> Transform:
    """The transform of that name. Costs the import of its library; its calls are cheap.

    Raises OptionError where the options don't pass the checks, KeyError for an unknown name.
    """
    return _MAKERS[name](options)


def check_together(name: str, options: Options) -> None:
    """Whether the transform can take these options at once; each is sound by itself.

    Raises OptionError.
    """
    match name:
        case "date":
            from importer.intake.transforms.date import check_dates

            check_dates(options.formats)
        case "boolean":
            from importer.intake.transforms.boolean import read_texts

            read_texts(options.true, options.false)
        case "number":
            from importer.intake.transforms.number import check_signs

            check_signs(*options.signs)


def _phone(options: Options) -> Transform:
    from importer.intake.transforms.phone import make_phone

    return make_phone(options.region)


def _email(_: Options) -> Transform:
    from importer.intake.transforms.email import email

    return email


def _date(options: Options) -> Transform:
    from importer.intake.transforms.date import make_date

    return make_date(options.formats)


def _datetime(options: Options) -> Transform:
    from importer.intake.transforms.date import make_datetime

    return make_datetime(options.formats, options.timezone)


def _boolean(options: Options) -> Transform:
    from importer.intake.transforms.boolean import make_boolean

    return make_boolean(options.true, options.false)


def _number(options: Options) -> Transform:
    from importer.intake.transforms.number import Around, make_number

    return make_number(*options.signs, Around(percent=options.percent or ""))


def _owner(_: Options) -> Transform:
    """Without the account's users, which only a run knows."""
    from importer.intake.transforms.owner import make_owner

    return make_owner(None)


def _fix_text(_: Options) -> Transform:
    from importer.intake.transforms.fix_text import fix_text

    return fix_text


def _part(part: str, _: Options) -> Transform:
    from importer.intake.transforms.full_name import PARTS

    return PARTS[part]


_MAKERS: Mapping[str, Callable[[Options], Transform]] = {
    "trim": lambda _: text.trim,
    "lower": lambda _: text.lower,
    "upper": lambda _: text.upper,
    "title": lambda _: text.title,
    "phone": _phone,
    "email": _email,
    "date": _date,
    "datetime": _datetime,
    "boolean": _boolean,
    "number": _number,
    "fix_text": _fix_text,
    "owner": _owner,
    **{transform: partial(_part, part) for part, transform in NAME_PARTS.items()},
}


def _check_region(region: str) -> None:
    from importer.intake.transforms.phone import check_region

    check_region(region)


def _check_format(form: str) -> None:
    from importer.intake.transforms.counted import read_form

    read_form(form)


def _check_timezone(name: str) -> None:
    from importer.intake.transforms.zones import check_timezone

    check_timezone(name)


def _check_boolean(value: str) -> None:
    from importer.intake.transforms.boolean import check_text

    check_text(value)


def _check_decimal(sign: str) -> None:
    from importer.intake.transforms.number import check_decimal

    check_decimal(sign)


def _check_grouping(sign: str) -> None:
    from importer.intake.transforms.number import check_grouping

    check_grouping(sign)


def _check_percent(word: str) -> None:
    from importer.intake.transforms.number import check_percent

    check_percent(word)


CHECKS: Mapping[str, Callable[[str], None]] = {
    "region": _check_region,
    "formats": _check_format,
    "timezone": _check_timezone,
    "true": _check_boolean,
    "false": _check_boolean,
    "decimal": _check_decimal,
    "grouping": _check_grouping,
    "percent": _check_percent,
}
"""What one typed text of an option has to pass; each raises OptionError."""
