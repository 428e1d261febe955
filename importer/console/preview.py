"""A preview as lines of text, and as one JSON object."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from importer.console.summary import counts_object, utc
from importer.model import Finding, Preview, RowStatus, Stamp, Trouble
from importer.plan import Plan, moment

WORDS = {
    RowStatus.PENDING: "would be sent",
    RowStatus.DUPLICATE: "refused: an earlier row has the same unique value",
    RowStatus.INVALID: "refused: something is wrong with the row",
    RowStatus.SKIPPED: "nothing to do: the same row or lead stands earlier, or it is left out",
}
MOST_SHOWN = 40  # characters of a cell
LONG_S = 3600  # an import that takes longer is not waited for


def preview_lines(preview: Preview) -> Iterator[str]:
    yield f"{preview.name}: {', '.join(preview.found)}"
    yield preview.account_fields
    yield from _columns(preview)
    yield ""
    for status, words in WORDS.items():
        if preview.counts[status] or status is RowStatus.PENDING:
            yield f"  {status:<10} {preview.counts[status]:>9,}  {words}"
    yield f"  {'rows':<10} {preview.rows:>9,}"
    for trouble in preview.troubles:
        yield from _trouble(trouble)
    told = {(trouble.code, trouble.column) for trouble in preview.troubles}
    for finding in preview.findings:
        if finding.stops or (finding.code, finding.column) not in told:
            yield from _finding(finding)
    yield ""
    yield from _protection(preview)
    for number, body in preview.leads:
        yield f"row {number} would be sent as: {body}"
    if preview.stamp and not preview.stamp.value and preview.leads:
        yield "  <job key> is not known before the account is: importer check asks it"
    yield from _calls(preview)
    if preview.list_name:
        more = f"{preview.list_calls:,} more call{'' if preview.list_calls == 1 else 's'}"
        yield f'list: the leads are added to "{preview.list_name}", with {more} or so'
    if preview.html:
        yield f"page: {preview.html}"
    asked = [finding for finding in preview.findings if finding.stops]
    if asked:
        columns = ", ".join(f'"{finding.column}"' for finding in asked)
        yield f"next: decide in the mapping how {columns} is to be read, as said above; run asks it"
        return
    if not preview.counts[RowStatus.PENDING] and preview.list_calls:
        yield f"next: {preview.command}  (sends no row, and adds the leads to the list)"
        return
    if not preview.counts[RowStatus.PENDING]:
        yield (
            "next: nothing would be sent; where that is not meant, mend the list or the mapping,"
            " and look again"
        )
        return
    yield (
        f"next: {preview.command}  (sends the rows, and writes those that are refused into a file"
        " to mend)"
    )


def _columns(preview: Preview) -> Iterator[str]:
    width = max((len(column) for column, _, _ in preview.columns), default=0)
    for column, field, how in preview.columns:
        goes = f"-> {field}" if field else "-"
        yield f"  {column.ljust(width)}  {goes}{f'  ({how})' if how else ''}"
    for field, value in preview.constants.items():
        yield f"  {'in every lead'.ljust(width)}  -> {field} = {value}"
    if preview.stamp:
        how = "(the stamp: a key of its own for each row)"
        yield f"  {'in every lead'.ljust(width)}  -> {preview.stamp.field}  {how}"


def _trouble(trouble: Trouble) -> Iterator[str]:
    yield ""
    where = f' in "{trouble.column}"' if trouble.column else ""
    yield f"{trouble.code}{where}: {_rows(trouble.rows)}, such as {_examples(trouble.examples)}"
    yield f"  {trouble.why}"


def _finding(finding: Finding) -> Iterator[str]:
    yield ""
    where = f' in "{finding.column}"' if finding.column else ""
    such_as = f", such as {_examples(finding.examples)}" if finding.examples else ""
    yield f"{finding.code}{where}: {_rows(finding.rows)}{such_as}"
    yield f"  {finding.what}: {finding.does}"
    yield f"  to change that, {finding.change}"


def _examples(examples: Sequence[tuple[int, str | None]]) -> str:
    each = [f"row {number}{f' ({_cell(text)})' if text else ''}" for number, text in examples]
    return ", ".join(each)


def _cell(text: str) -> str:
    shown = json.dumps(text, ensure_ascii=False)
    return shown if len(shown) <= MOST_SHOWN else shown[: MOST_SHOWN - 2] + '…"'


def _protection(preview: Preview) -> Iterable[str]:
    """Which rows could be told again, if a reply were lost."""
    if fields := " or ".join(preview.unique):
        yield f"protected by a unique field ({fields}): {_rows(preview.by_unique)}"
    if preview.stamp and preview.by_stamp:
        yield _stamped(preview.stamp, preview.by_stamp)
    if preview.by_nothing:
        yield (
            f"protected by nothing: {_rows(preview.by_nothing)}; where the reply is lost, they may"
            " end in_doubt"
        )


def _stamped(stamp: Stamp, count: int) -> str:
    if stamp.is_unique:
        return f"protected by the stamp ({stamp.field}): {_rows(count)}"
    return (
        f"found again by the stamp ({stamp.field}): {_rows(count)}; where the reply is lost and"
        " the account does not show them, they end in_doubt"
    )


def _calls(preview: Preview) -> Iterator[str]:
    calls, plan = preview.counts[RowStatus.PENDING], preview.plan
    pace = preview.today or "without a limit"
    if preview.seconds is not None:
        pace = _sending(preview.seconds, preview.rate)
        if preview.seconds >= LONG_S and plan.ends_at and not plan.waits:
            pace += f", until {moment(plan.ends_at)} if it begins now"
    yield f"calls: {calls:,}, {pace}; nothing was sent"
    if plan.waits:
        sending = plan.sending_s is not None and preview.seconds is None
        about = f"{_sending(plan.sending_s or 0, preview.rate)}, " if sending else ""
        yield f"  {about}{plan.end}"


def _sending(seconds: float, rate: str) -> str:
    return f"about {timedelta(seconds=round(seconds))} at {rate}"


def plan_object(plan: Plan) -> dict[str, object]:
    return {
        "calls": plan.calls,
        "sending_s": plan.sending_s,
        "days": plan.days,
        "ends_at": None if plan.ends_at is None else utc(plan.ends_at),
    }


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _stamp_object(stamp: Stamp | None) -> dict[str, object] | None:
    if stamp is None:
        return None
    return {"field": stamp.field, "unique": stamp.is_unique, "job_key": stamp.value or None}


def _example_objects(examples: Sequence[tuple[int, str | None]]) -> list[dict[str, object]]:
    return [{"row": row, "value": value} for row, value in examples]


def preview_object(preview: Preview) -> dict[str, object]:
    """What a preview adds to every command's object."""
    return {
        "file": preview.file,
        "rows": preview.rows,
        **counts_object(preview.counts),
        "journal": None,
        "sheet": preview.sheet,
        "found": list(preview.found),
        "checked_against": preview.account_fields,
        "columns": [
            {"column": column, "field": field or None, "how": how or None}
            for column, field, how in preview.columns
        ],
        "constants": dict(preview.constants),
        "problems": [
            {
                "code": trouble.code,
                "column": trouble.column,
                "why": trouble.why,
                "rows": trouble.rows,
                "examples": _example_objects(trouble.examples),
            }
            for trouble in preview.troubles
        ],
        "findings": [
            {
                "code": finding.code,
                "column": finding.column,
                "rows": finding.rows,
                "examples": _example_objects(finding.examples),
                "what": finding.what,
                "does": finding.does,
                "change": finding.change,
                "stops": finding.stops,
            }
            for finding in preview.findings
        ],
        "protected": preview.by_unique,
        "stamped": preview.by_stamp,
        "unprotected": preview.by_nothing,
        "stamp": _stamp_object(preview.stamp),
        "leads": [{"row": row, "body": json.loads(body)} for row, body in preview.leads],
        "calls": preview.counts[RowStatus.PENDING],
        "seconds": preview.seconds,
        "left_today": preview.left_today,
        "plan": plan_object(preview.plan),
        "html": preview.html,
        "list": preview.list_name or None,
        "list_calls": preview.list_calls,
    }
