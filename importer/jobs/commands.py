"""Commands of ours, as a message tells a person to type them."""

from dataclasses import replace

from importer.intake.source.file import Reading
from importer.jobs.session import Session
from importer.journal.job import Job
from importer.quoting import joined, quoted, quoted_path

CALL = frozenset({"retry", "resolve", "undo", "verify"})


def command(session: Session, name: str, job: int | str | None, *options: object) -> str:
    """Such as `importer retry 3`, with the journal, settings and account that the person named.

    job: None for the latest.
    """
    named = session.named.for_calls if name in CALL else session.named.for_all
    words = ("importer", name, *([] if job is None else [job]), *options)
    return joined(map(str, words)) + named


def run_command(session: Session, file: str, mapping: str, sheet: str | None = None) -> str:
    """`importer run` of a list, which is read as the person has said, and the rest as `command`."""
    sheet_words = f" --sheet {quoted(sheet)}" if sheet else ""
    words = f"importer run {quoted_path(file)} -m {quoted_path(mapping)}{sheet_words}"
    return words + session.named.reading + session.named.for_calls


def run_again(session: Session, job: Job) -> str:
    """`importer run` of the job's own list, by the mapping in use."""
    return run_command(session, job.file, session.journal.mapping(job).name, job.identity.sheet)


def note_reading(session: Session, reading: Reading) -> None:
    """Let the commands that follow read the list as this one does. Its sheet is the job's."""
    given = {"--encoding": reading.encoding, "--delimiter": reading.delimiter}
    given |= {"--header-row": str(reading.header_row) if reading.header_row else None}
    given |= {"--range": reading.area}
    given |= {"--short-rows": "pad" if reading.pads else None}
    words = [f" {name} {quoted(value)}" for name, value in given.items() if value]
    session.named = replace(session.named, reading="".join(words))
