"""A list becomes the draft of a mapping: its columns, judged one by one and then together. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from importer.intake.mapping_file import NAME_OR_CONTACT
from importer.intake.source.header import are_values
from importer.intake.suggest.assign import assign, house_number
from importer.intake.suggest.column import SPLIT, SURE, Candidate, Column, Decision, Judged
from importer.intake.suggest.draft import Draft
from importer.intake.suggest.earlier import ALIKE, SAME, Earlier, Remembered
from importer.intake.suggest.judge import judge
from importer.intake.suggest.names import How
from importer.intake.suggest.opt_outs import check_of, opt_outs
from importer.intake.suggest.regions import List
from importer.intake.suggest.resolve import Neighbours
from importer.intake.suggest.scalars import can_be_written
from importer.intake.suggest.target import Target
from importer.intake.suggest.treatment import Treatment, treat

NO_LEAD = (
    "no lead can be made of this list as it is: a lead needs a first or last name, an e-mail or a"
    " phone, and no column is one"
)

NO_NAMES = (
    "the row that names the columns looks like values: add a first row with names (Email, Phone, …)"
    " to the list, else that row makes no lead, and draft it again; or say with --header-row where"
    " the names stand"
)


def decide(columns: Sequence[Column], target: Target, earlier: Earlier) -> list[Decision]:
    """What becomes of each column, in their order."""
    around = Neighbours(columns)
    judgements = [
        (column, _with_earlier(column, _judged(column, around, target), target, earlier))
        for column in columns
    ]
    decisions = assign(judgements)
    house_number(decisions)
    for each in decisions:
        if each.field and each.column.repeated:
            name = each.column.repeated.strip()
            each.checks.append(f'"{name}" stands there more than once: is this the column?')
        each.opt_outs = opt_outs(each)
        if each.opt_outs:
            are_all = each.column.values.distinct is not None
            each.checks.append(check_of(each.opt_outs, are_all=are_all))
    return decisions


def _judged(column: Column, around: Neighbours, target: Target) -> Judged:
    if not can_be_written(column.name):
        return Judged("", why="its name has half of a sign, and can't be written")
    judged = judge(column, around, target)
    if judged.candidates and column.name.strip() and column.values.is_blank:
        return Judged(judged.meaning, why="all of its cells are blank")
    return judged


def _with_earlier(column: Column, judged: Judged, target: Target, earlier: Earlier) -> Judged:
    """What a mapping of this kind of list says of the column comes first."""
    found = earlier.of(column.name)
    if found is None or column.values.is_blank:
        return judged
    if not found.field:
        if found.alike >= SAME:
            return Judged(judged.meaning, why=f"left out in {found.mapping} too")
        return judged
    if not target.has(found.field):
        return judged
    confidence = _confidence(column, judged, found)
    if confidence <= 0:
        return judged
    others = tuple(each for each in judged.candidates if each.field != found.field)
    is_known = any(each.field == found.field for each in judged.candidates)
    if is_known and found.alike < ALIKE:
        return judged
    entry = found.entry if found.alike >= SAME or not is_known else None
    first = Candidate(found.field, confidence, f"as in {found.mapping}", entry)
    return replace(
        judged, candidates=tuple(sorted((first, *others), key=lambda each: -each.confidence))
    )


def _confidence(column: Column, judged: Judged, found: Remembered) -> float:
    agrees = {each.field: each.confidence for each in judged.candidates}.get(found.field)
    if agrees is not None:
        return max(agrees, SURE + 0.05)
    is_known = column.meaning.how not in (How.UNKNOWN, How.UNNAMED)
    if found.alike >= SAME:
        return 0.97
    if found.alike >= ALIKE and not is_known and not judged.candidates:
        return SURE
    return 0.0


def make_draft(columns: Sequence[Column], decisions: Sequence[Decision], target: Target) -> Draft:
    of = List(columns, decisions, target)
    treatments: list[Treatment] = [treat(each, of) for each in decisions]
    fed = {each.field for each in decisions}
    if SPLIT in fed:
        fed |= {"FirstName", "LastName"}
    missing = [
        each
        for each in target.fields.values()
        if each.is_mandatory and each.name not in fed and target.account is not None
    ]
    return Draft(decisions, treatments, missing)


def list_checks(header: Sequence[str], decisions: Sequence[Decision]) -> list[str]:
    """What is to be looked at of the list as a whole."""
    found = [NO_NAMES] if are_values(header) else []
    return found if makes_a_lead(decisions) else [*found, NO_LEAD]


def makes_a_lead(decisions: Sequence[Decision]) -> bool:
    return any(each.field in (*NAME_OR_CONTACT, SPLIT) for each in decisions)
