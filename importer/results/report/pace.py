"""How fast a job's calls went, held against the account's limit: pure, from counts of calls.

The time between two runs is cut out. The share of the quota is that of the manual's performance
page: (calls − 1) × T/N ÷ (the last call − the first), so that a run that keeps to the limit and
never idles has 100%.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from importer.journal.calls import Span
from importer.runs import Run, Work

Limit = tuple[int, float]

IDLE_MS = 60_000  # between two calls that no run is known of: as long as the journal is waited for
MOST_BARS = 96  # of the chart: as many as can be told apart on a phone


@dataclass(slots=True)
class Stretch:
    """Calls of one run, or of a time of which the journal kept no run. Moments in ms."""

    run: Run | None
    first: int
    last: int
    calls: int = 0
    throttled: int = 0

    @property
    def seconds(self) -> float:
        return (self.last - self.first) / 1000

    @property
    def limit(self) -> Limit | None:
        return self.run.limit if self.run else None

    @property
    def share(self) -> float | None:
        """Of the quota, 0 to 1 and a little more; None without one, or for a call or two."""
        if self.limit is None or self.calls < 2 or self.last <= self.first:
            return None
        calls, window_s = self.limit
        return (self.calls - 1) * window_s / calls / self.seconds


@dataclass(frozen=True, slots=True)
class Bar:
    """Calls of one span of a run. at: seconds of work before it. per_window: calls in T seconds,
    on the average. stretch: its index."""

    stretch: int
    at: float
    calls: int
    throttled: int
    per_window: float


@dataclass(frozen=True, slots=True)
class Pace:
    """stretches: in their order. bars: of span_s seconds each. window_s: T. limit: the last run's
    N in T seconds; None without one."""

    stretches: Sequence[Stretch] = ()
    bars: Sequence[Bar] = field(default=())
    span_s: float = 1.0
    window_s: float = 1.0
    limit: Limit | None = None

    @property
    def seconds(self) -> float:
        return sum(each.seconds for each in self.stretches)

    @property
    def calls(self) -> int:
        return sum(each.calls for each in self.stretches)

    @property
    def share(self) -> float | None:
        return share_of(self.stretches)


def share_of(stretches: Iterable[Stretch]) -> float | None:
    """Of the quota, over all of them that have one."""
    told = [each for each in stretches if each.share is not None]
    seconds = sum(each.seconds for each in told)
    return sum((each.share or 0) * each.seconds for each in told) / seconds if seconds else None


def stretches_of(
    spans: Iterable[Span], runs: Sequence[Run], work: Work = Work.SEND
) -> list[Stretch]:
    """Put each call's span to its run, of those that do such work. spans: short ones, in the order
    of time."""
    doing = sorted((run for run in runs if run.work is work), key=lambda run: run.number)
    found: list[Stretch] = []
    index = 0
    for span in spans:
        while index < len(doing) and doing[index].started_at * 1000 <= span.last:
            index += 1
        run = doing[index - 1] if index else None
        last = found[-1] if found else None
        is_next = last is None or last.run is not run
        if last is None or is_next or (run is None and span.first - last.last > IDLE_MS):
            last = Stretch(run, span.first, span.last)
            found.append(last)
        last.last = max(last.last, span.last)
        last.calls += span.calls
        last.throttled += span.throttled
    return found


def span_of(stretches: Sequence[Stretch]) -> tuple[float, float, Limit | None]:
    """How long a bar is, T, and the limit. A bar is one T, or several where that made too many."""
    limit = next((each.limit for each in reversed(stretches) if each.limit), None)
    window_s = limit[1] if limit else 1.0
    worked = sum(each.seconds for each in stretches) + window_s * len(stretches)
    times = max(1, -(-worked // (window_s * MOST_BARS)))
    return window_s * times, window_s, limit


def bars_of(
    spans: Iterable[Span], stretches: Sequence[Stretch], span_s: float, window_s: float
) -> list[Bar]:
    """spans: of span_s each, counted from the first call, in the order of time."""
    found: list[Bar] = []
    if not stretches:
        return found
    since, at, index, origin = stretches[0].first, 0.0, 0, 0
    for span in spans:
        while index + 1 < len(stretches) and span.first >= stretches[index + 1].first:
            index += 1
            at = found[-1].at + span_s
            origin = round((stretches[index].first - since) // (span_s * 1000))
        place = at + (span.number - origin) * span_s
        found.append(Bar(index, place, span.calls, span.throttled, span.calls * window_s / span_s))
    return found
