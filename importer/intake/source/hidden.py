"""What a person does not see of a sheet, and what is read all the same: it is said."""

from collections.abc import Sequence
from dataclasses import dataclass

from importer.intake.letters import column_letter

SHOWN = 4  # letters of columns; of more, the count is said


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows and columns count from 0; of the rows, those that have a value.

    filtered: the rows that a filter hides; they are not among `rows`.
    """

    rows: Sequence[int] = ()
    filtered: Sequence[int] = ()
    columns: Sequence[int] = ()


def hidden_notes(hidden: Hidden, header_row: int, columns: range) -> tuple[str, ...]:
    """What is hidden of the list: of the rows below its header, and of its columns.

    header_row: its number, from 1. columns: those of the list.
    """
    filtered = sum(row >= header_row for row in hidden.filtered)
    rows = sum(row >= header_row for row in hidden.rows)
    unseen = sorted(set(hidden.columns).intersection(columns))
    notes = []
    if filtered:
        which = f"{filtered:,} {_rows(filtered)} hidden by a filter"
        notes.append(f"{which}, which {_are(filtered)} read too")
    if rows:
        notes.append(f"{rows:,} hidden {_rows(rows)}, which {_are(rows)} read too")
    if unseen:
        notes.append(_columns(unseen))
    return tuple(notes)


def _columns(columns: Sequence[int]) -> str:
    letters = [column_letter(column) for column in columns]
    if len(letters) == 1:
        return f"column {letters[0]} is hidden, and read too"
    if len(letters) > SHOWN:
        letters = [*letters[: SHOWN - 1], f"{len(letters) - SHOWN + 1} more"]
    return f"columns {', '.join(letters[:-1])} and {letters[-1]} are hidden, and read too"


def _rows(count: int) -> str:
    return "row" if count == 1 else "rows"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
