"""A file's header against a mapping: where each mapped column stands."""

from collections.abc import Iterable, Iterator, Sequence

from importer.intake.document import Flaw
from importer.intake.letters import column_letter
from importer.intake.mapping_flaws import listed, nearest

MEANT = "did you mean"


def column_names(header: Sequence[str]) -> list[str]:
    """The header's names, trimmed; a blank one is its column's letter, as Excel shows it."""
    return [name.strip() or column_letter(index) for index, name in enumerate(header)]


def column_flaws(
    named: Iterable[tuple[str, int]], names: Sequence[str], file: str
) -> Iterator[Flaw]:
    """What is wrong with the columns that a mapping names, each with its line there.

    names: the file's columns. A column that is not there, or is there twice.
    """
    wanted = sorted(named, key=lambda each: each[1])
    mapped = {column for column, _ in wanted}
    free = list(dict.fromkeys(name for name in names if name not in mapped)) or names
    missing = {column for column in mapped if column not in names}
    none_is_near = not any(nearest(column, names).startswith(MEANT) for column in missing)
    if len(missing) == len(mapped) > 1 and none_is_near:
        what = f"{file} has none of the columns that the mapping names: its columns are"
        how = "--sheet, --header-row, --delimiter or --encoding"
        fix = f"say how it is to be read with {how}; or name another mapping"
        yield Flaw(wanted[0][1], f"{what} {listed(names)}", fix)
        return
    columns = f"the columns of {file} are: {listed(names)}"  # once
    for column, line in wanted:
        times = names.count(column)
        if times == 0:
            what = f'the mapping names a column that the file does not have: "{column}"'
            advice = nearest(column, free)
            if not advice.startswith(MEANT) and nearest(column, names).startswith(MEANT):
                advice = nearest(column, names)  # a column may feed several fields
            if len(missing) > 1:
                meant = advice.partition("use one of: ")[0]
                advice = f"{meant}{columns}".strip() or "use another of these columns"
                columns = ""
            yield Flaw(line, what, advice)
        elif times > 1:
            letters = [column_letter(i) for i, name in enumerate(names) if name == column]
            what = (
                f'the mapping uses the column "{column}", which the file has {times} times'
                f" ({file}, columns {listed(letters)})"
            )
            fix = "give each of these columns a name of its own in the file's header"
            yield Flaw(line, what, fix)
