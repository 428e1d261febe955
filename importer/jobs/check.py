"""`check`: are the keys right, whose account is it, what limits are kept to. One call, no row."""

from urllib.parse import urlsplit

from importer.delivery.connection import Connection
from importer.delivery.leadsquared import LOOPBACK
from importer.delivery.throttle import Rate
from importer.errors import ApiError
from importer.jobs.connected import check_account, connected
from importer.jobs.session import Session
from importer.model import AccountCheck


def check_all(session: Session, *, forget_limit: bool) -> None:
    """Set session.shown. forget_limit: drop what throttled replies told of the limit.

    Raises SettingsError, JournalError; ApiError: keys or host are wrong; ResumableError: no answer.
    """
    check_account(session)
    jobs = len(session.journal.jobs()) if session.settings.journal.exists() else None
    with connected(session) as connection:
        if connection.trouble is not None:
            raise connection.trouble
        refuse_other_host(session, connection)
        if forget_limit:
            _forget_limit(session, connection)
        session.shown = _found(session, connection, jobs)


def refuse_other_host(session: Session, connection: Connection) -> None:
    """UserByAccessKey.Get is answered by every region; the account lives in one."""
    here, right = _name(connection.api.host), _name(connection.user.api_host)
    if here in LOOPBACK or "." not in right or right == here:
        return
    account = session.account
    assert account is not None, "the command has an account"
    fix = f"set LSQ_HOST={right}"
    if account.name is not None:
        fix = f'write host = "{right}" under [accounts.{account.name}]'
    raise ApiError(f"the account lives on {right}, and not on {here}", fix=fix)


def _name(host: str) -> str:
    """Of a bare host or a URL, in small letters; "" where it is neither."""
    try:
        return urlsplit(host if "//" in host else f"//{host}").hostname or ""
    except ValueError:
        return ""


def _forget_limit(session: Session, connection: Connection) -> None:
    throttle = connection.throttle
    learned = throttle.learned
    throttle.forget_limit()
    if learned is None:
        session.voice.say("no limit was learned: there is none to forget")
    else:
        now = throttle.rate or "no limit"
        session.voice.say(f"forgotten: the learned limit of {learned}; now: {now}")


def _found(session: Session, connection: Connection, jobs: int | None) -> AccountCheck:
    account, settings = session.account, session.settings
    assert account is not None, "the command has an account"
    throttle, user = connection.throttle, connection.user
    return AccountCheck(
        name=account.name,
        config=str(settings.config) if settings.config else None,
        host=connection.api.host,
        organisation=user.name,
        org_id=user.account,
        user=user.person,
        role=user.role,
        time_zone=user.time_zone,
        country_code=user.country_code,
        set_limit=_limit(throttle.allowed),
        learned_limit=_limit(throttle.learned),
        day_calls=throttle.calls_in_a_day(),
        daily_calls=account.daily_calls,
        skew_s=connection.ahead_ms / 1000,
        journal=str(session.journal_path()),
        jobs=jobs,
        options=session.named.for_calls,
    )


def _limit(rate: Rate | None) -> tuple[int, float] | None:
    return (rate.calls, rate.window_s) if rate else None
