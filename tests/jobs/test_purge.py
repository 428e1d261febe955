import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from importer.jobs.purge import purge_jobs
from importer.jobs.recipes import Builders
from importer.jobs.session import Session
from importer.journal.fingerprints import Fingerprints
from importer.journal.journal import Journal
from importer.journal.lock import held
from importer.journal.rows import Rows
from importer.model import JobSummary, Lead, Progress
from importer.shown import PurgeReport
from tests.acceptance.world import HEADER, Done, World, sandbox
from tests.jobs.lists import BAD, calls_during, leads_of, people, repair, run, write_rejects

DAY_MS = 86_400_000


def damage(world: World, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(world.folder / "importer.db")) as db:
        db.execute(sql, values)
        db.commit()


def purge(world: World, *arguments: object) -> Done:
    return world.importer("purge", *arguments, "--json")


def imported(world: World, name: str = "list.csv") -> list[list[str]]:
    """Rows 2 to 6: 3 rejected, 4 a duplicate in the account, 5 invalid."""
    rows = people(5)
    rows[1][2] = BAD
    rows[2][3] = "+91-9876512345"
    rows[3] = ["", "", "", "", "Timbuktu"]
    world.create(FirstName="Somebody", EmailAddress=rows[2][2])
    run(world, world.write_csv(name, rows))
    return rows


def bytes_of(world: World) -> bytes:
    names = ("importer.db", "importer.db-wal", "importer.db-shm")
    files = [world.folder / name for name in names]
    return b"".join(path.read_bytes() for path in files if path.exists())


def texts_of(world: World) -> list[bytes]:
    """What the journal must not hold after: each cell, Id, and the vendor's words."""
    sql = "SELECT lead_id, existing_lead_id, reason, field FROM row_readable"
    found: list[str] = [text for row in world.journal(sql) for text in row if text]
    ids = [bytes(each) for (each,) in world.journal("SELECT lead_id FROM row") if each]
    return [text.encode() for text in found if "-" in text or " " in text] + ids


class Person:
    """Answers the question, and remembers it."""

    def __init__(self, answer: bool) -> None:
        self.answer = answer
        self.questions: list[str] = []

    def __call__(self, question: Sequence[str]) -> bool:
        self.questions.append("\n".join(question))
        return self.answer


class Silent:
    def say(self, text: str) -> None: ...
    def stored(self, rows: int) -> None: ...
    def progress(self, progress: Progress, summary: JobSummary) -> None: ...


def asked(world: World, person: Person, job: str | None, age: str | None = None) -> PurgeReport:
    with Session(Silent(), str(world.folder / "importer.db")) as session:
        session.begin({})
        purge_jobs(session, job, age, confirm=person)
        assert session.exit_code == 0
        assert isinstance(session.shown, PurgeReport)
        return session.shown


# What goes, and what stays


def test_nothing_of_a_purged_job_is_left_in_the_journals_bytes(world: World) -> None:
    rows = imported(world)
    repair(world, write_rejects(world.folder / "mended.csv", [
        {**dict.fromkeys(HEADER, ""), "First Name": "Addedname", "Email": "added@example.com",
         "Import Job": world.journal("SELECT key FROM job")[0][0]},
    ]))  # fmt: skip
    damage(world, "INSERT INTO decision (row, number, at, what, detail)"
           " VALUES (?, 1, 1, 'mark_created', 'the Id is 4711-0815')", (1 << 32) + 2)  # fmt: skip
    texts = [
        *texts_of(world), b"Addedname", b"added@example.com", b"4711-0815", b"9876512345",
        b"Timbuktu", *(cell.encode() for row in rows for cell in row[:3] if cell),
    ]  # fmt: skip
    assert [text for text in texts if text in bytes_of(world)] != []
    before = world.journal("SELECT key, file, ended_at, mapping FROM job")
    attempts = world.journal("SELECT * FROM attempt ORDER BY row, number")
    counts = world.journal("SELECT * FROM count")
    done = purge(world, "1", "--yes")
    assert (done.code, done.json["state"], done.json["rows"]) == (0, "purged", 6)
    assert [text for text in texts if text in bytes_of(world)] == []
    assert world.journal("SELECT key, file, ended_at, mapping FROM job") == before
    assert world.journal("SELECT * FROM attempt ORDER BY row, number") == attempts
    assert world.journal("SELECT * FROM count") == counts
    assert world.journal("SELECT purged_at IS NULL FROM job") == [(0,)]


def test_files_that_still_hold_rows_are_named_and_left(world: World) -> None:
    imported(world)
    folder = world.folder
    (folder / "list.rejects.csv").write_text("mended")
    world.importer("results", "--out", "gone")
    (folder / "gone" / "list.results.csv").unlink()
    names = ["list.csv", "list.results.csv", "list.rejects.csv"]
    done = purge(world, "1", "--yes")
    assert done.json["purge"] == {
        "jobs": [1], "left": [], "files": [str(folder / name) for name in names]
    }  # fmt: skip
    assert all((folder / name).exists() for name in names)


def test_the_lines_for_a_person_name_the_job_and_the_files(world: World) -> None:
    imported(world)
    for name in ("list.csv", "list.results.csv"):
        (world.folder / name).unlink()
    lines = world.importer("purge", "1", "--yes").out.splitlines()
    assert lines[:2] == [
        "purged: job 1 (list.csv)",
        f"still on disk, with its rows: {world.folder / 'list.rejects.csv'}",
    ]


def test_exactly_the_fingerprints_of_accepted_rows_stay_as_they_are_now(world: World) -> None:
    rows = imported(world)
    key = world.journal("SELECT key FROM job")[0][0]
    mended = dict(zip(HEADER, rows[1], strict=True)) | {"Email": "mended.one@example.com"}
    ours = {"Import Row": "3", "Import Job": key}
    repair(world, write_rejects(world.folder / "mended.csv", [mended | ours]))
    damage(world, "DELETE FROM fingerprint WHERE row = ?", (1 << 32) + 6)
    with Journal(world.folder / "importer.db") as journal:
        job = journal.job(1)
        builders, marks = Builders(journal, job), Fingerprints(journal, job.identity.account)
        leads = {row.number: builders.build(row) for row in Rows(journal, job).all()}
        wanted = {
            (marks.of(lead), (1 << 32) + number)
            for number, lead in leads.items()
            if isinstance(lead, Lead) and number in (2, 3, 6)
        }
    stored = set(world.journal("SELECT value, row FROM fingerprint"))
    assert len(wanted) == 3
    assert stored - wanted != set(), "those of refused rows, and of row 3 before it was mended"
    assert purge(world, "1", "--yes").code == 0
    assert set(world.journal("SELECT value, row FROM fingerprint")) == wanted


def test_a_row_of_a_purged_job_is_known_in_a_later_file(world: World) -> None:
    rows = people(3)
    run(world, world.write_csv("list.csv", rows))
    purge(world, "1", "--yes")
    done, calls = run(world, world.write_csv("grown.csv", [*rows, *people(1)]))
    assert (done.code, calls, done.json["skipped"], done.json["created"]) == (0, 1, 3, 1)
    assert leads_of(world, rows) == 3


def test_a_purged_job_is_packed_again_and_that_is_said(world: World) -> None:
    imported(world)
    purge(world, "1", "--yes")
    done = world.importer("purge", "1", "--json")
    assert (done.code, done.json["purge"]["jobs"]) == (0, [1]), "nothing is left to ask about"
    assert "job 1 was purged before; the journal was packed again" in done.err


def test_a_purge_that_was_killed_before_the_packing_is_packed_by_the_next(world: World) -> None:
    run(world, world.write_csv("list.csv", people(300)))
    damage(world, "DELETE FROM row")
    damage(world, "DELETE FROM block")
    damage(world, "UPDATE job SET state = 'purged', purged_at = 1")
    assert world.journal("PRAGMA freelist_count")[0][0] > 0
    done = purge(world, "--older-than", "90d", "--yes")
    assert (done.code, done.json["purge"]["jobs"]) == (0, [])
    assert world.journal("PRAGMA freelist_count") == [(0,)]


# The question


def test_the_question_names_what_goes_and_what_can_not_be_done_after(tmp_path: Path) -> None:
    with sandbox("--limit", "none", "--fault", "bare500=100%") as keys:
        world = World(tmp_path, keys, IMPORTER_TRIES="1")
        run(world, world.write_csv("list.csv", people(3)))
    damage(world, "UPDATE row SET status = 'in_doubt' WHERE id = ?", (1 << 32) + 2)
    damage(world, "UPDATE count SET rows = CASE status WHEN 'failed' THEN 2 ELSE 1 END"
           " WHERE status IN ('failed', 'in_doubt')")  # fmt: skip
    person = Person(answer=False)
    assert asked(world, person, "1") == PurgeReport((), [], ())
    assert person.questions == [
        "These leave the journal for good:\n"
        "  job 1 (list.csv), 3 rows\n"
        "Cells, lead Ids and reasons go; counts, the mapping, the times of calls and the"
        " fingerprints of accepted rows stay. Leads in the account are left as they are.\n"
        "  job 1: 1 in_doubt and 2 failed can't be resolved or sent again after\n"
        "Purge?"
    ]
    assert world.journal("SELECT state, purged_at FROM job") == [("finished", None)]
    assert world.journal("SELECT count(*) FROM row") == [(3,)]
    person.answer = True
    assert asked(world, person, "1").jobs == [(1, "list.csv")]
    assert world.journal("SELECT count(*) FROM row") == [(0,)]


def test_without_a_person_and_yes_nothing_is_purged(world: World) -> None:
    imported(world)
    done = purge(world, "1")
    assert (done.code, done.json["error"]["fix"]) == (2, "give --yes, if that is meant")
    assert world.journal("SELECT count(*) FROM row") == [(5,)]


# What is refused


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ((), "purge needs a job or an age"),
        (("1", "--older-than", "90d"), "purge needs a job or an age, and both were given"),
        (("--older-than", "90"), 'this is no number of days: "90"'),
        (("--older-than", "3w"), 'this is no number of days: "3w"'),
        (("--older-than", "-1d"), 'this is no number of days: "-1d"'),
        (("--older-than", "٣d"), 'this is no number of days: "٣d"'),
        (("--older-than", ""), 'this is no number of days: ""'),
        (("9",), 'the journal has no job "9"'),
    ],
)
def test_what_is_not_meant_clearly_is_refused(
    world: World, arguments: Iterable[str], what: str
) -> None:
    run(world, world.write_csv("list.csv", people(1)))
    done = purge(world, *arguments, "--yes")
    assert (done.code, done.json["error"]["what"]) == (2, what)
    assert world.journal("SELECT state FROM job") == [("finished",)]


def test_a_job_with_open_rows_is_refused_with_the_ways_out(world: World) -> None:
    run(world, world.write_csv("list.csv", people(3)), "--limit", 1)
    done = purge(world, "1", "--yes")
    assert (done.code, done.json["error"]) == (2, {
        "what": "job 1 has 2 rows whose sending is not finished",
        "where": str(world.folder / "list.csv"),
        "fix": "finish it: importer retry 1; or give them up: importer cancel 1",
    })  # fmt: skip
    calls_during(world, "retry", "1")
    assert purge(world, "1", "--yes").code == 0


def test_while_any_job_of_the_journal_is_at_work_nothing_is_purged(world: World) -> None:
    imported(world)
    run(world, world.write_csv("other.csv", people(1)))
    key = world.journal("SELECT key FROM job WHERE number = 2")[0][0]
    with held(world.folder / "importer.db", f"job-{key}"):
        done = purge(world, "1", "--yes")
    assert (done.code, done.json["error"]["what"]) == (
        75, f"another importer is at work on job {key} of this journal"
    )  # fmt: skip
    assert world.journal("SELECT state FROM job") == [("finished",), ("finished",)]


def test_a_job_that_began_while_the_person_thought_is_not_purged(world: World) -> None:
    imported(world)

    def meanwhile(_: str) -> bool:
        damage(world, "UPDATE row SET status = 'pending' WHERE id = ?", (1 << 32) + 3)
        damage(world, "UPDATE count SET rows = (status = 'pending')"
               " WHERE status IN ('pending', 'rejected')")  # fmt: skip
        return True

    person: Any = meanwhile
    with pytest.raises(Exception, match="job 1 has 1 row whose sending is not finished"):
        asked(world, person, "1")
    assert world.journal("SELECT count(*) FROM row") == [(5,)]


# By age


def test_only_finished_jobs_that_ended_so_long_ago_go(world: World) -> None:
    for name in ("one.csv", "two.csv", "new.csv"):
        run(world, world.write_csv(name, people(2)))
    run(world, world.write_csv("open.csv", people(2)), "--limit", 1)
    run(world, world.write_csv("half.csv", people(2)))
    damage(world, "UPDATE job SET state = 'staging', ended_at = NULL WHERE number = 5")
    # Job 2 has no end, as one that a kill left; its start counts.
    damage(world, "UPDATE job SET ended_at = NULL WHERE number = 2")
    old = 10 * DAY_MS
    damage(world, "UPDATE job SET started_at = started_at - ?, ended_at = ended_at - ?"
           " WHERE number <> 3", old, old)  # fmt: skip
    damage(world, "UPDATE job SET started_at = started_at - ? WHERE number = 3", old)
    assert purge(world, "--older-than", "11d", "--yes").json["purge"]["jobs"] == []
    done = purge(world, "--older-than", "9d", "--yes")
    assert (done.code, done.json["purge"]["jobs"], done.json["purge"]["left"]) == (0, [1, 2], [
        {"job": 4, "why": "1 row of it are open"},
        {"job": 5, "why": "not all of its rows are stored: importer purge 5"},
    ])  # fmt: skip
    states = world.journal("SELECT state FROM job ORDER BY number")
    assert [state for (state,) in states] == ["purged", "purged", "finished", "open", "staging"]
    assert world.journal("SELECT DISTINCT id >> 32 FROM row ORDER BY 1") == [(3,), (4,), (5,)]


def test_zero_days_are_all_finished_jobs(world: World) -> None:
    for name in ("one.csv", "two.csv"):
        run(world, world.write_csv(name, people(1)))
    assert purge(world, "--older-than", "0d", "--yes").json["purge"]["jobs"] == [1, 2]
    again = purge(world, "--older-than", "0d", "--yes")
    assert (again.code, again.json["purge"]["jobs"]) == (0, [])


def test_a_job_that_was_not_stored_whole_is_forgotten_and_its_file_can_be_run(
    world: World,
) -> None:
    rows = people(2)
    file = world.write_csv("list.csv", rows)
    run(world, file, "--limit", 1)
    damage(world, "UPDATE job SET state = 'staging'")
    damage(world, "DELETE FROM attempt")
    done = purge(world, "1", "--yes")
    assert (done.code, done.json["purge"]["jobs"], done.json["state"]) == (0, [1], None)
    assert texts_of(world) == []
    assert world.importer("status", "--json").json["jobs"] == []
    again, _ = run(world, file)
    assert (again.json["job"], again.json["state"], again.json["rows"]) == (1, "finished", 2)
