"""The calls of the last 24 hours, counted by the hour, and what a day allows of them.

They stand in the account's quota file, which `throttle` opens. Never says when a call may go
otherwise: the pace is the throttle's.
"""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime

from importer.errors import ResumableError

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


class Day:
    """limit: calls in any 24 hours at most, None for no such limit; all that left from here count.
    wall: seconds since 1970."""

    def __init__(
        self, db: sqlite3.Connection, limit: int | None, wall: Callable[[], float]
    ) -> None:
        self._db = db
        self.limit = limit
        self._wall = wall

    def count(self, calls: int) -> None:
        """So many left in this hour."""
        self._db.execute(COUNT_CALLS, {"hour": self._hour(), "calls": calls})
        self._db.execute(DROP_HOURS, (self._hour() - KEPT_HOURS,))

    def calls(self) -> int:
        return sum(calls for _, calls in self._hours())

    def wait_s(self) -> float | None:
        """Seconds until the limit lets one more call go, to the hour; None while it does."""
        if self.limit is None:
            return None
        hours = self._hours()
        left = sum(calls for _, calls in hours)
        if left < self.limit:
            return None
        for hour, calls in hours:
            left -= calls
            if left < self.limit:
                return self._until_old(hour)
        raise AssertionError("a day's limit is one call or more")

    def check(self) -> None:
        """Raises ResumableError: the calls that the settings allow are used up."""
        wait_s = self.wait_s()
        if wait_s is None:
            return
        raise ResumableError(
            f"the day's {self.limit:,} calls are used up, by those of the last 24 hours from here",
            where="daily_calls of the account in importer.toml",
            fix=f"run the same command again from {self._moment(wait_s)} on, or set daily_calls"
            " higher if the account has more",
        )

    def refuse_as_spent(self) -> None:
        """The account itself takes no call more. When it counts anew is not known
        (leadsquared-api.md §3): not later than when the first of these calls is a day old.

        Raises ResumableError.
        """
        hours = self._hours()
        wait_s = self._until_old(hours[0][0] if hours else self._hour())
        raise ResumableError(
            "the account has refused every call for a minute as too many: its calls for today are"
            f" used up ({self.calls():,} from here in the last 24 hours), or others use them",
            fix="run the same command again later; it carries on, from"
            f" {self._moment(wait_s)} on at the latest",
        )

    def _until_old(self, hour: int) -> float:
        """Seconds until the calls of that hour are a day old."""
        return (hour + DAY_HOURS) * 3600 - self._wall()

    def _moment(self, wait_s: float) -> str:
        """Where this machine is."""
        moment = datetime.fromtimestamp(self._wall() + wait_s, UTC).astimezone()
        return f"{moment:%Y-%m-%d %H:%M}"

    def _hours(self) -> list[tuple[int, int]]:
        """(hour since 1970, calls), the oldest first, of all hours that the last 24 touch."""
        return self._db.execute(READ_HOURS, (self._hour() - DAY_HOURS + 1,)).fetchall()

    def _hour(self) -> int:
        return int(self._wall() // 3600)
