"""The account that a session works with: asked who it is, or as earlier runs have learned it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

from importer.delivery.connection import (
    Connection,
    connect,
    connect_beside,
    left_today,
    remembered,
)
from importer.delivery.day import Left
from importer.delivery.leadsquared import LeadSquared, normal_host
from importer.delivery.senders import Clock
from importer.delivery.throttle import DEFAULT_RATE, Rate, parse_rate
from importer.errors import ApiError, InterruptedRunError, ResumableError, SettingsError
from importer.jobs.session import Session
from importer.journal.job import Job
from importer.settings import Account


@contextmanager
def connected(session: Session) -> Iterator[Connection]:
    """The account, asked who it is.

    Raises SettingsError, ApiError, ResumableError; those without a place get the account's.
    """
    if session.connection is not None:
        with _placed(session.connection.api):
            yield session.connection
        return
    clock = Clock()
    api, rate, account = _api(session, clock)
    opened = connect(
        api,
        _keys(account),
        session.settings.state,
        rate,
        daily=account.daily_calls,
        reserve=reserve_of(session),
        clock=clock,
        sleep=session.stop.sleep,
    )
    with _placed(api), closing(api), opened as connection:
        yield connection


@contextmanager
def connected_beside(session: Session, other: Connection) -> Iterator[Connection]:
    """As another thread is, which has asked already. Raises SettingsError."""
    api, rate, account = _api(session, other.clock)
    opened = connect_beside(
        other,
        api,
        session.settings.state,
        rate,
        daily=account.daily_calls,
        reserve=reserve_of(session),
    )
    with _placed(api), closing(api), opened as connection:
        yield connection


def _api(session: Session, clock: Clock) -> tuple[LeadSquared, Rate | None, Account]:
    """Raises SettingsError: a host or rate that can be none."""
    account = session.account
    assert account is not None, "the command has an account"
    rate = parse_rate(account.rate) if account.rate else DEFAULT_RATE
    api = LeadSquared(
        account.host,
        account.access_key,
        account.secret_key,
        timeout_s=account.timeout_s,
        wall=clock.wall,
    )
    return api, rate, account


@contextmanager
def _placed(api: LeadSquared) -> Iterator[None]:
    """An error of the account says which."""
    try:
        yield
    except (ApiError, ResumableError) as error:
        if not isinstance(error, InterruptedRunError):
            error.where = error.where or api.place
        raise


def remembered_account(session: Session) -> str | None:
    """The account as the last run with these keys learned it; no call is made.

    Raises SettingsError: the host can be none.
    """
    account = session.account
    if account is None:
        return None
    host = urlsplit(normal_host(account.host)).netloc
    return remembered(host, _keys(account), session.settings.state)


def remembered_left(session: Session) -> Left | None:
    """The calls of the day that are left, as far as runs from here know; None for no limit."""
    account = session.account
    if account is None or account.daily_calls is None:
        return None
    name, state = remembered_account(session), session.settings.state
    return left_today(name, state, account.daily_calls, reserve_of(session))


def reserve_of(session: Session) -> int:
    """Calls of the day that the session leaves for people."""
    account = session.account
    return account.reserve_calls if account and session.options.unattended else 0


def _keys(account: Account) -> str:
    return f"{account.access_key}\0{account.secret_key}"


def check_account(session: Session) -> None:
    """Raises SettingsError: a host or rate that can be none; before anything is made."""
    assert session.account is not None, "the command has an account"
    normal_host(session.account.host)
    if session.account.rate:
        parse_rate(session.account.rate)


def refuse_other_account(job: Job, connection: Connection) -> None:
    if job.identity.account != connection.account:
        raise SettingsError(
            f"job {job.number} belongs to the account {job.identity.account}, and these keys to"
            f" {connection.account} ({connection.name or connection.api.host})",
            where="the keys in use",
            fix="name the job's account with --account, or export its keys; nothing was sent",
        )
