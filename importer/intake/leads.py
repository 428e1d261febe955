"""A row and a mapping become a lead, or the problems that stand in its way. Pure.

`build` takes one row, and `screen` a block, column by column, which is several times as fast;
both come to the same.
"""

from collections.abc import Sequence

from importer.fields import AccountFields
from importer.intake.columns.damage import ONLY_FOR, is_damaged, refusal
from importer.intake.columns.reading import ColumnReading
from importer.intake.headers import column_flaws, column_names, repeated_names
from importer.intake.mapping import Header, Mapping, Rule
from importer.intake.mapping_file import NAME_OR_CONTACT
from importer.intake.mapping_flaws import flaws_error
from importer.intake.skips import skipped_by
from importer.intake.values import FieldValue, is_sound, make_field, shown
from importer.model import Block, CellKind, Lead, Problem, Row, Screened

PHONE_FIELDS = frozenset({"Phone", "Mobile"})  # compared by their digits (design, section 4)
NOT_DIGITS = bytes(byte for byte in range(256) if not 0x30 <= byte <= 0x39)
NO_VALUE = (CellKind.ERROR, CellKind.UNCALCULATED)


class LeadBuilder:
    """Makes leads of the rows of one file.

    unmapped: the file's columns that the mapping does not mention. unique: the unique fields
    that the mapping feeds, in its order.
    """

    def __init__(
        self,
        mapping: Mapping,
        header: Sequence[str],
        *,
        file: str,
        columns: Sequence[ColumnReading] = (),
        known: AccountFields | None = None,
    ) -> None:
        """columns: what all the values of each say. known: of the account; without it no value is
        held against its fields.

        Raises MappingError: a mapped column is not in the header, or is there twice.
        """
        names = column_names(header)
        _check_columns(mapping, Header(file, header))
        made = [make_field(rule, names, columns, known) for rule in mapping.rules]
        by_name = {each.field: each for each in made if each.field}
        self._width = len(names)
        self._names = names
        self._fields: list[tuple[str, FieldValue | str]] = [
            (field, by_name.get(field) or mapping.constants[field]) for field in mapping.order
        ] + [("", each) for each in made if not each.field]
        self._made = made
        self._used = sorted({index for each in made for index in each.indexes})
        self._damage = _damage(mapping, names, columns)
        self._skips = skipped_by(mapping.skips, names)
        self._identity = [by_name[field] for field in NAME_OR_CONTACT if field in by_name]
        self._has_constant_identity = any(f in mapping.constants for f in NAME_OR_CONTACT)
        mentioned = {c for rule in mapping.rules for c in rule.columns} | {*mapping.left_out}
        mentioned |= {skip.column for skip in mapping.skips}
        self.unmapped = tuple(dict.fromkeys(name for name in names if name not in mentioned))
        self.unique = tuple(field for field in mapping.unique if field in mapping.order)

    def build(self, row: Row) -> Lead | tuple[Problem, ...]:
        """The row's lead; where it can't be one, everything that is wrong with it; where it is to
        be left out, only that."""
        cells = row.cells
        if len(cells) != self._width:
            cells = cells[: self._width]
            if len(cells) < self._width or "".join(row.cells[self._width :]).strip():
                return (_wrong_width(row.cells, self._width),)
        for skip in self._skips:
            if problem := skip.of(cells):
                return (problem,)
        no_value = self._no_value(cells, row.kinds)
        problems = list(no_value.values())
        values: dict[str, str] = {}
        failed: set[str] = set()
        for field, source in self._fields:
            if isinstance(source, str):
                values[field] = source
            elif not no_value.keys().isdisjoint(source.indexes):
                failed.add(field)
            elif isinstance(value := source.value(cells, row.kinds), Problem):
                problems.append(value)
                failed.add(field)
            elif value and field:
                values[field] = value
            elif source.required and not value:
                problems.append(source.missing(cells))
        if not any(field in values or field in failed for field in NAME_OR_CONTACT):
            problems.append(_no_name_or_contact(self._identity))
        if problems:
            return tuple(dict.fromkeys(problems))  # a column that feeds two fields: once
        return Lead(values, {f: _key(f, values[f]) for f in self.unique if f in values})

    def _no_value(self, cells: Sequence[str], kinds: str) -> dict[int, Problem]:
        """The cells that hold no value, or a damaged one, among those that are used; by index."""
        found = {
            index: _no_value(self._names[index], cells[index], kinds[index])
            for index in self._used
            if kinds[index : index + 1] in NO_VALUE
        }
        for index, codes in self._damage.items():
            kind = kinds[index : index + 1]
            if problem := refusal(codes, self._names[index], cells[index], kind):
                found.setdefault(index, problem)
        return found

    def screen(self, block: Block) -> Screened:
        """What `build` says of each row of the block, without the leads."""
        rows, odd = self._straightened(block.rows)
        columns = {
            id(each): each.values(rows, block.kinds)
            for each in self._made
            if self._is_screened(each)
        }
        problems: dict[int, tuple[Problem, ...]] = {}
        suspects = self._suspects(rows, columns, block.kinds)
        damaged = self._damaged(rows, block.kinds)
        skipped = [index for skip in self._skips for index in skip.among(rows)]
        for index in sorted({*odd, *suspects, *damaged, *_marked(block), *skipped}):
            if block.rows[index]:
                built = self.build(_row(block, index))
                if not isinstance(built, Lead):
                    problems[index] = built
        keys = [self._keys(field, columns, len(rows)) for field in self.unique]
        out = [*problems, *(i for i in odd if not block.rows[i])]
        for column in keys:
            for index in out:
                column[index] = ""
        return Screened(problems, keys, self._whole(block, keys, out))

    def _damaged(self, rows: list[list[str]], kinds: Sequence[str]) -> list[int]:
        """The rows with a damaged cell."""
        return [
            i
            for place, codes in self._damage.items()
            for i, row in enumerate(rows)
            if is_damaged(codes, row[place], kinds[i][place : place + 1] if kinds else "")
        ]

    def _is_screened(self, each: FieldValue) -> bool:
        """Whether the whole column is made: to find what is wrong, or as a key."""
        return each.may_fail or each.required or each.field in self.unique

    def _straightened(self, rows: list[list[str]]) -> tuple[list[list[str]], list[int]]:
        """The rows, each as wide as the header, and which of them were not."""
        width = self._width
        odd = [index for index, row in enumerate(rows) if len(row) != width]
        if odd:
            rows = list(rows)
            for index in odd:
                rows[index] = (rows[index] + [""] * width)[:width]
        return rows, odd

    def _suspects(
        self,
        rows: list[list[str]],
        columns: dict[int, list[str | Problem]],
        kinds: Sequence[str],
    ) -> list[int]:
        """The rows with a value that can't be made or is missing, or with neither name nor
        contact."""
        suspects: list[int] = []
        for each in self._made:
            values = columns.get(id(each), ())
            if each.may_fail and Problem in set(map(type, values)):
                suspects += [i for i, value in enumerate(values) if not is_sound(value)]
            if each.required:
                suspects += [i for i, value in enumerate(values) if not value]
        if self._has_constant_identity:
            return suspects
        return [*suspects, *self._nameless(rows, kinds)]

    def _nameless(self, rows: list[list[str]], kinds: Sequence[str]) -> Sequence[int]:
        """The rows with neither name nor contact: of all rows the ones without the first of
        these fields, and of those the ones without the next."""
        if not self._identity:
            return range(len(rows))
        first, *others = sorted(self._identity, key=lambda each: each.is_slow)
        found = [
            i
            for i, v in enumerate(first.values(rows, kinds))
            if isinstance(v, str) and not v.strip()
        ]
        for each in others:
            found = [i for i in found if not each.value(rows[i], kinds[i] if kinds else "")]
        return found

    def _keys(self, field: str, columns: dict[int, list[str | Problem]], count: int) -> list[str]:
        source = dict(self._fields)[field]
        if isinstance(source, str):
            return [_key(field, source)] * count
        values: list[str] = columns[id(source)]  # type: ignore[assignment]  # see may_fail
        if source.may_fail:
            values = [value if is_sound(value) else "" for value in values]
        if field in PHONE_FIELDS:
            return [_phone_key(value) for value in values]
        return [value.strip().casefold() for value in values]

    def _whole(self, block: Block, keys: list[list[str]], out: list[int]) -> list[str]:
        whole = [""] * len(block.rows)
        keyless = set(range(len(whole))).difference(out)
        for column in keys:
            keyless = {index for index in keyless if not column[index]}
        for index in keyless:
            lead = self.build(_row(block, index))
            if isinstance(lead, Lead):
                whole[index] = lead.text
        return whole


def _check_columns(mapping: Mapping, header: Header) -> None:
    names, repeated = column_names(header.cells), repeated_names(header.cells)
    named = [
        (column, line)
        for rule in mapping.rules
        for column, line in zip(rule.columns, rule.lines, strict=True)
        if column in names or column in repeated or _is_needed(rule, names)
    ]
    named += [(skip.column, skip.line) for skip in mapping.skips]
    if flaws := list(column_flaws(dict.fromkeys(named), header.cells, header.file)):
        raise flaws_error(flaws, mapping.name)


def _damage(
    mapping: Mapping, names: Sequence[str], columns: Sequence[ColumnReading]
) -> dict[int, tuple[str, ...]]:
    """The kinds of damage for which cells are refused, of each column that has one and is used."""
    found: dict[int, tuple[str, ...]] = {}
    for index, reading in enumerate(columns):
        rules = [rule for rule in mapping.rules if names[index] in rule.columns]
        if rules and reading.damage and not any(rule.as_is for rule in rules):
            transforms = {name for rule in rules for name in rule.transforms}
            found[index] = tuple(
                code
                for code in reading.damage
                if code not in ONLY_FOR or transforms & {*ONLY_FOR[code]}
            )
    return found


def _is_needed(rule: Rule, names: Sequence[str]) -> bool:
    """Of several optional columns that have to give a value, the file needs one."""
    return not rule.optional or (rule.required and not any(c in names for c in rule.columns))


def _row(block: Block, index: int) -> Row:
    kinds = block.kinds[index] if block.kinds else ""
    return Row(block.first + index, block.rows[index], kinds)


def _marked(block: Block) -> list[int]:
    """The rows with a cell that holds no value."""
    return [i for i, kinds in enumerate(block.kinds) if any(kind in kinds for kind in NO_VALUE)]


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
            "short; complete the row, and put a cell with a line break in quotation marks; where "
            "only blank cells are missing, run the file with --short-rows pad",
        )
    surplus = ", ".join(f'"{cell}"' for cell in cells[width:])
    return Problem(
        "row_width",
        f"{count}, so that {shown(surplus)} stands under no column: where a delimiter inside a "
        "cell of a CSV makes two cells of one, put that cell in quotation marks; else clear that "
        "text, or name its column in the header",
        value=surplus,
    )


def _no_value(name: str, cell: str, kind: str) -> Problem:
    if kind == CellKind.ERROR:
        why = f'"{name}" is {shown(cell)}, an error of the workbook: correct it, or clear the cell'
        return Problem("cell_error", why, name, cell)
    why = (
        f'"{name}" is a formula whose value was not stored ({shown(cell)}): open the workbook in'
        " Excel and save it, or type the value"
    )
    return Problem("no_formula_value", why, name, cell)


def _no_name_or_contact(fields: Sequence[FieldValue]) -> Problem:
    there = [each for each in fields if each.indexes] or fields
    names = dict.fromkeys(name for each in there for name in each.names)
    return Problem(
        "no_name_or_contact",
        "the row has neither a name nor a contact: fill in one of " + ", ".join(names),
    )
