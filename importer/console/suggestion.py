"""The draft of a mapping as lines of text, and as one JSON object."""

from collections.abc import Callable, Iterator, Sequence

from importer.shown import SuggestedColumn, Suggestion

MOST_NAME = 30  # characters of a column's name


def suggestion_lines(suggestion: Suggestion) -> Iterator[str]:
    """The text itself, where it was written nowhere; else what stands in it and what is next."""
    if suggestion.mapping is None:
        yield from suggestion.text.rstrip("\n").split("\n")
        return
    yield f"{suggestion.name}: {', '.join(suggestion.found)}"
    yield from table_lines(suggestion)
    yield f"mapping: {suggestion.mapping}"
    is_sure = all(each.sure for each in suggestion.columns)
    if not is_sure or suggestion.missing or suggestion.checks:
        yield 'next: look at the lines with "check:" in it'
    for command in suggestion.commands[:1]:
        yield f"next: {command}"


def table_teller(say: Callable[[str], None]) -> Callable[[Suggestion], None]:
    """Tells of a draft's columns, beside its text."""

    def tell(suggestion: Suggestion) -> None:
        for line in table_lines(suggestion):
            say(line)

    return tell


def table_lines(suggestion: Suggestion) -> Iterator[str]:
    names = [_cut(each.column) for each in suggestion.columns]
    fields = [f"-> {each.field}" if each.field else "-" for each in suggestion.columns]
    widths = max(map(len, names), default=0), max(map(len, fields), default=0)
    for name, field, each in zip(names, fields, suggestion.columns, strict=True):
        start = f"  {name.ljust(widths[0])}  {field.ljust(widths[1])}"
        yield f"{start}  {_sureness(each)}  {each.reason}"
    for name in suggestion.missing:
        yield f"  the account asks for {name}, and no column feeds it"
    for each_check in suggestion.checks:
        yield f"  check: {each_check}"
    sure = sum(bool(each.field) and each.sure for each in suggestion.columns)
    check = sum(not each.sure for each in suggestion.columns)
    left = sum(not each.field and each.sure for each in suggestion.columns)
    yield f"{sure} sure, {check} to check, {left} left out"
    if not suggestion.is_known:
        yield (
            "only standard fields are named: importer fields asks for the account's own; then draft"
            " it again"
        )


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MOST_NAME else text[: MOST_NAME - 1] + "…"


def _sureness(each: SuggestedColumn) -> str:
    if not each.field:
        return "left out  " if each.sure else "     check"
    return f"{each.confidence:4.0%} {'sure ' if each.sure else 'check'}"


def suggestion_object(suggestion: Suggestion) -> dict[str, object]:
    """What a draft adds to every command's object."""
    return {
        "file": suggestion.file,
        "journal": None,
        "found": list(suggestion.found),
        "columns": _column_objects(suggestion.columns),
        "missing": list(suggestion.missing),
        "checks": list(suggestion.checks),
        "mapping": suggestion.mapping,
        "text": suggestion.text,
    }


def _column_objects(columns: Sequence[SuggestedColumn]) -> list[dict[str, object]]:
    return [
        {
            "column": each.column,
            "field": each.field or None,
            "confidence": each.confidence,
            "sure": each.sure,
            "reason": each.reason,
            "transforms": list(each.transforms),
        }
        for each in columns
    ]
