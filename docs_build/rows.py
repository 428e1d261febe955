"""What becomes of rows: statuses, job states, reject codes, and the columns of what is written."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import importer
from docs_build.tables import code, codes, said, same_names, table
from importer.intake.columns.damage import REASONS
from importer.intake.columns.findings import Code
from importer.model import REJECT_COLUMNS, RESULTS_COLUMNS, JobState, RowStatus
from importer.steps import WORDS

PACKAGE = Path(importer.__file__).parent
# A status: when a row gets it, and how it leaves.
STATUS_WORDS: Mapping[str, tuple[str, str]] = {
    "pending": (
        "It is stored, passed the mapping's checks, and was not sent.",
        "`run` or `retry` sends it; `cancel` makes it `skipped`",
    ),
    "sending": (
        "A call may be under way; this is on disk before the call leaves. Where no importer works "
        "on it, the account is searched before anything is sent again.",
        "the reply, or the account's own records",
    ),
    "created": ("The account gave an Id.", "final"),
    "updated": ("Kept for later: nothing updates leads yet.", "final"),
    "duplicate": (
        "A unique value is taken, in the account or by an earlier row of the file (`skipped`, "
        "where the mapping says `on_duplicate: skip`).",
        "mend it and run the reject file; or `retry --status duplicate`",
    ),
    "rejected": (
        "LeadSquared refused it for good.",
        "mend it and run the reject file; or `retry --status rejected`",
    ),
    "invalid": (
        "It did not pass the mapping's checks, and was never sent.",
        "mend it and run the reject file; or change the mapping and run the list",
    ),
    "failed": (
        "Errors outlasted the tries; it is known not to be in the account.",
        "`retry`",
    ),
    "in_doubt": (
        "It was sent, the reply was lost, and nothing tells whether it arrived; or the same row of"
        " another job stands so (`sent_before`). It is never sent again by itself.",
        "a person decides: `resolve`",
    ),
    "skipped": (
        "The same row stands earlier in the file, or was accepted by an earlier job; or its lead "
        "is there already, and the mapping says `on_duplicate: skip`; or the mapping "
        "leaves it out (`skip_if`); or a person gave it up; or its own lead is there, and its Id "
        "can't be read (`own_stamp`).",
        "final; a row left out by `skip_if` is sent once a changed mapping does not leave it out",
    ),
    "deleted": ("Its lead was removed again.", "`retry --status deleted`"),
}
STATE_WORDS: Mapping[str, str] = {
    "staging": "Not all of its rows are stored, and none was sent. Run its file again.",
    "open": "Rows are `pending` or `sending`. `run` or `retry` goes on.",
    "finished": "None are.",
    "purged": "Its rows were removed by `purge`; its counts were kept.",
}
# A reject code of ours: what it means, and how to mend the row. Some mean the same.
CODE_WORDS: Mapping[tuple[str, ...], tuple[str, str]] = {
    ("required",): ("a cell that the mapping or the account requires is blank", "fill it in"),
    ("unknown_option",): (
        "the value is none of the options of the account's drop-down",
        "write an option, exactly; or map it under `choices`, or say `on_unknown`",
    ),
    ("too_long",): ("the value has more characters than the field takes", "shorten it"),
    ("out_of_range",): ("the number is less, or more, than the field takes", "correct it"),
    ("too_few_digits",): ("the phone has fewer digits than the field takes", "complete it"),
    ("unknown_owner",): (
        "no user of the account has that e-mail or name, or several have that name",
        "write the e-mail of a user, as `importer fields` lists them",
    ),
    ("inactive_owner",): ("that user is not active any more", "write another's e-mail"),
    ("no_name_or_contact",): ("neither a name nor an e-mail nor a phone", "fill in one"),
    ("row_width",): (
        "more or fewer cells than the header",
        "put a cell with a comma or a line break in quotation marks",
    ),
    ("bad_phone", "bad_email", "bad_date", "bad_datetime", "bad_boolean", "bad_number"): (
        "the transform can't make a value of the cell, or the account's field takes no such value",
        "as the reason says",
    ),
    ("ambiguous_date",): (
        "the day and the month can be told either way, and the column's other values do not prove "
        "which",
        "ask the sender, or name the form under `formats` in the mapping",
    ),
    ("scientific_notation",): (
        "a spreadsheet program has shortened a number, such as `9.19877E+11`",
        "ask the sender for the list as it was exported, or with that column as text",
    ),
    ("rounded_digits",): (
        "Excel has put zeros in place of all digits behind the 15th",
        "ask the sender for the list with that column as text",
    ),
    ("lost_character",): (
        "the cell has U+FFFD in it, the sign for a character that was lost",
        "ask the sender for the list in UTF-8, or type the word",
    ),
    ("ambiguous_number",): (
        "a workbook's number with three decimals, beside texts with a decimal comma: Excel may have"
        " taken the point between thousands for a decimal point",
        "ask the sender for the list as it was exported, or type the number",
    ),
    ("unknown_choice",): (
        "the cell is none of the mapping's `choices`",
        "write one of them, or add it to the mapping",
    ),
    ("cell_error",): (
        "the workbook's cell is an error, such as `#N/A`",
        "correct it, or clear it",
    ),
    ("no_formula_value",): (
        "the workbook's cell is a formula whose value was not stored",
        "open the workbook in Excel and save it",
    ),
    ("duplicate_in_file",): (
        "an accepted row of this file has the same unique value",
        "give this row another, or delete it",
    ),
    ("same_lead",): (
        "the account answered with a lead that another row had made",
        "look at that lead",
    ),
    ("same_row",): (
        "the same row stands earlier; it is `skipped`, and stands in the results only",
        "nothing",
    ),
    ("skip_if",): (
        "the mapping leaves the row out by what stands in a column; it is `skipped`",
        "nothing; or change the mapping's `skip_if`, and run the list again",
    ),
    ("accepted_before",): (
        "an earlier job had the same row accepted; it is `skipped`, with that job, row and Id",
        "nothing; or `run --again`",
    ),
    ("sent_before",): (
        "another job sent the same row, and its fate is not known; so this one is `in_doubt`,"
        " though it was not sent itself",
        "settle that job first, as the reason says, and run this again; or `importer resolve`",
    ),
    ("given_up",): (
        "a person gave the row up, by `cancel` or `resolve --give-up`; it is `skipped`",
        "nothing; another list with the row sends it if it was cancelled before it was sent",
    ),
    ("given_up_before",): (
        "another job sent the same row, its fate was not known, and a person gave it up; it is"
        " `skipped`",
        "nothing; or `run --again`",
    ),
    ("own_stamp",): (
        "the account refused the row's stamp a second time, so that its lead is there, and showed"
        " it to no look-up; it is `skipped`",
        "search the account for the stamp, as the reason says",
    ),
    ("killed",): (
        "the run was stopped while the call was under way, and every try ended so",
        "`importer retry`",
    ),
}
# What `preview` and `run` say of columns: how it shows, what is done.
FINDING_WORDS: Mapping[str, tuple[str, str]] = {
    "left_out": (
        "totals and notes below the table, and the header where it stands again",
        "left out",
    ),
    "lone_cells": (
        "a row with its first cell alone, as a heading between rows has",
        "sent, where it makes a lead",
    ),
    "ambiguous_date": (
        "dates such as `03/04/2026`, and no value of the column proves the order",
        "`run` stops and asks for `formats`; where some values prove either order, those that fit"
        " both are refused. In a workbook: real dates with days up to 12 alone, beside texts with"
        " later days alone, are refused",
    ),
    "ambiguous_number": (
        "numbers such as `1.234`, and no value of the column proves what the sign is",
        "`run` stops and asks for `decimal` or `grouping`",
    ),
    "scientific_notation": ("`9.19877E+11`, in a text file", "refused"),
    "rounded_digits": (
        "16 digits and more, and all of the column's end with zeros behind the 15th",
        "refused",
    ),
    "lost_character": ("U+FFFD, a question mark in a black diamond", "refused"),
    "lost_zeros": (
        "digits of one width, some shorter, none that begins with 0, in a column of codes, ids or"
        " phones",
        "sent",
    ),
    "day_numbers": (
        "`46095` in a column of dates",
        "read as the day that Excel means; without a transform, sent",
    ),
    "became_dates": ("`10-Jan` among values such as `11-50`", "sent"),
    "mojibake": ("`MÃ¼ller`, or twice so: `MÃƒÂ¼ller`", "sent; `transform: fix_text` mends it"),
    "entities": ("`&amp;`, `&#39;`", "sent; `transform: fix_text` mends it"),
    "error_text": ("`#N/A`, `#REF!` in a text file", "sent"),
    "quoted_text": (
        '`="00501"`, or an apostrophe or tab before digits, against Excel\'s changes',
        "sent; `transform: fix_text` mends it",
    ),
    "invisible": (
        "no-break spaces, zero-width and control characters",
        "sent; `transform: fix_text` mends it",
    ),
    "capitals": ("most first or last names in capitals", "sent; `transform: title` mends it"),
    "unknown_option": (
        "values that are none of the options of the account's drop-down, or of `choices`, where the"
        " mapping says `on_unknown`",
        "they are left out of the lead, or sent all the same, as it says",
    ),
    "currency": ("one currency's sign at the numbers of a column", "the number is sent"),
    "percent": (
        "a percent sign at all numbers of a column",
        "`12%` is sent as 12; with `percent: share` as 0.12",
    ),
}
# Those of LeadSquared and of the network, which have no list.
OTHER_CODES: Mapping[str, tuple[str, str]] = {
    "`MXDuplicateEntryException`": (
        "a lead of the account has the same unique value",
        "change it here, or edit that lead",
    ),
    "any other `MX…Exception`, `HTTP 400`": (
        "refused by LeadSquared, in its own words",
        "as the reason says",
    ),
    "`HTTP 500` and the like, `ReadTimeout` and the like": (
        "the last error of a `failed` row (`rejects --failed`)",
        "`importer retry`",
    ),
}
COLUMN_WORDS: Mapping[str, str] = {
    "Reject Code": "why, in a word: see [reject codes](#reject-codes)",
    "Reject Column": "the column that it is about; a schema name where no column feeds that field",
    "Reject Reason": "the vendor's words, and how to mend it",
    "Existing Lead Id": "of the lead that stands in the way, where it is known",
    "Import Row": "the row's number in the list; leave it as it is",
    "Import Job": "the job's key; leave it as it is",
}
RESULT_WORDS: Mapping[str, str] = {
    "Import Status": "one of the [statuses](statuses.md)",
    "Lead Id": "of the lead that the row made, or whose lead was there",
    "Import Row": "the row's number in the list",
    "Import Reason": "why it was refused or skipped",
}
# Who makes a Problem or an Outcome, and at which place its code stands.
MAKERS = {"Problem": 0, "Unfit": 0, "Outcome": 1, "on_cells": 0, "_problem": 0, "_outcome": 0}


def statuses() -> str:
    same_names(RowStatus, STATUS_WORDS, "statuses")
    rows = ((code(s), WORDS[s], *STATUS_WORDS[s]) for s in RowStatus)
    return table(("status", "a summary says", "means", "how it leaves"), rows)


def job_states() -> str:
    words = said(STATE_WORDS, JobState, "job states")
    return table(("state", "means"), ((code(state), text) for state, text in words.items()))


def reject_codes() -> str:
    same_names(all_codes(), {name for names in CODE_WORDS for name in names}, "reject codes")
    ours = [(codes(names), *words) for names, words in CODE_WORDS.items()]
    others = [(names, *words) for names, words in OTHER_CODES.items()]
    return table(("Reject Code", "means", "mend it"), [*ours, *others])


def findings() -> str:
    same_names(Code, FINDING_WORDS, "findings")
    rows = ((code(name), *FINDING_WORDS[name]) for name in Code)
    return table(("finding", "how it shows", "what is done"), rows)


def reject_columns() -> str:
    words = said(COLUMN_WORDS, REJECT_COLUMNS, "reject columns")
    return table(("column", "has"), ((code(name), text) for name, text in words.items()))


def results_columns() -> str:
    words = said(RESULT_WORDS, RESULTS_COLUMNS, "results columns")
    return table(("column", "has"), ((code(name), text) for name, text in words.items()))


def all_codes() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    constants = {name: text for source in sources for name, text in constants_of(source)}
    return set(REASONS).union(*(codes_of(source, constants) for source in sources))


def constants_of(source: str) -> Iterator[tuple[str, str]]:
    """The texts that have a name of their own: `GIVEN_UP = "given_up"`."""
    for node in ast.parse(source).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                yield name, text


def codes_of(source: str, constants: Mapping[str, str]) -> set[str]:
    """Our own codes: those that a Problem or an Outcome is made with, or that are passed on."""
    found = set[str]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = MAKERS.get(name)
            values = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            if place is not None:
                values += node.args[place : place + 1]
            found.update(text for value in values if (text := _text(value, constants)))
    return found


def _text(value: ast.expr, constants: Mapping[str, str]) -> str | None:
    match value:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return constants.get(name)
    return None
