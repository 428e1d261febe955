import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.world import MAPPING, PATIENCE_S, World, pause, sandbox
from tests.jobs.lists import BAD, calls_during, leads_of, people, run, statuses


def test_the_same_file_again_sends_nothing_and_says_so(world: World) -> None:
    rows = people(4)
    rows[1][2] = BAD
    file = world.write_csv("list.csv", rows)
    first, calls = run(world, file)
    assert (first.code, calls) == (1, 4)
    ended = world.journal("SELECT state, ended_at FROM job")
    again, calls = run(world, file)
    assert (again.code, calls) == (1, 0)
    before = first.json
    assert before.pop("read_back")["read"] == 3
    assert again.json == before
    assert (
        "this file was imported before, as job 1: what was accepted is not sent again"
        " (with --again it would be)" in again.err.splitlines()
    )
    assert world.journal("SELECT state, ended_at FROM job") == ended


def test_the_same_bytes_under_another_name_are_the_same_job(world: World) -> None:
    rows = people(2)
    run(world, world.write_csv("list.csv", rows))
    again, calls = run(world, world.write_csv("copy.csv", rows))
    assert (again.code, again.json["job"], calls) == (0, 1, 0)


def test_a_trial_sends_so_many_rows_and_the_next_run_the_rest(world: World) -> None:
    rows = people(5)
    rows[4][2] = BAD
    file = world.write_csv("list.csv", rows)
    trial, calls = run(world, file, "--limit", 2)
    assert (trial.code, calls, trial.json["state"], trial.json["pending"]) == (0, 2, "open", 3)
    rest, calls = run(world, file)
    assert (rest.code, calls, rest.json["created"], rest.json["rejected"]) == (1, 3, 4, 1)
    assert "carrying on with job 1" in rest.err.splitlines()


def test_by_a_changed_mapping_rows_that_were_not_accepted_are_made_anew_and_sent(
    world: World,
) -> None:
    rows = people(6)
    rows[1] = ["", "", "", "", "Pune"]  # invalid
    rows[2][2] = BAD
    rows[3][2] = rows[0][2]  # a duplicate of row 2
    file = world.write_csv("list.csv", rows)
    run(world, file)
    assert statuses(world) == {
        2: "created", 3: "invalid", 4: "rejected", 5: "duplicate", 6: "created", 7: "created",
    }  # fmt: skip
    mapping = MAPPING.replace("  Email: {field: EmailAddress, transform: [trim, lower]}\n", "")
    world.mapping.write_text(mapping.replace("City: mx_City", "City: LastName").replace(
        "  Last Name: LastName\n", ""))  # fmt: skip
    done, calls = run(world, file)
    assert (done.code, calls) == (0, 3)
    assert statuses(world) == dict.fromkeys(range(2, 8), "created")
    assert "the mapping changed: 3 rows not yet accepted made anew by it" in done.err
    sent = {lead.get("FirstName") for lead in world.leads() if lead.get("LastName") == "Pune"}
    assert {rows[i][0] for i in (2, 3)} <= sent
    assert leads_of(world, [rows[0], *rows[4:]]) == 3
    assert world.journal("SELECT id & 4294967295, mapping FROM row ORDER BY id") == [
        (2, 1), (3, 2), (4, 2), (5, 2), (6, 1), (7, 1),
    ]  # fmt: skip


def test_rows_that_were_never_sent_go_by_the_changed_mapping(world: World) -> None:
    rows = people(3)
    file = world.write_csv("list.csv", rows)
    run(world, file, "--limit", 1)
    world.mapping.write_text(MAPPING.replace("Trade Show", "Web"))
    done, calls = run(world, file)
    assert (done.code, calls) == (0, 2)
    sources = {lead.get("FirstName"): lead["Source"] for lead in world.leads()}
    assert [sources[row[0]] for row in rows] == ["Trade Show", "Web", "Web"]


def test_a_changed_mapping_sends_only_the_rows_whose_lead_it_changes(world: World) -> None:
    rows = people(3)
    rows[0][2] = rows[1][2] = BAD
    rows[0][4] = "pune"
    file = world.write_csv("list.csv", rows)
    run(world, file)
    lower = "City: {field: mx_City, transform: lower}"
    world.mapping.write_text(MAPPING.replace("City: mx_City", lower))
    done, calls = run(world, file)
    assert calls == 1
    assert "the mapping changed: 1 row not yet accepted" in done.err
    assert statuses(world) == {2: "rejected", 3: "rejected", 4: "created"}


def test_a_mapping_whose_comments_changed_sends_nothing(world: World) -> None:
    rows = people(3)
    rows[1][2] = BAD
    file = world.write_csv("list.csv", rows)
    run(world, file)
    world.mapping.write_text(f"# as agreed\n{MAPPING}")
    done, calls = run(world, file)
    assert (done.code, calls) == (1, 0)
    assert "the mapping changed" not in done.err


def test_a_file_that_breaks_off_in_the_middle_leaves_no_job(world: World) -> None:
    file = world.write_csv("list.csv", people(12_000))
    whole = file.read_bytes()
    file.write_bytes(whole + b'"open,a,b,c,d')
    done, calls = run(world, file)
    assert (done.code, calls) == (2, 0)
    assert [world.journal(f"SELECT count(*) FROM {table}")[0][0] for table in
            ("job", "row", "block", "count", "mapping")] == [0] * 5  # fmt: skip
    assert (done.json["job"], done.json["state"]) == (None, None)
    file.write_bytes(whole)
    assert run(world, file, "--limit", 1)[0].json["rows"] == 12_000


@pytest.mark.parametrize("changed", [False, True])
def test_a_run_that_is_killed_while_staging_is_carried_on_with_its_file(
    world: World, changed: bool
) -> None:
    rows = people(60)
    filler = [["", "", "", "", f"City {i}"] for i in range(60_000)]
    file = world.write_csv("list.csv", [*rows[:30], *filler, *rows[30:]])
    process = world.start("run", file, "-m", world.mapping, "--rate", "none")
    while not stored_rows(world):
        assert process.poll() is None
        pause(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE_S)
    assert 0 < stored_rows(world) < 60_060
    assert world.importer("status", "1", "--json").json["state"] == "staging"
    refused = world.importer("retry", "--json")
    assert (refused.code, refused.json["error"]["fix"]) == (
        2,
        f"run its file again: importer run {file} -m {world.mapping}; or drop it: importer purge 1",
    )
    if changed:
        world.mapping.write_text(MAPPING.replace("Trade Show", "Web"))
    done, calls = run(world, file)
    assert (done.code, calls) == (1, 60)
    assert (done.json["rows"], done.json["invalid"]) == (60_060, 60_000)
    assert leads_of(world, rows) == 60
    sources = {lead["Source"] for lead in world.leads() if lead.get("FirstName") == rows[0][0]}
    assert sources == {"Web" if changed else "Trade Show"}


def stored_rows(world: World) -> int:
    if not (world.folder / "importer.db-wal").exists():
        return 0
    tables = world.journal("SELECT count(*) FROM sqlite_schema WHERE name = 'row'")
    return int(world.journal("SELECT count(*) FROM row")[0][0]) if tables[0][0] else 0


def test_of_two_runs_at_once_the_second_ends_with_75_and_changes_nothing(world: World) -> None:
    rows = people(80)
    file = world.write_csv("list.csv", rows)
    first = world.start("run", file, "-m", world.mapping, "--rate", "10/1s")
    while not (world.folder / "importer.db").exists() or not stored_rows(world):
        pause(0.005)
    second = world.run(file)
    key = second.json["error"]["what"].split()[7]
    assert second.code == 75
    assert re.fullmatch("[0-9a-f]{12}", key)
    assert second.json["error"] == {
        "what": f"another importer is at work on job {key} of this journal",
        "where": str(world.folder / "importer.db"),
        "fix": "wait until it ends, or stop it with Ctrl-C; nothing was sent from here",
    }
    assert world.importer("retry", "--json").code == 75
    first.communicate(timeout=PATIENCE_S)
    assert first.returncode == 0
    assert leads_of(world, rows) == 80


def test_a_file_of_refused_rows_is_written_when_a_run_is_stopped(world: World) -> None:
    rows = people(60)
    rows[0][2] = BAD
    file = world.write_csv("list.csv", rows)
    process = world.start("run", file, "-m", world.mapping, "--rate", "20/1s")
    while not stored_rows(world) or not world.statuses()["rejected"]:
        pause(0.01)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 143
    assert [row["Import Row"] for row in world.read_csv(world.folder / "list.rejects.csv")] == ["2"]
    assert not (world.folder / "list.results.csv").exists()
    assert run(world, file)[0].json["created"] == 59
    assert len(world.read_csv(world.folder / "list.results.csv")) == 60


def test_a_new_import_needs_a_mapping(world: World) -> None:
    done, calls = calls_during(world, "run", world.write_csv("list.csv", people(1)))
    assert (done.code, calls) == (2, 0)
    assert done.json["error"]["what"] == "a list needs a mapping"
    assert not (world.folder / "importer.db").exists()


def test_files_are_written_where_out_says(world: World, tmp_path: Path) -> None:
    rows = people(2)
    rows[0][2] = BAD
    done, _ = run(world, world.write_csv("list.csv", rows), "--out", tmp_path / "out")
    assert done.code == 1
    assert sorted(os.listdir(tmp_path / "out")) == ["list.rejects.csv", "list.results.csv"]
    assert not list(tmp_path.glob("list.re*"))


def test_the_same_file_for_another_account_is_another_job(world: World, tmp_path: Path) -> None:
    rows = people(2)
    file = world.write_csv("list.csv", rows)
    assert run(world, file)[0].json["job"] == 1
    with sandbox("--limit", "none") as keys:
        done, calls = run(World(tmp_path, keys), file)
    assert (done.code, done.json["job"], calls) == (0, 2, 2)


def test_a_file_that_was_moved_has_its_rejects_beside_it(world: World, tmp_path: Path) -> None:
    rows = people(3)
    rows[2][2] = BAD
    file = world.write_csv("list.csv", rows)
    run(world, file, "--limit", 1)
    (tmp_path / "new").mkdir()
    done, calls = run(world, file.rename(tmp_path / "new" / "list.csv"))
    assert (done.code, calls, done.json["file"]) == (1, 2, str(tmp_path / "new" / "list.csv"))
    assert sorted(os.listdir(tmp_path / "new")) == [
        "list.csv", "list.rejects.csv", "list.results.csv",
    ]  # fmt: skip


def test_a_results_file_is_no_list(world: World) -> None:
    run(world, world.write_csv("list.csv", people(2)))
    done, calls = run(world, world.folder / "list.results.csv")
    assert (done.code, calls) == (2, 0)
    assert "this is a results file of the importer" in done.err


def test_a_reject_file_without_its_job_is_no_list(world: World) -> None:
    rows = people(2)
    rows[1][2] = BAD
    run(world, world.write_csv("list.csv", rows))
    lines = (world.folder / "list.rejects.csv").read_text("utf-8-sig").replace("Import Job", "Job")
    (world.folder / "mended.csv").write_text(lines)
    done, calls = run(world, world.folder / "mended.csv")
    assert (done.code, calls) == (2, 0)
    assert 'no "Import Job" column' in done.err


def test_a_file_that_changed_since_it_was_sent_is_said(world: World) -> None:
    rows = people(2)
    run(world, world.write_csv("list.csv", rows))
    done, calls = run(world, world.write_csv("list.csv", [*rows, *people(1)]))
    assert calls == 1
    assert (
        "list.csv has changed since job 1, which sent 2 rows of it: where they are as they were,"
        " they are not sent again" in done.err.splitlines()
    )
    assert (done.json["created"], done.json["skipped"]) == (1, 2)


def test_a_file_without_rows_is_said(world: World) -> None:
    done, calls = run(world, world.write_csv("list.csv", []))
    assert (done.code, done.json["rows"], calls) == (0, 0, 0)
    assert "warning: list.csv has no rows below its header" in done.err


def test_a_limit_says_that_it_stopped_the_run(world: World) -> None:
    done, calls = run(world, world.write_csv("list.csv", people(3)), "--limit", 2)
    assert (done.code, calls, done.json["pending"]) == (0, 2, 1)
    assert "stopped after 2 rows, as --limit asks" in done.err


def test_the_next_step_names_the_journal_that_was_named(world: World) -> None:
    file = world.write_csv("list.csv", people(2))
    done = world.importer("run", file, "-m", world.mapping, "--limit", 1, "--journal", "my.db")
    assert "next: importer retry 1 --journal my.db" in done.out


@pytest.mark.parametrize(
    ("mapping", "lines"),
    [
        (MAPPING.replace("mx_City", "mx_Town"), "line 7"),
        (MAPPING.replace("Source:", "mx_Source:"), "line 9"),
        (f"{MAPPING}stamp: mx_Key\n", "line 10"),
        (f"{MAPPING.replace('mx_City', 'mx_Town')}stamp: mx_Key\n", "lines 7, 10"),
    ],
)
def test_an_unknown_field_is_shown_in_the_mapping(untold: World, mapping: str, lines: str) -> None:
    """Also where the account does not tell its fields, and the first row finds it out."""
    untold.mapping.write_text(mapping)
    done, calls = run(untold, untold.write_csv("list.csv", people(2)))
    assert (done.code, calls > 0) == (2, True)
    assert done.json["error"]["where"] == f"{untold.mapping}, {lines}"
    assert "the account's fields could not be read" in done.err


@pytest.fixture
def untold(world: World) -> Iterator[World]:
    world.post("/_sandbox/faults", "fields404=100%")
    yield world
    world.post("/_sandbox/faults", "")


def short_list(world: World) -> tuple[Path, list[list[str]]]:
    """Two rows; the second lacks its last two cells."""
    rows = people(2)
    return world.write_csv("short.csv", [rows[0], rows[1][:3]]), rows


def test_narrow_rows_are_refused_unless_they_are_to_be_filled(world: World) -> None:
    file, rows = short_list(world)
    told = world.importer("preview", file, "-m", world.mapping, "--short-rows", "pad", "--json")
    assert (told.code, told.json["pending"]) == (0, 2)
    done, calls = run(world, file, "--short-rows", "pad")
    assert (done.code, calls, leads_of(world, rows)) == (0, 2, 2)


def test_rows_that_were_refused_as_narrow_can_be_filled_later(world: World) -> None:
    file, rows = short_list(world)
    first, calls = run(world, file)
    assert (first.code, calls, first.json["invalid"]) == (1, 1, 1)
    second, calls = run(world, file, "--short-rows", "pad")
    assert (second.code, calls, second.json["created"]) == (0, 1, 2)
    assert "filled with blank cells: 1 row" in second.err.splitlines()
    assert leads_of(world, rows) == 2
    third, calls = run(world, file, "--short-rows", "pad")
    assert (third.code, calls) == (0, 0)
