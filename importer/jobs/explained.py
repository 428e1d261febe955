"""What ends a run because the account refuses it: where the mapping names it, how to go on."""

import re

from importer.errors import ApiError
from importer.intake.mapping import lines_that_name
from importer.jobs.commands import command, run_again
from importer.jobs.session import Session
from importer.journal.job import Job


def explained(session: Session, error: ApiError, job: Job) -> ApiError:
    """The error with the mapping's lines that name the field, and the commands that go on."""
    mapping = session.journal.mapping(job)
    found = lines_that_name(mapping.text, {*re.findall(r"\w+", error.what)})
    lines = f"{'lines' if len(found) > 1 else 'line'} {', '.join(map(str, found))}"
    where = f"{mapping.name}, {lines}" if found else None
    if error.is_of_rows:
        fix: str | None = _ways_on(session, job)
    elif error.names_field and found:
        fix = f"{error.fix}: {run_again(session, job)}"
    else:
        return error
    told = ApiError(error.what, where=where, fix=fix, plain=error.plain)
    told.names_field, told.is_of_rows = error.names_field, error.is_of_rows
    return told


def _ways_on(session: Session, job: Job) -> str:
    rejected = command(session, "retry", job.number, "--status", "rejected")
    rest = command(session, "retry", job.number, "--keep-going")
    return (
        f"correct the mapping, and run the list again: {run_again(session, job)};"
        f" or what is set in the account, then: {rejected}; or send the rest as it is: {rest}"
    )
