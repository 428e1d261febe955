"""What `check` found: lines of text, and the key `account` of the JSON object."""

from collections.abc import Iterator
from datetime import timedelta

from importer.model import AccountCheck

SAME_CLOCK_S = 2  # the server tells whole seconds, and its reply takes a while
MOST_SKEW_S = 300  # beyond it, somebody should set a clock
LABEL_WIDTH = len("country code: ")

Limit = tuple[int, float]


def check_lines(check: AccountCheck) -> Iterator[str]:
    yield "the keys are right"
    for label, value in _values(check):
        if value:
            yield f"  {label + ':':<{LABEL_WIDTH}} {value}"
    for step in _next_steps(check):
        yield f"next: {step}"


def _values(check: AccountCheck) -> Iterator[tuple[str, str]]:
    if check.name is None:
        yield "keys", "of the environment: LSQ_HOST, LSQ_ACCESS_KEY, LSQ_SECRET_KEY"
    else:
        yield "keys", f"of [accounts.{check.name}] in {check.config}"
    yield "host", check.host
    yield "organisation", check.organisation
    yield "OrgId", check.org_id
    yield "user", ", ".join(filter(None, (check.user, check.role)))
    yield "time zone", check.time_zone
    yield "country code", check.country_code
    yield "limit", _limit(check.set_limit)
    if check.learned_limit:
        yield "learned", f"{_limit(check.learned_limit)}, from a refused call; the lower holds"
    yield "last 24 h", _day(check)
    yield "clock", _clock(check.skew_s)
    yield "journal", _journal(check)


def _limit(limit: Limit | None) -> str:
    return f"{limit[0]} calls in {limit[1]:g} s" if limit else "none"


def _day(check: AccountCheck) -> str:
    most = "" if check.daily_calls is None else f", of {check.daily_calls:,} at most"
    return f"{check.day_calls:,} call{'' if check.day_calls == 1 else 's'} from here{most}"


def _clock(skew_s: float) -> str:
    if abs(skew_s) <= SAME_CLOCK_S:
        return "the server's and this computer's agree"
    by = timedelta(seconds=round(abs(skew_s)))
    return f"the server's is {by} {'ahead of' if skew_s > 0 else 'behind'} this computer's"


def _journal(check: AccountCheck) -> str:
    if check.jobs is None:
        return f"{check.journal}, not there yet: importer run makes it"
    return f"{check.journal}, {check.jobs:,} job{'' if check.jobs == 1 else 's'}"


def _next_steps(check: AccountCheck) -> Iterator[str]:
    if check.learned_limit:
        yield (
            f"importer check{check.options} --forget-limit  (if the account's limit was raised:"
            " drops what was learned)"
        )
    if abs(check.skew_s) > MOST_SKEW_S:
        yield "set this computer's clock: leads whose reply is lost are looked up by time"


def check_object(check: AccountCheck) -> dict[str, object]:
    return {
        "name": check.name,
        "config": check.config,
        "host": check.host,
        "organisation": check.organisation,
        "org_id": check.org_id,
        "user": check.user or None,
        "role": check.role or None,
        "time_zone": check.time_zone or None,
        "country_code": check.country_code or None,
        "limit": _limit_object(check.set_limit),
        "learned_limit": _limit_object(check.learned_limit),
        "day_calls": check.day_calls,
        "daily_calls": check.daily_calls,
        "skew_s": check.skew_s,
        "jobs": check.jobs,
    }


def _limit_object(limit: Limit | None) -> dict[str, float] | None:
    return {"calls": limit[0], "window_s": limit[1]} if limit else None
