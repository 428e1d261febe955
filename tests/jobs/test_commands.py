"""A command that a message names works as it stands there."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.acceptance.world import MAPPING, Done, World
from tests.jobs.lists import BAD, people

# An account and settings that are named, a journal, and a list that is read as only a person says.
NAMED = ("--journal", "my.db", "--config", "my settings.toml", "--account", "acme")
OPTIONS = "--account acme --journal my.db --config 'my settings.toml'"
JOURNAL = "--journal my.db --config 'my settings.toml'"
COMMAND = re.compile(r"importer (?:[^;'\"]|'[^']*'|\"[^\"]*\")+")


@pytest.fixture
def named(world: World) -> World:
    keys = {name: world.environment.pop(name) for name in [*world.environment] if "LSQ_" in name}
    (world.folder / "my settings.toml").write_text(
        f'[accounts.acme]\nhost = "{keys["LSQ_HOST"]}"\n'
        'access_key = { env = "ACME_ACCESS" }\nsecret_key = { env = "ACME_SECRET" }\n'
    )
    world.environment["ACME_ACCESS"] = keys["LSQ_ACCESS_KEY"]
    world.environment["ACME_SECRET"] = keys["LSQ_SECRET_KEY"]
    return world


def refused_alike(world: World) -> Path:
    """A list that has its columns' names in row 3, and of which the account takes no row."""
    rows = [[*row[:2], f"{BAD} {row[0]}", *row[3:]] for row in people(60)]
    file = world.write_csv("list.csv", rows)
    file.write_text(f"Our list\nof this week\n{file.read_text()}")
    return file


def run(world: World, file: Path, *arguments: object) -> Done:
    words = ("run", file, "-m", world.mapping, "--header-row", 3, "--rate", "none", *NAMED)
    return world.importer(*words, "--json", *arguments)


def commands(fix: str) -> list[str]:
    return [found.strip() for found in COMMAND.findall(fix)]


def give(world: World, command: str) -> Done:
    return world.importer(*shlex.split(command)[1:], "--rate", "none", "--json")


def counts(done: Done, *statuses: str) -> Sequence[int]:
    return [done.json[status] for status in statuses]


def test_the_ways_on_from_rows_that_were_refused_alike_are_commands_that_work(named: World) -> None:
    file = refused_alike(named)
    stopped = run(named, file)
    fix = stopped.json["error"]["fix"]
    again = f"importer run {file} -m {named.mapping} --header-row 3 {OPTIONS}"
    rejected = f"importer retry 1 --status rejected {OPTIONS}"
    rest = f"importer retry 1 --keep-going {OPTIONS}"
    assert stopped.code == 2
    assert fix == (
        f"correct the mapping, and run the list again: {again}; or what is set in the account,"
        f" then: {rejected}; or send the rest as it is: {rest}"
    )
    assert commands(fix) == [again, rejected, rest]
    assert give(named, rejected).code == 2, "the account is as it was"
    kept = give(named, rest)
    assert (kept.code, *counts(kept, "rejected", "pending")) == (1, 60, 0)
    named.mapping.write_text(MAPPING.replace("EmailAddress", "Notes"))
    done = give(named, again)
    assert (done.code, *counts(done, "created")) == (0, 60)


def test_an_unknown_fields_command_keeps_what_was_named(named: World) -> None:
    file = refused_alike(named)
    named.mapping.write_text(MAPPING.replace("mx_City", "mx_Town"))
    named.post("/_sandbox/faults", "fields404=100%")
    stopped = run(named, file)
    named.post("/_sandbox/faults", "")
    assert stopped.code == 2
    assert stopped.json["error"]["fix"] == (
        "correct the schema name in the mapping (Settings > Leads > Lead Fields shows them); then"
        f" run it again: importer run {file} -m {named.mapping} --header-row 3 {OPTIONS}"
    )


def test_no_command_of_a_message_forgets_the_journal(named: World) -> None:
    file = named.write_csv("list.csv", people(2))
    words = ("run", file, "-m", named.mapping, "--rate", "none", *NAMED)
    assert named.importer(*words, "--limit", 1).code == 0
    again = named.importer(*words, "--again", "--json").json["error"]["fix"]
    assert commands(again) == [f"importer cancel 1 {JOURNAL}"]
    asked = named.importer("retry", 1, "--status", "in_doubt", *NAMED, "--json").json["error"]
    assert commands(asked["what"]) == [f"importer resolve 1 {OPTIONS}"]
    ways = named.importer("purge", *NAMED[:4], "--json").json["error"]["fix"]
    assert ways == (
        f"use one of: importer purge JOB {JOURNAL}, or: importer purge --older-than 90d {JOURNAL}"
    )


@pytest.mark.parametrize(
    ("lost", "job"), [("Import Row", ""), ("Import Job", ""), ("City", "1 ")], ids=str
)
def test_a_fresh_reject_file_is_written_from_the_journal_that_was_named(
    named: World, lost: str, job: str
) -> None:
    """A reject file that lacks a column."""
    rows = people(1)
    rows[0][2] = BAD
    file = named.write_csv("list.csv", rows)
    assert named.importer("run", file, "-m", named.mapping, *NAMED).code == 1
    rejects = named.folder / "list.rejects.csv"
    rejects.write_text(rejects.read_text("utf-8-sig").replace(lost, f"No {lost}", 1))
    refused = named.importer("run", rejects, *NAMED, "--json")
    assert refused.code == 2
    assert commands(refused.json["error"]["fix"]) == [f"importer rejects {job}{JOURNAL}"]


def test_a_preview_of_a_reject_file_names_the_run_of_it(named: World) -> None:
    rows = people(1)
    rows[0][2] = BAD
    file = named.write_csv("list.csv", rows)
    assert named.importer("run", file, "-m", named.mapping, *NAMED).code == 1
    rejects = named.folder / "list.rejects.csv"
    told = named.importer("preview", rejects, "-m", named.mapping, *NAMED, "--json")
    assert commands(told.json["error"]["fix"]) == [f"importer run {rejects} {OPTIONS}"]
