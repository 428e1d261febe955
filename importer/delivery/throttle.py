"""When the next call may go: N calls in any window of T seconds, as the server counts them.

Calls are evenly spaced, (T + margin) / N apart. The one moment that this needs, that of the next
call, stands in a file an account, in the system's monotonic time: so every process, journal and
restart shares one quota, and the last calls of a killed run still count. The file is a SQLite
database for its atomic updates, and is never synced: after a power cut the clock starts anew.

The margin covers the jitter between leaving and arriving. It doubles when a call is throttled all
the same, which also makes room for others who use the account, and decays.

The calls of each hour are counted there too: where a day has a limit of its own, it is kept to.
"""

import math
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from importer.crashpoints import reached
from importer.delivery.day import HOURS, Day, Left
from importer.delivery.quota_file import (
    QuotaFile,
    TornFileError,
    open_quota_file,
    opening,
    refuse_torn,
    remove,
    unusable,
)
from importer.errors import SettingsError

DEFAULT_CALLS, DEFAULT_WINDOW_S = 25, 5.0  # create-a-lead: "25 API calls in 5 seconds"
MARGIN_S = 0.050  # about the one-way jitter; 5 s / 5.05 s leaves 99.0% of the quota
MARGIN_HALVES_S = 60.0
MOST_MARGIN_WINDOWS = 4  # a fifth of the quota is always used
SLACK_S = 0.005  # a call that is so much late is caught up
BLIND_PAUSE_S, MOST_BLIND_PAUSE_S = 0.3, 5.0  # throttled, and no limit is known
COUNTED_TOGETHER = 100  # calls without a pace are counted on disk by the hundred
READ_AFTER_S = 0.020  # without a pace: a read before each call costs up to 2% of the engine
MOST_PAUSE_S = 3_600.0  # a server that asks for more is taken to be mistaken
LONGEST_WAIT_S = 120.0  # through a pause; a run waits as long for an API that is down
SPENT_AFTER_S = 60.0  # throttled through so long: the day's quota is spent (leadsquared-api.md §3)

TABLE = """
CREATE TABLE IF NOT EXISTS quota (
    one           INTEGER PRIMARY KEY CHECK (one = 1),
    boot          TEXT NOT NULL,
    next          REAL NOT NULL,           -- monotonic s: no call before
    taken         INTEGER NOT NULL DEFAULT 0,
    margin        REAL NOT NULL,
    margin_at     REAL NOT NULL DEFAULT 0, -- monotonic s: when it was that wide
    calls         INTEGER,                 -- learned limit, NULL while none is
    window        REAL,
    account       TEXT                     -- in a key's own file: the OrgId that it belongs to
) STRICT
"""
# Until when (monotonic s) no process may call. `next` can't tell: it is also the pace of others,
# which `--rate none` does not keep to. Files of earlier versions lack the column.
ADD_PAUSED = "ALTER TABLE quota ADD COLUMN paused REAL NOT NULL DEFAULT 0"
# In a key's own file: the organisation's display name, for when the API can't be asked.
ADD_NAME = "ALTER TABLE quota ADD COLUMN name TEXT NOT NULL DEFAULT ''"
CREATE = "INSERT OR IGNORE INTO quota (one, boot, next, margin) VALUES (1, ?, ?, ?)"
REBOOT = """
UPDATE quota SET boot = :boot, next = :next, margin_at = 0, paused = 0 WHERE boot <> :boot
"""
READ = "SELECT next, margin, margin_at, calls, window, paused FROM quota"
TAKE = """
UPDATE quota
SET next = max(next + :gap, :now + :gap - :slack), taken = taken + 1
WHERE next <= :now RETURNING taken
"""
# A call that left later than its slot moves the next one, and each slot taken since, with it.
SENT = """
UPDATE quota SET next = max(next, :sent + :gap - :slack + :gap * (taken - :slot))
"""
NOT_BEFORE = "UPDATE quota SET next = max(next, ?)"
PAUSE = "UPDATE quota SET next = max(next, :until), paused = max(paused, :until)"
WIDEN = "UPDATE quota SET margin = ?, margin_at = ?"
LEARN = "UPDATE quota SET calls = ?, window = ?"
SET_ACCOUNT = "UPDATE quota SET account = ?, name = ?"
GET_ACCOUNT = "SELECT account, name FROM quota"


@dataclass(frozen=True, slots=True)
class Rate:
    """calls in any window of window_s seconds."""

    calls: int
    window_s: float

    @property
    def per_second(self) -> float:
        return self.calls / self.window_s

    def __str__(self) -> str:
        return f"{self.calls} calls in {self.window_s:g} s"


DEFAULT_RATE = Rate(DEFAULT_CALLS, DEFAULT_WINDOW_S)


def parse_rate(text: str) -> Rate | None:
    """`25/5s` or `25/5`: calls / seconds; `none`: no limit. Raises SettingsError."""
    if text.strip().lower() == "none":
        return None
    calls, _, window = text.strip().lower().removesuffix("s").partition("/")
    try:
        rate = Rate(int(calls), float(window))
        if rate.calls >= 1 and 0 < rate.window_s < float("inf"):
            return rate
    except ValueError:
        pass
    raise SettingsError(
        f'this is no rate: "{text}"',
        fix="write calls/seconds, such as 25/5s, or none for no limit",
    )


class Throttle:
    """One account's pace, as one process uses it; for one thread.

    rate: what the settings allow, None for no limit. The lower of it and what was learned from
    throttled replies holds. daily: calls in any 24 hours at most, None for no such limit; all that
    left from here count. reserve: of these, left for people. clock: system-wide monotonic seconds.
    Raises SettingsError: the state folder can't be written.
    """

    def __init__(
        self,
        path: Path,
        rate: Rate | None,
        *,
        daily: int | None = None,
        reserve: int = 0,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        boot: str | None = None,
    ) -> None:
        self._rate = rate
        self._clock = clock
        self._boot = boot or boot_id()
        self._path = path
        self._throttled_since: float | None = None
        self._widened_at = 0.0
        self._paused_until = 0.0
        self._read_at = 0.0
        self._blind_pause_s = BLIND_PAUSE_S
        self._uncounted = 0
        self._calls = 0  # taken by this process
        self._learned: Rate | None = None
        self._db = self._open()
        self.day = Day(self._db, daily, wall, reserve)
        self._read()

    def _open(self) -> QuotaFile:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with opening(self._path):
                try:
                    return self._opened()
                except TornFileError:
                    remove(self._path)
                    db = self._opened()
        except OSError as error:
            raise unusable(error.strerror, self._path) from error
        # Nobody knows when the last call left.
        db.execute(NOT_BEFORE, (self._clock() + (self._rate or DEFAULT_RATE).window_s,))
        return db

    def _opened(self) -> QuotaFile:
        os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        is_new = not self._path.stat().st_size
        db = open_quota_file(self._path)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = OFF")
        db.execute(TABLE)
        for column in (ADD_PAUSED, ADD_NAME):
            with suppress(sqlite3.OperationalError):  # it has the column
                db.execute(column)
        db.execute(HOURS)
        if not is_new:
            refuse_torn(db, "quota")
        now = self._clock()
        db.execute(CREATE, (self._boot, now, MARGIN_S))
        # Calls before a boot are at least as old as the clock, which starts at 0 with it.
        start = max(now, (self._rate or DEFAULT_RATE).window_s)
        db.execute(REBOOT, {"boot": self._boot, "next": start})
        reached("quota file open")
        return db

    def _read(self) -> tuple[float, float, float]:
        """next, margin and margin_at; and what any process was told meanwhile."""
        self._read_at = self._clock()
        found = self._db.execute(READ).fetchone()
        next_at, margin, margin_at, calls, window_s, self._paused_until = found
        self._learned = Rate(calls, window_s) if calls else None
        return next_at, margin, margin_at

    def close(self) -> None:
        self._count_calls()
        self._db.close()

    @property
    def rate(self) -> Rate | None:
        """What is kept to: the lower of what is set and what was learned."""
        rates = [rate for rate in (self._rate, self._learned) if rate is not None]
        return min(rates, key=lambda rate: rate.per_second, default=None)

    @property
    def allowed(self) -> Rate | None:
        """What the settings allow, None for no limit."""
        return self._rate

    @property
    def learned(self) -> Rate | None:
        """The limit that throttled replies told, None while none did."""
        return self._learned

    def forget_limit(self) -> None:
        """Drop what was learned: what is set holds again."""
        self._learned = None
        self._db.execute(LEARN, (None, None))

    def wait_s(self) -> float:
        """Seconds until a call may go; 0 when take() is worth a try."""
        next_at = self._read()[0]
        pace_s = max(0.0, next_at - self._clock()) if self._is_paced() else 0.0
        return max(pace_s, self.day_wait_s() or 0.0)

    def day_wait_s(self) -> float | None:
        self._count_calls()
        return self.day.wait_s()

    def _count_calls(self) -> None:
        if self._uncounted:
            self.day.count(self._uncounted)
            reached("calls counted in the quota file")
            self._uncounted = 0

    def calls_in_a_day(self) -> int:
        """Calls from this machine in the last 24 hours; those of up to an hour before count too."""
        self._count_calls()
        return self.day.calls()

    def left_today(self) -> Left | None:
        """None where a day has no limit of its own."""
        self._count_calls()
        return self.day.left()

    def check_day(self) -> None:
        """Raises ResumableError: the calls of the day are used up, or the server has asked for a
        pause that is too long to wait through."""
        self._count_calls()
        self.day.check()
        self._read()
        if self.pause_s > LONGEST_WAIT_S:
            self.day.refuse_for(self.pause_s)

    @property
    def pause_s(self) -> float:
        """Seconds that are left of a pause that the server asked for."""
        return max(0.0, self._paused_until - self._clock())

    def check_spent(self) -> None:
        """Raises ResumableError: every try of the last minute was throttled."""
        since = self._throttled_since
        if since is not None and self._clock() - since >= SPENT_AFTER_S:
            self._count_calls()
            self.day.refuse_as_spent()

    def _is_paced(self) -> bool:
        return (
            self.rate is not None
            or self._throttled_since is not None
            or self._clock() < self._paused_until
        )

    def pause(self, seconds: float) -> None:
        """No call of any process for so long, an hour at most: the server asked for it."""
        until = self._clock() + min(seconds, MOST_PAUSE_S)
        self._paused_until = max(self._paused_until, until)
        self._db.execute(PAUSE, {"until": until})
        reached("pause noted in the quota file")

    def take(self) -> int | None:
        """Take the slot for one call, if its moment has come and the day has a call left; the
        number goes to sent()."""
        if self.rate is None and self._clock() >= self._read_at + READ_AFTER_S:
            self._read()
        if self.day.limit is None:
            return self._take()
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")  # two processes never share the day's last call
            slot = self._take() if self.day_wait_s() is None else None
            self._count_calls()
        return slot

    def _take(self) -> int | None:
        slot = 0
        if self._is_paced():
            now = self._clock()
            gap, slack = self._spacing_s(now)
            taken = self._db.execute(TAKE, {"now": now, "gap": gap, "slack": slack}).fetchone()
            if taken is None:
                return None
            reached("slot taken in the quota file")
            slot = taken[0]
        self._calls += 1
        self._uncounted += 1
        if slot or self._uncounted >= COUNTED_TOGETHER:
            self._count_calls()
        return slot

    def sent(self, slot: int, moment: float) -> None:
        """The call of that slot left at that moment (clock); it may be later than its slot."""
        if slot and self.rate is not None:
            gap, slack = self._spacing_s(moment)
            self._db.execute(SENT, {"sent": moment, "gap": gap, "slack": slack, "slot": slot})
            reached("leaving noted in the quota file")

    def _spacing_s(self, now: float) -> tuple[float, float]:
        """The gap between calls, and the slack: a tenth of the gap at most, so that catching up
        does not let two calls go as one."""
        margin = self._margin_s(now)
        rate = self.rate
        gap = (rate.window_s + margin) / rate.calls if rate else 0.0
        return gap, min(SLACK_S, gap / 10)

    def _margin_s(self, now: float) -> float:
        _, margin, margin_at = self._read()
        halvings = max(0.0, now - margin_at) / MARGIN_HALVES_S
        surplus = (margin - MARGIN_S) * math.pow(0.5, halvings)
        return MARGIN_S + surplus

    def succeeded(self) -> None:
        """A reply that was not throttled."""
        self._throttled_since = None
        self._blind_pause_s = BLIND_PAUSE_S

    def throttled(self, sent_at: float, learned: Rate | None, retry_after_s: float | None) -> None:
        """A call that left at sent_at was throttled: all calls pause, and the pace yields once
        for all the calls that were in flight together."""
        now = self._clock()
        if self._throttled_since is None:
            self._throttled_since = now
        if retry_after_s:
            self.pause(retry_after_s)
        if learned is not None:
            self._learned = learned
            self._db.execute(LEARN, (learned.calls, learned.window_s))
            reached("limit learned in the quota file")
        if sent_at < self._widened_at:
            return
        self._widened_at = now
        rate = self.rate
        if rate is None:
            pause = self._blind_pause_s
            self._blind_pause_s = min(2 * pause, MOST_BLIND_PAUSE_S)
            self.pause(pause)
            return
        margin = min(2 * self._margin_s(now), MOST_MARGIN_WINDOWS * rate.window_s)
        self._db.execute(WIDEN, (margin, now))
        self.pause(rate.window_s + margin)

    def carry_over(self, other: "Throttle") -> None:
        """Let the calls that another file counted in this process count in this one, and what it
        learned."""
        self._uncounted += other._calls
        self._count_calls()
        self._db.execute(NOT_BEFORE, (other._read()[0],))
        self._db.execute(PAUSE, {"until": other._paused_until})
        if other._learned is not None:
            self._learned = other._learned
            self._db.execute(LEARN, (other._learned.calls, other._learned.window_s))

    # In a file of a pair of keys: the account that they belong to

    def account(self) -> tuple[str, str] | None:
        """The account and its display name, None while it is unknown."""
        account, name = self._db.execute(GET_ACCOUNT).fetchone()
        return (account, name) if account else None

    def set_account(self, account: str, name: str) -> None:
        self._db.execute(SET_ACCOUNT, (account, name))


def boot_id() -> str:
    """The same for all processes between two boots of this machine."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        # No id to read: the boot's moment, rounded so that a slewed clock does not change it.
        return f"{sys.platform}-{round((time.time() - time.monotonic()) / 600)}"
