"""A row that an earlier job has sent is not sent again, whatever file it stands in; --again."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.world import HEADER, MAPPING, World, sandbox
from tests.jobs.lists import BAD, calls_during, leads_of, people, repair, run, statuses


def resave(world: World, name: str, rows: list[list[str]]) -> Path:
    """The same cells in other bytes, as a spreadsheet program writes them."""
    path = world.folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows])
    return path


def keyless(rows: list[list[str]]) -> list[list[str]]:
    return [[first, last, "", "", city] for first, last, _, _, city in rows]


def fates(world: World, job: int) -> list[tuple[Any, ...]]:
    sql = f"SELECT row, status, code FROM row_readable WHERE job = {job} ORDER BY row"
    return world.journal(sql)


def test_a_list_that_was_saved_again_is_known_row_by_row(world: World) -> None:
    rows = [*people(2), *keyless(people(1))]
    first, _ = run(world, world.write_csv("list.csv", rows))
    done, calls = run(world, resave(world, "saved.csv", rows))
    assert (done.code, done.json["job"], done.json["skipped"], calls) == (0, 2, 3, 0)
    shown = world.read_csv(world.folder / "saved.results.csv")
    before = world.read_csv(world.folder / "list.results.csv")
    assert first.json["created"] == 3
    assert [(row["Import Status"], row["Lead Id"], row["Import Reason"]) for row in shown] == [
        ("skipped", row["Lead Id"], f"accepted before, as row {number} of job 1 (list.csv)")
        for number, row in enumerate(before, start=2)
    ]


def test_of_a_growing_export_only_the_new_rows_are_sent(world: World) -> None:
    old, new = keyless(people(3)), [*keyless(people(1)), *people(1)]
    run(world, world.write_csv("monday.csv", old))
    done, calls = run(world, world.write_csv("tuesday.csv", [new[0], *old, new[1]]))
    assert (done.json["created"], done.json["skipped"], calls) == (2, 3, 2)
    assert leads_of(world, [*old, *new]) == 5


def test_a_row_is_known_whatever_the_order_of_its_columns(world: World) -> None:
    rows = keyless(people(2))
    run(world, world.write_csv("list.csv", rows))
    path = world.folder / "turned.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([HEADER[::-1], *(row[::-1] for row in rows)])
    lines = MAPPING.splitlines()
    world.mapping.write_text("\n".join([*lines[:2], *lines[6:1:-1], *lines[7:]]))
    done, calls = run(world, path)
    assert (done.json["skipped"], calls) == (2, 0)


def test_a_row_that_differs_in_one_value_is_sent(world: World) -> None:
    rows = keyless(people(2))
    run(world, world.write_csv("list.csv", rows))
    rows[1][4] = "Nashik"
    done, calls = run(world, world.write_csv("list.csv", rows))
    assert (fates(world, 2), calls) == (
        [(2, "skipped", "accepted_before"), (3, "created", None)],
        1,
    )
    assert done.code == 0


def test_a_row_that_another_mapping_makes_another_lead_of_is_sent(world: World) -> None:
    rows = keyless(people(1))
    run(world, world.write_csv("list.csv", rows))
    world.mapping.write_text(MAPPING.replace("Trade Show", "Web"))
    _, calls = run(world, resave(world, "saved.csv", rows))
    assert calls == 1


def test_what_was_refused_before_is_sent_again(world: World) -> None:
    rows = people(2)
    world.create(EmailAddress=rows[0][2])
    run(world, world.write_csv("list.csv", rows))
    done, calls = run(world, resave(world, "saved.csv", rows))
    assert (fates(world, 2), calls) == (
        [(2, "duplicate", "MXDuplicateEntryException"), (3, "skipped", "accepted_before")],
        1,
    )
    assert done.code == 1


def test_a_row_that_was_mended_is_known_as_what_it_was_sent_as(world: World) -> None:
    (row,) = people(1)
    world.create(EmailAddress=row[2])
    run(world, world.write_csv("list.csv", [row]))
    (refused,) = world.read_csv(world.folder / "list.rejects.csv")
    mended = [*row[:2], f"new.{row[2]}", *row[3:]]
    path = world.folder / "mended.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, refused)
        writer.writeheader()
        writer.writerow(refused | {"Email": mended[2]})
    done, _ = repair(world, path)
    assert done.json["created"] == 1
    done, calls = run(world, world.write_csv("both.csv", [row, mended]))
    assert (fates(world, 2), calls) == (
        [(2, "duplicate", "MXDuplicateEntryException"), (3, "skipped", "accepted_before")],
        1,
    )


def test_rows_of_another_account_are_not_known(world: World) -> None:
    rows = keyless(people(2))
    run(world, world.write_csv("list.csv", rows))
    with sandbox("--limit", "none", "--seed", 7) as keys:
        other = World(world.folder, keys)
        done, calls = run(other, resave(other, "saved.csv", rows))
    assert (done.json["created"], calls) == (2, 2)


@pytest.mark.parametrize("without_keys", [False, True])
def test_a_killed_import_whose_file_was_saved_again_makes_no_lead_twice(
    world: World, without_keys: bool
) -> None:
    rows = people(40)
    rows = keyless(rows) if without_keys else rows
    world.environment["IMPORTER_SETTLE_S"] = "1"
    file, before = world.write_csv("list.csv", rows), world.create_calls()
    process = world.start("run", file, "-m", world.mapping, "--rate", "200/1s")
    assert world.kill_when(process, before + 15)
    run(world, resave(world, "list.csv", rows))
    codes = {code for _, status, code in fates(world, 2) if status != "created"}
    assert "accepted_before" in codes <= {"accepted_before", "sent_before"}
    first, _ = calls_during(world, "retry", 1)
    second, _ = calls_during(world, "retry", 2)
    doubtful = first.json["in_doubt"]
    assert leads_of(world, rows) == len(rows) - doubtful
    assert second.json["in_doubt"] == doubtful <= without_keys * len(rows)
    assert first.json["pending"] == first.json["sending"] == 0
    assert second.json["created"] + second.json["skipped"] == len(rows) - doubtful


def test_again_sends_every_row_once_more(world: World) -> None:
    rows = keyless(people(2))
    file = world.write_csv("list.csv", rows)
    run(world, file)
    done, calls = run(world, file, "--again")
    assert (done.code, done.json["job"], done.json["created"], calls) == (0, 2, 2, 2)
    assert leads_of(world, rows) == 4
    plain, calls = run(world, file)
    assert (plain.json["job"], calls) == (2, 0)
    third, calls = run(world, file, "--again")
    assert (third.json["job"], calls) == (3, 2)
    assert world.journal("SELECT number, generation FROM job") == [(1, 1), (2, 2), (3, 3)]


def test_again_sends_rows_that_another_file_has_brought(world: World) -> None:
    rows = keyless(people(2))
    run(world, world.write_csv("list.csv", rows))
    saved = resave(world, "saved.csv", rows)
    _, calls = run(world, saved, "--again")
    assert calls == 2
    done, calls = run(world, saved)
    assert (done.json["job"], calls) == (2, 0)


def test_again_that_was_cut_short_carries_on(world: World) -> None:
    rows = keyless(people(5))
    file = world.write_csv("list.csv", rows)
    run(world, file)
    run(world, file, "--again", "--limit", 2)
    done, calls = run(world, file, "--again")
    assert (done.json["job"], done.json["created"], calls) == (2, 5, 3)
    assert leads_of(world, rows) == 10


def test_again_is_refused_while_the_first_import_is_not_finished(world: World) -> None:
    file = world.write_csv("list.csv", people(3))
    run(world, file, "--limit", 1)
    done, calls = run(world, file, "--again")
    assert (done.code, calls) == (2, 0)
    assert done.json["error"] == {
        "what": "job 1 of this file is not finished: --again would send its rows twice",
        "where": str(file),
        "fix": "run it without --again, which carries on; or give its rest up first:"
        " importer cancel 1",
    }
    assert statuses(world) == {2: "created", 3: "pending", 4: "pending"}


def test_again_is_refused_for_a_reject_file(world: World) -> None:
    rows = people(2)
    rows[0][2] = BAD
    run(world, world.write_csv("list.csv", rows))
    done, calls = repair(world, world.folder / "list.rejects.csv", "--again")
    assert (done.code, calls) == (2, 0)
    assert done.json["error"]["what"] == (
        "--again is for a list, and this is a reject file: what was accepted stays accepted"
    )


def test_a_preview_counts_what_was_sent_before_as_a_run_does(world: World) -> None:
    rows = [*people(2), *keyless(people(2))]
    run(world, world.write_csv("monday.csv", rows))
    tuesday = world.write_csv("tuesday.csv", [*rows, *keyless(people(1)), rows[0]])
    counts = ("pending", "skipped", "unprotected")
    shown = world.importer("preview", tuesday, "-m", world.mapping, "--json").json
    assert [shown[name] for name in counts] == [1, 5, 1]
    assert [lead["row"] for lead in shown["leads"]] == [6]
    for name in ("LSQ_HOST", "LSQ_ACCESS_KEY", "LSQ_SECRET_KEY"):
        world.environment.pop(name)
    keyed = world.importer("preview", tuesday, "-m", world.mapping, "--json").json
    assert [keyed[name] for name in counts] == [1, 5, 1]


def test_a_preview_with_keys_that_have_sent_nothing_knows_no_row(world: World) -> None:
    rows = keyless(people(2))
    run(world, world.write_csv("monday.csv", rows))
    world.environment["LSQ_ACCESS_KEY"] = "another"
    shown = world.importer("preview", world.folder / "monday.csv", "-m", world.mapping, "--json")
    assert (shown.json["pending"], shown.json["skipped"]) == (2, 0)
