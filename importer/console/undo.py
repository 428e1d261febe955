"""What `undo` did or would do, as lines of text and as keys of the JSON object."""

from collections.abc import Iterator

from importer.shown import UndoneRow, UndoReport


def undo_lines(report: UndoReport) -> Iterator[str]:
    if not report.leads:
        yield "there is nothing to undo: no lead of this job is in the account by it"
        return
    would = "would be " if report.is_plan else ""
    number = report.to_delete if report.is_plan else report.deleted
    yield f"{_leads(number)} {would}deleted"
    for row in report.first:
        yield _line(row)
    if number > len(report.first) > 0:
        yield f"  … and {number - len(report.first):,} more"
    if report.gone:
        be = "would be " if report.is_plan else ""
        yield f"{_leads(report.gone)} not in the account any more; {be}marked as deleted"
    if report.left:
        yield f"{_leads(report.left)} left alone"
    for row in report.left_alone:
        yield _line(row)
    if report.left > len(report.left_alone):
        yield f"  … and {report.left - len(report.left_alone):,} more"
    if report.is_plan and report.to_delete + report.gone:
        yield f"to delete them: {report.undo}"
    if report.deleted or (report.gone and not report.is_plan):
        yield f"to import these rows again: {report.again}"


def _leads(number: int) -> str:
    return f"{number:,} lead{'' if number == 1 else 's'}"


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
