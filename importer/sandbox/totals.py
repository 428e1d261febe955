"""What the sandbox has seen, for tests and benchmarks to read."""

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(slots=True)
class Totals:
    """calls: by operation, every one with a known path and verb, throttled ones included.
    creates: leads that Lead.Create committed. refused: by ExceptionType ("HTTP 400" without).
    throttled: calls over the limit. faults: made, by name.
    first_create_at, last_create_at: when a Lead.Create was counted against the limit;
    the server's monotonic seconds. Throttled ones do not count.
    """

    calls: Counter[str] = field(default_factory=Counter)
    creates: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    throttled: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    first_create_at: float | None = None
    last_create_at: float | None = None

    def create_counted(self, now: float) -> None:
        if self.first_create_at is None:
            self.first_create_at = now
        self.last_create_at = now

    def shown(self, *, leads: int, max_in_window: int) -> dict[str, Any]:
        counts = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**counts, "leads": leads, "max_in_window": max_in_window}
