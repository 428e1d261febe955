"""What a run finds of the one before it, which was killed or stopped: held rows, calls with an
unknown end, and moments that were told by a clock that may have been set since.

Moments stand in the journal by this computer's clock. The server's is known at both ends, so the
difference between the two tells by how much ours was set meanwhile.
"""

from importer.delivery.retry import JITTER, MOST_WAIT_S
from importer.journal.rows import JournalRow, Rows

NOISE_MS = 5_000  # a Date header has whole seconds, and takes its time to come
LONGEST_WAIT_MS = round(MOST_WAIT_S * (1 + JITTER) * 1000)


def take_over(rows: Rows, now: int, timeout_s: float, ahead_ms: int | None) -> None:
    """Let held rows go, and what became of unsettled ones be looked for.

    now: UTC ms; ahead_ms: the server's clock less ours, None where it is not known.
    """
    with rows.journal.transaction():
        rows.release_all(now)
        rows.bring_forward(now, latest=now + LONGEST_WAIT_MS)
        for row in rows.in_sending():
            started, server_started = rows.last_attempt(row.number)
            set_ms = _set_since(server_started - started, ahead_ms)
            ended_at = min(started + set_ms + round(timeout_s * 1000), now)
            if row.due_at is None:
                _cut_off(rows, row, server_started, ended_at, now)
            elif set_ms:
                # Told anew: an end that is moved would be moved again by each run after this one.
                rows.set_end(row.number, ended_at, due_at=now)
            elif (row.ended_at or 0) > now:
                rows.set_end(row.number, now, due_at=now)


def _set_since(ahead_then: int, ahead_now: int | None) -> int:
    """By how many ms our clock was set forward since a call."""
    if ahead_now is None or abs(ahead_then - ahead_now) <= NOISE_MS:
        return 0
    return ahead_then - ahead_now


def _cut_off(rows: Rows, row: JournalRow, server_started: int, ended_at: int, now: int) -> None:
    """Its call was under way when the last run died."""
    rows.unsettle(
        row.number,
        now,
        since_at=server_started,
        ended_at=ended_at,
        evidence="lost",
        due_at=now,
        counted=True,
        code="killed",
        reason="the run was stopped while this call was under way",
    )
