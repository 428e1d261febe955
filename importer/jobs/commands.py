"""Commands of ours, as a message tells a person to type them."""

from importer.jobs.session import Session

CALL = frozenset({"retry", "resolve", "verify"})


def command(session: Session, name: str, job: int, *options: object) -> str:
    """Such as `importer retry 3`, with the journal, settings and account that the person named."""
    named = session.named.for_calls if name in CALL else session.named.for_all
    return " ".join(map(str, ("importer", name, job, *options))) + named
