"""The calls of the last 24 hours, counted by the hour, and what a day allows of them.

They stand in the account's quota file, which `throttle` opens. Never says when a call may go
otherwise: the pace is the throttle's.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from importer.errors import ResumableError
from importer.plan import moment

KEPT_HOURS = 48
DAY_HOURS = 25  # that the last 24 hours touch: calls of the oldest may have left at its end

HOURS = """
CREATE TABLE IF NOT EXISTS hour (          -- calls that left in each hour since 1970
    hour   INTEGER PRIMARY KEY,
    calls  INTEGER NOT NULL
) STRICT
"""
COUNT_CALLS = """
INSERT INTO hour (hour, calls) VALUES (:hour, :calls)
ON CONFLICT (hour) DO UPDATE SET calls = calls + :calls
"""
DROP_HOURS = "DELETE FROM hour WHERE hour < ?"
READ_HOURS = "SELECT hour, calls FROM hour WHERE hour >= ? ORDER BY hour"


@dataclass(frozen=True, slots=True)
class Left:
    """What a day's limit still lets go, of so many; more_at: when the next can, once these have
    gone, in seconds since 1970. reserve: of the limit, calls that are left for people."""

    calls: int
    limit: int
    more_at: float
    reserve: int = 0

    def __str__(self) -> str:
        kept = f" and {self.reserve:,} kept for people (reserve_calls)" if self.reserve else ""
        return (
            f"with {self.calls:,} left of today's {self.limit:,}{kept}: more can go from"
            f" {moment(self.more_at)} on"
        )


def left(limit: int, hours: Sequence[tuple[int, int]], now: float, reserve: int = 0) -> Left:
    """hours: (hour since 1970, calls), the oldest first. now: seconds since 1970. reserve: calls of
    the limit that stay, fewer than it."""
    open_calls = limit - reserve
    calls = max(0, open_calls - sum(calls for _, calls in hours))
    more_at = _room_at(open_calls, [*hours, (int(now // 3600), calls)])
    return Left(calls, limit, more_at, reserve)


def _room_at(limit: int, hours: Sequence[tuple[int, int]]) -> float:
    """When so many of these calls are a day old that one more can go."""
    young = sum(calls for _, calls in hours)
    for hour, calls in hours:
        young -= calls
        if young < limit:
            return _old_at(hour)
    raise AssertionError("a day's limit is one call or more")


def _old_at(hour: int) -> float:
    """When the calls of that hour are a day old."""
    return (hour + DAY_HOURS) * 3600.0


class Day:
    """limit: calls in any 24 hours at most, None for no such limit; all that left from here count.
    wall: seconds since 1970. reserve: calls of the limit that are left for people, fewer than
    it."""

    def __init__(
        self,
        db: sqlite3.Connection,
        limit: int | None,
        wall: Callable[[], float],
        reserve: int = 0,
    ) -> None:
        self._db = db
        self.limit = limit
        self._wall = wall
        self._reserve = reserve

    def count(self, calls: int) -> None:
        """So many left in this hour."""
        self._db.execute(COUNT_CALLS, {"hour": self._hour(), "calls": calls})
        self._db.execute(DROP_HOURS, (self._hour() - KEPT_HOURS,))

    def calls(self) -> int:
        return sum(calls for _, calls in self.hours())

    def wait_s(self) -> float | None:
        """Seconds until the limit lets one more call go, to the hour; None while it does."""
        if self.limit is None:
            return None
        hours, open_calls = self.hours(), self.limit - self._reserve
        if sum(calls for _, calls in hours) < open_calls:
            return None
        return _room_at(open_calls, hours) - self._wall()

    def left(self) -> Left | None:
        """None where there is no limit."""
        if self.limit is None:
            return None
        return left(self.limit, self.hours(), self._wall(), self._reserve)

    def check(self) -> None:
        """Raises ResumableError: the calls that the settings allow are used up."""
        wait_s = self.wait_s()
        if wait_s is None:
            return
        again = f"run the same command again from {moment(self._wall() + wait_s)} on"
        if kept := self._kept():
            raise ResumableError(
                kept,
                where="daily_calls and reserve_calls of the account in importer.toml",
                fix=f"{again}, or set reserve_calls lower if people need fewer",
            )
        raise ResumableError(
            f"the day's {self.limit:,} calls are used up, by those of the last 24 hours from here",
            where="daily_calls of the account in importer.toml",
            fix=f"{again}, or set daily_calls higher if the account has more",
        )

    def _kept(self) -> str | None:
        """That the rest of the day's calls is left for people; None where there is no rest."""
        used = self.calls()
        rest = (self.limit or 0) - used
        if not self._reserve or rest <= 0:
            return None
        return (
            f"{used:,} of the day's {self.limit:,} calls are used up, and {rest:,}"
            f" {'is' if rest == 1 else 'are'} left for people (reserve_calls)"
        )

    def refuse_as_spent(self) -> None:
        """The account itself takes no call more. When it counts anew is not known
        (leadsquared-api.md §3): not later than when the first of these calls is a day old.

        Raises ResumableError.
        """
        hours = self.hours()
        latest = _old_at(hours[0][0] if hours else self._hour())
        raise ResumableError(
            "the account has refused every call for a minute as too many: its calls for today are"
            f" used up ({self.calls():,} from here in the last 24 hours), or others use them",
            fix="run the same command again later; it carries on, from"
            f" {moment(latest)} on at the latest",
        )

    def refuse_for(self, seconds: float) -> None:
        """Raises ResumableError: the server wants no call for so long."""
        raise ResumableError(
            "the server has asked for a pause, and takes no call until then",
            fix="run the same command again; it carries on, from"
            f" {moment(self._wall() + seconds)} on",
        )

    def hours(self) -> list[tuple[int, int]]:
        """(hour since 1970, calls), the oldest first, of all hours that the last 24 touch."""
        return self._db.execute(READ_HOURS, (self._hour() - DAY_HOURS + 1,)).fetchall()

    def _hour(self) -> int:
        return int(self._wall() // 3600)
