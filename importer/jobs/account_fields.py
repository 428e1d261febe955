"""The account's fields, from the file that an earlier call left or asked anew, and the mapping held
against them."""

from dataclasses import replace
from pathlib import Path

from importer.delivery.connection import Connection
from importer.delivery.fields import ask_fields, fields_path, keep_file, load_file
from importer.errors import ApiError, InterruptedRunError, ResumableError, SettingsError
from importer.fields import AccountFields, Field, Person
from importer.intake.account.flaws import account_flaws
from importer.intake.account.stored import uses_people
from importer.intake.mapping import Mapping
from importer.intake.mapping_flaws import flaws_error
from importer.jobs.connected import check_account, connected, remembered_account
from importer.jobs.session import Session, counted, now_ms
from importer.shown import ShownFields

DAY_MS = 86_400_000
OLD_MS = 10 * DAY_MS
UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))  # seconds
UNKNOWN = "not checked against the account's fields, which are not known yet: importer fields asks"


def cached_fields(session: Session) -> AccountFields | None:
    """As an earlier command had them, without a call; None where none did, or no account is named.

    Raises SettingsError: the host can be none.
    """
    account = remembered_account(session)
    return load_file(_path(session, account), account) if account else None


def fields_for_run(
    session: Session, connection: Connection, mapping: Mapping, *, refuses: bool = True
) -> AccountFields | None:
    """Asked anew where they are older than a day, or lack the users that the mapping needs; a call
    that fails is said, and ends nothing. None: nothing is known.

    Raises InterruptedRunError. MappingError: see `refuse_unfit`.
    """
    known = load_file(_path(session, connection.account), connection.account)
    lacks_users = uses_people(mapping) and (known is None or known.users is None)
    if known is None or age_ms(known) > DAY_MS or lacks_users:
        with_users = lacks_users or (known is not None and known.users is not None)
        known = _asked(session, connection, known, with_users=with_users)
    if refuses:
        refuse_unfit(mapping, known)
    for name in unoffered(mapping, known):
        session.voice.say(
            f"warning: LeadSquared's own import does not offer {name}: see whether its values are"
            " read back"
        )
    return known


def unoffered(mapping: Mapping, known: AccountFields | None) -> list[str]:
    """The fields that the mapping feeds, and that the account keeps out of imports."""
    found = (
        [known.by_name[name] for name in mapping.order if name in known.by_name] if known else []
    )
    return [field.name for field in found if not field.is_offered]


def refuse_unfit(mapping: Mapping, known: AccountFields | None) -> None:
    """Raises MappingError: what the account would refuse of every row, or lose."""
    if known is not None and (flaws := account_flaws(mapping, known)):
        raise flaws_error(flaws, mapping.name)


def calls_before(known: AccountFields | None) -> int:
    """Of a run, before it sends its first row: whose the keys are, and the fields where these are
    not known, or too old."""
    return 1 if known and age_ms(known) <= DAY_MS else 2


def age_ms(known: AccountFields) -> int:
    """Of a file from the future, more than a day: a clock was wrong."""
    age = now_ms() - known.at_ms
    return age if age >= 0 else OLD_MS


def age_words(known: AccountFields) -> str:
    """ "fields of Acme as of 2 hours ago"."""
    whose = f"fields of {known.organisation or known.account}"
    if known.at_ms > now_ms():
        return f"{whose} of a time that this computer's clock has not reached"
    seconds = age_ms(known) // 1000
    ages = (f"{counted(seconds // size, unit)} ago" for size, unit in UNITS if seconds >= size)
    return f"{whose} as of {next(ages, 'just now')}"


def show_fields(session: Session, search: str | None) -> None:
    """Ask the account, and set session.shown to all of its fields and users, or those that have
    the text in a name, or else as an option.

    Raises SettingsError, ApiError, ResumableError.
    """
    check_account(session)
    with connected(session) as connection:
        known = ask_fields(connection, session.stop.sleep, now_ms())
        path = _path(session, connection.account)
        _keep(path, known)
    fields = [each for each in known.fields if _has(each, search)] or [
        each for each in known.fields if _offers(each, search)
    ]
    users = [each for each in known.users or () if _names(each, search)]
    session.shown = ShownFields(
        known=replace(known, fields=fields, users=users if known.users is not None else None),
        search=search or "",
        total=len(known.fields),
        file=str(path),
    )


def _asked(
    session: Session, connection: Connection, known: AccountFields | None, *, with_users: bool
) -> AccountFields | None:
    try:
        found = ask_fields(connection, session.stop.sleep, now_ms(), with_users=with_users)
    except InterruptedRunError:
        raise
    except (ApiError, ResumableError) as error:
        used = f"used are the {age_words(known)}" if known else "nothing is checked against them"
        session.voice.say(f"warning: the account's fields could not be read ({error.what}); {used}")
        return known
    try:
        _keep(_path(session, connection.account), found)
    except SettingsError as error:
        session.voice.say(
            f"warning: {error.what} ({error.where}), so that the next run asks for them again;"
            f" {error.fix}"
        )
    return found


def _keep(path: Path, known: AccountFields) -> None:
    """Raises SettingsError."""
    try:
        keep_file(path, known)
    except OSError as error:
        raise SettingsError(
            f"the account's fields can't be kept: {error.strerror or error}",
            where=str(path),
            fix="make its folder writable, or name another in IMPORTER_STATE",
        ) from error


def _path(session: Session, account: str) -> Path:
    return fields_path(session.settings.state, account)


def _has(field: Field, search: str | None) -> bool:
    sought = (search or "").casefold()
    return any(sought in text.casefold() for text in (field.name, field.display))


def _offers(field: Field, search: str | None) -> bool:
    return (search or "").casefold() in map(str.casefold, field.options)


def _names(person: Person, search: str | None) -> bool:
    sought = (search or "").casefold()
    return any(sought in text.casefold() for text in (person.name, person.email))
