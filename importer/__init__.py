"""Bulk import of marketing lists into LeadSquared.

    from importer import run_import

    result = run_import("leads.csv", "mappings/marketing_list.yaml")

The public names are those of `__all__`; each is imported when it is first asked for, so that
`import importer` itself costs next to nothing.
"""

__version__ = "0.1.0"  # pyproject.toml reads it here

__all__ = [
    "Account",
    "ApiError",
    "CallRecord",
    "Cancel",
    "ImportResult",
    "ImporterError",
    "InterruptedRunError",
    "JobState",
    "JobSummary",
    "Journal",
    "JournalError",
    "MappingError",
    "Preview",
    "Progress",
    "ResumableError",
    "RowRecord",
    "RowStatus",
    "SettingsError",
    "SourceError",
    "Trouble",
    "__version__",
    "preview",
    "run_import",
]

TYPE_CHECKING = False  # type checkers take it for true; typing itself would cost 5 ms

if TYPE_CHECKING:
    from importer.errors import (
        ApiError,
        ImporterError,
        InterruptedRunError,
        JournalError,
        MappingError,
        ResumableError,
        SettingsError,
        SourceError,
    )
    from importer.jobs.api import Account, Cancel, ImportResult, preview, run_import
    from importer.journal.reading import JournalReader as Journal
    from importer.journal.reading import RowRecord
    from importer.model import (
        CallRecord,
        JobState,
        JobSummary,
        Preview,
        Progress,
        RowStatus,
        Trouble,
    )
else:  # a type checker that saw __getattr__ would take any name for a good one
    _PLACES = {
        **dict.fromkeys(("Account", "Cancel", "ImportResult", "preview", "run_import"), "jobs.api"),
        **dict.fromkeys(("Journal", "RowRecord"), "journal.reading"),
        **dict.fromkeys(
            (
                "CallRecord",
                "JobState",
                "JobSummary",
                "Preview",
                "Progress",
                "RowStatus",
                "Trouble",
            ),
            "model",
        ),
        **dict.fromkeys((name for name in __all__ if name.endswith("Error")), "errors"),
    }
    _OTHERWISE = {"Journal": "JournalReader"}

    def __getattr__(name):
        if name not in _PLACES:
            raise AttributeError(f"module 'importer' has no attribute {name!r}")
        from importlib import import_module

        module = import_module(f"importer.{_PLACES[name]}")
        found = globals()[name] = getattr(module, _OTHERWISE.get(name, name))
        return found

    def __dir__():
        return sorted({*globals(), *__all__})
