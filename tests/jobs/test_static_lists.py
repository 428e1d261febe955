"""Leads on static lists, by the commands as they are given."""

import html
import json
import sqlite3
import urllib.request
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from importer import run_import
from importer.errors import SettingsError
from tests.acceptance.world import PATIENCE_S, World, sandbox
from tests.jobs.lists import people, run


def members(world: World, name: str) -> set[str]:
    """The Ids of the leads on the list; of none where it is not there."""
    lists: dict[str, list[str]] = world.get("/_sandbox/lists")
    return {*lists.get(name, ())}


def made_of(world: World, rows: Iterable[Sequence[str]]) -> set[str]:
    """The Ids of the leads that have these e-mails."""
    emails = {row[2] for row in rows}
    return {lead["ProspectID"] for lead in world.leads() if lead.get("EmailAddress") in emails}


def delete(world: World, lead_id: str) -> None:
    keys = {
        "x-LSQ-AccessKey": world.environment["LSQ_ACCESS_KEY"],
        "x-LSQ-SecretKey": world.environment["LSQ_SECRET_KEY"],
    }
    url = f"{world.host}/v2/LeadManagement.svc/Lead/Delete/ById?leadId={lead_id}"
    with urllib.request.urlopen(urllib.request.Request(url, headers=keys), timeout=PATIENCE_S):
        pass


def named_in_mapping(world: World, name: str) -> None:
    world.mapping.write_text(f"{world.mapping.read_text()}list: {name}\n")


def test_created_leads_come_onto_the_list_of_the_mapping(world: World) -> None:
    rows = people(3)
    named_in_mapping(world, "Of the mapping")
    done, calls = run(world, world.write_csv("list.csv", [*rows, ["", "", "", "", "Pune"]]))
    assert (done.code, calls) == (1, 3), "the row without a name is refused"
    assert members(world, "Of the mapping") == made_of(world, rows)
    found = done.json["list"]
    assert (found["name"], found["added"], found["refused"]) == ("Of the mapping", 3, 0)
    lines = done.err.splitlines()
    assert 'to be added to the list "Of the mapping", which takes 1 more call or so' in lines
    assert 'list "Of the mapping", which was made: 3 leads added' in lines


def test_a_finished_list_is_added_to_another_list_and_nothing_is_sent(world: World) -> None:
    rows = people(3)
    file = world.write_csv("list.csv", rows)
    assert "list" not in run(world, file)[0].json
    for name in ("Later", "Later still"):
        done, calls = run(world, file, "--list", name)
        assert (done.code, calls, members(world, name)) == (0, 0, made_of(world, rows))
    again, _ = run(world, file)
    assert "list" not in again.json, "all are on the list that was named last"


def test_a_mapping_that_names_a_list_later_adds_what_was_imported(world: World) -> None:
    rows = people(3)
    file = world.write_csv("list.csv", rows)
    run(world, file)
    named_in_mapping(world, "Thought of later")
    done, calls = run(world, file)
    assert (done.code, calls) == (0, 0)
    assert members(world, "Thought of later") == made_of(world, rows)


def test_a_trial_adds_the_leads_of_its_rows_and_retry_keeps_the_list(world: World) -> None:
    rows = people(4)
    file = world.write_csv("list.csv", rows)
    run(world, file, "--limit", 1, "--list", "Trial")
    assert members(world, "Trial") == made_of(world, rows[:1])
    done = world.importer("retry", "--rate", "none", "--json")
    assert (done.code, done.json["list"]["added"]) == (0, 3)
    assert members(world, "Trial") == made_of(world, rows)


def test_rows_that_an_earlier_job_has_sent_come_onto_the_list(world: World) -> None:
    rows = people(3)
    run(world, world.write_csv("first.csv", rows[:2]))
    done, calls = run(world, world.write_csv("grown.csv", rows), "--list", "Grown")
    assert (calls, done.json["skipped"]) == (1, 2)
    assert members(world, "Grown") == made_of(world, rows)


@pytest.mark.parametrize("decided", ["reject", "skip"])
def test_people_who_were_there_come_onto_the_list_where_the_mapping_skips_them(
    world: World, decided: str
) -> None:
    there, new = people(2)
    run(world, world.write_csv("theirs.csv", [there]))
    world.mapping.write_text(f"{world.mapping.read_text()}on_duplicate: {decided}\n")
    met = [there[0], "Other name", *there[2:]]
    name = f"On {decided}"
    run(world, world.write_csv("list.csv", [met, new]), "--list", name)
    assert members(world, name) == made_of(world, [there, new] if decided == "skip" else [new])


def test_a_list_that_fills_itself_ends_the_run_before_a_row_is_sent(world: World) -> None:
    file = world.write_csv("list.csv", people(2))
    done, calls = run(world, file, "--list", "engaged leads")
    assert (done.code, calls, done.json["pending"]) == (2, 0, 2)
    assert done.json["error"] == {
        "what": 'the list "Engaged Leads" is dynamic: LeadSquared fills it itself, and nothing else'
        " adds leads to it",
        "where": "--list",
        "fix": "name a static one, or a new one, which is made; or leave --list out; no row was"
        " sent now",
    }
    assert run(world, file)[0].json["created"] == 2, "without it all goes on"


def test_a_deleted_lead_is_told_by_its_row_and_the_rest_is_added(world: World) -> None:
    rows = people(3)
    file = world.write_csv("list.csv", rows)
    run(world, file)
    (lost,) = made_of(world, rows[1:2])
    delete(world, lost)
    done, calls = run(world, file, "--list", "Without one")
    assert (done.code, calls) == (1, 0)
    assert (done.json["list"]["added"], done.json["list"]["refused"]) == (2, 1)
    assert members(world, "Without one") == made_of(world, rows)
    assert 'not added to the list "Without one": row 3: MXInvalidInputException' in done.err


def test_calls_about_lists_that_fail_are_made_again(tmp_path: Path) -> None:
    options = ("--limit", "none", "--fault", "listdrop=40%", "--seed", 1)
    with sandbox(*options) as keys:
        world = World(tmp_path, keys)
        file, ends = world.write_csv("list.csv", people(30)), []
        for _ in range(6):
            done, _ = run(world, file, "--list", "Shaky")
            ends.append(done.code)
            if done.code == 0:
                break
        assert {*ends[:-1]} <= {75}
        assert ends[-1] == 0
        assert len(members(world, "Shaky")) == len(world.leads()) == 30


def test_the_python_api_names_a_list_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    rows = people(2)
    file, journal = world.write_csv("list.csv", rows), world.folder / "importer.db"
    done = run_import(file, world.mapping, journal=journal, rate="none", list_name="By script")
    assert 'list "By script", which was made: 2 leads added' in done.remarks
    assert members(world, "By script") == made_of(world, rows)
    with pytest.raises(SettingsError):
        run_import(file, world.mapping, journal=journal, list_name=" ")


def test_a_preview_says_the_list_and_its_calls(world: World) -> None:
    file = world.write_csv("list.csv", people(30))
    named_in_mapping(world, "Planned")
    done = world.importer("preview", file, "-m", world.mapping)
    assert 'list: the leads are added to "Planned", with 2 more calls or so' in done.out
    told = json.loads(world.importer("preview", file, "-m", world.mapping, "--json").out)
    assert (told["list"], members(world, "Planned")) == ("Planned", set())


def test_a_preview_says_the_list_that_was_named_for_the_job(world: World) -> None:
    file = world.write_csv("list.csv", people(2))
    named_in_mapping(world, "Of the mapping")
    run(world, file, "--list", "Of the job")
    done = world.importer("preview", file, "-m", world.mapping)
    assert 'list: the leads are added to "Of the job", with 0 more calls or so' in done.out


def test_a_run_that_only_adds_leads_is_one_of_the_job(world: World) -> None:
    file = world.write_csv("list.csv", people(3))
    run(world, file)
    run(world, file)
    assert len(kept_runs(world)) == 1, "nothing was to be done"
    run(world, file, "--list", "Later")
    run(world, file, "--list", "Later")
    rows = '{"created": 3}'
    assert kept_runs(world)[1:] == [("send", 1, rows, rows)], "all were on it the second time"
    told = world.importer("report", "--all", "--json").json["report"]
    page = html.unescape(Path(told).read_text(encoding="utf-8"))
    assert "3 leads created in 2 import runs" in page


def kept_runs(world: World) -> list[tuple[object, ...]]:
    """What each does, whether it has ended, and the rows before it and after it."""
    return world.journal('SELECT work, ended_at > 0, "before", "after" FROM run ORDER BY number')


def foretold(world: World, file: Path) -> tuple[int, int, int]:
    """Calls for rows, calls that add leads, and those of the plan, beside the ones before them."""
    told = json.loads(world.importer("preview", file, "-m", world.mapping, "--json").out)
    before = told["plan"]["calls"] - told["calls"] - told["list_calls"]
    assert before in ({1, 2} if told["plan"]["calls"] else {0})
    return told["calls"], told["list_calls"], told["plan"]["calls"] - before


def added_in(world: World, file: Path) -> tuple[int, int]:
    """Calls for rows, and calls that add leads, of a run."""
    name = "AddLeadsToStaticList"
    before = world.totals()["calls"].get(name, 0)
    _, calls = run(world, file)
    return calls, world.totals()["calls"].get(name, 0) - before


def test_a_preview_counts_the_leads_of_a_list_that_has_grown(world: World) -> None:
    rows = people(61)
    named_in_mapping(world, "Nightly")
    run(world, world.write_csv("monday.csv", rows[:60]))
    file = world.write_csv("tuesday.csv", [*rows, rows[0]])
    assert foretold(world, file) == (1, 3, 4)
    assert added_in(world, file) == (1, 3)
    assert foretold(world, file) == (0, 0, 0), "all are on it"


def test_a_preview_counts_the_leads_that_a_list_without_a_new_row_adds(world: World) -> None:
    rows = people(26)
    named_in_mapping(world, "Again")
    run(world, world.write_csv("monday.csv", rows))
    file = world.write_csv("tuesday.csv", [*rows, rows[0]])
    assert foretold(world, file) == (0, 2, 2)
    out = world.importer("preview", file, "-m", world.mapping).out
    assert 'list: the leads are added to "Again", with 2 more calls or so' in out
    assert f"next: importer run {file} -m {world.mapping}  (sends no row, and adds" in out
    assert added_in(world, file) == (0, 2)


def test_a_preview_counts_what_a_list_that_was_named_later_adds(world: World) -> None:
    rows = people(30)
    file = world.write_csv("list.csv", rows)
    run(world, file)
    named_in_mapping(world, "Thought of now")
    assert foretold(world, file) == (0, 2, 2)
    assert added_in(world, file) == (0, 2)
    assert foretold(world, file) == (0, 0, 0)


def test_a_preview_counts_what_a_trial_of_a_grown_list_has_left(world: World) -> None:
    rows = people(60)
    run(world, world.write_csv("monday.csv", rows[10:55]))
    named_in_mapping(world, "Tried")
    file = world.write_csv("tuesday.csv", rows)
    run(world, file, "--limit", 5, "--list", "Another")
    with closing(sqlite3.connect(world.folder / "importer.db")) as db, db:  # as a kill leaves it
        db.execute("DELETE FROM listed")
    assert foretold(world, file) == (10, 3, 13)
    done = world.importer("retry", "--rate", "none")
    told = 'to be added to the list "Another", which takes 3 more calls or so'
    assert told in done.err.splitlines()


def test_leads_that_are_not_on_the_list_yet_are_told_as_what_to_do_next(world: World) -> None:
    rows = people(3)
    file = world.write_csv("list.csv", rows)
    run(world, file, "--list", "Cut short")
    with closing(sqlite3.connect(world.folder / "importer.db")) as db, db:  # as a kill leaves it
        db.execute("DELETE FROM listed WHERE row & 255 > 2")
    told = 'importer retry 1  (adds the leads of 2 rows, which are not on the list "Cut short" yet)'
    assert f"next: {told}" in world.importer("status", "1").out.splitlines()
    assert world.importer("report", "1").code == 0
    page = html.unescape((world.folder / "list.report.html").read_text(encoding="utf-8"))
    assert 'which are not on the list "Cut short" yet' in page
    assert world.importer("retry", "1", "--rate", "none").code == 0
    assert "next: " not in world.importer("status", "1").out
