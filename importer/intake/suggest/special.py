"""Meanings that are more than a name and its values: sources, stages, owners. Pure.

Of these the options and users of the account decide.
"""

import re
from collections.abc import Callable, Mapping

from importer.fields import FieldType
from importer.intake.suggest.choices import fitting
from importer.intake.suggest.column import Candidate, Column, Judged
from importer.intake.suggest.fits import OTHERWISE, fit_of
from importer.intake.suggest.lexicon import Tag
from importer.intake.suggest.reasons import WHY_NONE
from importer.intake.suggest.target import Target

WISHED = re.compile(r"\b(?:prefer|bevorzug|wunsch|gewunscht|desired|desead|favori)")


def _lead_source(column: Column, target: Target) -> Judged:
    fit = fit_of("lead_source", column.values)
    if fit == OTHERWISE or column.values.share("yes_no") > 0.5:
        return Judged("lead_source", why="its values are no sources")
    return Judged(
        "lead_source", (Candidate("Source", _source_trust(column, target, 0.75), "the name"),)
    )


def _source_trust(column: Column, target: Target, else_: float) -> float:
    options = target.options("Source")
    if options and fitting(options, column.values.usual) >= 0.99:
        return 0.95
    field = target.fields.get("Source")
    return 0.95 if field and field.type is FieldType.TEXT else else_


def _source(column: Column, target: Target) -> Judged:
    options = target.options("Source")
    known = fitting(options, column.values.usual) if options else 0.0
    if WISHED.search(column.meaning.words):
        return Judged("source", why="a way that is wished for, and no source")
    if fit_of("source", column.values) != OTHERWISE:
        is_utm = column.meaning.words.startswith("utm")
        is_plain = not column.meaning.tags & {Tag.THING, Tag.FOREIGN}
        if known >= 0.99:
            return Judged("source", (Candidate("Source", 0.85, "the name and the values"),))
        if known >= 0.5 or is_utm or (is_plain and column.values.share("source") >= 0.3):
            return Judged("source", (Candidate("Source", 0.65, "the name"),))
    return Judged("source", why=WHY_NONE["source"])


def _heard(column: Column, target: Target) -> Judged:
    options = target.options("Source")
    known = fitting(options, column.values.usual) if options else 0.0
    if known >= 0.5:
        return Judged("heard", (Candidate("Source", 0.7 if known > 0.8 else 0.65, "its values"),))
    if not options and column.values.share("source") >= 0.7:
        return Judged("heard", (Candidate("Source", 0.65, "its values"),))
    return Judged("heard", why=WHY_NONE["heard"])


def _stage(column: Column, target: Target) -> Judged:
    """Only by its values."""
    meaning = column.meaning.meaning
    options = target.options("ProspectStage")
    known = fitting(options, column.values.usual, exact=True) if options else 0.0
    is_own = column.meaning.words in ("lead stage", "prospect stage")
    if known >= 0.99 and (is_own or len(column.values.usual) > 1):
        return Judged(
            "stage", (Candidate("ProspectStage", 0.9, "its values are stages of the account"),)
        )
    if is_own and (known >= 0.5 or not options):
        return Judged("stage", (Candidate("ProspectStage", 0.65, "the name"),))
    return Judged(meaning, why=WHY_NONE["status" if meaning == "status" else "stage"])


def _region(column: Column, _: Target) -> Judged:
    values = column.values
    if (
        column.meaning.words != "region"
        or fit_of("city", values) == OTHERWISE
        or values.share("digits") > 0.5
    ):
        return Judged("region", why=WHY_NONE["region"])
    return Judged("region", (Candidate("Region", 0.65, "the name"),))


def _grade(column: Column, _: Target) -> Judged:
    if all(re.fullmatch("[A-F][+-]?", text) for text in column.values.texts):
        return Judged("grade", (Candidate("Grade", 0.65, "the name and the values"),))
    return Judged("grade", why=WHY_NONE["grade"])


def _lead_type(column: Column, _: Target) -> Judged:
    if all(re.fullmatch(r"OT_\d+", text) for text in column.values.texts):
        return Judged("lead_type", (Candidate("LeadType", 0.9, "the name and the values"),))
    return Judged("lead_type", why=WHY_NONE["lead_type"])


def _owner(column: Column, target: Target) -> Judged:
    if not target.users or not target.has("OwnerId"):
        return Judged("owner", why=f"{WHY_NONE['owner']}, as far as the account's users are known")
    known = {
        text.casefold()
        for each in target.users
        if each.is_active
        for text in (each.email, each.name)
    }
    texts = column.values.usual
    share = sum(text.casefold() in known for text in texts) / len(texts)
    if share >= 0.99:
        return Judged("owner", (Candidate("OwnerId", 0.95, "its values are users of the account"),))
    if share >= 0.5:
        return Judged(
            "owner", (Candidate("OwnerId", 0.7, "most of its values are users of the account"),)
        )
    return Judged("owner", why="its values are no users of this account")


SPECIAL: Mapping[str, Callable[[Column, Target], Judged]] = {
    "lead_source": _lead_source,
    "source": _source,
    "original_source": _source,
    "heard": _heard,
    "stage": _stage,
    "status": _stage,
    "region": _region,
    "grade": _grade,
    "lead_type": _lead_type,
    "owner": _owner,
}
