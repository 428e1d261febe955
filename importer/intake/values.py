"""How the value of one field is made of a row's cells: joined, transformed, chosen. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from importer.fields import AccountFields, Field
from importer.intake.account.checks import FieldCheck, check_of
from importer.intake.by_column import make_step, reading_of
from importer.intake.columns.reading import ColumnReading
from importer.intake.mapping import Rule
from importer.intake.nearest import nearest_of
from importer.intake.transforms.options import Transform
from importer.intake.transforms.owner import OWNER, make_owner
from importer.intake.transforms.registry import NAME_PARTS
from importer.intake.typed import typed_steps
from importer.model import Problem

NEVER_FAIL = frozenset({"trim", "lower", "upper", "title", "fix_text", *NAME_PARTS.values()})
MOST_SHOWN = 60  # characters of a cell in a reason; the reject file has the whole
MOST_CHOICES = 12


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One field, or a check of columns where `field` is "".

    indexes and names: of the file's columns that feed it; no index where optional ones are
    missing. join: None where one column is taken as it is. typed: the steps for a cell of a kind,
    where its value is taken and not its text. check: whether a value fits the account's field; it
    is done last. required_by: who requires a value. may_fail: some texts have no value. is_slow:
    they take their time.
    """

    field: str
    indexes: tuple[int, ...]
    names: tuple[str, ...]
    join: str | None
    steps: tuple[Transform, ...]
    typed: Mapping[str, tuple[Transform, ...]]
    default: str
    required: bool
    may_fail: bool
    is_slow: bool = False
    check: FieldCheck | None = None
    required_by: str = "the mapping"

    def text(self, cells: Sequence[str]) -> str:
        """The cell; of several, the ones that are not blank, trimmed and joined."""
        if self.join is None:
            return cells[self.indexes[0]] if self.indexes else ""
        return self.join.join(text for i in self.indexes if (text := cells[i].strip()))

    def value(self, cells: Sequence[str], kinds: str = "") -> str | Problem:
        """What is sent; "" where the field is left out. kinds: of the cells, as in `Row`."""
        text = value = self.text(cells)
        for step in self._steps_for(kinds):
            made = step(value)
            if isinstance(made, Problem):
                return self._told(made, text)
            value = made
        if self.check is not None:
            made = self.check(value)
            if isinstance(made, Problem):
                return self._told(made, text, value)
            value = made
        return value if value.strip() else self.default

    def _steps_for(self, kinds: str) -> tuple[Transform, ...]:
        if not (kinds and self.typed):
            return self.steps
        index = self.indexes[0]
        return self.typed.get(kinds[index : index + 1], self.steps)

    def values(
        self, rows: Sequence[Sequence[str]], kinds: Sequence[str] = ()
    ) -> list[str | Problem]:
        """`value` of each row; of a problem, only that there is one. One that is left out may
        also be white space here: to tell costs a third of a whole staging's checks."""
        if kinds and self.typed:
            return [self.value(row, kind) for row, kind in zip(rows, kinds, strict=True)]
        if self.join is None and self.indexes:
            index = self.indexes[0]
            values: list[str | Problem] = [row[index] for row in rows]
        else:
            values = [self.text(row) for row in rows]
        for number, step in enumerate(self.steps):
            if number and self.may_fail:
                values = [step(v) if isinstance(v, str) else v for v in values]
            else:
                values = list(map(step, values))  # type: ignore[arg-type]  # all are texts yet
        if (check := self.check) is not None:
            texts = values
            if self.steps and Problem in set(map(type, values)):
                texts = [v for v in values if isinstance(v, str)]
            if not check.all_fit(texts):  # type: ignore[arg-type]  # all are texts
                values = [check(v) if isinstance(v, str) else v for v in values]
        if not (self.default or self.required):
            return values
        return [(v if v.strip() else self.default) if isinstance(v, str) else v for v in values]

    def missing(self, cells: Sequence[str]) -> Problem:
        """That there is no value, and the mapping requires one."""
        text, one = self.text(cells), len(self.names) == 1
        is_or_are = "is" if one else "are"
        if text.strip():
            why = f'{is_or_are} "{shown(text)}", which gives no value, and'
            why += f" {self.required_by} requires one"
            fix = "correct it"
        else:
            why = f"{is_or_are} blank, and {self.required_by} requires {'it' if one else 'a value'}"
            fix = "fill it in"
        return self._problem("required", f"{named(self.names)} {why}: {fix}", text)

    def _told(self, problem: Problem, text: str, sent: str = "") -> Problem:
        """The problem as one of the file's column. sent: what the text has become, where that is
        what does not fit."""
        is_or_are = "is" if len(self.names) == 1 else "are"
        sent = f', sent as "{shown(sent)}"' if sent and sent.strip() != text.strip() else ""
        why = f'{named(self.names)} {is_or_are} "{shown(text)}"{sent}: {problem.why}'
        return self._problem(problem.code, why, text)

    def _problem(self, code: str, why: str, text: str) -> Problem:
        return Problem(code, why, "; ".join(self.names), text)


def is_sound(value: str | Problem) -> bool:
    return value.__class__ is str


def make_field(
    rule: Rule,
    names: Sequence[str],
    readings: Sequence[ColumnReading] = (),
    known: AccountFields | None = None,
) -> FieldValue:
    """names: the file's columns; all that the rule needs are there. readings: of these, in their
    order; without them each value is read alone. known: without it no value is held against the
    account's fields."""
    found = [name for name in rule.columns if name in names]
    reading = reading_of(rule, names, readings)
    people = known.users if known else None
    steps = tuple(
        make_owner(people) if name == OWNER else make_step(name, rule.options, reading)
        for name in rule.transforms
    )
    field = known.by_name.get(rule.field) if known else None
    check = check_of(field, rule.on_unknown, people) if field else None
    is_mandatory = field is not None and field.is_mandatory and not rule.required
    typed = typed_steps(rule, reading) if len(found) == len(rule.columns) == 1 else {}
    if rule.choices:
        choose = _choice(dict(rule.choices), rule.on_unknown, field)
        steps = (*steps, choose)
        typed = {kind: (*of_kind, choose) for kind, of_kind in typed.items()}
    return FieldValue(
        field=rule.field,
        indexes=tuple(names.index(name) for name in found),
        names=tuple(found) or rule.columns,
        join=rule.join if len(rule.columns) > 1 else None,
        steps=steps,
        typed=typed,
        default=rule.default,
        required=rule.required or is_mandatory,
        is_slow=not {*NAME_PARTS.values()}.isdisjoint(rule.transforms),
        may_fail=not NEVER_FAIL.issuperset(rule.transforms) or bool(rule.choices or check),
        check=check,
        required_by="the account" if is_mandatory else "the mapping",
    )


def named(names: Sequence[str]) -> str:
    """ "A", "B" and "C"."""
    *first, last = (f'"{name}"' for name in names)
    return f"{', '.join(first)} and {last}" if first else last


def shown(text: str) -> str:
    """A cell's text as it can stand in a sentence: on one line, and not too long."""
    line = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return line if len(line) <= MOST_SHOWN else line[: MOST_SHOWN - 1] + "…"


def _choice(choices: dict[str, str], on_unknown: str, field: Field | None) -> Transform:
    """The value that stands for a text; trimmed, capitals count. An option of the account's field
    stands for itself."""
    own = {option: option for option in (field.options if field else ()) if option not in choices}
    choices = {**choices, **own}

    def choose(text: str) -> str | Problem:
        trimmed = text.strip()
        if not trimmed or trimmed in choices:
            return choices.get(trimmed, "")
        if on_unknown == "refuse":
            return Problem("unknown_choice", _advice(trimmed, choices), value=text)
        return text if on_unknown == "keep" else ""

    return choose


def _advice(text: str, choices: dict[str, str]) -> str:
    near = nearest_of(text, list(choices))
    meant = f'did you mean "{near}"? ' if near else ""
    more = f" and {len(choices) - MOST_CHOICES} more" if len(choices) > MOST_CHOICES else ""
    listed = ", ".join(islice(choices, MOST_CHOICES))
    return f"none of the mapping's choices; {meant}use one of: {listed}{more}; or add it there"
