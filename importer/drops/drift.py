"""Whether a list differs too much from the last one that was accepted in its place. Pure.

In: both profiles, and the columns that the mapping reads. Out: each difference that holds the list
back. More rows, columns that are new or not read, and another order are none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from math import sqrt

from importer.profile import ColumnProfile, FileProfile, Kind

FEWER = "see whether the file is whole; if it is meant so, accept the file"
MANY_TIMES = 10  # fewer rows
FAR_BLANKER = 0.5  # of all rows
LEAST_ROWS = 10  # of both lists: in shorter ones some blanks are nothing
BY_CHANCE = 3.5  # standard errors: two shares differ so far in one of some 4,000 lists
LIKE_NAME = 0.75  # of 1
LIKE_BLANK = 0.25  # of all rows
LONGEST_NAME = 100  # characters: to compare two texts takes their lengths multiplied
MOST_NAMES = 200  # to compare, each with each
SURE, LIKELY = 1.0, 0.5  # a column that a list may lack has to be surely the same
DIGITS, WORD = re.compile(r"\d+"), re.compile(r"[^\W_]+")

WORDS = {
    Kind.EMAIL: "e-mail addresses",
    Kind.URL: "web addresses",
    Kind.DATE: "dates",
    Kind.PHONE: "phone numbers",
    Kind.NUMBER: "numbers",
    Kind.DIGITS: "numbers of many digits",
    Kind.SERIAL: "numbers",
    Kind.YES_NO: "yes and no",
    Kind.CODE: "texts with digits",
    Kind.TEXT: "texts",
}
# Kinds that a column may change between without a cause: some values may be of either.
ALIKE = frozenset(
    map(
        frozenset,
        [
            *product([Kind.DIGITS], [Kind.PHONE, Kind.NUMBER, Kind.SERIAL, Kind.CODE]),
            *product([Kind.SERIAL], [Kind.DATE, Kind.NUMBER, Kind.CODE]),
            *product([Kind.YES_NO], [Kind.NUMBER, Kind.SERIAL, Kind.CODE, Kind.TEXT]),
            *product([Kind.CODE], [Kind.NUMBER, Kind.TEXT]),
        ],
    )
)
# Nothing else looks like these: few values tell them from each other. Else more are needed.
DISTINCT = frozenset({Kind.EMAIL, Kind.PHONE, Kind.DATE})
LEAST_VALUES, LEAST_OF_OTHERS = 5, 10

SHIFTED = "see whether the columns have shifted; if it is meant so, accept the file"


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference, and what to do. Neither has a value of a row."""

    what: str
    fix: str


def drift(before: FileProfile, now: FileProfile, mapped: Mapping[str, bool]) -> list[Drift]:
    """What holds the list back; nothing where all is well.

    before: of the last list that was accepted. mapped: the columns that the mapping reads, and
    whether a list may lack each.
    """
    found = [*_rows(before.rows, now.rows), *_missing(before, now, mapped)]
    columns = {each.name: each for each in now.columns}
    for column in before.columns:
        if column.name in mapped and column.name in columns:
            found += _changed(
                _Column(column, before.rows),
                _Column(columns[column.name], now.rows),
                mapped[column.name],
            )
    return found


def _rows(before: int, now: int) -> Iterator[Drift]:
    if not before or MANY_TIMES * now > before:
        return
    has = f"it has {_counted(now, 'row')}" if now else "it has no rows"
    yield Drift(f"{has}, and the one before had {before:,}", FEWER)


# What a column holds


@dataclass(frozen=True, slots=True)
class _Column:
    profile: ColumnProfile
    rows: int

    @property
    def blanks(self) -> float:
        return self.profile.blank * self.rows

    @property
    def values(self) -> int:
        return round(self.rows - self.blanks)


def _changed(before: _Column, now: _Column, may_lack: bool) -> Iterator[Drift]:
    """may_lack: then it may be blank as well."""
    name, was, is_ = before.profile.name, before.profile, now.profile
    least = LEAST_VALUES if {was.kind, is_.kind} <= DISTINCT else LEAST_OF_OTHERS
    if _is_another_kind(was.kind, is_.kind) and min(before.values, now.values) >= least:
        had, has = WORDS[Kind(was.kind)], WORDS[Kind(is_.kind)]
        yield Drift(f'"{name}" had {had} before, and now has {has}', SHIFTED)
    if not may_lack and _is_blanker(before, now):
        yield Drift(
            f'"{name}" is blank in {is_.blank:.0%} of the rows, and was in {was.blank:.0%} before',
            "see why; if it is meant so, accept the file",
        )


def _is_another_kind(was: str, is_: str) -> bool:
    """Surely: neither is unknown, nor may it be the other."""
    return was != is_ and {was, is_} <= {*Kind} and frozenset({was, is_}) not in ALIKE


def _is_blanker(before: _Column, now: _Column) -> bool:
    """By far, and not by chance: a test of two shares."""
    further = now.profile.blank - before.profile.blank
    if further < FAR_BLANKER or min(before.rows, now.rows) < LEAST_ROWS:
        return False
    share = (before.blanks + now.blanks) / (before.rows + now.rows)
    error = sqrt(share * (1 - share) * (1 / before.rows + 1 / now.rows))
    return further >= BY_CHANCE * error


# Columns that are gone


@dataclass(frozen=True, slots=True)
class _Place:
    """A column among the others: its profile, its number, and the names beside it."""

    profile: ColumnProfile
    index: int
    beside: tuple[str | None, str | None]

    @property
    def name(self) -> str:
        return self.profile.name

    def is_near(self, other: "_Place") -> bool:
        return self.index == other.index or any(
            name is not None and name == theirs
            for name, theirs in zip(self.beside, other.beside, strict=True)
        )


def _missing(before: FileProfile, now: FileProfile, mapped: Mapping[str, bool]) -> Iterator[Drift]:
    old, new = _without(before, now), _without(now, before)
    gone = [each for each in old if each.name in mapped]
    used = [each for each in before.columns if each.name in mapped]
    likely = _likely(gone, new, mapped, is_header=len(old) < len(before.columns))
    if len(gone) == len(used) > 1 and not likely and not all(mapped[each.name] for each in gone):
        yield Drift(
            f"none of the {len(gone)} columns is there that the mapping names",
            "see whether its first row still names the columns; or write their names into the"
            " mapping as they are now",
        )
        return
    for each in gone:
        name = likely.get(each.name)
        if name is not None:
            yield Drift(
                f'the column "{each.name}" is missing; "{name}" is new, and is likely the same',
                f'write "{name}" for "{each.name}" in the mapping, or have it named as before',
            )
        elif not mapped[each.name]:
            yield Drift(
                f'the column "{each.name}" is missing',
                "have the file made with it, as before; or take it out of the mapping, or set"
                " optional: true for it there",
            )


def _without(profile: FileProfile, other: FileProfile) -> list[_Place]:
    """The columns that the other has not."""
    names = [each.name for each in profile.columns]
    others = {each.name for each in other.columns}
    around = [None, *names, None]
    return [
        _Place(each, index, (around[index], around[index + 2]))
        for index, each in enumerate(profile.columns)
        if each.name not in others
    ]


def _likely(
    gone: Sequence[_Place], new: Sequence[_Place], mapped: Mapping[str, bool], *, is_header: bool
) -> dict[str, str]:
    """The new name of each column that is gone, where there is a likely one; none is given twice.

    is_header: some names stayed. Where none did, they may be a row's values, and only names that
    are near tell.
    """
    pairs = [
        (likeness, one.name, other.name)
        for one, other in product(gone[:MOST_NAMES], new[:MOST_NAMES])
        if (likeness := _likeness(one, other, is_header)) >= (SURE if mapped[one.name] else LIKELY)
    ]
    found: dict[str, str] = {}
    for _, old_name, new_name in sorted(pairs, key=lambda pair: -pair[0]):
        if old_name not in found and new_name not in found.values():
            found[old_name] = new_name
    return found


def _likeness(gone: _Place, new: _Place, is_header: bool) -> float:
    """How likely the one is the other now: SURE and more by their names, or by a kind that tells;
    LIKELY by any kind; 0 for not. By kinds only beside the same columns."""
    one, other = gone.profile, new.profile
    if _is_another_kind(one.kind, other.kind):
        return 0.0
    if near := _nearness(one.name, other.name):
        return SURE + near
    is_alike = one.kind and one.kind == other.kind and abs(one.blank - other.blank) <= LIKE_BLANK
    if not (is_header and is_alike and gone.is_near(new)):
        return 0.0
    return SURE if one.kind in DISTINCT else LIKELY


def _nearness(one: str, other: str) -> float:
    """0 to 1, how near two names are: capitals and signs aside, all words of one in the other, or
    mistyped; 0 for not near."""
    if max(len(one), len(other)) > LONGEST_NAME or DIGITS.findall(one) != DIGITS.findall(other):
        return 0.0
    words, others = WORD.findall(one.casefold()), WORD.findall(other.casefold())
    plain, plainer = "".join(words), "".join(others)
    if not plain or not plainer:
        return 0.0
    ratio = SequenceMatcher(None, plain, plainer, autojunk=False).ratio()
    is_longer = {*words} <= {*others} or {*others} <= {*words}
    return ratio if is_longer or ratio >= LIKE_NAME else 0.0


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
