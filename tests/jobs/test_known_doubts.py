"""A row of unknown fate stands in the way of the same row in another list, until a person decides.

The rows have no unique field: nothing but this keeps them from being sent twice.
"""

from pathlib import Path

import pytest

from importer.jobs.known import KnownRows
from importer.jobs.recipes import Builders
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.model import Lead
from tests.acceptance.world import World
from tests.jobs.doubts import doubt_sent
from tests.jobs.lists import calls_during, leads_of, people, run, statuses


def keyless(number: int) -> list[list[str]]:
    return [[first, last, "", "", city] for first, last, _, _, city in people(number)]


@pytest.fixture
def rows(world: World) -> list[list[str]]:
    """Job 1: row 2 was created; 3 and 4 were sent, and nothing tells whether they arrived."""
    rows = keyless(3)
    file = world.write_csv("monday.csv", rows)
    run(world, file, "--limit", 1)
    with Journal(world.folder / "importer.db") as journal:
        job = journal.find_job(None)
        known = KnownRows(journal, job.identity.account, job.number)
        with journal.transaction():
            for number in (3, 4):
                row = Rows(journal, job).row(number)
                assert row is not None
                lead = Builders(journal, job).build(row)
                assert isinstance(lead, Lead)
                known.note(number, lead)
    doubt_sent(world, 3, 4)
    done, calls = run(world, file)
    assert (done.json["created"], done.json["in_doubt"], calls) == (1, 2, 0)
    return rows


@pytest.fixture
def grown(world: World, rows: list[list[str]]) -> Path:
    """Tuesday's list: one row more at its end, number 5."""
    return world.write_csv("tuesday.csv", [*rows, *keyless(1)])


def decide(world: World, *arguments: object) -> int:
    return calls_during(world, "resolve", *arguments)[0].code


def test_a_grown_list_holds_doubtful_rows_back_and_says_what_decides(
    world: World, rows: list[list[str]], grown: Path
) -> None:
    done, calls = run(world, grown)
    assert (done.code, calls) == (1, 1)
    assert statuses(world, 2) == {2: "skipped", 3: "in_doubt", 4: "in_doubt", 5: "created"}
    assert world.journal("SELECT code, reason FROM row_readable WHERE job = 2 AND row = 3") == [
        (
            "sent_before",
            "sent before, as row 3 of job 1 (monday.csv), and nothing tells whether it arrived:"
            " importer resolve 1, then run this again",
        )
    ]
    assert leads_of(world, rows) == 1


def test_what_is_decided_of_the_first_list_holds_for_the_second(
    world: World, rows: list[list[str]], grown: Path
) -> None:
    run(world, grown)
    assert decide(world, 1, "--row", 3, "--give-up") == 1
    assert decide(world, 1, "--row", 4, "--resend") == 0
    done, calls = run(world, grown)
    assert (done.code, calls) == (0, 0)
    assert "looked at again, as other jobs sent the same: 2 rows" in done.err
    sql = "SELECT row, status, code FROM row_readable WHERE job = 2 AND row IN (3, 4)"
    assert world.journal(sql) == [
        (3, "skipped", "given_up_before"),
        (4, "skipped", "accepted_before"),
    ]
    assert leads_of(world, rows) == 2


def test_a_row_that_a_person_asks_to_send_is_sent_and_known_from_then_on(
    world: World, rows: list[list[str]], grown: Path
) -> None:
    run(world, grown)
    assert decide(world, 2, "--row", "all", "--resend") == 0
    assert statuses(world, 2)[3] == "created"
    done, calls = run(world, world.write_csv("wednesday.csv", [*rows, *keyless(2)]))
    assert (done.json["skipped"], done.json["created"], calls) == (3, 2, 2)
    assert leads_of(world, rows) == 3


def test_a_purged_row_of_unknown_fate_is_still_known(
    world: World, rows: list[list[str]], grown: Path
) -> None:
    assert decide(world, 1, "--row", 3, "--give-up") == 1
    assert world.importer("purge", 1, "--yes").code == 0
    done, calls = run(world, grown)
    assert (done.code, calls) == (1, 1)
    assert statuses(world, 2) == {2: "skipped", 3: "in_doubt", 4: "in_doubt", 5: "created"}
    (reason,) = {r for (r,) in world.journal("SELECT reason FROM row WHERE status = 'in_doubt'"
                                             " AND id & 4294967295 = 3")}  # fmt: skip
    assert reason == (
        "sent before, as row 3 of job 1 (monday.csv), and nobody knows whether it arrived:"
        " decide on this row"
    )
    assert leads_of(world, rows) == 1


def test_rows_that_were_cancelled_before_they_were_sent_are_sent_by_another_list(
    world: World,
) -> None:
    rows = keyless(3)
    run(world, world.write_csv("monday.csv", rows), "--limit", 1)
    world.importer("cancel")
    done, calls = run(world, world.write_csv("tuesday.csv", [*rows, *keyless(1)]))
    assert (done.json["skipped"], done.json["created"], calls) == (1, 3, 3)


def test_a_job_that_was_cancelled_is_not_read_anew(world: World) -> None:
    """No call of it left, but a person has decided on it."""
    file = world.write_csv("list.csv", keyless(2))
    run(world, file, "--limit", 1)
    with Journal(world.folder / "importer.db") as journal:
        journal.execute("DELETE FROM attempt")
    world.importer("cancel")
    done, calls = run(world, file, "--encoding", "windows-1252")
    assert (done.code, calls) == (2, 0)
    assert done.json["error"]["what"] == (
        "job 1 has read this file otherwise, and rows of it were sent or given up"
    )


def test_a_doubtful_row_is_listed_by_its_number(world: World, rows: list[list[str]]) -> None:
    listed = world.importer("resolve", 1, "--row", 4, "--json").json["doubts"]
    assert [row["row"] for row in listed] == [4]
    assert len(rows) == 3
