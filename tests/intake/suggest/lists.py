"""Lists in memory, and the drafts that are made of them."""

from collections.abc import Mapping, Sequence

from importer.fields import AccountFields, Field, FieldType, Person
from importer.intake.source.file import Reading
from importer.intake.suggest.column import Decision
from importer.intake.suggest.draft import Draft, Head, columns_with_checks, written
from importer.intake.suggest.earlier import Earlier
from importer.intake.suggest.sampling import look_at
from importer.intake.suggest.suggest import decide, make_draft
from importer.intake.suggest.target import STANDARD, Target
from tests.intake.columns.lists import listed

SOURCES = ("Trade Show", "Web", "Referral", "Direct")
STAGES = ("Prospect", "Contacted", "Customer", "Disqualified")
OPTIONS = {"Source": SOURCES, "ProspectStage": STAGES}
NO_EARLIER = Earlier()


def account(
    *more: Field, users: Sequence[Person] | None = None, without: Sequence[str] = ()
) -> AccountFields:
    """An account in India: the standard fields, and more."""
    standard = [
        Field(each.name, each.display, each.type, OPTIONS.get(each.name, ()))
        for each in STANDARD
        if each.name not in {*without, *(field.name for field in more)}
    ]
    read_only = Field("CreatedOn", "Created On", FieldType.DATETIME, is_read_only=True)
    return AccountFields(
        "org", 0, [*standard, read_only, *more], users, country_code="91", time_zone="Asia/Kolkata"
    )


def drafted(
    columns: Mapping[str, Sequence[str]],
    known: AccountFields | None = None,
    earlier: Earlier = NO_EARLIER,
) -> Draft:
    """Of a list with these columns and their texts."""
    longest = max(map(len, columns.values()))
    rows = [
        [texts[row] if row < len(texts) else "" for texts in columns.values()]
        for row in range(longest)
    ]
    found, _ = look_at(listed(tuple(columns), rows), Reading())
    target = Target(known)
    return make_draft(found, decide(found, target, earlier), target)


def text_of(draft: Draft) -> str:
    """Below its head."""
    return written(draft, Head()).partition("version: 1\n\n")[2]


def entry(name: str, texts: Sequence[str], known: AccountFields | None = None) -> str:
    """What is written of a column beside an e-mail."""
    emails = [f"p{number}@example.com" for number in range(len(texts))]
    text = text_of(drafted({"Email": emails, name: texts}, known))
    return text.partition("email]\n")[2]


def answer_of(decision: Decision) -> str:
    """As a table of answers has it."""
    return {"split_name": "split", "": "-"}.get(decision.field, decision.field)


def judged(text: str, known: AccountFields | None) -> list[tuple[str, str, str, bool]]:
    """Of a list with its answers: column, answer, what is right, and whether it was sure."""
    header, answers, *rows = (line.split("|") for line in text.split("\n"))
    columns, _ = look_at(listed(header, rows), Reading())
    target = Target(known)
    draft = make_draft(columns, decide(columns, target, NO_EARLIER), target)
    return [
        (each.column.name, answer_of(each), right, bool(each.field) and not checks)
        for each, right, checks in zip(
            draft.decisions, answers, columns_with_checks(draft), strict=True
        )
    ]
