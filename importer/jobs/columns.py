"""Where the columns of a file go by a mapping, in words. Pure."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Counts

from importer.fields import AccountFields
from importer.intake.columns.questions import decided
from importer.intake.columns.survey import Readings
from importer.intake.mapping import Mapping, Rule
from importer.jobs.session import counted

NONE_SKIPPED: Counts[str, int] = {}


def column_words(
    mapping: Mapping,
    names: Sequence[str],
    readings: Readings,
    skipped: Counts[str, int] = NONE_SKIPPED,
    known: AccountFields | None = None,
) -> list[tuple[str, str, str]]:
    """Each column of the file, with the fields that it goes into; then those that it lacks.

    skipped: how many rows are left out by a column, where that is known. known: of the account.
    """
    found: list[tuple[str, str, str]] = []
    for name in names:
        rules = [rule for rule in mapping.rules if name in rule.columns]
        found += [
            (
                name,
                rule.field,
                ", ".join([*_how(rule), *decided(rule, names, readings), *_kept(rule, known)]),
            )
            for rule in rules
        ]
        if skips := [skip for skip in mapping.skips if skip.column == name]:
            values = (value.strip() or "blank" for skip in skips for value in skip.values)
            rows = f": {counted(skipped[name], 'row')}" if name in skipped else ""
            found.append((name, "", f"skip_if {', '.join(values)}{rows}"))
        elif not rules:
            on_purpose = name in mapping.left_out
            how = "left out, on purpose" if on_purpose else "not in the mapping, left out"
            found.append((name, "", how))
    for rule in mapping.rules:
        absent = [name for name in rule.columns if name not in names]
        found += [(name, rule.field, "optional, not in the file") for name in absent]
    return found


def _kept(rule: Rule, known: AccountFields | None) -> Iterator[str]:
    """What is unusual about the account's field."""
    field = known.by_name.get(rule.field) if known else None
    if field is not None and field.is_locked:
        yield "locked once the lead is there"
    if field is not None and not field.is_offered:
        yield "LeadSquared's own import does not offer it"


def _how(rule: Rule) -> list[str]:
    parts = [*rule.transforms]
    if rule.choices:
        parts.append("choices")
    if len(rule.columns) > 1:
        parts.append(f"joined: {', '.join(rule.columns)}")
    if rule.default:
        parts.append(f'default "{rule.default}"')
    if rule.required:
        parts.append("required")
    return parts
