"""What people decided about rows: kept beside the calls, for whoever asks later."""

from importer.journal.journal import Journal

INSERT_DECISION = """
INSERT INTO decision (row, number, at, what, detail)
SELECT :row, coalesce(max(number), 0) + 1, :now, :what, :detail FROM decision WHERE row = :row
"""

DECIDED = "SELECT 1 FROM decision WHERE row = ? AND what = ?"


def note_decision(journal: Journal, row_id: int, what: str, detail: str | None, now: int) -> None:
    """In the transaction of what was decided. row_id: of row number 0 where it is for many rows."""
    values: dict[str, object] = {"row": row_id, "now": now, "what": what, "detail": detail}
    journal.execute(INSERT_DECISION, values)


def was_decided(journal: Journal, row_id: int, what: str) -> bool:
    return journal.execute(DECIDED, (row_id, what)).fetchone() is not None
