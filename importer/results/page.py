"""One preview as one HTML page that needs nothing beside it, and lets nothing in it run.

In: a `Preview`, and cells of its list. Out: the page's text. It asks no other place for anything.
A text of the list is never taken for more than text: it is escaped, what is not printable stands as
its escape, and the page's own policy lets no script run but ours.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from importer.model import Finding, Preview, RowStatus, Trouble
from importer.page import ColumnCells, ListCells, RowTable
from importer.plan import Plan
from importer.results.html import counted, duration, environment, own, policy
from importer.results.page_file import PREVIEW

REFUSED = (RowStatus.INVALID, RowStatus.DUPLICATE)


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """cells: None where the file has no such column. goes: fields, and how each is treated."""

    name: str
    cells: ColumnCells | None
    goes: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A problem or a finding, with its rows. also: what a finding says of the same cells."""

    id: str
    trouble: Trouble | None
    finding: Finding | None
    table: RowTable

    @property
    def told(self) -> Trouble | Finding:
        told = self.trouble or self.finding
        assert told is not None, "a part is of one of them"
        return told


def page_html(preview: Preview, cells: ListCells, made_at: float) -> str:
    """made_at: UTC seconds since 1970. Its marker has NO_HASH; `write_page` puts the hash."""
    from markupsafe import Markup

    style, script = own("page.css"), own("page.js")
    page = environment({"body": lead_values}).get_template("page.html.jinja")
    return page.render(
        preview=preview,
        generator=PREVIEW.generator,
        policy=policy(style, script),
        style=Markup(style),  # ours, and no text of the list
        script=Markup(script),
        made=datetime.fromtimestamp(made_at, UTC),
        to_send=preview.counts[RowStatus.PENDING],
        refused=sum(preview.counts[status] for status in REFUSED),
        skipped=preview.counts[RowStatus.SKIPPED],
        facts=list(facts(preview)),
        columns=list(columns(preview, cells)),
        problems=problems(preview, cells),
        findings=findings(preview, cells),
        asked=[each for each in preview.findings if each.stops],
    )


# What the page is made of


def facts(preview: Preview) -> Iterator[tuple[str, str]]:
    """What else is good to know, as terms and texts."""
    yield "Read as", ", ".join(preview.found)
    yield "Fields", f"{preview.account_fields[:1].upper()}{preview.account_fields[1:]}"
    yield "Calls", f"{preview.counts[RowStatus.PENDING]:,}, one for each row that is sent"
    yield "Time", time_needed(preview)
    if preview.list_name:
        more = counted(preview.list_calls, "more call")
        yield "List", f"the leads are added to “{preview.list_name}”, with {more} or so"
    if preview.unique:
        fields = " or ".join(preview.unique)
        yield "Safe to repeat", f"{counted(preview.by_unique, 'row')}, by a unique field ({fields})"
    if preview.stamp and preview.by_stamp:
        how = "Safe to repeat" if preview.stamp.is_unique else "Found again"
        yield how, f"{counted(preview.by_stamp, 'row')}, by the stamp ({preview.stamp.field})"
    if preview.by_nothing:
        rows = counted(preview.by_nothing, "row")
        yield "Without protection", f"{rows}: where a reply is lost, they may end in doubt"


def time_needed(preview: Preview) -> str:
    plan = preview.plan
    if preview.today:
        sending = "" if plan.sending_s is None else f"; {_sending(plan.sending_s, preview.rate)}"
        return f"{preview.today}{sending}{_end(plan)}"
    if preview.seconds is None:
        return "as fast as the account answers: there is no limit"
    return f"{_sending(preview.seconds, preview.rate)}{_end(plan)}"


def _sending(seconds: float, rate: str) -> str:
    return f"about {duration(seconds)}, at {rate}"


def _end(plan: Plan) -> str:
    return f", {plan.end}" if plan.waits else ""


def columns(preview: Preview, cells: ListCells) -> Iterator[ShownColumn]:
    known = {each.name: each for each in cells.columns}
    for name, goes in groupby(preview.columns, lambda each: each[0]):
        yield ShownColumn(name, known.get(name), [(field, how) for _, field, how in goes])


def problems(preview: Preview, cells: ListCells) -> list[Part]:
    told = {(each.code, each.column): each for each in preview.findings}
    return [
        Part(
            f"problem-{number}",
            trouble,
            told.get((trouble.code, trouble.column)),
            cells.problems[trouble.code, trouble.column],
        )
        for number, trouble in enumerate(preview.troubles, 1)
    ]


def findings(preview: Preview, cells: ListCells) -> list[Part]:
    """Those that are no problem's."""
    told = {(trouble.code, trouble.column) for trouble in preview.troubles}
    return [
        Part(f"finding-{number}", None, finding, table)
        for number, (finding, table) in enumerate(
            zip(preview.findings, cells.findings, strict=True), 1
        )
        if (finding.code, finding.column) not in told
    ]


def lead_values(body: str) -> list[tuple[str, str]]:
    """Attributes and values of a lead's JSON body."""
    found = []
    for each in json.loads(body):
        value = each.get("Value")
        text = value if isinstance(value, str) else json.dumps(each, ensure_ascii=False)
        found.append((str(each.get("Attribute", "")), text))
    return found
