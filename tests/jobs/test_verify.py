"""Real runs against the sandbox; then journals, files and leads are damaged, and verify tells."""

import csv
import hashlib
import json
import shutil
import sqlite3
import urllib.request
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from importer.journal.lock import held
from tests.acceptance.world import PATIENCE_S, Done, World, sandbox
from tests.jobs.lists import BAD, calls_during, leads_of, people, run

LOCAL = ("counts", "rows", "states", "lead Ids", "one row a lead", "calls")
FILES = ("results file", "reject file")
REMOTE = ("leads in the account", "values in the account")
ALTERED = (
    "something else than the importer has changed the journal, or its disk has: put back a copy"
    " from before, or send these lines to the importer's makers"
)


def imported(world: World, *, bad: bool = True) -> list[list[str]]:
    """A job of rows 2 to 9: 3 rejected, 4 a duplicate of 2, 5 invalid; or all created."""
    rows = people(8)
    if bad:
        rows[1][2] = BAD
        rows[2][2] = rows[0][2]
        rows[3] = ["", "", "", "", "Pune"]
    done, _ = run(world, world.write_csv("list.csv", rows))
    assert done.code == (1 if bad else 0), done.err
    return rows


def damage(world: World, sql: str, *values: object) -> int:
    with closing(sqlite3.connect(world.folder / "importer.db")) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        changed = db.execute(sql, values).rowcount
        db.commit()
    return changed


def verify(world: World, *arguments: object) -> tuple[Done, dict[str, Any]]:
    done = world.importer("verify", *arguments, "--json")
    return done, done.json["verify"]


def failed(found: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each["found"] for each in found["checks"] if not each["holds"]}


def row_id(number: int) -> int:
    return (1 << 32) + number


def results_of(world: World) -> Path:
    return world.folder / "list.results.csv"


def rejects_of(world: World) -> Path:
    return world.folder / "list.rejects.csv"


def rewrite(world: World, path: Path, lines: Sequence[str]) -> None:
    """Change a file, and let the journal take it for ours."""
    path.write_text("".join(lines), encoding="utf-8-sig", newline="")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert damage(world, "UPDATE output SET sha256 = ? WHERE path = ?", digest, str(path)) == 1


def lines_of(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8-sig").splitlines(keepends=True)


# What holds


def test_a_finished_job_holds_and_the_whole_answer_says_what_was_counted(world: World) -> None:
    imported(world)
    done, found = verify(world)
    assert (done.code, done.json["exit"], done.json["job"]) == (0, 0, 1)
    assert found == {
        "holds": True,
        "checks": [
            {"name": name, "holds": True, "found": said, "fix": None}
            for name, said in {
                "counts": "8 rows: created 5, duplicate 1, invalid 1, rejected 1",
                "rows": "8 rows of the file",
                "states": "8 rows ended, 0 open",
                "lead Ids": "5 accepted rows, each with one",
                "one row a lead": "no Id stands at two rows of the journal",
                "calls": "5 rows accepted or sending, each by a call",
                "results file": f"says the same of every row: {results_of(world)}",
                "reject file": f"says the same of every row: {rejects_of(world)}",
            }.items()
        ],
        "notes": [],
    }


def test_the_lines_for_a_person_end_with_what_holds(world: World) -> None:
    imported(world)
    right = world.importer("verify").out.splitlines()
    assert right[0] == "  holds  counts: 8 rows: created 5, duplicate 1, invalid 1, rejected 1"
    assert right[8] == "all hold"
    damage(world, "UPDATE count SET rows = 6 WHERE status = 'created'")
    wrong = world.importer("verify")
    assert wrong.code == 1
    assert wrong.out.splitlines()[:2] == [
        "  DOES NOT HOLD  counts: created: 6 counted, 5 rows",
        f"    fix: {ALTERED}",
    ]
    assert "1 of 8 do not hold" in wrong.out.splitlines()


def test_verify_changes_nothing(world: World) -> None:
    imported(world)
    before = {path: path.read_bytes() for path in world.folder.glob("list.*")}
    rows = world.journal("SELECT * FROM row_readable")
    verify(world)
    assert {path: path.read_bytes() for path in world.folder.glob("list.*")} == before
    assert world.journal("SELECT * FROM row_readable") == rows


def test_a_job_that_is_open_holds_and_owes_no_results_file(world: World) -> None:
    run(world, world.write_csv("list.csv", people(4)), "--limit", 1)
    done, found = verify(world)
    assert (done.code, found["notes"]) == (0, [])
    assert [each["name"] for each in found["checks"]] == [*LOCAL]
    assert found["checks"][2]["found"] == "1 row ended, 3 open"


def test_a_job_after_a_repair_holds_with_the_rows_that_it_added(world: World) -> None:
    imported(world)
    path = rejects_of(world)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    rows[1][2] = people(1)[0][2]
    rows.append([*people(1)[0], *[""] * 5, rows[1][-1]])
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    calls_during(world, "run", path)
    done, found = verify(world)
    assert (done.code, failed(found)) == (0, {})
    assert found["checks"][1]["found"] == "8 rows of the file and 1 added by a repair"
    assert found["notes"] == [f"reject file: changed since it was written: {path}"]
    assert found["checks"][-1]["found"].endswith("list.rejects-2.csv")


# Damaged journals


@pytest.mark.parametrize(
    ("sql", "values", "said"),
    [
        ("DELETE FROM row WHERE id = ?", (row_id(6),), {
            "counts": "created: 5 counted, 4 rows",
            "rows": "lines of the file without a row: row 6",
            "results file": "does not say what the journal says: row 6 ({results})",
        }),
        ("INSERT INTO row (id, status) VALUES (?, 'skipped')", (row_id(77),), {
            "counts": "skipped: 0 counted, 1 rows",
            "rows": "rows that are in no file: row 77",
            "results file": "does not say what the journal says: row 77 ({results})",
        }),
        ("UPDATE count SET rows = 4 WHERE status = 'created'", (), {
            "counts": "created: 4 counted, 5 rows",
        }),
        ("UPDATE count SET rows = rows + CASE status WHEN 'created' THEN 1 ELSE -1 END"
         " WHERE status IN ('created', 'rejected')", (), {
            "counts": "created: 6 counted, 5 rows, rejected: 0 counted, 1 rows",
        }),
        ("UPDATE row SET status = 'lost' WHERE id = ?", (row_id(6),), {
            "counts": "created: 5 counted, 4 rows, lost: 0 counted, 1 rows",
            "states": '1 row "lost"',
            "results file": "does not say what the journal says: row 6 ({results})",
        }),
        ("UPDATE row SET lead_id = NULL WHERE id = ?", (row_id(6),), {
            "lead Ids": "accepted without an Id: row 6",
            "results file": "does not say what the journal says: row 6 ({results})",
        }),
        ("UPDATE row SET lead_id = randomblob(16) WHERE id IN (?, ?)", (row_id(3), row_id(5)), {
            "lead Ids": "not accepted, with an Id: row 3, 5",
            "results file": "does not say what the journal says: row 3, 5 ({results})",
        }),
        ("DELETE FROM attempt WHERE row = ?", (row_id(6),), {
            "calls": "sending or accepted without a call: row 6",
        }),
        ("UPDATE block SET cells = x'53'", (), {
            "rows": "rows that are in no file: {all}; lines that can't be read from: row 2",
        }),
    ],
)  # fmt: skip
def test_a_damaged_journal_is_found_out(
    world: World, sql: str, values: tuple[object, ...], said: dict[str, str]
) -> None:
    imported(world)
    assert damage(world, sql, *values) >= 1
    done, found = verify(world)
    assert done.code == 1
    results = results_of(world)
    if "{all}" in str(said):
        assert failed(found).keys() == said.keys()
        return
    assert failed(found) == {name: text.format(results=results) for name, text in said.items()}
    fixes = {each["name"]: each["fix"] for each in found["checks"] if not each["holds"]}
    assert fixes.pop("results file", "importer results 1") == "importer results 1"
    assert set(fixes.values()) == {ALTERED}


def test_an_id_at_two_rows_is_found_out(world: World) -> None:
    imported(world)
    damage(world, "DROP INDEX row_lead")
    sql = "UPDATE row SET lead_id = (SELECT lead_id FROM row WHERE id = ?) WHERE id = ?"
    damage(world, sql, row_id(2), row_id(6))
    done, found = verify(world)
    assert (done.code, failed(found)) == (1, {
        "one row a lead": "row 2 of job 1 and row 6 of job 1",
        "results file": f"does not say what the journal says: row 6 ({results_of(world)})",
    })  # fmt: skip


def test_a_row_in_sending_without_a_call_is_found_out(world: World) -> None:
    run(world, world.write_csv("list.csv", people(3)), "--limit", 1)
    damage(world, "UPDATE row SET status = 'sending' WHERE id = ?", row_id(4))
    damage(world, "UPDATE count SET rows = 1 WHERE status IN ('sending', 'pending')")
    done, found = verify(world)
    assert (done.code, failed(found)) == (1, {
        "calls": "sending or accepted without a call: row 4",
    })  # fmt: skip


def test_a_journal_whose_pages_are_damaged_is_an_error_and_no_bug(world: World) -> None:
    run(world, world.write_csv("list.csv", people(400)))
    path = world.folder / "importer.db"
    with closing(sqlite3.connect(path)) as db:
        page = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'attempt'").fetchone()[0]
        size = db.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(data)
    done = world.importer("verify", "--json")
    assert (done.code, "verify" in done.json) == (2, False)
    assert done.json["error"]["what"].startswith("the journal is damaged")


# Files


@pytest.mark.parametrize("path_of", [results_of, rejects_of])
def test_files_that_a_person_edited_or_moved_are_named_and_fail_nothing(
    world: World, path_of: Any
) -> None:
    imported(world)
    path = path_of(world)
    name = "results file" if path_of is results_of else "reject file"
    with path.open("a") as file:
        file.write("\r\n")
    done, found = verify(world)
    assert (done.code, failed(found)) == (0, {})
    assert found["notes"] == [f"{name}: changed since it was written: {path}"]
    path.rename(path.with_name("mine.csv"))
    done, found = verify(world)
    assert (done.code, found["notes"]) == (
        0, [f"{name}: moved or removed since it was written: {path}"]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        (lambda lines: lines[:3] + lines[4:], "row 4"),
        (lambda lines: [*lines[:4], lines[3], *lines[4:]], "row 4"),
        (lambda lines: [line.replace("created", "skipped") for line in lines], "row 2, 6, 7, 8, 9"),
        (lambda lines: [*lines, lines[2].replace(",3,", ",99,")], "row 99"),
        (lambda lines: lines[:1], "row 2, 3, 4, 5, 6, 7, 8, 9"),
        (lambda lines: [*lines, "cut off"], "row 0"),
    ],
)
def test_a_results_file_that_is_ours_and_wrong_is_found_out(
    world: World, change: Any, rows: str
) -> None:
    imported(world)
    path = results_of(world)
    rewrite(world, path, change(lines_of(path)))
    done, found = verify(world)
    assert (done.code, failed(found)) == (
        1, {"results file": f"does not say what the journal says: {rows} ({path})"}
    )  # fmt: skip
    assert world.importer("results", "1").code == 0
    assert verify(world)[0].code == 0, "the fix mends it"


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        (lambda lines: [lines[0], *lines[2:]], "row 3"),
        (lambda lines: [*lines, lines[-1]], "row 5"),
        (lambda lines: [*lines, lines[-1].replace(",5,", ",6,")], "row 6"),
        (lambda lines: [line.rpartition(",")[0] + ",0123456789ab\r\n" for line in lines],
         "row 3, 4, 5"),
    ],
)  # fmt: skip
def test_a_reject_file_that_is_ours_and_wrong_is_found_out(
    world: World, change: Any, rows: str
) -> None:
    imported(world)
    path = rejects_of(world)
    rewrite(world, path, change(lines_of(path)))
    done, found = verify(world)
    assert (done.code, failed(found)) == (
        1, {"reject file": f"does not say what the journal says: {rows} ({path})"}
    )  # fmt: skip
    assert world.importer("rejects", "1").code == 0
    assert verify(world)[0].code == 0, "the fix mends it"


def test_a_reject_file_where_nothing_is_refused_is_found_out(world: World) -> None:
    imported(world, bad=False)
    path = rejects_of(world)
    path.write_text("x\r\n,,,,,No,,,,2,abc\r\n")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    sql = "INSERT INTO output (job, kind, path, sha256) VALUES (1, 'rejects', ?, ?)"
    damage(world, sql, str(path), digest)
    done, found = verify(world)
    assert (done.code, list(failed(found))) == (1, ["reject file"])
    world.importer("rejects", "1")
    assert not path.exists()
    assert verify(world)[0].code == 0


def test_a_reject_file_with_failed_rows_holds_and_one_without_some_of_them_does_not(
    tmp_path: Path,
) -> None:
    with sandbox("--limit", "none", "--fault", "bare500=100%") as keys:
        world = World(tmp_path, keys, IMPORTER_TRIES="1")
        rows = [*people(3), ["", "", "", "", "Pune"]]
        run(world, world.write_csv("list.csv", rows))
    done, found = verify(world)
    assert (done.code, found["checks"][0]["found"]) == (0, "4 rows: failed 3, invalid 1")
    world.importer("rejects", "--failed")
    assert verify(world)[0].code == 0
    path = rejects_of(world)
    rewrite(world, path, lines_of(path)[:2] + lines_of(path)[3:])
    assert list(failed(verify(world)[1])) == ["reject file"]


def test_a_file_that_the_job_left_behind_is_found_out_and_older_ones_are_notes(
    world: World,
) -> None:
    """The retry writes elsewhere; then its files are taken away."""
    rows = imported(world)
    world.create(FirstName="Nobody", EmailAddress="nobody@example.com")
    old = results_of(world), rejects_of(world)
    calls_during(world, "retry", "1", "--status", "rejected", "--out", "out")
    done, found = verify(world)
    assert (done.code, failed(found)) == (0, {})
    assert found["notes"] == [
        f"results file: not the newest, and not compared: {old[0]}",
        f"reject file: not the newest, and not compared: {old[1]}",
    ]
    damage(world, "DELETE FROM output WHERE path LIKE '%/out/%'")
    sql = "UPDATE row SET status = 'skipped', changed_at = changed_at + 60000 WHERE id = ?"
    damage(world, sql, row_id(3))
    damage(world, "UPDATE count SET rows = (status = 'skipped')"
           " WHERE status IN ('skipped', 'rejected')")  # fmt: skip
    done, found = verify(world)
    assert (done.code, failed(found)) == (1, {
        "results file": f"older than its rows: row 3 ({old[0]})",
        "reject file": f"older than its rows: row 3 ({old[1]})",
    })  # fmt: skip
    assert len(rows) == 8


def test_a_results_file_of_before_a_job_went_on_is_a_note(world: World) -> None:
    imported(world)
    sql = "UPDATE row SET status = 'pending', changed_at = changed_at + 60000 WHERE id = ?"
    damage(world, sql, row_id(3))
    damage(world, "UPDATE count SET rows = (status = 'pending')"
           " WHERE status IN ('pending', 'rejected')")  # fmt: skip
    done, found = verify(world)
    assert (done.code, failed(found)) == (0, {})
    assert found["notes"] == [
        f"{name}: 1 row went on after it was written: {path}"
        for name, path in zip(FILES, (results_of(world), rejects_of(world)), strict=True)
    ]


def test_a_file_that_was_never_written_is_a_note(world: World) -> None:
    imported(world)
    damage(world, "DELETE FROM output")
    done, found = verify(world)
    assert (done.code, found["notes"]) == (0, [
        "results file: none was written yet: importer results 1",
        "reject file: none was written yet: importer rejects 1",
    ])  # fmt: skip


# Not now, and not here


def test_a_job_at_work_is_not_verified(world: World) -> None:
    imported(world)
    ((key,),) = world.journal("SELECT key FROM job")
    with held(world.folder / "importer.db", f"job-{key}"):
        done = world.importer("verify", "--json")
    assert (done.code, "verify" in done.json) == (75, False)
    assert done.json["error"]["what"] == f"another importer is at work on job {key} of this journal"


def test_a_job_that_is_not_stored_whole_is_verified_as_far_as_it_is(world: World) -> None:
    imported(world)
    damage(world, "UPDATE job SET state = 'staging'")
    done, found = verify(world)
    assert (done.code, [each["name"] for each in found["checks"]]) == (0, [*LOCAL])
    assert found["notes"] == ["not all rows of the file are stored: run it again to store the rest"]


def test_the_fix_names_the_journal_where_the_person_did(world: World, tmp_path: Path) -> None:
    imported(world)
    rewrite(world, results_of(world), lines_of(results_of(world))[:-1])
    shutil.copy(world.folder / "importer.db", tmp_path / "my journal.db")
    _, found = verify(world, "1", "--journal", "my journal.db")
    assert [each["fix"] for each in found["checks"] if not each["holds"]] == [
        "importer results 1 --journal 'my journal.db'"
    ]


# In the account


def call(world: World, path: str, body: object = None) -> None:
    request = urllib.request.Request(
        f"{world.host}/v2/LeadManagement.svc/{path}",
        None if body is None else json.dumps(body).encode(),
        {
            "Content-Type": "application/json",
            "x-LSQ-AccessKey": world.environment["LSQ_ACCESS_KEY"],
            "x-LSQ-SecretKey": world.environment["LSQ_SECRET_KEY"],
        },
    )
    urllib.request.urlopen(request, timeout=PATIENCE_S).close()


def change(world: World, lead_id: str, **values: str) -> None:
    body = [{"Attribute": name, "Value": value} for name, value in values.items()]
    call(world, f"Lead.Update?leadId={lead_id}", body)


def delete(world: World, lead_id: str) -> None:
    call(world, f"Lead/Delete/ById?leadId={lead_id}")


def remote(world: World, *arguments: object) -> tuple[Done, dict[str, Any]]:
    return verify(world, "--remote", "--rate", "none", *arguments)


def lead_of(world: World, number: int) -> str:
    sql = f"SELECT lead_id FROM row_readable WHERE row = {number}"
    return str(world.journal(sql)[0][0])


def test_leads_that_are_there_as_they_were_sent_hold(world: World) -> None:
    rows = imported(world)
    done, found = remote(world)
    assert (done.code, failed(found), found["notes"]) == (0, {}, [])
    assert [(each["name"], each["found"]) for each in found["checks"][-2:]] == [
        ("leads in the account", "5 leads of 5"),
        ("values in the account", "5 leads of 5 as sent"),
    ]
    assert leads_of(world, rows) == 5


def test_leads_that_are_gone_or_altered_are_found_and_no_value_is_shown(world: World) -> None:
    rows = imported(world)
    delete(world, lead_of(world, 6))
    change(world, lead_of(world, 7), mx_City="Mumbai", LastName="Secret")
    change(world, lead_of(world, 8), mx_City="")
    done, found = remote(world)
    assert (done.code, failed(found)) == (1, {
        "leads in the account": "1 lead of 5 not there: row 6",
        "values in the account": "otherwise than sent: LastName: row 7; mx_City: row 7, 8",
    })  # fmt: skip
    assert [each["fix"] for each in found["checks"][-2:]] == [
        "they were deleted or merged there since; the Id that it had shows:"
        " importer status 1 --row 6",
        "they were changed there since, or are stored otherwise; what was sent shows:"
        " importer status 1 --row 7",
    ]
    texts = ("Mumbai", "Secret", *rows[4][:3], lead_of(world, 6))
    assert not [text for text in texts if text in done.out + done.err]


def test_what_the_server_writes_otherwise_is_not_altered(world: World) -> None:
    rows = imported(world, bad=False)
    change(world, lead_of(world, 2), EmailAddress=rows[0][2].upper(), mx_City=" pune ")
    assert remote(world)[0].code == 0


def test_a_long_job_is_read_in_pages_and_its_calls_are_kept(world: World) -> None:
    run(world, world.write_csv("list.csv", people(120)))
    done, found = remote(world)
    assert (done.code, found["checks"][-1]["found"]) == (0, "120 leads of 120 as sent")
    sql = "SELECT call, count(*) FROM attempt WHERE call IS NOT NULL GROUP BY call"
    assert world.journal(sql) == [("Leads/Retrieve/ByIds", 4)], "one is of the run itself"


def test_the_leads_of_another_account_are_not_read(world: World, tmp_path: Path) -> None:
    imported(world)
    with sandbox("--limit", "none") as keys:
        other = World(tmp_path, keys)
        done = other.importer("verify", "--remote", "--json")
    assert (done.code, "verify" in done.json) == (2, False)
    assert done.json["error"]["what"].startswith("job 1 belongs to the account ")
