"""A file's header against a mapping: where each mapped column stands."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from importer.intake.document import Flaw
from importer.intake.letters import column_letter
from importer.intake.mapping_flaws import listed, nearest
from importer.intake.transforms.text import ZERO_WIDTH, trim

MEANT = "did you mean"
# On the screen they look like a space, or like nothing: nobody types them into a mapping.
LOOKS_ALIKE = {
    **dict.fromkeys(map(ord, "\xa0\u2007\u202f"), " "),
    **dict.fromkeys(map(ord, ZERO_WIDTH)),
}


def column_names(header: Sequence[str]) -> list[str]:
    """The header's names, trimmed; a blank one, and one that stands there more than once, is its
    column's letter, as Excel shows it."""
    names = list(map(_name, header))
    times = Counter(names)
    letters = [column_letter(index) for index in range(len(names))]
    return [
        name if name and times[name] == 1 else _free(letter, names)
        for name, letter in zip(names, letters, strict=True)
    ]


def repeated_names(header: Sequence[str]) -> dict[str, list[str]]:
    """The names that stand there more than once, each with the letters of its columns."""
    found: dict[str, list[str]] = {}
    for index, name in enumerate(map(_name, header)):
        found.setdefault(name, []).append(column_letter(index))
    return {name: letters for name, letters in found.items() if name and len(letters) > 1}


def _name(cell: str) -> str:
    return trim(cell.translate(LOOKS_ALIKE))


def _free(letter: str, names: Sequence[str]) -> str:
    """The letter; where another column is called so, with a word before it."""
    return f"column {letter}" if letter in names else letter


def column_flaws(
    named: Iterable[tuple[str, int]], header: Sequence[str], file: str
) -> Iterator[Flaw]:
    """What is wrong with the columns that a mapping names, each with its line there.

    header: the file's. A column that is not there, or is there twice.
    """
    names, repeated = column_names(header), repeated_names(header)
    wanted = sorted(named, key=lambda each: each[1])
    mapped = {column for column, _ in wanted}
    free = list(dict.fromkeys(name for name in names if name not in mapped)) or names
    missing = {column for column in mapped if column not in names and column not in repeated}
    none_is_near = not any(nearest(column, names).startswith(MEANT) for column in missing)
    if len(missing) == len(mapped) > 1 and none_is_near:
        what = f"{file} has none of the columns that the mapping names: its columns are"
        how = "--sheet, --range, --header-row, --delimiter or --encoding"
        fix = f"say how it is to be read with {how}; or name another mapping"
        yield Flaw(wanted[0][1], f"{what} {listed(names)}", fix)
        return
    columns = f"the columns of {file} are: {listed(names)}"  # once
    for column, line in wanted:
        if column in missing:
            what = f'the mapping names a column that the file does not have: "{column}"'
            advice = nearest(column, free)
            if not advice.startswith(MEANT) and nearest(column, names).startswith(MEANT):
                advice = nearest(column, names)  # a column may feed several fields
            if len(missing) > 1:
                meant = advice.partition("use one of: ")[0]
                advice = f"{meant}{columns}".strip() or "use another of these columns"
                columns = ""
            yield Flaw(line, what, advice)
        elif letters := repeated.get(column):
            what = (
                f'the mapping uses the column "{column}", which the file has {len(letters)} times'
                f" ({file}, columns {listed(letters)})"
            )
            yield Flaw(
                line, what, f"name the one that is meant by its letter: {' or '.join(letters)}"
            )
