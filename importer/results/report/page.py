"""The report of a job as one HTML page that needs nothing beside it, and runs nothing.

In: a `Report`. Out: the page's text, the same for the same report.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from itertools import accumulate, pairwise, takewhile
from pathlib import Path
from typing import Any

from importer.model import ACCEPTED, REFUSED, TO_LOOK_AT, RowStatus
from importer.results.html import duration, environment, own, policy, short, shown
from importer.results.report.charts import bars, steps, strip
from importer.results.report.gather import MOST_RUNS, Report
from importer.results.report.pace import Pace
from importer.results.report.words import bins, headline, lost_how, percentile, settled
from importer.runs import lead_link
from importer.steps import WORDS

PACKAGE = "importer.results.report"
GENERATOR = "importer report"
# Of the picture of all rows: its words, its class, and the rows that it is of.
PARTS = (
    ("in LeadSquared by this list", "created", ACCEPTED),
    ("still to be sent", "waiting", {RowStatus.PENDING}),
    ("undone: the lead was deleted", "undone", {RowStatus.DELETED}),
    ("nothing to do", "nothing", {RowStatus.SKIPPED}),
    ("sent, not known whether it arrived", "doubt", {RowStatus.SENDING, RowStatus.IN_DOUBT}),
    ("failed: not there", "failed", {RowStatus.FAILED}),
    ("refused", "stopped", REFUSED),
)
MOST_TRIES = 12  # lines of the table; the rest together
MOST_MARKS = 5
MOST_MAPPING = 50_000  # bytes of the page, for each text of it
MOST_WHY = 300  # characters of a reason: the reject file has all of it


def report_html(report: Report) -> str:
    """Its text; only what stands in the report is in it."""
    latencies, pace = report.latencies, report.pace
    parts = [
        (label, kind, rows)
        for label, kind, statuses in PARTS
        if (rows := sum(report.summary.counts[status] for status in statuses))
    ]
    lost: dict[str, int] = {}
    for fate, rows in report.lost.items():
        lost[settled(fate)] = lost.get(settled(fate), 0) + rows
    numbers = [each.run.number for each in report.runs]
    names = {number: f"run {at}" for at, number in enumerate(numbers, report.left_runs + 1)}
    told_bins = bins(latencies)
    return rendered(
        "report.html.jinja",
        GENERATOR,
        lead_link=partial(_link, report.web),
        report=report,
        known=report.known,
        name=Path(report.summary.file).name,
        width=len(report.job.layout.header),
        words=WORDS,
        made=utc(report.known.made_at),
        purged=None if report.job.purged_at is None else moment(report.job.purged_at),
        headline=headline(report.summary),
        parts=parts,
        strip=strip(parts, "rows", "What became of the rows") if parts else "",
        to_look_at=sum(report.summary.counts[status] for status in TO_LOOK_AT),
        lost=sorted(lost.items(), key=lambda each: -each[1]),
        lost_total=sum(lost.values()),
        lost_how=lost_how,
        settled=settled,
        median=percentile(latencies, 50),
        p95=percentile(latencies, 95),
        pace_chart=pace_chart(pace, names) if pace.bars else "",
        latency_bins=told_bins,
        latency_chart=_latency_chart(told_bins) if told_bins else "",
        tries=_tries(report.tries),
        run_names=names,
        most_runs=MOST_RUNS,
        most_why=MOST_WHY,
        facts=facts(report),
    )


def rendered(template: str, generator: str, **values: object) -> str:
    """A page of this room, with its style and its policy."""
    from markupsafe import Markup

    style = own("page.css") + own("report.css", PACKAGE)
    known = {"generator": generator, "policy": policy(style), "style": Markup(style), **values}
    return str(_template(template).render(known)).lstrip()


@cache
def _template(name: str) -> Any:
    """Made once: a pass over many drops writes a report for each."""
    filters: dict[str, Callable[..., Any]] = {
        "as_written": as_written,
        "clock": clock,
        "duration": lambda seconds: duration(seconds) if seconds >= 1 else "under a second",
        "moment": moment,
        "sentence": sentence,
        "signed": signed,
        "utc": utc,
    }
    return environment(filters, PACKAGE).get_template(name)


def facts(report: Report) -> list[tuple[str, str]]:
    """What else is good to know, as terms and texts."""
    job, known = report.job, [("File", report.summary.file), ("Job key", report.job.key)]
    known += [("Account", job.identity.account), ("Encoding", job.layout.encoding)]
    known += [("Staged", said(job.started_at))]
    known += [("Finished", said(job.ended_at))] if job.ended_at else []
    return known


# Pictures


def pace_chart(pace: Pace, names: Mapping[int, str]) -> Any:
    """names: of the runs, by their numbers."""
    end = pace.bars[-1].at + pace.span_s
    lines = [("calls", "created", _outline(pace))]
    described = f"{pace.calls:,} calls in {duration(pace.seconds)} of work"
    if pace.limit:
        limit = float(pace.limit[0])
        lines.append(("limit", "limit", [(0.0, limit), (end, limit)]))
        if pace.share is not None:
            described += f", {pace.share:.1%} of the limit of {pace.limit[0]:,} calls in"
            described += f" {pace.limit[1]:g} s"
    return steps(lines, _marks(pace, names, end), "pace", "Calls over time", described)


def _outline(pace: Pace) -> list[tuple[float, float]]:
    """The bars' upper edge; nothing where no call was."""
    points: list[tuple[float, float]] = [(0.0, 0.0)]
    for bar in pace.bars:
        if bar.at > points[-1][0]:
            points += [(points[-1][0], 0.0), (bar.at, 0.0)]
        points += [(bar.at, bar.per_window), (bar.at + pace.span_s, bar.per_window)]
    return [*points, (points[-1][0], 0.0)]


def _marks(pace: Pace, names: Mapping[int, str], end: float) -> list[tuple[float, str]]:
    """Where runs begin, where there are several and they have room; else the time."""
    begins = {bar.stretch: bar.at for bar in reversed(pace.bars)}
    if 1 < len(begins) <= MOST_MARKS:
        places = sorted(begins.values())
        if all(after - before >= end / 8 for before, after in pairwise(places)):
            runs = [pace.stretches[index].run for index in sorted(begins)]
            told = [names.get(run.number, "") if run else "before" for run in runs]
            return list(zip(places, told, strict=True))
    times = {clock(end * index / 4): end * index / 4 for index in reversed(range(5))}
    return [(at, label) for label, at in reversed(times.items())]


def _latency_chart(found: Sequence[tuple[str, int]]) -> Any:
    labels = [label.removesuffix(" ms").partition("–")[0] for label, _ in found]
    most = max(found, key=lambda each: each[1])
    described = f"most of them, {most[1]:,}, took {most[0]}"
    numbers = [calls for _, calls in found]
    title = "Time until the reply"
    return bars(labels, [("calls", "created", numbers)], "latency-chart", title, described)


def _tries(tries: Sequence[tuple[int, int]]) -> list[tuple[str, int]]:
    told = [(str(number), rows) for number, rows in tries[:MOST_TRIES]]
    beyond = sum(rows for _, rows in tries[MOST_TRIES:])
    return [*told, *([("more", beyond)] if beyond else [])]


# Filters of the templates


def utc(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def moment(ms: int) -> datetime:
    return utc(ms / 1000)


def said(ms: int) -> str:
    at = moment(ms)
    return f"{at.day} {at.strftime('%b %Y, %H:%M')}"


def clock(seconds: float) -> str:
    """`0:00:05`, and of days `2 d 03:00`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours}:{minutes:02}:{rest:02}"
    return f"{hours // 24} d {hours % 24:02}:{minutes:02}"


def sentence(text: str) -> str:
    """With a capital first letter, and no full stop."""
    return f"{text[:1].upper()}{text[1:]}".rstrip(".")


def signed(number: int) -> str:
    return f"{number:+,}".replace("-", "−") if number else "0"


def as_written(text: str) -> Any:
    """A text of several lines, cut; other signs that are not shown stand as their escapes."""
    from markupsafe import escape

    lines = text.replace("\r\n", "\n").replace("\t", "    ").split("\n")
    told = "\n".join(map(shown, lines))
    sizes = accumulate(len(escape(sign).encode()) for sign in told)
    fitting = sum(1 for _ in takewhile(lambda size: size <= MOST_MAPPING, sizes))
    return escape(short(told, fitting))


def _link(web: str, lead_id: object) -> str:
    """Only where it leads to a page of the web."""
    return lead_link(web, lead_id) if web.startswith(("https://", "http://")) else ""
