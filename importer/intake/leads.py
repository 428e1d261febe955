"""A row and a mapping become a lead, or the problems that stand in its way. Pure.

`build` takes one row, and `screen` a block, column by column, which is several times as fast;
both come to the same.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from importer.intake.headers import column_names, find_columns
from importer.intake.mapping import NAME_OR_CONTACT, Mapping
from importer.intake.transforms import TRANSFORMS, Transform
from importer.model import Block, Lead, Problem, Row, Screened

PHONE_FIELDS = frozenset({"Phone", "Mobile"})  # compared by their digits (design, section 4)
NOT_DIGITS = bytes(byte for byte in range(256) if not 0x30 <= byte <= 0x39)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the file that the mapping uses."""

    index: int
    name: str
    transforms: tuple[Transform, ...]

    def value(self, cell: str) -> str:
        """The cell as it is sent; "" where it is left out."""
        for transform in self.transforms:
            cell = transform(cell)
        return cell if cell.strip() else ""

    def values(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """The column's values; one that is left out may also be white space here."""
        index = self.index
        values = [row[index] for row in rows]
        for transform in self.transforms:
            values = list(map(transform, values))
        return values


class LeadBuilder:
    """Makes leads of the rows of one file.

    unmapped: the file's columns that the mapping does not mention. unique: the unique fields
    that the mapping feeds, in its order.
    """

    def __init__(self, mapping: Mapping, header: Sequence[str], *, file: str) -> None:
        """Raises MappingError: a mapped column is not in the header, or is there twice."""
        names = column_names(header)
        found = find_columns(mapping, names, file)
        columns = {
            rule.column: _Column(
                found[rule.column],
                rule.column,
                tuple(TRANSFORMS[name] for name in rule.transforms),
            )
            for rule in mapping.columns
            if rule.column in found
        }
        feeding = {rule.field: columns[rule.column] for rule in mapping.columns if rule.field}
        self._width = len(names)
        self._fields: list[tuple[str, _Column | str]] = [
            (field, feeding.get(field) or mapping.constants[field]) for field in mapping.order
        ]
        self._required = [columns[rule.column] for rule in mapping.columns if rule.required]
        self._identity = [feeding[field] for field in NAME_OR_CONTACT if field in feeding]
        self._has_constant_identity = any(f in mapping.constants for f in NAME_OR_CONTACT)
        mentioned = {rule.column for rule in mapping.columns}
        self.unmapped = tuple(dict.fromkeys(name for name in names if name not in mentioned))
        self.unique = tuple(field for field in mapping.unique if field in mapping.order)

    def build(self, row: Row) -> Lead | tuple[Problem, ...]:
        """The row's lead; where it can't be one, everything that is wrong with it."""
        cells = row.cells
        if len(cells) != self._width:
            cells = cells[: self._width]
            if len(cells) < self._width or "".join(row.cells[self._width :]).strip():
                return (_wrong_width(row.cells, self._width),)
        values = {
            field: value
            for field, source in self._fields
            if (value := source if isinstance(source, str) else source.value(cells[source.index]))
        }
        problems = [
            _missing(column, cells[column.index])
            for column in self._required
            if not cells[column.index].strip()
        ]
        if not any(field in values for field in NAME_OR_CONTACT):
            problems.append(_no_name_or_contact([column.name for column in self._identity]))
        if problems:
            return tuple(problems)
        return Lead(values, {f: _key(f, values[f]) for f in self.unique if f in values})

    def screen(self, block: Block) -> Screened:
        """What `build` says of each row of the block, without the leads."""
        rows, odd = self._straightened(block.rows)
        problems: dict[int, tuple[Problem, ...]] = {}
        for index in sorted({*odd, *self._suspects(rows)}):
            if block.rows[index]:
                built = self.build(Row(block.first + index, block.rows[index]))
                if not isinstance(built, Lead):
                    problems[index] = built
        keys = [self._keys(field, rows) for field in self.unique]
        out = [*problems, *(i for i in odd if not block.rows[i])]
        for column in keys:
            for index in out:
                column[index] = ""
        return Screened(problems, keys, self._whole(block, keys, out))

    def _straightened(self, rows: list[list[str]]) -> tuple[list[list[str]], list[int]]:
        """The rows, each as wide as the header, and which of them were not."""
        width = self._width
        odd = [index for index, row in enumerate(rows) if len(row) != width]
        if odd:
            rows = list(rows)
            for index in odd:
                rows[index] = (rows[index] + [""] * width)[:width]
        return rows, odd

    def _suspects(self, rows: list[list[str]]) -> list[int]:
        """The rows with a blank required cell, or with neither name nor contact."""
        suspects = [
            index
            for column in self._required
            for index, row in enumerate(rows)
            if not row[column.index].strip()
        ]
        if self._has_constant_identity:
            return suspects
        nameless: Sequence[int] = range(len(rows))
        for column in self._identity:
            if nameless:
                index = column.index
                nameless = [i for i in nameless if not column.value(rows[i][index])]
        return [*suspects, *nameless]

    def _keys(self, field: str, rows: list[list[str]]) -> list[str]:
        source = dict(self._fields)[field]
        if isinstance(source, str):
            return [_key(field, source)] * len(rows)
        values = source.values(rows)
        if field in PHONE_FIELDS:
            return [_phone_key(value) for value in values]
        return [value.strip().casefold() for value in values]

    def _whole(self, block: Block, keys: list[list[str]], out: list[int]) -> list[str]:
        whole = [""] * len(block.rows)
        keyless = set(range(len(whole))).difference(out)
        for column in keys:
            keyless = {index for index in keyless if not column[index]}
        for index in keyless:
            lead = self.build(Row(block.first + index, block.rows[index]))
            if isinstance(lead, Lead):
                whole[index] = json.dumps(dict(lead.values), ensure_ascii=False)
        return whole


def _key(field: str, value: str) -> str:
    return _phone_key(value) if field in PHONE_FIELDS else value.strip().casefold()


def _phone_key(value: str) -> str:
    digits = value.encode("utf-8", "surrogatepass").translate(None, NOT_DIGITS).decode()
    return digits or value.strip().casefold()


def _wrong_width(cells: Sequence[str], width: int) -> Problem:
    count = f"the row has {len(cells)} cells, and the header {width}"
    if len(cells) < width:
        return Problem(
            "row_width",
            f"{count}: as a rule a line break or a stray quotation mark inside a cell cuts the row "
            "short; complete the row, and put a cell with a line break in quotation marks",
        )
    surplus = ", ".join(f'"{cell}"' for cell in cells[width:])
    return Problem(
        "row_width",
        f"{count}, so that {surplus} stands under no column: as a rule a delimiter inside a cell "
        "makes two cells of one; put that cell in quotation marks",
        value=surplus,
    )


def _missing(column: _Column, cell: str) -> Problem:
    return Problem(
        "required",
        f'"{column.name}" is blank, and the mapping requires it: fill it in',
        column.name,
        cell,
    )


def _no_name_or_contact(names: Sequence[str]) -> Problem:
    return Problem(
        "no_name_or_contact",
        "the row has neither a name nor a contact: fill in one of " + ", ".join(names),
    )
