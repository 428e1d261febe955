"""How a column's texts are made into its field's value: transforms and their options, by the
column's values. Pure.

Out: the keys of the column's entry in a mapping, in order, and what a person has to check.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from importer.fields import FieldType
from importer.intake.columns.reading import DateReading, NumberReading, Order
from importer.intake.suggest.choices import draft_choices
from importer.intake.suggest.column import SPLIT, Column, Decision
from importer.intake.suggest.geography import country_code
from importer.intake.suggest.kinds import IN_WORDS, NO, OUT_WORDS, YES
from importer.intake.suggest.names import plain
from importer.intake.suggest.target import Target
from importer.intake.suggest.values import Values
from importer.intake.transforms.boolean import FALSE, TRUE
from importer.intake.transforms.options import Options
from importer.intake.transforms.registry import make_transform
from importer.model import Problem

TRIED = 200  # values that a region is tried with
FITS = 0.7  # of them that it has to read
CAPITALS = 0.5  # of the names: then all are written with capitals at their beginnings alone
MOST_LISTED = 12  # values that are named in a comment
DOMAINS = {
    "de": "DE", "at": "AT", "ch": "CH", "fr": "FR", "es": "ES", "it": "IT", "pt": "PT", "br": "BR", "mx": "MX",
    "in": "IN", "uk": "GB", "us": "US", "ar": "AR", "co": "", "nl": "NL", "be": "BE", "au": "AU", "ae": "AE",
}  # fmt: skip
HINTS = {
    "plz": "DE",
    "postleitzahl": "DE",
    "cep": "BR",
    "pincode": "IN",
    "pin code": "IN",
    "code postal": "FR",
}
Entry = dict[str, object]


@dataclass(slots=True)
class Treatment:
    """entry: of the mapping, without `field:`. notes: comments behind a key. offers: lines that a
    person may take, as comments. checks: what is to be looked at, with the reason."""

    entry: Entry = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    offers: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)

    def transform(self, *names: str) -> None:
        before = self.entry.get("transform", [])
        assert isinstance(before, list), "the transforms are a list"
        self.entry["transform"] = [*before, *names]


@dataclass(frozen=True)
class List:
    """What the treatment of one column asks of the others."""

    columns: Sequence[Column]
    decisions: Sequence[Decision]
    target: Target


def treat(decision: Decision, of: List) -> Treatment:
    made = Treatment()
    column = decision.column
    if decision.field == SPLIT or not decision.field:
        return made
    if decision.entry:
        _as_before(made, decision)
        return made
    kind = (
        of.target.fields[decision.field].type if of.target.has(decision.field) else FieldType.TEXT
    )
    if column.damage & {"mojibake", "entities"}:
        made.transform("fix_text")
    if decision.field == "EmailAddress":
        made.transform("trim", "lower", "email")
    elif decision.field == "OwnerId":
        made.transform("owner")
    elif decision.field in ("Phone", "Mobile", "Fax") or kind is FieldType.PHONE:
        _phone(made, column, of)
    elif kind is FieldType.EMAIL:
        made.transform("trim", "lower", "email")
    elif kind is FieldType.DATE:
        _date(made, column, "date")
    elif kind is FieldType.DATETIME:
        _datetime(made, column, of.target)
    elif kind is FieldType.NUMBER:
        _number(made, column)
    elif kind is FieldType.BOOLEAN:
        _boolean(made, column)
    elif kind in (FieldType.CHOICE, FieldType.CHOICES):
        _choices(made, column, decision.field, of.target)
    elif decision.field in ("FirstName", "LastName"):
        if column.values.share("capitals") + column.values.share("small") > CAPITALS:
            made.transform("title")
            made.notes["transform"] = _example(column.values, "title")
    return made


def _as_before(made: Treatment, decision: Decision) -> None:
    """As an earlier mapping has it; what it does not know is to be checked."""
    assert decision.entry is not None, "an earlier mapping has it"
    made.entry = dict(decision.entry)
    values = decision.column.values
    known = made.entry.get("choices")
    if isinstance(known, dict) and "on_unknown" not in made.entry:
        others = [text for text in values.distinct or values.usual if text not in known]
        if others:
            made.checks.append(f"that mapping has no choice for: {_listed(others)}")
    if "boolean" in str(made.entry.get("transform")):
        listed = [made.entry.get(key) or usual for key, usual in (("true", TRUE), ("false", FALSE))]
        texts = {
            str(text).casefold()
            for each in listed
            if isinstance(each, list | tuple)
            for text in each
        }
        others = [
            text for text in _once(values.distinct or values.usual) if text.casefold() not in texts
        ]
        if others:
            made.checks.append(f"what do these mean? {_listed(others)}")


def _example(values: Values, name: str, options: Options | None = None) -> str:
    """`ASHA is sent as Asha`, of the first value that it changes."""
    transform = make_transform(name, options or Options())
    for text in values.texts[:20]:
        value = transform(text)
        if isinstance(value, str) and value != text and len(text) < 30:
            return f"{text} is sent as {value}"
    return ""


# Phones


def _phone(made: Treatment, column: Column, of: List) -> None:
    made.transform("phone")
    _region(made, column, of)
    texts = column.values.texts[:TRIED]
    region = str(made.entry["region"]) if "region" in made.entry else None
    if not made.checks and _share_read(texts, region) < FITS:
        made.checks.append(f"many of its values would be refused: {_listed(column.values.examples)}")


def _region(made: Treatment, column: Column, of: List) -> None:
    bare = [text for text in column.values.texts if _needs_region(text)][:TRIED]
    if not bare:
        made.notes["transform"] = _example(column.values, "phone")
        return
    for region, source, is_sure in _regions(of):
        if _share_read(bare, region) < FITS:
            continue
        made.entry["region"] = region
        made.notes["transform"] = _example(column.values, "phone", Options(region=region))
        made.notes["region"] = "the country of numbers without a +"
        if not is_sure:
            made.checks.append(f"are numbers without a + from {region}? {source}")
        return
    made.checks.append(
        "of which country are the numbers without a +? Write region: with its two letters"
    )
    made.offers.append("region: IN")


def _needs_region(text: str) -> bool:
    return not text.lstrip(" (tel:").startswith("+")


def _share_read(texts: Sequence[str], region: str | None) -> float:
    from importer.intake.transforms.options import OptionError

    try:
        phone = make_transform("phone", Options(region=region))
    except OptionError:
        return 0.0
    return sum(not isinstance(phone(text), Problem) for text in texts) / len(texts)


def _regions(of: List) -> Iterator[tuple[str, str, bool]]:
    """A country, why it may be that of the phones, and whether that is sure."""
    countries = _countries(of)
    if countries and countries[0][1] >= 0.9:
        yield countries[0][0], "", True
    account = of.target.account
    if account and account.country_code:
        from importer.intake.transforms.phone import region_of_code

        if region := region_of_code(account.country_code):
            is_sure = not countries or countries[0][0] == region
            yield region, "The account's numbers are; the list has others too", is_sure
    for region, share in countries[:2]:
        yield region, f"{share:.0%} of the rows are", False
    yield from _by_signs(of)


def _countries(of: List) -> list[tuple[str, float]]:
    for decision in of.decisions:
        if decision.field == "mx_Country":
            codes = Counter(filter(None, map(country_code, decision.column.values.texts)))
            total = sum(codes.values())
            return [(code, count / total) for code, count in codes.most_common()]
    return []


def _by_signs(of: List) -> Iterator[tuple[str, str, bool]]:
    """By the domains of e-mails and sites, and by what the columns are called."""
    ends = Counter[str]()
    for decision in of.decisions:
        if decision.field in ("EmailAddress", "Website"):
            for text in decision.column.values.texts[:TRIED]:
                end = text.rstrip("/").rpartition(".")[2].lower()
                ends[DOMAINS.get(end, "")] += 1
    del ends[""]
    for region, _ in ends.most_common(2):
        yield region, "Their e-mails or sites are", False
    for column in of.columns:
        if region := HINTS.get(plain(column.name)):
            yield region, f'The column "{column.name}" looks like it', False
    by_language = {"telefon": "DE", "telephone": "FR", "telefono": "ES", "telefone": "BR", "handy": "DE",
        "portable": "FR", "celular": "BR", "movil": "ES", "telemovel": "PT"}  # fmt: skip
    for column in of.columns:
        for word in plain(column.name).split():
            if word in by_language and not column.name.isascii() | (
                word in ("telefon", "handy", "telefone")
            ):
                yield by_language[word], f'The column "{column.name}" looks like it', False
    if any(
        column.meaning.meaning == "zip" and "pin" in column.meaning.words for column in of.columns
    ):
        yield "IN", "The list has PIN codes", False


# Dates and numbers


def _date(made: Treatment, column: Column, name: str) -> None:
    made.transform(name)
    reading = column.reading.dates
    if reading is None:
        return
    if "ambiguous_date" in column.damage or "ambiguous_date" in column.reading.damage:
        made.checks.append(
            "Excel may have exchanged day and month of some: ask for the list as it was exported"
        )
    if reading.order is Order.OPEN:
        _offer_orders(made, reading)
    elif reading.order is Order.MIXED:
        made.checks.append("some dates have the day first, others the month: mend the list")
    elif reading.formats:
        made.entry["formats"] = list(reading.formats)
        made.notes["formats"] = _proof(reading)
    if reading.others and not column.values.is_blank and reading.others > column.values.filled / 2:
        made.checks.append(f"{reading.others:,} values are no dates that can be told")


def _proof(reading: DateReading) -> str:
    if reading.day_first:
        return "the day comes first: there are days beyond 12"
    if reading.month_first:
        return "the month comes first: there are days beyond 12"
    return ""


def _offer_orders(made: Treatment, reading: DateReading) -> None:
    made.checks.append("day or month first? No value proves it. Keep one of the two lines:")
    if reading.years:
        made.checks[-1] = (
            "does the year come first or last? No value proves it. Keep one of the lines:"
        )
    firsts = [form for form in reading.formats if form.startswith("D")]
    months = [form for form in reading.formats if form.startswith("M")]
    years = [form for form in reading.formats if form.startswith("Y")]
    for forms in (firsts, months, years):
        if forms:
            made.offers.append(
                f"formats: {forms[0] if len(forms) == 1 else '[' + ', '.join(forms) + ']'}"
            )


def _datetime(made: Treatment, column: Column, target: Target) -> None:
    _date(made, column, "datetime")
    zoned = sum(text.endswith("Z") or text[-6:-5] in ("+", "-") for text in column.values.texts)
    if zoned == len(column.values.texts) > 0:
        return
    if target.account and target.account.time_zone:
        made.entry["timezone"] = target.account.time_zone
        made.notes["timezone"] = "of the account; LeadSquared keeps UTC"
    else:
        made.checks.append("of which time zone are these? Without timezone: they are taken for UTC")
        made.offers.append("timezone: Asia/Kolkata")


def _number(made: Treatment, column: Column) -> None:
    made.transform("number")
    reading = column.reading.numbers
    if reading is None:
        return
    if reading.decimal is None:
        made.checks.append(
            "is 1.234 a thousand or one and a bit? No value proves it. Keep one of the lines:"
        )
        made.offers += ['decimal: ","', 'decimal: "."']
        return
    if (reading.decimal, reading.grouping or "") != (".", ""):
        _signs(made, reading)
    if reading.others > (column.values.filled or 1) * 0.2:
        made.checks.append(f"{reading.others:,} values are no plain numbers, and would be refused")


def _signs(made: Treatment, reading: NumberReading) -> None:
    made.entry["decimal"] = reading.decimal or "."
    if reading.grouping:
        made.entry["grouping"] = reading.grouping


# Yes and no, and choices


def _boolean(made: Treatment, column: Column) -> None:
    made.transform("boolean")
    values = column.values.distinct if column.values.distinct is not None else column.values.usual
    known = {*TRUE, *FALSE}
    if all(text.casefold() in known for text in values):
        return
    true = [text for text in _once(values) if _is_yes(text)]
    false = [text for text in _once(values) if _is_no(text)]
    if true:
        made.entry["true"] = true
    if false:
        made.entry["false"] = false
    others = [text for text in _once(values) if text not in {*true, *false}]
    if others:
        made.checks.append(f"what do these mean? {_listed(others)}")


def _once(values: Sequence[str]) -> list[str]:
    return [*{text.casefold(): text for text in values if text}.values()]


def _is_yes(text: str) -> bool:
    return text.casefold() in YES or bool({*plain(text).split()} & OUT_WORDS and not _is_in(text))


def _is_no(text: str) -> bool:
    return text.casefold() in NO or _is_in(text)


def _is_in(text: str) -> bool:
    return bool({*plain(text).split()} & IN_WORDS) and not {*plain(text).split()} & OUT_WORDS


def _choices(made: Treatment, column: Column, name: str, target: Target) -> None:
    options = target.options(name)
    if not options:
        made.checks.append("a drop-down: are these its options? " + _listed(column.values.usual))
        return
    values = column.values.distinct
    if values is None:
        values = column.values.usual[:MOST_LISTED]
        made.checks.append("too many different values to draft choices: for all of them")
    drafted = draft_choices(options, values)
    if drafted.is_needed:
        made.entry["choices"] = dict(drafted.pairs)
    if drafted.doubtful:
        named = [f"{value} → {dict(drafted.pairs)[value]}" for value in drafted.doubtful]
        made.checks.append(f"is that meant? {_listed(named)}")
    is_open = target.fields[name].is_open
    if drafted.unknown and not is_open:
        made.checks.append(f"none of its options, and refused so: {_listed(drafted.unknown)}")
        if not made.entry.get("choices"):
            made.entry["choices"] = {option: option for option in options}
        made.offers.append("on_unknown: blank  # leaves these out; keep sends them as they are")


def _listed(values: Sequence[str]) -> str:
    shown = ", ".join(" ".join(text.split())[:40] for text in values[:MOST_LISTED])
    more = len(values) - MOST_LISTED
    return f"{shown} and {more:,} more" if more > 0 else shown
