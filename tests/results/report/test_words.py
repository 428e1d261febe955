"""The report's sentences."""

from collections import Counter

import pytest

from importer.journal.calls import Fate
from importer.model import JobState, JobSummary, RowStatus
from importer.results.report.words import bins, headline, lost_how, percentile, settled


def summary(state: JobState = JobState.FINISHED, **counts: int) -> JobSummary:
    known = Counter({RowStatus(name): rows for name, rows in counts.items()})
    return JobSummary(1, "ab", "/l.csv", state, sum(counts.values()), "org", known)


@pytest.mark.parametrize(
    ("state", "counts", "said"),
    [
        ("finished", {}, "The list has no rows"),
        ("finished", {"created": 1}, "The one row is a lead in LeadSquared by this list"),
        ("finished", {"created": 1_200}, "All 1,200 rows are leads in LeadSquared by this list"),
        (
            "finished",
            {"created": 238, "rejected": 1, "in_doubt": 1},
            "238 of 240 rows are leads in LeadSquared by this list; 2 rows need you",
        ),
        (
            "open",
            {"created": 1, "pending": 1, "sending": 1, "failed": 1},
            "1 of 4 rows is a lead in LeadSquared by this list; 1 row is still to be sent;"
            " 1 row was sent, and the reply is not known yet; 1 row needs you",
        ),
        (
            "open",
            {"created": 1, "sending": 2},
            "1 of 3 rows is a lead in LeadSquared by this list;"
            " 2 rows were sent, and the reply is not known yet",
        ),
        (
            "finished",
            {"created": 0, "deleted": 3},
            "The import was undone: 3 leads were deleted",
        ),
        (
            "finished",
            {"deleted": 1, "skipped": 1, "invalid": 1},
            "The import was undone: 1 lead was deleted; 1 row needs you",
        ),
        (
            "finished",
            {"created": 1, "deleted": 2},
            "1 of 3 rows is a lead in LeadSquared by this list; 2 leads were deleted again",
        ),
        (
            "purged",
            {"created": 2, "rejected": 1},
            "2 of 3 rows are leads in LeadSquared by this list; 1 row was not taken",
        ),
    ],
)
def test_the_headline_tells_what_became_of_the_list(
    state: str, counts: dict[str, int], said: str
) -> None:
    assert headline(summary(JobState(state), **counts)) == said


@pytest.mark.parametrize(
    ("status", "after", "decided", "said"),
    [
        ("created", "", "", "found in the account: not sent again"),
        ("created", "again", "", "not there: sent again, and created"),
        ("created", "again", "resend", "not there: sent again, as a person decided, and created"),
        ("created", "refused", "", "sent again, and refused: the lead that was there is its own"),
        ("created", "", "mark_created", "a person said which lead it is"),
        ("skipped", "", "give_up", "a person gave it up"),
        ("in_doubt", "", "", "nothing tells: still in doubt, for a person to decide on"),
        ("duplicate", "refused", "", "sent again, and refused: another lead stands in its way"),
    ],
)
def test_a_lost_call_is_told_by_how_it_came_out(
    status: str, after: str, decided: str, said: str
) -> None:
    assert settled(Fate(RowStatus(status), after, decided)) == said


def test_every_status_has_words() -> None:
    assert all(settled(Fate(status, "", "")) for status in RowStatus)


def test_what_came_instead_of_a_reply() -> None:
    assert lost_how(502, None) == "HTTP 502, without LeadSquared’s own words"
    assert lost_how(None, "ReadTimeout") == "no reply: ReadTimeout"
    assert lost_how(None, None) == "the run ended before the reply came"


def test_percentiles_are_of_the_calls_and_not_of_the_times() -> None:
    latencies = [(100, 90), (200, 5), (900, 5)]
    assert [percentile(latencies, each) for each in (50, 90, 95, 96, 100)] == [
        100, 100, 200, 900, 900,
    ]  # fmt: skip
    assert percentile([], 50) == 0


def test_latencies_are_counted_in_equal_spans_and_beyond() -> None:
    assert bins([(3, 1), (12, 5), (41, 2)]) == [
        ("0–4 ms", 1), ("5–9 ms", 0), ("10–14 ms", 5), ("15–19 ms", 0), ("20–24 ms", 0),
        ("25–29 ms", 0), ("30–34 ms", 0), ("35–39 ms", 0), ("40–44 ms", 2),
    ]  # fmt: skip
    assert bins([(100, 985), (110, 10), (30_000, 5)]) == [
        ("100–109 ms", 985), ("110–119 ms", 10), ("over 119 ms", 5),
    ]  # fmt: skip
    assert bins([(1, 4), (2, 6), (3, 1)]) == [("1 ms", 4), ("2 ms", 6), ("3 ms", 1)]
    assert bins([]) == []
