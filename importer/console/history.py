"""What is known of a row, as lines of text and as JSON; and of all rows in doubt."""

import json
from collections.abc import Iterator

from importer.console.summary import moment, utc
from importer.model import CallRecord, DecisionRecord, Doubts, RowHistory

DECIDED = {
    "resend": "sent again",
    "mark_created": "marked as created",
    "give_up": "given up",
    "cancel": "given up, with all that was pending",
    "mend": "mended",
    "retry": "sent again",
}


def row_lines(row: RowHistory) -> Iterator[str]:
    since = f", since {moment(row.changed_at)}" if row.changed_at is not None else ""
    yield f"row {row.number} of job {row.job}: {row.status}{since}"
    facts = {
        "code": row.code,
        "column": row.column,
        "reason": row.reason,
        "lead": row.lead_id,
        "existing lead": row.existing_id,
    }
    for name, value in facts.items():
        if value is not None:
            yield f"  {name}: {value}"
    yield from _cells(row)
    sent = "sent as" if row.calls else "would be sent as"
    yield f"  {sent}: {row.lead}" if row.lead else "  no lead is made of it"
    if row.calls:
        yield "  calls:"
    for call in row.calls:
        yield f"    {_call(call)}"
    if row.decisions:
        yield "  decided:"
    for decision in row.decisions:
        yield f"    {_decision(decision)}"


def doubts_lines(doubts: Doubts) -> Iterator[str]:
    if not doubts.rows:
        yield f"job {doubts.job} has no in_doubt rows"
        return
    for row in doubts.rows:
        yield from row_lines(row)
        yield ""
    command = f"importer resolve {doubts.job} --row {doubts.rows[0].number}"
    yield _search(len(doubts.rows))
    yield f"  it is there:      {command} --mark-created ID{doubts.named.for_calls}"
    yield f"  it is not there:  {command} --resend{doubts.named.for_calls}"
    yield f"  let it be:        {command} --give-up{doubts.named.for_all}"


def _search(rows: int) -> str:
    if rows == 1:
        return "search the account for this row's lead, then decide:"
    return (
        f"search the account for the leads of these {rows:,} rows, then decide"
        " (--row 3,7-12 or all names several):"
    )


def _cells(row: RowHistory) -> Iterator[str]:
    width = max((len(column) for column, _ in row.cells), default=0)
    for column, text in row.cells:
        yield f"  {column.ljust(width)}  {json.dumps(text, ensure_ascii=False)}"


def _call(call: CallRecord) -> str:
    answer = f"HTTP {call.http}" if call.http is not None else "no reply"
    if call.error:
        answer += f", {call.error}"
    if call.latency_ms is not None:
        answer += f", {call.latency_ms:,} ms"
    asked = f"{call.name}, for all rows" if call.for_all else call.name
    return f"{moment(call.at)}  {asked}: {answer}; the server's time {moment(call.server_at)}"


def _decision(decision: DecisionRecord) -> str:
    what = DECIDED.get(decision.what, decision.what)
    return f"{moment(decision.at)}  {what}{f': {decision.detail}' if decision.detail else ''}"


def row_object(row: RowHistory) -> dict[str, object]:
    return {
        "row": row.number,
        "status": row.status,
        "cells": [{"column": column, "value": text} for column, text in row.cells],
        "lead": None if row.lead is None else json.loads(row.lead),
        "lead_id": None if row.lead_id is None else str(row.lead_id),
        "existing_lead_id": None if row.existing_id is None else str(row.existing_id),
        "code": row.code,
        "column": row.column,
        "reason": row.reason,
        "changed_at": None if row.changed_at is None else utc(row.changed_at),
        "calls": [_call_object(call) for call in row.calls],
        "decisions": [
            {"at": utc(each.at), "what": each.what, "detail": each.detail} for each in row.decisions
        ],
    }


def _call_object(call: CallRecord) -> dict[str, object]:
    return {
        "call": call.name,
        "number": call.number,
        "at": utc(call.at),
        "server_at": utc(call.server_at),
        "http": call.http,
        "error": call.error,
        "latency_ms": call.latency_ms,
        "for_all": call.for_all,
    }
