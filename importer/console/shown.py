"""What a command was asked to show: as lines for a person, and as keys of the JSON object."""

from collections.abc import Iterable

from importer.console.check import check_lines, check_object
from importer.console.fields import fields_lines, fields_object
from importer.console.forecast import forecast_lines, forecast_object
from importer.console.history import doubts_lines, row_lines, row_object
from importer.console.passes import pass_lines, pass_object
from importer.console.preview import preview_lines, preview_object
from importer.console.salvage import salvage_lines, salvage_object
from importer.console.schedule import schedule_lines, schedule_object
from importer.console.suggestion import suggestion_lines, suggestion_object
from importer.console.undo import undo_lines, undo_object
from importer.console.verification import (
    purge_lines,
    purge_object,
    verification_lines,
    verification_object,
)
from importer.model import (
    AccountCheck,
    Doubts,
    Preview,
    RowHistory,
    Verification,
)
from importer.passes import Forecast, PassReport
from importer.shown import (
    PurgeReport,
    SalvageReport,
    Schedule,
    Shown,
    ShownFields,
    Suggestion,
    UndoReport,
    WrittenHistory,
)


def shown_lines(shown: Shown) -> Iterable[str]:
    match shown:
        case Preview():
            return preview_lines(shown)
        case Verification():
            return verification_lines(shown)
        case PurgeReport():
            return purge_lines(shown)
        case SalvageReport():
            return salvage_lines(shown)
        case ShownFields():
            return fields_lines(shown)
        case Suggestion():
            return suggestion_lines(shown)
        case PassReport():
            return pass_lines(shown)
        case Forecast():
            return forecast_lines(shown)
        case Schedule():
            return schedule_lines(shown)
        case UndoReport():
            return undo_lines(shown)
        case RowHistory():
            return row_lines(shown)
        case Doubts():
            return doubts_lines(shown)
        case AccountCheck():
            return check_lines(shown)
        case WrittenHistory():
            return [f"report: {shown.path}"]


def shown_object(shown: Shown) -> dict[str, object]:
    """The keys that it adds to, or overrides in, the object of every command."""
    match shown:
        case Preview():
            return preview_object(shown)
        case Verification():
            return verification_object(shown)
        case PurgeReport():
            return purge_object(shown)
        case SalvageReport():
            return salvage_object(shown)
        case ShownFields():
            return fields_object(shown)
        case Suggestion():
            return suggestion_object(shown)
        case PassReport():
            return pass_object(shown)
        case Forecast():
            return forecast_object(shown)
        case Schedule():
            return schedule_object(shown)
        case UndoReport():
            return undo_object(shown)
        case RowHistory():
            return {"row": row_object(shown)}
        case Doubts():
            return {"doubts": [row_object(row) for row in shown.rows]}
        case AccountCheck():
            return {"account": check_object(shown)}
        case WrittenHistory():
            return {"report": shown.path}
