"""A draft as the text of a mapping, with comments. Pure.

What a person has to look at stands behind `# check:`; a draft without one can be run.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from importer.fields import Field
from importer.intake.suggest.assign import JOINED
from importer.intake.suggest.column import SPLIT, Decision
from importer.intake.suggest.scalars import LONGEST_KEY, can_be_written, comment, listed, scalar
from importer.intake.suggest.treatment import Treatment

FARTHEST = 46  # where comments stand at most, in characters from the left
CHECK = "check: "
LOOK = 'Look at each line with "check:", and take the remark away when it is right.'
NOTHING_OPEN = "Nothing in it was unsure. Look it through all the same, and see a preview."


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """schema: path of the JSON Schema, "" for none. about: what the draft is of; commands: what
    comes next. checks: about the list as a whole."""

    schema: str = ""
    about: str = ""
    commands: Sequence[str] = ()
    checks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    decisions: Sequence[Decision]
    treatments: Sequence[Treatment]
    missing: Sequence[Field] = field(default=())  # mandatory fields that no column feeds

    def groups(self) -> dict[str, list[int]]:
        """Each field, with the places of the columns that feed it."""
        found: dict[str, list[int]] = {}
        for place, each in enumerate(self.decisions):
            if each.field:
                found.setdefault(each.field, []).append(place)
        return found


def written(draft: Draft, head: Head) -> str:
    parts = [_aligned([Line("columns:"), *_columns(draft)])]
    if len(parts[0]) == 1:
        parts[0] = ["columns: {}"]
    parts += [_aligned(lines) for lines in (_split(draft), _fields(draft)) if lines]
    if skips := [*_skips(draft)]:
        parts.append(skips)
    if draft.missing:
        parts.append(_aligned([Line("# constants:"), *map(_constant, draft.missing)]))
    is_open = bool(head.checks or draft.missing or any(columns_with_checks(draft)))
    parts.insert(0, [*_head(head, LOOK if is_open else NOTHING_OPEN)])
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _head(head: Head, advice: str) -> Iterator[str]:
    if head.schema:
        yield f"# yaml-language-server: $schema={head.schema}"
    yield f"# {comment(head.about)}"
    yield "#"
    for command in head.commands:
        yield f"#   {comment(command)}"
    yield "#"
    yield f"# {advice}"
    for check in head.checks:
        yield f"# {CHECK}{comment(check)}"
    yield "version: 1"


def _columns(draft: Draft) -> list[Line]:
    lines: list[Line] = []
    groups = draft.groups()
    left_out: list[Decision] = []
    for decision, treatment in zip(draft.decisions, draft.treatments, strict=True):
        if not decision.field:
            left_out.append(decision)
        elif decision.field != SPLIT and len(groups[decision.field]) == 1:
            lines += _entry(decision, treatment)
    if left_out:
        lines.append(Line("  # Left out: nothing stands after the colon."))
        lines += [_left_out(each) for each in left_out]
    return lines


def _left_out(decision: Decision) -> Line:
    name = decision.column.name
    if not can_be_written(name):
        return Line(f"  # {comment(name)}: left out, as its name can't be written")
    key = scalar(name)
    start = f"  {key}:" if len(key) < LONGEST_KEY else f"  ? {key}\n  :"
    checks = f"{CHECK}{'; '.join(decision.checks)}; " if decision.checks else ""
    return Line(start, checks + decision.why)


def _entry(decision: Decision, treatment: Treatment) -> Iterator[Line]:
    key, checks = scalar(decision.column.name), _checks(decision, treatment)
    is_long = len(key) >= LONGEST_KEY
    remark = f"{CHECK}{checks[0]}" if checks else ""
    if not treatment.entry and not treatment.offers and not is_long and len(checks) < 2:
        yield Line(f"  {key}: {decision.field}", remark)
        return
    if is_long:
        yield Line(f"  ? {key}\n  : field: {decision.field}", remark)
    else:
        yield Line(f"  {key}:", "")
        yield Line(f"    field: {decision.field}", remark)
    for check in checks[1:]:
        yield Line(f"    # {CHECK}{comment(check)}")
    for option, value in treatment.entry.items():
        yield from _option(option, value, treatment.notes.get(option, ""))
    for offer in treatment.offers:
        yield Line(f"    # {offer}")


def _option(option: str, value: object, note: str) -> Iterator[Line]:
    if isinstance(value, dict):
        yield Line(f"    {option}:", note)
        for text, sent in value.items():
            key = scalar(text)
            start = f"      {key}: " if len(key) < LONGEST_KEY else f"      ? {key}\n      : "
            yield Line(start + scalar(sent))
    elif isinstance(value, list):
        yield Line(f"    {option}: {listed(value)}", note)
    else:
        text = str(value)
        yield Line(
            f'    {option}: "{text}"'
            if option in ("decimal", "grouping")
            else f"    {option}: {scalar(text)}",
            note,
        )


def _checks(decision: Decision, treatment: Treatment) -> list[str]:
    found = [*decision.checks, *treatment.checks]
    if not decision.is_sure and not decision.checks:
        found.insert(0, f"is it this field? What speaks for it: {decision.why}")
    return found


def _split(draft: Draft) -> list[Line]:
    for decision in draft.decisions:
        if decision.field == SPLIT:
            name = scalar(decision.column.name)
            remark = "; ".join(_checks(decision, Treatment()))
            return [
                Line("split_name:", CHECK + remark if remark else ""),
                Line(f"  from: {name}"),
                Line("  first: FirstName"),
                Line("  last: LastName"),
            ]
    return []


def _fields(draft: Draft) -> list[Line]:
    lines = [Line("fields:")]
    for name, places in draft.groups().items():
        if len(places) == 1:
            continue
        columns = [draft.decisions[place].column.name for place in places]
        checks = [
            check
            for place in places
            for check in _checks(draft.decisions[place], draft.treatments[place])
        ]
        join = JOINED.get(name, " ")
        if name == "mx_Street1" and any(
            draft.decisions[p].meaning == "house_number" for p in places
        ):
            join = " "
        if name == "mx_Street1" and draft.decisions[places[0]].meaning == "house_number":
            columns = [*columns[1:], columns[0]]
        remark = CHECK + "; ".join(dict.fromkeys(checks)) if checks else ""
        lines.append(Line(f'  {name}: {{from: {listed(columns)}, join: "{join}"}}', remark))
    return lines if len(lines) > 1 else []


def _skips(draft: Draft) -> Iterator[str]:
    """Ready to be taken: rows of people who must not be written to."""
    found = [each for each in draft.decisions if each.opt_outs and can_be_written(each.column.name)]
    if not found:
        return
    yield f"# {CHECK}who must not be written to? Take the # away below: these rows are left out."
    yield "# skip_if:"
    for each in found:
        key = scalar(each.column.name)
        start = f"{key}:" if len(key) < LONGEST_KEY else f"? {key}\n#   :"
        yield f"#   {start} {listed([*each.opt_outs])}"


def _constant(each: Field) -> Line:
    example = each.options[0] if each.options else "…"
    return Line(
        f"#   {each.name}: {comment(example)}",
        f"{CHECK}the account asks for it ({each.display}), and no column feeds it",
    )


def _aligned(lines: Iterable[Line]) -> list[str]:
    known = list(lines)
    widths = [len(each.text) for each in known if each.comment and len(each.text) <= FARTHEST]
    width = max(widths, default=0)
    return [
        f"{each.text.ljust(width)}  # {comment(each.comment)}" if each.comment else each.text
        for each in known
    ]


def columns_with_checks(draft: Draft) -> list[list[str]]:
    """What is to be looked at of each column, in their order."""
    return [
        _checks(decision, treatment) if decision.field else [*decision.checks]
        for decision, treatment in zip(draft.decisions, draft.treatments, strict=True)
    ]
