"""A person lets a file through that was held back."""

from collections.abc import Mapping
from pathlib import Path

from importer.drops.drift import drift
from importer.drops.passes import chosen
from importer.drops.scan import find_files, fits
from importer.errors import SettingsError, SourceError
from importer.jobs.commands import command
from importer.jobs.connected import remembered_account
from importer.jobs.dropped import look_at, refuse_unreadable
from importer.jobs.session import Session
from importer.journal.drops import DropRecords
from importer.profile import load
from importer.settings import Drop


def accept_file(
    session: Session, file: Path, environment: Mapping[str, str], *, always: bool
) -> None:
    """always: it is what later files of its drop are held against.

    Raises SettingsError: it lies in no drop's folder. SourceError, MappingError: it could not be
    imported all the same.
    """
    drop = _drop_of(chosen(session.settings, []), file)
    _refuse_alone(session, drop, file)
    refuse_unreadable(drop.mapping)
    session.use_account_if_any(environment, drop.account)
    session.open_journal(create=True)
    seen = look_at(session, drop.folder / file.name, drop, remembered_account(session))
    if seen.unfit is not None and seen.job is None:
        raise seen.unfit
    records = DropRecords(session.journal)
    last = records.last_file(drop.name)
    before = load(last.profile) if last else None
    found = None
    if before is not None and seen.profile is not None and seen.job is None:
        found = drift(before, seen.profile, seen.mapped)
    if last is None or not found:
        session.voice.say(f"{file.name} is not held back: the next pass takes it as it is")
        return
    for each in found:
        session.voice.say(f"accepted: {each.what}")
    records.let_through(drop.name, seen.sha256, always=always)
    once = f" once: later files are held against {last.name}, as before"
    later = ", and later files may be like it" if always else once
    session.voice.say(f"{file.name} is let through{later}")
    session.voice.say(f"next: {command(session, 'drops', None, 'run', drop.name)}")


def _refuse_alone(session: Session, drop: Drop, file: Path) -> None:
    """Raises SettingsError: a pass would leave it alone."""
    for found in find_files(drop, session.settings.drops):
        if found.path.name == file.name and found.alone:
            raise SettingsError(
                f"a pass leaves the file alone: {found.alone}",
                where=str(file),
                fix="put the file itself into the folder, under a name of its own",
            )


def _drop_of(drops: list[Drop], file: Path) -> Drop:
    """Raises SettingsError, SourceError."""
    if not file.is_file():
        raise SourceError(
            "there is no such file",
            where=str(file),
            fix="name the file as it lies in the drop's folder",
        )
    folder = file.resolve().parent
    here = [each for each in drops if each.folder.resolve() == folder]
    for drop in here:
        if fits(drop, file.name):
            return drop
    if here:
        patterns = ", ".join(each.pattern for each in here)
        raise SettingsError(
            "its name fits no drop of that folder", where=str(file), fix=f"name it as {patterns}"
        )
    raise SettingsError(
        "the file lies in no drop's folder",
        where=str(file),
        fix=f"put it into one of: {', '.join(str(each.folder) for each in drops)}",
    )
