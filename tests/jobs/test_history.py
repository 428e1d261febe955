from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from importer.errors import JournalError
from importer.jobs.history import Histories, show_row
from importer.journal.decisions import note_decision
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.model import (
    CallRecord,
    DecisionRecord,
    Outcome,
    RowHistory,
    RowStatus,
)
from tests.acceptance.world import World
from tests.delivery.account import START_MS
from tests.delivery.harness import make_job, person
from tests.jobs.doubts import REASON, doubt, session_on
from tests.jobs.lists import people, run

LEAD, TAKEN = UUID(int=5), UUID(int=6)
AT = START_MS / 1000
# Row 4 is blank; row 5 has no field that a lead needs.
CELLS = [person("A", city="Pune"), person("B"), [], ["", "", "", "Pune"]]


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    with Journal(tmp_path / "importer.db", create=True) as journal:
        yield Rows(journal, make_job(journal, CELLS))


def history_of(rows: Rows, number: int) -> RowHistory:
    row = rows.row(number)
    assert row is not None
    return Histories(rows.journal, rows.job).of(row)


def test_a_row_is_known_over_all_rounds(rows: Rows) -> None:
    doubt(rows, [2])
    low = rows.job.number << 32
    with rows.journal.transaction():
        note_decision(rows.journal, low + 2, "resend", REASON, START_MS + 5000)
        rows.requeue(2, RowStatus.IN_DOUBT, START_MS + 5000)
        again = rows.claim(2, START_MS + 5100, 200)
        rows.end_attempt(2, again, 500, "MXDuplicateEntryException", 31)
        rows.finish(2, Outcome(RowStatus.DUPLICATE, "MXDuplicateEntryException", "Taken.",
                               "Email", existing_id=TAKEN), START_MS + 5131)  # fmt: skip
    at = AT + 5.1
    assert history_of(rows, 2) == RowHistory(
        job=1,
        number=2,
        status=RowStatus.DUPLICATE,
        cells=[("Name", "A"), ("Email", "a@x.in"), ("Phone", ""), ("City", "Pune")],
        lead='[{"Attribute":"LastName","Value":"A"},{"Attribute":"EmailAddress","Value":"a@x.in"},'
        '{"Attribute":"mx_City","Value":"Pune"}]',
        lead_id=None,
        existing_id=TAKEN,
        code="MXDuplicateEntryException",
        column="Email",
        reason="Taken.",
        changed_at=AT + 5.131,
        calls=[
            CallRecord("Lead.Create", 1, AT, AT + 0.3, None, "ReadError", 40),
            CallRecord("Leads.RecentlyModified", 1, AT + 1.04, AT + 1.34, 200, None, 25, True),
            CallRecord("Lead.Create", 2, at, at + 0.2, 500, "MXDuplicateEntryException", 31),
        ],
        decisions=[DecisionRecord(AT + 5, "resend", REASON)],
    )


def test_a_row_that_makes_no_lead_was_never_sent(rows: Rows) -> None:
    row = history_of(rows, 5)
    assert (row.status, row.lead, row.calls, row.changed_at) == (
        RowStatus.INVALID, None, [], AT,
    )  # fmt: skip
    assert row.code is not None
    assert (history_of(rows, 3).changed_at, history_of(rows, 3).code) == (None, None)


def test_a_cell_beyond_the_header_is_known_by_its_letter(rows: Rows) -> None:
    with rows.journal.transaction():
        rows.set_cells(3, ["B", "b@x.in", "", "Pune", "more"])
        rows.set_cells(2, ["A"])
    assert history_of(rows, 3).cells[3:] == [("City", "Pune"), ("E", "more")]
    assert history_of(rows, 2).cells == [("Name", "A")]


@pytest.mark.parametrize("number", [1, 4, 6, 5_000_000_000])
def test_a_row_that_is_not_there_is_refused_with_those_that_are(rows: Rows, number: int) -> None:
    with session_on(rows.journal.path) as (session, _):
        with pytest.raises(JournalError) as caught:
            show_row(session, None, number)
        assert session.shown is None
    error = caught.value
    assert (error.what, error.where, error.fix) == (
        f"job 1 has no row {number:,}: its rows are 2 to 5, as Excel numbers them",
        "/lists/list.csv",
        f"importer results 1 --journal {rows.journal.path} lists them all, each with its number",
    )


def test_a_job_without_rows_has_none_to_show(tmp_path: Path) -> None:
    path = tmp_path / "importer.db"
    with Journal(path, create=True) as journal:
        make_job(journal, [])
    with session_on(path) as (session, _), pytest.raises(JournalError) as caught:
        show_row(session, None, 2)
    assert caught.value.what == "job 1 has no row 2: it has none"


def test_a_row_is_shown_alone_and_its_job_is_in_the_json(world: World) -> None:
    rows = people(2)
    run(world, world.write_csv("list.csv", rows))
    shown = world.importer("status", "1", "--row", 3)
    lines = shown.out.splitlines()
    assert (shown.code, shown.err) == (0, "")
    assert lines[0].startswith("row 3 of job 1: created, since ")
    assert f'  Email       "{rows[1][2]}"' in lines
    assert not [line for line in lines if line.startswith(("job ", "next: "))]
    found = world.importer("status", "--row", 3, "--json").json
    assert (found["job"], found["created"], found["row"]["status"]) == (1, 2, "created")
    lead = next(lead for lead in world.leads() if lead.get("EmailAddress") == rows[1][2])
    assert found["row"]["lead_id"] == lead["ProspectID"]
    assert [(call["call"], call["number"], call["http"]) for call in found["row"]["calls"]] == [
        ("Lead.Create", 1, 200)
    ]
