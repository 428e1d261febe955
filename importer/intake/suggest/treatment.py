"""How a column's texts are made into its field's value: transforms and their options, by the
column's values. Pure.

Out: the keys of the column's entry in a mapping, in order, and what a person has to check.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from importer.fields import FieldType
from importer.intake.columns.reading import DateReading, NumberReading, Order
from importer.intake.suggest.choices import Drafted, draft_choices
from importer.intake.suggest.column import SPLIT, Column, Decision
from importer.intake.suggest.kinds import IN_WORDS, NO, OUT_WORDS, YES
from importer.intake.suggest.plain import plain
from importer.intake.suggest.regions import (
    FITS,
    List,
    needs_region,
    region_of,
    share_read,
    share_valid,
)
from importer.intake.suggest.target import Target
from importer.intake.suggest.values import Values
from importer.intake.transforms.boolean import FALSE, TRUE

TRIED = 200  # values that a region is tried with
CAPITALS = 0.5  # of the names: then all are written with capitals at their beginnings alone
MOST_REFUSED = 0.1  # of the filled rows
MOST_LISTED = 12  # values that are named in a comment
Entry = dict[str, object]


@dataclass(slots=True)
class Treatment:
    """entry: of the mapping, without `field:`. notes: comments behind a key. offers: lines that a
    person may take, as comments. checks: what is to be looked at, with the reason."""

    entry: Entry = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    offers: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether one of the offers has to be taken: nothing was written down."""
        keys = {offer.partition(":")[0] for offer in self.offers}
        return bool(keys - {"on_unknown", "timezone"})

    def transform(self, *names: str) -> None:
        before = self.entry.get("transform", [])
        assert isinstance(before, list), "the transforms are a list"
        self.entry["transform"] = [*before, *names]


def treat(decision: Decision, of: List) -> Treatment:
    made = Treatment()
    column = decision.column
    if decision.field == SPLIT or not decision.field:
        return made
    if decision.entry and _reads(decision):
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
    elif decision.field in ("FirstName", "LastName") and _is_of_one_case(column.values):
        made.transform("title")
        made.notes["transform"] = "most are in capitals, or all small"
    return made


def _is_of_one_case(values: Values) -> bool:
    return values.share("capitals") + values.share("small") > CAPITALS


def _reads(decision: Decision) -> bool:
    """Whether an earlier mapping's way of reading phones is one for these."""
    region = decision.entry.get("region") if decision.entry else None
    texts = decision.column.values.texts[:TRIED]
    bare = [text for text in texts if needs_region(text)]
    if region is None or not bare:
        return True
    return min(share_read(bare, str(region)), share_valid(bare, str(region))) >= FITS


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


# Phones


def _phone(made: Treatment, column: Column, of: List) -> None:
    made.transform("phone")
    _region(made, column, of)
    texts = column.values.texts[:TRIED]
    region = str(made.entry.get("region", "")) or None
    if not made.checks and share_read(texts, region) < FITS:
        made.checks.append("many of its values would be refused, as no phone numbers")


def _region(made: Treatment, column: Column, of: List) -> None:
    bare = [text for text in column.values.texts if needs_region(text)][:TRIED]
    if not bare:
        return
    if found := region_of(column, bare, of):
        made.entry["region"] = found.region
        made.notes["region"] = "the country of numbers without a +"
        if found.check:
            made.checks.append(found.check)
        return
    made.checks.append(
        "of which country are the numbers without a +? Write region: with its two letters"
    )
    made.offers.append("region: IN")


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
        named = _listed(column.values.usual)
        made.checks.append(f"a drop-down: are these its options? Others are left out: {named}")
        made.entry["on_unknown"] = "blank"
        return
    values = column.values.distinct
    if values is None:
        values = column.values.usual[:MOST_LISTED]
        made.checks.append("too many different values to draft choices: for all of them")
    drafted = draft_choices(options, values)
    if drafted.needed:
        made.entry["choices"] = drafted.needed
    if drafted.doubtful:
        pairs = [f"{value} → {drafted.needed[value]}" for value in drafted.doubtful]
        made.checks.append(f"is that meant? {_listed(pairs)}")
    if drafted.unknown and not target.fields[name].is_open:
        _unknown(made, column.values, drafted)


def _unknown(made: Treatment, values: Values, drafted: Drafted) -> None:
    """Few rows come back as rejects; where they are many, they go without the value."""
    others = {*drafted.unknown}
    looked_at = others | {value for value, _ in drafted.pairs}
    texts = [text for text in values.texts if text in looked_at]
    share = sum(text in others for text in texts) / (len(texts) or 1)
    named = _listed(drafted.unknown)
    if share <= MOST_REFUSED:
        made.checks.append(f"none of its options, and refused so: {named}")
        made.offers.append("on_unknown: blank  # leaves these out; keep sends them as they are")
        return
    made.checks.append(f"none of its options, and left out of the lead: {named}")
    made.entry["on_unknown"] = "blank"


def _listed(values: Sequence[str]) -> str:
    shown = ", ".join(" ".join(text.split())[:40] for text in values[:MOST_LISTED])
    more = len(values) - MOST_LISTED
    return f"{shown} and {more:,} more" if more > 0 else shown
