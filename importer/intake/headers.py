"""A file's header against a mapping: where each mapped column stands."""

from collections.abc import Sequence

from importer.errors import MappingError
from importer.intake.mapping import ColumnRule, Mapping
from importer.intake.mapping_file import nearest


def column_names(header: Sequence[str]) -> list[str]:
    """The header's names, trimmed; a blank one is its column's letter, as Excel shows it."""
    return [name.strip() or column_letter(index) for index, name in enumerate(header)]


def column_letter(index: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def find_columns(mapping: Mapping, names: Sequence[str], file: str) -> dict[str, int]:
    """Each column that the mapping uses, and its index in the file.

    A column that is left out on purpose need not be there.
    Raises MappingError: columns that are not in the file, or are there twice.
    """
    used = [rule for rule in mapping.columns if rule.field or rule.required]
    if missing := [rule for rule in used if rule.column not in names]:
        raise _missing(mapping, missing, names, file)
    if repeated := [rule for rule in used if names.count(rule.column) > 1]:
        raise _repeated(mapping, repeated, names, file)
    return {rule.column: names.index(rule.column) for rule in used}


def _missing(
    mapping: Mapping, missing: Sequence[ColumnRule], names: Sequence[str], file: str
) -> MappingError:
    free = [name for name in names if name not in {rule.column for rule in mapping.columns}]
    what = "the mapping names a column that the file does not have: "
    if len(missing) > 1:
        what = f"the mapping names {len(missing)} columns that the file does not have: "
    fixes = [nearest(missing[0].column, free or names)] if len(missing) == 1 else []
    return MappingError(
        what + ", ".join(f'"{rule.column}"' for rule in missing),
        where=_where(mapping, missing),
        fix=" ".join(fixes) or f"the columns of {file} are: " + ", ".join(names),
    )


def _repeated(
    mapping: Mapping, repeated: Sequence[ColumnRule], names: Sequence[str], file: str
) -> MappingError:
    rule = repeated[0]
    letters = [column_letter(i) for i, name in enumerate(names) if name == rule.column]
    return MappingError(
        f'the mapping uses the column "{rule.column}", which the file has {len(letters)} times',
        where=f"{_where(mapping, [rule])}; {file}, columns {', '.join(letters)}",
        fix="give each of these columns a name of its own in the file's header",
    )


def _where(mapping: Mapping, rules: Sequence[ColumnRule]) -> str:
    lines = ", ".join(str(rule.line) for rule in rules)
    return f"{mapping.name}, line{'s' if len(rules) > 1 else ''} {lines}"
