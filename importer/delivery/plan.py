"""When so many calls will have gone, by the account's pace and the day's limit. Pure."""

from collections import Counter
from collections.abc import Sequence
from math import ceil

from importer.delivery.day import DAY_HOURS
from importer.delivery.throttle import Rate
from importer.plan import Plan

HOUR_S, DAY_S = 3600, 86_400


def plan(
    calls: int,
    rate: Rate | None,
    limit: int | None,
    hours: Sequence[tuple[int, int]],
    now: float,
) -> Plan:
    """limit: of a day, less what is kept of it, one call or more; None without. hours: (hour since
    1970, calls) that have gone. now: seconds since 1970."""
    gap_s = 1 / rate.per_second if rate else 0.0
    sending_s = calls / rate.per_second if rate else None
    if not calls:
        return Plan(0, sending_s, 0, None)
    if limit is None or limit >= calls + sum(each for _, each in hours):
        ends_at, waits = now + calls * gap_s, False
    else:
        ends_at, waits = _Days(limit, gap_s, hours, now).send(calls)
    days = int((ends_at - now) // DAY_S) + 1
    return Plan(calls, sending_s, days, ends_at if rate or waits else None, waits)


class _Days:
    """Calls as they go, hour by hour."""

    def __init__(
        self, limit: int, gap_s: float, hours: Sequence[tuple[int, int]], now: float
    ) -> None:
        self._limit, self._gap_s = limit, gap_s
        self._sent = Counter(dict(hours))
        self._at = now  # of the next call, as far as the pace allows
        self._waits = False

    def send(self, calls: int) -> tuple[float, bool]:
        """When the last of them has gone, and whether any waited for the day's limit."""
        while calls := calls - self._send_in(self._hour, calls):
            if self._is_settled():
                a_day = self._in_a_day(self._hour - 1)
                alike = (calls - 1) // a_day
                self._skip(alike * DAY_HOURS)
                calls -= alike * a_day
        return self._at, self._waits

    def _is_settled(self) -> bool:
        """Whether each hour had as many as the one DAY_HOURS before: so it goes on. What a day's
        limit lets go is as many as are a day old then, once no hour has more than the pace
        allows."""
        last = range(self._hour - DAY_HOURS, self._hour)
        sent = [self._sent[hour] for hour in last]
        return any(sent) and sent == [self._sent[hour - DAY_HOURS] for hour in last]

    @property
    def _hour(self) -> int:
        return int(self._at // HOUR_S)

    def _send_in(self, hour: int, calls: int) -> int:
        """How many of them go in that hour, which is over where some are left."""
        free = max(0, self._limit - self._in_a_day(hour))
        paced = ceil(((hour + 1) * HOUR_S - self._at) / self._gap_s) if self._gap_s else calls
        sent = min(calls, free, paced)
        self._waits |= free < min(calls, paced)
        self._sent[hour] += sent
        self._at += sent * self._gap_s
        if sent < calls:
            self._at = max(self._at, (hour + 1.0) * HOUR_S)
        return sent

    def _in_a_day(self, hour: int) -> int:
        """Calls of the hours that the 24 hours before its end touch."""
        return sum(self._sent[hour - back] for back in range(DAY_HOURS))

    def _skip(self, hours: int) -> None:
        self._at += hours * HOUR_S
        self._sent = Counter({hour + hours: calls for hour, calls in self._sent.items()})
