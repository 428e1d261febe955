"""Whether a new file is like the last one of its drop, or a person has let it through."""

from collections.abc import Sequence

from importer.drops.drift import FEWER, drift
from importer.drops.scan import Found
from importer.errors import ImporterError
from importer.jobs.commands import command
from importer.jobs.dropped import Seen
from importer.jobs.session import Session
from importer.journal.drops import DropRecords, LastFile
from importer.journal.journal import Journal
from importer.profile import dump, load


class HeldError(ImporterError):
    """The file differs too much from the last one: a person has to look at it."""


def refuse_unlike(session: Session, journal: Journal | None, found: Found, seen: Seen) -> None:
    """journal: None where there is none yet.

    Raises HeldError. MappingError: the mapping can't take it, and there was none before that would
    show whether the mapping or the file is wrong.
    """
    records = DropRecords(journal) if journal else None
    last = records.last_file(found.drop.name) if records else None
    before = load(last.profile) if last else None
    if records is None or last is None or before is None or seen.profile is None:
        if seen.unfit is not None:
            raise seen.unfit
        return
    if records.is_let_through(found.drop.name, seen.sha256) is None:
        differences = drift(before, seen.profile, seen.mapped)
        if differences:
            raise HeldError(
                f'it is not like the last one ("{last.name}")',
                details=[each.what for each in differences],
                where=str(found.path),
                fix=_fix(session, found, seen, [each.fix for each in differences]),
            )
    if seen.unfit is not None:
        what, *details = seen.unfit.lines
        raise HeldError(what, details=details, where=seen.unfit.where, fix=seen.unfit.fix)


def _fix(session: Session, found: Found, seen: Seen, fixes: Sequence[str]) -> str:
    """With the command that lets it through, where the mapping could take it."""
    if seen.unfit is not None:
        mended = [fix for fix in fixes if fix != FEWER]
        return next(iter(mended), seen.unfit.fix or "mend the mapping")
    return f"{fixes[0]}; {command(session, 'drops', None, 'accept', str(found.path))}"


def likeness(records: DropRecords, found: Found, seen: Seen) -> LastFile | None:
    """What later files are held against, once this one is done; None where it was let through
    once, or is no list."""
    is_once = records.is_let_through(found.drop.name, seen.sha256) is False
    if seen.profile is None or is_once:
        return None
    return LastFile(found.path.name, dump(seen.profile))
