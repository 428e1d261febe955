"""When calls will have gone, as a value, and in words. Nothing here does anything."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """How long so many calls take, begun now, where they go on as soon as the day's limit lets one.

    sending_s: at the limit of calls a second; None without one. days: of 24 hours, from now to the
    last call; 0 without calls. ends_at: seconds since 1970; None without calls, and where nothing
    limits them. waits: the day's limit stops them on the way, and the import has to be run again.
    """

    calls: int
    sending_s: float | None
    days: int
    ends_at: float | None
    waits: bool = False

    @property
    def end(self) -> str:
        """Of one that waits: when all is done."""
        over = f"over {self.days} days: " if self.days > 1 else ""
        at = moment(self.ends_at or 0.0)
        return f"{over}done about {at}, where it is run again each time calls are free"


def moment(at: float) -> str:
    """Where this machine is, with its offset from UTC. at: seconds since 1970."""
    return datetime.fromtimestamp(at, UTC).astimezone().isoformat(" ", "minutes")
