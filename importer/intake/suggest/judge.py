"""The fields that one column may go into, with a confidence each; or why it has none. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from importer.fields import Field, FieldType
from importer.intake.suggest.choices import fitting
from importer.intake.suggest.column import Candidate, Column, Judged
from importer.intake.suggest.fits import DOUBTFUL, OTHERWISE, PROVED, fit_of
from importer.intake.suggest.kinds import IN_WORDS, OUT_WORDS
from importer.intake.suggest.names import How, Tag, plain
from importer.intake.suggest.resolve import Neighbours, Resolved, resolve
from importer.intake.suggest.target import KEPT_BY_THE_CRM, STANDARD_NAMES, Target
from importer.intake.suggest.values import Values

Fields = Sequence[tuple[str, float]]
# What a meaning feeds: the field, and how well; a second one for a column that the first is not
# free for.
FIELDS: Mapping[str, Fields] = {
    "first_name": (("FirstName", 1.0),),
    "last_name": (("LastName", 1.0),),
    "second_last_name": (("LastName", 0.7),),
    "email": (("EmailAddress", 1.0),),
    "phone": (("Phone", 1.0), ("Mobile", 0.65)),
    "mobile": (("Mobile", 1.0), ("Phone", 0.7)),
    "whatsapp": (("Mobile", 0.65), ("Phone", 0.65)),
    "fax": (("Fax", 1.0),),
    "company": (("Company", 1.0),),
    "website": (("Website", 1.0),),
    "domain": (("Website", 0.7),),
    "job_title": (("JobTitle", 1.0),),
    "street1": (("mx_Street1", 1.0), ("mx_Street2", 0.6)),
    "street2": (("mx_Street2", 1.0),),
    "street3": (("mx_Street2", 0.7),),
    "city": (("mx_City", 1.0),),
    "state": (("mx_State", 1.0),),
    "country": (("mx_Country", 1.0),),
    "zip": (("mx_Zip", 1.0),),
    "revenue": (("Revenue", 1.0),),
    "dob": (("mx_DOB", 1.0),),
    "anniversary": (("mx_Anniversary", 1.0),),
    "facebook": (("mx_FaceBookURL", 1.0),),
    "twitter": (("mx_TwitterURL", 1.0),),
    "source_medium": (("SourceMedium", 1.0),),
    "source_campaign": (("SourceCampaign", 1.0),),
    "source_content": (("SourceContent", 1.0),),
    "source_referrer": (("SourceReferrer", 1.0),),
    "notes": (("Notes", 1.0),),
    "message": (("Notes", 0.75),),
    "do_not_email": (("DoNotEmail", 1.0),),
    "do_not_call": (("DoNotCall", 1.0),),
    "do_not_sms": (("DoNotSMS", 1.0),),
    "do_not_track": (("DoNotTrack", 1.0),),
    "latitude": (("Latitude", 0.95),),
    "longitude": (("Longitude", 0.95),),
    "time_zone": (("TimeZone", 0.95),),
    "engagement": (("EngagementScore", 0.65),),
    "ip": (("SourceIPAddress", 0.7),),
}
WHY_NONE: Mapping[str, str] = {
    "salutation": "a form of address: LeadSquared has no standard field for it",
    "department": "LeadSquared has no standard field for departments",
    "function": "LeadSquared has no standard field for it",
    "seniority": "LeadSquared has no standard field for it",
    "industry": "LeadSquared has no standard field for industries",
    "employees": "LeadSquared has no standard field for a number of employees",
    "middle_name": "LeadSquared has no standard field for middle names",
    "linkedin": "LeadSquared has no standard field for LinkedIn",
    "instagram": "LeadSquared has no standard field for it",
    "skype": "LeadSquared has no standard field for it",
    "consent": "a consent is the opposite of DoNotEmail. If its No is to be sent: field: DoNotEmail,"
    " transform: boolean, true: [No], false: [Yes]",
    "do_not_contact": "it may mean DoNotEmail, DoNotCall or both: fields: can feed each",
    "status": "a status of another system",
    "stage": "its values are no stages of this account",
    "grade": "LeadSquared keeps its own scores and grades",
    "any_score": "LeadSquared keeps its own scores and grades",
    "other_person": "about another person",
    "owner": "the owners of another system are nobody here",
    "id": "an id or number of another system",
    "time": "a moment in another system; LeadSquared keeps its own",
    "event": "about the event, and not the person",
    "account_data": "no standard field of LeadSquared takes it",
    "zip_city": "postal code and city in one cell: part them in the list first",
    "house_number": "a part of an address that the list does not have",
    "country_code": "codes, and no names of countries",
    "type": "no standard field of LeadSquared takes it",
    "district": "LeadSquared has no standard field for districts",
    "region": "no standard field of LeadSquared is for it",
    "origin": "LeadSquared keeps its own",
    "lead_type": "its values are no lead types of this account",
    "source": "a source in another system",
    "original_source": "a source in another system",
    "heard": "an answer, and no source of this account",
}
NO_FIELD = "no field is known for it"
TAGGED: Mapping[Tag, Mapping[str, float]] = {
    Tag.WORK: {"email": 1.01, "": 0.97},
    Tag.HOME: {"email": 0.86, "phone": 0.9, "": 0.93},
    Tag.MAILING: {"": 0.99},
    Tag.BILLING: {"": 0.75},
    Tag.OTHER: {"": 0.65},
    Tag.COMPANY: {"email": 0.74, "company": 1.0, "website": 1.0, "revenue": 1.0, "": 0.7},
    Tag.SCALED: {"": 0.7},
}
OF_THE_PERSON = frozenset({"first_name", "last_name", "full_name", "job_title", "dob", "notes"})
BY_VALUES = (
    ("email", "email", 0.9),
    ("linkedin", "linkedin", 0.9),
    ("facebook", "facebook", 0.75),
    ("phone", "phone", 0.7),
    ("url", "website", 0.65),
    ("country", "country", 0.7),
)
TYPES: Mapping[FieldType, str] = {
    FieldType.EMAIL: "email",
    FieldType.PHONE: "phone",
    FieldType.DATE: "date",
    FieldType.DATETIME: "date",
    FieldType.NUMBER: "number",
    FieldType.URL: "url",
}


def judge(column: Column, around: Neighbours, target: Target) -> Judged:
    """Its fields, the best first. Custom fields of the account that are called so come before what
    the name means elsewhere."""
    if column.values.is_blank:
        return Judged("", why="all of its cells are blank")
    meaning = resolve(column, around)
    judged = _by_name(column, meaning, around, target)
    own = [*_of_own(column, target)]
    if not judged.candidates and not own:
        judged = _by_values(column, judged, around)
    known = [each for each in judged.candidates if _is_there(each.field, target)]
    if judged.candidates and not known and not own:
        names = ", ".join(each.field for each in judged.candidates)
        return Judged(judged.meaning, why=f"the account has no field {names}")
    best: dict[str, Candidate] = {}
    for each in (*own, *known):
        if each.field not in best or best[each.field].confidence < each.confidence:
            best[each.field] = each
    ranked = sorted(best.values(), key=lambda each: -each.confidence)
    return replace(judged, candidates=tuple(ranked))


def _is_there(field: str, target: Target) -> bool:
    return field == "" or target.has(field) or field == "split_name"


def _by_name(column: Column, found: Resolved, around: Neighbours, target: Target) -> Judged:
    meaning, tags = found.meaning, column.meaning.tags
    if column.meaning.how in (How.UNKNOWN, How.UNNAMED):
        return Judged("", why=_unknown_why(column))
    if not meaning:
        return Judged("", why=found.why)
    if column.meaning.how is How.DEAD:
        return Judged(meaning, why=WHY_NONE.get(meaning, NO_FIELD))
    if Tag.FOREIGN in tags and meaning != "notes":
        return Judged("other_person", why=WHY_NONE["other_person"])
    if Tag.THING in tags:
        return Judged("event", why="about something else than the person")
    if Tag.COMPANY in tags and meaning in ("phone", "mobile", "whatsapp"):
        return Judged("", why="the phone of the company, and not of the person")
    special = SPECIAL.get(meaning)
    if special:
        return special(column, target)
    if meaning == "full_name":
        fields: Fields = (("split_name", 1.0),)
    else:
        fields = FIELDS.get(meaning, ())
    if not fields:
        return Judged(meaning, why=WHY_NONE.get(meaning, NO_FIELD))
    trust = _trust(column, meaning) * found.trust
    if trust <= 0:
        return Judged(
            "", why=f"its values are not what a column of that name has ({_shown(column.values)})"
        )
    why = _why(column, meaning)
    return Judged(
        meaning,
        tuple(Candidate(field, round(0.98 * trust * much, 3), why) for field, much in fields),
    )


def _trust(column: Column, meaning: str) -> float:
    """By the name and the values, 0 where the values are of another kind."""
    how, values = column.meaning.how, column.values
    fit = BOOLEANS(values) if meaning.startswith("do_not_") else fit_of(meaning, values)
    if fit == OTHERWISE:
        return 0.0
    trust = {How.EXACT: 1.0, How.PART: 0.65, How.NEAR: 0.75}.get(how, 0.0)
    if how is How.NEAR and fit == PROVED:
        trust = 0.9
    if how is How.PART:
        trust = _trust_of_part(column, meaning, fit)
    if fit == DOUBTFUL:
        trust = min(trust, 0.7)
    for tag in column.meaning.tags:
        table = TAGGED.get(tag, {})
        trust *= table.get(meaning, table.get("", 1.0))
    return trust


def _trust_of_part(column: Column, meaning: str, fit: float) -> float:
    """Beside words that are not known, a name says little: the values have to prove it."""
    strong = meaning in ("email", "phone", "mobile", "website", "facebook", "twitter")
    if column.meaning.is_question and not (meaning == "email" and fit == PROVED):
        return 0.0
    if fit == PROVED and strong:
        return 0.75
    is_split = "/" in column.name or "," in column.name or "|" in column.name
    if is_split:
        return 0.85 if fit == PROVED else 0.75
    if meaning in ("company", "job_title"):
        return 0.65 if fit == PROVED else 0.0
    return 0.65 if meaning in OF_THE_PERSON | {"zip"} and fit >= 0 else 0.0


def BOOLEANS(values: Values) -> float:  # noqa: N802  # a fit, as in the table of them
    share = values.share("yes_no")
    if share >= 0.8:
        return PROVED
    words = sum(bool(_is_opt_out(text)) for text in values.usual[:20])
    return DOUBTFUL if words and values.share("date") < 0.5 else OTHERWISE


def _is_opt_out(text: str) -> bool:
    return bool(
        {*plain(text).split()}
        & OUT_WORDS | IN_WORDS
    )


def _why(column: Column, meaning: str) -> str:
    words = {How.EXACT: "the name", How.PART: "a part of the name", How.NEAR: "nearly the name"}
    fit = fit_of(meaning, column.values)
    return (
        f"{words.get(column.meaning.how, 'the values')}{' and the values' if fit == PROVED else ''}"
    )


def _shown(values: Values) -> str:
    return ", ".join(f'"{text[:30]}"' for text in values.examples)


def _unknown_why(column: Column) -> str:
    if column.values.is_constant:
        return f"the same in every row ({_shown(column.values)})"
    if column.meaning.is_question:
        return "a question of the form: no field is known for its answers"
    return NO_FIELD


def _by_values(column: Column, judged: Judged, around: Neighbours) -> Judged:
    """What no name tells. An e-mail column is one whatever it is called; the rest only where the
    name says nothing at all."""
    values, how = column.values, column.meaning.how
    if column.meaning.tags & {Tag.FOREIGN, Tag.THING} or how not in (How.UNKNOWN, How.UNNAMED):
        return judged
    for kind, meaning, confidence in BY_VALUES:
        if values.share(kind) < 0.8 or around.other(column, meaning):
            continue
        if meaning not in ("email", "linkedin") and values.filled < 3:
            continue
        if meaning == "phone" and (values.is_counted or how is not How.UNNAMED):
            if values.share("phone") < 0.95 or not any("+" in text for text in values.texts):
                continue
        fields = FIELDS.get(meaning, ())
        if not fields:
            return Judged(meaning, why=WHY_NONE[meaning])
        if column.meaning.is_question and meaning != "email":
            continue
        return Judged(meaning, (Candidate(fields[0][0], confidence, "its values"),))
    if how is How.UNNAMED:
        return _unnamed(column, judged, around)
    return judged


def _unnamed(column: Column, judged: Judged, around: Neighbours) -> Judged:
    values = column.values
    no_name = not around.meanings & {"first_name", "last_name", "full_name", "name"}
    if (
        no_name
        and values.share("name") > 0.9
        and 1.5 <= values.words <= 4
        and values.share("company") < 0.1
    ):
        return Judged("full_name", (Candidate("split_name", 0.65, "its values"),))
    if values.share("company") > 0.5 and not around.other(column, "company"):
        return Judged("company", (Candidate("Company", 0.65, "its values"),))
    if values.share("title") > 0.6 and not around.other(column, "job_title"):
        return Judged("job_title", (Candidate("JobTitle", 0.65, "its values"),))
    return judged


def _of_own(column: Column, target: Target) -> Iterator[Candidate]:
    """Fields that are called as the column is."""
    if exact := target.named(column.name):
        is_plain = exact in ("Source", "Score", "Grade", "Region", "Origin", "ProspectStage")
        kind = target.fields[exact]
        if not is_plain and _takes(kind, column.values):
            confidence = 0.65 if exact in KEPT_BY_THE_CRM else 0.99
            if exact != "OwnerId":
                yield Candidate(exact, confidence, "it has the field's own name")
    for name, confidence, why in target.of_own(column.name, column.meaning):
        if _takes(target.fields[name], column.values) and not (
            name in STANDARD_NAMES and _is_trap(column)
        ):
            yield Candidate(name, confidence, why)


def _is_trap(column: Column) -> bool:
    """Whether what is called so is as a rule another system's."""
    return column.meaning.meaning in (
        "time",
        "id",
        "status",
        "owner",
        "source",
        "consent",
        "name",
        "title",
        "state",
    )


def _takes(field: Field, values: Values) -> bool:
    """Whether the field's type is one for such values."""
    if field.type is FieldType.BOOLEAN:
        return values.share("yes_no") > 0.5
    kind = TYPES.get(field.type)
    if kind == "number" and values.share("phone") > 0.8 and values.share("integer") < 0.5:
        return False
    return kind is None or values.share(kind) >= 0.5


# Meanings that are more than a name and its values


def _lead_source(column: Column, target: Target) -> Judged:
    fit = fit_of("lead_source", column.values)
    if fit == OTHERWISE or column.values.share("yes_no") > 0.5:
        return Judged("lead_source", why=f"no sources ({_shown(column.values)})")
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
    if fit_of("source", column.values) != OTHERWISE:
        is_utm = column.meaning.words.startswith("utm")
        is_plain = column.meaning.meaning == "source"
        if known >= 0.99:
            return Judged("source", (Candidate("Source", 0.85, "the name and the values"),))
        if known >= 0.5 or is_utm or (is_plain and column.values.share("source") >= 0.3):
            return Judged("source", (Candidate("Source", 0.65, "the name"),))
    return Judged("source", why=WHY_NONE["source"])


def _heard(column: Column, target: Target) -> Judged:
    options = target.options("Source")
    if options and fitting(options, column.values.usual) >= 0.5:
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


def _region(column: Column, target: Target) -> Judged:
    values = column.values
    if (
        column.meaning.words != "region"
        or fit_of("city", values) == OTHERWISE
        or values.share("digits") > 0.5
    ):
        return Judged("region", why=WHY_NONE["region"])
    return Judged("region", (Candidate("Region", 0.65, "the name"),))


def _grade(column: Column, target: Target) -> Judged:
    if all(re.fullmatch("[A-F][+-]?", text) for text in column.values.texts):
        return Judged("grade", (Candidate("Grade", 0.65, "the name and the values"),))
    return Judged("grade", why=WHY_NONE["grade"])


def _lead_type(column: Column, target: Target) -> Judged:
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


SPECIAL = {
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
