"""Values that are none of a field's options, and that the mapping leaves out or sends all the same:
counted, so that a preview shows what `on_unknown` does."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from importer.fields import AccountFields
from importer.intake.columns.findings import Code
from importer.intake.columns.seen import Seen
from importer.intake.columns.survey import Readings
from importer.intake.mapping import Mapping, Rule
from importer.intake.values import FieldValue, make_field
from importer.model import Block, Finding, Problem

UNFIT = ("unknown_choice", "unknown_option")
DOES = {"blank": "the field is left out of these leads", "keep": "they are sent all the same"}


@dataclass(slots=True)
class _Watched:
    """strict: the rule's field, as it would be without its on_unknown."""

    rule: Rule
    strict: FieldValue
    seen: Seen = field(default_factory=Seen)


class Lenient:
    def __init__(
        self,
        mapping: Mapping,
        names: Sequence[str],
        readings: Readings,
        known: AccountFields | None,
    ) -> None:
        """names: of the file's columns. known: of the account."""
        self._width = len(names)
        self._watched = [
            _Watched(rule, make_field(replace(rule, on_unknown="refuse"), names, readings, known))
            for rule in mapping.rules
            if rule.on_unknown != "refuse"
        ]

    def add(self, block: Block) -> None:
        if not self._watched:
            return
        whole = [i for i, row in enumerate(block.rows) if len(row) == self._width]
        rows = [block.rows[i] for i in whole]
        kinds = [block.kinds[i] for i in whole] if block.kinds else ()
        for each in self._watched:
            values = each.strict.values(rows, kinds)
            found = [
                (block.first + i, value.value or "")
                for i, value in zip(whole, values, strict=True)
                if isinstance(value, Problem) and value.code in UNFIT
            ]
            if found:
                each.seen.add(found)

    def findings(self) -> list[Finding]:
        return [
            Finding(
                code=Code.UNKNOWN_OPTION,
                column="; ".join(each.strict.names),
                rows=each.seen.rows,
                examples=tuple(each.seen.examples),
                what=f"they are none of the options of {each.rule.field}",
                does=DOES[each.rule.on_unknown],
                change="write another on_unknown, or add them to choices",
            )
            for each in self._watched
            if each.seen.rows
        ]
