"""When to try again, and when to give up. Pure: times come in, times go out.

A row's own schedule is kept in the journal, so that it survives a kill; that is why no retry
library's loop is used here.
"""

from dataclasses import dataclass

FIRST_WAIT_S, MOST_WAIT_S = 1.0, 30.0
JITTER = 0.25  # of the wait, added: rows that failed together do not come back together
OPENS_AFTER = 10  # transient failures in a row
GIVES_UP_AFTER_S = 120.0


@dataclass(frozen=True, slots=True)
class Terms:
    """How long to wait, and how often to try; each is a setting. limit: rows to send at most.

    keep_going: also where the first rows are all refused alike.
    """

    timeout_s: float = 30.0
    settle_s: float = 30.0
    tries: int = 5
    limit: int | None = None
    keep_going: bool = False


def backoff_s(failures: int, chance: float, retry_after_s: float | None = None) -> float:
    """1 s after the first failure, doubling to 30 s, plus jitter; never under a Retry-After.

    chance: a random number in [0, 1).
    """
    wait = min(FIRST_WAIT_S * 2.0 ** min(failures - 1, 16), MOST_WAIT_S)
    return max(wait * (1 + JITTER * chance), retry_after_s or 0.0)


class Breaker:
    """After 10 transient failures in a row, lets one row try at a time, at growing waits.

    All times are monotonic seconds.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._failing_since = 0.0
        self._probes = 0
        self._probe_at = 0.0

    @property
    def is_open(self) -> bool:
        return self._failures >= OPENS_AFTER

    def succeeded(self) -> None:
        """The API answered for good or ill: it is there."""
        self._failures = self._probes = 0
        self._probe_at = 0.0

    def failed(self, now: float, chance: float, retry_after_s: float | None) -> None:
        if self._failures == 0:
            self._failing_since = now
        self._failures += 1
        # Calls that were under way when it opened come back too: they are no tries alone.
        if self.is_open and now >= self._probe_at:
            self._probes += 1
            self._probe_at = now + backoff_s(self._probes, chance, retry_after_s)

    def lets(self, in_flight: int, now: float) -> bool:
        """Whether a row may be claimed: always, or alone when its time has come."""
        return not self.is_open or (in_flight == 0 and now >= self._probe_at)

    def wait_s(self, now: float) -> float:
        return max(0.0, self._probe_at - now) if self.is_open else 0.0

    def gives_up(self, now: float) -> bool:
        return self.is_open and now - self._failing_since >= GIVES_UP_AFTER_S
