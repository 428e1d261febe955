"""All columns against all fields: each field is fed once, by the column that fits it best. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from importer.intake.suggest.column import SPLIT, SURE, Candidate, Column, Decision, Judged

NAMES = ("FirstName", "LastName")
CONTACTS = ("FirstName", "LastName", "EmailAddress", "Phone", SPLIT)
JOINED = {"Notes": " / ", "mx_Street1": ", ", "mx_Street2": ", ", "LastName": " "}
SPARSE = 0.5  # of the other column's cells: a column with fewer comes behind it
FOR_SPARSE = 0.25
# Of these the fuller column comes first, though the other is called better.
FULL_FIRST = frozenset({"EmailAddress", "Phone", "Mobile", "Company"})
NEARLY_FULL = 0.9
FOR_BLANKS = 0.5
Judgement = tuple[Column, Judged]


def assign(judgements: Sequence[Judgement]) -> list[Decision]:
    """In the columns' order."""
    made = {id(column): _undecided(column, judged) for column, judged in judgements}
    taken: dict[str, Column] = {}
    for column, candidate in _ranked(judgements):
        decision = made[id(column)]
        if decision.field or _is_taken(candidate.field, taken):
            continue
        taken[candidate.field] = column
        decision.field, decision.confidence = candidate.field, candidate.confidence
        decision.why, decision.entry = candidate.why, candidate.entry
    for column, judged in judgements:
        _say_loss(made[id(column)], judged, taken)
    decisions = [made[id(column)] for column, _ in judgements]
    _join(decisions, taken)
    _give_a_contact(decisions, taken)
    return decisions


def _undecided(column: Column, judged: Judged) -> Decision:
    return Decision(column, judged.meaning, why=judged.why, others=judged.candidates)


def _ranked(judgements: Sequence[Judgement]) -> list[tuple[Column, Candidate]]:
    """The best pair first; of equal ones the column with more values, then the first."""
    most = _most_filled(judgements)
    pairs = [
        (candidate.confidence - _for_blanks(column, candidate, most), column, candidate)
        for column, judged in judgements
        for candidate in judged.candidates
    ]
    pairs.sort(key=lambda each: (-round(each[0], 3), -each[1].values.filled, each[1].index))
    return [(column, candidate) for _, column, candidate in pairs]


def _most_filled(judgements: Sequence[Judgement]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for column, judged in judgements:
        for candidate in judged.candidates[:1]:
            found[candidate.field] = max(found.get(candidate.field, 0), column.values.filled)
    return found


def _for_blanks(column: Column, candidate: Candidate, most: Mapping[str, int]) -> float:
    """How far a column comes back behind one that has more values."""
    share = column.values.filled / (most.get(candidate.field, 0) or 1)
    if candidate.field in FULL_FIRST:
        return FOR_BLANKS * max(0.0, NEARLY_FULL - share)
    return FOR_SPARSE if share < SPARSE else 0.0


def _is_taken(field: str, taken: Mapping[str, Column]) -> bool:
    if field == SPLIT:
        return SPLIT in taken or any(name in taken for name in NAMES)
    return field in taken or (field in NAMES and SPLIT in taken)


def _say_loss(decision: Decision, judged: Judged, taken: Mapping[str, Column]) -> None:
    if decision.field or not judged.candidates:
        return
    field = judged.candidates[0].field
    winner = (
        taken.get(field)
        or taken.get(SPLIT)
        or next((taken[name] for name in NAMES if name in taken), None)
    )
    names = "first and last name" if field == SPLIT else field
    by = f'"{winner.name}"' if winner else "another column"
    decision.why = f"{names} is fed by {by} already"
    if winner and field == "EmailAddress" and decision.column.filled_at & ~winner.filled_at:
        decision.checks.append(f"it has values in rows where {by} has none: which is meant?")


def _join(decisions: Iterable[Decision], taken: Mapping[str, Column]) -> None:
    """Notes beside notes, and parts of an address where no field is left for them."""
    for each in decisions:
        if each.field:
            continue
        field = each.others[0].field if each.others else ""
        if field == "Notes" and each.meaning in ("notes", "message") and field in taken:
            _fold(each, "Notes", "joined with the other notes, if that is meant")
        elif each.meaning == "second_last_name" and "LastName" in taken:
            _fold(each, "LastName", "joined with the other last name, if that is meant")
        elif each.meaning in ("street2", "street3"):
            street = "mx_Street2" if "mx_Street2" in taken else "mx_Street1"
            if street in taken:
                _fold(
                    each,
                    street,
                    "joined with the other lines of the address" * (each.meaning == "street3"),
                )


def _fold(decision: Decision, field: str, check: str) -> None:
    decision.field, decision.confidence = field, 0.7 if check else 0.85
    decision.why = "joined with the column before"
    if check:
        decision.checks.append(check)


def _give_a_contact(decisions: Sequence[Decision], taken: Mapping[str, Column]) -> None:
    """A lead needs a name, an e-mail or a Phone: a mobile is one where it stands alone."""
    if any(field in taken for field in CONTACTS):
        return
    for each in decisions:
        phone = next((other for other in each.others if other.field == "Phone"), None)
        if each.field == "Mobile" and phone:
            each.field, each.confidence = "Phone", SURE
            each.why = "a lead needs a name, an e-mail or a Phone, and the list has no other"
            return


def house_number(decisions: Sequence[Decision]) -> None:
    """A column of house numbers behind that of the street."""
    street = next((each for each in decisions if each.field == "mx_Street1"), None)
    if street is None or street.column.values.share("digits") > 0.5:
        return
    for each in decisions:
        if each.meaning == "house_number" and not each.field:
            each.field, each.confidence, each.why = "mx_Street1", 0.85, "the number of the house"
