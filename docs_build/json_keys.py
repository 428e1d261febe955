"""The JSON object: the keys of every command, and those that some commands add."""

import typing
from collections.abc import Iterator, Mapping

from docs_build.examples import blank
from docs_build.tables import code, codes, said, table
from importer.console.shown import shown_object
from importer.console.summary import job_object
from importer.errors import ImporterError
from importer.model import (
    AccountCheck,
    Doubts,
    Preview,
    RowHistory,
    RowStatus,
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

WORDS: Mapping[str, str] = {
    "job": "the job's number",
    "key": "the job's key, 12 hex digits",
    "file": "the imported file, an absolute path",
    "state": "where the job stands: see [job states](statuses.md#job-states)",
    "rows": "the rows of the job",
    "exit": "the exit code",
    "journal": "the journal's absolute path",
    "error": "only after an error: an object of `what`, `where` and `fix`",
}
COMMANDS: Mapping[type[Shown], str] = {
    AccountCheck: "check",
    Preview: "preview",
    RowHistory: "status --row",
    Doubts: "resolve",
    Verification: "verify",
    PurgeReport: "purge",
    SalvageReport: "salvage",
    ShownFields: "fields",
    Suggestion: "suggest",
    Schedule: "drops schedule",
    PassReport: "drops run",
    Forecast: "drops check",
    UndoReport: "undo",
    WrittenHistory: "report --all",
}
ADDED_WORDS: Mapping[str, str] = {
    "account": "whose keys these are, and what limits are kept to",
    "sheet": "of a workbook",
    "organisation": "the account's name",
    "org_id": "the account's own Id",
    "fields": "the account's fields, with what each takes",
    "users": "the account's users; null where these keys may not see them",
    "checked_against": "whether the account's fields are known, and how old that is, in words",
    "found": "how the file is read",
    "columns": "of the file, with the fields that they go into",
    "constants": "field and value, sent with every lead",
    "problems": "rows that would be refused alike, with some of them",
    "findings": "what is striking about columns or rows, what is done, and what changes that",
    "protected": "rows to send that have a unique value",
    "stamped": "rows to send without one, with a stamp",
    "unprotected": "rows to send with neither",
    "stamp": "the field that takes it, whether it is unique, and the job key that it begins with "
    "(null before the account is known); null without one",
    "leads": "the first leads as they would be sent",
    "calls": "that send its rows, one each",
    "seconds": "that it takes at the limit; null without one, and where a day's calls are too few",
    "list": "the static list that the leads are added to; null without one",
    "list_calls": "that add them to it, or so; 0 without one, and where all are on it",
    "html": "the absolute path of the page about it; null without `--html`",
    "left_today": "calls that `daily_calls` still lets go, as far as is known; null without it",
    "plan": "when it will be done, begun now and run again each time `daily_calls` lets calls go: "
    "`calls` with those before the first row and those of the list, `sending_s` at the limit (null "
    "without one), `days` of 24 hours, and `ends_at` in UTC (null without calls, and where "
    "nothing limits them)",
    "row": "all that is known of the row",
    "doubts": "the same of each `in_doubt` row",
    "verify": "what was checked, and whether it holds",
    "purge": "the jobs that were purged, those that stay, and the files that are still there",
    "missing": "fields that the account asks for, and that no column feeds",
    "drops check missing": "what stands in the way of an account: `account` (null for that of "
    "`LSQ_HOST`), and `what`",
    "checks": "of `suggest`: what is to be looked at of the list as a whole",
    "mapping": "the path of the mapping that was written; null without `-o`",
    "text": "the mapping itself",
    "schedule": "the texts, null where they were not asked for; and the variables that are to be "
    "written into the file `env_file`",
    "started_at": "when the pass began, in UTC",
    "ended_at": "when it ended, in UTC",
    "files": "each file of the folders, and each job that went on without one: `fate` is `done`, "
    "`refused`, `held`, `blocked` (it stays, until something else is mended), `open` (not "
    "finished), `waiting` or `left_alone`; `exit` is that of the file, `known` whether it was "
    "imported before, `created_now` the leads that this pass made, `altered` the fields that the "
    "account has otherwise than they were sent",
    "drops check files": "the same as a pass would find them, with the calls that each takes at "
    "most; `done` is what would be imported",
    "accounts": "each account that was used: its calls of the last 24 hours, and why nothing more "
    "was sent, null where nothing stood in the way",
    "plans": "when each account would be done: `account` (null for that of `LSQ_HOST`), and the "
    "keys of `plan` of `preview`",
    "undo": "what was done, or with `plan` would be: `leads` that the job has made, those "
    "`to_delete` and those `deleted` (of these, `lost` by calls whose replies were lost), `gone` "
    "that were not there any more, and `left` alone; some of them, with the page of each in the "
    "account (`link`, null where its address is not known); `open_rows` are still to be sent; "
    "`resting` are rows of other jobs that were not sent as these leads were there",
    "report": "the absolute path of the page",
    "salvage": "what was saved of each job, in rows, and what is wrong with the journal",
}


def json_keys() -> str:
    known = [key for key in _of_all() if key not in frozenset(RowStatus)]
    rows = [(code(key), words) for key, words in said(WORDS, known, "JSON keys").items()]
    rows.insert(
        known.index("rows") + 1,
        (codes(RowStatus), "the rows of each status, by its name; zeros too"),
    )
    return table(("key", "is"), rows)


def added_keys() -> str:
    """Beyond those of every command, with the keys that their own objects have."""
    added = [
        (COMMANDS[kind], key, value)
        for kind in typing.get_args(Shown)
        for key, value in shown_object(blank(kind)).items()
        if key not in _of_all()
    ]
    meant = [_meant(name, key) for name, key, _ in added]
    words = said(ADDED_WORDS, meant, "JSON keys of commands")
    rows = (
        (code(name), code(key), words[_meant(name, key)], codes(_inside(value)))
        for name, key, value in added
    )
    return table(("command", "key", "is", "its own keys"), rows)


def _meant(command: str, key: str) -> str:
    """A key that is another thing in one command has words of its own there."""
    own = f"{command} {key}"
    return own if own in ADDED_WORDS else key


def _of_all() -> dict[str, object]:
    return job_object(None, 2, None, ImporterError("what"))


def _inside(value: object) -> Iterator[str]:
    """The keys of an object, or of the objects of a list: `checks.name`."""
    if isinstance(value, list):
        for each in value:
            yield from _inside(each)
    elif isinstance(value, dict):
        for key in value:
            is_name = key == "null"  # of an account, for instance
            below = list(_inside(value[key]))
            yield from below if is_name else [f"{key}.{inner}" for inner in below] or [key]
