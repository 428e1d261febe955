"""Commands of ours, as a message tells a person to type them."""

import shlex

from importer.jobs.session import Session


def command(session: Session, name: str, job: int, *options: object) -> str:
    """Such as `importer retry 3`, with the journal where the person named one."""
    journal = session.journal_option
    named = ("--journal", shlex.quote(journal)) if journal else ()
    return " ".join(map(str, ("importer", name, job, *options, *named)))
