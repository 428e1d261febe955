"""A job with all that a report can show: rows of every status, three runs, lost and throttled
calls, decisions, static lists, two versions of its mapping; and cells that are made to do harm.

`everything(journal)` makes it; `write_page(folder)` writes its report.
"""

from pathlib import Path
from uuid import UUID

from importer.journal.calls import DELETE, THROTTLED
from importer.journal.decisions import note_decision
from importer.journal.job import Identity, Job, Layout, MappingText
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.journal.runs import Runs
from importer.journal.staging import stage
from importer.model import Check, JobState, Outcome, RowStatus, Verification
from importer.results.report.gather import Known, Report, gather
from importer.results.report.write import write_report
from importer.runs import Work
from importer.steps import Step
from tests.journal.stored import NOW, UNIQUE, blocks_of, screen

EVIL = "\"><script>x</script>'{{ 7 }}</style>\x00\x1b‮<!--"
SHOWN = "\"><script>x</script>'{{ 7 }}</style>\\x00\\x1b\\u202e<!--"
TAKEN = UUID("12345678-9abc-def0-1234-56789abcdef0")
WEB = "https://in21.leadsquared.com"
HEADER = (f"Name{EVIL}", "Email", "Phone")
MADE_AT = NOW / 1000 + 600
PEOPLE = [(f"{EVIL}{n}", f"p{n}@example.com", f"98{n:08d}") for n in range(24)]
BAD = [("Bad", "bad@example.com", EVIL), ("Bad", "", "")]
LEDGER = Verification([Check("counts", True, "26 rows")], ["reject file: none was written yet"])
STEPS = [
    Step("importer run 'list.rejects.csv'", "mend the rows in list.rejects.csv", first=True),
    Step("importer resolve 1", "lists the in_doubt rows, for you to decide on"),
]
KNOWN = Known(MADE_AT, LEDGER, STEPS, "/home/asha/leads")
FIRST_MAPPING = "version: 1\ncolumns: {Email: EmailAddress}\n"
MAPPING = f"version: 1\ncolumns:\n  Email: EmailAddress  # {EVIL}\n"
# Row, the calls that left (http, error) and where it ended.
ENDS: dict[int, tuple[list[tuple[int | None, str | None]], Outcome]] = {
    10: ([(500, "MXDup")], Outcome(RowStatus.DUPLICATE, "MXDup", f"There: {EVIL}", "Email", None,
                                   TAKEN)),
    11: ([(500, "MXDup")], Outcome(RowStatus.DUPLICATE, "MXDup", "There. Mend it", "Email")),
    12: ([(400, "MXBad")], Outcome(RowStatus.REJECTED, "MXBad", EVIL, EVIL)),
    13: ([(400, "MXBad")], Outcome(RowStatus.REJECTED, "MXBad", "No such city.")),
    14: ([(503, None)] * 5, Outcome(RowStatus.FAILED, "HTTP 503", "Busy.")),
    15: ([(None, "ReadTimeout")], Outcome(RowStatus.IN_DOUBT, "ReadTimeout", "Nobody knows.")),
    16: ([(None, "ReadTimeout")], Outcome(RowStatus.CREATED, lead_id=UUID(int=16))),
    17: ([(500, None), (200, None)], Outcome(RowStatus.CREATED, lead_id=UUID(int=17))),
    18: ([(502, None), (500, "MXDup")], Outcome(RowStatus.CREATED, lead_id=UUID(int=18))),
    19: ([(None, "ReadError")], Outcome(RowStatus.CREATED, lead_id=UUID(int=19))),
    20: ([(200, THROTTLED), (200, None)], Outcome(RowStatus.CREATED, lead_id=UUID(int=20))),
    21: ([], Outcome(RowStatus.SKIPPED, "same_row", "As row 2.")),
    22: ([(200, None)], Outcome(RowStatus.DELETED, lead_id=UUID(int=22))),
    23: ([(500, "MXDup")], Outcome(RowStatus.SKIPPED, "MXDup", "There.", "Email", None, TAKEN)),
}  # fmt: skip


def everything(journal: Journal, *, file: str = "/lists/list.csv", web: str = WEB) -> Job:
    job = journal.create_job(
        Identity("ab" * 32, "org-1", "Sheet 1"),
        Layout("utf-8", ",", HEADER),
        file=file,
        mapping=MappingText(1, "first.yaml", FIRST_MAPPING, "aa" * 32),
        now=NOW,
    )
    assert len(UNIQUE) == 2, "the rows are screened by e-mail and phone"
    job = stage(journal, job, blocks_of([*PEOPLE, *BAD]), screen, lambda: NOW)
    with journal.transaction():
        journal.add_mapping(job, MappingText(1, f"{EVIL}.yaml", MAPPING, "bb" * 32))
    job = journal.job(job.number)
    _first_run(journal, job, web)
    _second_run(journal, job, web)
    _undo(journal, job, web)
    with journal.transaction():
        low = job.number << 32
        note_decision(journal, low + 19, "mark_created", EVIL, NOW + 300_000)
        for number, name in ((1, EVIL), (2, "Newsletter")):
            sql = "INSERT INTO static_list (number, job, name) VALUES (?, ?, ?)"
            journal.execute(sql, (number, job.number, name))
        journal.execute("INSERT INTO listed (list, row) VALUES (2, ?)", (low + 2,))
        return journal.set_state(job, JobState.OPEN, NOW)


def _first_run(journal: Journal, job: Job, web: str) -> None:
    """Eight calls, a fifth of a second apart; it is killed."""
    rows = Rows(journal, job)
    with journal.transaction():
        Runs(journal).begin(job, Work.SEND, (25, 5.0), web, NOW)
    for number in range(2, 10):
        with journal.transaction():
            at = NOW + number * 200
            rows.end_attempt(number, rows.claim(number, at, 0), 200, None, 90 + number)
            rows.finish(number, Outcome(RowStatus.CREATED, lead_id=UUID(int=number)), at)


def _second_run(journal: Journal, job: Job, web: str) -> None:
    rows, at = Rows(journal, job), NOW + 200_000
    with journal.transaction():
        run = Runs(journal).begin(job, Work.SEND, (25, 5.0), web, at)
        for number, (calls, outcome) in ENDS.items():
            for http, error in calls:
                at += 200
                attempt = rows.start_attempt(number, None, at, 0)
                rows.end_attempt(number, attempt, http, error, 150)
            rows.finish(number, outcome, at, old=RowStatus.PENDING)
        rows.end_attempt(0, rows.start_attempt(0, "Leads.RecentlyModified", at, 0), 200, None, 40)
        rows.claim(24, at + 200, 0)
    with journal.transaction():
        Runs(journal).end(run, job, (25, 5.0), at + 1_000)


def _undo(journal: Journal, job: Job, web: str) -> None:
    with journal.transaction():
        run = Runs(journal).begin(job, Work.UNDO, None, web, NOW + 400_000)
        attempt = Rows(journal, job).start_attempt(22, DELETE, NOW + 400_500, 0)
        Rows(journal, job).end_attempt(22, attempt, 200, None, 60)
    with journal.transaction():
        Runs(journal).end(run, job, None, NOW + 401_000)


def report_of(journal: Journal, job: Job, known: Known = KNOWN) -> Report:
    with journal.snapshot():
        return gather(journal, job, known)


def write_page(folder: Path) -> Path:
    """The report of everything, with its journal beside it."""
    with Journal(folder / "importer.db", create=True) as journal:
        job = everything(journal, file=str(folder / "list.csv"))
        return write_report(journal, job, folder, report_of(journal, job))
