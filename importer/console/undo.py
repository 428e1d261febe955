"""What `undo` did or would do, as lines of text and as keys of the JSON object."""

from collections.abc import Iterator

from importer.shown import UndoneRow, UndoReport


def undo_lines(report: UndoReport) -> Iterator[str]:
    if not report.leads:
        yield "there is nothing to undo: no lead of this job is in the account by it"
        yield from _others(report)
        return
    would = "would be " if report.is_plan else ""
    number = report.to_delete if report.is_plan else report.deleted
    lost = "" if report.is_plan else _lost(report)
    yield f"{_leads(number)} {would}deleted{lost}"
    for row in report.first:
        yield _line(row)
    if number > len(report.first) > 0:
        yield f"  … and {number - len(report.first):,} more"
    if report.gone:
        be = "would be " if report.is_plan else ""
        yield f"{_leads(report.gone)} not in the account any more; {be}marked as deleted"
    if report.is_plan and report.lost:
        yield (
            f"{_leads(report.lost)} deleted by calls whose replies were lost; would be marked as"
            " deleted"
        )
    if report.left:
        yield f"{_leads(report.left)} left alone"
    for row in report.left_alone:
        yield _line(row)
    if report.left > len(report.left_alone):
        yield f"  … and {report.left - len(report.left_alone):,} more"
    yield from _others(report)
    if report.is_plan and report.to_delete + report.gone + report.lost:
        yield f"to delete them: {report.undo}"
    if report.deleted or (report.gone and not report.is_plan):
        yield f"to import these rows again: {report.again}"


def _others(report: UndoReport) -> Iterator[str]:
    """Rows that the undo leaves as they are, and what they mean now."""
    for job, rows in report.resting:
        be = "would be" if report.is_plan else "is"
        yield (
            f"{_counted(rows, 'row')} of job {job} {'was' if rows == 1 else 'were'} not sent, as"
            f" these leads were there; nobody of them {be} in the account any more"
        )
    if report.open_rows:
        yield f"{_counted(report.open_rows, 'row')} still to be sent; to give up: {report.cancel}"


def _lost(report: UndoReport) -> str:
    if not report.lost:
        return ""
    replies = "the reply was" if report.lost == 1 else "the replies were"
    return f"; of {report.lost:,} of them {replies} lost"


def _leads(number: int) -> str:
    return _counted(number, "lead")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _line(row: UndoneRow) -> str:
    why = f"  {row.why.removeprefix('left alone: ')}" if row.why else ""
    return f"  row {row.number:<7} {row.link or row.lead_id}{why}"


def undo_object(report: UndoReport) -> dict[str, object]:
    return {
        "undo": {
            "plan": report.is_plan,
            "leads": report.leads,
            "to_delete": report.to_delete,
            "deleted": report.deleted,
            "gone": report.gone,
            "lost": report.lost,
            "open_rows": report.open_rows,
            "resting": [{"job": job, "rows": rows} for job, rows in report.resting],
            "left": report.left,
            "first": [_object(row) for row in report.first],
            "left_alone": [_object(row) for row in report.left_alone],
        }
    }


def _object(row: UndoneRow) -> dict[str, object]:
    return {
        "row": row.number,
        "lead": row.lead_id,
        "link": row.link or None,
        "why": row.why or None,
    }
