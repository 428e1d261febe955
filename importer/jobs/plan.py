"""How long calls take, as far as is known here: no call is made for it."""

from importer.delivery.connection import remembered_quota
from importer.delivery.plan import plan
from importer.delivery.senders import Clock
from importer.delivery.throttle import DEFAULT_RATE, Rate, parse_rate
from importer.jobs.connected import remembered_account, reserve_of
from importer.jobs.session import Session
from importer.plan import Plan


def plan_for(session: Session, calls: int, rate: str | None = None) -> Plan:
    """Of so many calls that the session's account takes from now on; without an account, of the
    pace alone. rate: as of `pace_of`. Raises SettingsError."""
    account = session.account
    pace, hours = _remembered(session, rate)
    daily = account.daily_calls if account else None
    limit = None if daily is None else daily - reserve_of(session)
    return plan(calls, pace, limit, hours, Clock().wall())


def day_calls(session: Session) -> int:
    """That left from here for the session's account in the last 24 hours, as far as is known."""
    return sum(calls for _, calls in _remembered(session, None)[1])


def pace_of(session: Session, rate: str | None = None) -> Rate | None:
    """What a run would keep to; None for no limit. rate: the --rate option.

    Raises SettingsError: it can be none.
    """
    return _remembered(session, rate)[0]


def _remembered(session: Session, rate: str | None) -> tuple[Rate | None, list[tuple[int, int]]]:
    named = rate or (session.account.rate if session.account else None)
    allowed = parse_rate(named) if named else DEFAULT_RATE
    return remembered_quota(remembered_account(session), session.settings.state, allowed)
