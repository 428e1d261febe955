"""`suggest --ask`: a person goes through what is to be checked of a draft, column by column.

First the field of each such column; then how its values are made, where a check is left of that.
"""

from collections.abc import Callable

from importer.intake.nearest import nearest_of
from importer.intake.suggest.column import SPLIT, Candidate, Decision
from importer.intake.suggest.draft import Draft, columns_with_checks
from importer.intake.suggest.target import Target
from importer.intake.suggest.treatment import Treatment
from importer.shown import Asked

FIELD_OF_SPLIT = "FirstName, LastName"
LEAVE_OUT = "leave it out"
RIGHT = "it is right as it is drafted"
LEAVE_OPEN = "leave it marked in the mapping"
Choose = Callable[[Asked], str]  # the answer: one of the choices, a schema name, or "" for none


def ask_fields(draft: Draft, target: Target, choose: Choose) -> None:
    """Settle which field each unsure column feeds."""
    asked = [
        decision
        for decision, checks in zip(draft.decisions, columns_with_checks(draft), strict=True)
        if checks and (decision.checks or not decision.is_sure)
    ]
    for decision in asked:
        fed = {
            each.field: each.column.name
            for each in draft.decisions
            if each.field and each is not decision
        }
        candidates = [each for each in _candidates(decision) if each.field not in fed]
        answer = choose(
            Asked(
                decision.column.name,
                tuple(decision.column.values.examples),
                tuple(shown_name(each.field) for each in candidates),
                LEAVE_OUT,
                "; ".join(decision.checks) or f"what speaks for the first: {decision.why}",
                tuple(target.fields),
                fed,
                lambda text: nearest_of(text, list(target.fields)),
            )
        )
        _settle(decision, answer)


def _candidates(decision: Decision) -> list[Candidate]:
    own = Candidate(decision.field, decision.confidence, decision.why)
    others = [each for each in decision.others if each.field not in ("", decision.field)]
    return [own, *others] if decision.field else others


def _settle(decision: Decision, answer: str) -> None:
    """Who must not be written to stays marked: no field is the answer to that."""
    field = SPLIT if answer == FIELD_OF_SPLIT else answer
    if field != decision.field:
        decision.entry = None
    decision.field, decision.is_settled = field, True
    decision.why = "chosen by a person" if field else "left out by a person"
    decision.checks[:] = decision.checks[-1:] if decision.opt_outs else []
    if field.startswith("DoNot"):
        decision.checks.clear()
        decision.opt_outs = ()


def ask_treatments(draft: Draft, choose: Choose) -> None:
    """Settle how values are made: by one of the lines that are offered, or as it is drafted."""
    for decision, treatment in zip(draft.decisions, draft.treatments, strict=True):
        if not decision.field or not treatment.checks:
            continue
        offers = [offer.partition("  #")[0] for offer in treatment.offers]
        drafted = [] if treatment.is_open else [RIGHT]
        answer = choose(
            Asked(
                decision.column.name,
                tuple(decision.column.values.examples),
                (*drafted, *offers),
                LEAVE_OPEN,
                "; ".join(treatment.checks),
            )
        )
        if answer:
            _take(treatment, answer)


def _take(treatment: Treatment, answer: str) -> None:
    treatment.checks.clear()
    treatment.offers.clear()
    if answer != RIGHT:
        key, _, value = answer.partition(": ")
        listed = value.strip("[]").split(", ")
        treatment.entry[key] = listed if value.startswith("[") else value.strip('"')


def shown_name(field: str) -> str:
    return FIELD_OF_SPLIT if field == SPLIT else field
