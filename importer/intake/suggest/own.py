"""The account's own fields that a column may feed: by their names, in the same words or other ones,
and by the options of their drop-downs. Pure.
"""

from collections.abc import Iterator, Sequence

from importer.fields import Field, FieldType
from importer.intake.suggest.choices import fitting
from importer.intake.suggest.column import Candidate, Column
from importer.intake.suggest.lexicon import Tag
from importer.intake.suggest.names import How
from importer.intake.suggest.plain import plain
from importer.intake.suggest.target import KEPT_BY_THE_CRM, STANDARD_NAMES, Target
from importer.intake.suggest.topics import is_weak, likeness, topics_of_name
from importer.intake.suggest.values import Values

CHOICES = (FieldType.CHOICE, FieldType.CHOICES)
TYPES = {
    FieldType.EMAIL: "email",
    FieldType.PHONE: "phone",
    FieldType.DATE: "date",
    FieldType.DATETIME: "date",
    FieldType.NUMBER: "number",
    FieldType.URL: "url",
}
HEARD = frozenset(
    (
        *("hear", "heard", "erfahren", "aufmerksam", "entendu", "connu", "entero", "conocio"),
        *("soube", "conheceu", "awareness", "suna"),
    )
)
ALIKE = 0.6  # of the topics of a header and a field
BETTER = 0.15  # than the second field
SOME_ALIKE = 0.3
OPTIONS_FIT = 0.5  # of the different values
ALL_OPTIONS = 0.9
FEW_LETTERS = 4  # of options that tell little: A, B, Yes
WAS = """
    last previous former current existing past letzter letztes dernier ultimo anterior ancien
    purana पुराना पिछला competitor"""
MEANT_OTHERWISE = ("time", "id", "status", "owner")
# What a field of the account is not taken for by topics alone.
PERSONAL = frozenset(
    ["first_name", "last_name", "email", "phone", "mobile", "city", "zip", "company", "country"]
)


def by_topics(column: Column, target: Target) -> Iterator[Candidate]:
    """A field that is about the same, in another wording or language."""
    if target.account is None or column.meaning.how is How.UNNAMED:
        return
    header = topics_of_name(column.name)
    if not header or _is_of_the_person(column):
        return
    ranked = sorted(
        ((likeness(header, topics), name) for name, topics in target.topics.items()),
        key=lambda each: -each[0],
    )
    if not ranked or ranked[0][0] < ALIKE:
        return
    alike, name = ranked[0]
    if len(ranked) > 1 and alike - ranked[1][0] < BETTER:
        return
    field = target.fields[name]
    if (is_weak(header) and alike < 1) or not takes(field, column.values):
        return
    fits = options_fit(field, column.values)
    if 0 <= fits < OPTIONS_FIT:
        return
    confidence = 0.55 + 0.2 * alike
    if fits >= ALL_OPTIONS and alike > 0.99:
        confidence = 0.85
    yield Candidate(name, confidence, f'the same in other words as "{field.display}"')


def by_question(column: Column, target: Target) -> Iterator[Candidate]:
    """`How did you hear about us?`: the account's own field for that, before a source."""
    if target.account is None or column.meaning.meaning != "heard":
        return
    for name, field in target.fields.items():
        if name in STANDARD_NAMES or not {*plain(field.display).split()} & HEARD:
            continue
        fits = options_fit(field, column.values)
        yield Candidate(
            name, 0.9 if fits >= ALL_OPTIONS else 0.72, f'"{field.display}" asks the same'
        )


def by_options(column: Column, target: Target) -> Iterator[Candidate]:
    """The one drop-down whose options nearly all of the values are, whatever the column is called.
    Those of a standard field are told by its own rules."""
    values = column.values.distinct
    if target.account is None or not values or len(values) < 2 or _is_of_the_person(column):
        return
    found: list[tuple[float, Field]] = []
    for field in target.fields.values():
        if field.type in CHOICES and field.options and field.name not in KEPT_BY_THE_CRM:
            share = fitting(field.options, values, exact=True)
            if share >= ALL_OPTIONS:
                found.append((share, field))
    if len(found) != 1 or found[0][1].name in STANDARD_NAMES or column.values.share("yes_no") > 0.5:
        return
    field = found[0][1]
    long = [text for text in values if len(text) >= FEW_LETTERS and not text.isdigit()]
    if len(long) < 2:
        return
    confidence = 0.82 if _agree(column, field) else 0.72
    yield Candidate(field.name, confidence, f'its values are options of "{field.display}"')


def _agree(column: Column, field: Field) -> bool:
    """Whether the name, too, is about that; and not about what was, or another's."""
    meaning = column.meaning
    if meaning.meaning in MEANT_OTHERWISE or meaning.tags & {Tag.FOREIGN, Tag.THING}:
        return False
    header = topics_of_name(column.name)
    return (
        not header & {*WAS.split()}
        and likeness(header, topics_of_name(field.display)) >= SOME_ALIKE
    )


def takes(field: Field, values: Values) -> bool:
    """Whether the field's type is one for such values."""
    if field.type is FieldType.BOOLEAN:
        return values.share("yes_no") > 0.5
    kind = TYPES.get(field.type)
    if kind == "number" and values.share("phone") > 0.8 and values.share("integer") < 0.5:
        return False
    return kind is None or values.share(kind) >= 0.5


def _is_of_the_person(column: Column) -> bool:
    meaning = column.meaning
    return meaning.how is How.EXACT and meaning.meaning in PERSONAL and not meaning.tags


def options_fit(field: Field, values: Values) -> float:
    """Of the different values; -1 where no options are to fit."""
    if field.type not in CHOICES or not field.options:
        return -1.0
    found: Sequence[str] = values.distinct or values.usual
    return fitting(field.options, found)
