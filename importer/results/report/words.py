"""The report's sentences: pure, from its figures."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from importer.journal.calls import Fate
from importer.model import ACCEPTED, TO_LOOK_AT, JobState, JobSummary, RowStatus
from importer.results.html import counted

Bin = tuple[str, int]
MOST_BINS = 16


def headline(summary: JobSummary) -> str:
    """What became of the list, for whoever sent it."""
    counts, rows = summary.counts, summary.rows
    if not rows:
        return "The list has no rows"
    created, deleted = sum(counts[status] for status in ACCEPTED), counts[RowStatus.DELETED]
    if created == rows:
        parts = ["The one row is a lead" if rows == 1 else f"All {rows:,} rows are leads"]
    elif not created and deleted:
        parts = [f"The import was undone: {_were(deleted, 'lead')} deleted"]
    else:
        are = "is a lead" if created == 1 else "are leads"
        parts = [f"{created:,} of {rows:,} rows {are}"]
    if created or not deleted:
        parts[0] += " in LeadSquared by this list"
    if summary.state is not JobState.PURGED:
        parts += _open(counts)
    if created and deleted:
        parts.append(f"{_were(deleted, 'lead')} deleted again")
    if to_look_at := sum(counts[status] for status in TO_LOOK_AT):
        verb = "needs" if to_look_at == 1 else "need"
        if summary.state is JobState.PURGED:
            verb = "was not taken" if to_look_at == 1 else "were not taken"
            parts.append(f"{counted(to_look_at, 'row')} {verb}")
        else:
            parts.append(f"{counted(to_look_at, 'row')} {verb} you")
    return "; ".join(parts)


def _open(counts: Mapping[RowStatus, int]) -> Iterator[str]:
    """A row that was sent is no row to be sent, though nobody knows yet whether it arrived."""
    if waiting := counts[RowStatus.PENDING]:
        yield f"{counted(waiting, 'row')} {'is' if waiting == 1 else 'are'} still to be sent"
    if sending := counts[RowStatus.SENDING]:
        yield f"{_were(sending, 'row')} sent, and the reply is not known yet"


def _were(number: int, noun: str) -> str:
    return f"{counted(number, noun)} {'was' if number == 1 else 'were'}"


def settled(fate: Fate) -> str:
    """How it came out what had become of a row whose reply was lost."""
    match fate.status:
        case _ if fate.decided == "mark_created":
            return "a person said which lead it is"
        case RowStatus.SKIPPED if fate.decided == "give_up":
            return "a person gave it up"
        case RowStatus.CREATED | RowStatus.UPDATED | RowStatus.DELETED:
            return _accepted(fate)
        case RowStatus.DUPLICATE:
            return "sent again, and refused: another lead stands in its way"
        case RowStatus.REJECTED:
            return "not there; refused by LeadSquared in the end"
        case RowStatus.FAILED:
            return "not there; the errors outlasted the tries"
        case RowStatus.IN_DOUBT:
            return "nothing tells: still in doubt, for a person to decide on"
        case RowStatus.PENDING:
            return "not there; waits to be sent again"
        case RowStatus.SENDING:
            return "not known yet: it is still to be looked for"
    return "nothing to do any more: the lead is there, or the row was given up"


def _accepted(fate: Fate) -> str:
    by = ", as a person decided" if fate.decided == "resend" else ""
    match fate.after:
        case "":
            return "found in the account: not sent again"
        case "refused":
            return f"sent again{by}, and refused: the lead that was there is its own"
    return f"not there: sent again{by}, and created"


def lost_how(http: int | None, error: str | None) -> str:
    if http is not None:
        return f"HTTP {http}, without LeadSquared’s own words"
    return f"no reply: {error}" if error else "the run ended before the reply came"


# Latency


def percentile(latencies: Sequence[tuple[int, int]], percent: int) -> int:
    """The least latency that so many of a hundred calls did not go beyond."""
    total, seen = sum(calls for _, calls in latencies), 0
    for latency_ms, calls in latencies:
        seen += calls
        if seen * 100 >= total * percent:
            return latency_ms
    return 0


def bins(latencies: Sequence[tuple[int, int]]) -> list[Bin]:
    """Counts of equal spans up to where nearly all calls lie, and of what is beyond. A span is told
    by the first and the last of its whole milliseconds, as single latencies are."""
    if not latencies:
        return []
    step = _round_step(percentile(latencies, 99) / (MOST_BINS - 1))
    least = latencies[0][0] // step
    most = percentile(latencies, 99) // step
    found = dict.fromkeys(range(least, most + 1), 0)
    beyond = 0
    for latency_ms, calls in latencies:
        if latency_ms // step in found:
            found[latency_ms // step] += calls
        else:
            beyond += calls
    told = [(_span(at * step, step), calls) for at, calls in found.items()]
    return [*told, *([(f"over {(most + 1) * step - 1:,} ms", beyond)] if beyond else [])]


def _span(first: int, step: int) -> str:
    return f"{first:,} ms" if step == 1 else f"{first:,}–{first + step - 1:,} ms"


def _round_step(least: float) -> int:
    steps = (first * 10**power for power in count() for first in (1, 2, 5))
    found: int = next(step for step in steps if step >= least)
    return found
