import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from importer.console.console import Console
from importer.console.history import row_lines, row_object
from importer.console.line import one_line
from importer.console.summary import moment, utc
from importer.model import CallRecord, DecisionRecord, Doubts, RowHistory, RowStatus
from importer.quoting import Named
from importer.steps import next_steps
from tests.test_console import Left, last_object, nothing, summary_of

AT = 1_800_000_000.25  # 2027-01-15 08:00:00.250 UTC
ROW = RowHistory(
    job=7,
    number=17,
    status=RowStatus.IN_DOUBT,
    cells=[("Name", 'Asha "A" Rao'), ("City", "Pu\nne\x1b[2J\u202e")],
    lead='[{"Attribute":"LastName","Value":"Asha"}]',
    lead_id=None,
    existing_id=None,
    code="ReadError",
    column=None,
    reason="nothing tells\nwhether it arrived",
    changed_at=AT + 35,
    calls=[
        CallRecord("Lead.Create", 1, AT, AT + 2, None, "ReadError", 1_040),
        CallRecord("Lead.Create", 2, AT + 5, AT + 7, None, None, None),
        CallRecord("Leads.RecentlyModified", 3, AT + 31, AT + 33, 200, None, 25, True),
    ],
    decisions=[
        DecisionRecord(AT + 4, "resend", "nothing tells"), DecisionRecord(AT + 90, "give_up"),
    ],
)  # fmt: skip
LINES = r"""row 17 of job 7: in_doubt, since 2027-01-15 13:30:35+05:30
  code: ReadError
  reason: nothing tells\nwhether it arrived
  Name  "Asha \"A\" Rao"
  City  "Pu\nne\u001b[2J\u202e"
  sent as: [{"Attribute":"LastName","Value":"Asha"}]
  calls:
    2027-01-15 13:30:00+05:30  Lead.Create: no reply, ReadError, 1,040 ms; the server's time 2027-01-15 13:30:02+05:30
    2027-01-15 13:30:05+05:30  Lead.Create: no reply; the server's time 2027-01-15 13:30:07+05:30
    2027-01-15 13:30:31+05:30  Leads.RecentlyModified, for all rows: HTTP 200, 25 ms; the server's time 2027-01-15 13:30:33+05:30
  decided:
    2027-01-15 13:30:04+05:30  sent again: nothing tells
    2027-01-15 13:31:30+05:30  given up""".splitlines()  # noqa: E501  # whole lines are compared
NEVER_SENT = replace(
    ROW, status=RowStatus.INVALID, cells=[], lead=None, lead_id=UUID(int=1),
    existing_id=UUID(int=2), column="City", changed_at=None, calls=[], decisions=[],
)  # fmt: skip


@pytest.fixture(autouse=True)
def in_india() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Kolkata")
        time.tzset()
        yield
    time.tzset()


def test_times_are_shown_as_this_machines_and_given_to_programs_in_utc() -> None:
    assert moment(AT) == "2027-01-15 13:30:00+05:30"
    assert utc(AT) == "2027-01-15T08:00:00.250Z"
    assert utc(1_800_000_000) == "2027-01-15T08:00:00.000Z"


def test_a_row_is_shown_with_all_that_is_known_and_cannot_move_the_cursor() -> None:
    assert list(map(one_line, row_lines(ROW))) == LINES


def test_a_row_that_makes_no_lead_is_shown_so() -> None:
    assert list(map(one_line, row_lines(NEVER_SENT))) == [
        "row 17 of job 7: invalid",
        "  code: ReadError",
        "  column: City",
        r"  reason: nothing tells\nwhether it arrived",
        "  lead: 00000000-0000-0000-0000-000000000001",
        "  existing lead: 00000000-0000-0000-0000-000000000002",
        "  no lead is made of it",
    ]


def test_a_row_is_shown_alone_without_its_job(capsys: pytest.CaptureFixture[str]) -> None:
    left = Left(files={"results": Path("/a")}, known=summary_of(in_doubt=1), shown=ROW)
    assert Console().run(left, nothing) == 0
    assert capsys.readouterr() == ("\n".join([*LINES, ""]), "")


@pytest.mark.parametrize(("journal", "option"), [(None, ""), ("my db", " --journal 'my db'")])
def test_rows_in_doubt_are_shown_with_the_commands_that_decide_and_then_the_job(
    capsys: pytest.CaptureFixture[str], journal: str | None, option: str
) -> None:
    left = Left(
        known=summary_of(in_doubt=2, failed=1),
        shown=Doubts(7, [ROW, ROW], Named(journal)),
        named=Named(journal),
    )
    assert Console().run(left, nothing) == 0
    assert capsys.readouterr().out.splitlines() == [
        *LINES,
        "",
        *LINES,
        "",
        "search the account for the leads of these 2 rows, then decide"
        " (--row 3,7-12 or all names several):",
        f"  it is there:      importer resolve 7 --row 17 --mark-created ID{option}",
        f"  it is not there:  importer resolve 7 --row 17 --resend{option}",
        f"  let it be:        importer resolve 7 --row 17 --give-up{option}",
        "job 7 (0123456789ab), /lists/list.csv: finished",
        "  failed             1  not there: errors outlasted the tries",
        "  in_doubt           2  sent, and nothing tells whether they arrived",
        "  rows               3",
        f"next: importer retry 7{option}  (sends the failed rows again)",
    ]


def test_a_job_without_rows_in_doubt_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    Console().run(Left(known=summary_of(created=1), shown=Doubts(7, [])), nothing)
    assert capsys.readouterr().out.splitlines()[0] == "job 7 has no in_doubt rows"


def test_a_step_to_rows_in_doubt_is_not_told_where_they_were_just_shown() -> None:
    assert list(next_steps(summary_of(in_doubt=1), {}, lists_doubts=True)) == []


def test_with_json_a_row_and_rows_in_doubt_are_keys_of_the_object(
    capsys: pytest.CaptureFixture[str],
) -> None:
    known = summary_of(in_doubt=1)
    found = row_object(ROW)
    Console(as_json=True).run(Left(known=known, shown=ROW), nothing)
    Console(as_json=True).run(Left(known=known, shown=Doubts(7, [ROW])), nothing)
    one, all_of_them = capsys.readouterr().out.splitlines()
    assert last_object(one)["row"] == found == last_object(all_of_them)["doubts"][0]
    assert last_object(all_of_them)["in_doubt"] == 1, "the count of that status, as ever"
    assert found == {
        "row": 17,
        "status": "in_doubt",
        "cells": [
            {"column": "Name", "value": 'Asha "A" Rao'},
            {"column": "City", "value": "Pu\nne\x1b[2J\u202e"},
        ],
        "lead": [{"Attribute": "LastName", "Value": "Asha"}],
        "lead_id": None,
        "existing_lead_id": None,
        "code": "ReadError",
        "column": None,
        "reason": "nothing tells\nwhether it arrived",
        "changed_at": "2027-01-15T08:00:35.250Z",
        "calls": [
            {
                "call": "Lead.Create", "number": 1, "at": "2027-01-15T08:00:00.250Z",
                "server_at": "2027-01-15T08:00:02.250Z", "http": None, "error": "ReadError",
                "latency_ms": 1040, "for_all": False,
            },
            {
                "call": "Lead.Create", "number": 2, "at": "2027-01-15T08:00:05.250Z",
                "server_at": "2027-01-15T08:00:07.250Z", "http": None, "error": None,
                "latency_ms": None, "for_all": False,
            },
            {
                "call": "Leads.RecentlyModified", "number": 3, "at": "2027-01-15T08:00:31.250Z",
                "server_at": "2027-01-15T08:00:33.250Z", "http": 200, "error": None,
                "latency_ms": 25, "for_all": True,
            },
        ],
        "decisions": [
            {"at": "2027-01-15T08:00:04.250Z", "what": "resend", "detail": "nothing tells"},
            {"at": "2027-01-15T08:01:30.250Z", "what": "give_up", "detail": None},
        ],
    }  # fmt: skip


def test_what_a_row_never_had_is_null() -> None:
    found = row_object(NEVER_SENT)
    names = ("lead", "changed_at", "lead_id", "existing_lead_id")
    assert {name: found[name] for name in names} == {
        "lead": None, "changed_at": None, "lead_id": str(UUID(int=1)),
        "existing_lead_id": str(UUID(int=2)),
    }  # fmt: skip
