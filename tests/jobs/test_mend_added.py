"""Rows that a reject file added are known again when it is run again, however they are shown."""

import time

from importer.jobs.edits import AddedRows
from importer.journal.rows import JournalRow
from importer.model import RowStatus

MET = "2026-01-31 09:30:00"


def test_a_long_list_of_new_rows_is_known_again_in_no_time() -> None:
    """Each row was once compared with all others: minutes."""
    own = [(f"First{n}", f"p{n}@example.com", f"{919845000000 + n}", MET) for n in range(3_000)]
    rows = [added(number, cells) for number, cells in enumerate(own, start=10)]
    shown = [(*cells[:2], "9.19845E+11", "1/31/2026 9:30") for cells in own]
    started = time.process_time()
    known, never = AddedRows(rows), AddedRows(rows)
    assert [known.take(cells) for cells in shown] == [row.number for row in rows]
    others = [(f"Other{n}", *cells[1:]) for n, cells in enumerate(own)]
    assert {never.take(cells) for cells in others} == {None}
    assert [never.take(cells) for cells in reversed(own)] == [row.number for row in reversed(rows)]
    assert time.process_time() - started < 10


def test_rows_of_numbers_alone_are_known_again_by_them() -> None:
    own = [(f"+{919845000000 + n}", "Pune") for n in range(300)]
    rows = [added(number, cells) for number, cells in enumerate(own, start=10)]
    known = AddedRows(rows)
    assert known.take(("919845000300", "Pune")) is None
    assert known.take(("919845000299", "Pune")) == 309
    assert known.take(("919845000299", "Pune")) is None
    assert known.take(("9.19845E+11", "Pune")) == 10
    assert known.take(("+919845000000", "Pune")) is None
    assert known.take(("+919845000002", "Pune")) == 12


def added(number: int, cells: tuple[str, ...]) -> JournalRow:
    return JournalRow(
        number, RowStatus.CREATED, 1, 1, None, None, None, None, None, cells, None, None, None, None
    )
