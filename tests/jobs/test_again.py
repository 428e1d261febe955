from pathlib import Path

import pytest

from importer.errors import JournalError
from importer.jobs.deliver import working_on
from importer.journal.journal import Journal
from importer.model import JobState
from tests.acceptance.world import World, sandbox
from tests.delivery.harness import make_job, person
from tests.jobs.doubts import session_on
from tests.jobs.lists import BAD, calls_during, leads_of, people, run, statuses


def test_retry_goes_on_from_the_journal_when_the_file_and_mapping_are_gone(
    world: World,
) -> None:
    rows = people(5)
    file = world.write_csv("list.csv", rows)
    run(world, file, "--limit", 2)
    file.unlink()
    world.mapping.unlink()
    done, calls = calls_during(world, "retry")
    assert (done.code, calls, done.json["created"]) == (0, 3, 5)
    assert leads_of(world, rows) == 5
    assert (world.folder / "list.results.csv").exists()


def test_retry_does_not_send_again_what_was_refused_unless_it_is_asked_to(world: World) -> None:
    rows = people(5)
    rows[1][2] = BAD
    rows[2][2] = rows[0][2].upper()  # row 4: a duplicate of row 2
    rows[3] = ["", "", "", "", "Pune"]
    world.create(FirstName="Somebody", EmailAddress=rows[4][2])
    run(world, world.write_csv("list.csv", rows))
    before = {2: "created", 3: "rejected", 4: "duplicate", 5: "invalid", 6: "duplicate"}
    assert statuses(world) == before
    done, calls = calls_during(world, "retry")
    assert (done.code, calls) == (1, 0)
    done, calls = calls_during(world, "retry", "1", "--status", "rejected")
    assert (done.code, calls) == (1, 1)
    assert "sent again: 1 row of job 1" in done.err.splitlines()
    done, calls = calls_during(world, "retry", "--status", "duplicate, rejected")
    assert (done.code, calls) == (1, 2), "row 4 needs no call"
    assert statuses(world) == before


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("in_doubt", "decide on them first: importer resolve"),
        ("created", "they are in the account"),
        ("updated", "they are in the account"),
        (
            "skipped",
            "the same row, or its lead, is there already, or they are left out",
        ),
        ("invalid", "mend those rows in the reject file, and run it"),
    ],
)
def test_rows_that_must_not_be_sent_again_are_refused(world: World, status: str, why: str) -> None:
    run(world, world.write_csv("list.csv", people(1)))
    done, calls = calls_during(world, "retry", "--status", f"rejected,{status}")
    assert (done.code, calls) == (2, 0)
    assert done.json["error"] == {
        "what": f"rows that are {status} are not sent again: {why}",
        "where": None,
        "fix": "use one of: duplicate, rejected, deleted, failed",
    }


def test_a_status_that_is_none_is_refused(world: World) -> None:
    run(world, world.write_csv("list.csv", people(1)))
    done, _ = calls_during(world, "retry", "--status", "bad")
    assert (done.code, done.json["error"]["what"]) == (2, 'there is no status "bad"')


def test_failed_rows_are_sent_again_by_retry_alone(tmp_path: Path) -> None:
    with sandbox("--limit", "none", "--fault", "bare500=100%") as keys:
        world = World(tmp_path, keys, IMPORTER_TRIES="1")
        rows = people(1)
        file = world.write_csv("list.csv", rows)
        first, _ = run(world, file)
        assert (first.code, first.json["failed"]) == (1, 1)
        assert not (tmp_path / "list.rejects.csv").exists()
        again, calls = run(world, file)
        assert (again.code, calls) == (1, 0)
        retried, calls = calls_during(world, "retry")
        assert (retried.code, calls) == (1, 1)
        assert "sent again: 1 row of job 1" in retried.err
        done = world.importer("rejects", "--failed", "--json")
        assert done.code == 0
        assert [row["Import Row"] for row in world.read_csv(tmp_path / "list.rejects.csv")] == ["2"]


def test_a_job_of_another_account_is_refused_and_nothing_is_sent(
    world: World, tmp_path: Path
) -> None:
    rows = people(3)
    run(world, world.write_csv("list.csv", rows), "--limit", 1)
    account = world.journal("SELECT account FROM job")[0][0]
    with sandbox("--limit", "none") as keys:
        other = World(tmp_path, keys)
        done, calls = calls_during(other, "retry")
        assert other.leads() == []
    assert (done.code, calls) == (2, 0)
    assert done.json["error"]["what"].startswith(f"job 1 belongs to the account {account}, and")
    assert statuses(world) == {2: "created", 3: "pending", 4: "pending"}


@pytest.mark.parametrize("command", ["retry", "rejects", "results"])
def test_without_a_journal_or_with_an_unknown_job_nothing_is_made(
    world: World, command: str
) -> None:
    done = world.importer(command, "--json")
    assert (done.code, done.json["error"]["what"]) == (2, "there is no journal yet")
    assert not (world.folder / "importer.db").exists()
    run(world, world.write_csv("list.csv", people(1)))
    done = world.importer(command, "7", "--json")
    assert (done.code, done.json["error"]["what"]) == (2, 'the journal has no job "7"')


def test_rejects_and_results_are_written_from_the_journal_alone(
    world: World, tmp_path: Path
) -> None:
    rows = people(3)
    rows[1][2] = BAD
    file = world.write_csv("list.csv", rows)
    key = run(world, file)[0].json["key"]
    expected = {
        name: (tmp_path / name).read_bytes() for name in ("list.rejects.csv", "list.results.csv")
    }
    for name in ("list.csv", *expected):
        (tmp_path / name).unlink()
    assert world.importer("rejects", key).code == 0
    assert world.importer("results", "1", "--json").code == 0
    assert {name: (tmp_path / name).read_bytes() for name in expected} == expected


def test_a_job_that_is_purged_while_a_command_waits_for_it_is_refused(tmp_path: Path) -> None:
    """It looks again once it holds the job's lock."""
    path = tmp_path / "importer.db"
    with Journal(path, create=True) as journal:
        make_job(journal, [person("A")])
    with session_on(path) as (session, _):
        job = session.job = session.journal.find_job(None)
        session.journal.execute("UPDATE job SET state = 'purged', purged_at = 1")
        with (
            pytest.raises(JournalError, match="job 1 was purged on 1970-01-01"),
            working_on(session, job.key),
        ):
            raise AssertionError("nothing is done with it")
        with session.journal.transaction():
            session.journal.set_state(job, JobState.FINISHED, 2)
        assert session.journal.job(1).state is JobState.PURGED
    assert [each.name for each in tmp_path.glob("*.csv")] == []
