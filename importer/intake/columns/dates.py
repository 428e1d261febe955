"""How a column writes its dates: decided by all of its values together. Pure.

Each value is looked at alone, counted, and forgotten; what is kept does not grow with the list.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from importer.intake.columns.codes import Codes
from importer.intake.columns.date_shapes import LONGEST, OTHER, Fit, Kind, Seen, classify, full_year
from importer.intake.columns.reading import DateReading, Order

# What differs in a list of moments, and says nothing of how they are written.
MINUTES = re.compile(r":[0-5][0-9](?![0-9:])")
SECONDS = re.compile(r":[0-5][0-9]:[0-5][0-9](?![0-9:])")
FRACTIONS = re.compile(r"\.[0-9]{3,}(?=Z?\n|Z?\Z)")
NUMBERS = {
    Kind.SERIAL: "excel serial",
    Kind.SECONDS: "unix seconds",
    Kind.MILLISECONDS: "unix milliseconds",
}


class DateTally:
    """Takes a column's values, block by block, and tells how they are to be read."""

    def __init__(self) -> None:
        self._codes: Codes[str, Seen] = Codes(classify, LONGEST)

    def add(self, texts: Sequence[str]) -> None:
        """texts: of cells that are text and not blank; white space at their ends is passed over."""
        if texts and ":" in texts[0]:
            texts = _without_minutes(texts)
        self._codes.add(texts)

    def reading(self) -> DateReading:
        """Of all that was added."""
        return _decided(self._codes.counts())


def _without_minutes(texts: Sequence[str]) -> Sequence[str]:
    """The texts, those alike that differ by minutes and seconds alone."""
    joined = "\n".join(texts)
    if joined.count("\n") != len(texts) - 1:
        return texts
    if "." in texts[0]:
        joined = FRACTIONS.sub(".000", joined)
    joined, found = SECONDS.subn(":11:11", joined)
    if found < len(texts):
        joined = MINUTES.sub(":11", joined)
    return joined.split("\n")


def _decided(seen: Counter[Seen]) -> DateReading:
    years_first = sum(n for each, n in seen.items() if each.year_form and each.fit is Fit.NEITHER)
    years_last = sum(
        n for each, n in seen.items() if each.kind is Kind.SHORT and not each.year_form
    )
    if years_first and not years_last:
        seen = _with_years_first(seen)
    years = [] if years_first or years_last else _years_in_doubt(seen)
    both, day, month = (_count(seen, fit) for fit in (Fit.BOTH, Fit.DAY, Fit.MONTH))
    order = _order(both, day, month)
    forms = Counter[str]()
    others = seen[OTHER]
    for each, count in seen.items():
        if each.kind is Kind.SHORT and each.fit is Fit.NEITHER:
            forms[each.year_form] += count
        for form in _forms(each, order):
            forms[form] += count
    number = _number(seen)
    if number is not None:
        forms[NUMBERS[number]] += 1
    others += sum(seen[Seen(kind)] for kind in NUMBERS if kind is not number)
    is_mixed = bool(years_first and years_last)
    return DateReading(
        formats=(*(form for form, _ in forms.most_common()), *years),
        order=Order.MIXED if is_mixed else Order.OPEN if years else order,
        years=tuple(years),
        both=sum(each.kind is Kind.SHORT for each in seen.elements()) if years else both,
        day_first=day,
        month_first=month,
        others=others,
    )


def _years_in_doubt(seen: Counter[Seen]) -> list[str]:
    """The formats of two-digit years that come first, where that makes no more different years of
    the values than to read them at the end; none where there are fewer at the end."""
    short = [each for each in seen if each.kind is Kind.SHORT]
    if not short or not all(each.year_form for each in short):
        return []
    first, last = (_span(full_year(each.ends[end]) for each in short) for end in (0, 1))
    return list(dict.fromkeys(each.year_form for each in short)) if first <= last else []


def _span(years: Iterable[int]) -> int:
    found = set(years)
    return max(found) - min(found)


def _with_years_first(seen: Counter[Seen]) -> Counter[Seen]:
    """Those of two-digit years, as values that begin with them."""
    changed = Counter[Seen]()
    for each, count in seen.items():
        is_short = each.kind is Kind.SHORT
        changed[Seen(Kind.FORM, each.year_form) if is_short else each] += count
    return changed


def _count(seen: Counter[Seen], fit: Fit) -> int:
    return sum(count for each, count in seen.items() if each.fit is fit)


def _order(both: int, day: int, month: int) -> Order:
    if day and month:
        return Order.MIXED
    if day or month:
        return Order.DAY if day else Order.MONTH
    return Order.OPEN if both else Order.NONE


def _forms(each: Seen, order: Order) -> Iterator[str]:
    """The formats that a value of this kind needs."""
    if each.kind is Kind.FORM:
        yield each.form
    if each.fit is not Fit.NEITHER:
        if order is not Order.MONTH:
            yield each.form.format("D", "M")
        if order is not Order.DAY:
            yield each.form.format("M", "D")


def _number(seen: Counter[Seen]) -> Kind | None:
    """What all values are that are no dates of another form."""
    kinds = [kind for kind in NUMBERS if seen[Seen(kind)]]
    return kinds[0] if len(kinds) == 1 and not seen[OTHER] else None
