"""The fields that one column may go into, with a confidence each; or why it has none. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from importer.intake.suggest.by_values import by_values, no_answer
from importer.intake.suggest.column import Candidate, Column, Judged
from importer.intake.suggest.fits import DOUBTFUL, OTHERWISE, PROVED, fit_of
from importer.intake.suggest.kinds import IN_WORDS, OUT_WORDS
from importer.intake.suggest.lexicon import Tag
from importer.intake.suggest.meanings import FIELDS, Fields
from importer.intake.suggest.names import PARTS, How, read_name
from importer.intake.suggest.own import by_options, by_question, by_topics, options_fit, takes
from importer.intake.suggest.plain import plain
from importer.intake.suggest.reasons import NO_FIELD, WHY_NONE
from importer.intake.suggest.resolve import Neighbours, Resolved, resolve
from importer.intake.suggest.special import SPECIAL
from importer.intake.suggest.target import KEPT_BY_THE_CRM, STANDARD_NAMES, Target
from importer.intake.suggest.topics import words_of
from importer.intake.suggest.values import Values, shown

TAGGED: Mapping[Tag, Mapping[str, float]] = {
    Tag.WORK: {"email": 1.01, "": 0.97},
    Tag.HOME: {"email": 0.86, "phone": 0.9, "": 0.93},
    Tag.MAILING: {"": 0.99},
    Tag.BILLING: {"": 0.75},
    Tag.OTHER: {"": 0.65},
    Tag.COMPANY: {"email": 0.74, "company": 1.0, "website": 1.0, "revenue": 1.0, "": 0.7},
    Tag.SCALED: {"": 0.7},
    Tag.THING: {"notes": 0.7},
}
PLACES = frozenset(["city", "state", "country", "location", "street1", "street2", "region", "zip"])
WISHES = frozenset(
    {
        "preferred",
        "desired",
        "target",
        "interested",
        "wunsch",
        "souhaite",
        "deseada",
        "desejada",
    }
)
PLACES_PROVED = frozenset({"street1", "street2", "zip", "dob"})
OF_THE_PERSON = frozenset({"first_name", "last_name", "full_name", "job_title", "dob", "notes"})
COUNTED = 0.8  # of the values, that are numbers: minutes, and no days
SAID_SO = 0.95  # the confidence of a field that has the same name
SOME_FIT = 0.2  # of the values, that are options
SAYS_SOMETHING = 2.0  # words on the average


def judge(column: Column, around: Neighbours, target: Target) -> Judged:
    """Its fields, the best first. Custom fields of the account that are called so come before what
    the name means elsewhere."""
    if column.values.is_blank:
        return Judged("", why="all of its cells are blank")
    if why := no_answer(column):
        return Judged("", why=why)
    meaning = resolve(column, around)
    judged = _by_name(column, meaning, target)
    own = [each for each in _of_own(column, target) if _agrees(each, judged, column)]
    if not judged.candidates and not own:
        judged = by_values(column, judged, around)
    if judged.meaning == "time" and column.values.share("number") > COUNTED:
        judged = replace(judged, why="how long something took, and no moment: no field takes it")
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


def _agrees(own: Candidate, judged: Judged, column: Column) -> bool:
    """Of a standard field: whether the values are not of another kind than its name says."""
    if own.field not in STANDARD_NAMES or column.meaning.how is not How.EXACT:
        return True
    return any(each.field == own.field for each in judged.candidates)


def _is_there(field: str, target: Target) -> bool:
    return field == "" or target.has(field) or field == "split_name"


def _by_name(column: Column, found: Resolved, target: Target) -> Judged:
    meaning, tags = found.meaning, column.meaning.tags
    if column.meaning.how in (How.UNKNOWN, How.UNNAMED):
        return Judged("", why=_unknown_why(column))
    if not meaning:
        return Judged("", why=found.why)
    if column.meaning.how is How.DEAD:
        return Judged(meaning, why=WHY_NONE.get(meaning, NO_FIELD))
    if Tag.FOREIGN in tags and meaning != "notes":
        return Judged("other_person", why=WHY_NONE["other_person"])
    if Tag.THING in tags and not (meaning == "notes" and column.values.words >= 3):
        return Judged("event", why="about something else than the person")
    if meaning in PLACES and {*column.meaning.words.split()} & WISHES:
        return Judged("", why="a place that is wished for, and not where the person is")
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
        return Judged("", why="its values are not what a column of that name has")
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
    trust = {How.EXACT: 1.0, How.PART: 0.65, How.NEAR: 0.75, How.SHORT: 1.0}.get(how, 0.0)
    if how is How.NEAR and fit == PROVED:
        trust = 0.9
    if how is How.ASKED:
        return _trust_of_asked(column, meaning, fit)
    if how is How.PART:
        trust = _trust_of_part(column, meaning, fit)
    if fit == DOUBTFUL:
        trust = min(trust, 0.7)
    for tag in column.meaning.tags:
        table = TAGGED.get(tag, {})
        trust *= table.get(meaning, table.get("", 1.0))
    return trust


def _trust_of_asked(column: Column, meaning: str, fit: float) -> float:
    """Of a sentence that asks for something."""
    values = column.values
    if meaning == "message" and values.words < SAYS_SOMETHING:
        return 0.0
    if meaning == "phone":
        return 0.75 if fit == PROVED else 0.0
    if meaning == "full_name" and values.words < 1.5:  # a first name, or a word
        return 0.0
    return 0.75 if fit == PROVED or fit >= 0 else 0.0


def _trust_of_part(column: Column, meaning: str, fit: float) -> float:
    """Beside words that are not known, a name says little: the values have to prove it."""
    strong = meaning in ("email", "phone", "mobile", "website", "facebook", "twitter")
    if column.meaning.is_question and not (strong and fit == PROVED):
        return 0.0
    if fit == PROVED and strong:
        return 0.75
    if fit == PROVED and meaning in PLACES_PROVED and not column.meaning.tags:
        return 0.7
    is_split = len(PARTS.split(column.name.strip())) > 1
    if is_split:
        return 0.85 if fit == PROVED else 0.75
    if meaning != column.meaning.meaning:  # it was open already
        return 0.0
    if meaning == "message" and fit >= 0 and column.values.words >= SAYS_SOMETHING:
        return 0.85
    if fit >= 0 and _is_head(column):
        return 0.68
    if meaning in ("company", "job_title"):
        return 0.65 if fit == PROVED else 0.0
    return 0.65 if meaning in OF_THE_PERSON | {"zip"} and fit >= 0 else 0.0


def _is_head(column: Column) -> bool:
    """Whether the known words stand first, and the rest are few and say nothing."""
    words = column.meaning.words.split()
    first = read_name(words[0]) if len(words) > 1 else None
    if first is None or first.how is not How.EXACT or first.meaning != column.meaning.meaning:
        return False
    return not words_of(" ".join(words[1:]))


def BOOLEANS(values: Values) -> float:  # noqa: N802  # a fit, as in the table of them
    share = values.share("yes_no")
    if share >= 0.8:
        return PROVED
    words = sum(bool(_is_opt_out(text)) for text in values.usual[:20])
    return DOUBTFUL if words and values.share("date") < 0.5 else OTHERWISE


def _is_opt_out(text: str) -> bool:
    return bool({*plain(text).split()} & OUT_WORDS | IN_WORDS)


def _why(column: Column, meaning: str) -> str:
    words = {How.EXACT: "the name", How.PART: "a part of the name", How.NEAR: "nearly the name"}
    fit = fit_of(meaning, column.values)
    return (
        f"{words.get(column.meaning.how, 'the values')}{' and the values' if fit == PROVED else ''}"
    )


def _unknown_why(column: Column) -> str:
    if column.values.is_constant:
        return f"the same in every row ({shown(column.values)})"
    if column.meaning.is_question:
        return "a question of the form: no field is known for its answers"
    return NO_FIELD


def _of_own(column: Column, target: Target) -> Iterator[Candidate]:
    """Fields that are called as the column is."""
    if exact := target.named(column.name):
        is_plain = exact in ("Source", "Score", "Grade", "Region", "Origin", "ProspectStage")
        kind = target.fields[exact]
        if not is_plain and takes(kind, column.values):
            confidence = 0.65 if exact in KEPT_BY_THE_CRM else 0.99
            if exact != "OwnerId":
                yield Candidate(exact, confidence, "it has the field's own name")
    for name, confidence, why in target.of_own(column.name, column.meaning):
        if confidence < SAID_SO and 0 <= options_fit(target.fields[name], column.values) < SOME_FIT:
            continue
        if takes(target.fields[name], column.values) and not (
            name in STANDARD_NAMES and _is_trap(column)
        ):
            yield Candidate(name, confidence, why)
    yield from by_question(column, target)
    yield from by_topics(column, target)
    yield from by_options(column, target)


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
