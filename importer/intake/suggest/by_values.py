"""What a column is by its values, where its name does not tell; and which columns are answers that
no field is for. Pure.
"""

import re

from importer.intake.suggest.column import Candidate, Column, Judged
from importer.intake.suggest.lexicon import Tag
from importer.intake.suggest.meanings import FIELDS
from importer.intake.suggest.names import PARTS, How
from importer.intake.suggest.plain import plain
from importer.intake.suggest.reasons import WHY_NONE
from importer.intake.suggest.resolve import Neighbours
from importer.intake.suggest.topics import is_source
from importer.intake.suggest.values import Values

BY_VALUES = (
    ("email", "email", 0.9),
    ("linkedin", "linkedin", 0.9),
    ("facebook", "facebook", 0.75),
    ("phone", "phone", 0.7),
    ("url", "website", 0.65),
    ("country", "country", 0.7),
)
VAGUE = ("url", "country")  # there are many of these that are not the person's
# What a name in part, or short, is taken for that its values may show to be something else.
MISREAD = frozenset(["", "time", "consent", "id", "account_data"])
# Whoever is meant by these, it is not the person: their names, phones and companies look the same.
OTHERS = frozenset(
    """
    coach trainer interviewer teacher lehrer professor profesor professeur docente mentor host
    speaker referent moderator counsellor counselor advisor berater conseiller asesor consultor
    doctor arzt hausarzt medecin medico dentist zahnarzt zentrale standard reception switchboard
    hotline support helpdesk client hersteller manufacturer fabricant fabricante supplier lieferant
    fournisseur proveedor fornecedor vendor competitor konkurrent wettbewerber concurrent
    competencia competidor concorrente employer insurer versicherer aseguradora seguradora assureur
    bank banco banque dealer reseller handler partner distributor agent agency agentur agence agente
    emergency notfall urgence urgencia emergencia guardian witness author approved signed checked
    reviewed handled assigned rep seller verkaufer vendedor vendeur recruiter nominee landlord
    tenant previous former old lead qualifikation qualification certificate parent father mother
    vater mutter pere mere padre madre pai mae pita mata spouse husband wife""".split()  # noqa: SIM905
)
CHANNELS = frozenset({"contact", "preferred", "method", "best"})
NAMES = ("first_name", "last_name", "full_name", "name", "contact")
GROUPED = re.compile(r"^[+(0]|\d[ .\-/]+\d")
MOSTLY = 0.7
FEW_COMPANIES = 0.12  # where the people have columns of their own
SOME_COMPANIES = 0.35  # of different texts: many companies are called as people are
MANY = 12  # different values
SENTENCE = 4  # words


def by_values(column: Column, judged: Judged, around: Neighbours) -> Judged:
    """What no name tells. An e-mail column is one whatever it is called; the rest only where the
    name says nothing at all."""
    values, how = column.values, column.meaning.how
    is_confirmed = {*column.meaning.words.split()} & {"confirm", "confirmation", "optin", "opt"}
    if how is How.UNKNOWN and values.share("ip") > MOSTLY and not is_confirmed:
        return Judged("ip", (Candidate("SourceIPAddress", 0.65, "its values"),))
    if column.meaning.tags & {Tag.FOREIGN, Tag.THING}:
        return judged
    if how is How.PART and _are_sources(column, around):
        return Judged("source", (Candidate("Source", 0.65, "its values"),))
    if {*plain(column.name).split()} & OTHERS:
        return judged
    if how in (How.DEAD, How.SHORT, How.NEAR, How.PART) and judged.meaning in MISREAD:
        return _by_kind(column, judged, around)
    if how not in (How.UNKNOWN, How.UNNAMED):
        return judged
    for kind, meaning, confidence in BY_VALUES:
        if how is not How.UNNAMED and (kind in VAGUE or Tag.COMPANY in column.meaning.tags):
            continue
        if values.share(kind) < 0.8 or values.is_counted or around.other(column, meaning):
            continue
        if meaning not in ("email", "linkedin") and values.filled < 3:
            continue
        if meaning == "phone" and how is not How.UNNAMED and not _are_abroad(values):
            continue
        fields = FIELDS.get(meaning, ())
        if not fields:
            return Judged(meaning, why=WHY_NONE[meaning])
        if column.meaning.is_question and meaning != "email":
            continue
        return Judged(meaning, (Candidate(fields[0][0], confidence, "its values"),))
    if how is How.UNNAMED:
        return _unnamed(column, judged, around)
    return judged if column.meaning.is_question else _by_kind(column, judged, around)


def _by_kind(column: Column, judged: Judged, around: Neighbours) -> Judged:
    """Beside a name that is not known: titles, companies, sources and notes that no other column
    has. Never sure."""
    values = column.values
    different = len({*values.texts}) / len(values.texts)
    many = values.distinct is None or len(values.distinct) > MANY or different > MOSTLY
    if _are_phones(values):
        for meaning, field in (("phone", "Phone"), ("mobile", "Mobile")):
            if not around.other(column, meaning):
                return Judged(meaning, (Candidate(field, 0.65, "its values"),))
    if _are_people(values) and not around.other(column, *NAMES):
        return Judged("full_name", (Candidate("split_name", 0.65, "its values"),))
    if values.share("title") > 0.7 and not around.other(column, "job_title", "position", "title"):
        return Judged("job_title", (Candidate("JobTitle", 0.65, "its values"),))
    has_people = around.other(column, *NAMES) is not None and values.words > 1.5
    least = FEW_COMPANIES if has_people else SOME_COMPANIES
    if values.share("company") > least and many and not around.other(column, "company"):
        return Judged("company", (Candidate("Company", 0.65, "its values"),))
    if _are_sources(column, around):
        return Judged("source", (Candidate("Source", 0.65, "its values"),))
    if _are_notes(values) and not around.other(column, "notes", "message"):
        return Judged("notes", (Candidate("Notes", 0.65, "its values, which are sentences"),))
    return judged


def _are_sources(column: Column, around: Neighbours) -> bool:
    """Few different words for where leads are from, and no other column for these."""
    values = column.values
    if not values.distinct or not 2 <= len(values.distinct) <= MANY or column.meaning.is_question:
        return False
    if {*column.meaning.words.split()} & CHANNELS or values.share("link") > 0.3:
        return False
    if around.other(column, "lead_source", "source", "original_source", "heard"):
        return False
    return sum(map(is_source, values.distinct)) >= 0.7 * len(values.distinct)


def _are_phones(values: Values) -> bool:
    """In groups, or with a sign before them, as few other numbers are written."""
    texts = values.texts[:100]
    grouped = sum(bool(GROUPED.search(text)) for text in texts)
    return values.share("phone") > 0.8 and grouped > len(texts) / 2 and values.share("id") < 0.1


def _are_people(values: Values) -> bool:
    """First and last names, hardly one twice."""
    is_other = values.share("company") + values.share("title") + values.share("source") > 0.2
    is_place = values.share("country") + values.share("state") > 0.2
    different = len({*values.texts}) / len(values.texts)
    looks_so = values.share("name") > 0.95 and values.share("words") > 0.9 and values.words < 4
    return looks_so and different > 0.9 and values.filled > 2 and not (is_other or is_place)


def _are_notes(values: Values) -> bool:
    different = len({*values.texts}) / len(values.texts)
    return values.words >= SENTENCE and different > 0.6 and values.share("letters") > 0.9


def no_answer(column: Column) -> str:
    """Why a column is none that its name says: a box that was ticked, or one of the name's parts;
    "" where it is not so."""
    values, distinct = column.values, column.values.distinct
    if not distinct or len(distinct) > MANY or values.is_blank:
        return ""
    name = plain(column.name)
    texts = {plain(text) for text in distinct}
    if name and texts == {name}:
        return "a box that was ticked, and nothing more"
    parts = {plain(part) for part in PARTS.split(column.name) if plain(part)}
    if len(parts) > 1 and len(parts & texts) > 1:
        return "which of the two that its name has"
    return ""


def _are_abroad(values: Values) -> bool:
    """Phones, with their countries' codes: no other number is written so."""
    return values.share("phone") > 0.95 and all("+" in text for text in values.texts[:50])


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
