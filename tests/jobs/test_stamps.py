"""The stamp of a job's rows: the same whenever a row is sent, and no part of who the person is."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from importer.intake.mapping import load_mapping
from importer.jobs.recipes import Builders
from importer.jobs.remap import adopt_mapping
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.model import Lead, Stamp
from tests.acceptance.world import MAPPING, World, sandbox
from tests.delivery import harness
from tests.jobs.doubts import doubtful_job, lose, session_on
from tests.jobs.lists import BAD, calls_during, leads_of, people, repair, run, write_rejects

FIELD = "mx_Import_Key"
FINDABLE = f"{MAPPING}stamp: {FIELD}\n"
UNIQUE = f"{FINDABLE}unique: [EmailAddress, Phone, {FIELD}]\n"


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    with sandbox("--limit", "none", "--unique", FIELD) as keys:
        yield keys


@pytest.fixture
def stamped(world: World) -> World:
    world.mapping.write_text(UNIQUE)
    return world


def keyless(number: int) -> list[list[str]]:
    return [[first, last, "", "", city] for first, last, _, _, city in people(number)]


def key_of(world: World, job: int = 1) -> str:
    [(key,)] = world.journal(f"SELECT key FROM job WHERE number = {job}")
    return str(key)


def stamps(world: World, rows: list[list[str]]) -> list[str | None]:
    """What the account has for these people."""
    by_name: dict[str, str | None] = {each["FirstName"]: each.get(FIELD) for each in world.leads()}
    return [by_name[row[0]] for row in rows]


def created(world: World) -> dict[int, str]:
    sql = "SELECT id & 4294967295, lead_id FROM row WHERE status = 'created'"
    return {number: str(UUID(bytes=lead_id)) for number, lead_id in world.journal(sql)}


def bodies(shown: dict[str, Any]) -> list[Any]:
    return [lead["body"] for lead in shown["leads"]]


# What is sent


def test_each_lead_has_the_job_s_key_and_its_row_s_number(stamped: World) -> None:
    rows = people(3)
    run(stamped, stamped.write_csv("list.csv", [*rows[:2], ["", "", "", "", ""], rows[2]]))
    key = key_of(stamped)
    assert stamps(stamped, rows) == [f"{key}-2", f"{key}-3", f"{key}-5"]
    shown = stamped.importer("status", 1, "--row", 3, "--json").json["row"]
    assert shown["lead"][-1] == {"Attribute": FIELD, "Value": f"{key}-3"}


def test_a_file_that_is_sent_again_has_other_stamps(stamped: World) -> None:
    rows = keyless(2)
    file = stamped.write_csv("list.csv", rows)
    run(stamped, file)
    done, calls = run(stamped, file, "--again")
    assert (done.json["created"], calls, leads_of(stamped, rows)) == (2, 2, 4)
    assert stamps(stamped, rows) == [f"{key_of(stamped, 2)}-{n}" for n in (2, 3)]


def test_rows_are_known_across_jobs_whatever_their_stamps(stamped: World) -> None:
    rows = [*people(2), *keyless(2)]
    run(stamped, stamped.write_csv("monday.csv", rows))
    more = [*rows, *keyless(1), rows[3]]
    done, calls = run(stamped, stamped.write_csv("tuesday.csv", more))
    assert (done.json["created"], done.json["skipped"], calls) == (1, 5, 1)
    codes = stamped.journal("SELECT code FROM row WHERE id >> 32 = 2 AND status = 'skipped'")
    assert codes == [("accepted_before",)] * 5


def test_a_mended_row_keeps_its_stamp_and_an_added_one_has_its_own(stamped: World) -> None:
    rows = people(3)
    rows[1][2] = BAD
    run(stamped, stamped.write_csv("list.csv", rows))
    path = stamped.folder / "list.rejects.csv"
    [refused] = stamped.read_csv(path)
    mended = {**refused, "Email": f"m{rows[0][2]}"}
    [new] = people(1)
    added = dict.fromkeys(refused, "") | dict(zip(refused, new, strict=False))
    done, calls = repair(stamped, write_rejects(path, [mended, added]))
    assert (done.code, calls) == (0, 2)
    mended_stamp, added_stamp = stamps(stamped, [rows[1], new])
    assert mended_stamp == f"{key_of(stamped)}-3"
    assert re.fullmatch(f"{key_of(stamped)}-5-[0-9a-f]{{8}}", str(added_stamp))


# A mapping that gets a stamp


def test_rows_that_were_not_sent_get_the_stamp_of_a_changed_mapping(world: World) -> None:
    rows = people(4)
    rows[1][2] = BAD
    file = world.write_csv("list.csv", rows)
    run(world, file, "--limit", 2)
    world.mapping.write_text(UNIQUE)
    done, calls = run(world, file)
    assert "the mapping changed: 3 rows not yet accepted made anew by it" in done.err
    assert calls == 3
    key = key_of(world)
    assert stamps(world, [rows[0], *rows[2:]]) == [None, f"{key}-4", f"{key}-5"]


def test_rows_whose_call_may_have_left_do_not_get_it(tmp_path: Path) -> None:
    path = tmp_path / "importer.db"
    cells = [harness.keyless(name) for name in "ABCD"]
    doubtful_job(path, cells, [2])
    with session_on(path) as (session, _):
        job = session.job = session.journal.find_job(None)
        rows = Rows(session.journal, job)
        with session.journal.transaction():
            lose(rows, 3)
        text = f"{harness.MAPPING}stamp: {FIELD}\n"
        adopt_mapping(session, job, load_mapping(text, name="m.yaml"), None)
        builders = Builders(session.journal, session.job)
        made = [builders.build(row) for row in rows.all()]
        expected = [None, None, *(Stamp(FIELD, f"{job.key}-{n}") for n in (4, 5))]
        assert [each.stamp for each in made if isinstance(each, Lead)] == expected


# A journal that is gone


@pytest.mark.parametrize("mapping", [FINDABLE, UNIQUE], ids=["findable", "unique"])
def test_the_same_file_gives_the_ids_of_before_and_no_second_lead(
    world: World, mapping: str
) -> None:
    """Here the account makes the field unique, whether the mapping says so or not."""
    world.mapping.write_text(mapping)
    rows = [*people(10), *keyless(10)]
    file = world.write_csv("list.csv", rows)
    run(world, file)
    before = created(world)
    (world.folder / "importer.db").unlink()
    done, calls = run(world, file, "--limit", 5)
    assert (done.code, done.json["created"], calls) == (0, 5, 5)
    done, calls = run(world, file)
    assert (done.code, done.json["created"], calls) == (0, 20, 15)
    assert created(world) == before
    assert leads_of(world, rows) == 20
    verified = world.importer("verify", "--remote", "--rate", "none", "--json")
    assert verified.code == 0, verified.out


def test_two_journals_have_one_lead_a_row(stamped: World) -> None:
    rows = keyless(3)
    file = stamped.write_csv("list.csv", rows)
    run(stamped, file)
    other, calls = calls_during(
        stamped, "run", file, "-m", stamped.mapping, "--journal", "other.db"
    )
    assert (other.json["created"], calls, leads_of(stamped, rows)) == (3, 3, 3)
    with Journal(stamped.folder / "other.db") as journal:
        ids = {row.number: str(row.lead_id) for row in Rows(journal, journal.find_job(None)).all()}
    assert ids == created(stamped)


def test_people_who_were_added_by_one_number_in_two_journals_have_a_lead_each(
    stamped: World,
) -> None:
    rows = people(2)
    rows[1][2] = BAD
    file, added = stamped.write_csv("list.csv", rows), keyless(2)
    here, there = ("--out", "here"), ("--out", "there", "--journal", "other.db")
    run(stamped, file, *here)
    stamped.importer("run", file, "-m", stamped.mapping, *there)
    for new, folder, more in ((added[0], "here", ()), (added[1], "there", there[2:])):
        path = stamped.folder / folder / "list.rejects.csv"
        [refused] = stamped.read_csv(path)
        person = dict.fromkeys(refused, "") | dict(zip(refused, new, strict=False))
        whose = {"Import Job": refused["Import Job"]}
        done, _ = repair(stamped, write_rejects(path, [refused, person | whose]), *more)
        assert done.json["created"] == 2
    assert leads_of(stamped, added) == 2


# What is shown before


def test_a_preview_shows_the_stamps_that_are_sent(stamped: World) -> None:
    rows = [*people(1), *keyless(3)]
    file = stamped.write_csv("list.csv", rows)
    assert stamped.importer("check").code == 0
    shown = stamped.importer("preview", file, "-m", stamped.mapping, "--json").json
    assert "<job key>" not in stamped.importer("preview", file, "-m", stamped.mapping).out
    run(stamped, file)
    key = key_of(stamped)
    assert [body[-1] for body in bodies(shown)] == [
        {"Attribute": FIELD, "Value": f"{key}-{number}"} for number in (2, 3, 4)
    ]
    assert shown["stamp"] == {"field": FIELD, "unique": True, "job_key": key}
    assert [shown[name] for name in ("protected", "stamped", "unprotected")] == [1, 3, 0]


def test_a_preview_of_what_was_sent_again_shows_the_stamps_of_the_last_time(
    stamped: World,
) -> None:
    file = stamped.write_csv("list.csv", keyless(2))
    run(stamped, file)
    run(stamped, file, "--again", "--limit", 1)
    shown = stamped.importer("preview", file, "-m", stamped.mapping, "--json").json
    assert shown["stamp"]["job_key"] == key_of(stamped, 2)


def test_before_the_account_is_known_a_preview_shows_no_stamp_that_could_be_one(
    stamped: World,
) -> None:
    file = stamped.write_csv("list.csv", keyless(1))
    shown = stamped.importer("preview", file, "-m", stamped.mapping, "--json").json
    assert bodies(shown)[0][-1] == {"Attribute": FIELD, "Value": "<job key>-2"}
    assert shown["stamp"] == {"field": FIELD, "unique": True, "job_key": None}
    lines = stamped.importer("preview", file, "-m", stamped.mapping).out.splitlines()
    assert "  <job key> is not known before the account is: importer check asks it" in lines


@pytest.mark.parametrize(
    ("mapping", "lines", "counts"),
    [
        (
            MAPPING,
            [
                "protected by a unique field (EmailAddress or Phone): 1 row",
                "protected by nothing: 2 rows; where the reply is lost, they may end in_doubt",
            ],
            [1, 0, 2],
        ),
        (
            FINDABLE,
            [
                "protected by a unique field (EmailAddress or Phone): 1 row",
                f"found again by the stamp ({FIELD}): 2 rows; where the reply is lost and the"
                " account does not show them, they end in_doubt",
            ],
            [1, 2, 0],
        ),
        (
            UNIQUE,
            [
                "protected by a unique field (EmailAddress or Phone): 1 row",
                f"protected by the stamp ({FIELD}): 2 rows",
            ],
            [1, 2, 0],
        ),
    ],
    ids=["none", "findable", "unique"],
)
def test_a_preview_counts_what_protects_the_rows(
    world: World, mapping: str, lines: list[str], counts: list[int]
) -> None:
    world.mapping.write_text(mapping)
    file = world.write_csv("list.csv", [*people(1), *keyless(2)])
    told = world.importer("preview", file, "-m", world.mapping).out.splitlines()
    stamp = f"  in every lead  -> {FIELD}  (the stamp: a key of its own for each row)"
    assert (stamp in told) is (mapping != MAPPING)
    assert [line for line in told if line.startswith(("protected", "found again"))] == lines
    shown = world.importer("preview", file, "-m", world.mapping, "--json").json
    assert [shown[name] for name in ("protected", "stamped", "unprotected")] == counts
    assert (shown["stamp"] is None) is (mapping == MAPPING)


# Afterwards


def test_a_stamp_that_was_changed_in_the_account_is_told_by_verify(stamped: World) -> None:
    rows = people(2)
    run(stamped, stamped.write_csv("list.csv", rows))
    [lead_id] = [lead["ProspectID"] for lead in stamped.leads() if lead["FirstName"] == rows[0][0]]
    stamped.update(lead_id, **{FIELD: "cleared"})
    done = stamped.importer("verify", "--remote", "--rate", "none", "--json")
    checks = {each["name"]: each["found"] for each in done.json["verify"]["checks"]}
    assert (done.code, checks["values in the account"]) == (
        1, f"otherwise than sent: {FIELD}: row 2",
    )  # fmt: skip
