"""The account's limit: N calls in any window of T seconds. Pure; the caller brings the time."""

from collections import deque

UNLIMITED_WINDOW_S = 5.0
"""The window that `most` is counted over where no limit is set."""


class Window:
    """Counts calls at the moment that the server counts them.

    A throttled call takes no place in the window. The vendor does not say; a stand-in that
    counted them would never let a client in that keeps trying.
    """

    def __init__(self, limit: tuple[int, float] | None) -> None:
        self.limit = limit
        self.most = 0
        self._seconds = limit[1] if limit else UNLIMITED_WINDOW_S
        self._times: deque[float] = deque()

    def admit(self, now: float) -> bool:
        """Count a call at `now` (monotonic seconds), or refuse it where N are in the window.

        A call leaves the window when T seconds have passed since, not before.
        """
        times = self._times
        while times and now - times[0] >= self._seconds:
            times.popleft()
        if self.limit and len(times) >= self.limit[0]:
            return False
        times.append(now)
        self.most = max(self.most, len(times))
        return True

    @property
    def message(self) -> str:
        """What the vendor says to a call over the limit; used with a limit only."""
        calls, seconds = self.limit or (0, 0.0)
        return f"API calls exceeded the limit of {calls} in {seconds:g} second(s)"
