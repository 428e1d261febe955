"""What `salvage` has to show, as lines of text and as keys of the JSON object."""

from collections.abc import Iterator
from dataclasses import asdict

from importer.shown import SalvagedJob, SalvageReport

MOST_DAMAGE = 5  # lines
STEPS = (
    "move the journal away, and the -wal and -shm beside it; the next run makes a new one",
    "rows that are pending or failed are not in the account: make a list of them, and run it",
    "rows that are sending, in_doubt or unknown may be there: look for each, and run those that"
    " are not",
    "where every row has a value that the account keeps unique (an e-mail, a phone, the mapping's"
    " stamp), the list itself can be run again instead: what is there comes back as duplicate",
)


def salvage_lines(report: SalvageReport) -> Iterator[str]:
    yield f"journal: {report.journal}"
    for job in report.jobs:
        yield from _job_lines(job)
    for text in report.damage[:MOST_DAMAGE]:
        yield f"damage: {text}"
    if more := len(report.damage[MOST_DAMAGE:]):
        yield f"damage: and {more} more"
    if report.is_sound:
        yield "the journal is sound: go on with it"
    else:
        yield from (f"next: {step}" for step in STEPS)


def _job_lines(job: SalvagedJob) -> Iterator[str]:
    key = job.key or "its key cannot be read"
    yield f"job {job.number} ({key}), {job.file or 'of a list whose name cannot be read'}"
    if job.path is None:
        yield "  purged: its rows were removed before"
        return
    for name, rows, words in (
        ("whole", job.whole, "with their state and their cells"),
        ("no cells", job.no_cells, "their state alone"),
        ("unknown", job.unknown, "their state is not certain: they may have been sent"),
        ("lost", job.lost, "nothing of them can be read"),
    ):
        if rows is None:
            yield f"  {name:<10} {'?':>9}  the job's counts cannot be read"
        elif rows:
            yield f"  {name:<10} {rows:>9,}  {words}"
    yield f"  {'pending':<10} {job.pending:>9,}  of these: not sent"
    if job.no_id:
        yield f"  {'no Id':<10} {job.no_id:>9,}  of these: created, the lead's Id is not certain"
    yield f"salvaged: {job.path}"


def salvage_object(report: SalvageReport) -> dict[str, object]:
    return {
        "salvage": {
            "sound": report.is_sound,
            "jobs": [asdict(job) for job in report.jobs],
            "damage": list(report.damage),
        }
    }
