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
        self._times: deque[float] = deque()
        self.replace(limit)

    def replace(self, limit: tuple[int, float] | None) -> None:
        """Have another limit from now on. Calls that it counted stay; `most` starts anew."""
        self.limit = limit
        self.most = 0
        self.seconds = limit[1] if limit else UNLIMITED_WINDOW_S

    def has_room(self, now: float) -> bool:
        """Tell whether one more call fits at `now` (monotonic seconds)."""
        held = self.held(now)
        return self.limit is None or held < self.limit[0]

    def held(self, now: float) -> int:
        """How many calls are in the window at `now`.

        A call leaves the window when T seconds have passed since, not before.
        """
        times = self._times
        while times and now - times[0] >= self.seconds:
            times.popleft()
        return len(times)

    def count(self, now: float) -> None:
        """Give a call its place, at the `now` for which there was room."""
        self._times.append(now)
        self.most = max(self.most, len(self._times))

    def message(self, *, names_limit: bool = True) -> str:
        """What the vendor says to a call over the limit. The words without N and T are assumed."""
        if self.limit is None or not names_limit:
            return "API calls exceeded the limit"
        calls, seconds = self.limit
        return f"API calls exceeded the limit of {calls} in {seconds:g} second(s)"
